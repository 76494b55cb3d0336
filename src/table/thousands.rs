//! Plain spaces between thousands ("1 375 213") become commas where the rest of the table bears them out. Such spaces
//! look like those between two numbers, and in running text they are left alone.

use crate::model::table::{Cell, Form, Table};

/// A table with so many numbers of two groups parts its thousands by spaces; one of three groups says it alone. Two
/// columns that were taken for one would give pairs as well, but hardly ever pairs with three digits in each second.
const PAIRS: usize = 3;

/// Puts commas for the spaces between thousands, one for one, so that all places stay true.
pub(crate) fn part(table: &mut Table) {
    if matches!(table.form, Form::Sheet | Form::Chart) {
        return;
    }
    let mut columns: Vec<Option<Vec<usize>>> = vec![Some(Vec::new()); table.cols];
    for (at, cell) in table.cells.iter().enumerate().filter(|(_, cell)| is_body(table, cell)) {
        let Some(column) = columns.get_mut(cell.col) else { continue };
        match groups(&cell.passage.text) {
            _ if !cell.passage.text.contains(|c: char| c.is_ascii_digit()) => {}
            Some(2..) => column.iter_mut().for_each(|cells| cells.push(at)),
            Some(_) => {}
            // A number of another form: the spaces of this column may be anything.
            None => *column = None,
        }
    }
    let spaced: Vec<usize> = columns.into_iter().flatten().flatten().collect();
    let texts = || spaced.iter().filter_map(|at| table.cells.get(*at)).map(|cell| cell.passage.text.as_str());
    let long = texts().any(|text| groups(text) >= Some(3));
    // "12 100" may be a number and its percentage.
    let pairs =
        texts().filter(|text| !text.trim_end_matches(|c: char| !c.is_ascii_digit()).ends_with(" 100"));
    if !long && pairs.count() < PAIRS {
        return;
    }
    for at in spaced {
        if let Some(cell) = table.cells.get_mut(at) {
            cell.passage.text = parted(&cell.passage.text);
        }
    }
}

fn is_body(table: &Table, cell: &Cell) -> bool {
    !cell.header && cell.row >= table.header_rows && cell.col >= table.header_cols && cell.col_span == 1
}

/// Of how many groups a number is whose thousands can be parted by nothing but spaces: one digit to three, then threes.
fn groups(text: &str) -> Option<usize> {
    let marks = |c: char| matches!(c, '(' | ')' | '-' | '−' | '+' | '£' | '€' | '$' | '%' | '*') || c == ' ';
    let number = text.trim_matches(marks);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    let mut parts = whole.split(' ');
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next().filter(|part| (1..=3).contains(&part.len()) && digits(part))?;
    let mut count = 1;
    for part in parts {
        if part.len() != 3 || !digits(part) || first.starts_with('0') {
            return None;
        }
        count += 1;
    }
    digits(decimals).then_some(count)
}

/// With a comma for each space between digits.
fn parted(text: &str) -> String {
    let mut before = ' ';
    let mut after = text.chars().skip(1);
    let between = text.chars().map(|c| {
        let next = after.next().is_some_and(|next| next.is_ascii_digit());
        let digits = before.is_ascii_digit() && next;
        before = c;
        if c == ' ' && digits { ',' } else { c }
    });
    between.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_of_three_digits() {
        let of = |text| groups(text);
        assert_eq!(
            (of("1 375 213"), of("(12 610)"), of("£987"), of("1 055.50")),
            (Some(3), Some(2), Some(1), Some(2))
        );
        for other in ["1,375", "1375", "12 61", "0 610", "1 375 21", "12 (610)", "2019 2020", "n/a"] {
            assert_eq!(groups(other), None, "{other}");
        }
    }

    #[test]
    fn spaces_become_commas_one_for_one() {
        assert_eq!(parted("(1 375 213)"), "(1,375,213)");
        assert_eq!(parted("£ 12 610 *"), "£ 12,610 *");
    }
}
