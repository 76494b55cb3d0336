//! Finds what spans columns and rows: cells that are drawn so, and heads that stand in the middle of several columns.

use super::grid::GridCell;
use super::maker::Maker;
use super::pieces::{Piece, area as area_of};
use super::settings::SETTINGS;

impl Maker<'_> {
    /// Puts what stands in a cell that is drawn over several columns or rows into one cell.
    pub fn boxed(&mut self) {
        if self.region.xs.len() <= 2 {
            return;
        }
        for drawn in &self.region.boxes {
            let cols: Vec<usize> = (0..self.columns.len())
                .filter(|c| {
                    self.columns.get(*c).is_some_and(|c| (drawn.col..drawn.col_end).contains(&c.drawn))
                })
                .collect();
            let (Some(first), Some(last)) = (cols.first().copied(), cols.last().copied()) else { continue };
            let bands = self.band_rows.get(drawn.row..drawn.row_end).unwrap_or_default();
            let (Some(top), Some(bottom)) = (bands.first().map(|b| b.start), bands.last().map(|b| b.end))
            else {
                continue;
            };
            let tall = drawn.row_end - drawn.row > 1;
            let wide = drawn.col_end - drawn.col > 1;
            if !tall && !wide || bottom <= top {
                continue;
            }
            let inside = |c: &GridCell| {
                (top..bottom).contains(&c.row) && first <= c.col && c.col + c.col_span <= last + 1
            };
            let (mine, rest): (Vec<GridCell>, Vec<GridCell>) =
                std::mem::take(&mut self.cells).into_iter().partition(inside);
            self.cells = rest;
            if mine.is_empty() {
                continue;
            }
            if !tall {
                // In each of its rows, a wide cell is one cell, unless the runs in that row keep to their columns.
                for row in top..bottom {
                    let own: Vec<GridCell> = mine.iter().filter(|c| c.row == row).cloned().collect();
                    let apart = own.iter().any(|a| own.iter().any(|b| a.col != b.col && self.far(a, b)));
                    if apart || own.is_empty() {
                        self.cells.extend(own);
                    } else {
                        let members = own.into_iter().flat_map(|c| c.members).collect();
                        self.cells.push(GridCell {
                            row,
                            col: first,
                            row_span: 1,
                            col_span: last - first + 1,
                            members,
                        });
                    }
                }
                continue;
            }
            // Several runs that keep to their columns are cells between which no line is drawn. So are lines that
            // each stand beside a row of their own.
            let level = mine.len() >= 3
                && mine.len() == bottom - top
                && mine.iter().filter(|c| self.is_level(c)).count() * 10 >= mine.len() * 8;
            let side_by_side =
                mine.iter().any(|a| mine.iter().any(|b| a.row == b.row && a.col != b.col && self.far(a, b)));
            let mut stacked: Vec<usize> = mine
                .iter()
                .filter(|c| c.members.iter().filter_map(|i| self.pieces.get(*i)).any(Piece::is_value))
                .map(|c| c.row)
                .collect();
            stacked.dedup();
            if side_by_side || level || stacked.len() > 1 {
                self.cells.extend(mine);
                continue;
            }
            let members = mine.into_iter().flat_map(|c| c.members).collect();
            self.cells.push(GridCell {
                row: top,
                col: first,
                row_span: bottom - top,
                col_span: last - first + 1,
                members,
            });
        }
    }

    /// Lets heads reach over several drawn columns, where they stand in the middle of these, nothing else stands
    /// beside them, and other heads stand below.
    pub fn stretch(&mut self, header_rows: usize) {
        if self.region.xs.len() <= 2 || header_rows < 2 {
            return;
        }
        let taken: Vec<(usize, usize, usize, usize)> =
            self.cells.iter().map(|c| (c.row, c.row + c.row_span, c.col, c.col + c.col_span)).collect();
        let empty = |row: usize, col: usize| {
            !taken.iter().any(|t| (t.0..t.1).contains(&row) && (t.2..t.3).contains(&col))
        };
        for cell in
            self.cells.iter_mut().filter(|c| c.row + 1 < header_rows && c.row_span == 1 && c.col_span == 1)
        {
            let Some(area) = area_of(self.pieces, &cell.members) else { continue };
            let first =
                (0..cell.col).rev().take_while(|c| *c > 0 && empty(cell.row, *c)).last().unwrap_or(cell.col);
            let last = (cell.col + 1..self.columns.len())
                .take_while(|c| empty(cell.row, *c))
                .last()
                .unwrap_or(cell.col);
            let off = |a: usize, b: usize| match (self.columns.get(a), self.columns.get(b)) {
                (Some(a), Some(b)) => ((a.from + b.to) / 2.0 - area.mid_x()).abs(),
                _ => f32::MAX,
            };
            let mut best = (cell.col, cell.col, off(cell.col, cell.col) - 2.5);
            for a in first..=cell.col {
                for b in cell.col..=last {
                    if off(a, b) < best.2.min(SETTINGS.max_box_offset) {
                        best = (a, b, off(a, b));
                    }
                }
            }
            (cell.col, cell.col_span) = (best.0, best.1 - best.0 + 1);
        }
    }

    /// Whether a cell of one line stands on the same line as another cell of its row.
    fn is_level(&self, cell: &GridCell) -> bool {
        let base = |c: &GridCell| {
            c.members.iter().filter_map(|i| self.pieces.get(*i)).map(|p| p.base).reduce(f32::max)
        };
        let Some(own) = base(cell) else { return false };
        self.cells.iter().filter(|c| c.row == cell.row).filter_map(base).any(|b| (b - own).abs() < 1.5)
    }

    /// Whether the gap between two cells of a row is wider than one between words.
    fn far(&self, a: &GridCell, b: &GridCell) -> bool {
        let area = |c: &GridCell| area_of(self.pieces, &c.members);
        let (Some(one), Some(two)) = (area(a), area(b)) else { return false };
        let size = a.members.first().and_then(|i| self.pieces.get(*i)).map_or(10.0, |p| p.size);
        let gap = (two.x0 - one.x1).max(one.x0 - two.x1);
        gap > SETTINGS.min_far * size
    }
}
