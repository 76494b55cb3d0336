//! Sums, means, shares and changes that the numbers of a grid themselves show, with or without labels.

use crate::model::aggregation::{Aggregation, AggregationKind, Axis};
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::model::statement::Direction;
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::twice::again;
use crate::table::aggregate;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Emits a relation for each aggregation whose cells are figures. A sheet is one grid; of other documents each table is.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    if let Some(sheet) = &ledger.document.sheet {
        // In a sheet of a million rows none are looked for, and its figures by cell would take a tenth of the memory.
        if sheet.aggregations.is_empty() {
            return;
        }
        let mut figures: FxHashMap<(usize, usize), FigureIdx> = FxHashMap::default();
        for (index, figure) in ledger.document.figures.entries() {
            if let Some(at) = sheet.cell_at(figure.place) {
                figures.entry(at).or_insert(index);
            }
        }
        let figure = |at: (usize, usize)| figures.get(&at).copied();
        out.extend(sheet.aggregations.iter().filter_map(|found| relation(ledger, found, figure)));
        return;
    }
    for (table, grid) in ledger.document.tables.iter().zip(&ledger.grids) {
        let found = aggregate::find(&aggregate::grid_of(&texts(table)));
        let figure = |(row, col): (usize, usize)| grid.first(row, col);
        let relations = found.iter().filter_map(|found| relation(ledger, found, figure));
        out.extend(relations.map(|relation| with_rows_again(ledger, grid, relation)));
    }
}

/// A sum down a column with the rows beside its parts that print one of them again: they are left out only because the
/// total does not know them.
fn with_rows_again(ledger: &Ledger, grid: &FigureGrid, mut relation: Relation) -> Relation {
    let Some(reading) = relation.readings.first_mut().filter(|_| relation.code == "CF101") else {
        return relation;
    };
    let all: BTreeSet<FigureIdx> = reading.operands.iter().map(|(_, id)| id.figure).collect();
    let mut more: BTreeSet<FigureIdx> = BTreeSet::new();
    for part in all.iter().filter(|part| Some(**part) != relation.published.map(|id| id.figure)) {
        let Some((_, row, col)) = ledger.figure(*part).and_then(|figure| figure.home.cell()) else {
            continue;
        };
        let beside = [row.checked_sub(1), Some(row + 1)].into_iter().flatten();
        let others = beside.filter_map(|row| grid.first(row, col)).filter(|other| !all.contains(other));
        more.extend(others.filter(|other| !again(ledger.document, [*part, *other].into_iter()).is_empty()));
    }
    // A table that prints each row twice is made so.
    if let (Some(twin), 1) = (more.first(), more.len()) {
        reading.operands.push((OperandRole::Part, ledger.id(*twin)));
    }
    relation
}

fn texts(table: &Table) -> Vec<Vec<&str>> {
    let mut texts = vec![vec![""; table.cols]; table.rows];
    for cell in &table.cells {
        if let Some(text) = texts.get_mut(cell.row()).and_then(|row| row.get_mut(cell.col())) {
            *text = &cell.passage.text;
        }
    }
    texts
}

fn relation(
    ledger: &Ledger,
    found: &Aggregation,
    figure: impl Fn((usize, usize)) -> Option<FigureIdx> + Copy,
) -> Option<Relation> {
    let result = figure(found.result)?;
    let (code, arithmetic, role, parts): (_, _, _, &[OperandRole]) = match (found.kind, found.axis) {
        (AggregationKind::Sum, Axis::Column) => {
            ("CF101", Arithmetic::Sum, OperandRole::Total, &[OperandRole::Part])
        }
        (AggregationKind::Sum, Axis::Row) => {
            ("CF102", Arithmetic::Sum, OperandRole::Total, &[OperandRole::Part])
        }
        (AggregationKind::Average, _) => ("CF107", Arithmetic::Mean, OperandRole::Mean, &[OperandRole::Part]),
        (AggregationKind::Division, _) => {
            ("CF203", Arithmetic::Share, OperandRole::Share, &[OperandRole::Part, OperandRole::Whole])
        }
        (AggregationKind::RelativeChange, _) => {
            let printed = ledger.figure(result)?.quantity.value.as_ref();
            let fall = printed.is_some_and(Exact::is_negative);
            let change = Arithmetic::PercentChange(if fall { Direction::Fall } else { Direction::Rise });
            ("CF301", change, OperandRole::Change, &[OperandRole::Before, OperandRole::After])
        }
    };
    let mut operands = vec![(role, ledger.id(result))];
    for (nth, at) in found.parts.iter().enumerate() {
        let role = *parts.get(nth).or(parts.last())?;
        operands.extend(figure(*at).map(|figure| (role, ledger.id(figure))));
    }
    if found.kind == AggregationKind::Sum && ledger.figure(result).is_some_and(is_percent_change) {
        return None;
    }
    if found.kind == AggregationKind::Division && !could_be_share(ledger, result, found, figure) {
        return None;
    }
    Some(Relation {
        licence: Licence::Inferred,
        readings: vec![Reading { operands, cost: 0, note: None }],
        ..Relation::of_figure(ledger, result, code, arithmetic)
    })
}

/// Whether a figure is a change in percent: the changes of parts are never added up.
fn is_percent_change(figure: &Figure) -> bool {
    figure.role == Role::Change && figure.quantity.unit == Unit::Percent
}

/// Whether a number that is the quotient of two others can be printed as their share: its head or its print says that it is
/// none of the counts, and the number of cases is that of its own period.
fn could_be_share(
    ledger: &Ledger,
    share: FigureIdx,
    found: &Aggregation,
    figure: impl Fn((usize, usize)) -> Option<FigureIdx>,
) -> bool {
    let Some(share) = ledger.figure(share) else { return false };
    let printed_as_one = share.quantity.unit != Unit::Count || share.quantity.decimals > 0;
    let whole = found.parts.get(1).and_then(|at| ledger.figure(figure(*at)?));
    let period = |f: &Figure| f.facets.period.filter(|_| f.facets.period_stated);
    let turned = whole.and_then(period).zip(period(share)).is_some_and(|(whole, share)| whole != share);
    printed_as_one && !turned
}
