//! Whether two sets of facets can be about the same thing, and how much has to be assumed for it.

use crate::model::facets::{Dimension, Facets, Label, Measure, Population};
use crate::model::figure::{Figure, Home};

/// What is looked for: the words of a phrase or figure, and those of its caption and headings.
#[derive(Clone, Copy, Debug)]
pub struct Query<'a> {
    /// What its own words say.
    pub own: &'a Facets,
    /// What the caption and the headings above it say.
    pub context: &'a Facets,
    /// A cell is about what its caption says; a sentence only stands below its headings.
    pub tabular: bool,
}

impl<'a> Query<'a> {
    /// What a figure is about.
    pub fn of(figure: &'a Figure) -> Query<'a> {
        Query::like(&figure.facets, figure)
    }

    /// Something with facets of its own that stands where a figure does.
    pub fn like(own: &'a Facets, figure: &'a Figure) -> Query<'a> {
        let tabular = matches!(figure.home, Home::Cell { .. });
        Query { own, context: &figure.context, tabular }
    }

    fn measure(&self) -> Measure {
        if self.own.measure == Measure::Other { self.context.measure } else { self.own.measure }
    }
}

/// What must be assumed where one side names a dimension and the other does not.
const UNKNOWN: u32 = 3;
/// What must be assumed where a caption or heading says more than is known of the other side.
const NARROWER: u32 = 2;
/// What must be assumed where labels share no word.
const STRANGE: u32 = 4;

/// The cost of taking `candidate` for what is asked; `None` where a facet that both know differs. Periods are the
/// caller's concern.
pub fn distance(query: Query, candidate: &Figure) -> Option<u32> {
    let other = Query::of(candidate);
    let cost = counts(&query, &other)?;
    let cost = cost + measures(&query, &other)?;
    let cost = cost + populations(query.own, other.own)?;
    let cost = cost + dimensions(&query, &other)? + dimensions(&other, &query)?;
    let cost = cost + sections(&query, &other) + sections(&other, &query);
    Some(cost + topics(&query, &other, candidate)?)
}

/// Whether two figures can count the same: not where the text prints a noun after each, and the nouns differ.
pub fn count_alike(a: &Facets, b: &Facets) -> bool {
    a.counted.is_empty() || b.counted.is_empty() || a.counted == b.counted
}

/// Whether two figures can be of one measure where they differ. Two equal numbers can be of one figure although the one text
/// says "received" and the other "closed"; two different ones are those of cases that came in and of cases that ended.
pub fn measured_alike(a: &Figure, b: &Figure) -> bool {
    let (a, b) = (a.measure(), b.measure());
    a == b || [a, b].contains(&Measure::Other)
}

/// Whether all that is known of what is asked is known of a candidate: what a guess must be to accuse. A label that only
/// one side names, or words on both sides that the other has not, leave it open.
pub fn known_alike(query: &Query, candidate: &Figure) -> bool {
    let other = Query::of(candidate);
    let labelled =
        query.own.dimensions.iter().all(|(dimension, label)| is_labelled(&other, dimension, label));
    let lacks = |a: &Query, b: &Query| {
        a.own.topic().iter().any(|word| !b.own.topic().contains(word) && !b.context.topic().contains(word))
    };
    labelled && !(lacks(query, &other) && lacks(&other, query))
}

/// Whether nothing is said of one thing that is not said of another: no label and no word. What is meant where nothing is
/// said counts for nothing.
pub fn says_no_more(one: &Query, other: &Query) -> bool {
    let said = |word: &str| other.own.topic().contains(word) || other.context.topic().contains(word);
    one.own.dimensions.iter().all(|(dimension, label)| is_labelled(other, dimension, label))
        && one.own.topic().iter().all(said)
}

/// Whether all labels of one thing are labels of another, those of its caption and headings included, and the other way round.
/// A case that was taken to a later stage is one of that stage.
pub fn labelled_alike(one: &Query, other: &Query) -> bool {
    let raised = |a: &Query, b: &Query| {
        let [a, b] = [a, b].map(|query| query.own.population == Some(Population::Escalated));
        b && !a
    };
    let all = |a: &Query, b: &Query| {
        a.own.dimensions.iter().all(|(dimension, label)| {
            is_labelled(b, dimension, label) || dimension == Dimension::Stage && raised(a, b)
        })
    };
    all(one, other) && all(other, one)
}

fn is_labelled(query: &Query, dimension: Dimension, label: &Label) -> bool {
    let known = query.own.dimensions.get(dimension).or(query.context.dimensions.get(dimension));
    known.is_some_and(|same| agrees(dimension, label, same)) || is_usual(dimension, &label.normalised)
}

