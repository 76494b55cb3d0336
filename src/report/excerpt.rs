//! Quoted lines with their figures marked underneath.

use super::printable_char;
use crate::model::document::Document;
use crate::model::text::{Line, Place};
use std::collections::BTreeMap;

/// How many characters are shown before the first mark of a cut line.
const LEAD: usize = 40;
/// How many lines are quoted at most. Further ones are counted.
const LINES: usize = 10;

/// A stretch of a line to mark. `published` says that it is the figure in question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct QuoteMark {
    start: usize,
    end: usize,
    published: bool,
    /// What the column of a table is called in which it stands.
    head: Option<String>,
}

/// The lines to quote, by document and line number.
pub(super) struct Excerpt {
    lines: BTreeMap<(usize, u32), Vec<QuoteMark>>,
    /// How many characters of a line are shown. A longer line is cut around its marks.
    width: usize,
}

/// One piece of a quoted line, with the marks under it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Quote {
    pub document: usize,
    pub line: u32,
    /// The heads of the marked columns, where they are others than those over the quote before.
    pub over: String,
    pub text: String,
    /// `^` stands under the figure in question, `-` under the figures that it is compared with.
    pub under: String,
}

impl Excerpt {
    /// No lines yet, of which so many characters are shown.
    pub fn new(width: usize) -> Excerpt {
        Excerpt { lines: BTreeMap::new(), width }
    }

    /// Marks a place. Of one that covers several lines, what it has of the first line is marked: the figures of a list, for
    /// one, begin there, and whole lines below it would only be underlined from end to end.
    pub fn mark(&mut self, document: usize, place: Place, published: bool, head: Option<String>) {
        let end = if place.line == place.line_end { place.end as usize } else { usize::MAX };
        let mark = QuoteMark { start: place.start as usize, end, published, head };
        self.lines.entry((document, place.line)).or_default().push(mark);
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
        let (mut quotes, mut heads) = (Vec::new(), Vec::new());
        for ((document, line), marks) in self.lines {
            let Some(text) = documents.get(document).and_then(|read| read.line(line)) else { continue };
            let own: Vec<Option<String>> = marks.iter().map(|mark| mark.head.clone()).collect();
            let told = own.iter().all(|head| head.is_none() || heads.contains(head));
            for (piece, under, over) in pieces(text, marks, self.width) {
                let over = if told { String::new() } else { over };
                quotes.push(Quote { document, line, over, text: piece, under });
            }
            // A line of text between the rows of a table takes nothing from what is known of its columns.
            if own.iter().any(Option::is_some) {
                heads = own;
            }
        }
        (quotes, left_out)
    }
}

fn is_published(marks: &[QuoteMark]) -> bool {
    marks.iter().any(|mark| mark.published)
}

/// Cuts a line around its marks. Returns each piece with the line of marks below it and that of heads above it.
fn pieces(line: &Line, mut marks: Vec<QuoteMark>, width: usize) -> Vec<(String, String, String)> {
    marks.sort();
    let mut pieces = Vec::new();
    let mut rest = marks.as_slice();
    let short = line.as_printed().chars().nth(width).is_none();
    let lead = LEAD.min(width / 2);
    while let Some(first) = rest.first() {
        let from = if short { 0 } else { first.start.saturating_sub(lead) };
        let within = rest.iter().take_while(|m| m.start < from + width).count().max(1);
        let (here, further) = rest.split_at(within);
        pieces.push(piece(line, from, here, width));
        rest = further;
    }
    pieces
}

fn piece(line: &Line, from: usize, marks: &[QuoteMark], width: usize) -> (String, String, String) {
    let mut text = String::new();
    let mut under = String::new();
    if from > 0 {
        text.push('…');
        under.push(' ');
    }
    let mut chars = line.printed_from(from).chars();
    for (c, at) in chars.by_ref().take(width).zip(from..) {
        text.push(printable_char(c));
        let covers = |m: &&QuoteMark| (m.start..m.end).contains(&at);
        let mark = marks.iter().filter(covers).max_by_key(|m| m.published);
        under.push(mark.map_or(' ', |mark| if mark.published { '^' } else { '-' }));
    }
    text.truncate(text.trim_end().len());
    if chars.next().is_some() {
        text.push('…');
    }
    let shift = usize::from(from > 0);
    (text, under.trim_end().to_owned(), over(marks, from, shift, width))
}

/// The heads of the marked columns, each as near over its column as those before it leave room.
fn over(marks: &[QuoteMark], from: usize, shift: usize, width: usize) -> String {
    let mut over = String::new();
    let mut length = 0;
    for mark in marks {
        let Some(head) = mark.head.as_deref() else { continue };
        let size = head.chars().count();
        let end = (mark.end.saturating_sub(from) + shift).min(width);
        let start = end.saturating_sub(size).max(if length == 0 { 0 } else { length + 2 });
        over.extend(std::iter::repeat_n(' ', start - length));
        over.extend(head.chars().map(printable_char));
        length = start + size;
    }
    over
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn figures_are_marked_under_their_lines() {
        let mut excerpt = Excerpt::new(100);
        excerpt.mark(0, sample::place(4, 8, 10), true, Some("2020/21".into()));
        excerpt.mark(0, sample::place(2, 10, 12), false, Some("2020/21".into()));
        let (quotes, left_out) = excerpt.quotes(&[sample::document()]);
        let lines: Vec<(u32, &str, &str, &str)> =
            quotes.iter().map(|q| (q.line, &*q.over, &*q.text, &*q.under)).collect();
        let expected =
            [(2, "     2020/21", "Stage 1 | 15", "          --"), (4, "", "Total | 25", "        ^^")];
        assert_eq!(lines, expected);
        assert_eq!(left_out, 0);
    }

    #[test]
    fn a_long_line_is_cut_around_each_figure() {
        let line = format!("{}12 {}34 end", "é ".repeat(200), "word ".repeat(60));
        let marks = [(400, 402), (703, 705)];
        let marks = marks.map(|(start, end)| QuoteMark { start, end, published: start == 400, head: None });
        let line = crate::read::text::lines(line.as_bytes()).0.remove(0);
        let pieces = pieces(&line, marks.to_vec(), 100);
        assert_eq!(pieces.len(), 2);
        for ((text, under, _), (figure, sign)) in pieces.iter().zip([("12", "^^"), ("34", "--")]) {
            let at = under.find(sign).unwrap();
            assert_eq!(text.chars().skip(at).take(2).collect::<String>(), figure);
            assert!(text.chars().count() <= 102);
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
        let mut excerpt = Excerpt::new(100);
        (1..=40).for_each(|line| excerpt.mark(0, sample::place(line, 0, 1), line == 40, None));
        let (quotes, left_out) = excerpt.quotes(&[document]);
        assert_eq!((quotes.len(), left_out), (LINES, 30));
        assert_eq!(quotes.last().map(|q| (q.line, q.under.as_str())), Some((40, "^")));
    }

    #[test]
    fn places_outside_the_document_are_not_quoted() {
        let mut excerpt = Excerpt::new(100);
        excerpt.mark(0, sample::place(0, 0, 1), true, None);
        excerpt.mark(3, sample::place(1, 0, 1), true, None);
        assert!(excerpt.quotes(&[sample::document()]).0.is_empty());
    }
}
