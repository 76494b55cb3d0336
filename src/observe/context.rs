//! What a document says about itself: the body it reports on, and the headings above each block.

use super::meaning::{Meaning, Words};
use crate::model::arena::Arena;
use crate::model::block::{Block, BlockKind};
use crate::model::ids::BlockIdx;
use crate::model::period::Period;
use crate::model::text::Line;
use crate::pack::{choice, pack};
use crate::phrase::{Token, TokenKind};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The name of the council that a document prints most often.
pub fn organisation(lines: &[Line]) -> Option<String> {
    let mut counts: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, l)| may_name(&l.text)) {
        // The pattern takes time to compile, so it is compiled only for a document that may hold such a name.
        for found in NAME.as_ref()?.find_iter(&line.text) {
            let printed = without_article(found.as_str());
            counts.entry(printed).or_insert((0, index)).0 += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, (count, first))| (*count, usize::MAX - first))
        .map(|(name, _)| name.to_owned())
}

/// The name of a council or borough.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let bodies = &pack().bodies;
    let (kinds, joints, leads) = (choice(&bodies.kinds), choice(&bodies.joints), choice(&bodies.leads));
    let (areas, of, head) = (choice(&bodies.areas), choice(&bodies.of), choice(&bodies.heads));
    let word = r"[A-Z][\w'-]+";
    let capitals = head.to_uppercase();
    Regex::new(&format!(
        r"\b([A-Z][A-Z'&-]+(?: [A-Z'&-]+){{0,4}} {capitals}|{word}(?: (?:{joints}|&|{word})){{0,5}}?(?: {kinds}){{0,3}} {head}|(?:{leads} )?{areas} {of} {word}(?: {word})?)\b"
    ))
    .ok()
});

/// Words of which one stands in each line that holds a name: its first word, or a kind of area with what it is of.
/// Lines without them need not be searched.
static SIGNS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let bodies = &pack().bodies;
    let heads = bodies.heads.iter().flat_map(|head| [head.to_owned(), head.to_uppercase()]);
    let areas = bodies.areas.iter().flat_map(|area| bodies.of.iter().map(move |of| format!("{area} {of} ")));
    heads.chain(areas).collect()
});

fn may_name(text: &str) -> bool {
    SIGNS.iter().any(|sign| text.contains(sign))
}

fn without_article(name: &str) -> &str {
    let articles = &pack().bodies.articles;
    name.split_once(' ').filter(|(first, _)| articles.has(first)).map_or(name, |(_, rest)| rest)
}

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
        let heading = words.label(&block.passage.text, &tokens).of_one_thing();
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
