//! Turns a text into tokens, in one pass over its atoms. At each atom it takes the figure or period that the scanners
//! found there, or else the longest term of the vocabulary, or else a word or a punctuation mark.

use super::fold::Folded;
use super::vocabulary::Vocabulary;
use super::{Token, TokenKind, figures, fold};
use std::ops::Range;

/// Lexes a text, in time linear in its length.
pub fn lex(vocabulary: &Vocabulary, text: &str) -> Vec<Token> {
    let folded = fold::fold(text);
    let figures = figures::scan(text);
    let mut tokens = Vec::with_capacity(folded.atoms.len());
    let mut next_figure = 0;
    let mut at = 0;
    while let Some(atom) = folded.atoms.get(at) {
        while figures.get(next_figure).is_some_and(|f| f.range.end <= atom.range.start) {
            next_figure += 1;
        }
        let ahead = figures.get(next_figure..).unwrap_or_default();
        let (token, after) = token_at(vocabulary, &folded, ahead, at);
        at = after.max(at + 1);
        tokens.push(token);
    }
    tokens
}

/// The token that starts with an atom, and the index of the atom after it. `figures` are the figures that end after
/// this atom starts.
fn token_at(vocabulary: &Vocabulary, folded: &Folded, figures: &[Token], at: usize) -> (Token, usize) {
    let start = folded.atoms.get(at).map_or(0, |a| a.range.start);
    if let Some((token, after)) = term_at(vocabulary, folded, figures, at) {
        return (token, after);
    }
    match figures.first().filter(|f| f.range.start <= start) {
        Some(figure) => {
            let after = after_byte(folded, at, figure.range.end);
            (figure.clone(), after)
        }
        None => {
            let mut token = plain(folded, at);
            // A period can begin within a word where a space was lost: "Council2015/16". It is the next token.
            let begun = figures.iter().take_while(|f| f.range.start < token.range.end);
            if let Some(next) = begun.last().filter(|f| f.range.end > token.range.end) {
                token.range.end = token.range.end.min(next.range.start);
            }
            (token, at + 1)
        }
    }
}

/// The longest term of the vocabulary that starts here and cuts no figure in two. It may hold whole figures ("stage
/// 2", "first stage") if it is more than the figure alone.
fn term_at(vocabulary: &Vocabulary, folded: &Folded, figures: &[Token], at: usize) -> Option<(Token, usize)> {
    let start = folded.atoms.get(at)?.range.start;
    let mut before = folded.atoms.len();
    loop {
        let (term, after) = vocabulary.longest(folded, at, before)?;
        let range = start..folded.atoms.get(after - 1)?.range.end;
        match figures.iter().take_while(|f| f.range.start < range.end).find(|f| cuts(f, &range)) {
            None => return Some((Token { kind: TokenKind::Term(term.clone()), range }, after)),
            // A figure can begin within the last word, where a space was lost: the term ends before that word.
            Some(figure) => before = first_from(folded, at, figure.range.start).min(after - 1),
        }
        if before <= at {
            return None;
        }
    }
}

/// Whether a term takes up a part of this figure and not all of it, which is not allowed.
fn cuts(figure: &Token, term: &Range<usize>) -> bool {
    let inside = term.start <= figure.range.start && figure.range.end <= term.end;
    !inside || figure.range == *term || matches!(figure.kind, TokenKind::Period(_))
}

/// The first atom from `at` on that starts at or after a byte.
fn first_from(folded: &Folded, at: usize, byte: usize) -> usize {
    let rest = folded.atoms.get(at..).unwrap_or_default();
    at + rest.partition_point(|a| a.range.start < byte)
}

/// The first atom from `at` on that starts at or after the end of a figure.
fn after_byte(folded: &Folded, at: usize, end: usize) -> usize {
    let mut after = at;
    while folded.atoms.get(after).is_some_and(|a| a.range.start < end) {
        after += 1;
    }
    after
}

fn plain(folded: &Folded, at: usize) -> Token {
    let (mark, range) = folded.atoms.get(at).map_or((None, 0..0), |a| (a.mark, a.range.clone()));
    let kind = match mark {
        Some(mark) => TokenKind::Punctuation(mark),
        None => TokenKind::Word(folded.word(at).into()),
    };
    Token { kind, range }
}
