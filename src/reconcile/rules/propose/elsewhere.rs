//! The values of a change that its own sentence leaves open and other sentences print: "complaints are down by 2%" in a
//! headline, "complaints fell from 1,304 to 1,275" in the text below it.

use super::phrases::Phrase;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::model::statement::{Direction, RelationKind, Slot};
use crate::reconcile::relation::{OperandRole, Reading, UNCERTAIN};
use crate::reconcile::unify::{Query, distance};

/// How many statements of a document are looked at; in a longer one a change is not told of by its first sentences.
const STATEMENTS: usize = 400;
/// How many figures before a change, and after it, are looked at.
const BEFORE: usize = 6;
/// The figures after a change that can be its values: "went up by 22 per cent … In total 92 were received".
const AFTER: usize = 3;
/// How many blocks apart the values of a change can stand.
const BLOCKS: usize = 1;
/// What is assumed at most for the words of neighbouring sentences: they say the same in other words.
const STRANGERS: u32 = 3;
/// What is assumed where the later value is printed first.
const REVERSED: u32 = 3;
/// How many pairs are tried: each more makes it likelier that one fits by chance.
const PAIRS: usize = 8;

impl Phrase<'_> {
    /// Pairs of figures in other sentences that can be the values before and after, one of which the sentence may have
    /// given. Nothing names them, so they can bear the change out and never accuse.
    pub(crate) fn told_elsewhere(&self, before: Option<FigureIdx>, after: Option<FigureIdx>) -> Vec<Reading> {
        let mut pairs = self.stated_pairs();
        pairs.extend(self.neighbours(before, after));
        let fits = |given: Option<FigureIdx>, found: FigureIdx| {
            let value = |i: FigureIdx| self.ledger.figure(i).and_then(|f| f.quantity.value.as_ref());
            given.is_none_or(|given| value(given) == value(found))
        };
        pairs.retain(|(_, b, a)| fits(before, *b) && fits(after, *a) && self.turns(*b, *a));
        pairs.sort();
        pairs.dedup_by_key(|(_, b, a)| (*b, *a));
        pairs.truncate(PAIRS);
        let reading = |(cost, before, after): (u32, FigureIdx, FigureIdx)| {
            let operands = vec![(OperandRole::Before, self.id(before)), (OperandRole::After, self.id(after))];
            Reading { operands, cost: UNCERTAIN + cost, note: None }
        };
        pairs.into_iter().map(reading).collect()
    }

    /// Both values of another change of the same thing.
    fn stated_pairs(&self) -> Vec<(u32, FigureIdx, FigureIdx)> {
        let changes = self.ledger.stated(RelationKind::Change).take(STATEMENTS);
        let pairs = changes.filter_map(|other| {
            let of = |wanted| other.figures.iter().find(|(slot, _)| *slot == wanted).map(|(_, i)| *i);
            let (before, after) = (of(Slot::Before)?, of(Slot::After)?);
            let cost = distance(self.query(), self.value(after)?)?;
            let far = self.ledger.apart(other.block, self.stated.block).min(3) as u32;
            Some((cost + far, before, after))
        });
        pairs.collect()
    }

    /// Pairs of counts in the sentences around: the one earlier, the other later, of what can be one series.
    fn neighbours(
        &self,
        before: Option<FigureIdx>,
        after: Option<FigureIdx>,
    ) -> Vec<(u32, FigureIdx, FigureIdx)> {
        let mut near = self.around();
        near.extend(before.into_iter().chain(after).filter(|i| !near.contains(i)).collect::<Vec<_>>());
        let mut pairs = Vec::new();
        for &earlier in &near {
            for &later in near.iter().filter(|later| **later != earlier) {
                if let Some(cost) = self.series(earlier, later) {
                    pairs.push((cost, earlier, later));
                }
            }
        }
        pairs
    }

    /// The counts that stand around the statement, in the blocks next to it.
    fn around(&self) -> Vec<FigureIdx> {
        let figures = &self.ledger.document.figures;
        let at = figures.partition_point(|f| f.place < self.stated.place);
        let near = |i: &FigureIdx| {
            self.value(*i).is_some_and(|f| {
                matches!(f.home, Home::Prose { .. })
                    && self.ledger.apart(self.ledger.block_of(f), self.stated.block) <= BLOCKS
            })
        };
        let before = (0..at).rev().map(FigureIdx::from).take(BEFORE * 2).filter(near).take(BEFORE);
        let own: Vec<FigureIdx> = self.stated.figures.iter().map(|(_, i)| *i).collect();
        let after = (at..figures.len())
            .map(FigureIdx::from)
            .take(AFTER * 3)
            .filter(|i| !own.contains(i))
            .filter(near)
            .take(AFTER);
        before.chain(after).collect()
    }

    /// A count or an amount that is a result.
    fn value(&self, figure: FigureIdx) -> Option<&Figure> {
        self.ledger.figure(figure).filter(|f| {
            f.role == Role::Value
                && f.quantity.value.is_some()
                && (f.quantity.unit == Unit::Count || f.quantity.unit.is_money())
        })
    }

    /// What has to be assumed for two figures to be of one series.
    fn series(&self, before: FigureIdx, after: FigureIdx) -> Option<u32> {
        let (earlier, later) = (self.value(before)?, self.value(after)?);
        let dated = earlier.facets.period_stated && later.facets.period_stated;
        let turned = dated && earlier.facets.period >= later.facets.period;
        if turned || earlier.quantity.unit != later.quantity.unit {
            return None;
        }
        let own = distance(self.query(), later)?.min(distance(self.query(), earlier)?);
        let alike = distance(Query::of(earlier), later)?;
        // What came before is printed before, unless years tell otherwise.
        let order = if before < after || dated { 0 } else { REVERSED };
        Some(
            own.min(STRANGERS)
                + alike.min(STRANGERS)
                + order
                + (before.index().abs_diff(after.index()) as u32).min(STRANGERS),
        )
    }

    /// Whether two values move the way that the sentence says.
    fn turns(&self, before: FigureIdx, after: FigureIdx) -> bool {
        let value = |i: FigureIdx| self.ledger.figure(i).and_then(|f| f.quantity.value.as_ref());
        match (self.stated.statement.direction, value(before), value(after)) {
            (Some(Direction::Rise), Some(b), Some(a)) => a > b,
            (Some(Direction::Fall), Some(b), Some(a)) => a < b,
            _ => true,
        }
    }
}
