//! The label of a figure in a sentence, as a person would write it: a noun phrase without the value.

use super::clause::Window;
use crate::model::facets::Dimension;
use crate::model::names::TermClass;
use crate::pack::{Set, pack};
use crate::phrase::{Token, TokenKind};
use std::ops::Range;

/// A longer stretch of words is a clause and no label.
const LONGEST: usize = 12;

/// The label of a figure: the words behind it, where they name something, or else the subject before it. A figure
/// that has neither, as the 52 in "from 25 to 52", is called like the figure before it.
pub(super) fn label(text: &str, tokens: &[Token], window: &Window, before: Option<&str>) -> Option<String> {
    phrase(text, tokens, behind(tokens, window.right.clone()))
        .or_else(|| subject(text, tokens, window.left.clone()))
        .or_else(|| before.filter(|name| !name.is_empty()).map(str::to_owned))
        .or_else(|| subject(text, tokens, 0..window.figure))
}

/// The words before a figure that name what it is of: the nearest stretch that names a measure or a label, or else the
/// nearest that says anything.
fn subject(text: &str, tokens: &[Token], left: Range<usize>) -> Option<String> {
    let stretches = ahead(tokens, left);
    let names = |range: &&Range<usize>| {
        let stretch = tokens.get((*range).clone()).unwrap_or_default();
        stretch.iter().any(|token| matches!(&token.kind, TokenKind::Term(term) if is_named(&term.class)))
    };
    let named = stretches.iter().filter(names).find_map(|range| phrase(text, tokens, range.clone()));
    named.or_else(|| stretches.iter().find_map(|range| phrase(text, tokens, range.clone())))
}

/// Whether a class of the vocabulary is of what is counted, and not of numbers and how they move.
fn is_named(class: &TermClass) -> bool {
    matches!(class, TermClass::Measure | TermClass::Population | TermClass::Stage)
        || Dimension::named(class.name()).is_some()
}

/// The words behind a figure up to the end of their clause, or to a period.
fn behind(tokens: &[Token], right: Range<usize>) -> Range<usize> {
    let ends = |at: &usize| match tokens.get(*at).map(|token| &token.kind) {
        Some(TokenKind::Word(word)) => pack().labels.ends.has(word),
        Some(TokenKind::Term(term)) => is_movement(&term.class),
        Some(TokenKind::Reference) => false,
        _ => true,
    };
    let end = right.clone().find(ends).unwrap_or(right.end);
    right.start..end
}

/// The stretches of words before a figure that end in no comma, the nearest first, each up to its verb and then from
/// there.
fn ahead(tokens: &[Token], left: Range<usize>) -> Vec<Range<usize>> {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let stops =
        |at: &usize| matches!(kind(*at), Some(TokenKind::Punctuation(_) | TokenKind::Quantity(_)) | None);
    let parts = |at: &usize| match kind(*at) {
        Some(TokenKind::Word(word)) => pack().labels.dropped.has(word) || pack().labels.ends.has(word),
        Some(TokenKind::Term(term)) => is_movement(&term.class),
        _ => false,
    };
    let mut found = Vec::new();
    let mut end = left.end;
    while end > left.start {
        let start = (left.start..end).rev().find(stops).map_or(left.start, |at| at + 1);
        let mut from = start;
        while from < end {
            let to = (from + 1..end).find(parts).unwrap_or(end);
            found.push(from..to);
            from = to;
        }
        end = start.saturating_sub(1);
    }
    found
}

fn is_movement(class: &TermClass) -> bool {
    matches!(
        class,
        TermClass::Rise | TermClass::Fall | TermClass::Level | TermClass::Compare | TermClass::PartOf
    )
}

/// The printed words of some tokens without what no label has; nothing where no word is left that says something.
fn phrase(text: &str, tokens: &[Token], range: Range<usize>) -> Option<String> {
    let printed = |token: &&Token| text.get(token.range.clone()).unwrap_or_default();
    let is = |token: &Token, set: &Set| set.has_folded(text.get(token.range.clone()).unwrap_or_default());
    let labels = &pack().labels;
    let kept = tokens.get(range)?.iter();
    let kept: Vec<&Token> = kept
        .filter(|token| !is(token, &labels.dropped) && !matches!(token.kind, TokenKind::Period(_)))
        .collect();
    let start = kept.iter().position(|token| !is(token, &labels.leading))?;
    let end = kept.iter().rposition(|token| !is(token, &labels.trailing))? + 1;
    let kept = kept.get(start..end.max(start))?;
    let says = |token: &&&Token| match &token.kind {
        TokenKind::Word(word) => !pack().words.without_content_in_labels.has(word),
        TokenKind::Term(term) => match &term.class {
            TermClass::Other(class) => !pack().labels.not_naming.has(class),
            class => is_named(class),
        },
        _ => false,
    };
    kept.iter().find(says)?;
    let words = kept.iter().take(LONGEST).map(printed).collect::<Vec<_>>().join(" ");
    // A term of the vocabulary can begin with an article itself: "the average time".
    let bare = words.split_once(' ').filter(|(first, _)| labels.leading.has_folded(first));
    Some(bare.map_or(words.as_str(), |(_, rest)| rest).to_owned())
}
