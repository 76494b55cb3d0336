//! Days, months, and stretches between two of them.

use crate::lex::lexeme::{Lexeme, LexemeKind, Parsed, Rest, one_in, one_of, tag, token};
use crate::model::period::{Period, PeriodExpr, month_of};
use crate::pack::pack;
use jiff::civil::Date;
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, map_opt, opt};
use nom::sequence::preceded;
use std::fmt;

/// What is odd about a notation that was misprinted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// "30 February".
    NoSuchDay,
    /// It ends before it starts.
    Backwards,
    /// "2021-21".
    SameYear,
    /// So many months where a year is likely meant.
    Months(i32),
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Slip::NoSuchDay => f.write_str("there is no such day"),
            Slip::Backwards => f.write_str("it ends before it starts"),
            Slip::SameYear => f.write_str("both years are the same"),
            Slip::Months(count) => write!(f, "it is {count} months long"),
        }
    }
}

/// What a notation means, if anything can be made of it, and what is odd about it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PeriodReading {
    pub expr: Option<PeriodExpr>,
    pub slip: Option<Slip>,
}

impl PeriodReading {
    /// A period with its dates.
    pub fn of(period: Option<Period>) -> PeriodReading {
        PeriodReading { expr: period.map(PeriodExpr::Absolute), slip: None }
    }

    /// A period that is told relative to that of the document.
    pub fn relative(expr: PeriodExpr) -> PeriodReading {
        PeriodReading { expr: Some(expr), slip: None }
    }

    /// A numeral that belongs to the calendar and is no period: "the 2002 Act", "1 April".
    pub fn none() -> PeriodReading {
        PeriodReading { expr: None, slip: None }
    }

    /// A misprint, with the period that was most likely meant.
    pub fn slip(period: Option<Period>, slip: Slip) -> PeriodReading {
        PeriodReading { expr: period.map(PeriodExpr::Absolute), slip: Some(slip) }
    }
}

/// A day as printed. Its year may be missing, where the other end of a stretch tells it.
#[derive(Clone, Copy)]
struct Day {
    year: Option<i16>,
    month: i8,
    day: i8,
}

/// A year in four digits, 1900 to 2099.
pub(crate) fn year4<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, i16> {
    map_opt(token(|t| t.is_plain(4)), |t: &Lexeme| t.text.parse().ok().filter(|y| (1900..2100).contains(y)))
        .parse(rest)
}

/// The full year that two digits mean.
pub(crate) fn century(two: i16) -> i16 {
    if two < 60 { 2000 + two } else { 1900 + two }
}

pub(crate) fn two_digits<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, i16> {
    map_opt(token(|t| t.is_plain(2)), |t: &Lexeme| t.text.parse().ok()).parse(rest)
}

pub(crate) fn month<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, i8> {
    map_opt(token(Lexeme::is_word), |t: &Lexeme| month_of(t.text)).parse(rest)
}

fn glued<'t, 'a>(sign: &'static str) -> impl Fn(Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>>
where
    'a: 't,
{
    token(move |t| t.glued && t.is(sign))
}

/// Reads the number of a day: "31", "31st".
fn day_number<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, i8> {
    let number = map_opt(token(|t| t.is_plain(1) || t.is_plain(2)), |t: &Lexeme| {
        t.text.parse::<i8>().ok().filter(|d| (1..=39).contains(d))
    });
    let ordinal = token(|t| t.glued && t.is_in(&pack().periods.ordinal_endings));
    map((number, opt(ordinal)), |(day, _)| day).parse(rest)
}

/// Reads a day that is printed before its month: "7 August 2020", "1st of April".
fn day_first<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Day> {
    let year = opt(preceded(opt(tag(",")), year4));
    map((day_number, opt(one_in(&pack().periods.of)), month, year), |(day, _, month, year)| Day {
        year,
        month,
        day,
    })
    .parse(rest)
}

/// Reads a day that is printed behind its month: "March 31, 2024". Without a year this takes an ordinal, or two
/// digits behind the full name of a month, because "March 3" may be "March" and a count.
fn month_first<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Day> {
    let year = preceded(opt(tag(",")), year4);
    map((month, day_number, year), |(month, day, year)| Day { year: Some(year), month, day }).parse(rest)
}

/// Reads the full name of a month, a space and a day: "March 31".
fn month_and_day<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Day> {
    let name = map_opt(token(|t| t.text.len() > 4), |t: &Lexeme| month_of(t.text));
    let day = token(|t: &Lexeme| !t.glued && t.small().is_some_and(|d| (1..=31).contains(&d)));
    map_opt((name, day), |(month, day)| {
        Some(Day { year: None, month, day: i8::try_from(day.small()?).ok()? })
    })
    .parse(rest)
}

/// Reads a date in digits: "01/04/2020", "01-04-2020", "01/04/20", "2020-04-01".
fn numeric<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Day> {
    let part = || token(|t: &Lexeme| t.is_numeral() && (t.text.len() <= 2 || t.is_plain(4)));
    let next = || token(|t: &Lexeme| t.glued && t.is_numeral() && (t.text.len() <= 2 || t.is_plain(4)));
    let with = |sign| {
        map_opt((part(), glued(sign), next(), glued(sign), next()), |(a, _, b, _, c)| {
            numeric_day(a.text, b.text, c.text)
        })
    };
    alt((with("/"), with("-"))).parse(rest)
}

/// Reads a date in digits with points: "31.03.2016".
fn pointed<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Day> {
    map_opt(token(|t| t.kind == LexemeKind::Dotted), |t: &Lexeme| {
        let mut parts = t.text.split('.');
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || c.len() != 4 { None } else { numeric_day(a, b, c) }
    })
    .parse(rest)
}

fn numeric_day(a: &str, b: &str, c: &str) -> Option<Day> {
    let (first, month, last) = (a.parse::<i16>().ok()?, b.parse::<i8>().ok()?, c.parse::<i16>().ok()?);
    if !(1..=12).contains(&month) {
        return None;
    }
    let (year, day) = match (a.len(), c.len()) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 4) => (last, first),
        (1 | 2, 2) => (century(last), first),
        _ => return None,
    };
    let plausible = (1900..2100).contains(&year) && (1..=39).contains(&day);
    plausible.then_some(Day { year: Some(year), month, day: i8::try_from(day).ok()? })
}

