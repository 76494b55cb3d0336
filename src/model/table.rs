//! Tables: cells with their spans, heads, titles and notes.

use super::data::StaticText;
use super::ids::TableIdx;
use super::text::{Passage, Place};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One cell. Rows and columns count from 0 within the table's full grid, head rows and head columns included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its text as printed, with its places.
    pub passage: Passage,
    // A long sheet has millions of cells, so that these numbers are stored as small as they can be.
    row: u32,
    col: u32,
    row_span: u32,
    col_span: u16,
    /// In a head row or a head column.
    pub header: bool,
}

impl Cell {
    /// A cell of one row and one column.
    pub fn new(row: usize, col: usize, passage: Passage, header: bool) -> Cell {
        Cell { passage, header, row: small(row), col: small(col), row_span: 1, col_span: 1 }
    }

    /// The same cell over so many rows and columns, at least one of each. It covers 65,535 columns at most, four times as many
    /// as a sheet has.
    pub fn over(self, rows: usize, cols: usize) -> Cell {
        Cell { row_span: small(rows), col_span: u16::try_from(cols).unwrap_or(u16::MAX), ..self }
    }

    /// Puts it in other rows, of which this is the topmost.
    pub fn move_to(&mut self, row: usize) {
        self.row = small(row);
    }

    /// The topmost row that it covers.
    pub fn row(&self) -> usize {
        self.row as usize
    }

    /// The leftmost column that it covers.
    pub fn col(&self) -> usize {
        self.col as usize
    }

    /// The rows that it covers, at least one.
    pub fn rows(&self) -> Range<usize> {
        self.row()..self.row() + self.row_span as usize
    }

    /// The columns that it covers, at least one.
    pub fn cols(&self) -> Range<usize> {
        self.col()..self.col() + usize::from(self.col_span)
    }
}

/// A row or column as it is stored. No document has four billion of them.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The physical form in which a table was printed; names the reader that read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// `a | b | c`, one row a line, with or without a rule under the head.
    Pipes,
    /// Pipes whose cells end lines, or that have no row breaks at all.
    PipeStream,
    /// Cells separated by tabs, one row a line.
    Tabs,
    /// Columns separated by runs of spaces, or by single spaces before numbers.
    Spaces,
    /// One cell a line.
    Stacked,
    /// "Label: 12", "12% - Label", "• 2012-13 – 1203": two columns, no head.
    LabelValue,
    /// Cells of a CSV file or spreadsheet.
    Sheet,
    /// Cells separated by " / ", one row a line.
    Slashes,
    /// Cells run together without a separator ("Total591666").
    RunTogether,
    /// On a page: every cell is drawn with lines or grounds.
    Ruled,
    /// On a page: level lines above, between and below.
    PartlyRuled,
    /// On a page: nothing is drawn; the gaps of its lines line up.
    Aligned,
    /// On a page: the file says itself that it is a table.
    Tagged,
    /// Of a web page, a Word document or Markdown: the file says itself what its cells are.
    Marked,
    /// The numbers that a chart is drawn from.
    Chart,
}

/// A body row that was printed with fewer values than there are columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostBlanks {
    /// The row in the table's grid.
    pub row: usize,
    /// How many ways the values can stand in the columns.
    pub placements: u64,
    /// How many of them meet the column totals (equal to `placements` where there are none).
    pub admitted: u64,
    /// Every admitted placement, each a column for each value, best first; at most 64 of them.
    pub columns: Vec<Vec<usize>>,
}

/// A table. Its cells are sorted by row, then column; an empty cell may be left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The caption printed above or below it.
    pub title: Option<Passage>,
    /// Notes printed under it, without their mark.
    pub notes: Vec<Passage>,
    /// How it was printed.
    pub form: Form,
    /// Why it is believed to be a table, where that was told from a drawing.
    #[serde(deserialize_with = "super::data::words")]
    pub reasons: Vec<StaticText>,
    /// Rows of the grid, heads included.
    pub rows: usize,
    /// Columns of the grid, head columns included.
    pub cols: usize,
    /// Rows at the top that are heads.
    pub header_rows: usize,
    /// Columns at the left that are heads.
    pub header_cols: usize,
    /// Rows that are called a total.
    pub total_rows: Vec<usize>,
    /// Columns that are called a total.
    pub total_cols: Vec<usize>,
    /// Its cells, sorted by row, then column; empty ones may be left out.
    pub cells: Vec<Cell>,
    /// How many rows the tallest of them covers.
    pub tallest: usize,
    /// Rows printed with fewer values than there are columns.
    pub lost_blanks: Vec<LostBlanks>,
    /// Where its cells stand, first to last.
    pub place: Place,
    /// The table that this one is a further piece of (after a page break).
    pub continues: Option<TableIdx>,
}

