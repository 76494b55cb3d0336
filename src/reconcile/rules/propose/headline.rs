//! Totals that stand elsewhere: the sum of a row, a column or a list against a total that a sentence or another table
//! states for the same population and period; and the totals of sibling tables against the total of them all.

use super::totals::is_multiple_response;
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Facets};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::table::{Form, Table};
use crate::model::text::Place;
use crate::pack::pack;
use crate::reconcile::evidence::Trial;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::unify::Query;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A line of a table whose cells are categories of one population.
struct Line {
    parts: Vec<FigureIdx>,
    sum: Exact,
    /// The parts without those that may not count, and their sum.
    fewer: Option<(Vec<FigureIdx>, Exact)>,
    period: Option<Period>,
    place: Place,
}

/// Emits sums of lines that have no total of their own.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let totals = Totals::of(ledger);
    for index in ledger.document.tables.ids().filter(|index| totals.any_beside(*index)) {
        if is_multiple_response(ledger, index) || is_partial(ledger, index) {
            continue;
        }
        for lines in [rows(ledger, index), columns(ledger, index)] {
            against_headlines(ledger, &totals, index, lines, out);
        }
    }
    sibling_tables(ledger, &totals, out);
    super::alike::emit(ledger, out);
    super::carried::emit(ledger, out);
    super::broken_down::emit(ledger, out);
    super::summed_up::emit(ledger, out);
    super::stacked::emit(ledger, out);
}

/// Whether the words above a table say that it does not list everything.
fn is_partial(ledger: &Ledger, table: TableIdx) -> bool {
    let block = ledger.table_blocks.get(table).copied().unwrap_or_default();
    let above = block.minus(1).and_then(|b| ledger.document.blocks.get(b));
    above.is_some_and(|b| pack().rules.partial.within(&b.passage.text.to_lowercase()))
}

/// The rows of a table without a total column, cut by period where its columns are of several.
fn rows(ledger: &Ledger, index: TableIdx) -> Vec<Line> {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return Vec::new();
    };
    if !table.total_cols.is_empty() || table.cols < table.header_cols + 3 {
        return Vec::new();
    }
    let body = (table.header_rows..table.rows).filter(|row| !table.is_total_row(*row));
    body.flat_map(|row| {
        let cells = (table.header_cols..table.cols).filter_map(|col| grid.first(row, col)).collect();
        by_period(ledger, cells)
    })
    .collect()
}

/// The columns of a table or list without a total row.
fn columns(ledger: &Ledger, index: TableIdx) -> Vec<Line> {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return Vec::new();
    };
    if !table.total_rows.is_empty() || table.rows < table.header_rows + 3 {
        return Vec::new();
    }
    let measures: Vec<Vec<usize>> = super::carried::rows_by_measure(table).into_values().collect();
    let columns =
        measures.iter().flat_map(|rows| (table.header_cols..table.cols).map(move |col| (rows, col)));
    columns
        .flat_map(|(rows, col)| {
            let cells: Vec<FigureIdx> = rows.iter().filter_map(|row| grid.first(*row, col)).collect();
            let lines = by_period(ledger, cells);
            // A column of periods is a series, not the parts of one total.
            if lines.len() == 1 { lines } else { Vec::new() }
        })
        .collect()
}

fn by_period(ledger: &Ledger, cells: Vec<FigureIdx>) -> Vec<Line> {
    let mut groups: BTreeMap<Option<Period>, Vec<FigureIdx>> = BTreeMap::new();
    for cell in cells {
        if let Some(figure) = ledger.figure(cell).filter(|f| is_part(f)) {
            groups.entry(figure.facets.period).or_default().push(cell);
        }
    }
    groups.into_iter().filter_map(|(period, parts)| line(ledger, parts, period)).collect()
}

fn is_part(figure: &Figure) -> bool {
    // Cases are whole: a column with decimals holds averages or amounts.
    figure.quantity.unit == Unit::Count && figure.role == Role::Value && figure.quantity.decimals == 0
}

fn line(ledger: &Ledger, parts: Vec<FigureIdx>, period: Option<Period>) -> Option<Line> {
    if parts.len() < 3 {
        return None;
    }
    let figures: Vec<&Figure> = parts.iter().filter_map(|i| ledger.figure(*i)).collect();
    let sum = figures.iter().filter_map(|f| f.quantity.value.clone()).sum();
    let place = figures.iter().map(|f| f.place).reduce(Place::to)?;
    let fewer = without_withdrawn(ledger, &parts);
    Some(Line { parts, sum, fewer, period, place })
}

