//! How well a document was read, against its `expected.json`: tables, figures of the prose, claims and root causes.

mod claims;
mod figures;
mod tables;

use crate::once::checked;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::report::schema::{CheckAnswer, Extract};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// What a reader should find in a report: its `expected.json`.
#[derive(Deserialize)]
pub struct Expected {
    /// The document that it is about, beside it.
    pub text_file: String,
    pub doc_period: Dates,
    pub tables: Vec<tables::Grid>,
    pub figures: Vec<figures::Figure>,
    pub claims: Vec<claims::Item>,
}

#[derive(Deserialize, PartialEq)]
pub struct Dates {
    pub start: String,
    pub end: String,
}

/// The counts of one document. Those of `MOST` should be low, the others high.
#[derive(Default, Serialize)]
pub struct Score {
    /// F1, in thousandths, of the (row label, column head, number) triples of all tables.
    pub cells: usize,
    /// Figures of the prose found by line, value and unit; of those, with the right measure, the right period, and
    /// the right period where it is not the document's own.
    pub figures: usize,
    pub measures: usize,
    pub periods: usize,
    pub other_periods: usize,
    /// Checkable items that got a claim; of those, with the right verdict.
    pub claims: usize,
    pub verdicts: usize,
    /// Distinct causes of what is inconsistent that a finding shows.
    pub causes: usize,
    /// Findings that no broken item stands behind.
    pub false_errors: usize,
    pub false_warnings: usize,
    /// Claims called inconsistent whose item holds, or that tell of no broken figure.
    pub accused: usize,
}

/// The counts that should be low.
pub const MOST: [&str; 3] = ["false_errors", "false_warnings", "accused"];

impl Score {
    /// By the names of the fields.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        serde_json::from_value(serde_json::to_value(self).unwrap()).unwrap()
    }
}

/// Reads and checks a document alone.
pub fn run(path: &Path) -> (Extract, CheckAnswer) {
    let checked = checked(path).unwrap();
    (checked.extract(), checked.answer())
}

/// Reads some documents and checks them together.
pub fn together(paths: &[&Path]) -> CheckAnswer {
    let documents: Vec<_> = paths.iter().map(|path| checked(path).unwrap().document.clone()).collect();
    CheckAnswer::of(&documents, &check(&documents))
}

/// The score of a document, with what is expected of it: the most that each count can be.
pub fn score(expected: &Expected, extract: &Extract, answer: &CheckAnswer) -> (Score, Score) {
    let (mut have, mut want) = (Score::default(), Score::default());
    have.cells = tables::score(&expected.tables, &extract.tables);
    want.cells = 1000;
    figures::score(expected, &extract.observations, &mut have, &mut want);
    claims::score(&expected.claims, answer, &mut have, &mut want);
    (have, want)
}

/// The name that a value has in the JSON.
fn name(value: impl Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// A decimal without separators and needless noughts, so that equal numbers are equal strings.
fn plain(numeral: &str) -> String {
    let digits = numeral.replace(',', "");
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[test]
fn equal_numbers_are_equal_strings() {
    for (numeral, want) in
        [("1,040", "1040"), ("07.50", "7.5"), ("0.0", "0"), ("-3.10", "-3.1"), ("12.", "12")]
    {
        assert_eq!(plain(numeral), want);
    }
}
