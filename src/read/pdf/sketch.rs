//! A page as SVG, written directly: each outline and each area that is cut to once, and numbers as short as can be seen. What it has
//! no words for (patterns, gradients, masks) makes it give up, and `hayro-svg` draws the page. That crate works out the outline of
//! a glyph each time that it is shown and writes numbers in full, which took as much time as all else that a check does.

use super::grey::{raster, shades};
use super::image;
use crate::read::raster::Raster;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::kurbo::{Affine, BezPath, Cap, Join, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageData, ImageDrawProps, LumaData,
    Paint, SoftMask, StrokeProps,
};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;

/// What can be seen, in points.
const SEEN: f64 = 0.01;

/// So many units of an outline are the height of the type. Written are outlines of the height 1, so that what they are stretched by
/// is exact to a hundredth of a point at the far edge of a page with the four decimals that a report keeps.
const UNITS: f64 = 1000.0;

/// Writes one page; [`Sketch::finish`] gives the SVG.
#[derive(Default)]
pub(super) struct Sketch {
    body: String,
    defs: String,
    /// The outlines that are in `defs`; nothing for those of blanks.
    glyphs: FxHashMap<u128, Option<usize>>,
    clips: FxHashMap<String, usize>,
    /// The areas that it is cut to.
    cut: Vec<Option<usize>>,
    /// The group that is open: what it is cut to, and how it is mixed with what is below it.
    open: Option<(Option<usize>, BlendMode)>,
    /// The run of glyphs that is open: the linear part of its transform, and its attributes.
    run: Option<([f64; 4], String)>,
    lost: bool,
    /// The area of the page, and how long the address of a picture may be that covers it, where that has an end.
    small: Option<(f64, usize)>,
}

/// A picture that covers less of its page than this is no scan.
const COVERS: f64 = 0.5;

/// The address of a picture with more pixels than this is so long that it is not even made, where its length has an end.
const PIXELS: f64 = 4e6;

impl Sketch {
    /// Writes a page of this area. With a length, pictures that cover it and whose addresses would be longer are made smaller.
    pub fn new(area: f64, most: Option<usize>) -> Sketch {
        Sketch { small: most.map(|most| (area, most)), ..Sketch::default() }
    }

    /// The SVG; nothing where something of the page is not in it.
    pub fn finish(mut self, width: f32, height: f32) -> Option<String> {
        self.close();
        (!self.lost).then(|| {
            format!(
                "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" xmlns=\"http://www.w3.org/2000/svg\">\
                 <defs>{}</defs>{}</svg>",
                self.defs, self.body
            )
        })
    }

    fn close(&mut self) {
        if self.run.take().is_some() {
            self.body.push_str("</g>");
        }
        if self.open.take().is_some() {
            self.body.push_str("</g>");
        }
    }

    /// Opens the group that what comes next belongs to. `false` where it cannot be drawn.
    fn ready(&mut self, mask: Option<&SoftMask<'_>>, blend: BlendMode) -> bool {
        self.lost |= mask.is_some() || mixed(blend).is_none();
        if self.lost {
            return false;
        }
        let wanted = (self.cut.last().copied().flatten(), blend);
        let plain = wanted == (None, BlendMode::Normal);
        if self.open == (!plain).then_some(wanted) {
            return true;
        }
        self.close();
        if !plain {
            self.body.push_str("<g");
            self.group(wanted);
            self.body.push('>');
            self.open = Some(wanted);
        }
        true
    }

    /// The attributes of a group.
    fn group(&mut self, (cut, blend): (Option<usize>, BlendMode)) {
        if let Some(cut) = cut {
            let _ = write!(self.body, " clip-path=\"url(#c{cut})\"");
        }
        if let Some(name) = mixed(blend).filter(|_| blend != BlendMode::Normal) {
            let _ = write!(self.body, " style=\"mix-blend-mode:{name}\"");
        }
    }

