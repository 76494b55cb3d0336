//! A sentence that names a row of a table and a year, and prints the row's value of another year.

use crate::model::exact::Exact;
use crate::model::facets::Dimension;
use crate::model::figure::{Figure, Home};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::reconcile::ledger::Ledger;

/// Smaller values stand in a row by chance.
const LEAST: i128 = 10;
/// Shorter names of rows are found in any sentence.
const SHORTEST_NAME: usize = 5;
/// How many prints of the value are looked at.
const PRINTS: usize = 60;

/// The cell of the year that a sentence names, where the sentence prints the value of the same row and measure in
/// another year.
pub(crate) fn of_its_row(ledger: &Ledger, figure: &Figure) -> Option<FigureIdx> {
    let other_year =
        |printed: &Figure| printed.facets.period_stated && printed.facets.period != figure.facets.period;
    if !figure.facets.period_stated {
        return None;
    }
    in_its_row(ledger, figure, other_year, figure.facets.period)
}

/// The cell of another year beside the one that prints a figure's value, in a row that the figure's words name.
pub(crate) fn beside(ledger: &Ledger, figure: &Figure, period: Option<Period>) -> Option<FigureIdx> {
    in_its_row(ledger, figure, |printed| printed.facets.period == figure.facets.period, period)
}

/// The cell of a period in a row that the words of a count name, where a cell of that row prints its value.
fn in_its_row(
    ledger: &Ledger,
    figure: &Figure,
    fits: impl Fn(&Figure) -> bool,
    period: Option<Period>,
) -> Option<FigureIdx> {
    let value = figure.quantity.value.as_ref().filter(|v| **v >= Exact::from(LEAST))?;
    if figure.quantity.unit != Unit::Count || !matches!(figure.home, Home::Prose { .. }) {
        return None;
    }
    let label = figure.label().to_lowercase();
    ledger.of_value(value, Unit::Count).iter().take(PRINTS).find_map(|&print| {
        let printed = ledger.figure(print)?;
        let Home::Cell { table, row, .. } = printed.home else { return None };
        let read = ledger.document.tables.get(table)?;
        let named = !read.is_total_row(row) && names(&label, read, row);
        let found = fits(printed) && named && is_about(figure, printed);
        if found { the_only(ledger, table, row, period, printed) } else { None }
    })
}

/// Whether some words name a row by its first head.
fn names(label: &str, table: &Table, row: usize) -> bool {
    let name = table.text(row, 0).trim().to_lowercase();
    let bounded = |at: usize| {
        let before = label.get(..at).and_then(|t| t.chars().next_back());
        let after = label.get(at + name.len()..).and_then(|t| t.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    table.header_cols > 0
        && name.len() >= SHORTEST_NAME
        && label.match_indices(&name).any(|(at, _)| bounded(at))
}

/// Whether a cell is of what a figure counts, but for its period.
fn is_about(figure: &Figure, cell: &Figure) -> bool {
    let (own, other) = (&figure.facets, &cell.facets);
    let label = |f: &Figure, d: Dimension| {
        f.facets.dimensions.get(d).or(f.context.dimensions.get(d)).map(|l| l.normalised.clone())
    };
    let agree = own.dimensions.iter().all(|(d, l)| label(cell, d).is_none_or(|o| o == l.normalised))
        && other.dimensions.iter().all(|(d, l)| label(figure, d).is_none_or(|o| o == l.normalised));
    // A complaint is a stage 1 complaint where nothing is said.
    let stage = |f: &Figure| label(f, Dimension::Stage).unwrap_or_else(|| "1".into());
    let staged = stage(figure) == stage(cell);
    agree && staged && own.measure == other.measure
}

/// The one cell of a row that differs from another by its period alone and is of the given one.
fn the_only(
    ledger: &Ledger,
    table: TableIdx,
    row: usize,
    period: Option<Period>,
    printed: &Figure,
) -> Option<FigureIdx> {
    let read = ledger.document.tables.get(table)?;
    let grid = ledger.grids.get(table)?;
    let mut found = (read.header_cols..read.cols).filter_map(|col| grid.first(row, col)).filter(|i| {
        ledger.figure(*i).is_some_and(|cell| {
            cell.facets.period_stated
                && cell.facets.period == period
                && period != printed.facets.period
                && cell.quantity.unit == Unit::Count
                && cell.facets.dimensions == printed.facets.dimensions
                && cell.facets.measure == printed.facets.measure
        })
    });
    let one = found.next()?;
    found.next().is_none().then_some(one)
}
