//! Years printed as two numbers, quarters, parts of years, and years told relative to the period of the document.

use super::dates::{PeriodReading, Slip, century, date, month, two_digits, until, year4};
use crate::lex::lexeme::{Lexeme, Parsed, Rest, one_in, tag, token};
use crate::lex::numeral::words;
use crate::model::period::{Period, PeriodExpr};
use crate::pack::pack;
use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, map_opt, opt, value};
use nom::sequence::{preceded, terminated};

fn year_word<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    one_in(&pack().periods.year_word).parse(rest)
}

fn year_kind<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, &'t Lexeme<'a>> {
    one_in(&pack().periods.year_kinds).parse(rest)
}

/// "2016/17", "2016-17", "2018/2019", "2015/6", "2021 to 2022", "17/18"; with "year" before or after it.
pub(crate) fn double_year<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let before = opt(alt((
        value((), (opt(one_in(&pack().periods.the)), opt(year_kind), year_word)),
        value((), one_in(&pack().periods.financial_letters)),
    )));
    let after = opt((opt(year_kind), year_word));
    map((before, alt((long_double, short_double)), after), |(_, reading, _)| reading).parse(rest)
}

/// The reading of a year in two numbers.
pub(crate) fn bare_double<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    alt((long_double, short_double)).parse(rest)
}

fn long_double<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let sign = token(|t: &Lexeme| t.is_mark("/-–—") || t.is_in(&pack().periods.to));
    let tail = token(|t: &Lexeme| t.is_plain(4) || t.is_plain(2) || (t.glued && t.is_plain(1)));
    let (left, (first, sign, tail)) = (year4, sign, tail).parse(rest)?;
    let chained = left.first().is_some_and(|t| t.glued && t.is("/"))
        && left.get(1).is_some_and(|t| t.glued && t.is_numeral());
    let reading = if chained { None } else { double(first, sign, tail) };
    reading.map(|r| (left, r)).ok_or_else(|| miss(rest))
}

fn miss<'t, 'a>(rest: Rest<'t, 'a>) -> nom::Err<nom::error::Error<Rest<'t, 'a>>> {
    nom::Err::Error(nom::error::Error::new(rest, nom::error::ErrorKind::Verify))
}

fn double(first: i16, sign: &Lexeme, tail: &Lexeme) -> Option<PeriodReading> {
    let printed = tail.text.parse::<i16>().ok()?;
    let modulus = [10, 100, 10_000].get(tail.text.len() / 2)?.to_owned();
    if (first + 1) % modulus == printed {
        return Some(PeriodReading::of(Period::financial_year(first)));
    }
    // With a space or a word between them, two numbers are more likely two things: "2018 - 47", "2018 to 2021".
    if !(sign.glued && tail.glued) || tail.text.len() == 1 {
        return None;
    }
    let last = if modulus == 100 { first - first % 100 + printed } else { printed };
    if last == first {
        return Some(PeriodReading::slip(Period::financial_year(first - 1), Slip::SameYear));
    }
    if last > first && (last - first) < 40 {
        let ends = Period::calendar_year(first).zip(Period::calendar_year(last));
        return Some(PeriodReading::of(ends.and_then(|(a, b)| Period::between(a.start, b.end))));
    }
    let best = if last == first - 1 { Period::financial_year(last) } else { None };
    (1900..2100).contains(&last).then(|| PeriodReading::slip(best, Slip::Backwards))
}

/// Reads two years of two digits each, where the second follows the first: "17/18".
fn short_double<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let slash = token(|t: &Lexeme| t.glued && t.is("/"));
    let second = map_opt(token(|t| t.glued && t.is_plain(2)), |t: &Lexeme| t.text.parse::<i16>().ok());
    let (left, (first, _, second)) = (two_digits, slash, second).parse(rest)?;
    let chained = left.first().is_some_and(|t| t.glued && t.is_any(&["/", "%"]));
    if chained || (first + 1) % 100 != second || first % 100 > 40 && first < 90 {
        return Err(miss(rest));
    }
    Ok((left, PeriodReading::of(Period::financial_year(century(first)))))
}

