//! The words of a text as parts of names.

use crate::pack::councils::folded;
use crate::pack::pack;
use std::ops::Range;

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// The word as names are compared.
    pub folded: String,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether all its letters are capitals.
    pub capitals: bool,
    /// Whether a comma stands behind it.
    pub comma: bool,
    /// Whether a mark stands behind it, or before the next word, that no name goes over.
    pub ends: bool,
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut at = 0;
    for piece in text.split(char::is_whitespace) {
        let start = at;
        at += piece.len();
        at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        if piece == "&" {
            found.push(word(piece, start, ""));
            continue;
        }
        let within = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let before = piece.find(within).unwrap_or_default();
        if (before > 0 || within.is_empty() && !piece.is_empty())
            && let Some(last) = found.last_mut()
        {
            last.ends = true;
        }
        if !within.is_empty() {
            let after = piece.get(before + within.len()..).unwrap_or_default();
            found.push(word(within, start + before, after));
        }
    }
    found
}

fn word(text: &str, start: usize, after: &str) -> Word {
    // "Larkmere Council's" names Larkmere Council, but "King's" is a part of a name.
    let owner = text.strip_suffix(['s', 'S']).and_then(|text| text.strip_suffix('\''));
    let text = owner.filter(|word| pack().bodies.triggers.has_folded(word)).unwrap_or(text);
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    let capitals = letters.peek().is_some() && letters.all(char::is_uppercase);
    Word {
        range: start..start + text.len(),
        folded: folded(text),
        capital: text.starts_with(char::is_uppercase),
        capitals,
        comma: after == ",",
        // "St. Larkmere" goes on.
        ends: !(after.is_empty() || after == "," || after == "." && text.len() <= 2),
    }
}
