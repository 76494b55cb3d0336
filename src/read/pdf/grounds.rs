//! Backgrounds of text that are not plain opaque rectangles: speech bubbles, round corners, gradients, translucent
//! areas. Text in the colour of the page is visible on them.

use super::settings::SETTINGS;
use crate::model::canvas::Glyph;
use crate::model::geometry::Rect;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Shape};
use hayro_interpret::{DrawMode, FillRule};

/// An area that is no plain rectangle in one colour.
struct Ground {
    bounds: Rect,
    /// The outline, and whether it is filled by the even-odd rule; `None` where the area fills its bounds.
    outline: Option<(BezPath, bool)>,
    /// `None` for a gradient or a pattern.
    colour: Option<[u8; 3]>,
    order: u32,
}

/// The backgrounds of a page.
#[derive(Default)]
pub(crate) struct Grounds(Vec<Ground>);

impl Grounds {
    /// Records a rectangular area; `ink` is its colour and opacity.
    pub fn area(&mut self, area: Rect, clip: Rect, ink: Option<([u8; 3], f32)>, order: u32) {
        self.push(None, area.meet(clip), ink, order);
    }

    /// Records a filled path.
    pub fn path(
        &mut self,
        path: &BezPath,
        transform: Affine,
        mode: &DrawMode,
        clip: Rect,
        ink: Option<([u8; 3], f32)>,
        order: u32,
    ) {
        let (DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _)) = mode else { return };
        let path = closed(transform * path.clone());
        let bounds = super::device::rect(path.bounding_box()).meet(clip);
        let outline = (path.elements().len() <= SETTINGS.max_outline_pieces)
            .then_some((path, matches!(rule, FillRule::EvenOdd)));
        self.push(outline, bounds, ink, order);
    }

    fn push(
        &mut self,
        outline: Option<(BezPath, bool)>,
        bounds: Rect,
        ink: Option<([u8; 3], f32)>,
        order: u32,
    ) {
        let faint = ink.is_some_and(|(_, alpha)| alpha < SETTINGS.min_background_opacity);
        if !faint
            && bounds.height() >= SETTINGS.min_background_height
            && bounds.width() > 0.0
            && self.0.len() < SETTINGS.max_backgrounds
        {
            self.0.push(Ground { bounds, outline, colour: ink.map(|(colour, _)| colour), order });
        }
    }

    /// Whether the glyph has another colour than the last background that was painted under it after `since`.
    pub fn show(&self, glyph: &Glyph, since: u32) -> bool {
        let under = self.0.iter().filter(|g| (since..glyph.order).contains(&g.order));
        let last = under.rev().find(|g| g.bounds.holds_mid(glyph.area) && g.holds(glyph.area));
        last.is_some_and(|g| g.colour.is_none_or(|c| !super::sight::near(c, glyph.colour)))
    }
}

impl Ground {
    fn holds(&self, area: Rect) -> bool {
        let middle = Point::new(f64::from(area.mid_x()), f64::from(area.mid_y()));
        self.outline.as_ref().is_none_or(|(path, even_odd)| match path.winding(middle) {
            turns if *even_odd => turns % 2 != 0,
            turns => turns != 0,
        })
    }
}

/// Closes every piece of a path, as filling does.
fn closed(path: BezPath) -> BezPath {
    let mut all = BezPath::new();
    let mut open = false;
    for element in path {
        if open && matches!(element, PathEl::MoveTo(_)) {
            all.close_path();
        }
        open = !matches!(element, PathEl::ClosePath);
        all.push(element);
    }
    if open {
        all.close_path();
    }
    all
}
