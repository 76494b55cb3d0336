//! The cells of spreadsheets and CSV files, with their addresses.

use super::aggregation::Aggregation;
use super::exact::Exact;
use super::text::{Line, Place};
use std::ops::Range;

/// Stands between the cells of a line.
pub const BETWEEN: char = '\t';

/// A cell of a grid that covers others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Merge {
    /// The topmost row.
    pub row: usize,
    /// The leftmost column.
    pub col: usize,
    /// How many rows it covers.
    pub rows: usize,
    /// How many columns it covers.
    pub cols: usize,
}

/// A number that is shown with fewer digits than it is stored with.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Stored {
    /// The cell, by row and column.
    pub cell: (usize, usize),
    /// Its value, in the unit in which it is shown.
    pub value: Exact,
    /// As stored: 0.1159 for a cell that shows "12%".
    pub raw: String,
}

/// How a formula combines its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum FormulaFunction {
    /// Their sum, as `SUM(B2:B4)` or `B2+B3`.
    Sum,
    /// Their mean.
    Average,
    /// The first less the second.
    Difference,
    /// How much more the first is than the second, as a share of the second.
    Change,
    /// The first by the second.
    Share,
}

/// A formula that does nothing but add up, or compare, cells of its own sheet.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Formula {
    /// The cell, by row and column.
    pub cell: (usize, usize),
    /// What it does with the cells.
    pub function: FormulaFunction,
    /// The cells that it names.
    pub areas: Vec<Area>,
    /// The cell holds a typed number; the formula is the one that the cells beside it have.
    pub beside: bool,
}

/// Where the number in a cell of a sheet comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NumberOrigin {
    /// It is typed.
    Typed,
    /// A formula gives it.
    Computed,
    /// It is shown as a date or time, typed or computed.
    Date,
}

/// The number that a cell stores.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StoredNumber {
    /// The cell, by row and column.
    pub cell: (usize, usize),
    /// Its value in full, which may be shown with fewer digits or in another unit.
    pub value: Exact,
    /// Where it comes from.
    pub origin: NumberOrigin,
}

/// One sheet before it is lines. Rows and columns count from 0.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct SheetGrid {
    /// Its name; a CSV file has none.
    pub name: Option<String>,
    /// The texts of its cells as shown.
    pub rows: Vec<Vec<String>>,
    /// The true numbers of the rows; empty where none was left out.
    pub row_numbers: Vec<u32>,
    /// The true numbers of the columns; empty where none was left out.
    pub col_numbers: Vec<u32>,
    /// Cells that cover others.
    pub merges: Vec<Merge>,
    /// Numbers that are not shown in full.
    pub stored: Vec<Stored>,
    /// Its formulas that add up or compare cells.
    pub formulas: Vec<Formula>,
    /// Its numbers, where it has such formulas.
    pub numbers: Vec<StoredNumber>,
    /// It is not shown.
    pub hidden: bool,
    /// Rows that are not shown.
    pub hidden_rows: Vec<Range<usize>>,
    /// Columns that are not shown.
    pub hidden_cols: Vec<Range<usize>>,
}

/// A line's cells.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SheetRow {
    // A long sheet has millions of rows, so that these numbers are stored as small as they can be.
    row: u32,
    col: u32,
    /// Where each of its cells ends, in characters; none for a line between regions. Between two cells stands [`BETWEEN`].
    ends: Box<[u32]>,
}

impl SheetRow {
    /// The row of these cells, of which the first is in this row, counted over all sheets, and this column.
    pub fn of(first: (usize, usize), cells: &[String]) -> SheetRow {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let mut start: u32 = 0;
        let end = |cell: &String| {
            let end = start.saturating_add(short(cell.chars().count()));
            start = end.saturating_add(1);
            end
        };
        SheetRow { row: short(first.0), col: short(first.1), ends: cells.iter().map(end).collect() }
    }

    /// The row, counted over all sheets, and column of its first cell.
    pub fn first(&self) -> (usize, usize) {
        (self.row as usize, self.col as usize)
    }

    /// How many cells it has; none where it is a line between regions.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it is a line between regions.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The characters of one of its cells.
    pub fn cell(&self, nth: usize) -> Option<Range<u32>> {
        let before = nth.checked_sub(1).and_then(|before| self.ends.get(before));
        Some(before.map_or(0, |end| end.saturating_add(1))..*self.ends.get(nth)?)
    }

    /// Which of its cells a character is in; what stands behind a cell belongs to it.
    fn cell_of(&self, character: u32) -> Option<usize> {
        let (_, others) = self.ends.split_last()?;
        Some(others.partition_point(|end| *end < character))
    }
}

