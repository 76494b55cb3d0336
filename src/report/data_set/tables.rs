//! The table of tables.

use super::Kind::{Text, Whole, Word};
use super::{Fields, Row, word};
use crate::model::document::Document;
use crate::report::schema::{self, Span};
use std::sync::OnceLock;

/// A table of a document of the data set.
pub(super) struct TableOf {
    document: String,
    table: schema::Table,
    span: Span,
}

/// The rows of a document's tables, made one by one. `id` is what the document is called in the data set.
pub fn tables<'a>(document: &'a Document, id: &'a str) -> impl Iterator<Item = Row> + 'a {
    schema::tables(document).map(move |table| {
        let span = table.spans.first().cloned().unwrap_or_default().in_document(document);
        fields().row(&TableOf { document: id.to_owned(), span: Span { bbox: table.bbox, ..span }, table })
    })
}

pub(super) fn fields() -> &'static Fields<TableOf> {
    static FIELDS: OnceLock<Fields<TableOf>> = OnceLock::new();
    FIELDS.get_or_init(|| {
        let most = |of: fn(&schema::Cell) -> usize| {
            move |t: &TableOf| t.table.cells.iter().map(of).max().unwrap_or_default()
        };
        Fields::new()
            .with("id", Text, "The document's id and the number of the table.", |t: &TableOf| {
                format!("{}-{}", t.document, t.table.id)
            })
            .with("document", Word, "The id of the document.", |t| t.document.clone())
            .with("title", Text, "The caption above or below it.", |t| t.table.title.clone())
            .with(
                "rows",
                Whole,
                "How many rows it has, heads included.",
                most(|cell| cell.row + cell.row_span),
            )
            .with(
                "cols",
                Whole,
                "How many columns it has, heads included.",
                most(|cell| cell.col + cell.col_span),
            )
            .with("form", Word, "How it is printed: with lines, with blanks between, as marked cells.", |t| {
                word(&t.table.form)
            })
            .with(
                "continues",
                Text,
                "The id of the table of which this is a further piece on another page.",
                |t| t.table.continues.as_ref().map(|other| format!("{}-{other}", t.document)),
            )
            .with("notes", Text, "The notes printed under it, with | between.", |t| {
                (!t.table.notes.is_empty()).then(|| t.table.notes.join(" | "))
            })
            .placed(|t| Some(&t.span))
    })
}
