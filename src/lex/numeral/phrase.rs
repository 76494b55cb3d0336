//! Figures told in words other than numbers: parts, multiples, "both", "none"; and "one" where it counts nothing.

use super::unit::{Amount, amount, spelled_amount};
use super::words;
use crate::lex::token::{Kind, Rest, Token, before, from};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use nom::Parser;
use nom::combinator::opt;

/// A share or multiple in words.
pub(crate) fn ratio(value: Exact, qualifier: Qualifier) -> Quantity {
    Quantity { value: Some(value), unit: Unit::Ratio, qualifier, decimals: 0, spelled: true, rounded: false }
}

/// A count in words.
pub(crate) fn count(number: u64) -> Quantity {
    Quantity {
        value: Some(Exact::from(i128::from(number))),
        unit: Unit::Count,
        qualifier: Qualifier::Equal,
        decimals: 0,
        spelled: true,
        rounded: false,
    }
}

fn is_any(token: Option<&Token>, words: &[&str]) -> bool {
    token.is_some_and(|t| t.is_any(words))
}

/// "a third", "two thirds", "half", "doubled", "twice the": the index after it and the value.
pub(crate) fn proportion(tokens: Rest, at: usize) -> Option<(usize, Exact)> {
    multiple(tokens, at).or_else(|| part(tokens, at))
}

fn multiple(tokens: Rest, at: usize) -> Option<(usize, Exact)> {
    let token = tokens.get(at)?;
    if let Some(times) = words::multiple(token) {
        return Some((at + 1, Exact::from(i128::from(times))));
    }
    if token.is_any(&["halved", "halving"]) {
        return Some((at + 1, Exact::ratio(1, 2)));
    }
    let times = match token.text.to_ascii_lowercase().as_str() {
        "twice" | "double" => 2,
        "treble" | "triple" | "thrice" => 3,
        "quadruple" => 4,
        _ => return None,
    };
    let compared = [
        "the", "that", "of", "as", "what", "this", "last", "those", "in", "from", "compared", "since", "to",
        "with", ".", ",", ";", ")", "(",
    ];
    let next = tokens.get(at + 1);
    let led = is_any(
        before(tokens, at, 1),
        &["almost", "nearly", "than", "over", "to", "by", "about", "is", "was"],
    );
    let counts = if token.is_any(&["twice", "thrice"]) {
        is_any(next, &["the", "that", "as", "what", "this", "those"])
    } else {
        next.is_none() || is_any(next, &compared) || (led && !next.is_some_and(|t| t.is("-")))
    };
    counts.then(|| (at + 1, Exact::from(times)))
}

/// Words after "a third" that show it to be a part and not the third of several.
const AFTER_PART: &[&str] = &[
    "of",
    "were",
    "was",
    "are",
    "is",
    "have",
    "has",
    "had",
    "more",
    "less",
    "fewer",
    "higher",
    "lower",
    "came",
    "in",
    "from",
    "being",
    "compared",
    "on",
    "during",
    "this",
    "that",
    "which",
    "and",
    "to",
    "with",
    "as",
    "due",
    "upheld",
    "not",
    "related",
    "relating",
    "concerned",
    "for",
    "at",
    "by",
    "partially",
    "partly",
    "fully",
    "the",
    "all",
    "or",
    "(",
    ")",
    ".",
    ",",
    ";",
    ":",
    "-",
    "|",
];

