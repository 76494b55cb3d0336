//! Totals under a column of answers in words, as a pivot table prints them: the total is the number of rows that have one.

use crate::model::exact::Exact;
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, Reading, Relation};

/// How many rows are looked at.
const ROWS: usize = 500;
/// One answer is as many as any one.
const LEAST: u32 = 2;

/// Emits a count for each cell of the only total row that has answers in words above it, where they are so many. What else
/// the number can be is not known, so that it is borne out and never refuted.
pub(super) fn emit(ledger: &Ledger, table: &Table, grid: &FigureGrid, out: &mut Vec<Relation>) {
    let [total] = table.total_rows.as_slice() else { return };
    let body = table.header_rows..*total;
    if body.len() > ROWS || table.header_rows == 0 {
        return;
    }
    for col in table.header_cols.max(1)..table.cols {
        let Some(figure) = grid.first(*total, col) else { continue };
        let in_words = |row: &usize| {
            let text = table.text(*row, col).trim();
            text.chars().next().is_some_and(char::is_alphabetic) && grid.at(*row, col).is_empty()
        };
        let blank = |row: &usize| table.text(*row, col).trim().is_empty();
        if !body.clone().all(|row| in_words(&row) || blank(&row)) {
            continue;
        }
        let listed = body.clone().filter(in_words).count() as u32;
        let printed = ledger.figure(figure).filter(|f| f.quantity.unit == Unit::Count);
        let value = printed.and_then(|f| f.quantity.value.as_ref());
        if listed < LEAST || value != Some(&Exact::from(i128::from(listed))) {
            continue;
        }
        let arithmetic = Arithmetic::Count { stated: listed, listed, list: table.place };
        let readings = vec![Reading { operands: Vec::new(), cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, figure, "CF101", arithmetic);
        out.push(Relation { licence: Licence::Implied, readings, ..relation });
    }
}
