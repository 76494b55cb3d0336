//! Decides what one line is, from its own text and its neighbours.

use super::levels::HeadingMark;
use super::marks;
use super::marks::Number;
use super::settings::SETTINGS;
use super::title::{Trust, hangs, is_title};
use super::width::ends_sentence;
use crate::model::hint::{Hint, LineRole};
use crate::model::text::Line;
use std::ops::Range;

/// What a line begins, with the byte range of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Start {
    Heading(HeadingMark, Range<usize>),
    Item(Range<usize>),
    /// A numbered item; it may still turn out to be no list item.
    NumberedItem(u32, Range<usize>),
    Note(Range<usize>),
    /// A paragraph with a number, which is left out of its text.
    NumberedParagraph(Range<usize>),
}

/// What precedes a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Preceding {
    /// A paragraph or item that the line may continue, its last line directly above.
    pub prose: bool,
    /// The number of a numbered item.
    pub item: Option<u32>,
    /// A table, or a note to one.
    pub table: bool,
}

/// The lines of a document with what is known about them.
pub(super) struct View<'a> {
    pub lines: &'a [Line],
    pub width: Option<usize>,
    /// For each line, whether it is taken by a table, a contents list or page furniture.
    pub taken: &'a [bool],
    /// What the drawing of the page says of each line; empty for plain text.
    pub hints: &'a [Hint],
    /// For each line, whether it is a heading whose number continues a count.
    pub sections: &'a [bool],
}

