//! What a table cell holds: its numerals, or the mark that stands in the place of one.

use super::conventions::Conventions;
use super::printed::currency;
use super::scan::{read as read_tokens, without_periods};
use super::whole::{Numeral, Sign, lead, whole};
use super::{Found, words};
use crate::lex::lexeme::{Lexeme, LexemeKind, tokens};
use crate::lex::period::is_period;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::pack::pack;
use std::ops::Range;

/// What a cell looks like. Tables are found by the kinds of their cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellKind {
    /// Nothing.
    Empty,
    /// A numeral with its sign, currency, brackets, and a unit of up to three words.
    Number,
    /// A mark that stands in the place of a numeral: "-", "n/a", "*".
    Mark,
    /// "2016/17", "Apr16-Mar17", "Q1".
    Period,
    /// Words, or numerals among words.
    Text,
}

impl CellKind {
    /// The kind of a text. It is what [`read`] says of a cell of a report, without the search for numerals among
    /// words, so it costs less.
    pub(crate) fn of(text: &str) -> CellKind {
        look(text, &Conventions { spaces: true, ..Conventions::default() }).kind
    }

    /// Whether a text is a mark, at less cost than [`CellKind::of`].
    pub(crate) fn is_mark(text: &str) -> bool {
        let trimmed = text.trim();
        trimmed.len() <= LONGEST_VALUE
            && (mark(trimmed).is_some() || pack().marks.cell.has_folded(trimmed))
            && CellKind::of(text) == CellKind::Mark
    }

    /// Whether it is a numeral or the mark that stands for one.
    pub(crate) fn is_value(self) -> bool {
        matches!(self, CellKind::Number | CellKind::Mark)
    }
}

/// A cell as read.
#[derive(Clone, Debug, PartialEq)]
pub struct CellReading {
    /// What it looks like.
    pub(crate) kind: CellKind,
    /// Its numerals, or the mark in the place of one. A cell that names a row or column has none: "Stage 1", "2019",
    /// "11-20 days".
    pub numerals: Vec<Numeral>,
}

/// A cell longer than this is a paragraph, whose figures are read as prose.
const LONGEST: usize = 1000;

/// A cell longer than this is not looked at as a number, mark or period, all of which are short.
const LONGEST_VALUE: usize = 200;

/// Reads a cell.
pub fn read(text: &str, conventions: &Conventions) -> CellReading {
    let Look { kind, numeral, alone } = look(text, conventions);
    let numerals = match numeral {
        Some(numeral) if alone => Some(numeral).filter(|n| !names(n)).into_iter().collect(),
        _ if kind == CellKind::Empty || text.len() > LONGEST => Vec::new(),
        _ => several(text, conventions),
    };
    CellReading { kind, numerals }
}

/// Reads how many there are for one: 1,240 of "1:1,240 patients". It was rounded to whole ones.
pub(crate) fn to_one(text: &str, conventions: &Conventions) -> Option<Numeral> {
    let rest = text.trim_start().strip_prefix('1')?.trim_start().strip_prefix(':')?;
    let (mut numeral, end) = lead(rest, conventions)?;
    let before = text.len() - rest.len();
    numeral.range = numeral.range.start + before..numeral.range.end + before;
    numeral.note = numeral.note.map(|note| note.start + before..note.end + before);
    let alone = rest.get(end..).is_some_and(is_tail) && numeral.quantity.unit == Unit::Count;
    let quantity = Quantity { unit: Unit::Ratio, rounded: true, ..numeral.quantity };
    alone.then_some(Numeral { quantity, ..numeral })
}

/// The first numeral of a cell that looks like a number.
pub(crate) fn figure(text: &str) -> Option<Numeral> {
    let look = look(text, &Conventions { spaces: true, ..Conventions::default() });
    look.numeral.filter(|_| look.kind == CellKind::Number)
}

/// What a text looks like before its words are looked at.
struct Look {
    kind: CellKind,
    /// The numeral that it begins with, or the mark.
    numeral: Option<Numeral>,
    /// Whether the numeral or mark is all that the text holds.
    alone: bool,
}

impl From<CellKind> for Look {
    fn from(kind: CellKind) -> Look {
        Look { kind, numeral: None, alone: false }
    }
}

