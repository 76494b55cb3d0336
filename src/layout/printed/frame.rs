//! Pages whose text runs up, down or over are read in a frame of their own.

use crate::page::canvas::{Canvas, Rule, Turn};
use crate::page::geometry::Rect;

/// How a page's text lies on the page as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    turn: Turn,
    width: f32,
    height: f32,
}

impl Frame {
    /// The frame in which most of a page's text is upright.
    pub fn of(canvas: &Canvas) -> Frame {
        let mut counts = [0usize; 4];
        for glyph in canvas.glyphs.iter().filter(|g| !g.ch.is_whitespace()) {
            match glyph.turn {
                Turn::Upright => counts[0] += 1,
                Turn::Up => counts[1] += 1,
                Turn::Over => counts[2] += 1,
                Turn::Down => counts[3] += 1,
                Turn::Aslant => {}
            }
        }
        let [upright, up, over, down] = counts;
        let most = up.max(over).max(down);
        // A page is read turned only where most of its text is; a turned table beside upright text does not turn it.
        let turn = if 2 * upright >= most {
            Turn::Upright
        } else if up == most {
            Turn::Up
        } else if over == most {
            Turn::Over
        } else {
            Turn::Down
        };
        Frame { turn, width: canvas.width, height: canvas.height }
    }

    /// Whether nothing is turned.
    pub fn is_upright(&self) -> bool {
        self.turn == Turn::Upright
    }

    /// The page's size in this frame.
    pub fn size(&self) -> (f32, f32) {
        match self.turn {
            Turn::Up | Turn::Down => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }

    fn point(&self, x: f32, y: f32) -> (f32, f32) {
        match self.turn {
            Turn::Up => (self.height - y, x),
            Turn::Down => (y, self.width - x),
            Turn::Over => (self.width - x, self.height - y),
            Turn::Upright | Turn::Aslant => (x, y),
        }
    }

    fn unpoint(&self, x: f32, y: f32) -> (f32, f32) {
        match self.turn {
            Turn::Up => (y, self.height - x),
            Turn::Down => (self.width - y, x),
            Turn::Over => (self.width - x, self.height - y),
            Turn::Upright | Turn::Aslant => (x, y),
        }
    }

    fn rect(&self, area: Rect) -> Rect {
        let ((x0, y0), (x1, y1)) = (self.point(area.x0, area.y0), self.point(area.x1, area.y1));
        Rect::new(x0, y0, x1, y1)
    }

    /// An area of this frame on the page as shown.
    pub fn shown(&self, area: Rect) -> Rect {
        let ((x0, y0), (x1, y1)) = (self.unpoint(area.x0, area.y0), self.unpoint(area.x1, area.y1));
        Rect::new(x0, y0, x1, y1)
    }

    fn turned(&self, turn: Turn) -> Turn {
        const ROUND: [Turn; 4] = [Turn::Upright, Turn::Up, Turn::Over, Turn::Down];
        let at = |t: Turn| ROUND.iter().position(|r| *r == t);
        match (at(turn), at(self.turn)) {
            (Some(turn), Some(own)) => ROUND.get((turn + 4 - own) % 4).copied().unwrap_or_default(),
            _ => turn,
        }
    }

    /// Brings everything on a page into this frame.
    pub(super) fn apply(&self, canvas: &mut Canvas) {
        if self.is_upright() {
            return;
        }
        for glyph in &mut canvas.glyphs {
            glyph.area = self.rect(glyph.area);
            glyph.origin = self.point(glyph.origin.0, glyph.origin.1);
            glyph.turn = self.turned(glyph.turn);
        }
        for rule in &mut canvas.rules {
            let area = self.rect(rule.area());
            let level = if matches!(self.turn, Turn::Over) { rule.level } else { !rule.level };
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
