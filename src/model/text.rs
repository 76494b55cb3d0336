//! Where things stand: lines of a document, and [`Place`]s within them.

use ecow::EcoString;
use std::ops::Range;

/// One line of a document. `text` is the printed line with typographic variants folded **one character for one
/// character** (non-breaking and thin spaces → space, every dash → `-`, curly quotes → straight), so that a
/// character offset into `text` is an offset into the printed line too.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// Counted over the whole file from 1; lines break at `\n`, `\r\n` or a lone `\r` only.
    pub number: u32,
    /// From 1; a form feed starts a new page.
    pub page: u32,
    /// Folded text, without the line break.
    pub text: String,
    /// The line as printed, where it differs from `text`.
    pub printed: Option<Box<str>>,
    /// Byte offsets of every [`STRIDE`]th character of the printed line, where it has more of them.
    pub strides: Option<Box<[usize]>>,
}

/// Characters of a long line between two known byte offsets.
pub const STRIDE: usize = 4_096;

impl Line {
    /// The line as printed.
    pub fn as_printed(&self) -> &str {
        self.printed.as_deref().unwrap_or(&self.text)
    }

    /// The line as printed from a character on, found without counting from the start of a long line.
    pub fn printed_from(&self, start: usize) -> &str {
        let printed = self.as_printed();
        let known = self.strides.as_ref().and_then(|s| Some((start / STRIDE, *s.get(start / STRIDE)?)));
        let (stride, at) = known.unwrap_or((0, 0));
        let rest = printed.get(at..).unwrap_or_default();
        let skipped = rest.char_indices().nth(start - stride * STRIDE).map_or(rest.len(), |(at, _)| at);
        rest.get(skipped..).unwrap_or_default()
    }
}

/// A stretch of a document, from `start` on `line` up to but not including `end` on `line_end`. `start` and `end`
/// count Unicode scalars within their lines. It is small and `Copy`; the schema's `Span` is made of it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Place {
    /// From 1; the page of the first line.
    pub page: u32,
    /// From 1, over the whole file; the first line.
    pub line: u32,
    /// From 0, on the first line.
    pub start: u32,
    /// From 1, over the whole file; the last line, included.
    pub line_end: u32,
    /// From 0, on the last line; excluded.
    pub end: u32,
}

impl Place {
    /// The smallest place that covers both.
    pub fn to(self, other: Place) -> Place {
        let (first, _) =
            if (self.line, self.start) <= (other.line, other.start) { (self, other) } else { (other, self) };
        let (_, last) = if (self.line_end, self.end) >= (other.line_end, other.end) {
            (other, self)
        } else {
            (self, other)
        };
        Place {
            page: first.page,
            line: first.line,
            start: first.start,
            line_end: last.line_end,
            end: last.end,
        }
    }
}

/// The printed text of a place, its lines joined by one space. `lines` are all lines of the document.
pub fn text_at(lines: &[Line], place: Place) -> String {
    let first = place.line.saturating_sub(1) as usize;
    let count = place.line_end.saturating_sub(place.line) as usize + 1;
    let pieces = lines.iter().skip(first).take(count).map(|line| {
        let start = if line.number == place.line { place.start as usize } else { 0 };
        let end = if line.number == place.line_end { place.end as usize } else { usize::MAX };
        let taken: String = line.printed_from(start).chars().take(end.saturating_sub(start)).collect();
        taken.trim().to_owned()
    });
    pieces.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Running text put together from pieces of lines (a paragraph, a cell), which remembers where each piece stood.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Passage {
    /// The text; pieces of different lines are joined by one space. A short one, as most cells have, is stored in place.
    pub text: EcoString,
    pieces: Pieces,
}

/// Where a piece of a passage starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Spot {
    page: u32,
    line: u32,
    /// Character offset in the line.
    column: u32,
}

