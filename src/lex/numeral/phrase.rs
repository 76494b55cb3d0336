//! Figures that are told in words other than numbers: parts, multiples, "both", "none". Also decides where "one"
//! counts nothing.

use super::unit::{Amount, amount, spelled_amount};
use super::words;
use crate::lex::lexeme::{Lexeme, LexemeKind, Rest, before, from};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::pack::{Set, pack};
use nom::Parser;
use nom::combinator::opt;

/// The quantity of a share or multiple told in words.
pub(crate) fn ratio(value: Exact, qualifier: Qualifier) -> Quantity {
    Quantity {
        value: Some(value),
        unit: Unit::Ratio,
        qualifier,
        decimals: 0,
        scale: 0,
        spelled: true,
        rounded: false,
        step: None,
    }
}

/// The quantity of a count told in words.
pub(crate) fn count(number: u64) -> Quantity {
    Quantity {
        value: Some(Exact::from(i128::from(number))),
        unit: Unit::Count,
        qualifier: Qualifier::Equal,
        decimals: 0,
        scale: 0,
        spelled: true,
        rounded: false,
        step: None,
    }
}

fn is_in(token: Option<&Lexeme>, words: &Set) -> bool {
    token.is_some_and(|t| t.is_in(words))
}

/// Reads a part or multiple, as in "a third", "two thirds", "half", "doubled", "twice the". Returns the index after
/// it and its value.
pub(crate) fn proportion(tokens: Rest, at: usize) -> Option<(usize, Exact)> {
    multiple(tokens, at).or_else(|| part(tokens, at))
}

fn multiple(tokens: Rest, at: usize) -> Option<(usize, Exact)> {
    let n = &pack().numerals;
    let token = tokens.get(at)?;
    if let Some(times) = words::multiple(token) {
        return Some((at + 1, Exact::from(i128::from(times))));
    }
    if token.is_in(&n.halved) {
        return Some((at + 1, Exact::ratio(1, 2)));
    }
    let times = i128::from(*n.compared_multiples.get(token.text)?);
    let next = tokens.get(at + 1);
    let counts = if token.is_in(&n.adverbs) {
        is_in(next, &n.after_adverb)
    } else {
        let led = is_in(before(tokens, at, 1), &n.leads_multiple);
        next.is_none_or(|t| t.is_in(&n.compared_to) || t.is_mark(".,;()") || (led && !t.is("-")))
    };
    counts.then(|| (at + 1, Exact::from(times)))
}

fn part(tokens: Rest, at: usize) -> Option<(usize, Exact)> {
    let rest = from(tokens, at);
    let first = rest.first()?;
    let n = &pack().numerals;
    let half = first.is_in(&n.half);
    let numerator = if half || first.is_in(&n.article) { 1 } else { words::small(first)? };
    let named = if half { rest } else { from(rest, 1) };
    let dash = opt(crate::lex::lexeme::token(|t: &Lexeme| t.is("-") && t.glued));
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
    // "A third stage" has an ordinal, and "a quarter" may be three months. So a word of parts counts only where the
    // next word can follow a part.
    let follows = tokens.get(end).is_none_or(|t| t.is_in(&n.after_part) || t.is_mark("().,;:-|"));
    if first.is_in(&n.article) && !follows {
        return None;
    }
    let value = Exact::ratio(i128::from(numerator), i128::from(parts));
    Some((end, value))
}

/// Whether a part is one of time: "the first half of the year", "half a day", "half-yearly", "the last three
/// quarters", "third quarter".
fn is_of_time(tokens: Rest, at: usize, end: usize, parts: u64) -> bool {
    let n = &pack().numerals;
    let previous = before(tokens, at, 1);
    let framed = is_in(previous, &n.before_period_part) && !(parts != 2 && is_in(previous, &n.and));
    let dashed = tokens.get(end).is_some_and(|t| t.is("-") && t.glued);
    let joins = |t: &Lexeme| t.is_in(&n.articles) || t.is_in(&n.of);
    let measured = is_in(tokens.get(end), &n.divided_times)
        || (tokens.get(end).is_some_and(joins) && is_in(tokens.get(end + 1), &n.divided_times));
    let of_period =
        is_in(tokens.get(end), &n.of) && tokens.get(end + 1).is_some_and(|t| t.kind == LexemeKind::Period);
    framed || dashed || measured || of_period
}

/// Reads a number of times: "three times as many", "four times the".
pub(crate) fn times(tokens: Rest, amount: Amount) -> Amount {
    let n = &pack().numerals;
    let multiplies =
        is_in(tokens.get(amount.end), &n.times) && is_in(tokens.get(amount.end + 1), &n.after_times);
    if amount.unit == Unit::Count && multiplies {
        return Amount { unit: Unit::Ratio, end: amount.end + 1, ..amount };
    }
    amount
}

