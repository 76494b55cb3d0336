//! Words of column heads: which stand alone, and which want another.

use crate::pack::pack;

/// Words that are a whole head by themselves.
pub(crate) fn known(text: &str) -> bool {
    pack().heads.whole.has(&text.to_lowercase())
}

/// Whether a word wants another after it.
pub(crate) fn hangs(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.len() < 40
        && (lower != "-" && lower.ends_with(['/', '&', '-']) || pack().heads.connectives.has(&lower))
}
