//! The period that a document reports on.

use crate::lex::period;
use crate::model::about::{Basis, Certainty};
use crate::model::arena::Arena;
use crate::model::block::Block;
use crate::model::ids::BlockIdx;
use crate::model::period::{Period, PeriodExpr, PeriodKind};
use crate::model::text::Line;
use crate::pack::pack;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many lines at the top count as the title.
const TITLE_LINES: usize = 8;

/// The weight of a year in the title, where a year in the text weighs 1.
const TITLE: u32 = 8;

/// A year is printed in at most this many bytes: "2020/2021".
const YEAR: usize = 9;

/// The weight of a year in the sentence that states the reporting period.
const STATED: u32 = 4;

/// The period that a document or a section of it reports on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// The year of the document. "Last year", "Q2" and "in May" are relative to it.
    pub year: Option<Period>,
    /// The period of a figure that names none: the quarter of a quarterly report, or the year of a section.
    pub span: Option<Period>,
    /// Where the document names it.
    pub basis: Basis,
}

impl Reporting {
    /// How sure it is.
    pub fn certainty(&self) -> Certainty {
        match self.basis {
            Basis::Given | Basis::Title | Basis::Metadata => Certainty::Sure,
            Basis::FileName | Basis::Heading => Certainty::Likely,
            _ => Certainty::Doubtful,
        }
    }

    /// Finds the period that a document reports on. It is the year that the document names most often, where its
    /// title, the name of its file and the sentence that states the reporting period weigh more than other lines.
    /// Where the title names a quarter or some months and no year, it is these.
    pub fn of(lines: &[Line], names: &[(&str, Basis)]) -> Reporting {
        let mut named = NamedPeriods::default();
        for (name, basis) in names {
            named.add(&spaced(name), TITLE, *basis);
        }
        let printed = lines.iter().filter(|l| !l.text.trim().is_empty());
        for (index, line) in printed.enumerate().filter(|(_, l)| l.text.bytes().any(|b| b.is_ascii_digit())) {
            let stated = || pack().words.period_stated.within(&line.text.to_lowercase());
            let (weight, basis) = if index < TITLE_LINES {
                (TITLE, Basis::Title)
            } else if stated() {
                (STATED, Basis::Text)
            } else {
                (1, Basis::Text)
            };
            named.add(&line.text, weight, basis);
        }
        named.reporting()
    }

    /// The reporting period where one is given; the year is the one that it is of.
    pub fn given(self, period: Option<Period>) -> Reporting {
        let Some(span) = period else { return self };
        let around = self.year.filter(|year| year.contains(&span));
        let start = if span.start.month() < 4 { span.start.year() - 1 } else { span.start.year() };
        let year = match span.kind {
            PeriodKind::Year => Some(span),
            _ => around.or_else(|| Period::financial_year(start)),
        };
        Reporting { year, span: Some(span), basis: Basis::Given }
    }

    /// The reporting period under some headings. The innermost heading that names a period tells that of its section.
    pub fn under(self, blocks: &Arena<BlockIdx, Block>, above: &[BlockIdx]) -> Reporting {
        let headings = above.iter().rev().filter_map(|index| blocks.get(*index));
        let named = headings.flat_map(|block| period::scan(&block.passage.text)).find_map(|found| {
            let PeriodExpr::Absolute(period) = found.expr else { return None };
            // "Q1. How satisfied are you?" is a question, and a day is the date of an event.
            (found.slip.is_none() && period.start < period.end).then_some(period)
        });
        // In a report on one quarter, the heading "2024/25" adds nothing: the quarter lies within it.
        let known = |period: &Period| self.span.is_some_and(|span| period.contains(&span));
        Reporting { span: named.filter(|period| !known(period)).or(self.span), ..self }
    }
}

