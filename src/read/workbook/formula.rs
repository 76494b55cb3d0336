//! Works out formulas that add up cells, and compares the results with the stored values. No other formula is
//! evaluated.

mod parse;
mod siblings;
pub(crate) mod tokens;

use super::diagnostics::SheetDiagnostic;
use super::{RawCell, RawSheet, What};
use crate::lex::kind::is_year;
use crate::model::exact::Exact;
use crate::model::sheet::{Formula, address};
pub use parse::{Area, LONGEST, area, cell, moved};
use parse::{Expression, Function};

/// The most cells that are added up for one sheet.
const MOST_ADDED: usize = 20_000_000;

/// A formula with more cells does not list them as parts.
const MOST_PARTS: usize = 300;

/// At most this many addends are written out in the working.
const WRITTEN: usize = 12;

/// Looks up cells by position.
struct CellLookup<'a>(&'a RawSheet);

impl<'a> CellLookup<'a> {
    fn at(&self, row: u32, col: u32) -> Option<&'a RawCell> {
        let rows = &self.0.rows;
        let (_, cells) = rows.get(rows.binary_search_by_key(&row, |(row, _)| *row).ok()?)?;
        cells.get(cells.binary_search_by_key(&col, |cell| cell.col).ok()?)
    }

    /// The cells of an area, row by row.
    fn within(&self, area: &Area) -> impl Iterator<Item = (u32, &'a RawCell)> {
        let (cols, last) = (area.cols, area.rows.1);
        let from = self.0.rows.partition_point(|(row, _)| *row < area.rows.0);
        let rows = self.0.rows.iter().skip(from).take_while(move |(row, _)| *row <= last);
        rows.flat_map(move |(row, cells)| {
            let from = cells.partition_point(|cell| cell.col < cols.0);
            cells.iter().skip(from).take_while(move |cell| cell.col <= cols.1).map(|cell| (*row, cell))
        })
    }
}

/// The result of a formula.
struct Value {
    number: Exact,
    /// The largest error from the binary arithmetic of spreadsheets.
    slack: Exact,
    parts: Vec<(u32, u32)>,
    working: String,
}

/// What the formulas of a sheet say about its cells.
pub(crate) fn of_sheet(
    raw: &RawSheet,
    told: &mut Vec<SheetDiagnostic>,
    place: impl Fn(u32, u32) -> Option<(usize, usize)>,
) -> Vec<Formula> {
    let all = raw.rows.iter().flat_map(|(row, cells)| cells.iter().map(move |cell| (*row, cell)));
    let parsed: Vec<(u32, &RawCell, Expression)> = all
        .filter_map(|(row, cell)| Some((row, cell, parse::expression(cell.formula.as_deref()?, &raw.name)?)))
        .collect();
    let mut work = Work { cells: CellLookup(raw), added: 0, place, found: Vec::new() };
    for (row, cell, expression) in &parsed {
        work.kept(*row, cell, expression);
        work.short(*row, cell, expression);
    }
    for typed in siblings::typed_over(&work.cells, &parsed) {
        if work.typed(&typed) {
            let name = address(typed.row as usize, typed.col as usize);
            let message =
                format!("{}!{name}: a number is typed where formulas stand beside it; it agrees", raw.name);
            let cell = (work.place)(typed.row, typed.col);
            told.push(SheetDiagnostic { cell, ..SheetDiagnostic::note("typed-over", message) });
        }
    }
    if work.added > MOST_ADDED || raw.unwritten {
        let message = format!(
            "sheet \"{}\": the rest of its formulas were not worked out, there are too many",
            raw.name
        );
        told.push(SheetDiagnostic::warning("too-many-formulas", message));
    }
    work.found.sort_by_key(|formula| formula.cell);
    work.found
}

struct Work<'a, P> {
    cells: CellLookup<'a>,
    added: usize,
    place: P,
    found: Vec<Formula>,
}

