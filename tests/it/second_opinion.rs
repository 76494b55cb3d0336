//! What is read here, held against what readers that others wrote find in the same files: every number that calamine
//! reads in a workbook is a figure here, in the same cell; the numerals of each page of a PDF are those that pdf-extract
//! reads there.

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

#[cfg(feature = "pdf")]
mod pdfs {
    use super::{Grammar, Options, Path, document};
    use regex::Regex;
    use std::collections::BTreeMap;
    use std::panic::catch_unwind;

    const FOLDER: &str = "corpus/farrowmouth/2023-24/pdf";
    /// Those that the other reader reads: it glues the cells of tables that stand upright (cairo-rotated.pdf), and numbers a
    /// list otherwise (chromium-tagged-ruled.pdf).
    const FILES: &[&str] = &[
        "chromium-untagged-borderless.pdf",
        "libreoffice-tagged-ruled.pdf",
        "libreoffice-untagged-banded.pdf",
        "pdftex-booktabs.pdf",
        "reportlab-ruled.pdf",
        "typst-tagged-partly-ruled.pdf",
        "typst-untagged-banded.pdf",
        "weasyprint-tagged-banded.pdf",
        "weasyprint-two-column.pdf",
    ];

    /// How often each numeral is printed on a page.
    type Numerals = BTreeMap<String, usize>;

    fn numerals(text: &str) -> Numerals {
        let numeral = Regex::new(r"[0-9]+(?:[.,][0-9]+)*").unwrap();
        let mut found = Numerals::new();
        for one in numeral.find_iter(text) {
            *found.entry(one.as_str().to_owned()).or_default() += 1;
        }
        found
    }

    /// Those of `a` that `b` has not, or not as often.
    fn without(a: &Numerals, b: &Numerals) -> Vec<String> {
        let fewer = a.iter().filter(|(numeral, count)| b.get(*numeral).is_none_or(|other| other < count));
        fewer.map(|(numeral, _)| numeral.clone()).collect()
    }

    #[test]
    fn numerals_are_those_that_pdf_extract_reads() {
        for file in FILES {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER).join(file);
            // The other reader panics at what it does not know.
            let theirs = catch_unwind(|| pdf_extract::extract_text_by_pages(&path)).unwrap().unwrap();
            let document = document::read(&path, Grammar::embedded(), &Options::default()).unwrap();
            assert_eq!(document.origin.pages as usize, theirs.len(), "{file}");
            for (page, theirs) in (1..).zip(&theirs) {
                let lines = document.lines.iter().filter(|line| line.page == page);
                let ours: Vec<&str> = lines.map(|line| line.as_printed()).collect();
                let (ours, theirs) = (numerals(&ours.join("\n")), numerals(theirs));
                assert!(theirs.len() > 3, "{file}: page {page}");
                let (lost, added) = (without(&theirs, &ours), without(&ours, &theirs));
                // The mark of the note is no numeral here; some writers place it so that the other reader has 451 for 45¹.
                let mark = lost.iter().all(|numeral| ["1", "451"].contains(&numeral.as_str()))
                    && added.iter().all(|numeral| numeral == "45");
                let agreed = lost.is_empty() && added.is_empty();
                assert!(agreed || page == 1 && mark, "{file}: page {page}: lost {lost:?}, added {added:?}");
            }
        }
    }
}
