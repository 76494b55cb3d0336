//! Blocks: the headings, paragraphs, items, notes and tables of a document in reading order.

use super::arena::Arena;
use super::ids::{BlockIdx, TableIdx};
use super::text::Passage;
use std::ops::Range;

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum BlockKind {
    /// A section or table heading; level 1 is the outermost.
    Heading {
        /// 1 to 9.
        level: u8,
    },
    /// Running text, its wrapped lines joined.
    Paragraph,
    /// One item of a list, without its bullet or number.
    Item,
    /// A note to a table or page ("* at the time of reporting …").
    Note,
    /// A table, one of [`Layout::tables`].
    Table(TableIdx),
    /// A line of a contents list.
    Contents,
    /// A running head or foot, a page number.
    Furniture,
}

/// A stretch of lines with one purpose.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Block {
    /// Its purpose.
    pub kind: BlockKind,
    /// Its text; empty for a table.
    pub passage: Passage,
    /// Indices into the document's lines.
    pub lines: Range<usize>,
}

/// A document's blocks, with its tables.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Layout {
    /// In the order of their lines.
    pub blocks: Arena<BlockIdx, Block>,
    /// The tables that the blocks refer to.
    pub tables: Arena<TableIdx, super::table::Table>,
    /// What was tried and given up.
    pub diagnostics: Vec<super::diagnostic::Diagnostic>,
}
