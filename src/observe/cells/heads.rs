//! What the heads of rows and columns say of the cells below and beside them.

use super::join;
use crate::lex::is_year;
use crate::model::facets::{Dimension, Label};
use crate::model::names::TermClass;
use crate::model::period::{Period, PeriodExpr};
use crate::model::quantity::Unit;
use crate::observe::breakdown;
use crate::observe::meaning::{Meaning, Words};
use crate::pack::pack;
use crate::phrase::{Token, TokenKind};
use ecow::EcoString;
use std::sync::Arc;

/// What the heads of one row or column say.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) text: EcoString,
    pub(super) meaning: Meaning,
    pub(super) period: Option<Period>,
    /// Its period is a part of a year that another head may name: "Q1" beside "2022/23".
    pub(super) within: Option<PeriodExpr>,
    pub(super) unit: Option<Unit>,
    /// The power of ten by which its numbers are more than those of its unit: 1 of a rate for ten thousand.
    pub(super) tens: u8,
    pub(super) change: bool,
    pub(super) unweighted: bool,
    /// It says that its cells are means, which are rounded where they are whole numbers.
    pub(super) mean: bool,
    /// The power of ten that its numbers are in.
    pub(super) scale: Option<u8>,
    /// It says that its cells are ratios.
    pub(super) ratio: bool,
    /// What it is called, where the vocabulary has no value for all of it.
    pub(super) label: Option<Arc<Label>>,
    /// The same, with what it is a label of.
    pub(super) open: Vec<(Dimension, Arc<Label>)>,
}

impl Head {
    /// The same as a head of this class.
    pub(super) fn called(self, class: Dimension) -> Head {
        let open = self.label.iter().map(|label| (class, Arc::clone(label))).collect();
        Head { open, ..self }
    }
}

/// What the header cells over a column, or before a row, say together.
pub(super) fn head(texts: &[&str], words: &Words, document_period: Option<Period>) -> Head {
    let text = join(texts.iter().copied());
    let tokens = words.lex(&text);
    let dated = tokens.iter().find_map(|t| match t.kind {
        TokenKind::Period(expr) => Some((expr.resolve(document_period)?, (expr, t.range.clone()))),
        _ => None,
    });
    let (unit, tens) = head_unit(&text).map_or((None, 0), |(unit, tens)| (Some(unit), tens));
    let change = match texts {
        [_] => is_change(&text, &tokens),
        texts => texts.iter().any(|text| is_change(text, &words.lex_label(text))),
    };
    let lower = text.to_lowercase();
    let heads = &pack().heads;
    let (unweighted, scale) = (heads.unweighted.within(&lower), scale_in(&lower));
    let ratio = heads.ratio.within(&lower);
    let mean = lower.split(|c: char| !c.is_alphanumeric()).any(|word| pack().rules.mean_of_all.has(word));
    let meaning = words.label(&text, &tokens);
    let facets = meaning.facets(Unit::Count);
    let (period, printed) = dated.unzip();
    let (expr, told) = printed.unzip();
    let within = expr.filter(|expr| expr.is_within_a_year());
    let label = breakdown::label(&text, &tokens, &facets, told);
    Head {
        meaning,
        period,
        within,
        unit,
        tens,
        change,
        unweighted,
        mean,
        scale,
        ratio,
        label,
        open: Vec::new(),
        text: text.into(),
    }
}

/// The unit that a head names for its cells, and the power of ten by which they are more than it.
fn head_unit(text: &str) -> Option<(Unit, u8)> {
    let heads = &pack().heads;
    let lower = text.to_lowercase();
    if has_sign_of_percent(&lower) || heads.percent.within(&lower) {
        return Some((Unit::Percent, 0));
    }
    if heads.per_100000.within(&lower) {
        return Some((Unit::Per100000, 0));
    }
    if heads.per_10000.within(&lower) {
        return Some((Unit::Per1000, 1));
    }
    if heads.per_1000.within(&lower) {
        return Some((Unit::Per1000, 0));
    }
    if lower.contains('£') {
        return Some((Unit::Gbp, 0));
    }
    let average = heads.average.within(&lower);
    let days = if heads.working_days.within(&lower) { Unit::WorkingDays } else { Unit::Days };
    (average && heads.days.within(&lower)).then_some((days, 0))
}

/// Whether a head has a sign of percent that is not that of a number: a head that prints "42%" is a value, and says nothing
/// of the numbers below it. In "2021 %" and "2021%" the number is a year.
fn has_sign_of_percent(head: &str) -> bool {
    let of_number = |at: usize| {
        let number = head.get(..at).and_then(|before| before.split_whitespace().next_back());
        let glued = head.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
        glued && number.is_some_and(|number| !is_year(number))
    };
    head.match_indices('%').any(|(at, _)| !of_number(at))
}

/// Whether a head stands over changes: "Change from 2021", "% variance", "Increase".
fn is_change(text: &str, tokens: &[Token]) -> bool {
    // In "Planning and Growth" the word is part of a name.
    let joined = |at: usize| {
        at > 1
            && matches!(tokens.get(at - 1).map(|t| &t.kind), Some(TokenKind::Word(w)) if pack().numerals.and.has(w))
            && !tokens.get(..at - 1).is_some_and(|before| is_change(text, before))
    };
    // In "Drop-in centre" too.
    let hyphened = |t: &Token| text.get(t.range.end..).is_some_and(|rest| rest.starts_with('-'));
    let heads = &pack().heads;
    tokens.iter().enumerate().any(|(at, token)| match &token.kind {
        TokenKind::Term(term) if matches!(term.class, TermClass::Rise | TermClass::Fall) => {
            // "Fall 2010" is an autumn.
            let dated = matches!(tokens.get(at + 1).map(|t| &t.kind), Some(TokenKind::Period(_)));
            let season =
                dated && text.get(token.range.clone()).is_some_and(|own| heads.season.has_folded(own));
            &*term.value == "noun" && !joined(at) && !hyphened(token) && !season
        }
        // "Climate change" and "Change of address" are names. Only some words can stand before and after a word for a
        // change.
        TokenKind::Word(_) | TokenKind::Term(_) => {
            let word = |at: usize| match tokens.get(at).map(|t| &t.kind) {
                Some(TokenKind::Word(word)) => Some(&**word),
                _ => None,
            };
            text.get(token.range.clone()).is_some_and(|own| heads.change.has_folded(own))
                && at.checked_sub(1).and_then(word).is_none_or(|before| heads.before_change.has(before))
                && word(at + 1).is_none_or(|after| heads.after_change.has(after))
        }
        _ => false,
    })
}

/// The power of ten that a folded text names: 3 for "£000".
pub(super) fn scale_in(lower: &str) -> Option<u8> {
    let heads = &pack().heads;
    let scales = [(&heads.thousands, 3), (&heads.millions, 6), (&heads.billions, 9)];
    scales.into_iter().find_map(|(words, scale)| words.within(lower).then_some(scale))
}
