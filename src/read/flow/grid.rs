//! Places the cells of a table that spans rows and columns on a grid.

use crate::model::table::Reach;
use crate::pack::pack;

/// Columns after this many are left out.
pub(crate) const MOST_COLS: usize = 16_384;
/// Positions after this many are left out.
pub(crate) const MOST_POSITIONS: usize = 16_000_000;
/// A single text of at least this many bytes below a table is a note.
const NOTE: usize = 40;

/// A cell as the file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SpannedCell {
    pub(crate) text: String,
    /// How many rows it covers; 0 for all that follow.
    pub(crate) row_span: usize,
    pub(crate) col_span: usize,
    /// Whether it is a header of a row or column.
    pub(crate) header: bool,
}

impl SpannedCell {
    /// A cell that covers no others.
    pub(crate) fn of(text: impl Into<String>, header: bool) -> SpannedCell {
        SpannedCell { text: text.into(), row_span: 1, col_span: 1, header }
    }
}

/// A table as the file has it: each row lists the cells that begin in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpannedTable {
    pub(crate) rows: Vec<Vec<SpannedCell>>,
    /// How many rows the file marks as headers. If 0, rows that consist of header cells are.
    pub(crate) head_rows: usize,
    pub(crate) caption: Option<String>,
    /// Under the table.
    pub(crate) notes: Vec<String>,
}

/// A grid in which each cell has its position.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct PlacedTable {
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) header_rows: Option<usize>,
    pub(crate) header_cols: Option<usize>,
    pub(crate) reaches: Vec<Reach>,
    /// Whether cells beyond the limits were left out.
    pub(crate) cut: bool,
}

impl SpannedTable {
    /// The largest number of cells in a row: enough to tell one column from several.
    pub(crate) fn cols(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Removes blank rows at both ends. A single text in the first row becomes the caption, single texts in the last
    /// rows become notes.
    pub(crate) fn trimmed(mut self) -> SpannedTable {
        let blank = |row: &Vec<SpannedCell>| row.iter().all(|cell| cell.text.trim().is_empty());
        let lead = self.rows.iter().take_while(|row| blank(row)).count();
        self.rows.drain(..lead);
        self.head_rows = self.head_rows.saturating_sub(lead);
        while self.rows.last().is_some_and(blank) {
            self.rows.pop();
        }
        if self.cols() < 2 {
            return self;
        }
        if self.caption.as_deref().is_none_or(|c| c.trim().is_empty())
            && self.rows.len() > 2
            && let Some(title) = self.rows.first().and_then(|row| lone(row)).map(str::to_owned)
        {
            self.caption = Some(title);
            self.rows.remove(0);
            self.head_rows = self.head_rows.saturating_sub(1);
        }
        while let Some(note) = self.rows.last().and_then(|row| lone(row)).filter(|text| is_note(text)) {
            self.notes.insert(0, note.to_owned());
            self.rows.pop();
        }
        self
    }

    /// Gives each cell its position. A column in which no cell begins is dropped.
    pub(crate) fn placed(&self) -> PlacedTable {
        let (cells, cut) = self.positions();
        let mut begins: Vec<usize> = cells.iter().map(|(reach, _)| reach.col).collect();
        begins.sort_unstable();
        begins.dedup();
        // The number of columns that begin before each position.
        let at = |col: usize| begins.partition_point(|begin| *begin < col);
        let (kept, total) = (begins.len(), self.rows.len());
        let mut placed = PlacedTable { rows: vec![Vec::new(); total], cut, ..PlacedTable::default() };
        let heads = self.heads();
        for (Reach { row, col, row_span, col_span }, cell) in cells {
            let (from, to) = (at(col), at(col + col_span));
            let width = to - from;
            if let Some(line) = placed.rows.get_mut(row) {
                line.resize(line.len().max(from), String::new());
                line.push(cell.text.clone());
            }
            // A cell that spans the whole width below the header is a heading of a part, and covers no figures.
            let part = width == kept && row >= heads;
            if (row_span > 1 || width > 1) && !part {
                placed.reaches.push(Reach { row, col: from, row_span, col_span: width });
            }
        }
        if kept.saturating_mul(total) <= MOST_POSITIONS {
            placed.rows.iter_mut().for_each(|row| row.resize(kept, String::new()));
        }
        placed.header_rows = Some(heads).filter(|heads| *heads > 0 && *heads < total);
        placed.header_cols = self.head_cols(heads);
        placed
    }

    /// The position and span of each cell, and whether some were left out.
    fn positions(&self) -> (Vec<(Reach, &SpannedCell)>, bool) {
        let total = self.rows.len();
        // For each column, the row at which it is free again.
        let mut free_at: Vec<usize> = Vec::new();
        let mut cells: Vec<(Reach, &SpannedCell)> = Vec::new();
        let (mut cut, mut positions) = (false, 0);
        for (row, line) in self.rows.iter().enumerate() {
            let is_free = |free_at: &[usize], col: usize| free_at.get(col).is_none_or(|at| *at <= row);
            let mut col = 0;
            for cell in line {
                while !is_free(&free_at, col) {
                    col += 1;
                }
                if col >= MOST_COLS || positions + col > MOST_POSITIONS {
                    cut = true;
                    break;
                }
                let row_span = if cell.row_span == 0 { total - row } else { cell.row_span.min(total - row) };
                let most = cell.col_span.clamp(1, MOST_COLS - col);
                let col_span = (col..col + most).take_while(|at| is_free(&free_at, *at)).count().max(1);
                free_at.resize(free_at.len().max(col + col_span), 0);
                free_at.iter_mut().skip(col).take(col_span).for_each(|at| *at = row + row_span);
                cells.push((Reach { row, col, row_span, col_span }, cell));
                col += col_span;
            }
            positions += col;
        }
        (cells, cut)
    }

    /// The number of header rows.
    fn heads(&self) -> usize {
        let all_heads = |row: &Vec<SpannedCell>| {
            row.len() > 1 && row.iter().all(|cell| cell.header || cell.text.trim().is_empty())
        };
        // Rows that a header cell of the first row spans are header rows too.
        let reach = self.rows.first().filter(|row| all_heads(row)).map_or(0, |row| {
            let down = row.iter().filter(|cell| !cell.text.trim().is_empty()).map(|cell| cell.row_span);
            down.max().unwrap_or(1)
        });
        let leading = self.rows.iter().take_while(|row| all_heads(row)).count();
        let leading = leading.max(reach.min(leading + 1));
        if self.head_rows > 0 { self.head_rows } else { leading }.min(self.rows.len())
    }

    /// The number of columns that are headers in every body row, where the file says so.
    fn head_cols(&self, heads: usize) -> Option<usize> {
        let body = self.rows.iter().skip(heads).filter(|row| row.len() > 1);
        let leading = body.map(|row| {
            let heads = row.iter().take_while(|cell| cell.header);
            heads.map(|cell| cell.col_span.max(1)).sum::<usize>()
        });
        leading.min().filter(|cols| (1..=3).contains(cols))
    }
}

/// The text of a row that has only one, in a cell that spans columns.
fn lone(row: &[SpannedCell]) -> Option<&str> {
    let mut filled = row.iter().filter(|cell| !cell.text.trim().is_empty());
    let first = filled.next()?;
    let alone = filled.next().is_none() && row.len() == 1 && first.row_span == 1;
    (alone && first.text.chars().any(char::is_alphabetic)).then_some(first.text.trim())
}

fn is_note(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.len() >= NOTE || lower.starts_with(['*', '(']) || pack().titles.sheet_notes.begins(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(&str, usize, usize)]) -> Vec<SpannedCell> {
        let cell = |(text, row_span, col_span): &(&str, usize, usize)| SpannedCell {
            text: (*text).to_owned(),
            row_span: *row_span,
            col_span: *col_span,
            header: text.starts_with(char::is_uppercase),
        };
        cells.iter().map(cell).collect()
    }

