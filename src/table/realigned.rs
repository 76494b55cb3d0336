//! Puts the numbers of a sheet under each other that stand in one column on paper. A file made from a printed page merges cells
//! row by row, so that the same column begins in C here and in D there: "C4:D4" over "D5:E5".

use super::aggregate::NumberCell;
use crate::model::aggregation::Aggregation;
use crate::model::sheet::{Part, Sheet};
use std::collections::HashMap;
use std::ops::Range;

/// Where the numbers of a sheet were moved from, by the cell that they were moved to.
#[derive(Debug, Default)]
pub(super) struct Moves(HashMap<(usize, usize), usize>);

impl Moves {
    /// Moves numbers of merged cells to the column of the numbers above that they overlap, from left to right.
    pub(super) fn of(grid: &mut [Vec<NumberCell<'_>>], sheet: &Sheet, part: &Part) -> Moves {
        let mut widths: HashMap<(usize, usize), usize> = HashMap::new();
        let from = sheet.merges.partition_point(|merge| merge.row < part.rows.start);
        for merge in sheet.merges.iter().skip(from).take_while(|merge| merge.row < part.rows.end) {
            if merge.rows == 1 && merge.cols > 1 {
                widths.insert((merge.row - part.rows.start, merge.col), merge.cols);
            }
        }
        let mut moves = Moves::default();
        if widths.is_empty() {
            return moves;
        }
        // The columns that the numbers above fill, each with the column that they are put in.
        let mut known: Vec<(usize, Range<usize>)> = Vec::new();
        for (row, cells) in grid.iter_mut().enumerate() {
            let numbers = cells.iter().enumerate().filter(|(_, cell)| cell.number.is_some());
            let width = |col: usize| widths.get(&(row, col)).copied().unwrap_or(1);
            let spans: Vec<Range<usize>> = numbers.map(|(col, _)| col..col + width(col)).collect();
            let is_known = |span: &Range<usize>| known.iter().any(|(_, other)| other.start == span.start);
            if !spans.iter().all(is_known) {
                known = next_layout(&known, spans.clone());
            }
            for span in spans {
                let to = known.iter().find(|(_, other)| other.start == span.start).map(|(to, _)| *to);
                let Some(to) = to.filter(|to| *to != span.start) else { continue };
                if cells.get(to).is_some_and(|cell| cell.number.is_none()) {
                    cells.swap(to, span.start);
                    moves.0.insert((row, to), span.start);
                }
            }
        }
        moves
    }

    /// An aggregation with its cells where they stand in the sheet.
    pub(super) fn undone(&self, mut aggregation: Aggregation) -> Aggregation {
        let back = |cell: &mut (usize, usize)| cell.1 = self.0.get(cell).copied().unwrap_or(cell.1);
        back(&mut aggregation.result);
        aggregation.parts.iter_mut().for_each(back);
        aggregation
    }
}

/// The columns of a row that is laid out otherwise: those of the rows above, where it has as many and each lies over its own in
/// part; else its own.
fn next_layout(known: &[(usize, Range<usize>)], spans: Vec<Range<usize>>) -> Vec<(usize, Range<usize>)> {
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let same = known.len() == spans.len() && known.iter().zip(&spans).all(|((_, a), b)| overlap(a, b));
    if same {
        known.iter().zip(spans).map(|((to, _), span)| (*to, span)).collect()
    } else {
        spans.into_iter().map(|span| (span.start, span)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sheet::{Merge, SheetGrid};
    use crate::table::numbers;

    /// The sums of a sheet, with their parts.
    fn sums(rows: &[&str], merges: &[(usize, usize, usize)]) -> Vec<Aggregation> {
        let (mut lines, mut sheet) = (Vec::new(), Sheet::default());
        let rows = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        let merges =
            merges.iter().map(|(row, col, cols)| Merge { row: *row, col: *col, rows: 1, cols: *cols });
        let grid = SheetGrid { rows, merges: merges.collect(), ..SheetGrid::default() };
        crate::read::rows::add(grid, &mut lines, &mut sheet);
        numbers::of(&sheet, &lines).1
    }

    #[test]
    fn numbers_of_merged_cells_stand_under_those_they_overlap() {
        // The last two rows begin a column further on, and each of their cells is as wide as two.
        let rows = [
            "1731|2145||812||",
            "2417|3022||947||",
            "1188|2871||1366||",
            "906||1533||611|",
            "6242||9571||3736|",
        ];
        let wide = |row: usize| [(row, 1, 2), (row, 3, 2)];
        let narrow = |row: usize| [(row, 0, 2), (row, 2, 2), (row, 4, 2)];
        let mut merges: Vec<(usize, usize, usize)> = (0..3).flat_map(wide).collect();
        merges.extend((3..5).flat_map(narrow));
        let found = sums(&rows, &merges);
        let second = found.into_iter().find(|sum| sum.result == (4, 2)).map(|sum| sum.parts);
        let mut parts = second.unwrap_or_default();
        parts.sort_unstable();
        assert_eq!(parts, [(0, 1), (1, 1), (2, 1), (3, 2)]);
        // Nothing says so where the cells are not merged.
        assert!(sums(&rows, &[]).iter().all(|sum| sum.result != (4, 2)));
    }
}
