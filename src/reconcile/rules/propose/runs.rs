//! Totals taken apart in running text: "398 complaints were closed: 122 upheld, 255 not upheld and 21 withdrawn".

use crate::model::exact::Exact;
use crate::model::figure::{Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::{RelationKind, Slot};
use crate::model::text::Place;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::BTreeSet;

/// How many parts a total is taken apart into at most.
const MOST: usize = 12;

/// Emits a sum for every total whose parts follow it.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut summed = BTreeSet::new();
    for stated in ledger.document.stated.iter().filter(|s| s.statement.kind == RelationKind::Sum) {
        let parts: Vec<FigureIdx> = stated
            .figures
            .iter()
            .filter(|(slot, i)| *slot == Slot::Part && is_count(ledger, *i))
            .map(|(_, i)| *i)
            .collect();
        let announced = parts.first().and_then(|first| announced_total(ledger, *first));
        if let Some(total) = announced.filter(|_| parts.len() > 1 && summed.insert(parts.clone())) {
            out.push(relation(ledger, total, &parts, Licence::Stated));
        }
    }
    for block in ledger.document.blocks.ids() {
        let counts: Vec<FigureIdx> =
            ledger.in_block(block).iter().copied().filter(|i| is_prose_count(ledger, *i)).collect();
        for (nth, &total) in counts.iter().enumerate() {
            let after = counts.get(nth + 1..).unwrap_or_default();
            let before = counts.get(..nth).unwrap_or_default();
            let found = exact_run(ledger, total, after.iter().copied())
                .or_else(|| exact_run(ledger, total, before.iter().rev().copied()));
            if let Some(parts) = found.filter(|parts| summed.insert(parts.clone())) {
                out.push(relation(ledger, total, &parts, Licence::Implied));
            }
        }
    }
}

fn relation(ledger: &Ledger, total: FigureIdx, parts: &[FigureIdx], licence: Licence) -> Relation {
    let operands = parts.iter().map(|figure| (OperandRole::Part, ledger.id(*figure))).collect();
    let readings = vec![Reading { operands, cost: 0, note: None }];
    Relation { licence, readings, ..Relation::of_figure(ledger, total, "CF101", Arithmetic::Sum) }
}

fn is_count(ledger: &Ledger, figure: FigureIdx) -> bool {
    ledger.figure(figure).is_some_and(|f| {
        f.quantity.unit == Unit::Count && f.role == Role::Value && f.quantity.qualifier == Qualifier::Equal
    })
}

fn is_prose_count(ledger: &Ledger, figure: FigureIdx) -> bool {
    is_count(ledger, figure) && ledger.figure(figure).is_some_and(|f| matches!(f.home, Home::Prose { .. }))
}

/// The count right before the parts in their own sentence.
fn announced_total(ledger: &Ledger, first: FigureIdx) -> Option<FigureIdx> {
    let total = first.minus(1).filter(|i| is_count(ledger, *i))?;
    let (a, b) = (ledger.figure(total)?, ledger.figure(first)?);
    let between = Place { start: a.place.end, end: b.place.start, line_end: b.place.line, ..a.place };
    let announces = ledger.document.text_at(between).contains(':');
    (a.home == b.home && announces && a.quantity.value >= b.quantity.value).then_some(total)
}

/// Consecutive counts that add up to a total exactly. That two counts do may be chance; that they stand beside it makes
/// it unlikely, and a run that does not add up is never claimed.
fn exact_run(
    ledger: &Ledger,
    total: FigureIdx,
    counts: impl Iterator<Item = FigureIdx>,
) -> Option<Vec<FigureIdx>> {
    let value = |i: FigureIdx| ledger.figure(i)?.quantity.value.clone();
    let wanted = value(total).filter(|v| *v >= Exact::from(10))?;
    let mut sum = Exact::ZERO;
    let mut parts = Vec::new();
    for count in counts.take(MOST) {
        sum = &sum + &value(count)?;
        parts.push(count);
        if sum == wanted && parts.len() > 1 {
            parts.sort_unstable();
            return Some(parts);
        }
        if sum > wanted {
            return None;
        }
    }
    None
}
