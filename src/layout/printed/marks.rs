//! Recognises bullets at the start of a line, drawn or printed.

use super::{Printed, Word};
use crate::layout::settings::SETTINGS;
use crate::model::geometry::Rect;

/// Whether a dot is drawn before a line, as before a list item.
pub(crate) fn is_dotted(page: &Printed, line: Rect, size: f32) -> bool {
    let dots = page.curves.iter().copied().chain(page.fills.iter().map(|f| f.area));
    dots.into_iter().any(|dot| {
        let (width, height) = (dot.x1 - dot.x0, dot.y1 - dot.y0);
        let round =
            width > 0.1 * size && width < SETTINGS.max_bullet * size && (width - height).abs() < 0.3 * width;
        let level = dot.mid_y() > line.y0 && dot.mid_y() < line.y1;
        round && level && dot.x1 <= line.x0 && line.x0 - dot.x1 < SETTINGS.max_bullet_distance * size
    })
}

/// Whether a line begins with a single character of a symbol font, set apart from its text: a bullet that was encoded
/// as another character.
pub(crate) fn is_symbol(page: &Printed, words: &[usize]) -> bool {
    let word = |at: usize| words.get(at).and_then(|i| page.words.get(*i));
    let (Some(first), Some(second)) = (word(0), word(1)) else { return false };
    let text = page.text(first);
    let mut chars = text.chars();
    let (Some(symbol), None) = (chars.next(), chars.next()) else { return false };
    // Unknown and private characters and rare symbols count; dashes and currency signs may be text.
    let strange = matches!(symbol, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{25a0}'..='\u{25ff}' | '\u{ff61}'..='\u{ff9f}');
    strange && page.text(second).starts_with(|c: char| c.is_ascii_alphanumeric() || c == '"' || c == '(')
}

/// The left edge of a line's text, after its bullet or number.
pub(crate) fn lead(page: &Printed, words: &[usize]) -> f32 {
    let word = |at: usize| words.get(at).and_then(|i| page.words.get(*i));
    let Some(first) = word(0) else { return 0.0 };
    word(1)
        .filter(|_| is_mark(page, first) || is_symbol(page, words))
        .map_or(first.area.x0, |second| second.area.x0)
}

/// Whether a word is a bullet or list number: "•", "–", "3.", "(b)".
fn is_mark(page: &Printed, word: &Word) -> bool {
    let text = page.text(word);
    let core = text.trim_matches(['(', ')', '.']);
    let bullet = matches!(text.as_str(), "•" | "·" | "-" | "–" | "—" | "*" | "o" | "▪" | "◦" | "\u{f0b7}");
    let closed = core.len() < text.len() && core.len() <= 3;
    bullet || closed && core.chars().all(char::is_alphanumeric)
}

/// Whether a text is a line typed with dashes.
pub(crate) fn is_typed_line(text: &str) -> bool {
    text.len() >= 5 && text.chars().all(|c| matches!(c, '-' | '_' | '=' | '–' | '—' | '─'))
}
