//! Tables in the public JSON.

use super::Span;
use crate::model::document::Document;
use crate::model::ids::TableIdx;
use crate::model::text::Place;
use serde::Serialize;
use std::collections::HashMap;

/// A table, or one page's piece of it.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Table {
    /// Within its document: `t1`, `t2` … in reading order.
    pub id: String,
    /// From 1.
    pub page: u32,
    /// Left, top, right, bottom in PDF points of the page as displayed; null where the document has no geometry.
    pub bbox: Option<[f64; 4]>,
    /// The caption above or below it.
    pub title: Option<String>,
    /// The table of which this is a further piece, after a page break.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
    /// The physical form in which it was printed.
    pub form: crate::model::table::Form,
    /// Why it is believed to be a table, where that was told from a drawing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<&'static str>,
    /// The notes printed under it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// By row, then column; an empty cell may be left out.
    pub cells: Vec<Cell>,
    /// Where it stands, without its text.
    pub spans: Vec<Span>,
}

/// A cell; rows and columns count from 0, heads included.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cell {
    /// The topmost row it covers.
    pub row: usize,
    /// The leftmost column it covers.
    pub col: usize,
    /// How many rows it covers.
    pub row_span: usize,
    /// How many columns it covers.
    pub col_span: usize,
    /// As printed, lines joined by one space.
    pub text: String,
    /// In a head row or a head column.
    pub header: bool,
}

/// The id of the table at an index.
pub(crate) fn id(index: TableIdx) -> String {
    format!("t{}", index.plus(1))
}

/// The public form of a document's tables, made one by one.
pub fn tables(document: &Document) -> impl Iterator<Item = Table> {
    let printed = if document.pieces.is_empty() { &document.tables } else { &document.pieces };
    printed.entries().map(|(index, table)| one(document, index, table))
}

/// Which piece of a table that runs over pages holds a cell. The pieces are what is printed.
#[derive(Default)]
pub(super) struct Pieces(HashMap<Place, (TableIdx, usize, usize)>);

impl Pieces {
    pub(super) fn of(document: &Document) -> Pieces {
        let cells = document.pieces.entries().flat_map(|(table, piece)| {
            piece.cells.iter().map(move |cell| (cell.passage.whole(), (table, cell.row(), cell.col())))
        });
        Pieces(cells.collect())
    }

    /// The printed table, row and column of a cell, which is given by its place in the whole table.
    pub(super) fn printed(
        &self,
        document: &Document,
        cell: (TableIdx, usize, usize),
    ) -> (TableIdx, usize, usize) {
        let (table, row, col) = cell;
        let whole = || document.tables.get(table)?.at(row, col).map(|cell| cell.passage.whole());
        if self.0.is_empty() {
            return cell;
        }
        whole().and_then(|place| self.0.get(&place)).copied().unwrap_or(cell)
    }
}

fn one(document: &Document, index: TableIdx, table: &crate::model::table::Table) -> Table {
    Table {
        id: id(index),
        page: table.place.page,
        bbox: area(document, table),
        title: table.title.as_ref().map(|title| title.text.to_string()),
        continues: table.continues.map(id),
        form: table.form,
        reasons: table.reasons.clone(),
        notes: table.notes.iter().map(|note| note.text.to_string()).collect(),
        cells: table.cells.iter().map(cell).collect(),
        spans: vec![Span::bare(document, table.place)],
    }
}

/// The area of a table's cells.
fn area(document: &Document, table: &crate::model::table::Table) -> Option<[f64; 4]> {
    let cells = table.cells.iter().filter_map(|c| document.area_of(c.passage.whole()));
    crate::model::geometry::cover(cells).map(super::span::corners)
}

fn cell(cell: &crate::model::table::Cell) -> Cell {
    Cell {
        row: cell.row(),
        col: cell.col(),
        row_span: cell.rows().len(),
        col_span: cell.cols().len(),
        text: cell.passage.text.to_string(),
        header: cell.header,
    }
}
