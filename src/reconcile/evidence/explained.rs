//! What relations that hold explain of those that fail.

use super::Worked;
use super::size::figure;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole};
use crate::reconcile::solve::Fit;
use std::collections::HashSet;

/// Figures and parts that relations which hold account for. What only numbers suggest is no claim about these: the figure
/// is the result of something else, or the parts make another figure.
pub(super) struct Explained {
    /// Figures that a relation named by words or heads works out.
    results: HashSet<FigureId>,
    /// The parts of sums, without those that are nought.
    parts: HashSet<Vec<FigureId>>,
}

impl Explained {
    pub(super) fn by(documents: &[Document], worked: &[Worked]) -> Explained {
        let holds = || worked.iter().filter(|one| one.fit() == Fit::Exact);
        let named = holds().filter(|one| is_result(one) && one.relation.licence <= Licence::Labelled);
        Explained {
            results: named.filter_map(|one| one.relation.published).collect(),
            parts: holds().filter_map(|one| parts(documents, one)).collect(),
        }
    }

    /// Whether a relation that fails says of a figure, or of parts, what they are not.
    pub(super) fn has(&self, documents: &[Document], one: &Worked) -> bool {
        let is_idle = one.fit() == Fit::Fails && one.relation.licence == Licence::Inferred;
        let result = || one.relation.published.is_some_and(|id| self.results.contains(&id));
        is_idle && (result() || parts(documents, one).is_some_and(|parts| self.parts.contains(&parts)))
    }
}

fn is_result(one: &Worked) -> bool {
    matches!(
        one.relation.arithmetic,
        Arithmetic::Sum | Arithmetic::Balance | Arithmetic::Difference(_) | Arithmetic::Formula { .. }
    )
}

/// The parts of a sum that are not nought, in one order; nothing where there are fewer than two.
fn parts(documents: &[Document], one: &Worked) -> Option<Vec<FigureId>> {
    let (reading, _) = one.tried.first().filter(|_| one.relation.arithmetic == Arithmetic::Sum)?;
    let own = reading.operands.iter().filter(|(role, _)| *role == OperandRole::Part).map(|(_, id)| *id);
    let is_nought = |id: &FigureId| {
        figure(documents, *id).and_then(|f| f.quantity.value.as_ref()).is_none_or(Exact::is_zero)
    };
    let mut parts: Vec<FigureId> = own.filter(|id| !is_nought(id)).collect();
    parts.sort_unstable();
    (parts.len() > 1).then_some(parts)
}
