//! The figures of a table cell, and the marks that stand in the place of one.

use super::scan::{read, without_periods};
use super::{Found, words};
use crate::lex::token::{Kind, Token, tokens};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::pack::pack;
use std::ops::Range;

/// What a table cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// Words, or a number that names a row or column ("Stage 1", "2016/17", "11-20 days").
    Text,
    /// Figures, or one mark in the place of a figure.
    Quantities(Vec<Found>),
}

/// Reads a cell. A year alone ("2019") is text: see [`cell_in_figures`].
pub fn cell(text: &str) -> CellValue {
    read_cell(text, true)
}

/// Reads a cell of a column or row that is known to hold counts: a number that could be a year ("2019") is one too.
pub fn cell_in_figures(text: &str) -> CellValue {
    read_cell(text, false)
}

fn read_cell(text: &str, years: bool) -> CellValue {
    /// A longer cell is a paragraph.
    const LONGEST: usize = 1000;
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return CellValue::Empty;
    }
    if trimmed.len() > LONGEST {
        return CellValue::Text;
    }
    if let Some(qualifier) = mark(trimmed) {
        let start = text.len() - text.trim_start().len();
        return CellValue::Quantities(vec![Found {
            range: start..start + trimmed.len(),
            quantity: marked(qualifier),
        }]);
    }
    let tokens = without_periods(text, tokens(text), years);
    figures(&tokens).map_or(CellValue::Text, CellValue::Quantities)
}

fn marked(qualifier: Qualifier) -> Quantity {
    let value = (qualifier == Qualifier::Blank).then_some(Exact::ZERO);
    Quantity { value, unit: Unit::Count, qualifier, decimals: 0, spelled: false, rounded: false }
}

/// A mark in the place of a figure.
fn mark(text: &str) -> Option<Qualifier> {
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let plain = lower.trim_end_matches('.');
    let marks = &pack().marks;
    let lists = [
        (&marks.blank, Qualifier::Blank),
        (&marks.not_applicable, Qualifier::NotApplicable),
        (&marks.suppressed, Qualifier::Suppressed),
        (&marks.unrecorded, Qualifier::NotRecorded),
    ];
    match plain {
        "-" | "–" | "—" | "--" => return Some(Qualifier::Blank),
        "*" => return Some(Qualifier::Suppressed),
        "" => return Some(Qualifier::NotRecorded),
        _ => {}
    }
    if let Some((_, qualifier)) = lists.into_iter().find(|(list, _)| list.has(plain)) {
        return Some(qualifier);
    }
    let unkept = marks.unkept.within(plain) && !plain.contains(|c: char| c.is_ascii_digit());
    unkept.then_some(Qualifier::NotRecorded)
}

/// The figures of a cell that begins with one and has few words beside them.
fn figures(tokens: &[Token]) -> Option<Vec<Found>> {
    let lead = leading(tokens)?;
    let (mut found, _) = read(tokens);
    let first = found.first()?;
    let head = tokens.get(lead)?;
    if !first.range.contains(&head.start) || wordy(tokens, &found) || bands(tokens, &found) {
        return None;
    }
    let signed = tokens.first().filter(|t| t.is("-") && tokens.get(1).is_none_or(|t| t.glued));
    if let (Some(sign), Some(first)) = (signed, found.first_mut())
        && let Some(value) = first.quantity.value.as_ref().filter(|v| !v.is_negative())
    {
        first.quantity.value = Some(-value);
        first.range.start = sign.start;
    }
    Some(found)
}

/// The index of the numeral, "£" or number in words that the cell begins with.
fn leading(tokens: &[Token]) -> Option<usize> {
    const SIGNS: [&str; 16] =
        ["(", "[", "+", "↑", "↓", "▲", "▼", "=", "~", "<", ">", "-", "≤", "≥", "'", "."];
    let n = &pack().numerals;
    let skipped = |t: &&Token| t.is_any(&SIGNS) || t.is_in(&n.before_cell);
    let lead = tokens.iter().take(5).take_while(skipped).count();
    let head = tokens.get(lead)?;
    let worded = || {
        let number = words::spelled(tokens.get(lead..)?).ok().map(|(left, _)| left.is_empty());
        Some(number? || ((head.is_in(&n.none) || head.is_in(&n.nil)) && tokens.len() == lead + 1))
    };
    let figure = head.is_numeral() || head.is("£") || super::unit::vulgar(head.text).is_some();
    (figure || worded().unwrap_or(false)).then_some(lead)
}

/// Whether a period or more than a few words stand beside the figures, outside brackets.
fn wordy(tokens: &[Token], found: &[Found]) -> bool {
    const MOST_WORDS: usize = 5;
    let mut depth = 0usize;
    let mut words = 0;
    let mut ranges = found.iter().map(|f| &f.range).peekable();
    for token in tokens {
        while ranges.next_if(|r: &&Range<usize>| r.end <= token.start).is_some() {}
        let covered = ranges.peek().is_some_and(|r| r.contains(&token.start));
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if depth > 0 || covered => {}
            _ if token.kind == Kind::Period => return true,
            _ => words += usize::from(token.is_word()),
        }
    }
    words > MOST_WORDS
}

/// "11-20 days", "0-5", ">20 days", "65+": names of bands.
fn bands(tokens: &[Token], found: &[Found]) -> bool {
    let timed = |f: &Found| matches!(f.quantity.unit, Unit::Days | Unit::Hours | Unit::Months);
    let banded = found.iter().any(|f| match f.quantity.qualifier {
        Qualifier::To(_) | Qualifier::AtLeast | Qualifier::AtMost => true,
        Qualifier::Over | Qualifier::Under => timed(f),
        _ => false,
    });
    let dashed = || {
        found.windows(2).any(|pair| {
            let [low, high] = pair else { return false };
            let joint = tokens.iter().find(|t| t.start >= low.range.end);
            joint.is_some_and(|t| t.is("-") || t.is_in(&pack().numerals.to))
                && low.quantity.unit == high.quantity.unit
        })
    };
    banded || (found.len() < 8 && dashed())
}
