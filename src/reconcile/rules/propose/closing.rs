//! Cases that a sentence counts until none is left: "32 of the 43 cases were closed, with 10 put right and one still open".

use super::runs::is_prose_count;
use crate::model::facets::Dimension;
use crate::model::figure::Figure;
use crate::model::ids::FigureIdx;
use crate::model::statement::Slot;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::BTreeSet;

/// Fewer parts could be some of many.
const LEAST: usize = 3;
/// More counts in one sentence are a table in disguise.
const MOST: usize = 12;
/// How many blocks above the sentence the number of all cases stands at most.
const APART: usize = 1;
/// How many counts above it are looked at.
const BEFORE: usize = 6;

/// Emits a sum for each sentence whose last count is of the cases that are still open: nothing is left over then.
pub(super) fn emit(ledger: &Ledger, summed: &mut BTreeSet<Vec<FigureIdx>>, out: &mut Vec<Relation>) {
    let counts: Vec<FigureIdx> =
        ledger.document.figures.ids().filter(|i| is_prose_count(ledger, *i)).collect();
    let home = |i: &FigureIdx| ledger.figure(*i).map(|figure| figure.home);
    let mut start = 0_usize;
    for sentence in counts.chunk_by(|a, b| home(a) == home(b)) {
        let above = counts.get(start.saturating_sub(BEFORE)..start).unwrap_or_default();
        start += sentence.len();
        let found = all_cases(ledger, sentence, above);
        out.extend(found.filter(|(_, parts)| summed.insert(parts.clone())).map(|(total, parts)| {
            let operands = parts.iter().map(|part| (OperandRole::Part, ledger.id(*part))).collect();
            let readings = vec![Reading { operands, cost: 0, note: None }];
            let relation = Relation::of_figure(ledger, total, "CF101", Arithmetic::Sum);
            Relation { licence: Licence::Implied, readings, ..relation }
        }));
    }
}

/// The number of all cases, and the counts of a sentence that are its parts: the whole that the sentence names, or else the last
/// count above of the same period that is larger than each part.
fn all_cases(
    ledger: &Ledger,
    sentence: &[FigureIdx],
    above: &[FigureIdx],
) -> Option<(FigureIdx, Vec<FigureIdx>)> {
    let last = ledger.figure(*sentence.last()?)?;
    if sentence.len() > MOST || !is_open(last) {
        return None;
    }
    let is_whole = |i: &FigureIdx| ledger.slots(*i).iter().any(|s| matches!(s, Slot::Whole | Slot::Total));
    let own: Vec<FigureIdx> = sentence.iter().copied().filter(is_whole).collect();
    let parts: Vec<FigureIdx> = sentence.iter().copied().filter(|i| !own.contains(i)).collect();
    let moved = |i: &FigureIdx| ledger.slots(*i).iter().any(|s| matches!(s, Slot::Before | Slot::After));
    if parts.len() < LEAST || parts.iter().any(moved) {
        return None;
    }
    let value = |i: &FigureIdx| ledger.figure(*i).and_then(|figure| figure.quantity.value.as_ref());
    let fits = |i: &FigureIdx| {
        let near = ledger.figure(*i).is_some_and(|figure| {
            figure.facets.period == last.facets.period
                && figure.facets.measure == last.facets.measure
                && ledger.apart(ledger.block_of(figure), ledger.block_of(last)) <= APART
        });
        near && value(i).is_some_and(|whole| parts.iter().all(|part| value(part) < Some(whole)))
    };
    let total = match own.as_slice() {
        [whole] => *whole,
        [] => above.iter().rev().copied().find(fits)?,
        _ => return None,
    };
    Some((total, parts))
}

/// Whether a count is of cases that are still open.
fn is_open(figure: &Figure) -> bool {
    let outcome = figure.facets.dimensions.get(Dimension::Outcome);
    outcome.is_some_and(|label| pack().rules.still_open.has(&label.normalised))
}