    fn path(&mut self, path: &BezPath, props: &DrawProps<'_>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) || !self.ready(props.soft_mask.as_ref(), props.blend_mode) {
            return;
        }
        let Some(paint) = self.paint(&props.paint, mode, props.transform) else { return };
        if self.run.take().is_some() {
            self.body.push_str("</g>");
        }
        self.body.push_str("<path d=\"");
        if scale(props.transform, mode).is_some() {
            data(&mut self.body, path, props.transform, 2);
        } else {
            data(&mut self.body, path, Affine::IDENTITY, decimals(props.transform));
        }
        self.body.push('"');
        self.body.push_str(&paint);
        if let DrawMode::Fill(FillRule::EvenOdd) | DrawMode::FillAndStroke(FillRule::EvenOdd, _) = mode {
            self.body.push_str(" fill-rule=\"evenodd\"");
        }
        if scale(props.transform, mode).is_none() {
            turned(&mut self.body, props.transform);
        }
        self.body.push_str("/>");
    }

    /// The attributes of what is filled or stroked.
    fn paint(&mut self, paint: &Paint<'_>, mode: &DrawMode, transform: Affine) -> Option<String> {
        let Paint::Color(colour) = paint else {
            self.lost = true;
            return None;
        };
        let [red, green, blue, alpha] = colour.to_rgba().to_rgba8();
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        let mut out = String::new();
        let add = |out: &mut String, what: &str| {
            let _ = write!(out, " {what}=\"{colour}\"");
            if alpha != 255 {
                let _ = write!(out, " {what}-opacity=\"{:.3}\"", f32::from(alpha) / 255.0);
            }
        };
        match mode {
            DrawMode::Stroke(_) => out.push_str(" fill=\"none\""),
            // What is black is filled so anyway.
            _ if colour == "#000000" && alpha == 255 => {}
            _ => add(&mut out, "fill"),
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            add(&mut out, "stroke");
            stroked(&mut out, stroke, scale(transform, mode).unwrap_or(1.0));
        }
        Some(out)
    }

    /// A glyph as a reference to its outline.
    fn outline(&mut self, key: u128, outline: impl FnOnce() -> BezPath, transform: Affine, paint: &str) {
        let (glyphs, defs) = (self.glyphs.len(), &mut self.defs);
        let number = *self.glyphs.entry(key).or_insert_with(|| {
            let path = outline();
            if path.elements().is_empty() {
                return None;
            }
            let _ = write!(defs, "<path id=\"g{glyphs}\" d=\"");
            data(defs, &path, Affine::scale(1.0 / UNITS), 3);
            defs.push_str("\"/>");
            Some(glyphs)
        });
        let Some(number) = number else { return };
        let [a, b, c, d, e, f] = (transform * Affine::scale(UNITS)).as_coeffs();
        let (linear, whole) = ([a, b, c, d], a * d - b * c);
        if whole == 0.0 || !whole.is_finite() {
            return;
        }
        if self.run.as_ref().is_none_or(|(open, attributes)| *open != linear || attributes != paint) {
            if self.run.take().is_some() {
                self.body.push_str("</g>");
            }
            self.body.push_str("<g");
            self.body.push_str(paint);
            turned(&mut self.body, Affine::new([a, b, c, d, 0.0, 0.0]));
            self.body.push('>');
            self.run = Some((linear, paint.to_owned()));
        }
        let _ = write!(self.body, "<use href=\"#g{number}\" x=\"");
        number_to(&mut self.body, (d * e - c * f) / whole, 3);
        self.body.push_str("\" y=\"");
        number_to(&mut self.body, (a * f - b * e) / whole, 3);
        self.body.push_str("\"/>");
    }

    fn cut_to(&mut self, path: &BezPath, rule: FillRule) {
        let parent = self.cut.last().copied().flatten();
        let mut element = String::new();
        if let Some(parent) = parent {
            let _ = write!(element, " clip-path=\"url(#c{parent})\"");
        }
        element.push_str("><path d=\"");
        data(&mut element, path, Affine::IDENTITY, 2);
        element.push_str(if rule == FillRule::EvenOdd { "\" clip-rule=\"evenodd\"/>" } else { "\"/>" });
        let (number, defs) = (self.clips.len(), &mut self.defs);
        let number = *self.clips.entry(element).or_insert_with_key(|element| {
            let _ = write!(defs, "<clipPath id=\"c{number}\"{element}</clipPath>");
            number
        });
        self.cut.push(Some(number));
    }

    /// The address of a picture and whether it was made smaller.
    fn fitted<T>(
        &self,
        picture: T,
        (width, height): (u32, u32),
        transform: Affine,
        png: impl Fn(&T) -> Option<String>,
        shades: impl Fn(T) -> Raster,
        colour: Option<[u8; 4]>,
    ) -> Option<(String, bool)> {
        let (width, height) = (f64::from(width), f64::from(height));
        let covered = transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height)).area();
        let scan = self.small.filter(|(page, _)| covered >= page * COVERS);
        let Some((_, most)) = scan else { return Some((png(&picture)?, false)) };
        if width * height <= PIXELS
            && let Some(address) = png(&picture).filter(|address| address.len() <= most)
        {
            return Some((address, false));
        }
        let [a, b, c, d, ..] = transform.as_coeffs();
        let points = (width * a.hypot(b), height * c.hypot(d));
        Some((image::reduced(&shades(picture), points, colour, most)?, true))
    }

    fn picture(
        &mut self,
        drawn: Option<(String, bool)>,
        (width, height): (u32, u32),
        smooth: bool,
        transform: Affine,
    ) {
        let Some((png, reduced)) = drawn else { return };
        if self.run.take().is_some() {
            self.body.push_str("</g>");
        }
        let _ = write!(
            self.body,
            "<image href=\"{png}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\""
        );
        if !smooth && !reduced {
            self.body.push_str(" style=\"image-rendering:pixelated\"");
        }
        turned(&mut self.body, transform);
        self.body.push_str("/>");
    }
}

