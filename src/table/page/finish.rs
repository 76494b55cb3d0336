//! Finishes a table of a page once its cells stand in lines.

use super::DrawnTable;
use crate::model::table::{Reach, Table};
use crate::model::text::Passage;
use crate::table::draft::Draft;

/// The finished table. Each cell is given as row, column, rows and columns spanned, and text.
pub fn of_drawn(table: &DrawnTable, cells: Vec<(usize, usize, usize, usize, Passage)>) -> Option<Table> {
    let mut draft =
        Draft { rows: vec![vec![Passage::default(); table.cols]; table.rows], ..Draft::default() };
    draft.header_rows = table.header_rows;
    for (row, col, row_span, col_span, passage) in cells {
        if row_span > 1 || col_span > 1 {
            draft.reaches.push(Reach { row, col, row_span, col_span });
        }
        if let Some(slot) = draft.rows.get_mut(row).and_then(|r| r.get_mut(col)) {
            slot.append(&passage);
        }
    }
    Some(Table { reasons: table.reasons.clone(), ..draft.finish(table.form)? })
}
