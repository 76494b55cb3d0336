//! crossfoot reads published complaint reports, extracts every table and every figure of the prose with its
//! place, and checks that the figures add up.
//!
//! The data flows one way; each stage is one module with one public function and plain data as its result:
//!
//! ```text
//! bytes ─ source ─▶ Source ─ format ─▶ Lines ─ table ─▶ Tables ─ layout ─▶ Blocks ┐
//!                                                                                 ▼
//!   report ◀─ Findings ◀─ check ◀─ Relations ◀─ relate ◀─ Figures ◀─ observe (number, period, grammar)
//! ```
//!
//! [`document::read`] goes from a file to a [`document::Document`] with its figures; [`check::check`] from the documents
//! of a run to claims, findings and coverage; [`schema`] holds the public JSON of both.
//!
//! ```
//! use crossfoot::{check::check, document, grammar::Grammar, source};
//!
//! let report = "Stage | 2020/21 | 2021/22\nStage 1 | 131 | 145\nStage 2 | 20 | 22\nTotal | 151 | 176\n";
//! let source = source::from_bytes("report.txt", report.into())?;
//! let document = document::from_source(source, Grammar::embedded(), &document::Options::default())?;
//! assert_eq!(document.tables.len(), 1);
//! assert_eq!(document.figures.len(), 6);
//!
//! let answer = check(&[document]);
//! let [finding] = answer.findings.as_slice() else { panic!("one total is off") };
//! assert_eq!(finding.code, "CF101");
//! assert_eq!(finding.arithmetic, "145 + 22 = 167; printed 176, 9 too many");
//! # Ok::<(), crossfoot::error::Error>(())
//! ```

pub mod check;
pub mod document;
pub mod error;
pub mod format;
pub mod grammar;
pub mod layout;
pub mod number;
pub mod observe;
pub mod page;
pub mod period;
pub mod relate;
pub mod report;
pub mod schema;
#[cfg(feature = "second-reader")]
pub mod second;
pub mod source;
pub mod table;

#[cfg(test)]
mod sample;

#[cfg(feature = "cli")]
pub mod cli;

/// The example of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
