//! Replacement text (`ActualText`): the characters that a file gives for a stretch of glyphs, in place of those drawn.

use crate::model::canvas::{Glyph, UNREADABLE, UnicodeConflict};
use crate::model::geometry::{Rect, cover};

/// Replaces the characters of the glyphs from `first` on by those of `actual`. Each glyph keeps its area where both
/// have the same number of characters; otherwise the area of all glyphs is divided equally, unless they are on several
/// lines.
pub(crate) fn replace(glyphs: &mut Vec<Glyph>, first: usize, actual: &str) {
    let Some(old) = glyphs.get_mut(first..).filter(|old| !old.is_empty()) else { return };
    let chars: Vec<char> = actual.chars().filter(|c| *c != '\u{FEFF}').collect();
    let conflict = if differs(old, &chars) { UnicodeConflict::ActualText } else { UnicodeConflict::None };
    if chars.len() == old.len() {
        for (glyph, ch) in old.iter_mut().zip(chars) {
            (glyph.ch, glyph.conflict) = (ch, conflict);
        }
        return;
    }
    // The area of glyphs on several lines cannot be divided.
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
        glyphs.push(Glyph { ch, area: part, origin: (x0, model.origin.1), conflict, ..model });
    }
}

/// Whether the drawn characters include digits and the replacement text has other digits.
fn differs(drawn: &[Glyph], told: &[char]) -> bool {
    let digits = drawn.iter().map(|g| g.ch).filter(char::is_ascii_digit);
    let readable = drawn.iter().all(|g| g.ch != UNREADABLE);
    let any = drawn.iter().any(|g| g.ch.is_ascii_digit());
    readable && any && !digits.eq(told.iter().copied().filter(char::is_ascii_digit))
}
