//! One document on its way through the stages, and the whole way for one input.

use crate::error::{Diagnostic, Error};
use crate::grammar::{Grammar, Statement};
use crate::layout::Block;
use crate::observe::{Figure, observe};
use crate::page::{Line, Place};
use crate::period::Period;
use crate::source::{self, Source};
use crate::table::{self, Table};
use crate::{format, layout};
use std::path::Path;

/// Where a document came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// As given on the command line; members of archives as `a.zip!/b.txt`.
    pub path: String,
    /// Hexadecimal, lower case.
    pub sha256: String,
    /// Of the content, not of the file's name: "text/plain".
    pub media_type: &'static str,
    /// Number of pages, at least 1.
    pub pages: u32,
}

/// A statement of the prose whose slots name figures of the document.
#[derive(Clone, Debug)]
pub struct Stated {
    /// As the grammar gave it; its token indices are replaced by `figures`.
    pub statement: Statement,
    /// The statement's slots, as indices into [`Document::figures`].
    pub figures: Vec<(crate::grammar::Slot, usize)>,
    /// What the statement is about, for the slots that the sentence leaves open.
    pub facets: crate::observe::Facets,
    /// What the headings above it say.
    pub context: std::sync::Arc<crate::observe::Facets>,
    /// The period that it compares with, where it names one.
    pub base_period: Option<Period>,
    /// The block that it stands in.
    pub block: usize,
    /// The statement's words.
    pub place: Place,
    /// The sentence as printed.
    pub text: String,
}

/// A document with everything that was read from it.
#[derive(Clone, Debug)]
pub struct Document {
    /// The file, or the member of an archive, that it was read from.
    pub origin: Origin,
    /// Every line of the file, in order.
    pub lines: Vec<Line>,
    /// Headings, paragraphs, lists and tables, in reading order.
    pub blocks: Vec<Block>,
    /// Tables in reading order; [`crate::observe::Home::Cell`] counts them from 0.
    pub tables: Vec<Table>,
    /// Figures of cells and sentences that could be results.
    pub figures: Vec<Figure>,
    /// Sentences that state a relation between figures.
    pub stated: Vec<Stated>,
    /// What was lost, doubtful or passed over.
    pub diagnostics: Vec<Diagnostic>,
    /// The period that the document reports on.
    pub period: Option<Period>,
    /// The body that it reports on, as printed.
    pub organisation: Option<String>,
    /// Numerals that are not figures: dates, paragraph numbers, Acts, telephone numbers.
    pub references: usize,
}

impl Document {
    /// The printed text of a place, its lines joined by one space.
    pub fn text_at(&self, place: Place) -> String {
        let first = place.line.saturating_sub(1) as usize;
        let count = place.line_end.saturating_sub(place.line) as usize + 1;
        let pieces = self.lines.iter().skip(first).take(count).map(|line| {
            let start = if line.number == place.line { place.start as usize } else { 0 };
            let end = if line.number == place.line_end { place.end as usize } else { usize::MAX };
            let taken: String = line.printed_from(start).chars().take(end.saturating_sub(start)).collect();
            taken.trim().to_owned()
        });
        pieces.filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Reads a file and everything in it.
///
/// # Errors
/// When the file gives no document at all; see [`Error`].
pub fn read(path: &Path, grammar: &Grammar) -> Result<Document, Error> {
    Ok(from_source(source::read(path)?, grammar))
}

/// Reads everything in a source.
pub fn from_source(source: Source, grammar: &Grammar) -> Document {
    let (lines, mut diagnostics) = format::text::lines(&source.bytes);
    let (tables, unresolved) = table::find(&lines);
    let layout = layout::arrange(&lines, tables);
    diagnostics.extend(unresolved);
    diagnostics.extend(layout.diagnostics.iter().cloned());
    let observed = observe(&lines, &layout, grammar);
    Document {
        origin: Origin {
            path: source.path,
            sha256: source.sha256,
            media_type: source.kind.media_type(),
            pages: lines.last().map_or(1, |l| l.page),
        },
        lines,
        blocks: layout.blocks,
        tables: layout.tables,
        figures: observed.figures,
        stated: observed.stated,
        diagnostics,
        period: observed.period,
        organisation: observed.organisation,
        references: observed.references,
    }
}
