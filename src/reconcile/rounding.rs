//! Sums and differences of rounded numbers: a reading of whole tables, admitted where the document says so or its own sums show it.

use super::apply::apply_rounded;
use super::evidence::{Line, Worked};
use super::relation::{Arithmetic, Licence, Relation};
use super::solve::{Fit, Outcome};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::rounding::DeclaredRounding;
use std::collections::{HashMap, HashSet};

/// Smaller totals are seldom rounded to whole ones without being said to be.
const LARGE: i128 = 1_000;
/// The least of the units that only rounding makes all numbers of a sentence multiples of.
const THOUSAND: i128 = 1_000;
/// The least total of which one miss by rounding is enough: accounts in whole pounds have such ones.
const AMOUNT: i128 = 100_000;
/// One sum that misses by little is a slip; two are a habit.
const SEVERAL: usize = 2;
/// So many sums that miss by no more than rounding are a habit, however small they are.
const MANY: usize = 5;
/// What numbers are rounded to, the coarsest first. Offices of statistics round to threes and fives to hide persons.
const UNITS: [i128; 8] = [1_000, 500, 100, 50, 10, 5, 3, 1];

/// Works failing sums and differences out anew as those of rounded numbers: in a document that says that its numbers are
/// rounded, and in a table in which several large ones miss, none of them by more than rounding explains.
pub(crate) fn admit(documents: &[Document], worked: &mut [Worked]) {
    let mut tables: HashMap<Line, Vec<usize>> = HashMap::new();
    let mut lone: Vec<usize> = Vec::new();
    for (index, one) in worked.iter().enumerate() {
        let adds = matches!(one.relation.arithmetic, Arithmetic::Sum | Arithmetic::Difference(_));
        if !adds || one.fit() != Fit::Fails {
            continue;
        }
        match one.line(documents) {
            Some(line) => tables.entry(line.of_table()).or_default().push(index),
            None => lone.push(index),
        }
    }
    for index in lone {
        if let Some(outcome) = of_thousands(documents, worked, index) {
            decide(worked, index, outcome);
        }
    }
    for (line, mut failing) in tables {
        // What two rules say of one figure is one miss.
        let mut seen = HashSet::new();
        failing.retain(|index| worked.get(*index).is_some_and(|one| seen.insert(one.relation.published)));
        let declared = documents.get(line.document).and_then(|document| document.rounding);
        let unit = match declared {
            Some(DeclaredRounding::To(step)) => Exact::from(i128::from(step.get())),
            _ => unit(documents, worked, &failing),
        };
        let rounded: Vec<(usize, Outcome)> = failing
            .iter()
            .filter_map(|&index| {
                let one = worked.get(index)?;
                let (reading, _) = one.tried.first()?;
                let outcome = apply_rounded(documents, one.relation, reading, &unit);
                (outcome.fit == Fit::ByRounding).then_some((index, outcome))
            })
            .collect();
        let large = failing
            .iter()
            .all(|index| worked.get(*index).is_some_and(|one| is_large(documents, one.relation)));
        // A few that miss by more are slips among the rounded.
        let most = rounded.len() * 5 >= failing.len() * 4;
        // Small differences are all within rounding of one another: of them only words tell that they are rounded.
        let habit = most && (rounded.len() >= MANY || large && rounded.len() >= SEVERAL);
        let amounts = || failing.iter().all(|index| is_of_amounts(documents, worked, *index));
        let seen = line.is_of_sums() && (habit || amounts());
        if !(seen || declared.is_some()) {
            continue;
        }
        for (index, outcome) in rounded {
            decide(worked, index, outcome);
        }
    }
}

fn decide(worked: &mut [Worked], index: usize, outcome: Outcome) {
    if let Some((_, decided)) = worked.get_mut(index).and_then(|one| one.tried.first_mut()) {
        *decided = outcome;
    }
}

/// A stated sum or difference of numbers that are all printed in thousands or coarser: they are rounded to these.
fn of_thousands(documents: &[Document], worked: &[Worked], index: usize) -> Option<Outcome> {
    let unit = unit(documents, worked, &[index]);
    let one = worked.get(index)?;
    let (reading, _) = one.tried.first()?;
    let outcome = apply_rounded(documents, one.relation, reading, &unit);
    (unit >= Exact::from(THOUSAND) && outcome.fit == Fit::ByRounding).then_some(outcome)
}

/// Whether only numbers say that a figure is a sum, and it is so large that nobody adds it up by hand: such a sum that misses
/// by a unit or so for each of its parts is one of amounts that were rounded to whole ones.
fn is_of_amounts(documents: &[Document], worked: &[Worked], index: usize) -> bool {
    let one = worked.get(index).map(|one| one.relation);
    one.is_some_and(|one| {
        one.licence == Licence::Inferred && total_of(documents, one) >= Some(Exact::from(AMOUNT))
    })
}

/// What all numbers of some sums are rounded to: the coarsest unit that divides every whole one of them. Shares and rates
/// among them, which have decimals, tell nothing of it.
fn unit(documents: &[Document], worked: &[Worked], sums: &[usize]) -> Exact {
    let readings = sums.iter().filter_map(|index| worked.get(*index)?.tried.first());
    let ids = readings.flat_map(|(reading, _)| reading.operands.iter().map(|(_, id)| *id));
    let values: Vec<i128> = ids
        .filter_map(|id| {
            documents.get(id.document())?.figures.get(id.figure)?.quantity.value.as_ref()?.to_i128()
        })
        .collect();
    let divides = |unit: &i128| !values.is_empty() && values.iter().all(|value| value % unit == 0);
    Exact::from(UNITS.into_iter().find(divides).unwrap_or(1))
}

fn is_large(documents: &[Document], relation: &Relation) -> bool {
    total_of(documents, relation) >= Some(Exact::from(LARGE))
}

/// The size of what a relation is about.
fn total_of(documents: &[Document], relation: &Relation) -> Option<Exact> {
    let id = relation.published?;
    Some(documents.get(id.document())?.figures.get(id.figure)?.quantity.value.as_ref()?.abs())
}
