//! Figures that two documents of one body print: what the later one gives for the period of the earlier, and what minutes and
//! press pages tell of a report.
//!
//! The periods of both are known and the same, and so is all else that is known of them. What one of the two leaves open
//! has to be assumed. Two equal numbers are taken for one figure where an accident is less likely than what is assumed.
//! Two different ones accuse only where nothing but words of one side is assumed, where both documents have one value for
//! it, and where both name the same measure, labels and limits, their headings included.

use crate::model::facets::Dimension;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::Slot;
use crate::model::table::Table;
use crate::reconcile::ledger::{Candidate, Ledger};
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use crate::reconcile::solve;
use crate::reconcile::unify::{Query, distance, is_usual, known_alike, measured_alike};
use std::collections::{BTreeMap, HashSet};

/// How many figures of another document are looked at for one.
const CANDIDATES: usize = 8;
/// What may be assumed at most of two figures that differ: a word that the label of one of them has more. `known_alike`
/// excludes labels of the vocabulary that one of them leaves open, which cost as much.
const NAMED: u32 = 4;
/// What may be assumed at most of two figures that are equal.
const ASSUMED: u32 = 7;
/// What is assumed where a text says "2021" and means the year that began in April.
const LOOSE_YEAR: u32 = 3;

/// A number of so many digits in a head can be a year.
const YEAR: usize = 4;

/// A figure of another document that is meant to be the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counterpart {
    /// The figure of the other document.
    pub id: FigureId,
    /// What has to be assumed.
    pub cost: u32,
}

/// Emits a relation for each figure of a document that an earlier one of its body prints too.
pub(crate) fn emit(ledger: &Ledger, earlier: &Ledger, code: &'static str, out: &mut Vec<Relation>) {
    let mut told = HashSet::new();
    for (index, figure) in ledger.document.figures.entries() {
        if !is_comparable(ledger, index, figure) {
            continue;
        }
        let equal = equal_in(figure, earlier);
        let differs = || differing_in(ledger, index, figure, earlier);
        let Some(other) = equal.or_else(differs) else { continue };
        // What a document says twice of a figure that differs is told once, where it stands first.
        if equal.is_none() && !told.insert((other.id, figure.quantity.value.clone())) {
            continue;
        }
        let operands = vec![(OperandRole::Same, other.id)];
        let readings = vec![Reading { operands, cost: other.cost, note: None }];
        let before = earlier.figure(other.id.figure);
        let named = before.is_some_and(|before| are_headed_alike(ledger, figure, earlier, before));
        let licence = if named { Licence::Labelled } else { Licence::Implied };
        let relation = Relation::of_figure(ledger, index, code, Arithmetic::Same);
        out.push(Relation { licence, readings, ..relation });
    }
}

/// The figure of another document that has the value of one and can be the same.
pub(crate) fn equal_in(figure: &Figure, other: &Ledger) -> Option<Counterpart> {
    let chance = chance(figure);
    let same = |period: Period, loose: u32| {
        let found = candidates(figure, other, period).into_iter().find(|candidate| {
            let printed = other.figure(candidate.figure).map(|f| &f.quantity);
            printed.is_some_and(|printed| solve::same(&figure.quantity, printed).fit.holds())
        })?;
        let cost = found.cost + loose;
        let id = other.id(found.figure);
        (cost <= ASSUMED && cost as f32 <= chance).then_some(Counterpart { id, cost })
    };
    let period = figure.facets.period?;
    same(period, 0).or_else(|| same(loosely(period)?, LOOSE_YEAR))
}

/// The one figure of another document that is named as a figure is and has another value, where both documents have one
/// value for it.
fn differing_in(ledger: &Ledger, index: FigureIdx, figure: &Figure, other: &Ledger) -> Option<Counterpart> {
    let period = figure.facets.period?;
    let best = alone(figure, other, period)?;
    let before = other.figure(best.figure)?;
    let back = alone(before, ledger, period)?;
    let same = back.figure == index || ledger.figure(back.figure)?.quantity.value == figure.quantity.value;
    let presumed = [figure, before].iter().filter(|f| !f.facets.period_stated).count() as u32;
    let counterpart = Counterpart { id: other.id(best.figure), cost: best.cost.max(back.cost) + presumed };
    let named = are_named_alike(figure, before) && counterpart.cost <= NAMED;
    let elsewhere = is_printed(figure, other) || is_printed(before, ledger);
    let (own, others) = (limits(ledger, figure), limits(other, before));
    let limited = own != others && !own.is_empty() && !others.is_empty();
    let apart = limited || is_whole(other, best.figure) || is_whole(ledger, index);
    (same && named && !elsewhere && !apart).then_some(counterpart)
}

/// Whether another document prints the value of a figure for its period, of something that can be the same.
fn is_printed(figure: &Figure, other: &Ledger) -> bool {
    let Some(value) = &figure.quantity.value else { return false };
    let mut printed = other.of_value(value, figure.quantity.unit).iter().filter_map(|at| other.figure(*at));
    printed.any(|print| {
        print.facets.period == figure.facets.period && distance(Query::of(figure), print).is_some()
    })
}

/// Whether all that the words of one figure say the words of the other say. A word that only one of two sentences has can be
/// what it counts; in the head of a row it is often another way to say the same.
fn are_named_alike(figure: &Figure, before: &Figure) -> bool {
    let in_cells = [figure, before].iter().all(|f| f.home.cell().is_some());
    let words = in_cells || figure.facets.topic() == before.facets.topic();
    let labels = labels(figure);
    let shares = figure.quantity.unit == Unit::Percent && figure.measure().is_of_complaints();
    // Of a share without a name ("it was 37%") it is not known what it is a share of.
    let named = !shares || !labels.is_empty() || !figure.facets.topic().is_empty();
    words
        && named
        && labels == self::labels(before)
        && measured_alike(figure, before)
        && known_alike(&Query::of(figure), before)
        && known_alike(&Query::of(before), figure)
}

