//! Which rows and columns of a table the sums of a line take in.

use super::{Weighed, operands};
use crate::model::document::Document;
use crate::model::figure::Home;
use crate::reconcile::evidence::{Line, Worked, figure};
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole};
use crate::reconcile::solve::Fit;
use crate::reconcile::twice::is_twin;
use std::collections::HashMap;

/// Of each row (of sums down columns, else of each column), how many sums of a line hold that take it in, and how many fail.
pub(super) struct Parts<'a> {
    documents: &'a [Document],
    known: HashMap<(Line, usize), (u32, u32)>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(documents: &'a [Document], worked: &[Worked]) -> Parts<'a> {
        let mut known: HashMap<(Line, usize), (u32, u32)> = HashMap::new();
        for one in worked.iter().filter(|one| is_named_sum(one)) {
            let Some(line) = one.line(documents) else { continue };
            for place in parts(one).filter_map(|id| at(documents, id, line)) {
                let (holds, fails) = known.entry((line, place)).or_default();
                *(if one.fit().holds() { holds } else { fails }) += 1;
            }
        }
        Parts { documents, known }
    }

    /// Whether a sum that only the numbers suggest holds because it leaves out a part of what the heads name, and that part is
    /// one: more sums of the line hold with it than fail, or its row is printed twice. The total does not know it then.
    pub(super) fn are_left_out(&self, one: &Weighed, group: &[Weighed]) -> bool {
        let picked = one.one.relation.licence == Licence::Inferred
            && one.one.relation.arithmetic == Arithmetic::Sum
            && one.one.fit().holds();
        picked && group.iter().any(|named| self.takes_in_more(named, one))
    }

    fn takes_in_more(&self, named: &Weighed, picked: &Weighed) -> bool {
        let broken = is_named_sum(named.one) && named.one.fit() == Fit::Fails && named.odds.accuse();
        let Some(line) = named.one.line(self.documents).filter(|_| broken) else { return false };
        let (all, own) = (operands(named.one), operands(picked.one));
        if own.iter().any(|id| all.binary_search(id).is_err()) {
            return false;
        }
        let mut left = parts(named.one).filter(|id| own.binary_search(id).is_err()).peekable();
        left.peek().is_some()
            && left.all(|id| {
                self.is_part(id, line) || parts(picked.one).any(|other| is_twin(self.documents, id, other))
            })
    }

    fn is_part(&self, id: FigureId, line: Line) -> bool {
        let known = at(self.documents, id, line).and_then(|place| self.known.get(&(line, place)));
        known.is_some_and(|(holds, fails)| holds >= fails && *holds > 0)
    }
}

fn is_named_sum(one: &Worked) -> bool {
    one.relation.arithmetic == Arithmetic::Sum && one.relation.licence == Licence::Labelled
}

fn parts<'a>(one: &Worked<'a>) -> impl Iterator<Item = FigureId> + use<'a> {
    let reading = one.tried.first().map(|(reading, _)| *reading);
    let operands = reading.into_iter().flat_map(|reading| &reading.operands);
    operands.filter(|(role, _)| *role == OperandRole::Part).map(|(_, id)| *id)
}

/// The row (of a sum down a column, else the column) of a part that is not nought.
fn at(documents: &[Document], id: FigureId, line: Line) -> Option<usize> {
    let figure = figure(documents, id)?;
    let filled = figure.quantity.value.as_ref().is_some_and(|value| !value.is_zero());
    match figure.home {
        Home::Cell { row, col, .. } if filled => Some(if line.is_down() { row } else { col }),
        _ => None,
    }
}
