//! The words around a figure that say how it relates to the true value.

use super::words;
use crate::lex::token::{Kind, Rest, Token, before};
use crate::model::quantity::Qualifier;

/// The words just before a figure, the longest first, so that "no more than" is not "more than".
const BEFORE: [(&[&str], Qualifier); 60] = [
    (&["no", "more", "than"], Qualifier::AtMost),
    (&["not", "more", "than"], Qualifier::AtMost),
    (&["no", "fewer", "than"], Qualifier::AtLeast),
    (&["no", "less", "than"], Qualifier::AtLeast),
    (&["not", "less", "than"], Qualifier::AtLeast),
    (&["not", "fewer", "than"], Qualifier::AtLeast),
    (&["a", "maximum", "of"], Qualifier::AtMost),
    (&["a", "minimum", "of"], Qualifier::AtLeast),
    (&["in", "excess", "of"], Qualifier::Over),
    (&["in", "the", "region", "of"], Qualifier::About),
    (&["maximum", "of"], Qualifier::AtMost),
    (&["minimum", "of"], Qualifier::AtLeast),
    (&["more", "than"], Qualifier::Over),
    (&["greater", "than"], Qualifier::Over),
    (&["higher", "than"], Qualifier::Over),
    (&["less", "than"], Qualifier::Under),
    (&["fewer", "than"], Qualifier::Under),
    (&["lower", "than"], Qualifier::Under),
    (&["just", "under"], Qualifier::Nearly),
    (&["just", "below"], Qualifier::Nearly),
    (&["close", "to"], Qualifier::Nearly),
    (&["not", "quite"], Qualifier::Nearly),
    (&["at", "least"], Qualifier::AtLeast),
    (&["at", "most"], Qualifier::AtMost),
    (&["up", "to"], Qualifier::AtMost),
    (&["c", "."], Qualifier::About),
    (&["ca", "."], Qualifier::About),
    (&["approx", "."], Qualifier::About),
    (&["circa", "."], Qualifier::About),
    (&["<", "="], Qualifier::AtMost),
    (&[">", "="], Qualifier::AtLeast),
    (&["around"], Qualifier::About),
    (&["about"], Qualifier::About),
    (&["approximately"], Qualifier::About),
    (&["approx"], Qualifier::About),
    (&["roughly"], Qualifier::About),
    (&["circa"], Qualifier::About),
    (&["c"], Qualifier::About),
    (&["~"], Qualifier::About),
    (&["≈"], Qualifier::About),
    (&["some"], Qualifier::About),
    (&["over"], Qualifier::Over),
    (&["above"], Qualifier::Over),
    (&["exceeding"], Qualifier::Over),
    (&["exceeded"], Qualifier::Over),
    (&[">"], Qualifier::Over),
    (&["under"], Qualifier::Under),
    (&["below"], Qualifier::Under),
    (&["<"], Qualifier::Under),
    (&["nearly"], Qualifier::Nearly),
    (&["almost"], Qualifier::Nearly),
    (&["approaching"], Qualifier::Nearly),
    (&["virtually"], Qualifier::Nearly),
    (&["maximum"], Qualifier::AtMost),
    (&["minimum"], Qualifier::AtLeast),
    (&["≤"], Qualifier::AtMost),
    (&["≥"], Qualifier::AtLeast),
    (&["a", "further", "about"], Qualifier::About),
    (&["estimated"], Qualifier::About),
    (&["est", "."], Qualifier::About),
];

/// What a figure that starts at token `at` is qualified by, and how many tokens the words are.
pub(crate) fn preceding(tokens: Rest, at: usize) -> (Qualifier, usize) {
    let ends = |words: &[&str]| {
        words.iter().rev().zip(1..).all(|(word, back)| before(tokens, at, back).is_some_and(|t| t.is(word)))
    };
    let Some((words, qualifier)) = BEFORE.iter().find(|(words, _)| ends(words)) else {
        return (Qualifier::Equal, 0);
    };
    if belongs_elsewhere(tokens, at, words) {
        return (Qualifier::Equal, 0);
    }
    (qualifier.clone(), words.len())
}

/// "complaints about 3 schools", "19 more than 40", "went up to 65": the words belong to what stands before them.
fn belongs_elsewhere(tokens: Rest, at: usize, words: &[&str]) -> bool {
    let Some(previous) = before(tokens, at, words.len() + 1) else { return false };
    match words {
        ["about"] => {
            words::is_counted(previous)
                || previous.is_any(&["complained", "raised", "contacted", "made", "complaining", "concerned"])
        }
        ["up", "to"] => {
            let rises = ["went", "gone", "going", "rose", "risen", "increased", "increase", "up", "goes"];
            previous.is_any(&rises) || previous.has_digit()
        }
        ["more" | "less" | "fewer" | "higher" | "lower" | "greater", "than"] => {
            is_number(previous)
                || previous.is_any(&[
                    "%",
                    "slightly",
                    "cent",
                    "days",
                    "points",
                    "significantly",
                    "much",
                    "complaints",
                ])
        }
        ["over" | "above" | "below" | "under"] => is_number(previous) || previous.is_any(&["%", "days"]),
        _ => false,
    }
}

fn is_number(token: &Token) -> bool {
    (token.kind != Kind::Period && token.has_digit()) || words::small(token).is_some()
}

/// "40 or more", "20 or fewer", "20+": what a figure that ends before token `end` is qualified by.
pub(crate) fn following(tokens: Rest, end: usize) -> Qualifier {
    let (Some(first), second) = (tokens.get(end), tokens.get(end + 1)) else { return Qualifier::Equal };
    let or = |words: &[&str]| first.is("or") && second.is_some_and(|t| t.is_any(words));
    if (first.is("+") && first.glued) || or(&["more", "above", "over", "greater"]) {
        Qualifier::AtLeast
    } else if or(&["fewer", "less", "under", "below"]) {
        Qualifier::AtMost
    } else {
        Qualifier::Equal
    }
}
