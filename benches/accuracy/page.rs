//! A document beside its source, so that a figure that was read can be changed where it is written.

use super::text;
use crossfoot::schema::{Claim, Observation, Span};
use crossfoot::{Crossfoot, Document};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The endings of files whose numerals can be found again in their source.
pub const FORMS: [&str; 4] = ["txt", "md", "csv", "html"];

pub struct Page {
    pub name: String,
    pub source: String,
    pub document: Document,
    pub figures: Vec<Observation>,
    /// Where each figure's numeral stands in the source, by the figure's id.
    pub numerals: BTreeMap<String, Range<usize>>,
    lines: Lines,
}

/// From places of a document to those of its source.
enum Lines {
    /// The source's own lines, by their first byte.
    Direct(Vec<usize>),
    /// The numerals of the source, by the line of the document and the characters on which they stand.
    Aligned(BTreeMap<(u32, u32), Range<usize>>),
}

impl Page {
    pub fn read(name: &str, source: String) -> Option<Page> {
        let document = Crossfoot::new().read_bytes(name, source.clone()).ok()?;
        let lines = match name.rsplit('.').next()? {
            "csv" | "html" => Lines::Aligned(aligned(name, &source, &document)?),
            _ => Lines::Direct(starts(&source)),
        };
        let figures: Vec<Observation> = document.figures().collect();
        let mut page =
            Page { name: name.to_owned(), source, document, figures, numerals: BTreeMap::new(), lines };
        let known =
            page.figures.iter().filter_map(|figure| Some((figure.id.clone(), page.numeral(&figure.span)?)));
        page.numerals = known.collect();
        Some(page)
    }

    /// The same with stretches replaced.
    pub fn edited(&self, edits: &[(Range<usize>, String)]) -> Option<Page> {
        let mut source = self.source.clone();
        let mut ordered: Vec<&(Range<usize>, String)> = edits.iter().collect();
        ordered.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, new) in ordered {
            source.replace_range(range.clone(), new);
        }
        Page::read(&self.name, source)
    }

    /// The source's line that a stretch begins in.
    pub fn line(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.source.get(..range.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = self.source.get(range.start..).unwrap_or_default();
        start..rest.find('\n').map_or(self.source.len(), |at| range.start + at)
    }

    pub fn line_at(&self, range: &Range<usize>) -> &str {
        self.source.get(self.line(range)).unwrap_or_default().trim()
    }

    /// What a stretch shows.
    pub fn without_marks(&self, range: &Range<usize>) -> String {
        let text = self.printed(range);
        if self.name.ends_with("html") { without_marks(text) } else { text.to_owned() }
    }

    /// Where the numerals of cells begin that nothing parts from the words or the numerals beside them.
    pub fn tight(&self) -> BTreeSet<usize> {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let cells = self.figures.iter().filter(|figure| figure.cell.is_some());
        let places = cells.filter_map(|figure| self.numerals.get(&figure.id));
        let tight = places.filter(|place| {
            let before = self.source.get(..place.start).and_then(|text| text.chars().next_back());
            let after = self.source.get(place.end..).and_then(|text| text.chars().next());
            letter(before) || letter(after)
        });
        tight.map(|place| place.start).collect()
    }

    pub fn direct(&self) -> bool {
        matches!(self.lines, Lines::Direct(_))
    }

    /// The stretch of a span; nothing where only numerals can be found again and it is none.
    pub fn stretch(&self, span: &Span) -> Option<Range<usize>> {
        let (line, [start, end]) = (span.line?, span.chars?);
        match &self.lines {
            Lines::Direct(_) => {
                let last = span.line_end.unwrap_or(line);
                Some(self.offset(line, start)?..self.offset(last, end)?)
            }
            Lines::Aligned(known) if span.line_end.is_none_or(|last| last == line) => {
                let mut within = known.range((line, start)..(line, end)).map(|(_, range)| range.clone());
                within.next().filter(|_| within.next().is_none())
            }
            Lines::Aligned(_) => None,
        }
    }

    fn offset(&self, line: u32, column: u32) -> Option<usize> {
        let Lines::Direct(starts) = &self.lines else { return None };
        let start = *starts.get(line.checked_sub(1)? as usize)?;
        let rest = self.source.get(start..)?;
        let ahead = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(column as usize)?;
        Some(start + ahead)
    }

    /// The only numeral of a span.
    pub fn numeral(&self, span: &Span) -> Option<Range<usize>> {
        let whole = self.stretch(span)?;
        let mut found = text::numerals(self.source.get(whole.clone())?);
        let first = found.next()?;
        found.next().is_none().then(|| whole.start + first.start..whole.start + first.end)
    }

    pub fn printed(&self, range: &Range<usize>) -> &str {
        self.source.get(range.clone()).unwrap_or_default()
    }

    pub fn figure(&self, id: &str) -> Option<&Observation> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// Every place that a claim is about: that of what is published, and those of its operands.
    pub fn places(&self, claim: &Claim) -> Vec<Range<usize>> {
        let operands =
            claim.operands.iter().filter_map(|operand| self.figure(operand.observation.as_deref()?));
        let spans = claim.spans.iter().chain(operands.map(|figure| &figure.span));
        spans.filter_map(|span| self.stretch(span)).collect()
    }
}

fn starts(source: &str) -> Vec<usize> {
    std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

/// The numerals of a source and those of the lines made of it, one to one; nothing where they differ.
fn aligned(name: &str, source: &str, document: &Document) -> Option<BTreeMap<(u32, u32), Range<usize>>> {
    let shown = if name.ends_with("html") { without_marks(source) } else { source.to_owned() };
    let mut written = text::numerals(&shown);
    let mut known = BTreeMap::new();
    for line in &document.lines {
        let text = line.text.as_str();
        for found in text::numerals(text) {
            let range = written.find(|range| shown.get(range.clone()) == text.get(found.clone()))?;
            let column = text.get(..found.start)?.chars().count();
            known.insert((line.number, u32::try_from(column).ok()?), range);
        }
    }
    Some(known)
}

/// A web page whose marks are blank, byte for byte.
fn without_marks(source: &str) -> String {
    let mut inside = false;
    let blank = source.chars().map(|c| {
        let mark = inside || c == '<';
        inside = if c == '<' { true } else { inside && c != '>' };
        if mark { " ".repeat(c.len_utf8()) } else { c.to_string() }
    });
    blank.collect()
}

/// Where a stretch is after edits elsewhere; an edit within it makes it longer or shorter.
pub fn moved(range: &Range<usize>, edits: &[(Range<usize>, String)]) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    for (edit, new) in edits {
        let shift = |at: usize| (at + new.len()).saturating_sub(edit.len());
        start = if edit.end <= range.start { shift(start) } else { start };
        end = if edit.start < range.end { shift(end) } else { end };
    }
    start..end.max(start + 1)
}
