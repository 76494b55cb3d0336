//! Totals taken apart in running text: "398 complaints were closed: 122 upheld, 255 not upheld and 21 withdrawn".

use crate::lex::numeral::is_count_by_name;
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Facets, Label, Measure};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::{RelationKind, Slot};
use crate::model::table::Table;
use crate::model::text::Place;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::unify::{count_alike, is_complaints};
use std::collections::BTreeSet;

/// How many parts a total is taken apart into at most.
const MOST: usize = 12;

/// Emits a sum for every total whose parts follow it.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut summed = BTreeSet::new();
    for stated in ledger.document.stated.iter().filter(|s| s.statement.kind == RelationKind::Sum) {
        let parts: Vec<FigureIdx> = stated
            .figures
            .iter()
            .filter(|(slot, i)| *slot == Slot::Part && is_count(ledger, *i))
            .map(|(_, i)| *i)
            .collect();
        let announced = parts.first().and_then(|first| announced_total(ledger, *first));
        if let Some(total) = announced.filter(|_| parts.len() > 1 && summed.insert(parts.clone())) {
            out.push(relation(ledger, total, &parts, Licence::Stated));
        }
    }
    for block in ledger.document.blocks.ids() {
        let counts: Vec<FigureIdx> =
            ledger.in_block(block).iter().copied().filter(|i| is_prose_count(ledger, *i)).collect();
        for (nth, &total) in counts.iter().enumerate() {
            let after = counts.get(nth + 1..).unwrap_or_default();
            let before = counts.get(..nth).unwrap_or_default();
            let found = exact_run(ledger, total, after.iter().copied())
                .or_else(|| exact_run(ledger, total, before.iter().rev().copied()));
            if let Some(parts) = found.filter(|parts| summed.insert(parts.clone())) {
                out.push(relation(ledger, total, &parts, Licence::Implied));
            }
        }
    }
    super::closing::emit(ledger, &mut summed, out);
    listed(ledger, &mut summed, out);
    for (total, parts) in super::bracketed::of_document(ledger, &mut summed) {
        out.push(relation(ledger, total, &parts, Licence::Implied));
    }
    across_blocks(ledger, &mut summed, out);
    of_rounded(ledger, &mut summed, out);
}

/// "9.4 million visits" and, in the paragraphs that follow, "6.1 million" of one kind and "3.3 million" of another.
fn of_rounded(ledger: &Ledger, summed: &mut BTreeSet<Vec<FigureIdx>>, out: &mut Vec<Relation>) {
    let is_rounded = |i: &FigureIdx| {
        let figure = ledger.figure(*i).filter(|f| matches!(f.home, Home::Prose { .. }));
        figure.is_some_and(|f| {
            let quantity = &f.quantity;
            quantity.unit == Unit::Count
                && quantity.qualifier == Qualifier::About
                && f.role == Role::Value
                && quantity.value.as_ref().is_some_and(|value| *value >= Exact::from(MILLION))
        })
    };
    let numbers: Vec<FigureIdx> = ledger.document.figures.ids().filter(is_rounded).collect();
    for (nth, &total) in numbers.iter().enumerate() {
        let after = numbers.get(nth + 1..).unwrap_or_default().iter().copied();
        let near = after.take(MOST).take_while(|i| blocks_apart(ledger, total, *i) <= BLOCKS);
        let parts = rounded_run(ledger, total, near).filter(|parts| summed.insert(parts.clone()));
        out.extend(parts.map(|parts| relation(ledger, total, &parts, Licence::Implied)));
    }
}

/// Only large numbers are told so.
const MILLION: i128 = 1_000_000;

/// How many parts a list behind a colon has at least: two can be those that are worth telling.
const LISTED: usize = 3;

/// Totals before a colon whose parts the rest of the sentence lists, whether or not they add up: "14 visits: 6 to homes, 5 to
/// cells and 3 to prisons".
fn listed(ledger: &Ledger, summed: &mut BTreeSet<Vec<FigureIdx>>, out: &mut Vec<Relation>) {
    for total in ledger.document.figures.ids() {
        let parts = parts_behind_colon(ledger, total);
        let sum: Exact = parts.iter().filter_map(|i| ledger.figure(*i)?.quantity.value.clone()).sum();
        let Some(value) = ledger.figure(total).and_then(|figure| figure.quantity.value.as_ref()) else {
            continue;
        };
        // A list that comes to half of the total, or to its double, is of something else.
        let near = &sum + &sum >= *value && sum <= value + value;
        if near && parts.len() >= LISTED && summed.insert(parts.clone()) {
            out.push(relation(ledger, total, &parts, Licence::Implied));
        }
    }
}

