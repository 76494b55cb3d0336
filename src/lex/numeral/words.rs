//! Numbers in words, and the words that numbers stand with.

use crate::lex::token::{Parsed, Rest, Token, one_of, tag, token};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, map_opt, opt, value};
use nom::sequence::preceded;

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// "third" to "twentieth" and on, which make an ordinal of what stands before them.
const ORDINALS: [&str; 9] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

fn position(word: &Token, list: &[&str]) -> Option<u64> {
    if !word.is_word() {
        return None;
    }
    list.iter().position(|w| word.is(w)).and_then(|n| u64::try_from(n).ok())
}

/// A number of one word below twenty.
pub(crate) fn small(word: &Token) -> Option<u64> {
    position(word, &SMALL)
}

fn below_hundred<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    let tens = map_opt(token(Token::is_word), |t: &Token| position(t, &TENS).map(|n| (n + 2) * 10));
    let ones = map_opt(token(Token::is_word), |t: &Token| small(t).filter(|n| (1..10).contains(n)));
    let dash = token(|t: &Token| t.is("-") && t.glued);
    let composed = map((tens, opt(preceded(opt(dash), ones))), |(tens, ones)| tens + ones.unwrap_or(0));
    alt((composed, map_opt(token(Token::is_word), small))).parse(rest)
}

fn and_more<'t, 'a>(
    more: impl Fn(Rest<'t, 'a>) -> Parsed<'t, 'a, u64>,
) -> impl FnMut(Rest<'t, 'a>) -> Parsed<'t, 'a, u64>
where
    'a: 't,
{
    move |rest| {
        // "one hundred and two" but not "one hundred complaints and two".
        map(opt(preceded(opt(tag("and")), &more)), |n| n.unwrap_or(0)).parse(rest)
    }
}

fn below_thousand<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    let count = alt((value(1, tag("a")), map_opt(token(Token::is_word), small)));
    let hundreds =
        map((count, tag("hundred"), and_more(below_hundred)), |(hundreds, _, more)| hundreds * 100 + more);
    let dozen = map((alt((value(1, tag("a")), below_hundred)), tag("dozen")), |(n, _)| n * 12);
    alt((hundreds, dozen, below_hundred)).parse(rest)
}

/// A number in words: "sixteen", "twenty-six", "one hundred and twelve", "a dozen", "two thousand". Not an ordinal.
pub(crate) fn spelled<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    let thousand = || alt((value(1, tag("a")), below_thousand));
    let thousands =
        map((thousand(), tag("thousand"), and_more(below_thousand)), |(n, _, more)| n * 1000 + more);
    let millions = map((thousand(), tag("million")), |(n, _)| n * 1_000_000);
    let (left, number) = alt((thousands, millions, below_thousand)).parse(rest)?;
    let next = match left {
        [dash, next, ..] if dash.is("-") && dash.glued && next.glued => Some(next),
        [next, ..] if number >= 20 => Some(next),
        _ => None,
    };
    if next.is_some_and(|t| t.is_any(&ORDINALS)) {
        return Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Not)));
    }
    Ok((left, number))
}

/// A small number in words or digits.
pub(crate) fn spelled_or_digits<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    alt((map_opt(token(Token::is_numeral), |t: &Token| t.small().map(u64::from)), spelled)).parse(rest)
}

/// Whether a figure in words can begin with this word.
pub(crate) fn may_begin(word: &Token) -> bool {
    word.lower_is(|lower| {
        matches!(
            lower,
            b"a" | b"zero"
                | b"one"
                | b"two"
                | b"three"
                | b"four"
                | b"five"
                | b"six"
                | b"seven"
                | b"eight"
                | b"nine"
                | b"ten"
                | b"eleven"
                | b"twelve"
                | b"thirteen"
                | b"fourteen"
                | b"fifteen"
                | b"sixteen"
                | b"seventeen"
                | b"eighteen"
                | b"nineteen"
                | b"twenty"
                | b"thirty"
                | b"forty"
                | b"fifty"
                | b"sixty"
                | b"seventy"
                | b"eighty"
                | b"ninety"
                | b"half"
                | b"halved"
                | b"halving"
                | b"twice"
                | b"thrice"
                | b"double"
                | b"treble"
                | b"triple"
                | b"quadruple"
                | b"both"
                | b"neither"
                | b"none"
                | b"no"
                | b"nil"
        ) || MULTIPLES.iter().any(|(w, _)| w.as_bytes() == lower)
    })
}

