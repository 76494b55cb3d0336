//! The odds that a document claims a relation: the one place that weighs licences, siblings and doubts.
//!
//! Odds are added up in bits. A prior by the licence; for each sibling that holds, what its chance of holding by accident
//! is worth; for each that fails, what one failure in a hundred is worth; and what the relation's own reading assumes. The
//! weights are data (`weights.toml`), each with its reason.

mod counted_twice;
mod damage;
mod explained;
mod line;
mod misplaced;
mod missing_row;
mod size;
mod trial;
mod weights;

pub(crate) use self::damage::Damage;
use self::explained::Explained;
pub(crate) use self::line::{Line, line};
pub(crate) use self::size::figure;
use self::size::{near, scale, surprise};
pub(crate) use self::trial::{Trial, can_tell, likeliest};
use self::weights::weights;
use super::relation::{Arithmetic, Licence, Reading, Relation, UNCERTAIN};
use super::solve::{Fit, Outcome};
use super::twice;
use crate::model::document::Document;
use std::collections::{BTreeSet, HashMap};

/// What speaks for or against a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A sentence states it.
    Stated,
    /// Heads and labels say it.
    Labelled,
    /// The order of the document implies it.
    Implied,
    /// Nothing names it.
    Inferred,
    /// What its reading assumes.
    Assumed,
    /// That it holds, the more the less it can by chance.
    Holds,
    /// That it fails.
    Fails,
    /// How far it is off.
    Distance,
    /// It is so far off that something else must be meant.
    Scale,
    /// Nothing names what it says.
    Unnamed,
    /// It is one of several sums that all fall short.
    MissingRow,
    /// Another relation explains the figure.
    Explained,
    /// It is a guess that at most one sibling bears out.
    OneSibling,
    /// Relations along its line that hold.
    SiblingsHold,
    /// Relations along its line that fail.
    SiblingsFail,
    /// Relations along the other lines of its table that hold.
    BesideHold,
    /// Relations along the other lines of its table that fail.
    BesideFail,
}

impl Reason {
    /// As a person reads it.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Stated => "stated",
            Reason::Labelled => "labelled",
            Reason::Implied => "implied",
            Reason::Inferred => "inferred",
            Reason::Assumed => "assumed",
            Reason::Holds => "it holds",
            Reason::Fails => "it fails",
            Reason::Distance => "how far it is off",
            Reason::Scale => "out of scale",
            Reason::Unnamed => "nothing names it",
            Reason::MissingRow => "a row seems to be missing",
            Reason::Explained => "explained otherwise",
            Reason::OneSibling => "one sibling at most bears it out",
            Reason::SiblingsHold => "siblings that hold",
            Reason::SiblingsFail => "siblings that fail",
            Reason::BesideHold => "lines beside it that hold",
            Reason::BesideFail => "lines beside it that fail",
        }
    }
}

/// What speaks for and against a relation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Odds {
    /// Each reason with its bits, in the order in which they were added.
    pub terms: Vec<(Reason, f32)>,
}

impl Odds {
    fn add(&mut self, reason: Reason, bits: f32) {
        if bits != 0.0 {
            // A long table has odds in the millions, most of one term or two.
            self.terms.reserve_exact(1);
            self.terms.push((reason, bits));
        }
    }

    /// The sum, in bits: 1 for two to one, 2 for four to one.
    pub fn bits(&self) -> f32 {
        self.terms.iter().map(|(_, bits)| bits).sum()
    }

    /// Enough to call a break an error.
    pub(crate) fn accuse(&self) -> bool {
        self.bits() >= weights().threshold.error
    }

    /// Enough to warn of a break.
    pub(crate) fn warn(&self) -> bool {
        self.bits() >= weights().threshold.warning
    }

    /// Whether it fails with its whole line, as if a row were missing.
    pub(crate) fn misses_a_row(&self) -> bool {
        self.terms.iter().any(|(reason, _)| *reason == Reason::MissingRow)
    }

    /// Enough to speak of the relation at all, where nothing names it.
    pub(crate) fn claim(&self) -> bool {
        self.bits() >= weights().threshold.claim
    }

    /// So little that heads and labels must mean something else.
    pub(crate) fn refute_heads(&self) -> bool {
        self.bits() < weights().threshold.heads
    }
}

