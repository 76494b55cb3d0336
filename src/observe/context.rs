//! The headings above each block, and what they say together.

use super::meaning::{Meaning, Words};
use crate::model::arena::Arena;
use crate::model::block::{Block, BlockKind};
use crate::model::ids::BlockIdx;
use crate::model::period::Period;
use crate::phrase::{Token, TokenKind};

/// The headings above each block, innermost last: indices of blocks, one list for each block.
pub fn headings(blocks: &Arena<BlockIdx, Block>) -> Arena<BlockIdx, Vec<BlockIdx>> {
    let mut open: Vec<(u8, BlockIdx)> = Vec::new();
    let mut result = Arena::default();
    for (index, block) in blocks.entries() {
        if let BlockKind::Heading { level } = block.kind {
            open.retain(|(l, _)| *l < level);
            result.push(open.iter().map(|(_, i)| *i).collect());
            open.push((level, index));
        } else {
            result.push(open.iter().map(|(_, i)| *i).collect());
        }
    }
    result
}

/// What the headings above a block say together. Inner headings count before outer ones.
pub fn section(blocks: &Arena<BlockIdx, Block>, above: &[BlockIdx], words: &Words) -> Meaning {
    let mut meaning = Meaning::default();
    for index in above.iter().rev() {
        let Some(block) = blocks.get(*index) else { continue };
        let tokens = words.lex(&block.passage.text);
        let heading = words.label(&block.passage.text, &tokens).of_heading();
        meaning.inherit(&heading);
        if meaning.topic.is_empty() {
            meaning.topic = heading.topic;
        }
    }
    meaning
}

/// The first period among some tokens.
pub fn period_of(tokens: &[Token], document: Option<Period>) -> Option<Period> {
    tokens.iter().find_map(|token| match token.kind {
        TokenKind::Period(expr) => expr.resolve(document),
        _ => None,
    })
}
