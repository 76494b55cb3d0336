//! Of relations that say the same of the same figure, the best one speaks; the others are kept as set aside, with why.

mod parts;

use self::parts::Parts;
use super::apply::arithmetic;
use super::claim::SetAside;
use super::evidence::{Odds, Worked};
use super::relation::{Arithmetic, FigureId, Licence, OperandRole, Relation};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::figure::Home;
use crate::model::known::repeated;
use crate::model::table::Form;
use crate::model::text::Place;
use ecow::EcoString;
use rustc_hash::FxBuildHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash};

/// What a relation says of a figure, for telling which relations compete.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Saying {
    /// The result of a sum, a mean, a share or a change, at the place that says so.
    Result(FigureId, OperandRole, Place),
    /// Anything else, by its check, its place, what is printed there, and the other document that prints it too.
    Other(usize, Place, &'static str, EcoString, Option<usize>),
}

/// A relation with its odds, and its number among all.
#[derive(Clone, Copy)]
struct Weighed<'a> {
    index: usize,
    one: &'a Worked<'a>,
    odds: &'a Odds,
    /// Whether its figure stands in a spreadsheet or CSV file.
    in_sheet: bool,
}

/// Why each relation is set aside; nothing for those that speak.
pub(crate) fn set_aside(
    documents: &[Document],
    worked: &[Worked],
    odds: &[Odds],
) -> Vec<Option<&'static str>> {
    let weighed = worked.iter().zip(odds).enumerate().map(|(index, (one, odds))| {
        let in_sheet = is_in_sheet(documents, one.relation);
        Weighed { index, one, odds, in_sheet }
    });
    let weighed: Vec<Weighed> = weighed.collect();
    let mut aside: Vec<Option<&'static str>> = weighed.iter().map(Weighed::refuted).collect();
    let mut groups: HashMap<Saying, Vec<Weighed>> = HashMap::new();
    for one in not_alone(still_speaking(&weighed, &aside), |one| Some(saying(one.one.relation))) {
        groups.entry(saying(one.one.relation)).or_default().push(one);
    }
    let parts = Parts::of(documents, worked);
    let settled =
        groups.into_values().filter(|group| group.len() > 1).flat_map(|group| settle(group, &parts));
    put(settled.collect(), &mut aside);
    put(same_operands(still_speaking(&weighed, &aside)), &mut aside);
    aside
}

fn still_speaking<'a>(weighed: &[Weighed<'a>], aside: &[Option<&'static str>]) -> Vec<Weighed<'a>> {
    weighed.iter().zip(aside).filter(|(_, why)| why.is_none()).map(|(one, _)| *one).collect()
}

/// Those that have the same key as another, by its hash; in a long table most are alone.
fn not_alone<K: Hash>(all: Vec<Weighed>, key: impl Fn(&Weighed) -> Option<K>) -> Vec<Weighed> {
    let hash = |one: &Weighed| key(one).map(|key| FxBuildHasher.hash_one(key));
    let several = repeated(all.iter().filter_map(hash).collect());
    let is_one = |one: &Weighed| hash(one).is_some_and(|hash| several.binary_search(&hash).is_ok());
    if several.is_empty() { Vec::new() } else { all.into_iter().filter(is_one).collect() }
}

fn put(reasons: Vec<(usize, &'static str)>, aside: &mut [Option<&'static str>]) {
    for (index, why) in reasons {
        if let Some(slot) = aside.get_mut(index) {
            *slot = Some(why);
        }
    }
}

impl Weighed<'_> {
    /// Why its own odds speak against it, if they do.
    fn refuted(&self) -> Option<&'static str> {
        let labelled = self.one.relation.licence == Licence::Labelled;
        let undecided = self.one.fit() == Fit::Undecided;
        match self.one.relation.licence {
            _ if self.one.relation.picked_of > 0 && !self.odds.claim() => {
                Some("its siblings show that its figures were picked by chance")
            }
            Licence::Inferred if self.is_unvouched() => {
                Some("its siblings show that it would hold by chance")
            }
            Licence::Labelled if self.odds.refute_heads() => {
                Some("its siblings show that its heads mean something else")
            }
            _ if labelled && undecided && self.in_sheet => {
                Some("what a sheet's heads promise cannot be worked out")
            }
            _ => None,
        }
    }

    /// What the numbers alone suggest is only a claim where its siblings bear it out.
    fn is_unvouched(&self) -> bool {
        let detected = matches!(
            self.one.relation.arithmetic,
            Arithmetic::Sum | Arithmetic::Mean | Arithmetic::Share | Arithmetic::PercentChange(_)
        );
        detected && !self.odds.claim()
    }

    /// Higher odds come first, to a sixteenth of a bit.
    fn rank(&self) -> i64 {
        (-self.odds.bits() * 16.0) as i64
    }
}

