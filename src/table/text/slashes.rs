//! Finds tables whose cells are separated by " / ", with one row on each line.

use super::find::Scan;
use super::tabs::is_contents;
use crate::lex::CellKind;
use crate::model::table::{Form, Table};
use crate::model::text::{Line, Passage};
use crate::table::cut::Cutter;
use crate::table::draft::Draft;
use std::ops::Range;

const MARK: &str = " / ";

/// Takes every such table. It must have at least three lines with the same number of cells, which is at least two.
pub(crate) fn scan(scan: &mut Scan) {
    scan.go_over(|scan, at, end| {
        let cells = count(scan.text(at));
        let goes_on = |line: &usize| cells > 1 && count(scan.text(*line)) == cells;
        let end = (at + 1..end).find(|line| !goes_on(line)).unwrap_or(end);
        let table = scan.lines.get(at..end).filter(|lines| lines.len() > 2).and_then(read);
        scan.take(table, at..end)
    });
}

fn count(text: &str) -> usize {
    if text.len() > 400 || text.contains(['|', '\t']) { 0 } else { text.matches(MARK).count() + 1 }
}

fn read(lines: &[Line]) -> Option<Table> {
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    for line in lines {
        let mut cutter = Cutter::new(line);
        rows.push(ranges(&line.text).into_iter().map(|r| cutter.cut(r)).collect());
    }
    // Two words with a slash between them are no row of two columns.
    let figures = |r: &&Vec<Passage>| r.last().is_some_and(|c| CellKind::of(&c.text).is_value());
    if rows.iter().skip(1).filter(figures).count() + 1 < rows.len()
        && rows.first().is_some_and(|r| r.len() < 3)
        || is_contents(&rows, true)
    {
        return None;
    }
    Draft { rows, ..Draft::default() }.finish(Form::Slashes)
}

fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(MARK) {
        ranges.push(start..at);
        start = at + MARK.len();
    }
    ranges.push(start..text.len());
    ranges
}
