//! Joins the pieces of a table that runs over pages, so that its totals are those of all its rows.

use super::totals::is_total;
use crate::model::table::{Cell, FoundTable, LostBlanks, Table};
use crate::model::text::Line;
use crate::pack::pack;

/// Joins every piece to the one that it continues. A head that was printed again is left out. Running heads and page
/// numbers between the pieces keep their lines. Spaces between thousands are read afterwards, because that takes the
/// whole table.
pub fn unite(lines: &[Line], found: Vec<FoundTable>) -> Vec<FoundTable> {
    let mut united: Vec<FoundTable> = Vec::with_capacity(found.len());
    for (at, mut next) in found.into_iter().enumerate() {
        let follows = next.table.continues.take().is_some_and(|of| of.plus(1) == at.into());
        match united.last_mut().filter(|last| follows && fits(last, &next)) {
            Some(last) => join(lines, last, next),
            None => united.push(next),
        }
    }
    united.iter_mut().for_each(|found| super::thousands::part(&mut found.table));
    united
}

fn fits(last: &FoundTable, next: &FoundTable) -> bool {
    last.table.cols == next.table.cols && last.lines.end <= next.lines.start
}

fn join(lines: &[Line], last: &mut FoundTable, next: FoundTable) {
    let between = last.lines.end..next.lines.start;
    last.interleaved.extend(between.filter(|at| lines.get(*at).is_some_and(|l| !is_continued(&l.text))));
    last.interleaved.extend(next.interleaved);
    last.lines.end = next.lines.end;
    append(&mut last.table, next.table);
}

/// Whether a text is empty, or says "continued" or the like.
fn is_continued(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    lower.is_empty() || lower.len() < 120 && pack().titles.continued_tables.within(&lower)
}

fn append(table: &mut Table, next: Table) {
    let dropped = next.header_rows;
    let moved = |row: usize| row + table.rows - dropped;
    let (head_cols, rows) = (table.header_cols, table.rows + next.rows - dropped);
    let mut cells: Vec<Cell> = next.cells.into_iter().filter(|c| c.row() >= dropped).collect();
    for cell in &mut cells {
        cell.move_to(moved(cell.row()));
        cell.header = cell.col() < head_cols;
    }
    let lost = next.lost_blanks.into_iter().filter(|l| l.row >= dropped);
    let lost: Vec<LostBlanks> = lost.map(|l| LostBlanks { row: moved(l.row), ..l }).collect();
    let next_totals: Vec<usize> = next.total_rows.into_iter().filter(|r| *r >= dropped).map(moved).collect();
    table.total_rows.extend(&next_totals);
    if next_totals.is_empty() {
        // A piece that holds only totals shows no difference between them and other rows, so their labels decide.
        let named = cells.iter().filter(|c| c.col() < head_cols && is_total(&c.passage.text));
        table.total_rows.extend(named.map(|c| c.row()));
        table.total_rows.dedup();
    }
    table.cells.extend(cells);
    table.tallest = table.tallest.max(next.tallest);
    table.lost_blanks.extend(lost);
    table.notes.extend(next.notes);
    table.place = table.place.to(next.place);
    table.rows = rows;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<FoundTable>, Vec<FoundTable>) {
        let lines = crate::read::text::lines(text.as_bytes()).0;
        let (pieces, _) = crate::table::text::find(&lines);
        (pieces.clone(), unite(&lines, pieces))
    }

    #[test]
    fn pieces_on_two_pages_are_one_table_without_the_second_head() {
        let text = "Cases by team\n| Team | Cases |\n| --- | --- |\n| North | 4 |\n| South | 5 |\nPage 1 of 2\n\u{c}\
                    | Team | Cases |\n| --- | --- |\n| East | 6 |\n| Total | 15 |\n";
        let (pieces, united) = read(text);
        assert_eq!(pieces.iter().map(|p| p.table.rows).collect::<Vec<_>>(), [3, 3]);
        let table = &united[0].table;
        assert_eq!(
            (united.len(), table.rows, table.header_rows, table.total_rows.as_slice()),
            (1, 5, 1, &[4][..])
        );
        let column: Vec<&str> = (0..5).map(|row| table.text(row, 0)).collect();
        assert_eq!(column, ["Team", "North", "South", "East", "Total"]);
        assert_eq!(united[0].interleaved.len(), 1);
    }

    #[test]
    fn a_total_alone_on_the_next_page_is_one() {
        let text = "| Team | Cases |\n| --- | --- |\n| North | 4 |\n| South | 5 |\n\u{c}\
                    | Team | Cases |\n| --- | --- |\n| Total | 9 |\n";
        let (_, united) = read(text);
        assert_eq!((united.len(), united[0].table.total_rows.as_slice()), (1, &[3][..]));
    }

    #[test]
    fn tables_of_their_own_stay_apart() {
        let text = "| Team | Cases |\n| --- | --- |\n| North | 4 |\n| Total | 4 |\n\n\
                    | Ward | Cases |\n| --- | --- |\n| East | 6 |\n| Total | 6 |\n";
        assert_eq!(read(text).1.len(), 2);
    }
}
