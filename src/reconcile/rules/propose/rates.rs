//! Rates for so many people: the cases that a sentence counts beside its rate, or that the line beside it in a table counts,
//! by the people that the document counts.

use super::partitions::is_component;
use crate::model::exact::Exact;
use crate::model::facets::Measure;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::Slot;
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation, UNCERTAIN};

/// How many figures after a rate, and before it, are looked at in its paragraph.
const NEARBY: usize = 100;
/// How many counts of people are tried, and how many counts of cases before a rate.
const PEOPLE: usize = 24;
const CASES: usize = 6;
/// What is assumed of a count in another sentence of the same paragraph, and in another paragraph.
const NEAR: u32 = 1;
const FAR: u32 = 2;

/// The check of a share: a rate's, or that of a share of a total.
pub(super) fn code(ledger: &Ledger, share: FigureIdx) -> &'static str {
    let rate = ledger.figure(share).is_some_and(|f| f.quantity.unit.people().is_some());
    if rate { "CF603" } else { "CF203" }
}

/// Emits a relation for each rate of the running text, and for each of a table whose cases its heads name.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let all = ledger.document.figures.entries();
    let rates: Vec<(FigureIdx, &Figure)> = all.filter(|(_, figure)| is_rate(figure)).collect();
    if rates.is_empty() {
        return;
    }
    let search = Search { ledger, people: people(ledger) };
    out.extend(rates.into_iter().filter_map(|(index, figure)| match figure.home {
        Home::Prose { .. } => search.in_prose(index, figure),
        Home::Cell { table, row, col, .. } => search.in_table(index, figure, (table, row, col)),
    }));
}

/// A rate that is a result.
fn is_rate(figure: &Figure) -> bool {
    figure.quantity.unit.people().is_some()
        && figure.quantity.value.is_some()
        && matches!(figure.role, Role::Share | Role::Value)
}

fn is_count(figure: &Figure) -> bool {
    figure.quantity.unit == Unit::Count
        && figure.role == Role::Value
        && figure.quantity.value.as_ref().is_some_and(|value| *value > Exact::ZERO)
}

/// Whether the words of a figure say that it is of people.
fn is_of_people(figure: &Figure) -> bool {
    let own = &figure.facets;
    own.counted.iter().chain(own.topic().iter()).any(|word| pack().rules.people.has(word))
}

/// Whether a figure counts the people of an area: the noun after it says so, or it is called population.
fn counts_people(figure: &Figure) -> bool {
    let own = &figure.facets;
    let printed = own.counted.iter().any(|word| pack().rules.people.has(word));
    let named = own.counted.is_empty() && own.measure == Measure::Context && is_of_people(figure);
    is_count(figure) && (printed || named) && figure.quantity.qualifier == Qualifier::Equal
}

/// Whether two figures can be of one period: not where the words of both name one, and they differ.
fn periods_agree(a: &Figure, b: &Figure) -> bool {
    a.facets.period == b.facets.period || !(a.facets.period_stated && b.facets.period_stated)
}

/// Whether two figures can be of one measure: not where both are known, and differ.
fn measures_agree(a: &Figure, b: &Figure) -> bool {
    let open = |figure: &Figure| matches!(figure.facets.measure, Measure::Other | Measure::Context);
    let counts = !a.facets.counts_something_else && !b.facets.counts_something_else;
    counts && (open(a) || open(b) || a.facets.measure == b.facets.measure)
}

/// The counts of people outside tables with rates, each value once.
fn people(ledger: &Ledger) -> Vec<FigureIdx> {
    let mut found: Vec<(FigureIdx, &Exact)> = Vec::new();
    for (index, figure) in ledger.document.figures.entries().filter(|(_, figure)| counts_people(figure)) {
        let Some(value) = &figure.quantity.value else { continue };
        let part = is_component(ledger, figure);
        if found.len() < PEOPLE && !part && found.iter().all(|(_, known)| *known != value) {
            found.push((index, value));
        }
    }
    found.into_iter().map(|(index, _)| index).collect()
}

struct Search<'a> {
    ledger: &'a Ledger<'a>,
    people: Vec<FigureIdx>,
}

