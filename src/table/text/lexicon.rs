//! Words of column heads: which stand alone, which stand together, which want another.

use crate::pack::pack;

/// Words that are a whole head by themselves.
pub(crate) fn known(text: &str) -> bool {
    pack().heads.whole.has(&text.to_lowercase())
}

/// Whether two words often stand together in a head.
pub(crate) fn pair(a: &str, b: &str) -> bool {
    let pair = format!("{a} {b}").to_lowercase();
    let pair = pair.trim_end_matches(|c: char| !c.is_alphanumeric());
    pack().heads.pairs.has(pair) || pack().heads.pairs.has(pair.trim_end_matches('s'))
}

/// Whether a word wants another after it.
pub(crate) fn hangs(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.len() < 40
        && (lower != "-" && lower.ends_with(['/', '&', '-']) || pack().heads.connectives.has(&lower))
}

/// Whether a word in small letters wants a noun after it.
pub(crate) fn wants_next(word: &str) -> bool {
    pack().heads.prefixes.has(word.trim_end_matches("'s"))
}

/// Whether a word in small letters wants another before it.
pub(crate) fn wants_last(word: &str) -> bool {
    pack().heads.suffixes.has(word) || pack().heads.suffixes.has(word.trim_end_matches('s'))
}
