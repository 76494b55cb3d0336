//! CSV and TSV files → lines, one a row of the sheet, with the place of every cell.

use super::{folded_line, text};
use crate::error::{Diagnostic, Severity};
use crate::page::{Line, Place};
use crate::table::aggregate::Aggregation;
use csv::{ReaderBuilder, StringRecord, Terminator};
use std::ops::Range;

/// Short rows are filled up with blank cells in sheets of at most this many cells.
const MOST_CELLS: usize = 1_000_000;

/// How much of a file is looked at for its separator, in bytes.
const HEAD: usize = 64 * 1024;

/// Between the cells of a line.
pub const BETWEEN: char = '\t';

/// The cells of a sheet, each with its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// For each line, the characters of each of its cells.
    pub rows: Vec<Vec<Range<u32>>>,
    /// Which cells are sums, means, shares or changes of which others.
    pub aggregations: Vec<Aggregation>,
}

impl Sheet {
    /// The row and column, from 0, of the cell that a place is in; nothing where it is in none or in several.
    pub fn cell_at(&self, place: Place) -> Option<(usize, usize)> {
        let row = place.line.checked_sub(1)? as usize;
        let cells = self.rows.get(row).filter(|_| place.line == place.line_end)?;
        let col = cells.partition_point(|cell| cell.start <= place.start).checked_sub(1)?;
        (place.end <= cells.get(col)?.end).then_some((row, col))
    }

    /// The place of a cell, which is on the page of all rows.
    pub fn place_of(&self, row: usize, col: usize) -> Option<Place> {
        let cell = self.rows.get(row)?.get(col)?;
        let line = u32::try_from(row).ok()?.checked_add(1)?;
        Some(Place { page: 1, line, start: cell.start, line_end: line, end: cell.end })
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

/// Reads the rows of a file in any encoding. Each row is a line, its cells between tabs; breaks and tabs within a cell
/// become spaces. Formulas stay text.
pub fn read(bytes: &[u8]) -> (Vec<Line>, Sheet, Vec<Diagnostic>) {
    let (decoded, broken) = text::decoded(bytes);
    let mut rows = rows(&decoded);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    if width.saturating_mul(rows.len()) <= MOST_CELLS {
        rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    }
    let mut sheet = Sheet::default();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let mut start = 0;
        let ranges = row.iter().map(|cell| {
            let end = start + u32::try_from(cell.chars().count()).unwrap_or(u32::MAX);
            let range = start..end;
            start = end.saturating_add(1);
            range
        });
        sheet.rows.push(ranges.collect());
        let number = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
        lines.push(folded_line(row.join(&BETWEEN.to_string()), number, 1));
    }
    (lines, sheet, diagnostics(&decoded, broken))
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(text))
        .terminator(Terminator::CRLF)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while let Ok(true) = reader.read_record(&mut record) {
        let start = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        rows.extend(std::iter::repeat_n(Vec::new(), blank_rows(text.as_bytes(), start)));
        rows.push(record.iter().map(plain).collect());
    }
    rows
}

/// A cell on one line, without its control characters.
fn plain(cell: &str) -> String {
    cell.replace("\r\n", " ").replace(|c: char| c.is_control(), " ")
}

/// The empty lines from an offset on; the reader passes over them.
fn blank_rows(bytes: &[u8], start: usize) -> usize {
    let at = |i: usize| bytes.get(i).copied();
    // The second half of the last row's own break.
    let halved = start > 0 && at(start - 1) == Some(b'\r') && at(start) == Some(b'\n');
    let (mut next, mut count) = (start + usize::from(halved), 0);
    while let Some(b'\r' | b'\n') = at(next) {
        next += if at(next) == Some(b'\r') && at(next + 1) == Some(b'\n') { 2 } else { 1 };
        count += 1;
    }
    count
}

/// The separator that most lines have outside quotes, then the one that most lines have equally often. A comma that
/// shares its lines with another is a decimal mark.
fn separator(text: &str) -> u8 {
    let head = text.as_bytes().get(..HEAD.min(text.len())).unwrap_or_default();
    let mut best = (b',', (0, 0));
    for mark in [b'\t', b';', b',', b'|'] {
        let mut counts: Vec<usize> = Vec::new();
        let (mut count, mut quoted) = (0, false);
        for &byte in head.iter().chain(b"\n") {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted => {
                    counts.push(count);
                    count = 0;
                }
                _ => count += usize::from(byte == mark && !quoted),
            }
        }
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        let equal = counts.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
        if (counts.len(), equal) > best.1 {
            best = (mark, (counts.len(), equal));
        }
    }
    best.0
}

fn diagnostics(text: &str, broken: usize) -> Vec<Diagnostic> {
    let told = |code, message: &str| Diagnostic {
        code,
        severity: Severity::Warning,
        message: message.to_owned(),
        place: None,
    };
    let mut diagnostics = Vec::new();
    if broken > 0 {
        let message =
            "some bytes are not UTF-8, the encoding of the rest of this file; they are read as Windows-1252";
        diagnostics.push(told("broken-encoding", message));
    }
    if memchr::memchr_iter(b'"', text.as_bytes()).count() % 2 == 1 {
        let message = "a quotation mark is not closed; rows after it may have been read as one cell";
        diagnostics.push(told("open-quotation", message));
    }
    diagnostics
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        read(bytes).0.into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn rows_are_lines_and_blank_rows_count() {
        assert_eq!(texts(b"a,b\r\n\r\n\r\nc,d\r\n"), ["a\tb", "\t", "\t", "c\td"]);
        assert_eq!(texts(b"\na,b\n\nc,d"), ["\t", "a\tb", "\t", "c\td"]);
        assert_eq!(texts(b"a,b\r\rc,d\r"), ["a\tb", "\t", "c\td"]);
        assert_eq!(texts(b"a,\"b\nx\ty\"\n\nc\n"), ["a\tb x y", "\t", "c\t"]);
    }

    #[test]
    fn separators_are_told_by_their_lines() {
        assert_eq!(texts(b"Team;Share\nA, B;1,5\nC;2,5\n"), ["Team\tShare", "A, B\t1,5", "C\t2,5"]);
        assert_eq!(texts(b"a\tb, c\nd\te\n"), ["a\tb, c", "d\te"]);
        assert_eq!(texts(b"a|b\nd|e\n"), ["a\tb", "d\te"]);
        assert_eq!(texts(b"\"a;b;c\",d\n\"x\",e\n"), ["a;b;c\td", "x\te"]);
    }

    #[test]
    fn places_are_cells() {
        let (_, sheet, _) = read("é,£5,\n,,9\n".as_bytes());
        let place = sheet.place_of(0, 1).unwrap();
        assert_eq!((place.start, place.end), (2, 4));
        for at in [(0, 0), (0, 2), (1, 0), (1, 1), (1, 2)] {
            assert_eq!(sheet.cell_at(sheet.place_of(at.0, at.1).unwrap()), Some(at));
        }
        assert_eq!(
            [address(6, 2), address(0, 25), address(0, 26), address(9, 701)],
            ["C7", "Z1", "AA1", "ZZ10"]
        );
    }

    #[test]
    fn an_open_quotation_is_told() {
        assert_eq!(read(b"a,\"b\nc,d\n").2.first().map(|d| d.code), Some("open-quotation"));
    }
}