fn part(tokens: Rest, at: usize) -> Option<(usize, Exact)> {
    let rest = from(tokens, at);
    let first = rest.first()?;
    if !first.is("half") && !first.is("a") && words::small(first).is_none() {
        return None;
    }
    let numerator = if first.is("half") || first.is("a") { 1 } else { words::small(first)? };
    let named = if first.is("half") { rest } else { from(rest, 1) };
    let dash = opt(crate::lex::token::token(|t: &Token| t.is("-") && t.glued));
    let (left, (_, parts)) = (dash, words::fraction).parse(named).ok()?;
    let end = at + rest.len() - left.len();
    let name = before(tokens, end, 1)?;
    let plural = name.text.ends_with(['s', 'S']);
    if plural != (numerator > 1) || numerator >= parts || (parts == 4 && numerator == 2) {
        return None;
    }
    if is_of_time(tokens, at, end, parts) {
        return None;
    }
    // "a third stage", "a quarter": an ordinal or a season unless what follows can follow a part.
    let follows = tokens.get(end).is_none_or(|t| t.is_any(AFTER_PART));
    if first.is("a") && !follows {
        return None;
    }
    let value = Exact::ratio(i128::from(numerator), i128::from(parts));
    Some((end, value))
}

/// "the first half of the year", "half a day", "half-yearly", "the last three quarters", "third quarter".
fn is_of_time(tokens: Rest, at: usize, end: usize, parts: u64) -> bool {
    const FRAMES: [&str; 13] = [
        "first", "second", "latter", "former", "other", "last", "this", "each", "past", "previous", "next",
        "final", "and",
    ];
    const UNITS: [&str; 13] = [
        "year", "yearly", "term", "day", "days", "hour", "hours", "way", "time", "price", "million",
        "quarter", "dozen",
    ];
    let framed =
        is_any(before(tokens, at, 1), &FRAMES) && !(parts != 2 && is_any(before(tokens, at, 1), &["and"]));
    let dashed = tokens.get(end).is_some_and(|t| t.is("-") && t.glued);
    let measured = is_any(tokens.get(end), &UNITS)
        || (is_any(tokens.get(end), &["a", "an", "of"]) && is_any(tokens.get(end + 1), &UNITS));
    let of_period =
        is_any(tokens.get(end), &["of"]) && tokens.get(end + 1).is_some_and(|t| t.kind == Kind::Period);
    framed || dashed || measured || of_period
}

/// "three times as many", "four times the".
pub(crate) fn times(tokens: Rest, amount: Amount) -> Amount {
    const COMPARED: [&str; 13] = [
        "as", "the", "more", "higher", "greater", "that", "what", "larger", "those", "its", "this", "bigger",
        "their",
    ];
    let multiplies = tokens.get(amount.end).is_some_and(|t| t.is("times"))
        && is_any(tokens.get(amount.end + 1), &COMPARED);
    if amount.unit == Unit::Count && multiplies {
        return Amount { unit: Unit::Ratio, end: amount.end + 1, ..amount };
    }
    amount
}

/// "1 in 8", "one in four", "two in five".
pub(crate) fn one_in(tokens: Rest, at: usize, part: &Amount) -> Option<(usize, Exact)> {
    if part.unit != Unit::Count || part.decimals > 0 || !tokens.get(part.end)?.is("in") {
        return None;
    }
    let start = part.end + 1;
    let whole = amount(tokens, start).or_else(|| spelled_amount(tokens, start))?;
    let joined = tokens.get(at).is_some_and(|t| t.glued && before(tokens, at, 1).is_some_and(Token::is_word));
    let (m, n) = (part.value.to_i128()?, whole.value.to_i128()?);
    let usual =
        (m == 1 && (2..=1000).contains(&n)) || ((2..n).contains(&m) && matches!(n, 3 | 4 | 5 | 10 | 100));
    (usual && !joined && whole.unit == Unit::Count && whole.decimals == 0 && !whole.coarse)
        .then(|| (whole.end, Exact::ratio(m, n)))
}

/// "both", "neither", "none", "nil", and "no" before what is counted: the index after the word and the count.
pub(crate) fn count_word(tokens: Rest, at: usize) -> Option<(usize, u64)> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1);
    let ahead = |word: &str, far: usize| {
        from(tokens, at + 1).iter().take(far).take_while(|t| !t.is_any(&[".", ",", ";"])).any(|t| t.is(word))
    };
    let count = match token.text.to_ascii_lowercase().as_str() {
        "both" if !ahead("and", 6) && !ahead("&", 6) => {
            let counts =
                is_any(next, &["of", "were", "are", "have", "had"]) || names_counted(tokens, at + 1, 4);
            counts.then_some(2)
        }
        "neither" if !ahead("nor", 12) => {
            let counts =
                is_any(next, &["of", "was", "were", "has", "had"]) || names_counted(tokens, at + 1, 4);
            counts.then_some(0)
        }
        "none" => (!is_any(next, &["the"])).then_some(0),
        "nil" => Some(0),
        "no" if names_counted(tokens, at + 1, 4) => Some(0),
        _ => None,
    };
    count.map(|count| (at + 1, count))
}