/// Reads a date as spreadsheets show it: "13-Dec-16", "24-Jan-2017".
fn dashed<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Day> {
    let year = alt((year4, map(two_digits, century)));
    map((day_number, glued("-"), month, glued("-"), year), |(day, _, month, _, year)| Day {
        year: Some(year),
        month,
        day,
    })
    .parse(rest)
}

fn any_day<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Day> {
    alt((dashed, day_first, month_first, numeric, pointed)).parse(rest)
}

/// Reads one day that exists in the calendar.
pub(crate) fn date<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, Date> {
    map_opt(any_day, |d| Date::new(d.year?, d.month, d.day).ok()).parse(rest)
}

/// Reads one day: "7 August 2020". Without a year, as in "1 April", it is no period.
pub(crate) fn single_day<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    map(alt((any_day, month_and_day)), day).parse(rest)
}

fn day(day: Day) -> PeriodReading {
    match (day.year, Date::new(day.year.unwrap_or(2000), day.month, day.day)) {
        (Some(_), Ok(day)) => PeriodReading::of(Period::between(day, day)),
        (_, Err(_)) => PeriodReading::slip(None, Slip::NoSuchDay),
        _ => PeriodReading::none(),
    }
}

/// Reads a stretch between two days, or else one day, either of which begins with a numeral.
pub(crate) fn days<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let (left, from) = any_day(rest)?;
    match (until, any_day).parse(left) {
        Ok((left, (_, to))) => Ok((left, between_days(from, to))),
        Err(_) => Ok((left, day(from))),
    }
}

pub(crate) fn until<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    token(|t: &Lexeme| t.is_mark("-–—") || t.is_in(&pack().periods.until)).parse(rest)
}

/// Reads a stretch between two days: "1 April 2020 to 31 March 2021", "1 April to 30 June 2020".
pub(crate) fn day_range<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    map((any_day, until, any_day), |(from, _, to)| between_days(from, to)).parse(rest)
}

/// Reads a stretch that is told with "between": "between 1 April and 30 June 2020", "between April and September
/// 2019".
pub(crate) fn between<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let days = map((any_day, one_in(&pack().numerals.and), any_day), |(from, _, to)| between_days(from, to));
    let full = map((month_year, one_in(&pack().numerals.and), month_year), |(a, _, b)| {
        between_months((a.0, a.1), (b.0, b.1))
    });
    let late = map((month, one_in(&pack().numerals.and), month_year), |(first, _, (last, year, _))| {
        between_months((first, if first > last { year - 1 } else { year }), (last, year))
    });
    // "Between May and August last year": which year that is depends on when it was written.
    let relative = (one_in(&pack().periods.previous_year), one_in(&pack().periods.year));
    let undated = map((month, one_in(&pack().numerals.and), month, opt(relative)), |_| PeriodReading::none());
    preceded(one_in(&pack().numerals.between), alt((days, full, late, undated))).parse(rest)
}

