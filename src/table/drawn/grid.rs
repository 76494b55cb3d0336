//! A region of a page → a grid of cells: its columns, its rows, its heads, and what spans what.

use super::columns::{gutters, telling, values};
use super::edges::Edge;
use super::heads::heads;
use super::lattice::DrawnBox;
use super::pieces::{Class, Piece, Row, chunks, rows};
use super::rows::{column_of, group, is_several};
use crate::page::geometry::Rect;

/// Where a table may be.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub area: Rect,
    /// Upright lines, with both sides.
    pub xs: Vec<f32>,
    /// Level lines, with top and bottom.
    pub ys: Vec<f32>,
    /// Drawn cells; one for each band where no upright line is drawn.
    pub boxes: Vec<DrawnBox>,
    /// Level lines that do not cross the whole region: under heads, above totals.
    pub underlines: Vec<Edge>,
}

/// A column: from where to where it is one, and where its figures and words stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub from: f32,
    pub to: f32,
    pub ink: (f32, f32),
    /// The column between drawn lines that it is part of.
    pub drawn: usize,
}

impl Column {
    pub fn mid(&self) -> f32 {
        (self.ink.0 + self.ink.1) / 2.0
    }
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct GridCell {
    pub row: usize,
    pub col: usize,
    pub row_span: usize,
    pub col_span: usize,
    /// Indices into the pieces.
    pub members: Vec<usize>,
}

/// A table as a grid.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub rows: usize,
    pub cols: usize,
    /// Rows at the top that are heads, where the drawing tells.
    pub header_rows: Option<usize>,
    pub cells: Vec<GridCell>,
}

/// Builds the grid of a region from the pieces that stand in it.
pub(super) fn build(pieces: &[Piece], members: &[usize], region: &Region) -> Option<Grid> {
    let lines = rows(pieces, members.iter().copied());
    let columns = columns(pieces, &lines, region);
    if columns.is_empty() {
        return None;
    }
    let bands = bands(pieces, members, region);
    let head_bands = head_bands(pieces, &bands, &columns, region);
    let mut maker =
        Maker { pieces, region, columns: &columns, cells: Vec::new(), rows: 0, band_rows: Vec::new() };
    let mut header_rows = 0;
    let mut first_body = true;
    for (band, lines) in bands.iter().enumerate() {
        let start = maker.rows;
        if band < head_bands && maker.needs_heads(band, lines) {
            maker.head_band(lines);
        } else if band < head_bands {
            maker.plain_band(lines);
        } else {
            // A band without a line under its heads has them above its first figures.
            let loose = if first_body && head_bands == 0 { maker.loose_heads(lines) } else { 0 };
            first_body = false;
            if loose > 0 {
                maker.head_band(lines.get(..loose).unwrap_or_default());
                header_rows = maker.rows;
            }
            maker.body_band(band, lines.get(loose..).unwrap_or_default());
        }
        maker.band_rows.push(start..maker.rows);
        if band < head_bands {
            header_rows = maker.rows;
        }
    }
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

/// The columns: between upright lines, and parted further by gutters where a drawn column holds several.
fn columns(pieces: &[Piece], lines: &[Row], region: &Region) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let drawn = region.xs.len().saturating_sub(1);
    let told = telling(pieces, lines);
    let told: Vec<&Row> = told.iter().filter_map(|r| lines.get(*r)).collect();
    for (index, pair) in region.xs.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        let found = if drawn <= 1 {
            gutters(pieces, &told, *left, *right)
        } else {
            inner_gutters(pieces, lines, region, index, *left, *right)
        };
        let mut from = *left;
        for gutter in found {
            columns.push(Column { from, to: gutter.mid(), ink: (from, gutter.mid()), drawn: index });
            from = gutter.mid();
        }
        columns.push(Column { from, to: *right, ink: (from, *right), drawn: index });
    }
    merge_affixes(pieces, &told, &mut columns);
    ink(pieces, lines, &mut columns);
    columns
}

