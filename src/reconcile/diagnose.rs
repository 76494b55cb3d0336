//! What would mend an inconsistency: the same arithmetic over repair readings.

use super::relation::{Arithmetic, FigureId, OperandRole, Reading, Relation};
use super::solve;
use super::solve::{Outcome, Repair};
use super::verdict::FIGURES;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Figure;
use crate::model::quantity::Quantity;
use crate::model::statement::Direction;

/// How many repairs are shown.
const SHOWN: usize = 4;

/// Repairs in words, best first.
pub fn diagnose(documents: &[Document], relation: &Relation, worked: &[(&Reading, Outcome)]) -> Vec<String> {
    let Some((reading, _)) = worked.first() else { return Vec::new() };
    let figure = |id: FigureId| documents.get(id.document()).and_then(|d| d.figures.get(id.figure));
    let of = |role: OperandRole| {
        let matching = reading.operands.iter().filter(move |(r, _)| *r == role);
        matching.filter_map(|(_, id)| figure(*id)).collect::<Vec<_>>()
    };
    let published = relation.published.and_then(figure);
    let mut repairs = match &relation.arithmetic {
        Arithmetic::Sum => sum(&of(OperandRole::Part), of(OperandRole::Total).first().copied().or(published)),
        Arithmetic::PercentChange(direction) => {
            let pairs = other_pairs(worked, figure);
            let reversed = reversed(worked, figure, published, *direction);
            let mut repairs: Vec<String> = reversed.into_iter().collect();
            repairs.extend(
                match (of(OperandRole::Before).first(), of(OperandRole::After).first(), published) {
                    (Some(b), Some(a), Some(p)) => texts(solve::change_repairs(
                        &b.quantity,
                        &a.quantity,
                        &p.quantity,
                        Some(*direction),
                        &pairs,
                    )),
                    _ => Vec::new(),
                },
            );
            repairs
        }
        Arithmetic::Share => match (of(OperandRole::Part).first(), of(OperandRole::Whole).first(), published)
        {
            (Some(n), Some(whole), Some(p)) => {
                texts(solve::share_repairs(&n.quantity, &whole.quantity, &p.quantity, &[]))
            }
            _ => Vec::new(),
        },
        Arithmetic::Feasible => feasible_sizes(&of(OperandRole::Part), &of(OperandRole::Whole)),
        Arithmetic::Same => label_swap(documents, relation).into_iter().collect(),
        _ => Vec::new(),
    };
    // "14 → 15 (one digit)" says what "14 → 15" says.
    let all = repairs.clone();
    repairs
        .retain(|text| !all.iter().any(|other| other.len() > text.len() && other.starts_with(text.as_str())));
    // The same row, printed twice, is left out once.
    repairs.dedup();
    repairs.truncate(SHOWN);
    repairs
}

fn texts(repairs: Vec<Repair>) -> Vec<String> {
    repairs.into_iter().map(|r| r.text).collect()
}

fn sum(parts: &[&Figure], total: Option<&Figure>) -> Vec<String> {
    let Some(total) = total else { return Vec::new() };
    let quantities: Vec<Quantity> = parts.iter().map(|f| f.quantity.clone()).collect();
    let named = |repair: Repair| {
        let label = repair.operand.and_then(|i| parts.get(i)).map(|f| f.called()).filter(|l| !l.is_empty());
        label.map_or(repair.text.clone(), |label| format!("{} ({label})", repair.text))
    };
    solve::sum_repairs(&quantities, &total.quantity).into_iter().map(named).collect()
}

/// Values of which the printed change is right with its sign reversed.
fn reversed<'a>(
    worked: &[(&Reading, Outcome)],
    figure: impl Fn(FigureId) -> Option<&'a Figure>,
    published: Option<&Figure>,
    direction: Direction,
) -> Option<String> {
    let other = match direction {
        Direction::Rise => Direction::Fall,
        Direction::Fall => Direction::Rise,
        Direction::Level => return None,
    };
    let word = if other == Direction::Rise { "rise" } else { "fall" };
    worked.iter().skip(1).find_map(|(reading, _)| {
        let of = |role| reading.operands.iter().find(|(r, _)| *r == role).and_then(|(_, id)| figure(*id));
        let (before, after) = (of(OperandRole::Before)?, of(OperandRole::After)?);
        let (b, a) = (&before.quantity, &after.quantity);
        let outcome = solve::percent_change(b, a, &published?.quantity, Some(other));
        outcome.fit.holds().then(|| {
            format!("a {word}, of \"{}\" on line {}: {}", after.called(), after.place.line, outcome.computed)
        })
    })
}

/// The other values that were tried as before and after, with their labels.
fn other_pairs<'a>(
    worked: &[(&Reading, Outcome)],
    figure: impl Fn(FigureId) -> Option<&'a Figure>,
) -> Vec<(String, Exact, Exact)> {
    let value = |reading: &Reading, role| {
        let (_, id) = reading.operands.iter().find(|(r, _)| *r == role)?;
        let found = figure(*id)?;
        Some((found.called(), found.quantity.value.clone()?))
    };
    let pairs = worked.iter().skip(1).filter_map(|(reading, _)| {
        let (label, before) = value(reading, OperandRole::Before)?;
        let (_, after) = value(reading, OperandRole::After)?;
        Some((label, before, after))
    });
    pairs.collect()
}

/// The nearest numbers of cases that could make the shares.
fn feasible_sizes(shares: &[&Figure], wholes: &[&Figure]) -> Vec<String> {
    let Some(n) = wholes.first().and_then(|w| w.quantity.value.clone()) else { return Vec::new() };
    let shares: Vec<Quantity> = shares.iter().map(|f| f.quantity.clone()).collect();
    let around = &n * &Exact::ratio(1, 5);
    let found = solve::feasible_totals(&shares, &(&n - &around), &(&n + &around));
    if found.is_empty() {
        return vec![format!("no number of cases within a fifth of {n} gives these shares")];
    }
    let list = found.iter().map(Exact::to_string).collect::<Vec<_>>().join(", ");
    vec![format!("these shares are possible of {list} cases")]
}

/// The same value under another label: a number that was printed with the wrong words.
fn label_swap(documents: &[Document], relation: &Relation) -> Option<String> {
    let id = relation.published?;
    let document = documents.get(id.document())?;
    let figure = document.figures.get(id.figure)?;
    let twin = document.figures.entries().take(FIGURES).find(|(index, other)| {
        *index != id.figure
            && other.quantity.value == figure.quantity.value
            && other.quantity.unit == figure.quantity.unit
            && other.facets.measure != figure.facets.measure
            && other.facets.period == figure.facets.period
    });
    twin.map(|(_, other)| {
        format!("the number is that of \"{}\" on line {}", other.called(), other.place.line)
    })
}
