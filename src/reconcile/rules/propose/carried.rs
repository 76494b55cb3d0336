//! Columns without a total whose sums stand side by side in a line of another table: a breakdown by size beside the
//! series that has all schools and all pupils of the year. One sum can meet a figure elsewhere by accident; several
//! that meet the figures of one line do not. Rows that are set apart under the same heads are parts of one sum.

use super::same_heads;
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
    let runs = same_heads::runs(ledger);
    let whole = runs.iter().filter(|run| run.len() > 1).map(Vec::as_slice);
    let single = runs.iter().flatten().map(std::slice::from_ref);
    for run in whole.chain(single) {
        let sums = sums(ledger, run);
        let Some(index) = run.first().filter(|_| sums.len() > 1) else { continue };
        let mut met: BTreeMap<Line, Vec<(usize, FigureIdx)>> = BTreeMap::new();
        for (at, sum) in sums.iter().enumerate() {
            for total in ledger.of_value(&sum.sum, sum.unit) {
                for line in
                    lines_of(ledger, *total).into_iter().flatten().filter(|line| !run.contains(&line.0))
                {
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

/// The sums of the columns of a table, or of the runs of rows that it is set in.
fn sums(ledger: &Ledger, run: &[TableIdx]) -> Vec<ColumnSum> {
    let one = |index: &TableIdx| ledger.document.tables.get(*index).zip(ledger.grids.get(*index));
    let tables: Vec<_> = run.iter().filter_map(one).collect();
    let rows: usize = tables.iter().map(|(table, _)| table.rows - table.header_rows).sum();
    let totalled = tables.iter().any(|(table, _)| !table.total_rows.is_empty());
    let Some((first, _)) = tables.first().filter(|_| !totalled && (FEWEST..=LONGEST).contains(&rows)) else {
        return Vec::new();
    };
    let column = |col: usize| {
        let cells = tables.iter().flat_map(|(table, grid)| {
            (table.header_rows..table.rows).filter_map(move |row| grid.first(row, col))
        });
        ColumnSum::of(ledger, cells.collect())
    };
    (first.header_cols..first.cols).filter_map(column).collect()
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
