//! Replacement text: what a stretch of glyphs stands for, where the file says so.

use crate::page::canvas::Glyph;
use crate::page::geometry::{Rect, cover};

/// Gives the glyphs from `first` on the characters of `actual`, spread over the same area. Where the characters are
/// as many as before, each keeps its place.
pub(super) fn replace(glyphs: &mut Vec<Glyph>, first: usize, actual: &str) {
    let Some(old) = glyphs.get_mut(first..).filter(|old| !old.is_empty()) else { return };
    let chars: Vec<char> = actual.chars().filter(|c| *c != '\u{FEFF}').collect();
    if chars.len() == old.len() {
        for (glyph, ch) in old.iter_mut().zip(chars) {
            glyph.ch = ch;
        }
        return;
    }
    // Glyphs on several lines cannot be shared out.
    let lines = old.iter().any(|g| old.first().is_some_and(|f| (g.origin.1 - f.origin.1).abs() > f.size));
    let (Some(area), Some(model)) = (cover(old.iter().map(|g| g.area)), old.first().copied()) else { return };
    if lines {
        return;
    }
    glyphs.truncate(first);
    let step = area.width() / chars.len().max(1) as f32;
    for (at, ch) in chars.into_iter().enumerate() {
        let x0 = area.x0 + step * at as f32;
        let part = Rect { x0, x1: x0 + step, ..area };
        glyphs.push(Glyph { ch, area: part, origin: (x0, model.origin.1), ..model });
    }
}
