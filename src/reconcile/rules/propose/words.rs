//! A share that a sentence gives twice, as a fraction and in percent: "two thirds (66%)".

use super::phrases::Phrase;
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::model::statement::Slot;
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
}