/// The name of a file with spaces for its other separators, so that the year in "complaints-report_2016-17" can be
/// read. Dates stay whole, because "report-06-08-2025" is not about 2025 for having been printed then.
fn spaced(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let digits = |range: Range<usize>| range.clone().all(is_digit) && !is_digit(range.end);
    let is_year = |at: usize| at >= 4 && digits(at - 4..at) && digits(at + 1..at + 3);
    let is_date = |start: usize| {
        let dash = |at: usize| chars.get(at) == Some(&'-');
        let free = start.checked_sub(1).is_none_or(|before| !is_digit(before));
        free && dash(start + 2)
            && dash(start + 5)
            && digits(start..start + 2)
            && digits(start + 3..start + 5)
            && digits(start + 6..start + 10)
    };
    let in_date = |at: usize| [2, 5].into_iter().filter_map(|back| at.checked_sub(back)).any(is_date);
    let space = |(at, c): (usize, &char)| match c {
        '_' | '+' | '.' => ' ',
        '-' if !is_year(at) && !in_date(at) => ' ',
        c => *c,
    };
    chars.iter().enumerate().map(space).collect()
}

/// The periods that a document names, with their weights.
#[derive(Default)]
struct NamedPeriods {
    years: BTreeMap<Period, u32>,
    /// Quarters and stretches of months. Only the title's are kept.
    parts: BTreeMap<Period, u32>,
    /// The calendar years of months and days. They are used where the document names no other year.
    dated: BTreeMap<Period, u32>,
    /// The years of lines that name several. They are used where no other line names a year.
    series: BTreeMap<Period, u32>,
    /// The title names a year.
    titled: bool,
    /// Where each of them is named.
    bases: BTreeMap<Period, Basis>,
}

impl NamedPeriods {
    /// Adds a part of a year. Only a title can tell that a whole document is about a part of a year.
    fn add_part(&mut self, period: Period, weight_in_title: Option<u32>) {
        if let Some(weight) = weight_in_title {
            *self.parts.entry(period).or_default() += weight;
        }
    }

    /// Adds the quarter that a title names with its year.
    fn add_part_of_title(&mut self, quarter: Option<Period>, weight: u32, basis: Basis) {
        let Some(quarter) = quarter else { return };
        self.add_part(quarter, Some(weight));
        let named = self.bases.entry(quarter).or_insert(basis);
        *named = weightier(basis, *named);
    }

    fn add(&mut self, text: &str, weight: u32, basis: Basis) {
        let title = basis != Basis::Text;
        let mut periods = period::scan(text);
        periods.retain(|found| found.slip.is_none());
        for found in &periods {
            if let PeriodExpr::Absolute(period) = found.expr {
                let named = self.bases.entry(period).or_insert(basis);
                *named = weightier(basis, *named);
            }
        }
        // "2019-20, Quarter 1" names the quarter of a year.
        let quarter = quarter_of_year(&periods).filter(|_| title);
        self.add_part_of_title(quarter, weight, basis);
        let series = !title && is_series(&periods);
        for found in periods {
            let PeriodExpr::Absolute(period) = found.expr else { continue };
            // "Since 2021" names a year to compare with. "From 1 April 2023 to 31 March 2024" is a whole period.
            let short = found.range.len() <= YEAR;
            let before = text.get(..found.range.start).and_then(|text| text.split_whitespace().next_back());
            let base = short && before.is_some_and(|word| pack().words.compares_period.has_folded(word));
            match period.kind {
                _ if base => {}
                PeriodKind::Year if series => *self.series.entry(period).or_default() += 1,
                PeriodKind::Year => {
                    // The name of a file says where it is filed: a title with a half of the year says more.
                    let whole = title && basis != Basis::FileName && quarter.is_none();
                    self.titled |= whole && !text.trim_end().ends_with('.');
                    *self.years.entry(period).or_default() += weight;
                }
                PeriodKind::Quarter | PeriodKind::Part
                    if is_within_a_year(period) && period.start < period.end =>
                {
                    self.add_part(period, title.then_some(weight));
                    // The year of "Q4 2016" is a year of the calendar.
                    if title
                        && let Some(year) =
                            bare_year_of_quarter(text.get(found.range).unwrap_or_default(), period)
                    {
                        *self.years.entry(year).or_default() += 1;
                    }
                }
                PeriodKind::Month | PeriodKind::Part if is_within_a_year(period) => {
                    let year = Period::calendar_year(period.start.year());
                    year.into_iter().for_each(|year| *self.dated.entry(year).or_default() += weight);
                }
                _ => {}
            }
        }
    }

