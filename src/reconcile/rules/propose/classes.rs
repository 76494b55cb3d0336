//! Cases that running text counts by outcome or by stage, against the number of all of them.

use super::runs::{is_prose_count, is_turned};
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Facets};
use crate::model::figure::Figure;
use crate::model::ids::FigureIdx;
use crate::model::text::Place;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::unify::{Query, distance};

/// Emits a sum for the classes of a dimension that make a number of cases, and else a bound for decisions: some cases are still
/// open, and none is decided twice.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let counts: Vec<FigureIdx> =
        ledger.document.figures.ids().filter(|i| is_prose_count(ledger, *i)).collect();
    for dimension in [Dimension::Outcome, Dimension::Stage] {
        let mut start = 0;
        while start < counts.len() {
            let rest = counts.get(start..).unwrap_or_default();
            let classes = classes(ledger, dimension, rest);
            start += classes.len().max(1);
            if classes.len() > 1 {
                out.extend(relation(ledger, dimension, &counts, &classes));
            }
        }
    }
}

/// How many blocks a class stands below the one before it at most: each is an item of a list, or a sentence.
const APART: usize = 1;
/// How many counts before and after the classes the number of all cases is looked for.
const NEAR: usize = 8;
/// What may be assumed for a count to be that of all cases: that "dealt with" and "received" are one, but no further
/// dimension.
const ASSUMED: u32 = 2;

/// The counts at the beginning of `counts` that differ in one dimension only, each of a class of its own.
fn classes(ledger: &Ledger, dimension: Dimension, counts: &[FigureIdx]) -> Vec<FigureIdx> {
    let mut found: Vec<FigureIdx> = Vec::new();
    let mut labels = Vec::new();
    for &index in counts {
        let Some(figure) = ledger.figure(index) else { break };
        let Some(label) = figure.facets.dimensions.get(dimension) else { break };
        let before = found.last().and_then(|i| ledger.figure(*i));
        let follows = before.is_none_or(|before| {
            without(&before.facets, dimension).dimensions == without(&figure.facets, dimension).dimensions
                && before.facets.population == figure.facets.population
                && !is_turned(&before.facets, &figure.facets)
                && ledger.apart(ledger.block_of(before), ledger.block_of(figure)) <= APART
        });
        if !follows || labels.contains(&&label.normalised) {
            break;
        }
        labels.push(&label.normalised);
        found.push(index);
    }
    found
}

/// What is known of all the cases that a class is one of.
fn without(facets: &Facets, dimension: Dimension) -> Facets {
    let mut facets = facets.clone();
    facets.dimensions.retain(|d, _| d != dimension);
    facets
}

fn relation(
    ledger: &Ledger,
    dimension: Dimension,
    counts: &[FigureIdx],
    classes: &[FigureIdx],
) -> Option<Relation> {
    let value = |index: FigureIdx| ledger.figure(index).and_then(|f| f.quantity.value.clone());
    let sum: Exact = classes.iter().map(|i| value(*i)).collect::<Option<Vec<_>>>()?.into_iter().sum();
    let first = *classes.first()?;
    let figure = ledger.figure(first)?;
    let at = counts.iter().position(|i| *i == first)?;
    let facets = without(&figure.facets, dimension);
    let is_whole = |index: &FigureIdx| {
        ledger.figure(*index).is_some_and(|other| is_whole(&facets, dimension, figure, other))
    };
    let before = counts.get(at.saturating_sub(NEAR)..at).unwrap_or_default();
    let after = counts.iter().skip(at + classes.len()).take(NEAR);
    let wholes: Vec<FigureIdx> = before.iter().rev().chain(after).copied().filter(is_whole).collect();
    let mut operands: Vec<_> = classes.iter().map(|i| (OperandRole::Part, ledger.id(*i))).collect();
    let reading = |operands| vec![Reading { operands, cost: 0, note: None }];
    if let Some(total) = wholes.iter().find(|i| value(**i).as_ref() == Some(&sum)) {
        let relation = Relation::of_figure(ledger, *total, "CF101", Arithmetic::Sum);
        return Some(Relation { licence: Licence::Implied, readings: reading(operands), ..relation });
    }
    let whole = *wholes.first()?;
    let more = |i: &FigureIdx| value(*i).is_some_and(|whole| whole < sum);
    let agree = wholes.iter().all(more) || !wholes.iter().any(more);
    // Only of decisions it is known that a case has one.
    let decided = |i: &FigureIdx| ledger.figure(*i).is_some_and(|f| is_decision(&f.facets));
    if dimension != Dimension::Outcome || !agree || !classes.iter().all(decided) {
        return None;
    }
    operands.push((OperandRole::Whole, ledger.id(whole)));
    // The relation stands where all of its classes do: each of them can be compared with the whole by itself, too.
    let last = ledger.figure(*classes.last()?)?.place;
    let place = Place { line_end: last.line_end, end: last.end, ..figure.place };
    let printed: Vec<String> =
        classes.iter().filter_map(|i| Some(ledger.document.text_at(ledger.figure(*i)?.place))).collect();
    let relation = Relation::of_figure(ledger, first, "CF206", Arithmetic::Bound);
    Some(Relation {
        licence: Licence::Implied,
        readings: reading(operands),
        published: None,
        place,
        printed: printed.join(" + ").into(),
        ..relation
    })
}

/// Whether a count is of all the cases of which `part` is a class.
fn is_whole(facets: &Facets, dimension: Dimension, part: &Figure, other: &Figure) -> bool {
    let classed = other.facets.dimensions.has(dimension);
    let larger = other.quantity.value >= part.quantity.value;
    let same_period = !is_turned(facets, &other.facets);
    let near = distance(Query::like(facets, part), other).is_some_and(|cost| cost <= ASSUMED);
    !classed && larger && same_period && near
}

fn is_decision(facets: &Facets) -> bool {
    let outcome = facets.dimensions.get(Dimension::Outcome);
    outcome.is_some_and(|label| pack().rules.decisions.has(&label.normalised))
}
