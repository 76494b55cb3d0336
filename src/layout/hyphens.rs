//! Joins words that a hyphen breaks at the end of a line.

use crate::model::text::{Line, Passage};
use crate::pack::pack;
use crate::read::fold::SOFT_HYPHEN;
use std::collections::HashSet;
use std::ops::Range;

/// The words of a document that are printed with a hyphen in the middle of a line.
#[derive(Debug, Default)]
pub(crate) struct Hyphens {
    printed: HashSet<String>,
}

impl Hyphens {
    /// Searches the document for each broken word printed whole with its hyphen.
    pub fn of(lines: &[Line]) -> Hyphens {
        let pairs = lines.iter().zip(lines.iter().skip(1));
        let broken: HashSet<String> = pairs
            .filter_map(|(a, b)| parts(&a.text, &b.text))
            .map(|(head, tail)| format!("{head}-{tail}").to_lowercase())
            .collect();
        let mut printed = HashSet::new();
        if !broken.is_empty() {
            for word in lines.iter().flat_map(|l| l.text.split_whitespace()).filter(|w| w.contains('-')) {
                let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                if broken.contains(&word) {
                    printed.insert(word);
                }
            }
        }
        Hyphens { printed }
    }

    /// Appends a range of a line to a passage: after a space, or directly where the passage ends in a broken word.
    pub fn join(&self, passage: &mut Passage, line: &Line, range: Range<usize>) {
        let next = line.text.get(range.clone()).unwrap_or_default();
        let Some((head, tail)) = parts(&passage.text, next) else { return passage.push(line, range) };
        let hard = passage.text.ends_with('-');
        let kept = hard && self.is_kept(head, tail, next);
        passage.push_closely(line, range, kept);
    }

    /// Whether the hyphen belongs to the word and stays when its parts are joined.
    fn is_kept(&self, head: &str, tail: &str, next: &str) -> bool {
        head.contains('-')
            || next.trim_start().get(tail.len()..).is_some_and(|rest| rest.starts_with('-'))
            || pack().words.keeps_hyphen.has(&head.to_lowercase())
            || tail.starts_with(['a', 'e', 'i', 'o', 'u'])
                && pack().words.keeps_hyphen_before_vowel.has(&head.to_lowercase())
            || self.printed.contains(&format!("{head}-{tail}").to_lowercase())
    }
}

/// The two parts of a word broken between two texts: letters and a hyphen, then small letters.
fn parts<'a>(before: &'a str, next: &'a str) -> Option<(&'a str, &'a str)> {
    let stem = before.trim_end().strip_suffix(['-', SOFT_HYPHEN])?;
    let start = stem.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1);
    let head = stem.get(start..)?;
    let next = next.trim_start();
    let end = next.find(|c: char| !c.is_alphabetic()).unwrap_or(next.len());
    let tail = next.get(..end)?;
    let lettered = head.ends_with(char::is_lowercase) && tail.starts_with(char::is_lowercase);
    lettered.then_some((head, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(text: &str) -> String {
        let lines = crate::read::text::lines(text.as_bytes()).0;
        let hyphens = Hyphens::of(&lines);
        let mut passage = Passage::default();
        for line in &lines {
            hyphens.join(&mut passage, line, 0..line.text.len());
        }
        passage.text.into()
    }

    #[test]
    fn broken_words_are_whole_again() {
        assert_eq!(
            joined("due to the reorgan-\nisation of 12 com-\nplaints"),
            "due to the reorganisation of 12 complaints"
        );
    }

    #[test]
    fn soft_hyphens_break_words() {
        assert_eq!(joined("12 com\u{ad}\nplaints; self\u{ad}\nish ones"), "12 complaints; selfish ones");
    }

    #[test]
    fn hyphens_of_the_word_itself_are_kept() {
        assert_eq!(joined("a self-\nservice desk"), "a self-service desk");
        assert_eq!(joined("a clear-cut case; a clear-\ncut one"), "a clear-cut case; a clear-cut one");
        assert_eq!(joined("a multi-\nagency plan; the intra-\nnet"), "a multi-agency plan; the intranet");
        assert_eq!(joined("an up-to-\ndate list"), "an up-to-date list");
        assert_eq!(joined("an up-\nto-date list"), "an up-to-date list");
    }

    #[test]
    fn other_dashes_part_words() {
        assert_eq!(joined("the outcome -\nupheld"), "the outcome - upheld");
        assert_eq!(joined("in 2018-\n19"), "in 2018- 19");
        assert_eq!(joined("North-\nEast"), "North- East");
    }
}
