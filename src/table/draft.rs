//! A table that is being made: a grid of passages, from which head columns, totals, flags and the place are found.

use super::totals;
use crate::lex::numeral::is_count_by_name;
use crate::lex::{CellKind, is_year};
use crate::model::table::{Cell, Form, LostBlanks, Reach, Table};
use crate::model::text::{Passage, Place};
use crate::pack::pack;
use std::collections::{HashMap, HashSet};

/// What a reader knows of a table.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Every row of the grid, head rows first; rows may be ragged.
    pub(super) rows: Vec<Vec<Passage>>,
    /// How many rows are heads, where the reader knows it.
    pub(super) header_rows: Option<usize>,
    /// How many columns are heads, where the reader knows it.
    pub(super) header_cols: Option<usize>,
    pub(super) title: Option<Passage>,
    pub(super) reaches: Vec<Reach>,
    pub(super) lost_blanks: Vec<LostBlanks>,
}

impl Draft {
    /// The finished table; `None` where the grid has fewer than two positions.
    pub(super) fn finish(mut self, form: Form) -> Option<Table> {
        let cols = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        if self.rows.is_empty() || cols < 2 {
            return None;
        }
        if let Some(first) = counts_by_name(&self.rows) {
            self.header_rows = Some(self.header_rows.unwrap_or(usize::MAX).min(first));
            self.header_cols = Some(0);
        }
        let header_rows = self.header_rows.unwrap_or_else(|| head_rows(&self.rows));
        self.align_short_heads(header_rows, cols);
        let header_cols = self.header_cols.unwrap_or_else(|| head_cols(&self.rows, header_rows, cols));
        let place = place(&self.rows)?;
        let total_rows = totals::rows(&self.rows, header_rows, header_cols);
        let total_cols = totals::cols(&self.rows, &self.reaches, header_rows, header_cols, cols);
        let rows = self.rows.len();
        let cells = cells(self.rows, &self.reaches, header_rows, header_cols);
        let tallest = cells.iter().map(|cell| cell.rows().len()).max().unwrap_or(0);
        Some(Table {
            title: self.title,
            notes: Vec::new(),
            form,
            reasons: Vec::new(),
            rows,
            cols,
            header_rows,
            header_cols,
            total_rows,
            total_cols,
            cells,
            tallest,
            lost_blanks: self.lost_blanks,
            place,
            continues: None,
        })
    }

    /// Puts an empty cell before a head row that is one cell short, where its heads are those of the columns of
    /// figures.
    fn align_short_heads(&mut self, header_rows: usize, cols: usize) {
        let Some(first) = self.rows.get(header_rows) else { return };
        let labelled = first.first().is_some_and(|c| !CellKind::of(&c.text).is_value())
            && first
                .iter()
                .skip(1)
                .all(|c| !matches!(CellKind::of(&c.text), CellKind::Text | CellKind::Period));
        if !labelled {
            return;
        }
        for row in self.rows.iter_mut().take(header_rows) {
            if row.len() + 1 == cols && row.first().is_some_and(|c| !c.is_empty() && !is_label_head(&c.text))
            {
                row.insert(0, Passage::default());
            }
        }
    }
}

/// Whether words head a column of labels.
pub(super) fn is_label_head(text: &str) -> bool {
    let heads = &pack().heads;
    let lower = text.to_ascii_lowercase();
    lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|w| heads.of_labels.has(w) || heads.of_labels.has(w.trim_end_matches('s')))
        && CellKind::of(text) == CellKind::Text
        && !heads.total.within(&lower)
}

/// Fewer cells are no table of counts by name.
const FEWEST_COUNTS: usize = 3;

/// The first row of counts, where most cells of a table are counts by the names of what they count. Its first row and column
/// are then counts like the others, and name nothing.
fn counts_by_name(rows: &[Vec<Passage>]) -> Option<usize> {
    let is_count = |row: &Vec<Passage>| row.iter().filter(|cell| is_count_by_name(&cell.text)).count();
    let first = rows.iter().take(4).position(|row| is_count(row) > 0)?;
    let body = rows.get(first..)?;
    let filled = body.iter().flatten().filter(|cell| !cell.is_empty()).count();
    let counts: usize = body.iter().map(is_count).sum();
    (counts >= FEWEST_COUNTS && counts * 2 > filled).then_some(first)
}

