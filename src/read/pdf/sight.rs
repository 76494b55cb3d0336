//! Decides which glyphs a reader of the page sees. Glyphs drawn twice are removed; those in the colour of their
//! background or painted over are marked.

use super::grounds::Grounds;
use super::settings::SETTINGS;
use crate::model::canvas::{Canvas, Fill, Glyph, Sight};
use rustc_hash::FxHashMap;

/// Removes glyphs that were drawn twice and sets [`Glyph::sight`] of those that cannot be seen.
pub(crate) fn settle(canvas: &mut Canvas, grounds: &Grounds) {
    single(&mut canvas.glyphs);
    let fills = std::mem::take(&mut canvas.fills);
    let pictures = &canvas.pictures;
    let covers = Covers::of(fills.iter().filter(|f| f.opaque));
    for glyph in canvas.glyphs.iter_mut().filter(|g| g.sight == Sight::Plain) {
        let covers = covers.at(glyph.area.mid_y());
        let over = || covers.clone().filter(|f| f.area.holds_mid(glyph.area));
        let under = over().filter(|f| f.order < glyph.order).max_by_key(|f| f.order);
        let (ground, since) = under.map_or(([255; 3], 0), |f| (f.colour, f.order));
        let pictured = || pictures.iter().any(|p| p.holds_mid(glyph.area));
        let shown = || pictured() || grounds.show(glyph, since);
        if is_tiny(glyph) || near(ground, glyph.colour) && !shown() {
            glyph.sight = Sight::Blank;
        } else if over().any(|f| f.order > glyph.order && f.area.height() > glyph.size * 0.6) {
            glyph.sight = Sight::Covered;
        }
    }
    canvas.fills = fills;
}

/// Height of the strips by which fills are looked up.
const STRIP: f32 = 24.0;
/// A fill that reaches over more strips than this stands in a list of its own.
const TALL: i32 = 40;

/// Opaque fills, indexed by horizontal strips of the page.
struct Covers<'a> {
    strips: FxHashMap<i32, Vec<&'a Fill>>,
    tall: Vec<&'a Fill>,
}

impl<'a> Covers<'a> {
    fn of(fills: impl Iterator<Item = &'a Fill>) -> Covers<'a> {
        let mut strips: FxHashMap<i32, Vec<&Fill>> = FxHashMap::default();
        let mut all = Vec::new();
        for fill in fills {
            let (from, to) = (strip(fill.area.y0), strip(fill.area.y1));
            if to.saturating_sub(from) > TALL {
                all.push(fill);
            } else {
                (from..=to).for_each(|at| strips.entry(at).or_default().push(fill));
            }
        }
        Covers { strips, tall: all }
    }

    /// The fills that may cover a height.
    fn at(&self, y: f32) -> impl Iterator<Item = &'a Fill> + Clone {
        let here = self.strips.get(&strip(y)).map_or(&[][..], Vec::as_slice);
        here.iter().chain(&self.tall).copied()
    }
}

fn strip(y: f32) -> i32 {
    floor(y / STRIP)
}

/// Rounds down. `f32::floor` is a function call on most processors, and this runs several times for each glyph.
fn floor(value: f32) -> i32 {
    let whole = value as i32;
    whole.saturating_sub(i32::from(whole as f32 > value))
}

/// Whether a glyph is too small to see. A type 3 font may state a wrong size, so its widths are tested too.
fn is_tiny(glyph: &Glyph) -> bool {
    glyph.size < SETTINGS.min_type_size
        && glyph.area.width().max(glyph.area.height()) < SETTINGS.min_type_size
}

pub(super) fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 8)
}

/// Side of the squares in which twins are looked for.
const SQUARE: f32 = 8.0;

/// Linked lists of the glyphs of one character in one square, in the order of painting.
struct GlyphIndex {
    /// First and last glyph of each square.
    ends: FxHashMap<(char, i32, i32), (u32, u32)>,
    /// The next glyph in the same square, for each glyph that is not the last of its square.
    next: Vec<u32>,
}

impl GlyphIndex {
    fn of(glyphs: usize) -> GlyphIndex {
        let ends = FxHashMap::with_capacity_and_hasher(glyphs, Default::default());
        GlyphIndex { ends, next: vec![0; glyphs] }
    }

    fn push(&mut self, cell: (char, i32, i32), glyph: usize) {
        // A page has far fewer glyphs: see `Settings::max_glyphs`.
        let glyph = glyph as u32;
        let (_, last) = self.ends.entry(cell).or_insert((glyph, glyph));
        if let Some(next) = self.next.get_mut(*last as usize) {
            *next = glyph;
        }
        *last = glyph;
    }

    /// The first result that `is_so` gives for a glyph of a square.
    fn find<T>(&self, cell: (char, i32, i32), is_so: impl Fn(usize) -> Option<T>) -> Option<(usize, T)> {
        let (mut at, last) = *self.ends.get(&cell)?;
        loop {
            if let Some(so) = is_so(at as usize) {
                return Some((at as usize, so));
            }
            if at == last {
                return None;
            }
            at = *self.next.get(at as usize)?;
        }
    }
}

/// Removes glyphs that repeat another one. Text that is both filled and stroked, or printed twice to look bold, is
/// drawn twice at one place. A shadow is drawn first, in another colour and a little aside.
fn single(glyphs: &mut Vec<Glyph>) {
    let cell = |v: f32| floor(v / SQUARE);
    let mut seen = GlyphIndex::of(glyphs.len());
    let mut dropped = vec![false; glyphs.len()];
    for (at, glyph) in glyphs.iter().enumerate().filter(|(_, g)| !g.ch.is_whitespace()) {
        // The letters of a ligature share one origin but not one area, so areas are compared.
        let (x, y) = (glyph.area.mid_x(), glyph.area.mid_y());
        let slack = SETTINGS.max_shadow_offset * glyph.size;
        let own = (glyph.ch, cell(x), cell(y));
        // The neighbouring squares are searched only where the glyph is close to an edge of its own.
        let columns = cell(x - slack)..=cell(x + slack);
        let rows = cell(y - slack)..=cell(y + slack);
        let other = columns.into_iter().find_map(|cx| {
            rows.clone().find_map(|cy| seen.find((own.0, cx, cy), |at| twice(glyphs.get(at)?, glyph)))
        });
        match other {
            Some((_, Twice::Same)) => {
                if let Some(own) = dropped.get_mut(at) {
                    *own = true;
                }
            }
            Some((shadow, Twice::Shadow)) => {
                // The shadow is removed and the glyph over it is kept.
                if let Some(other) = dropped.get_mut(shadow) {
                    *other = true;
                }
                seen.push(own, at);
            }
            None => seen.push(own, at),
        }
    }
    let mut dropped = dropped.into_iter();
    glyphs.retain(|_| dropped.next() != Some(true));
}

enum Twice {
    Same,
    Shadow,
}

/// Whether one glyph repeats another, and how.
fn twice(before: &Glyph, glyph: &Glyph) -> Option<Twice> {
    let (own, other) = (glyph.area, before.area);
    let away = (own.mid_x() - other.mid_x()).abs().max((own.mid_y() - other.mid_y()).abs());
    let sized = (glyph.size - before.size).abs() <= 0.08 * glyph.size;
    if !sized {
        None
    } else if away <= 0.08 * glyph.size {
        Some(Twice::Same)
    } else if away <= SETTINGS.max_shadow_offset * glyph.size && glyph.colour != before.colour {
        Some(Twice::Shadow)
    } else {
        None
    }
}
