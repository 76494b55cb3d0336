//! The texts of tables and blocks by which figures are told apart.

use super::Around;
use crate::lex::is_year;
use crate::model::block::{Block, BlockKind};
use crate::model::figure::{Figure, Home};
use crate::model::ids::{BlockIdx, TableIdx};
use crate::model::sheet::Sheet;
use crate::model::table::{Cell, Table};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many blocks up the words are looked for under which a figure stands that has none in its own block: a list of
/// bare numbers under the name of their row.
const NEAR: usize = 4;

/// How many texts above a figure are the head of its column: heads without a mark of their own take up to so many rows.
const HEADS: usize = 3;

/// So many numbers that rise are a list. Of five that stand in any order, 1 in 120 rises.
const LIST: usize = 5;

/// The texts around figures. Those of a table are gathered when its first figure is asked for.
pub(super) struct Texts<'a> {
    around: &'a Around<'a>,
    tables: BTreeMap<TableIdx, InTable<'a>>,
    /// By table and column of a sheet, the nearest table above that has heads there.
    headed: FxHashMap<(TableIdx, usize), Option<TableIdx>>,
    /// The title of the table that was asked for last.
    title: Option<(TableIdx, Arc<str>)>,
}

/// The texts of one table.
#[derive(Default)]
struct InTable<'a> {
    /// By row, its label.
    rows: Vec<Arc<str>>,
    /// By row, the row that names the group that it stands in.
    groups: Vec<Option<usize>>,
    /// By row, the row of which it is a part.
    wholes: Vec<Option<usize>>,
    /// By column, the heads that stand in it with their rows, from the top.
    columns: Vec<Vec<(usize, &'a str)>>,
    /// A row with numbers has been met below the heads.
    begun: bool,
    /// Most columns have heads.
    headed: bool,
    /// On a sheet, the column of the sheet in which the table begins.
    first_col: Option<usize>,
    /// The column that lists the rows, with their numbers.
    listed: Option<(usize, BTreeMap<usize, &'a str>)>,
}

impl<'a> Texts<'a> {
    pub fn of(around: &'a Around<'a>) -> Texts<'a> {
        Texts { around, tables: BTreeMap::new(), headed: FxHashMap::default(), title: None }
    }

    /// The texts of a table.
    fn table(&mut self, index: TableIdx) -> Option<&InTable<'a>> {
        let table = self.around.layout.tables.get(index)?;
        Some(self.tables.entry(index).or_insert_with(|| InTable::of(table, self.around.sheet)))
    }

    /// What the row of a figure is called: its heads and its other texts and years.
    pub fn row(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let (index, row, _) = figure.home.cell()?;
        self.table(index)?.rows.get(row).cloned()
    }

    /// What the column of a figure is called: the nearest heads above the figure, or those of a table above.
    pub fn column(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let (index, row, col) = figure.home.cell()?;
        let own = self.table(index)?.heads(row, col);
        let further = if own.is_empty() { self.column_above(index, col) } else { None };
        Some(further.unwrap_or(own).into())
    }

    /// The heads of a column in a table above: on a sheet, in the nearest one that has heads in that column of the
    /// sheet; else in one of the two before, where they have as many columns.
    fn column_above(&mut self, index: TableIdx, col: usize) -> Option<String> {
        if let Some(at) = self.table(index)?.first_col {
            let above = self.headed_above(index, at + col)?;
            let texts = self.table(above)?;
            return Some(texts.heads(usize::MAX, (at + col).checked_sub(texts.first_col?)?));
        }
        let width = self.around.layout.tables.get(index)?.cols;
        for back in 1..=2 {
            let above = index.minus(back)?;
            self.around.layout.tables.get(above).filter(|table| table.cols == width)?;
            let text = self.table(above)?.heads(usize::MAX, col);
            if !text.is_empty() {
                return Some(text);
            }
        }
        None
    }

    /// The nearest table above on the same sheet that has heads over most of its columns, and over this column of the sheet.
    fn headed_above(&mut self, index: TableIdx, col: usize) -> Option<TableIdx> {
        let page = self.around.layout.tables.get(index)?.place.page;
        let mut passed = Vec::new();
        let mut next = Some(index);
        let mut found = None;
        while let Some(below) = next {
            if let Some(known) = self.headed.get(&(below, col)) {
                found = *known;
                break;
            }
            passed.push(below);
            next = below.minus(1);
            let Some(above) = next else { break };
            if self.around.layout.tables.get(above).is_none_or(|table| table.place.page != page) {
                break;
            }
            if self.table(above)?.heads_over(col) {
                found = next;
                break;
            }
        }
        self.headed.extend(passed.into_iter().map(|below| ((below, col), found)));
        found
    }

    /// The line that heads the group of rows in which a figure stands.
    pub fn group(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let (index, row, _) = figure.home.cell()?;
        let texts = self.table(index)?;
        Some(texts.groups.get(row)?.and_then(|at| texts.rows.get(at)).cloned().unwrap_or_default())
    }

    /// The row above of which the row of a figure is a part: where a row has no label, or one that comes again and again
    /// ("Full-time, part-time" under each kind of staff), that is the nearest row whose label comes once.
    pub fn whole(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let (index, row, _) = figure.home.cell()?;
        let texts = self.table(index)?;
        Some(texts.wholes.get(row)?.and_then(|at| texts.rows.get(at)).cloned().unwrap_or_default())
    }

    /// The number that names the row of a figure in a list of ages, sizes or codes.
    pub fn listed(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let (index, row, col) = figure.home.cell()?;
        let texts = self.table(index)?;
        let of = texts.listed.iter().find(|(at, _)| *at != col)?;
        Some(of.1.get(&row).copied().unwrap_or_default().into())
    }

    /// The title of the table of a figure, or else the text right above it on its sheet, and the name of its sheet.
    pub fn title(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let (index, ..) = figure.home.cell()?;
        if let Some((_, known)) = self.title.as_ref().filter(|(of, _)| *of == index) {
            return Some(Arc::clone(known));
        }
        let table = self.around.layout.tables.get(index)?;
        let sheet = || self.around.sheet?.name(table.place.page);
        let title = table.title.as_ref().map(|title| title.text.as_str());
        let title = title.or_else(|| self.right_above(table));
        let texts: Vec<&str> = [sheet(), title].into_iter().flatten().collect();
        let title: Arc<str> = texts.join(" / ").into();
        self.title = Some((index, Arc::clone(&title)));
        Some(title)
    }

    /// The lone text that stands right above a table of a sheet.
    fn right_above(&self, table: &Table) -> Option<&'a str> {
        self.around.sheet?;
        let blocks = &self.around.layout.blocks;
        let line = (table.place.line as usize).checked_sub(1)?;
        let end = blocks.partition_point(|block| block.lines.start < line);
        let above = blocks.get(BlockIdx::from(end).minus(1)?)?;
        let is_text = !matches!(above.kind, BlockKind::Table(_) | BlockKind::Note);
        is_text.then_some(above.passage.text.as_str())
    }

    /// The words that open the paragraph of a figure, or the nearest block above that has words.
    pub fn opening(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let Home::Prose { block, .. } = figure.home else { return None };
        let above = (0..NEAR).filter_map(|back| self.around.layout.blocks.get(block.minus(back)?));
        Some(
            above
                .map(|block| opening(&block.passage.text))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .into(),
        )
    }

    /// The first words of the text above the paragraph of a figure, where the paragraph stands in brackets: it says more of
    /// what is above. That is a row of a table, where the paragraph stands between the rows.
    pub fn bracketed(&mut self, figure: &Figure) -> Option<Arc<str>> {
        let Home::Prose { block, .. } = figure.home else { return None };
        let blocks = &self.around.layout.blocks;
        let is_bracketed = |block: &&Block| block.passage.text.starts_with('(');
        let Some(own) = blocks.get(block).filter(is_bracketed) else { return Some(Arc::default()) };
        let mut above = (1..).map_while(|back| blocks.get(block.minus(back)?));
        let above = above.find(|block| !is_bracketed(block));
        let words = match above.map(|block| (block, block.kind)) {
            Some((_, BlockKind::Table(index))) => {
                let cells = &self.around.layout.tables.get(index)?.cells;
                let line = |cell: &&Cell| cell.passage.whole().line as usize;
                let row = cells.iter().rev().find(|cell| line(cell) <= own.lines.start)?.row();
                &**self.table(index)?.rows.get(row)?
            }
            Some((block, _)) => block.passage.text.trim_start_matches(|c: char| !c.is_alphabetic()),
            None => "",
        };
        Some(opening(words).into())
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

    fn of(table: &'a Table, sheet: Option<&Sheet>) -> InTable<'a> {
        let mut texts = InTable { columns: vec![Vec::new(); table.cols], ..InTable::default() };
        texts.rows.resize(table.rows, Arc::default());
        let mut head = None;
        for cells in table.cells.chunk_by(|a, b| a.row() == b.row()) {
            let Some(row) = cells.first().map(|cell| cell.row()) else { continue };
            texts.add_heads(table, cells);
            let label = label_of(table, cells);
            texts.groups.resize(row, head);
            let filled = cells.iter().filter(|cell| !cell.passage.text.trim().is_empty()).count();
            let alone = filled == 1 && row >= table.header_rows && label.contains(char::is_alphabetic);
            head = if alone { Some(row) } else { head };
            texts.groups.push(head.filter(|at| *at != row));
            texts.rows.get_mut(row).into_iter().for_each(|text| *text = label.as_str().into());
        }
        texts.groups.resize(table.rows, head);
        let with_heads = texts.columns.iter().filter(|heads| !heads.is_empty()).count();
        texts.headed = with_heads > 1 && with_heads * 2 > table.cols;
        texts.wholes = wholes(&texts.rows, table.header_rows);
        texts.listed = listed(table);
        let begins = |cell: &Cell| sheet?.cell_at(cell.passage.whole())?.1.checked_sub(cell.col());
        texts.first_col = table.cells.iter().find_map(begins);
        texts
    }

    /// Whether most of its columns have heads, and a column of the sheet is one of these.
    fn heads_over(&self, col: usize) -> bool {
        let within = self.first_col.and_then(|first| self.columns.get(col.checked_sub(first)?));
        self.headed && within.is_some_and(|heads| !heads.is_empty())
    }

    /// Adds what the cells of a row say of their columns. A row with numbers says nothing of them below the heads, because
    /// its words are those of the row, unless it is the first and lists ages or sizes.
    fn add_heads(&mut self, table: &Table, cells: &'a [Cell]) {
        let says = |cell: &&Cell| !is_number(cell) || is_year(cell.passage.text.trim());
        let is_body = |cell: &Cell| is_numeral(cell) && !says(&cell);
        let Some(row) = cells.first().map(|cell| cell.row()) else { return };
        let mut lists = false;
        if row >= table.header_rows && cells.iter().any(is_body) {
            let numbers = cells.iter().filter(|cell| is_numeral(cell)).map(|cell| cell.passage.text.trim());
            lists = !self.begun && rises(&numbers.collect::<Vec<_>>());
            self.begun = true;
            if !lists {
                return;
            }
        }
        for cell in cells.iter().filter(|cell| says(cell) || lists && is_numeral(cell)) {
            let covered = self.columns.get_mut(cell.col()..cell.cols().end.min(table.cols));
            covered.into_iter().flatten().for_each(|column| column.push((row, cell.passage.text.trim())));
        }
    }
}

/// By row, the nearest row above whose label comes once, for rows whose label comes several times or that have none.
fn wholes(labels: &[Arc<str>], header_rows: usize) -> Vec<Option<usize>> {
    let mut times: FxHashMap<&str, usize> = FxHashMap::default();
    labels.iter().for_each(|label| *times.entry(label).or_default() += 1);
    let mut last = None;
    let whole = labels.iter().enumerate().map(|(row, label)| {
        let once = !label.is_empty() && times.get(&**label) == Some(&1);
        last = if once && row >= header_rows { Some(row) } else { last };
        last.filter(|_| !once)
    });
    whole.collect()
}

/// The first column that holds numbers, where these rise from row to row: it lists the rows.
fn listed(table: &Table) -> Option<(usize, BTreeMap<usize, &str>)> {
    let body = || table.cells.iter().filter(|cell| cell.row() >= table.header_rows && is_numeral(cell));
    let first = body().map(|cell| cell.col()).min()?;
    let cells: Vec<&Cell> = body().filter(|cell| cell.col() == first).collect();
    let numbers: BTreeMap<usize, &str> =
        cells.iter().map(|cell| (cell.row(), cell.passage.text.trim())).collect();
    rises(&numbers.values().copied().collect::<Vec<_>>()).then_some((first, numbers))
}

/// Whether numbers are a list of ages, sizes or codes: they are whole and rise, except where a group ends. Codes are in the
/// order of their digits ("01, 011, 0111, 02").
fn rises(numbers: &[&str]) -> bool {
    let pairs = || numbers.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    let by_value = pairs().filter(|(a, b)| (a.len(), *a) < (b.len(), *b)).count();
    let by_digits = pairs().filter(|(a, b)| a < b).count();
    let whole = || numbers.iter().all(|text| text.bytes().all(|digit| digit.is_ascii_digit()));
    numbers.len() >= LIST && by_value.max(by_digits) * 10 >= pairs().count() * 9 && whole()
}

/// Whether a cell holds a number or nothing.
fn is_number(cell: &Cell) -> bool {
    !cell.passage.text.contains(char::is_alphabetic)
}

/// Whether a cell holds a number.
fn is_numeral(cell: &Cell) -> bool {
    is_number(cell) && cell.passage.text.contains(|c: char| c.is_ascii_digit())
}

/// The label of a row whose cells these are. The year of a row can stand behind its numbers.
fn label_of(table: &Table, cells: &[Cell]) -> String {
    let is_label = |cell: &&Cell| {
        cell.col() < table.header_cols || !is_number(cell) || is_year(cell.passage.text.trim())
    };
    let texts = cells.iter().filter(is_label).map(|cell| cell.passage.text.trim());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}