/// The pieces of a passage. Most cells are one piece, which is stored without an allocation, because a sheet has
/// millions of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum Pieces {
    #[default]
    None,
    One(Spot),
    Many(Box<PieceList>),
}

/// Pieces, each with the byte offset in the passage's text where it starts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct PieceList(Vec<(u32, Spot)>);

impl Pieces {
    /// The piece that a byte of the text is in, with the offset where it starts.
    fn at(&self, at: usize) -> Option<(u32, Spot)> {
        match self {
            Pieces::None => None,
            Pieces::One(spot) => Some((0, *spot)),
            Pieces::Many(list) => {
                let index = list.0.partition_point(|(start, _)| *start as usize <= at).saturating_sub(1);
                list.0.get(index).copied()
            }
        }
    }

    fn iter(&self) -> impl Iterator<Item = (u32, Spot)> {
        let (one, many) = match self {
            Pieces::None => (None, &[][..]),
            Pieces::One(spot) => (Some((0, *spot)), &[][..]),
            Pieces::Many(list) => (None, list.0.as_slice()),
        };
        one.into_iter().chain(many.iter().copied())
    }

    fn push(&mut self, at: u32, spot: Spot) {
        match self {
            Pieces::None => *self = Pieces::One(spot),
            Pieces::One(first) => *self = Pieces::Many(Box::new(PieceList(vec![(0, *first), (at, spot)]))),
            Pieces::Many(list) => list.0.push((at, spot)),
        }
    }
}

impl Passage {
    /// A passage of one piece of one line, given by its byte range in `line.text`.
    pub fn of(line: &Line, range: Range<usize>) -> Passage {
        let mut passage = Passage::default();
        passage.push(line, range);
        passage
    }

    /// Appends a piece of a line, trimmed at both ends, after a space where the passage is not empty. Empty pieces
    /// are left out.
    pub fn push(&mut self, line: &Line, range: Range<usize>) {
        let Some(slice) = line.text.get(range.clone()) else { return };
        let trimmed = slice.trim();
        if trimmed.is_empty() {
            return;
        }
        let start = range.start + (slice.len() - slice.trim_start().len());
        let column = line.text.get(..start).map_or(0, |s| s.chars().count()) as u32;
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.push_pieces(line, trimmed, column);
    }

    /// Appends a piece of a line that continues a word which the passage broke off with a hyphen. No space is put
    /// between, and the hyphen is removed where it only marks the break.
    pub fn push_closely(&mut self, line: &Line, range: Range<usize>, keep_hyphen: bool) {
        let Some(slice) = line.text.get(range.clone()) else { return };
        let start = range.start + (slice.len() - slice.trim_start().len());
        let column = line.text.get(..start).map_or(0, |s| s.chars().count()) as u32;
        if !keep_hyphen && self.text.ends_with(['-', '\u{ad}']) {
            self.text.pop();
        }
        self.push_pieces(line, slice.trim(), column);
    }

    /// Appends like [`Passage::push`] where the character offset `column` of the range's start is known already. In
    /// lines of many cells, counting from the start of the line for each cell would take quadratic time.
    pub fn push_at(&mut self, line: &Line, range: Range<usize>, column: u32) {
        let Some(slice) = line.text.get(range) else { return };
        let trimmed = slice.trim();
        if trimmed.is_empty() {
            return;
        }
        let led = slice.chars().take_while(|c| c.is_whitespace()).count() as u32;
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.push_pieces(line, trimmed, column + led);
    }