/// The counts or amounts that a sentence lists behind the colon after one of them: between commas, the last behind an "and", and
/// nothing but shares of theirs among them.
fn parts_behind_colon(ledger: &Ledger, total: FigureIdx) -> Vec<FigureIdx> {
    let Some(whole) = ledger.figure(total).filter(|figure| is_plain(figure)) else { return Vec::new() };
    let (mut parts, mut last, mut ended) = (Vec::new(), whole, false);
    let rest = (1..=MOST * 2).map(|nth| total.plus(nth));
    for index in rest {
        let Some(figure) = ledger.figure(index).filter(|figure| figure.home == whole.home) else { break };
        let between = Place {
            start: last.place.end,
            end: figure.place.start,
            line_end: figure.place.line,
            ..last.place
        };
        let between = ledger.document.text_at(between);
        last = figure;
        if figure.quantity.unit == Unit::Percent && between.trim() == "(" && !parts.is_empty() {
            continue;
        }
        let announced = parts.is_empty() && between.contains(':');
        let joined = !parts.is_empty() && !between.contains([':', ';', '.']);
        let of_kind = is_plain(figure) && figure.quantity.unit == whole.quantity.unit;
        let many = parts.len() >= MOST;
        if ended || many || !of_kind || !(announced || joined) {
            return Vec::new();
        }
        ended = joined && between.split_whitespace().any(|word| pack().numerals.and.has(word));
        if joined && !ended && !between.contains(',') {
            return Vec::new();
        }
        parts.push(index);
    }
    if ended { parts } else { Vec::new() }
}

/// A result that is printed plainly, in running text.
fn is_plain(figure: &Figure) -> bool {
    let unit = figure.quantity.unit;
    (unit == Unit::Count || unit.is_money())
        && figure.role == Role::Value
        && figure.quantity.qualifier == Qualifier::Equal
        && matches!(figure.home, Home::Prose { .. })
}

/// Totals whose parts stand in the sentences, paragraphs, list items and cells of counts by name that follow: "201 complaints
/// were handled", then "181 at stage 1" and "20 at stage 2". A run begins with the first count of a sentence.
fn across_blocks(ledger: &Ledger, summed: &mut BTreeSet<Vec<FigureIdx>>, out: &mut Vec<Relation>) {
    let figures = &ledger.document.figures;
    let counts: Vec<FigureIdx> =
        figures.ids().filter(|i| is_prose_count(ledger, *i) || is_counted_by_name(ledger, *i)).collect();
    for (nth, &total) in counts.iter().enumerate().filter(|(_, total)| is_prose_count(ledger, **total)) {
        let after = counts.get(nth + 1..).unwrap_or_default();
        let near = after.iter().take(MOST).take_while(|i| blocks_apart(ledger, total, **i) <= BLOCKS).count();
        let after = after.get(..near).unwrap_or_default();
        let begins = |start: &usize| {
            let home = |i: Option<&FigureIdx>| i.and_then(|i| ledger.figure(*i)).map(|f| f.home);
            *start == 0 || home(after.get(*start)) != home(after.get(*start - 1))
        };
        let runs = (0..near).filter(begins).filter_map(|start| {
            let parts = after.get(start..).unwrap_or_default().iter().copied();
            run_across(ledger, total, parts)
        });
        let new = runs.filter(|parts| !parts.iter().all(|i| same_block(ledger, total, *i)));
        if let Some(parts) = new.take(1).next().filter(|parts| summed.insert(parts.clone())) {
            out.push(relation(ledger, total, &parts, Licence::Implied));
        }
    }
}

/// How many blocks below its total a run of parts can stand.
const BLOCKS: usize = 4;

fn blocks_apart(ledger: &Ledger, a: FigureIdx, b: FigureIdx) -> usize {
    let block = |i: FigureIdx| ledger.figure(i).map(|f| ledger.block_of(f)).unwrap_or_default();
    ledger.apart(block(a), block(b))
}

fn same_block(ledger: &Ledger, a: FigureIdx, b: FigureIdx) -> bool {
    let block = |i: FigureIdx| ledger.figure(i).map(|f| ledger.block_of(f));
    block(a) == block(b)
}

/// Parts of a total elsewhere: exact, or within their rounding where all are printed with the same noun.
fn run_across(
    ledger: &Ledger,
    total: FigureIdx,
    parts: impl Iterator<Item = FigureIdx> + Clone,
) -> Option<Vec<FigureIdx>> {
    let fits = |i: &FigureIdx| {
        let pair = ledger.figure(total).zip(ledger.figure(*i));
        pair.is_some_and(|(a, b)| count_alike(&a.facets, &b.facets) && is_said_of(a, b))
    };
    let exact = exact_run(ledger, total, parts.clone()).filter(|parts| parts.iter().all(fits));
    exact.or_else(|| rounded_run(ledger, total, parts))
}

