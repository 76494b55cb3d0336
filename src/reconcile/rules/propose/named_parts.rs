//! Totals whose label names their parts: "Total pay and pensions" below "Total pay" and "Employer's pensions".

use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation};
use std::collections::BTreeSet;

/// How many rows the second part can take up.
const ROWS: usize = 3;

/// Emits a sum for each cell of a total row that names a row above it, and then the rows between.
pub(super) fn emit(ledger: &Ledger, table: &Table, grid: &FigureGrid, out: &mut Vec<Relation>) {
    for &total in &table.total_rows {
        let Some(first) = first_part(table, total) else { continue };
        for col in table.header_cols..table.cols {
            let Some(figure) = grid.first(total, col) else { continue };
            let parts: Option<Vec<_>> = (first..total).map(|row| grid.first(row, col)).collect();
            let Some(parts) = parts else { continue };
            let unit = |i| ledger.figure(i).map(|f| f.quantity.unit);
            if parts.iter().all(|part| unit(*part) == unit(figure)) {
                let operands = parts.into_iter().map(|part| (OperandRole::Part, ledger.id(part))).collect();
                let readings = vec![Reading { operands, cost: 0, note: None }];
                let relation = Relation::of_figure(ledger, figure, "CF101", Arithmetic::Sum);
                out.push(Relation { readings, ..relation });
            }
        }
    }
}

/// The row above a total whose label is the first of the two that the total's label names, where each row between them has
/// the words of the second.
fn first_part(table: &Table, total: usize) -> Option<usize> {
    let label = |row: usize| words(table.text(row, 0));
    let own = label(total);
    let joint = own.iter().position(|word| pack().numerals.and.has(word))?;
    let (one, other) = (own.get(..joint)?, own.get(joint + 1..)?);
    let (one, other): (BTreeSet<&String>, BTreeSet<&String>) = (one.iter().collect(), other.iter().collect());
    if one.is_empty() || other.is_empty() || other.iter().any(|word| pack().numerals.and.has(word)) {
        return None;
    }
    let above = total.saturating_sub(ROWS + 1).max(table.header_rows)..total;
    let first = above.rev().find(|row| label(*row).iter().collect::<BTreeSet<_>>() == one)?;
    let between = first + 1..total;
    let named = |row: usize| label(row).iter().collect::<BTreeSet<_>>().is_superset(&other);
    (!between.is_empty() && between.into_iter().all(named)).then_some(first)
}

/// The words of a label in small letters, without those that call it a total.
fn words(label: &str) -> Vec<String> {
    let lower = label.to_lowercase().replace('&', " and ");
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !pack().totals.edge.has(word)).map(str::to_owned).collect()
}
