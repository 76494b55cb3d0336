//! Joins heads to the rows below that they are drawn apart from. A filled or ruled head over rows without lines is
//! one table with them.

use super::DrawnTable;
use super::settings::SETTINGS;
use crate::layout::printed::Printed;
use crate::model::geometry::{Rect, cover};

/// Joins tables that stand right above each other in the same columns, where the upper one has heads and the lower
/// one has none. `tables` are ordered from top to bottom.
pub(crate) fn stack(page: &Printed, tables: Vec<DrawnTable>) -> Vec<DrawnTable> {
    let mut stacked: Vec<DrawnTable> = Vec::with_capacity(tables.len());
    for table in tables {
        match stacked.iter_mut().rev().find(|above| belongs(page, above, &table)) {
            Some(above) => append(above, table),
            None => stacked.push(table),
        }
    }
    stacked
}

fn belongs(page: &Printed, above: &DrawnTable, below: &DrawnTable) -> bool {
    let headed = above.header_rows.is_some_and(|rows| rows > 0);
    let bare = below.header_rows.is_none_or(|rows| rows == 0);
    let pitch = below.area.height() / below.rows.max(1) as f32;
    let gap = below.area.y0 - above.area.y1;
    headed
        && bare
        && above.rows <= SETTINGS.max_head_rows
        && above.cols == below.cols
        && gap > -2.0
        && gap < SETTINGS.max_stack_gap * pitch
        && in_line(page, above, below)
}

/// Whether the columns of two tables stand below each other.
fn in_line(page: &Printed, above: &DrawnTable, below: &DrawnTable) -> bool {
    let (upper, lower) = (columns(page, above), columns(page, below));
    let known = upper.iter().zip(&lower).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
    let shared = known.clone().filter(|(a, b)| a.share_x(*b) > 0.0).count();
    let astray = known.clone().enumerate().any(|(col, (a, _))| {
        let others = lower.iter().enumerate().filter(|(other, _)| *other != col).filter_map(|(_, b)| *b);
        others.into_iter().any(|b| (b.mid_x() - a.mid_x()).abs() < 1.0)
    });
    shared >= 2 && shared == known.count() && !astray
}

/// Where the cells of each column stand. Cells that span several columns are left out.
fn columns(page: &Printed, table: &DrawnTable) -> Vec<Option<Rect>> {
    let area = |col: usize| {
        let own = table.cells.iter().filter(|c| c.col == col && c.col_span == 1);
        let words = own.flat_map(|c| c.lines.iter().flatten()).filter_map(|w| page.words.get(*w));
        cover(words.map(|w| w.area))
    };
    (0..table.cols).map(area).collect()
}

fn append(above: &mut DrawnTable, below: DrawnTable) {
    let rows = above.rows;
    above.cells.extend(below.cells.into_iter().map(|mut cell| {
        cell.row += rows;
        cell
    }));
    above.contradictions.extend(below.contradictions.into_iter().map(|mut found| {
        found.cell = found.cell.map(|(row, col)| (row + rows, col));
        found
    }));
    above.rows += below.rows;
    above.area = above.area.union(below.area);
    above.form = below.form;
    above.reasons.extend(below.reasons);
    above.reasons.sort_unstable();
    above.reasons.dedup();
    above.reasons.push("its head stands over its body's columns");
}
