//! Replaces plain spaces between thousands ("1 375 213") by commas, where the table shows that it uses such spaces. One
//! cell alone could as well hold two numbers, so several cells have to agree; running text is never changed.

use crate::lex::numeral::{Conventions, whole};
use crate::model::table::{Cell, Form, Table};

/// How many numbers of two groups ("12 610") show that a table has spaces between thousands; one number of three groups
/// shows it alone. Two columns read as one also give pairs of numbers, but it is rare that the second number of each
/// pair has exactly three digits.
const PAIRS: usize = 3;

/// Puts a comma for each space between thousands. Both take one character, so that all places stay correct.
pub(crate) fn part(table: &mut Table) {
    if matches!(table.form, Form::Sheet | Form::Chart) {
        return;
    }
    let mut columns: Vec<Option<Vec<usize>>> = vec![Some(Vec::new()); table.cols];
    for (at, cell) in table.cells.iter().enumerate().filter(|(_, cell)| is_body(table, cell)) {
        let Some(column) = columns.get_mut(cell.col()) else { continue };
        match groups(&cell.passage.text) {
            _ if !cell.passage.text.contains(|c: char| c.is_ascii_digit()) => {}
            Some(2..) => column.iter_mut().for_each(|cells| cells.push(at)),
            Some(_) => {}
            // A number printed in another way shows that this column's spaces may separate anything.
            None => *column = None,
        }
    }
    let spaced: Vec<usize> = columns.into_iter().flatten().flatten().collect();
    let texts = || spaced.iter().filter_map(|at| table.cells.get(*at)).map(|cell| cell.passage.text.as_str());
    let long = texts().any(|text| groups(text) >= Some(3));
    // "12 100" may be a number and its percentage, so it does not count.
    let pairs =
        texts().filter(|text| !text.trim_end_matches(|c: char| !c.is_ascii_digit()).ends_with(" 100"));
    if !long && pairs.count() < PAIRS {
        return;
    }
    for at in spaced {
        if let Some(cell) = table.cells.get_mut(at) {
            cell.passage.text = parted(&cell.passage.text).into();
        }
    }
}

fn is_body(table: &Table, cell: &Cell) -> bool {
    !cell.header
        && cell.row() >= table.header_rows
        && cell.col() >= table.header_cols
        && cell.cols().len() == 1
}

/// The number of digit groups of a numeral that has nothing but plain spaces between its thousands. `None` for other
/// texts, and for a numeral of four digits without a space, which shows that its column does not use such spaces.
fn groups(text: &str) -> Option<usize> {
    let numeral = whole(text, &Conventions { spaces: true, ..Conventions::default() })?;
    let printed = text.get(numeral.range)?;
    let integer = printed.split('.').next()?;
    let mut groups = integer.split(' ').map(|group| group.trim_matches(|c: char| !c.is_ascii_digit()));
    let count = groups.clone().filter(|group| !group.is_empty()).count();
    groups.all(|group| group.len() <= 3).then_some(count)
}

/// The text with a comma for each space between two digits.
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
