//! Reads spreadsheets: a sheet is a page, and a row is a line with tabs between its cells, as they are shown.
//!
//! Each sheet is read in one pass, cell by cell, and only cells that hold something are kept: what a sheet says of its
//! size is not believed. Formulas are looked at, never run; macros are not looked at.

mod cells;
mod container;
mod diagnostics;
mod formula;
mod ods;
mod xls;
mod xlsb;
mod xlsx;

use super::packed::Wording;
use super::source::FileKind;
use super::{rows, shown};
use crate::model::diagnostic::{Diagnostic, Refusal};
use crate::model::sheet::Sheet;
use crate::model::text::Line;
use shown::Format;

/// More filled cells than this are not read of a workbook.
pub const MOST_CELLS: usize = 4_000_000;

/// Shared formulas are written out for each of their cells up to this many bytes or characters.
const MOST_WRITTEN: usize = 1 << 26;

/// The words for workbooks in messages.
const WORDS: Wording = Wording {
    mend: "open it in a spreadsheet program, which may mend it, and save it under a new name",
    trap: "if it is no trap, save the sheets that matter as CSV",
    ..Wording::of("the workbook")
};

/// The refusal of a workbook that is damaged in a part that it needs.
fn damaged(why: &str) -> Refusal {
    (format!("the workbook is damaged: {why}"), WORDS.mend.to_owned())
}

/// The content of a workbook.
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

/// What the sheets of a workbook have in common.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    /// By the number of a cell's style.
    formats: Vec<Format>,
    /// Why the formats could not be read.
    unformatted: Option<String>,
    from_1904: bool,
    /// How many more cells may be read.
    left: usize,
    /// How many more bytes of shared formulas may be written out.
    written: usize,
}

impl Shared {
    fn of(most_cells: usize) -> Shared {
        Shared { left: most_cells, written: MOST_WRITTEN, ..Shared::default() }
    }

    /// Sets the formats. Where they could not be read, numbers are shown as they are stored.
    fn format_by(&mut self, formats: Result<Vec<Format>, String>) {
        match formats {
            Ok(formats) => self.formats = formats,
            Err(why) => self.unformatted = Some(why),
        }
    }
}

/// The content of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Number,
    Date,
    Text,
    Bool,
    Error,
    /// A formula whose result was never stored.
    Nothing,
    /// A text that is missing from the workbook.
    Lost,
}

/// A cell that is not blank.
#[derive(Clone, Debug)]
struct RawCell {
    /// From 0.
    col: u32,
    what: What,
    /// As shown.
    text: String,
    /// As stored, where it is a number, date or boolean.
    number: Option<f64>,
    /// The stored number in the unit of the shown one, where it is not shown in full.
    full: Option<Box<str>>,
    /// The formula; empty where only its presence is known.
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

/// A sheet as the file has it.
#[derive(Clone, Debug, Default)]
struct RawSheet {
    name: String,
    visibility: Visibility,
    /// The cells by row number from 0, in order.
    rows: Vec<(u32, Vec<RawCell>)>,
    /// First and last row, first and last column.
    merges: Vec<(Stretch, Stretch)>,
    hidden_rows: Vec<Stretch>,
    hidden_cols: Vec<Stretch>,
    /// Why it is empty, where that is known: "it is a chart".
    empty: Option<&'static str>,
    /// Why it could not be read to its end.
    broken: Option<String>,
    /// Whether cells were left out because there are too many.
    cut: bool,
    /// Why the formats of the workbook's numbers could not be read; told with its first sheet.
    unformatted: Option<String>,
    /// Whether formulas were left out because there are too many.
    unwritten: bool,
}

impl RawSheet {
    /// Adds a cell to the last row or a later one, if `left` allows one more; returns whether it was added. Where a row
    /// breaks off, its remaining cells are left out.
    fn put(&mut self, row: u32, cell: RawCell, left: &mut usize) -> bool {
        let Some(rest) = left.checked_sub(1) else {
            self.cut = true;
            self.rows.pop_if(|(last, _)| *last == row);
            return false;
        };
        *left = rest;
        match self.rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push(cell),
            _ => self.rows.push((row, vec![cell])),
        }
        true
    }

