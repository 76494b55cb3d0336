//! CSV and TSV files: cells have addresses, and so do the figures of what is found in them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is wrong")]

use crossfoot::document::{self, Document, Options};
use crossfoot::grammar::Grammar;
use crossfoot::schema::observations;
use crossfoot::source;

fn read(name: &str, text: &str) -> Document {
    let source = source::from_bytes(name, text.as_bytes().to_vec()).unwrap();
    document::from_source(source, Grammar::embedded(), &Options::default()).unwrap()
}

/// Every figure's address and value.
fn figures(document: &Document) -> Vec<(String, String)> {
    let all = observations(document);
    all.map(|o| (o.span.cell.unwrap_or_default(), o.value.unwrap_or_default())).collect()
}

fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
    wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn figures_have_addresses() {
    let document = read("a.csv", "Cases by team,,\nTeam,2021/22,2022/23\nNorth,4,\"1,205\"\nSouth,6,7\n");
    assert_eq!(document.origin.media_type, "text/csv");
    assert_eq!(figures(&document), pairs(&[("B3", "4"), ("C3", "1205"), ("B4", "6"), ("C4", "7")]));
    let [table] = document.tables.as_slice() else { panic!("one table") };
    assert_eq!(table.title.as_ref().map(|t| t.text.as_str()), Some("Cases by team"));
    assert_eq!((table.rows, table.header_rows, table.header_cols), (3, 1, 1));
}

#[test]
fn blank_rows_part_tables_and_count() {
    let text = "Team,Cases\nNorth,4\nSouth,6\n\nWard,Cases\nEast,5\nWest,8\n,\nNote: some cases are counted twice,\n";
    let document = read("a.csv", text);
    assert_eq!(document.tables.len(), 2);
    assert_eq!(figures(&document), pairs(&[("B2", "4"), ("B3", "6"), ("B6", "5"), ("B7", "8")]));
}

#[test]
fn a_break_within_quotes_is_a_space() {
    let document = read("a.tsv", "\"Team\nname\"\tCases\nNorth\t4\nSouth\t6\n");
    assert_eq!(document.tables[0].text(0, 0), "Team name");
    assert_eq!(figures(&document), pairs(&[("B2", "4"), ("B3", "6")]));
}

#[test]
fn formulas_are_text() {
    let document = read("a.csv", "Team,Cases\nNorth,4\nSouth,6\nTotal,=SUM(B2:B3)\n");
    assert_eq!(document.tables[0].text(3, 1), "=SUM(B2:B3)");
    assert_eq!(figures(&document), pairs(&[("B2", "4"), ("B3", "6")]));
}
