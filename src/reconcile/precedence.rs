//! Of relations that say the same of the same figure, the best one speaks; the others are kept as set aside, with why.

use super::claim::SetAside;
use super::evidence::{Odds, Worked};
use super::relation::{Arithmetic, FigureId, Licence, OperandRole, Relation};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::table::Form;
use crate::model::text::Place;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What a relation says of a figure, for telling which relations compete.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Saying {
    /// The result of a sum, a mean, a share or a change, at the place that says so.
    Result(FigureId, OperandRole, Place),
    /// Anything else, by its check, its place and what is printed there.
    Other(usize, Place, &'static str, String),
}

/// Why each relation is set aside; nothing for those that speak.
pub(crate) fn set_aside(
    documents: &[Document],
    worked: &[Worked],
    odds: &[Odds],
) -> Vec<Option<&'static str>> {
    let mut aside: Vec<Option<&'static str>> = vec![None; worked.len()];
    let mut groups: HashMap<Saying, Vec<usize>> = HashMap::new();
    for (index, one) in worked.iter().enumerate() {
        if one.relation.licence == Licence::Inferred && is_unvouched(one, odds.get(index)) {
            aside[index] = Some("its siblings show that it would hold by chance");
            continue;
        }
        if one.relation.licence == Licence::Labelled && odds.get(index).is_some_and(Odds::refute_heads) {
            aside[index] = Some("its siblings show that its heads mean something else");
            continue;
        }
        let undecided = one.fit() == Fit::Undecided;
        if undecided && one.relation.licence == Licence::Labelled && is_sheet(documents, one.relation) {
            aside[index] = Some("what a sheet's heads promise cannot be worked out");
            continue;
        }
        groups.entry(saying(one.relation)).or_default().push(index);
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        settle(documents, worked, odds, group, &mut aside);
    }
    same_operands(documents, worked, odds, &mut aside);
    aside
}