/// Reads a period by its end: "year ending 31 March 2016", "year to March 31, 2024", "quarter ended 30 June 2019",
/// "year ending March 2016".
pub(crate) fn ending<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let year = value(12, (opt(one_in(&pack().periods.the)), opt(year_kind), year_word));
    let twelve = value(12, (one_in(&p.twelve), one_in(&p.month)));
    let months = terminated(words::spelled_or_digits, one_in(&p.month));
    let months = map_opt(months, |n| i32::try_from(n).ok().filter(|n| (1..=24).contains(n)));
    let half = value(6, (opt(one_in(&p.the)), one_in(&pack().numerals.half), opt(tag("-")), year_word));
    let length = alt((half, year, twelve, value(3, one_in(&p.quarter)), months));
    let link = (one_in(&p.ending), opt(one_in(&p.after_ending)));
    let month_end = map_opt((month, opt(tag(",")), year4), |(m, _, y)| Period::month(y, m).map(|p| p.end));
    // Halves of a financial year end with September and March: the one "up to April" ends before it.
    let up_to = (one_in(&p.up), one_in(&p.to));
    let eve = map_opt(preceded(up_to, (month, opt(tag(",")), year4)), |(m, _, y)| {
        let first = Period::month(y, m).filter(|_| m % 6 == 4)?.start;
        first.yesterday().ok()
    });
    let (left, months): (_, i32) = { length }.parse(rest)?;
    let eve = { eve }.parse(left).ok().filter(|_| months == 6);
    let (left, end) = eve.map_or_else(|| preceded(link, alt((date, month_end))).parse(left), Ok)?;
    let period = || {
        let next = end.tomorrow().ok()?;
        let years = Period::months(next.year(), next.month(), 1)?;
        let back = shift_months(years.start, -months)?;
        let start = if next.day() == 1 { back } else { back.with().day(next.day()).build().ok()? };
        Some(PeriodReading::of(Period::between(start, end)))
    };
    period().map(|reading| (left, reading)).ok_or_else(|| miss(rest))
}

/// Reads a period of weeks by its end: "the four weeks ending 30 December 2023".
pub(crate) fn weeks_ending<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let weeks = map_opt(words::spelled_or_digits, |n| i64::try_from(n).ok().filter(|n| (1..=53).contains(n)));
    let link = (one_in(&p.ending), opt(one_in(&p.after_ending)));
    map_opt((weeks, one_in(&p.weeks), link, date), |(weeks, _, _, end)| {
        use jiff::ToSpan;
        let start = end.checked_sub((7 * weeks - 1).days()).ok()?;
        Some(PeriodReading::of(Period::between(start, end)))
    })
    .parse(rest)
}

fn shift_months(day: jiff::civil::Date, months: i32) -> Option<jiff::civil::Date> {
    use jiff::ToSpan;
    day.checked_add(months.months()).ok()
}

fn ordinal_number(word: &Lexeme) -> Option<u8> {
    pack().periods.quarter_ordinals.get(word.text).copied()
}

fn quarter_number<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, u8> {
    let digit = || {
        map_opt(token(|t| t.is_plain(1)), |t: &Lexeme| {
            t.small().and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=4).contains(n))
        })
    };
    let p = &pack().periods;
    let name = one_in(&p.quarter_names);
    let spelled = map_opt(token(Lexeme::is_word), |t: &Lexeme| {
        words::small(t).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=4).contains(n))
    });
    let named = preceded((name, opt(tag("-"))), alt((digit(), spelled)));
    let worded = terminated(map_opt(token(Lexeme::is_word), ordinal_number), one_in(&p.quarter));
    let suffix = token(|t: &Lexeme| t.glued && t.is_in(&p.ordinal_endings));
    let numbered = terminated(digit(), (suffix, one_in(&p.ordinal_quarters)));
    alt((named, worded, numbered)).parse(rest)
}

/// Reads a quarter: "Quarter 1 2018/19", "Q3 2020/21", "Quarter 1 - April to June 2024", "Q1".
pub(crate) fn quarter<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let (left, number) = quarter_number(rest)?;
    let link = || opt(token(|t: &Lexeme| t.is_mark("-–,(:") || t.is_in(&p.of_year)));
    let of_year = preceded((link(), opt(one_in(&pack().periods.the))), double_year);
    let of_start = preceded(opt(token(|t: &Lexeme| t.is_mark(",-") || t.is_in(&p.of))), year4);
    let close = |rest: Rest<'t, 'a>, left: Rest<'t, 'a>| {
        let opened = rest.first().is_some_and(|t| t.is("("));
        if opened && left.first().is_some_and(|t| t.is(")")) {
            left.get(1..).unwrap_or_default()
        } else {
            left
        }
    };
    let absolute = |start| PeriodReading::of(Period::quarter(start, number));
    if let Ok((end, year)) = { of_year }.parse(left)
        && let Some(PeriodExpr::Absolute(year)) = year.expr
    {
        return Ok((close(left, end), absolute(year.start.year())));
    }
    if let Ok((end, months)) = preceded(link(), super::dates::month_range).parse(left) {
        return Ok((close(left, end), months));
    }
    if let Ok((end, year)) = { of_start }.parse(left) {
        // "Q1 2016" is a quarter of the calendar year, unless its months say otherwise: "Q1 2016 (April to June)".
        let told = preceded(tag("("), super::dates::month_range).parse(end);
        if told.is_ok_and(|(_, months)| months.expr == Some(PeriodExpr::Quarter(number))) {
            return Ok((end, absolute(year)));
        }
        let first = i8::try_from(number * 3 - 2).unwrap_or(1);
        return Ok((end, PeriodReading::of(Period::months(year, first, 3))));
    }
    Ok((left, PeriodReading::relative(PeriodExpr::Quarter(number))))
}