/// A relation with what its likeliest reading gives.
pub(crate) struct Worked<'a> {
    /// The relation.
    pub relation: &'a Relation,
    /// The reading that decides it, with its outcome; then the others, as they were tried.
    pub tried: Vec<(&'a Reading, Outcome)>,
}

impl Worked<'_> {
    /// What the deciding reading gives.
    pub fn fit(&self) -> Fit {
        self.tried.first().map_or(Fit::Undecided, |(_, outcome)| outcome.fit)
    }

    /// The line along which it has siblings under its deciding reading.
    pub fn line(&self, documents: &[Document]) -> Option<Line> {
        line(documents, self.relation, self.tried.first().map(|(reading, _)| *reading)?)
    }
}

/// What the relations of a line come to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    /// Bits of those that hold.
    holds: f32,
    /// Bits of those that fail: less than nothing.
    fails: f32,
    /// Bits of those of them that are out of scale.
    astray: f32,
    /// How many there are.
    all: u32,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.holds += other.holds;
        self.fails += other.fails;
        self.astray += other.astray;
        self.all += other.all;
    }

    fn without(self, other: Tally) -> Tally {
        Tally {
            holds: (self.holds - other.holds).max(0.0),
            fails: (self.fails - other.fails).min(0.0),
            astray: (self.astray - other.astray).min(0.0),
            all: self.all.saturating_sub(other.all),
        }
    }

    /// What failures beyond the one in a hundred that slips explain say against the line.
    fn against(self) -> f32 {
        let explained = 0.01 * self.all as f32 * weights().siblings.fails;
        (self.fails - explained).min(0.0)
    }

    /// The same without those that are out of scale.
    fn without_astray(self) -> Tally {
        Tally { fails: (self.fails - self.astray).min(0.0), astray: 0.0, ..self }
    }

    /// What those that hold say for a failure being a slip: no more than a few failures can outweigh.
    fn capped(self) -> f32 {
        self.holds.min(weights().siblings.all_hold)
    }
}

/// The odds of each relation, in their order.
pub(crate) fn weigh(documents: &[Document], worked: &[Worked]) -> Vec<Odds> {
    let explained = Explained::by(documents, worked);
    let has_line = |one: &&Worked| !explained.has_too_many(documents, one);
    let line_of = |one: &Worked| Some(one).filter(has_line)?.line(documents);
    let lines: Vec<Option<Line>> = worked.iter().map(line_of).collect();
    let twice: Vec<bool> = worked.iter().map(|one| twice::fails_by_it(documents, one)).collect();
    let of_one_row = counted_twice::of_one_row(documents, worked, &lines);
    let by_one_row = of_one_row.iter().zip(&twice).map(|(of_row, twice)| *of_row || *twice);
    let tallies = worked.iter().zip(by_one_row).map(|(one, by_row)| tally(documents, one, by_row));
    let tallies: Vec<Tally> = tallies.collect();
    let mut by_line: HashMap<Line, Tally> = HashMap::new();
    let mut by_table: HashMap<Line, Tally> = HashMap::new();
    for (line, tally) in lines.iter().zip(&tallies) {
        if let Some(line) = line {
            by_line.entry(*line).or_default().add(*tally);
            by_table.entry(line.of_table()).or_default().add(*tally);
        }
    }
    let mut long: HashMap<Line, u32> = HashMap::new();
    for line in worked.iter().zip(&lines).filter_map(|(one, line)| line.filter(|_| is_long(documents, one))) {
        *long.entry(line).or_default() += 1;
    }
    // A single one of many can hold by the way in which its numbers are written.
    let is_understood = |line: &Line, of_line: Tally| long.get(line).is_some_and(|n| 2 * n >= of_line.all);
    let short = missing_row::short_of_a_row(documents, worked, &lines);
    let each = worked.iter().zip(short.iter().zip(&twice)).zip(lines.iter().zip(&tallies));
    each.map(|((one, (short, twice)), (line, own))| {
        let mut odds = own_odds(documents, one, *twice);
        if *short {
            odds.add(Reason::MissingRow, weights().own.missing_row);
            return odds;
        }
        if explained.has(documents, one) {
            odds.add(Reason::Explained, weights().own.explained);
        }
        if let Some(line) = line {
            let of_line = by_line.get(line).copied().unwrap_or_default();
            let of_table = by_table.get(&line.of_table()).copied().unwrap_or_default();
            let siblings = of_line.without(*own);
            if one.fit() == Fit::Fails && cannot_accuse(one) {
                odds.add(Reason::SiblingsFail, siblings.against());
            } else if one.fit() == Fit::Fails {
                if is_guess(documents, one) && siblings.holds <= weights().siblings.holds {
                    odds.add(Reason::OneSibling, weights().own.unnamed);
                }
                let (beside, elsewhere) = (of_table.without(of_line), weights().siblings.elsewhere);
                odds.add(Reason::SiblingsHold, siblings.capped());
                odds.add(Reason::SiblingsFail, siblings.against());
                odds.add(Reason::BesideHold, elsewhere * beside.capped());
                let is_named = one.relation.licence == Licence::Labelled && own.astray == 0.0;
                let is_sure = is_named && is_understood(line, of_line);
                let failing = if is_sure { beside.without_astray() } else { beside };
                odds.add(Reason::BesideFail, elsewhere * failing.against());
            } else {
                odds.add(Reason::SiblingsHold, siblings.holds);
                odds.add(Reason::SiblingsFail, siblings.against());
            }
        }
        odds
    })
    .collect()
}