impl Search<'_> {
    fn value(&self, index: FigureIdx) -> Option<&Exact> {
        self.ledger.figure(index)?.quantity.value.as_ref()
    }

    fn reading(&self, rate: FigureIdx, part: FigureIdx, whole: FigureIdx, cost: u32) -> Reading {
        let roles = [(OperandRole::Share, rate), (OperandRole::Part, part), (OperandRole::Whole, whole)];
        let operands = roles.into_iter().map(|(role, index)| (role, self.ledger.id(index))).collect();
        Reading { operands, cost, note: None }
    }

    /// The counts of cases that stand before a rate in its sentence, of any measure; where there are none, those of its
    /// paragraph before it, and those after it in its sentence. An average is no number of cases.
    fn cases(&self, rate: FigureIdx, figure: &Figure) -> (Vec<FigureIdx>, u32) {
        let is_case = |index: &FigureIdx| {
            self.ledger.figure(*index).is_some_and(|f| {
                is_count(f)
                    && !counts_people(f)
                    && !self.ledger.slots(*index).contains(&Slot::Mean)
                    && periods_agree(f, figure)
                    && f.quantity.qualifier == Qualifier::Equal
            })
        };
        let own = |index: &FigureIdx| self.ledger.figure(*index).is_some_and(|f| f.home == figure.home);
        let (before, after) = self.around(rate, figure);
        let own_before: Vec<FigureIdx> =
            before.iter().copied().filter(|i| own(i) && is_case(i)).take(CASES).collect();
        if !own_before.is_empty() {
            return (own_before, 0);
        }
        let earlier = before.iter().rev().copied().filter(|i| !own(i) && is_case(i)).take(CASES);
        let own_after = after.iter().copied().filter(|i| own(i) && is_case(i)).take(CASES);
        (earlier.chain(own_after).collect(), NEAR)
    }

    /// The figures before a rate in its paragraph, and those after it.
    fn around(&self, rate: FigureIdx, figure: &Figure) -> (&[FigureIdx], &[FigureIdx]) {
        let all = self.ledger.in_block(self.ledger.block_of(figure));
        let at = all.partition_point(|index| *index < rate);
        let start = at.saturating_sub(NEARBY);
        let end = all.len().min(at + 1 + NEARBY);
        (all.get(start..at).unwrap_or_default(), all.get(at + 1..end).unwrap_or_default())
    }

    /// The counts of people that a rate can be of, with what is assumed: those of its sentence, else of its paragraph, else
    /// of the document.
    fn wholes(&self, rate: FigureIdx, figure: &Figure) -> (Vec<FigureIdx>, u32) {
        let (before, after) = self.around(rate, figure);
        let near = before.iter().chain(after).copied();
        let near: Vec<FigureIdx> =
            near.filter(|i| self.ledger.figure(*i).is_some_and(counts_people)).take(PEOPLE).collect();
        let own: Vec<FigureIdx> = near
            .iter()
            .copied()
            .filter(|i| self.ledger.figure(*i).is_some_and(|f| f.home == figure.home))
            .collect();
        match () {
            () if !own.is_empty() => (own, 0),
            () if !near.is_empty() => (near, NEAR),
            () => (self.people.clone(), FAR),
        }
    }

    /// A rate of the running text. Where more than one count could be of its cases or its people, none of them accuses.
    fn in_prose(&self, rate: FigureIdx, figure: &Figure) -> Option<Relation> {
        let ((cases, near), (wholes, far)) = (self.cases(rate, figure), self.wholes(rate, figure));
        let sure = cases.len() == 1 && wholes.len() == 1;
        let doubt = if sure { 0 } else { UNCERTAIN };
        let alike =
            |case: &FigureIdx| self.ledger.figure(*case).is_some_and(|case| measures_agree(case, figure));
        let pairs = cases
            .iter()
            .filter(|case| alike(case))
            .flat_map(|part| wholes.iter().map(move |whole| (*part, *whole)));
        let pairs = pairs.filter(|(part, whole)| self.value(*part) < self.value(*whole));
        let readings: Vec<Reading> =
            pairs.map(|(part, whole)| self.reading(rate, part, whole, near + far + doubt)).collect();
        // What another sentence counts is meant by where it stands.
        let licence = if near + far == 0 { Licence::Stated } else { Licence::Implied };
        let relation = Relation::of_figure(self.ledger, rate, "CF603", Arithmetic::Share);
        Some(Relation { readings, licence, ..relation })
    }

    /// A rate of a table whose heads say of what it is: "Complaints per 1,000 residents" beside "Complaints".
    fn in_table(&self, rate: FigureIdx, figure: &Figure, at: (TableIdx, usize, usize)) -> Option<Relation> {
        let (table, row, col) = at;
        let (table, grid) = self.ledger.document.tables.get(table).zip(self.ledger.grids.get(table))?;
        let found = [true, false].into_iter().find_map(|down| {
            let side = Side { ledger: self.ledger, table, grid, down };
            let (line, position) = if down { (col, row) } else { (row, col) };
            let head = side.head(line);
            let named = pack().heads.per_1000.within(&head)
                || pack().heads.per_10000.within(&head)
                || pack().heads.per_100000.within(&head);
            named.then(|| side.operands(line, position, &head))
        });
        let (part, whole) = found?;
        let part = part?;
        let (wholes, cost) = match whole {
            Some(whole) => (vec![whole], 0),
            None => (self.people_of(figure), FAR),
        };
        let doubt = if wholes.len() == 1 { 0 } else { UNCERTAIN };
        let larger = wholes.into_iter().filter(|whole| self.value(part) < self.value(*whole));
        let readings: Vec<Reading> =
            larger.map(|whole| self.reading(rate, part, whole, cost + doubt)).collect();
        let relation = Relation::of_figure(self.ledger, rate, "CF603", Arithmetic::Share);
        (!readings.is_empty()).then_some(Relation { licence: Licence::Labelled, readings, ..relation })
    }

    /// The people of the whole area in the period of a cell, of which nothing else is said than its rate and its period.
    fn people_of(&self, figure: &Figure) -> Vec<FigureIdx> {
        let label = figure.label().to_lowercase();
        let known = |word: &str| pack().rules.people.has(word) || figure.context.topic().contains(word);
        let of_part = figure.facets.topic().iter().any(|word| !known(word) && !label.contains(word));
        if of_part || !figure.facets.dimensions.is_empty() || is_component(self.ledger, figure) {
            return Vec::new();
        }
        let of_period = |index: &FigureIdx| {
            self.ledger.figure(*index).is_some_and(|f| f.facets.period == figure.facets.period)
        };
        self.people.iter().copied().filter(of_period).collect()
    }
}

