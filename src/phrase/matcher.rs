//! Runs the program of a pattern over tokens. It backtracks within limits on steps and length.

use super::fold::stem;
use super::needs::Kinds;
use super::pattern::{Gap, Op, Test, Units};
use super::{Token, TokenKind};
use crate::model::exact::Exact;
use crate::model::names::TermClass;
use crate::model::period::PeriodExpr;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::statement::Slot;
use crate::pack::pack;
use std::borrow::Cow;
use std::cell::Cell;

/// A match is given up after this many steps, and a pattern sees only this many tokens. So the cost of a match does
/// not depend on the length of the text.
const STEPS: usize = 4_000;
const LENGTH: usize = 160;

/// Tokens, with the folded words that patterns compare.
pub struct Tape<'a> {
    pub tokens: &'a [Token],
    words: Vec<Cow<'a, str>>,
    /// The stack of alternatives. It is kept to be used again by the next match.
    retry: Cell<Vec<(usize, usize, usize)>>,
}

/// A figure or term that a pattern took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Slot(Slot, usize),
    Term(usize),
}

/// A match: the index of the token after it, and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub end: usize,
    pub kept: Vec<Kept>,
}

impl Match {
    /// How many slots it fills.
    pub fn slots(&self) -> usize {
        self.kept.iter().filter(|k| matches!(k, Kept::Slot(..))).count()
    }
}

impl<'a> Tape<'a> {
    /// Tokens of a text.
    pub fn new(text: &'a str, tokens: &'a [Token]) -> Tape<'a> {
        let words = tokens.iter().map(|t| word_of(text, t)).collect();
        Tape { tokens, words, retry: Cell::default() }
    }

    /// The folded word of a token. It is empty for tokens of several words.
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |w| w)
    }

    /// For each token, what it and those behind it are.
    pub fn kinds_ahead(&self) -> Vec<Kinds> {
        let mut all = Kinds::default();
        let mut ahead: Vec<Kinds> = Vec::with_capacity(self.tokens.len());
        for (token, word) in self.tokens.iter().zip(&self.words).rev() {
            let kind = match &token.kind {
                TokenKind::Term(term) => Kinds::named(term.class.name()),
                TokenKind::Quantity(quantity) => {
                    let units = Units::ALL.into_iter().filter(|units| units.admit(quantity));
                    units.map(Kinds::of).fold(Kinds::default(), Kinds::and)
                }
                TokenKind::Period(_) => Kinds::PERIOD,
                TokenKind::Reference => Kinds::REFERENCE,
                TokenKind::Word(_) | TokenKind::Punctuation(_) => Kinds::default(),
            };
            all = all.and(kind).and(Kinds::named(word));
            ahead.push(all);
        }
        ahead.reverse();
        ahead
    }

    /// The class and value of a term.
    pub fn term(&self, index: usize) -> Option<(&TermClass, &str)> {
        match &self.tokens.get(index)?.kind {
            TokenKind::Term(term) => Some((&term.class, &term.value)),
            _ => None,
        }
    }

    /// Whether a token ends a sentence or a clause, so that no gap passes over it.
    pub fn stops(&self, index: usize) -> bool {
        matches!(
            self.tokens.get(index).map(|t| &t.kind),
            None | Some(TokenKind::Punctuation('.' | ';' | ':' | '?' | '!' | '|' | '•'))
        )
    }

    /// Whether a gap may pass over a token. It may not pass over a figure or the end of a clause, nor over a word
    /// that changes what the next figure is about: a limit, another body, another time or another movement.
    fn may_skip(&self, index: usize, gap: Gap) -> bool {
        match self.tokens.get(index).map(|t| &t.kind) {
            None | Some(TokenKind::Quantity(_)) => false,
            Some(TokenKind::Punctuation(',')) => gap.commas,
            Some(TokenKind::Period(_)) => gap.periods,
            Some(TokenKind::Term(term)) => match &term.class {
                TermClass::Target | TermClass::Benchmark | TermClass::Compare => false,
                TermClass::Rise | TermClass::Fall => !matches!(&*term.value, "noun" | "verb" | "ongoing"),
                TermClass::Scope => &*term.value == "own",
                _ => true,
            },
            Some(TokenKind::Word(word)) => !pack().words.contrasts.has(word),
            Some(_) => !self.stops(index),
        }
    }

    fn passes(&self, index: usize, test: &Test) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        match (test, &token.kind) {
            (Test::Words(words), _) => words.iter().any(|w| **w == *self.word(index)),
            (Test::Terms(wanted), TokenKind::Term(term)) => wanted.iter().any(|(class, value)| {
                *class == term.class && value.as_ref().is_none_or(|v| **v == *term.value)
            }),
            (Test::Figure(_, units), TokenKind::Quantity(q)) => units.iter().any(|u| u.admit(q)),
            (Test::Reference, TokenKind::Reference) => true,
            (Test::Period { past: false }, TokenKind::Period(_)) => true,
            (Test::Period { past: true }, TokenKind::Period(period)) => {
                matches!(period, PeriodExpr::Relative(years) if *years < 0)
            }
            _ => false,
        }
    }

    /// The first match of a program that starts at a token, in the order of the program's alternatives.
    pub fn run(&self, program: &[Op], start: usize) -> Option<Match> {
        let mut kept: Vec<Kept> = Vec::new();
        let mut retry = self.retry.take();
        retry.clear();
        let matched = self.run_with(program, start, &mut kept, &mut retry);
        self.retry.set(retry);
        matched.map(|end| Match { end, kept })
    }

    /// Runs the program and returns the end of the match. `retry` holds the alternatives that are left.
    fn run_with(
        &self,
        program: &[Op],
        start: usize,
        kept: &mut Vec<Kept>,
        retry: &mut Vec<(usize, usize, usize)>,
    ) -> Option<usize> {
        let (mut pc, mut at) = (0, start);
        for _ in 0..STEPS {
            let next = match program.get(pc)? {
                Op::Accept => return Some(at),
                Op::Jump(to) => Some((*to, at)),
                Op::Split(first, second) => {
                    retry.push((*second, at, kept.len()));
                    Some((*first, at))
                }
                Op::Take(tests) if at < start + LENGTH => match tests.iter().find(|t| self.passes(at, t)) {
                    Some(test) => {
                        kept.extend(keep(test, at));
                        Some((pc + 1, at + 1))
                    }
                    None => None,
                },
                Op::Skip(gap) if self.may_skip(at, *gap) => Some((pc + 1, at + 1)),
                Op::Look { behind, wanted, tests } if self.looks(at, *behind, tests) == *wanted => {
                    Some((pc + 1, at))
                }
                Op::Edge { end: false } if at == 0 => Some((pc + 1, at)),
                Op::Edge { end: true } if self.stops(at) => Some((pc + 1, at)),
                _ => None,
            };
            (pc, at) = match next {
                Some(next) => next,
                None => {
                    let (pc, at, length) = retry.pop()?;
                    kept.truncate(length);
                    (pc, at)
                }
            };
        }
        None
    }

    fn looks(&self, at: usize, behind: usize, tests: &[Test]) -> bool {
        let range = if behind == 0 { at..at + 1 } else { at.saturating_sub(behind)..at };
        range.into_iter().any(|i| tests.iter().any(|t| self.passes(i, t)))
    }
}