/// One sheet of a [`Sheet`].
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// Its name.
    pub name: Option<String>,
    /// Its rows, counted over all sheets.
    pub rows: Range<usize>,
    /// The lines of its regions. Regions that lie side by side follow each other.
    pub regions: Vec<Range<usize>>,
    /// Where each region lies in the sheet.
    pub areas: Vec<Area>,
    /// The true numbers of the rows; empty where none was left out.
    pub row_numbers: Vec<u32>,
    /// The true numbers of the columns; empty where none was left out.
    pub col_numbers: Vec<u32>,
    /// It is not shown.
    pub hidden: bool,
    /// Rows that are not shown.
    pub hidden_rows: Vec<Range<usize>>,
    /// Columns that are not shown.
    pub hidden_cols: Vec<Range<usize>>,
}

/// The cells of all sheets of a file, each with its place. Rows are counted over all sheets.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Sheet {
    /// For each line, its cells.
    pub rows: Vec<SheetRow>,
    /// The sheets, one a page.
    pub parts: Vec<Part>,
    /// Cells that cover others, by row.
    pub merges: Vec<Merge>,
    /// Numbers that are not shown in full, by cell.
    pub stored: Vec<Stored>,
    /// Formulas that add up or compare cells, by cell.
    pub formulas: Vec<Formula>,
    /// The numbers of the parts that have such formulas, by cell.
    pub numbers: Vec<StoredNumber>,
    /// Which cells are sums, means, shares or changes of which others.
    pub aggregations: Vec<Aggregation>,
}

impl Sheet {
    /// The row and column, from 0, of the cell that a place is in. `None` where the place is in no cell or in
    /// several.
    pub fn cell_at(&self, place: Place) -> Option<(usize, usize)> {
        let line = place.line.checked_sub(1)? as usize;
        let row = self.rows.get(line).filter(|_| place.line == place.line_end)?;
        let nth = row.cell_of(place.start)?;
        (place.end <= row.cell(nth)?.end).then_some((row.first().0, row.first().1 + nth))
    }

    /// The place of a cell; a cell outside every region has none.
    pub fn place_of(&self, row: usize, col: usize) -> Option<Place> {
        let (page, part) = self.part_of(row)?;
        let within = (row - part.rows.start, col);
        let (area, lines) = part.areas.iter().zip(&part.regions).find(|(area, _)| area.has(within))?;
        let at = lines.start + within.0 - area.rows.start;
        let cell = self.rows.get(at)?.cell(col - area.cols.start)?;
        let line = u32::try_from(at + 1).ok()?;
        Some(Place { page, line, start: cell.start, line_end: line, end: cell.end })
    }

    /// The sheet of a row, and its number from 1.
    pub fn part_of(&self, row: usize) -> Option<(u32, &Part)> {
        let nth = self.parts.partition_point(|part| part.rows.end <= row);
        let part = self.parts.get(nth).filter(|part| part.rows.contains(&row))?;
        Some((u32::try_from(nth + 1).ok()?, part))
    }

    /// The address of a cell in its sheet: "C7".
    pub fn address(&self, row: usize, col: usize) -> Option<String> {
        let (_, part) = self.part_of(row)?;
        let number = |numbers: &[u32], at: usize| numbers.get(at).map_or(at, |n| *n as usize);
        let row = number(&part.row_numbers, row - part.rows.start);
        Some(address(row, number(&part.col_numbers, col)))
    }

    /// The name of the sheet that a line is on, and its row there, from 1. Sheets of CSV files have no names.
    pub fn row_at(&self, line: u32) -> Option<(&str, usize)> {
        let first = self.rows.get(line.checked_sub(1)? as usize).filter(|row| !row.is_empty())?.first();
        let (_, part) = self.part_of(first.0)?;
        let at = first.0 - part.rows.start;
        Some((part.name.as_deref()?, part.row_numbers.get(at).map_or(at, |n| *n as usize) + 1))
    }

    /// The name of the sheet that is a page.
    pub fn name(&self, page: u32) -> Option<&str> {
        self.parts.get(page.checked_sub(1)? as usize)?.name.as_deref()
    }

    /// Whether a cell is in a hidden row, column or sheet.
    pub fn is_hidden(&self, cell: (usize, usize)) -> bool {
        let Some((_, part)) = self.part_of(cell.0) else { return false };
        let within = |stretches: &[Range<usize>], at: usize| {
            let next = stretches.partition_point(|stretch| stretch.start <= at);
            stretches.get(..next).and_then(<[_]>::last).is_some_and(|stretch| stretch.contains(&at))
        };
        part.hidden
            || within(&part.hidden_rows, cell.0 - part.rows.start)
            || within(&part.hidden_cols, cell.1)
    }