    fn reporting(mut self) -> Reporting {
        if self.years.is_empty() && self.parts.is_empty() {
            self.years = std::mem::take(&mut self.series);
        }
        prefer_financial(&mut self.years);
        let part = heaviest(&self.parts).filter(|_| !self.titled);
        let year = match part {
            // The quarter's year is one that the document names, or else the kind of year that quarters usually are
            // of.
            Some(part) => {
                let financial = self.years.keys().all(|year| year.start.month() != 1);
                let start = if part.start.month() < 4 { part.start.year() - 1 } else { part.start.year() };
                let around = self.years.iter().filter(|(year, _)| year.contains(&part));
                let named = around.max_by_key(|(_, weight)| **weight).map(|(year, _)| *year);
                let likely = if financial {
                    Period::financial_year(start)
                } else {
                    Period::calendar_year(part.start.year())
                };
                named.or(likely)
            }
            None => heaviest(&self.years).or_else(|| heaviest(&self.dated)),
        };
        let span = part.or(year);
        let basis = span.and_then(|span| self.bases.get(&span).copied()).unwrap_or(Basis::Text);
        Reporting { year, span, basis }
    }
}

/// The calendar year of a quarter that is printed with a number and a bare year: "Q4 2016", "4th quarter of 2016".
fn bare_year_of_quarter(printed: &str, period: Period) -> Option<Period> {
    let numbers: Vec<&str> =
        printed.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let [quarter, year] = numbers.as_slice() else { return None };
    let year =
        (quarter.len() == 1 && year.len() == 4).then(|| Period::calendar_year(period.start.year()))??;
    year.contains(&period).then_some(year)
}

/// The place that says more: the title of a document, then that in its data, then the name of its file, then its text.
fn weightier(a: Basis, b: Basis) -> Basis {
    let rank = |basis: Basis| (basis == Basis::Text, basis);
    if rank(a) <= rank(b) { a } else { b }
}

/// The quarter of a title that names one year and, apart from it, the number of one quarter.
fn quarter_of_year(periods: &[period::FoundPeriod]) -> Option<Period> {
    let [a, b] = periods else { return None };
    let (year, quarter) = match (a.expr, b.expr) {
        (PeriodExpr::Absolute(year), quarter) | (quarter, PeriodExpr::Absolute(year)) => (year, quarter),
        _ => return None,
    };
    if !matches!(quarter, PeriodExpr::Quarter(_)) {
        return None;
    }
    quarter.resolve(Some(year)).filter(|_| year.kind == PeriodKind::Year)
}

/// Whether a line names so many years that it says of none that the document is about it, as the heads of a time series
/// do.
fn is_series(periods: &[period::FoundPeriod]) -> bool {
    let year = |found: &period::FoundPeriod| match found.expr {
        PeriodExpr::Absolute(period) if period.kind == PeriodKind::Year => Some(period),
        _ => None,
    };
    periods.iter().filter_map(year).collect::<BTreeSet<_>>().len() >= SERIES
}

/// Two years in one line compare the year that a report is about with the one before. Three are a series.
const SERIES: usize = 3;

fn is_within_a_year(period: Period) -> bool {
    period.shift_years(1).is_some_and(|next| next.start > period.end)
}

