//! Makes a grid of cells of a region: its columns, its rows, its heads, and what spans what.

use super::bands::{bands, head_bands};
use super::columns::columns;
use super::edges::Edge;
use super::lattice::DrawnBox;
use super::maker::Maker;
use super::pieces::{Piece, rows};
use crate::model::geometry::Rect;

/// A part of a page that may be a table.
#[derive(Clone, Debug)]
pub(crate) struct Region {
    pub area: Rect,
    /// The positions of the upright lines and of both sides.
    pub xs: Vec<f32>,
    /// The positions of the level lines and of the top and bottom.
    pub ys: Vec<f32>,
    /// The drawn cells. Where no upright line is drawn, it is one for each band.
    pub boxes: Vec<DrawnBox>,
    /// Level lines that do not cross the whole region, as they stand under heads and above totals.
    pub underlines: Vec<Edge>,
    /// Whether a caption that calls it a table stands right above.
    pub captioned: bool,
}

impl Region {
    /// The drawn cell at a point.
    pub fn box_at(&self, x: f32, y: f32) -> Option<DrawnBox> {
        let col = self.xs.partition_point(|at| *at <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|at| *at <= y).checked_sub(1)?;
        self.boxes
            .iter()
            .find(|b| (b.col..b.col_end).contains(&col) && (b.row..b.row_end).contains(&row))
            .copied()
    }
}

/// A column: where it begins and ends, and where its figures and words stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Column {
    pub from: f32,
    pub to: f32,
    pub ink: (f32, f32),
    /// The number of the column between drawn lines that it is a part of.
    pub drawn: usize,
}

impl Column {
    pub fn mid(&self) -> f32 {
        (self.ink.0 + self.ink.1) / 2.0
    }

    /// How wide its figures and words stand.
    pub fn ink_width(&self) -> f32 {
        self.ink.1 - self.ink.0
    }

    /// How much of its figures' and words' width an area covers; negative for the distance to them.
    pub fn shared(&self, area: Rect) -> f32 {
        area.x1.min(self.ink.1) - area.x0.max(self.ink.0)
    }
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GridCell {
    pub row: usize,
    pub col: usize,
    pub row_span: usize,
    pub col_span: usize,
    /// Indices into the pieces.
    pub members: Vec<usize>,
}

/// A table as a grid.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub rows: usize,
    pub cols: usize,
    /// How many rows at the top are heads, where the drawing shows it.
    pub header_rows: Option<usize>,
    pub cells: Vec<GridCell>,
}

/// Builds the grid of a region from the pieces that stand in it.
pub(crate) fn build(pieces: &[Piece], members: &[usize], region: &Region) -> Option<Grid> {
    let lines = rows(pieces, members.iter().copied());
    let columns = columns(pieces, &lines, region);
    if columns.is_empty() {
        return None;
    }
    let bands = bands(pieces, members, region);
    let head_bands = head_bands(pieces, &bands, &columns, region);
    let mut maker = Maker::new(pieces, region, &columns);
    let header_rows = maker.fill(&bands, head_bands);
    maker.boxed();
    maker.stretch(header_rows);
    let grid = Grid {
        rows: maker.rows,
        cols: columns.len(),
        header_rows: (header_rows > 0).then_some(header_rows),
        cells: maker.cells,
    };
    Some(compact(grid))
}

/// Removes rows and columns that are empty, and puts the cells in order.
fn compact(grid: Grid) -> Grid {
    let mut used_rows = vec![false; grid.rows];
    let mut used_cols = vec![false; grid.cols];
    for cell in &grid.cells {
        if let Some(used) = used_rows.get_mut(cell.row) {
            *used = true;
        }
        if let Some(used) = used_cols.get_mut(cell.col) {
            *used = true;
        }
    }
    let place = |used: &[bool], at: usize| used.iter().take(at).filter(|u| **u).count();
    let span = |used: &[bool], at: usize, span: usize| {
        used.iter().skip(at).take(span).filter(|u| **u).count().max(1)
    };
    let mut cells: Vec<GridCell> = grid
        .cells
        .into_iter()
        .map(|c| GridCell {
            row: place(&used_rows, c.row),
            col: place(&used_cols, c.col),
            row_span: span(&used_rows, c.row, c.row_span),
            col_span: span(&used_cols, c.col, c.col_span),
            members: c.members,
        })
        .collect();
    cells.sort_by_key(|c| (c.row, c.col));
    Grid {
        rows: used_rows.iter().filter(|u| **u).count(),
        cols: used_cols.iter().filter(|u| **u).count(),
        header_rows: grid.header_rows.map(|h| place(&used_rows, h)),
        cells,
    }
}
