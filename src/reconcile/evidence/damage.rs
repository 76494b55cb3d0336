//! Damage by reading, as the cells of a table show it: a numeral in two pieces, a cell that is gone, two cells in one, a row
//! without its figures. What fails by it says nothing of the publisher.

use super::Worked;
use super::size::figure;
use crate::lex::{CellKind, period};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::ids::TableIdx;
use crate::model::table::{Form, Table};
use crate::reconcile::relation::{Arithmetic, FigureId, OperandRole, Reading, Relation};
use crate::reconcile::solve::Fit;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A cell: its document, table, column and row.
type Position = (usize, TableIdx, usize, usize);

/// What of the tables of a run looks damaged.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    /// Cells that hold a numeral in pieces.
    torn: BTreeSet<Position>,
    /// Rows that have lost cells, or all their figures.
    rows: BTreeSet<(usize, TableIdx, usize)>,
    /// Rows that lost their blanks, where it is not decided in which columns their values stand.
    unplaced: BTreeSet<(usize, TableIdx, usize)>,
}

impl Damage {
    /// Looks at every cell, and at the rows of what fails.
    pub(crate) fn of(documents: &[Document], worked: &[Worked]) -> Damage {
        let mut damage = Damage::default();
        for (number, document) in documents.iter().enumerate() {
            for (index, table) in document.tables.entries() {
                damage.torn.extend(torn_cells(table).map(|(row, col)| (number, index, col, row)));
                // No way to place the values of a row that lost its blanks meets the totals.
                let lost = table.lost_blanks.iter().filter(|lost| lost.admitted == 0);
                damage.rows.extend(lost.map(|lost| (number, index, lost.row)));
                let unplaced = table.lost_blanks.iter().filter(|lost| lost.admitted > 1);
                damage.unplaced.extend(unplaced.map(|lost| (number, index, lost.row)));
                damage.rows.extend(has_torn_head(document, table).then_some((number, index, 0)));
            }
        }
        let mut known: HashMap<(usize, TableIdx), Rows> = HashMap::new();
        for one in worked.iter().filter(|one| one.fit() == Fit::Fails) {
            let Some(wanted) = Wanted::of(documents, one) else { continue };
            let table = documents.get(wanted.document).and_then(|d| d.tables.get(wanted.table));
            let Some(table) = table else { continue };
            let rows = known.entry((wanted.document, wanted.table)).or_insert_with(|| Rows::of(table));
            let found = wanted.damaged(rows).into_iter();
            damage.rows.extend(found.map(|row| (wanted.document, wanted.table, row)));
        }
        damage
    }

    /// Whether a relation rests on something damaged: one of its figures, or a row beside its parts that may have lost one.
    pub(crate) fn touches(&self, documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
        let ids = reading.operands.iter().map(|(_, id)| *id).chain(relation.published);
        let mut cells = ids.filter_map(|id| position(documents, id));
        let damaged =
            cells.any(|cell| self.torn.contains(&cell) || self.rows.contains(&(cell.0, cell.1, cell.3)));
        damaged || self.passes_over(documents, reading)
    }

    /// Whether a damaged cell stands among the parts that stand in a column, or at either end of them.
    fn passes_over(&self, documents: &[Document], reading: &Reading) -> bool {
        let several = summed(reading).count() > 1;
        let added = if several { OperandRole::Whole } else { OperandRole::Part };
        let parts = reading.operands.iter().filter(|(role, _)| *role == added);
        let cells: Vec<Position> = parts.filter_map(|(_, id)| position(documents, *id)).collect();
        let Some((document, table, col, _)) = cells.first().copied() else { return false };
        let down = cells.len() > 1 && cells.iter().all(|c| (c.0, c.1, c.2) == (document, table, col));
        let rows = || cells.iter().map(|cell| cell.3);
        let (Some(first), Some(last)) = (rows().min(), rows().max()) else { return false };
        let (first, last) = (first.saturating_sub(1), last + 1);
        let torn = || self.torn.range((document, table, col, first)..=(document, table, col, last)).next();
        let lost = || self.rows.range((document, table, first)..=(document, table, last)).next();
        let is_part = |at: &(usize, TableIdx, usize)| cells.iter().any(|cell| cell.3 == at.2);
        let mut open = self.unplaced.range((document, table, first)..=(document, table, last));
        down && (torn().is_some() || lost().is_some() || open.any(|at| !is_part(at)))
    }
}