/// The labels of a figure, those of its caption and headings included: a report on one service says so at its top alone.
fn labels(figure: &Figure) -> BTreeMap<Dimension, &str> {
    let all = figure.context.dimensions.iter().chain(figure.facets.dimensions.iter());
    let labels: BTreeMap<_, _> = all.map(|(dimension, label)| (dimension, &*label.normalised)).collect();
    labels.into_iter().filter(|(dimension, label)| !is_usual(*dimension, label)).collect()
}

/// Whether a sentence takes a part of a figure: of these it tells, and the figure itself may be told of something else.
fn is_whole(ledger: &Ledger, figure: FigureIdx) -> bool {
    ledger.slots(figure).contains(&Slot::Whole)
}

/// The figure of another document that is named as a figure is, for another period.
pub(crate) fn named_in(figure: &Figure, other: &Ledger, period: Period) -> Option<Counterpart> {
    let found = alone(figure, other, period)?;
    let known = other.figure(found.figure).is_some_and(|part| known_alike(&Query::of(figure), part));
    known.then_some(Counterpart { id: other.id(found.figure), cost: found.cost })
}

/// The likeliest figure of a document for one of another document, where no other value is about as likely.
fn alone(figure: &Figure, other: &Ledger, period: Period) -> Option<Candidate> {
    let found = candidates(figure, other, period);
    let best = *found.first()?;
    let value =
        |candidate: &Candidate| other.figure(candidate.figure).and_then(|f| f.quantity.value.as_ref());
    let rivals = found.iter().filter(|rival| rival.cost <= best.cost);
    rivals.into_iter().all(|rival| value(rival) == value(&best)).then_some(best)
}

/// Figures of another document that can be one of this, the likeliest first.
fn candidates(figure: &Figure, other: &Ledger, period: Period) -> Vec<Candidate> {
    let found = other.find(Query::of(figure), Some(period), figure.quantity.unit, CANDIDATES);
    let alike = |candidate: &Candidate| {
        other.figure(candidate.figure).is_some_and(|f| f.role == figure.role && is_plain(f))
    };
    found.into_iter().filter(alike).collect()
}

/// Whether a figure is a result with a name and a period, and no limit that is set or number of things that are listed.
pub(crate) fn is_comparable(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> bool {
    let slots = ledger.slots(index);
    is_plain(figure) && figure.facets.period.is_some() && !slots.contains(&Slot::Bound)
}

fn is_plain(figure: &Figure) -> bool {
    matches!(figure.role, Role::Value | Role::Share)
        && figure.quantity.value.is_some()
        && figure.quantity.qualifier == Qualifier::Equal
}

/// How unlikely it is that another number has this value by accident, in bits: about the number of different values that
/// its digits can tell apart.
fn chance(figure: &Figure) -> f32 {
    let digits: f32 =
        figure.quantity.value.as_ref().and_then(|v| v.abs().to_decimal(3).parse().ok()).unwrap_or(0.0);
    (digits * 10f32.powi(i32::from(figure.quantity.decimals)) + 1.0).log2()
}

/// The financial year that begins in a calendar year, and the other way round.
fn loosely(period: Period) -> Option<Period> {
    let year = period.start.year();
    let own =
        |other: Option<Period>| other.filter(|other| (other.start, other.end) == (period.start, period.end));
    match period.kind {
        PeriodKind::Year if own(Period::calendar_year(year)).is_some() => Period::financial_year(year),
        PeriodKind::Year if own(Period::financial_year(year)).is_some() => Period::calendar_year(year),
        _ => None,
    }
}

/// Whether two cells have heads of the same words, years and quarters apart.
fn are_headed_alike(ledger: &Ledger, figure: &Figure, earlier: &Ledger, before: &Figure) -> bool {
    let words = |ledger: &Ledger, figure: &Figure| match figure.home {
        Home::Cell { table, row, col, .. } => ledger.document.tables.get(table).map(|t| heads(t, row, col)),
        Home::Prose { .. } => None,
    };
    let own = words(ledger, figure);
    own.is_some() && own == words(earlier, before) && figure.context.topic() == before.context.topic()
}

/// The small numbers in the head of a cell's row: "within 10 working days" is another thing than "within 20 working days".
fn limits<'a>(ledger: &'a Ledger, figure: &Figure) -> Vec<&'a str> {
    let Some((table, row, _)) = figure.home.cell() else { return Vec::new() };
    let Some(table) = ledger.document.tables.get(table) else { return Vec::new() };
    let words = (0..table.header_cols).flat_map(|head| table.text(row, head).split_whitespace());
    words.filter(|word| word.len() < YEAR && word.bytes().all(|byte| byte.is_ascii_digit())).collect()
}

/// The words of a cell's heads, without the numbers of years and quarters.
fn heads(table: &Table, row: usize, col: usize) -> Vec<String> {
    let beside = (0..table.header_cols).map(|c| table.text(row, c));
    let above = (0..table.header_rows).map(|r| table.text(r, col));
    let words = beside.chain(above).flat_map(str::split_whitespace);
    let lettered = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    lettered.filter(|word| word.starts_with(char::is_alphabetic)).collect()
}
