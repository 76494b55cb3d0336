//! Cuts a sentence into stretches of words, each of which belongs to one of its figures.

use crate::model::exact::Exact;
use crate::model::names::TermClass;
use crate::pack::{Set, pack};
use crate::phrase::{Token, TokenKind};
use std::ops::Range;

/// The words around one figure of a sentence, as ranges of token indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The figure's token.
    pub figure: usize,
    /// The words before it that belong to no other figure.
    pub left: Range<usize>,
    /// The words after it that belong to no other figure.
    pub right: Range<usize>,
    /// It stands in brackets after another figure: "15 (16%)".
    pub bracketed: bool,
    /// It follows a word of comparison: "92 compared to 74".
    pub compared: bool,
    /// It stands in brackets behind its own name, in a list: the 9 of "attitude (12), delays (9)".
    pub listed: bool,
    /// What is said behind the next figure is said of it: the 7 of "7 of the 18 appeals were upheld". Where nothing is, what was
    /// said before: "at stage 2 it was 7 of 18".
    pub part_of_next: bool,
}

/// One window for each figure of the sentence, in order.
pub fn windows(tokens: &[Token]) -> Vec<Window> {
    let figures: Vec<usize> = (0..tokens.len())
        .filter(|i| matches!(tokens.get(*i).map(|t| &t.kind), Some(TokenKind::Quantity(_))))
        .collect();
    let mut windows: Vec<Window> = Vec::with_capacity(figures.len());
    for (k, &figure) in figures.iter().enumerate() {
        let start = if k == 0 { 0 } else { windows.last().map_or(0, |w| w.figure + 1) };
        let between = start..figure;
        let dated = dated_bracket(tokens, figure).filter(|at| *at >= start);
        let name = if k > 0 { listed_name(tokens, between.clone()) } else { None };
        let split = match dated.or(name.as_ref().map(|name| name.start)) {
            Some(start) => start,
            None if k == 0 => start,
            None => first_word(tokens, between.clone()).unwrap_or(figure),
        };
        if let Some(previous) = windows.last_mut() {
            previous.right = start..name.as_ref().map_or(split, |name| name.closed);
        }
        let listed = dated.is_none() && name.is_some();
        let bracketed = k > 0 && dated.is_none() && !listed && opens_bracket(tokens, between.clone());
        let compared = is_compared(tokens, split, figure);
        let left = if k > 0 { antecedent(tokens, start, split)..figure } else { split..figure };
        windows.push(Window {
            figure,
            left,
            right: figure + 1..tokens.len(),
            bracketed,
            compared,
            listed,
            part_of_next: false,
        });
    }
    share_words_after_brackets(tokens, &mut windows);
    tell_of_parts(tokens, &mut windows);
    windows
}

/// Gives what is said behind a whole to the part before it: in "7 of the 18 appeals were upheld" the 7 were upheld, and the 18
/// are the appeals.
fn tell_of_parts(tokens: &[Token], windows: &mut [Window]) {
    let is_verb = |at: &usize| is_word(tokens, *at, &pack().words.tells);
    for k in 1..windows.len() {
        let Some([part, whole]) = windows.get_mut(k - 1..=k) else { continue };
        if !links_part(tokens, part.figure + 1..whole.figure) {
            continue;
        }
        let said = clause_of(tokens, whole.right.clone());
        if said.is_empty() {
            part.part_of_next = true;
        } else if let Some(verb) = said.clone().find(is_verb) {
            part.right = part.figure + 1..whole.right.end;
            part.part_of_next = true;
            whole.right.end = verb;
        }
    }
}

/// Whether the words between two figures make the first a part of the second: "of the", "complaints out of".
fn links_part(tokens: &[Token], between: Range<usize>) -> bool {
    let of = |at: usize| is_class(tokens, at, &TermClass::PartOf) || is_word(tokens, at, &pack().bodies.of);
    let links = |at: &usize| of(*at) || is_word(tokens, *at, &pack().words.links_part);
    let start = between.end - between.clone().rev().take_while(links).count();
    let noun = between.start..start;
    (start..between.end).any(of) && noun.len() <= PART && !noun.clone().any(|at| is_break(tokens, at))
}