fn position(documents: &[Document], id: FigureId) -> Option<Position> {
    let (table, row, col) = figure(documents, id)?.home.cell()?;
    Some((id.document(), table, col, row))
}

/// Whether a table has no heads and follows what can be a row of it: a title that ends in two numbers, or a line with the marks
/// between its cells. A row that lost its figures, or has a numeral in pieces, was not taken for one.
fn has_torn_head(document: &Document, table: &Table) -> bool {
    let title = table.title.as_ref().map_or("", |title| title.text.as_str());
    let words = title.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    let is_number = |word: &str| CellKind::of(word) == CellKind::Number && period::scan(word).is_empty();
    let numbered = words.rev().take(2).filter(|word| is_number(word)).count() > 1;
    let mark = match table.form {
        Form::Tabs => Some('\t'),
        Form::Slashes => Some('/'),
        Form::Pipes => Some('|'),
        _ => None,
    };
    let above = table.place.line.checked_sub(1).and_then(|line| document.line(line));
    let marked = mark.zip(above).is_some_and(|(mark, above)| above.text.contains(mark));
    table.header_rows == 0 && (numbered || marked)
}

/// The cells with a numeral in pieces, where few cells of their column hold two numbers.
fn torn_cells(table: &Table) -> impl Iterator<Item = (usize, usize)> + '_ {
    let body = || table.cells.iter().filter(|cell| !cell.header && cell.row() >= table.header_rows);
    let mut by_col: BTreeMap<usize, (usize, Vec<(usize, usize)>)> = BTreeMap::new();
    for cell in body() {
        let text = &cell.passage.text;
        if text.contains(|c: char| c.is_ascii_digit()) {
            let (numbers, torn) = by_col.entry(cell.col()).or_default();
            *numbers += 1;
            torn.extend(is_torn(text).then_some((cell.row(), cell.col())));
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
        for cell in table.cells.iter().filter(|cell| cell.row() >= table.header_rows) {
            // A lone unit is what is left of a number.
            let told = |c: char| c.is_alphanumeric() || matches!(c, '-' | '–' | '—' | '*');
            let body = cell.col() >= table.header_cols && cell.passage.text.contains(told);
            *filled.entry(cell.row()).or_default() += usize::from(body);
        }
        let mut counts: Vec<usize> = filled.values().copied().collect();
        counts.sort_unstable();
        let usual = counts.get(counts.len() / 2).copied().unwrap_or(0);
        Rows { table, filled, usual }
    }

    fn is_short(&self, row: usize) -> bool {
        self.filled.get(&row).is_some_and(|filled| *filled < self.usual)
    }

    /// Whether the value that a cell should have stands beside it, or within a numeral there: the cells after one that is gone
    /// have moved up, and two that nothing parts are one.
    fn explains(&self, row: usize, col: usize, wanted: &str) -> bool {
        let digits = |col: usize| digits(self.table.text(row, col));
        let holds =
            |own: String| own.len() > wanted.len() && (own.starts_with(wanted) || own.ends_with(wanted));
        let mut beside = [col.checked_sub(1), col.checked_add(1)].into_iter().flatten();
        let moved = |own: &str| own == wanted;
        !wanted.is_empty()
            && self.is_short(row)
            && (holds(digits(col)) || beside.any(|col| moved(&digits(col)) || holds(digits(col))))
    }

    /// The only row above another that has lost its figures: it has words, and stands after a row with figures. More rows
    /// without figures are the names of groups.
    fn emptied(&self, last: usize) -> Option<usize> {
        let mut empty = self
            .filled
            .range((self.table.header_rows + 1).min(last)..last)
            .filter(|(row, filled)| **filled == 0 && self.table.text(**row, 0).contains(char::is_alphabetic));
        let (row, _) = empty.next()?;
        empty.next().is_none().then_some(*row)
    }
}

/// How many rows to a part are looked at.
const SPARSE: usize = 8;

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The values that the cells of a column would need for what fails to hold: a sum, shares that make 100, or a single share or
/// change.
struct Wanted {
    document: usize,
    table: TableIdx,
    col: usize,
    /// By row; each value as its digits.
    needed: BTreeMap<usize, String>,
    /// What a cell that has no part would need, where the sum is too small.
    missed: Option<String>,
}

