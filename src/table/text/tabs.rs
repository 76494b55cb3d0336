//! Finds tables whose cells are separated by tabs, with one row on each line. A contents list ("1. Introduction",
//! tab, "3") is no table.

use super::find::Scan;
use crate::lex::CellKind;
use crate::model::table::{Form, Table};
use crate::model::text::{Line, Passage};
use crate::pack::pack;
use crate::table::cut::{Cutter, between};
use crate::table::draft::Draft;

/// A line with more cells than this is no row.
const MOST_COLUMNS: usize = 256;

/// Takes every table with tabs.
pub(crate) fn scan(scan: &mut Scan) {
    scan.go_over(|scan, at, end| {
        if !has_tab(scan.text(at)) {
            return at + 1;
        }
        let end = (at + 1..end).find(|line| !has_tab(scan.text(*line))).unwrap_or(end);
        let table = scan.lines.get(at..end).and_then(|lines| read(lines, above(scan, at)));
        scan.take(table, at..end)
    });
}

fn has_tab(text: &str) -> bool {
    text.trim().contains('\t')
}

/// The last line above that is not blank.
fn above<'a>(scan: &'a Scan, at: usize) -> &'a str {
    (at.saturating_sub(4)..at).rev().map(|i| scan.text(i)).find(|t| !t.trim().is_empty()).unwrap_or("")
}

fn read(lines: &[Line], above: &str) -> Option<Table> {
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    for line in lines {
        let mut ranges = between(&line.text, |c| c == '\t');
        while ranges.last().is_some_and(|r| line.text.get(r.clone()).is_none_or(|t| t.trim().is_empty())) {
            ranges.pop();
        }
        if ranges.len() > MOST_COLUMNS {
            return None;
        }
        let mut cutter = Cutter::new(line);
        rows.push(ranges.into_iter().map(|r| cutter.cut(r)).collect());
    }
    while rows.iter().all(|r| r.first().is_none_or(Passage::is_empty) && r.len() > 2) {
        for row in &mut rows {
            row.remove(0);
        }
    }
    if rows.len() < 2 || is_contents(&rows, pack().titles.contents_word.within(&above.to_ascii_lowercase())) {
        return None;
    }
    Draft { rows, ..Draft::default() }.finish(Form::Tabs)
}

/// Whether rows are a contents list: two columns, of which the second holds page numbers that never fall, under the
/// word "contents" or beside numbered labels.
pub(crate) fn is_contents(rows: &[Vec<Passage>], under_contents: bool) -> bool {
    let mut last = 0;
    let mut numbered = 0;
    for row in rows {
        let ([label, page] | [_, label, page]) = row.as_slice() else { return false };
        let Some(page) = page_number(&page.text) else {
            if rows.first() == Some(row) && pack().titles.page.within(&page.text.to_ascii_lowercase()) {
                return true;
            }
            return false;
        };
        if page < last {
            return false;
        }
        last = page;
        numbered += usize::from(label.text.starts_with(|c: char| c.is_ascii_digit()));
    }
    under_contents || numbered * 2 > rows.len()
}

/// Reads a page number or a range of them: "3", "6 - 7".
fn page_number(text: &str) -> Option<u32> {
    if CellKind::of(text) == CellKind::Period && !text.contains(' ') && text.len() > 5 {
        return None;
    }
    let first = text.split(['-', ' ']).next()?;
    let clean = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-'));
    if clean { first.parse().ok().filter(|p| *p < 1000) } else { None }
}