/// The relations that were set aside, for those who want to know.
pub(crate) fn told(
    documents: &[Document],
    worked: &[Worked],
    odds: &[Odds],
    aside: &[Option<&'static str>],
) -> Vec<SetAside> {
    let each = worked.iter().zip(odds).zip(aside);
    each.filter_map(|((one, odds), why)| {
        let relation = one.relation;
        Some(SetAside {
            code: relation.code,
            place: relation.place,
            published: relation.printed.clone(),
            why: (*why)?,
            arithmetic: one.tried.first().map_or_else(String::new, |(reading, outcome)| {
                arithmetic(documents, relation, reading, outcome)
            }),
            odds: odds.clone(),
        })
    })
    .collect()
}

fn saying(relation: &Relation) -> Saying {
    match (relation.published, result(&relation.arithmetic)) {
        (Some(figure), Some(role)) => Saying::Result(figure, role, relation.place),
        _ => {
            let operands = relation.readings.iter().flat_map(|reading| &reading.operands);
            let other = operands.map(|(_, id)| id.document()).find(|number| *number != relation.document);
            Saying::Other(relation.document, relation.place, relation.code, relation.printed.clone(), other)
        }
    }
}

/// As what a relation works its published figure out.
fn result(arithmetic: &Arithmetic) -> Option<OperandRole> {
    match arithmetic {
        Arithmetic::Sum => Some(OperandRole::Total),
        Arithmetic::Mean | Arithmetic::Quotient => Some(OperandRole::Mean),
        Arithmetic::Share => Some(OperandRole::Share),
        Arithmetic::PercentChange(_) => Some(OperandRole::Change),
        _ => None,
    }
}

/// Which of the relations that say something of one figure are set aside, and why. The order of precedence: what holds
/// before what fails, then the higher odds, then the better licence, then the first.
fn settle(mut group: Vec<Weighed>, parts: &Parts) -> Vec<(usize, &'static str)> {
    group.sort_by_key(|w| (w.one.fit().rank(), w.rank(), w.one.relation.licence, w.index));
    let short = group.iter().filter(|one| parts.are_left_out(one, &group));
    let mut aside: Vec<(usize, &'static str)> =
        short.map(|one| (one.index, "it leaves out a part that its siblings take in")).collect();
    group.retain(|one| aside.iter().all(|(index, _)| *index != one.index));
    let best_holds = group.first().is_some_and(|best| best.one.fit().holds());
    let mut kept: Vec<Weighed> = Vec::new();
    for one in group {
        let why = if kept.is_empty() { None } else { spoken_for(&one, &kept, best_holds) };
        match why {
            Some(why) => aside.push((one.index, why)),
            None => kept.push(one),
        }
    }
    aside
}

/// Why a relation says nothing beside better ones about the same figure, if it does not.
fn spoken_for(one: &Weighed, kept: &[Weighed], best_holds: bool) -> Option<&'static str> {
    let own = operands(one.one);
    let other_check = kept.iter().all(|other| other.one.relation.code != one.one.relation.code);
    match () {
        () if kept.iter().any(|other| operands(other.one) == own) => {
            Some("another relation has the same operands")
        }
        // What the document says itself counts before what other documents say.
        () if best_holds && is_across(one.one) && !one.one.fit().holds() => {
            Some("another relation explains the figure")
        }
        // The total of a column is the total of its row as well.
        () if other_check && one.odds.warn() => None,
        // One cell of a sheet can be the sum of several sets of cells.
        () if one.one.fit().holds() && (one.in_sheet || other_check) => None,
        () if best_holds => Some("another relation explains the figure"),
        () => Some("another relation says the same with a better licence"),
    }
}

/// Whether it takes figures of another document in.
fn is_across(one: &Worked) -> bool {
    operands(one).iter().any(|id| id.document() != one.relation.document)
}

/// `a = b + c` and `b = a − c` say the same; the better licensed of the two speaks.
fn same_operands(speaking: Vec<Weighed>) -> Vec<(usize, &'static str)> {
    let added = |one: &Weighed| {
        let additive = matches!(one.one.relation.arithmetic, Arithmetic::Sum | Arithmetic::Difference(_));
        Some(operands(one.one)).filter(|set| additive && set.len() > 2)
    };
    let mut speaking = not_alone(speaking, added);
    speaking.sort_by_key(|w| (w.one.relation.licence, w.rank(), w.index));
    let mut first: HashSet<Vec<FigureId>> = HashSet::new();
    let mut aside = Vec::new();
    for one in speaking {
        let repeated = added(&one).is_some_and(|set| !first.insert(set));
        // A sheet's cell can be a sum by its numbers and a change by its head: both are told.
        if repeated && one.one.relation.licence == Licence::Inferred && !one.in_sheet {
            aside.push((one.index, "another relation has the same operands"));
        }
    }
    aside
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

fn is_in_sheet(documents: &[Document], relation: &Relation) -> bool {
    let home = relation
        .published
        .and_then(|id| documents.get(id.document())?.figures.get(id.figure))
        .map(|f| f.home);
    let Some(Home::Cell { table, .. }) = home else { return false };
    documents
        .get(relation.document)
        .and_then(|document| document.tables.get(table))
        .is_some_and(|table| table.form == Form::Sheet)
}