/// The most tokens of the noun of a part that is named before its whole: "12 stage 1 complaints out of the 18".
const PART: usize = 2;

/// The tokens up to the end of their clause.
fn clause_of(tokens: &[Token], run: Range<usize>) -> Range<usize> {
    let ends = |at: &usize| matches!(tokens.get(*at).map(|t| &t.kind), Some(TokenKind::Punctuation(_)));
    let end = run.clone().find(ends).unwrap_or(run.end);
    run.start..end
}

/// Whether a token is one of some words, and no term of the vocabulary.
fn is_word(tokens: &[Token], at: usize, words: &Set) -> bool {
    matches!(tokens.get(at).map(|t| &t.kind), Some(TokenKind::Word(word)) if words.has(word))
}

/// The name of a bracketed figure that follows another bracket in a list: "delays" in "attitude (12), delays (9)".
struct ListedName {
    /// Behind the bracket before it.
    closed: usize,
    start: usize,
}

/// The name of a bracketed figure in a list, among what stands between it and the figure before.
fn listed_name(tokens: &[Token], between: Range<usize>) -> Option<ListedName> {
    let open = between.end.checked_sub(1).filter(|at| is_punctuation(tokens, *at, '('))?;
    let close = (between.start..open).rev().find(|at| is_punctuation(tokens, *at, ')'))?;
    let parts = |at: &usize| {
        matches!(tokens.get(*at).map(|t| &t.kind), Some(TokenKind::Punctuation(',' | ';')))
            || is_word(tokens, *at, &pack().words.joins_list)
    };
    let parted = (close + 1..open).take_while(parts).last()?;
    let name = parted + 1..open;
    let whole = !name.is_empty() && !name.clone().any(|at| is_break(tokens, at));
    whole.then_some(ListedName { closed: close + 1, start: name.start })
}

/// The words that lead to a list of names, without the first of its names: "most were about" in "most were about attitude (12)".
pub fn before_list(tokens: &[Token], lead: usize) -> Range<usize> {
    let opens =
        |at: &usize| is_punctuation(tokens, *at, ':') || is_word(tokens, *at, &pack().words.opens_list);
    (0..lead).rev().find(opens).map_or(0..0, |at| 0..at + 1)
}

/// The words of a figure's clause that stand before the clause's first figure. `None` in the first clause of a
/// sentence.
pub fn subject(starts: &[usize], windows: &[Window], figure: usize) -> Option<Range<usize>> {
    let start = *starts.iter().rev().find(|start| **start <= figure && **start > 0)?;
    let first = windows.iter().map(|w| w.figure).find(|f| *f >= start)?;
    let later = windows.first().is_some_and(|w| w.figure < start);
    later.then_some(start..first)
}

/// The printed noun that a figure counts: the first plural noun right after it ("931 complaints", "one complaint").
pub fn counted(text: &str, tokens: &[Token], figure: usize) -> Option<Range<usize>> {
    let words = &pack().words;
    let one = matches!(tokens.get(figure).map(|t| &t.kind), Some(TokenKind::Quantity(q)) if q.value == Some(Exact::from(1)));
    for at in figure + 1..figure + 1 + COUNTED {
        let token = tokens.get(at)?;
        let raw = text.get(token.range.clone()).unwrap_or_default().to_lowercase();
        match &token.kind {
            TokenKind::Word(word) if words.without_content_in_labels.has(word) => return None,
            TokenKind::Word(word) if words.without_content.has(word) || words.counts_anything.has(word) => {}
            TokenKind::Word(word) if raw.len() > word.len() && words.plural_ending.ends(&raw) => {
                return Some(at..at + 1);
            }
            TokenKind::Term(term) if one && term.class == TermClass::Measure => {
                return Some(at..at + 1);
            }
            TokenKind::Term(_) if raw.split(' ').any(|word| words.plural_ending.ends(word)) => {
                return Some(at..at + 1);
            }
            TokenKind::Word(_) | TokenKind::Term(_) | TokenKind::Reference => {}
            _ => return None,
        }
    }
    None
}

