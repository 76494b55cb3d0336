//! Reads lists with a label and a value on each line, in all their spellings: `Upheld: 190`, `Q1 - 15`, `Apology
//! (15)`, `57% - Subject to …`, `- 33% Professional decision making`.

use super::cycles;
use super::find::Scan;
use crate::lex::numeral::{Conventions, lead};
use crate::lex::{CellKind, is_period, is_year};
use crate::model::quantity::Unit;
use crate::model::table::{Form, Table};
use crate::pack::pack;
use crate::table::cut::Cutter;
use crate::table::draft::Draft;
use crate::table::words::{has_verb, is_sentence, unbullet, words};
use std::ops::Range;

/// How label and value are joined. All items of a list are joined in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Colon,
    Dash,
    Bracket,
    /// "57% - Subject to …"
    ValueFirst,
    /// "33% Professional decision making"
    ValueWord,
}

/// A label and a value on one line, as byte ranges.
#[derive(Clone, Debug)]
pub(crate) struct LabelItem {
    pub(crate) shape: Shape,
    pub(crate) label: Range<usize>,
    pub(crate) value: Range<usize>,
    bulleted: bool,
}

/// A longer line is running text.
const LONGEST: usize = 240;

/// Takes every list of labels and values.
pub(crate) fn scan(scan: &mut Scan) {
    scan.go_over(|scan, at, end| {
        let Some(list) = list(scan, at..end) else { return at + 1 };
        let end = list.items.last().map_or(at + 1, |(line, _)| line + 1);
        if let Some(found) = cycles::read(scan, &list.items) {
            for (table, lines) in found {
                scan.add(table, lines, Vec::new());
            }
        } else if let Some(table) = read(scan, &list.items) {
            let inside = list.interleaved.iter().copied().filter(|l| *l < end).collect();
            scan.add(table, at..end, inside);
        }
        end
    });
}

struct List {
    items: Vec<(usize, LabelItem)>,
    interleaved: Vec<usize>,
}

/// The list that begins on the first line of a range.
fn list(scan: &Scan, range: Range<usize>) -> Option<List> {
    let first = item(scan.text(range.start))?;
    let indent = indent(scan.text(range.start));
    let mut list = List { items: vec![(range.start, first.clone())], interleaved: Vec::new() };
    let (mut gap, mut aside) = (0, 0);
    for at in range.start + 1..range.end {
        let text = scan.text(at);
        if text.trim().is_empty() {
            gap += 1;
        } else if let Some(next) =
            item(text).filter(|i| i.shape == first.shape && i.bulleted == first.bulleted)
        {
            list.items.push((at, next));
            (gap, aside) = (0, 0);
        } else if aside < 2
            && gap == 0
            && (text.trim_start().starts_with('(') || self::indent(text) > indent + 1)
        {
            list.interleaved.push(at);
            aside += 1;
        } else {
            break;
        }
        if gap > 1 {
            break;
        }
    }
    Some(list)
}

fn indent(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Reads one line as a label with its value.
pub(crate) fn item(text: &str) -> Option<LabelItem> {
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (led, body) = unbullet(text);
    let bulleted = led > indent(text);
    let body = body.trim_end().trim_end_matches([';', ',']);
    // "15 (12%)" and "12 complaints" are figures without a label, and "2022 - 23" is a period.
    if CellKind::of(body) == CellKind::Number
        || is_period(body)
            && body.starts_with(|c: char| c.is_ascii_digit())
            && !body.contains('/')
            && body.len() < 12
    {
        return None;
    }
    let (shape, label, value) = label_first(body).or_else(|| value_first(body, bulleted))?;
    let shift = |r: Range<usize>| r.start + led..r.end + led;
    Some(LabelItem { shape, label: shift(label), value: shift(value), bulleted })
}

type Parts = (Shape, Range<usize>, Range<usize>);

fn label_first(body: &str) -> Option<Parts> {
    let separators = [(Shape::Colon, ":"), (Shape::Dash, " - "), (Shape::Dash, " -- "), (Shape::Dash, " = ")];
    for (shape, mark) in separators {
        let Some(cut) = body.rfind(mark) else { continue };
        let (label, value) = (0..cut, cut + mark.len()..body.len());
        if shape == Shape::Colon && !is_colon(body, cut) {
            continue;
        }
        if is_label(body.get(label.clone())?) && is_value(body.get(value.clone())?) {
            return Some((shape, label, value));
        }
    }
    let inner = body.strip_suffix(')')?;
    let cut = inner.rfind('(')?;
    let value = cut + 1..inner.len();
    let label = body.get(..cut)?;
    let plain = CellKind::of(inner.get(value.clone())?) == CellKind::Number
        && !label.trim().ends_with(|c: char| c.is_ascii_digit());
    (plain
        && is_label(label)
        && !has_verb(label)
        && words(label) <= 10
        && is_value(inner.get(value.clone())?)
        && !label.contains(','))
    .then_some((Shape::Bracket, 0..cut, value))
}

/// Whether a colon separates a label from its value. That of a time or an address does not.
fn is_colon(body: &str, cut: usize) -> bool {
    let before = body.get(..cut).and_then(|b| b.chars().next_back());
    let after = body.get(cut + 1..).and_then(|b| b.chars().next());
    !(before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()))
        && after != Some('/')
}