/// How many rows at the top are heads: rows without figures over rows with figures. Years do not count as figures.
pub(super) fn head_rows(rows: &[Vec<Passage>]) -> usize {
    let wordy = |row: &Vec<Passage>| {
        row.iter().any(|c| !c.is_empty())
            && row.iter().all(|c| !CellKind::of(&c.text).is_value() || is_of_year(&c.text))
            && !is_withheld(row)
    };
    // Years are heads in the first row. Further down they are heads only where the row holds nothing else.
    let years = |row: &Vec<Passage>| {
        let values = row.iter().filter(|c| CellKind::of(&c.text).is_value());
        values.clone().count() > 0 && values.clone().all(|c| is_year(&c.text))
    };
    let numberless = |(at, row): &(usize, &Vec<Passage>)| {
        let filled = row.iter().skip(1).filter(|c| !c.is_empty());
        wordy(row)
            || years(row)
                && (*at == 0 || filled.clone().count() > 1 && filled.clone().all(|c| is_year(&c.text)))
    };
    let figures = |row: &Vec<Passage>| row.iter().skip(1).any(|c| CellKind::of(&c.text).is_value());
    let leading = rows.iter().enumerate().take(4).take_while(numberless).count();
    let Some(next) = rows.get(leading) else { return usize::from(rows.len() > 1) };
    if leading == 4 || !figures(next) {
        return usize::from(leading > 0);
    }
    // A row with a label alone, over the figures, is a row without values. Only the first row can be a head of one
    // cell.
    let filled = |row: &Vec<Passage>| row.iter().skip(1).filter(|c| !c.is_empty()).count();
    let labels = rows.iter().take(leading).skip(1).take_while(|r| filled(r) > 0).count();
    if leading == 0 { 0 } else { 1 + labels }
}

/// Whether a row has nothing but one mark behind its label, such as "#" for figures that are not given. Heads differ from
/// each other, and have letters.
pub(super) fn is_withheld(row: &[Passage]) -> bool {
    let mut filled = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
    let labelled = filled.next().is_some_and(|label| label.contains(char::is_alphabetic));
    let mut marks = filled.take_while(|text| !text.contains(char::is_alphanumeric));
    let (Some(first), true) = (marks.next(), labelled) else { return false };
    let same = marks.take_while(|mark| *mark == first).count() + 1;
    let rest = row.iter().filter(|cell| !cell.is_empty()).count() - 1;
    // The label can stand again at the end of the row.
    same > 1 && rest - same <= 1
}

/// At most this many columns are labels. A table with more columns of words is a list of words.
const MOST_LABELS: usize = 5;

/// Whether a text is a head such as "2010 volunteers", where the number is a year and no count.
fn is_of_year(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(year, rest)| is_year(year) && rest.starts_with(char::is_alphabetic))
}

/// Whether a text is a year, with the mark of a note at most: "2016(2)".
fn is_noted_year(text: &str) -> bool {
    is_year(text.split('(').next().unwrap_or_default())
}

