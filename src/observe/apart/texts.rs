//! The texts of tables and blocks by which figures are told apart.

use super::Around;
use crate::lex::is_year;
use crate::model::figure::{Figure, Home};
use crate::model::ids::TableIdx;
use crate::model::table::{Cell, Table};
use std::collections::BTreeMap;

/// How many blocks up the words are looked for under which a figure stands that has none in its own block: a list of
/// bare numbers under the name of their row.
const NEAR: usize = 4;

/// How many texts above a figure are the head of its column: heads without a mark of their own take up to so many rows.
const HEADS: usize = 3;

/// The texts around figures. Those of a table are gathered when its first figure is asked for.
pub(super) struct Texts<'a> {
    around: &'a Around<'a>,
    tables: BTreeMap<TableIdx, InTable<'a>>,
}

/// The texts of one table.
#[derive(Default)]
struct InTable<'a> {
    /// By row, its label.
    rows: Vec<String>,
    /// By row, the label of the group that it stands in.
    groups: Vec<Option<usize>>,
    /// By column, the texts that stand in it with their rows, from the top.
    columns: Vec<Vec<(usize, &'a str)>>,
}

impl<'a> Texts<'a> {
    pub fn of(around: &'a Around<'a>) -> Texts<'a> {
        Texts { around, tables: BTreeMap::new() }
    }

    /// The texts of a table.
    fn table(&mut self, index: TableIdx) -> Option<&InTable<'a>> {
        let table = self.around.layout.tables.get(index)?;
        Some(self.tables.entry(index).or_insert_with(|| InTable::of(table)))
    }

    /// What the row of a figure is called: its heads and its other texts and years.
    pub fn row(&mut self, figure: &Figure) -> Option<String> {
        let (index, row, _) = figure.home.cell()?;
        self.table(index)?.rows.get(row).cloned()
    }

    /// What the column of a figure is called: the nearest texts and years above the figure, or those of the table above,
    /// where it has as many columns.
    pub fn column(&mut self, figure: &Figure) -> Option<String> {
        let (index, row, col) = figure.home.cell()?;
        let width = self.around.layout.tables.get(index)?.cols;
        let mut of = Some(index);
        for below in [row, usize::MAX, usize::MAX] {
            let Some(index) = of else { break };
            let text = self.table(index)?.heads(below, col);
            if !text.is_empty() {
                return Some(text);
            }
            let same =
                |index: &TableIdx| self.around.layout.tables.get(*index).is_some_and(|t| t.cols == width);
            of = index.minus(1).filter(same);
        }
        Some(String::new())
    }

    /// The line that heads the group of rows in which a figure stands.
    pub fn group(&mut self, figure: &Figure) -> Option<String> {
        let (index, row, _) = figure.home.cell()?;
        let texts = self.table(index)?;
        Some(texts.groups.get(row)?.and_then(|at| texts.rows.get(at)).cloned().unwrap_or_default())
    }

    /// The title of the table of a figure, or else the name of its sheet.
    pub fn title(&mut self, figure: &Figure) -> Option<String> {
        let (index, ..) = figure.home.cell()?;
        let table = self.around.layout.tables.get(index)?;
        let sheet = || self.around.sheet?.name(table.place.page);
        let title = table.title.as_ref().map(|title| title.text.as_str());
        let texts: Vec<&str> = [sheet(), title].into_iter().flatten().collect();
        Some(texts.join(" / "))
    }

    /// The words that open the paragraph of a figure, or the nearest block above that has words.
    pub fn opening(&mut self, figure: &Figure) -> Option<String> {
        let Home::Prose { block, .. } = figure.home else { return None };
        let above = (0..NEAR).filter_map(|back| self.around.layout.blocks.get(block.minus(back)?));
        Some(
            above
                .map(|block| opening(&block.passage.text))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned(),
        )
    }
}

/// The words that open a text, up to its first number or mark.
fn opening(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, ':' | ',' | '.' | '('));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default().trim()
}

impl<'a> InTable<'a> {
    /// The nearest texts in a column above a row.
    fn heads(&self, row: usize, col: usize) -> String {
        let above = self.columns.get(col).map_or(&[][..], Vec::as_slice);
        let end = above.partition_point(|(at, _)| *at < row);
        let near =
            above.get(end.saturating_sub(HEADS)..end).unwrap_or_default().iter().map(|(_, text)| *text);
        near.collect::<Vec<_>>().join(" ")
    }

    fn of(table: &'a Table) -> InTable<'a> {
        let mut texts = InTable { columns: vec![Vec::new(); table.cols], ..InTable::default() };
        texts.rows.resize(table.rows, String::new());
        let mut head = None;
        for cells in table.cells.chunk_by(|a, b| a.row == b.row) {
            let Some(row) = cells.first().map(|cell| cell.row) else { continue };
            for cell in cells.iter().filter(|cell| !is_number(cell) || is_year(cell.passage.text.trim())) {
                let column = texts.columns.get_mut(cell.col);
                column.into_iter().for_each(|column| column.push((row, cell.passage.text.trim())));
            }
            let label = label_of(table, cells);
            texts.groups.resize(row, head);
            let filled = cells.iter().filter(|cell| !cell.passage.text.trim().is_empty()).count();
            let alone = filled == 1 && row >= table.header_rows && label.contains(char::is_alphabetic);
            head = if alone { Some(row) } else { head };
            texts.groups.push(head.filter(|at| *at != row));
            texts.rows.get_mut(row).into_iter().for_each(|text| text.clone_from(&label));
        }
        texts.groups.resize(table.rows, head);
        texts
    }
}

/// Whether a cell holds a number or nothing.
fn is_number(cell: &Cell) -> bool {
    !cell.passage.text.contains(char::is_alphabetic)
}

/// The label of a row whose cells these are. The year of a row can stand behind its numbers.
fn label_of(table: &Table, cells: &[Cell]) -> String {
    let is_label =
        |cell: &&Cell| cell.col < table.header_cols || !is_number(cell) || is_year(cell.passage.text.trim());
    let texts = cells.iter().filter(is_label).map(|cell| cell.passage.text.trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
