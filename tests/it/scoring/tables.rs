//! Tables, scored by the right number in the right place.

use super::plain;
use crossfoot::internal::report::schema::Table;
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A table as its author meant it.
#[derive(Deserialize)]
pub struct Grid {
    grid: Vec<Vec<String>>,
    #[serde(default = "one")]
    header_rows: usize,
    #[serde(default = "one")]
    header_cols: usize,
}

fn one() -> usize {
    1
}

/// A row's label, a column's head and the number that stands there.
type Triple = (String, String, String);

/// The F1 of the triples, in thousandths.
pub fn score(want: &[Grid], have: &[Table]) -> usize {
    let want: Vec<Triple> = want.iter().flat_map(Grid::triples).collect();
    let mut have: Vec<Triple> = have.iter().flat_map(|table| grid(table).triples()).collect();
    let all = want.len() + have.len();
    let hits = want.iter().filter(|wanted| take(wanted, &mut have)).count();
    // A document without a table, read as one without a table, is read well.
    (2000 * hits).checked_div(all).unwrap_or(1000)
}

fn take(want: &Triple, have: &mut Vec<Triple>) -> bool {
    let found =
        have.iter().position(|have| want.2 == have.2 && alike(&want.0, &have.0) && alike(&want.1, &have.1));
    found.map(|index| have.remove(index)).is_some()
}

/// One label may contain the other: units and lines of heads are joined in more than one way.
fn alike(a: &str, b: &str) -> bool {
    a == b || (!a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a)))
}

impl Grid {
    fn triples(&self) -> Vec<Triple> {
        let mut triples = Vec::new();
        for row in self.grid.iter().skip(self.header_rows) {
            let label = letters(row.iter().take(self.header_cols));
            for (col, cell) in row.iter().enumerate().skip(self.header_cols) {
                let Some(number) = number(cell) else { continue };
                let head = self.grid.iter().take(self.header_rows).filter_map(|row| row.get(col));
                triples.push((label.clone(), letters(head), number));
            }
        }
        triples
    }
}

fn grid(table: &Table) -> Grid {
    let rows = table.cells.iter().map(|cell| cell.row + cell.row_span).max().unwrap_or(0);
    let cols = table.cells.iter().map(|cell| cell.col + cell.col_span).max().unwrap_or(0);
    let mut grid = vec![vec![String::new(); cols]; rows];
    for cell in &table.cells {
        for row in &mut grid[cell.row..cell.row + cell.row_span] {
            for place in &mut row[cell.col..cell.col + cell.col_span] {
                place.clone_from(&cell.text);
            }
        }
    }
    let heads: BTreeSet<(usize, usize)> =
        table.cells.iter().filter(|cell| cell.header).map(|cell| (cell.row, cell.col)).collect();
    // A row of heads and nothing else: a row of the body has heads at its left only.
    let bodied: BTreeSet<usize> = table.cells.iter().filter(|c| !c.header).map(|c| c.row).collect();
    let is_head = |row: usize| !bodied.contains(&row) && (1..cols).any(|col| heads.contains(&(row, col)));
    let head_rows = (0..rows).take_while(|&row| is_head(row)).count();
    let labelled = heads.is_empty() || (head_rows..rows).any(|row| heads.contains(&(row, 0)));
    let wordy = grid.last().and_then(|row| row.first()).is_some_and(|cell| number(cell).is_none());
    Grid {
        grid,
        header_rows: if heads.is_empty() { 1 } else { head_rows },
        header_cols: usize::from(labelled || wordy),
    }
}

/// The number of a cell that holds exactly one.
fn number(cell: &str) -> Option<String> {
    static NUMERAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d[\d,]*(?:\.\d+)?").unwrap());
    let mut found = NUMERAL.find_iter(cell);
    let first = found.next()?;
    found.next().is_none().then(|| plain(first.as_str()))
}

/// Letters and digits only, case folded.
fn letters<'a>(cells: impl Iterator<Item = &'a String>) -> String {
    let lower = cells.flat_map(|cell| cell.chars()).flat_map(char::to_lowercase);
    lower.filter(char::is_ascii_alphanumeric).collect()
}