/// A table seen along its columns (`down`) or its rows.
struct Side<'a> {
    ledger: &'a Ledger<'a>,
    table: &'a Table,
    grid: &'a FigureGrid,
    down: bool,
}

impl Side<'_> {
    /// What the heads of a line say, in small letters.
    fn head(&self, line: usize) -> String {
        let heads = if self.down { self.table.header_rows } else { self.table.header_cols };
        let text = |at| if self.down { self.table.text(at, line) } else { self.table.text(line, at) };
        (0..heads).map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ").to_lowercase()
    }

    fn lines(&self) -> std::ops::Range<usize> {
        if self.down {
            self.table.header_cols..self.table.cols
        } else {
            self.table.header_rows..self.table.rows
        }
    }

    fn count(&self, line: usize, position: usize) -> Option<FigureIdx> {
        let (row, col) = if self.down { (position, line) } else { (line, position) };
        let index = self.grid.first(row, col)?;
        self.ledger.figure(index).filter(|figure| is_count(figure))?;
        Some(index)
    }

    /// Whether all words that tell a count apart are words of a rate: "Number of appointments" and "Appointments per 1,000".
    fn worded(&self, count: FigureIdx, rate: usize, position: usize) -> bool {
        let (row, col) = if self.down { (position, rate) } else { (rate, position) };
        let rate = self.grid.first(row, col).and_then(|i| self.ledger.figure(i));
        let pair = rate.zip(self.ledger.figure(count)).map(|(rate, count)| (&rate.facets, &count.facets));
        pair.is_some_and(|(rate, count)| {
            !count.topic().is_empty()
                && count.topic().iter().all(|word| rate.topic().contains(word))
                && count.dimensions == rate.dimensions
        })
    }

    /// The cases and the people of a rate: a line whose head begins the rate's, or the only one of counts; and the only line
    /// whose head is of people.
    fn operands(&self, rate: usize, position: usize, head: &str) -> (Option<FigureIdx>, Option<FigureIdx>) {
        let near = rate.saturating_sub(REACH)..(rate + REACH + 1);
        let lines = near.filter(|line| *line != rate && self.lines().contains(line));
        let counts: Vec<(String, FigureIdx)> =
            lines.filter_map(|line| Some((self.head(line), self.count(line, position)?))).collect();
        let is_people = |head: &str| {
            let mut words = head.split(|c: char| !c.is_alphanumeric());
            words.any(|word| pack().rules.people.has(word))
        };
        let (people, cases): (Vec<_>, Vec<_>) = counts.into_iter().partition(|(head, _)| is_people(head));
        let begins =
            |(other, _): &&(String, FigureIdx)| !other.is_empty() && head.starts_with(other.as_str());
        let named = cases
            .iter()
            .find(begins)
            .or_else(|| only_of(cases.iter().filter(|(_, case)| self.worded(*case, rate, position))));
        let only = |lines: &[(String, FigureIdx)]| match lines {
            [(_, one)] => Some(*one),
            _ => None,
        };
        (named.map(|(_, one)| *one).or_else(|| only(&cases)), only(&people))
    }
}

/// The one of some, where there are no more.
fn only_of<T>(mut some: impl Iterator<Item = T>) -> Option<T> {
    some.next().filter(|_| some.next().is_none())
}

/// How many lines on either side of a rate are looked at.
const REACH: usize = 8;
