//! Lists as parts of patterns.

use super::Set;

/// A pattern in brackets that matches one of the words of a list. For an empty list it never matches.
pub(crate) fn choice(list: &Set) -> String {
    if list.iter().next().is_none() {
        return r"[^\s\S]".to_owned();
    }
    let mut words: Vec<String> = list.iter().map(regex::escape).collect();
    // The longest words come first, so that none is hidden by a shorter word that it begins with.
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.len()), word.clone()));
    format!("(?:{})", words.join("|"))
}
