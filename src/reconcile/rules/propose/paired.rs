//! Shares and their counts that follow one another in a paragraph: "49% (237) said they would, 51% (242) that they would
//! not". Where the shares make 100, the counts make the whole that each of them is a share of.

use super::partitions::makes_hundred;
use crate::model::block::BlockKind;
use crate::model::facets::Dimension;
use crate::model::figure::Role;
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::quantity::Unit;
use crate::model::statement::{RelationKind, Slot};
use crate::reconcile::ledger::Ledger;
use std::collections::BTreeSet;
use std::ops::Range;

/// How many shares of a paragraph are looked at.
const MOST: usize = 40;
/// Two shares make 100 by chance too often, unless they stand in one sentence.
const FEW: usize = 2;

/// A share and the count that it is the share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The percentage.
    pub share: FigureIdx,
    /// The count.
    pub part: FigureIdx,
}

/// The counts of the run of shares that a share belongs to, where the shares of the run make 100.
pub fn parts_beside(ledger: &Ledger, block: BlockIdx, share: FigureIdx) -> Option<Vec<FigureIdx>> {
    let pairs = pairs(ledger, block);
    let shares: Vec<FigureIdx> = pairs.iter().map(|pair| pair.share).collect();
    let run = runs(ledger, &shares).into_iter().find(|run| run.contains(&share))?;
    Some(pairs.iter().filter(|pair| run.contains(&pair.share)).map(|pair| pair.part).collect())
}

/// The shares of a block's running text that stand beside their counts.
fn pairs(ledger: &Ledger, block: BlockIdx) -> Vec<Pair> {
    let stated = ledger.stated_in(block).filter(|s| s.statement.kind == RelationKind::Ratio).take(MOST);
    let pairs = stated.filter_map(|stated| {
        let of = |wanted| stated.figures.iter().find(|(slot, _)| *slot == wanted).map(|(_, i)| *i);
        let (share, part) = (of(Slot::Share)?, of(Slot::Part)?);
        let unit = |i: FigureIdx| ledger.figure(i).map(|f| f.quantity.unit);
        let counted = unit(share) == Some(Unit::Percent) && unit(part) == Some(Unit::Count);
        counted.then_some(Pair { share, part })
    });
    let mut pairs: Vec<Pair> = pairs.collect();
    pairs.sort_by_key(|pair| pair.share);
    pairs.dedup_by_key(|pair| pair.share);
    pairs
}

/// The paragraphs of a document, and its lists as a whole: ranges of blocks.
pub fn paragraphs(ledger: &Ledger) -> Vec<Range<usize>> {
    let blocks = &ledger.document.blocks;
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let goes_on = block.kind == BlockKind::Item
            && at
                .checked_sub(1)
                .and_then(|i| blocks.get(BlockIdx::from(i)))
                .is_some_and(|b| b.kind == BlockKind::Item);
        match found.last_mut().filter(|_| goes_on) {
            Some(list) => list.end = at + 1,
            None => found.push(at..at + 1),
        }
    }
    found
}

/// Runs of shares in the running text of a paragraph or list that make 100, or give each outcome a share.
pub fn runs_in(ledger: &Ledger, blocks: Range<usize>) -> Vec<Vec<FigureIdx>> {
    let is_share = |i: &FigureIdx| {
        ledger.figure(*i).is_some_and(|f| f.quantity.unit == Unit::Percent && f.role == Role::Share)
    };
    let all = blocks.map(BlockIdx::from).flat_map(|block| ledger.prose_in_block(block)).copied();
    let shares: Vec<FigureIdx> = all.filter(is_share).take(MOST).collect();
    let lists = super::lists::side_by_side(ledger, shares).into_iter();
    lists
        .flat_map(|shares| {
            let runs = runs(ledger, &shares);
            if runs.is_empty() && is_of_outcomes(ledger, &shares) { vec![shares] } else { runs }
        })
        .collect()
}

/// At least three shares, each of another outcome.
fn is_of_outcomes(ledger: &Ledger, shares: &[FigureIdx]) -> bool {
    let outcome = |i: &FigureIdx| {
        ledger.figure(*i)?.facets.dimensions.get(Dimension::Outcome).map(|label| label.normalised.as_str())
    };
    let outcomes: Option<BTreeSet<&str>> = shares.iter().map(outcome).collect();
    shares.len() > FEW && outcomes.is_some_and(|outcomes| outcomes.len() == shares.len())
}

/// Of consecutive shares, the longest runs of whole sentences that make 100; no share is in two.
fn runs(ledger: &Ledger, shares: &[FigureIdx]) -> Vec<Vec<FigureIdx>> {
    let figure = |i: &FigureIdx| ledger.figure(*i);
    let sentence = |i: &FigureIdx| figure(i).map(|f| f.home);
    let mut found: Vec<Vec<FigureIdx>> = Vec::new();
    let mut start = 0;
    while start < shares.len() {
        let ends = (start + FEW..=shares.len()).rev().filter(|end| {
            let whole = shares
                .get(*end)
                .is_none_or(|next| shares.get(end - 1).is_some_and(|last| sentence(next) != sentence(last)));
            let run = shares.get(start..*end).unwrap_or_default();
            let together = run.len() > FEW || run.first().map(sentence) == run.last().map(sentence);
            whole && together && makes_hundred(ledger, run)
        });
        match ends.max() {
            Some(end) => {
                found.push(shares.get(start..end).unwrap_or_default().to_vec());
                start = end;
            }
            None => {
                let here = shares.get(start).map(sentence);
                start = (start + 1..shares.len())
                    .find(|i| shares.get(*i).map(sentence) != here)
                    .unwrap_or(shares.len());
            }
        }
    }
    found
}
