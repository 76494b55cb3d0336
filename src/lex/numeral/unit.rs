//! A numeral with its currency, magnitude and unit.

use super::{printed, words};
use crate::lex::lexeme::{Lexeme, Parsed, Rest, from, one_in, token};
use crate::model::exact::Exact;
use crate::model::quantity::Unit;
use crate::pack::{Set, pack};
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, map_opt, not, opt, value};
use nom::sequence::preceded;

/// A numeral as read, without its qualifier.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    pub value: Exact,
    pub unit: Unit,
    pub decimals: u8,
    pub spelled: bool,
    /// The power of ten that it is printed in: 6 of "£2.3m". Such a number was rounded to be printed, so it is never taken
    /// as exact.
    pub scale: u8,
    /// Index of the token after it.
    pub end: usize,
}

/// Reads the digits of a numeral: the number and how many decimals it has. `None` for a number too long to be a
/// figure.
pub(crate) fn digits(token: &Lexeme) -> Option<(Exact, u8)> {
    let decimals = token.text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let number = printed::value(token.text, decimals).filter(|_| token.is_numeral())?;
    Some((number, u8::try_from(decimals).ok()?))
}

/// The number in digits that begins at a token ("£1,000.50", "7.2 per 1,000", "21 working days").
pub(crate) fn amount(tokens: Rest, at: usize) -> Option<Amount> {
    let money = printed::currency(tokens.get(at)?.text);
    let start = at + usize::from(money.is_some());
    let (value, decimals) = digits(tokens.get(start)?)?;
    let unit = money.unwrap_or(Unit::Count);
    let number = Amount { value, unit, decimals, spelled: false, scale: 0, end: start + 1 };
    Some(measured(tokens, start + 1, number, false))
}

/// Adds to a number the half, the magnitude and the unit that follow it from token `at` on. `joined` says that the
/// number is in a cell and a letter stands right behind it: then "1.2m" means millions although no currency is named.
pub(crate) fn measured(tokens: Rest, at: usize, number: Amount, joined: bool) -> Amount {
    let money = number.unit.is_money();
    let (value, decimals, end) = with_half(tokens, at, number.value, number.decimals);
    let (power, end) = magnitude(tokens, end, money, joined);
    let left = u8::try_from((i32::from(decimals) - power).max(0)).unwrap_or(0);
    let scale = u8::try_from(power).unwrap_or(0);
    let amount = Amount { value: scaled(value, power), decimals: left, scale, end, ..number };
    if money { amount } else { with_unit(tokens, amount) }
}

/// The number in words that begins at a token ("sixteen", "forty-two percent", "five-day").
pub(crate) fn spelled_amount(tokens: Rest, at: usize) -> Option<Amount> {
    let rest = from(tokens, at);
    let (left, number) = words::spelled(rest).ok()?;
    let end = at + rest.len() - left.len();
    let (value, decimals, end) = with_half(tokens, end, Exact::from(i128::from(number)), 0);
    let amount = Amount { value, unit: Unit::Count, decimals, spelled: true, scale: 0, end };
    Some(with_unit(tokens, amount))
}

/// Reads the half that may follow a number, as in "2½" and "two and a half".
fn with_half(tokens: Rest, at: usize, number: Exact, decimals: u8) -> (Exact, u8, usize) {
    let rest = from(tokens, at);
    let sign = tokens.get(at).filter(|t| t.glued).and_then(|t| vulgar(t.text));
    if let Some(part) = sign {
        let decimals = if part == Exact::ratio(1, 2) { 1 } else { 2 };
        return (&number + &part, decimals, at + 1);
    }
    let n = &pack().numerals;
    let worded: Parsed<_> = (one_in(&n.and), one_in(&n.article), one_in(&n.half)).parse(rest);
    if decimals == 0 && worded.is_ok() {
        return (&number + &Exact::ratio(1, 2), 1, at + 3);
    }
    (number, decimals, at)
}

/// Reads a fraction that is one character, such as "½".
pub(crate) fn vulgar(sign: &str) -> Option<Exact> {
    match sign {
        "½" => Some(Exact::ratio(1, 2)),
        "¼" => Some(Exact::ratio(1, 4)),
        "¾" => Some(Exact::ratio(3, 4)),
        _ => None,
    }
}

