//! Rows that break down a line of another table: the accounts have "Central costs 4,120", and a note to them has salaries, rents
//! and fees, then "Central costs 4,120" again. No word calls the last row a total; that another table has its label and its
//! number says that the rows above it are its parts. Which rows these are is seen from their sum, so that it accuses nobody.

use crate::model::exact::Exact;
use crate::model::figure::{Figure, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

/// Fewer parts are met by chance too often.
const FEWEST: usize = 3;
/// Smaller numbers are printed twice by chance.
const LEAST: i128 = 100;
/// From here on a sum may miss by what the rounding of its parts explains: amounts in whole pounds do.
const AMOUNT: i128 = 10_000;
/// How many figures of one value are looked at.
const PRINTS: usize = 20;

/// Emits a sum for each row that another table prints again under its label.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        for row in table.header_rows + FEWEST..table.rows {
            let Some(label) = label(table, row).filter(|_| !table.is_total_row(row)) else { continue };
            for col in table.header_cols..table.cols {
                let Some(total) = grid.first(row, col) else { continue };
                if is_printed_again(ledger, index, total, &label) {
                    out.extend(relation(ledger, table, grid, (row, col), total));
                }
            }
        }
    }
}

/// The innermost label of a row, in small letters.
fn label(table: &Table, row: usize) -> Option<String> {
    let texts = (0..table.header_cols).rev().map(|col| table.text(row, col).trim());
    let words = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    texts.map(words).find(|text| text.contains(char::is_alphabetic))
}

/// Whether a row of another table has the same number, and the label in its own.
fn is_printed_again(ledger: &Ledger, own: TableIdx, total: FigureIdx, label_of_total: &str) -> bool {
    let Some(figure) = ledger.figure(total).filter(|figure| adds(figure, figure.quantity.unit)) else {
        return false;
    };
    let large = |value: &&Exact| value.abs() >= Exact::from(LEAST);
    let Some(value) = figure.quantity.value.as_ref().filter(large) else { return false };
    let others = ledger.of_value(value, figure.quantity.unit).iter().take(PRINTS);
    let cells = others.filter_map(|other| ledger.figure(*other)?.home.cell());
    cells.filter(|(table, ..)| *table != own).any(|(table, row, _)| {
        let other = ledger.document.tables.get(table).and_then(|table| label(table, row));
        other.is_some_and(|other| other.contains(label_of_total))
    })
}

fn adds(figure: &Figure, unit: Unit) -> bool {
    let quantity = &figure.quantity;
    let counts = unit == Unit::Count || unit.is_money();
    counts && quantity.unit == unit && figure.role == Role::Value && quantity.qualifier != Qualifier::Blank
}

/// The rows that stand right above without a gap, as far as they have numbers.
fn relation(
    ledger: &Ledger,
    table: &Table,
    grid: &FigureGrid,
    (row, col): (usize, usize),
    total: FigureIdx,
) -> Option<Relation> {
    let unit = ledger.figure(total)?.quantity.unit;
    let above = (table.header_rows..row).rev().take_while(|row| !table.is_total_row(*row));
    let part =
        |row| grid.first(row, col).filter(|i| ledger.figure(*i).is_some_and(|figure| adds(figure, unit)));
    let mut parts: Vec<FigureIdx> = above.map_while(part).collect();
    parts.reverse();
    let value = |index: &FigureIdx| ledger.figure(*index)?.quantity.value.clone();
    let printed = value(&total)?;
    let off = (&parts.iter().filter_map(value).sum::<Exact>() - &printed).abs();
    let slack = if printed.abs() < Exact::from(AMOUNT) { 0 } else { parts.len() as i128 / 2 };
    (parts.len() >= FEWEST && off <= Exact::from(slack)).then_some(())?;
    let operands = parts.into_iter().map(|part| (OperandRole::Part, ledger.id(part))).collect();
    let readings = vec![Reading { operands, cost: 0, note: None }];
    let relation = Relation::of_figure(ledger, total, "CF101", Arithmetic::Sum);
    Some(Relation { licence: Licence::Inferred, readings, ..relation })
}
