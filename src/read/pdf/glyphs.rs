//! Positions of the glyphs of a run in display space, and the fonts of a page.

use super::device::readable;
use super::settings::SETTINGS;
use crate::model::canvas::{Font, Turn, UNREADABLE};
use crate::model::geometry::Rect;
use crate::read::fold::SOFT_HYPHEN;
use hayro_interpret::font::{Glyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, Point, Shape, Vec2};
use rustc_hash::FxHashMap;

/// One character of a run, in its place.
pub(crate) struct PlacedGlyph {
    pub ch: char,
    /// Its code in the font.
    pub code: u32,
    pub area: Rect,
    pub origin: (f32, f32),
    pub size: f32,
    pub angle: f32,
}

/// A glyph with its axes on the page: `along` is one unit of advance along the line, `up` is the height of one em.
struct ScaledGlyph<'run, 'a> {
    glyph: &'run PositionedGlyph<'a>,
    origin: Point,
    along: Vec2,
    up: Vec2,
    advance: f64,
    text: Option<BfString>,
}

/// Size of the cache for what a font says of a code: codes that end in the same eight bits share a place, and the last
/// one is kept.
const CODES: usize = 256;

/// The glyphs of a run. The font is asked once for each code, because its answers need searches by name.
fn set<'run, 'a>(glyphs: &'run [PositionedGlyph<'a>], transform: Affine) -> Vec<ScaledGlyph<'run, 'a>> {
    let mut all: Vec<ScaledGlyph<'_, '_>> = Vec::with_capacity(glyphs.len());
    let mut known = [usize::MAX; CODES];
    for (at, glyph) in glyphs.iter().enumerate() {
        let [a, b, c, d, x, y] = (transform * glyph.transform()).as_coeffs();
        let code = glyph.char_code();
        let slot = known.get_mut(code as usize % CODES);
        let same = slot.as_ref().and_then(|slot| all.get(**slot)).filter(|s| s.glyph.char_code() == code);
        let (advance, text) = match same {
            Some(same) => (same.advance, same.text.clone()),
            None => (advance(glyph), glyph.as_unicode()),
        };
        if let Some(slot) = slot {
            *slot = at;
        }
        let (origin, along, up) = (Point::new(x, y), Vec2::new(a, b), Vec2::new(c, d));
        all.push(ScaledGlyph { glyph, origin, along, up, advance, text });
    }
    all
}

fn advance(glyph: &PositionedGlyph<'_>) -> f64 {
    let width = match &**glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(drawn) => drawn.advance_width(),
    };
    width.map(f64::from).filter(|w| w.is_finite()).unwrap_or(500.0)
}

/// Whether the font is of type 3. Such fonts measure glyphs and widths in a space of their own.
fn is_type3(glyph: &PositionedGlyph<'_>) -> bool {
    matches!(&**glyph, Glyph::Type3(_))
}

/// The factor by which the type is taller than its font says. Fonts drawn as pictures may use any unit, so the height
/// is corrected where it does not fit the widths.
fn taller(glyphs: &[ScaledGlyph<'_, '_>]) -> f64 {
    let Some(first) = glyphs.first().filter(|g| is_type3(g.glyph)) else { return 1.0 };
    let up = first.up.length() * 1000.0;
    let widths = glyphs.iter().map(|g| (g.along * g.advance).length());
    let mean = widths.sum::<f64>() / glyphs.len() as f64;
    // A letter is about half as wide as it is high; ratios from 0.7 to 20 are plausible and left alone.
    if up > 0.0 && mean > 0.0 && !(0.7..20.0).contains(&(up / mean)) { 2.0 * mean / up } else { 1.0 }
}

/// Whether a glyph has no outline. It is then a space, whatever the file calls it.
fn is_bare(glyph: &PositionedGlyph<'_>) -> bool {
    match &**glyph {
        Glyph::Outline(outline) => outline.outline().elements().is_empty(),
        Glyph::Type3(_) => false,
    }
}

