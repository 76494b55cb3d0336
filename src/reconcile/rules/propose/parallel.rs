//! Lines of two tables that print one run of figures under heads alike, but for one figure that is a little off: a row
//! "All pupils" of one table beside the column "Total" of another.
//!
//! That the lines are one is proved by the figures that agree; that two cells of them are one figure, by their heads. A pair is
//! no claim of the document, so that it is a warning at most.

use crate::model::exact::Exact;
use crate::model::figure::Figure;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::table::Table;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::words_of_label;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::solve::mistyped;
use std::collections::{BTreeMap, BTreeSet};

/// So many figures of two lines must agree under heads alike.
const FEWEST: usize = 3;
/// Smaller numbers agree by chance.
const LEAST: i128 = 100;
/// A value that is printed more often says of no two lines that they are one.
const PRINTS: usize = 8;
/// How many pairs of lines with a figure in common are looked at.
const PAIRS: usize = 400_000;
/// How many cells of a line are looked at.
const CELLS: usize = 60;
/// How many tables before and after one can be parts of it.
const NEXT: usize = 8;
/// What differs by no more than one in so many was printed of one count at two times.
const NEAR: i128 = 1_000;

/// A row or a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    table: TableIdx,
    is_row: bool,
    at: usize,
}

/// Emits a relation for each pair of cells that differ in two lines which otherwise agree.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut told: BTreeSet<(FigureIdx, FigureIdx)> = BTreeSet::new();
    for ((a, b), met) in pairs(ledger) {
        if met.len() < FEWEST || !lines_alike(ledger, a, b) {
            continue;
        }
        told.extend(differing(ledger, a, b, &met));
    }
    for (first, second) in told {
        let readings =
            vec![Reading { operands: vec![(OperandRole::Same, ledger.id(first))], cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, second, "CF403", Arithmetic::Same);
        out.push(Relation { licence: Licence::Implied, readings, ..relation });
    }
}

/// Lines of two tables with the figures that both print.
fn pairs(ledger: &Ledger) -> BTreeMap<(Line, Line), Vec<(FigureIdx, FigureIdx)>> {
    let mut found: BTreeMap<(Line, Line), Vec<(FigureIdx, FigureIdx)>> = BTreeMap::new();
    for (index, figure) in ledger.document.figures.entries() {
        let Some(value) = figure.quantity.value.as_ref().filter(|_| is_plain(figure)) else { continue };
        let prints = ledger.of_value(value, figure.quantity.unit);
        if prints.len() > PRINTS {
            continue;
        }
        for other in prints.iter().copied().filter(|other| *other > index) {
            let Some(print) = ledger.figure(other).filter(|print| is_plain(print)) else { continue };
            for (a, b) in lines_of(figure).flat_map(|a| lines_of(print).map(move |b| (a, b))) {
                if a.table != b.table {
                    found.entry((a, b)).or_default().push((index, other));
                }
            }
        }
        if found.len() > PAIRS {
            break;
        }
    }
    found
}

/// The row and the column of a cell.
fn lines_of(figure: &Figure) -> impl Iterator<Item = Line> + use<> {
    figure.home.cell().into_iter().flat_map(|(table, row, col)| {
        [Line { table, is_row: true, at: row }, Line { table, is_row: false, at: col }]
    })
}

/// A count in a cell that is printed to the last one.
fn is_plain(figure: &Figure) -> bool {
    let quantity = &figure.quantity;
    figure.home.cell().is_some()
        && figure.is_plain_count()
        && quantity.decimals == 0
        && !quantity.rounded
        && figure.scale == 0
        && !figure.misread
        && figure.doubts.is_empty()
        && quantity.value.as_ref().is_some_and(|value| *value >= Exact::from(LEAST))
}

/// The words of the heads over a column or before a row, in one order.
fn words(table: &Table, is_row: bool, at: usize) -> Vec<String> {
    let heads = if is_row { table.header_cols } else { table.header_rows };
    let text = |head| if is_row { table.text(at, head) } else { table.text(head, at) };
    let mut words = words_of_label(&(0..heads).map(text).collect::<Vec<_>>().join(" "));
    words.sort();
    words
}

/// Whether two lines can be of one thing: the one is named as the other is, or is a total of which nothing more is said.
fn lines_alike(ledger: &Ledger, a: Line, b: Line) -> bool {
    let table = |line: Line| ledger.document.tables.get(line.table);
    let Some((own, other)) = table(a).zip(table(b)) else { return false };
    let (x, y) = (words(own, a.is_row, a.at), words(other, b.is_row, b.at));
    match (x.is_empty(), y.is_empty()) {
        (true, true) => text(own, a) == text(other, b),
        (true, false) => is_total(own, a),
        (false, true) => is_total(other, b),
        (false, false) => x == y,
    }
}

