//! Finds nets of crossing edges: the cells that are drawn, and what they span.

use super::edges::{Edge, Edges};
use super::settings::SETTINGS;
use crate::model::geometry::Rect;

/// A connected net of level and upright edges.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lattice {
    pub area: Rect,
    /// The positions of the upright edges and of both sides.
    pub xs: Vec<f32>,
    /// The positions of the level edges and of the top and bottom.
    pub ys: Vec<f32>,
    /// The drawn cells.
    pub boxes: Vec<DrawnBox>,
    /// How many of its edges are lines; the others are sides of filled areas.
    pub lines: usize,
}

/// A drawn cell, as ranges of columns and rows of the net. Their ends are not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DrawnBox {
    pub col: usize,
    pub col_end: usize,
    pub row: usize,
    pub row_end: usize,
}

/// All nets of a page that have a cell, the largest first.
pub(crate) fn find(edges: &Edges) -> Vec<Lattice> {
    if edges.level.len().saturating_mul(edges.upright.len()) > SETTINGS.max_crossings * 10 {
        return Vec::new();
    }
    let count = edges.level.len() + edges.upright.len();
    let mut groups = Groups::new(count);
    for (l, level) in edges.level.iter().enumerate() {
        // Upright edges are sorted by position, so the search can begin here.
        let from = edges.upright.partition_point(|u| u.at < level.from - SETTINGS.reach);
        for (u, upright) in edges.upright.iter().enumerate().skip(from) {
            if upright.at > level.to + SETTINGS.reach {
                break;
            }
            if upright.from <= level.at + SETTINGS.reach && level.at <= upright.to + SETTINGS.reach {
                groups.join(l, edges.level.len() + u);
            }
        }
    }
    let mut members: std::collections::BTreeMap<usize, (Vec<Edge>, Vec<Edge>)> =
        std::collections::BTreeMap::new();
    for (l, level) in edges.level.iter().enumerate() {
        members.entry(groups.root(l)).or_default().0.push(*level);
    }
    for (u, upright) in edges.upright.iter().enumerate() {
        members.entry(groups.root(edges.level.len() + u)).or_default().1.push(*upright);
    }
    let mut found: Vec<Lattice> = members
        .into_values()
        .filter(|(level, upright)| level.len() >= 2 && upright.len() >= 2)
        .filter_map(|(level, upright)| lattice(&level, &upright))
        .collect();
    found.sort_by(|a, b| b.area.area().total_cmp(&a.area.area()));
    found
}

fn lattice(level: &[Edge], upright: &[Edge]) -> Option<Lattice> {
    let left = level.iter().map(|e| e.from).chain(upright.iter().map(|e| e.at)).reduce(f32::min)?;
    let right = level.iter().map(|e| e.to).chain(upright.iter().map(|e| e.at)).reduce(f32::max)?;
    let top = upright.iter().map(|e| e.from).chain(level.iter().map(|e| e.at)).reduce(f32::min)?;
    let bottom = upright.iter().map(|e| e.to).chain(level.iter().map(|e| e.at)).reduce(f32::max)?;
    let xs = positions(left, upright, right);
    let ys = positions(top, level, bottom);
    if (xs.len() - 1).saturating_mul(ys.len() - 1) > SETTINGS.max_crossings {
        return None;
    }
    let boxes = boxes(&xs, &ys, level, upright);
    let lines = level.iter().chain(upright).filter(|e| !e.fill).count();
    Some(Lattice { area: Rect::new(left, top, right, bottom), xs, ys, boxes, lines })
}

/// The positions of edges and both ends. Positions that are closer than the reach of an edge are one.
fn positions(start: f32, edges: &[Edge], end: f32) -> Vec<f32> {
    let mut all: Vec<f32> = edges.iter().map(|e| e.at).chain([start, end]).collect();
    all.sort_by(f32::total_cmp);
    let mut kept: Vec<f32> = Vec::with_capacity(all.len());
    for at in all {
        match kept.last() {
            Some(last) if at - last < SETTINGS.reach => {}
            _ => kept.push(at),
        }
    }
    if kept.len() < 2 {
        kept.push(end.max(start + 1.0));
    }
    kept
}

/// Joins the smallest cells of the net wherever no edge separates them. What does not become a rectangle is cut into
/// its rows again.
fn boxes(xs: &[f32], ys: &[f32], level: &[Edge], upright: &[Edge]) -> Vec<DrawnBox> {
    let (cols, rows) = (xs.len() - 1, ys.len() - 1);
    let index = |col: usize, row: usize| row * cols + col;
    let mut groups = Groups::new(cols * rows);
    for row in 0..rows {
        for col in 0..cols {
            let (Some(x0), Some(x1), Some(y0), Some(y1)) =
                (xs.get(col), xs.get(col + 1), ys.get(row), ys.get(row + 1))
            else {
                continue;
            };
            if col + 1 < cols && !drawn(upright, *x1, *y0, *y1) {
                groups.join(index(col, row), index(col + 1, row));
            }
            if row + 1 < rows && !drawn(level, *y1, *x0, *x1) {
                groups.join(index(col, row), index(col, row + 1));
            }
        }
    }
    let mut members: std::collections::BTreeMap<usize, Vec<(usize, usize)>> =
        std::collections::BTreeMap::new();
    for row in 0..rows {
        for col in 0..cols {
            members.entry(groups.root(index(col, row))).or_default().push((col, row));
        }
    }
    let mut boxes: Vec<DrawnBox> = members.into_values().flat_map(|m| rectangles(&m)).collect();
    boxes.sort_by_key(|b| (b.row, b.col));
    boxes
}

fn rectangles(members: &[(usize, usize)]) -> Vec<DrawnBox> {
    let span = |members: &[(usize, usize)]| {
        let cols = members.iter().map(|m| m.0);
        let rows = members.iter().map(|m| m.1);
        Some(DrawnBox {
            col: cols.clone().min()?,
            col_end: cols.max()? + 1,
            row: rows.clone().min()?,
            row_end: rows.max()? + 1,
        })
    };
    let Some(whole) = span(members) else { return Vec::new() };
    if (whole.col_end - whole.col) * (whole.row_end - whole.row) == members.len() {
        return vec![whole];
    }
    // Members are in the order of the rows. Each stretch of a row becomes a cell of its own.
    let mut boxes: Vec<DrawnBox> = Vec::new();
    for (col, row) in members {
        match boxes.last_mut() {
            Some(last) if last.row == *row && last.col_end == *col => last.col_end += 1,
            _ => boxes.push(DrawnBox { col: *col, col_end: col + 1, row: *row, row_end: row + 1 }),
        }
    }
    boxes
}

/// Whether edges at a position cover most of a stretch.
fn drawn(edges: &[Edge], at: f32, from: f32, to: f32) -> bool {
    let near = edges.iter().filter(|e| (e.at - at).abs() < SETTINGS.reach);
    let covered: f32 = near.map(|e| e.covers(from, to)).sum();
    covered >= SETTINGS.min_drawn_part * (to - from)
}

/// Disjoint sets, by union and find.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn root(&mut self, mut of: usize) -> usize {
        while let Some(up) = self.0.get(of).copied().filter(|up| *up != of) {
            let over = self.0.get(up).copied().unwrap_or(up);
            if let Some(slot) = self.0.get_mut(of) {
                *slot = over;
            }
            of = up;
        }
        of
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}
