//! Tables of a spreadsheet: each run of rows between blank rows is one, under a title of a single cell and over notes.

use super::Form;
use super::aggregate::{Mark, mark_of, parse};
use super::cut::{Cutter, between};
use super::draft::Draft;
use super::find::FoundTable;
use super::kind::Kind;
use crate::format::csv::BETWEEN;
use crate::page::{Line, Passage};

/// A lone text of at least this many bytes under a table is a note.
const NOTE: usize = 40;

/// The tables of lines whose cells stand between tabs.
pub fn of_sheet(lines: &[Line]) -> Vec<FoundTable> {
    let rows: Vec<Vec<Passage>> = lines.iter().map(cells).collect();
    let mark = mark_of(rows.iter().flatten().map(|cell| cell.text.as_str()));
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let blank = |row: &&Vec<Passage>| row.iter().all(Passage::is_empty);
        let length = rows.iter().skip(at).take_while(|row| !blank(row)).count();
        found.extend(table(&rows, at, at + length, mark));
        at += length.max(1);
    }
    found
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

/// The table of the rows from `start` up to `end`, none of which is blank.
fn table(rows: &[Vec<Passage>], start: usize, end: usize, mark: Mark) -> Option<FoundTable> {
    let block = rows.get(start..end)?;
    let lead = block.iter().take_while(|row| lone(row).is_some()).count();
    let body = block.get(lead..)?;
    let notes: Vec<Passage> =
        body.iter().rev().map_while(|row| lone(row).filter(|p| is_note(&p.text)).cloned()).collect();
    let body = body.get(..body.len() - notes.len())?;
    let first = body.iter().filter_map(|row| row.iter().position(|cell| !cell.is_empty())).min()?;
    let last = body.iter().filter_map(|row| row.iter().rposition(|cell| !cell.is_empty())).max()?;
    let cut = |row: &Vec<Passage>| row.iter().take(last + 1).skip(first).cloned().collect();
    let grid: Vec<Vec<Passage>> = body.iter().map(cut).collect();
    // What tells heads otherwise does not know decimal commas.
    let numbered = |row: &Vec<Passage>| row.iter().any(|cell| parse(&cell.text, mark).is_some());
    let heads = grid.iter().take_while(|row| !numbered(row)).count();
    let header_rows = Some(heads).filter(|heads| mark == Mark::Comma && *heads < grid.len());
    let mut table = Draft { rows: grid, header_rows, ..Draft::default() }.finish(Form::Sheet)?;
    let title = match lead {
        0 => start.checked_sub(2).filter(|at| is_alone(rows, *at)),
        _ => Some(start + lead - 1),
    };
    table.title = title.and_then(|at| rows.get(at)).and_then(|row| lone(row)).cloned();
    table.notes = notes.into_iter().rev().collect();
    Some(FoundTable { table, lines: title.unwrap_or(start)..end, interleaved: Vec::new() })
}

/// Whether a row of one cell stands between blank rows.
fn is_alone(rows: &[Vec<Passage>], at: usize) -> bool {
    let blank = |at: usize| rows.get(at).is_none_or(|row| row.iter().all(Passage::is_empty));
    rows.get(at).is_some_and(|row| lone(row).is_some()) && at.checked_sub(1).is_none_or(blank)
}