impl<'a> Device<'a> for Sketch {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.path(path, &props, mode);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.cut_to(&clip.path, clip.fill);
    }

    fn push_clip_rect(&mut self, area: &Rect) {
        self.cut_to(&area.to_path(0.1), FillRule::NonZero);
    }

    fn pop_clip(&mut self) {
        self.cut.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.lost |= mask.is_some() || mixed(blend).is_none();
        self.close();
        self.body.push_str("<g");
        let cut = self.cut.last().copied().flatten();
        self.group((cut, blend));
        if opacity < 1.0 {
            let _ = write!(self.body, " opacity=\"{opacity:.3}\"");
        }
        self.body.push('>');
    }

    fn pop_transparency_group(&mut self) {
        self.close();
        self.body.push_str("</g>");
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) || !self.ready(props.soft_mask.as_ref(), props.blend_mode) {
            return;
        }
        let Some(paint) = self.paint(&props.paint, mode, props.transform) else { return };
        for glyph in run.glyphs() {
            let place = glyph.transform();
            match (&**glyph, mode) {
                (Glyph::Outline(outline), DrawMode::Fill(_)) => {
                    let key = outline.identifier().cache_key();
                    self.outline(key, || outline.outline(), props.transform * place, &paint);
                }
                (Glyph::Outline(outline), _) => self.path(&(place * outline.outline()), &props, mode),
                (Glyph::Type3(glyph), _) => glyph.interpret(self, props.transform, place, &props.paint),
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        if !self.ready(props.soft_mask.as_ref(), props.blend_mode) {
            return;
        }
        let scaled =
            |(x, y): (f32, f32)| props.transform * Affine::scale_non_uniform(f64::from(x), f64::from(y));
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |luma, paint| {
                    let Paint::Color(colour) = paint else {
                        self.lost = true;
                        return;
                    };
                    let colour = colour.to_rgba().to_rgba8();
                    let (size, at) = ((luma.width, luma.height), scaled(luma.scale_factors));
                    let png = |this: &LumaData| image::stencil(this, colour);
                    let shades = |luma: LumaData| raster(luma.width, luma.height, luma.data.into_iter());
                    let smooth = luma.interpolate;
                    let drawn = self.fitted(luma, size, at, png, shades, Some(colour));
                    self.picture(drawn, size, smooth, at);
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, alpha| {
                    let (size, smooth) = ((data.width(), data.height()), data.interpolate());
                    let at = scaled(data.scale_factors());
                    let png = |this: &ImageData| image::raster(this, alpha.as_ref());
                    // What can be seen through would have to be mixed with what is below it.
                    let drawn = match &alpha {
                        Some(_) => png(&data).map(|png| (png, false)),
                        None => self.fitted(data, size, at, png, shades, None),
                    };
                    self.picture(drawn, size, smooth, at);
                },
                None,
            ),
        }
    }
}

/// The name of a way of mixing, of those that pages commonly have.
fn mixed(blend: BlendMode) -> Option<&'static str> {
    match blend {
        BlendMode::Normal => Some("normal"),
        BlendMode::Multiply => Some("multiply"),
        BlendMode::Screen => Some("screen"),
        BlendMode::Overlay => Some("overlay"),
        BlendMode::Darken => Some("darken"),
        BlendMode::Lighten => Some("lighten"),
        _ => None,
    }
}

/// By how much a transform makes lines wider, where a path can be drawn transformed: what is only filled, and strokes that become
/// as much wider in every direction.
fn scale(transform: Affine, mode: &DrawMode) -> Option<f64> {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let even =
        (a.abs() - d.abs()).abs() < 1e-6 && (b.abs() - c.abs()).abs() < 1e-6 && (a * c + b * d).abs() < 1e-6;
    (even || matches!(mode, DrawMode::Fill(_))).then(|| a.hypot(b))
}

fn stroked(out: &mut String, stroke: &StrokeProps, scale: f64) {
    let length = |out: &mut String, length: f32| number_to(out, f64::from(length) * scale, 3);
    out.push_str(" stroke-width=\"");
    length(out, stroke.line_width);
    out.push('"');
    match stroke.line_cap {
        Cap::Butt => {}
        Cap::Square => out.push_str(" stroke-linecap=\"square\""),
        Cap::Round => out.push_str(" stroke-linecap=\"round\""),
    }
    match stroke.line_join {
        Join::Bevel => out.push_str(" stroke-linejoin=\"bevel\""),
        Join::Miter => {}
        Join::Round => out.push_str(" stroke-linejoin=\"round\""),
    }
    if (stroke.miter_limit - 4.0).abs() > 0.01 {
        let _ = write!(out, " stroke-miterlimit=\"{}\"", stroke.miter_limit);
    }
    if !stroke.dash_array.is_empty() {
        out.push_str(" stroke-dasharray=\"");
        for dash in &stroke.dash_array {
            length(out, *dash);
            out.push(' ');
        }
        out.push_str("\" stroke-dashoffset=\"");
        length(out, stroke.dash_offset);
        out.push('"');
    }
}

