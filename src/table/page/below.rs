//! Adds rows to heads that are drawn without any, where too few lines stand below to be found as a table by
//! themselves: a table may go on for only a row or two on the next page.

use super::grid::{Grid, GridCell, Region};
use super::lattice::DrawnBox;
use super::pieces::{Chunk, Piece, Row, row_runs, rows};
use super::settings::SETTINGS;
use super::{grid, judge};
use crate::model::geometry::Rect;
use crate::model::table::Form;

/// An area that may be heads with nothing below them.
pub(crate) struct BareHeads {
    pub region: Region,
    pub form: Form,
    /// The pieces that stand in them.
    pub members: Vec<usize>,
    pub rows: usize,
    pub cols: usize,
}

/// Whether a grid may be heads alone: it has few rows, and no figures other than years.
pub(crate) fn is_bare(pieces: &[Piece], grid: &Grid) -> bool {
    let figure = |cell: &GridCell| {
        let words = || cell.members.iter().filter_map(|i| pieces.get(*i));
        words().all(Piece::is_value) && words().any(|p| p.is_figure())
    };
    grid.rows <= SETTINGS.max_head_rows && !grid.cells.iter().any(figure)
}

/// Makes one grid of some heads and the lines right below them. Returns it with the reasons to believe in it, the
/// pieces of the lines, and the whole region. `None` where the lines do not stand in the columns of the heads.
pub(crate) fn with_body(pieces: &[Piece], free: &[usize], heads: &BareHeads) -> Option<Bodied> {
    let lines = body(pieces, free, heads.region.area);
    let bottom = lines.iter().map(|row| row.area.y1).reduce(f32::max)?;
    let region = extended(&heads.region, bottom);
    let body: Vec<usize> = lines.iter().flat_map(|row| row.members.iter().copied()).collect();
    let all: Vec<usize> = heads.members.iter().chain(&body).copied().collect();
    let (grid, reasons) = judge::judge(pieces, grid::build(pieces, &all, &region)?, heads.form, false)?;
    let in_columns = |row: usize| {
        let cells = || grid.cells.iter().filter(|c| c.row == row);
        cells().count() >= 2 && cells().all(|c| c.col_span == 1 && c.row_span == 1)
    };
    let sound = grid.cols == heads.cols
        && grid.rows == heads.rows + lines.len()
        && (heads.rows..grid.rows).all(in_columns);
    let grid = Grid { header_rows: Some(heads.rows), ..grid };
    sound.then_some(Bodied { grid, reasons, members: all, region })
}

/// Heads with the rows that were found below them.
pub(crate) struct Bodied {
    pub grid: Grid,
    pub reasons: Vec<&'static str>,
    pub members: Vec<usize>,
    pub region: Region,
}

/// The lines close below an area, and between its sides, that have a figure beside another run.
fn body(pieces: &[Piece], free: &[usize], area: Rect) -> Vec<Row> {
    let below = |i: &usize| {
        let piece = pieces.get(*i).filter(|p| !p.turned);
        piece.is_some_and(|p| p.area.mid_y() > area.y1 && p.area.x1 > area.x0 && p.area.x0 < area.x1)
    };
    let figure = |run: &Chunk| run.members.iter().filter_map(|i| pieces.get(*i)).all(Piece::is_value);
    let mut end = area.y1;
    let mut lines = rows(pieces, free.iter().copied().filter(below));
    let fits = |row: &Row| {
        let near = row.area.y0 - end < SETTINGS.max_body_gap * row.size;
        let within = row.area.x0 > area.x0 - 2.0 && row.area.x1 < area.x1 + 2.0;
        end = row.area.y1;
        near && within && row_runs(pieces, row).iter().skip(1).any(figure)
    };
    let count = lines.iter().map(fits).take_while(|fits| *fits).count();
    lines.truncate(count);
    lines
}

/// A region with one more band below, in the same columns.
fn extended(region: &Region, bottom: f32) -> Region {
    let mut region = region.clone();
    let row = region.ys.len().saturating_sub(1);
    region.ys.push(bottom);
    region.area.y1 = bottom;
    let cols = region.xs.len().saturating_sub(1);
    region.boxes.extend((0..cols).map(|col| DrawnBox { col, col_end: col + 1, row, row_end: row + 1 }));
    region
}
