//! Shares of one sentence are of the same number of cases: where one of them is of a number that the sentence gives, another
//! is no share of a number from elsewhere that happens to fit.

use super::evidence::Worked;
use super::relation::{Arithmetic, FigureId, OperandRole, Reading};
use crate::model::document::Document;
use crate::model::figure::Home;
use std::collections::HashMap;

/// Has the shares that hold only by a number of cases from elsewhere be decided by that of their sentence.
pub(crate) fn settle(documents: &[Document], worked: &mut [Worked]) {
    let home =
        |id: FigureId| documents.get(id.document)?.figures.get(id.figure).map(|f| (id.document, f.home));
    let sentence = |one: &Worked| {
        let share = one.relation.published.filter(|_| one.relation.arithmetic == Arithmetic::Share)?;
        home(share).filter(|(_, home)| matches!(home, Home::Prose { .. }))
    };
    let mut known: HashMap<(usize, Home), Vec<FigureId>> = HashMap::new();
    for one in worked.iter().filter(|one| one.fit().holds()) {
        let whole = one.tried.first().and_then(|(reading, _)| whole(reading));
        if let Some((own, whole)) = sentence(one).zip(whole).filter(|(own, whole)| home(*whole) == Some(*own))
        {
            known.entry(own).or_default().push(whole);
        }
    }
    for one in worked.iter_mut().filter(|one| one.fit().holds()) {
        let Some((own, wholes)) = sentence(one).and_then(|own| Some((own, known.get(&own)?))) else {
            continue;
        };
        let elsewhere = |reading: &Reading| whole(reading).is_some_and(|id| home(id) != Some(own));
        let named = |reading: &Reading| whole(reading).is_some_and(|id| wholes.contains(&id));
        if one.tried.first().is_some_and(|(reading, _)| elsewhere(reading))
            && let Some(at) = one.tried.iter().position(|(reading, _)| named(reading))
        {
            one.tried.swap(0, at);
        }
    }
}

/// The one number of cases that a reading takes a share of.
fn whole(reading: &Reading) -> Option<FigureId> {
    let mut wholes =
        reading.operands.iter().filter(|(role, _)| *role == OperandRole::Whole).map(|(_, id)| *id);
    wholes.next().filter(|_| wholes.next().is_none())
}
