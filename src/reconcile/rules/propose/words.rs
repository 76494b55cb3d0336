//! A share that a sentence gives twice, in words and in percent: "two thirds (66%)", "the majority were content (62%)".

use super::phrases::Phrase;
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::model::statement::{Slot, StatementMark};
use crate::pack::pack;
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation};

impl Phrase<'_> {
    /// The fraction against the percentage that stands in brackets after it.
    pub(super) fn in_words(&self, fraction: FigureIdx) -> Option<Relation> {
        let unit = |i: FigureIdx| self.ledger.figure(i).map(|f| f.quantity.unit);
        let shares = self.slots(Slot::Share);
        let &[_, percent] = shares.as_slice() else { return None };
        let twice = unit(fraction) == Some(Unit::Ratio) && unit(percent) == Some(Unit::Percent);
        let operands = vec![(OperandRole::Share, self.id(fraction)), (OperandRole::Part, self.id(percent))];
        let readings = vec![Reading { operands, cost: 0, note: None }];
        twice.then(|| self.relation(Some(fraction), "CF304", Arithmetic::Share, readings))
    }

    /// "The majority" against the percentage that stands in brackets after it.
    pub(super) fn majority(&self) -> Option<Relation> {
        let share = self.slot(Slot::Share).filter(|_| self.says(&StatementMark::Majority))?;
        let passage = &self.ledger.document.blocks.get(self.stated.block)?.passage;
        let before = passage.text.find(&self.stated.text)?;
        let lower = self.stated.text.to_ascii_lowercase();
        let (at, word) =
            pack().rules.majority.iter().find_map(|word| lower.find(word).map(|at| (before + at, word)))?;
        let place = passage.place(at..at + word.len());
        let readings =
            vec![Reading { operands: vec![(OperandRole::Part, self.id(share))], cost: 0, note: None }];
        let relation = self.relation(None, "CF304", Arithmetic::Majority { word: place }, readings);
        Some(Relation { place, printed: word.into(), ..relation })
    }
}