/// Where a raised digit begins and how high it is, in thousandths of its size; `None` for other glyphs. Some fonts have
/// superscript digits that are drawn above the line. They are narrower than other digits or stand in a run of their
/// own; only such digits are examined, because the outline is costly.
fn raised(set: &ScaledGlyph<'_, '_>, before: Option<f64>, run: usize) -> Option<(f64, f64)> {
    if run > 2 && before.is_none_or(|width| set.advance >= 0.9 * width) {
        return None;
    }
    let Glyph::Outline(outline) = &**set.glyph else { return None };
    let drawn = outline.outline().bounding_box();
    (drawn.y0 > 0.25 * SETTINGS.digit_height && drawn.height() < 0.8 * SETTINGS.digit_height)
        .then_some((drawn.y0, drawn.height()))
}

/// The characters of a run in display space.
pub(crate) fn place(run: &GlyphRun<'_, '_>, transform: Affine) -> Vec<PlacedGlyph> {
    let glyphs = set(run.glyphs(), transform);
    let stretch = stretch(&glyphs);
    let taller = taller(&glyphs);
    let mut placed = Vec::with_capacity(glyphs.len());
    // Width of the previous digit.
    let mut digit: Option<f64> = None;
    for (at, set) in glyphs.iter().enumerate() {
        let ScaledGlyph { glyph, origin, along, up, advance, ref text } = *set;
        let up = up * taller;
        let em = 1000.0;
        let is_digit = matches!(text, Some(BfString::Char('0'..='9')));
        // A raised digit is recorded as if it were of a smaller type size.
        let (origin, up) = match is_digit.then(|| raised(set, digit, glyphs.len())).flatten() {
            Some((bottom, height)) => (origin + up * bottom, up * (height / SETTINGS.digit_height)),
            None => (origin, up),
        };
        digit = is_digit.then_some(advance);
        let size = up.length() * em;
        if !origin.is_finite() || !size.is_finite() || size > 1e5 {
            continue;
        }
        let unit = if stretch { along.normalize_or(up) * up.length() } else { along };
        let mut width = unit * advance;
        if run.writing_mode() == WritingMode::Vertical {
            width = along * em;
        } else if let Some(next) = glyphs.get(at + 1).filter(|_| is_type3(glyph)) {
            // The advance of a type 3 font is in other units where it does not fit the distance to the next glyph.
            let step = next.origin - origin;
            let fits = step.length() > 0.0 && (0.3..3.0).contains(&(width.length() / step.length()));
            width = if fits || step.length() == 0.0 || step.length() > 3.0 * size { width } else { step };
        }
        let corners = [
            origin + up * (em * SETTINGS.ascent),
            origin - up * (em * SETTINGS.descent),
            origin + width + up * (em * SETTINGS.ascent),
            origin + width - up * (em * SETTINGS.descent),
        ];
        let area = around(corners);
        let angle = (along.y as f32).atan2(along.x as f32);
        let turn = Turn::of(angle);
        let origin = (origin.x as f32, origin.y as f32);
        let code = glyph.char_code();
        let mut put =
            |ch, area| placed.push(PlacedGlyph { ch, code, area, origin, size: size as f32, angle });
        match text {
            None => put(if is_bare(glyph) { ' ' } else { UNREADABLE }, area),
            // A font that has one glyph for both hyphens may name it after the one that is not printed within a line. What is
            // drawn is printed: "13-24" is no 1324.
            Some(BfString::Char(SOFT_HYPHEN)) if !is_bare(glyph) => put('-', area),
            Some(BfString::Char(ch)) => match ligature(*ch) {
                Some(letters) => spread(letters, area, turn, &mut put),
                None => put(readable(*ch), area),
            },
            Some(BfString::String(text)) => spread(text, area, turn, &mut put),
        }
    }
    placed
}

/// The smallest upright rectangle round some points.
fn around([first, rest @ ..]: [Point; 4]) -> Rect {
    let (x, y) = (first.x as f32, first.y as f32);
    let mut area = Rect { x0: x, y0: y, x1: x, y1: y };
    for point in rest {
        let (x, y) = (point.x as f32, point.y as f32);
        area = Rect { x0: area.x0.min(x), y0: area.y0.min(y), x1: area.x1.max(x), y1: area.y1.max(y) };
    }
    area
}

