//! The integration tests: one program, since each further one is linked and started anew. A file holds what is tried of
//! one thing; `cargo test --test it NAME::` runs those of a file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is wrong"
)]

#[cfg(feature = "cli")]
mod about;
#[cfg(all(feature = "html", feature = "markdown"))]
mod across;
#[cfg(feature = "pdf")]
mod annotated;
#[cfg(all(feature = "archives", feature = "cli"))]
mod archives;
mod bad_input;
#[cfg(all(feature = "docx", feature = "html", feature = "markdown"))]
mod bad_pages;
#[cfg(feature = "sheets")]
mod bad_workbooks;
#[cfg(all(feature = "cli", feature = "markdown"))]
mod batch;
mod beliefs;
mod chart_labels;
mod claimed;
#[cfg(feature = "cli")]
mod cli;
mod compare;
#[cfg(all(feature = "cli", feature = "markdown"))]
mod configured;
mod corpus;
#[cfg(feature = "markdown")]
mod counted;
mod csv;
mod html_report;
mod identity;
#[cfg(all(feature = "cli", feature = "pdf"))]
mod isolation;
mod joins;
mod layering;
mod left_open;
#[cfg(feature = "cli")]
mod living;
#[cfg(all(feature = "cli", feature = "ocr", unix))]
mod ocr;
mod once;
#[cfg(all(feature = "docx", feature = "html", feature = "markdown", feature = "pdf", feature = "sheets"))]
mod one_report;
mod one_unit;
#[cfg(feature = "html")]
mod pages;
#[cfg(feature = "pdf")]
mod pdf_broken;
#[cfg(all(feature = "cli", feature = "render"))]
mod pdf_pages;
#[cfg(feature = "pdf")]
mod pdf_reader;
#[cfg(all(feature = "cli", feature = "pdf"))]
mod pdf_spacing;
#[cfg(feature = "pdf")]
mod pdf_tables;
#[cfg(feature = "pdf")]
mod pitfalls;
mod place;
mod plain_data;
mod printed_again;
mod properties;
mod rates;
#[cfg(feature = "cli")]
mod readme;
mod recovered;
mod restated;
mod said;
mod schema;
mod scoring;
#[cfg(feature = "sheets")]
mod second_opinion;
#[cfg(feature = "second-reader")]
mod second_reader;
#[cfg(feature = "sheets")]
mod set_apart;
mod sheets;
#[cfg(feature = "cli")]
mod snapshots;
mod sums_without_words;
mod told_again;
mod words;
#[cfg(feature = "sheets")]
mod workbooks;
#[cfg(feature = "sheets")]
mod xlsx;
