//! Finds how the sheets of a file print their numbers, and which of their cells are sums, means, shares or changes of
//! others.

use super::aggregate::{self, Decimal};
use super::realigned::Moves;
use crate::lex::numeral::Conventions;
use crate::model::aggregation::Aggregation;
use crate::model::exact::Exact;
use crate::model::sheet::{BETWEEN, Part, Sheet};
use crate::model::text::Line;

/// How each sheet of a file prints its numbers, with the row (counted over all sheets) at which the sheet ends.
#[derive(Clone, Debug, Default)]
pub struct SheetConventions(Vec<(usize, Conventions)>);

impl SheetConventions {
    /// The conventions of the sheet that a row is in.
    pub fn at(&self, row: usize) -> Conventions {
        let nth = self.0.partition_point(|(end, _)| *end <= row);
        self.0.get(nth).map(|(_, conventions)| *conventions).unwrap_or_default()
    }
}

/// Finds how the sheets print their numbers, and what their cells are of one another. The numbers that are stored are
/// added up, not those that are shown.
pub fn of(sheet: &Sheet, lines: &[Line]) -> (SheetConventions, Vec<Aggregation>) {
    let (mut conventions, mut found) = (SheetConventions::default(), Vec::new());
    for part in &sheet.parts {
        if !aggregate::is_searched(part.rows.len(), sheet.width(part)) {
            let texts = part.regions.iter().flat_map(|region| lines.get(region.clone()).unwrap_or_default());
            let texts = texts.flat_map(|line| line.text.split(BETWEEN));
            conventions.0.push((part.rows.end, Conventions::of_sheet(texts)));
            continue;
        }
        let texts = sheet.texts(part, lines);
        let own = Conventions::of_sheet(texts.iter().flatten().copied());
        conventions.0.push((part.rows.end, own));
        let mut grid = aggregate::grid(&texts, &own);
        put_stored(&mut grid, sheet, part);
        let moves = Moves::of(&mut grid, sheet, part);
        found.extend(aggregate::find(&grid).into_iter().map(|a| moves.undone(a).moved(part.rows.start)));
    }
    (conventions, found)
}

/// Replaces shown numbers by stored ones in the grid of the finder.
fn put_stored(grid: &mut [Vec<aggregate::NumberCell<'_>>], sheet: &Sheet, part: &Part) {
    let from = sheet.stored.partition_point(|stored| stored.cell.0 < part.rows.start);
    for stored in sheet.stored.iter().skip(from).take_while(|stored| stored.cell.0 < part.rows.end) {
        let (row, col) = (stored.cell.0 - part.rows.start, stored.cell.1);
        if let Some(cell) = grid.get_mut(row).and_then(|row| row.get_mut(col)) {
            cell.number = decimal(&stored.value).or(cell.number);
        }
    }
}

/// A stored number in the form that the finder takes, with at most nine decimals.
fn decimal(value: &Exact) -> Option<Decimal> {
    const PLACES: u32 = 9;
    let scaled = value * &Exact::ten_to(PLACES as i32);
    let mut decimal = Decimal { mantissa: scaled.to_decimal(0).parse().ok()?, places: PLACES };
    while decimal.places > 0 && decimal.mantissa % 10 == 0 {
        decimal = Decimal { mantissa: decimal.mantissa / 10, places: decimal.places - 1 };
    }
    Some(decimal)
}