    /// A long stretch is kept as several pieces, so that every place in it is close to the start of one.
    fn push_pieces(&mut self, line: &Line, mut rest: &str, mut column: u32) {
        while !rest.is_empty() {
            let end = rest.char_indices().nth(STRIDE).map_or(rest.len(), |(at, _)| at);
            let (head, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
            self.pieces.push(self.end(), Spot { page: line.page, line: line.number, column });
            self.text.push_str(head);
            (rest, column) = (tail, column + STRIDE as u32);
        }
    }

    /// Appends another passage after a space.
    pub fn append(&mut self, other: &Passage) {
        if !self.text.is_empty() && !other.text.is_empty() {
            self.text.push(' ');
        }
        let base = self.end();
        for (at, spot) in other.pieces.iter() {
            self.pieces.push(base.saturating_add(at), spot);
        }
        self.text.push_str(&other.text);
    }

    /// Where the next piece starts in the text. Sources are smaller than the largest number that fits.
    fn end(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// The passage without its first bytes.
    pub fn skip(&self, bytes: usize) -> Passage {
        let text = self.text.get(bytes..).unwrap_or_default().into();
        let (page, line, column) = self.locate(bytes);
        let mut pieces = Pieces::One(Spot { page, line, column });
        for (at, spot) in self.pieces.iter().filter(|(at, _)| *at as usize > bytes) {
            pieces.push(at - bytes as u32, spot);
        }
        Passage { text, pieces }
    }

    /// Whether it holds no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where a byte range of the text stands in the document.
    pub fn place(&self, range: Range<usize>) -> Place {
        let (page, line, start) = self.locate(range.start);
        let (_, line_end, last) = self.locate(range.end.saturating_sub(1).max(range.start));
        let end = if range.end > range.start { last + 1 } else { last };
        Place { page, line, start, line_end, end }
    }

    /// Where the whole passage stands.
    pub fn whole(&self) -> Place {
        self.place(0..self.text.len())
    }

    fn locate(&self, at: usize) -> (u32, u32, u32) {
        let Some((from, piece)) = self.pieces.at(at) else { return (1, 1, 0) };
        let mut end = at.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let chars = self.text.get(from as usize..end).map_or(0, |s| s.chars().count()) as u32;
        (piece.page, piece.line, piece.column + chars)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u32, text: &str) -> Line {
        Line { number, page: 1, text: text.into(), printed: None, strides: None }
    }

    #[test]
    fn a_place_in_a_passage_is_the_place_in_its_line() {
        let mut passage = Passage::of(&line(3, "  rose to £92"), 0..14);
        passage.push(&line(4, " from 74 "), 0..9);
        assert_eq!(passage.text, "rose to £92 from 74");
        let at = passage.text.find("92").unwrap();
        assert_eq!(passage.place(at..at + 2), Place { page: 1, line: 3, start: 11, line_end: 3, end: 13 });
        let at = passage.text.find("74").unwrap();
        assert_eq!(passage.place(at..at + 2), Place { page: 1, line: 4, start: 6, line_end: 4, end: 8 });
        assert_eq!(passage.whole(), Place { page: 1, line: 3, start: 2, line_end: 4, end: 8 });
        for cut in [at, passage.text.find("£").unwrap()] {
            let rest = passage.skip(cut);
            let at = rest.text.find("74").unwrap();
            assert_eq!(rest.place(at..at + 2), Place { page: 1, line: 4, start: 6, line_end: 4, end: 8 });
            assert_eq!(rest.whole(), passage.place(cut..passage.text.len()));
        }
    }

    #[test]
    fn places_far_into_a_long_line_are_found() {
        let text = format!("{}92 é", "é ".repeat(STRIDE));
        let line = crate::read::text::lines(text.as_bytes()).0.remove(0);
        let at = 2 * STRIDE;
        assert_eq!(line.strides.as_ref().map(|s| s.len()), Some(3));
        for start in [0, 1, STRIDE - 1, STRIDE, at, at + 3, at + 9] {
            assert_eq!(line.printed_from(start), text.chars().skip(start).collect::<String>(), "{start}");
        }
        let passage = Passage::of(&line, 0..text.len());
        let byte = passage.text.find("92").unwrap();
        let (start, end) = (at as u32, at as u32 + 2);
        assert_eq!(passage.place(byte..byte + 2), Place { page: 1, line: 1, start, line_end: 1, end });
    }
}