/// A noun that is no measure, printed after one number alone, says that the other can be of something else.
fn counts(query: &Query, other: &Query) -> Option<u32> {
    if !count_alike(query.own, other.own) {
        return None;
    }
    let stray = |a: &Query, b: &Query| {
        let known = |word: &str| {
            Measure::named(word).is_some() || b.own.topic().contains(word) || b.context.topic().contains(word)
        };
        b.own.counted.is_empty() && a.own.counted.iter().any(|word| !known(word))
    };
    Some(u32::from(stray(query, other) || stray(other, query)))
}

fn measures(query: &Query, other: &Query) -> Option<u32> {
    match (query.measure(), other.measure()) {
        (a, b) if a == b => Some(0),
        (Measure::Other, _) | (_, Measure::Other) => Some(1),
        (a, b) if is_complaints(a) && is_complaints(b) => Some(1),
        _ => None,
    }
}

/// Whether a measure counts complaints of one population or another.
pub fn is_complaints(measure: Measure) -> bool {
    matches!(
        measure,
        Measure::ComplaintsReceived
            | Measure::ComplaintsClosed
            | Measure::ComplaintsInvestigated
            | Measure::OnTime
    )
}

/// Received, closed and decided are different populations; where only one side names one, little is assumed.
fn populations(query: &Facets, other: &Facets) -> Option<u32> {
    match (query.population, other.population) {
        (Some(a), Some(b)) if a != b => None,
        (Some(_), None) | (None, Some(_)) => Some(1),
        _ => Some(0),
    }
}

/// The cost of the dimensions that `query` names, looked up in `other`.
fn dimensions(query: &Query, other: &Query) -> Option<u32> {
    let mut cost = 0;
    for (dimension, label) in query.own.dimensions.iter() {
        cost += match (other.own.dimensions.get(dimension), other.context.dimensions.get(dimension)) {
            (Some(same), _) if agrees(dimension, label, same) => 0,
            (Some(_), _) => return None,
            (None, Some(same)) if agrees(dimension, label, same) => 0,
            (None, Some(_)) => return None,
            (None, None) if is_usual(dimension, &label.normalised) => 1,
            (None, None) => UNKNOWN,
        };
    }
    Some(cost)
}

/// What is meant where nothing is said: a complaint is a stage 1 complaint.
pub fn is_usual(dimension: Dimension, label: &str) -> bool {
    dimension == Dimension::Stage && label == "1"
}

/// The cost of the dimensions that only the caption or headings of `query` name.
fn sections(query: &Query, other: &Query) -> u32 {
    let only = query.context.dimensions.iter().filter(|(d, _)| !query.own.dimensions.has(*d));
    only.map(|(dimension, label)| {
        let known = other.own.dimensions.get(dimension).or(other.context.dimensions.get(dimension));
        match known {
            Some(same) if agrees(dimension, label, same) => 0,
            Some(_) => UNKNOWN,
            None if is_usual(dimension, &label.normalised) => 1,
            None => NARROWER,
        }
    })
    .sum()
}

fn agrees(_: Dimension, a: &Label, b: &Label) -> bool {
    a.normalised == b.normalised
}

/// A cell whose row says nothing (a total) is about what its caption names: another caption, or none, is another thing.
fn captions(query: &Query, other: &Query, candidate: &Figure) -> u32 {
    let (asked, said) = (query.context.topic(), other.context.topic());
    let met = asked.iter().filter(|w| said.contains(w) || other.own.topic().contains(w)).count();
    if matches!(candidate.home, Home::Prose { .. }) {
        let strange = !other.own.topic().is_empty() || (query.tabular && !asked.is_empty());
        return if strange && met == 0 { NARROWER } else { 0 };
    }
    if said.is_empty() || !other.own.topic().is_empty() {
        return 0;
    }
    match met {
        0 => UNKNOWN,
        _ => (asked.len().min(said.len()) - met).min(2) as u32,
    }
}

/// Words that the vocabulary does not know: a named row of a table is only meant where it is named.
fn topics(query: &Query, other: &Query, candidate: &Figure) -> Option<u32> {
    let asked = query.own.topic();
    let named_row = matches!(candidate.home, Home::Cell { .. }) && !other.own.topic().is_empty();
    if named_row {
        let named = |word: &str| asked.contains(word) || query.context.topic().contains(word);
        let hits = other.own.topic().iter().filter(|w| named(w)).count();
        if hits == 0 && other.own.dimensions.is_empty() {
            return None;
        }
        if hits * 2 < other.own.topic().len() {
            return Some(STRANGE);
        }
    }
    let knows = |word: &str| other.own.topic().contains(word) || other.context.topic().contains(word);
    let met = asked.iter().filter(|w| knows(w)).count();
    // Where the measure itself is named, stray words of the sentence tell little.
    let named = !matches!(query.measure(), Measure::Other) && !is_complaints(query.measure());
    Some(match (asked.len(), met) {
        (0, _) => captions(query, other, candidate),
        (_, 0) if named => 1,
        (_, 0) => STRANGE,
        (all, met) => (all - met).min(3) as u32,
    })
}