impl View<'_> {
    /// The text of a line; empty beyond the end.
    pub fn text(&self, index: usize) -> &str {
        self.lines.get(index).map_or("", |line| &line.text)
    }

    pub fn is_blank(&self, index: usize) -> bool {
        self.text(index).trim().is_empty()
    }

    /// Whether the line is running text.
    pub fn is_free(&self, index: usize) -> bool {
        !self.taken.get(index).copied().unwrap_or(true)
    }

    /// The next line that is not blank, within reach.
    pub fn next_inked(&self, index: usize) -> Option<usize> {
        (index + 1..self.lines.len().min(index + 8)).find(|i| !self.is_blank(*i))
    }

    /// Whether a line is full, so that its paragraph continues in the next one: the first word of the next line did not
    /// fit.
    pub fn is_full(&self, index: usize, next: usize) -> bool {
        let Some(width) = self.width else { return false };
        let text = self.text(index).trim_end();
        if text.len() > width * 6 {
            return false;
        }
        let length = text.chars().count();
        let word = self.text(next).split_whitespace().next().map_or(0, |w| w.chars().take(width).count());
        (length + 1 + word) * 100 > width * 92 && length * 10 <= width * 13
    }

    /// Whether the line continues a sentence that `before` leaves open.
    pub fn continues_sentence(&self, before: usize, index: usize) -> bool {
        let open = !ends_sentence(self.text(before));
        open && self.text(index).trim_start().starts_with(char::is_lowercase)
    }

    /// What the line begins; `None` if it continues the text before it.
    pub fn start(&self, index: usize, before: Preceding) -> Option<Start> {
        let text = self.text(index);
        let whole = 0..text.len();
        if let Some(told) = self.hints.get(index).and_then(|h| h.told) {
            return self.told(index, told);
        }
        if let Some((level, at)) = marks::hashes(text) {
            let content = text.get(at..)?.trim_end().trim_end_matches('#').trim_end();
            let content = trim_bold(text, at..at + content.len());
            let counted = self.sections.get(index) == Some(&true);
            let number = marks::number(text.get(content.clone())?)
                .filter(|n| n.depth > 1 || n.close.is_some() || counted);
            let content = content.start + number.map_or(0, |n| n.content)..content.end;
            return Some(Start::Heading(HeadingMark::Hashes(level), content));
        }
        if let Some(range) = marks::bold(text)
            && is_title(text.get(range.clone())?, Trust::Marked)
        {
            return Some(Start::Heading(HeadingMark::Plain, range));
        }
        if let Some(at) = marks::note(text).or_else(|| self.note_of_mark(index)) {
            return Some(Start::Note(at..text.len()));
        }
        if self.sections.get(index) == Some(&true)
            && let Some(number) = marks::number(text)
        {
            let level = self.hints.get(index).and_then(|h| h.heading);
            let mark = level.map_or(HeadingMark::Numbered(1), HeadingMark::Hashes);
            return Some(Start::Heading(mark, number.content..text.len()));
        }
        // In the middle of a wrapped sentence, a number or dash at the start of a line belongs to the sentence.
        let hint = self.hints.get(index);
        if hint.is_some_and(|h| h.item) {
            return Some(Start::Item(
                marks::bullet(text).or_else(|| marks::symbol(text)).unwrap_or(0)..text.len(),
            ));
        }
        let wraps = |b: usize| hint.map_or_else(|| self.is_full(b, index), |h| h.joined);
        let inside =
            before.prose && index.checked_sub(1).is_some_and(|b| wraps(b) && !ends_sentence(self.text(b)));
        if inside && !text.trim_start().starts_with('•') {
            return None;
        }
        if let Some(number) = marks::number(text)
            && let Some(start) = self.numbered(index, number, before)
        {
            return Some(start);
        }
        if let Some(at) = marks::bullet(text) {
            return Some(Start::Item(at..text.len()));
        }
        if let Some(hint) = hint {
            let level = hint.heading.filter(|_| !before.prose || !hint.joined)?;
            return is_title(text, Trust::Marked)
                .then_some(Start::Heading(HeadingMark::Hashes(level), whole));
        }
        self.is_plain_title(index, before).then_some(Start::Heading(HeadingMark::Plain, whole))
    }

    /// Uses what the file says of the line, and removes a bullet or number that its text has as well.
    fn told(&self, index: usize, told: LineRole) -> Option<Start> {
        let text = self.text(index);
        let number = marks::number(text);
        let note = || marks::note(text).or_else(|| self.note_of_mark(index));
        let bullet = || marks::bullet(text).or_else(|| marks::symbol(text));
        Some(match told {
            LineRole::Heading(level) => {
                let counts =
                    |n: &Number| n.depth > 1 || n.close.is_some() || self.sections.get(index) == Some(&true);
                let at = number.filter(counts).map_or(0, |n| n.content);
                Start::Heading(HeadingMark::Hashes(level), at..text.len())
            }
            LineRole::Note => Start::Note(note().unwrap_or(0)..text.len()),
            LineRole::Item => Start::Item(bullet().unwrap_or(0)..text.len()),
            LineRole::Paragraph => {
                let of_paragraph = |n: &Number| n.depth > 1 || n.close.is_some();
                match (note(), marks::bullet(text), number.filter(of_paragraph)) {
                    (Some(at), ..) => Start::Note(at..text.len()),
                    (_, Some(at), _) => Start::Item(at..text.len()),
                    (.., Some(n)) if n.depth == 1 => Start::NumberedItem(n.last, n.content..text.len()),
                    (.., Some(n)) => Start::NumberedParagraph(n.content..text.len()),
                    _ => return None,
                }
            }
        })
    }

    /// The line of the text if the line at `index` is a footnote ("1 Six of these …", "1Six of these …") whose raised
    /// number stands further up on the page.
    fn note_of_mark(&self, index: usize) -> Option<usize> {
        let (number, at) = marks::note_number(self.text(index))?;
        let raised: String = number.chars().filter_map(crate::lex::raised).collect();
        let page = self.lines.get(index)?.page;
        let above = self
            .lines
            .get(index.saturating_sub(SETTINGS.max_note_distance)..index)?
            .iter()
            .filter(|l| l.page == page);
        above.into_iter().any(|l| l.as_printed().contains(&raised)).then_some(at)
    }

    fn numbered(&self, index: usize, number: Number, before: Preceding) -> Option<Start> {
        let text = self.text(index);
        let content = number.content..text.len();
        let inner = trim_bold(text, content.clone());
        let rest = text.get(inner.clone())?;
        let title = is_title(rest, Trust::Marked) && !self.is_continued(index);
        let lettered = rest.starts_with(|c: char| c.is_alphabetic() || "\"'(*[".contains(c));
        let capital = lettered && !rest.starts_with(char::is_lowercase);
        match (number.depth, number.close) {
            (1, None) => self.unpointed(index, &number, rest, before, content),
            (1, Some('.')) if title && !self.is_listed(index, &number, before) => {
                Some(Start::Heading(HeadingMark::Numbered(1), inner))
            }
            (1, _) => lettered.then_some(Start::NumberedItem(number.last, content)),
            (depth, _) if capital && title => Some(Start::Heading(HeadingMark::Numbered(depth), inner)),
            _ => (capital || is_counted(rest)).then_some(Start::NumberedParagraph(content)),
        }
    }

    /// Decides on a line that begins with a number without a point: "2 THE LAW" is a heading, "1 Includes …" under a
    /// table a note, "1 Parents may …" followed by "2 Schools may …" a list, "92 complaints received" prose.
    fn unpointed(
        &self,
        index: usize,
        number: &Number,
        rest: &str,
        before: Preceding,
        content: Range<usize>,
    ) -> Option<Start> {
        let capitals =
            rest.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !rest.contains(char::is_lowercase);
        let set_off = index == 0 || self.is_blank(index - 1);
        let wide = self.text(index).trim_start().contains("  ") || self.text(index).contains('\t');
        let small = number.last <= 30 && rest.starts_with(char::is_uppercase);
        if small && set_off && (capitals || wide) && is_title(rest, Trust::Plain) {
            return Some(Start::Heading(HeadingMark::Numbered(1), content));
        }
        if !small || is_title(rest, Trust::Plain) {
            return None;
        }
        if self.is_listed(index, number, before) {
            return Some(Start::NumberedItem(number.last, content));
        }
        before.table.then_some(Start::Note(content))
    }

    /// Whether a numbered line is one of several in a row. Those are items of a list, not headings.
    fn is_listed(&self, index: usize, number: &Number, before: Preceding) -> bool {
        let before_it = before.item.is_some_and(|n| n + 1 == number.last);
        let next = self.next_inked(index).and_then(|i| marks::number(self.text(i)));
        let after_it =
            next.is_some_and(|n| n.depth == 1 && n.close == number.close && n.last == number.last + 1);
        before_it || after_it
    }

    /// Whether the next line begins with a small letter or a bracket, so that it continues this one.
    fn is_continued(&self, index: usize) -> bool {
        let next = self.text(index + 1);
        let goes_on = next.trim_start().starts_with(|c: char| c.is_lowercase() || c == '(');
        goes_on && self.is_free(index + 1) && marks::bullet(next).is_none()
    }

    /// Whether a line has only a number that belongs to what follows: "2" or "2." before the heading of the second
    /// section, "2.1" before a paragraph. Other lone numbers may be figures.
    pub fn is_lone_number(&self, index: usize, sections: u32) -> bool {
        let text = self.text(index).trim();
        let label = text.trim_end_matches('.');
        if label.is_empty() || text.len() > 8 {
            return false;
        }
        let parts = label.split('.').map(|p| p.parse::<u32>().ok().filter(|n| *n < 100 && p.len() <= 2));
        let Some(parts) = parts.collect::<Option<Vec<u32>>>() else { return false };
        if parts.len() == 1 {
            return parts.first() == Some(&(sections + 1)) && self.heading_follows(index);
        }
        let next = self.next_inked(index).map_or("", |i| self.text(i).trim_start());
        next.len() >= SETTINGS.min_prose_line && next.starts_with(char::is_uppercase)
    }

    /// Whether a line without any mark is a heading.
    pub fn is_plain_title(&self, index: usize, before: Preceding) -> bool {
        let text = self.text(index);
        if !is_title(text, Trust::Plain) || self.is_continued(index) {
            return false;
        }
        // A heading has something below it.
        if self.next_inked(index).is_none() {
            return false;
        }
        if before.prose && index.checked_sub(1).is_some_and(|b| !self.ends_block(b, index)) {
            return false;
        }
        // A full line of wrapped text is no heading unless it is in capitals.
        let full = self.width.is_some_and(|w| text.trim().chars().count() * 10 > w * 9);
        !full || !text.contains(char::is_lowercase)
    }

    fn ends_block(&self, before: usize, index: usize) -> bool {
        if hangs(self.text(before)) {
            return false;
        }
        match self.width {
            Some(_) => ends_sentence(self.text(before)) || !self.is_full(before, index),
            None => !self.continues_sentence(before, index),
        }
    }

    /// Whether something follows that a heading can head: prose, a table, a list, or headings above one of those. Cells
    /// of a table that was not recognised look like headings but have nothing below them.
    pub fn heads_something(&self, index: usize) -> bool {
        let mut at = index;
        for _ in 0..3 {
            let Some(next) = self.next_inked(at) else { return false };
            let text = self.text(next);
            let marked =
                marks::bullet(text).is_some() || marks::hashes(text).is_some() || marks::bold(text).is_some();
            let prose = text.trim().len() >= SETTINGS.min_prose_line || ends_sentence(text);
            if !self.is_free(next) || marked || prose || self.is_numbered(next) {
                return true;
            }
            if !self.is_bare_title(next) {
                return false;
            }
            at = next;
        }
        false
    }

    fn is_numbered(&self, index: usize) -> bool {
        let text = self.text(index);
        let alone = text.contains('.') && text.trim().chars().all(|c| c.is_ascii_digit() || c == '.');
        alone || marks::number(text).is_some_and(|n| n.depth > 1 || n.close.is_some())
    }

    /// The number of consecutive lines from here that look like headings, at most fifty.
    pub fn title_run(&self, index: usize) -> usize {
        (index..index + 50).take_while(|i| self.is_free(*i) && self.is_bare_title(*i)).count()
    }

    /// Whether the text is a title without a number, bullet or other mark.
    pub fn is_bare_title(&self, index: usize) -> bool {
        let text = self.text(index);
        is_title(text, Trust::Plain) && marks::bullet(text).is_none() && marks::number(text).is_none()
    }

    /// Whether the next line that is not blank is a heading without a mark.
    pub fn heading_follows(&self, index: usize) -> bool {
        self.next_inked(index).is_some_and(|next| {
            self.is_free(next) && self.is_bare_title(next) && self.is_plain_title(next, Preceding::default())
        })
    }
}

/// The range without the `**` around its text.
fn trim_bold(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = text.get(range.clone()).and_then(marks::bold);
    inner.map_or(range.clone(), |b| range.start + b.start..range.start + b.end)
}

/// Whether the text behind a paragraph's number is a sentence that begins with a count: "4.1 48 complaints went on to
/// stage 2." The cells of a row end without a point.
fn is_counted(rest: &str) -> bool {
    let words = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let counted = rest.starts_with(|c: char| c.is_ascii_digit() || c == '£');
    let small = words.starts_with(char::is_lowercase) && words.trim_end().ends_with('.');
    counted && small && rest.len() >= SETTINGS.min_prose_line
}