/// From so many bits on a sum does not hold by chance: one in 16,000 does.
const NO_ACCIDENT: f32 = 14.0;

/// Whether a sum that holds is no accident.
pub(crate) fn is_no_accident(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    relation.arithmetic == Arithmetic::Sum
        && surprise(documents, relation, reading, Fit::Exact) >= NO_ACCIDENT
}

/// Whether a sum holds and is no accident. A line of which half are such sums is understood: what its heads were taken for
/// elsewhere in the table, where that is out of scale, says nothing of it.
fn is_long(documents: &[Document], one: &Worked) -> bool {
    let reading = one.tried.first().filter(|_| one.fit() == Fit::Exact);
    reading.is_some_and(|(reading, _)| is_no_accident(documents, one.relation, reading))
}

/// Whether the deciding reading assumes so much that it can bear a figure out and not accuse it. Siblings that hold say that
/// the line is understood; they do not make what was assumed of this one surer.
fn cannot_accuse(one: &Worked) -> bool {
    one.tried.first().is_some_and(|(reading, _)| reading.cost >= UNCERTAIN)
}

/// Whether only numbers say that a figure is the sum of others, which do not stand together right beside it. So many sets of
/// rows are tried in a table that one line fits by accident now and then: of eight such sums that one sibling at most bore
/// out, none was meant to hold.
fn is_guess(documents: &[Document], one: &Worked) -> bool {
    let inferred = one.relation.licence == Licence::Inferred && one.relation.arithmetic == Arithmetic::Sum;
    let Some((reading, _)) = one.tried.first().filter(|_| inferred) else { return false };
    let ids = reading.operands.iter().map(|(_, id)| *id).chain(one.relation.published);
    let cells: Option<Vec<_>> = ids.map(|id| figure(documents, id)?.home.cell()).collect();
    let stand_together = |places: BTreeSet<usize>| {
        let ends = places.first().zip(places.last());
        ends.is_some_and(|(first, last)| last - first + 1 == places.len())
    };
    let Some(cells) = cells else { return false };
    let rows: BTreeSet<usize> = cells.iter().map(|(_, row, _)| *row).collect();
    let cols: BTreeSet<usize> = cells.iter().map(|(_, _, col)| *col).collect();
    !(stand_together(rows) && stand_together(cols))
}

