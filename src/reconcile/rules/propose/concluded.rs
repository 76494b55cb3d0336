//! Shares that a sentence concludes from the counts of the sentences before it: "Thus the proportion rose to 66%".

use super::phrases::Phrase;
use crate::model::document::Stated;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::{Qualifier, Unit};
use crate::model::statement::Slot;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation, UNCERTAIN};
use std::collections::BTreeSet;

/// How many sentences before it a share can be concluded from.
const SENTENCES: usize = 2;
/// Of more counts two make any share by chance.
const COUNTS: usize = 4;
/// How many totals of a document a share of those who were asked is tried against.
const TOTALS: usize = 3;

/// Emits a share for each percentage of a sentence that begins with a word such as "thus". The sentence does not say which counts
/// it means, so that they bear the share out and accuse nobody.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let mut done = BTreeSet::new();
    let concludes =
        |stated: &&Stated| pack().rules.concludes.begins(&stated.text.trim_start().to_lowercase());
    for stated in ledger.document.stated.iter().filter(concludes) {
        let shares = stated.figures.iter().filter(|(slot, _)| matches!(slot, Slot::Share | Slot::After));
        for (_, share) in shares {
            let readings = readings(ledger, *share);
            if !readings.is_empty() && done.insert(*share) {
                let relation = Relation::of_figure(ledger, *share, "CF203", Arithmetic::Share);
                out.push(Relation { readings, ..relation });
            }
        }
    }
}

fn readings(ledger: &Ledger, share: FigureIdx) -> Vec<Reading> {
    let Some(figure) = ledger.figure(share).filter(|figure| figure.quantity.unit == Unit::Percent) else {
        return Vec::new();
    };
    let Home::Prose { sentence, .. } = figure.home else { return Vec::new() };
    let is_before = |other: &Figure| {
        let near = |number: usize| number < sentence && sentence - number <= SENTENCES;
        let counts = other.quantity.unit == Unit::Count && other.role == Role::Value;
        counts && matches!(other.home, Home::Prose { sentence, .. } if near(sentence))
    };
    let before = ledger.before_in_block(ledger.block_of(figure), share).iter().copied();
    let counts: Vec<FigureIdx> = before.filter(|i| ledger.figure(*i).is_some_and(is_before)).collect();
    if counts.len() > COUNTS {
        return Vec::new();
    }
    let value = |i: FigureIdx| ledger.figure(i).and_then(|figure| figure.quantity.value.as_ref());
    let pairs = counts.iter().flat_map(|part| counts.iter().map(move |whole| (*part, *whole)));
    let pairs = pairs.filter(|(part, whole)| value(*part) < value(*whole));
    pairs.map(|(part, whole)| reading(ledger, share, part, whole)).collect()
}

fn reading(ledger: &Ledger, share: FigureIdx, part: FigureIdx, whole: FigureIdx) -> Reading {
    let operands = vec![
        (OperandRole::Share, ledger.id(share)),
        (OperandRole::Part, ledger.id(part)),
        (OperandRole::Whole, ledger.id(whole)),
    ];
    Reading { operands, cost: UNCERTAIN, note: None }
}

impl Phrase<'_> {
    /// "24% n=120" of a survey that "heard from 500 residents in total": the totals that the text states. They can bear the share
    /// out, and not accuse it.
    pub(super) fn of_all_asked(&self, share: FigureIdx, part: FigureIdx) -> Vec<Reading> {
        let (Some(of), Some(count)) = (self.ledger.figure(share), self.ledger.figure(part)) else {
            return Vec::new();
        };
        let (first, second) = if of.place < count.place { (of, count) } else { (count, of) };
        let between = crate::model::text::Place {
            start: first.place.end,
            end: second.place.start,
            line_end: second.place.line,
            ..first.place
        };
        if !self.ledger.document.text_at(between).contains('=') {
            return Vec::new();
        }
        let is_total = |i: &FigureIdx| {
            let stated = self.ledger.slots(*i).contains(&Slot::Total);
            let figure = self.ledger.figure(*i).filter(|f| matches!(f.home, Home::Prose { .. }));
            stated
                && figure.is_some_and(|f| {
                    f.quantity.unit == Unit::Count
                        && f.quantity.qualifier == Qualifier::Equal
                        && f.quantity.value > count.quantity.value
                })
        };
        let totals = self.ledger.document.figures.ids().filter(is_total).take(TOTALS);
        totals.map(|whole| reading(self.ledger, share, part, whole)).collect()
    }
}
