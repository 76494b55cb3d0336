//! Builds the grid of a sheet from its cells. Long runs of blank rows and columns are shortened.

use super::diagnostics::SheetDiagnostic;
use super::shown::Format;
use super::{RawCell, RawSheet, Stretch, Visibility, What, diagnostics, formula};
use crate::model::exact::Exact;
use crate::model::sheet::{Area, Merge, SheetGrid, Stored};
use crate::read::rows::plain;

/// A run of blank rows or columns is shortened to this many.
const BLANKS: u32 = 2;

/// A grid of more cells than this is cut; blank cells before filled ones count too.
pub(crate) const MOST_POSITIONS: usize = 20_000_000;

impl RawCell {
    /// A number cell, shown by its format.
    pub fn number(col: u32, value: f64, format: &Format, from_1904: bool) -> RawCell {
        let shown = format.show(value, from_1904);
        let what = if format.is_date() { What::Date } else { What::Number };
        let full = shown.full.map(Into::into);
        RawCell { col, what, text: shown.text, number: Some(value), full, formula: None }
    }

    /// A text cell.
    pub fn text(col: u32, text: &str) -> RawCell {
        RawCell { col, what: What::Text, text: plain(text), number: None, full: None, formula: None }
    }

    /// A cell of words that the workbook keeps elsewhere.
    pub fn shared(col: u32, text: Option<&String>) -> RawCell {
        match text {
            Some(text) => RawCell::text(col, text),
            None => RawCell { what: What::Lost, ..RawCell::text(col, "") },
        }
    }

    /// An error value.
    pub fn error(col: u32, text: &str) -> RawCell {
        RawCell { what: What::Error, ..RawCell::text(col, text) }
    }

    /// True or false.
    pub fn truth(col: u32, value: bool) -> RawCell {
        let number = Some(f64::from(u8::from(value)));
        RawCell { what: What::Bool, number, ..RawCell::text(col, if value { "TRUE" } else { "FALSE" }) }
    }
}

/// The numbers in the file of the rows or columns that the grid keeps.
struct KeptLines(Vec<u32>);

impl KeptLines {
    /// The filled ones, in order, and the first few of each blank run between them.
    fn of(filled: impl Iterator<Item = u32>) -> KeptLines {
        let mut kept: Vec<u32> = Vec::new();
        for at in filled {
            let next = kept.last().map_or(at, |last| last + 1);
            kept.extend(next..at.min(next + BLANKS));
            kept.push(at);
        }
        KeptLines(kept)
    }

    fn at(&self, number: u32) -> Option<usize> {
        self.0.binary_search(&number).ok()
    }

    /// The indices of the kept ones in a stretch.
    fn within(&self, stretch: Stretch) -> std::ops::Range<usize> {
        self.0.partition_point(|n| *n < stretch.0)..self.0.partition_point(|n| *n <= stretch.1)
    }
}

/// Where the rows and columns of a sheet are in its grid.
pub(crate) struct Positions {
    rows: KeptLines,
    cols: KeptLines,
}

impl Positions {
    /// The cell of the grid; `None` where its row or column was left out as blank.
    pub fn cell(&self, row: u32, col: u32) -> Option<(usize, usize)> {
        Some((self.rows.at(row)?, self.cols.at(col)?))
    }

    /// What the grid keeps of an area.
    pub fn area(&self, rows: Stretch, cols: Stretch) -> Area {
        Area { rows: self.rows.within(rows), cols: self.cols.within(cols) }
    }
}

/// The numbers that lie in one of the stretches; both are in order.
pub(crate) fn in_stretches(stretches: &[Stretch], numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut stretches = stretches.to_vec();
    stretches.sort_unstable();
    let within = |at: &u32| {
        let next = stretches.partition_point(|(first, _)| first <= at);
        stretches.get(..next).and_then(<[_]>::last).is_some_and(|(_, last)| at <= last)
    };
    numbers.filter(within).collect()
}

