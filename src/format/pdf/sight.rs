//! Which glyphs a reader of the page sees: not those drawn twice, nor blank on blank, nor painted over.

use crate::page::canvas::{Canvas, Fill, Glyph, Sight};
use std::collections::HashMap;

/// Takes out what was drawn twice, and marks what cannot be seen.
pub(super) fn settle(canvas: &mut Canvas) {
    single(&mut canvas.glyphs);
    let fills = std::mem::take(&mut canvas.fills);
    let pictures = &canvas.pictures;
    let covers: Vec<&Fill> = fills.iter().filter(|f| f.opaque).collect();
    for glyph in canvas.glyphs.iter_mut().filter(|g| g.sight == Sight::Plain) {
        let over = |f: &&&Fill| f.area.holds_mid(glyph.area);
        let under = covers.iter().filter(over).rev().find(|f| f.order < glyph.order);
        let ground = under.map_or([255; 3], |f| f.colour);
        let pictured = || pictures.iter().any(|p| p.holds_mid(glyph.area));
        if near(ground, glyph.colour) && !pictured() {
            glyph.sight = Sight::Blank;
        } else if covers
            .iter()
            .filter(over)
            .any(|f| f.order > glyph.order && f.area.height() > glyph.size * 0.6)
        {
            glyph.sight = Sight::Covered;
        }
    }
    canvas.fills = fills;
}

fn near(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 8)
}

/// Text that is filled and stroked, or printed twice to look bold, comes twice at one place.
fn single(glyphs: &mut Vec<Glyph>) {
    /// A character in a square of two points.
    type Cell = (char, i32, i32);
    /// Origin and size of each glyph there.
    type Places = Vec<(f32, f32, f32)>;
    let cell = |v: f32| (v / 2.0).floor() as i32;
    let mut seen: HashMap<Cell, Places> = HashMap::with_capacity(glyphs.len());
    glyphs.retain(|glyph| {
        if glyph.ch.is_whitespace() {
            return true;
        }
        let (x, y) = glyph.origin;
        let slack = 0.08 * glyph.size;
        let (cx, cy) = (cell(x), cell(y));
        let twice = (-1..=1).any(|dx| {
            (-1..=1).any(|dy| {
                seen.get(&(glyph.ch, cx + dx, cy + dy)).is_some_and(|places| {
                    places.iter().any(|(ox, oy, size)| {
                        (x - ox).abs() <= slack
                            && (y - oy).abs() <= slack
                            && (size - glyph.size).abs() <= slack
                    })
                })
            })
        });
        if !twice {
            seen.entry((glyph.ch, cx, cy)).or_default().push((x, y, glyph.size));
        }
        !twice
    });
}
