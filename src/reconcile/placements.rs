//! Whether a rank fails however the values of rows that lost their blanks are placed.

use super::relation::{Arithmetic, FigureId, OperandRole, Reading, Relation};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::model::ids::TableIdx;
use crate::model::table::LostBlanks;
use std::collections::BTreeMap;

/// Whether what is named does not lead under any placement of the rows that its figures stand in: which column a value
/// belongs to is then no matter. A cell without a value is nought.
pub(super) fn fails_in_all(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let Arithmetic::Extreme { highest: true, place: 1 } = relation.arithmetic else { return false };
    let mut rows: BTreeMap<(TableIdx, usize), Vec<(OperandRole, &Figure)>> = BTreeMap::new();
    for (role, id) in &reading.operands {
        let Some(figure) = figure(documents, *id) else { return false };
        let Home::Cell { table, row, .. } = figure.home else { return false };
        rows.entry((table, row)).or_default().push((*role, figure));
    }
    let Some(document) = documents.get(relation.document) else { return false };
    rows.into_iter().any(|((table, row), cells)| {
        let lost = document.tables.get(table).and_then(|t| t.lost_blanks.iter().find(|l| l.row == row));
        match lost {
            // Only some of the placements are known.
            Some(lost) if lost.columns.is_empty() || lost.columns.len() as u64 != lost.admitted => false,
            Some(lost) => lost.columns.iter().all(|columns| !leads(document, table, lost, columns, &cells)),
            None => false,
        }
    })
}

fn figure(documents: &[Document], id: FigureId) -> Option<&Figure> {
    documents.get(id.document())?.figures.get(id.figure)
}

/// Whether what is named leads where each value of the row stands in the column that a placement gives it.
fn leads(
    document: &Document,
    table: TableIdx,
    lost: &LostBlanks,
    columns: &[usize],
    cells: &[(OperandRole, &Figure)],
) -> bool {
    let col_of = |figure: &Figure| figure.home.cell().map(|(_, _, col)| col);
    let is_named =
        |col: usize| cells.iter().any(|(role, f)| *role == OperandRole::Same && col_of(f) == Some(col));
    let row = document
        .figures
        .iter()
        .filter(|f| matches!(f.home, Home::Cell { table: own, row, .. } if own == table && row == lost.row));
    let values: Vec<&Exact> = row.filter_map(|f| f.quantity.value.as_ref()).collect();
    // Marks stand in the row as well.
    if values.len() != columns.len() {
        return true;
    }
    let placed = || values.iter().zip(columns);
    let nought = Exact::ZERO;
    let named = cells.iter().filter(|(role, _)| *role == OperandRole::Same).filter_map(|(_, f)| col_of(f));
    let least = named.map(|col| placed().find(|(_, c)| **c == col).map_or(&nought, |(value, _)| value)).min();
    let others = placed().filter(|(_, col)| !is_named(**col)).map(|(value, _)| *value).max();
    least.zip(others).is_none_or(|(least, best)| least >= best)
}