/// Gutters within a drawn column: only where numbers stand beside numbers, or where few lines are drawn at all.
fn inner_gutters(
    pieces: &[Piece],
    lines: &[Row],
    region: &Region,
    drawn: usize,
    from: f32,
    to: f32,
) -> Vec<super::columns::Gutter> {
    let single = |p: &Piece| {
        let (x, y) = (p.area.mid_x(), p.area.mid_y());
        x > from && x < to && box_at(region, x, y).is_none_or(|b| b.col_end - b.col == 1)
    };
    let inner: Vec<Row> = lines
        .iter()
        .filter_map(|row| {
            let members: Vec<usize> =
                row.members.iter().copied().filter(|i| pieces.get(*i).is_some_and(single)).collect();
            let area = super::pieces::area(pieces, &members)?;
            Some(Row { members, area, base: row.base, size: row.size })
        })
        .collect();
    let _ = drawn;
    // Lines of at least two values: the column holds several columns of figures.
    let doubled = |row: &&Row| {
        let values = row.members.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.is_value()).count();
        values >= 2
    };
    let several: Vec<&Row> = inner.iter().filter(doubled).collect();
    let valued =
        inner.iter().filter(|r| r.members.iter().filter_map(|i| pieces.get(*i)).any(Piece::is_value)).count();
    if several.len() < 2 || several.len() * 10 < valued * 5 {
        // A label and one number, line by line, in a column with few lines: "label | number".
        let rows = region.ys.len().saturating_sub(1);
        let labelled: Vec<&Row> = inner.iter().filter(|r| chunks(pieces, r, 0.9).len() == 2).collect();
        if rows * 3 <= inner.len() && labelled.len() >= 3 && labelled.len() * 10 >= inner.len() * 6 {
            return gutters(pieces, &labelled, from, to);
        }
        return Vec::new();
    }
    gutters(pieces, &several, from, to)
}

/// A column that holds nothing but currency signs or footnote marks belongs to its neighbour.
fn merge_affixes(pieces: &[Piece], lines: &[&Row], columns: &mut Vec<Column>) {
    let mut at = 0;
    while columns.len() > 1 && at < columns.len() {
        let Some(column) = columns.get(at).copied() else { break };
        let members: Vec<&Piece> = lines
            .iter()
            .flat_map(|r| &r.members)
            .filter_map(|i| pieces.get(*i))
            .filter(|p| p.area.mid_x() > column.from && p.area.mid_x() < column.to)
            .collect();
        let affixes = !members.is_empty() && members.iter().all(|p| p.class == Class::Affix);
        let money = members.iter().all(|p| p.text.starts_with(['$', '£', '€']));
        let same = |other: Option<&Column>| other.is_some_and(|o| o.drawn == column.drawn);
        let before = at.checked_sub(1).and_then(|b| columns.get(b));
        if affixes && money && same(columns.get(at + 1)) {
            if let Some(next) = columns.get_mut(at + 1) {
                next.from = column.from;
            }
            columns.remove(at);
        } else if affixes && same(before) {
            if let Some(before) = columns.get_mut(at - 1) {
                before.to = column.to;
            }
            columns.remove(at);
        } else {
            at += 1;
        }
    }
}

/// Where the words of each column stand, told by the lines of several runs.
fn ink(pieces: &[Piece], lines: &[Row], columns: &mut [Column]) {
    let told = telling(pieces, lines);
    let body: Vec<&Row> = if told.is_empty() {
        lines.iter().collect()
    } else {
        told.iter().filter_map(|r| lines.get(*r)).collect()
    };
    for column in columns {
        let members = body.iter().flat_map(|r| &r.members).filter_map(|i| pieces.get(*i));
        let own = members.filter(|p| {
            p.class != Class::Leader && p.area.mid_x() > column.from && p.area.mid_x() < column.to
        });
        if let Some(area) = crate::page::geometry::cover(own.map(|p| p.area)) {
            column.ink = (area.x0.max(column.from), area.x1.min(column.to));
        }
    }
}

