//! Which glyphs a reader of the page sees: not those drawn twice, nor blank on blank, nor painted over.

use super::grounds::Grounds;
use crate::model::canvas::{Canvas, Fill, Glyph, Sight};
use rustc_hash::FxHashMap;

/// Type of less than this many points is not seen.
const TINY: f32 = 0.4;

/// Takes out what was drawn twice, and marks what cannot be seen.
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

/// Opaque fills by where they stand.
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

    /// Those that may stand at a height.
    fn at(&self, y: f32) -> impl Iterator<Item = &'a Fill> + Clone {
        let here = self.strips.get(&strip(y)).map_or(&[][..], Vec::as_slice);
        here.iter().chain(&self.tall).copied()
    }
}

fn strip(y: f32) -> i32 {
    floor(y / STRIP)
}

/// The largest whole number not above a value. Processors in general have no instruction for `f32::floor`, which is
/// then a call; this is asked several times a glyph.
fn floor(value: f32) -> i32 {
    let whole = value as i32;
    whole.saturating_sub(i32::from(whole as f32 > value))
}

/// A font of pictures may lie about its size, but not about its widths.
fn is_tiny(glyph: &Glyph) -> bool {
    glyph.size < TINY && glyph.area.width().max(glyph.area.height()) < TINY
}

pub(super) fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 8)
}

/// Side of the squares in which twins are looked for.
const SQUARE: f32 = 8.0;
/// A shadow is at most this far aside, in parts of the type's size.
const SHADOW: f32 = 0.15;

/// The glyphs of one character in one square, in the order of painting.
struct Cells {
    /// The first and the last of them.
    ends: FxHashMap<(char, i32, i32), (u32, u32)>,
    /// The next in the square of each glyph that is not its last.
    next: Vec<u32>,
}

impl Cells {
    fn of(glyphs: usize) -> Cells {
        let ends = FxHashMap::with_capacity_and_hasher(glyphs, Default::default());
        Cells { ends, next: vec![0; glyphs] }
    }

    fn push(&mut self, cell: (char, i32, i32), glyph: usize) {
        // A page has far fewer glyphs: see `MOST_GLYPHS`.
        let glyph = glyph as u32;
        let (_, last) = self.ends.entry(cell).or_insert((glyph, glyph));
        if let Some(next) = self.next.get_mut(*last as usize) {
            *next = glyph;
        }
        *last = glyph;
    }

    /// The first glyph in a square of which something is so.
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

/// Text that is filled and stroked, or printed twice to look bold, comes twice at one place; a shadow of another colour
/// comes first and a little aside.
fn single(glyphs: &mut Vec<Glyph>) {
    let cell = |v: f32| floor(v / SQUARE);
    let mut seen = Cells::of(glyphs.len());
    let mut dropped = vec![false; glyphs.len()];
    for (at, glyph) in glyphs.iter().enumerate().filter(|(_, g)| !g.ch.is_whitespace()) {
        // Letters of one ligature have one origin, and areas of their own.
        let (x, y) = (glyph.area.mid_x(), glyph.area.mid_y());
        let slack = SHADOW * glyph.size;
        let own = (glyph.ch, cell(x), cell(y));
        // Mostly one square; its neighbours only where the glyph stands near its edge.
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
                // What is printed on it takes its place.
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

/// Whether a glyph is another one again.
fn twice(before: &Glyph, glyph: &Glyph) -> Option<Twice> {
    let (own, other) = (glyph.area, before.area);
    let away = (own.mid_x() - other.mid_x()).abs().max((own.mid_y() - other.mid_y()).abs());
    let sized = (glyph.size - before.size).abs() <= 0.08 * glyph.size;
    if !sized {
        None
    } else if away <= 0.08 * glyph.size {
        Some(Twice::Same)
    } else if away <= SHADOW * glyph.size && glyph.colour != before.colour {
        Some(Twice::Shadow)
    } else {
        None
    }
}