/// The period with the most weight. Of equal ones it is the latest.
fn heaviest(weights: &BTreeMap<Period, u32>) -> Option<Period> {
    weights.iter().max_by_key(|(period, weight)| (**weight, period.end)).map(|(period, _)| *period)
}

/// Moves the weight of a bare "2019" to the financial year 2019/20, where that year is named as often: then the bare
/// year is most likely short for it.
fn prefer_financial(weights: &mut BTreeMap<Period, u32>) {
    let calendar: Vec<Period> = weights.keys().copied().filter(|p| p.start.month() == 1).collect();
    for period in calendar {
        if let Some(financial) = Period::financial_year(period.start.year())
            && weights.contains_key(&financial)
        {
            weights.remove(&period);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reporting(name: &str, text: &str) -> [Option<String>; 2] {
        let lines = crate::read::text::lines(text.as_bytes()).0;
        let Reporting { year, span, .. } = Reporting::of(&lines, &[(name, Basis::FileName)]);
        [year, span].map(|period| period.map(|period| period.label()))
    }

    fn of(year: &str, span: &str) -> [Option<String>; 2] {
        [year, span].map(|label| Some(label.to_owned()).filter(|label| !label.is_empty()))
    }

    #[test]
    fn a_quarterly_report_is_of_its_quarter() {
        let apart = "Larkmere Council\n\nOur performance 2019-20 - Quarter 1\n\n12 cases.";
        assert_eq!(reporting("report", apart), of("2019/20", "Q1 2019/20"));
        assert_eq!(reporting("report", "Complaints, Q2 2023/24\n\n12 cases."), of("2023/24", "Q2 2023/24"));
        let months = "Patient views\nJuly - September 2024\n\nIn 2023/24 there were 12 cases.";
        assert_eq!(reporting("report", months), of("2024/25", "Q2 2024/25"));
        let annual = "Annual report 2023/24\nWith Q4 2023/24\n";
        assert_eq!(reporting("report", annual), of("2023/24", "2023/24"));
    }

    #[test]
    fn the_name_of_a_file_tells_what_the_text_leaves_out() {
        let text = "Cases rose from 87 to 129, the report for the year ending March says.";
        assert_eq!(reporting("045-press_release-2018-19", text), of("2018/19", "2018/19"));
        assert_eq!(reporting("3f2016aa", text), of("", ""));
        let half = "Feedback, first half of 2023/24\n\n12 cases.";
        assert_eq!(reporting("feedback-2023-24", half), of("2023/24", "1 April 2023 to 30 September 2023"));
    }

    #[test]
    fn the_date_in_the_name_of_a_file_is_not_its_year() {
        let text = "Patient views\n\nQ1 2025-26\n\nIn 2024/25 and in 2024/25 there were 12 cases.";
        assert_eq!(reporting("report-06-08-2025", text), of("2025/26", "Q1 2025/26"));
    }

    #[test]
    fn what_is_given_counts_before_what_is_named() {
        let lines = crate::read::text::lines(b"Report 2019/20").0;
        let named = Reporting::of(&lines, &[]);
        assert_eq!((named.basis, named.certainty()), (Basis::Title, Certainty::Sure));
        let given = named.given(Period::quarter(2018, 4));
        assert_eq!([given.year, given.span].map(|p| p.map(|p| p.label())), of("2018/19", "Q4 2018/19"));
        assert_eq!(named.given(None), named);
    }

    #[test]
    fn a_quarter_of_a_bare_year_is_of_the_calendar() {
        let text = "Monitoring, Q4 2016\n\nLast year there were 12 cases.";
        assert_eq!(reporting("report", text), of("2016", "Q3 2016/17"));
    }

    #[test]
    fn what_is_compared_with_is_not_reported_on() {
        let text = "Cases doubled since 2021\n\n\nThe report for 2024/25 has 275 cases.";
        assert_eq!(reporting("news", text), of("2024/25", "2024/25"));
        assert_eq!(reporting("news", "Printed in March 2024"), of("2024", "2024"));
    }
}
