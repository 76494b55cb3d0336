//! Sums that have a check of their own, whichever search found them: of amounts with their pence, and of what was in time and
//! what was late. They are named last, so that which relation speaks for a figure does not depend on their names.

use super::claim::Claim;
use super::relation::{Arithmetic, OperandRole, Relation};
use crate::model::document::Document;
use crate::model::facets::{Dimension, band};
use crate::model::figure::Figure;
use ecow::EcoString;
use std::collections::BTreeSet;

/// The checks of sums that say no more than where the total stands.
const PLAIN: [&str; 4] = ["CF101", "CF102", "CF103", "CF105"];

/// How many decimals an amount in pounds and pence has.
const PENCE: u8 = 2;

/// The code of a claim: that of its own kind of sum, or else the one that it has.
pub(super) fn code(documents: &[Document], relation: &Relation, claim: &Claim) -> &'static str {
    if relation.arithmetic != Arithmetic::Sum || !PLAIN.contains(&claim.code) {
        return claim.code;
    }
    let figures: Vec<(OperandRole, &Figure)> = claim
        .operands
        .iter()
        .filter_map(|(role, id)| Some((*role, documents.get(id.document())?.figures.get(id.figure)?)))
        .collect();
    match () {
        () if figures.len() > 2 && figures.iter().all(|(_, figure)| has_pence(figure)) => "CF703",
        () if are_timescales(&figures) => "CF704",
        () => claim.code,
    }
}

fn has_pence(figure: &Figure) -> bool {
    figure.quantity.unit.is_money() && figure.quantity.decimals == PENCE && !figure.quantity.rounded
}

/// Whether the parts are of different time bands, in time and late among them, and their total is of none.
fn are_timescales(figures: &[(OperandRole, &Figure)]) -> bool {
    let band_of = |figure: &Figure| {
        figure.facets.dimensions.get(Dimension::TimeBand).map(|label| label.normalised.clone())
    };
    let parts = || figures.iter().filter(|(role, _)| *role == OperandRole::Part);
    let bands: BTreeSet<EcoString> = parts().filter_map(|(_, figure)| band_of(figure)).collect();
    bands.len() == parts().count() && bands.contains(band::WITHIN) && bands.contains(band::OUTSIDE)
}
