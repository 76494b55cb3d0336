//! One report as text, as a web page, a Word document and the like, in cells, and as PDFs of seven producers gives the same
//! tables, figures, claims and findings.

use crate::once::{Checked, checked};
use crossfoot::internal::model::table::Table;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline as document;
use crossfoot::internal::pipeline::Options;
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

const REPORT: &str = "corpus/farrowmouth/2023-24";

/// Files that give the tables and figures of the text, and differ by design in what follows: what is recognised in a
/// picture may be misread, so what is inconsistent in the text cannot be decided there, and is no error.
const IN_DOUBT: &[&str] = &["scanned-ocr.pdf"];

/// The files that must give exactly what the text gives.
const SAME: &[&str] = &[
    "cairo-rotated.pdf",
    "chromium-tagged-ruled.pdf",
    "chromium-untagged-borderless.pdf",
    "encrypted-owner.pdf",
    "encrypted-user.pdf",
    "libreoffice-tagged-ruled.pdf",
    "libreoffice-untagged-banded.pdf",
    "pdftex-booktabs.pdf",
    "reportlab-ruled.pdf",
    "typst-tagged-partly-ruled.pdf",
    "typst-untagged-banded.pdf",
    "weasyprint-tagged-banded.pdf",
    "weasyprint-two-column.pdf",
];

/// The forms that are neither text nor PDF; they must give exactly what the text gives.
const FORMS: &[&str] = &[
    "report.csv",
    "report.docx",
    "report.html",
    "report.md",
    "report.ods",
    "report.xls",
    "report.xlsb",
    "report.xlsx",
];

/// What a reader finds in a document: each thing as a line, and how often it was found.
#[derive(Debug, Default, PartialEq)]
struct Found {
    tables: BTreeMap<String, usize>,
    figures: BTreeMap<String, usize>,
    claims: BTreeMap<String, usize>,
    findings: BTreeMap<String, usize>,
}

#[test]
fn a_pdf_gives_what_its_text_gives() {
    let text = found(read("report.txt"));
    assert_eq!((text.tables.len(), text.findings.len()), (6, 4), "{:#?}", text.findings);
    for file in SAME {
        let differences = differences(&text, &found(read(&format!("pdf/{file}"))));
        assert!(differences.iter().all(Vec::is_empty), "{file}: {differences:#?}");
    }
}

#[test]
fn every_other_form_gives_what_the_text_gives() {
    let text = found(read("report.txt"));
    for file in FORMS {
        let differences = differences(&text, &found(read(file)));
        assert!(differences.iter().all(Vec::is_empty), "{file}: {differences:#?}");
    }
}

#[test]
fn forms_that_differ_little_give_what_the_text_gives() {
    let text = found(read("report.txt"));
    let csv = bytes("report.csv");
    let mut tabs = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    for row in csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice()).byte_records() {
        tabs.write_byte_record(&row.unwrap()).unwrap();
    }
    let mut content = String::new();
    let mut ods = zip::ZipArchive::new(Cursor::new(bytes("report.ods"))).unwrap();
    ods.by_name("content.xml").unwrap().read_to_string(&mut content).unwrap();
    let kind = "office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"";
    let flat = content.replace("</office:document-content>", "</office:document>");
    let flat = flat.replace("office:document-content", kind);
    for (name, bytes) in [
        ("report.tsv", tabs.into_inner().unwrap()),
        ("report.fods", flat.into_bytes()),
        ("report.xlsm", bytes("report.xlsx")),
    ] {
        let source = source::from_bytes(name, bytes).unwrap();
        let document = document::from_source(source, Grammar::embedded(), &Options::default()).unwrap();
        let answer = check(std::slice::from_ref(&document));
        let differences = differences(&text, &found(&Checked { document, answer }));
        assert!(differences.iter().all(Vec::is_empty), "{name}: {differences:#?}");
    }
}

