//! crossfoot reads published complaint reports, extracts every table and every figure of the prose with its
//! place, and checks that the figures add up.
//!
//! The data flows one way; each stage is one module, and what it gives is plain data of [`model`]:
//!
//! ```text
//! bytes ─ read ─▶ lines, glyphs ─ layout ─▶ blocks ─ table ─▶ tables ─ observe ─▶ figures ─ reconcile ─▶ findings ─ report ─▶ text, JSON …
//! ```
//!
//! [`pipeline::read`] goes from a file to a [`model::document::Document`] with its figures; [`reconcile::check`] from the
//! documents of a run to claims, findings and coverage; [`report::schema`] holds the public JSON of both.
//!
//! ```
//! use crossfoot::{phrase::Grammar, pipeline, read::source, reconcile::check};
//!
//! let report = "Stage | 2020/21 | 2021/22\nStage 1 | 131 | 145\nStage 2 | 20 | 22\nTotal | 151 | 176\n";
//! let source = source::from_bytes("report.txt", report.into())?;
//! let document = pipeline::from_source(source, Grammar::embedded(), &pipeline::Options::default())?;
//! assert_eq!(document.tables.len(), 1);
//! assert_eq!(document.figures.len(), 6);
//!
//! let answer = check(&[document]);
//! let [finding] = answer.findings.as_slice() else { panic!("one total is off") };
//! assert_eq!(finding.code, "CF101");
//! assert_eq!(finding.arithmetic, "145 + 22 = 167; printed 176, 9 too many");
//! # Ok::<(), crossfoot::model::diagnostic::Error>(())
//! ```

pub mod layout;
pub mod lex;
pub mod model;
pub mod observe;
mod pack;
pub mod phrase;
pub mod pipeline;
pub mod read;
pub mod reconcile;
pub mod report;
pub mod table;

#[cfg(feature = "cli")]
pub mod cli;

/// The example of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
