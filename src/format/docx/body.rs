//! The text of a part: paragraphs, tables and what is drawn among them. Nothing here calls itself.

use super::styles::{Kind, Styles};
use super::tables::{Cell, Merge, Row, Table};
use super::xml::{Tag, Token, Xml};
use crate::format::flow::{Grid, Inline};
use std::collections::BTreeMap;

/// Tables deeper than this are text of the cell that they stand in.
const DEEPEST: usize = 64;
/// A replacement text of a picture of at least this many bytes tells what is in it.
const TELLING: usize = 20;

/// A part of a document's text.
#[derive(Debug)]
pub(super) enum Piece {
    Paragraph {
        kind: Kind,
        /// Broken by the author.
        lines: Vec<String>,
        bold: bool,
    },
    Table(Grid),
    /// A chart by the id of its part.
    Chart(String),
    /// A note by its id; the mark stands before it.
    Note {
        end: bool,
        id: String,
        mark: usize,
    },
}

/// What was read of a part.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) pieces: Vec<Piece>,
    /// Notes by their ids.
    pub(super) notes: BTreeMap<String, Vec<Piece>>,
    pub(super) hidden: usize,
    pub(super) inserted: usize,
    pub(super) deleted: usize,
    /// It ended before its end.
    pub(super) broken: bool,
    pub(super) deep: bool,
}

#[derive(Default)]
struct Para {
    style: Option<String>,
    listed: Option<bool>,
    level: Option<u8>,
    lines: Vec<String>,
    text: Inline,
    /// Some of it is not bold.
    plain: bool,
    /// What is drawn in it, and its notes.
    after: Vec<Piece>,
    notes: Vec<Piece>,
}

#[derive(Clone, Copy, Default)]
struct Run {
    hidden: bool,
    bold: Option<bool>,
    raised: bool,
}

/// The state of reading a part.
struct Reading<'a> {
    styles: &'a Styles,
    story: Story,
    /// Where finished pieces go, the innermost last.
    outs: Vec<Vec<Piece>>,
    paras: Vec<Para>,
    runs: Vec<Run>,
    tables: Vec<Table>,
    /// For each field, whether its instruction is being read.
    fields: Vec<bool>,
    /// How deep in what is left out.
    skipped: usize,
    /// In the properties of a paragraph or row.
    properties: usize,
    row_properties: usize,
    note: Option<String>,
    marks: [usize; 2],
    in_text: bool,
}

/// Reads a part.
pub(super) fn read(text: &str, styles: &Styles) -> Story {
    let mut reading = Reading {
        styles,
        story: Story::default(),
        outs: vec![Vec::new()],
        paras: Vec::new(),
        runs: Vec::new(),
        tables: Vec::new(),
        fields: Vec::new(),
        skipped: 0,
        properties: 0,
        row_properties: 0,
        note: None,
        marks: [0, 0],
        in_text: false,
    };
    let mut xml = Xml::new(text);
    while let Some(token) = xml.next() {
        match token {
            Token::Open(_) if reading.skipped > 0 => reading.skipped += 1,
            Token::Close(_) if reading.skipped > 0 => reading.skipped -= 1,
            Token::Text(_) if reading.skipped > 0 => {}
            Token::Open(tag) => reading.open(&tag),
            Token::Close(name) => reading.close(&name),
            Token::Text(text) if reading.in_text => reading.text(&text),
            Token::Text(_) => {}
        }
    }
    reading.story.broken = xml.broken || !reading.paras.is_empty() || !reading.tables.is_empty();
    // What a broken part leaves open is kept.
    while !reading.paras.is_empty() {
        reading.end_paragraph();
    }
    while !reading.tables.is_empty() {
        reading.end_row();
        reading.end_table();
    }
    reading.story.pieces = reading.outs.into_iter().flatten().collect();
    reading.story
}

