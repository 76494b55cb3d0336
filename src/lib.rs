//! crossfoot reads published complaint reports, extracts every table and every figure of the prose with its place, and
//! checks that the figures add up.
//!
//! # The tour
//!
//! A [`Crossfoot`] holds the options and reads: a file of any kind gives a [`Document`]. A document has its
//! [`tables`](Document::tables), its [`figures`](Document::figures) (those of cells and those of sentences, each with what
//! it measures, its period, its value and its exact place) and its [`diagnostics`](Document::diagnostics), which say what was
//! lost, doubtful or passed over. [`Crossfoot::check`] takes the documents of a run, one or many, and gives an [`Answer`]: the
//! [`claims`](Answer::claims) that their figures make about each other with the verdict on each, the
//! [`findings`](Answer::findings), which are the claims that do not hold, by cause and with what would mend them, and the
//! [`coverage`](Answer::coverage), which says how much was understood.
//!
//! All of these return types of [`schema`], which are the JSON of the command line as structures. Numbers are decimals in
//! strings, because no figure is ever a float. Only reading can fail as a whole, with an [`Error`] that says what to do about it.
//!
//! ```
//! use crossfoot::Crossfoot;
//!
//! # let path = std::env::temp_dir().join(format!("crossfoot-tour-{}.txt", std::process::id()));
//! # std::fs::write(&path, "Stage | 2020/21 | 2021/22\nStage 1 | 131 | 145\nStage 2 | 20 | 22\nTotal | 151 | 176\n").unwrap();
//! let report = Crossfoot::new().read(&path)?;
//! let answer = Crossfoot::check(&[report]);
//! for finding in answer.findings() {
//!     println!("{} {}: {}", finding.code, finding.message, finding.arithmetic);
//! }
//! # assert_eq!(answer.findings().len(), 1);
//! # std::fs::remove_file(&path).unwrap();
//! # Ok::<(), crossfoot::Error>(())
//! ```
//!
//! # Cookbook
//!
//! ## Every figure as a row
//!
//! [`Document::to_csv`] gives the rows of `crossfoot extract --format csv`. A program takes the fields that it needs:
//!
//! ```
//! use crossfoot::Crossfoot;
//!
//! let report = Crossfoot::new().read_bytes("report.txt", "In 2021/22 we received 167 complaints, 35% of them late.\n")?;
//! let rows: Vec<_> = report
//!     .figures()
//!     .map(|figure| {
//!         let period = figure.period.map(|period| (period.start, period.end));
//!         (figure.value, figure.unit, figure.measure, period, figure.span.line)
//!     })
//!     .collect();
//! assert_eq!(rows.len(), 2);
//! assert_eq!(rows[0].0.as_deref(), Some("167"));
//! assert_eq!(rows[0].3, Some(("2021-04-01".to_owned(), "2022-03-31".to_owned())));
//! # Ok::<(), crossfoot::Error>(())
//! ```
//!
//! ## The cells of the tables
//!
//! ```
//! use crossfoot::Crossfoot;
//!
//! let report = Crossfoot::new().read_bytes("stages.csv", "Stage,Cases\nStage 1,131\nStage 2,20\nTotal,151\n")?;
//! let table = report.tables().next().ok_or("a table")?;
//! let bodies: Vec<&str> = table.cells.iter().filter(|cell| !cell.header).map(|cell| &*cell.text).collect();
//! assert_eq!(bodies, ["131", "20", "151"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! ## Two years in one run
//!
//! Documents that are checked together give one answer; each place in it names its document.
//!
//! ```
//! use crossfoot::{Crossfoot, schema::Verdict};
//!
//! let reader = Crossfoot::new();
//! let last = reader.read_bytes("2020-21.txt", "Stage | 2020/21\nStage 1 | 131\nStage 2 | 20\nTotal | 151\n")?;
//! let this = reader.read_bytes("2021-22.txt", "Stage | 2021/22\nStage 1 | 145\nStage 2 | 22\nTotal | 176\n")?;
//! let answer = Crossfoot::check(&[last, this]);
//! let broken: Vec<_> = answer.claims().iter().filter(|claim| claim.verdict == Verdict::Inconsistent).collect();
//! assert_eq!(broken.len(), 1);
//! assert_eq!(broken[0].spans[0].path.as_deref(), Some("2021-22.txt"));
//! # Ok::<(), crossfoot::Error>(())
//! ```
//!
//! ## What is in memory
//!
//! [`Crossfoot::read_bytes`] takes the bytes of any file. Their kind is told from the content; the name only tells kinds of
//! text apart.
//!
//! ```
//! use crossfoot::Crossfoot;
//!
//! let refused = Crossfoot::new().max_pages(20).read_bytes("upload.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec());
//! let (what, hint) = refused.map_err(|error| error.what()).err().unwrap_or_default();
//! println!("{what}: {}", hint.unwrap_or_default());
//! # assert!(!what.is_empty());
//! ```
//!
//! ## A vocabulary of your own
//!
//! [`Grammar::load`] takes a folder with files of the form of those in `grammars/`: a file of the same name replaces the one
//! that comes with the program, any other adds to them.
//!
//! ```
//! use crossfoot::{Crossfoot, Grammar, schema::Dimension};
//!
//! # let folder = std::env::temp_dir().join(format!("crossfoot-words-{}", std::process::id()));
//! std::fs::create_dir_all(folder.join("vocabulary"))?;
//! std::fs::write(
//!     folder.join("vocabulary/kiosk.toml"),
//!     "[[term]]\nclass = \"channel\"\nvalue = \"kiosk\"\nforms = [\"by kiosk\"]\n",
//! )?;
//! let reader = Crossfoot::new().grammar(Grammar::load(&folder)?);
//! let report = reader.read_bytes("report.txt", "In 2021/22 we received 12 complaints by kiosk.\n")?;
//! let figure = report.figures().next().ok_or("a figure")?;
//! assert_eq!(figure.dimensions[&Dimension::Channel].normalised, "kiosk");
//! # std::fs::remove_dir_all(&folder)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Threads and hostile files
//!
//! A [`Crossfoot`] and its documents can be shared between threads. Deeply nested files can need more than the stack of a
//! thread has by default; the command line reads on threads with 64 MB. What no program can catch in itself (a stack that
//! overflows, memory that is refused) takes another process: see `crossfoot check --isolate`.

