//! Splits running text into sentences.

use super::settings::SETTINGS;
use crate::pack::pack;
use std::ops::Range;

/// The byte ranges of the sentences of a text, in order, without the blanks around them.
///
/// A sentence ends at `.`, `!` or `?` with what closes after it, where the next word does not begin with a small
/// letter, and before a bullet; not at a semicolon, nor in decimals, paragraph numbers, initials and abbreviations.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if at < start {
            continue;
        }
        let end = match c {
            '.' | '!' | '?' => ending(text, start, at, c),
            '•' => Some(at),
            _ if at - start >= SETTINGS.max_sentence && c.is_whitespace() => Some(at),
            _ => None,
        };
        if let Some(end) = end {
            push(&mut found, text, start..end);
            start = end;
        }
    }
    push(&mut found, text, start..text.len());
    found
}

fn push(found: &mut Vec<Range<usize>>, text: &str, range: Range<usize>) {
    let Some(slice) = text.get(range.clone()) else { return };
    let trimmed = slice.trim_start();
    let start = range.end - trimmed.len();
    let length = trimmed.trim_end().len();
    if length > 0 {
        found.push(start..start + length);
    }
}

/// The end of the sentence that began at `start`, if the mark at `at` ends it.
fn ending(text: &str, start: usize, at: usize, mark: char) -> Option<usize> {
    let after = head(text.get(at + 1..)?, SETTINGS.max_sentence_lookahead);
    let closing = after.trim_start_matches(['.', '!', '?', '"', '\'', ')', ']', '*', '_']);
    let end = at + 1 + after.len() - closing.len();
    if closing.is_empty() {
        return Some(end);
    }
    let next = closing.trim_start();
    let spaced = next.len() < closing.len();
    let first = next.trim_start_matches(['"', '\'', '(', '[', '*', '_']).chars().next();
    if first.is_some_and(char::is_lowercase) {
        return None;
    }
    let before = last_word(text.get(start..at)?);
    if !spaced {
        return (end == at + 1 && lost_blank(before, closing)).then_some(end);
    }
    let open = mark == '.' && end == at + 1 && keeps_open(before, text.get(start..at)?.trim(), first);
    (!open).then_some(end)
}

/// The start of a text: `length` bytes, or a few less to end at a character.
fn head(text: &str, mut length: usize) -> &str {
    while !text.is_char_boundary(length.min(text.len())) {
        length -= 1;
    }
    text.get(..length.min(text.len())).unwrap_or_default()
}

/// The word before the mark; at most the last few dozen bytes are examined.
fn last_word(before: &str) -> &str {
    let mut from = before.len().saturating_sub(40);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let tail = before.get(from..).unwrap_or_default();
    let word = tail.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.trim_start_matches(['(', '"', '\'', '['])
}

fn keeps_open(word: &str, sentence: &str, next: Option<char>) -> bool {
    // "10. Complaints": the number of a paragraph, not a sentence.
    if sentence.len() <= 8 && sentence.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return true;
    }
    let lower = word.to_lowercase();
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(|c| c.is_uppercase() && c != 'I') && letters.next().is_none();
    initial
        || pack().words.abbreviations.has(&lower)
        || (next.is_some_and(|c| c.is_ascii_digit()) && pack().words.abbreviations_before_numbers.has(&lower))
}

/// Whether a blank was lost after a point ("…the month.The next"); not in web addresses.
fn lost_blank(word: &str, after: &str) -> bool {
    let mut next = after.chars();
    let capital =
        next.next().is_some_and(char::is_uppercase) && next.next().is_some_and(|c| !c.is_uppercase());
    let ended = word.chars().rev().take(2).filter(|c| c.is_lowercase() || c.is_ascii_digit()).count() == 2;
    capital && ended && !word.contains(['@', '/', ':']) && !word.starts_with("www")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_at_their_marks() {
        assert_eq!(
            split("It rose to 92. Of these 15 were new!  Was it \"late?\" Yes"),
            ["It rose to 92.", "Of these 15 were new!", "Was it \"late?\"", "Yes"]
        );
        assert_eq!(split("Planning.. More follows. "), ["Planning..", "More follows."]);
        assert_eq!(split("It fell (by 5%.) Then it rose."), ["It fell (by 5%.)", "Then it rose."]);
        assert_eq!(split("There were 12; four were upheld."), ["There were 12; four were upheld."]);
        assert!(split("  ").is_empty());
        assert!(split("").is_empty());
    }

    #[test]
    fn stops_within_a_sentence_do_not_end_it() {
        for one in [
            "Some groups, e.g. Parents and carers, rose by 2.5 points to 7.25 in section 2.1 of No. 5.",
            "About approx. 40 a year, i.e. Half, at £500 p.a. In total.",
            "Seen by J. Smith and Mrs. Jones, cf. Annex 2",
            "10. Complaints and their outcome",
            "2.1. There were 40 cases",
            "Costs etc. were paid",
            "See www.example.Org/Path for more",
        ] {
            assert_eq!(split(one), [one]);
        }
        assert_eq!(split("They said no. Then 5 left."), ["They said no.", "Then 5 left."]);
    }

    #[test]
    fn bullets_and_lost_blanks_split() {
        assert_eq!(split("Outcomes: • 12 upheld • 3 not"), ["Outcomes:", "• 12 upheld", "• 3 not"]);
        assert_eq!(
            split("All in the month.The rest in 2017.Others none"),
            ["All in the month.", "The rest in 2017.", "Others none"]
        );
    }

    #[test]
    fn what_never_ends_is_cut_at_a_blank() {
        let text = "twelve ".repeat(2_000);
        let found = split(&text);
        assert_eq!(found.len(), 4);
        assert!(
            found.iter().all(|s| s.len() <= SETTINGS.max_sentence + 6 && s.ends_with("twelve")),
            "{:?}",
            found.len()
        );
        assert_eq!(split(&format!("{} é", ".".repeat(1_000))).concat().matches('.').count(), 1_000);
    }
}
