//! What the row, the column and the table of a figure are called.

use super::Observation;
use crate::model::arena::Arena;
use crate::model::block::BlockKind;
use crate::model::document::Document;
use crate::model::figure::{Figure, Home};
use crate::model::ids::TableIdx;
use crate::model::table::Table;
use crate::pack::pack;
use std::collections::HashMap;

/// What stands between the labels of one row, or between the heads of one column.
const BETWEEN: &str = " / ";

/// Names rows, columns and tables. A name that many figures share is put together once.
pub(super) struct Heads<'a> {
    document: &'a Document,
    /// The title of each table.
    titles: Arena<TableIdx, Option<String>>,
    /// How many rows and columns the cells of each table reach over, beyond which a damaged one has no heads.
    reaches: Arena<TableIdx, (usize, usize)>,
    /// The name of each column, by table.
    cols: HashMap<(TableIdx, usize), Option<String>>,
    /// The name of the row that was asked for last. Most figures come row by row, so this one is enough.
    row: Option<((TableIdx, usize), Option<String>)>,
}

impl<'a> Heads<'a> {
    pub(super) fn of(document: &'a Document) -> Heads<'a> {
        let reaches = document.tables.iter().map(Table::reach).collect();
        Heads { document, titles: titles(document), reaches, cols: HashMap::new(), row: None }
    }

    /// Gives the observation of a figure its names.
    pub(super) fn name(&mut self, observation: &mut Observation, figure: &Figure) {
        let Home::Cell { table: index, row, col, .. } = figure.home else { return };
        let Some((table, reach)) = self.document.tables.get(index).zip(self.reaches.get(index)) else {
            return;
        };
        let (rows, cols) = (table.header_rows.min(reach.0), table.header_cols.min(reach.1));
        if self.row.as_ref().is_none_or(|(of, _)| *of != (index, row)) {
            self.row = Some(((index, row), joined((0..cols).map(|col| table.text(row, col)))));
        }
        observation.row_header = self.row.as_ref().and_then(|(_, name)| name.clone());
        let heads = || joined((0..rows).map(|row| table.text(row, col)));
        observation.col_header = self.cols.entry((index, col)).or_insert_with(heads).clone();
        observation.table_title = self.titles.get(index).cloned().flatten();
    }
}

/// Joins texts that are not blank. Equal texts that follow each other, as those of a cell over several rows do, count
/// once.
pub(crate) fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut names: Vec<&str> = texts.map(str::trim).filter(|text| !text.is_empty()).collect();
    names.dedup();
    (!names.is_empty()).then(|| names.join(BETWEEN))
}

/// The title of each table. Without one of its own it is the heading above the table, joined with the headings that
/// come right before that heading ("Cases closed", and "1 April to 30 June" below it), with a short line that introduces
/// the table, and with the cell in its corner where that says more than what its rows are.
pub(crate) fn titles(document: &Document) -> Arena<TableIdx, Option<String>> {
    let mut titles: Arena<TableIdx, Option<String>> = document.tables.iter().map(own).collect();
    let mut run: Vec<(u8, &str)> = Vec::new();
    let mut follows = false;
    let mut lead = None;
    let mut last: Option<TableIdx> = None;
    for block in &document.blocks {
        match block.kind {
            BlockKind::Heading { level } => {
                if !follows || run.last().is_some_and(|(above, _)| *above >= level) {
                    run.clear();
                }
                run.push((level, &block.passage.text));
                last = None;
            }
            BlockKind::Table(index) => {
                let table = document.tables.get(index);
                let before =
                    last.and_then(|before| document.tables.get(before).zip(table).map(|pair| (before, pair)));
                let further = before.filter(|(_, (one, next))| has_rows_of(one, next));
                let shared = further.and_then(|(before, _)| titles.get(before).cloned().flatten());
                if let Some(title) = titles.get_mut(index.index()).filter(|title| title.is_none()) {
                    let above = run.iter().map(|(_, text)| *text).chain(lead).chain(table.and_then(corner));
                    *title = shared.or_else(|| joined(above));
                }
                last = Some(index);
            }
            _ => {}
        }
        follows = matches!(block.kind, BlockKind::Heading { .. });
        lead = Some(block.passage.text.trim())
            .filter(|text| block.kind == BlockKind::Paragraph && is_lead(text));
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

/// The title that a table has itself. Where its first row is the title, the corner of its heads may say more.
fn own(table: &Table) -> Option<String> {
    let title = table.title.as_ref()?.text.trim();
    let corner = corner(table).filter(|_| table.text(0, 0).trim() == title);
    joined([title].into_iter().chain(corner))
}

/// Whether a line introduces the table below it and is short enough for a title: "The practices in the area are:".
fn is_lead(text: &str) -> bool {
    text.ends_with(':') && text.split_whitespace().count() <= LEAD
}

/// The longest line, in words, that introduces a table and is part of its title. Longer ones are sentences about it.
const LEAD: usize = 16;

/// The cell over the labels of a table's rows, where it is the title of the table and not what its rows are:
/// "Complaint volumes", "Summary by month" and "A. Enrolments", but not "Service area".
fn corner(table: &Table) -> Option<&str> {
    let title = table.title.as_ref().map_or("", |title| title.text.trim());
    let mut rows = (0..table.header_rows.min(3)).map(|row| (row, table.text(row, 0).trim()));
    let (row, text) = rows.find(|(_, text)| !text.is_empty() && *text != title)?;
    let alone = table.cols > 1 && table.text(row, table.cols - 1).trim() != text;
    let words: Vec<&str> = text.split_whitespace().collect();
    let several = words.len() > 1 && words.last().is_some_and(|word| is_plural(word));
    let numbered = words.first().is_some_and(|word| matches!(word.as_bytes(), [b'A'..=b'Z', b'.']));
    let by = words.iter().skip(1).any(|word| pack().titles.by.has_folded(word));
    (alone && (several || numbered || by)).then_some(text)
}

fn is_plural(word: &str) -> bool {
    let folded = word.to_lowercase();
    word.chars().all(char::is_alphabetic) && pack().words.plural_ending.ends(&folded)
}

/// Whether a table lists the same rows as another on its page: it goes on with further columns.
fn has_rows_of(one: &Table, next: &Table) -> bool {
    let labels = |table: &Table| -> Vec<String> {
        (table.header_rows..table.rows).map(|row| table.text(row, 0).trim().to_owned()).collect()
    };
    let own = labels(next);
    one.place.page == next.place.page && own.len() > 2 && own == labels(one)
}
