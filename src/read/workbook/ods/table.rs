//! One sheet of an OpenDocument spreadsheet.

use crate::lex::numeral::{Conventions, DecimalMark, whole};
use crate::read::workbook::{RawCell, RawSheet, Stretch, What};
use crate::read::xml;
use crate::read::xml::{XmlPiece, attribute};
use quick_xml::events::BytesStart;

/// The most rows and columns that a sheet can have.
const MOST: (u32, u32) = (1_048_576, 16_384);

/// An open cell; the file can repeat it.
#[derive(Default)]
struct Open {
    times: u32,
    kind: String,
    value: String,
    formula: Option<String>,
    text: String,
    paragraphs: usize,
}

/// A sheet that is being read.
#[derive(Default)]
pub struct Table {
    raw: RawSheet,
    row: u32,
    col: u32,
    /// How often the row is repeated.
    times: u32,
    column: u32,
    cells: Vec<RawCell>,
    open: Option<Open>,
    /// The depth inside notes, drawings and nested sheets.
    aside: usize,
    /// The depth inside a paragraph of a cell.
    written: usize,
}

impl Table {
    pub fn new(raw: RawSheet) -> Table {
        Table { raw, ..Table::default() }
    }

    pub fn finish(self) -> RawSheet {
        self.raw
    }

