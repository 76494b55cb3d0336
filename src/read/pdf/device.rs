//! The device that hayro draws on: it records glyphs, lines and areas instead of painting pixels.

use super::glyphs::{Fonts, place};
use super::grounds::Grounds;
use super::paths;
use super::settings::SETTINGS;
use crate::model::canvas::{Canvas, Fill, Glyph, Rule, Sight, Turn, UNREADABLE, UnicodeConflict};
use crate::model::geometry::Rect;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};
use hayro_interpret::kurbo::{self, BezPath, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};

/// Records one page; [`Recorder::finish`] turns it into a [`Canvas`].
pub(crate) struct Recorder {
    pub canvas: Canvas,
    pub fonts: Fonts,
    /// Whether a limit was reached, so that something is missing.
    pub overflowed: bool,
    /// Areas of annotations that are switched off; what is drawn in them is ignored.
    pub hidden: Vec<Rect>,
    /// Areas of highlights; what is painted in them is ignored, and glyphs in them are kept.
    pub highlights: Vec<Rect>,
    /// Character codes for which the file contradicts itself, so that the characters are doubtful.
    pub lies: super::names::Contradictions,
    grounds: Grounds,
    page: Rect,
    order: u32,
    clips: Vec<Rect>,
    /// For each open transparency group, whether it is too faint to see.
    faint: Vec<bool>,
    marked: Vec<Marked>,
}

/// A marked content sequence that is open.
struct Marked {
    mcid: Option<u32>,
    artifact: bool,
    actual: Option<String>,
    /// Index of the first glyph inside it.
    first: usize,
}

impl Recorder {
    pub fn new(page: u32, width: f32, height: f32) -> Recorder {
        Recorder {
            canvas: Canvas { page, width, height, ..Canvas::default() },
            fonts: Fonts::default(),
            overflowed: false,
            hidden: Vec::new(),
            highlights: Vec::new(),
            lies: super::names::Contradictions::new(),
            grounds: Grounds::default(),
            page: Rect::new(0.0, 0.0, width, height),
            order: 0,
            clips: Vec::new(),
            faint: Vec::new(),
            marked: Vec::new(),
        }
    }

    /// The finished page.
    pub fn finish(mut self) -> (Canvas, bool) {
        self.canvas.fonts = self.fonts.list;
        super::sight::settle(&mut self.canvas, &self.grounds);
        (self.canvas, self.overflowed)
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or(self.page)
    }

    fn next_order(&mut self) -> u32 {
        self.order = self.order.saturating_add(1);
        self.order
    }

    fn is_faint(&self) -> bool {
        self.faint.iter().any(|f| *f)
    }

    fn has_room(&mut self) -> bool {
        let marks = self.canvas.rules.len() + self.canvas.fills.len() + self.canvas.curves.len();
        self.overflowed |= marks >= SETTINGS.max_marks;
        marks < SETTINGS.max_marks
    }

    /// Whether an area lies within a highlight.
    fn is_highlight(&self, drawn: impl Fn() -> kurbo::Rect) -> bool {
        if self.highlights.is_empty() {
            return false;
        }
        let drawn = rect(drawn());
        self.highlights.iter().any(|area| area.grown(0.5).meet(drawn) == drawn)
    }

    fn rule(&mut self, rule: Rule) {
        let clip = self.clip().grown(0.5);
        let seen = rule.area().meet(clip);
        let (from, to) = if rule.level { (seen.x0, seen.x1) } else { (seen.y0, seen.y1) };
        let crosses = if rule.level {
            (clip.y0..=clip.y1).contains(&rule.at)
        } else {
            (clip.x0..=clip.x1).contains(&rule.at)
        };
        if crosses && to - from > 0.5 && self.has_room() {
            self.canvas.rules.push(Rule { from, to, ..rule });
        }
    }

    fn filled(&mut self, area: Rect, props: &DrawProps<'_>) {
        let clip = self.clip();
        let Some((colour, alpha)) = ink(&props.paint) else {
            let order = self.next_order();
            self.grounds.area(area, clip, None, order);
            return self.canvas.curves.push(area);
        };
        if alpha < 0.03 || self.is_faint() {
            return;
        }
        let order = self.next_order();
        if let Some(rule) = paths::as_rule(area) {
            // A white line over a coloured area separates cells as a black one does.
            return self.rule(rule);
        }
        let seen = area.meet(clip);
        let opaque = alpha > 0.98 && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal;
        if seen.area() > 0.0 && self.has_room() {
            if !opaque {
                self.grounds.area(area, clip, Some((colour, alpha)), order);
            }
            self.canvas.fills.push(Fill { area: seen, colour, opaque, order });
        }
    }
}

/// The colour and opacity of a paint; nothing for a pattern.
fn ink(paint: &Paint<'_>) -> Option<([u8; 3], f32)> {
    let Paint::Color(colour) = paint else { return None };
    let [red, green, blue, alpha] = colour.to_rgba().to_rgba8();
    Some(([red, green, blue], f32::from(alpha) / 255.0))
}

/// Converts a rectangle of the interpreter to display space.
pub(crate) fn rect(area: kurbo::Rect) -> Rect {
    Rect::new(area.x0 as f32, area.y0 as f32, area.x1 as f32, area.y1 as f32)
}

