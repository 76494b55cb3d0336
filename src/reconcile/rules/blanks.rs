//! Rows that lost their blanks: whether what else the table prints decides where their values stand.

use crate::model::text::Place;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, Reading, Relation};

/// Emits a relation for each table with such rows.
pub fn emit(ledger: &Ledger, document: usize, out: &mut Vec<Relation>) {
    for table in ledger.document.tables.iter().filter(|t| !t.lost_blanks.is_empty()) {
        let rows = table.lost_blanks.iter().map(|lost| lost.row);
        let cells =
            rows.flat_map(|row| table.cells.iter().filter(move |c| c.row == row && !c.passage.is_empty()));
        let Some(place) = cells.map(|c| c.passage.whole()).reduce(Place::to) else { continue };
        let product = |count: fn(&crate::model::table::LostBlanks) -> u64| {
            table.lost_blanks.iter().map(count).fold(1u64, u64::saturating_mul)
        };
        let (all, left) = (product(|l| l.placements), product(|l| l.admitted));
        let readings = match left {
            1 => vec![Reading { operands: Vec::new(), cost: 0, note: None }],
            // Several placements are left: nothing printed decides between them.
            _ => Vec::new(),
        };
        out.push(Relation {
            code: "CF801",
            arithmetic: Arithmetic::Placement { all, admitted: left },
            published: None,
            document,
            place,
            printed: format!("{} rows with fewer values than columns", table.lost_blanks.len()),
            licence: Licence::Implied,
            readings,
        });
    }
}
