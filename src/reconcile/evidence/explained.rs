//! What relations that hold explain of those that fail.

use super::Worked;
use super::size::figure;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole};
use crate::reconcile::solve::Fit;
use std::collections::{HashMap, HashSet};

/// Figures and parts that relations which hold account for. What only numbers suggest is no claim about these: the figure
/// is the result of something else, or the parts make another figure.
pub(super) struct Explained {
    /// Figures that a relation named by words or heads works out.
    results: HashSet<FigureId>,
    /// The parts of sums, without those that are nought.
    parts: HashSet<Vec<FigureId>>,
    /// The same parts by the figures that they make.
    sums: HashMap<FigureId, Vec<Vec<FigureId>>>,
}

impl Explained {
    pub(super) fn by(documents: &[Document], worked: &[Worked]) -> Explained {
        let holds = || worked.iter().filter(|one| one.fit() == Fit::Exact);
        let named = holds().filter(|one| is_result(one) && one.relation.licence <= Licence::Labelled);
        let mut sums: HashMap<FigureId, Vec<Vec<FigureId>>> = HashMap::new();
        let made = holds().filter_map(|one| Some((one.relation.published?, parts(documents, one)?)));
        made.for_each(|(total, parts)| sums.entry(total).or_default().push(parts));
        Explained {
            results: named.filter_map(|one| one.relation.published).collect(),
            parts: sums.values().flatten().cloned().collect(),
            sums,
        }
    }

    /// Whether only numbers or the outline of a table say of a figure that it is a sum, which fails, and some of the same
    /// parts make it: the others are of another measure ("full-time, part-time, full-time equivalents"). So the line of
    /// its table does not fail.
    pub(super) fn has_too_many(&self, documents: &[Document], one: &Worked) -> bool {
        let is_idle = one.fit() == Fit::Fails && one.relation.licence == Licence::Inferred;
        let Some(sums) = one.relation.published.filter(|_| is_idle).and_then(|id| self.sums.get(&id)) else {
            return false;
        };
        let all = parts(documents, one).unwrap_or_default();
        sums.iter()
            .any(|some| some.len() < all.len() && some.iter().all(|part| all.binary_search(part).is_ok()))
    }

    /// Whether a relation that fails says of a figure, or of parts, what they are not.
    pub(super) fn has(&self, documents: &[Document], one: &Worked) -> bool {
        let is_idle = one.fit() == Fit::Fails && one.relation.licence == Licence::Inferred;
        let result = || one.relation.published.is_some_and(|id| self.results.contains(&id));
        let others = || parts(documents, one).is_some_and(|parts| self.parts.contains(&parts));
        is_idle && (result() || others() || self.has_too_many(documents, one))
    }
}

/// Whether a relation works its figure out in another way than by adding up: the total of a column is that of its row as
/// well.
fn is_result(one: &Worked) -> bool {
    matches!(
        one.relation.arithmetic,
        Arithmetic::Balance | Arithmetic::Difference(_) | Arithmetic::Formula { .. }
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