/// Reads a quarter behind its year: "2019/20 Q3".
pub(crate) fn year_and_quarter<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    map_opt((bare_double, quarter_number), |(year, number)| match year.expr {
        Some(PeriodExpr::Absolute(year)) => {
            Some(PeriodReading::of(Period::quarter(year.start.year(), number)))
        }
        _ => None,
    })
    .parse(rest)
}

/// Reads a part of a year: "first six months of 2023/24", "first three quarters of 2021/22", "second half of
/// 2019/20". Without a year it is no period, but its numeral is no figure either.
pub(crate) fn part_of_year<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let end = alt((value(false, one_in(&p.first)), value(true, one_in(&p.later))));
    let size = alt((
        map((words::spelled_or_digits, one_in(&p.month)), |(n, _)| n),
        map((words::spelled_or_digits, one_in(&p.quarters)), |(n, _)| n.saturating_mul(3)),
        value(6, one_in(&pack().numerals.half)),
    ));
    let year = opt(preceded(
        (one_in(&p.part_of), opt(one_in(&pack().periods.the))),
        alt((double_year, calendar_year)),
    ));
    map((end, size, year), |(late, months, year)| {
        let Some(PeriodReading { expr: Some(PeriodExpr::Absolute(year)), .. }) = year else {
            return PeriodReading::none();
        };
        let Some(months) = i32::try_from(months).ok().filter(|m| (1..12).contains(m)) else {
            return PeriodReading::none();
        };
        let start = if late { shift_months(year.start, 12 - months) } else { Some(year.start) };
        let span = start.and_then(|s| Period::months(s.year(), s.month(), months));
        PeriodReading::of(span)
    })
    .parse(rest)
}

/// Reads a half of a year by its letter: "H1 2022/23".
pub(crate) fn half_of_year<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let number =
        map_opt(token(|t| t.glued && t.is_plain(1)), |t: &Lexeme| t.small().filter(|n| (1..=2).contains(n)));
    let link = opt(token(|t: &Lexeme| t.is_mark("-–,(:") || t.is_in(&p.of_year)));
    map((one_in(&p.half_letters), number, link, double_year), |(_, number, _, year)| match year.expr {
        Some(PeriodExpr::Absolute(year)) => {
            let start = if number == 1 { Some(year.start) } else { shift_months(year.start, 6) };
            PeriodReading::of(start.and_then(|s| Period::months(s.year(), s.month(), 6)))
        }
        _ => PeriodReading::none(),
    })
    .parse(rest)
}

/// Reads words for the half year that the document is of: "the half year", "this half of the year". They are no period of their
/// own, and nothing that is counted.
pub(crate) fn own_half<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let half = || one_in(&pack().numerals.half);
    let year = value((), (opt(one_in(&p.the)), half(), opt(tag("-")), year_word));
    let this = value((), (one_in(&p.this_year), half(), opt((one_in(&p.of), one_in(&p.the), year_word))));
    map(alt((year, this)), |()| PeriodReading::none()).parse(rest)
}

/// Reads the first of two halves that are named together: "first" in "its first and second half of 2019/20".
pub(crate) fn first_of_both<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let (left, _) = one_in(&p.first).parse(rest)?;
    let (_, (_, second)) = (one_in(&pack().numerals.and), part_of_year).parse(left)?;
    let Some(PeriodExpr::Absolute(second)) = second.expr else { return Err(miss(rest)) };
    let start = shift_months(second.start, -6).filter(|_| left.get(1).is_some_and(|t| t.is_in(&p.later)));
    Ok((left, PeriodReading::of(start.and_then(|s| Period::months(s.year(), s.month(), 6)))))
}