#[test]
fn recognised_text_gives_the_same_figures_and_accuses_nobody() {
    let text = found(read("report.txt"));
    let undecided = |claim: String| match claim.split_once(" Inconsistent: ") {
        Some((_, values)) => format!("CF803 Unverifiable: {values}"),
        None => claim,
    };
    let expected = Found {
        claims: text.claims.into_iter().map(|(claim, count)| (undecided(claim), count)).collect(),
        findings: text.findings.into_iter().filter(|(finding, _)| !finding.contains(" Error: ")).collect(),
        ..text
    };
    for file in IN_DOUBT {
        let differences = differences(&expected, &found(read(&format!("pdf/{file}"))));
        assert!(differences.iter().all(Vec::is_empty), "{file}: {differences:#?}");
    }
}

#[test]
fn every_pdf_is_compared() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(REPORT).join("pdf");
    let mut files: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".pdf") && name != "scanned.pdf")
        .collect();
    let mut listed: Vec<&str> = SAME.iter().chain(IN_DOUBT).copied().collect();
    files.sort_unstable();
    listed.sort_unstable();
    assert_eq!(files, listed);
}

#[test]
fn pictures_of_pages_give_no_figures_and_say_so() {
    let document = &read("pdf/scanned.pdf").document;
    assert!(document.figures.is_empty() && document.tables.is_empty());
    assert!(!document.diagnostics.is_empty());
}

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(REPORT).join(file)
}

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(path(file)).unwrap()
}

fn read(file: &str) -> &'static Checked {
    checked(&path(file)).unwrap()
}

fn found(Checked { document, answer }: &Checked) -> Found {
    let mut found = Found::default();
    let add = |to: &mut BTreeMap<String, usize>, line: String| *to.entry(line).or_default() += 1;
    for table in &document.tables {
        add(&mut found.tables, grid(table));
    }
    for figure in &document.figures {
        let quantity = &figure.quantity;
        let dimensions: Vec<String> =
            figure.facets.dimensions.iter().map(|(d, l)| format!("{d:?} {}", l.normalised)).collect();
        let line = format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {dimensions:?}",
            quantity.value,
            quantity.unit,
            quantity.qualifier,
            figure.measure(),
            figure.role,
            figure.facets.period
        );
        add(&mut found.figures, line);
    }
    for claim in &answer.claims {
        let line =
            format!("{} {:?}: {} against {}", claim.code, claim.verdict, claim.published, claim.computed);
        add(&mut found.claims, line);
    }
    for finding in &answer.findings {
        add(&mut found.findings, format!("{} {:?}: {}", finding.code, finding.severity, finding.arithmetic));
    }
    found
}

/// A table's title, what stands over each of its columns, and its rows: heads may stand in one row or in two.
fn grid(table: &Table) -> String {
    let heads = (0..table.cols).map(|col| {
        let mut texts: Vec<&str> = (0..table.header_rows).map(|row| table.text(row, col)).collect();
        texts.dedup();
        texts.join(" ").trim().to_owned()
    });
    let mut lines = vec![table.title.as_ref().map_or_else(String::new, |t| t.text.to_string())];
    lines.push(heads.collect::<Vec<_>>().join(" | "));
    for row in table.header_rows..table.rows {
        let cells: Vec<&str> = (0..table.cols).map(|col| table.text(row, col)).collect();
        lines.push(cells.join(" | "));
    }
    lines.join("\n")
}

/// Tables, figures, claims and findings that only one of two has.
fn differences(text: &Found, pdf: &Found) -> [Vec<String>; 4] {
    let of = |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| {
        let count = |all: &BTreeMap<String, usize>, line: &String| all.get(line).copied().unwrap_or(0);
        let lost = a.keys().filter(|l| count(a, l) > count(b, l)).map(|l| format!("- {l}"));
        let new = b.keys().filter(|l| count(b, l) > count(a, l)).map(|l| format!("+ {l}"));
        lost.chain(new).collect::<Vec<String>>()
    };
    [
        of(&text.tables, &pdf.tables),
        of(&text.figures, &pdf.figures),
        of(&text.claims, &pdf.claims),
        of(&text.findings, &pdf.findings),
    ]
}
