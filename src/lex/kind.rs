//! What a cell's text is: a figure, a mark for none, a period, or words.

use crate::model::exact::Exact;
use crate::model::period::month_in_any_case;
use crate::pack::pack;

/// The kind of a cell, told by its text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Empty,
    /// A figure with an optional sign, currency, unit of up to three words, or bracket.
    Number,
    /// "-", "n/a", "*": a place for a figure that has none.
    Mark,
    /// "2016/17", "Apr16-Mar17", "Q1".
    Period,
    Text,
}

impl Kind {
    /// The kind of a text.
    pub(crate) fn of(text: &str) -> Kind {
        let text = text.trim();
        if text.is_empty() {
            Kind::Empty
        } else if text.len() > 200 {
            Kind::Text
        } else if is_mark(text) {
            Kind::Mark
        } else if is_period(text) {
            Kind::Period
        } else if figure(text).is_some() {
            Kind::Number
        } else {
            Kind::Text
        }
    }

    /// A figure or the mark for none.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, Kind::Number | Kind::Mark)
    }
}

fn is_mark(text: &str) -> bool {
    matches!(text, "-" | "--" | "*" | "**" | "..." | "..") || pack().marks.cell.has_folded(text)
}

/// A figure at the start of a text: its digits without grouping, its decimals, whether it is a percentage or money, and
/// where it ends.
pub(crate) struct Figure {
    pub(crate) value: Exact,
    pub(crate) percent: bool,
    pub(crate) money: bool,
}

/// Reads a text that is a figure and nothing else but its unit, bracket or footnote mark.
pub(crate) fn figure(text: &str) -> Option<Figure> {
    let text = text.trim();
    let text = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(text);
    let (figure, rest) = leading(text)?;
    is_tail(rest).then_some(figure)
}

/// Reads the figure that a text begins with; gives what follows it.
pub(crate) fn leading(text: &str) -> Option<(Figure, &str)> {
    let (negative, body) = prefix(text);
    let (money, body) = match body.strip_prefix(['£', '€', '$']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, body),
    };
    let end = numeral(body)?;
    let (printed, rest) = (body.get(..end)?, body.get(end..)?);
    // A numeral that begins with nought and goes on is a telephone number or a code.
    if printed.len() > 1 && printed.starts_with('0') && !printed.starts_with("0.") {
        return None;
    }
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    let decimals = printed.rsplit_once('.').map_or(0, |(_, d)| d.len() as u32);
    let value = Exact::from_digits(&digits, decimals)?;
    let value = if negative { -&value } else { value };
    let (percent, rest) = match rest.strip_prefix('%').or_else(|| rest.strip_prefix(" %")) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    Some((Figure { value, percent, money }, rest))
}

/// Signs and comparators before a figure; true where it is negative.
fn prefix(text: &str) -> (bool, &str) {
    let body = text.trim_start_matches(['<', '>', '~', '=', '+', '\u{2264}', '\u{2265}', '\u{2191}', ' ']);
    match body.strip_prefix(['-', '\u{2193}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, body),
    }
}

/// Where a numeral such as "1,234.5" at the start of a text ends. A group of thousands may be misprinted.
fn numeral(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !digit(0) {
        return None;
    }
    let mut at = 0;
    let mut point = false;
    loop {
        let grouping = bytes.get(at) == Some(&b',') && !point && digit(at + 1) && digit(at + 2);
        // "1 412": a thin space between groups of three.
        let spaced = bytes.get(at) == Some(&b' ')
            && !point
            && (1..=3).contains(&at)
            && (1..=3).all(|n| digit(at + n))
            && !digit(at + 4);
        if digit(at) || grouping || spaced {
            at += 1;
        } else if bytes.get(at) == Some(&b'.') && !point && digit(at + 1) {
            point = true;
            at += 1;
        } else {
            return (at <= 40).then_some(at);
        }
    }
}

/// What may follow a figure in its cell: a bracket, a footnote mark, a letter for millions, up to three small words.
fn is_tail(rest: &str) -> bool {
    let rest = rest.trim().trim_end_matches(['*', '†', '‡', '#']).trim();
    if rest.is_empty() {
        return true;
    }
    if let Some(inner) = rest.strip_prefix('(') {
        return inner.find(')').is_some_and(|end| is_tail(inner.get(end + 1..).unwrap_or("")));
    }
    if let Some(over) = rest.strip_prefix('/') {
        return !over.is_empty() && over.bytes().all(|b| b.is_ascii_digit()) && over.len() > 2;
    }
    if pack().marks.unit_letters.has(rest) {
        return true;
    }
    if let Some(cut) = rest.find('(').filter(|cut| *cut > 0 && rest.ends_with(')') && rest.len() < 60) {
        return !rest.starts_with(')') && is_tail(rest.get(..cut).unwrap_or(""));
    }
    let words = rest.split(' ').filter(|w| !w.is_empty()).count();
    let small = |c: char| c.is_ascii_lowercase() || matches!(c, ' ' | '(' | ')' | '-');
    words <= 3
        && rest.chars().all(small)
        && !rest.starts_with(['-', ')'])
        && !rest.split(' ').any(|w| pack().marks.no_unit.has(w))
}

/// A bare year that a report can be about, with or without the mark of a note.
pub(crate) fn is_year(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['*', '†', '‡']);
    text.len() == 4 && text.parse::<u32>().is_ok_and(|y| (1980..2050).contains(&y))
}

