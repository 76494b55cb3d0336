//! Collects the text of paragraphs.

use super::{PartReading, StoryBlock};
use crate::read::docx::{is_on, number};
use crate::read::flow::Inline;
use crate::read::xml::attribute;
use quick_xml::events::BytesStart;

#[derive(Default)]
pub(crate) struct Para {
    style: Option<String>,
    listed: Option<bool>,
    level: Option<u8>,
    lines: Vec<String>,
    text: Inline,
    /// Whether some of its text is not bold.
    plain: bool,
    /// Drawings and notes in it, which follow the paragraph.
    pub(crate) after: Vec<StoryBlock>,
    notes: Vec<StoryBlock>,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Run {
    hidden: bool,
    struck: bool,
    bold: Option<bool>,
    raised: bool,
}

impl Para {
    pub(crate) fn property(&mut self, start: &BytesStart<'_>, name: &str) {
        match name {
            "pStyle" => self.style = attribute(start, "val"),
            "numId" => self.listed = Some(number(start) != Some(0)),
            "outlineLvl" => self.level = number(start).and_then(|level| u8::try_from(level).ok()),
            _ => {}
        }
    }
}

impl Run {
    pub(crate) fn property(&mut self, start: &BytesStart<'_>, name: &str) {
        match name {
            "vanish" => self.hidden = is_on(start),
            "strike" | "dstrike" => self.struck = is_on(start),
            "b" => self.bold = Some(is_on(start)),
            "vertAlign" => self.raised = attribute(start, "val").is_some_and(|v| v == "superscript"),
            _ => {}
        }
    }
}

impl PartReading<'_> {
    pub(crate) fn end_paragraph(&mut self) {
        let Some(mut para) = self.paras.pop() else { return };
        let mut kind = self.styles.kind(para.style.as_deref());
        if let Some(level) = para.level {
            kind.heading = Some(level).filter(|level| *level < 9).map(|level| level + 1);
        }
        kind.item = para.listed.unwrap_or(kind.item) && kind.heading.is_none();
        let last = para.text.take();
        para.lines.push(last);
        para.lines.retain(|line| !line.is_empty());
        let Some(out) = self.outs.last_mut() else { return };
        if !para.lines.is_empty() {
            out.push(StoryBlock::Paragraph { kind, lines: para.lines, bold: !para.plain });
        }
        out.append(&mut para.after);
        out.append(&mut para.notes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        if self.fields.contains(&true) {
            return;
        }
        let run = self.runs.last().copied().unwrap_or_default();
        if run.hidden || run.struck {
            let count = if run.hidden { &mut self.story.hidden } else { &mut self.story.struck };
            *count += usize::from(!text.trim().is_empty());
            return;
        }
        let Some(para) = self.paras.last_mut() else { return };
        let bold = run.bold.unwrap_or_else(|| self.styles.kind(para.style.as_deref()).bold);
        para.plain |= !bold && !text.trim().is_empty();
        if run.raised { para.text.push_raised(text) } else { para.text.push(text) }
    }

    pub(crate) fn push(&mut self, text: &str) {
        let hidden =
            self.fields.contains(&true) || self.runs.last().is_some_and(|run| run.hidden || run.struck);
        if let Some(para) = self.paras.last_mut().filter(|_| !hidden) {
            para.text.push(text);
        }
    }

    pub(crate) fn line_break(&mut self, start: &BytesStart<'_>) {
        let page = attribute(start, "type").is_some_and(|kind| kind == "page" || kind == "column");
        let Some(para) = self.paras.last_mut() else { return };
        if page {
            return para.text.space();
        }
        let line = para.text.take();
        para.lines.push(line);
    }

    pub(crate) fn symbol(&mut self, start: &BytesStart<'_>) {
        let code = attribute(start, "char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        if let Some(symbol) = code.and_then(char::from_u32) {
            self.push(&symbol.to_string());
        }
    }

    pub(crate) fn field(&mut self, start: &BytesStart<'_>) {
        match attribute(start, "fldCharType").as_deref() {
            Some("begin") => self.fields.push(true),
            Some("separate") => self.fields.last_mut().into_iter().for_each(|field| *field = false),
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// Adds the mark of a note to the text, and its note after the paragraph.
    pub(crate) fn reference(&mut self, start: &BytesStart<'_>, end: bool) {
        let Some(id) = attribute(start, "id") else { return };
        let Some(count) = self.marks.get_mut(usize::from(end)) else { return };
        *count += 1;
        let mark = *count;
        if let Some(para) = self.paras.last_mut() {
            para.text.push_raised(&mark.to_string());
            para.notes.push(StoryBlock::Note { end, id, mark });
        }
    }
}
