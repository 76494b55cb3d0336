//! Cells that say what is the largest, the smallest or the mean of a column elsewhere: "Largest list" beside a table with
//! the column "Practice list".

use crate::model::figure::{Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

/// How many blocks after its own the table of a cell's numbers is looked for: a title and a page number can stand between.
const AFTER: usize = 6;
/// The largest of fewer numbers is told by no head.
const LEAST: usize = 5;
/// A table of more rows of its own is a list, and its heads are not about another one.
const SHORT: usize = 8;

/// What a head says of a column.
#[derive(Clone, Copy, PartialEq)]
enum Summary {
    Largest,
    Smallest,
    Mean,
}

/// Emits a relation for each cell whose head names the largest, the smallest or the mean of the numbers in the next table.
pub(in crate::reconcile::rules) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        let Some(block) = ledger.table_blocks.get(index).copied() else { continue };
        if table.header_rows == 0 || table.rows > table.header_rows + SHORT {
            continue;
        }
        for col in 0..table.cols {
            let Some((summary, name)) = summary(&head(table, col)) else { continue };
            let Some(figure) = (table.header_rows..table.rows).find_map(|row| grid.first(row, col)) else {
                continue;
            };
            out.extend(relation(ledger, figure, block, summary, &name));
        }
    }
}

fn head(table: &Table, col: usize) -> Vec<String> {
    let text: Vec<&str> = (0..table.header_rows).map(|row| table.text(row, col)).collect();
    let lower = text.join(" ").to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What a head says, and of what.
fn summary(head: &[String]) -> Option<(Summary, Vec<String>)> {
    let (first, name) = head.split_first().filter(|(_, name)| !name.is_empty())?;
    let rules = &pack().rules;
    let words = [
        (&rules.extreme_high, Summary::Largest),
        (&rules.extreme_low, Summary::Smallest),
        (&rules.mean_of_all, Summary::Mean),
    ];
    let (_, summary) = words.into_iter().find(|(words, _)| words.has(first))?;
    Some((summary, name.to_vec()))
}

fn relation(
    ledger: &Ledger,
    figure: FigureIdx,
    block: BlockIdx,
    summary: Summary,
    name: &[String],
) -> Option<Relation> {
    let value = |index: &FigureIdx| ledger.figure(*index).and_then(|f| f.quantity.value.as_ref());
    let unit = ledger.figure(figure)?.quantity.unit;
    let after = ledger.document.blocks.starting(block.plus(1)).iter().take(AFTER);
    let tables = after.filter_map(|block| match block.kind {
        crate::model::block::BlockKind::Table(index) => {
            ledger.document.tables.get(index).zip(ledger.grids.get(index))
        }
        _ => None,
    });
    let numbers = tables.filter_map(|(table, grid)| column(ledger, table, grid, name, unit)).next()?;
    // A column with decimals holds means itself, and their mean is not that of all.
    let is_whole = |i: &FigureIdx| ledger.figure(*i).is_some_and(|f| f.quantity.decimals == 0);
    if summary == Summary::Mean && !numbers.iter().all(is_whole) {
        return None;
    }
    let found = match summary {
        Summary::Largest => numbers.iter().max_by_key(|i| value(i)),
        Summary::Smallest => numbers.iter().min_by_key(|i| value(i)),
        Summary::Mean => None,
    };
    let (code, arithmetic, operands) = match found {
        Some(same) => ("CF307", Arithmetic::Same, vec![(OperandRole::Same, ledger.id(*same))]),
        None => {
            let parts = numbers.iter().map(|part| (OperandRole::Part, ledger.id(*part)));
            ("CF107", Arithmetic::Mean, parts.collect())
        }
    };
    let readings = vec![Reading { operands, cost: 0, note: None }];
    let relation = Relation::of_figure(ledger, figure, code, arithmetic);
    Some(Relation { licence: Licence::Implied, readings, ..relation })
}

/// The numbers of the one column of a table whose head ends in a name.
fn column(
    ledger: &Ledger,
    table: &Table,
    grid: &FigureGrid,
    name: &[String],
    unit: Unit,
) -> Option<Vec<FigureIdx>> {
    let mut named = (0..table.cols).filter(|col| head(table, *col).ends_with(name));
    let col = named.next().filter(|_| named.next().is_none())?;
    let rows = (table.header_rows..table.rows).filter(|row| !table.is_total_row(*row));
    let counts = |i: &FigureIdx| {
        ledger.figure(*i).is_some_and(|f| {
            let in_cell = matches!(f.home, Home::Cell { .. });
            in_cell && f.quantity.unit == unit && f.role == Role::Value && f.quantity.value.is_some()
        })
    };
    let numbers: Vec<FigureIdx> = rows.filter_map(|row| grid.first(row, col)).filter(counts).collect();
    (numbers.len() >= LEAST).then_some(numbers)
}
