//! Sorts paths into rules, filled rectangles and curves. The pieces of a path are examined one by one.

use super::settings::SETTINGS;
use crate::model::canvas::Rule;
use crate::model::geometry::Rect;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Shape};

/// The parts of a path by kind.
#[derive(Default)]
pub(crate) struct Shapes {
    pub rules: Vec<Rule>,
    pub areas: Vec<Rect>,
    pub curves: Vec<Rect>,
}

/// A thin rectangle as a rule.
pub(crate) fn as_rule(area: Rect) -> Option<Rule> {
    let (width, height) = (area.width(), area.height());
    if height <= SETTINGS.max_rule_width && width > SETTINGS.min_rule_length && width > 2.0 * height {
        Some(Rule { level: true, at: area.mid_y(), from: area.x0, to: area.x1, width: height })
    } else if width <= SETTINGS.max_rule_width && height > SETTINGS.min_rule_length && height > 2.0 * width {
        Some(Rule { level: false, at: area.mid_x(), from: area.y0, to: area.y1, width })
    } else {
        None
    }
}

/// The straight lines of a stroked path, and the bounds of its other parts.
pub(crate) fn stroked(path: &BezPath, transform: Affine, line_width: f32) -> Shapes {
    let mut shapes = Shapes::default();
    let [a, b, c, d, ..] = transform.as_coeffs();
    let scale = ((a * d - b * c).abs()).sqrt() as f32;
    let width = (line_width * scale).max(0.1);
    let (mut start, mut last) = (Point::ZERO, Point::ZERO);
    let mut line = |from: Point, to: Point| {
        let area = Rect::new(from.x as f32, from.y as f32, to.x as f32, to.y as f32);
        let slack = 0.3 + 0.002 * area.width().max(area.height());
        if area.height() <= slack && area.width() > SETTINGS.min_rule_length {
            // A short and very thick line is a filled area: a bar of a chart, a band of a table.
            if width > SETTINGS.max_rule_width.max(4.0) {
                shapes.areas.push(Rect {
                    y0: area.mid_y() - width / 2.0,
                    y1: area.mid_y() + width / 2.0,
                    ..area
                });
            } else {
                let at = area.mid_y();
                shapes.rules.push(Rule { level: true, at, from: area.x0, to: area.x1, width });
            }
        } else if area.width() <= slack && area.height() > SETTINGS.min_rule_length {
            if width > SETTINGS.max_rule_width.max(4.0) {
                shapes.areas.push(Rect {
                    x0: area.mid_x() - width / 2.0,
                    x1: area.mid_x() + width / 2.0,
                    ..area
                });
            } else {
                let at = area.mid_x();
                shapes.rules.push(Rule { level: false, at, from: area.y0, to: area.y1, width });
            }
        } else if area.width() > slack && area.height() > slack {
            shapes.curves.push(area);
        }
    };
    let mut bends = Vec::new();
    for element in path.elements() {
        match transform * *element {
            PathEl::MoveTo(to) => (start, last) = (to, to),
            PathEl::LineTo(to) => {
                line(last, to);
                last = to;
            }
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                bends.push(Rect::new(last.x as f32, last.y as f32, to.x as f32, to.y as f32));
                last = to;
            }
            PathEl::ClosePath => {
                line(last, start);
                last = start;
            }
        }
    }
    shapes.curves.extend(bends);
    shapes
}

/// The rectangles of a filled path, and the bounds of its other parts.
pub(crate) fn filled(path: &BezPath, transform: Affine) -> Shapes {
    let mut shapes = Shapes::default();
    let mut piece = BezPath::new();
    let mut flush = |piece: &mut BezPath| {
        if !piece.elements().is_empty() {
            let bounds = super::device::rect(piece.bounding_box());
            if is_rectangle(piece, bounds) {
                shapes.areas.push(bounds);
            } else {
                shapes.curves.push(bounds);
            }
        }
        piece.truncate(0);
    };
    for element in path.elements() {
        let element = transform * *element;
        if matches!(element, PathEl::MoveTo(_)) {
            flush(&mut piece);
        } else if piece.elements().is_empty() {
            continue;
        }
        piece.push(element);
    }
    flush(&mut piece);
    shapes
}

/// Whether all points of a piece are corners of its bounds and all its segments are straight.
fn is_rectangle(piece: &BezPath, bounds: Rect) -> bool {
    let corner = |p: Point| {
        let (x, y) = (p.x as f32, p.y as f32);
        let near = |a: f32, b: f32| (a - b).abs() < 0.05;
        (near(x, bounds.x0) || near(x, bounds.x1)) && (near(y, bounds.y0) || near(y, bounds.y1))
    };
    let mut corners = 0;
    let straight = piece.elements().iter().all(|element| match element {
        PathEl::MoveTo(p) | PathEl::LineTo(p) => {
            corners += 1;
            corner(*p)
        }
        PathEl::ClosePath => true,
        PathEl::QuadTo(..) | PathEl::CurveTo(..) => false,
    });
    straight && corners >= 4
}