/// Nouns that are counted in these reports; their plurals are formed with "s" or "ies".
const COUNTED: [&str; 52] = [
    "complaint",
    "complainant",
    "compliment",
    "enquiry",
    "inquiry",
    "case",
    "concern",
    "contact",
    "referral",
    "request",
    "representation",
    "decision",
    "determination",
    "investigation",
    "finding",
    "review",
    "appeal",
    "panel",
    "hearing",
    "report",
    "issue",
    "matter",
    "response",
    "letter",
    "escalation",
    "customer",
    "resident",
    "people",
    "child",
    "children",
    "parent",
    "person",
    "household",
    "home",
    "family",
    "comment",
    "apology",
    "query",
    "incident",
    "application",
    "payment",
    "remedy",
    "extension",
    "recommendation",
    "question",
    "call",
    "email",
    "survey",
    "respondent",
    "suggestion",
    "service",
    "stage",
];

/// A noun that is counted: "complaints", "enquiry".
pub(crate) fn is_counted(word: &Token) -> bool {
    if !word.is_word() {
        return false;
    }
    let text = word.text;
    let stem = text.strip_suffix(['s', 'S']).unwrap_or(text);
    let whole = |w: &str| w.eq_ignore_ascii_case(text) || w.eq_ignore_ascii_case(stem);
    let ies = stem.strip_suffix("ie").or_else(|| stem.strip_suffix("IE"));
    let changed = |w: &str| {
        ies.is_some_and(|ies| w.strip_suffix('y').is_some_and(|singular| singular.eq_ignore_ascii_case(ies)))
    };
    COUNTED.iter().any(|w| whole(w) || changed(w))
}

/// Words that stand for a multiple.
const MULTIPLES: [(&str, u64); 18] = [
    ("doubled", 2),
    ("doubling", 2),
    ("doubles", 2),
    ("trebled", 3),
    ("trebling", 3),
    ("trebles", 3),
    ("tripled", 3),
    ("tripling", 3),
    ("triples", 3),
    ("quadrupled", 4),
    ("quadrupling", 4),
    ("quadruples", 4),
    ("quintupled", 5),
    ("twofold", 2),
    ("threefold", 3),
    ("fourfold", 4),
    ("fivefold", 5),
    ("tenfold", 10),
];

/// The multiple that a word stands for: "doubled", "trebled".
pub(crate) fn multiple(word: &Token) -> Option<u64> {
    MULTIPLES.iter().find(|(w, _)| word.is(w)).map(|(_, n)| *n)
}

/// Parts in words: "third" 3, "quarters" 4.
pub(crate) fn fraction<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u64> {
    const PARTS: [(&[&str], u64); 8] = [
        (&["half", "halves"], 2),
        (&["third", "thirds"], 3),
        (&["quarter", "quarters"], 4),
        (&["fifth", "fifths"], 5),
        (&["sixth", "sixths"], 6),
        (&["eighth", "eighths"], 8),
        (&["tenth", "tenths"], 10),
        (&["seventh", "sevenths"], 7),
    ];
    map_opt(token(Token::is_word), |t: &Token| {
        PARTS.iter().find(|(words, _)| t.is_any(words)).map(|(_, n)| *n)
    })
    .parse(rest)
}

/// Words of a kind of day.
pub(crate) fn day_kind<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Token<'a>> {
    one_of(&["working", "calendar", "business", "clear", "school", "additional", "more", "consecutive"])
        .parse(rest)
}