/// Whether people are counted: "three independent people". They need be none that anything else in the text is told of.
pub fn counts_people(text: &str, tokens: &[Token], figure: usize) -> bool {
    let near = tokens.iter().skip(figure + 1).take(COUNTED);
    let mut words = near.map_while(|token| match &token.kind {
        TokenKind::Word(word) if !pack().words.without_content_in_labels.has(word) => Some(&token.range),
        _ => None,
    });
    words.any(|range| pack().words.plurals.has_folded(text.get(range.clone()).unwrap_or_default()))
}

/// Whether a number without a noun is a length of time as the one before it is: the 20 of "in 10 working days, or in 20 if
/// the case is hard".
pub fn is_time_too(tokens: &[Token], figure: usize) -> bool {
    let words = &pack().words;
    let led = figure.checked_sub(1).is_some_and(|at| is_word(tokens, at, &words.before_time));
    let ends = match tokens.get(figure + 1).map(|token| &token.kind) {
        None => true,
        Some(TokenKind::Punctuation(mark)) => matches!(mark, ',' | '.' | ';' | ')'),
        Some(_) => is_word(tokens, figure + 1, &words.after_time),
    };
    led && ends
}

/// The token "of" behind a share. At most a count in brackets may stand between: "24% (n=120) of respondents".
pub fn share_of(tokens: &[Token], figure: usize) -> Option<usize> {
    let of = |i: &usize| is_word(tokens, *i, &pack().bodies.of);
    let at = (figure + 1..figure + 1 + BRACKET).find(of)?;
    let between = figure + 1..at;
    let bracket = between.clone().any(|i| is_punctuation(tokens, i, ')'));
    (between.is_empty() || bracket).then_some(at)
}

/// The longest bracket, in tokens, between a share and its "of".
const BRACKET: usize = 7;

/// How many tokens after a figure are searched for its noun.
const COUNTED: usize = 4;

/// Whether a figure stands right after a word of comparison, with no period between them: "compared to 74", "compares
/// to 8".
fn is_compared(tokens: &[Token], left: usize, figure: usize) -> bool {
    let near = left.max(figure.saturating_sub(4))..figure;
    near.rev()
        .take_while(|i| !matches!(tokens.get(*i).map(|t| &t.kind), Some(TokenKind::Period(_))))
        .any(|i| is_class(tokens, i, &TermClass::Compare))
}

/// Where the words of a figure begin. In "enquiries, which doubled", the words before the relative pronoun belong to
/// the figure after it too.
fn antecedent(tokens: &[Token], start: usize, split: usize) -> usize {
    if !is_word(tokens, split, &pack().words.relative) {
        return split;
    }
    let end = if split > start && is_punctuation(tokens, split - 1, ',') { split - 1 } else { split };
    last_break(tokens, start..end).unwrap_or(start)
}

/// The words that stand nearest before a figure: the last stretch without a break.
pub fn nearest(tokens: &[Token], left: Range<usize>) -> Range<usize> {
    last_break(tokens, left.clone()).unwrap_or(left.start)..left.end
}

/// The words after a figure that say what it counts. They end with the clause.
pub fn noun_phrase(tokens: &[Token], right: Range<usize>) -> Range<usize> {
    let ends = |i: &usize| match tokens.get(*i).map(|t| &t.kind) {
        Some(TokenKind::Punctuation(',' | ';' | ':')) => *i > right.start,
        Some(TokenKind::Word(word)) => pack().words.ends_noun_phrase.has(word),
        _ => false,
    };
    let end = right.clone().find(ends).unwrap_or(right.end);
    right.start..end.min(right.start + NOUN_PHRASE)
}

/// How many tokens after a figure can still be about it.
const NOUN_PHRASE: usize = 14;

/// The period right before the bracket of a figure, which then belongs to it: "Q1 (52), Q2 (47)".
pub fn dated_bracket(tokens: &[Token], figure: usize) -> Option<usize> {
    let period = figure.checked_sub(2)?;
    let is_period = matches!(tokens.get(period).map(|t| &t.kind), Some(TokenKind::Period(_)));
    (is_period && is_punctuation(tokens, figure - 1, '(')).then_some(period)
}

