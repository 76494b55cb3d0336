//! Dashes in the cells of a table: noughts, where the sums of their table show it.

use super::evidence::{Worked, figure};
use super::relation::{Arithmetic, FigureId, OperandRole, UNCERTAIN};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::ids::TableIdx;
use crate::model::quantity::Qualifier;
use std::collections::HashSet;

/// Decides sums that fail with their dashes as noughts, and that any other number in place of a dash could make hold: in a
/// table where another sum holds with its dashes as noughts, these are noughts too. A blank cell of a sheet is no dash.
pub(crate) fn admit(documents: &[Document], worked: &mut [Worked]) {
    let held: HashSet<(usize, TableIdx)> = worked
        .iter()
        .filter(|one| one.fit() == Fit::Exact)
        .filter_map(|one| table_of_dashes(documents, one))
        .collect();
    for one in worked.iter_mut().filter(|one| one.fit() == Fit::Undecided) {
        let known = table_of_dashes(documents, one).is_some_and(|table| held.contains(&table));
        if let Some((_, outcome)) = one.tried.first_mut().filter(|_| known) {
            outcome.fit = Fit::Fails;
        }
    }
}

/// The table of a sum that has a dash among its parts, and no hidden number.
fn table_of_dashes(documents: &[Document], one: &Worked) -> Option<(usize, TableIdx)> {
    let (reading, outcome) = one.tried.first().filter(|_| one.relation.arithmetic == Arithmetic::Sum)?;
    let parts = reading.operands.iter().filter(|(role, _)| *role == OperandRole::Part).map(|(_, id)| *id);
    let parts: Vec<FigureId> = parts.collect();
    let has = |qualifier: Qualifier| {
        parts.iter().any(|id| figure(documents, *id).is_some_and(|f| f.quantity.qualifier == qualifier))
    };
    let added = parts.iter().filter_map(|id| figure(documents, *id)?.quantity.value.clone()).sum::<Exact>();
    let told = !added.is_zero() && !outcome.computed.is_empty();
    let dashed = has(Qualifier::Blank) && !has(Qualifier::Suppressed) && reading.cost < UNCERTAIN;
    let id = one.relation.published.filter(|_| told && dashed)?;
    documents.get(id.document()).filter(|document| document.sheet.is_none())?;
    figure(documents, id)?.home.cell().map(|(table, ..)| (id.document(), table))
}
