//! Lists as parts of patterns.

use super::Set;

/// One of the words of a list, as a pattern in brackets; that of an empty list never matches.
pub(crate) fn choice(list: &Set) -> String {
    if list.iter().next().is_none() {
        return r"[^\s\S]".to_owned();
    }
    let mut words: Vec<String> = list.iter().map(regex::escape).collect();
    // The longest first, so that none hides another that it begins.
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.len()), word.clone()));
    format!("(?:{})", words.join("|"))
}