/// Whether one of the next words is a counted noun, with nothing before it that ends the phrase.
fn names_counted(tokens: Rest, at: usize, far: usize) -> bool {
    const BREAKS: [&str; 14] = [
        "longer",
        "more",
        "fault",
        "evidence",
        "change",
        "the",
        "to",
        "of",
        "in",
        "action",
        "one",
        "need",
        "way",
        "further action",
    ];
    const COMPOUNDS: [&str; 8] =
        ["procedure", "process", "policy", "team", "system", "manager", "service", "handling"];
    for (index, token) in from(tokens, at).iter().take(far).enumerate() {
        if token.is_any(&BREAKS) || !(token.is_word() || token.is("-") || token.has_digit()) {
            return false;
        }
        if words::is_counted(token) {
            return !is_any(tokens.get(at + index + 1), &COMPOUNDS);
        }
    }
    false
}

/// "one another", "no one", "one of the main themes", "one who": no count.
pub(crate) fn is_pronoun(tokens: Rest, at: usize, amount: &Amount) -> bool {
    let single =
        amount.unit == Unit::Count && amount.end == at + 1 && tokens.get(at).is_some_and(|t| t.is("one"));
    if !single {
        return false;
    }
    const PRECEDED: [&str; 12] =
        ["no", "any", "every", "each", "this", "that", "the", "which", "another", "some", "a", "some-"];
    const TAKERS: [&str; 18] = [
        "to", "from", "only", "and", "with", "just", "against", "(", ",", ":", "-", ";", "of", "or", "than",
        "was", "received", "upheld",
    ];
    const FOLLOWED: [&str; 20] = [
        "another", "who", "off", "can", "could", "should", "would", "may", "might", "must", "or", "time",
        "point", "hand", "side", "place", "way", "such", "stop", "thing",
    ];
    let next = tokens.get(amount.end);
    if is_any(before(tokens, at, 1), &PRECEDED) || is_any(next, &FOLLOWED) {
        return true;
    }
    if is_any(next, &["of"]) {
        let after = tokens.get(amount.end + 1);
        return !is_any(after, &["these", "those", "which", "them"])
            && !is_one_of_counted(tokens, amount.end + 1);
    }
    let compares = is_any(next, &["more", "less", "fewer"]);
    let stands = next.is_none_or(|t| !t.is_word()) || is_any(next, &STANDS_BEFORE);
    let taken = before(tokens, at, 1).is_none() || is_any(before(tokens, at, 1), &TAKERS);
    !(compares || names_counted(tokens, amount.end, 4) || (stands && taken))
}

/// What can follow a "one" that counts.
const STANDS_BEFORE: [&str; 24] = [
    "was",
    "were",
    "in",
    "at",
    "for",
    "by",
    "from",
    "with",
    "related",
    "relating",
    "upheld",
    "not",
    "partially",
    "partly",
    "remains",
    "remained",
    "is",
    "has",
    "had",
    "during",
    "on",
    "and",
    "being",
    "concerned",
];

/// "one of the complaints", "one of our cases".
fn is_one_of_counted(tokens: Rest, at: usize) -> bool {
    from(tokens, at)
        .iter()
        .take(4)
        .take_while(|t| {
            (t.is_word() || t.has_digit()) && !t.is_any(&["main", "most", "key", "reasons", "ways"])
        })
        .any(|t| words::is_counted(t) || t.has_digit() || words::small(t).is_some())
}