/// Reads a year with a word that says so: "calendar year 2019", "the year 2019", "2019 calendar year", "financial
/// year 2019", "2018 to date".
pub(crate) fn calendar_year<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let financial = |kind: Option<&Lexeme>, year| {
        let fiscal = kind.is_some_and(|k| k.is_in(&pack().periods.from_april));
        PeriodReading::of(if fiscal { Period::financial_year(year) } else { Period::calendar_year(year) })
    };
    let before = map(
        (
            opt(one_in(&pack().periods.the)),
            opt(year_kind),
            year_word,
            opt(token(|t: &Lexeme| t.is("-") || t.is_in(&pack().periods.of))),
            year4,
        ),
        move |(_, kind, _, _, year)| financial(kind, year),
    );
    let after = map((year4, year_kind, year_word), move |(year, kind, _)| financial(Some(kind), year));
    alt((before, after, map(year4, |year| PeriodReading::of(Period::calendar_year(year))))).parse(rest)
}

/// Reads a financial year that is called by one number: "FY2016", "FY 16". It is taken for the calendar year of that
/// number, because bodies differ in when such a year begins. With two numbers it is a year like any other: "FY16-17".
pub(crate) fn named_year<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let short = || map(two_digits, century);
    let second = preceded(token(|t: &Lexeme| t.glued && t.is_mark("-–/")), alt((year4, short())));
    let years = (alt((year4, short())), opt(second));
    let (left, (first, second)) = preceded(one_in(&pack().periods.financial_letters), years).parse(rest)?;
    match second {
        None => Ok((left, PeriodReading::of(Period::calendar_year(first)))),
        Some(second) if second == first + 1 => Ok((left, PeriodReading::of(Period::financial_year(first)))),
        Some(_) => Err(miss(rest)),
    }
}

/// Reads a year that is not over: "2018 to date", "YTD 2021", "ytd21". It is taken to last to the end of that year,
/// because the day up to which it was counted is not told.
pub(crate) fn to_date<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let calendar = |year| PeriodReading::of(Period::calendar_year(year));
    let year = || alt((double_year, map(year4, calendar)));
    let joined = map_opt(token(|t| t.glued && t.is_plain(2)), |t: &Lexeme| t.text.parse().ok().map(century));
    let short = || value((), one_in(&p.year_to_date));
    let before = map((year(), alt((value((), (until, one_in(&p.date))), short()))), |(reading, ())| reading);
    let after = map((short(), alt((year(), map(joined, calendar)))), |((), reading)| reading);
    map(alt((before, after)), |mut reading| {
        if let Some(PeriodExpr::Absolute(period)) = &mut reading.expr {
            period.kind = crate::model::period::PeriodKind::Part;
        }
        reading
    })
    .parse(rest)
}

/// Reads a period relative to that of the document: "this year", "the previous reporting year", "the year before",
/// "two years ago", "next year", "the year".
pub(crate) fn relative<'t, 'a>(rest: Rest<'t, 'a>) -> Parsed<'t, 'a, PeriodReading> {
    let p = &pack().periods;
    let the = || one_in(&p.the);
    let span = || {
        let year = value((), (opt(year_kind), year_word));
        alt((year, value((), (one_in(&p.reporting), one_in(&p.period)))))
    };
    let before_last = value(-2, (opt(the()), one_in(&p.year), one_in(&p.before), one_in(&p.last)));
    let before = value(-1, (the(), opt(year_kind), one_in(&p.year), one_in(&p.year_before)));
    let last = value(-1, (one_in(&p.previous_year), span()));
    let earlier = value(-1, (one_in(&p.previous_period), one_in(&p.period)));
    let this = value(0, (one_in(&p.this_year), span()));
    let next = value(1, (one_in(&p.next_year), span()));
    let the = value(0, (the(), span()));
    let reporting = value(0, (one_in(&p.reporting), one_in(&p.year_or_period)));
    let ago = map_opt((words::spelled_or_digits, one_in(&p.years), one_in(&p.ago)), |(n, _, _)| {
        i8::try_from(n).ok().map(|n| -n)
    });
    let (left, years) =
        alt((before_last, before, last, earlier, this, next, the, reporting, ago)).parse(rest)?;
    // "The year-end" and "the previous year 2" are no periods.
    if left.first().is_some_and(|t| t.glued && t.is("-")) {
        return Err(miss(rest));
    }
    Ok((left, PeriodReading::relative(PeriodExpr::Relative(years))))
}
