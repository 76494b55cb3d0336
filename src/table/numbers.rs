//! The numbers of a sheet's cells, and which of them are sums, means, shares or changes of which others.

use super::aggregate;
use crate::lex::decimal::Decimal;
use crate::model::aggregation::Aggregation;
use crate::model::exact::Exact;
use crate::model::sheet::{Part, Sheet};
use crate::model::text::Line;

/// What the cells of a sheet print, by row (counted over all sheets) and column.
#[derive(Clone, Debug, Default)]
pub struct Numbers(Vec<Vec<Option<Decimal>>>);

impl Numbers {
    /// The number that a cell prints, under the decimal mark of its whole sheet.
    pub fn at(&self, (row, col): (usize, usize)) -> Option<Decimal> {
        *self.0.get(row)?.get(col)?
    }
}

/// Reads the numbers of all cells, and finds what they are of one another. What is added up is what is stored.
pub fn of(sheet: &Sheet, lines: &[Line]) -> (Numbers, Vec<Aggregation>) {
    let (mut numbers, mut found) = (Vec::new(), Vec::new());
    for part in &sheet.parts {
        let mut grid = aggregate::grid_of(&sheet.texts(part, lines));
        numbers.extend(grid.iter().map(|row| row.iter().map(|cell| cell.number).collect()));
        put_stored(&mut grid, sheet, part);
        let family = found.last().map_or(0, |last: &Aggregation| last.family + 1);
        found.extend(aggregate::find(&grid).into_iter().map(|a| a.moved(part.rows.start, family)));
    }
    (Numbers(numbers), found)
}

/// Has the finder add up what is stored.
fn put_stored(grid: &mut [Vec<aggregate::Cell<'_>>], sheet: &Sheet, part: &Part) {
    let from = sheet.stored.partition_point(|stored| stored.cell.0 < part.rows.start);
    for stored in sheet.stored.iter().skip(from).take_while(|stored| stored.cell.0 < part.rows.end) {
        let (row, col) = (stored.cell.0 - part.rows.start, stored.cell.1);
        if let Some(cell) = grid.get_mut(row).and_then(|row| row.get_mut(col)) {
            cell.number = decimal(&stored.value).or(cell.number);
        }
    }
}

/// A stored number as the finder takes it, at most nine decimals of it.
fn decimal(value: &Exact) -> Option<Decimal> {
    const PLACES: u32 = 9;
    let scaled = value * &Exact::ten_to(PLACES as i32);
    let mut decimal = Decimal { mantissa: scaled.to_decimal(0).parse().ok()?, places: PLACES };
    while decimal.places > 0 && decimal.mantissa % 10 == 0 {
        decimal = Decimal { mantissa: decimal.mantissa / 10, places: decimal.places - 1 };
    }
    Some(decimal)
}
