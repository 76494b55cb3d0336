//! What the row, the column and the table of a figure are called.

use super::Observation;
use crate::model::arena::Arena;
use crate::model::block::BlockKind;
use crate::model::document::Document;
use crate::model::figure::{Figure, Home};
use crate::model::ids::TableIdx;
use crate::model::table::Table;
use std::collections::HashMap;

/// What stands between the labels of one row, or between the heads of one column.
const BETWEEN: &str = " / ";

/// Names rows, columns and tables. A name that many figures share is put together once.
pub(super) struct Heads<'a> {
    document: &'a Document,
    /// The title of each table.
    titles: Arena<TableIdx, Option<String>>,
    /// The name of each column, by table.
    cols: HashMap<(TableIdx, usize), Option<String>>,
    /// The name of the row that was asked for last. Most figures come row by row, so this one is enough.
    row: Option<((TableIdx, usize), Option<String>)>,
}

impl<'a> Heads<'a> {
    pub(super) fn of(document: &'a Document) -> Heads<'a> {
        Heads { document, titles: titles(document), cols: HashMap::new(), row: None }
    }

    /// Gives the observation of a figure its names.
    pub(super) fn name(&mut self, observation: &mut Observation, figure: &Figure) {
        let Home::Cell { table: index, row, col, .. } = figure.home else { return };
        let Some(table) = self.document.tables.get(index) else { return };
        if self.row.as_ref().is_none_or(|(of, _)| *of != (index, row)) {
            self.row = Some(((index, row), joined((0..table.header_cols).map(|col| table.text(row, col)))));
        }
        observation.row_header = self.row.as_ref().and_then(|(_, name)| name.clone());
        let heads = || joined((0..table.header_rows).map(|row| table.text(row, col)));
        observation.col_header = self.cols.entry((index, col)).or_insert_with(heads).clone();
        observation.table_title = self.titles.get(index).cloned().flatten();
    }
}

/// Joins texts that are not blank. Equal texts that follow each other, as those of a cell over several rows do, count
/// once.
fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut names: Vec<&str> = texts.map(str::trim).filter(|text| !text.is_empty()).collect();
    names.dedup();
    (!names.is_empty()).then(|| names.join(BETWEEN))
}

/// The title of each table. Without one of its own it is the heading above the table, joined with the headings that
/// come right before that heading: "Cases closed", and "1 April to 30 June" below it.
fn titles(document: &Document) -> Arena<TableIdx, Option<String>> {
    let mut titles: Arena<TableIdx, Option<String>> = document.tables.iter().map(own).collect();
    let mut run: Vec<(u8, &str)> = Vec::new();
    let mut follows = false;
    for block in &document.blocks {
        match block.kind {
            BlockKind::Heading { level } => {
                if !follows || run.last().is_some_and(|(above, _)| *above >= level) {
                    run.clear();
                }
                run.push((level, &block.passage.text));
            }
            BlockKind::Table(index) => {
                if let Some(title) = titles.get_mut(index.index()).filter(|title| title.is_none()) {
                    *title = joined(run.iter().map(|(_, text)| *text));
                }
            }
            _ => {}
        }
        follows = matches!(block.kind, BlockKind::Heading { .. });
    }
    if document.sheet.is_some() {
        share(document, &mut titles);
    }
    titles
}

/// Gives the title of a sheet's first table to the tables below that have none.
fn share(document: &Document, titles: &mut [Option<String>]) {
    let mut first: Option<(u32, Option<String>)> = None;
    for (table, title) in document.tables.iter().zip(titles) {
        match &first {
            Some((page, shared)) if *page == table.place.page => {
                *title = title.take().or_else(|| shared.clone());
            }
            _ => first = Some((table.place.page, title.clone())),
        }
    }
}

fn own(table: &Table) -> Option<String> {
    table.title.as_ref().map(|title| title.text.clone())
}
