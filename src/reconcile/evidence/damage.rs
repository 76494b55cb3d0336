//! Damage by reading, as the cells of a table show it: a numeral in two pieces, a cell that is gone, two cells in one, a row
//! without its figures. What fails by it says nothing of the publisher.

use super::Worked;
use super::size::figure;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Home;
use crate::model::ids::TableIdx;
use crate::model::table::Table;
use crate::reconcile::relation::{Arithmetic, FigureId, OperandRole, Reading, Relation};
use crate::reconcile::solve::Fit;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A cell: its document, table, row and column.
type Position = (usize, TableIdx, usize, usize);

/// What of the tables of a run looks damaged.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    /// Cells that hold a numeral in pieces.
    torn: HashSet<Position>,
    /// Rows that have lost cells, or all their figures.
    rows: BTreeSet<(usize, TableIdx, usize)>,
}

impl Damage {
    /// Looks at every cell, and at the rows of the sums that fail.
    pub(crate) fn of(documents: &[Document], worked: &[Worked]) -> Damage {
        let mut damage = Damage::default();
        for (number, document) in documents.iter().enumerate() {
            for (index, table) in document.tables.entries() {
                damage.torn.extend(torn_cells(table).map(|(row, col)| (number, index, row, col)));
            }
        }
        let mut rows: HashMap<(usize, TableIdx), Rows> = HashMap::new();
        for one in worked.iter().filter(|one| one.fit() == Fit::Fails) {
            let Some(sum) = Column::of(documents, one) else { continue };
            let Some(table) = documents.get(sum.document).and_then(|d| d.tables.get(sum.table)) else {
                continue;
            };
            let rows = rows.entry((sum.document, sum.table)).or_insert_with(|| Rows::of(table));
            let found = sum.damaged(rows).into_iter().map(|row| (sum.document, sum.table, row));
            damage.rows.extend(found);
        }
        damage
    }

    /// Whether a relation rests on something damaged: one of its figures, or a row among its parts that may have lost one.
    pub(crate) fn touches(&self, documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
        let ids = reading.operands.iter().map(|(_, id)| *id).chain(relation.published);
        let cells: Vec<Position> = ids.filter_map(|id| position(documents, id)).collect();
        let is_damaged = |(document, table, row, col): &Position| {
            self.torn.contains(&(*document, *table, *row, *col))
                || self.rows.contains(&(*document, *table, *row))
        };
        cells.iter().any(is_damaged) || self.passes_over(&cells)
    }

    /// Whether cells of one column stand above and below a damaged row.
    fn passes_over(&self, cells: &[Position]) -> bool {
        let Some((document, table, _, col)) = cells.first() else { return false };
        let down = cells.len() > 2 && cells.iter().all(|c| (c.0, c.1, c.3) == (*document, *table, *col));
        let rows = || cells.iter().map(|cell| cell.2);
        let (Some(first), Some(last)) = (rows().min(), rows().max()) else { return false };
        down && self.rows.range((*document, *table, first)..=(*document, *table, last)).next().is_some()
    }
}

fn position(documents: &[Document], id: FigureId) -> Option<Position> {
    match figure(documents, id)?.home {
        Home::Cell { table, row, col, .. } => Some((id.document, table, row, col)),
        Home::Prose { .. } => None,
    }
}

/// The cells with a numeral in pieces, where few cells of their column hold two numbers.
fn torn_cells(table: &Table) -> impl Iterator<Item = (usize, usize)> + '_ {
    let body = || table.cells.iter().filter(|cell| !cell.header && cell.row >= table.header_rows);
    let mut by_col: BTreeMap<usize, (usize, Vec<(usize, usize)>)> = BTreeMap::new();
    for cell in body() {
        let text = &cell.passage.text;
        if text.contains(|c: char| c.is_ascii_digit()) {
            let (numbers, torn) = by_col.entry(cell.col).or_default();
            *numbers += 1;
            torn.extend(is_torn(text).then_some((cell.row, cell.col)));
        }
    }
    by_col.into_values().filter(|(numbers, torn)| torn.len() * 3 <= *numbers).flat_map(|(_, torn)| torn)
}

/// Whether a blank stands within a numeral where no separator of thousands can be: "2 68", "1 ,487".
fn is_torn(text: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ');
    let words: Vec<&str> = text.split_whitespace().collect();
    let between_words = words.split(|word| word.contains(char::is_alphabetic)).map(|run| run.join(" "));
    let is_torn = |run: &str| {
        let mut pieces = run.split_whitespace();
        let Some(first) = pieces.next().filter(|first| first.starts_with(|c: char| c.is_ascii_digit()))
        else {
            return false;
        };
        let whole = |piece: &str| piece.split('.').next().map_or(0, str::len);
        let grouped = first.len() <= 3 && first.bytes().all(|b| b.is_ascii_digit());
        pieces.any(|piece| {
            let marked = piece.starts_with([',', '.']) && piece.len() > 1;
            let continues = piece.starts_with(|c: char| c.is_ascii_digit());
            marked || continues && !(grouped && whole(piece) == 3)
        })
    };
    between_words.into_iter().any(|run| run.split(|c| !numeral(c)).any(is_torn))
}

