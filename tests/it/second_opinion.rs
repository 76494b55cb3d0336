//! Every number that calamine reads in a workbook is a figure here, in the same cell.

use calamine::{Data, Reader, open_workbook_auto};
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline as document;
use crossfoot::internal::pipeline::Options;
use crossfoot::internal::report::schema::observations;
use std::collections::BTreeMap;
use std::path::Path;

const WORKBOOKS: &[&str] = &[
    "corpus/farrowmouth/2023-24/report.ods",
    "corpus/farrowmouth/2023-24/report.xls",
    "corpus/farrowmouth/2023-24/report.xlsb",
    "corpus/farrowmouth/2023-24/report.xlsx",
    "tests/fixtures/sheets/small.xls",
    "tests/fixtures/sheets/small.xlsb",
];

type Numbers = BTreeMap<(String, u32, u32), f64>;

fn theirs(path: &Path) -> Numbers {
    let mut book = open_workbook_auto(path).unwrap();
    let mut numbers = Numbers::new();
    for (name, range) in book.worksheets() {
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, data) in range.used_cells() {
            let number = match data {
                Data::Int(number) => *number as f64,
                Data::Float(number) => *number,
                _ => continue,
            };
            numbers.insert((name.clone(), top + row as u32, left + col as u32), number);
        }
    }
    numbers
}

/// The numbers of cells that hold nothing else, as they are stored.
fn ours(path: &Path) -> Numbers {
    let document = document::read(path, Grammar::embedded(), &Options::default()).unwrap();
    let mut numbers = Numbers::new();
    for observation in observations(&document) {
        let (Some(sheet), Some(cell)) = (observation.span.sheet, observation.span.cell) else { continue };
        let shown = observation.value.as_ref().and_then(|value| value.parse::<f64>().ok());
        let stored = observation.stored.as_ref().and_then(|value| value.parse().ok());
        let percent = observation.span.text.is_some_and(|text| text.ends_with('%'));
        let Some(number) = stored.or(shown.map(|n| if percent { n / 100.0 } else { n })) else { continue };
        numbers.insert(at(&sheet, &cell), number);
    }
    numbers
}

fn at(sheet: &str, cell: &str) -> (String, u32, u32) {
    let letters = cell.find(|c: char| c.is_ascii_digit()).unwrap();
    let col = cell[..letters].bytes().fold(0, |col, letter| col * 26 + u32::from(letter - b'A') + 1);
    (sheet.to_owned(), cell[letters..].parse::<u32>().unwrap() - 1, col - 1)
}

#[test]
fn numbers_are_those_that_calamine_reads() {
    for file in WORKBOOKS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let (theirs, ours) = (theirs(&path), ours(&path));
        assert!(theirs.len() > 3, "{file}: {theirs:?}");
        for (place, number) in &theirs {
            let own =
                ours.get(place).unwrap_or_else(|| panic!("{file}: {place:?} is {number}, and no figure"));
            assert!((own - number).abs() < 1e-9, "{file}: {place:?} is {number}, not {own}");
        }
    }
}
