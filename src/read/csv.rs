//! Reads CSV and TSV files: one line for each row, with the place of every cell.

use super::rows::plain;
use super::{rows, text};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::sheet::{Sheet, SheetGrid};
use crate::model::text::Line;
use csv::{ReaderBuilder, StringRecord, Terminator};

/// How much of a file is looked at for its separator, in bytes.
const HEAD: usize = 64 * 1024;

/// Reads the rows of a file in any encoding. Each row becomes a line with tabs between its cells; line breaks and tabs
/// in a cell become spaces. Formulas are kept as text. `separator` is detected where it is `None`.
pub fn read(bytes: &[u8], separator: Option<u8>) -> (Vec<Line>, Sheet, Vec<Diagnostic>) {
    let (decoded, broken) = text::decoded(bytes);
    let (text, own) = without_mark(&decoded);
    let rows = rows(text, separator.or(own).unwrap_or_else(|| self::separator(text)));
    let mut diagnostics = diagnostics(text, broken);
    diagnostics.extend(formulas(&rows));
    let (mut lines, mut sheet) = (Vec::with_capacity(rows.len()), Sheet::default());
    rows::add(SheetGrid { rows, ..SheetGrid::default() }, &mut lines, &mut sheet);
    (lines, sheet, diagnostics)
}

/// Reads a first line `sep=;`, which names the separator for spreadsheet programs. The line is kept as a blank row.
fn without_mark(text: &str) -> (&str, Option<u8>) {
    let marked = text.strip_prefix("sep=").or_else(|| text.strip_prefix("\"sep="));
    let Some(rest) = marked else { return (text, None) };
    let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
    match rest.get(..end).map(|mark| mark.trim_end_matches('"').as_bytes()) {
        Some([mark]) => (rest.get(end..).unwrap_or_default(), Some(*mark)),
        _ => (text, None),
    }
}

/// The diagnostic for formulas, because a CSV file does not hold their values.
fn formulas(rows: &[Vec<String>]) -> Option<Diagnostic> {
    let is_formula = |cell: &String| {
        let mut chars = cell.chars();
        chars.next() == Some('=') && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '(')
    };
    let cells =
        rows.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, t)| (r, c, t)));
    let mut found = cells.filter(|(_, _, text)| is_formula(text));
    let (row, col, text) = found.next()?;
    let more = match found.count() {
        0 => String::new(),
        count => format!(", and {count} more"),
    };
    let message = format!(
        "{}: a formula without its value, {}{more}; save the values to have them read",
        crate::model::sheet::address(row, col),
        text.chars().take(60).collect::<String>()
    );
    Some(Diagnostic { code: "formula-without-value", severity: Severity::Warning, message, place: None })
}

fn rows(text: &str, separator: u8) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
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

/// Counts the empty lines from an offset on, which the `csv` crate skips.
fn blank_rows(bytes: &[u8], start: usize) -> usize {
    let at = |i: usize| bytes.get(i).copied();
    // The line feed of the last row's own `\r\n`.
    let halved = start > 0 && at(start - 1) == Some(b'\r') && at(start) == Some(b'\n');
    let (mut next, mut count) = (start + usize::from(halved), 0);
    while let Some(b'\r' | b'\n') = at(next) {
        next += if at(next) == Some(b'\r') && at(next + 1) == Some(b'\n') { 2 } else { 1 };
        count += 1;
    }
    count
}

/// Detects the separator: the one that most lines have outside quotes, then the one that most lines have equally often.
/// A comma on lines that also have another separator is a decimal mark.
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
        read(bytes, None).0.into_iter().map(|l| l.text).collect()
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
    fn a_separator_can_be_named() {
        assert_eq!(texts(b"sep=;\r\na,b;c\r\n"), ["\t", "a,b\tc"]);
        let given = read(b"a;b,c\n", Some(b';')).0;
        assert_eq!(given.first().map(|line| line.text.as_str()), Some("a\tb,c"));
    }

    #[test]
    fn formulas_are_told() {
        let told = read(b"a,1\nb,=A1+1\nc,=SUM(B1:B2)\n", None).2;
        let wanted = "B2: a formula without its value, =A1+1, and 1 more; save the values to have them read";
        assert_eq!(told.first().map(|d| d.message.as_str()), Some(wanted));
    }

    #[test]
    fn an_open_quotation_is_told() {
        assert_eq!(read(b"a,\"b\nc,d\n", None).2.first().map(|d| d.code), Some("open-quotation"));
    }
}