/// Reads a share told as one number in another: "1 in 8", "one in four", "two in five".
pub(crate) fn one_in(tokens: Rest, at: usize, part: &Amount) -> Option<(usize, Exact)> {
    if part.unit != Unit::Count || part.decimals > 0 || !tokens.get(part.end)?.is_in(&pack().numerals.in_many)
    {
        return None;
    }
    let start = part.end + 1;
    let whole = amount(tokens, start).or_else(|| spelled_amount(tokens, start))?;
    let joined =
        tokens.get(at).is_some_and(|t| t.glued && before(tokens, at, 1).is_some_and(Lexeme::is_word));
    let (m, n) = (part.value.to_i128()?, whole.value.to_i128()?);
    let usual =
        (m == 1 && (2..=1000).contains(&n)) || ((2..n).contains(&m) && matches!(n, 3 | 4 | 5 | 10 | 100));
    (usual && !joined && whole.unit == Unit::Count && whole.decimals == 0 && whole.scale == 0)
        .then(|| (whole.end, Exact::ratio(m, n)))
}

/// Reads a count told without a number: "both", "neither", "none", "nil", and "no" before a counted noun. Returns the
/// index after the word and the count.
pub(crate) fn count_word(tokens: Rest, at: usize) -> Option<(usize, u64)> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1);
    let n = &pack().numerals;
    let ahead = |far: usize, is_it: &dyn Fn(&Lexeme) -> bool| {
        from(tokens, at + 1).iter().take(far).take_while(|t| !t.is_mark(".,;")).any(is_it)
    };
    let counts = |follows: &Set| is_in(next, follows) || names_counted(tokens, at + 1, 4);
    let count = if token.is_in(&n.both) {
        let joined = ahead(6, &|t| t.is_in(&n.and) || t.is("&"));
        (!joined && counts(&n.after_both)).then_some(2)
    } else if token.is_in(&n.neither) {
        (!ahead(12, &|t| t.is_in(&n.nor)) && counts(&n.after_neither)).then_some(0)
    } else if token.is_in(&n.none) {
        (!is_in(next, &n.after_none_other)).then_some(0)
    } else {
        let no = token.is_in(&n.no) && !is_in(before(tokens, at, 1), &n.relative);
        (token.is_in(&n.nil) || no && names_counted(tokens, at + 1, 4)).then_some(0)
    };
    count.map(|count| (at + 1, count))
}

/// Whether one of the next words is a counted noun and nothing before it ends the phrase.
fn names_counted(tokens: Rest, at: usize, far: usize) -> bool {
    for (index, token) in from(tokens, at).iter().take(far).enumerate() {
        if token.is_in(&pack().numerals.no_count) || !(token.is_word() || token.is("-") || token.has_digit())
        {
            return false;
        }
        if words::is_counted(token) {
            return !is_in(tokens.get(at + index + 1), &pack().numerals.compounds);
        }
    }
    false
}

/// Whether "one" counts nothing: "one another", "no one", "one of the main themes", "one who".
pub(crate) fn is_pronoun(tokens: Rest, at: usize, amount: &Amount) -> bool {
    let n = &pack().numerals;
    let single = amount.unit == Unit::Count && amount.end == at + 1 && is_in(tokens.get(at), &n.one);
    if !single {
        return false;
    }
    let next = tokens.get(amount.end);
    if is_in(before(tokens, at, 1), &n.before_pronoun) || is_in(next, &n.after_pronoun) {
        return true;
    }
    if is_in(next, &n.of) {
        let after = tokens.get(amount.end + 1);
        return !is_in(after, &n.those) && !is_one_of_counted(tokens, amount.end + 1);
    }
    let compares = is_in(next, &n.comparatives);
    let stands = next.is_none_or(|t| !t.is_word()) || is_in(next, &n.after_one);
    let taken = before(tokens, at, 1).is_none_or(|t| t.is_in(&n.takes_one) || t.is_mark("(,:-;"));
    !(compares || names_counted(tokens, amount.end, 4) || (stands && taken))
}

/// Whether "one" does count, as in "one of the complaints" and "one of our cases".
fn is_one_of_counted(tokens: Rest, at: usize) -> bool {
    from(tokens, at)
        .iter()
        .take(4)
        .take_while(|t| (t.is_word() || t.has_digit()) && !t.is_in(&pack().numerals.one_of_many))
        .any(|t| words::is_counted(t) || t.has_digit() || words::small(t).is_some())
}
