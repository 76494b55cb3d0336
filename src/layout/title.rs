//! Tests whether a text looks like a title: short, without a final mark, a figure or a finite verb.

use super::settings::SETTINGS;
use crate::model::period::month_in_any_case;
use crate::pack::pack;

/// How much already speaks for a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Nothing: an ordinary line.
    Plain,
    /// It is numbered ("3.2 …") or printed bold: figures and a colon are allowed.
    Marked,
}

/// Whether a text, without its number and marks, can be a title.
pub(super) fn is_title(text: &str, trust: Trust) -> bool {
    let text = text.trim();
    if text.is_empty() || text.len() > SETTINGS.max_title || text.contains(['|', '\t']) {
        return false;
    }
    // Web and mail addresses are no titles, nor is a bold label before other text.
    if text.contains("://") || text.contains('@') || (text.starts_with("**") && !text.ends_with("**")) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.len() <= SETTINGS.max_title_words
        && starts_like_title(text)
        && ends_like_title(text, &words, trust)
        && (trust == Trust::Marked || !has_figure(&words))
        && (trust == Trust::Marked || !is_sentence(&words))
}

fn starts_like_title(text: &str) -> bool {
    let first = text.trim_start_matches(['"', '\'', '*', '_']).chars().next();
    let lettered = text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let dated = first.is_some_and(|c| c.is_ascii_digit()) && text.contains(char::is_whitespace);
    lettered && (dated || first.is_some_and(char::is_uppercase))
}

fn ends_like_title(text: &str, words: &[&str], trust: Trust) -> bool {
    let bare = text.trim_end_matches(['*', '_', '"', '\'']);
    let asks = words.first().is_some_and(|w| pack().titles.questions.has(&w.to_lowercase()));
    let last = words.last().map(|w| w.to_lowercase()).unwrap_or_default();
    if bare.ends_with('?') {
        return asks || words.len() <= 6;
    }
    if bare.ends_with(':') {
        return trust == Trust::Marked || (words.len() <= 5 && !pack().titles.received.begins(&last));
    }
    !bare.ends_with(['.', '!', ';', ',', '-', '/', '&', '=', '…']) && !pack().titles.hanging.has(&last)
}

/// Whether a text ends in a word or mark that needs a continuation ("of the", "and", a comma).
pub(super) fn hangs(text: &str) -> bool {
    let text = text.trim_end();
    // No such word has more than five letters.
    let start = text.char_indices().rev().take(6).last().map_or(0, |(at, _)| at);
    let tail = text.get(start..).unwrap_or_default();
    tail.rsplit(char::is_whitespace).next().is_some_and(|word| word == "&" || pack().titles.hanging.has(word))
        || text.ends_with([',', '/'])
}

/// Whether the words contain a finite verb in small letters and are not a question.
fn is_sentence(words: &[&str]) -> bool {
    let asks = words.first().is_some_and(|w| pack().titles.questions.has(&w.to_lowercase()));
    // "Complaints received", "Number of complaints received 2016/17": a participle, not a verb.
    !asks
        && words.iter().enumerate().any(|(at, w)| {
            let word = w.trim_end_matches([':', ',', '*']);
            pack().titles.verbs.has(word) && !(pack().titles.participles.has(word) && at <= 6)
        })
}

/// Whether the words contain a numeral other than a year, a date, a period or the number of a stage or table.
fn has_figure(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, word)| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric() && !"%£<>=".contains(c));
        if !core.contains(|c: char| c.is_ascii_digit()) && !core.contains(['%', '£', '=']) {
            return false;
        }
        let before =
            at.checked_sub(1).and_then(|i| words.get(i)).map(|w| w.to_lowercase()).unwrap_or_default();
        let labelled = before == "&" || pack().titles.labels.has(before.trim_end_matches([':', '.', 's']));
        let labelled = labelled || pack().titles.labels.has(&before);
        let month = |w: &str| w.get(..3).is_some_and(|m| month_in_any_case(m).is_some());
        let dated = words.get(at + 1).is_some_and(|w| month(w)) || month(&before);
        let letters_first = core.starts_with(char::is_alphabetic);
        !(is_period(core) || (core.len() <= 4 && (labelled || dated)) || letters_first)
    })
}

/// Whether a word is a year, a range of years or an ordinal: "2016", "2016/17", "16/17", "2016-2017", "1st".
fn is_period(word: &str) -> bool {
    let mut parts = word.split(['/', '-']);
    let digits = |p: &str| (p.len() == 2 || p.len() == 4) && p.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next().unwrap_or_default();
    let year = first.len() == 4 && (first.starts_with("19") || first.starts_with("20"));
    let rest: Vec<&str> = parts.collect();
    let pair = rest.len() == 1 && rest.iter().all(|p| digits(p)) && digits(first);
    let ordinal =
        pack().periods.ordinal_endings.iter().any(|e| word.strip_suffix(e).is_some_and(|n| n.len() <= 2));
    pair || ordinal || (year && rest.is_empty() && digits(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for text in [
            "Key figures and overview - 2020/21",
            "Make-up of all feedback received",
            "Duty cases",
            "Stage 1 - Local settlement",
            "Ombudsman (LGSCO)",
            "Stage 1 Statutory Cases: Main Themes",
            "How complaints were received",
            "What did we learn?",
            "Annual Report 1 April 2020 to 31 March 2021",
            "Outcomes of stage 1 cases*",
            "Children Complaints Data 17/18",
            "Quarter 2 2018/19",
            "Findings:",
            "2016/17 at a glance",
        ] {
            assert!(is_title(text, Trust::Plain), "{text}");
        }
    }

    #[test]
    fn no_titles() {
        for text in [
            "",
            "92 complaints received in the year",
            "Total 6 5 3",
            "Upheld 12 27.3%",
            "It was so.",
            "They were asked to come again",
            "Some examples of the praise that came in follow:",
            "Under the new order of the",
            "Apr16-",
            "of the council",
            "A | B",
            "2018/19",
            "Upheld - 6%",
            "For more please visit our site",
            "**Email:** [us](mailto:us@example.org)",
            "**Text:** the office",
        ] {
            assert!(!is_title(text, Trust::Plain), "{text}");
        }
        assert!(is_title("Our top 10 cases:", Trust::Marked));
    }
}
