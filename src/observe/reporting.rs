//! The period that a document reports on.

use crate::lex::period;
use crate::model::arena::Arena;
use crate::model::block::Block;
use crate::model::ids::BlockIdx;
use crate::model::period::{Period, PeriodExpr, PeriodKind};
use crate::model::text::Line;
use crate::pack::pack;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many lines at the top count as the title.
const TITLE_LINES: usize = 8;

/// What a year in the title weighs, against one in the text.
const TITLE: u32 = 8;

/// A year takes up at most this many bytes: "2020/2021".
const YEAR: usize = 9;

/// What a year in the sentence that states the reporting period weighs.
const STATED: u32 = 4;

/// The period that a document or a section of it reports on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reporting {
    /// The document's year, from which "last year", "Q2" and "in May" are told.
    pub year: Option<Period>,
    /// What a figure is of that says nothing else: the quarter of a quarterly report, the year of a section.
    pub span: Option<Period>,
}

impl Reporting {
    /// The period that a document reports on: the year that it names most, where its title, the name of its file and
    /// the sentence that states the reporting period weigh more than other lines; a quarter or some months where its
    /// title names these and no year.
    pub fn of(lines: &[Line], names: &[&str]) -> Reporting {
        let mut named = Named::default();
        for name in names {
            named.add(&spaced(name), TITLE, true);
        }
        let printed = lines.iter().filter(|l| !l.text.trim().is_empty());
        for (index, line) in printed.enumerate().filter(|(_, l)| l.text.bytes().any(|b| b.is_ascii_digit())) {
            let stated = || pack().words.period_stated.within(&line.text.to_lowercase());
            let weight = if index < TITLE_LINES {
                TITLE
            } else if stated() {
                STATED
            } else {
                1
            };
            named.add(&line.text, weight, index < TITLE_LINES);
        }
        named.reporting()
    }

    /// The same document under headings, of which the innermost that names a period tells what its section is of.
    pub fn under(self, blocks: &Arena<BlockIdx, Block>, above: &[BlockIdx]) -> Reporting {
        let headings = above.iter().rev().filter_map(|index| blocks.get(*index));
        let named = headings.flat_map(|block| period::scan(&block.passage.text)).find_map(|found| {
            let PeriodExpr::Absolute(period) = found.expr else { return None };
            // "Q1. How satisfied are you?" is a question; a day dates an event.
            (found.slip.is_none() && period.start < period.end).then_some(period)
        });
        // "2024/25" over a part of the report on a quarter of that year says nothing new.
        let known = |period: &Period| self.span.is_some_and(|span| period.contains(&span));
        Reporting { span: named.filter(|period| !known(period)).or(self.span), ..self }
    }
}

/// The name of a file with blanks between its words: "complaints-report_2016-17" has one year.
fn spaced(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let digits = |range: Range<usize>| chars.get(range).is_some_and(|c| c.iter().all(char::is_ascii_digit));
    let space = |(at, c): (usize, &char)| match c {
        '_' | '+' | '.' => ' ',
        '-' if at < 4 || !digits(at - 4..at) || !digits(at + 1..at + 3) => ' ',
        c => *c,
    };
    chars.iter().enumerate().map(space).collect()
}

/// The periods that a document names, with what they weigh.
#[derive(Default)]
struct Named {
    years: BTreeMap<Period, u32>,
    /// Quarters and stretches of months, of the title only.
    parts: BTreeMap<Period, u32>,
    /// The calendar years of months and days, of those that name no other.
    dated: BTreeMap<Period, u32>,
    /// The title names a year.
    titled: bool,
}

impl Named {
    /// Only a title tells that a document is on a part of a year.
    fn add_part(&mut self, period: Period, weight_in_title: Option<u32>) {
        if let Some(weight) = weight_in_title {
            *self.parts.entry(period).or_default() += weight;
        }
    }

    fn add(&mut self, text: &str, weight: u32, title: bool) {
        for found in period::scan(text).into_iter().filter(|found| found.slip.is_none()) {
            let PeriodExpr::Absolute(period) = found.expr else { continue };
            // "Doubled since 2021": what is compared with. "From 1 April 2023 to 31 March 2024" is a whole period.
            let short = title && found.range.len() <= YEAR;
            let before = text.get(..found.range.start).and_then(|text| text.split_whitespace().next_back());
            let base = short && before.is_some_and(|word| pack().words.compares_period.has_folded(word));
            match period.kind {
                _ if base => {}
                PeriodKind::Year => {
                    self.titled |= title && !text.trim_end().ends_with('.');
                    *self.years.entry(period).or_default() += weight;
                }
                PeriodKind::Quarter | PeriodKind::Part
                    if is_within_a_year(period) && period.start < period.end =>
                {
                    self.add_part(period, title.then_some(weight));
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
        prefer_financial(&mut self.years);
        let part = heaviest(&self.parts).filter(|_| !self.titled);
        let year = match part {
            // The year that the quarter is of: one that is named, else the one that such years are.
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
        Reporting { year, span: part.or(year) }
    }
}

fn is_within_a_year(period: Period) -> bool {
    period.shift_years(1).is_some_and(|next| next.start > period.end)
}

/// The heaviest, of equal ones the latest.
fn heaviest(weights: &BTreeMap<Period, u32>) -> Option<Period> {
    weights.iter().max_by_key(|(period, weight)| (**weight, period.end)).map(|(period, _)| *period)
}

/// A bare "2019" is the calendar year only where no financial year that starts in it is named as often.
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
        let Reporting { year, span } = Reporting::of(&lines, &[name]);
        [year, span].map(|period| period.map(|period| period.label()))
    }

    fn of(year: &str, span: &str) -> [Option<String>; 2] {
        [year, span].map(|label| Some(label.to_owned()).filter(|label| !label.is_empty()))
    }

    #[test]
    fn a_quarterly_report_is_of_its_quarter() {
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
    }

    #[test]
    fn what_is_compared_with_is_not_reported_on() {
        let text = "Cases doubled since 2021\n\n\nThe report for 2024/25 has 275 cases.";
        assert_eq!(reporting("news", text), of("2024/25", "2024/25"));
        assert_eq!(reporting("news", "Printed in March 2024"), of("2024", "2024"));
    }
}
