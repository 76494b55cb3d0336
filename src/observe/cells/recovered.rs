//! Broken numerals of a table that a total proves: the line would be off by exactly what the numeral may have been.

use crate::lex::numeral::{CellReading, Conventions, Numeral, mended, read, whole};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::table::{Cell, Table};
use std::collections::HashMap;

/// Fewer other parts than these leave a total that repeats them.
const PARTS: usize = 2;
/// How many broken numerals of a table are looked at: one with more is no table of numbers.
const BROKEN: usize = 50;

/// The cells whose numerals are read by their totals.
pub(super) fn recovered(
    table: &Table,
    conventions: impl Fn(&Cell) -> Conventions,
) -> HashMap<(usize, usize), Numeral> {
    if table.total_rows.is_empty() && table.total_cols.is_empty() {
        return HashMap::new();
    }
    let body =
        |cell: &&Cell| !cell.header && cell.row() >= table.header_rows && cell.col() >= table.header_cols;
    let broken = table.cells.iter().filter(body).filter_map(|cell| {
        let readings = mended(&cell.passage.text, &conventions(cell));
        (!readings.is_empty()).then_some((cell, readings))
    });
    let lines = Lines { table, conventions: &conventions };
    let found = broken.take(BROKEN).filter_map(|(cell, readings)| {
        let proved = lines.of(cell).find_map(|line| lines.missing(cell, &line))?;
        let mut fits = readings.into_iter().filter(|numeral| is_it(&numeral.quantity, &proved));
        let numeral = fits.next()?;
        let CellReading { numerals, .. } = read(&cell.passage.text, &conventions(cell));
        let known = matches!(numerals.as_slice(), [only] if is_it(&only.quantity, &proved));
        (!known).then_some(((cell.row(), cell.col()), numeral))
    });
    found.collect()
}

/// A value with its unit: what a line lacks. One digit alone is lacking by accident too often.
type Lacking = (Exact, Unit);

fn is_it(quantity: &Quantity, (value, unit): &Lacking) -> bool {
    quantity.value.as_ref() == Some(value)
        && quantity.unit == *unit
        && quantity.qualifier == Qualifier::Equal
        && *value >= Exact::from(10)
}

/// The parts of a total and the total, by row and column.
struct Line {
    parts: Vec<(usize, usize)>,
    total: (usize, usize),
}

struct Lines<'a, F> {
    table: &'a Table,
    conventions: &'a F,
}

impl<F: Fn(&Cell) -> Conventions> Lines<'_, F> {
    /// The lines that a cell is a part or the total of.
    fn of(&self, cell: &Cell) -> impl Iterator<Item = Line> + use<F> {
        let (row, col) = (cell.row(), cell.col());
        let down = parts(self.table.header_rows, &self.table.total_rows, row);
        let across = parts(self.table.header_cols, &self.table.total_cols, col);
        let down = down.map(|(parts, total)| Line {
            parts: parts.into_iter().map(|part| (part, col)).collect(),
            total: (total, col),
        });
        let across = across.map(|(parts, total)| Line {
            parts: parts.into_iter().map(|part| (row, part)).collect(),
            total: (row, total),
        });
        [down, across].into_iter().flatten()
    }

    /// What a cell must be for its line to hold; nothing where another cell of the line is no sound number.
    fn missing(&self, cell: &Cell, line: &Line) -> Option<Lacking> {
        let own = (cell.row(), cell.col());
        let mut sum = Exact::ZERO;
        let (mut filled, mut unit) = (0, None);
        for at in line.parts.iter().filter(|at| **at != own) {
            let Some(part) = self.sound(at.0, at.1) else {
                self.is_blank(at.0, at.1).then_some(())?;
                continue;
            };
            let value = part.value.as_ref()?;
            filled += usize::from(!value.is_zero());
            (unit.is_none_or(|unit| unit == part.unit)).then_some(())?;
            unit = Some(part.unit);
            sum = &sum + value;
        }
        let unit = unit.filter(|_| filled >= PARTS)?;
        if line.total == own {
            return Some((sum, unit));
        }
        let total = self.sound(line.total.0, line.total.1).filter(|total| total.unit == unit)?;
        Some((&total.value? - &sum, unit))
    }

    /// The number that a cell prints plainly and alone.
    fn sound(&self, row: usize, col: usize) -> Option<Quantity> {
        let cell = self.table.at(row, col)?;
        let numeral = whole(&cell.passage.text, &(self.conventions)(cell))?;
        Some(numeral.quantity).filter(|q| q.qualifier == Qualifier::Equal && q.value.is_some())
    }

    /// Whether nothing stands in a cell, or a mark for nothing.
    fn is_blank(&self, row: usize, col: usize) -> bool {
        let Some(cell) = self.table.at(row, col) else { return true };
        let CellReading { numerals, .. } = read(&cell.passage.text, &(self.conventions)(cell));
        let dash = matches!(numerals.as_slice(), [only] if only.quantity.qualifier == Qualifier::Blank);
        cell.passage.text.trim().is_empty() || dash
    }
}

/// The parts of the first total at or behind a line, which begin behind the total before it.
fn parts(heads: usize, totals: &[usize], at: usize) -> Option<(Vec<usize>, usize)> {
    let total = *totals.iter().find(|total| **total >= at)?;
    let from = totals.iter().rev().find(|other| **other < total).map_or(heads, |before| before + 1);
    (from <= at && total - from >= PARTS).then(|| ((from..total).collect(), total))
}