/// Reads "m", "million" or "k" and returns the power of ten and the index after it. A single letter counts only
/// behind money, or where it is joined to the number: "k" anywhere, the others in cells. "12 m" may mean metres.
fn magnitude(tokens: Rest, at: usize, money: bool, in_cell: bool) -> (i32, usize) {
    let Some(word) = tokens.get(at).filter(|t| t.is_word()) else { return (0, at) };
    let n = &pack().numerals;
    let joined = || n.joined_magnitudes.get(word.text).filter(|_| word.glued);
    let of_money = || n.money_magnitudes.get(word.text).filter(|_| money || in_cell && word.glued);
    let Some(power) = n.magnitudes.get(word.text).or_else(joined).or_else(of_money) else { return (0, at) };
    (*power, at + 1)
}

/// Multiplies a number by a power of ten.
fn scaled(number: Exact, power: i32) -> Exact {
    if power == 0 { number } else { &number * &Exact::ten_to(power) }
}

fn with_unit(tokens: Rest, amount: Amount) -> Amount {
    let rest = from(tokens, amount.end);
    let Ok((left, (unit, tens))) = unit_mark(rest) else { return amount };
    let end = amount.end + rest.len() - left.len();
    let value = scaled(amount.value, -tens);
    let decimals = u8::try_from((i32::from(amount.decimals) + tens).max(0)).unwrap_or(amount.decimals);
    Amount { value, unit, decimals, end, ..amount }
}

/// Reads a unit. Returns it with the power of ten that the printed value must be divided by: 50 pence are 0.50 of the
/// unit "pounds".
fn unit_mark<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, (Unit, i32)> {
    let n = &pack().numerals;
    let dash = || opt(token(|t: &Lexeme| t.is("-") && t.glued));
    let points = || one_in(&n.points);
    let percent = || {
        let sign = token(|t: &Lexeme| t.is("%") || t.is_in(&n.percent));
        alt((value((), sign), value((), (one_in(&n.per), dash(), one_in(&n.cent)))))
    };
    let pp = alt((
        value((), (percent(), points())),
        value((), (one_in(&n.percentage), points())),
        value((), one_in(&n.short_points)),
    ));
    let time = alt((
        value((Unit::WorkingDays, 0), (one_in(&n.working), dash(), one_in(&n.days))),
        value((Unit::Days, 0), (words::day_kind, dash(), one_in(&n.days))),
        value((Unit::Days, 0), one_in(&n.days)),
        value((Unit::Hours, 0), one_in(&n.hours)),
        value((Unit::Months, 0), one_in(&n.months)),
    ));
    let pence =
        value((Unit::Gbp, 2), alt((token(|t| t.glued && n.joined_pence.has(t.text)), one_in(&n.pence))));
    let fold = value((Unit::Ratio, 0), (dash(), one_in(&n.fold)));
    alt((
        value((Unit::PercentagePoints, 0), pp),
        value((Unit::Percent, 0), percent()),
        per_population,
        fold,
        preceded(dash(), time),
        pence,
        money_behind,
    ))
    .parse(rest)
}

/// Reads a currency sign behind a number, as in "1,200 €". The sign in "12 £40" belongs to the number that follows
/// it.
fn money_behind<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, (Unit, i32)> {
    let sign = map_opt(token(|_| true), |t: &Lexeme| printed::currency(t.text));
    map((sign, not(token(Lexeme::is_numeral))), |(unit, ())| (unit, 0)).parse(rest)
}

/// Reads the population of a rate: "per 1,000", "per 100,000", "per thousand", "per 10,000".
pub(crate) fn per_population<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, (Unit, i32)> {
    let number = |digits: [&'static str; 2], words: Option<&'static Set>| {
        token(move |t: &Lexeme| t.is_any(&digits) || words.is_some_and(|words| t.is_in(words)))
    };
    let n = &pack().numerals;
    let hundred = (token(|t: &Lexeme| t.is("100") || t.is_in(&n.hundred)), one_in(&n.thousand));
    let size = alt((
        value((Unit::Per100000, 0), hundred),
        map(number(["1,000", "1000"], Some(&n.thousand)), |_| (Unit::Per1000, 0)),
        map(number(["100,000", "100000"], None), |_| (Unit::Per100000, 0)),
        map(number(["10,000", "10000"], None), |_| (Unit::Per1000, 1)),
        map(number(["1,000,000", "1000000"], Some(&n.million)), |_| (Unit::Per100000, 1)),
    ));
    preceded((one_in(&n.per), opt(one_in(&n.every))), size).parse(rest)
}
