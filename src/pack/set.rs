//! Lists of words with constant-time look-up.

use super::table::WordTable;
use rustc_hash::FxHashMap;

/// Words longer than this are in no list, so they are not looked up.
const LONGEST: usize = 32;

/// A list of words or short phrases in small letters.
#[derive(Debug, Default)]
pub(crate) struct Set(WordTable);

impl Set {
    /// Whether a word is in the list exactly as it is written.
    pub(crate) fn has(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.0.get(word.as_bytes()).is_some()
    }

    /// Whether a word is in the list in any case.
    pub(crate) fn has_folded(&self, word: &str) -> bool {
        self.0.may_hold(word.as_bytes()) && folded(word, |lower| self.0.get(lower).is_some())
    }

    /// Its words, in the order of the alphabet.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, _)| word)
    }

    /// Whether a text begins with one of the list's words.
    pub(crate) fn begins(&self, text: &str) -> bool {
        self.iter().any(|word| text.starts_with(word))
    }

    /// Whether a text ends in one of the list's words.
    pub(crate) fn ends(&self, text: &str) -> bool {
        self.iter().any(|word| text.ends_with(word))
    }

    /// A text without the ending that it shares with the list, if there is one.
    pub(crate) fn strip<'a>(&self, text: &'a str) -> &'a str {
        self.iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text)
    }

    /// Whether one of the list's words stands anywhere in a text.
    pub(crate) fn within(&self, text: &str) -> bool {
        text.len() >= self.0.shortest() && self.iter().any(|word| text.contains(word))
    }
}

/// Words in small letters, each with a meaning.
#[derive(Debug)]
pub(crate) struct Map<T>(FxHashMap<Box<[u8]>, T>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Map(FxHashMap::default())
    }
}

impl<T: Default> Map<T> {
    /// The meaning of a word in small letters, to be filled in.
    pub(crate) fn entry(&mut self, word: &str) -> &mut T {
        self.0.entry(word.as_bytes().into()).or_default()
    }

    /// All meanings.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.values_mut()
    }
}

impl<T> Map<T> {
    /// What a word means, in any case.
    pub(crate) fn get(&self, word: &str) -> Option<&T> {
        folded(word, |lower| self.0.get(lower))
    }

    /// Its words, in no order.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().filter_map(|word| std::str::from_utf8(word).ok())
    }

    /// Whether a word is in the list in any case.
    pub(crate) fn has_folded(&self, word: &str) -> bool {
        self.get(word).is_some()
    }
}

/// Asks about a word in small letters. Letters beyond ASCII stay as they are. A word that is too long gives the
/// default.
fn folded<R: Default>(word: &str, ask: impl FnOnce(&[u8]) -> R) -> R {
    let mut buffer = [0; LONGEST];
    let Some(lower) = buffer.get_mut(..word.len()) else { return R::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    ask(lower)
}

impl<'a> FromIterator<&'a str> for Set {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Set {
        Set(WordTable::new(words.into_iter().map(|word| (word, 0))))
    }
}

/// A list of the pack, whatever it is used as.
pub(crate) trait List {
    /// Whether its words are given with numbers.
    fn is_numbered(&self) -> bool {
        false
    }

    /// Takes its words with their numbers. Where the file gives no numbers, these are the words' places in the list.
    fn fill(&mut self, table: WordTable);
}

impl List for Set {
    fn fill(&mut self, table: WordTable) {
        self.0 = table;
    }
}

impl List for Vec<String> {
    fn fill(&mut self, table: WordTable) {
        let mut words: Vec<(&str, u32)> = table.iter().collect();
        words.sort_unstable_by_key(|(_, place)| *place);
        *self = words.into_iter().map(|(word, _)| word.to_owned()).collect();
    }
}

impl<T: TryFrom<u32>> List for Map<T> {
    fn is_numbered(&self) -> bool {
        true
    }

    fn fill(&mut self, table: WordTable) {
        let known = |(word, number): (&str, u32)| Some((word.as_bytes().into(), number.try_into().ok()?));
        self.0 = table.iter().filter_map(known).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case_or_as_written() {
        let set: Set = ["total", "grand total"].into_iter().collect();
        assert!(set.has("total") && !set.has("Total") && set.has_folded("TOTAL"));
        assert!(!set.has_folded(&"total".repeat(9)) && !set.has_folded("tötal"));
        assert!(set.begins("total of") && set.ends("the grand total") && set.within("a total of"));
        assert!(!set.begins("a total") && !set.within("sum"));
    }
}
