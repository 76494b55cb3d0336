//! Where something stands, the same thing everywhere in the JSON.

use crate::model::document::Document;
use crate::model::text::Place;
use serde::Serialize;

/// A place in a document. Keys that do not apply are left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Span {
    /// Of the document, as given on the command line; only in JSON Lines, and in an answer about several documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The name of a spreadsheet's sheet; sheets are pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The first line, counted over the whole file from 1; lines break at `\n`, `\r\n` or a lone `\r` only. Of a
    /// spreadsheet or CSV file, a row, counted over all sheets, whose cells are joined by tabs: tables that lie side by
    /// side have lines of their own, and long runs of blank rows are short. `cell` has the true row. Of a web page or
    /// Word document, the block or row of a table, as `debug lines` prints them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The last line, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_end: Option<u32>,
    /// Start on `line` and end (not included) on the last line, in Unicode scalars from 0. Not of a place with a `cell`:
    /// its line is ours, and nobody can count in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chars: Option<[u32; 2]>,
    /// Left, top, right, bottom in PDF points of the page as displayed, origin top left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
    /// Of a spreadsheet or CSV file: "C7".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// Of a web page or Word document: `table[2]/r3c1`, `p[14]`, its tables and its other blocks counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// As printed there, lines joined by one space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Span {
    /// A place of a document, with its text.
    pub(crate) fn of(document: &Document, place: Place) -> Span {
        Span { text: Some(document.text_at(place)), ..Span::bare(document, place) }
    }

    /// A place of a document without its text. Tables are too large to be quoted.
    pub(crate) fn bare(document: &Document, place: Place) -> Span {
        let cell = document.address_of(place);
        Span {
            page: Some(place.page),
            sheet: document.sheet_of(place).map(str::to_owned),
            line: Some(place.line),
            line_end: Some(place.line_end).filter(|&last| last != place.line),
            chars: cell.is_none().then_some([place.start, place.end]),
            bbox: document.area_of(place).map(corners),
            cell,
            locator: document.locator_of(place),
            ..Span::default()
        }
    }

    /// A place with as much as it takes to find it again. Claims have many operands (a large workbook has hundreds of
    /// thousands), so their places are short. `near` says that the place is on the page of the published figure.
    pub(super) fn brief(document: &Document, place: Place, near: bool) -> Span {
        let bare = Span::bare(document, place);
        let spare = Span { chars: None, locator: None, ..bare };
        match (&spare.cell, near) {
            (None, _) => Span { sheet: None, ..spare },
            (Some(_), true) => Span { cell: spare.cell, ..Span::default() },
            (Some(_), false) => Span { line: None, line_end: None, ..spare },
        }
    }

    /// The same place with the path of its document.
    pub(crate) fn in_document(self, document: &Document) -> Span {
        Span { path: Some(document.origin.path.clone()), ..self }
    }
}

/// The left, top, right and bottom of an area, to a hundredth of a point.
pub(crate) fn corners(area: crate::model::geometry::Rect) -> [f64; 4] {
    [area.x0, area.y0, area.x1, area.y1].map(|v| (f64::from(v) * 100.0).round() / 100.0)
}

/// The part of a document's hash that ids and spans are made of.
pub(crate) fn short_hash(document: &Document) -> &str {
    document.origin.sha256.get(..12).unwrap_or(&document.origin.sha256)
}
