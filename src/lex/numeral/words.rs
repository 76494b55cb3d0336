//! Numbers in words, and the words that numbers stand with.

use crate::lex::lexeme::{Lexeme, Parsed, Rest, one_in, token};
use crate::pack::{Map, Set, pack};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, map_opt, opt, value};
use nom::sequence::preceded;
use std::sync::LazyLock;

/// A number of one word below twenty.
pub(crate) fn small(word: &Lexeme) -> Option<u64> {
    pack().numerals.small.get(word.text).copied()
}

fn below_hundred<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    let tens = map_opt(token(Lexeme::is_word), |t: &Lexeme| pack().numerals.tens.get(t.text).copied());
    let ones = map_opt(token(Lexeme::is_word), |t: &Lexeme| small(t).filter(|n| (1..10).contains(n)));
    let dash = token(|t: &Lexeme| t.is("-") && t.glued);
    let composed = map((tens, opt(preceded(opt(dash), ones))), |(tens, ones)| tens + ones.unwrap_or(0));
    alt((composed, map_opt(token(Lexeme::is_word), small))).parse(rest)
}

fn and_more<'t, 'a>(
    more: impl Fn(Rest<'t, 'a>) -> Parsed<'t, 'a, u64>,
) -> impl FnMut(Rest<'t, 'a>) -> Parsed<'t, 'a, u64>
where
    'a: 't,
{
    move |rest| {
        // The "and" joins only numbers: "one hundred and two", but not "one hundred complaints and two".
        map(opt(preceded(opt(one_in(&pack().numerals.and)), &more)), |n| n.unwrap_or(0)).parse(rest)
    }
}

fn below_thousand<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    let count = alt((value(1, one_in(&pack().numerals.article)), map_opt(token(Lexeme::is_word), small)));
    let hundreds =
        map((count, one_in(&pack().numerals.hundred), and_more(below_hundred)), |(hundreds, _, more)| {
            hundreds * 100 + more
        });
    let dozen = map(
        (alt((value(1, one_in(&pack().numerals.article)), below_hundred)), one_in(&pack().numerals.dozen)),
        |(n, _)| n * 12,
    );
    alt((hundreds, dozen, below_hundred)).parse(rest)
}

/// A number in words: "sixteen", "twenty-six", "one hundred and twelve", "a dozen", "two thousand". Not an ordinal.
pub(crate) fn spelled<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    if !rest.first().is_some_and(may_begin) {
        return Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Not)));
    }
    let thousand = || alt((value(1, one_in(&pack().numerals.article)), below_thousand));
    let thousands =
        map((thousand(), one_in(&pack().numerals.thousand), and_more(below_thousand)), |(n, _, more)| {
            n * 1000 + more
        });
    let millions = map((thousand(), one_in(&pack().numerals.million)), |(n, _)| n * 1_000_000);
    let (left, number) = alt((thousands, millions, below_thousand)).parse(rest)?;
    let next = match left {
        [dash, next, ..] if dash.is("-") && dash.glued && next.glued => Some(next),
        [next, ..] if number >= 20 => Some(next),
        _ => None,
    };
    if next.is_some_and(|t| pack().numerals.ordinals.has_folded(t.text)) {
        return Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Not)));
    }
    Ok((left, number))
}

/// A small number in words or digits.
pub(crate) fn spelled_or_digits<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    alt((map_opt(token(Lexeme::is_numeral), |t: &Lexeme| t.small().map(u64::from)), spelled)).parse(rest)
}

/// Whether a figure in words can begin with this word.
pub(crate) fn may_begin(word: &Lexeme) -> bool {
    word.is_in(&BEGIN)
}

/// The words that numbers can begin with. Most words of a text are in no list, and this one look-up settles that.
static BEGIN: LazyLock<Set> = LazyLock::new(|| {
    let n = &pack().numerals;
    let numbers = [&n.small, &n.tens, &n.multiples, &n.compared_multiples];
    let others = [&n.article, &n.half, &n.halved, &n.both, &n.neither, &n.none, &n.nil, &n.no];
    numbers.into_iter().flat_map(Map::words).chain(others.into_iter().flat_map(Set::iter)).collect()
});

/// A noun that is counted: "complaints", "enquiry".
pub(crate) fn is_counted(word: &Lexeme) -> bool {
    if !word.is_word() {
        return false;
    }
    let counted = &pack().numerals.counted;
    let text = word.text;
    let stem = text.strip_suffix(['s', 'S']).unwrap_or(text);
    let singular =
        || stem.strip_suffix("ie").or_else(|| stem.strip_suffix("IE")).map(|root| format!("{root}y"));
    counted.has_folded(text) || counted.has_folded(stem) || singular().is_some_and(|s| counted.has_folded(&s))
}

/// The multiple that a word stands for: "doubled", "trebled".
pub(crate) fn multiple(word: &Lexeme) -> Option<u64> {
    pack().numerals.multiples.get(word.text).copied()
}

/// Parts in words: "third" 3, "quarters" 4.
pub(crate) fn fraction<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    map_opt(token(Lexeme::is_word), |t: &Lexeme| pack().numerals.fractions.get(t.text).copied()).parse(rest)
}

/// Words of a kind of day.
pub(crate) fn day_kind<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    one_in(&pack().numerals.kinds_of_day).parse(rest)
}
