//! The label of a figure in a sentence, as a person would write it: a noun phrase without the value.

use super::clause::Window;
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
        .or_else(|| phrase(text, tokens, ahead(tokens, window.left.clone())))
        .or_else(|| before.filter(|name| !name.is_empty()).map(str::to_owned))
        .or_else(|| phrase(text, tokens, ahead(tokens, 0..window.figure)))
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

/// The last words before a figure that end in no comma, up to their verb.
fn ahead(tokens: &[Token], left: Range<usize>) -> Range<usize> {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let stops = |at: &usize| matches!(kind(*at), Some(TokenKind::Punctuation(_) | TokenKind::Quantity(_)));
    // What stands right before the figure may be a bracket or a colon.
    let end = left.clone().rev().find(|at| !stops(at)).map_or(left.start, |at| at + 1);
    let start = (left.start..end).rev().find(stops).map_or(left.start, |at| at + 1);
    let verb = |at: &usize| match kind(*at) {
        Some(TokenKind::Word(word)) => *at > start && pack().labels.dropped.has(word),
        Some(TokenKind::Term(term)) => *at > start && is_movement(&term.class),
        _ => false,
    };
    start..(start..end).find(verb).unwrap_or(end)
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
        TokenKind::Term(_) => true,
        _ => false,
    };
    kept.iter().find(says)?;
    Some(kept.iter().take(LONGEST).map(printed).collect::<Vec<_>>().join(" "))
}