/// How far a sum may be from a total that stands elsewhere and still be meant by it: one part in this many.
const NEAR: i128 = 16;

/// Relates lines to headline totals, where those that meet theirs outweigh those that miss.
fn against_headlines(
    ledger: &Ledger,
    totals: &Totals,
    table: TableIdx,
    lines: Vec<Line>,
    out: &mut Vec<Relation>,
) {
    let mut matched: Vec<(Line, FigureIdx)> = Vec::new();
    let mut trial = Trial { holds: 0, fails: 0, steps: TOTALS };
    for line in lines {
        let found = headlines(ledger, totals, table, &line);
        let Some(&nearest) = found.first() else { continue };
        let met = found.iter().copied().find(|total| line.meets(value(ledger, *total)));
        match met {
            Some(_) => trial.holds += 1,
            // A total that is missed by so little says nothing against the others.
            None if is_close(ledger, nearest, &line) => {}
            None => trial.fails += 1,
        }
        matched.push((line, met.unwrap_or(nearest)));
    }
    // A sheet has so many totals that one which stands near is no more than that.
    let is_sheet = ledger.document.tables.get(table).is_some_and(|t| t.form == Form::Sheet);
    if !trial.is_borne_out() || is_sheet && trial.holds == 0 {
        return;
    }
    let cut = is_cut(ledger, table);
    for (line, total) in matched {
        // What is missing from a table that breaks off may be the gap.
        if cut && !line.meets(value(ledger, total)) {
            continue;
        }
        let readings = line.readings(ledger, total);
        let relation = Relation::of_figure(ledger, total, "CF102", Arithmetic::Sum);
        out.push(Relation { place: line.place, licence: Licence::Implied, readings, ..relation });
    }
}

/// Whether the last row of a table has a label and no cells: its figures were lost, or never filled in.
fn is_cut(ledger: &Ledger, index: TableIdx) -> bool {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return false;
    };
    let Some(last) = table.rows.checked_sub(1).filter(|last| *last > table.header_rows) else { return false };
    let named = (0..table.header_cols).any(|col| !table.text(last, col).trim().is_empty());
    named
        && (table.header_cols..table.cols)
            .all(|col| grid.at(last, col).is_empty() && table.text(last, col).trim().is_empty())
}

/// One in so many lines meets a total elsewhere by accident.
const TOTALS: f32 = 256.0;

/// Off by so little that the total must be meant: two cases.
fn is_close(ledger: &Ledger, total: FigureIdx, line: &Line) -> bool {
    value(ledger, total).is_some_and(|value| line.gap(value) <= Exact::from(2))
}

/// The parts without the cases that were withdrawn.
fn without_withdrawn(ledger: &Ledger, parts: &[FigureIdx]) -> Option<(Vec<FigureIdx>, Exact)> {
    let is_withdrawn = |i: &&FigureIdx| {
        let outcome = ledger.figure(**i).and_then(|f| f.facets.dimensions.get(Dimension::Outcome));
        outcome.is_some_and(|l| l.normalised == "withdrawn")
    };
    let kept: Vec<FigureIdx> = parts.iter().filter(|i| !is_withdrawn(i)).copied().collect();
    let sum = kept.iter().filter_map(|i| value(ledger, *i)).cloned().sum();
    (kept.len() < parts.len() && kept.len() > 1).then_some((kept, sum))
}

impl Line {
    /// Whether a total is the sum of the parts, with or without those that may not count.
    fn meets(&self, total: Option<&Exact>) -> bool {
        total == Some(&self.sum) || self.fewer.as_ref().is_some_and(|(_, sum)| total == Some(sum))
    }

    /// How far a total is from the nearer of the sums.
    fn gap(&self, total: &Exact) -> Exact {
        let gap = (total - &self.sum).abs();
        self.fewer.as_ref().map_or(gap.clone(), |(_, sum)| gap.min((total - sum).abs()))
    }

