//! Shares that open a paragraph above a table and sum up its first rows: "61% find it easy to get through" above "Very easy
//! 33%" and "Fairly easy 27%". Nothing names the rows, so only what many tables of a document bear out is a claim.

use crate::model::domain::Domain;
use crate::model::figure::{Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx, TableIdx};
use crate::model::quantity::Unit;
use crate::reconcile::evidence::Trial;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

/// How many blocks above its table a paragraph can stand.
const BLOCKS: usize = 8;
/// One in so many shares is the sum of some first rows by accident: of a few such sums, each reaches over some per cents.
const STEPS: f32 = 10.0;
/// So many tables bear one another out.
const FEWEST: usize = 3;

/// Emits the shares that sum up rows, where most shares above tables of the document do.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut found: Vec<(FigureIdx, Vec<FigureIdx>)> = Vec::new();
    let mut trial = Trial { holds: 0, fails: 0, steps: STEPS };
    for (index, block) in ledger.table_blocks.entries() {
        let shares = shares(ledger, index);
        let Some(headline) = headline(ledger, *block).filter(|_| shares.len() > 2) else { continue };
        match summed(ledger, headline, &shares) {
            Some(rows) => {
                trial.holds += 1;
                found.push((headline, rows));
            }
            None => trial.fails += 1,
        }
    }
    if trial.holds < FEWEST || !trial.is_borne_out() {
        return;
    }
    for (headline, rows) in found {
        let operands = rows.into_iter().map(|row| (OperandRole::Part, ledger.id(row))).collect();
        let readings = vec![Reading { operands, cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, headline, "CF101", Arithmetic::Sum);
        out.push(Relation { licence: Licence::Implied, readings, ..relation });
    }
}

/// The first column of shares in a table, without those of its totals.
fn shares(ledger: &Ledger, index: TableIdx) -> Vec<FigureIdx> {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return Vec::new();
    };
    let is_share = |i: &FigureIdx| {
        ledger.figure(*i).is_some_and(|f| f.quantity.unit == Unit::Percent && f.role == Role::Share)
    };
    let rows = || (table.header_rows..table.rows).filter(|row| !table.is_total_row(*row));
    let column = |col: usize| rows().filter_map(|row| grid.first(row, col)).filter(is_share).collect();
    (table.header_cols..table.cols).map(column).find(|shares: &Vec<_>| shares.len() > 1).unwrap_or_default()
}

/// The last share above a table that opens its paragraph.
fn headline(ledger: &Ledger, table: BlockIdx) -> Option<FigureIdx> {
    let above = (1..=BLOCKS).map_while(|back| table.minus(back));
    let above = above.take_while(|block| {
        let no_table =
            |i: &FigureIdx| ledger.figure(*i).is_some_and(|f| matches!(f.home, Home::Prose { .. }));
        ledger.in_block(*block).iter().all(no_table)
    });
    above.filter_map(|block| ledger.in_block(block).first().zip(ledger.document.blocks.get(block))).find_map(
        |(first, block)| {
            let figure = ledger.figure(*first)?;
            let opens = figure.place.line == block.passage.whole().line
                && figure.place.start <= block.passage.whole().start;
            let is_share = figure.quantity.unit == Unit::Percent && figure.role == Role::Share;
            (opens && is_share).then_some(*first)
        },
    )
}

/// The first rows that a share is the sum of, if it is one of two rows or more and not of all.
fn summed(ledger: &Ledger, headline: FigureIdx, shares: &[FigureIdx]) -> Option<Vec<FigureIdx>> {
    let stated = ledger.figure(headline)?.quantity.domain();
    let mut sum: Option<Domain> = None;
    for (at, share) in shares.iter().enumerate() {
        let own = ledger.figure(*share)?.quantity.domain();
        let added = sum.map_or(own.clone(), |sum| sum.add(&own));
        if at > 0 && at + 1 < shares.len() && added.intersects(&stated) {
            return shares.get(..=at).map(<[_]>::to_vec);
        }
        sum = Some(added);
    }
    None
}
