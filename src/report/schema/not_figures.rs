//! Numerals that are no figures, each with the reason: what is printed and no observation was made of.

use super::Span;
use super::span::corners;
use crate::lex::numeral::scan_with_periods;
use crate::lex::plain_digit;
use crate::model::block::BlockKind;
use crate::model::document::Document;
use crate::model::left_out::LeftOut;
use crate::model::text::{Line, Place};
use std::ops::Range;

/// A printed numeral that no observation was made of, or text of a page that was left out.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NotFigure {
    /// As printed; of text that was left out, the whole line.
    pub text: String,
    /// The reason, in words.
    pub why: String,
    /// Where it stands.
    pub span: Span,
}

/// The numerals of a document that no observation was made of, in the order of its lines, and then the text that was
/// left out of them.
pub fn not_figures(document: &Document) -> impl Iterator<Item = NotFigure> {
    let taken = TakenPlaces::of(document);
    let blocks = document.blocks.iter();
    let mut kinds = blocks.map(|block| (block.lines.clone(), block.kind)).peekable();
    let lines = document.lines.iter().enumerate().flat_map(move |(at, line)| {
        while kinds.next_if(|(lines, _)| lines.end <= at).is_some() {}
        let kind = kinds.peek().filter(|(lines, _)| lines.contains(&at)).map(|(_, kind)| *kind);
        of_line(document, line, kind, &taken)
    });
    lines.chain(document.left_out.iter().map(of_left_out))
}

fn of_left_out(left_out: &LeftOut) -> NotFigure {
    let (page, bbox) = (Some(left_out.page), Some(corners(left_out.area)));
    let span = Span { page, bbox, ..Span::default() };
    NotFigure { text: left_out.text.clone(), why: left_out.why.words().to_owned(), span }
}

fn of_line(document: &Document, line: &Line, kind: Option<BlockKind>, taken: &TakenPlaces) -> Vec<NotFigure> {
    let free: Vec<Printed> =
        numerals(&line.text).into_iter().filter(|numeral| !taken.hold(line.number, &numeral.chars)).collect();
    if free.is_empty() {
        return Vec::new();
    }
    let reasons = LineReasons::of(&line.text, kind);
    let told = free.into_iter().map(|numeral| {
        let place = Place {
            page: line.page,
            line: line.number,
            start: u32::try_from(numeral.chars.start).unwrap_or(u32::MAX),
            line_end: line.number,
            end: u32::try_from(numeral.chars.end).unwrap_or(u32::MAX),
        };
        let why = reasons.why(&numeral).to_owned();
        NotFigure { text: document.text_at(place), why, span: Span::bare(document, place) }
    });
    told.collect()
}

/// A printed numeral: digits, with the commas and points between them.
struct Printed {
    bytes: Range<usize>,
    chars: Range<usize>,
    /// Its digits stand above the line.
    raised: bool,
}

fn numerals(text: &str) -> Vec<Printed> {
    let mut found: Vec<Printed> = Vec::new();
    // A comma or point belongs to a numeral where a digit follows it.
    let mut mark: Option<usize> = None;
    for (at, (byte, ch)) in text.char_indices().enumerate() {
        let Some(_) = plain_digit(ch) else {
            mark = matches!(ch, ',' | '.').then_some(at);
            continue;
        };
        let raised = !ch.is_ascii_digit();
        let end = byte + ch.len_utf8();
        let begin = if raised { at } else { mark.filter(|mark| mark + 1 == at).unwrap_or(at) };
        match found.last_mut() {
            Some(open) if open.raised == raised && open.chars.end == begin => {
                (open.bytes.end, open.chars.end) = (end, at + 1);
            }
            _ => found.push(Printed { bytes: byte..end, chars: at..at + 1, raised }),
        }
        mark = None;
    }
    found
}

/// Which characters of which lines are part of a figure.
struct TakenPlaces(Vec<Place>);

impl TakenPlaces {
    fn of(document: &Document) -> TakenPlaces {
        let mut places: Vec<Place> = document.figures.iter().map(|figure| figure.place).collect();
        places.sort_unstable_by_key(|place| (place.line_end, place.end));
        TakenPlaces(places)
    }

    /// Whether some of a line's characters are part of a figure.
    fn hold(&self, line: u32, chars: &Range<usize>) -> bool {
        let (start, end) = (chars.start as u32, chars.end as u32);
        let after = self.0.partition_point(|place| (place.line_end, place.end) <= (line, start));
        // Figures that end later begin later, but for the few of one cell that lie within each other.
        let near = self.0.get(after..).unwrap_or_default().iter().take(8);
        near.into_iter().any(|place| (place.line, place.start) < (line, end))
    }
}

/// Why the numerals of a line are no figures.
struct LineReasons {
    whole: Option<&'static str>,
    periods: Vec<Range<usize>>,
    references: Vec<Range<usize>>,
}

impl LineReasons {
    fn of(text: &str, kind: Option<BlockKind>) -> LineReasons {
        let whole = match kind {
            Some(BlockKind::Furniture) => Some("running head or foot"),
            Some(BlockKind::Contents) => Some("part of a list of contents"),
            _ => None,
        };
        let (periods, _, references) =
            if whole.is_none() { scan_with_periods(text) } else { Default::default() };
        LineReasons { whole, periods: periods.into_iter().map(|found| found.range).collect(), references }
    }

    fn why(&self, numeral: &Printed) -> &'static str {
        let within = |ranges: &[Range<usize>]| {
            ranges.iter().any(|range| range.start < numeral.bytes.end && numeral.bytes.start < range.end)
        };
        match self.whole {
            _ if numeral.raised => "mark of a note",
            Some(whole) => whole,
            None if within(&self.periods) => "part of a period or date",
            None if within(&self.references) => "it refers to something, such as a paragraph",
            None => "no figure was read here",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::Grammar;
    use crate::pipeline::{Options, from_source};
    use crate::read::source::from_bytes;

    fn told(text: &str) -> Vec<(String, String)> {
        let source = from_bytes("report.txt", text.as_bytes().to_vec()).unwrap();
        let document = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
        not_figures(&document).map(|numeral| (numeral.text, numeral.why)).collect()
    }

    #[test]
    fn each_numeral_is_a_figure_or_is_told_with_the_reason() {
        let text = "In 2023/24 there were 1,204 complaints.³ See paragraph 4.2 and the 2002 Act.";
        let whys = [
            ("2023", "part of a period or date"),
            ("24", "part of a period or date"),
            ("³", "mark of a note"),
        ];
        let told = told(text);
        for (numeral, why) in whys {
            assert!(told.contains(&(numeral.to_owned(), why.to_owned())), "{numeral}: {told:?}");
        }
        assert!(told.iter().any(|(text, _)| text == "4.2"), "{told:?}");
        assert!(told.iter().all(|(text, _)| text != "1,204"), "{told:?}");
    }

    #[test]
    fn commas_and_points_between_digits_are_of_the_numeral() {
        let of =
            |text: &str| numerals(text).into_iter().map(|n| text[n.bytes].to_owned()).collect::<Vec<_>>();
        assert_eq!(of("1,204, 3.5. 2022¹²"), ["1,204", "3.5", "2022", "¹²"]);
        assert_eq!(of("a1b..2"), ["1", "2"]);
    }
}
