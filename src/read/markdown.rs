//! Reads Markdown: the lines of the file, in which marks of emphasis, links and the like are replaced by blanks.
//!
//! Headings, lists and tables keep their marks, which the readers of plain text know; so every place is that in the file.

use super::text;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::text::Line;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Reads a file in any encoding.
pub fn lines(bytes: &[u8]) -> (Vec<Line>, Vec<Diagnostic>) {
    let (mut lines, mut diagnostics) = text::lines(bytes);
    let (decoded, _) = text::decoded(bytes);
    let mut cleaning = Cleaning::of(&decoded);
    cleaning.all();
    let (clean, _) = text::lines(cleaning.text().as_bytes());
    for (line, clean) in lines.iter_mut().zip(clean) {
        if line.text != clean.text {
            line.printed = Some(line.as_printed().into());
            line.text = clean.text;
        }
    }
    if cleaning.deleted > 0 {
        let message = format!("stretches that are struck out were left out: {}", cleaning.deleted);
        diagnostics.push(Diagnostic { code: "deleted-text", severity: Severity::Note, message, place: None });
    }
    (lines, diagnostics)
}

/// What a character of the source is replaced by.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Kept,
    Blank,
    Is(char),
}

struct Cleaning<'a> {
    source: &'a str,
    /// For each byte; the entry of a character's first byte counts.
    fates: Vec<Fate>,
    /// How many open elements each hold running text.
    inline: usize,
    deleting: usize,
    deleted: usize,
    /// Where the last piece of text ended.
    last: usize,
    /// Where the last quotation ended.
    quoted: usize,
}

impl<'a> Cleaning<'a> {
    fn of(source: &'a str) -> Cleaning<'a> {
        let fates = vec![Fate::Kept; source.len()];
        Cleaning { source, fates, inline: 0, deleting: 0, deleted: 0, last: 0, quoted: 0 }
    }

    fn set(&mut self, range: Range<usize>, fate: Fate) {
        self.fates.get_mut(range).into_iter().flatten().for_each(|f| *f = fate);
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }

    fn all(&mut self) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        let mut events = Parser::new_ext(self.source, options).into_offset_iter();
        let definitions: Vec<Range<usize>> =
            events.reference_definitions().iter().map(|(_, definition)| definition.span.clone()).collect();
        for range in definitions {
            self.set(range, Fate::Blank);
        }
        for (event, range) in events.by_ref() {
            self.event(event, range);
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image) => self.inline -= 1,
            Event::End(TagEnd::Strikethrough) => {
                (self.inline, self.deleting) = (self.inline - 1, self.deleting - 1)
            }
            Event::Text(text) => self.text_of(&text, range),
            Event::Code(_) if self.deleting == 0 => {
                let own = self.slice(range.clone());
                let inner = own.trim_matches('`');
                let from = range.start + (own.len() - own.trim_start_matches('`').len());
                self.set(range, Fate::Blank);
                self.set(from..from + inner.len(), Fate::Kept);
            }
            Event::Html(_) | Event::InlineHtml(_) => self.tags(range),
            Event::FootnoteReference(name) => self.mark(&name, range),
            Event::HardBreak => self.set(range, Fate::Blank),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        match tag {
            Tag::Strong if self.is_alone(&range) => self.inline += 1,
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough => {
                if self.inline == 0 {
                    self.set(range, Fate::Blank);
                }
                self.inline += 1;
                if matches!(tag, Tag::Strikethrough) {
                    self.deleting += 1;
                    self.deleted += 1;
                }
            }
            Tag::FootnoteDefinition(name) => {
                let end = self.slice(range.clone()).find(':').map_or(range.start, |at| range.start + at + 1);
                self.mark(name, range.start..end);
            }
            // Quotations inside have the same lines.
            Tag::BlockQuote(_) if range.end > self.quoted => {
                self.quoted = range.end;
                self.quote(range);
            }
            Tag::MetadataBlock(_) => self.set(range, Fate::Blank),
            _ => {}
        }
    }

    /// Whether a line has nothing but bold text. It then keeps its marks, which make it a heading.
    fn is_alone(&self, range: &Range<usize>) -> bool {
        let before = self.slice(0..range.start).rsplit(['\n', '\r']).next().unwrap_or_default();
        let after = self.slice(range.end..self.source.len()).split(['\n', '\r']).next().unwrap_or_default();
        self.inline == 0 && before.trim().is_empty() && after.trim().is_empty()
    }