impl Reading<'_> {
    fn open(&mut self, tag: &Tag) {
        let name = tag.name();
        if !tag.word {
            return self.open_other(tag, name);
        }
        match name {
            "p" => self.paras.push(Para::default()),
            "pPr" => self.properties += 1,
            "trPr" => self.row_properties += 1,
            "del" | "ins" if self.row_properties > 0 => {
                let row = self.tables.last_mut().and_then(|table| table.rows.last_mut());
                row.into_iter().for_each(|row| row.deleted |= name == "del");
            }
            "ins" | "moveTo" if self.properties == 0 => self.story.inserted += 1,
            "del" | "moveFrom" if self.properties == 0 => {
                self.story.deleted += 1;
                self.skipped = 1;
            }
            "instrText" | "delText" | "delInstrText" | "pPrChange" | "rPrChange" | "tblPrChange"
            | "tcPrChange" | "trPrChange" | "sectPr" | "sdtPr" | "annotationRef" | "rt" => self.skipped = 1,
            "r" => self.runs.push(Run::default()),
            "t" => self.in_text = true,
            "tab" | "ptab" if self.properties == 0 => self.push(" "),
            "br" | "cr" => self.line_break(tag),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.symbol(tag),
            "fldChar" => self.field(tag),
            "footnoteReference" | "endnoteReference" => self.reference(tag, name == "endnoteReference"),
            "txbxContent" => self.outs.push(Vec::new()),
            "footnote" | "endnote" => {
                let separates = tag.attr("type").is_some_and(|kind| kind != "normal");
                self.note = tag.attr("id").filter(|_| !separates);
                self.outs.push(Vec::new());
            }
            "tbl" if self.tables.len() < DEEPEST => {
                self.outs.push(Vec::new());
                self.tables.push(Table::default());
            }
            "tbl" => {
                self.story.deep = true;
                self.skipped = 1;
            }
            _ => self.property(tag, name),
        }
    }

    /// Elements of paragraphs', runs', rows' and cells' properties.
    fn property(&mut self, tag: &Tag, name: &str) {
        if let Some(table) = self.tables.last_mut() {
            match name {
                "tr" => return table.rows.push(Row::default()),
                "tc" => {
                    table.rows.last_mut().into_iter().for_each(|row| row.cells.push(Cell::default()));
                    return self.outs.push(Vec::new());
                }
                "tblHeader" => {
                    return table.rows.last_mut().into_iter().for_each(|row| row.header = tag.is_on());
                }
                "gridBefore" => {
                    let blank = tag.number().unwrap_or(0);
                    return table.rows.last_mut().into_iter().for_each(|row| row.before = blank);
                }
                "gridSpan" | "vMerge" | "hMerge" => {
                    let cell = table.rows.last_mut().and_then(|row| row.cells.last_mut());
                    return cell.into_iter().for_each(|cell| match name {
                        "gridSpan" => cell.span = tag.number().unwrap_or(1),
                        "vMerge" if tag.attr("val").is_some_and(|v| v == "restart") => {
                            cell.down = Merge::Begins
                        }
                        "vMerge" => cell.down = Merge::GoesOn,
                        _ => cell.across = tag.attr("val").is_none_or(|v| v != "restart"),
                    });
                }
                _ => {}
            }
        }
        if self.properties > 0 {
            let Some(para) = self.paras.last_mut() else { return };
            match name {
                "pStyle" => para.style = tag.attr("val"),
                "numId" => para.listed = Some(tag.number() != Some(0)),
                "outlineLvl" => para.level = tag.number().and_then(|level| u8::try_from(level).ok()),
                _ => {}
            }
        } else if let Some(run) = self.runs.last_mut() {
            match name {
                "vanish" => run.hidden = tag.is_on(),
                "b" => run.bold = Some(tag.is_on()),
                "vertAlign" => run.raised = tag.attr("val").is_some_and(|v| v == "superscript"),
                _ => {}
            }
        }
    }

    fn open_other(&mut self, tag: &Tag, name: &str) {
        match name {
            // What is meant for older programs says the same again.
            "Fallback" => self.skipped = 1,
            "chart" => {
                if let Some((id, para)) = tag.attr("id").zip(self.paras.last_mut()) {
                    para.after.push(Piece::Chart(id));
                }
            }
            "docPr" => {
                let told = tag.attr("descr").filter(|text| text.len() >= TELLING);
                let told = told.filter(|text| text.contains(|c: char| c.is_ascii_digit()));
                if let Some((text, para)) = told.zip(self.paras.last_mut()) {
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    para.after.push(Piece::Paragraph {
                        kind: Kind::default(),
                        lines: vec![text],
                        bold: false,
                    });
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" => drop(self.runs.pop()),
            "p" => self.end_paragraph(),
            "pPr" => self.properties = self.properties.saturating_sub(1),
            "trPr" => self.row_properties = self.row_properties.saturating_sub(1),
            "txbxContent" if self.outs.len() > 1 => {
                let inner = self.outs.pop().unwrap_or_default();
                if let Some(para) = self.paras.last_mut() {
                    para.after.extend(inner);
                } else if let Some(out) = self.outs.last_mut() {
                    out.extend(inner);
                }
            }
            "footnote" | "endnote" if self.outs.len() > 1 => {
                let inner = self.outs.pop().unwrap_or_default();
                if let Some(id) = self.note.take() {
                    self.story.notes.insert(id, inner);
                }
            }
            "tc" if self.outs.len() > 1 => self.end_cell(),
            "tr" => self.end_row(),
            "tbl" if self.outs.len() > 1 => self.end_table(),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let cell = self
            .tables
            .last_mut()
            .and_then(|table| table.rows.last_mut())
            .and_then(|row| row.cells.last_mut());
        if let Some(cell) = cell.filter(|cell| !cell.done) {
            cell.pieces = self.outs.pop().unwrap_or_default();
            cell.done = true;
        }
    }

    /// A cell that a broken part leaves open ends with its row.
    fn end_row(&mut self) {
        self.end_cell();
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let mut pieces = table.finish();
        pieces.extend(self.outs.pop().unwrap_or_default());
        match self.outs.last_mut() {
            Some(out) => out.extend(pieces),
            None => self.outs.push(pieces),
        }
    }

    fn end_paragraph(&mut self) {
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
            out.push(Piece::Paragraph { kind, lines: para.lines, bold: !para.plain });
        }
        out.append(&mut para.after);
        out.append(&mut para.notes);
    }

    fn text(&mut self, text: &str) {
        if self.fields.contains(&true) {
            return;
        }
        let run = self.runs.last().copied().unwrap_or_default();
        if run.hidden {
            self.story.hidden += usize::from(!text.trim().is_empty());
            return;
        }
        let Some(para) = self.paras.last_mut() else { return };
        let bold = run.bold.unwrap_or_else(|| self.styles.kind(para.style.as_deref()).bold);
        para.plain |= !bold && !text.trim().is_empty();
        if run.raised { para.text.push_raised(text) } else { para.text.push(text) }
    }

    fn push(&mut self, text: &str) {
        let hidden = self.fields.contains(&true) || self.runs.last().is_some_and(|run| run.hidden);
        if let Some(para) = self.paras.last_mut().filter(|_| !hidden) {
            para.text.push(text);
        }
    }

    fn line_break(&mut self, tag: &Tag) {
        let page = tag.attr("type").is_some_and(|kind| kind == "page" || kind == "column");
        let Some(para) = self.paras.last_mut() else { return };
        if page {
            return para.text.space();
        }
        let line = para.text.take();
        para.lines.push(line);
    }

    fn symbol(&mut self, tag: &Tag) {
        let code = tag.attr("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
        if let Some(symbol) = code.and_then(char::from_u32) {
            self.push(&symbol.to_string());
        }
    }

    fn field(&mut self, tag: &Tag) {
        match tag.attr("fldCharType").as_deref() {
            Some("begin") => self.fields.push(true),
            Some("separate") => self.fields.last_mut().into_iter().for_each(|field| *field = false),
            Some("end") => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// A mark in the text, and its note after the paragraph.
    fn reference(&mut self, tag: &Tag, end: bool) {
        let Some(id) = tag.attr("id") else { return };
        let Some(count) = self.marks.get_mut(usize::from(end)) else { return };
        *count += 1;
        let mark = *count;
        if let Some(para) = self.paras.last_mut() {
            para.text.push_raised(&mark.to_string());
            para.notes.push(Piece::Note { end, id, mark });
        }
    }
}
