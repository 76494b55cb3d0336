//! Turns a grid of cells into lines, one for each row, and records the place of each cell.

mod regions;

use super::fold::is_unseen;
use super::folded_line;
use crate::model::sheet::{
    Area, BETWEEN, Formula, Merge, Part, Sheet, SheetGrid, SheetRow, Stored, StoredNumber,
};
use crate::model::text::Line;
use regions::regions;

/// In sheets of at most this many cells, short rows are filled up with blank cells.
const MOST_CELLS: usize = 1_000_000;

/// Adds a sheet as the next page.
pub fn add(mut grid: SheetGrid, lines: &mut Vec<Line>, sheet: &mut Sheet) {
    let page = u32::try_from(sheet.parts.len() + 1).unwrap_or(u32::MAX);
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    if width.saturating_mul(grid.rows.len()) <= MOST_CELLS {
        grid.rows.iter_mut().for_each(|row| row.resize(width, String::new()));
    }
    let first_row = sheet.parts.last().map_or(0, |part| part.rows.end);
    let areas = regions(&grid.rows);
    let mut found = Vec::new();
    for (nth, area) in areas.iter().enumerate() {
        if nth > 0 || !lines.is_empty() {
            push(lines, sheet, String::new(), page, SheetRow::default());
        }
        let start = lines.len();
        for at in area.rows.clone() {
            let cells = grid.rows.get(at).map_or(&[][..], |row| {
                row.get(area.cols.start.min(row.len())..area.cols.end.min(row.len())).unwrap_or_default()
            });
            let row = SheetRow::of((first_row + at, area.cols.start), cells);
            push(lines, sheet, cells.join(&BETWEEN.to_string()), page, row);
        }
        found.push(start..lines.len());
    }
    let rows = first_row..first_row + grid.rows.len();
    let down = |cell: (usize, usize)| (cell.0 + first_row, cell.1);
    grid.merges.sort_unstable();
    sheet.merges.extend(grid.merges.into_iter().map(|m| Merge { row: m.row + first_row, ..m }));
    grid.stored.sort_by_key(|stored| stored.cell);
    sheet.stored.extend(grid.stored.into_iter().map(|s| Stored { cell: down(s.cell), ..s }));
    grid.formulas.sort_by_key(|formula| formula.cell);
    sheet.formulas.extend(grid.formulas.into_iter().map(|formula| {
        Formula {
            cell: down(formula.cell),
            areas: formula
                .areas
                .into_iter()
                .map(|area| Area { rows: area.rows.start + first_row..area.rows.end + first_row, ..area })
                .collect(),
            ..formula
        }
    }));
    grid.numbers.sort_by_key(|number| number.cell);
    let numbers = grid.numbers.into_iter();
    sheet.numbers.extend(numbers.map(|number| StoredNumber { cell: down(number.cell), ..number }));
    grid.hidden_rows.sort_by_key(|stretch| stretch.start);
    grid.hidden_cols.sort_by_key(|stretch| stretch.start);
    let SheetGrid { name, row_numbers, col_numbers, hidden, hidden_rows, hidden_cols, .. } = grid;
    sheet.parts.push(Part {
        name,
        rows,
        regions: found,
        areas,
        row_numbers,
        col_numbers,
        hidden,
        hidden_rows,
        hidden_cols,
    });
}

fn push(lines: &mut Vec<Line>, sheet: &mut Sheet, text: String, page: u32, row: SheetRow) {
    let number = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
    lines.push(folded_line(text, number, page));
    sheet.rows.push(row);
}

/// The text of a cell on one line, without control characters and what is never seen.
pub fn plain(cell: &str) -> String {
    let seen = cell.replace("\r\n", " ").replace(is_unseen, "");
    seen.replace(|c: char| c.is_control(), " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sheet::address;

    fn grid(rows: &[&[&str]]) -> SheetGrid {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect());
        SheetGrid { rows: rows.collect(), ..SheetGrid::default() }
    }

    #[test]
    fn places_are_cells() {
        let (mut lines, mut sheet) = (Vec::new(), Sheet::default());
        add(grid(&[&["é", "£5", ""], &["", "", "9"]]), &mut lines, &mut sheet);
        add(SheetGrid { name: Some("B".into()), ..grid(&[&["x"]]) }, &mut lines, &mut sheet);
        let place = sheet.place_of(0, 1).unwrap();
        assert_eq!((place.page, place.line, place.start, place.end), (1, 1, 2, 4));
        for at in [(0, 0), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0)] {
            assert_eq!(sheet.cell_at(sheet.place_of(at.0, at.1).unwrap()), Some(at));
        }
        let other = sheet.place_of(2, 0).unwrap();
        assert_eq!((other.page, other.line, sheet.name(2)), (2, 4, Some("B")));
        assert_eq!(sheet.address(2, 0).as_deref(), Some("A1"));
    }

    #[test]
    fn rows_and_columns_that_were_left_out_count() {
        let (mut lines, mut sheet) = (Vec::new(), Sheet::default());
        let (row_numbers, col_numbers) = (vec![4, 90], vec![1, 16_383]);
        let far = SheetGrid { row_numbers, col_numbers, ..grid(&[&["a", "b"], &["c", "d"]]) };
        add(far, &mut lines, &mut sheet);
        assert_eq!(sheet.address(1, 1).as_deref(), Some("XFD91"));
    }

    #[test]
    fn addresses_are_letters_and_numbers() {
        assert_eq!(
            [address(6, 2), address(0, 25), address(0, 26), address(9, 701)],
            ["C7", "Z1", "AA1", "ZZ10"]
        );
    }
}