/// The printed lines between each pair of level lines.
fn bands(pieces: &[Piece], members: &[usize], region: &Region) -> Vec<Vec<Row>> {
    let count = region.ys.len().saturating_sub(1);
    let mut by_band: Vec<Vec<usize>> = vec![Vec::new(); count];
    for index in members {
        let Some(piece) = pieces.get(*index) else { continue };
        let y = if piece.turned { piece.area.mid_y() } else { piece.base - 0.3 * piece.size };
        let band = region.ys.partition_point(|at| *at <= y).saturating_sub(1).min(count.saturating_sub(1));
        if let Some(band) = by_band.get_mut(band) {
            band.push(*index);
        }
    }
    by_band.into_iter().map(|members| rows(pieces, members)).collect()
}

/// How many bands at the top are heads: those without figures over one that has some.
fn head_bands(pieces: &[Piece], bands: &[Vec<Row>], columns: &[Column], region: &Region) -> usize {
    let figures = |lines: &Vec<Row>| {
        if region.xs.len() > 2 {
            column_of_figures(pieces, lines, columns)
        } else {
            lines.iter().any(|r| has_figures(pieces, r, columns))
        }
    };
    let Some(first) = bands.iter().position(figures) else {
        // No figures at all: the first band, where lines part it from others.
        return usize::from(bands.len() > 1 && bands.first().is_some_and(|b| !b.is_empty() && b.len() <= 4));
    };
    if first == 0 {
        // The band over the others may head its columns by numbers: "1 2 3", "1.0 1.1".
        let few = bands.first().map_or(0, Vec::len);
        let many = bands.get(1).map_or(0, Vec::len);
        return usize::from(region.xs.len() <= 2 && bands.len() >= 2 && few <= 3 && many > 3);
    }
    // Below the heads, a band of one label is a row of the body.
    let label = |lines: &Vec<Row>| {
        lines
            .iter()
            .flat_map(|r| &r.members)
            .filter_map(|i| pieces.get(*i))
            .all(|p| column_of(p, columns) == 0)
    };
    let labels = bands.get(1..first).unwrap_or_default().iter().rev().take_while(|b| label(b)).count();
    first - labels
}

/// Whether all that stands in some column of a band, right of the first, is figures.
fn column_of_figures(pieces: &[Piece], lines: &[Row], columns: &[Column]) -> bool {
    let members = || lines.iter().flat_map(|r| &r.members).filter_map(|i| pieces.get(*i));
    (1..columns.len()).any(|col| {
        let own = || members().filter(|p| column_of(p, columns) == col);
        own().any(|p| p.class == Class::Number && !is_year(&p.text))
            && own().all(|p| p.is_value() || p.class == Class::Affix)
    })
}

/// Whether a line has a figure right of its first column that is not a year.
fn has_figures(pieces: &[Piece], row: &Row, columns: &[Column]) -> bool {
    // A head may say "2019", "Day 1" or "5 to 10": a figure is a run of its own.
    chunks(pieces, row, 0.5).iter().any(|run| {
        let members = || run.members.iter().filter_map(|i| pieces.get(*i));
        let figures = members().all(|p| p.is_value() || p.class == Class::Affix);
        let right =
            members().any(|p| p.class == Class::Number && !is_year(&p.text) && column_of(p, columns) > 0);
        figures && right
    })
}

fn is_year(text: &str) -> bool {
    let digits = text.trim_end_matches(['*', '†', '¹', '²']);
    let long = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let split = || {
        digits.len() >= 7
            && (digits.starts_with("19") || digits.starts_with("20"))
            && digits.contains(['/', '-', '–'])
    };
    long && digits.bytes().all(|b| b.is_ascii_digit()) || split()
}