    /// Handles a piece of XML; returns whether the sheet ends. `left` is how many more cells may be read.
    pub fn piece(&mut self, piece: XmlPiece<'_>, left: &mut usize) -> bool {
        match piece {
            XmlPiece::Start(start) => self.start(&start),
            XmlPiece::Text(text) => {
                if let Some(open) = self.open.as_mut().filter(|_| self.aside == 0 && self.written > 0) {
                    open.text += &text;
                }
            }
            XmlPiece::End(end) => match end.local_name().as_ref() {
                "annotation" | "frame" | "custom-shape" | "shapes" | "table" if self.aside > 0 => {
                    self.aside -= 1;
                }
                "table" => return true,
                _ if self.aside > 0 => {}
                "p" | "h" => self.written = self.written.saturating_sub(1),
                "table-cell" | "covered-table-cell" => self.close(),
                "table-row" => self.end_row(left),
                _ => {}
            },
            XmlPiece::Other => {}
        }
        false
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.local_name();
        match name.as_ref() {
            "annotation" | "frame" | "custom-shape" | "shapes" | "table" => self.aside += 1,
            _ if self.aside > 0 => {}
            "table-column" => {
                let times = repeated(start, "number-columns-repeated");
                if is_hidden(start) {
                    self.raw.hidden_cols.push(stretch(self.column, times));
                }
                self.column = self.column.saturating_add(times);
            }
            "table-row" => {
                (self.times, self.col) = (repeated(start, "number-rows-repeated"), 0);
                if is_hidden(start) {
                    self.raw.hidden_rows.push(stretch(self.row, self.times));
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(start),
            "p" | "h" => self.paragraph(),
            "s" => {
                let count = attribute(start, "c").and_then(|c| c.parse::<usize>().ok()).unwrap_or(1);
                self.put(&" ".repeat(count.min(256)));
            }
            "tab" | "line-break" => self.put(" "),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        self.written += 1;
        if let Some(open) = &mut self.open {
            open.paragraphs += 1;
            if open.paragraphs > 1 {
                open.text.push(' ');
            }
        }
    }

    fn put(&mut self, text: &str) {
        self.open.as_mut().filter(|_| self.written > 0).into_iter().for_each(|open| open.text += text);
    }

    fn cell(&mut self, start: &BytesStart<'_>) {
        let mut open = Open { times: 1, ..Open::default() };
        let (mut down, mut across) = (1, 1);
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = || xml::value(&attribute);
            let number = || attribute.value.parse::<u32>().unwrap_or(1).max(1);
            match attribute.key.as_ref() {
                "table:number-columns-repeated" => open.times = number(),
                "table:number-columns-spanned" => across = number(),
                "table:number-rows-spanned" => down = number(),
                "office:value-type" if open.kind.is_empty() => open.kind = value(),
                "calcext:value-type" if &*attribute.value == "error" => open.kind = value(),
                "office:value" | "office:boolean-value" => open.value = value(),
                "table:formula" => open.formula = Some(value()),
                _ => {}
            }
        }
        if down > 1 || across > 1 {
            self.raw.merges.push((stretch(self.row, down), stretch(self.col, across)));
        }
        self.written = 0;
        self.open = Some(open);
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let times = open.times.min(MOST.1.saturating_sub(self.col));
        if let Some(cell) = made(&open, self.col) {
            for col in self.col..self.col + times {
                self.cells.push(RawCell { col, ..cell.clone() });
            }
        }
        self.col = self.col.saturating_add(open.times);
    }

    fn end_row(&mut self, left: &mut usize) {
        let cells = std::mem::take(&mut self.cells);
        let times = self.times.min(MOST.0.saturating_sub(self.row));
        if !cells.is_empty() {
            for row in self.row..self.row + times {
                if *left < cells.len() {
                    // Later rows are left out as well, even shorter ones.
                    *left = 0;
                    self.raw.cut = true;
                    break;
                }
                *left -= cells.len();
                self.raw.rows.push((row, cells.clone()));
            }
        }
        self.row = self.row.saturating_add(self.times);
    }
}

fn made(open: &Open, col: u32) -> Option<RawCell> {
    let text = open.text.trim();
    let number = open.value.parse::<f64>().ok();
    let formula = open.formula.clone().map(Into::into);
    let worked_out = open.formula.is_some() && (text.starts_with('#') || text.starts_with("Err:"));
    let cell = match open.kind.as_str() {
        "error" => RawCell::error(col, text),
        _ if worked_out => RawCell::error(col, text),
        "boolean" => RawCell::truth(col, open.value == "true"),
        "float" | "percentage" | "currency" => {
            let number = number?;
            let plain = crate::read::workbook::shown::plain(number);
            let text = if text.is_empty() { plain.as_str() } else { text };
            let full = full(text, number).map(Into::into);
            RawCell { what: What::Number, number: Some(number), full, ..RawCell::text(col, text) }
        }
        "date" | "time" => RawCell { what: What::Date, ..RawCell::text(col, text) },
        _ if text.is_empty() && open.formula.is_some() && open.kind.is_empty() => {
            RawCell { what: What::Nothing, ..RawCell::text(col, "") }
        }
        _ if text.is_empty() => return None,
        _ => RawCell::text(col, text),
    };
    Some(RawCell { formula, ..cell })
}

/// The stored number in the unit of the shown text, where the text has fewer digits.
fn full(text: &str, number: f64) -> Option<String> {
    let in_unit = if text.contains('%') { number * 100.0 } else { number };
    let off = |decimal| {
        let shown = whole(text, &Conventions { decimal, ..Conventions::of_sheet([].into_iter()) })?.quantity;
        let unit = 10f64.powi(-i32::from(shown.decimals));
        let value = shown.value?.to_decimal(u32::from(shown.decimals)).parse::<f64>().ok()?;
        Some(((value - in_unit).abs(), unit))
    };
    let readings: Vec<(f64, f64)> =
        [DecimalMark::Point, DecimalMark::Comma].into_iter().filter_map(off).collect();
    let slack = 1e-13 * in_unit.abs();
    let exact = readings.iter().any(|(off, _)| *off <= slack);
    let rounded = readings.iter().any(|(off, unit)| *off <= 0.5 * unit + slack);
    (rounded && !exact).then(|| crate::read::workbook::shown::plain(in_unit))
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    matches!(attribute(start, "visibility").as_deref(), Some("collapse" | "filter"))
}

fn stretch(first: u32, count: u32) -> Stretch {
    (first, first.saturating_add(count - 1))
}
