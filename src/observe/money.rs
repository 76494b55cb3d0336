//! Finds the tables of budgets and accounts, whose amounts of money are printed without a sign.

use crate::lex::numeral::{Conventions, whole};
use crate::model::exact::Exact;
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::model::text::Line;
use crate::pack::{Set, pack};

/// Most amounts of a budget are at least this large or have pence. The numbers of notes, boxes and posts are smaller.
const LARGE: i128 = 100;

/// One label in four must speak of money where neither title nor heads do. In the accounts that were looked at, more do.
const ROWS: usize = 4;

/// The currency that a document prints most; an amount whose currency is not printed, where it prints none.
pub(super) fn currency(lines: &[Line]) -> Unit {
    let count = |unit: &Unit| {
        let sign = unit.currency().unwrap_or_default();
        lines.iter().map(|line| line.text.matches(sign).count()).sum::<usize>()
    };
    let signed = [Unit::Gbp, Unit::Usd, Unit::Eur];
    let most = signed.into_iter().rev().max_by_key(count).filter(|unit| count(unit) > 0);
    most.unwrap_or(Unit::Money)
}

/// For each column of a table of amounts, whether its plain numbers are amounts. `sheet` is the name of the sheet.
pub(super) fn columns(table: &Table, sheet: Option<&str>) -> Vec<bool> {
    let none = || vec![false; table.cols];
    if !speaks_of_money(table, sheet) {
        return none();
    }
    let (mut amounts, mut all) = (0, 0);
    for cell in table.cells.iter().filter(|cell| !cell.header && cell.row() >= table.header_rows) {
        let Some(numeral) = whole(cell.passage.text.trim(), &Conventions::default()) else { continue };
        let Some(value) = numeral.quantity.value.filter(|value| !value.is_zero()) else { continue };
        let large = value.abs() >= Exact::from(LARGE) || numeral.quantity.decimals == 2;
        amounts += usize::from(large && numeral.quantity.unit == Unit::Count);
        all += 1;
    }
    if amounts * 2 < all {
        return none();
    }
    // A column of numbers that count something else says so.
    let named = |col: usize| {
        let heads = (0..table.header_rows).filter_map(|row| table.at(row, col));
        heads.map(|cell| cell.passage.text.as_str().to_lowercase()).any(|text| counts(&text))
    };
    (0..table.cols).map(|col| !named(col)).collect()
}

/// Whether the title of a table, its sheet, the heads of its columns or many of those of its rows speak of money, and the
/// title of nothing else.
fn speaks_of_money(table: &Table, sheet: Option<&str>) -> bool {
    let heads = &pack().heads;
    let title = table.title.as_ref().map_or(String::new(), |title| title.text.as_str().to_lowercase());
    if counts(&title) {
        return false;
    }
    let over = table.cells.iter().filter(|cell| cell.row() < table.header_rows);
    let texts = over.map(|cell| cell.passage.text.as_str().to_lowercase());
    if [title, sheet.unwrap_or_default().to_lowercase()]
        .into_iter()
        .chain(texts)
        .any(|t| says(&t, &heads.money) && !counts(&t))
    {
        return true;
    }
    let labels: Vec<_> = table
        .cells
        .iter()
        .filter(|cell| cell.row() >= table.header_rows && cell.col() < table.header_cols)
        .collect();
    let spoken =
        labels.iter().filter(|cell| says(&cell.passage.text.as_str().to_lowercase(), &heads.money)).count();
    spoken >= 2 && spoken * ROWS >= labels.len()
}

/// Whether one of the words stands in a text in small letters.
fn says(text: &str, words: &Set) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| words.has(word))
}

/// Whether a text in small letters says that something else than money is counted: "number of grants", not "staff costs".
fn counts(text: &str) -> bool {
    let heads = &pack().heads;
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let of_money = |at: usize| words.get(at + 1).is_some_and(|next| heads.money.has(next));
    words.iter().enumerate().any(|(at, word)| heads.counts.has(word) && !of_money(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sheet::{Sheet, SheetGrid};

    fn amounts(rows: &[&str]) -> Vec<bool> {
        let (mut lines, mut sheet) = (Vec::new(), Sheet::default());
        let rows = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        crate::read::rows::add(SheetGrid { rows, ..SheetGrid::default() }, &mut lines, &mut sheet);
        columns(&crate::table::of_sheet(&lines, &sheet)[0].table, None)
    }

    #[test]
    fn tables_of_budgets_are_of_amounts() {
        let rows =
            ["Team|Budget|Staff costs|Staff|Note", "Parks|12000|9500|140|1", "Roads|48000|51200.50|260|2"];
        assert_eq!(amounts(&rows), [true, true, true, false, false]);
        let rows = ["Account|2021|2022", "Rent income|1200|1300", "Other income|250|900", "Salaries|700|800"];
        assert_eq!(amounts(&rows), [true; 3]);
    }

    #[test]
    fn tables_of_counts_are_not() {
        let rows = ["People on low income|2021|2022", "North|1200|1300", "East|250|900"];
        assert_eq!(amounts(&rows), [false; 3]);
        let rows = ["Team|Budget holders|Closed", "Parks|3|1200", "Roads|2|12"];
        assert_eq!(amounts(&rows), [false; 3]);
    }

    #[test]
    fn the_currency_is_the_one_that_is_printed() {
        let of = |text: &str| currency(&crate::read::text::lines(text.as_bytes()).0);
        assert_eq!([of("£5 and £6, $7"), of("$5"), of("5")], [Unit::Gbp, Unit::Usd, Unit::Money]);
    }
}