    fn placed(rows: &[&[(&str, usize, usize)]]) -> PlacedTable {
        SpannedTable { rows: rows.iter().map(|r| row(r)).collect(), ..SpannedTable::default() }
            .trimmed()
            .placed()
    }

    #[test]
    fn spans_move_what_comes_after_them() {
        let grid = placed(&[
            &[("Team", 2, 1), ("Stage 1", 1, 2), ("All", 2, 1)],
            &[("Last", 1, 1), ("This", 1, 1)],
            &[("homes", 1, 1), ("1", 1, 1), ("2", 1, 1), ("3", 1, 1)],
        ]);
        assert_eq!(grid.rows[0], ["Team", "Stage 1", "", "All"]);
        assert_eq!(grid.rows[1], ["", "Last", "This", ""]);
        assert_eq!(grid.header_rows, Some(2));
        assert_eq!(grid.reaches[1], Reach { row: 0, col: 1, row_span: 1, col_span: 2 });
    }

    #[test]
    fn spans_wider_than_the_table_are_cut_to_it() {
        let grid =
            placed(&[&[("A", 1, 1), ("B", 1, 1)], &[("x", 9, 1), ("1", 1, 1_000_000)], &[("2", 1, 1)]]);
        assert_eq!(grid.rows[1], ["x", "1"]);
        assert_eq!(grid.rows[2], ["", "2"]);
        assert_eq!(grid.reaches, [Reach { row: 1, col: 0, row_span: 2, col_span: 1 }]);
        let grid = placed(&[&[("A", 1, 2), ("B", 1, 2)], &[("x", 1, 2), ("1", 1, 2)]]);
        assert_eq!((grid.rows[0].len(), grid.reaches.len()), (2, 0));
    }

    #[test]
    fn lone_rows_are_captions_parts_and_notes() {
        let grid = SpannedTable {
            rows: vec![
                row(&[("Cases by team", 1, 3)]),
                row(&[("Team", 1, 1), ("One", 1, 1), ("Two", 1, 1)]),
                row(&[("homes", 1, 3)]),
                row(&[("x", 1, 1), ("1", 1, 1), ("2", 1, 1)]),
                row(&[("note: in part", 1, 3)]),
            ],
            ..SpannedTable::default()
        }
        .trimmed();
        assert_eq!(grid.caption.as_deref(), Some("Cases by team"));
        assert_eq!(grid.notes, ["note: in part"]);
        let placed = grid.placed();
        assert_eq!(placed.rows[1], ["homes", "", ""]);
        assert!(placed.reaches.is_empty());
    }

    #[test]
    fn row_heads_are_counted() {
        let grid = placed(&[
            &[("Team", 1, 1), ("N", 1, 1)],
            &[("Homes", 1, 1), ("1", 1, 1)],
            &[("Roads", 1, 1), ("2", 1, 1)],
        ]);
        assert_eq!((grid.header_rows, grid.header_cols), (Some(1), Some(1)));
    }
}