/// How many decimals of a coordinate can be seen when it is transformed.
fn decimals(transform: Affine) -> u32 {
    let [a, b, c, d, ..] = transform.as_coeffs();
    let most = a.hypot(b).max(c.hypot(d));
    let needed = (most / SEEN).log10().ceil();
    if needed.is_finite() { needed.clamp(0.0, 6.0) as u32 } else { 2 }
}

fn turned(out: &mut String, transform: Affine) {
    let [a, b, c, d, e, f] = transform.as_coeffs();
    out.push_str(" transform=\"matrix(");
    for part in [a, b, c, d] {
        number_to(out, part, 6);
        out.push(' ');
    }
    number_to(out, e, 2);
    out.push(' ');
    number_to(out, f, 2);
    out.push_str(")\"");
}

/// The data of a path.
fn data(out: &mut String, path: &BezPath, transform: Affine, decimals: u32) {
    let mut points = |letter: char, points: &[Point]| {
        out.push(letter);
        for (number, point) in points.iter().enumerate() {
            if number > 0 {
                out.push(' ');
            }
            let point = transform * *point;
            number_to(out, point.x, decimals);
            out.push(' ');
            number_to(out, point.y, decimals);
        }
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => points('M', &[to]),
            PathEl::LineTo(to) => points('L', &[to]),
            PathEl::QuadTo(by, to) => points('Q', &[by, to]),
            PathEl::CurveTo(by, also, to) => points('C', &[by, also, to]),
            PathEl::ClosePath => points('Z', &[]),
        }
    }
}

/// A number with at most so many decimals, and none that are nought.
fn number_to(out: &mut String, value: f64, decimals: u32) {
    let unit = 10_i64.pow(decimals.min(9));
    // What is not finite becomes nought, what is too large the largest.
    let parts = (value * unit as f64).round() as i64;
    if parts < 0 {
        out.push('-');
    }
    let (whole, mut rest) =
        (parts.unsigned_abs() / unit.unsigned_abs(), parts.unsigned_abs() % unit.unsigned_abs());
    if whole > 0 || rest == 0 {
        digits(out, whole, 1);
    }
    if rest > 0 {
        let mut width = decimals as usize;
        while rest % 10 == 0 {
            rest /= 10;
            width -= 1;
        }
        out.push('.');
        digits(out, rest, width);
    }
}

/// The digits of a number, filled up with noughts.
fn digits(out: &mut String, mut number: u64, width: usize) {
    let mut buffer = [b'0'; 20];
    let mut used = 0;
    for place in buffer.iter_mut().rev() {
        if number == 0 && used >= width {
            break;
        }
        *place = b'0' + (number % 10) as u8;
        number /= 10;
        used += 1;
    }
    let shown = buffer.iter().skip(buffer.len() - used);
    out.extend(shown.map(|digit| char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, decimals: u32) -> String {
        let mut out = String::new();
        number_to(&mut out, value, decimals);
        out
    }

    #[test]
    fn a_number_is_as_short_as_can_be() {
        for (value, decimals, expected) in [
            (0.0, 2, "0"),
            (-0.001, 2, "0"),
            (1.05, 2, "1.05"),
            (-12.5, 2, "-12.5"),
            (0.000_012, 6, ".000012"),
            (-0.5, 2, "-.5"),
            (99.999, 2, "100"),
            (7.6, 0, "8"),
            (f64::NAN, 2, "0"),
        ] {
            assert_eq!(shown(value, decimals), expected);
        }
        assert_eq!(shown(f64::INFINITY, 0), i64::MAX.to_string());
    }

    #[test]
    fn lines_keep_their_width_where_a_path_is_drawn_transformed() {
        let stroke = DrawMode::Stroke(StrokeProps::default());
        assert_eq!(scale(Affine::scale(2.0), &stroke), Some(2.0));
        assert_eq!(scale(Affine::new([0.0, 3.0, 3.0, 0.0, 1.0, 1.0]), &stroke), Some(3.0));
        assert_eq!(scale(Affine::scale_non_uniform(1.0, 2.0), &stroke), None);
        assert!(scale(Affine::scale_non_uniform(1.0, 2.0), &DrawMode::Fill(FillRule::NonZero)).is_some());
    }
}
