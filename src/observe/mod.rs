//! Cells and sentences → [`Figure`]s: quantities with what they are about.

mod acronyms;
mod cells;
mod clause;
mod context;
mod meaning;
mod prose;
pub(crate) mod sheet;

use crate::model::facets::Facets;
use crate::model::figure::Figure;
use crate::pack::pack;

use crate::layout::sentences;
use crate::model::block::{Block, BlockKind, Layout};
use crate::model::document::Stated;
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::text::Line;
use crate::phrase::Grammar;
use acronyms::Acronyms;
use meaning::{Meaning, Words};
use prose::{Prose, ProseReader};
use std::sync::Arc;

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
    table: &crate::model::table::Table,
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
        || pack().words.introduces.within(&lower)
        || matches!(block.kind, BlockKind::Heading { .. });
    if !introduces {
        return None;
    }
    let ranges = sentences(text);
    let start = ranges.iter().rev().nth(1).or(ranges.last())?.start;
    text.get(start..)
}
