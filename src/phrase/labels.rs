//! Reads labels and headings: the terms in them, and the content words that no term covers.

use super::{Term, Token, TokenKind};
use crate::model::period::PeriodExpr;
use crate::model::quantity::Unit;
use crate::pack::pack;
use std::ops::Range;
use std::sync::Arc;

/// What a label says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelTerms {
    /// The terms in the order of print, each once. Bands of days ("11-20 days") and of years ("aged 5-11") become
    /// terms of the classes `time_band` and `age`, whose value is the printed text.
    pub terms: Vec<Term>,
    /// Periods in the order of print.
    pub periods: Vec<PeriodExpr>,
    /// The content words, in folded form, that no term covers. They are, for example, the rest of a service's name.
    pub words: Vec<Arc<str>>,
}

impl LabelTerms {
    /// The value of the first term of a class.
    pub fn value(&self, class: &str) -> Option<&str> {
        self.terms.iter().find(|t| &*t.class == class).map(|t| &*t.value)
    }
}

/// Reads the tokens of a label.
pub fn read(tokens: Vec<Token>, text: &str) -> LabelTerms {
    let mut label = LabelTerms::default();
    let years = tokens.iter().any(|t| matches!(&t.kind, TokenKind::Term(t) if &*t.class == "age"));
    for token in tokens {
        match token.kind {
            TokenKind::Term(term) => add(&mut label, term),
            TokenKind::Period(period) => label.periods.push(period),
            TokenKind::Word(word) if !pack().words.without_content_in_labels.has(&word) => {
                label.words.push(word)
            }
            TokenKind::Quantity(q) if q.unit == Unit::Days => {
                band(&mut label, "time_band", text, token.range)
            }
            TokenKind::Quantity(_) | TokenKind::Reference if years => {
                label.terms.retain(|t| &*t.class != "age");
                band(&mut label, "age", text, token.range);
            }
            _ => {}
        }
    }
    label
}

/// Adds a term for a printed band of days or years.
fn band(label: &mut LabelTerms, class: &str, text: &str, range: Range<usize>) {
    let print = text.get(range).unwrap_or("").to_lowercase();
    add(label, Term { class: class.into(), value: print.as_str().into() });
}

fn add(label: &mut LabelTerms, term: Term) {
    if &*term.class != "plain" && !label.terms.contains(&term) {
        label.terms.push(term);
    }
}