impl Table {
    /// How many rows above a position are searched for a cell that covers it.
    const FURTHEST: usize = 256;

    /// How many rows and columns its cells reach over: as many as it has, or fewer where the last are blank.
    pub fn reach(&self) -> (usize, usize) {
        let further = |(rows, cols): (usize, usize), cell: &Cell| {
            (rows.max(cell.rows().end), cols.max(cell.cols().end))
        };
        self.cells.iter().fold((0, 0), further)
    }

    /// Whether a row is one of the totals.
    pub fn is_total_row(&self, row: usize) -> bool {
        self.total_rows.binary_search(&row).is_ok()
    }

    /// Whether a column is one of the totals.
    pub fn is_total_col(&self, col: usize) -> bool {
        self.total_cols.binary_search(&col).is_ok()
    }

    /// The cell that covers a position of the grid.
    pub fn at(&self, row: usize, col: usize) -> Option<&Cell> {
        // Where no cell is empty, each has its own number.
        let dense = self.cells.get(row * self.cols + col).filter(|c| c.row() == row && c.col() == col);
        if dense.is_some() {
            return dense;
        }
        let end = self.cells.partition_point(|c| (c.row(), c.col()) <= (row, col));
        // Cells that span rows stand in the heads or close by, so a long column is not searched to its top.
        let above = row.saturating_sub(Self::FURTHEST.min(self.tallest.saturating_sub(1)));
        self.cells
            .get(..end)?
            .iter()
            .rev()
            .take_while(|c| c.row() >= above)
            .find(|c| c.rows().contains(&row) && c.cols().contains(&col))
    }

    /// The text of the cell that covers a position, or nothing.
    pub fn text(&self, row: usize, col: usize) -> &str {
        self.at(row, col).map_or("", |c| &c.passage.text)
    }

    /// The cells that begin in a row.
    pub fn cells_of(&self, row: usize) -> &[Cell] {
        let from = self.cells.partition_point(|c| c.row() < row);
        let to = self.cells.partition_point(|c| c.row() <= row);
        self.cells.get(from..to).unwrap_or_default()
    }
}

/// How far a cell reaches over other positions of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Its topmost row.
    pub row: usize,
    /// Its leftmost column.
    pub col: usize,
    /// How many rows it covers.
    pub row_span: usize,
    /// How many columns it covers.
    pub col_span: usize,
}

/// A table and the lines that it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundTable {
    /// The table as read.
    pub table: Table,
    /// Indices into the lines that were searched: title, body, notes and a caption printed again below.
    pub lines: Range<usize>,
    /// Lines within `lines` that are running text between the rows and no part of the table.
    pub interleaved: Vec<usize>,
}

impl FoundTable {
    /// The same table where its lines are found so many lines further down.
    pub fn moved(mut self, by: usize) -> FoundTable {
        self.lines = self.lines.start + by..self.lines.end + by;
        self.interleaved.iter_mut().for_each(|at| *at += by);
        // Which tables continue others is decided anew.
        self.table.continues = None;
        self
    }
}

/// A table as its file has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The lines of its rows.
    pub rows: Range<usize>,
    /// The line of its caption.
    pub caption: Option<usize>,
    /// How many rows are heads, where the file says so.
    pub header_rows: Option<usize>,
    /// How many columns are heads, where the file says so.
    pub header_cols: Option<usize>,
    /// Cells that cover more than one position.
    pub reaches: Vec<Reach>,
    /// [`Form::Marked`] or [`Form::Chart`].
    pub form: Form,
}
