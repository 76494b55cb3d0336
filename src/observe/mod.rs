//! Cells and sentences → [`Figure`]s: quantities with what they are about.

mod acronyms;
mod cells;
mod clause;
mod context;
mod facets;
mod labels;
mod meaning;
mod prose;
pub(crate) mod sheet;
mod topic;

pub use facets::{Dimension, Facets, Label, Measure, Population};
pub use labels::Labels;
pub use topic::Topic;

use crate::document::Stated;
use crate::grammar::Grammar;
use crate::layout::{Block, BlockKind, Layout, sentences};
use crate::number::{Quantity, Unit};
use crate::page::{Line, Place};
use crate::period::Period;
use acronyms::Acronyms;
use meaning::{Meaning, Words};
use prose::{Prose, ProseReader};
use std::sync::Arc;

/// What a figure is for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A result.
    Value,
    /// A part of a whole.
    Share,
    /// A difference between two periods.
    Change,
    /// A limit or an aim: not a result.
    Target,
    /// Another body's or a national figure, printed for comparison.
    Benchmark,
}

/// The doubt of a figure of which another reader of the file has another numeral.
pub const SECOND_READER: &str = "second-reader";

/// Where a figure was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// A cell; `part` counts the figures of one cell from 0 ("60% (6/10)" has three).
    Cell {
        /// Index into the document's tables.
        table: usize,
        /// From 0, heads included.
        row: usize,
        /// From 0, row heads included.
        col: usize,
        /// From 0, left to right in the cell.
        part: usize,
    },
    /// A sentence of a block.
    Prose {
        /// Index into the document's blocks.
        block: usize,
        /// From 0 within the block.
        sentence: usize,
    },
}

/// One published figure with its meaning and its place: the internal form of the schema's observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Value, unit and precision as printed.
    pub quantity: Quantity,
    /// What its own words say: row and column heads, or the clause it stands in.
    pub facets: Arc<Facets>,
    /// What the caption and the headings above it say.
    pub context: Arc<Facets>,
    /// Whether it is a result, a change or something printed beside results.
    pub role: Role,
    /// The words it was labelled with, as printed: row and column heads, or the words around it.
    pub label: String,
    /// The cell or sentence that it stands in.
    pub home: Home,
    /// The figure's own characters.
    pub place: Place,
    /// The reader or phrase that gave it its meaning.
    pub method: &'static str,
    /// Why its reading is doubtful; empty when it is not.
    pub doubts: Vec<&'static str>,
    /// Its own characters are doubtful, not only its place.
    pub misread: bool,
}

impl Figure {
    /// What is measured, for the reader of the results: its own words, else its caption's, else (a count or share in a
    /// report on complaints) complaints received. Relations do not rest on the presumption.
    pub fn measure(&self) -> Measure {
        let said = [self.facets.measure, self.context.measure].into_iter().find(|m| *m != Measure::Other);
        let complaints =
            matches!(self.quantity.unit, Unit::Count | Unit::Percent | Unit::PercentagePoints | Unit::Ratio);
        said.unwrap_or(if complaints { Measure::ComplaintsReceived } else { Measure::Other })
    }
}

/// Everything that was observed in one document.
#[derive(Debug, Default)]
pub struct Observed {
    /// Those of the tables and of the prose.
    pub figures: Vec<Figure>,
    /// Sentences that state a relation, with indices into `figures`.
    pub stated: Vec<Stated>,
    /// How many numerals are not results: dates, paragraph numbers, Acts.
    pub references: usize,
    /// The period that the document reports on.
    pub period: Option<Period>,
    /// The body that it reports on, as printed.
    pub organisation: Option<String>,
}

/// Reads the figures and statements of a document, in reading order.
pub fn observe(lines: &[Line], layout: &Layout, grammar: &Grammar) -> Observed {
    let period = context::document_period(lines);
    let headings = context::headings(&layout.blocks);
    let words = &Words { grammar, acronyms: Acronyms::of(&layout.blocks, &layout.tables) };
    let reader = ProseReader { words, document_period: period };
    let mut prose = Prose::default();
    let mut section = (Vec::new(), Meaning::default(), Arc::new(Facets::default()));
    for (index, block) in layout.blocks.iter().enumerate() {
        let above = headings.get(index).map_or(&[][..], Vec::as_slice);
        if index == 0 || section.0 != above {
            let meaning = context::section(&layout.blocks, above, words);
            let facets = Arc::new(meaning.facets(Unit::Count));
            section = (above.to_vec(), meaning, facets);
        }
        match block.kind {
            BlockKind::Table(table) => {
                let Some(table_read) = layout.tables.get(table) else { continue };
                let context =
                    Arc::new(table_context(&layout.blocks, index, table_read, &section.1, words, period));
                cells::read(table, table_read, &context, period, words, &mut prose.figures);
                for note in &table_read.notes {
                    reader.read(index, note, &section.1, &context, &mut prose);
                }
            }
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Note | BlockKind::Heading { .. } => {
                reader.read(index, &block.passage, &section.1, &section.2, &mut prose);
            }
            BlockKind::Contents | BlockKind::Furniture => {}
        }
    }
    Observed {
        figures: prose.figures,
        stated: prose.stated,
        references: prose.references,
        period,
        organisation: context::organisation(lines),
    }
}

/// What stands over a table: its title, the sentences that introduce it, its section.
fn table_context(
    blocks: &[Block],
    index: usize,
    table: &crate::table::Table,
    section: &Meaning,
    words: &Words,
    document_period: Option<Period>,
) -> Facets {
    let title = table.title.as_ref().map_or("", |t| t.text.as_str());
    let tokens = words.lex(title);
    let mut meaning = words.label(title, &tokens);
    let period = context::period_of(&tokens, document_period);
    let mut lead_period = None;
    if let Some(lead) = lead_in(blocks, index) {
        let tokens = words.lex(lead);
        let said = words.label(lead, &tokens).without_ombudsman();
        meaning.inherit(&said);
        lead_period = context::period_of(&tokens, document_period);
        if meaning.topic.is_empty() {
            meaning.topic = said.topic;
        }
    }
    meaning.inherit(section);
    if meaning.topic.is_empty() {
        meaning.topic.clone_from(&section.topic);
    }
    let mut facets = meaning.facets(Unit::Count);
    facets.period_stated = period.or(lead_period).is_some();
    facets.period = period.or(lead_period).or(document_period);
    facets
}

/// The last sentences of the block above a table, where they introduce it.
fn lead_in(blocks: &[Block], index: usize) -> Option<&str> {
    let block = blocks.get(index.checked_sub(1)?)?;
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading { .. }) {
        return None;
    }
    let text = block.passage.text.as_str();
    let lower = text.to_lowercase();
    let introduces = text.ends_with(':')
        || ["below", "following", "as follows", "breakdown"].iter().any(|word| lower.contains(word))
        || matches!(block.kind, BlockKind::Heading { .. });
    if !introduces {
        return None;
    }
    let ranges = sentences(text);
    let start = ranges.iter().rev().nth(1).or(ranges.last())?.start;
    text.get(start..)
}
