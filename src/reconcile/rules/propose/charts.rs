//! Labels of a chart, each of which is a count and its share: "36, 12%", "73, 24%", "45 (15%)". Nothing but the numbers says
//! what they are shares of: the counts add up to it.

use super::runs::is_prose_count;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::{Quantity, Unit};
use crate::model::text::Place;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::solve;

/// Fewer labels prove nothing: three shares that whole per cents tell apart fit by accident once in a million.
const FEWEST: usize = 3;

/// A label: how many there are, and which share of all they are.
#[derive(Clone, Copy)]
struct Label {
    part: FigureIdx,
    share: FigureIdx,
}

/// Emits the shares of all labels of a chart where each is right, and their sum where it is printed elsewhere.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut run: Vec<Label> = Vec::new();
    let mut page = 0;
    for (at, line) in ledger.document.lines.iter().enumerate() {
        if line.text.trim().is_empty() {
            continue;
        }
        let label = label(ledger, at, &line.text);
        if label.is_none() || line.page != page {
            relate(ledger, &run, out);
            run.clear();
        }
        page = line.page;
        run.extend(label);
    }
    relate(ledger, &run, out);
}

/// The label that a line is, where it holds a count and a share and no words.
fn label(ledger: &Ledger, at: usize, text: &str) -> Option<Label> {
    if !text.contains('%') || text.contains(char::is_alphabetic) {
        return None;
    }
    let &[first, second] = ledger.on_line(u32::try_from(at + 1).ok()?) else { return None };
    let is_share = |i: FigureIdx| {
        let figure = ledger.figure(i).filter(|f| f.quantity.unit == Unit::Percent && f.role == Role::Share);
        figure.is_some_and(|f| matches!(f.home, Home::Prose { .. }))
    };
    let of = |part, share| (is_prose_count(ledger, part) && is_share(share)).then_some(Label { part, share });
    of(first, second).or_else(|| of(second, first))
}

fn relate(ledger: &Ledger, labels: &[Label], out: &mut Vec<Relation>) {
    if labels.len() < FEWEST {
        return;
    }
    let parts: Vec<&Figure> = labels.iter().filter_map(|label| ledger.figure(label.part)).collect();
    let Some(first) = parts.first() else { return };
    let sum: Exact = parts.iter().filter_map(|part| part.quantity.value.clone()).sum();
    let whole = Quantity { value: Some(sum.clone()), ..first.quantity.clone() };
    let is_right = |label: &Label| {
        let pair = ledger.figure(label.part).zip(ledger.figure(label.share));
        pair.is_some_and(|(n, s)| solve::share_fit(&n.quantity, &whole, &s.quantity).holds())
    };
    if !labels.iter().all(is_right) {
        return;
    }
    let printed = nearest(ledger, &sum, first);
    let wholes: Vec<FigureIdx> = match printed {
        Some(total) => vec![total],
        None => labels.iter().map(|label| label.part).collect(),
    };
    let operands = |role: OperandRole, figures: &[FigureIdx]| {
        figures.iter().map(|i| (role, ledger.id(*i))).collect::<Vec<_>>()
    };
    for label in labels {
        let mut all = operands(OperandRole::Share, &[label.share]);
        all.extend(operands(OperandRole::Part, &[label.part]));
        all.extend(operands(OperandRole::Whole, &wholes));
        let relation = Relation::of_figure(ledger, label.share, "CF203", Arithmetic::Share);
        let readings = vec![Reading { operands: all, cost: 0, note: None }];
        out.push(Relation { licence: Licence::Implied, readings, ..relation });
    }
    let Some(total) = printed else { return };
    let summed: Vec<FigureIdx> = labels.iter().map(|label| label.part).collect();
    let readings = vec![Reading { operands: operands(OperandRole::Part, &summed), cost: 0, note: None }];
    let place = parts.iter().map(|part| part.place).reduce(Place::to).unwrap_or(first.place);
    let relation = Relation::of_figure(ledger, total, "CF101", Arithmetic::Sum);
    out.push(Relation { place, licence: Licence::Implied, readings, ..relation });
}

/// The nearest count elsewhere of a value.
fn nearest(ledger: &Ledger, value: &Exact, beside: &Figure) -> Option<FigureIdx> {
    let own = ledger.block_of(beside);
    let apart = |i: &FigureIdx| ledger.figure(*i).map(|f| ledger.apart(ledger.block_of(f), own));
    let others = ledger.of_value(value, Unit::Count).iter().copied();
    let counts = others.filter(|i| ledger.figure(*i).is_some_and(|f| f.role == Role::Value));
    counts.filter(|i| apart(i) > Some(0)).min_by_key(|i| apart(i))
}
