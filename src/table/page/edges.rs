//! Makes edges of rules and of the sides of filled areas. Edges at nearly the same position are moved to one
//! position, and pieces that meet are joined.

use super::settings::SETTINGS;
use crate::layout::printed::Printed;
use crate::model::canvas::{Fill, Rule};
use crate::model::geometry::Rect;

/// A level or upright edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    /// `y` of a level edge, `x` of an upright one.
    pub at: f32,
    pub from: f32,
    pub to: f32,
    /// Whether it is the side of a filled area and no line.
    pub fill: bool,
}

impl Edge {
    /// The edge of a line that is typed: "------".
    pub fn typed(area: Rect) -> Edge {
        Edge { at: area.mid_y(), from: area.x0, to: area.x1, fill: false }
    }
}

impl Edge {
    pub fn length(&self) -> f32 {
        self.to - self.from
    }

    /// How much of a stretch it covers, in points.
    pub fn covers(&self, from: f32, to: f32) -> f32 {
        (self.to.min(to) - self.from.max(from)).max(0.0)
    }
}

/// All edges of a page, level ones from top to bottom, upright ones from left to right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    pub level: Vec<Edge>,
    pub upright: Vec<Edge>,
}

impl Edges {
    /// The edges of a page.
    pub fn of(page: &Printed) -> Edges {
        let mut level: Vec<Edge> = page.rules.iter().filter(|r| r.level).map(edge).collect();
        let mut upright: Vec<Edge> = page.rules.iter().filter(|r| !r.level).map(edge).collect();
        let fills = bands(page);
        let beside = |lines: &[Edge], side: &Edge| {
            let near = lines.iter().filter(|l| (l.at - side.at).abs() < SETTINGS.max_ground_inset);
            near.map(|l| l.covers(side.from, side.to)).sum::<f32>() > 0.5 * side.length()
        };
        // A filled area that ends just short of a line around it is bounded by that line.
        let mut sides = seen(&fills, |a| (a.y0, a.y1), |a| (a.x0, a.x1));
        sides.retain(|side| !beside(&level, side));
        level.extend(sides);
        let mut sides = seen(&fills, |a| (a.x0, a.x1), |a| (a.y0, a.y1));
        sides.retain(|side| !beside(&upright, side));
        upright.extend(sides);
        Edges { level: joined(level), upright: joined(upright) }
    }
}

/// A side of a filled area.
struct Side {
    at: f32,
    from: f32,
    to: f32,
    colour: [u8; 3],
    /// Whether the area begins here; otherwise it ends here.
    first: bool,
}

/// The sides of filled areas that can be seen. Between two areas of one colour there is none.
fn seen(
    fills: &[Fill],
    across: impl Fn(Rect) -> (f32, f32),
    along: impl Fn(Rect) -> (f32, f32),
) -> Vec<Edge> {
    let mut sides: Vec<Side> = Vec::with_capacity(fills.len() * 2);
    for fill in fills {
        let ((first, last), (from, to)) = (across(fill.area), along(fill.area));
        sides.push(Side { at: first, from, to, colour: fill.colour, first: true });
        sides.push(Side { at: last, from, to, colour: fill.colour, first: false });
    }
    sides.sort_by(|a, b| a.at.total_cmp(&b.at));
    let hidden = |at: usize, side: &Side| {
        let near = |other: &Side| (other.at - side.at).abs() <= 1.5;
        let back = sides.get(..at).unwrap_or_default().iter().rev().take_while(|o| near(o));
        let ahead = sides.get(at + 1..).unwrap_or_default().iter().take_while(|o| near(o));
        let covered: f32 = back
            .chain(ahead)
            .filter(|o| o.first != side.first && o.colour == side.colour)
            .map(|o| (o.to.min(side.to) - o.from.max(side.from)).max(0.0))
            .sum();
        covered > SETTINGS.max_shared_side * (side.to - side.from)
    };
    let shown = sides.iter().enumerate().filter(|(at, side)| !hidden(*at, side));
    shown.map(|(_, s)| Edge { at: s.at, from: s.from, to: s.to, fill: true }).collect()
}

fn edge(rule: &Rule) -> Edge {
    Edge { at: rule.at, from: rule.from, to: rule.to, fill: false }
}

/// The filled areas that can be rows or cells: they are at least as high as a line, and they are not the ground of
/// the page.
fn bands(page: &Printed) -> Vec<Fill> {
    let fits = |area: &Rect| {
        area.height() >= SETTINGS.min_ground_height
            && area.width() >= 12.0
            && area.area() < SETTINGS.max_ground_part * page.width * page.height
            && area.width() < 0.97 * page.width
    };
    page.fills
        .iter()
        .filter(|f| f.colour != [255; 3] && fits(&f.area))
        .copied()
        .take(SETTINGS.max_fills)
        .collect()
}

/// Moves edges of nearly the same position to one position, and joins the pieces of each.
fn joined(mut edges: Vec<Edge>) -> Vec<Edge> {
    edges.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Edge> = Vec::new();
    let mut start = 0;
    for at in 1..=edges.len() {
        let apart = match (edges.get(start), edges.get(at), edges.get(at - 1)) {
            (Some(first), Some(next), Some(last)) => {
                next.at - last.at > SETTINGS.snap * 0.6 || next.at - first.at > SETTINGS.snap
            }
            _ => true,
        };
        if !apart {
            continue;
        }
        let mut group = edges.get(start..at).unwrap_or_default().to_vec();
        start = at;
        // Where lines and sides of filled areas meet, the lines decide the position.
        let strong = group.iter().filter(|e| !e.fill);
        let count = strong.clone().count();
        let place = if count > 0 {
            strong.map(|e| e.at).sum::<f32>() / count as f32
        } else {
            group.iter().map(|e| e.at).sum::<f32>() / group.len().max(1) as f32
        };
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = out.len();
        for edge in group {
            match out.get_mut(first..).and_then(|o| o.last_mut()) {
                Some(last) if edge.from <= last.to + SETTINGS.join => {
                    last.to = last.to.max(edge.to);
                    last.fill &= edge.fill;
                }
                _ => out.push(Edge { at: place, ..edge }),
            }
        }
    }
    out.retain(|e| e.length() >= SETTINGS.min_edge);
    out
}
