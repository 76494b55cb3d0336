//! The runs of rows of a sheet that stand under the same printed heads: one table, whose rows are set apart in groups.

use crate::model::ids::TableIdx;
use crate::model::table::Table;
use crate::model::text::Place;
use crate::reconcile::ledger::Ledger;

/// The tables of a document; those that follow each other under the same printed heads are together.
pub(super) fn runs(ledger: &Ledger) -> Vec<Vec<TableIdx>> {
    let mut found: Vec<Vec<TableIdx>> = Vec::new();
    let mut last = None;
    for (index, table) in ledger.document.tables.entries() {
        let own = heads(table);
        match found.last_mut().filter(|_| own.is_some() && last == own) {
            Some(run) => run.push(index),
            None => found.push(vec![index]),
        }
        last = own;
    }
    found
}

/// Where the first head of a table is printed, and how many columns the table has. Runs that share their heads share this.
fn heads(table: &Table) -> Option<(Place, usize)> {
    let first = table.cells.iter().take_while(|cell| cell.row() < table.header_rows);
    let first = first.map(|cell| &cell.passage).find(|passage| !passage.is_empty())?;
    Some((first.whole(), table.cols))
}
