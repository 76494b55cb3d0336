//! Makes rows of cells of bands of printed lines.

use super::bands::has_figures;
use super::grid::{Column, GridCell, Region};
use super::heads::heads;
use super::pieces::{Class, Piece, Row, area, chunks, row_runs, rows};
use super::rows::{column_of, group, is_several};
use super::settings::SETTINGS;
use std::ops::Range;

/// A grid that is being made.
pub(crate) struct Maker<'a> {
    pub pieces: &'a [Piece],
    pub region: &'a Region,
    pub columns: &'a [Column],
    pub cells: Vec<GridCell>,
    pub rows: usize,
    /// The rows of the grid that each band became.
    pub band_rows: Vec<Range<usize>>,
}

impl<'a> Maker<'a> {
    pub fn new(pieces: &'a [Piece], region: &'a Region, columns: &'a [Column]) -> Maker<'a> {
        Maker { pieces, region, columns, cells: Vec::new(), rows: 0, band_rows: Vec::new() }
    }

    /// Makes the rows of all bands, of which the first are heads. Returns the number of rows that are heads.
    pub fn fill(&mut self, bands: &[Vec<Row>], head_bands: usize) -> usize {
        let mut header_rows = 0;
        for (band, lines) in bands.iter().enumerate() {
            let start = self.rows;
            if band < head_bands {
                if self.needs_heads(band, lines) {
                    self.head_band(lines);
                } else {
                    self.plain_band(lines);
                }
                header_rows = self.rows;
            } else {
                // A band without a line under its heads has them above its first figures.
                let loose = if band == 0 { self.loose_heads(lines) } else { 0 };
                if loose > 0 {
                    self.head_band(lines.get(..loose).unwrap_or_default());
                    header_rows = self.rows;
                }
                self.body_band(lines.get(loose..).unwrap_or_default());
            }
            self.band_rows.push(start..self.rows);
        }
        header_rows
    }

    /// Whether the heads of a band have to be told from their positions, because one of its drawn cells holds several
    /// columns.
    fn needs_heads(&self, band: usize, lines: &[Row]) -> bool {
        let boxes = self.region.boxes.iter().filter(|b| (b.row..b.row_end).contains(&band));
        for drawn in boxes {
            let inner = self.columns.iter().filter(|c| (drawn.col..drawn.col_end).contains(&c.drawn)).count();
            let drawn_cols = drawn.col_end - drawn.col;
            if inner > 1 && (inner > drawn_cols || self.region.xs.len() <= 2) {
                return true;
            }
            // A drawn cell over several columns holds one head. Several runs on its line are several heads.
            if inner > 1 {
                let (x0, x1) = (self.region.xs.get(drawn.col), self.region.xs.get(drawn.col_end));
                let (Some(x0), Some(x1)) = (x0, x1) else { continue };
                let split = lines.iter().any(|row| {
                    let inside = chunks(self.pieces, row, 1.4);
                    inside.iter().filter(|c| c.area.mid_x() > *x0 && c.area.mid_x() < *x1).count() > 1
                });
                if split {
                    return true;
                }
            }
        }
        false
    }

    fn head_band(&mut self, lines: &[Row]) {
        let (cells, count) = heads(self.pieces, lines, self.columns, &self.region.underlines);
        let start = self.rows;
        self.cells.extend(cells.into_iter().map(|c| GridCell { row: c.row + start, ..c }));
        self.rows += count;
    }

    /// Adds a band that is one row, because its cells are drawn.
    fn plain_band(&mut self, lines: &[Row]) {
        let row: Vec<usize> = lines.iter().flat_map(|r| r.members.iter().copied()).collect();
        self.row(&row);
    }

    /// How many lines at the top of a band are heads, where no line shows it.
    fn loose_heads(&self, lines: &[Row]) -> usize {
        let first = lines.iter().position(|r| has_figures(self.pieces, r, self.columns));
        let Some(first) = first else {
            let several = lines.first().is_some_and(|r| row_runs(self.pieces, r).len() >= 2);
            return usize::from(several && lines.len() > 2);
        };
        // A label alone right above the first figures is a heading within the body.
        let label = |row: &Row| {
            row.members.iter().filter_map(|i| self.pieces.get(*i)).all(|p| column_of(p, self.columns) == 0)
        };
        let labels = lines.get(1..first).unwrap_or_default().iter().rev().take_while(|r| label(r)).count();
        first - labels
    }

    fn body_band(&mut self, lines: &[Row]) {
        if lines.is_empty() {
            return;
        }
        let drawn = self.region.xs.len() > 2;
        let gridded = drawn && self.region.ys.len() > 3 || self.region.ys.len() > 5;
        let several = if gridded {
            is_several(self.pieces, lines, self.columns)
        } else {
            lines.len() > 1
                && (!drawn
                    || is_several(self.pieces, lines, self.columns)
                    || self.region.ys.len() <= 3 && lines.len() > 6)
        };
        if !several {
            let row: Vec<usize> = lines.iter().flat_map(|r| r.members.iter().copied()).collect();
            return self.row(&row);
        }
        for group in group(self.pieces, lines, self.columns) {
            let row: Vec<usize> =
                group.iter().filter_map(|i| lines.get(*i)).flat_map(|r| r.members.iter().copied()).collect();
            self.row(&row);
        }
    }

    /// Adds one row with a cell for each column that has words. Runs that no gutter separates span columns.
    fn row(&mut self, members: &[usize]) {
        let row = self.rows;
        self.rows += 1;
        let mut by_column: Vec<Vec<usize>> = vec![Vec::new(); self.columns.len()];
        let mut spans: Vec<(usize, usize, Vec<usize>)> = Vec::new();
        for line in rows(self.pieces, members.iter().copied()) {
            for run in chunks(self.pieces, &line, SETTINGS.close_run_gap) {
                let (first, last) = self.over(run.members);
                if last > first && self.is_whole(run.members, first, last) {
                    match spans.iter_mut().find(|s| s.0 <= last && first <= s.1) {
                        Some(span) => {
                            (span.0, span.1) = (span.0.min(first), span.1.max(last));
                            span.2.extend(run.members);
                        }
                        None => spans.push((first, last, run.members.to_vec())),
                    }
                    continue;
                }
                for index in run.members {
                    let Some(piece) = self.pieces.get(*index) else { continue };
                    if let Some(cell) = by_column.get_mut(column_of(piece, self.columns)) {
                        cell.push(*index);
                    }
                }
            }
        }
        let lone = spans.len() == 1 && by_column.iter().all(Vec::is_empty);
        for (first, last, members) in spans {
            let (first, last) = if lone { self.centred(&members, first, last) } else { (first, last) };
            let mut members = members;
            for cell in by_column.get_mut(first..=last).into_iter().flatten() {
                members.append(cell);
            }
            self.cells.push(GridCell { row, col: first, row_span: 1, col_span: last - first + 1, members });
        }
        for (col, members) in by_column.into_iter().enumerate().filter(|(_, m)| !m.is_empty()) {
            self.cells.push(GridCell { row, col, row_span: 1, col_span: 1, members });
        }
    }

    /// The columns that a run of words touches.
    fn over(&self, members: &[usize]) -> (usize, usize) {
        let columns = members.iter().filter_map(|i| self.pieces.get(*i)).map(|p| column_of(p, self.columns));
        (columns.clone().min().unwrap_or(0), columns.max().unwrap_or(0))
    }

    /// Whether a run that touches several columns is one text: no drawn line crosses it, and either one of its words
    /// stands in a gutter or its words are no further apart than words usually are.
    fn is_whole(&self, members: &[usize], first: usize, last: usize) -> bool {
        let drawn = |c: usize| self.columns.get(c).map(|c| c.drawn);
        let lines = drawn(first) != drawn(last);
        let pieces: Vec<&Piece> =
            members.iter().filter_map(|i| self.pieces.get(*i)).filter(|p| p.class != Class::Leader).collect();
        if pieces.iter().all(|p| p.is_value() || p.class == Class::Affix) {
            return false;
        }
        if lines {
            // Where lines are drawn, they show whether one cell reaches across.
            let Some(area) = area(self.pieces, members) else { return false };
            return self.region.box_at(area.mid_x(), area.mid_y()).is_some_and(|b| {
                drawn(first).is_some_and(|d| b.col <= d) && drawn(last).is_some_and(|d| d < b.col_end)
            });
        }
        // The words of a label may run into an empty column.
        let widest = pieces.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((b.area.x0 - a.area.x1) / a.size.max(b.size)),
            _ => None,
        });
        let crossing = |at: f32| pieces.iter().any(|p| p.area.x0 < at - 0.5 && at + 0.5 < p.area.x1);
        let crossed = (first..last).any(|c| self.columns.get(c).is_some_and(|c| crossing(c.to)));
        let limit = if pieces.iter().any(|p| p.fixed_pitch) {
            SETTINGS.fixed_word_gap
        } else {
            SETTINGS.head_gap_at_gutter
        };
        crossed
            || widest.fold(0.0, f32::max) < limit
                && pieces.iter().filter(|p| p.is_value()).count() * 2 < pieces.len()
    }

    /// A text alone in its row, in the middle of several columns, stands over all of them.
    fn centred(&self, members: &[usize], first: usize, last: usize) -> (usize, usize) {
        let Some(area) = area(self.pieces, members) else { return (first, last) };
        let mut best = (first, last, f32::MAX);
        for a in 0..=first {
            for b in last..self.columns.len() {
                let (Some(from), Some(to)) = (self.columns.get(a), self.columns.get(b)) else { continue };
                let off = ((from.ink.0 + to.ink.1) / 2.0 - area.mid_x()).abs();
                let off = if a == first && b == last { off - 4.0 } else { off };
                if off < best.2 {
                    best = (a, b, off);
                }
            }
        }
        (best.0, best.1)
    }
}
