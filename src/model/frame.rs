//! Frames of reference. Pages whose text runs up, down or upside down, or is askew, are read in a frame in which it
//! is upright and level.

use super::canvas::{Canvas, Rule, Turn};
use super::geometry::{Rect, cover};
use super::skew::Orientation;

/// How a page's text lies on the page as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Frame {
    lie: Orientation,
    #[serde(with = "super::data::float")]
    width: f32,
    #[serde(with = "super::data::float")]
    height: f32,
}

impl Frame {
    /// The frame in which most of a page's text is upright and level.
    pub fn of(canvas: &Canvas) -> Frame {
        Frame { lie: Orientation::of(canvas), width: canvas.width, height: canvas.height }
    }

    /// Whether the frame is that of the page as shown.
    pub fn is_upright(&self) -> bool {
        self.lie == Orientation::default()
    }

    /// The page's size in this frame.
    pub fn size(&self) -> (f32, f32) {
        match self.lie.turn {
            Turn::Up | Turn::Down => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }

    fn turn(&self, x: f32, y: f32) -> (f32, f32) {
        match self.lie.turn {
            Turn::Up => (self.height - y, x),
            Turn::Down => (y, self.width - x),
            Turn::Over => (self.width - x, self.height - y),
            Turn::Upright | Turn::Aslant => (x, y),
        }
    }

    fn turn_back(&self, x: f32, y: f32) -> (f32, f32) {
        match self.lie.turn {
            Turn::Up => (y, self.height - x),
            Turn::Down => (self.width - y, x),
            Turn::Over => (self.width - x, self.height - y),
            Turn::Upright | Turn::Aslant => (x, y),
        }
    }

    /// A point of the turned page, rotated clockwise about the middle of the page.
    fn rotate(&self, (x, y): (f32, f32), angle: f32) -> (f32, f32) {
        if angle == 0.0 {
            return (x, y);
        }
        let (width, height) = self.size();
        let (mid_x, mid_y) = (width / 2.0, height / 2.0);
        let (sin, cos) = angle.sin_cos();
        let (x, y) = (x - mid_x, y - mid_y);
        (mid_x + x * cos - y * sin, mid_y + x * sin + y * cos)
    }

    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        self.rotate(self.turn(x, y), -self.lie.slant)
    }

    /// An area of the page in this frame. It keeps its size, and its middle is where the middle comes to lie.
    pub(crate) fn rect(&self, area: Rect) -> Rect {
        let ((x0, y0), (x1, y1)) = (self.turn(area.x0, area.y0), self.turn(area.x1, area.y1));
        let turned = Rect::new(x0, y0, x1, y1);
        let (x, y) = self.rotate((turned.mid_x(), turned.mid_y()), -self.lie.slant);
        turned.moved(x - turned.mid_x(), y - turned.mid_y())
    }

    /// An area of this frame on the page as shown: the area that covers its four corners.
    pub fn shown(&self, area: Rect) -> Rect {
        let corners = [(area.x0, area.y0), (area.x1, area.y0), (area.x0, area.y1), (area.x1, area.y1)];
        let shown = corners.map(|corner| {
            let (x, y) = self.rotate(corner, self.lie.slant);
            let (x, y) = self.turn_back(x, y);
            Rect::new(x, y, x, y)
        });
        cover(shown).unwrap_or(area)
    }

    /// A quarter turn as seen in this frame.
    fn turned(&self, turn: Turn) -> Turn {
        const ROUND: [Turn; 4] = [Turn::Upright, Turn::Up, Turn::Over, Turn::Down];
        let at = |t: Turn| ROUND.iter().position(|r| *r == t);
        match (at(turn), at(self.lie.turn)) {
            (Some(turn), Some(own)) => ROUND.get((turn + 4 - own) % 4).copied().unwrap_or_default(),
            _ => turn,
        }
    }

    /// Moves everything on a page into this frame.
    pub(crate) fn apply(&self, canvas: &mut Canvas) {
        if self.is_upright() {
            return;
        }
        for glyph in &mut canvas.glyphs {
            let turn = self.lie.turn_of(glyph);
            glyph.area = self.rect(glyph.upright_area());
            glyph.origin = self.point(glyph.origin.0, glyph.origin.1);
            glyph.turn = self.turned(turn);
        }
        for rule in &mut canvas.rules {
            let area = self.rect(rule.area());
            let level = if matches!(self.lie.turn, Turn::Up | Turn::Down) { !rule.level } else { rule.level };
            let (at, from, to) =
                if level { (area.mid_y(), area.x0, area.x1) } else { (area.mid_x(), area.y0, area.y1) };
            *rule = Rule { level, at, from, to, width: rule.width };
        }
        canvas.fills.iter_mut().for_each(|f| f.area = self.rect(f.area));
        canvas.curves.iter_mut().for_each(|c| *c = self.rect(*c));
        canvas.pictures.iter_mut().for_each(|p| *p = self.rect(*p));
        (canvas.width, canvas.height) = self.size();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_and_levelled_is_shown_where_it_was() {
        for turn in [Turn::Upright, Turn::Up, Turn::Over, Turn::Down] {
            for slant in [0.0, 0.03] {
                let frame = Frame { lie: Orientation { turn, slant }, width: 600.0, height: 800.0 };
                let (x, y) = frame.point(120.0, 70.0);
                let shown = frame.shown(Rect::new(x, y, x, y));
                assert!(
                    (shown.x0 - 120.0).abs() + (shown.y1 - 70.0).abs() < 0.01,
                    "{turn:?} {slant}: {shown:?}"
                );
                let middle = frame.rect(Rect::new(100.0, 60.0, 140.0, 80.0));
                assert!((middle.mid_x() - x).abs() + (middle.mid_y() - y).abs() < 0.01, "{turn:?} {slant}");
            }
        }
    }
}