    /// Whether a shared formula of this length may be written out for one more cell.
    fn writes(&mut self, length: usize, left: &mut usize) -> bool {
        let rest = left.checked_sub(length);
        *left = rest.unwrap_or(*left);
        self.unwritten |= rest.is_none();
        rest.is_some()
    }
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// What it is and what to do, where nothing can be read of it.
pub fn read(bytes: Vec<u8>, kind: FileKind, most_pages: Option<u32>) -> Result<Read, Refusal> {
    read_within(bytes, kind, most_pages, MOST_CELLS)
}

fn read_within(
    bytes: Vec<u8>,
    kind: FileKind,
    most_pages: Option<u32>,
    most_cells: usize,
) -> Result<Read, Refusal> {
    let mut read = Read::default();
    let mut pages = 0;
    let mut take = |raw: RawSheet| {
        pages += 1;
        if most_pages.is_none_or(|most| pages <= most) {
            let (grid, told) = cells::grid(raw, most_cells);
            rows::add(grid, &mut read.lines, &mut read.sheet);
            let first = read.sheet.parts.last().map_or(0, |part| part.rows.start);
            let sheet = &read.sheet;
            read.diagnostics.extend(told.into_iter().map(|told| {
                let place = told.cell.and_then(|(row, col)| sheet.place_of(first + row, col));
                Diagnostic { code: told.code, severity: told.severity, message: told.message, place }
            }));
        }
    };
    match kind {
        FileKind::Ods => ods::read(bytes, most_cells, &mut take)?,
        FileKind::Xls => xls::read(&bytes, most_cells, &mut take)?,
        FileKind::Xlsb => xlsb::read(bytes, most_cells, &mut take)?,
        _ => xlsx::read(bytes, most_cells, &mut take)?,
    }
    read.pages = pages;
    read.diagnostics
        .extend(most_pages.filter(|most| *most < pages).map(|most| diagnostics::left_out(most, pages)));
    if pages == 0 {
        read.diagnostics.push(diagnostics::no_sheets());
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What is told of a workbook of which so many cells may be read, and its last line of words.
    fn cut(bytes: Vec<u8>, kind: FileKind, most_cells: usize) -> (Vec<String>, String) {
        let read = read_within(bytes, kind, None, most_cells).unwrap();
        let told = read.diagnostics.iter().map(|d| format!("{:?} {}: {}", d.severity, d.code, d.message));
        let mut lines = read.lines.iter().rev().map(|line| line.text.trim());
        (told.collect(), lines.find(|line| !line.is_empty()).unwrap_or_default().to_owned())
    }

    fn file(path: &str) -> Vec<u8> {
        fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn a_workbook_of_too_many_cells_is_cut_at_a_row_and_says_so() {
        let cut_at = "Warning too-many-cells: sheet \"Report\" is read up to row 55 only: of a workbook, 98 filled cells \
                      are read, and of a sheet, 20000000 with the blank ones before them; save the sheets that matter in \
                      workbooks of their own";
        for (ending, kind) in [
            ("ods", FileKind::Ods),
            ("xls", FileKind::Xls),
            ("xlsb", FileKind::Xlsb),
            ("xlsx", FileKind::Xlsx),
        ] {
            let bytes = file(&format!("corpus/farrowmouth/2023-24/report.{ending}"));
            let (told, last) = cut(bytes.clone(), kind, 98);
            assert_eq!(told, [cut_at], "{ending}");
            assert!(last.starts_with("Communication\t"), "{ending}: {last}");
            let (told, last) = cut(bytes, kind, 441);
            assert!(told.is_empty() && last.starts_with("Members are asked"), "{ending}: {told:?} {last}");
        }
    }

    #[test]
    fn all_sheets_of_a_workbook_count() {
        for (name, kind, cells) in [("small.xls", FileKind::Xls, 15), ("small.xlsb", FileKind::Xlsb, 12)] {
            let (told, last) = cut(file(&format!("tests/fixtures/sheets/{name}")), kind, cells);
            let left_out = "Warning too-many-cells: sheet \"Old\" is left out: of a workbook, ";
            assert!(told.iter().any(|told| told.starts_with(left_out)), "{name}: {told:?}");
            assert!(last.starts_with("Total"), "{name}: {last}");
        }
    }

    #[test]
    fn cells_that_are_repeated_without_end_are_cut() {
        let content = "<office:document-content><table:table table:name=\"A\"><table:table-row \
                       table:number-rows-repeated=\"4294967295\"><table:table-cell \
                       table:number-columns-repeated=\"4294967295\"><text:p>9</text:p></table:table-cell>\
                       </table:table-row></table:table></office:document-content>";
        let (told, last) = cut(content.as_bytes().to_vec(), FileKind::Ods, 40_000);
        assert!(
            told.concat().starts_with("Warning too-many-cells: sheet \"A\" is read up to row 2 only: "),
            "{told:?}"
        );
        assert_eq!(last.split('\t').count(), 16_384);
    }
}