/// The rows of a table, as far as damage shows in them.
struct Rows<'a> {
    table: &'a Table,
    /// How many cells of each row are filled.
    filled: BTreeMap<usize, usize>,
    /// How many most rows have.
    usual: usize,
}

impl<'a> Rows<'a> {
    fn of(table: &'a Table) -> Rows<'a> {
        let mut filled: BTreeMap<usize, usize> = BTreeMap::new();
        for cell in table.cells.iter().filter(|cell| cell.row >= table.header_rows) {
            let body = cell.col >= table.header_cols && !cell.passage.text.trim().is_empty();
            *filled.entry(cell.row).or_default() += usize::from(body);
        }
        let mut counts: Vec<usize> = filled.values().copied().collect();
        counts.sort_unstable();
        let usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
        Rows { table, filled, usual }
    }

    fn is_short(&self, row: usize) -> bool {
        self.filled.get(&row).is_some_and(|filled| *filled < self.usual)
    }

    /// Whether the value that a cell should have stands beside it, or within the numeral of the cell: cells after one that
    /// is gone have moved up, and two that nothing parts are one.
    fn explains(&self, row: usize, col: usize, needed: &Exact) -> bool {
        let text = |col: usize| self.table.text(row, col);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let wanted = digits(&needed.to_decimal(4));
        if wanted.is_empty() || !self.is_short(row) {
            return false;
        }
        let around = [col.checked_sub(1), col.checked_add(1)].into_iter().flatten();
        let moved = around.map(text).any(|text| digits(text) == wanted);
        let own = digits(text(col));
        let merged = own.len() > wanted.len() && (own.starts_with(&wanted) || own.ends_with(&wanted));
        moved || merged
    }

    /// The only row between others that has lost its figures: it has words, and stands after a row with figures. More rows
    /// without figures are the names of groups.
    fn emptied(&self, first: usize, last: usize) -> Option<usize> {
        let mut empty = self
            .filled
            .range(first..last)
            .filter(|(row, filled)| **filled == 0 && self.table.text(**row, 0).contains(char::is_alphabetic));
        let (row, _) = empty.next()?;
        empty.next().is_none().then_some(*row)
    }
}

/// A sum of the cells of a column that fails, or shares of one column that do not make 100.
struct Column {
    document: usize,
    table: TableIdx,
    col: usize,
    /// The rows of its cells, each with the value that would mend the sum.
    needed: Vec<(usize, Exact)>,
    /// It is less than what is printed.
    short: bool,
}

impl Column {
    fn of(documents: &[Document], one: &Worked) -> Option<Column> {
        let (reading, _) = one.tried.first()?;
        let parts =
            || reading.operands.iter().filter(|(role, _)| *role == OperandRole::Part).map(|(_, id)| *id);
        let value = |id: FigureId| figure(documents, id).and_then(|f| f.quantity.value.clone());
        let sum: Exact = parts().filter_map(value).sum();
        let total = reading.operands.iter().find(|(role, _)| *role == OperandRole::Total).map(|(_, id)| *id);
        let total = one.relation.published.or(total);
        let printed = match one.relation.arithmetic {
            Arithmetic::Sum => total.and_then(value)?,
            Arithmetic::Partition { exhaustive: true } => Exact::from(100),
            _ => return None,
        };
        let missed = &printed - &sum;
        let (document, table, _, col) = position(documents, parts().next()?)?;
        let mut needed = Vec::new();
        for id in parts() {
            let at = position(documents, id).filter(|at| (at.0, at.1, at.3) == (document, table, col))?;
            needed.extend(value(id).map(|value| (at.2, &value + &missed)));
        }
        let own = total.filter(|_| one.relation.arithmetic == Arithmetic::Sum);
        let own = own
            .and_then(|id| position(documents, id))
            .filter(|at| (at.0, at.1, at.3) == (document, table, col));
        needed.extend(own.map(|at| (at.2, sum)));
        Some(Column { document, table, col, needed, short: !missed.is_negative() })
    }

    /// The rows by whose damage it fails.
    fn damaged(&self, rows: &Rows) -> Vec<usize> {
        let explained = self.needed.iter().filter(|(row, needed)| rows.explains(*row, self.col, needed));
        let mut found: Vec<usize> = explained.map(|(row, _)| *row).collect();
        let ends = self.needed.iter().map(|(row, _)| *row);
        if let (true, Some(first), Some(last)) = (self.short, ends.clone().min(), ends.max()) {
            found.extend(rows.emptied(first, last));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_within_a_numeral_is_a_tear_unless_it_parts_thousands() {
        for text in ["2 68", "5 00", "(1 ,487)", "76 (8 8)", "4 7.3%", "1 2 345", "12 34%"] {
            assert!(is_torn(text), "{text}");
        }
        for text in ["1 524", "2 614.20", "12 345 678", "45 (12%)", "2021 – 22", "£4,500", "n/a", "Q1 21"]
        {
            assert!(!is_torn(text), "{text}");
        }
    }
}
