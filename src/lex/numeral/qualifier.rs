//! The words around a figure that say how it relates to the true value.

use super::words;
use crate::lex::lexeme::{Lexeme, LexemeKind, Rest, before};
use crate::model::quantity::Qualifier;
use crate::pack::{Map, Set, pack};
use std::sync::LazyLock;

/// A phrase that qualifies the figure behind it. Its words are listed from the last to the first, because they are
/// compared going back from the figure.
type Lead = (Vec<&'static str>, Qualifier);

/// The phrases that may stand before a figure, found by their last word. Longer phrases come first, so that "no more
/// than" is not read as "more than".
static LEADS: LazyLock<Map<Vec<Lead>>> = LazyLock::new(|| {
    let q = &pack().qualifiers;
    let mut leads: Map<Vec<Lead>> = Map::default();
    for (phrases, qualifier) in [
        (&q.at_most, Qualifier::AtMost),
        (&q.at_least, Qualifier::AtLeast),
        (&q.over, Qualifier::Over),
        (&q.under, Qualifier::Under),
        (&q.about, Qualifier::About),
        (&q.nearly, Qualifier::Nearly),
    ] {
        for phrase in phrases.iter() {
            let words: Vec<&str> = phrase.rsplit(' ').collect();
            let last = words.first().copied().unwrap_or_default();
            leads.entry(last).push((words, qualifier.clone()));
        }
    }
    leads.values_mut().for_each(|leads| leads.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    leads
});

/// Reads the phrase before a figure that starts at token `at`: the qualifier, and how many tokens the phrase takes.
pub(crate) fn preceding(tokens: Rest, at: usize) -> (Qualifier, usize) {
    if let Some((qualifier, length)) = sign(tokens, at) {
        return (qualifier, length);
    }
    let found = before(tokens, at, 1).and_then(|last| LEADS.get(last.text)).and_then(|leads| {
        leads.iter().find(|(words, _)| {
            words.iter().zip(1..).all(|(word, back)| before(tokens, at, back).is_some_and(|t| t.is(word)))
        })
    });
    match found {
        Some((words, qualifier)) if !belongs_elsewhere(tokens, at, words) => (qualifier.clone(), words.len()),
        _ => (Qualifier::Equal, 0),
    }
}

/// Reads a comparison sign before a figure, such as "<", ">=" or "~", in the same way.
fn sign(tokens: Rest, at: usize) -> Option<(Qualifier, usize)> {
    let last = before(tokens, at, 1)?;
    let earlier = before(tokens, at, 2).map_or("", |t| t.text);
    Some(match (earlier, last.text) {
        ("<", "=") => (Qualifier::AtMost, 2),
        (">", "=") => (Qualifier::AtLeast, 2),
        (_, "~" | "≈") => (Qualifier::About, 1),
        (_, ">") => (Qualifier::Over, 1),
        (_, "<") => (Qualifier::Under, 1),
        (_, "≤") => (Qualifier::AtMost, 1),
        (_, "≥") => (Qualifier::AtLeast, 1),
        _ => return None,
    })
}

/// Whether the words before a figure qualify something else, as in "complaints about 3 schools", "19 more than 40"
/// and "went up to 65".
fn belongs_elsewhere(tokens: Rest, at: usize, words: &[&str]) -> bool {
    let Some(previous) = before(tokens, at, words.len() + 1) else { return false };
    let q = &pack().qualifiers;
    let phrase = words.iter().rev().copied().collect::<Vec<_>>().join(" ");
    if q.topics.has(&phrase) {
        words::is_counted(previous) || previous.is_in(&q.told)
    } else if q.ends.has(&phrase) {
        previous.is_in(&q.rises) || previous.has_digit()
    } else if q.comparisons.has(&phrase) {
        // "Complaints more than halved" counts none of them: "12 complaints more than" does.
        let counts = || before(tokens, at, words.len() + 2).is_some_and(is_number);
        let differs = previous.is_in(&q.differences) && (!words::is_counted(previous) || counts());
        is_number(previous) || previous.is("%") || differs
    } else if q.positions.has(&phrase) {
        is_number(previous) || previous.is("%") || previous.is_in(&q.measured)
    } else {
        false
    }
}

fn is_number(token: &Lexeme) -> bool {
    (token.kind != LexemeKind::Period && token.has_digit()) || words::small(token).is_some()
}

/// Reads the phrase behind a figure that ends before token `end`: "40 or more", "20 or fewer", "20+".
pub(crate) fn following(tokens: Rest, end: usize) -> Qualifier {
    let (Some(first), second) = (tokens.get(end), tokens.get(end + 1)) else { return Qualifier::Equal };
    let q = &pack().qualifiers;
    let or = |words: &Set| first.is_in(&q.or) && second.is_some_and(|t| t.is_in(words));
    if (first.is("+") && first.glued) || or(&q.or_more) {
        Qualifier::AtLeast
    } else if or(&q.or_fewer) {
        Qualifier::AtMost
    } else {
        Qualifier::Equal
    }
}
