//! Quoted lines with their figures marked underneath.

use super::printable_char;
use crate::model::document::Document;
use crate::model::text::{Line, Place};
use std::collections::BTreeMap;

/// How many characters of a line are shown. A longer line is cut around its marks.
const WIDTH: usize = 100;
/// How many characters are shown before the first mark of a cut line.
const LEAD: usize = 40;
/// How many lines are quoted at most. Further ones are counted.
const LINES: usize = 10;

/// A stretch of a line to mark. `published` says that it is the figure in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct QuoteMark {
    start: usize,
    end: usize,
    published: bool,
}

/// The lines to quote, by document and line number.
#[derive(Default)]
pub(super) struct Excerpt {
    lines: BTreeMap<(usize, u32), Vec<QuoteMark>>,
}

/// One piece of a quoted line, with the marks under it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quote {
    pub document: usize,
    pub line: u32,
    pub text: String,
    /// `^` stands under the figure in question, `-` under the figures that it is compared with.
    pub under: String,
}

impl Excerpt {
    /// Marks a place. Where it covers several lines, the first and the last are marked.
    pub fn mark(&mut self, document: usize, place: Place, published: bool) {
        let first_end = if place.line == place.line_end { place.end as usize } else { usize::MAX };
        let first = QuoteMark { start: place.start as usize, end: first_end, published };
        self.lines.entry((document, place.line)).or_default().push(first);
        if place.line_end > place.line {
            let last = QuoteMark { start: 0, end: place.end as usize, published };
            self.lines.entry((document, place.line_end)).or_default().push(last);
        }
    }

    /// The quotes in the order of the documents, and how many lines were left out. Lines with the figure in question
    /// are taken before the others.
    pub fn quotes(mut self, documents: &[Document]) -> (Vec<Quote>, usize) {
        let all = self.lines.len();
        let spare = LINES.saturating_sub(self.lines.values().filter(|m| is_published(m)).count());
        let (mut published, mut others) = (0, 0);
        self.lines.retain(|_, marks| {
            let count = if is_published(marks) { &mut published } else { &mut others };
            *count += 1;
            *count <= if is_published(marks) { LINES } else { spare }
        });
        let left_out = all - self.lines.len();
        let quotes = self.lines.into_iter().flat_map(|((document, line), marks)| {
            let text = documents.get(document).and_then(|d| d.lines.get((line as usize).checked_sub(1)?));
            let pieces = text.map_or(Vec::new(), |text| pieces(text, marks));
            pieces.into_iter().map(move |(text, under)| Quote { document, line, text, under })
        });
        (quotes.collect(), left_out)
    }
}

fn is_published(marks: &[QuoteMark]) -> bool {
    marks.iter().any(|mark| mark.published)
}

/// Cuts a line around its marks. Returns each piece with the line of marks below it.
fn pieces(line: &Line, mut marks: Vec<QuoteMark>) -> Vec<(String, String)> {
    marks.sort();
    let mut pieces = Vec::new();
    let mut rest = marks.as_slice();
    let short = line.as_printed().chars().nth(WIDTH).is_none();
    while let Some(first) = rest.first() {
        let from = if short { 0 } else { first.start.saturating_sub(LEAD) };
        let within = rest.iter().take_while(|m| m.start < from + WIDTH).count().max(1);
        let (here, further) = rest.split_at(within);
        pieces.push(piece(line, from, here));
        rest = further;
    }
    pieces
}

fn piece(line: &Line, from: usize, marks: &[QuoteMark]) -> (String, String) {
    let mut text = String::new();
    let mut under = String::new();
    if from > 0 {
        text.push('…');
        under.push(' ');
    }
    let mut chars = line.printed_from(from).chars();
    for (c, at) in chars.by_ref().take(WIDTH).zip(from..) {
        text.push(printable_char(c));
        let covers = |m: &&QuoteMark| (m.start..m.end).contains(&at);
        let mark = marks.iter().filter(covers).max_by_key(|m| m.published);
        under.push(mark.map_or(' ', |mark| if mark.published { '^' } else { '-' }));
    }
    text.truncate(text.trim_end().len());
    if chars.next().is_some() {
        text.push('…');
    }
    (text, under.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn figures_are_marked_under_their_lines() {
        let mut excerpt = Excerpt::default();
        excerpt.mark(0, sample::place(4, 8, 10), true);
        excerpt.mark(0, sample::place(2, 10, 12), false);
        let (quotes, left_out) = excerpt.quotes(&[sample::document()]);
        let lines: Vec<(u32, &str, &str)> =
            quotes.iter().map(|q| (q.line, q.text.as_str(), q.under.as_str())).collect();
        assert_eq!(lines, [(2, "Stage 1 | 15", "          --"), (4, "Total | 25", "        ^^")]);
        assert_eq!(left_out, 0);
    }

    #[test]
    fn a_long_line_is_cut_around_each_figure() {
        let line = format!("{}12 {}34 end", "é ".repeat(200), "word ".repeat(60));
        let marks = [(400, 402), (703, 705)];
        let marks = marks.map(|(start, end)| QuoteMark { start, end, published: start == 400 });
        let line = crate::read::text::lines(line.as_bytes()).0.remove(0);
        let pieces = pieces(&line, marks.to_vec());
        assert_eq!(pieces.len(), 2);
        for ((text, under), (figure, sign)) in pieces.iter().zip([("12", "^^"), ("34", "--")]) {
            let at = under.find(sign).unwrap();
            assert_eq!(text.chars().skip(at).take(2).collect::<String>(), figure);
            assert!(text.chars().count() <= WIDTH + 2);
        }
        assert!(pieces[0].0.starts_with('…') && pieces[0].0.ends_with('…'));
    }

    #[test]
    fn too_many_lines_are_counted_and_the_figure_in_question_stays() {
        let document = crate::model::document::Document {
            lines: (1..=40)
                .map(|number| crate::model::text::Line {
                    number,
                    page: 1,
                    text: "7".into(),
                    printed: None,
                    strides: None,
                })
                .collect(),
            ..sample::document()
        };
        let mut excerpt = Excerpt::default();
        (1..=40).for_each(|line| excerpt.mark(0, sample::place(line, 0, 1), line == 40));
        let (quotes, left_out) = excerpt.quotes(&[document]);
        assert_eq!((quotes.len(), left_out), (LINES, 30));
        assert_eq!(quotes.last().map(|q| (q.line, q.under.as_str())), Some((40, "^")));
    }

    #[test]
    fn places_outside_the_document_are_not_quoted() {
        let mut excerpt = Excerpt::default();
        excerpt.mark(0, sample::place(0, 0, 1), true);
        excerpt.mark(3, sample::place(1, 0, 1), true);
        assert!(excerpt.quotes(&[sample::document()]).0.is_empty());
    }
}
