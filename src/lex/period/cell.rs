//! Cells that are a year or a period and nothing else.

use crate::lex::numeral::printed::{is_minus, is_note};
use crate::model::period::month_in_any_case;
use crate::pack::pack;

/// Whether a cell is a bare year that a report can be about. Marks of notes may follow it: "2012*", "2012(1,2)".
pub(crate) fn is_year(text: &str) -> bool {
    let text = without_note_marks(text.trim()).trim_end_matches(['*', '†', '‡']);
    text.len() == 4 && text.parse::<u32>().is_ok_and(|y| (1980..2050).contains(&y))
}

/// A text without the numbers of notes in brackets at its end: "2012(1, 2)" is "2012". The number of a note has at most
/// two digits.
fn without_note_marks(text: &str) -> &str {
    let marked = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let is_number = |mark: &str| matches!(mark.len(), 1 | 2) && mark.bytes().all(|b| b.is_ascii_digit());
    match marked {
        Some((before, marks)) if marks.split(',').all(|mark| is_number(mark.trim())) => before.trim_end(),
        _ => text,
    }
}

/// Whether a cell is a year of any century, two years, or a date in digits: "1974", "2019/20", "31.03.2016".
pub(crate) fn is_year_or_date(text: &str) -> bool {
    let text = without_note_marks(text).trim_end_matches(|c: char| c == ',' || is_note(c));
    let parts: Vec<&str> = text.split(|c: char| matches!(c, '/' | '.') || is_minus(c)).collect();
    let digits = parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    let year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    match parts.as_slice() {
        [one] => digits && year(one),
        [one, _] => digits && year(one) && !text.contains('.'),
        [_, _, last] => digits && matches!(last.len(), 2 | 4),
        _ => false,
    }
}

/// Whether a word is the name of a month or its abbreviation.
pub(crate) fn is_month(word: &str) -> bool {
    month_in_any_case(word.trim_end_matches('.')).is_some()
}

/// Whether a text consists of the parts of periods and nothing else, with at least one month, quarter or split year.
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

/// Splits "Apr16-Mar17" into letters and digits. "2016/17" stays one word.
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

/// Whether a word can be part of a period: `None` where it cannot, `true` where it is a period by itself.
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