trait NormalizeOr {
    fn normalize_or(self, other: Vec2) -> Vec2;
}

impl NormalizeOr for Vec2 {
    /// The unit vector along this one, or along the other turned by a quarter where this one is nothing.
    fn normalize_or(self, other: Vec2) -> Vec2 {
        let length = self.length();
        if length > 1e-12 { self / length } else { Vec2::new(-other.y, other.x) / other.length().max(1e-12) }
    }
}

/// Whether a substitute font was stretched to the widths of a font that is missing. The transform then contains the
/// stretch, which must not be applied to the advance again. The distances between glyphs show it.
fn stretch(glyphs: &[ScaledGlyph<'_, '_>]) -> bool {
    let mut off = (0.0, 0.0);
    let mut differs = false;
    for pair in glyphs.windows(2) {
        let [one, next] = pair else { continue };
        let (along, up) = (one.along.length(), one.up.length());
        differs |= (along - up).abs() > 0.005 * up;
        let (step, width) = ((next.origin - one.origin).length(), one.advance);
        off = (off.0 + (step - width * along).abs(), off.1 + (step - width * up).abs());
    }
    if let [only] = glyphs {
        // A single glyph has no distance to measure. Then the font is assumed to be stretched, which is far more common
        // than condensed text.
        return (only.along.length() - only.up.length()).abs() > 0.005 * only.up.length();
    }
    differs && off.1 < off.0
}

/// Divides the area of one glyph among its characters.
fn spread(text: &str, area: Rect, turn: Turn, put: &mut impl FnMut(char, Rect)) {
    let count = text.chars().count().max(1) as f32;
    for (at, ch) in text.chars().enumerate() {
        let (from, to) = (at as f32 / count, (at + 1) as f32 / count);
        let part = match turn {
            Turn::Up => Rect { y0: area.y1 - area.height() * to, y1: area.y1 - area.height() * from, ..area },
            Turn::Down => {
                Rect { y0: area.y0 + area.height() * from, y1: area.y0 + area.height() * to, ..area }
            }
            Turn::Over => Rect { x0: area.x1 - area.width() * to, x1: area.x1 - area.width() * from, ..area },
            Turn::Upright | Turn::Aslant => {
                Rect { x0: area.x0 + area.width() * from, x1: area.x0 + area.width() * to, ..area }
            }
        };
        put(readable(ch), part);
    }
}

fn ligature(ch: char) -> Option<&'static str> {
    Some(match ch {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ => return None,
    })
}

/// The fonts of a page, each once.
#[derive(Default)]
pub(crate) struct Fonts {
    pub list: Vec<Font>,
    known: FxHashMap<u128, u16>,
}

impl Fonts {
    /// The index of a run's font; all glyphs of a run have the same font.
    pub fn of(&mut self, run: &GlyphRun<'_, '_>) -> u16 {
        let data = run.glyphs().first().and_then(|glyph| match &**glyph {
            Glyph::Outline(outline) => outline.font_data(),
            Glyph::Type3(_) => None,
        });
        let key = data.as_ref().map_or(0, |d| d.cache_key);
        if let Some(index) = self.known.get(&key) {
            return *index;
        }
        let font = data.map_or_else(Font::default, |data| {
            let name = data.postscript_name.unwrap_or_default();
            let lower = name.to_ascii_lowercase();
            let heavy = ["bold", "black", "heavy", "semibold", "demi"].iter().any(|w| lower.contains(w));
            Font {
                bold: heavy || data.weight.is_some_and(|w| w >= 600),
                italic: data.is_italic || lower.contains("italic") || lower.contains("oblique"),
                fixed_pitch: data.is_monospace || lower.contains("courier"),
                name,
            }
        });
        let index = u16::try_from(self.list.len()).unwrap_or(u16::MAX);
        self.list.push(font);
        self.known.insert(key, index);
        index
    }
}