mod facade;
mod layout;
mod lex;
mod model;
mod observe;
mod pack;
mod phrase;
mod pipeline;
mod read;
mod reconcile;
mod report;
mod table;

#[cfg(all(feature = "render", feature = "html-report"))]
pub use facade::Pictures;
pub use facade::{Answer, Crossfoot};
pub use model::diagnostic::Error;
pub use model::document::Document;
pub use phrase::Grammar;
#[cfg(feature = "pdf")]
pub use report::annotate::Annotated;
#[cfg(feature = "html-report")]
pub use report::html::Picture;

/// The public JSON, version 1, as structures: what documents and answers are made of.
pub mod schema {
    pub use crate::model::about::{Basis, Certainty, Kind};
    pub use crate::model::facets::{Dimension, Label, Measure, Population};
    pub use crate::model::figure::Role;
    pub use crate::model::period::PeriodKind;
    pub use crate::model::quantity::Unit;
    pub use crate::model::table::Form;
    pub use crate::reconcile::claim::{Coverage, Severity, Verdict};
    pub use crate::reconcile::relation::OperandRole;
    pub use crate::report::schema::{
        About, AboutBody, AboutKind, AboutPeriod, Cell, CellRef, CheckedDocument, Claim, Confidence,
        Diagnostic, Finding, Interval, JSON_SCHEMA, Level, Observation, Operand, Organisation, Period,
        Qualifier, Span, Table,
    };
}

/// The tables of a data set of many documents: their columns, and rows of typed values.
pub mod data_set {
    pub use crate::report::data_set::{
        Column, DocumentRow, Kind, Row, Said, Status, Table, Value, observations, tables,
    };
}

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

/// The stages, for this package's own tests and benches. Nothing of it is promised.
#[doc(hidden)]
pub mod internal {
    pub mod layout {
        pub use crate::layout::*;
    }
    pub mod lex {
        pub use crate::lex::*;
    }
    pub mod model {
        pub use crate::model::*;
    }
    pub mod phrase {
        pub use crate::phrase::*;
    }
    pub mod pipeline {
        pub use crate::pipeline::*;
    }
    pub mod read {
        pub use crate::read::*;
    }
    pub mod reconcile {
        pub use crate::reconcile::*;
    }
    pub mod report {
        pub use crate::report::*;
    }
    pub mod given {
        pub use crate::observe::Given;
        pub use crate::observe::about::given::*;
    }
    pub mod table {
        pub use crate::table::*;
    }
}

/// The example of the README, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