impl<'a> Device<'a> for Recorder {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let drawn = || props.transform.transform_rect_bbox(path.bounding_box());
        if !self.has_room() || self.is_highlight(drawn) {
            return;
        }
        let shapes = match mode {
            DrawMode::Stroke(stroke) => {
                if ink(&props.paint).is_none_or(|(_, alpha)| alpha < 0.03) || self.is_faint() {
                    return;
                }
                paths::stroked(path, props.transform, stroke.line_width)
            }
            DrawMode::Invisible => return,
            _ => paths::filled(path, props.transform),
        };
        if !shapes.curves.is_empty() && !self.is_faint() {
            let (order, clip) = (self.next_order(), self.clip());
            self.grounds.path(path, props.transform, mode, clip, ink(&props.paint), order);
        }
        for area in shapes.areas {
            self.filled(area, &props);
        }
        for rule in shapes.rules {
            self.rule(rule);
        }
        let clip = self.clip();
        self.canvas.curves.extend(shapes.curves.into_iter().filter(|c| c.grown(0.1).overlaps(clip)));
    }

    fn draw_rect(&mut self, area: &kurbo::Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let upright = {
            let [a, b, c, d, ..] = props.transform.as_coeffs();
            b.abs() + c.abs() < 1e-6 || a.abs() + d.abs() < 1e-6
        };
        if upright && matches!(mode, DrawMode::Fill(_)) {
            let area = props.transform.transform_rect_bbox(*area);
            if !self.is_highlight(|| area) {
                self.filled(rect(area), &props);
            }
            return;
        }
        self.draw_path(&area.to_path(0.1), props, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let clip = self.clip().meet(rect(clip.path.bounding_box()));
        self.clips.push(clip);
    }

    fn push_clip_rect(&mut self, area: &kurbo::Rect) {
        let clip = self.clip().meet(rect(*area));
        self.clips.push(clip);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.faint.push(opacity < 0.03);
    }

    fn pop_transparency_group(&mut self) {
        self.faint.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if self.canvas.glyphs.len() >= SETTINGS.max_glyphs {
            self.overflowed = true;
            return;
        }
        let order = self.next_order();
        let painted = ink(&props.paint);
        let (colour, alpha) = painted.unwrap_or(([0, 0, 0], 1.0));
        let unseen = matches!(mode, DrawMode::Invisible) || alpha < 0.03 || self.is_faint();
        let clip = self.clip().grown(1.0);
        let mcid = self.marked.iter().rev().find_map(|m| m.mcid);
        let artifact = self.marked.iter().any(|m| m.artifact);
        let font = self.fonts.of(run);
        for placed in place(run, props.transform) {
            let sight =
                if !clip.holds_mid(placed.area) || self.hidden.iter().any(|h| h.holds_mid(placed.area)) {
                    Sight::Clipped
                } else if unseen {
                    Sight::NoInk
                } else {
                    Sight::Plain
                };
            self.canvas.glyphs.push(Glyph {
                ch: placed.ch,
                area: placed.area,
                origin: placed.origin,
                size: placed.size,
                angle: placed.angle,
                turn: Turn::of(placed.angle),
                font,
                colour,
                sight,
                mcid,
                artifact,
                order,
                conflict: if self.lies.contains(&(placed.code, placed.ch)) {
                    UnicodeConflict::ToUnicode
                } else {
                    UnicodeConflict::None
                },
            });
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let drawn =
            rect((props.transform * kurbo::Rect::new(0.0, 0.0, width, height).to_path(0.1)).bounding_box());
        let seen = drawn.meet(self.clip());
        if !self.is_faint() && seen.area() > 0.0 && self.has_room() {
            if let Some(rule) = paths::as_rule(seen) {
                // Some programs draw a line as a picture that is one pixel high or wide.
                return self.rule(rule);
            }
            self.canvas.pictures.push(seen);
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let mcid = properties.and_then(|p| p.get::<i32>(b"MCID")).and_then(|id| u32::try_from(id).ok());
        let actual = properties
            .and_then(|p| p.get::<PdfString<'_>>(b"ActualText"))
            .map(|text| super::text_string(text.as_bytes()));
        let kind = properties.and_then(|p| p.get::<Name<'_>>(b"Type"));
        let paged = kind.is_none_or(|k| k.as_str() == "Pagination");
        let artifact = tag == b"Artifact" && paged;
        self.marked.push(Marked { mcid, artifact, actual, first: self.canvas.glyphs.len() });
    }

    fn end_marked_content(&mut self) {
        let Some(marked) = self.marked.pop() else { return };
        if let Some(actual) = marked.actual {
            super::actual_text::replace(&mut self.canvas.glyphs, marked.first, &actual);
        }
    }
}

/// Replaces control characters and the like by [`UNREADABLE`].
pub(crate) fn readable(ch: char) -> char {
    let private = matches!(u32::from(ch), 0xE000..=0xF8FF | 0xF_0000..=0x10_FFFF);
    if ch == '\0' || private || ch.is_control() && !ch.is_whitespace() { UNREADABLE } else { ch }
}
