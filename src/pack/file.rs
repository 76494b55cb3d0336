//! Files of lists: `name = ["word", …]`, or `name = { word = 1, … }` where each word has a number.

use super::lists::Pack;
use super::table::WordTable;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What is wrong in a file: its name, the bytes, and what should stand there.
pub(crate) type Wrong = (&'static str, Range<usize>, String);

/// Every list in the order in which [`Pack::of`] takes them; `text` gives the text of the file of a name.
pub(crate) fn read<'a>(text: impl Fn(&str) -> Option<&'a str>) -> Result<Vec<WordTable>, Wrong> {
    let mut tables = Vec::new();
    for (file, lists) in Pack::default().files() {
        let lists: Vec<_> = lists.into_iter().map(|(name, list)| (name, list.is_numbered())).collect();
        let found = lists_of(text(file).unwrap_or_default(), &lists);
        tables.extend(found.map_err(|(span, expected)| (file, span, expected))?);
    }
    Ok(tables)
}

type Found<T> = Result<T, (Range<usize>, String)>;

/// The lists of a file that it must have: the name of each, and whether its words have numbers.
fn lists_of(text: &str, lists: &[(&'static str, bool)]) -> Found<Vec<WordTable>> {
    let file = DeTable::parse(text)
        .map_err(|error| (error.span().unwrap_or_default(), error.message().to_owned()))?;
    let is_known = |name: &str| lists.iter().any(|(known, _)| *known == name);
    if let Some(other) = file.get_ref().keys().find(|key| !is_known(key.get_ref())) {
        return Err((other.span(), format!("a list that there is in place of `{}`", other.get_ref())));
    }
    let table = |(name, numbered): &(&'static str, bool)| {
        let list = file.get_ref().get(*name).ok_or_else(|| (0..0, format!("a list `{name}`")))?;
        if *numbered { with_numbers(list) } else { in_order(list) }
    };
    lists.iter().map(table).collect()
}

/// Words, each with its place in the list.
fn in_order(list: &Spanned<DeValue>) -> Found<WordTable> {
    let words = list.get_ref().as_array().ok_or((list.span(), "a list of words".to_owned()))?;
    let word = |word: &'_ Spanned<DeValue>| word.get_ref().as_str().map(str::to_owned).ok_or(word.span());
    let words: Result<Vec<String>, Range<usize>> = words.iter().map(word).collect();
    let words = words.map_err(|span| (span, "a word".to_owned()))?;
    Ok(WordTable::new(words.iter().map(String::as_str).zip(0..)))
}

/// Words with the numbers that they are given.
fn with_numbers(list: &Spanned<DeValue>) -> Found<WordTable> {
    let words = list.get_ref().as_table();
    let words = words.ok_or((list.span(), "words, each with a number".to_owned()))?;
    let mut numbers = Vec::new();
    for (word, number) in words {
        let integer = number.get_ref().as_integer();
        let integer = integer.and_then(|i| u32::from_str_radix(i.as_str(), i.radix()).ok());
        numbers.push((word.get_ref().as_ref(), integer.ok_or((number.span(), "a whole number".to_owned()))?));
    }
    Ok(WordTable::new(numbers))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        lists_of(text, &[("sums", false), ("tens", true)]).map_err(|(_, wrong)| wrong).unwrap_err()
    }

    #[test]
    fn a_broken_list_says_what_it_wants() {
        assert_eq!(wrong("sums = ['a']"), "a list `tens`");
        assert_eq!(wrong("sums = 1"), "a list of words");
        assert_eq!(wrong("sums = [1]"), "a word");
        assert_eq!(wrong("sums = []\ntens = ['a']"), "words, each with a number");
        assert_eq!(wrong("sums = []\ntens = { a = 'b' }"), "a whole number");
        assert_eq!(
            wrong("sums = []\ntens = { a = 1 }\nothers = []"),
            "a list that there is in place of `others`"
        );
    }
}
