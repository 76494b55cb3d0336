//! The cells of spreadsheets and CSV files, with their addresses.

use super::aggregation::Aggregation;
use super::data::StaticText;
use super::exact::Exact;
use super::text::{Line, Place};
use std::ops::Range;

/// Between the cells of a line.
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

/// What a cell's formula, or the lack of one, says of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Formula {
    /// The cell, by row and column.
    pub cell: (usize, usize),
    /// The cells that it is worked out from.
    pub parts: Vec<(usize, usize)>,
    /// The check: "CF108".
    #[serde(deserialize_with = "super::data::word")]
    pub code: StaticText,
    /// What the cell keeps.
    pub kept: Exact,
    /// What its formula, or its neighbours' formula, gives.
    pub gives: Exact,
    /// By how much the two may differ because spreadsheets count in binary.
    pub slack: Exact,
    /// The formula leaves out a cell next to its range, which `gives` takes in.
    pub leaves_out: bool,
    /// What the cells give, as a person reads it.
    pub computed: String,
    /// The working on one line.
    pub working: String,
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
    /// What its formulas say.
    pub formulas: Vec<Formula>,
    /// It is not shown.
    pub hidden: bool,
    /// Rows that are not shown.
    pub hidden_rows: Vec<Range<usize>>,
    /// Columns that are not shown.
    pub hidden_cols: Vec<Range<usize>>,
}

/// A line's cells.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Row {
    /// The row, counted over all sheets, and column of its first cell.
    pub first: (usize, usize),
    /// The characters of each of its cells; none for a line between regions.
    pub cells: Vec<Range<u32>>,
}

/// One sheet of a [`Sheet`].
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// Its name.
    pub name: Option<String>,
    /// Its rows, counted over all sheets.
    pub rows: Range<usize>,
    /// The lines of its regions; what lies side by side follows each other.
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
    pub rows: Vec<Row>,
    /// The sheets, one a page.
    pub parts: Vec<Part>,
    /// Cells that cover others, by row.
    pub merges: Vec<Merge>,
    /// Numbers that are not shown in full, by cell.
    pub stored: Vec<Stored>,
    /// What formulas say, by cell.
    pub formulas: Vec<Formula>,
    /// Which cells are sums, means, shares or changes of which others.
    pub aggregations: Vec<Aggregation>,
}

impl Sheet {
    /// The row and column, from 0, of the cell that a place is in; nothing where it is in none or in several.
    pub fn cell_at(&self, place: Place) -> Option<(usize, usize)> {
        let line = place.line.checked_sub(1)? as usize;
        let row = self.rows.get(line).filter(|_| place.line == place.line_end)?;
        let nth = row.cells.partition_point(|cell| cell.start <= place.start).checked_sub(1)?;
        (place.end <= row.cells.get(nth)?.end).then_some((row.first.0, row.first.1 + nth))
    }

    /// The place of a cell; a cell outside every region has none.
    pub fn place_of(&self, row: usize, col: usize) -> Option<Place> {
        let (page, part) = self.part_of(row)?;
        let within = (row - part.rows.start, col);
        let (area, lines) = part.areas.iter().zip(&part.regions).find(|(area, _)| area.has(within))?;
        let at = lines.start + within.0 - area.rows.start;
        let cell = self.rows.get(at)?.cells.get(col - area.cols.start)?;
        let line = u32::try_from(at + 1).ok()?;
        Some(Place { page, line, start: cell.start, line_end: line, end: cell.end })
    }

    /// The sheet of a row, and its number from 1.
    fn part_of(&self, row: usize) -> Option<(u32, &Part)> {
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
        let first = self.rows.get(line.checked_sub(1)? as usize).filter(|row| !row.cells.is_empty())?.first;
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

    /// The texts of a sheet's cells, by its rows and columns.
    pub fn texts<'a>(&self, part: &Part, lines: &'a [Line]) -> Vec<Vec<&'a str>> {
        let mut texts: Vec<Vec<&str>> = vec![Vec::new(); part.rows.len()];
        for at in part.regions.iter().flat_map(Range::clone) {
            let (Some(row), Some(line)) = (self.rows.get(at), lines.get(at)) else { continue };
            let Some(slot) = row.first.0.checked_sub(part.rows.start).and_then(|r| texts.get_mut(r)) else {
                continue;
            };
            if slot.len() < row.first.1 + row.cells.len() {
                slot.resize(row.first.1 + row.cells.len(), "");
            }
            let cells = line.text.split(BETWEEN).take(row.cells.len());
            for (nth, text) in cells.enumerate() {
                slot.get_mut(row.first.1 + nth).into_iter().for_each(|cell| *cell = text);
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
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
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