fn between_days(from: Day, to: Day) -> PeriodReading {
    let Some(last_year) = to.year.or(from.year) else { return PeriodReading::none() };
    let turn = (from.month, from.day) > (to.month, to.day);
    let first_year = from.year.unwrap_or(if turn { last_year - 1 } else { last_year });
    let last_year = to.year.unwrap_or(if turn { first_year + 1 } else { first_year });
    let day = |year, of: Day| Date::new(year, of.month, of.day).ok();
    let (Some(start), Some(end)) = (day(first_year, from), day(last_year, to)) else {
        return PeriodReading::slip(None, Slip::NoSuchDay);
    };
    if start <= end {
        return PeriodReading::of(Period::between(start, end));
    }
    let best = day(last_year - i16::from(turn), from).and_then(|start| Period::between(start, end));
    PeriodReading::slip(best, Slip::Backwards)
}

/// Reads a month with its year. Behind an abbreviation the year may have two digits ("Apr16", "Apr 15", "April '16").
fn month_year<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, (i8, i16, bool)> {
    let full = map(
        (month, opt(token(|t: &Lexeme| t.is_mark(",-") || t.is_in(&pack().periods.of))), year4),
        |(m, _, y)| (m, y, false),
    );
    let marked = map((month, one_of(&["'", "’", "-"]), two_digits), |(m, _, y)| (m, century(y), true));
    let joined = map_opt((month, token(|t| t.glued && t.is_plain(2))), |(m, t)| {
        Some((m, century(t.text.parse().ok()?), true))
    });
    let short = token(|t: &Lexeme| t.text.len() <= 4 && !t.is_in(&pack().periods.whole_short_months));
    let spaced = map_opt((short, two_digits), |(t, y)| Some((month_of(t.text)?, century(y), true)));
    alt((full, marked, joined, spaced)).parse(rest)
}

/// Reads one month with its year: "June 2018", "Apr16".
pub(crate) fn single_month<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    map(month_year, |(month, year, _)| PeriodReading::of(Period::month(year, month))).parse(rest)
}

/// Reads a stretch between two months: "April 2015 to March 2016", "Apr16-Mar17", "Apr 15 Mar 16", "October to
/// December 2019", "April to June in 2019", "April to June (Q1)".
pub(crate) fn month_range<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let both = map_opt((month_year, opt(until), month_year), |(from, to, last)| {
        (to.is_some() || (from.2 && last.2)).then(|| between_months((from.0, from.1), (last.0, last.1)))
    });
    let late = map((month, until, month_year), |(first, _, (last, year, _))| {
        between_months((first, if first > last { year - 1 } else { year }), (last, year))
    });
    let quarter_mark = (
        tag("("),
        token(|t| t.is_in(&pack().periods.quarter_letters)),
        token(|t| t.glued && t.is_plain(1)),
        tag(")"),
    );
    // "The May to August period in 2019".
    let p = &pack().periods;
    let in_year = (opt(one_in(&p.period)), one_in(&p.part_of), opt(one_in(&p.the)), year4);
    let told = map((month, until, month, in_year), |(first, _, last, (.., year))| {
        between_months((first, year), (last, if first > last { year + 1 } else { year }))
    });
    let bare = map_opt((month, until, month, opt(quarter_mark)), |(first, _, last, _)| {
        let quarter = [(4, 6), (7, 9), (10, 12), (1, 3)].iter().position(|q| *q == (first, last));
        Some(match quarter {
            Some(q) => PeriodReading::relative(PeriodExpr::Quarter(u8::try_from(q + 1).ok()?)),
            None => PeriodReading::none(),
        })
    });
    alt((both, late, told, bare)).parse(rest)
}

fn between_months(from: (i8, i16), to: (i8, i16)) -> PeriodReading {
    let start = Date::new(from.1, from.0, 1).ok();
    let end = Period::month(to.1, to.0).map(|p| p.end);
    let Some((start, end)) = start.zip(end) else { return PeriodReading::none() };
    if start > end {
        let year = if from.0 > to.0 { to.1 - 1 } else { to.1 };
        let best = Date::new(year, from.0, 1).ok().and_then(|start| Period::between(start, end));
        return PeriodReading::slip(best, Slip::Backwards);
    }
    let count = i32::from(to.1 - from.1) * 12 + i32::from(to.0 - from.0) + 1;
    let period = Period::between(start, end);
    // March to April of the next year is 13 or 14 months. It is a misprint for April to March, the financial year.
    if (13..=14).contains(&count) {
        return PeriodReading::slip(period, Slip::Months(count));
    }
    PeriodReading::of(period)
}
