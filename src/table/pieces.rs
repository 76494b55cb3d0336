//! Cuts a table that runs over pages into pieces, one for each page. Each piece names the one that it continues.

use crate::model::ids::TableIdx;
use crate::model::table::{Cell, FoundTable, LostBlanks, Table};
use crate::model::text::Line;
use std::ops::Range;

/// Cuts every table where its rows go on on another page.
pub(super) fn cut(lines: &[Line], found: Vec<FoundTable>) -> Vec<FoundTable> {
    let mut pieces: Vec<FoundTable> = Vec::new();
    for one in found {
        let cuts = cuts(&one.table);
        if cuts.is_empty() {
            pieces.push(one);
            continue;
        }
        let heads = heads(&one.table, 0);
        let bounds: Vec<usize> = std::iter::once(0).chain(cuts).chain([one.table.rows]).collect();
        let mut cells = one.table.cells.iter().peekable();
        let mut start = one.lines.start;
        for (at, pair) in bounds.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            let mut taken = Vec::new();
            while let Some(cell) = cells.next_if(|c| c.row() < *to) {
                taken.push(cell.clone());
            }
            // Lines are numbered in order, so the next piece's first line is found by its number.
            let index = |c: &&Cell| lines.partition_point(|l| l.number < c.passage.whole().line);
            let end = cells.peek().map_or(one.lines.end, |c| index(c).clamp(start + 1, one.lines.end));
            let mut table = piece(&one.table, taken, *from..*to);
            if at > 0 {
                table.header_rows = if heads == self::heads(&table, one.table.header_rows) {
                    one.table.header_rows
                } else {
                    0
                };
                table.continues = TableIdx::from(pieces.len()).minus(1);
                table.title = None;
                table.notes = Vec::new();
                let rows = table.header_rows;
                let cols = table.header_cols;
                table.cells.iter_mut().for_each(|c| c.header = c.row() < rows || c.col() < cols);
            }
            let interleaved = one.interleaved.iter().copied().filter(|l| (start..end).contains(l)).collect();
            pieces.push(FoundTable { table, lines: start..end, interleaved });
            start = end;
        }
    }
    pieces
}

/// The rows that begin on another page than the row before them.
fn cuts(table: &Table) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut last: Option<(usize, u32)> = None;
    for cell in &table.cells {
        if last.is_some_and(|(row, _)| row == cell.row()) {
            continue;
        }
        let page = cell.passage.whole().page;
        if last.is_some_and(|(_, before)| before < page) && cell.row() >= table.header_rows {
            cuts.push(cell.row());
        }
        last = Some((cell.row(), page));
    }
    cuts
}

/// The text of the first rows without spaces: of `rows` rows, or of the table's own heads.
fn heads(table: &Table, rows: usize) -> String {
    let rows = if rows == 0 { table.header_rows } else { rows };
    let cells = table.cells.iter().take_while(|c| c.row() < rows).map(|c| c.passage.text.as_str());
    cells.collect::<String>().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn piece(table: &Table, mut cells: Vec<Cell>, rows: Range<usize>) -> Table {
    cells.iter_mut().for_each(|c| c.move_to(c.row() - rows.start));
    let inside = |row: &usize| rows.contains(row);
    let lost = |l: &LostBlanks| LostBlanks { row: l.row - rows.start, ..l.clone() };
    let mut places = cells.iter().map(|c| c.passage.whole());
    let place = places.next().map_or(table.place, |first| places.fold(first, |a, b| a.to(b)));
    Table {
        title: table.title.clone(),
        notes: table.notes.clone(),
        form: table.form,
        reasons: table.reasons.clone(),
        rows: rows.len(),
        cols: table.cols,
        header_rows: table.header_rows,
        header_cols: table.header_cols,
        total_rows: table.total_rows.iter().copied().filter(inside).map(|r| r - rows.start).collect(),
        total_cols: table.total_cols.clone(),
        cells,
        tallest: table.tallest,
        lost_blanks: table.lost_blanks.iter().filter(|l| inside(&l.row)).map(lost).collect(),
        place,
        continues: None,
    }
}