fn look(text: &str, conventions: &Conventions) -> Look {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return CellKind::Empty.into();
    }
    if trimmed.len() > LONGEST_VALUE {
        return CellKind::Text.into();
    }
    if let Some(numeral) = whole(text, conventions) {
        return Look { kind: CellKind::Number, numeral: Some(numeral), alone: true };
    }
    if let Some(qualifier) = mark(trimmed) {
        let start = text.len() - text.trim_start().len();
        let range = start..start + trimmed.len();
        let mark = Numeral { range, quantity: marked(qualifier), sign: Sign::None, note: None };
        return Look { kind: CellKind::Mark, numeral: Some(mark), alone: true };
    }
    if pack().marks.cell.has_folded(trimmed) {
        return CellKind::Mark.into();
    }
    if is_period(trimmed) {
        return CellKind::Period.into();
    }
    if let Some(numeral) = behind_measure(text, conventions) {
        return Look { kind: CellKind::Number, numeral: Some(numeral), alone: true };
    }
    let led = lead(text, conventions).filter(|(_, end)| text.get(*end..).is_some_and(is_tail));
    led.map_or(CellKind::Text.into(), |(numeral, _)| Look {
        kind: CellKind::Number,
        numeral: Some(numeral),
        alone: false,
    })
}

/// The word that says what the numeral of a cell behind it measures: "FTE" of "FTE 10.8".
pub(crate) fn measure_before(text: &str) -> Option<&str> {
    let (word, _) = text.trim_start().split_once(' ')?;
    pack().numerals.measure_before.has_folded(word).then_some(word)
}

/// Reads "FTE 10.8".
fn behind_measure(text: &str, conventions: &Conventions) -> Option<Numeral> {
    let word = measure_before(text)?;
    let from = text.len() - text.trim_start().len() + word.len();
    let mut numeral = whole(text.get(from..)?, conventions)?;
    numeral.range = numeral.range.start + from..numeral.range.end + from;
    numeral.note = numeral.note.map(|note| note.start + from..note.end + from);
    Some(numeral)
}

/// Whether a text is a count by the name of what it counts, and no label with a number: "12 x Case Officer", "40 Nurses (31.5 WTE)".
pub(crate) fn is_count_by_name(text: &str) -> bool {
    let Some((numeral, end)) = lead(text, &Conventions::default()) else { return false };
    let plain = numeral.quantity.unit == Unit::Count && numeral.quantity.qualifier == Qualifier::Equal;
    let rest = text.get(end..).unwrap_or_default().trim();
    let (first, others) = rest.split_once(' ').unwrap_or((rest, ""));
    let named = |text: &str| text.trim_start().starts_with(char::is_alphabetic);
    let times = pack().numerals.so_many.has_folded(first) && named(others);
    let bracket = rest.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let measured = bracket.is_some_and(|(_, inner)| {
        let second = lead(inner, &Conventions::default()).and_then(|(_, end)| inner.get(end..));
        second.is_some_and(|unit| pack().numerals.measure_before.has_folded(unit.trim()))
    });
    plain && (times || measured && named(rest))
}

/// Whether a text can follow the numeral of a cell: a bracket, the mark of a note, a letter for millions, or up to
/// three words in small letters, which are taken for a unit.
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

fn marked(qualifier: Qualifier) -> Quantity {
    let value = (qualifier == Qualifier::Blank).then_some(Exact::ZERO);
    Quantity {
        value,
        unit: Unit::Count,
        qualifier,
        decimals: 0,
        scale: 0,
        spelled: false,
        rounded: false,
        step: None,
    }
}

/// Reads a mark in the place of a figure.
pub(crate) fn mark(text: &str) -> Option<Qualifier> {
    const LONGEST: usize = 80;
    if text.len() > LONGEST {
        return None;
    }
    let plain = text.trim_end_matches('.');
    let marks = &pack().marks;
    let lists = [
        (&marks.blank, Qualifier::Blank),
        (&marks.not_applicable, Qualifier::NotApplicable),
        (&marks.suppressed, Qualifier::Suppressed),
        (&marks.unrecorded, Qualifier::NotRecorded),
    ];
    match plain {
        "-" | "−" | "–" | "—" | "--" | "---" => return Some(Qualifier::Blank),
        "*" => return Some(Qualifier::Suppressed),
        // Two or three points mean that there is no figure. More of them lead from a label to its page.
        "" if (2..=3).contains(&text.len()) => return Some(Qualifier::NotRecorded),
        _ => {}
    }
    if let Some((_, qualifier)) = lists.into_iter().find(|(list, _)| list.has_folded(plain)) {
        return Some(qualifier);
    }
    let unkept =
        !plain.contains(|c: char| c.is_ascii_digit()) && marks.unkept.within(&plain.to_ascii_lowercase());
    unkept.then_some(Qualifier::NotRecorded)
}