fn is_label(text: &str) -> bool {
    let text = text.trim();
    let named = text.chars().any(char::is_alphabetic) || is_period(text) || is_year(text) || is_band(text);
    named && words(text) <= 20 && !text.contains(". ") && !text.ends_with(['-', ':']) && !is_contact(text)
}

/// Whether a text is a band, such as "0-5" and "65+".
fn is_band(text: &str) -> bool {
    text.len() > 1
        && text.len() < 9
        && text.contains(['-', '+'])
        && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b' '))
}

fn is_contact(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let contacts = &pack().words.contacts;
    lower.split(|c: char| !c.is_ascii_alphabetic()).next_back().is_some_and(|w| contacts.has(w))
}

fn is_value(text: &str) -> bool {
    let text = text.trim_start_matches(['*', ' ']);
    text.len() < 60 && CellKind::of(text).is_value()
}

fn value_first(body: &str, bulleted: bool) -> Option<Parts> {
    let (figure, cut) = lead(body, &Conventions::default())?;
    let rest = body.get(cut..)?;
    let (bracket, rest) = bracketed(rest);
    let cut = cut + bracket;
    let label = rest.trim_start();
    let start = body.len() - label.len();
    for mark in ["- ", ": ", "-- "] {
        if let Some(label) = label.strip_prefix(mark)
            && label.trim_start().starts_with(char::is_alphabetic)
            && is_label(label)
            && words(label) <= 14
            && !is_sentence(label)
            && (rest.starts_with(' ') || mark == ": ")
        {
            return Some((Shape::ValueFirst, start + mark.len()..body.len(), 0..cut));
        }
    }
    let noun = rest.starts_with(' ')
        && label.starts_with(char::is_uppercase)
        && words(label) <= 6
        && !is_sentence(label)
        && !has_verb(label)
        && CellKind::of(label) == CellKind::Text
        && !label.contains([',', ':', '(']);
    (noun && (figure.quantity.unit == Unit::Percent || bulleted)).then_some((
        Shape::ValueWord,
        start..body.len(),
        0..cut,
    ))
}

/// Reads a bracket with a figure behind a figure, as in "15 (12%)".
fn bracketed(rest: &str) -> (usize, &str) {
    let inner = rest.trim_start();
    if inner.starts_with('(')
        && let Some(end) = inner.find(')')
        && inner.get(1..end).is_some_and(|t| CellKind::of(t) == CellKind::Number)
    {
        let after = inner.get(end + 1..).unwrap_or("");
        return (rest.len() - after.len(), after);
    }
    (0, rest)
}

/// The table of a list; `None` where it is a numbered list, or holds no figures.
pub(crate) fn read(scan: &Scan, items: &[(usize, LabelItem)]) -> Option<Table> {
    if items.len() < 2 {
        return None;
    }
    let mut rows = Vec::new();
    let (mut figures, mut years, mut counted) = (0usize, 0usize, 0usize);
    for (index, (at, item)) in items.iter().enumerate() {
        let line = scan.lines.get(*at)?;
        let value = line.text.get(item.value.clone())?.trim_matches(['*', ' ']);
        figures += usize::from(CellKind::of(value) == CellKind::Number);
        years += usize::from(is_year(value));
        counted += usize::from(value == (index + 1).to_string());
        rows.push(row(Cutter::new(line), &line.text, item));
    }
    let first = matches!(items.first()?.1.shape, Shape::ValueFirst | Shape::ValueWord);
    if figures * 2 < items.len() || years == figures || first && counted == items.len() {
        return None;
    }
    Draft { rows, header_rows: Some(0), header_cols: Some(1), ..Draft::default() }.finish(Form::LabelValue)
}

pub(crate) fn row(mut cutter: Cutter, text: &str, item: &LabelItem) -> Vec<crate::model::text::Passage> {
    let label = bare(text, item.label.clone());
    let value = bare(text, item.value.clone());
    if label.start < value.start {
        let label = cutter.cut(label);
        vec![label, cutter.cut(value)]
    } else {
        let value = cutter.cut(value);
        vec![cutter.cut(label), value]
    }
}

/// A range without the asterisks of bold type around it.
fn bare(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or("");
    let start = range.start + slice.len() - slice.trim_start_matches(['*', ' ']).len();
    let bold = slice.trim_start().starts_with("**") || slice.contains("**");
    let kept = if bold { slice.trim_end_matches(['*', ' ']) } else { slice };
    start..(range.start + kept.len()).max(start)
}
