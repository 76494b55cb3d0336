//! Finds the figures and periods of a text as tokens, in order and without overlap.

use super::fold::stem;
use super::{Token, TokenKind};
use crate::lex::numeral as number;
use crate::pack::pack;
use std::ops::Range;

/// The figures, periods and other numerals of a text. Where they overlap, a period counts before a number, and a
/// number before a reference.
pub fn scan(text: &str) -> Vec<Token> {
    let (periods, figures, references) = number::scan_with_periods(text);
    let periods = periods.into_iter().map(|p| Token { kind: TokenKind::Period(p.expr), range: p.range });
    let figures =
        figures.into_iter().map(|f| Token { kind: TokenKind::Quantity(f.quantity), range: f.range });
    let references = references
        .into_iter()
        .map(|range| counted_kind(text, &range).unwrap_or(Token { kind: TokenKind::Reference, range }));
    weave(weave(periods.collect(), figures.collect()), references.collect())
}

/// Merges two lists in order. Tokens of the second list that overlap one of the first are dropped.
fn weave(first: Vec<Token>, second: Vec<Token>) -> Vec<Token> {
    let mut woven = Vec::with_capacity(first.len() + second.len());
    let mut first = first.into_iter().peekable();
    let mut covered = 0;
    for token in second {
        while let Some(ahead) = first.next_if(|f| f.range.start < token.range.end) {
            covered = ahead.range.end;
            woven.push(ahead);
        }
        if token.range.start >= covered {
            woven.push(token);
        }
    }
    woven.extend(first);
    woven
}

/// The "two" of "two-stage" and "two stages". It is no result, but it tells how many things a list should have.
fn counted_kind(text: &str, range: &Range<usize>) -> Option<Token> {
    let number = text.get(range.clone())?.split('-').next()?;
    let rest = text.get(range.start + number.len()..)?.trim_start_matches(['-', ' ']);
    let noun = rest.split(|c: char| !c.is_alphabetic()).next()?.to_lowercase();
    if !pack().references.kinds.has(&stem(&noun)) {
        return None;
    }
    let found = number::scan(number).pop()?;
    let range = range.start + found.range.start..range.start + found.range.end;
    Some(Token { kind: TokenKind::Quantity(found.quantity), range })
}
