//! The check report as one web page that can be mailed: it holds its style, its script and its pictures, and loads nothing.
//!
//! First comes what was read and what was found; then each cause as a card with the picture of its page, on which the figures
//! are boxed, the rows or lines that they stand in, the working and the repairs; then what was checked and holds.

mod chart;
mod compared;
mod finding;
mod overview;
mod picture;
mod quote;

pub use compared::{write_headlines, write_panel};
pub use picture::{Draw, Picture};

use super::markup as safe;
use super::panel::panel;
use super::told::Telling;
use crate::model::document::Document;
use crate::reconcile::claim::Answer;
use picture::Album;
use std::io::{self, Write};

/// What the page tells of.
pub struct Report<'a> {
    /// The documents that were read.
    pub documents: &'a [Document],
    /// What was found in them.
    pub answer: &'a Answer,
    /// The paths of inputs that could not be read, with why.
    pub unread: &'a [(String, String)],
    /// Sentences on what is left out of the answer, by settings or because it was accepted.
    pub left_out: &'a [String],
    /// Whether notes are told.
    pub notes: bool,
    /// Whether `crossfoot accept` can be named: it cannot be where there is no command line.
    pub accepts: bool,
}

/// The style of the page.
const STYLE: &str = include_str!("style.css");
/// Its script: pictures, filters, keys.
const SCRIPT: &str = include_str!("script.js");
/// Nothing may be loaded, and only the style and script of the page itself count.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src blob: data:; base-uri 'none'; form-action 'none'";

/// Writes the page. `draw` gives the pictures of pages of a document, both counted as the answer counts them (documents from 0,
/// pages from 1), with nothing for a page that has none.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write, report: &Report<'_>, draw: &mut Draw<'_>) -> io::Result<()> {
    let telling = Telling::of(report.documents, report.answer);
    let causes = telling.causes(report.notes);
    let wanted = causes.iter().flat_map(|cause| finding::pages_of(&telling, cause)).collect();
    let album = Album::of(&wanted, draw);
    let cards: Vec<String> =
        causes.iter().map(|cause| finding::card(&telling, cause, &album, report.accepts)).collect();
    let title = overview::title(report);
    start(out, &title, POLICY, STYLE)?;
    write!(
        out,
        "<a class=\"skip\" href=\"#findings\">To the findings</a>\n\
         <header><h1>{}</h1><button type=\"button\" class=\"theme\">Light or dark</button></header>\n<main>\n",
        safe(&title),
    )?;
    out.write_all(overview::top(report, &telling, &causes).as_bytes())?;
    for card in &cards {
        out.write_all(card.as_bytes())?;
    }
    out.write_all(overview::bottom(report, &telling).as_bytes())?;
    out.write_all(chart::charts(report.documents, &panel(report.documents)).as_bytes())?;
    finish(out, &overview::foot())?;
    album.write(out)?;
    write!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n")
}

/// Everything of a page before what its body shows.
fn start(out: &mut dyn Write, title: &str, policy: &str, style: &str) -> io::Result<()> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"crossfoot {}\">\n<title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n",
        env!("CARGO_PKG_VERSION"),
        safe(title),
    )
}

/// The end of what a page shows, with its last line.
fn finish(out: &mut dyn Write, said: &str) -> io::Result<()> {
    write!(out, "</main>\n<footer><p>{said}</p></footer>\n")
}

#[cfg(test)]
mod tests;