    /// How a cell's number is stored, where it is not shown in full.
    pub fn stored_at(&self, cell: (usize, usize)) -> Option<&Stored> {
        let at = self.stored.binary_search_by_key(&cell, |stored| stored.cell).ok()?;
        self.stored.get(at)
    }

    /// The number that a cell stores. It is known only in the parts that have formulas.
    pub fn number_at(&self, cell: (usize, usize)) -> Option<&StoredNumber> {
        let at = self.numbers.binary_search_by_key(&cell, |number| number.cell).ok()?;
        self.numbers.get(at)
    }

    /// The numbers that a formula adds up, in the order in which it names them.
    pub fn addends<'a>(&'a self, formula: &'a Formula) -> impl Iterator<Item = &'a StoredNumber> {
        formula.areas.iter().flat_map(|area| self.numbers_within(area))
    }

    /// The cells of the numbers that a formula adds up. There are none where they are too many to name one by one.
    pub fn parts_of(&self, formula: &Formula) -> impl Iterator<Item = (usize, usize)> {
        const MOST: usize = 300;
        let parts: Vec<_> = self.addends(formula).map(|number| number.cell).take(MOST + 1).collect();
        let few = parts.len() <= MOST;
        parts.into_iter().filter(move |_| few)
    }

    /// The numbers of an area, row by row.
    fn numbers_within<'a>(&'a self, area: &'a Area) -> impl Iterator<Item = &'a StoredNumber> {
        let mut rest: &[StoredNumber] = &self.numbers;
        let mut row = area.rows.start;
        std::iter::from_fn(move || {
            loop {
                let from = rest.partition_point(|number| number.cell < (row, area.cols.start));
                rest = rest.get(from..)?;
                let (first, others) = rest.split_first()?;
                if first.cell.0 >= area.rows.end {
                    return None;
                }
                if area.has(first.cell) {
                    rest = others;
                    row = first.cell.0;
                    return Some(first);
                }
                // The row has no more of them, so the search goes on in the next row that has a number.
                row = if first.cell.0 > row { first.cell.0 } else { row + 1 };
            }
        })
    }

    /// How many columns a sheet has, those before its first cell included.
    pub fn width(&self, part: &Part) -> usize {
        let rows = part.regions.iter().flat_map(|region| self.rows.get(region.clone()).unwrap_or_default());
        rows.map(|row| row.first().1 + row.len()).max().unwrap_or(0)
    }

    /// The texts of a sheet's cells, by its rows and columns.
    pub fn texts<'a>(&self, part: &Part, lines: &'a [Line]) -> Vec<Vec<&'a str>> {
        let mut texts: Vec<Vec<&str>> = vec![Vec::new(); part.rows.len()];
        for at in part.regions.iter().flat_map(Range::clone) {
            let (Some(row), Some(line)) = (self.rows.get(at), lines.get(at)) else { continue };
            let Some(slot) = row.first().0.checked_sub(part.rows.start).and_then(|r| texts.get_mut(r)) else {
                continue;
            };
            if slot.len() < row.first().1 + row.len() {
                slot.resize(row.first().1 + row.len(), "");
            }
            let cells = line.text.split(BETWEEN).take(row.len());
            for (nth, text) in cells.enumerate() {
                slot.get_mut(row.first().1 + nth).into_iter().for_each(|cell| *cell = text);
            }
        }
        texts
    }
}

/// The address of a cell whose row and column count from 0: "C7".
pub fn address(row: usize, col: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// Rows and columns of a grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Area {
    /// Counted within the sheet.
    pub rows: Range<usize>,
    /// Counted within the sheet.
    pub cols: Range<usize>,
}

impl Area {
    /// Whether a cell, by row and column, lies in it.
    pub fn has(&self, cell: (usize, usize)) -> bool {
        self.rows.contains(&cell.0) && self.cols.contains(&cell.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_adds_up_the_numbers_of_its_areas_in_their_order() {
        let number = |cell: (usize, usize)| StoredNumber {
            cell,
            value: Exact::from((cell.0 * 10 + cell.1) as i128),
            origin: NumberOrigin::Typed,
        };
        let cells = [(0, 1), (1, 0), (1, 1), (1, 2), (3, 1), (3, 2), (4, 0), (4, 1)];
        let sheet = Sheet { numbers: cells.map(number).to_vec(), ..Sheet::default() };
        let areas = vec![Area { rows: 1..4, cols: 1..3 }, Area { rows: 0..1, cols: 0..9 }];
        let formula = Formula { cell: (5, 1), function: FormulaFunction::Sum, areas, beside: false };
        let added: Vec<_> = sheet.addends(&formula).map(|number| number.cell).collect();
        assert_eq!(added, [(1, 1), (1, 2), (3, 1), (3, 2), (0, 1)]);
    }
}