    fn readings(&self, ledger: &Ledger, total: FigureIdx) -> Vec<Reading> {
        let id = |figure: FigureIdx| ledger.id(figure);
        let reading = |parts: &[FigureIdx], cost, note: Option<&str>| {
            let mut operands: Vec<_> = parts.iter().map(|i| (OperandRole::Part, id(*i))).collect();
            operands.push((OperandRole::Total, id(total)));
            Reading { operands, cost, note: note.map(str::to_owned) }
        };
        let mut readings = vec![reading(&self.parts, 0, None)];
        readings.extend(self.fewer.as_ref().map(|(parts, _)| reading(parts, 1, Some("without withdrawn"))));
        readings
    }
}

fn value<'a>(ledger: &Ledger<'a>, figure: FigureIdx) -> Option<&'a Exact> {
    ledger.figure(figure)?.quantity.value.as_ref()
}

/// Totals stated elsewhere for what a line's cells are parts of, near its sum; nearest first.
fn headlines(ledger: &Ledger, totals: &Totals, table: TableIdx, line: &Line) -> Vec<FigureIdx> {
    if !totals.any_near(table, line) {
        return Vec::new();
    }
    let Some(figure) = line.parts.first().and_then(|i| ledger.figure(*i)) else { return Vec::new() };
    let shared = shared_facets(ledger, &line.parts);
    let query = Query::like(&shared, figure);
    let near = |total: &Figure| {
        if table_of(total) == Some(table) || !can_be_headline(ledger, total) {
            return None;
        }
        let value = total.quantity.value.as_ref()?;
        let gap = line.gap(value);
        let near = &gap * &Exact::from(NEAR) <= *value || gap <= Exact::from(1);
        near.then_some(gap)
    };
    let mut found: Vec<(Exact, u32, FigureIdx)> = ledger
        .find_among(query, line.period, Unit::Count, 60, |total| near(total).is_some())
        .into_iter()
        .filter_map(|candidate| {
            Some((near(ledger.figure(candidate.figure)?)?, candidate.cost, candidate.figure))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, _, figure)| figure).collect()
}

/// Whether a figure is a whole number of cases and no row of a table that has a total. Among the many cells of sheets only
/// what is called a total is one.
fn can_be_headline(ledger: &Ledger, figure: &Figure) -> bool {
    let quantity = &figure.quantity;
    let cases = quantity.decimals == 0 && quantity.value.as_ref().is_some_and(|v| *v > Exact::from(3));
    cases && !super::partitions::is_component(ledger, figure) && is_named(ledger, figure.home)
}

fn is_named(ledger: &Ledger, home: Home) -> bool {
    let Home::Cell { table, row, col, .. } = home else { return true };
    let named = |t: &Table| t.form != Form::Sheet || t.is_total_row(row) || t.is_total_col(col);
    ledger.document.tables.get(table).is_some_and(named)
}

fn table_of(figure: &Figure) -> Option<TableIdx> {
    figure.home.cell().map(|(table, ..)| table)
}

/// The values of all figures of a document that can be headlines, each with the table that it is in. Most lines of a
/// sheet are near none of them, and no figure is compared with these lines.
struct Totals<'a>(FxHashMap<Option<Period>, Vec<(&'a Exact, Option<TableIdx>)>>);