/// Letters that are a month's name or its abbreviation.
pub(crate) fn is_month(word: &str) -> bool {
    month_in_any_case(word.trim_end_matches('.')).is_some()
}

/// A text made of the parts of periods and nothing else, with at least one month, quarter or split year.
pub(crate) fn is_period(text: &str) -> bool {
    let mut strong = false;
    let mut any = false;
    for word in words_of_period(text) {
        match period_word(word) {
            Some(s) => strong |= s,
            None => return false,
        }
        any = true;
    }
    any && strong && (text.bytes().any(|b| b.is_ascii_digit()) || text.split(' ').any(is_month))
}

/// Splits "Apr16-Mar17" into letters and digits; "2016/17" stays one word.
fn words_of_period(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ' ' || c == '-' && !text.starts_with("20") && !text.starts_with("19"))
        .flat_map(|w| {
            let cut = w.find(|c: char| c.is_ascii_digit()).filter(|at| *at >= 3).unwrap_or(w.len());
            let (a, b) = w.split_at(cut);
            [a, b]
        })
        .map(|w| w.trim_matches(['(', ')', ',', ':', '*', '-']))
        .filter(|w| !w.is_empty())
}

/// Whether a word can be part of a period; true where it makes one by itself.
fn period_word(word: &str) -> Option<bool> {
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if is_month(word) || pack().periods.in_cells.has_folded(word) {
        return Some(true);
    }
    if let Some((a, b)) = word.split_once(['/', '-', '_'])
        && digits(a)
        && digits(b)
    {
        let long = a.len() == 4 && (a.starts_with("20") || a.starts_with("19"));
        let next = |a: &str, b: &str| {
            let (Ok(a), Ok(b)) = (a.parse::<u32>(), b.parse::<u32>()) else { return false };
            (a + 1) % 100 == b % 100 || a % 100 == b % 100 && long
        };
        let fits = matches!(b.len(), 1 | 2 | 4) && (long || a.len() == 2 && b.len() == 2 && next(a, b));
        return fits.then_some(true);
    }
    if digits(word) && (word.len() <= 2 || is_year(word)) || pack().periods.beside_in_cells.has_folded(word) {
        return Some(false);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_cells() {
        for text in [
            "212",
            "1,315",
            "7% decrease",
            "<1%",
            "£9,432.00",
            "60% (6/10)",
            "303 (351)",
            "0 (not recorded)",
            "1*",
            "76 per month",
            "-3",
            "11% increase",
            "546,00",
            "27.3%",
        ] {
            assert_eq!(Kind::of(text), Kind::Number, "{text}");
        }
        for text in [
            "2016/17",
            "2016-17",
            "Apr16-Mar17",
            "Apr 15 Mar 16",
            "Q1",
            "April 2015 to March 2016",
            "16/17",
            "Quarter 1 2018/19",
            "May",
        ] {
            assert_eq!(Kind::of(text), Kind::Period, "{text}");
        }
        for text in [
            "Duty",
            "0808 800 5792",
            "60 complaints were received",
            "12 March 2021 event",
            "2a Closed",
            "3 April School",
            "Stage 1",
            "Total 2019/20",
        ] {
            assert_eq!(Kind::of(text), Kind::Text, "{text}");
        }
        assert_eq!(Kind::of("n/a"), Kind::Mark);
        assert_eq!(Kind::of("-"), Kind::Mark);
    }
}
