//! Questions about words that several readers of tables ask.

use crate::pack::pack;

/// Whether a line is a sentence or a part of one.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim();
    // "2016 vs. 2017" has a point within and is no sentence.
    let stopped = text.split(". ").skip(1).any(|next| next.starts_with(char::is_uppercase));
    if text.ends_with(['.', ';', '?', '!', ',']) && !text.ends_with("etc.") || stopped && words(text) > 6 {
        return true;
    }
    words(text) > 3 && has_verb(text)
}

/// Whether a text holds a finite verb.
pub(super) fn has_verb(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|w| pack().titles.table_verbs.has(w))
}

/// How many words there are.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a line is the heading of a section: "3.2 Total number", "4.  Expenditure", "## Outcomes".
pub(super) fn is_section_heading(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('#') {
        return true;
    }
    let number = text.split(' ').next().unwrap_or("");
    let rest = text.get(number.len()..).unwrap_or("").trim();
    let numbered = number.starts_with(|c: char| c.is_ascii_digit())
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b')')
        && number.len() < 9;
    let date = rest.split(' ').next().is_some_and(crate::lex::is_month);
    numbered
        && !date
        && (number.len() < 4 || number.contains('.'))
        && rest.starts_with(|c: char| c.is_uppercase())
}

/// Signs that are bullets wherever they stand alone.
const BULLETS: [&str; 10] = ["•", "·", "▪", "●", "○", "◦", "■", "\u{f0b7}", "‣", "➢"];

/// Whether a word is a bullet and nothing else.
pub(super) fn is_bullet(word: &str) -> bool {
    BULLETS.contains(&word)
}

/// How many bytes a bullet takes, and the text behind it.
pub(super) fn unbullet(text: &str) -> (usize, &str) {
    let body = text.trim_start();
    let led = text.len() - body.len();
    for bullet in BULLETS.into_iter().chain(["-", "*", "o"]) {
        if let Some(rest) = body.strip_prefix(bullet)
            && rest.starts_with([' ', '\t'])
        {
            let inner = rest.trim_start();
            return (led + body.len() - inner.len(), inner);
        }
    }
    (led, body)
}

/// Whether a line is the caption of a table: "Table 3: …", "Chart 2 - …".
pub(super) fn is_caption(text: &str) -> bool {
    let mut words = text.trim().trim_start_matches(['*', '#', ' ']).split([' ', ':', '.']);
    let named = words.next().is_some_and(|w| pack().titles.loosely_captioned.has_folded(w));
    named && words.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
}
