//! Goes over the lines once for each form of table, beginning with the form that is least likely to be mistaken. A
//! line that one form has taken is not looked at by the next.

use super::{flat, label_value, pipes, run_together, slashes, spaces, tabs};
use crate::model::diagnostic::Diagnostic;
use crate::model::table::{FoundTable, Table};
use crate::model::text::Line;
use crate::table::{pieces, titles};
use std::ops::Range;

/// The lines, and what has been found in them so far.
pub(crate) struct Scan<'a> {
    pub(crate) lines: &'a [Line],
    taken: Vec<bool>,
    found: Vec<FoundTable>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Scan<'a> {
    /// The stretches of lines that no table has taken.
    pub(crate) fn free(&self) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        let mut start = 0;
        for (at, taken) in self.taken.iter().enumerate() {
            if *taken {
                if start < at {
                    runs.push(start..at);
                }
                start = at + 1;
            }
        }
        if start < self.taken.len() {
            runs.push(start..self.taken.len());
        }
        runs
    }

    /// Goes over the lines that no table has taken. `look` is given a line and the end of its stretch, and returns the
    /// line to go on from.
    pub(crate) fn go_over(&mut self, mut look: impl FnMut(&mut Scan<'a>, usize, usize) -> usize) {
        for run in self.free() {
            let mut at = run.start;
            while at < run.end {
                at = look(self, at, run.end).max(at + 1);
            }
        }
    }

    /// Takes the table of a stretch of lines, if there is one. Returns the end of the lines.
    pub(crate) fn take(&mut self, table: Option<Table>, lines: Range<usize>) -> usize {
        let end = lines.end;
        if let Some(table) = table {
            self.add(table, lines, Vec::new());
        }
        end
    }

    /// Takes a table that was read from a stretch of lines.
    pub(crate) fn add(&mut self, table: Table, lines: Range<usize>, interleaved: Vec<usize>) {
        for taken in self.taken.iter_mut().take(lines.end).skip(lines.start) {
            *taken = true;
        }
        self.found.push(FoundTable { table, lines, interleaved });
    }

    /// The text of a line. It is empty past the end.
    pub(crate) fn text(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", |l| &l.text)
    }

    /// Whether a line is blank or past the end.
    pub(crate) fn blank(&self, at: usize) -> bool {
        self.text(at).trim().is_empty()
    }
}

/// Gives titles, notes and loose totals to tables that were found by other means, and chains those that run over
/// pages.
pub fn dress(lines: &[Line], found: &mut [FoundTable]) {
    titles::dress(lines, found);
}

/// Adds the lists of labels and values among the lines that no table takes and that are not `passed_by`: they are found
/// by their words, where a page has no columns to tell them by.
pub fn add_lists(lines: &[Line], passed_by: impl Fn(usize) -> bool, found: &mut Vec<FoundTable>) {
    let mut taken: Vec<bool> = (0..lines.len()).map(passed_by).collect();
    for one in found.iter() {
        taken.iter_mut().take(one.lines.end).skip(one.lines.start).for_each(|taken| *taken = true);
    }
    let mut scan = Scan { lines, taken, found: std::mem::take(found), diagnostics: Vec::new() };
    label_value::scan(&mut scan);
    *found = scan.found;
    found.sort_by_key(|f| f.lines.start);
}

/// Finds every table. No two of them share a line, and they are in the order of their lines. What looked like a table
/// and could not be read is among the diagnostics. Time and memory grow linearly with the size of the lines.
pub fn find(lines: &[Line]) -> (Vec<FoundTable>, Vec<Diagnostic>) {
    let taken = vec![false; lines.len()];
    let mut scan = Scan { lines, taken, found: Vec::new(), diagnostics: Vec::new() };
    pipes::scan(&mut scan);
    tabs::scan(&mut scan);
    slashes::scan(&mut scan);
    spaces::scan(&mut scan);
    label_value::scan(&mut scan);
    run_together::scan(&mut scan);
    flat::scan(&mut scan);
    let Scan { mut found, diagnostics, .. } = scan;
    found.sort_by_key(|f| f.lines.start);
    let mut found = pieces::cut(lines, found);
    titles::dress(lines, &mut found);
    (found, diagnostics)
}
