//! Finds every period of a text.

use super::dates::{PeriodReading, Slip, between, day_range, month, month_range, single_day, single_month};
use super::years::{
    bare_double, calendar_year, double_year, ending, first_of_both, half_of_year, named_year, own_half,
    part_of_year, quarter, relative, to_date, weeks_ending, year_and_quarter,
};
use crate::lex::lexeme::{Lexeme, LexemeKind, Parsed, Rest, before, from, tokens};
use crate::lex::numeral::words;
use crate::model::period::{Period, PeriodExpr};
use crate::pack::{Set, pack};
use nom::Parser;
use nom::branch::alt;
use std::ops::Range;

/// A period found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPeriod {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// What it means.
    pub expr: PeriodExpr,
    /// What is odd about the notation, where it is a misprint ("2021-21") that was read as the period most likely
    /// meant.
    pub slip: Option<Slip>,
}

/// A run of tokens that belongs to the calendar, whether or not it is a period.
pub(crate) struct CalendarMark {
    /// Indices of tokens.
    pub tokens: Range<usize>,
    pub reading: PeriodReading,
}

/// Finds every period of a text, in order. Leaves out what belongs to the calendar and is no period ("the 2002 Act",
/// "1 April", "30 February 2020").
pub fn scan(text: &str) -> Vec<FoundPeriod> {
    let tokens = tokens(text);
    of_marks(&tokens, &marks(&tokens))
}

/// The periods among marks.
pub(crate) fn of_marks(tokens: &[Lexeme], marks: &[CalendarMark]) -> Vec<FoundPeriod> {
    let found = marks.iter().filter_map(|mark| {
        let first = tokens.get(mark.tokens.start)?;
        let last = tokens.get(mark.tokens.end.checked_sub(1)?)?;
        let expr = mark.reading.expr?;
        Some(FoundPeriod { range: first.start..last.end(), expr, slip: mark.reading.slip })
    });
    found.collect()
}

/// Finds everything that belongs to the calendar: periods, dates, and the years of Acts.
pub(crate) fn marks(tokens: &[Lexeme]) -> Vec<CalendarMark> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match mark_at(tokens, at) {
            Some((length, reading)) if length > 0 => {
                found.push(CalendarMark { tokens: at..at + length, reading });
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}

/// Whether a period other than a month can begin with this word.
fn may_begin(word: &Lexeme) -> bool {
    // The column head "Reporting period" does not mean the year of the report.
    let p = &pack().periods;
    word.is_in(&p.begin) && !(word.fresh && word.is_in(&p.reporting))
}

fn mark_at(tokens: &[Lexeme], at: usize) -> Option<(usize, PeriodReading)> {
    let first = tokens.get(at)?;
    let rest = from(tokens, at);
    match first.kind {
        LexemeKind::Numeral | LexemeKind::Dotted => numeric_mark(tokens, at, first, rest),
        LexemeKind::Word
            if first.glued
                && !first.is_in(&pack().periods.financial_letters)
                && at > 0
                && !follows_sign(tokens, at) =>
        {
            None
        }
        LexemeKind::Word if month(rest).is_ok() => month_mark(tokens, at, rest),
        LexemeKind::Word if may_begin(first) => word_mark(tokens, at, rest),
        _ => None,
    }
}

fn follows_sign(tokens: &[Lexeme], at: usize) -> bool {
    before(tokens, at, 1).is_some_and(|t| t.kind == LexemeKind::Symbol)
}

fn length<'t, 'a>(
    rest: Rest<'t, 'a>,
    parsed: Parsed<'t, 'a, PeriodReading>,
) -> Option<(usize, PeriodReading)> {
    parsed.ok().map(|(left, reading)| (rest.len() - left.len(), reading))
}

fn word_mark(tokens: &[Lexeme], at: usize, rest: Rest) -> Option<(usize, PeriodReading)> {
    let year_first = alt((between, ending, weeks_ending, to_date, double_year, named_year));
    let named = |rest| if rest_starts_with_year(rest) { calendar_year(rest) } else { quarter(rest) };
    let (length, reading) = length(
        rest,
        alt((year_first, own_half, half_of_year, first_of_both, part_of_year, named, relative)).parse(rest),
    )?;
    let past = reading.expr == Some(PeriodExpr::Relative(-1)) && is_past_year(tokens, at);
    Some((length, if past { PeriodReading::relative(PeriodExpr::Relative(0)) } else { reading }))
}

/// Whether "last year" is the year that is over now: "over the last year". "Last year" without "the", and "than in the
/// last year", is the year before the report's.
fn is_past_year(tokens: &[Lexeme], at: usize) -> bool {
    let p = &pack().periods;
    let is = |back: usize, words: &Set| before(tokens, at, back).is_some_and(|t| t.is_in(words));
    tokens.get(at).is_some_and(|t| t.is_in(&p.last))
        && is(1, &p.the)
        && is(2, &p.throughout)
        && !is(3, &pack().words.compares_period)
}

/// Whether one of the first words is "year", as in "year 2019" and "calendar year 2019".
fn rest_starts_with_year(rest: Rest) -> bool {
    rest.iter().take(3).any(|t| t.is_in(&pack().periods.year))
}

fn month_mark(tokens: &[Lexeme], at: usize, rest: Rest) -> Option<(usize, PeriodReading)> {
    if let Some(found) =
        length(rest, alt((month_range, day_range, us_day, single_month, single_day)).parse(rest))
    {
        return Some(found);
    }
    let (left, number) = month(rest).ok()?;
    let introduced = before(tokens, at, 1).is_some_and(|t| t.is_in(&pack().periods.before_month));
    let counted = matches!(left, [open, count, ..] if open.is("(") && count.is_numeral());
    // "And May" is a month only where another month stands before it. "Of March" needs none.
    let joined = !before(tokens, at, 1).is_some_and(|t| t.is_in(&pack().numerals.and))
        || before(tokens, at, 2).is_some_and(|t| crate::model::period::month_of(t.text).is_some());
    let plain = !left.first().is_some_and(Lexeme::is_capitalised);
    if counted || (introduced && joined && plain) {
        let expr = PeriodExpr::Month(u8::try_from(number).ok()?);
        return Some((rest.len() - left.len(), PeriodReading::relative(expr)));
    }
    None
}

/// Reads "March 31, 2024" as a day. This is tried before months, because "March 31" could be March of the year 2031.
fn us_day<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let (left, reading) = single_day(rest)?;
    if reading.expr.is_some() {
        return Ok((left, reading));
    }
    Err(nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Not)))
}

