//! Which glyphs a reader of the page sees: not those drawn twice, nor blank on blank, nor painted over.

use crate::page::canvas::{Canvas, Fill, Glyph, Sight};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Type of less than this many points is not seen.
const TINY: f32 = 0.4;

/// Takes out what was drawn twice, and marks what cannot be seen.
pub(super) fn settle(canvas: &mut Canvas) {
    single(&mut canvas.glyphs);
    let fills = std::mem::take(&mut canvas.fills);
    let pictures = &canvas.pictures;
    let covers = Covers::of(fills.iter().filter(|f| f.opaque));
    for glyph in canvas.glyphs.iter_mut().filter(|g| g.sight == Sight::Plain) {
        let over = || covers.at(glyph.area.mid_y()).filter(|f| f.area.holds_mid(glyph.area));
        let under = over().filter(|f| f.order < glyph.order).max_by_key(|f| f.order);
        let ground = under.map_or([255; 3], |f| f.colour);
        let pictured = || pictures.iter().any(|p| p.holds_mid(glyph.area));
        if is_tiny(glyph) || near(ground, glyph.colour) && !pictured() {
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
    strips: HashMap<i32, Vec<&'a Fill>>,
    tall: Vec<&'a Fill>,
}

impl<'a> Covers<'a> {
    fn of(fills: impl Iterator<Item = &'a Fill>) -> Covers<'a> {
        let mut strips: HashMap<i32, Vec<&Fill>> = HashMap::new();
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
    fn at(&self, y: f32) -> impl Iterator<Item = &'a Fill> {
        let here = self.strips.get(&strip(y)).map_or(&[][..], Vec::as_slice);
        here.iter().chain(&self.tall).copied()
    }
}

fn strip(y: f32) -> i32 {
    (y / STRIP).floor() as i32
}

/// A font of pictures may lie about its size, but not about its widths.
fn is_tiny(glyph: &Glyph) -> bool {
    glyph.size < TINY && glyph.area.width().max(glyph.area.height()) < TINY
}

fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 8)
}

/// Side of the squares in which twins are looked for.
const SQUARE: f32 = 8.0;
/// A shadow is at most this far aside, in parts of the type's size.
const SHADOW: f32 = 0.15;

/// A character in a square, and the glyphs there.
type Cells = HashMap<(char, i32, i32), Vec<usize>, BuildHasherDefault<Quick>>;

/// Hashes a few small numbers; what it hashes is bounded, so that it need not withstand anything.
#[derive(Default)]
struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|b| self.write_u32(u32::from(*b)));
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(value)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_i32(&mut self, value: i32) {
        self.write_u32(value.cast_unsigned());
    }
}

/// Text that is filled and stroked, or printed twice to look bold, comes twice at one place; a shadow of another colour
/// comes first and a little aside.
fn single(glyphs: &mut Vec<Glyph>) {
    let cell = |v: f32| (v / SQUARE).floor() as i32;
    let mut seen: Cells = HashMap::with_capacity_and_hasher(glyphs.len(), Default::default());
    let mut dropped = vec![false; glyphs.len()];
    for (at, glyph) in glyphs.iter().enumerate().filter(|(_, g)| !g.ch.is_whitespace()) {
        // Letters of one ligature have one origin, and areas of their own.
        let (x, y) = (glyph.area.mid_x(), glyph.area.mid_y());
        let slack = SHADOW * glyph.size;
        let own = (glyph.ch, cell(x), cell(y));
        // Mostly one square; its neighbours only where the glyph stands near its edge.
        let columns = cell(x - slack)..=cell(x + slack);
        let around =
            columns.flat_map(|cx| (cell(y - slack)..=cell(y + slack)).map(move |cy| (own.0, cx, cy)));
        let other = around.filter_map(|c| seen.get(&c)).flatten().copied().find_map(|other| {
            let twice = glyphs.get(other).and_then(|o| twice(o, glyph))?;
            Some((other, twice))
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
                seen.entry(own).or_default().push(at);
            }
            None => seen.entry(own).or_default().push(at),
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