impl Wanted {
    fn of(documents: &[Document], one: &Worked) -> Option<Wanted> {
        let (reading, outcome) = one.tried.first()?;
        let total = reading.operands.iter().find(|(role, _)| *role == OperandRole::Total).map(|(_, id)| *id);
        let published = one.relation.published.or(total);
        match one.relation.arithmetic {
            Arithmetic::Sum => Wanted::by_parts(documents, reading, value(documents, published?)?, published),
            Arithmetic::Partition { exhaustive: true } => {
                Wanted::by_parts(documents, reading, Exact::from(100), None)
            }
            Arithmetic::Share if summed(reading).count() > 1 => Wanted::of_summed(documents, reading),
            Arithmetic::Share | Arithmetic::PercentChange(_) | Arithmetic::Difference(_) => {
                let (document, table, col, row) = position(documents, published?)?;
                let whole = outcome.computed.split('.').next().map(digits)?;
                Some(Wanted { document, table, col, needed: [(row, whole)].into(), missed: None })
            }
            Arithmetic::Same => {
                let cell = reading.operands.iter().find_map(|(_, id)| position(documents, *id));
                let (document, table, col, row) = cell?;
                let told = digits(&value(documents, published?)?.to_decimal(4));
                Some(Wanted { document, table, col, needed: [(row, told)].into(), missed: None })
            }
            _ => None,
        }
    }

    /// The numbers of a column that together are a whole: one can be gone, whatever it was.
    fn of_summed(documents: &[Document], reading: &Reading) -> Option<Wanted> {
        let cells: Option<Vec<Position>> = summed(reading).map(|id| position(documents, id)).collect();
        let cells = cells?;
        let (document, table, col, _) = *cells.first()?;
        let needed = cells.into_iter().map(|(.., row)| (row, String::new())).collect();
        Some(Wanted { document, table, col, needed, missed: Some(String::new()) })
    }

    fn by_parts(
        documents: &[Document],
        reading: &Reading,
        printed: Exact,
        total: Option<FigureId>,
    ) -> Option<Wanted> {
        let parts = reading.operands.iter().filter(|(role, _)| *role == OperandRole::Part);
        let parts: Vec<FigureId> = parts.map(|(_, id)| *id).collect();
        let sum: Exact = parts.iter().filter_map(|id| value(documents, *id)).sum();
        let missed = &printed - &sum;
        let (document, table, col, _) = position(documents, *parts.first()?)?;
        let own = |id: FigureId| {
            position(documents, id).filter(|at| (at.0, at.1, at.2) == (document, table, col)).map(|at| at.3)
        };
        let text = |value: &Exact| digits(&value.to_decimal(4));
        let mut needed = BTreeMap::new();
        for id in parts {
            let row = own(id)?;
            needed.extend(value(documents, id).map(|value| (row, text(&(&value + &missed)))));
        }
        needed.extend(total.and_then(own).map(|row| (row, text(&sum))));
        let missed = (!missed.is_negative()).then(|| text(&missed));
        Some(Wanted { document, table, col, needed, missed })
    }

    /// The rows by whose damage it fails.
    fn damaged(&self, rows: &Rows) -> Vec<usize> {
        let explained = self.needed.iter().filter(|(row, digits)| rows.explains(**row, self.col, digits));
        let mut found: Vec<usize> = explained.map(|(row, _)| *row).collect();
        let ends = self.needed.first_key_value().zip(self.needed.last_key_value());
        if let (Some(missed), Some(((first, _), (last, _)))) = (&self.missed, ends) {
            // Parts far from each other in a long table would be looked at once for each sum.
            let near = last - first <= SPARSE * (self.needed.len() + 1);
            let around = first.saturating_sub(1)..=last + 1;
            let without = around.filter(|row| near && !self.needed.contains_key(row));
            found.extend(without.filter(|row| rows.explains(*row, self.col, missed)));
            found.extend(near.then(|| rows.emptied(*last)).flatten());
        }
        found
    }
}

/// The numbers of cases that make up a whole.
fn summed(reading: &Reading) -> impl Iterator<Item = FigureId> + '_ {
    reading.operands.iter().filter(|(role, _)| *role == OperandRole::Whole).map(|(_, id)| *id)
}

fn value(documents: &[Document], id: FigureId) -> Option<Exact> {
    figure(documents, id)?.quantity.value.clone()
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
