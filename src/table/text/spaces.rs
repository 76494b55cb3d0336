//! Finds tables whose columns are separated by runs of spaces. The position of a cell tells its column, so blank
//! cells are not lost.

use super::find::Scan;
use crate::lex::CellKind;
use crate::model::table::{Form, Reach, Table};
use crate::model::text::Passage;
use crate::table::cut::Cutter;
use crate::table::draft::{Draft, head_rows};
use crate::table::units::units;
use crate::table::words::{is_section_heading, is_sentence, unbullet, words};
use std::ops::Range;

/// A longer line is running text.
const LONGEST: usize = 400;
const MOST_COLUMNS: usize = 64;

/// A cell of a line: its bytes, and its characters counted from the left.
#[derive(Clone, Debug)]
struct SpacedPiece {
    bytes: Range<usize>,
    chars: Range<usize>,
}

/// Takes every table with aligned columns.
pub(crate) fn scan(scan: &mut Scan) {
    scan.go_over(|scan, at, end| {
        if pieces(scan.text(at)).is_none_or(|p| p.len() < 2) {
            return at + 1;
        }
        let lines = stretch(scan, at, end);
        let end = lines.last().map_or(at + 1, |(line, _)| line + 1);
        let table = read(scan, &lines);
        scan.take(table, at..end)
    });
}

/// The cells of a line; `None` where it is running text, or its figures stand behind single spaces.
fn pieces(text: &str) -> Option<Vec<SpacedPiece>> {
    if text.len() > LONGEST || text.contains(['|', '\t']) || text.trim().is_empty() {
        return None;
    }
    let mut pieces: Vec<SpacedPiece> = Vec::new();
    let (mut blanks, mut chars) = (2, 0);
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if c.is_whitespace() {
            blanks += 1;
        } else {
            match pieces.last_mut() {
                Some(piece) if blanks < 2 => {
                    piece.bytes.end = next;
                    piece.chars.end = chars + 1;
                }
                _ => pieces.push(SpacedPiece { bytes: at..next, chars: chars..chars + 1 }),
            }
            blanks = 0;
        }
        chars += 1;
    }
    let clean = |p: &SpacedPiece| {
        let cell = text.get(p.bytes.clone()).unwrap_or("");
        let (units, _) = units(cell);
        let loose = units.len() > 1
            && units.last().is_some_and(|u| u.kind.is_value())
            && CellKind::of(cell) == CellKind::Text;
        !loose && !is_sentence(cell) && words(cell) <= 12
    };
    let listed = unbullet(text).0 > text.len() - text.trim_start().len() || is_section_heading(text);
    (!listed && pieces.iter().all(clean)).then_some(pieces)
}

/// The lines from `start` that belong to one stretch of aligned cells. A line of one cell belongs to it only between
/// others.
fn stretch(scan: &Scan, start: usize, end: usize) -> Vec<(usize, Vec<SpacedPiece>)> {
    let mut lines = Vec::new();
    let (mut blanks, mut single) = (0, 0);
    for at in start..end {
        if scan.blank(at) {
            blanks += 1;
            if blanks > 1 {
                break;
            }
            continue;
        }
        let Some(pieces) = pieces(scan.text(at)) else { break };
        single = if pieces.len() < 2 { single + 1 } else { 0 };
        if single > 2 {
            break;
        }
        blanks = 0;
        lines.push((at, pieces));
    }
    while lines.last().is_some_and(|(_, p)| p.len() < 2) {
        lines.pop();
    }
    lines
}

fn read(scan: &Scan, lines: &[(usize, Vec<SpacedPiece>)]) -> Option<Table> {
    let text = |line: usize, piece: &SpacedPiece| scan.text(line).get(piece.bytes.clone()).unwrap_or("");
    let figures = |(line, pieces): &&(usize, Vec<SpacedPiece>)| {
        pieces.iter().skip(1).any(|p| CellKind::of(text(*line, p)).is_value())
    };
    let body: Vec<_> = lines.iter().filter(figures).collect();
    if body.len() < 2 || body.len() * 3 < lines.len() {
        return None;
    }
    if let [(_, first), ..] = lines
        && lines.iter().all(|(_, p)| p.len() == first.len())
    {
        return in_order(scan, lines);
    }
    let columns = columns(&body)?;
    let mut draft = Draft::default();
    for (at, entry) in lines.iter().enumerate() {
        let (line, pieces) = entry;
        let mut cutter = Cutter::new(scan.lines.get(*line)?);
        let mut row = vec![Passage::default(); columns.len()];
        for piece in pieces {
            let over: Vec<usize> = (0..columns.len())
                .filter(|c| columns.get(*c).is_some_and(|c| meets(c, &piece.chars)))
                .collect();
            let (col, span) = match over.as_slice() {
                [first, .., last] => (*first, last - first + 1),
                [only] => (*only, 1),
                [] => (nearest(&columns, &piece.chars)?, 1),
            };
            let slot = row.get_mut(col)?;
            if !slot.is_empty() || span > 1 && figures(&entry) {
                return None;
            }
            *slot = cutter.cut(piece.bytes.clone());
            if span > 1 {
                draft.reaches.push(Reach { row: at, col, row_span: 1, col_span: span });
            }
        }
        draft.rows.push(row);
    }
    join_heads(&mut draft);
    draft.finish(Form::Spaces)
}

/// Makes a table where every line has the same number of cells, so that their order tells their columns.
fn in_order(scan: &Scan, lines: &[(usize, Vec<SpacedPiece>)]) -> Option<Table> {
    let mut draft = Draft::default();
    for (line, pieces) in lines {
        let mut cutter = Cutter::new(scan.lines.get(*line)?);
        draft.rows.push(pieces.iter().map(|p| cutter.cut(p.bytes.clone())).collect());
    }
    draft.finish(Form::Spaces)
}

fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn nearest(columns: &[Range<usize>], chars: &Range<usize>) -> Option<usize> {
    (0..columns.len()).min_by_key(|c| {
        columns
            .get(*c)
            .map_or(usize::MAX, |c| c.start.saturating_sub(chars.end).max(chars.start.saturating_sub(c.end)))
    })
}

/// The stretches of characters that some row of figures covers, from left to right.
fn columns(body: &[&(usize, Vec<SpacedPiece>)]) -> Option<Vec<Range<usize>>> {
    let mut covered = vec![false; LONGEST + 1];
    for piece in body.iter().flat_map(|(_, pieces)| pieces) {
        covered.get_mut(piece.chars.clone())?.iter_mut().for_each(|c| *c = true);
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in covered.iter().enumerate().filter(|(_, c)| **c) {
        match columns.last_mut() {
            // A single space lies within a label and not between columns.
            Some(column) if column.end + 1 >= at => column.end = at + 1,
            _ => columns.push(at..at + 1),
        }
    }
    (2..=MOST_COLUMNS).contains(&columns.len()).then_some(columns)
}

/// Joins heads that are broken over lines: the lines above the first row of figures become one row, unless one of
/// them spans columns.
fn join_heads(draft: &mut Draft) {
    let heads = head_rows(&draft.rows);
    draft.header_rows = Some(heads);
    if heads < 2 || draft.reaches.iter().any(|r| r.row < heads) {
        return;
    }
    let rest = draft.rows.split_off(heads);
    let mut joined = vec![Passage::default(); rest.first().map_or(0, Vec::len)];
    for row in draft.rows.drain(..) {
        for (slot, cell) in joined.iter_mut().zip(row) {
            slot.append(&cell);
        }
    }
    draft.rows.push(joined);
    draft.rows.extend(rest);
    draft.header_rows = Some(1);
}
