//! Values that stand under another name: what a sentence tells of one row stands in another row of the same column.

use super::Worked;
use super::size::figure;
use crate::model::document::Document;
use crate::reconcile::relation::{Arithmetic, Licence};
use crate::reconcile::solve::Fit;
use crate::reconcile::verdict::FIGURES;

/// Whether a figure and the cell that its words name differ, and another row of the cell's column has the figure's value. Two
/// labels that changed places make two such pairs, so that they do not speak against each other.
pub(super) fn is_misplaced(documents: &[Document], one: &Worked) -> bool {
    let told = one.relation.arithmetic == Arithmetic::Same && one.relation.licence == Licence::Implied;
    let Some((reading, _)) = one.tried.first().filter(|_| told && one.fit() == Fit::Fails) else {
        return false;
    };
    let cell = reading.operands.first().and_then(|(_, id)| figure(documents, *id)?.home.cell());
    let told = one.relation.published.and_then(|id| figure(documents, id));
    let (Some((table, row, col)), Some(told)) = (cell, told) else { return false };
    let figures = documents.get(one.relation.document).map_or(&[][..], |document| &document.figures);
    figures.iter().take(FIGURES).any(|other| {
        let at = other.home.cell().is_some_and(|(t, r, c)| (t, c) == (table, col) && r != row);
        at && other.quantity.value == told.quantity.value && other.quantity.unit == told.quantity.unit
    })
}