/// The drawn cell at a point.
fn box_at(region: &Region, x: f32, y: f32) -> Option<DrawnBox> {
    let col = region.xs.partition_point(|at| *at <= x).checked_sub(1)?;
    let row = region.ys.partition_point(|at| *at <= y).checked_sub(1)?;
    region
        .boxes
        .iter()
        .find(|b| (b.col..b.col_end).contains(&col) && (b.row..b.row_end).contains(&row))
        .copied()
}

struct Maker<'a> {
    pieces: &'a [Piece],
    region: &'a Region,
    columns: &'a [Column],
    cells: Vec<GridCell>,
    rows: usize,
    /// The rows of the grid that each band became.
    band_rows: Vec<std::ops::Range<usize>>,
}

impl Maker<'_> {
    /// Whether the heads of a band have to be told from where they stand: a drawn cell of it has several columns.
    fn needs_heads(&self, band: usize, lines: &[Row]) -> bool {
        let boxes = self.region.boxes.iter().filter(|b| (b.row..b.row_end).contains(&band));
        for drawn in boxes {
            let inner = self.columns.iter().filter(|c| (drawn.col..drawn.col_end).contains(&c.drawn)).count();
            let drawn_cols = drawn.col_end - drawn.col;
            if inner > 1 && (inner > drawn_cols || self.region.xs.len() <= 2) {
                return true;
            }
            // Drawn cells that span columns hold one head; several runs on a line are several heads.
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

    /// A band that is one row, whose cells are drawn.
    fn plain_band(&mut self, lines: &[Row]) {
        let row: Vec<usize> = lines.iter().flat_map(|r| r.members.iter().copied()).collect();
        self.row(&row);
    }

    /// How many lines at the top of a band without drawn heads are heads.
    fn loose_heads(&self, lines: &[Row]) -> usize {
        let first = lines.iter().position(|r| has_figures(self.pieces, r, self.columns));
        let Some(first) = first else {
            let several = lines.first().is_some_and(|r| chunks(self.pieces, r, 0.9).len() >= 2);
            return usize::from(several && lines.len() > 2);
        };
        // A label alone directly above the first figures is a heading within the body.
        let label = |row: &Row| {
            row.members.iter().filter_map(|i| self.pieces.get(*i)).all(|p| column_of(p, self.columns) == 0)
        };
        let labels = lines.get(1..first).unwrap_or_default().iter().rev().take_while(|r| label(r)).count();
        first - labels
    }

    fn body_band(&mut self, band: usize, lines: &[Row]) {
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
        let _ = band;
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

    /// Adds one row: a cell for each column that has words; runs that no gutter parts span columns.
    fn row(&mut self, members: &[usize]) {
        let row = self.rows;
        self.rows += 1;
        let mut by_column: Vec<Vec<usize>> = vec![Vec::new(); self.columns.len()];
        let mut spans: Vec<(usize, usize, Vec<usize>)> = Vec::new();
        for line in rows(self.pieces, members.iter().copied()) {
            for run in chunks(self.pieces, &line, 0.5) {
                let (first, last) = self.over(&run.members);
                if last > first && self.is_whole(&run.members, first, last) {
                    match spans.iter_mut().find(|s| s.0 <= last && first <= s.1) {
                        Some(span) => {
                            (span.0, span.1) = (span.0.min(first), span.1.max(last));
                            span.2.extend(run.members);
                        }
                        None => spans.push((first, last, run.members)),
                    }
                    continue;
                }
                for index in run.members {
                    let Some(piece) = self.pieces.get(index) else { continue };
                    if let Some(cell) = by_column.get_mut(column_of(piece, self.columns)) {
                        cell.push(index);
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

    /// Whether a run that touches several columns is one text: no drawn line parts it, and some word of it crosses a
    /// gutter or stands in one, or its words stand no wider apart than words do.
    fn is_whole(&self, members: &[usize], first: usize, last: usize) -> bool {
        let drawn = |c: usize| self.columns.get(c).map(|c| c.drawn);
        let lines = drawn(first) != drawn(last);
        let pieces: Vec<&Piece> =
            members.iter().filter_map(|i| self.pieces.get(*i)).filter(|p| p.class != Class::Leader).collect();
        if pieces.iter().all(|p| p.is_value() || p.class == Class::Affix) {
            return false;
        }
        if lines {
            // Drawn lines: whether the cell is drawn across them.
            let Some(area) = super::pieces::area(self.pieces, members) else { return false };
            return box_at(self.region, area.mid_x(), area.mid_y()).is_some_and(|b| {
                drawn(first).is_some_and(|d| b.col <= d) && drawn(last).is_some_and(|d| d < b.col_end)
            });
        }
        // Words of a label that runs into an empty column.
        let widest = pieces.windows(2).filter_map(|pair| match pair {
            [a, b] => Some((b.area.x0 - a.area.x1) / a.size.max(b.size)),
            _ => None,
        });
        let crossing = |at: f32| pieces.iter().any(|p| p.area.x0 < at - 0.5 && at + 0.5 < p.area.x1);
        let crossed = (first..last).any(|c| self.columns.get(c).is_some_and(|c| crossing(c.to)));
        let limit = if pieces.iter().any(|p| p.fixed_pitch) { 0.75 } else { 0.42 };
        crossed
            || widest.fold(0.0, f32::max) < limit
                && pieces.iter().filter(|p| p.is_value()).count() * 2 < pieces.len()
    }

    /// A text alone in its row that stands in the middle of several columns is over all of them.
    fn centred(&self, members: &[usize], first: usize, last: usize) -> (usize, usize) {
        let Some(area) = super::pieces::area(self.pieces, members) else { return (first, last) };
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

    /// Cells that are drawn over several columns or rows take what stands in them.
    fn boxed(&mut self) {
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
                // Each row of a wide cell is one cell, unless its runs keep to their columns.
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
            // Several runs that keep to their columns are cells that no line parts; so are lines that each stand
            // beside a row of their own.
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

    /// Heads above others that stand in the middle of several drawn columns, the rest of them empty, are over those.
    fn stretch(&mut self, header_rows: usize) {
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
            let Some(area) = super::pieces::area(self.pieces, &cell.members) else { continue };
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
                    if off(a, b) < best.2.min(3.0) {
                        best = (a, b, off(a, b));
                    }
                }
            }
            (cell.col, cell.col_span) = (best.0, best.1 - best.0 + 1);
        }
    }

    /// Whether a cell of one line stands on the line of another cell of its row.
    fn is_level(&self, cell: &GridCell) -> bool {
        let base = |c: &GridCell| {
            c.members.iter().filter_map(|i| self.pieces.get(*i)).map(|p| p.base).reduce(f32::max)
        };
        let Some(own) = base(cell) else { return false };
        self.cells.iter().filter(|c| c.row == cell.row).filter_map(base).any(|b| (b - own).abs() < 1.5)
    }

    /// Whether two cells of a row are further apart than words are.
    fn far(&self, a: &GridCell, b: &GridCell) -> bool {
        let area = |c: &GridCell| super::pieces::area(self.pieces, &c.members);
        let (Some(one), Some(two)) = (area(a), area(b)) else { return false };
        let size = a.members.first().and_then(|i| self.pieces.get(*i)).map_or(10.0, |p| p.size);
        let gap = (two.x0 - one.x1).max(one.x0 - two.x1);
        gap > 1.1 * size
    }
}

/// Leaves out rows and columns that nothing stands in, and puts the cells in order.
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

/// Whether a line has a figure at all; used to tell bodies from running text.
#[allow(dead_code)]
pub(super) fn figures(pieces: &[Piece], row: &Row) -> usize {
    values(pieces, row)
}