fn is_total(table: &Table, line: Line) -> bool {
    if line.is_row { table.is_total_row(line.at) } else { table.is_total_col(line.at) }
}

/// What the heads of a line say, folded.
fn text(table: &Table, line: Line) -> String {
    let heads = if line.is_row { table.header_cols } else { table.header_rows };
    let text = |head| if line.is_row { table.text(line.at, head) } else { table.text(head, line.at) };
    (0..heads).map(text).collect::<Vec<_>>().join(" ").trim().to_lowercase()
}

/// What names a cell in its line: the heads that cross it.
fn words_across(ledger: &Ledger, line: Line, figure: &Figure) -> Vec<String> {
    let Some((_, row, col)) = figure.home.cell() else { return Vec::new() };
    let table = ledger.document.tables.get(line.table);
    table.map_or_else(Vec::new, |table| words(table, !line.is_row, if line.is_row { col } else { row }))
}

/// The cells of a line with what names them.
fn cells(ledger: &Ledger, line: Line) -> Vec<(Vec<String>, FigureIdx)> {
    let Some((table, grid)) = ledger.document.tables.get(line.table).zip(ledger.grids.get(line.table)) else {
        return Vec::new();
    };
    let positions = if line.is_row { table.header_cols..table.cols } else { table.header_rows..table.rows };
    let at = |position| if line.is_row { (line.at, position) } else { (position, line.at) };
    let figures = positions.take(CELLS).filter_map(|position| {
        let (row, col) = at(position);
        let index = grid.first(row, col)?;
        Some((index, ledger.figure(index).filter(|figure| is_plain(figure))?))
    });
    figures.map(|(index, figure)| (words_across(ledger, line, figure), index)).collect()
}

/// The cells of a line, and those of the same column in the tables next to it: empty rows part a table into several.
fn around(ledger: &Ledger, line: Line) -> Vec<(Vec<String>, FigureIdx)> {
    let near = |table: &TableIdx| !line.is_row && table.index().abs_diff(line.table.index()) <= NEXT;
    let tables = ledger.document.tables.ids().filter(|table| *table == line.table || near(table));
    tables.flat_map(|table| cells(ledger, Line { table, ..line })).collect()
}

/// The cells of two lines that are named alike and are a little off, where they alone are and three others at least agree.
fn differing(
    ledger: &Ledger,
    a: Line,
    b: Line,
    met: &[(FigureIdx, FigureIdx)],
) -> Option<(FigureIdx, FigureIdx)> {
    let (own, others) = (cells(ledger, a), cells(ledger, b));
    let only = |cells: &[(Vec<String>, FigureIdx)], name: &[String]| {
        let mut of_name = cells.iter().filter(|(words, _)| words == name).map(|(_, index)| *index);
        of_name.next().filter(|_| of_name.next().is_none() && !name.is_empty())
    };
    let named = own.iter().filter_map(|(name, _)| Some((only(&own, name)?, only(&others, name)?)));
    let (agree, differ): (Vec<_>, Vec<_>) = named.partition(|pair| met.contains(pair));
    let [(first, second)] = differ[..] else { return None };
    // Where several are off, one table leaves cases out that the other counts.
    let (wider, others_wider) = (around(ledger, a), around(ledger, b));
    let off = |(name, index): &(Vec<String>, FigureIdx)| {
        let mut named = others_wider.iter().filter(|(words, _)| words == name && !name.is_empty());
        *index != first && named.any(|(_, other)| is_near(ledger, *index, *other))
    };
    let several = wider.iter().any(off);
    let proved = agree.len() >= FEWEST && !several;
    (proved && is_slip(ledger, first, second)).then_some((first, second))
}

/// Whether two figures differ, by no more than one in a thousand.
fn is_near(ledger: &Ledger, first: FigureIdx, second: FigureIdx) -> bool {
    let value = |index| ledger.figure(index).and_then(|figure| figure.quantity.value.as_ref());
    let Some((x, y)) = value(first).zip(value(second)) else { return false };
    x != y && &(x - y).abs() * &Exact::from(NEAR) <= *x.max(y)
}

/// Whether one figure is another but for a slip, or but for one in a thousand, in periods that do not conflict.
fn is_slip(ledger: &Ledger, first: FigureIdx, second: FigureIdx) -> bool {
    let Some((a, b)) = ledger.figure(first).zip(ledger.figure(second)) else { return false };
    let Some((x, y)) = a.quantity.value.as_ref().zip(b.quantity.value.as_ref()) else { return false };
    let dated = a.facets.period_stated && b.facets.period_stated;
    let slipped = mistyped(x, y) || mistyped(y, x) || is_near(ledger, first, second);
    x != y && slipped && (!dated || a.facets.period == b.facets.period)
}
