//! Columns without a total whose sums stand side by side in a line of another table: a breakdown by size beside the
//! series that has all schools and all pupils of the year. One sum can meet a figure elsewhere by accident; several
//! that meet the figures of one line do not.

use crate::model::exact::Exact;
use crate::model::figure::Role;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::Unit;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer parts than this are no breakdown.
const FEWEST: usize = 3;
/// A column longer than this is a list of cases, which nobody adds up by hand.
const LONGEST: usize = 200;
/// The bits that the sums of one table must be worth beyond those that it takes to name one line of the document: one
/// accident in a thousand.
const BITS: u32 = 10;

/// A line of a table: a row or a column.
type Line = (TableIdx, bool, usize);

/// The sum of a column that has no total.
struct ColumnSum {
    parts: Vec<FigureIdx>,
    sum: Exact,
    unit: Unit,
}

/// Emits the sums of a table's columns against the line that holds several of them.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let tables = &ledger.document.tables;
    let lines: usize = tables.iter().map(|table| table.rows + table.cols).sum();
    let needed = BITS + lines.max(1).ilog2();
    for index in tables.ids() {
        let sums = sums(ledger, index);
        if sums.len() < 2 {
            continue;
        }
        let mut met: BTreeMap<Line, Vec<(usize, FigureIdx)>> = BTreeMap::new();
        for (at, sum) in sums.iter().enumerate() {
            for total in ledger.of_value(&sum.sum, sum.unit) {
                for line in lines_of(ledger, *total).into_iter().flatten().filter(|line| line.0 != index) {
                    met.entry(line).or_default().push((at, *total));
                }
            }
        }
        // Of several lines that hold as many sums, that of the nearest table.
        let near = |line: Line| std::cmp::Reverse(line.0.index().abs_diff(index.index()));
        let proved = met.into_iter().filter(|(line, totals)| proof(ledger, *line, &sums, totals) >= needed);
        let best = proved.max_by_key(|(line, totals)| (distinct(&sums, totals).len(), near(*line)));
        let Some((_, totals)) = best else { continue };
        for (at, total) in totals {
            out.extend(sums.get(at).map(|sum| sum.relate(ledger, total)));
        }
    }
}

/// The row and the column that a figure stands in.
fn lines_of(ledger: &Ledger, figure: FigureIdx) -> Option<[Line; 2]> {
    let (table, row, col) = ledger.figure(figure)?.home.cell()?;
    Some([(table, true, row), (table, false, col)])
}

/// The bits that the different sums are worth that stand in a line. Each is the less unlikely to be there, the more
/// figures the line has.
fn proof(ledger: &Ledger, line: Line, sums: &[ColumnSum], totals: &[(usize, FigureIdx)]) -> u32 {
    let (table, is_row, _) = line;
    let length = ledger.document.tables.get(table).map_or(1, |t| if is_row { t.cols } else { t.rows });
    let values = distinct(sums, totals);
    let size = |value: &&Exact| value.to_i128().map_or(0, |v| v.unsigned_abs().max(1).ilog2());
    let bits = values.iter().map(|value| size(value).saturating_sub(length.max(1).ilog2())).sum();
    if values.len() > 1 { bits } else { 0 }
}

/// The different sums that were met.
fn distinct<'a>(sums: &'a [ColumnSum], totals: &[(usize, FigureIdx)]) -> BTreeSet<&'a Exact> {
    totals.iter().filter_map(|(at, _)| Some(&sums.get(*at)?.sum)).collect()
}

fn sums(ledger: &Ledger, index: TableIdx) -> Vec<ColumnSum> {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return Vec::new();
    };
    let rows = table.header_rows..table.rows;
    if !table.total_rows.is_empty() || rows.len() < FEWEST || rows.len() > LONGEST {
        return Vec::new();
    }
    let column = |col: usize| {
        let cells: Vec<FigureIdx> = rows.clone().filter_map(|row| grid.first(row, col)).collect();
        ColumnSum::of(ledger, cells)
    };
    (table.header_cols..table.cols).filter_map(column).collect()
}

impl ColumnSum {
    fn of(ledger: &Ledger, parts: Vec<FigureIdx>) -> Option<ColumnSum> {
        let unit = ledger.figure(*parts.first()?)?.quantity.unit;
        let value = |i: &FigureIdx| {
            let figure = ledger.figure(*i)?;
            let adds = figure.quantity.unit == unit && figure.role == Role::Value;
            figure.quantity.value.clone().filter(|_| adds && (unit == Unit::Count || unit.is_money()))
        };
        let values: Vec<Exact> = parts.iter().map(value).collect::<Option<_>>()?;
        let filled = values.iter().filter(|value| !value.is_zero()).count();
        (filled >= FEWEST).then(|| ColumnSum { sum: values.into_iter().sum(), parts, unit })
    }

    fn relate(&self, ledger: &Ledger, total: FigureIdx) -> Relation {
        let operands = self.parts.iter().map(|i| (OperandRole::Part, ledger.id(*i))).collect();
        let readings = vec![Reading { operands, cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, total, "CF101", Arithmetic::Sum);
        Relation { licence: Licence::Inferred, readings, ..relation }
    }
}