impl<'a> Totals<'a> {
    fn of(ledger: &Ledger<'a>) -> Totals<'a> {
        let mut totals: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for figure in ledger.document.figures.iter().filter(|f| f.quantity.unit == Unit::Count) {
            if let Some(value) = figure.quantity.value.as_ref().filter(|_| can_be_headline(ledger, figure)) {
                totals.entry(figure.facets.period).or_default().push((value, table_of(figure)));
            }
        }
        totals.values_mut().for_each(|totals| totals.sort_unstable());
        Totals(totals)
    }

    /// Whether one of them stands outside a table.
    fn any_beside(&self, table: TableIdx) -> bool {
        self.0.values().flatten().any(|(_, home)| *home != Some(table))
    }

    /// Whether one of them outside a table is so near the sum of a line that it can be meant by it.
    fn any_near(&self, table: TableIdx, line: &Line) -> bool {
        let Some(totals) = self.0.get(&line.period) else { return false };
        let near = |sum: &Exact| {
            let least = (sum * &Exact::ratio(NEAR, NEAR + 1)).min(sum - &Exact::from(1));
            let most = (sum * &Exact::ratio(NEAR, NEAR - 1)).max(sum + &Exact::from(1));
            let from = totals.partition_point(|(value, _)| **value < least);
            let mut within = totals.iter().skip(from).take_while(|(value, _)| **value <= most);
            within.any(|(_, home)| *home != Some(table))
        };
        near(&line.sum) || line.fewer.as_ref().is_some_and(|(_, sum)| near(sum))
    }
}

/// What all parts of a line have in common: their total is about that.
fn shared_facets(ledger: &Ledger, parts: &[FigureIdx]) -> Facets {
    let mut figures = parts.iter().filter_map(|i| ledger.figure(*i));
    let Some(first) = figures.next() else { return Facets::default() };
    let mut shared = Facets::clone(&first.facets);
    for figure in figures {
        let own = &figure.facets;
        shared.dimensions.retain(|d, l| own.dimensions.get(d).is_some_and(|o| o.normalised == l.normalised));
        shared.wording_mut().topic.intersect(own.topic());
        if own.measure != shared.measure {
            shared.measure = crate::model::facets::Measure::Other;
        }
        if own.population != shared.population {
            shared.population = None;
        }
    }
    shared
}

/// Tables that follow one another with the same column periods and a total row each: the sum of their totals against
/// a figure elsewhere for the section that they break down.
fn sibling_tables(ledger: &Ledger, totals: &Totals, out: &mut Vec<Relation>) {
    let mut group: Vec<TableIdx> = Vec::new();
    for (index, table) in ledger.document.tables.entries() {
        if group.last().is_some_and(|last| !are_siblings(ledger, *last, index)) {
            sum_of_totals(ledger, totals, &group, out);
            group.clear();
        }
        if table.total_rows.len() == 1 {
            group.push(index);
        }
    }
    sum_of_totals(ledger, totals, &group, out);
}

fn are_siblings(ledger: &Ledger, a: TableIdx, b: TableIdx) -> bool {
    let heads = |index: TableIdx| {
        let table = ledger.document.tables.get(index)?;
        let texts = (0..table.cols).map(|col| table.text(0, col).to_lowercase());
        (table.header_rows == 1).then(|| texts.collect::<Vec<_>>())
    };
    heads(a).is_some_and(|h| heads(b).is_some_and(|other| other == h))
}

fn sum_of_totals(ledger: &Ledger, totals: &Totals, group: &[TableIdx], out: &mut Vec<Relation>) {
    let Some((&first, table)) = group.first().and_then(|i| Some((i, ledger.document.tables.get(*i)?))) else {
        return;
    };
    if group.len() < 2 {
        return;
    }
    for col in table.header_cols..table.cols {
        let parts: Vec<FigureIdx> = group
            .iter()
            .filter_map(|i| {
                let row = *ledger.document.tables.get(*i)?.total_rows.first()?;
                ledger.grids.get(*i)?.first(row, col)
            })
            .collect();
        let Some(line) = totals_line(ledger, parts, group.len()) else { continue };
        against_headlines_exactly(ledger, totals, first, line, out);
    }
}

fn totals_line(ledger: &Ledger, totals: Vec<FigureIdx>, expected: usize) -> Option<Line> {
    let figures: Vec<&Figure> = totals.iter().filter_map(|i| ledger.figure(*i)).collect();
    if figures.len() != expected || !figures.iter().all(|f| is_part(f)) {
        return None;
    }
    let sum = figures.iter().filter_map(|f| f.quantity.value.clone()).sum();
    let place = figures.iter().map(|f| f.place).reduce(Place::to)?;
    Some(Line { period: figures.first()?.facets.period, parts: totals, sum, fewer: None, place })
}

/// A sum over several tables is only claimed where it meets a figure exactly: which tables belong is a guess.
fn against_headlines_exactly(
    ledger: &Ledger,
    totals: &Totals,
    table: TableIdx,
    line: Line,
    out: &mut Vec<Relation>,
) {
    let Some(total) =
        headlines(ledger, totals, table, &line).into_iter().find(|t| value(ledger, *t) == Some(&line.sum))
    else {
        return;
    };
    let relation = Relation::of_figure(ledger, total, "CF103", Arithmetic::Sum);
    let readings = line.readings(ledger, total);
    out.push(Relation { place: line.place, licence: Licence::Implied, readings, ..relation });
}
