//! Reads the paragraphs, tables and drawings of a part. It uses a stack of its own in place of recursion.

mod runs;

use super::styles::{StyleKind, Styles};
use super::tables::WordTable;
use crate::model::table::Form;
use crate::read::flow::{SpannedTable, TELLING};
use crate::read::xml::{Xml, XmlPiece, attribute};
use quick_xml::events::BytesStart;
use quick_xml::name::QName;
use runs::{Para, Run};
use std::collections::BTreeMap;

/// Tables nested deeper than this become text of the cell that contains them.
const DEEPEST: usize = 64;
/// The namespaces of Word's own elements: Word's usual one and that of the standard's strict form.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// A block of the document's text.
#[derive(Debug)]
pub(crate) enum StoryBlock {
    Paragraph {
        kind: StyleKind,
        /// One for each line that the author broke.
        lines: Vec<String>,
        bold: bool,
    },
    Table(SpannedTable, Form),
    /// A chart or diagram, by the id of its part.
    Drawing(String),
    /// A note by its id; its mark is in the text before it.
    Note {
        end: bool,
        id: String,
        mark: usize,
    },
}

impl StoryBlock {
    /// A plain paragraph.
    pub(crate) fn text(text: String) -> StoryBlock {
        StoryBlock::Paragraph { kind: StyleKind::default(), lines: vec![text], bold: false }
    }
}

/// The content of a part.
#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) blocks: Vec<StoryBlock>,
    /// Notes by their ids.
    pub(crate) notes: BTreeMap<String, Vec<StoryBlock>>,
    pub(crate) hidden: usize,
    pub(crate) struck: usize,
    /// How many embedded files are displayed in it.
    pub(crate) embedded: usize,
    pub(crate) inserted: usize,
    pub(crate) deleted: usize,
    pub(crate) deep: bool,
    /// Why it breaks off, if it does.
    pub(crate) cut: Option<String>,
}

/// The state of reading a part.
struct PartReading<'a> {
    styles: &'a Styles,
    /// The namespace prefix of Word's own elements; empty where they have none.
    prefix: Option<String>,
    story: Story,
    /// The lists that collect finished blocks, the innermost last.
    outs: Vec<Vec<StoryBlock>>,
    paras: Vec<Para>,
    runs: Vec<Run>,
    tables: Vec<WordTable>,
    /// For each open field, whether its instruction is being read.
    fields: Vec<bool>,
    /// The depth inside an element that is left out; 0 outside.
    skipped: usize,
    /// The depth inside the properties of a paragraph or row.
    properties: usize,
    row_properties: usize,
    note: Option<String>,
    marks: [usize; 2],
    in_text: bool,
}

