//! Reads one sheet of a workbook, in one pass.

use super::Shared;
use crate::read::workbook::formula::{CellRange, LONGEST, area, cell, moved};
use crate::read::workbook::shown::Format;
use crate::read::workbook::{RawCell, RawSheet, What};
use crate::read::xml::{Xml, XmlPiece, attribute};
use quick_xml::events::BytesStart;
use std::collections::HashMap;

/// The most rows and columns that a sheet can have.
const MOST: (u32, u32) = (1_048_576, 16_384);

/// The element that text belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Nothing,
    Value,
    Formula,
    Text,
}

/// A shared formula, written once for several cells.
struct Template {
    text: String,
    row: u32,
    col: u32,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    row: u32,
    col: u32,
    style: usize,
    kind: String,
    value: String,
    formula: Option<String>,
    shared: Option<usize>,
}

/// Reads a sheet.
pub struct Reader<'a> {
    raw: RawSheet,
    shared: &'a mut Shared,
    row: u32,
    col: u32,
    templates: HashMap<usize, Template>,
    general: Format,
}

impl<'a> Reader<'a> {
    pub fn new(raw: RawSheet, shared: &'a mut Shared) -> Reader<'a> {
        Reader { raw, shared, row: 0, col: 0, templates: HashMap::new(), general: Format::default() }
    }

    /// Reads the sheet as far as it goes; `broken` says where it breaks off.
    pub fn read(mut self, xml: Xml<'_>) -> RawSheet {
        if let Err(why) = self.pieces(xml) {
            self.raw.broken = Some(why);
        }
        self.raw
    }

    fn pieces(&mut self, mut xml: Xml<'_>) -> Result<(), String> {
        let mut open = Open::default();
        let mut within = Within::Nothing;
        let mut phonetic = false;
        while let Some(piece) = xml.next()? {
            match piece {
                XmlPiece::Start(start) => match start.local_name().as_ref() {
                    "c" => self.open(&start, &mut open),
                    "v" => within = Within::Value,
                    "f" => {
                        within = Within::Formula;
                        self.formula(&start, &mut open);
                    }
                    "rPh" => phonetic = true,
                    "t" if !phonetic => within = Within::Text,
                    "row" => self.row(&start),
                    "col" => self.column(&start),
                    "mergeCell" => {
                        let merged = attribute(&start, "ref").and_then(|text| area(&text));
                        self.raw.merges.extend(merged.map(|CellRange { rows, cols }| (rows, cols)));
                    }
                    _ => {}
                },
                XmlPiece::Text(text) => match within {
                    Within::Value | Within::Text => open.value += &text,
                    Within::Formula => open.formula.get_or_insert_default().push_str(&text),
                    Within::Nothing => {}
                },
                XmlPiece::End(end) => match end.local_name().as_ref() {
                    "v" | "f" | "t" => within = Within::Nothing,
                    "rPh" => phonetic = false,
                    "c" if !self.close(&mut open) => return Ok(()),
                    "row" => self.row += 1,
                    _ => {}
                },
                XmlPiece::Other => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, start: &BytesStart<'_>) {
        let mut hidden = false;
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                "r" => {
                    self.row = attribute.value.parse::<u32>().map_or(self.row, |row| row.saturating_sub(1))
                }
                "hidden" => hidden = is_true(&attribute.value),
                _ => {}
            }
        }
        self.col = 0;
        if hidden {
            match self.raw.hidden_rows.last_mut() {
                Some((_, last)) if *last + 1 == self.row => *last = self.row,
                _ => self.raw.hidden_rows.push((self.row, self.row)),
            }
        }
    }

    fn column(&mut self, start: &BytesStart<'_>) {
        let number = |name| attribute(start, name).and_then(|text| text.parse::<u32>().ok());
        let hidden = attribute(start, "hidden").is_some_and(|text| is_true(&text));
        if let (true, Some(first), Some(last)) = (hidden, number("min"), number("max")) {
            self.raw.hidden_cols.push((first.saturating_sub(1), last.saturating_sub(1)));
        }
    }

    fn open(&mut self, start: &BytesStart<'_>, open: &mut Open) {
        open.value.clear();
        open.kind.clear();
        (open.formula, open.shared, open.style) = (None, None, 0);
        (open.row, open.col) = (self.row, self.col);
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                "r" => {
                    if let Some((row, col)) = cell(&attribute.value) {
                        (open.row, open.col) = (row, col);
                    }
                }
                "s" => open.style = attribute.value.parse().unwrap_or(0),
                "t" => open.kind.push_str(&attribute.value),
                _ => {}
            }
        }
    }

    fn formula(&mut self, start: &BytesStart<'_>, open: &mut Open) {
        open.formula = Some(String::new());
        if attribute(start, "t").as_deref() == Some("shared") {
            open.shared = attribute(start, "si").and_then(|number| number.parse().ok());
        }
    }

    /// Adds a cell unless it is empty; returns whether reading goes on.
    fn close(&mut self, open: &mut Open) -> bool {
        self.col = open.col.saturating_add(1);
        if open.row >= MOST.0 || open.col >= MOST.1 {
            return true;
        }
        let formula = self.written(open);
        let Some(mut cell) = self.cell(open, formula.is_some()) else { return true };
        cell.formula = formula.map(Into::into);
        self.raw.put(open.row, cell, &mut self.shared.left)
    }

    /// The formula of a cell; a shared one is moved to it.
    fn written(&mut self, open: &mut Open) -> Option<String> {
        let text = open.formula.take()?;
        let Some(shared) = open.shared else { return Some(text) };
        if !text.is_empty() {
            let template = Template { text: text.clone(), row: open.row, col: open.col };
            self.templates.insert(shared, template);
            return Some(text);
        }
        let Some(template) = self.templates.get(&shared) else { return Some(text) };
        let length = template.text.len();
        if length > LONGEST || !self.raw.writes(length, &mut self.shared.written) {
            return Some(text);
        }
        let (from, to) = ((template.row, template.col), (open.row, open.col));
        Some(moved(&template.text, from, to))
    }

    fn cell(&self, open: &Open, worked_out: bool) -> Option<RawCell> {
        let value = open.value.as_str();
        let col = open.col;
        Some(match open.kind.as_str() {
            "s" if value.trim().is_empty() => return None,
            "s" => {
                let at = value.trim().parse::<usize>().ok();
                RawCell::shared(col, at.and_then(|at| self.shared.strings.get(at)))
            }
            "e" => RawCell::error(col, value),
            "b" => RawCell::truth(col, is_true(value.trim())),
            "str" | "inlineStr" if worked_out && value.is_empty() => return None,
            "str" | "inlineStr" | "d" => RawCell::text(col, &super::unescaped(value)),
            _ if value.trim().is_empty() && worked_out => {
                RawCell { what: What::Nothing, ..RawCell::text(col, "") }
            }
            _ if value.trim().is_empty() => return None,
            _ => match value.trim().parse::<f64>() {
                Ok(number) => {
                    let format = self.shared.formats.get(open.style).unwrap_or(&self.general);
                    RawCell::number(col, number, format, self.shared.from_1904)
                }
                Err(_) => RawCell::text(col, value),
            },
        })
    }
}

fn is_true(text: &str) -> bool {
    matches!(text, "1" | "true" | "on")
}
