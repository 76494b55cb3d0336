//! Finds tables such as `a | b | c`, with one row on each line, with or without a rule under the head. Where the ends
//! of lines are ends of cells, [`super::stream`] reads them.

use super::find::Scan;
use super::stream;
use crate::lex::CellKind;
use crate::model::table::{Form, Reach, Table};
use crate::model::text::{Line, Passage};
use crate::table::cut::{Cutter, between};
use crate::table::draft::{Draft, head_rows};
use std::ops::Range;

/// A line with more cells than this is no row.
const MOST_COLUMNS: usize = 256;

/// Takes every table with pipes.
pub(crate) fn scan(scan: &mut Scan) {
    let mut at = 0;
    while at < scan.lines.len() {
        if !has_pipe(scan.text(at)) {
            at += 1;
            continue;
        }
        let region = region(scan, at);
        at = region.end;
        if let Some((table, lines)) = read(scan.lines, region) {
            scan.add(table, lines, Vec::new());
        }
    }
}

fn has_pipe(text: &str) -> bool {
    text.contains('|')
}

/// Whether a line holds the end of a cell and nothing after it.
fn ends_cell(text: &str) -> bool {
    let text = text.trim();
    text.ends_with('|') && text.bytes().filter(|b| *b == b'|').count() == 1
}

/// The stretch of lines from `start` that can be one table: lines with pipes, single blank lines between them, and
/// pieces of cells whose pipe stands on a later line.
fn region(scan: &Scan, start: usize) -> Range<usize> {
    let mut end = start + 1;
    loop {
        let next = if scan.blank(end) { end + 1 } else { end };
        let text = scan.text(next);
        if has_pipe(text) && (next == end || resembles(scan.text(end - 1), text)) {
            end = next + 1;
        } else if !text.trim().is_empty() && text.len() < 200 && ends_cell(scan.text(next + 1)) {
            end = next + 2;
        } else {
            return start..end;
        }
    }
}

/// Whether two lines on both sides of a blank line can be rows of one table.
fn resembles(above: &str, below: &str) -> bool {
    let pipes = |t: &str| t.bytes().filter(|b| *b == b'|').count();
    ends_cell(above)
        || ends_cell(below)
        || pipes(above) == pipes(below) && pipes(above) <= MOST_COLUMNS && is_head_of(above, below)
}

/// Whether a row of words stands below a row with figures, so that it begins another table.
fn is_head_of(above: &str, below: &str) -> bool {
    let figures = |t: &str| t.split('|').any(|c| CellKind::of(c) == CellKind::Number);
    !figures(above) || figures(below) || is_rule(below)
}

/// The cells of a line as byte ranges. What stands outside the outer pipes is no cell.
fn ranges(line: &Line) -> Vec<Range<usize>> {
    let mut ranges = between(&line.text, |c| c == '|');
    if ranges.len() > 1
        && ranges.last().is_some_and(|r| line.text.get(r.clone()).is_none_or(|t| t.trim().is_empty()))
    {
        ranges.pop();
    }
    ranges
}

fn is_rule(text: &str) -> bool {
    let text = text.trim();
    text.contains("--") && text.bytes().all(|b| matches!(b, b'-' | b':' | b'|' | b' ' | b'+' | b'='))
}

fn read(lines: &[Line], region: Range<usize>) -> Option<(Table, Range<usize>)> {
    let body = lines.get(region.clone())?;
    let rows = body.iter().filter(|l| !l.text.trim().is_empty() && !is_rule(&l.text));
    let (mut wide, mut narrow) = (Vec::new(), 0usize);
    for line in rows {
        let inner = line.text.trim().trim_matches('|');
        if inner.contains('|') || has_pipe(&line.text) && !ends_cell(&line.text) {
            wide.push(line.text.bytes().filter(|b| *b == b'|').count());
        } else {
            narrow += 1;
        }
    }
    if narrow > wide.len() || wide.len() < 2 {
        return Some((stream::read(body)?, region));
    }
    if is_ragged(wide)
        && let Some(table) = stream::read(body)
    {
        return Some((table, region));
    }
    Some((rows_of_lines(body)?, region))
}

/// Whether most lines have another number of pipes than is usual.
fn is_ragged(mut counts: Vec<usize>) -> bool {
    counts.sort_unstable();
    let usual = counts.chunk_by(|a, b| a == b).map(<[usize]>::len).max().unwrap_or(0);
    usual * 2 <= counts.len()
}

/// Makes a table of lines that are a row each.
fn rows_of_lines(lines: &[Line]) -> Option<Table> {
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    let mut rule = None;
    for line in lines.iter().filter(|l| !l.text.trim().is_empty()) {
        if is_rule(&line.text) {
            rule = rule.or(Some(rows.len()));
            continue;
        }
        let ranges = ranges(line);
        if ranges.len() > MOST_COLUMNS {
            return None;
        }
        let mut cutter = Cutter::new(line);
        rows.push(ranges.into_iter().map(|r| cutter.cut(r)).collect());
    }
    strip_outer(&mut rows);
    let title = title_row(&mut rows, &mut rule);
    if rows.len() < 2 {
        return None;
    }
    let header_rows = rule.filter(|r| *r > 0 && *r < 4);
    let reaches = spanning(&rows, header_rows.unwrap_or_else(|| head_rows(&rows)));
    Draft { rows, header_rows, title, reaches, ..Draft::default() }.finish(Form::Pipes)
}

/// Removes the empty cell before a pipe that begins every line.
fn strip_outer(rows: &mut [Vec<Passage>]) {
    if rows.iter().all(|r| r.first().is_some_and(Passage::is_empty)) {
        for row in rows {
            row.remove(0);
        }
    }
}

/// How far heads reach that stand over several columns each: all over the same number of them, with empty cells
/// behind, over a row of heads of single columns.
pub(crate) fn spanning(rows: &[Vec<Passage>], header_rows: usize) -> Vec<Reach> {
    let mut reaches = Vec::new();
    for (row, pair) in rows.windows(2).enumerate().take(header_rows.saturating_sub(1)) {
        let [above, below] = pair else { continue };
        let filled: Vec<usize> =
            above.iter().enumerate().skip(1).filter(|(_, c)| !c.is_empty()).map(|(col, _)| col).collect();
        let (Some(&first), Some(&second)) = (filled.first(), filled.get(1)) else { continue };
        let span = second - first;
        let regular = span > 1
            && filled.windows(2).all(|w| matches!(w, [a, b] if b - a == span))
            && filled.last().is_some_and(|last| last + span == above.len());
        let headed = below.len() == above.len() && below.iter().skip(first).all(|c| !c.is_empty());
        if regular && headed {
            reaches.extend(filled.iter().map(|&col| Reach { row, col, row_span: 1, col_span: span }));
        }
    }
    reaches
}

/// Takes a first row of one cell over a row of heads as the title.
fn title_row(rows: &mut Vec<Vec<Passage>>, rule: &mut Option<usize>) -> Option<Passage> {
    let filled = |row: &Vec<Passage>| row.iter().filter(|c| !c.is_empty()).count();
    let words = |row: &Vec<Passage>| row.iter().all(|c| !CellKind::of(&c.text).is_value());
    let [first, second, _, ..] = rows.as_slice() else { return None };
    if filled(first) != 1 || filled(second) < 2 || !words(first) || !words(second) {
        return None;
    }
    *rule = rule.map(|r| r.saturating_sub(1)).filter(|r| *r > 0);
    rows.remove(0).into_iter().find(|c| !c.is_empty())
}
