//! Arithmetic with periods: financial years, quarters, shifts and names.

use crate::pack::pack;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The length and nature of a [`Period`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// Twelve months: a financial, calendar or municipal year.
    Year,
    /// Three months of a financial year.
    Quarter,
    /// A calendar month.
    Month,
    /// Several months or years, less or more than a year.
    Part,
    /// Printed relative to another period and resolved ("the previous year").
    Relative,
}

/// A stretch of time with both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
    /// What it is called.
    pub kind: PeriodKind,
}

/// A period as printed. It either stands for itself, or needs the period of the document to be resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeriodExpr {
    /// Dates that stand for themselves.
    Absolute(Period),
    /// So many years from the document's own: "this year" 0, "the previous year" -1.
    Relative(i8),
    /// A quarter of the document's own year, 1 to 4 ("Q1").
    Quarter(u8),
    /// A month of the document's own year, 1 to 12 ("in May").
    Month(u8),
}

impl Period {
    /// Both ends included; the kind follows from them. `None` where the end is before the start.
    pub fn between(start: Date, end: Date) -> Option<Period> {
        (start <= end).then(|| Period { start, end, kind: kind_of(start, end) })
    }

    /// The financial year that begins on 1 April of `start_year`.
    pub fn financial_year(start_year: i16) -> Option<Period> {
        Period::months(start_year, 4, 12)
    }

    /// The year from January to December.
    pub fn calendar_year(year: i16) -> Option<Period> {
        Period::months(year, 1, 12)
    }

    /// A calendar month, 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<Period> {
        Period::months(year, month, 1)
    }

    /// A quarter, 1 to 4, of the financial year that begins on 1 April of `start_year`.
    pub fn quarter(start_year: i16, quarter: u8) -> Option<Period> {
        let year = Period::financial_year(start_year)?;
        let start = add_months(year.start, i32::from(quarter.checked_sub(1)?) * 3)?;
        (quarter <= 4).then(|| Period::months(start.year(), start.month(), 3))?
    }

    /// Makes a period of whole months, from the first of one of them.
    pub fn months(year: i16, month: i8, count: i32) -> Option<Period> {
        let start = Date::new(year, month, 1).ok()?;
        let end = add_months(start, count)?.yesterday().ok()?;
        Period::between(start, end)
    }

    /// The same stretch in another year. The last day of February stays the last day of February.
    pub fn shift_years(&self, years: i8) -> Option<Period> {
        let months = i32::from(years) * 12;
        let end = add_months(self.end.tomorrow().ok()?, months)?.yesterday().ok()?;
        Some(Period { start: add_months(self.start, months)?, end, kind: self.kind })
    }

    /// Whether all of another lies within it.
    pub fn contains(&self, other: &Period) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether they share a day.
    pub fn overlaps(&self, other: &Period) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Its usual name: "2016/17", "Q1 2018/19", "June 2018", "2019", "1 April 2020 to 31 March 2021".
    pub fn label(&self) -> String {
        let year = self.start.year();
        let same = |p: Option<Period>| p.is_some_and(|p| p.start == self.start && p.end == self.end);
        if same(Period::financial_year(year)) {
            return financial_label(year);
        }
        if same(Period::calendar_year(year)) {
            return year.to_string();
        }
        if same(Period::month(year, self.start.month())) {
            return format!("{} {year}", month_name(self.start.month()));
        }
        let first = if self.start.month() < 4 { year.saturating_sub(1) } else { year };
        for quarter in 1..=4 {
            if same(Period::quarter(first, quarter)) {
                return format!("Q{quarter} {}", financial_label(first));
            }
        }
        if self.start == self.end {
            return day_label(self.start);
        }
        format!("{} to {}", day_label(self.start), day_label(self.end))
    }
}

impl PeriodExpr {
    /// Whether it is a part of a year that is told elsewhere.
    pub fn is_within_a_year(&self) -> bool {
        matches!(self, PeriodExpr::Quarter(_) | PeriodExpr::Month(_))
    }

    /// The dates that are meant in a document about the period `document`. A quarter or month is one of that
    /// financial year, and a year told relative to it is so many years away. `None` where the document's period is
    /// needed and unknown.
    pub fn resolve(&self, document: Option<Period>) -> Option<Period> {
        match *self {
            PeriodExpr::Absolute(period) => Some(period),
            PeriodExpr::Relative(years) => {
                document?.shift_years(years).map(|p| Period { kind: PeriodKind::Year, ..p })
            }
            PeriodExpr::Quarter(quarter) => Period::quarter(financial_start(document?.end), quarter),
            PeriodExpr::Month(month) => {
                let start = financial_start(document?.end);
                let year = if month < 4 { start.checked_add(1)? } else { start };
                Period::month(year, i8::try_from(month).ok()?)
            }
        }
    }
}

/// The year in which the financial year of a day begins.
fn financial_start(day: Date) -> i16 {
    if day.month() < 4 { day.year().saturating_sub(1) } else { day.year() }
}

fn add_months(day: Date, months: i32) -> Option<Date> {
    day.checked_add(months.months()).ok()
}

fn kind_of(start: Date, end: Date) -> PeriodKind {
    let Ok(next) = end.tomorrow() else { return PeriodKind::Part };
    let is = |months| add_months(start, months) == Some(next);
    if is(12) {
        PeriodKind::Year
    } else if is(3) && start.day() == 1 && start.month() % 3 == 1 {
        PeriodKind::Quarter
    } else if is(1) && start.day() == 1 {
        PeriodKind::Month
    } else {
        PeriodKind::Part
    }
}

/// The name of a month in full, 1 to 12.
pub(crate) fn month_name(month: i8) -> &'static str {
    let at = usize::try_from(month - 1).ok();
    at.and_then(|at| pack().periods.months.get(at)).map_or("", String::as_str)
}

fn financial_label(start_year: i16) -> String {
    match i32::from(start_year) + 1 {
        turn if turn % 100 == 0 => format!("{start_year}/{turn}"),
        next => format!("{start_year}/{:02}", next.rem_euclid(100)),
    }
}

fn day_label(day: Date) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

/// The month that a word names, 1 to 12: "April", "Apr", "SEPT". Small letters are not taken, because "may" and
/// "march" are words too.
pub(crate) fn month_of(word: &str) -> Option<i8> {
    if !(3..=9).contains(&word.len()) || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    month_in_any_case(word)
}

/// The same in any case.
pub(crate) fn month_in_any_case(word: &str) -> Option<i8> {
    let named = |name: &&String| {
        word.eq_ignore_ascii_case(name)
            || (word.len() == 3 && name.get(..3).is_some_and(|n| n.eq_ignore_ascii_case(word)))
    };
    let periods = &pack().periods;
    let at = (1..).zip(&periods.months).find(|(_, name)| named(name)).map(|(at, _)| at);
    at.or_else(|| periods.short_months.get(word).copied())
}
