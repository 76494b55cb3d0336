//! Cuts one line into cells from left to right. The characters of the line are counted only once.

use crate::model::text::{Line, Passage};
use std::ops::Range;

/// A line and how far its characters have been counted.
pub(super) struct Cutter<'a> {
    line: &'a Line,
    byte: usize,
    column: u32,
}

impl<'a> Cutter<'a> {
    /// Starts at the left end of a line.
    pub(super) fn new(line: &'a Line) -> Self {
        Cutter { line, byte: 0, column: 0 }
    }

    /// The passage of a byte range. It must not start before the last one did.
    pub(super) fn cut(&mut self, range: Range<usize>) -> Passage {
        let mut passage = Passage::default();
        self.push(&mut passage, range);
        passage
    }

    /// Appends a byte range of the line to a passage.
    pub(super) fn push(&mut self, passage: &mut Passage, range: Range<usize>) {
        let Some(skipped) = self.line.text.get(self.byte..range.start) else {
            return passage.push(self.line, range);
        };
        self.column += skipped.chars().count() as u32;
        self.byte = range.start;
        passage.push_at(self.line, range, self.column);
    }
}

/// The whole line as a passage.
pub(super) fn whole(line: &Line) -> Passage {
    Passage::of(line, 0..line.text.len())
}

/// The byte ranges between the separators for which `is` holds, in order. There is always one more than there are
/// separators.
pub(super) fn between(text: &str, is: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is(c) {
            ranges.push(start..at);
            start = at + c.len_utf8();
        }
    }
    ranges.push(start..text.len());
    ranges
}