/// The relations that were set aside, for those who want to know.
pub(crate) fn told(worked: &[Worked], odds: &[Odds], aside: &[Option<&'static str>]) -> Vec<SetAside> {
    let each = worked.iter().zip(odds).zip(aside);
    each.filter_map(|((one, odds), why)| {
        let relation = one.relation;
        Some(SetAside {
            code: relation.code,
            document: relation.document,
            place: relation.place,
            published: relation.printed.clone(),
            why: (*why)?,
            arithmetic: one.tried.first().map_or_else(String::new, |(_, outcome)| outcome.arithmetic.clone()),
            odds: odds.clone(),
        })
    })
    .collect()
}

/// What the numbers alone suggest is only a claim where its siblings bear it out.
fn is_unvouched(one: &Worked, odds: Option<&Odds>) -> bool {
    let detected = matches!(
        one.relation.arithmetic,
        Arithmetic::Sum | Arithmetic::Mean | Arithmetic::Share | Arithmetic::PercentChange(_)
    );
    detected && odds.is_some_and(|odds| !odds.claim())
}

fn saying(relation: &Relation) -> Saying {
    match (relation.published, result(&relation.arithmetic)) {
        (Some(figure), Some(role)) => Saying::Result(figure, role, relation.place),
        _ => Saying::Other(relation.document, relation.place, relation.code, relation.printed.clone()),
    }
}

/// As what a relation works its published figure out.
fn result(arithmetic: &Arithmetic) -> Option<OperandRole> {
    match arithmetic {
        Arithmetic::Sum => Some(OperandRole::Total),
        Arithmetic::Mean => Some(OperandRole::Mean),
        Arithmetic::Share => Some(OperandRole::Share),
        Arithmetic::PercentChange(_) => Some(OperandRole::Change),
        _ => None,
    }
}

/// The order of precedence: what holds before what fails, then the better licence, then the higher odds, then the first.
fn settle(
    documents: &[Document],
    worked: &[Worked],
    odds: &[Odds],
    mut group: Vec<usize>,
    aside: &mut [Option<&'static str>],
) {
    let rank = |index: &usize| {
        let one = &worked[*index];
        let bits = odds.get(*index).map_or(0.0, Odds::bits);
        (certainty(one.fit()), (-bits * 16.0) as i64, one.relation.licence, *index)
    };
    group.sort_by_key(rank);
    let Some((&best, rest)) = group.split_first() else { return };
    let best_holds = worked[best].fit().holds();
    let mut kept = vec![best];
    for &index in rest {
        let one = &worked[index];
        let repeated = kept.iter().any(|other| operands(&worked[*other]) == operands(one));
        let across = kept.iter().all(|other| worked[*other].relation.code != one.relation.code);
        aside[index] = if repeated {
            Some("another relation has the same operands")
        } else if across && odds.get(index).is_some_and(Odds::warn) {
            // The total of a column is the total of its row as well.
            None
        } else if one.fit().holds() && (is_sheet(documents, one.relation) || across) {
            // One cell of a sheet can be the sum of several sets of cells.
            None
        } else if best_holds {
            Some("another relation explains the figure")
        } else {
            Some("another relation says the same with a better licence")
        };
        if aside[index].is_none() {
            kept.push(index);
        }
    }
}

/// `a = b + c` and `b = a − c` say the same; the better licensed of the two speaks.
fn same_operands(
    documents: &[Document],
    worked: &[Worked],
    odds: &[Odds],
    aside: &mut [Option<&'static str>],
) {
    let mut first: HashMap<Vec<FigureId>, usize> = HashMap::new();
    let mut order: Vec<usize> = (0..worked.len()).filter(|index| aside[*index].is_none()).collect();
    order.sort_by_key(|index| {
        let relation = worked[*index].relation;
        let bits = odds.get(*index).map_or(0.0, Odds::bits);
        // In a sheet the numbers say it, and they say a sum.
        let sheet = is_sheet(documents, relation);
        let difference = sheet && matches!(relation.arithmetic, Arithmetic::Difference(_));
        (difference, (!sheet).then_some(relation.licence), (-bits * 16.0) as i64, *index)
    });
    for index in order {
        let one = &worked[index];
        let additive = matches!(one.relation.arithmetic, Arithmetic::Sum | Arithmetic::Difference(_));
        let set = operands(one);
        if !additive || set.len() < 3 {
            continue;
        }
        match first.entry(set) {
            Entry::Vacant(vacant) => {
                vacant.insert(index);
            }
            Entry::Occupied(_)
                if one.relation.licence == Licence::Inferred || is_sheet(documents, one.relation) =>
            {
                aside[index] = Some("another relation has the same operands");
            }
            Entry::Occupied(_) => {}
        }
    }
}

/// The figures of the deciding reading and the published one, in one order.
fn operands(one: &Worked) -> Vec<FigureId> {
    let reading = one.tried.first().map(|(reading, _)| *reading);
    let mut set: Vec<FigureId> =
        reading.into_iter().flat_map(|r| r.operands.iter().map(|(_, id)| *id)).collect();
    set.extend(one.relation.published);
    set.sort_unstable();
    set.dedup();
    set
}

fn is_sheet(documents: &[Document], relation: &Relation) -> bool {
    use crate::model::figure::Home;
    let home =
        relation.published.and_then(|id| documents.get(id.document)?.figures.get(id.figure)).map(|f| f.home);
    let Some(Home::Cell { table, .. }) = home else { return false };
    documents
        .get(relation.document)
        .and_then(|document| document.tables.get(table))
        .is_some_and(|table| table.form == Form::Sheet)
}

/// A figure that one relation explains is not accused by another.
fn certainty(fit: Fit) -> u8 {
    match fit {
        Fit::Exact => 0,
        Fit::ByRounding => 1,
        Fit::ByConvention(_) => 2,
        Fit::Fails => 3,
        Fit::Undecided => 4,
    }
}