/// The grid of a sheet, and diagnostics about it. `most_cells` is the limit of the workbook, for the message.
pub(crate) fn grid(mut raw: RawSheet, most_cells: usize) -> (SheetGrid, Vec<SheetDiagnostic>) {
    order(&mut raw);
    cut(&mut raw);
    let mut cols: Vec<u32> = raw.rows.iter().flat_map(|(_, cells)| cells.iter().map(|c| c.col)).collect();
    cols.sort_unstable();
    cols.dedup();
    let positions = Positions {
        rows: KeptLines::of(raw.rows.iter().map(|(row, _)| *row)),
        cols: KeptLines::of(cols.into_iter()),
    };
    let mut told = diagnostics::of_sheet(&raw, most_cells, |row, col| positions.cell(row, col));
    let mut grid = SheetGrid::default();
    formula::keep(&raw, &positions, &mut grid, &mut told);
    let Positions { rows, cols } = positions;
    grid.name = Some(std::mem::take(&mut raw.name));
    grid.merges = merges(&raw.merges, &rows, &cols);
    grid.hidden = raw.visibility == Visibility::Hidden;
    grid.hidden_rows = raw.hidden_rows.iter().map(|stretch| rows.within(*stretch)).collect();
    grid.hidden_cols = raw.hidden_cols.iter().map(|stretch| cols.within(*stretch)).collect();
    grid.rows.resize_with(rows.0.len(), Vec::new);
    for (number, cells) in raw.rows {
        let Some(at) = rows.at(number) else { continue };
        let mut line: Vec<String> = Vec::new();
        for cell in cells {
            let Some(col) = cols.at(cell.col) else { continue };
            line.resize(line.len().max(col), String::new());
            if let Some(stored) = stored((at, col), &cell) {
                grid.stored.push(stored);
            }
            line.push(cell.text);
        }
        if let Some(row) = grid.rows.get_mut(at) {
            *row = line;
        }
    }
    (grid.row_numbers, grid.col_numbers) = (rows.0, cols.0);
    (grid, told)
}

/// Sorts rows and cells by their numbers, merges repeated ones and drops cells without text.
fn order(raw: &mut RawSheet) {
    for (_, cells) in &mut raw.rows {
        cells.retain(|cell| !cell.text.trim().is_empty() || matches!(cell.what, What::Nothing | What::Lost));
        if !cells.is_sorted_by(|a, b| a.col < b.col) {
            cells.sort_by_key(|cell| cell.col);
            cells.dedup_by_key(|cell| cell.col);
        }
    }
    raw.rows.retain(|(_, cells)| !cells.is_empty());
    if !raw.rows.is_sorted_by(|a, b| a.0 < b.0) {
        raw.rows.sort_by_key(|(row, _)| *row);
        raw.rows.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1.append(&mut later.1);
                first.1.sort_by_key(|cell| cell.col);
                first.1.dedup_by_key(|cell| cell.col);
            }
            same
        });
    }
}

/// Drops the last rows of a sheet whose cells lie too far apart for a grid.
fn cut(raw: &mut RawSheet) {
    let mut positions = 0usize;
    let most = raw.rows.iter().take_while(|(_, cells)| {
        positions = positions.saturating_add(cells.last().map_or(0, |cell| cell.col as usize + 1));
        positions <= MOST_POSITIONS.max(cells.len())
    });
    let most = most.count();
    if most < raw.rows.len() {
        raw.rows.truncate(most);
        raw.cut = true;
    }
}

fn merges(merges: &[(Stretch, Stretch)], rows: &KeptLines, cols: &KeptLines) -> Vec<Merge> {
    let merge = |(down, across): &(Stretch, Stretch)| {
        let (row, col) = (rows.at(down.0)?, cols.at(across.0)?);
        let (down, across) = (rows.within(*down).len(), cols.within(*across).len());
        (down > 1 || across > 1).then_some(Merge { row, col, rows: down, cols: across })
    };
    merges.iter().filter_map(merge).collect()
}

fn stored(cell: (usize, usize), from: &RawCell) -> Option<Stored> {
    let full = from.full.as_deref()?;
    let (digits, decimals) = match full.split_once('.') {
        Some((whole, decimals)) => (format!("{whole}{decimals}"), decimals.len()),
        None => (full.to_owned(), 0),
    };
    let negative = digits.starts_with('-');
    let value = Exact::from_digits(digits.trim_start_matches('-'), u32::try_from(decimals).ok()?)?;
    let value = if negative { &Exact::ZERO - &value } else { value };
    Some(Stored { cell, value, raw: super::shown::plain(from.number?) })
}