/// The numerals of a cell that holds more than one numeral: two of which the second is in brackets, or those among
/// words.
fn several(text: &str, conventions: &Conventions) -> Vec<Numeral> {
    if let Some(pair) = with_bracket(text, conventions) {
        return pair;
    }
    let tokens = without_periods(text, tokens(text));
    let numeral = |found: Found| {
        let negative = found.quantity.value.as_ref().is_some_and(Exact::is_negative);
        let sign = if negative { Sign::Minus('-') } else { Sign::None };
        let quantity = Quantity { rounded: conventions.rounded, ..found.quantity };
        Numeral { range: found.range, quantity, sign, note: None }
    };
    figures(&tokens).unwrap_or_default().into_iter().map(numeral).collect()
}

/// Reads "296 (65%)". Here the brackets set the second value apart and do not make it negative.
fn with_bracket(text: &str, conventions: &Conventions) -> Option<Vec<Numeral>> {
    let inner = text.trim_end().strip_suffix(')')?;
    let cut = inner.rfind('(')?;
    let first = whole(text.get(..cut)?, conventions)?;
    let mut second = whole(inner.get(cut + 1..)?, conventions)?;
    second.range = second.range.start + cut + 1..second.range.end + cut + 1;
    second.note = second.note.map(|note| note.start + cut + 1..note.end + cut + 1);
    let pair = vec![first, second];
    (!pair.iter().any(names)).then_some(pair)
}

/// Whether a numeral is the name of a row or column: a year or a band.
fn names(numeral: &Numeral) -> bool {
    numeral.is_year_like() || names_band(&numeral.quantity)
}

/// Whether a quantity is the name of a row or column: "65+", "over 20 days".
fn names_band(quantity: &Quantity) -> bool {
    match quantity.qualifier {
        Qualifier::To(_) | Qualifier::AtLeast | Qualifier::AtMost => true,
        Qualifier::Over | Qualifier::Under => quantity.unit.is_time(),
        _ => false,
    }
}

/// The figures of a cell that begins with a figure and has few other words.
fn figures(tokens: &[Lexeme]) -> Option<Vec<Found>> {
    let lead = leading(tokens)?;
    let (mut found, _) = read_tokens(tokens);
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

/// The index of the numeral, "£" or number in words that the cell begins with; signs before it are passed over.
fn leading(tokens: &[Lexeme]) -> Option<usize> {
    const SIGNS: [&str; 16] =
        ["(", "[", "+", "↑", "↓", "▲", "▼", "=", "~", "<", ">", "-", "≤", "≥", "'", "."];
    let n = &pack().numerals;
    let skipped = |t: &&Lexeme| t.is_any(&SIGNS) || t.is_in(&n.before_cell);
    let lead = tokens.iter().take(5).take_while(skipped).count();
    let head = tokens.get(lead)?;
    let worded = words::spelled(tokens.get(lead..)?).is_ok_and(|(left, _)| left.is_empty());
    let figure =
        head.is_numeral() || currency(head.text).is_some() || super::unit::vulgar(head.text).is_some();
    (figure || worded).then_some(lead)
}

/// Whether a period, or more than a few words, stand beside the figures and outside brackets. Such a cell is a
/// sentence.
fn wordy(tokens: &[Lexeme], found: &[Found]) -> bool {
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
            _ if token.kind == LexemeKind::Period => return true,
            _ if token.is_in(&pack().numerals.so_many) => {}
            _ => words += usize::from(token.is_word()),
        }
    }
    words > MOST_WORDS
}

/// Whether the figures name bands: "11-20 days", "0-5", ">20 days", "65+".
fn bands(tokens: &[Lexeme], found: &[Found]) -> bool {
    let dashed = || {
        found.windows(2).any(|pair| {
            let [low, high] = pair else { return false };
            let joint = tokens.iter().find(|t| t.start >= low.range.end);
            joint.is_some_and(|t| t.is("-") || t.is_in(&pack().numerals.to))
                && low.quantity.unit == high.quantity.unit
        })
    };
    found.iter().any(|f| names_band(&f.quantity)) || (found.len() < 8 && dashed())
}
