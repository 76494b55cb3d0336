//! What reading a PDF costs beside its bare interpretation, and the peak of memory on a file of 500 pages.
//!
//! `cargo bench --bench pdf` reads the PDFs of the corpus, or those of the directory that `PDFS` names. Times are of the
//! process's own CPU; each stage is run several times, and the best is kept.
#![allow(clippy::expect_used, reason = "a benchmark stops where something is wrong")]

use crossfoot::cli::{self, Allocator};
use crossfoot::internal::layout::printed::Printed;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::read::{pdf, source};
use crossfoot::internal::{pipeline as document, table};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::{
    Context, DummyDevice, InterpreterCache, InterpreterSettings, TransformExt, interpret_page, kurbo,
};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// That of the program.
#[global_allocator]
static ALLOCATOR: Allocator = cli::allocator();

/// How often each stage is run.
const RUNS: usize = 5;
const PAGES: usize = 500;
const STAGES: [&str; 5] = ["bare", "canvas", "words", "tables", "document"];

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["peak", ..] => {
            let source = source::from_bytes("long.pdf", long()).expect("a PDF");
            let document =
                document::from_source(source, Grammar::embedded(), &Default::default()).expect("a report");
            assert_eq!(document.origin.pages as usize, PAGES);
            println!("{} figures, {:.0} MB", document.figures.len(), peak());
        }
        // `cargo test --all-targets` runs this program too, without `--bench`.
        args if !args.contains(&"--bench") => {}
        _ => {
            times(&files());
            let program = std::env::current_exe().expect("this program");
            let run = Command::new(program).arg("peak").output().expect("a run");
            print!("{PAGES} pages: {}", String::from_utf8_lossy(&run.stdout));
        }
    }
}

/// Every stage from the bytes on.
fn times(files: &[Vec<u8>]) {
    // The grammar is read once a process.
    let grammar = Grammar::embedded();
    let mut bare = 0.0;
    println!("{} files", files.len());
    for stage in STAGES {
        let best = (0..RUNS)
            .map(|_| {
                let start = cpu();
                files.iter().for_each(|bytes| run(stage, bytes, grammar));
                cpu() - start
            })
            .fold(f64::MAX, f64::min);
        if stage == "bare" {
            bare = best;
        }
        println!("{stage:<10} {best:>8.3} s {:>6.2}", best / bare);
    }
}

fn run(stage: &str, bytes: &[u8], grammar: &Grammar) {
    match stage {
        "bare" => interpret(bytes),
        "document" => {
            if let Ok(source) = source::from_bytes("a.pdf", bytes.to_vec()) {
                drop(document::from_source(source, grammar, &Default::default()));
            }
        }
        _ => {
            let Ok(file) = pdf::open(bytes.to_vec(), None) else { return };
            file.read(
                |_| None,
                |canvas| {
                    if stage != "canvas" {
                        let printed = Printed::of(canvas);
                        if stage == "tables" {
                            drop(table::page::find(&printed));
                        }
                    }
                },
            );
        }
    }
}

/// The interpreter alone, with a device that does nothing.
fn interpret(bytes: &[u8]) {
    let Ok(pdf) = Pdf::new(bytes.to_vec()) else { return };
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let area = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let transform = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(transform, area, &cache, pdf.xref(), InterpreterSettings::default());
        interpret_page(page, &mut context, &mut DummyDevice);
    }
}

fn files() -> Vec<Vec<u8>> {
    let dir = std::env::var_os("PDFS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/farrowmouth/2023-24/pdf"),
        PathBuf::from,
    );
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(dir).expect("a directory").flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "pdf"));
    paths.sort();
    paths.iter().map(|p| std::fs::read(p).expect("a file")).collect()
}

/// A report of many pages, each with a paragraph and a table.
fn long() -> Vec<u8> {
    let mut objects = vec![String::new(); 3];
    let mut kids = String::new();
    for page in 0..PAGES {
        let mut content =
            format!("BT /F 10 Tf 72 780 Td (Section {page}: complaints by team in 2023-24) Tj ET\n");
        for row in 0..40 {
            let y = 750 - 16 * row;
            let (a, b) = (page + 3 * row, page + row);
            let _ = writeln!(
                content,
                "BT /F 10 Tf 72 {y} Td (Team {row} of the district) Tj ET BT /F 10 Tf 300 {y} Td ({a}) Tj ET \
                 BT /F 10 Tf 400 {y} Td ({b}) Tj ET 72 {} m 450 {} l S",
                y - 4,
                y - 4
            );
        }
        let number = objects.len() + 1;
        let _ = write!(kids, "{number} 0 R ");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    objects[0] = "<< /Type /Catalog /Pages 2 0 R >>".into();
    objects[1] = format!("<< /Type /Pages /Count {PAGES} /Kids [{kids}] >>");
    objects[2] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".into();
    let mut file = String::from("%PDF-1.7\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = file.len();
    let _ = write!(
        file,
        "{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}

/// Seconds of CPU that this process has taken.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|ns| ns.parse::<f64>().ok()).map_or(f64::NAN, |ns| ns / 1e9)
}

/// Megabytes that this process has taken at most.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1024.0)
}