    fn text_of(&mut self, text: &CowStr, range: Range<usize>) {
        let escaped = self.last.max(range.start.saturating_sub(1))..range.start;
        if self.slice(escaped.clone()) == "\\" {
            self.set(escaped, Fate::Blank);
            if self.slice(range.clone()).starts_with('|') {
                self.set(range.start..range.start + 1, Fate::Is('¦'));
                self.last = range.end;
                return;
            }
        }
        self.last = range.end;
        if self.deleting > 0 {
            return;
        }
        if self.slice(range.clone()) == &**text {
            if self.inline > 0 {
                self.set(range, Fate::Kept);
            }
            return;
        }
        // An entity: its character is put at its end.
        let mut chars = text.chars();
        if let (Some(only), None) = (chars.next(), chars.next()) {
            self.set(range.clone(), Fate::Blank);
            self.set(range.end.saturating_sub(1)..range.end, Fate::Is(only));
        }
    }

    /// Replaces HTML tags and comments by blanks; the text between them stays.
    fn tags(&mut self, range: Range<usize>) {
        let own = self.slice(range.clone());
        let mut at = 0;
        while let Some(open) = own.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
            let close =
                if own.get(open..).is_some_and(|rest| rest.starts_with("<!--")) { "-->" } else { ">" };
            let end = own
                .get(open..)
                .and_then(|rest| rest.find(close))
                .map_or(own.len(), |found| open + found + close.len());
            self.set(range.start + open..range.start + end, Fate::Blank);
            at = end;
        }
    }

    /// Raises the mark of a footnote, so that it is not read as a digit of a number.
    fn mark(&mut self, name: &str, range: Range<usize>) {
        self.set(range.clone(), Fate::Blank);
        for (at, c) in name.chars().enumerate().take(range.len()) {
            if let Some(raised) = crate::lex::raised(c) {
                self.set(range.start + at..range.start + at + 1, Fate::Is(raised));
            }
        }
    }

    fn quote(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.slice(range).split_inclusive('\n') {
            let led = line.len() - line.trim_start_matches([' ', '>', '\t']).len();
            self.set(at..at + led, Fate::Blank);
            at += line.len();
        }
    }

    /// The resulting text, with as many characters as the source.
    fn text(&self) -> String {
        let fated =
            self.source.char_indices().zip(self.source.char_indices().map(|(at, _)| self.fates.get(at)));
        fated
            .map(|((_, c), fate)| match fate {
                _ if matches!(c, '\n' | '\r' | '\x0c') => c,
                Some(Fate::Blank) => ' ',
                Some(Fate::Is(other)) => *other,
                _ => c,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        lines(text.as_bytes()).0.into_iter().map(|line| line.text.trim_end().to_owned()).collect()
    }

    #[test]
    fn marks_are_blank_and_places_stay() {
        let (found, _) = lines(b"We had **45** [cases](http://x.org/9).\n");
        assert_eq!(found[0].text, "We had   45    cases                 .");
        assert_eq!(found[0].as_printed(), "We had **45** [cases](http://x.org/9).");
        assert_eq!(found[0].text.chars().count(), found[0].as_printed().chars().count());
    }

    #[test]
    fn headings_lists_and_tables_keep_theirs() {
        let text = "# One\n\n**Two**\n\n- a *b*\n1. c\n\n| A | B |\n| --- | --: |\n| **T** | **1** |";
        assert_eq!(
            read(text),
            [
                "# One",
                "",
                "**Two**",
                "",
                "- a  b",
                "1. c",
                "",
                "| A | B |",
                "| --- | --: |",
                "|   T   |   1   |"
            ]
        );
    }

    #[test]
    fn footnotes_are_raised() {
        assert_eq!(
            read("45[^1] cases[^b]\n\n[^1]: Six.\n\n[^b]: B")[..3],
            ["45¹    cases", "", "¹     Six."]
        );
    }

    #[test]
    fn escapes_and_entities() {
        assert_eq!(read("45\\* of &pound;5 &amp; &nbsp;7"), ["45 * of       £5     &       7"]);
        assert_eq!(read("| A | B |\n|---|---|\n| x \\| y | 1 |")[2], "| x  ¦ y | 1 |");
    }

    #[test]
    fn html_code_quotes_and_metadata() {
        assert_eq!(read("a <b>5</b> `6`<!-- 7 -->"), ["a    5      6"]);
        assert_eq!(read("> quoted\n> more"), ["  quoted", "  more"]);
        assert_eq!(read("---\ntotal: 9\n---\n\nText"), ["", "", "", "", "Text"]);
        assert_eq!(read("see [x]\n\n[x]: http://y.org/8"), ["see  x", "", ""]);
    }

    #[test]
    fn what_is_struck_out_is_left_out_and_told() {
        let (found, told) = lines(b"We had ~~12~~ 14 cases");
        assert_eq!(found[0].text, "We had        14 cases");
        assert_eq!(told[0].code, "deleted-text");
    }
}
