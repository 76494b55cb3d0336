//! Shares of outcomes, one of them in words: "12% were upheld and 41% upheld in part, while over half had no success". A case has one
//! outcome, so the share in words is at most what the others leave.

use super::reprints::is_fraction;
use crate::model::block::BlockKind;
use crate::model::facets::Dimension;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::BTreeMap;

/// A paragraph with more figures is a table in disguise.
const MOST: usize = 40;

/// Emits a relation for each share in words beside shares of other outcomes.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, block) in ledger.document.blocks.entries() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        let shares = ledger.prose_in_block(index);
        if shares.len() > MOST {
            continue;
        }
        let in_words = |i: &&FigureIdx| ledger.figure(**i).is_some_and(|f| is_fraction(&f.quantity));
        out.extend(shares.iter().filter(in_words).filter_map(|share| relation(ledger, *share, shares)));
    }
}

fn relation(ledger: &Ledger, share: FigureIdx, shares: &[FigureIdx]) -> Option<Relation> {
    let figure = ledger.figure(share)?;
    let own = decision(figure)?;
    let mut others: BTreeMap<&str, FigureIdx> = BTreeMap::new();
    for index in shares {
        let other = ledger.figure(*index)?;
        let of_other = decision(other).filter(|other| *other != own);
        let Some(outcome) = of_other.filter(|_| stands_beside(figure, other)) else { continue };
        // Two shares of one outcome are of two populations.
        if others.insert(outcome, *index).is_some() {
            return None;
        }
    }
    let operands: Vec<_> = others.into_values().map(|other| (OperandRole::Part, ledger.id(other))).collect();
    (!operands.is_empty()).then(|| {
        let readings = vec![Reading { operands, cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, share, "CF206", Arithmetic::Left);
        Relation { licence: Licence::Implied, readings, ..relation }
    })
}

/// What was decided of the cases of a share.
fn decision(figure: &Figure) -> Option<&str> {
    let outcome = figure.facets.dimensions.get(Dimension::Outcome)?;
    let decided = pack().rules.decisions.has(&outcome.normalised) && figure.role == Role::Share;
    decided.then_some(&outcome.normalised)
}

/// Whether a share in percent can be of the same cases: in the same sentence or the next to it, of the same period, and with no
/// label against it.
fn stands_beside(figure: &Figure, other: &Figure) -> bool {
    let (Home::Prose { sentence: one, .. }, Home::Prose { sentence: two, .. }) = (figure.home, other.home)
    else {
        return false;
    };
    let mut labels =
        figure.facets.dimensions.iter().filter(|(dimension, _)| *dimension != Dimension::Outcome);
    let alike = labels.all(|(dimension, label)| {
        other.facets.dimensions.get(dimension).is_none_or(|other| other.normalised == label.normalised)
    });
    let period = figure.facets.period == other.facets.period;
    other.quantity.unit == Unit::Percent && one.abs_diff(two) <= 1 && period && alike
}
