//! Tables of a spreadsheet: each run of rows between blank rows is one, under a title of a single cell and over notes.

use super::Form;
use super::aggregate::{Mark, mark_of, parse};
use super::cut::{Cutter, between};
use super::draft::{Draft, Reach, head_rows};
use super::find::FoundTable;
use super::kind::Kind;
use super::pipes::spanning;
use crate::format::sheet::{BETWEEN, Sheet};
use crate::page::{Line, Passage};
use std::ops::Range;

/// A lone text of at least this many bytes under a table is a note.
const NOTE: usize = 40;

/// The tables of lines whose cells stand between tabs.
pub fn of_sheet(lines: &[Line], sheet: &Sheet) -> Vec<FoundTable> {
    let mut found = Vec::new();
    for part in &sheet.parts {
        let texts = part.regions.iter().filter_map(|lines_of| lines.get(lines_of.clone())).flatten();
        let mark = mark_of(texts.flat_map(|line| line.text.split(BETWEEN)));
        for region in &part.regions {
            let rows = lines.get(region.clone()).unwrap_or_default().iter().map(cells).collect();
            Region { sheet, rows, start: region.start, mark }.tables(&mut found);
        }
    }
    found
}

/// The rows of a region of a sheet.
struct Region<'a> {
    sheet: &'a Sheet,
    rows: Vec<Vec<Passage>>,
    /// The line of its first row.
    start: usize,
    mark: Mark,
}

pub(super) fn cells(line: &Line) -> Vec<Passage> {
    let mut cutter = Cutter::new(line);
    between(&line.text, |c| c == BETWEEN).into_iter().map(|range| cutter.cut(range)).collect()
}

/// The only filled cell of a row, where it holds words.
fn lone(row: &[Passage]) -> Option<&Passage> {
    let mut filled = row.iter().filter(|cell| !cell.is_empty());
    let first = filled.next()?;
    (filled.next().is_none() && !Kind::of(&first.text).is_value()).then_some(first)
}

fn is_note(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.len() >= NOTE || ["note", "source", "*", "("].iter().any(|mark| lower.starts_with(mark))
}

impl Region<'_> {
    fn tables(&self, found: &mut Vec<FoundTable>) {
        let mut at = 0;
        while at < self.rows.len() {
            let filled = |row: &&Vec<Passage>| !row.iter().all(Passage::is_empty);
            let length = self.rows.iter().skip(at).take_while(filled).count();
            found.extend(self.table(at, at + length));
            at += length.max(1);
        }
    }

    /// The table of the rows from `start` up to `end`, none of which is blank.
    fn table(&self, start: usize, end: usize) -> Option<FoundTable> {
        let block = self.rows.get(start..end)?;
        let lead = block.iter().take_while(|row| lone(row).is_some()).count();
        let body = block.get(lead..)?;
        let note = |row: &Vec<Passage>| lone(row).filter(|p| is_note(&p.text)).cloned();
        let notes: Vec<Passage> = body.iter().rev().map_while(note).collect();
        let body = body.get(..body.len() - notes.len())?;
        let first = body.iter().filter_map(|row| row.iter().position(|cell| !cell.is_empty())).min()?;
        let last = body.iter().filter_map(|row| row.iter().rposition(|cell| !cell.is_empty())).max()?;
        let cut = |row: &Vec<Passage>| row.iter().take(last + 1).skip(first).cloned().collect();
        let rows: Vec<Vec<Passage>> = body.iter().map(cut).collect();
        // What tells heads otherwise does not know decimal commas.
        let numbered = |row: &Vec<Passage>| row.iter().any(|cell| parse(&cell.text, self.mark).is_some());
        let heads = rows.iter().take_while(|row| !numbered(row)).count();
        let header_rows = Some(heads).filter(|heads| self.mark == Mark::Comma && *heads < rows.len());
        let mut reaches = self.reaches(start + lead..start + lead + rows.len(), first..last + 1);
        // Nothing is merged in a CSV file.
        if self.sheet.merges.is_empty() {
            reaches = spanning(&rows, header_rows.unwrap_or_else(|| head_rows(&rows)));
        }
        let mut table = Draft { rows, header_rows, reaches, ..Draft::default() }.finish(Form::Sheet)?;
        let title = match lead {
            0 => start.checked_sub(2).filter(|at| self.is_alone(*at)),
            _ => Some(start + lead - 1),
        };
        table.title = title.and_then(|at| self.rows.get(at)).and_then(|row| lone(row)).cloned();
        table.notes = notes.into_iter().rev().collect();
        let lines = self.start + title.unwrap_or(start)..self.start + end;
        Some(FoundTable { table, lines, interleaved: Vec::new() })
    }

    /// The cells of some rows and columns of the region that cover others.
    fn reaches(&self, rows: Range<usize>, cols: Range<usize>) -> Vec<Reach> {
        let Some((top, left)) = self.sheet.rows.get(self.start + rows.start).map(|row| row.first) else {
            return Vec::new();
        };
        let left = left + cols.start;
        let merges = &self.sheet.merges;
        let from = merges.partition_point(|merge| merge.row < top);
        let within = merges.iter().skip(from).take_while(|merge| merge.row < top + rows.len());
        let reach = within.filter(|merge| (left..left + cols.len()).contains(&merge.col)).map(|merge| {
            let (row, col) = (merge.row - top, merge.col - left);
            let (row_span, col_span) = (merge.rows.min(rows.len() - row), merge.cols.min(cols.len() - col));
            Reach { row, col, row_span, col_span }
        });
        reach.collect()
    }

    /// Whether a row of one cell stands between blank rows.
    fn is_alone(&self, at: usize) -> bool {
        let blank = |at: usize| self.rows.get(at).is_none_or(|row| row.iter().all(Passage::is_empty));
        self.rows.get(at).is_some_and(|row| lone(row).is_some()) && at.checked_sub(1).is_none_or(blank)
    }
}