/// Reads a part as far as it goes.
pub(crate) fn read(xml: &mut Xml<'_>, styles: &Styles, story: &mut Story) -> Result<(), String> {
    let mut reading = PartReading {
        styles,
        prefix: None,
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
    let mut result = reading.read(xml);
    if reading.prefix.is_none() && result.is_ok() {
        result = Err("it has no elements".to_owned());
    }
    // Blocks that a broken part leaves open are kept.
    while !reading.paras.is_empty() {
        reading.end_paragraph();
    }
    while !reading.tables.is_empty() {
        reading.end_cell();
        reading.end_table();
    }
    reading.story.blocks = reading.outs.into_iter().flatten().collect();
    *story = reading.story;
    result
}

impl PartReading<'_> {
    fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), String> {
        while let Some(piece) = xml.next()? {
            match piece {
                XmlPiece::Start(_) if self.skipped > 0 => self.skipped += 1,
                XmlPiece::End(_) if self.skipped > 0 => self.skipped -= 1,
                XmlPiece::Start(start) => self.open(&start),
                XmlPiece::End(end) => self.close(end.name()),
                XmlPiece::Text(text) if self.in_text && self.skipped == 0 => self.text(&text),
                XmlPiece::Text(_) | XmlPiece::Other => {}
            }
        }
        Ok(())
    }

    /// Whether an element is one of Word's own.
    fn is_own(&self, name: QName<'_>) -> bool {
        name.prefix().map_or("", |prefix| prefix.into_inner()) == self.prefix.as_deref().unwrap_or("w")
    }

    fn open(&mut self, start: &BytesStart<'_>) {
        if self.prefix.is_none() {
            self.prefix = Some(prefix(start));
        }
        let name = start.local_name().into_inner();
        if !self.is_own(start.name()) {
            return self.open_other(start, name);
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
            "br" | "cr" => self.line_break(start),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.symbol(start),
            "fldChar" => self.field(start),
            "footnoteReference" | "endnoteReference" => self.reference(start, name == "endnoteReference"),
            "txbxContent" => self.outs.push(Vec::new()),
            "footnote" | "endnote" => {
                let separates = attribute(start, "type").is_some_and(|kind| kind != "normal");
                self.note = attribute(start, "id").filter(|_| !separates);
                self.outs.push(Vec::new());
            }
            "altChunk" => self.story.embedded += 1,
            "tbl" if self.tables.len() < DEEPEST => {
                self.outs.push(Vec::new());
                self.tables.push(WordTable::default());
            }
            "tbl" => {
                self.story.deep = true;
                self.skipped = 1;
            }
            _ => self.property(start, name),
        }
    }

    /// Handles rows, cells, and the properties of these, of paragraphs and of runs.
    fn property(&mut self, start: &BytesStart<'_>, name: &str) {
        if let Some(table) = self.tables.last_mut()
            && table.property(start, name)
        {
            if name == "tc" {
                self.outs.push(Vec::new());
            }
        } else if self.properties > 0 {
            self.paras.last_mut().into_iter().for_each(|para| para.property(start, name));
        } else {
            self.runs.last_mut().into_iter().for_each(|run| run.property(start, name));
        }
    }

    fn open_other(&mut self, start: &BytesStart<'_>, name: &str) {
        match name {
            // The fallback for older programs repeats the same content.
            "Fallback" => self.skipped = 1,
            // Text of an equation.
            "t" => self.in_text = start.name().prefix().is_some_and(|prefix| prefix.into_inner() == "m"),
            // Embedded objects such as formulas have only a picture.
            "OLEObject" => {
                let is_sheet = attribute(start, "ProgID").is_some_and(|kind| kind.starts_with("Excel."));
                self.story.embedded += usize::from(is_sheet);
            }
            "chart" | "relIds" => {
                let id = attribute(start, if name == "chart" { "id" } else { "dm" });
                if let Some((id, para)) = id.zip(self.paras.last_mut()) {
                    para.after.push(StoryBlock::Drawing(id));
                }
            }
            "docPr" => {
                let told = attribute(start, "descr").filter(|text| text.len() >= TELLING);
                let told = told.filter(|text| text.contains(|c: char| c.is_ascii_digit()));
                if let Some((text, para)) = told.zip(self.paras.last_mut()) {
                    para.after.push(StoryBlock::text(text.split_whitespace().collect::<Vec<_>>().join(" ")));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: QName<'_>) {
        let own = self.is_own(name);
        match name.local_name().into_inner() {
            "t" => self.in_text = false,
            _ if !own => {}
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
            // In a broken part, a row may end before its cell does.
            "tr" => self.end_cell(),
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
            cell.blocks = self.outs.pop().unwrap_or_default();
            cell.done = true;
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        let mut blocks = table.finish();
        blocks.extend(self.outs.pop().unwrap_or_default());
        match self.outs.last_mut() {
            Some(out) => out.extend(blocks),
            None => self.outs.push(blocks),
        }
    }
}

/// The prefix of Word's own elements, from the first element's declarations.
fn prefix(first: &BytesStart<'_>) -> String {
    let mut attributes = first.attributes();
    let bound = attributes.with_checks(false).flatten().find(|a| WORD.contains(&&*a.value));
    let own = bound.map(|a| a.key.prefix().map_or("", |_| a.key.local_name().into_inner()).to_owned());
    own.unwrap_or_else(|| "w".to_owned())
}
