//! Rectangles in display space: points, origin at the top left of the page as it is shown, `y` growing downwards.

/// An upright rectangle; `x0 <= x1` and `y0 <= y1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Rect {
    /// Left.
    pub x0: f32,
    /// Top.
    pub y0: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub y1: f32,
}

impl Rect {
    /// The rectangle between two opposite corners.
    pub fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
        Rect { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    /// Its width in points.
    pub fn width(self) -> f32 {
        self.x1 - self.x0
    }

    /// Its height in points.
    pub fn height(self) -> f32 {
        self.y1 - self.y0
    }

    /// Its area in square points.
    pub fn area(self) -> f32 {
        self.width() * self.height()
    }

    /// The position half way between left and right.
    pub fn mid_x(self) -> f32 {
        (self.x0 + self.x1) / 2.0
    }

    /// The position half way between top and bottom.
    pub fn mid_y(self) -> f32 {
        (self.y0 + self.y1) / 2.0
    }

    /// The smallest rectangle that covers both.
    pub fn union(self, other: Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The area that both cover. It is empty where they do not meet.
    pub fn meet(self, other: Rect) -> Rect {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Rect { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }

    /// The same rectangle moved right and down.
    pub fn moved(self, x: f32, y: f32) -> Rect {
        Rect { x0: self.x0 + x, y0: self.y0 + y, x1: self.x1 + x, y1: self.y1 + y }
    }

    /// The rectangle made larger by `by` on every side.
    pub fn grown(self, by: f32) -> Rect {
        Rect { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// Whether a point lies in it or on its edge.
    pub fn holds(self, x: f32, y: f32) -> bool {
        self.x0 <= x && x <= self.x1 && self.y0 <= y && y <= self.y1
    }

    /// Whether the middle of another lies in it.
    pub fn holds_mid(self, other: Rect) -> bool {
        self.holds(other.mid_x(), other.mid_y())
    }

    /// Whether they have more than an edge in common.
    pub fn overlaps(self, other: Rect) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// The part of the lesser height that both share, from 0 to 1.
    pub fn share_y(self, other: Rect) -> f32 {
        share((self.y0, self.y1), (other.y0, other.y1))
    }

    /// The part of the lesser width that both share, from 0 to 1.
    pub fn share_x(self, other: Rect) -> f32 {
        share((self.x0, self.x1), (other.x0, other.x1))
    }
}

fn share(a: (f32, f32), b: (f32, f32)) -> f32 {
    let least = (a.1 - a.0).min(b.1 - b.0).max(0.01);
    ((a.1.min(b.1) - a.0.max(b.0)) / least).clamp(0.0, 1.0)
}

/// The smallest rectangle that covers all of them.
pub fn cover(rects: impl IntoIterator<Item = Rect>) -> Option<Rect> {
    rects.into_iter().reduce(Rect::union)
}
