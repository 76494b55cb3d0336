//! Counts that a cell lists by name, against the count of its row that they take apart: "Upheld - 3 Not upheld - 5" beside 8.

use crate::model::exact::Exact;
use crate::model::figure::{Figure, Method};
use crate::model::ids::FigureIdx;
use crate::model::table::Table;
use crate::reconcile::evidence::{Trial, likeliest};
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

/// The counts of a table are small: one in so many is met by accident.
const STEPS: f32 = 8.0;

/// Emits a sum for each list of a column whose lists meet the counts of one other column, if any.
pub(super) fn emit(ledger: &Ledger, table: &Table, grid: &FigureGrid, out: &mut Vec<Relation>) {
    for col in table.header_cols..table.cols {
        let lists: Vec<List> =
            (table.header_rows..table.rows).filter_map(|row| List::of(ledger, grid, row, col)).collect();
        if !lists.iter().any(|list| list.parts.len() > 1) {
            continue;
        }
        let whole = |list: &List, other: usize| {
            let index = grid.first(list.row, other)?;
            ledger
                .figure(index)
                .filter(|f| f.is_plain_count() && f.method != Method::CellList)
                .map(|f| (index, f))
        };
        let trial = |other: usize| {
            let met = |list: &List| Some(whole(list, other)?.1.quantity.value.as_ref() == Some(&list.sum));
            let met: Vec<bool> = lists.iter().filter_map(met).collect();
            let holds = met.iter().filter(|holds| **holds).count();
            Trial { holds, fails: met.len() - holds, steps: STEPS }
        };
        let others = (table.header_cols..table.cols).rev().filter(|other| *other != col);
        let Some(other) = likeliest(others.map(|other| (other, trial(other)))) else { continue };
        for list in &lists {
            let Some((total, _)) = whole(list, other) else { continue };
            let operands = list.parts.iter().map(|part| (OperandRole::Part, ledger.id(*part))).collect();
            let readings = vec![Reading { operands, cost: 0, note: None }];
            let relation = Relation::of_figure(ledger, total, "CF102", Arithmetic::Sum);
            out.push(Relation { licence: Licence::Implied, readings, ..relation });
        }
    }
}

/// The counts that a cell lists.
struct List {
    row: usize,
    parts: Vec<FigureIdx>,
    sum: Exact,
}

impl List {
    fn of(ledger: &Ledger, grid: &FigureGrid, row: usize, col: usize) -> Option<List> {
        let parts = grid.at(row, col);
        let figures: Vec<&Figure> = parts.iter().filter_map(|i| ledger.figure(*i)).collect();
        if figures.is_empty() || !figures.iter().all(|f| f.method == Method::CellList) {
            return None;
        }
        let sum = figures.iter().filter_map(|f| f.quantity.value.clone()).sum();
        Some(List { row, parts: parts.to_vec(), sum })
    }
}
