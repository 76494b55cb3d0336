//! Tables of a spreadsheet: each run of rows between blank rows is one, under a title of a single cell and over notes.

use super::cut::{Cutter, between};
use super::draft::{Draft, head_rows};
use super::text::spanning;
use crate::layout::after_note_mark;
use crate::lex::kind::Kind;
use crate::lex::numeral::{Conventions, DecimalMark, whole};
use crate::model::sheet::{BETWEEN, Sheet};
use crate::model::table::{Form, FoundTable, Reach};
use crate::model::text::{Line, Passage};
use crate::pack::pack;
use std::ops::Range;

/// A lone text of at least this many bytes under a table is a note.
const NOTE: usize = 40;

/// The tables of lines whose cells stand between tabs.
pub fn of_sheet(lines: &[Line], sheet: &Sheet) -> Vec<FoundTable> {
    let mut found = Vec::new();
    for part in &sheet.parts {
        let texts = part.regions.iter().filter_map(|lines_of| lines.get(lines_of.clone())).flatten();
        let conventions = Conventions::of_sheet(texts.flat_map(|line| line.text.split(BETWEEN)));
        for region in &part.regions {
            let rows = lines.get(region.clone()).unwrap_or_default().iter().map(cells).collect();
            Region { sheet, rows, start: region.start, conventions }.tables(&mut found);
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
    conventions: Conventions,
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
    text.len() >= NOTE || lower.starts_with(['*', '(']) || pack().titles.sheet_notes.begins(&lower)
}

impl Region<'_> {
    fn tables(mut self, found: &mut Vec<FoundTable>) {
        let mut before = 0..0;
        while before.end < self.rows.len() {
            let filled = |row: &&Vec<Passage>| !row.iter().all(Passage::is_empty);
            let blanks = self.rows.iter().skip(before.end).take_while(|row| !filled(row)).count();
            let start = before.end + blanks;
            let end = start + self.rows.iter().skip(start).take_while(filled).count();
            let alone = Some(before.start).filter(|_| before.len() == 1 && blanks == 1);
            found.extend(self.table(start, end, alone));
            before = start..end;
        }
    }

    /// The table of the rows from `start` up to `end`, none of which is blank; its cells are taken out of them. `alone`
    /// is the row above, where that stands between blank rows.
    fn table(&mut self, start: usize, end: usize, alone: Option<usize>) -> Option<FoundTable> {
        let block = self.rows.get(start..end)?;
        let lead = block.iter().take_while(|row| lone(row).is_some()).count();
        let body = block.get(lead..)?;
        let note = |row: &Vec<Passage>| {
            lone(row).filter(|p| is_note(&p.text)).map(|p| p.skip(after_note_mark(&p.text)))
        };
        let notes: Vec<Passage> = body.iter().rev().map_while(note).collect();
        let body = body.get(..body.len() - notes.len())?;
        let first = body.iter().filter_map(|row| row.iter().position(|cell| !cell.is_empty())).min()?;
        let last = body.iter().filter_map(|row| row.iter().rposition(|cell| !cell.is_empty())).max()?;
        let body = start + lead..start + lead + body.len();
        let above = if lead == 0 { alone } else { Some(start + lead - 1) };
        let title = above.and_then(|at| Some((at, lone(self.rows.get(at)?)?.clone())));
        let mut reaches = self.reaches(body.clone(), first..last + 1);
        if first == last {
            return None;
        }
        let cut = |row: &mut Vec<Passage>| {
            let end = row.len().min(last + 1);
            row.drain(first.min(end)..end).collect()
        };
        let rows: Vec<Vec<Passage>> = self.rows.get_mut(body)?.iter_mut().map(cut).collect();
        // What tells heads otherwise does not know decimal commas.
        let numbered =
            |row: &Vec<Passage>| row.iter().any(|cell| whole(&cell.text, &self.conventions).is_some());
        let heads = rows.iter().take_while(|row| !numbered(row)).count();
        let header_rows =
            Some(heads).filter(|heads| self.conventions.decimal == DecimalMark::Comma && *heads < rows.len());
        // Nothing is merged in a CSV file.
        if self.sheet.merges.is_empty() {
            reaches = spanning(&rows, header_rows.unwrap_or_else(|| head_rows(&rows)));
        }
        let mut table = Draft { rows, header_rows, reaches, ..Draft::default() }.finish(Form::Sheet)?;
        table.notes = notes.into_iter().rev().collect();
        let lines = self.start + title.as_ref().map_or(start, |(at, _)| *at)..self.start + end;
        table.title = title.map(|(_, title)| title);
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
}