/// How many columns at the left are heads: those of words or periods before the first column of figures.
fn head_cols(rows: &[Vec<Passage>], header_rows: usize, cols: usize) -> usize {
    // Beside the names of groups, a column of nothing but years names the rows of each.
    let in_body = |col: usize| rows.iter().skip(header_rows).take(1000).filter_map(move |row| row.get(col));
    let of_years = |col: usize| {
        let filled = in_body(col).filter(|cell| !cell.is_empty());
        col == 1 && cols > 2 && filled.clone().count() > 2 && filled.clone().all(|cell| is_year(&cell.text))
    };
    let wordy = |col: usize| {
        if of_years(col) {
            return true;
        }
        let (mut words, mut filled) = (0usize, 0usize);
        for cell in
            rows.iter().skip(header_rows).take(1000).filter_map(|r| r.get(col)).filter(|c| !c.is_empty())
        {
            filled += 1;
            let kind = CellKind::of(&cell.text);
            words += usize::from(
                matches!(kind, CellKind::Text | CellKind::Period) || col == 0 && is_year(&cell.text),
            );
        }
        filled > 0 && words * 2 > filled
    };
    // Numbers that stand before the names of rows, under "No." or "Goal", count nothing.
    let numbered = !wordy(0) && cols > 3 && wordy(1) && is_index(rows, header_rows);
    if numbered {
        return 2;
    }
    // In a table that holds only words, the first column names the rows.
    let leading = (0..cols.min(MOST_LABELS + 1))
        .take_while(|c| wordy(*c) || *c > 0 && names_years(rows, header_rows, *c))
        .count();
    // A group is named once, over its rows. The cell beside that name may be the label of a total.
    let body = rows.iter().skip(header_rows).take(1000);
    let blank = |col: usize| body.clone().filter(|r| r.get(col).is_none_or(Passage::is_empty)).count();
    let grouped = leading > 2 && (0..leading).any(|col| blank(col) * 2 > body.clone().count());
    let words = leading >= cols.min(MOST_LABELS + 1);
    if words || grouped { usize::from(leading > 0) } else { leading }
}

/// Whether a column beside labels names the years of its rows: all of its cells are years, with the marks of notes at
/// most ("2012(4)"), and its head is blank or one of labels.
fn names_years(rows: &[Vec<Passage>], header_rows: usize, col: usize) -> bool {
    let text = |row: &Vec<Passage>| row.get(col).map_or("", |cell| cell.text.trim()).to_lowercase();
    let of_labels = |head: String| head.is_empty() || pack().heads.of_labels.has(&head);
    let mut cells =
        rows.iter().skip(header_rows).take(1000).map(text).filter(|cell| !cell.is_empty()).peekable();
    cells.peek().is_some()
        && cells.all(|cell| is_noted_year(&cell))
        && rows.iter().take(header_rows).map(text).all(of_labels)
}

/// Whether the first column numbers its rows (1, 2, 3 down the table) or sorts them (few different small numbers).
fn is_index(rows: &[Vec<Passage>], header_rows: usize) -> bool {
    let texts = rows.iter().skip(header_rows).take(1000).filter_map(|row| row.first());
    let filled: Vec<&str> = texts.map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
    let numbers: Vec<Option<u32>> =
        filled.iter().map(|text| text.trim_end_matches('.').parse().ok()).collect();
    let counted = numbers.iter().zip(1..).all(|(number, at)| *number == Some(at));
    let kinds: HashSet<&str> = filled.iter().copied().collect();
    let small = filled
        .iter()
        .zip(&numbers)
        .all(|(text, number)| number.map_or(CellKind::of(text) == CellKind::Text, |number| number < 100));
    counted && filled.len() > 2 || small && kinds.len() * 5 < filled.len()
}

fn place(rows: &[Vec<Passage>]) -> Option<Place> {
    let mut cells = rows.iter().flatten().filter(|c| !c.is_empty());
    let first = cells.next()?.whole();
    Some(cells.fold(first, |place, cell| place.to(cell.whole())))
}

fn cells(rows: Vec<Vec<Passage>>, reaches: &[Reach], header_rows: usize, header_cols: usize) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(rows.iter().map(Vec::len).sum());
    let reaches: HashMap<(usize, usize), &Reach> =
        reaches.iter().rev().map(|r| ((r.row, r.col), r)).collect();
    for (row, line) in rows.into_iter().enumerate() {
        for (col, passage) in line.into_iter().enumerate().filter(|(_, p)| !p.is_empty()) {
            let reach = reaches.get(&(row, col));
            let cell = Cell::new(row, col, passage, row < header_rows || col < header_cols);
            cells.push(match reach {
                Some(reach) => cell.over(reach.row_span, reach.col_span),
                None => cell,
            });
        }
    }
    cells
}
