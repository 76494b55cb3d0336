//! Shares of one sentence are of the same number of cases: where one of them is of a number that the sentence gives, another
//! is no share of a number from elsewhere that happens to fit.

use super::evidence::Worked;
use super::relation::{Arithmetic, FigureId, OperandRole, Reading};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::figure::Home;
use std::collections::HashMap;

/// Has the shares that hold only by a number of cases from elsewhere be decided by that of their sentence, and those that hold
/// only by a convention by the number of their period that others of the sentence are plainly shares of.
pub(crate) fn settle(documents: &[Document], worked: &mut [Worked]) {
    let home =
        |id: FigureId| documents.get(id.document())?.figures.get(id.figure).map(|f| (id.document(), f.home));
    let period = |id: Option<FigureId>| documents.get(id?.document())?.figures.get(id?.figure)?.facets.period;
    let sentence = |one: &Worked| {
        let share = one.relation.published.filter(|_| one.relation.arithmetic == Arithmetic::Share)?;
        home(share).filter(|(_, home)| matches!(home, Home::Prose { .. }))
    };
    let mut known: HashMap<(usize, Home), Wholes> = HashMap::new();
    for one in worked.iter().filter(|one| one.fit().holds()) {
        let whole = one.tried.first().and_then(|(reading, _)| whole(reading));
        let Some((own, whole)) = sentence(one).zip(whole) else { continue };
        let wholes = known.entry(own).or_default();
        if home(whole) == Some(own) {
            wholes.own.push(whole);
        }
        if !by_convention(one) {
            wholes.plain.push(whole);
        }
    }
    for one in worked.iter_mut().filter(|one| one.fit().holds()) {
        let Some((own, wholes)) = sentence(one).and_then(|own| Some((own, known.get(&own)?))) else {
            continue;
        };
        let first = one.tried.first().and_then(|(reading, _)| whole(reading));
        let elsewhere = first.is_some_and(|id| home(id) != Some(own));
        let named = |reading: &Reading| {
            whole(reading).is_some_and(|id| match by_convention(one) {
                true => wholes.plain.contains(&id) && period(Some(id)) == period(one.relation.published),
                false => wholes.own.contains(&id),
            })
        };
        if elsewhere && let Some(at) = one.tried.iter().position(|(reading, _)| named(reading)) {
            one.tried.swap(0, at);
        }
    }
}

/// The numbers of cases that the shares of a sentence are of.
#[derive(Default)]
struct Wholes {
    /// Those that stand in the sentence itself.
    own: Vec<FigureId>,
    /// Those of the shares that hold without a convention.
    plain: Vec<FigureId>,
}

fn by_convention(one: &Worked) -> bool {
    matches!(one.fit(), Fit::ByConvention(_))
}

/// The one number of cases that a reading takes a share of.
fn whole(reading: &Reading) -> Option<FigureId> {
    let mut wholes =
        reading.operands.iter().filter(|(role, _)| *role == OperandRole::Whole).map(|(_, id)| *id);
    wholes.next().filter(|_| wholes.next().is_none())
}
