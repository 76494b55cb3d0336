//! A grid seen along one of its directions: its lines, which are candidates for totals and parts, and the rows that
//! cross them.

use super::words::{Hints, hints};
use super::{Decimal, NumberCell};
use crate::model::aggregation::Axis;

/// Numbers with more decimals than this are rounded to it.
const MOST_PLACES: u32 = 9;
/// Larger values, in scaled units, are left out, so that sums cannot overflow.
const LARGEST: i128 = 1 << 61;
/// Stands for a cell without a number among values.
pub(super) const NO_NUMBER: i64 = i64::MIN;

/// What is known of one line.
#[derive(Debug, Clone, Default)]
pub(super) struct FieldLine {
    /// The number of rows in which the line has a number.
    pub count: usize,
    /// The largest of the usual steps (1, 5, 10, 50 …) that nearly all its numbers are multiples of.
    pub grain: i64,
    /// Its numbers are printed with a percent sign.
    pub percent: bool,
    /// What its label says about its numbers.
    pub hints: Hints,
    /// The text of its last header in small letters.
    pub head: String,
}

/// A number of a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldCell {
    /// The number, in scaled units.
    pub value: i64,
    /// The unit of its last printed digit, in scaled units.
    pub unit: i64,
    /// The largest power of ten that divides it.
    pub step: i64,
}

/// A grid seen along one axis. Numbers are multiplied by `10^places`, so that they are whole.
pub(super) struct Field {
    pub axis: Axis,
    /// The number of lines.
    pub n: usize,
    /// The number of rows that cross them.
    pub m: usize,
    /// The number 1 in scaled units.
    pub one: i64,
    /// Row by row, since what is tried are the lines of one row after the other.
    cells: Vec<Option<FieldCell>>,
    /// The values of the cells alone, which most trials need no more than.
    values: Vec<i64>,
    pub lines: Vec<FieldLine>,
    /// For each line, whether its numbers only count up or are years, so that it is never a part or a total.
    serial: Vec<bool>,
    /// For each row, whether some of its numbers are negative.
    pub signed: Vec<bool>,
    /// For each row, the difference of its largest and its smallest number.
    pub spread: Vec<i64>,
}