/// Whether all that is said of a total is said of its part, too, which stands in another paragraph: "29 were about roads" is no
/// part of "32 were upheld". Cases that came in, that ended and that went to an ombudsman are told of together.
fn is_said_of(total: &Figure, part: &Figure) -> bool {
    let (a, b) = (total.facets.measure, part.facets.measure);
    let known = |(dimension, label): (Dimension, &Label)| {
        let same = part.facets.dimensions.get(dimension).or(part.context.dimensions.get(dimension));
        same.is_some_and(|same| same.normalised == label.normalised)
    };
    let cases = |measure: Measure| is_complaints(measure) || measure.is_of_ombudsman();
    (a == b || cases(a) && cases(b)) && total.facets.dimensions.iter().all(known)
}

/// A part of another period than its total.
pub(super) fn is_turned(total: &Facets, part: &Facets) -> bool {
    total.period_stated && part.period_stated && total.period != part.period
}

/// "11.0 million passengers", then "6.8 million passengers" and "4.1 million passengers".
fn rounded_run(
    ledger: &Ledger,
    total: FigureIdx,
    parts: impl Iterator<Item = FigureIdx>,
) -> Option<Vec<FigureIdx>> {
    let whole = ledger.figure(total)?;
    let alike = |i: &FigureIdx| {
        ledger.figure(*i).is_some_and(|f| {
            f.facets.counted == whole.facets.counted && f.quantity.decimals == whole.quantity.decimals
        })
    };
    if whole.facets.counted.is_empty() {
        return None;
    }
    let parts: Vec<FigureIdx> = parts.take_while(alike).take(MOST).collect();
    (2..=parts.len()).find_map(|end| {
        let parts = parts.get(..end)?;
        let sum = parts.iter().filter_map(|i| ledger.figure(*i)).map(|f| f.quantity.domain());
        let meets = sum.reduce(|a, b| a.add(&b))?.intersects(&whole.quantity.domain());
        meets.then(|| parts.to_vec())
    })
}

fn relation(ledger: &Ledger, total: FigureIdx, parts: &[FigureIdx], licence: Licence) -> Relation {
    let operands = parts.iter().map(|figure| (OperandRole::Part, ledger.id(*figure))).collect();
    let readings = vec![Reading { operands, cost: 0, note: None }];
    Relation { licence, readings, ..Relation::of_figure(ledger, total, "CF101", Arithmetic::Sum) }
}

pub(super) fn is_count(ledger: &Ledger, figure: FigureIdx) -> bool {
    ledger.figure(figure).is_some_and(Figure::is_plain_count)
}

pub(super) fn is_prose_count(ledger: &Ledger, figure: FigureIdx) -> bool {
    is_count(ledger, figure) && ledger.figure(figure).is_some_and(|f| matches!(f.home, Home::Prose { .. }))
}

/// A list that is set in columns has no more than this.
const LIST_COLUMNS: usize = 8;

/// Whether a figure is the count of a cell in a table of counts by name, which is a list set in columns: "12 x Case Officer".
fn is_counted_by_name(ledger: &Ledger, index: FigureIdx) -> bool {
    let Some(figure) = ledger.figure(index).filter(|_| is_count(ledger, index)) else { return false };
    let Home::Cell { table, row, col, part: 0 } = figure.home else { return false };
    let is_list = |table: &&Table| table.header_cols == 0 && table.cols <= LIST_COLUMNS;
    let Some(table) = ledger.document.tables.get(table).filter(is_list) else { return false };
    let named = |col: usize| is_count_by_name(table.text(row, col));
    named(col) || (0..table.cols).any(named)
}

/// The count right before the parts in their own sentence.
fn announced_total(ledger: &Ledger, first: FigureIdx) -> Option<FigureIdx> {
    let total = first.minus(1).filter(|i| is_count(ledger, *i))?;
    let (a, b) = (ledger.figure(total)?, ledger.figure(first)?);
    let between = Place { start: a.place.end, end: b.place.start, line_end: b.place.line, ..a.place };
    let announces = ledger.document.text_at(between).contains(':');
    (a.home == b.home && announces && a.quantity.value >= b.quantity.value).then_some(total)
}

/// Consecutive counts that add up to a total exactly. That two counts do may be chance; that they stand beside it makes
/// it unlikely, and a run that does not add up is never claimed.
fn exact_run(
    ledger: &Ledger,
    total: FigureIdx,
    counts: impl Iterator<Item = FigureIdx>,
) -> Option<Vec<FigureIdx>> {
    let value = |i: FigureIdx| ledger.figure(i)?.quantity.value.clone();
    let wanted = value(total).filter(|v| *v >= Exact::from(10))?;
    let whole = ledger.figure(total)?;
    let turned = |i: FigureIdx| ledger.figure(i).is_some_and(|part| is_turned(&whole.facets, &part.facets));
    let mut sum = Exact::ZERO;
    let mut parts = Vec::new();
    for count in counts.take(MOST) {
        if turned(count) {
            return None;
        }
        sum = &sum + &value(count)?;
        parts.push(count);
        if sum == wanted && parts.len() > 1 {
            parts.sort_unstable();
            return Some(parts);
        }
        if sum > wanted {
            return None;
        }
    }
    None
}
