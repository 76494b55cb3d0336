//! Sums and differences of rounded numbers: a reading of whole tables, admitted where the document says so or its own sums show it.

use super::apply::apply_rounded;
use super::evidence::{Line, Worked};
use super::relation::{Arithmetic, Relation};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::pack::pack;
use std::collections::{HashMap, HashSet};

/// Smaller totals are seldom rounded to whole ones without being said to be.
const LARGE: i128 = 1_000;
/// One sum that misses by little is a slip; two are a habit.
const SEVERAL: usize = 2;
/// So many sums that miss by no more than rounding are a habit, however small they are.
const MANY: usize = 5;
/// What numbers are rounded to, the coarsest first. Offices of statistics round to threes and fives to hide persons.
const UNITS: [i128; 8] = [1_000, 500, 100, 50, 10, 5, 3, 1];

/// Works failing sums and differences out anew as those of rounded numbers: in a document that says that its numbers are
/// rounded, and in a table in which several large ones miss, none of them by more than rounding explains.
pub(crate) fn admit(documents: &[Document], worked: &mut [Worked]) {
    let said: Vec<bool> = documents.iter().map(says_rounding).collect();
    let mut tables: HashMap<Line, Vec<usize>> = HashMap::new();
    for (index, one) in worked.iter().enumerate() {
        let adds = matches!(one.relation.arithmetic, Arithmetic::Sum | Arithmetic::Difference(_));
        let fails = adds && one.fit() == Fit::Fails;
        if let Some(line) = one.line(documents).filter(|_| fails) {
            tables.entry(line.of_table()).or_default().push(index);
        }
    }
    for (line, mut failing) in tables {
        // What two rules say of one figure is one miss.
        let mut seen = HashSet::new();
        failing.retain(|index| worked.get(*index).is_some_and(|one| seen.insert(one.relation.published)));
        let unit = unit(documents, worked, &failing);
        let rounded: Vec<(usize, super::solve::Outcome)> = failing
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
        let seen = line.is_of_sums() && most && (rounded.len() >= MANY || large && rounded.len() >= SEVERAL);
        if !(seen || said.get(line.document).copied().unwrap_or(false)) {
            continue;
        }
        for (index, outcome) in rounded {
            if let Some((_, decided)) = worked.get_mut(index).and_then(|one| one.tried.first_mut()) {
                *decided = outcome;
            }
        }
    }
}

/// What all numbers of some sums are rounded to: the coarsest unit that divides every whole one of them. Shares and rates
/// among them, which have decimals, tell nothing of it.
fn unit(documents: &[Document], worked: &[Worked], sums: &[usize]) -> Exact {
    let readings = sums.iter().filter_map(|index| worked.get(*index)?.tried.first());
    let ids = readings.flat_map(|(reading, _)| reading.operands.iter().map(|(_, id)| *id));
    let values: Vec<i128> = ids
        .filter_map(|id| {
            documents.get(id.document)?.figures.get(id.figure)?.quantity.value.as_ref()?.to_i128()
        })
        .collect();
    let divides = |unit: &i128| !values.is_empty() && values.iter().all(|value| value % unit == 0);
    Exact::from(UNITS.into_iter().find(divides).unwrap_or(1))
}

fn is_large(documents: &[Document], relation: &Relation) -> bool {
    let figure = relation.published.and_then(|id| documents.get(id.document)?.figures.get(id.figure));
    figure.and_then(|f| f.quantity.value.as_ref()).is_some_and(|value| value.abs() >= Exact::from(LARGE))
}

/// Whether a document says that its numbers are rounded.
fn says_rounding(document: &Document) -> bool {
    document.lines.iter().any(|line| pack().rules.rounded.within(&line.text.to_lowercase()))
}
