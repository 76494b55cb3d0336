//! A lexed sentence, and what its words say around its figures.

use crate::model::facets::{Facets, Measure};
use crate::model::ids::BlockIdx;
use crate::model::names::TermClass;
use crate::model::period::{Period, PeriodExpr};
use crate::model::quantity::{Quantity, Unit};
use crate::model::text::{Passage, Place};
use crate::model::topic::Topic;
use crate::observe::clause;
use crate::observe::meaning::{Meaning, Words};
use crate::pack::{Set, pack};
use crate::phrase::{Token, TokenKind};
use std::ops::Range;

/// One lexed sentence of a block.
pub(super) struct Sentence<'a> {
    pub(super) passage: &'a Passage,
    /// Where the sentence starts in the passage.
    pub(super) base: usize,
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) block: BlockIdx,
    pub(super) number: usize,
    pub(super) context: &'a Facets,
    pub(super) words: &'a Words<'a>,
}

impl Sentence<'_> {
    pub(super) fn meaning(&self, range: Range<usize>) -> Meaning {
        self.words.meaning(self.text, self.tokens.get(range).unwrap_or_default())
    }

    /// What the words behind a figure say. What they tell that the cases are about is not what is counted.
    pub(super) fn behind(&self, phrase: Range<usize>) -> Meaning {
        let mut leads = phrase.clone().filter(|at| self.is_printed(*at, &pack().words.leads_to_topic));
        let Some(about) = leads.next() else { return self.meaning(phrase) };
        // "About parks that were closed" goes on with what became of the cases.
        let ends = |at: &usize| self.is_printed(*at, &pack().words.ends_topic);
        let end = (about..phrase.end).find(ends).unwrap_or(phrase.end);
        let around = [phrase.start..about, end..phrase.end];
        let around = around.into_iter().filter_map(|range| self.tokens.get(range)).flatten();
        let mut said = self.words.meaning(self.text, &around.cloned().collect::<Vec<_>>());
        let topic = self.meaning(about..end).of_topic();
        said.inherit(&topic);
        said.topic.extend(&topic.topic);
        said
    }

    pub(super) fn place(&self, tokens: Range<usize>) -> Place {
        let start = self.tokens.get(tokens.start).map_or(0, |t| t.range.start);
        let end = self.tokens.get(tokens.end.saturating_sub(1)).map_or(start, |t| t.range.end);
        self.passage.place(self.base + start..self.base + end.max(start))
    }

    pub(super) fn words(&self, range: Range<usize>) -> String {
        let start = self.tokens.get(range.start).map_or(0, |t| t.range.start);
        let end = self.tokens.get(range.end.saturating_sub(1)).map_or(start, |t| t.range.end);
        self.text.get(start..end).unwrap_or_default().trim().to_owned()
    }

    /// What a figure counts: the measure that is named, or else the noun behind it.
    pub(super) fn counted(&self, figure: usize) -> Topic {
        let mut counted = Topic::default();
        let Some(range) = clause::counted(self.text, &self.tokens, figure) else { return counted };
        let meaning = self.meaning(range.clone());
        match meaning.facets(Unit::Count).measure {
            Measure::Other | Measure::Context => {
                let words = self.words(range).to_lowercase();
                counted.extend(&meaning.topic);
                if counted.is_empty() {
                    counted.insert(&words);
                }
            }
            _ if meaning.is_of_complaints() => counted.insert(Measure::ComplaintsReceived.name()),
            measure => counted.insert(measure.name()),
        }
        counted
    }

    /// Whether the noun behind a token is none that complaints are told by, as in "14 assistant directors". What the
    /// sentence or its heading is about is not counted then.
    pub(super) fn counts_something_else(&self, at: usize) -> bool {
        let Some(range) = clause::counted(self.text, &self.tokens, at) else {
            return clause::counts_people(self.text, &self.tokens, at);
        };
        if range.clone().any(|at| self.is_printed(at, &pack().labels.cases)) {
            return false;
        }
        // In "40 schools complaints" the next word is counted.
        let next = at..range.end + 1;
        let noun = self.meaning(range);
        let unknown = !noun.names_measure() && noun.dimensions.is_empty() && noun.populations.is_empty();
        unknown && !self.meaning(next).names_measure()
    }

    /// Whether an ombudsman is the subject of the sentence, whose first figure is the token `lead`: it is named
    /// among the first words, and no complaint before it.
    pub(super) fn is_of_ombudsman(&self, lead: usize) -> bool {
        self.meaning(0..lead.min(SUBJECT)).is_of_ombudsman_alone()
    }

    pub(super) fn quantity(&self, token: usize) -> Option<&Quantity> {
        match &self.tokens.get(token)?.kind {
            TokenKind::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }

    /// The first period in a range that is not only named to compare with ("compared to 2015/16").
    pub(super) fn period_in(&self, range: Range<usize>, document: Option<Period>) -> Option<Period> {
        range.filter(|i| !self.is_base(*i)).find_map(|i| self.period_at(i, document))
    }

    /// The period that a sentence compares with, where it names the period without giving its figure. In "between 31 March
    /// 2018 and 2020" it is the year of the day.
    pub(super) fn base_period(&self, document: Option<Period>) -> Option<Period> {
        let period = |at: usize| self.period_at(at, document).or_else(|| self.year_of_day(at));
        (0..self.tokens.len()).filter(|i| self.is_base(*i)).find_map(period)
    }

    pub(super) fn year_of_day(&self, at: usize) -> Option<Period> {
        match self.tokens.get(at)?.kind {
            TokenKind::Period(PeriodExpr::Absolute(day)) if day.start == day.end => {
                Period::calendar_year(day.start.year())
            }
            _ => None,
        }
    }

    /// Whether a period is only named to compare with: "than in the same period last year".
    pub(super) fn is_base(&self, at: usize) -> bool {
        // "Fewer than in 2023/24, when there were 26" gives the figure of the year that it compares with.
        let next = at
            + 1
            + usize::from(matches!(
                self.tokens.get(at + 1).map(|t| &t.kind),
                Some(TokenKind::Punctuation(','))
            ));
        if self.is_printed(next, &pack().words.dates_next) {
            return false;
        }
        let compares = |i: usize| {
            clause::is_class(&self.tokens, i, &TermClass::Compare)
                || self.is_printed(i, &pack().words.compares_period)
        };
        let is_period = |i: usize| matches!(self.tokens.get(i).map(|t| &t.kind), Some(TokenKind::Period(_)));
        let passed = |i: &usize| self.is_printed(*i, &pack().words.before_compared) || is_period(*i);
        let near = at.saturating_sub(BEFORE_COMPARED)..at;
        near.rev().find(|i| !passed(i)).is_some_and(compares)
    }

    pub(super) fn names_same_period(&self, mut range: Range<usize>) -> bool {
        range.any(|i| self.is_printed(i, &pack().words.same_period))
    }

    /// Whether a token is printed as one of some words, whatever the vocabulary makes of it.
    pub(super) fn is_printed(&self, at: usize, words: &Set) -> bool {
        let text = self.tokens.get(at).and_then(|token| self.text.get(token.range.clone()));
        text.is_some_and(|text| words.has_folded(text))
    }

    pub(super) fn period_at(&self, at: usize, document: Option<Period>) -> Option<Period> {
        match self.tokens.get(at)?.kind {
            TokenKind::Period(expr) => expr.resolve(document).filter(|_| !is_bare_day(expr)),
            _ => None,
        }
    }
}

/// The subject of a sentence stands within so many words: "Last year the Local Government Ombudsman decided …".
const SUBJECT: usize = 6;

/// How many words a word of comparison can stand before its period: "than in the same period of last year".
const BEFORE_COMPARED: usize = 7;

/// Whether a period is a single day. A day dates an event and is no period of a figure.
fn is_bare_day(expr: PeriodExpr) -> bool {
    matches!(expr, PeriodExpr::Absolute(period) if period.start == period.end)
}
