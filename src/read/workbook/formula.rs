//! Finds the formulas that do nothing but add up, or compare, cells of their own sheet, and keeps the numbers that they are about.
//! Nothing is worked out here.

mod parse;
mod siblings;
pub(crate) mod tokens;

use super::cells::Positions;
use super::diagnostics::SheetDiagnostic;
use super::{RawCell, RawSheet, What};
use crate::model::exact::Exact;
use crate::model::sheet::{Formula, FormulaFunction, NumberOrigin, SheetGrid, StoredNumber, address};
pub use parse::{CellRange, LONGEST, area, cell, moved};
use parse::{Expression, Function};

/// The most cells that the formulas of one sheet may add up. Running sums (`SUM(B$2:B9)` in each row) add up half the
/// square of their number.
const MOST_ADDED: usize = 20_000_000;

/// Looks up cells by position.
struct CellLookup<'a>(&'a RawSheet);

impl<'a> CellLookup<'a> {
    fn at(&self, row: u32, col: u32) -> Option<&'a RawCell> {
        let rows = &self.0.rows;
        let (_, cells) = rows.get(rows.binary_search_by_key(&row, |(row, _)| *row).ok()?)?;
        cells.get(cells.binary_search_by_key(&col, |cell| cell.col).ok()?)
    }

    /// The cells of an area, row by row.
    fn within(&self, area: &CellRange) -> impl Iterator<Item = (u32, &'a RawCell)> {
        let (cols, last) = (area.cols, area.rows.1);
        let from = self.0.rows.partition_point(|(row, _)| *row < area.rows.0);
        let rows = self.0.rows.iter().skip(from).take_while(move |(row, _)| *row <= last);
        rows.flat_map(move |(row, cells)| {
            let from = cells.partition_point(|cell| cell.col < cols.0);
            cells.iter().skip(from).take_while(move |cell| cell.col <= cols.1).map(|cell| (*row, cell))
        })
    }
}

/// Puts the formulas of a sheet and the numbers that they are about into its grid.
pub(crate) fn keep(
    raw: &RawSheet,
    positions: &Positions,
    grid: &mut SheetGrid,
    told: &mut Vec<SheetDiagnostic>,
) {
    let all = || raw.rows.iter().flat_map(|(row, cells)| cells.iter().map(move |cell| (*row, cell)));
    let parsed: Vec<(u32, &RawCell, Expression)> = all()
        .filter_map(|(row, cell)| Some((row, cell, parse::expression(cell.formula.as_deref()?, &raw.name)?)))
        .collect();
    let mut reader = Reader { cells: CellLookup(raw), positions, added: 0 };
    for (row, cell, expression) in parsed.iter().filter(|(_, cell, _)| cell.what == What::Number) {
        if reader.addends(*row, cell.col, expression).is_some() {
            grid.formulas.extend(reader.formula((*row, cell.col), expression, false));
        }
    }
    for typed in siblings::typed_over(&reader.cells, &parsed) {
        let (row, col) = (typed.row, typed.col);
        if reader.addends(row, col, &typed.expression).is_some_and(|count| count > 1) {
            let name = address(row as usize, col as usize);
            let message = format!("{}!{name}: a number is typed where formulas stand beside it", raw.name);
            let cell = positions.cell(row, col);
            told.push(SheetDiagnostic { cell, ..SheetDiagnostic::note("typed-over", message) });
            grid.formulas.extend(reader.formula((row, col), &typed.expression, true));
        }
    }
    if reader.added > MOST_ADDED || raw.unwritten {
        let message = format!(
            "sheet \"{}\": the rest of its formulas were not worked out, there are too many",
            raw.name
        );
        told.push(SheetDiagnostic::warning("too-many-formulas", message));
    }
    if !grid.formulas.is_empty() {
        grid.numbers = all().filter_map(|(row, cell)| number(positions.cell(row, cell.col)?, cell)).collect();
    }
}

struct Reader<'a> {
    cells: CellLookup<'a>,
    positions: &'a Positions,
    added: usize,
}

impl Reader<'_> {
    fn formula(&self, cell: (u32, u32), expression: &Expression, beside: bool) -> Option<Formula> {
        let function = match expression.function {
            Function::Average => FormulaFunction::Average,
            Function::Sum | Function::Plus => FormulaFunction::Sum,
            Function::Minus => FormulaFunction::Difference,
            Function::Change => FormulaFunction::Change,
            Function::Ratio => FormulaFunction::Share,
        };
        let areas = expression.areas.iter().map(|area| self.positions.area(area.rows, area.cols)).collect();
        Some(Formula { cell: self.positions.cell(cell.0, cell.1)?, function, areas, beside })
    }

    /// How many numbers a formula takes; `None` where it has no value, includes errors or itself, or exceeds the limit.
    fn addends(&mut self, row: u32, col: u32, expression: &Expression) -> Option<usize> {
        let mut count = 0;
        let is_strict = !matches!(expression.function, Function::Sum | Function::Average);
        for area in &expression.areas {
            if area.has(row, col) || self.added > MOST_ADDED {
                return None;
            }
            self.added += 1;
            for (_, cell) in self.cells.within(area) {
                self.added += 1;
                match (cell.what, cell.number) {
                    (What::Number | What::Date, Some(number)) if number.is_finite() => count += 1,
                    (What::Number | What::Date, Some(_)) | (What::Error | What::Nothing, _) => return None,
                    (What::Text | What::Bool | What::Lost, _) if is_strict => return None,
                    _ => {}
                }
                if self.added > MOST_ADDED {
                    return None;
                }
            }
        }
        let enough = match expression.function {
            Function::Sum | Function::Plus => 0,
            Function::Average => 1,
            Function::Minus | Function::Change | Function::Ratio => 2,
        };
        (count >= enough).then_some(count)
    }
}

fn number(at: (usize, usize), cell: &RawCell) -> Option<StoredNumber> {
    let origin = match (cell.what, &cell.formula) {
        (What::Date, _) => NumberOrigin::Date,
        (What::Number, Some(_)) => NumberOrigin::Computed,
        (What::Number, None) => NumberOrigin::Typed,
        _ => return None,
    };
    Some(StoredNumber { cell: at, value: exact(cell.number?)?, origin })
}

/// The decimal number that a spreadsheet shows for a binary one: the shortest that reads back as it.
fn exact(number: f64) -> Option<Exact> {
    let text = format!("{number}");
    let bare = text.strip_prefix('-').unwrap_or(&text);
    let (whole, decimals) = bare.split_once('.').unwrap_or((bare, ""));
    let value = Exact::from_digits(&format!("{whole}{decimals}"), u32::try_from(decimals.len()).ok()?)?;
    Some(if bare.len() < text.len() { -&value } else { value })
}
