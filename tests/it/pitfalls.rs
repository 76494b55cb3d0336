//! The small PDFs of tests/fixtures/pdf with what expected.toml says of them.

use crossfoot::internal::model::diagnostic::Error;
use crossfoot::internal::model::document::Document;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, read as read_document};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// One file of expected.toml; its keys are told at its head.
#[derive(Deserialize)]
pub struct Expected {
    pub shows: String,
    pub result: String,
    #[serde(default)]
    pub lines: Vec<Vec<String>>,
    #[serde(default)]
    pub partial: Vec<usize>,
    #[serde(default)]
    pub hidden: Vec<String>,
    #[serde(default)]
    pub rotated_lines: Vec<String>,
    pub tables: Option<Vec<ExpectedTable>>,
    pub password: Option<String>,
    #[serde(default)]
    pub scanned_pages: Vec<usize>,
    #[serde(default)]
    pub diagnostics: Vec<String>,
    #[serde(default)]
    pub never: Vec<String>,
    pub page_count: Option<usize>,
    pub title: Option<String>,
    pub author: Option<String>,
    pub created: Option<String>,
    pub modified: Option<String>,
}

/// A table that is to be found.
#[derive(Deserialize)]
pub struct ExpectedTable {
    pub page: u32,
    pub rows: Vec<Vec<String>>,
}

/// Large files, which a test of its own looks at.
pub const LARGE: [&str; 3] = ["many-pages.pdf", "million-glyphs.pdf", "million-overprinted.pdf"];

/// Everything in expected.toml.
pub fn expected() -> BTreeMap<String, Expected> {
    toml::from_str(&std::fs::read_to_string(folder().join("expected.toml")).unwrap()).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf")
}

/// A file as read with its password; each is read once.
pub fn read(name: &str) -> &'static Result<Document, Error> {
    type Slot = (Option<String>, OnceLock<Result<Document, Error>>);
    static ALL: OnceLock<BTreeMap<String, Slot>> = OnceLock::new();
    let slot = |(name, file): (String, Expected)| (name, (file.password, OnceLock::new()));
    let (password, document) = &ALL.get_or_init(|| expected().into_iter().map(slot).collect())[name];
    document.get_or_init(|| open(name, &Options { password: password.clone(), ..Options::default() }))
}

/// Reads a file.
pub fn open(name: &str, options: &Options) -> Result<Document, Error> {
    read_document(&folder().join(name), Grammar::embedded(), options)
}

/// The printed lines of a page that hold anything.
pub fn page_lines(document: &Document, page: usize) -> Vec<String> {
    let lines = document.lines.iter().filter(|l| l.page as usize == page);
    lines.map(|l| l.as_printed().to_owned()).filter(|l| !l.trim().is_empty()).collect()
}

/// A line with one space between words; what is raised or folded as expected.toml has it.
pub fn written(line: &str) -> String {
    let line: String = line.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without any space.
pub fn squeezed(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}