impl<P: Fn(u32, u32) -> Option<(usize, usize)>> Work<'_, P> {
    /// Compares the stored value of a cell with that of its formula.
    fn kept(&mut self, row: u32, cell: &RawCell, expression: &Expression) {
        let Some(kept) = cell.number.filter(|_| cell.what == What::Number).and_then(exact) else { return };
        let Some(value) = self.value(row, cell.col, expression) else { return };
        self.add("CF108", (row, cell.col), value, kept, false);
    }

    /// Compares a typed number with the formula that its neighbours suggest; returns whether they agree.
    fn typed(&mut self, typed: &siblings::Typed) -> bool {
        let number = self.cells.at(typed.row, typed.col).and_then(|cell| exact(cell.number?));
        let Some(number) = number else { return false };
        let Some(value) = self.value(typed.row, typed.col, &typed.expression) else { return false };
        let agrees = (&value.number - &number).abs() <= value.slack;
        let several = value.parts.len() > 1;
        // A typed number that agrees is only a note about the sheet; one that differs is a claim.
        if several && !agrees {
            self.add("CF109", (typed.row, typed.col), value, number, false);
        }
        several && agrees
    }

    /// Examines a sum whose range ends next to another number, which it may have forgotten.
    fn short(&mut self, row: u32, cell: &RawCell, expression: &Expression) {
        let (Function::Sum, [area], What::Number) =
            (expression.function, expression.areas.as_slice(), cell.what)
        else {
            return;
        };
        let below = area.rows.1 < row;
        if area.cols != (cell.col, cell.col) || area.rows.0 == area.rows.1 || !below {
            return;
        }
        let added = |row: u32| {
            self.cells
                .at(row, cell.col)
                .filter(|c| c.what == What::Number && c.formula.is_none() && !is_year(&c.text))
        };
        let between = area.rows.1 + 1..row;
        // The rows between the range and its total; else the row above the range, if it has a label as the first row
        // has.
        let left_out =
            if between.len() <= 2 { between.into_iter().find(|row| added(*row).is_some()) } else { None };
        let above = || {
            area.rows.0.checked_sub(1).filter(|above| {
                let label = |row: u32| self.label(row, cell.col).map(|text| text.to_lowercase());
                let total = label(*above).is_some_and(|label| label.contains("total"));
                added(*above).is_some() && !total && label(*above).is_some() == label(area.rows.0).is_some()
            })
        };
        let Some((at, other)) =
            left_out.or_else(above).and_then(|at| Some((at, self.cells.at(at, cell.col)?)))
        else {
            return;
        };
        let Some(mut value) = self.value(row, cell.col, expression) else { return };
        let name = address(at as usize, cell.col as usize);
        value.working = format!("{}, without {} in {name} beside them", value.working, other.text);
        let Some(kept) = cell.number.and_then(exact) else { return };
        value.number = &value.number + &other.number.and_then(exact).unwrap_or(Exact::ZERO);
        value.parts.push((at, cell.col));
        self.add("CF110", (row, cell.col), value, kept, true);
    }

    /// The first text of a row to the left of a column.
    fn label(&self, row: u32, col: u32) -> Option<&str> {
        let before = Area { rows: (row, row), cols: (0, col.checked_sub(1)?) };
        let mut words = self.cells.within(&before).filter(|(_, cell)| cell.what == What::Text);
        words.next().map(|(_, cell)| cell.text.as_str())
    }

    fn add(&mut self, code: &'static str, cell: (u32, u32), value: Value, kept: Exact, leaves_out: bool) {
        let Some(at) = (self.place)(cell.0, cell.1) else { return };
        let parts = value.parts.iter().filter_map(|(row, col)| (self.place)(*row, *col)).collect();
        let Value { number: gives, slack, working, .. } = value;
        let computed = gives.to_decimal(SHOWN);
        self.found.push(Formula { cell: at, parts, code, kept, gives, slack, leaves_out, computed, working });
    }

    /// The result of a formula; `None` where it includes errors or itself, or exceeds the limit.
    fn value(&mut self, row: u32, col: u32, expression: &Expression) -> Option<Value> {
        let mut numbers: Vec<(u32, u32, f64)> = Vec::new();
        for area in &expression.areas {
            if area.has(row, col) || self.added > MOST_ADDED {
                return None;
            }
            let mut visited = 0;
            for (row, cell) in self.cells.within(area) {
                visited += 1;
                match (cell.what, cell.number) {
                    (What::Number | What::Date, Some(number)) => numbers.push((row, cell.col, number)),
                    (What::Error | What::Nothing, _) => return None,
                    (What::Text | What::Bool | What::Lost, _) if expression.function == Function::Plus => {
                        return None;
                    }
                    _ => {}
                }
                if self.added + visited > MOST_ADDED {
                    break;
                }
            }
            self.added += visited + 1;
        }
        let values: Vec<Exact> = numbers.iter().map(|(_, _, n)| exact(*n)).collect::<Option<_>>()?;
        let size: Exact = values.iter().map(Exact::abs).sum();
        let count = values.len();
        let mut words: Vec<String> = values.iter().take(WRITTEN).map(|n| n.to_decimal(SHOWN)).collect();
        if count > WRITTEN {
            words.push(format!("… ({count} in all)"));
        }
        let sum: Exact = values.into_iter().sum();
        let (number, working) = match expression.function {
            Function::Average => {
                let mean = sum.checked_div(&Exact::from(count as i128))?;
                (mean, format!("({}) ÷ {count}", words.join(" + ")))
            }
            _ => (sum, words.join(" + ")),
        };
        let parts = numbers.iter().map(|(row, col, _)| (*row, *col)).take(MOST_PARTS);
        let parts = if count > MOST_PARTS { Vec::new() } else { parts.collect() };
        let working = format!("{working} = {}", number.to_decimal(SHOWN));
        let slack = &size.max(Exact::ratio(1, 1000)) * &Exact::ten_to(-9);
        Some(Value { number, slack, parts, working })
    }
}

/// How many decimals of a result are written out.
const SHOWN: u32 = 10;

/// The decimal number that a spreadsheet shows for a binary one: the shortest that reads back as it.
fn exact(number: f64) -> Option<Exact> {
    let text = format!("{number}");
    let bare = text.strip_prefix('-').unwrap_or(&text);
    let (whole, decimals) = bare.split_once('.').unwrap_or((bare, ""));
    let value = Exact::from_digits(&format!("{whole}{decimals}"), u32::try_from(decimals.len()).ok()?)?;
    Some(if bare.len() < text.len() { -&value } else { value })
}