/// Gives the words after a bracket to the figure before it as well: "15 (16%) of these were from parents".
fn share_words_after_brackets(tokens: &[Token], windows: &mut [Window]) {
    for k in (1..windows.len()).rev() {
        let (Some(inner), true) = (windows.get(k).cloned(), windows.get(k).is_some_and(|w| w.bracketed))
        else {
            continue;
        };
        let closed = inner.right.clone().find(|i| is_punctuation(tokens, *i, ')'));
        if let (Some(close), Some(outer)) = (closed, windows.get_mut(k - 1))
            && outer.right.is_empty()
        {
            outer.right = close + 1..inner.right.end;
        }
    }
}

/// Where the words of a figure begin between it and the figure before: after the last break. A preposition right before the
/// figure takes the noun before it along, where that is parted from the words of the figure before: "from 64 and thanks from
/// 88".
fn first_word(tokens: &[Token], between: Range<usize>) -> Option<usize> {
    let last = last_break(tokens, between.clone())?;
    let is_preposition = last + 1 == between.end && is_word(tokens, last, &pack().words.before_value);
    let earlier = last_break(tokens, between.start..last).filter(|_| is_preposition);
    let named = |from: &usize| (*from..last).any(|at| is_class(tokens, at, &TermClass::Measure));
    earlier.filter(named).or(Some(last))
}

/// The index after the last break in a run of tokens. What follows the break belongs to the next figure.
fn last_break(tokens: &[Token], run: Range<usize>) -> Option<usize> {
    run.clone().rev().find(|i| is_break(tokens, *i)).map(|i| {
        // A word of comparison or a connective belongs to the next figure: "compared to 74".
        if matches!(tokens.get(i).map(|t| &t.kind), Some(TokenKind::Punctuation(_))) { i + 1 } else { i }
    })
}

fn is_break(tokens: &[Token], at: usize) -> bool {
    if joins_alike(tokens, at) {
        return false;
    }
    match tokens.get(at).map(|t| &t.kind) {
        Some(TokenKind::Punctuation(c)) => matches!(c, ',' | ';' | '(' | ')' | ':' | '-'),
        Some(TokenKind::Term(term)) => {
            matches!(term.class, TermClass::Compare | TermClass::PartOf | TermClass::Deictic)
        }
        Some(TokenKind::Word(word)) => pack().words.breaks.has(word),
        _ => false,
    }
}

/// Whether a word joins two terms of one class, as in "statutory and corporate". Such a word is no break.
fn joins_alike(tokens: &[Token], at: usize) -> bool {
    let class = |i: Option<usize>| match tokens.get(i?).map(|t| &t.kind) {
        Some(TokenKind::Term(term)) => Some(term.class.clone()),
        _ => None,
    };
    class(at.checked_sub(1)).is_some_and(|before| class(Some(at + 1)) == Some(before))
}

fn opens_bracket(tokens: &[Token], run: Range<usize>) -> bool {
    let open = run.clone().rev().find(|i| is_punctuation(tokens, *i, '(') || is_punctuation(tokens, *i, ')'));
    open.is_some_and(|i| is_punctuation(tokens, i, '(')) && run.len() <= 4
}

/// Whether a token is a term of this class of the vocabulary.
pub fn is_class(tokens: &[Token], at: usize, class: &TermClass) -> bool {
    matches!(tokens.get(at).map(|t| &t.kind), Some(TokenKind::Term(term)) if term.class == *class)
}

fn is_punctuation(tokens: &[Token], at: usize, mark: char) -> bool {
    matches!(tokens.get(at).map(|t| &t.kind), Some(TokenKind::Punctuation(c)) if *c == mark)
}

/// The clause around a range of tokens. It reaches to the next comma, semicolon or bracket on either side.
pub fn clause(tokens: &[Token], inside: Range<usize>) -> Range<usize> {
    let hard = |i: &usize| {
        matches!(tokens.get(*i).map(|t| &t.kind), Some(TokenKind::Punctuation(',' | ';' | '(' | ')' | ':')))
    };
    let start = (0..inside.start).rev().find(hard).map_or(0, |i| i + 1);
    let end = (inside.end..tokens.len()).find(hard).unwrap_or(tokens.len());
    start..end
}