fn keep(test: &Test, at: usize) -> Option<Kept> {
    match test {
        Test::Figure(Some(slot), _) => Some(Kept::Slot(*slot, at)),
        Test::Terms(_) => Some(Kept::Term(at)),
        _ => None,
    }
}

fn word_of<'a>(text: &'a str, token: &'a Token) -> Cow<'a, str> {
    let printed = text.get(token.range.clone());
    match &token.kind {
        TokenKind::Word(word) => Cow::Borrowed(word),
        TokenKind::Punctuation(mark) => match printed {
            Some(print) if print.chars().eq([*mark]) => Cow::Borrowed(print),
            _ => mark.to_string().into(),
        },
        _ => match printed {
            Some(print) if print.len() <= 24 && !print.contains(' ') => stem(&print.to_lowercase()).into(),
            _ => "".into(),
        },
    }
}

impl Units {
    /// Whether a quantity has these units.
    pub fn admit(self, quantity: &Quantity) -> bool {
        let small = || quantity.value.as_ref().is_some_and(|v| *v < Exact::ratio(1, 1));
        match self {
            Units::Any => quantity.unit != Unit::Ratio || small(),
            Units::Count => quantity.unit == Unit::Count,
            Units::AtMost => quantity.qualifier == Qualifier::AtMost,
            Units::Percent => quantity.unit == Unit::Percent,
            Units::Points => quantity.unit == Unit::PercentagePoints,
            Units::Fraction => quantity.unit == Unit::Ratio && small(),
            Units::Multiple => quantity.unit == Unit::Ratio && !small(),
            Units::Days => quantity.unit.is_days(),
            Units::Gbp => quantity.unit.is_money(),
            Units::None => {
                quantity.unit == Unit::Count && quantity.value.as_ref().is_some_and(Exact::is_zero)
            }
            Units::Rate => matches!(quantity.unit, Unit::Per1000 | Unit::Per100000),
        }
    }
}
