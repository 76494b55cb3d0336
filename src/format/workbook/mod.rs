//! Spreadsheets: every sheet is a page, every row of it a line with its cells between tabs, as they are shown.
//!
//! Each sheet is read in one pass, cell by cell, and only cells that hold something are kept: what a sheet says of its
//! size is not believed. Formulas are looked at, never run; macros are not looked at.

mod cells;
mod container;
mod formula;
mod ods;
mod package;
mod shown;
mod told;
mod xls;
mod xlsb;
mod xlsx;

use super::sheet::{self, Sheet};
use crate::error::Diagnostic;
use crate::page::Line;
use crate::source::Kind;
pub use package::Refusal;
use shown::Format;

/// More filled cells than this are not read of a workbook.
pub const MOST_CELLS: usize = 4_000_000;

/// What was read of a workbook.
#[derive(Debug, Default)]
pub struct Read {
    /// The rows of all sheets.
    pub lines: Vec<Line>,
    /// The cells of the lines.
    pub sheet: Sheet,
    /// How many sheets there are.
    pub pages: u32,
    /// What was lost, doubtful or passed over.
    pub diagnostics: Vec<Diagnostic>,
}

/// What all sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    /// By the number of a cell's style.
    formats: Vec<Format>,
    from_1904: bool,
    /// How many cells may still be read.
    left: usize,
}

/// What is in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Number,
    Date,
    Text,
    Bool,
    Error,
    /// A formula that was never worked out.
    Nothing,
}

/// A cell that is not blank.
#[derive(Clone, Debug)]
struct Cell {
    /// From 0.
    col: u32,
    what: What,
    /// As shown.
    text: String,
    /// As stored, where it is a number, date or boolean.
    number: Option<f64>,
    /// The stored number in the unit of the shown one, where it is not shown in full.
    full: Option<Box<str>>,
    formula: Option<Box<str>>,
}

/// Whether a sheet is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Visibility {
    #[default]
    Visible,
    Hidden,
}

/// The first and last of some rows or columns, from 0.
type Stretch = (u32, u32);

/// A sheet as it is in the file.
#[derive(Clone, Debug, Default)]
struct RawSheet {
    name: String,
    visibility: Visibility,
    /// By their number from 0, in order, with the cells in order.
    rows: Vec<(u32, Vec<Cell>)>,
    /// First and last row, first and last column.
    merges: Vec<(Stretch, Stretch)>,
    hidden_rows: Vec<Stretch>,
    hidden_cols: Vec<Stretch>,
    /// Why there is nothing in it, where that is known: "it is a chart".
    empty: Option<&'static str>,
    /// Why it could not be read to its end.
    broken: Option<String>,
    /// Whether cells were left out because there are too many.
    cut: bool,
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// What it is and what to do, where nothing can be read of it.
pub fn read(bytes: Vec<u8>, kind: Kind, most_pages: Option<u32>) -> Result<Read, Refusal> {
    let mut read = Read::default();
    let mut pages = 0;
    let mut take = |raw: RawSheet| {
        pages += 1;
        if most_pages.is_none_or(|most| pages <= most) {
            let (grid, told) = cells::grid(raw);
            sheet::add(grid, &mut read.lines, &mut read.sheet);
            let first = read.sheet.parts.last().map_or(0, |part| part.rows.start);
            let sheet = &read.sheet;
            read.diagnostics.extend(told.into_iter().map(|told| {
                let place = told.cell.and_then(|(row, col)| sheet.place_of(first + row, col));
                Diagnostic { code: told.code, severity: told.severity, message: told.message, place }
            }));
        }
    };
    match kind {
        Kind::Ods => ods::read(bytes, &mut take)?,
        Kind::Xls => xls::read(&bytes, &mut take)?,
        Kind::Xlsb => xlsb::read(bytes, &mut take)?,
        _ => xlsx::read(bytes, &mut take)?,
    }
    read.pages = pages;
    read.diagnostics.extend(most_pages.filter(|most| *most < pages).map(|most| told::left_out(most, pages)));
    if pages == 0 {
        read.diagnostics.push(told::no_sheets());
    }
    Ok(read)
}
