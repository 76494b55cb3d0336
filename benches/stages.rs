//! The time of each stage on one small report that the corpus has in three forms: text, PDF and a workbook.
//!
//! `cargo bench --bench stages`. Every stage begins with what the stage before it made, except the document, which is
//! all from the bytes to the figures.
#![allow(clippy::expect_used, reason = "a benchmark stops where something is wrong")]

use crossfoot::internal::layout::{self, printed::Printed};
use crossfoot::internal::model::{canvas::Canvas, sheet::Sheet, text::Line};
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{self, Document};
use crossfoot::internal::read::{pdf, source, text, workbook};
use crossfoot::internal::report::data_set::said;
use crossfoot::internal::{reconcile, report, table};
use divan::{Bencher, black_box};
use std::path::Path;

const FORMS: [&str; 3] = ["report.txt", "pdf/libreoffice-tagged-ruled.pdf", "report.xlsx"];

fn main() {
    // The grammar is read once a process, and its time is no stage's.
    Grammar::embedded();
    // `cargo test --all-targets` runs this program too, without `--bench`: each stage once.
    divan::main();
}

/// What reading gives, which differs with the form.
#[derive(Clone)]
enum Content {
    Lines(Vec<Line>),
    Pages(Vec<Canvas>),
    Sheets(Vec<Line>, Box<Sheet>),
}

/// From the bytes to lines, drawn pages or sheets; the kind is found and the hash made.
#[divan::bench(args = FORMS)]
fn read(bencher: Bencher, form: &str) {
    bencher.with_inputs(|| bytes(form)).bench_values(|bytes| content(form, bytes));
}

/// From lines, drawn pages or sheets to tables, and for all but PDFs to blocks.
#[divan::bench(args = FORMS)]
fn tables(bencher: Bencher, form: &str) {
    let content = content(form, bytes(form));
    bencher.with_inputs(|| content.clone()).bench_values(laid_out);
}

/// From the bytes to the figures.
#[divan::bench(args = FORMS)]
fn document(bencher: Bencher, form: &str) {
    bencher.with_inputs(|| bytes(form)).bench_values(|bytes| observed(form, bytes));
}

/// From the figures to claims and findings.
#[divan::bench(args = FORMS)]
fn check(bencher: Bencher, form: &str) {
    let documents = [observed(form, bytes(form))];
    bencher.bench_local(|| reconcile::check(black_box(&documents)));
}

/// The rows of a data set as CSV: observations.
#[divan::bench(args = FORMS)]
fn observations_csv(bencher: Bencher, form: &str) {
    let document = observed(form, bytes(form));
    bencher.bench_local(|| {
        report::csv::head(&mut std::io::sink()).expect("a sink takes all");
        report::csv::write(&mut std::io::sink(), black_box(&document)).expect("a sink takes all");
    });
}

/// The rows of a data set: claims and findings.
#[divan::bench(args = FORMS)]
fn said_rows(bencher: Bencher, form: &str) {
    let documents = [observed(form, bytes(form))];
    let answer = reconcile::check(&documents);
    let ids = ["d1".to_owned()];
    bencher.bench_local(|| said(black_box(&documents), &answer, &ids));
}

fn bytes(form: &str) -> Vec<u8> {
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/farrowmouth/2023-24").join(form);
    std::fs::read(report).expect("a file of the corpus")
}

fn content(form: &str, bytes: Vec<u8>) -> Content {
    let source = source::from_bytes(form, bytes).expect("a file of a kind that is read");
    match source.kind {
        source::FileKind::Pdf => {
            let file = pdf::open(source.bytes, None).expect("a PDF");
            let mut pages = Vec::new();
            file.read(|_| None, |canvas| pages.push(canvas));
            Content::Pages(pages)
        }
        source::FileKind::Xlsx => {
            let read = workbook::read(source.bytes, source.kind, None).expect("a workbook");
            Content::Sheets(read.lines, Box::new(read.sheet))
        }
        _ => Content::Lines(text::lines(&source.bytes).0),
    }
}

fn laid_out(content: Content) -> usize {
    let blocks = |lines: &[_], found| layout::arrange(lines, table::unite(lines, found), &[]).blocks.len();
    match content {
        Content::Lines(lines) => blocks(&lines, table::find(&lines).0),
        Content::Sheets(lines, sheet) => blocks(&lines, table::of_sheet(&lines, &sheet)),
        Content::Pages(pages) => {
            pages.into_iter().map(|canvas| table::page::find(&Printed::of(canvas)).len()).sum()
        }
    }
}

fn observed(form: &str, bytes: Vec<u8>) -> Document {
    let source = source::from_bytes(form, bytes).expect("a file of a kind that is read");
    pipeline::from_source(source, Grammar::embedded(), &Default::default()).expect("a report")
}