/// What a relation adds to its line: its bits where it holds, one failure where it fails.
fn tally(documents: &[Document], one: &Worked, of_one_row: bool) -> Tally {
    match (one.tried.first(), one.fit()) {
        (Some((reading, _)), Fit::Fails) if of_one_row => {
            let bits = surprise(documents, one.relation, reading, Fit::Exact);
            Tally { holds: bits.min(weights().siblings.holds), all: 1, ..Tally::default() }
        }
        (Some(_), Fit::Fails) if misplaced::is_misplaced(documents, one) => Tally::default(),
        (Some((reading, _)), Fit::Fails) => {
            // One that is off by little is likelier a slip, and says less against its line.
            let near = near(documents, one.relation, reading).max(0.0);
            let scale = scale(documents, one.relation, reading);
            let fails = failure(one.relation, reading) + near + scale;
            Tally { fails, astray: if scale < 0.0 { fails } else { 0.0 }, all: 1, holds: 0.0 }
        }
        (Some((reading, _)), fit) if fit.holds() => {
            let bits = surprise(documents, one.relation, reading, fit);
            Tally { holds: bits.min(weights().siblings.holds), all: 1, ..Tally::default() }
        }
        _ => Tally::default(),
    }
}

/// What a relation says for itself: its licence, what its reading assumes, and what its own failure looks like. What fails
/// because a row is printed twice may be off by any number.
fn own_odds(documents: &[Document], one: &Worked, twice: bool) -> Odds {
    let by = weights();
    let mut odds = Odds::default();
    let (name, prior) = match one.relation.licence {
        Licence::Stated => (Reason::Stated, by.licence.stated),
        Licence::Labelled => (Reason::Labelled, by.licence.labelled),
        Licence::Implied => (Reason::Implied, by.licence.implied),
        Licence::Inferred => (Reason::Inferred, by.licence.inferred),
    };
    odds.terms.push((name, prior));
    let Some((reading, outcome)) = one.tried.first() else { return odds };
    odds.add(Reason::Assumed, by.own.assumed * reading.cost as f32);
    if outcome.fit.holds() {
        let bits = surprise(documents, one.relation, reading, outcome.fit);
        odds.add(Reason::Holds, bits.min(by.siblings.holds));
    }
    if outcome.fit != Fit::Fails {
        return odds;
    }
    odds.add(Reason::Fails, failure(one.relation, reading));
    let near = near(documents, one.relation, reading);
    odds.add(Reason::Distance, if twice { near.max(0.0) } else { near });
    odds.add(Reason::Scale, if twice { 0.0 } else { scale(documents, one.relation, reading) });
    if is_unnamed(one.relation, reading) {
        odds.add(Reason::Unnamed, by.own.unnamed);
    }
    odds
}

/// What a failure says against a relation: less, where another document prints the figure.
fn failure(relation: &Relation, reading: &Reading) -> f32 {
    let across = reading.operands.iter().any(|(_, id)| id.document() != relation.document);
    if across { weights().siblings.restated } else { weights().siblings.fails }
}

/// Whether neither words nor heads name what fails: the number of cases that shares are of, or a share and a change that
/// only the numbers suggest.
fn is_unnamed(relation: &Relation, reading: &Reading) -> bool {
    match relation.arithmetic {
        Arithmetic::MultipleResponse => relation.licence != Licence::Labelled,
        Arithmetic::Feasible => reading.cost > NAMED && has_rival(relation, reading),
        Arithmetic::Share | Arithmetic::PercentChange(_) => relation.licence == Licence::Inferred,
        _ => false,
    }
}

/// What may be assumed at most of a number of cases that shares are tried against.
const NAMED: u32 = 2;

/// Whether another number of cases is about as likely.
fn has_rival(relation: &Relation, reading: &Reading) -> bool {
    let others = relation.readings.iter().filter(|other| other.operands != reading.operands);
    others.map(|other| other.cost).min().is_some_and(|cost| cost < reading.cost + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_failures_outweigh_any_number_that_hold() {
        let of = |holds: u32, fails: u32| Tally {
            holds: 8.0 * holds as f32,
            fails: weights().siblings.fails * fails as f32,
            all: holds + fails,
            ..Tally::default()
        };
        let accuses = |line: Tally| {
            let own = weights().licence.labelled + weights().siblings.fails;
            own + line.capped() + line.against() >= weights().threshold.error
        };
        assert!(accuses(of(6, 0)) && accuses(of(6, 2)));
        assert!(!accuses(of(0, 2)) && !accuses(of(6, 3)) && !accuses(of(50, 8)));
        let believed = |line: Tally| line.holds + line.against() > 0.0;
        assert!(believed(of(50, 8)) && !believed(of(2, 8)));
    }
}
