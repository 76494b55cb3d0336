//! What every stage makes of a few small documents, printed by the program itself and kept in snapshots/.
//!
//! A snapshot is a claim that the output is right, so that a stage is left out where it is not yet right for a
//! document. After a change on purpose: `INSTA_UPDATE=always cargo test --test it snapshots::`, and read the difference.

use std::process::{Command, Stdio};

/// What the program prints, run from the root of the repository with a relative path.
fn output(args: &[&str], path: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
    command.args(args).arg(path).current_dir(env!("CARGO_MANIFEST_DIR"));
    let run = command.stdin(Stdio::null()).env("NO_COLOR", "1").output().unwrap();
    // 1 says that something is inconsistent.
    assert!(run.status.code().is_some_and(|code| code < 2), "{args:?} {path}: {run:?}");
    String::from_utf8(run.stdout).unwrap().replace("\r\n", "\n")
}

/// Compares stages of a document with their snapshots, `<name>-<stage>.snap`.
fn stages(name: &str, path: &str, stages: &[&str]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for &stage in stages {
            let args: &[&str] = match stage {
                "check" => &["check"],
                "extract" => &["extract", "--format", "md"],
                _ => &["debug", stage],
            };
            insta::assert_snapshot!(format!("{name}-{stage}"), output(args, path));
        }
    });
}

#[test]
fn every_stage_of_a_small_report() {
    let all = ["source", "lines", "blocks", "tables", "figures", "statements", "relations", "claims"];
    stages("small", "tests/fixtures/small.txt", &all);
    stages("small", "tests/fixtures/small.txt", &["check", "extract"]);
}

#[test]
fn tabs_between_numbered_paragraphs() {
    let path = "corpus/castle-marling/2017-18/report.txt";
    stages("castle-marling", path, &["blocks", "tables", "statements"]);
}

#[test]
fn markdown_that_looks_wrong_and_is_right() {
    stages("dunmere", "corpus/dunmere/2021-22/report.txt", &["blocks", "tables"]);
}

#[test]
fn pipes_with_two_numbers_in_a_cell() {
    stages("marrowdale", "corpus/marrowdale/2023-24/report.txt", &["blocks", "tables"]);
}

#[test]
fn windows_1252_and_carriage_returns() {
    stages("skelbury", "corpus/skelbury/2012-13/report.txt", &["lines"]);
}
