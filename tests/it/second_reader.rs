//! The second reader, tried on the program itself.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};

fn extract(fixture: &str, more: &[&str]) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf").join(fixture);
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    let output = command.arg("extract").arg(path).args(more).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{fixture}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn doubtful(document: &Value) -> Vec<&str> {
    let figures = document["observations"].as_array().unwrap().iter();
    let doubted = figures.filter(|f| f["confidence"]["reasons"].to_string().contains("second-reader"));
    doubted.map(|f| f["span"]["text"].as_str().unwrap()).collect()
}

#[test]
fn a_figure_that_the_readers_read_otherwise_is_doubtful() {
    assert!(doubtful(&extract("actual-text.pdf", &[])).is_empty());
    let compared = extract("actual-text.pdf", &["--second-reader"]);
    assert_eq!(doubtful(&compared), ["62"]);
}

#[test]
fn readers_that_agree_change_nothing() {
    let plain = extract("two-columns.pdf", &[]);
    assert_eq!(plain, extract("two-columns.pdf", &["--second-reader"]));
    assert!(!plain["observations"].as_array().unwrap().is_empty());
}

/// Forms that draw themselves end the second reader's process.
#[test]
fn a_second_reader_that_dies_is_a_note() {
    let compared = extract("self-reference.pdf", &["--second-reader"]);
    assert!(doubtful(&compared).is_empty());
    let told = compared["diagnostics"].as_array().unwrap();
    let note = told.iter().find(|d| d["code"] == "second-reader-failed").unwrap();
    assert_eq!(note["severity"], "note");
    let plain = extract("self-reference.pdf", &[]);
    assert_eq!(plain["observations"], compared["observations"]);
}
