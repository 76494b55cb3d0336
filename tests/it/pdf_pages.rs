//! What is shown of the pages of a PDF: pictures of what was found, the stages before its text is read, places.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const REPORT: &str = "corpus/farrowmouth/2023-24/pdf/pdftex-booktabs.pdf";

fn debug(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossfoot")).arg("debug").args(args).output().unwrap()
}

fn refused(args: &[&str]) -> String {
    let run = debug(args);
    assert_eq!(run.status.code(), Some(2), "{args:?}");
    assert!(run.stdout.is_empty());
    String::from_utf8(run.stderr).unwrap()
}

/// A path for a picture that is not there yet.
fn picture(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

/// The marks of one layer of an SVG.
fn layer<'a>(svg: &'a str, id: &str) -> Vec<&'a str> {
    let start = svg.find(&format!("<g id=\"{id}\"")).unwrap();
    let layer = svg[start..].split("</g>").next().unwrap();
    layer.lines().filter(|line| line.starts_with("<rect")).collect()
}

#[test]
fn an_svg_has_a_layer_for_each_thing_that_was_found() {
    let path = picture("layers.svg");
    let run = debug(&["tables", REPORT, "--page", "2", "--out", path.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0));
    let svg = fs::read_to_string(path).unwrap();
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    // The four tables of the page: two side by side, one that goes on on the next page.
    let tables = layer(&svg, "tables");
    assert_eq!(tables.len(), 4);
    assert!(tables[0].contains("t1: PartlyRuled, 8 rows, 4 columns: "), "{}", tables[0]);
    let heads = layer(&svg, "heads");
    assert_eq!(heads.len(), 4 + 3 + 3 + 6);
    assert!(heads.iter().any(|head| head.contains("row 0, column 5: Compliments 2023/24")), "{heads:?}");
    let cells = layer(&svg, "cells");
    assert!(cells.iter().any(|cell| cell.contains("row 2, column 3: 24.5%")), "{cells:?}");
    // A word is inside the cell that it is read into.
    assert!(layer(&svg, "words").iter().any(|word| word.contains("<title>24.5%</title>")));
    assert!(layer(&svg, "rules").len() >= 9);
    // The page itself lies under them, in its own size: A4, at two pixels to a point.
    assert!(svg.contains("viewBox=\"0 0 595.276 841.89\" width=\"1190.552\" height=\"1683.78\""));
    assert!(svg.matches("<use ").count() > 500, "the page's glyphs are not drawn");
}

#[test]
fn words_and_canvas_print_what_is_drawn() {
    let words = debug(&["words", REPORT, "--page", "3"]);
    let words = String::from_utf8(words.stdout).unwrap();
    assert!(words.starts_with("page 3: 595.276 by 841.89 points\n"), "{words}");
    assert!(words.lines().any(|line| line.ends_with("  Total")), "{words}");
    assert!(!words.contains("page 2:"));
    let canvas = String::from_utf8(debug(&["canvas", REPORT]).stdout).unwrap();
    assert_eq!(canvas.lines().filter(|line| line.starts_with("page ")).count(), 3);
    assert!(canvas.contains("  level rule at "), "no rules");
}

#[test]
fn the_tables_of_one_page_are_printed() {
    let tables = |args: &[&str]| {
        let out = String::from_utf8(debug(&[&["tables", REPORT], args].concat()).stdout).unwrap();
        out.lines().filter(|line| line.starts_with('t')).count()
    };
    let pages: Vec<usize> = ["1", "2", "3"].iter().map(|page| tables(&["--page", page])).collect();
    assert!(pages.iter().filter(|count| **count > 0).count() > 1, "{pages:?}");
    assert_eq!(pages.iter().sum::<usize>(), tables(&[]));
}

#[test]
fn what_cannot_be_shown_is_said_and_nothing_is_written() {
    let path = picture("none.svg");
    let out = path.to_str().unwrap();
    let missing = refused(&["tables", REPORT, "--page", "9", "--out", out]);
    assert!(missing.contains("page 9 cannot be shown: the file has 3 pages"), "{missing}");
    let text = refused(&["tables", "corpus/farrowmouth/2023-24/report.txt", "--page", "1", "--out", out]);
    assert!(text.contains("not a PDF"), "{text}");
    let ending = refused(&["tables", REPORT, "--page", "1", "--out", "page.png"]);
    assert!(ending.contains("a picture is written as .svg"), "{ending}");
    let stray = refused(&["blocks", REPORT, "--page", "1"]);
    assert!(stray.contains("--page goes with canvas, words and tables; --out"), "{stray}");
    assert!(!path.exists() && !Path::new("page.png").exists());
}

#[test]
fn a_finding_in_a_pdf_names_its_page() {
    let run = Command::new(env!("CARGO_BIN_EXE_crossfoot")).args(["check", REPORT]).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    let places: Vec<&str> = text.lines().filter(|line| line.starts_with("  --> ")).collect();
    assert_eq!(places.len(), 3, "{text}");
    assert!(places.iter().all(|place| place.contains(" page 2") || place.contains(" page 3")), "{places:?}");
    let mut plain = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    let run = plain.args(["check", "corpus/keldwick/2022-23/report.txt"]).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(text.contains("  --> line ") && !text.contains("page "), "{text}");
}
