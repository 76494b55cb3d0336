//! What the weights of evidence ought to be: fitted on judged claims, and tried on documents that were held out.
//!
//! `cargo bench --bench fit` prints the fitted weights beside the present ones, and how far what is called sure is right.
//! It fits on the clean twins of the corpus (no claim of theirs may fail), on the errors that `benches/accuracy` puts into
//! them (what fails there is broken) and on the damage (what fails then was misread). `-- --labels DIR` adds the real
//! documents of `DIR/wild` and `DIR/seeds`, whose claims were judged by people; `-- --judged FILE` adds more findings, in the
//! columns of `labels.tsv`; `-- --show` lists the real claims that are told and wrong, or right and not told. With
//! `UPDATE_DOCS=1` and without labels it writes the last part of `docs/accuracy.md`.
#![allow(clippy::expect_used, reason = "a benchmark stops where something is wrong")]

mod calibration;
mod corpus;
mod injected;
mod labels;
mod logistic;
mod sample;

use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs this program too, without `--bench`.
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let given = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let mut samples = corpus::samples();
    if let Some(folder) = given("--labels").map(Path::new).filter(|folder| folder.is_dir()) {
        samples.extend(labels::samples(folder, given("--judged").map(Path::new)));
    }
    sample::weigh(&mut samples);
    if let Some(path) = given("--json") {
        std::fs::write(path, sample::json(&samples)).expect("the samples can be written");
    }
    println!("{}", sample::told(&samples));
    let (fitted, held_out) = logistic::fitted(&samples);
    println!("{}", fitted.told());
    println!("{}", calibration::told(&samples, &held_out));
    if std::env::var_os("UPDATE_DOCS").is_some() && given("--labels").is_none() {
        injected::docs::write(None, Some(&calibration::page(&samples)));
    }
    if args.iter().any(|arg| arg == "--show") {
        print!("{}", calibration::wrong(&samples, &held_out));
    }
}