fn numeric_mark(tokens: &[Lexeme], at: usize, first: &Lexeme, rest: Rest) -> Option<(usize, PeriodReading)> {
    let previous = before(tokens, at, 1);
    // "S2016" and "CF2019-20" are codes, but "Report2018/19" is a word that lost the space behind it.
    if first.glued
        && previous.is_some_and(|t| {
            t.is_capitals() && !t.is_in(&pack().periods.financial_letters) || t.is_any(&["£", ".", "/", "$"])
        })
    {
        return None;
    }
    if stands_alone(rest) {
        return bare_year(tokens, at, rest);
    }
    if let Some(found) = length(rest, alt((day_range, single_day)).parse(rest)) {
        return Some(found);
    }
    let comparison = previous.is_some_and(|t| t.is_in(&pack().numerals.from))
        && tokens.get(at + 1).is_some_and(|t| t.is_in(&pack().numerals.to));
    let fraction = first.is_plain(2) && in_share_bracket(tokens, at);
    if !comparison
        && !fraction
        && let Some(found) = length(rest, alt((to_date, year_and_quarter, double_year)).parse(rest))
    {
        return Some(found);
    }
    if let Some(found) = length(rest, alt((ending, weeks_ending, quarter, relative)).parse(rest)) {
        return Some(found);
    }
    bare_year(tokens, at, rest)
}

/// Whether what follows a numeral can be no part of a period that begins with it: all go on with a word or a dash.
fn stands_alone(rest: Rest) -> bool {
    let goes_on = |next: &Lexeme| next.is_word() || next.is_mark("/-–—");
    rest.first().is_some_and(Lexeme::is_numeral) && !rest.get(1).is_some_and(goes_on)
}

/// Whether a numeral stands in brackets behind a share, as in "94% (16/17)": there it is a count of a count and no
/// year.
fn in_share_bracket(tokens: &[Lexeme], at: usize) -> bool {
    before(tokens, at, 1).is_some_and(|t| t.is("(")) && before(tokens, at, 2).is_some_and(|t| t.is("%"))
}

/// Reads a year alone. It is a calendar year, unless it names an Act or counts something.
fn bare_year(tokens: &[Lexeme], at: usize, rest: Rest) -> Option<(usize, PeriodReading)> {
    let (_, reading) = alt((calendar_year, bare_double)).parse(rest).ok()?;
    let length = length(rest, calendar_year(rest))?.0;
    let year = match reading.expr? {
        PeriodExpr::Absolute(period) => period.start.year(),
        _ => return None,
    };
    let first = tokens.get(at)?;
    let previous = before(tokens, at, 1);
    let chained = matches!(rest.get(length..), Some([sign, next, ..])
        if sign.glued && sign.is("/") && next.glued && next.is_numeral());
    if chained || (first.glued && previous.is_some_and(Lexeme::is_word)) {
        return None;
    }
    let of_law = |t: Option<&Lexeme>| t.is_some_and(|t| t.is_in(&pack().periods.law));
    let bracketed = previous.is_some_and(|t| t.is_any(&["(", ","])) && of_law(before(tokens, at, 2));
    if of_law(previous) || bracketed || of_law(tokens.get(at + 1)) {
        return Some((1, PeriodReading::none()));
    }
    if length == 1 && (is_count(tokens, at, year) || is_measured(tokens.get(at + 1))) {
        return None;
    }
    Some((
        length,
        PeriodReading::of(match reading.expr {
            Some(PeriodExpr::Absolute(period)) => Some(period),
            _ => Period::calendar_year(year),
        }),
    ))
}

/// Whether what follows a number shows that it is a count and no year: "2019 complaints", "2012%".
fn is_measured(next: Option<&Lexeme>) -> bool {
    next.is_some_and(|t| {
        t.is("%") || t.is_in(&pack().periods.after_count) || (t.glued && (t.is_word() || t.is("*")))
    })
}

fn is_count(tokens: &[Lexeme], at: usize, year: i16) -> bool {
    let previous = before(tokens, at, 1);
    let p = &pack().periods;
    let named = |words: &Set| previous.is_some_and(|t| t.is_in(words));
    let counts = tokens.get(at + 1).is_some_and(words::is_counted);
    if named(&p.before_year) {
        return false;
    }
    if counts
        || !(1990..2040).contains(&year)
        || named(&p.before_count)
        || previous.is_some_and(|t| t.is("="))
    {
        return true;
    }
    if named(&p.of) && before(tokens, at, 2).is_some_and(|t| t.is_in(&p.counts)) {
        return true;
    }
    // In "dropping from 2005 to 574", 2005 is a count.
    let other = tokens.get(at + 2).filter(|t| t.is_numeral());
    tokens.get(at + 1).is_some_and(|t| t.is_in(&p.to)) && other.is_some_and(|t| !t.is_plain(4))
}
