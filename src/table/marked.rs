//! Makes tables of files that say themselves what their cells are. Their rows are lines with tabs between the cells.

use super::draft::Draft;
use super::sheet::cells;
use super::text::{dress, find};
use crate::model::diagnostic::Diagnostic;
use crate::model::table::{Form, FoundTable, Marked};
use crate::model::text::{Line, Passage};
use std::ops::Range;

/// The tables of a document with their titles and notes: those that its file marks, and those that are found in lines
/// that are `printed` like plain text. What looked like a table there and could not be read is among the diagnostics.
pub fn of_marked(
    lines: &[Line],
    marked: Vec<Marked>,
    printed: &[Range<usize>],
) -> (Vec<FoundTable>, Vec<Diagnostic>) {
    let mut found: Vec<FoundTable> = marked.into_iter().filter_map(|one| table(lines, one)).collect();
    let mut diagnostics = Vec::new();
    for stretch in printed {
        let (tables, told) = find(lines.get(stretch.clone()).unwrap_or_default());
        found.extend(tables.into_iter().map(|one| one.moved(stretch.start)));
        diagnostics.extend(told);
    }
    found.sort_by_key(|one| one.lines.start);
    dress(lines, &mut found);
    (found, diagnostics)
}

fn table(lines: &[Line], marked: Marked) -> Option<FoundTable> {
    let Marked { rows, caption, header_rows, header_cols, reaches, form } = marked;
    let grid = lines.get(rows.clone())?.iter().map(cells).collect();
    let mut table =
        Draft { rows: grid, header_rows, header_cols, reaches, ..Draft::default() }.finish(form)?;
    let title = caption.and_then(|at| lines.get(at)).map(|line| Passage::of(line, 0..line.text.len()));
    table.title = title.filter(|title| !title.is_empty());
    if form == Form::Chart {
        table.reasons.push("a chart is drawn from it");
    }
    let lines = caption.map_or(rows.start, |at| at.min(rows.start))..rows.end;
    Some(FoundTable { table, lines, interleaved: Vec::new() })
}