impl Field {
    /// Builds the view. Along `Axis::Row` the lines are the columns of the grid; along `Axis::Column` they are its
    /// rows.
    pub fn new(cells: &[Vec<NumberCell<'_>>], axis: Axis) -> Field {
        let height = cells.len();
        let width = cells.iter().map(Vec::len).max().unwrap_or(0);
        let (n, m) = if axis == Axis::Row { (width, height) } else { (height, width) };
        let places = cells
            .iter()
            .flatten()
            .filter_map(|c| c.number)
            .map(|d| d.places)
            .max()
            .unwrap_or(0)
            .min(MOST_PLACES);
        let mut field = Field {
            axis,
            n,
            m,
            one: 10i64.pow(places),
            cells: vec![None; n * m],
            values: vec![NO_NUMBER; n * m],
            lines: Vec::with_capacity(n),
            serial: Vec::with_capacity(n),
            signed: vec![false; m],
            spread: Vec::with_capacity(m),
        };
        for line in 0..n {
            let info = field.read_line(cells, line, places);
            field.lines.push(info);
        }
        for row in 0..m {
            let values = || (0..n).filter_map(|line| field.value(line, row));
            let spread = values().max().zip(values().min()).map_or(0, |(most, least)| most - least);
            field.spread.push(spread);
        }
        field
    }

    fn read_line(&mut self, cells: &[Vec<NumberCell<'_>>], line: usize, places: u32) -> FieldLine {
        let mut info = FieldLine::default();
        for row in 0..self.m {
            let (r, c) = self.place(line, row);
            let Some(cell) = cells.get(r).and_then(|cells| cells.get(c)) else { continue };
            let text = cell.text.trim();
            match cell.number.and_then(|d| scaled(d, places)) {
                Some(number @ FieldCell { value, .. }) => {
                    info.count += 1;
                    info.percent |= text.contains('%');
                    if let Some(slot) = self.cells.get_mut(row * self.n + line) {
                        *slot = Some(number);
                    }
                    if let Some(slot) = self.values.get_mut(row * self.n + line) {
                        *slot = value;
                    }
                    if let Some(signed) = self.signed.get_mut(row) {
                        *signed |= value < 0;
                    }
                }
                None if !text.is_empty() => {
                    let said = hints(text);
                    info.hints = info.hints.or(said);
                    if info.count == 0 {
                        info.head = text.to_lowercase();
                    }
                }
                None => {}
            }
        }
        let values: Vec<i64> = (0..self.m).filter_map(|row| self.value(line, row)).collect();
        info.hints.share |= info.percent;
        info.grain = grain(&values);
        self.serial.push(is_serial(&values, self.one));
        info
    }

    /// The number at a line and row.
    #[inline]
    pub fn cell(&self, line: usize, row: usize) -> Option<FieldCell> {
        self.cells.get(row * self.n + line).copied().flatten()
    }

    /// The value at a line and row, in scaled units.
    #[inline]
    pub fn value(&self, line: usize, row: usize) -> Option<i64> {
        self.values.get(row * self.n + line).copied().filter(|value| *value != NO_NUMBER)
    }

    /// The values of a row by line, [`NO_NUMBER`] where there is none.
    #[inline]
    pub fn values(&self, row: usize) -> &[i64] {
        self.values.get(row * self.n..(row + 1) * self.n).unwrap_or_default()
    }

    /// The unit of the last printed digit at a line and row, in scaled units.
    #[inline]
    pub fn unit(&self, line: usize, row: usize) -> i64 {
        self.cell(line, row).map_or(1, |cell| cell.unit)
    }

    /// Whether a line is never a part or a total.
    #[inline]
    pub fn is_serial(&self, line: usize) -> bool {
        self.serial.get(line).copied().unwrap_or(true)
    }

    /// What is known of a line.
    pub fn line(&self, line: usize) -> Option<&FieldLine> {
        self.lines.get(line)
    }

    /// The place in the grid of a line and row.
    pub fn place(&self, line: usize, row: usize) -> (usize, usize) {
        match self.axis {
            Axis::Row => (row, line),
            Axis::Column => (line, row),
        }
    }

    /// The lines that can take part in sums: those with numbers that are not merely counting or years.
    pub fn usable(&self) -> Vec<usize> {
        (0..self.n).filter(|&i| !self.is_serial(i) && self.line(i).is_some_and(|l| l.count > 0)).collect()
    }
}

/// The step of a zero. Every number divides zero.
pub(super) const COARSEST: i64 = 1_000_000_000_000_000_000;

/// The largest power of ten that divides a value, such as 100 for 3,500.
pub(super) fn step_of(value: i64) -> i64 {
    if value == 0 {
        return COARSEST;
    }
    let mut step = 1i64;
    while step < COARSEST && value % (step * 10) == 0 {
        step *= 10;
    }
    step
}

/// A value and the unit of its last digit, both in units of `10^-places`.
fn scaled(d: Decimal, places: u32) -> Option<FieldCell> {
    let unit = 10i64.pow(places.saturating_sub(d.places));
    let mantissa =
        if d.places > places { d.mantissa / 10i128.pow((d.places - places).min(30)) } else { d.mantissa };
    let value = mantissa.checked_mul(i128::from(unit))?;
    (value.abs() < LARGEST).then_some(())?;
    let value = i64::try_from(value).ok()?;
    Some(FieldCell { value, unit, step: step_of(value) })
}

/// The largest of 1, 5, 10, 50 … that at least 19 in 20 values are multiples of.
fn grain(values: &[i64]) -> i64 {
    let nonzero: Vec<i64> = values.iter().copied().filter(|v| *v != 0).collect();
    if nonzero.is_empty() {
        return 1;
    }
    let mut best = 1i64;
    let mut step = 1i64;
    for _ in 0..34 {
        for factor in [5, 2] {
            let Some(next) = step.checked_mul(factor) else { return best };
            step = next;
            let fit = nonzero.iter().filter(|v| *v % step == 0).count();
            if fit * 20 >= nonzero.len() * 19 {
                best = step;
            } else {
                return best;
            }
        }
    }
    best
}

/// Whether values count up (1, 2, 3 …) or are a run of years.
fn is_serial(values: &[i64], one: i64) -> bool {
    if values.len() < 3 || values.iter().any(|v| v % one != 0) {
        return false;
    }
    let whole: Vec<i64> = values.iter().map(|v| v / one).collect();
    let steps = whole.windows(2).filter(|w| matches!(w, [a, b] if b - a == 1)).count();
    let years = whole.iter().all(|v| (1900..=2100).contains(v));
    (steps * 10 >= (whole.len() - 1) * 9 && whole.len() >= 4) || (years && steps * 2 >= whole.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grains_and_serials() {
        assert_eq!(grain(&[10, 20, 45]), 5);
        assert_eq!(grain(&[100, 300]), 100);
        assert_eq!(grain(&[3, 7]), 1);
        assert!(is_serial(&[1, 2, 3, 4], 1));
        assert!(is_serial(&[19990, 20000, 20010], 10));
        assert!(!is_serial(&[4, 9, 13, 2], 1));
    }
}
