//! Columns without a total whose sums stand side by side elsewhere: in a line of another table, as a breakdown by size beside
//! the series that has all schools and all pupils of the year; or in a list or a paragraph that tells the totals. One sum
//! can meet a figure elsewhere by accident; several that meet the figures of one line do not. Rows that are set apart under
//! the same heads are parts of one sum.

use super::same_heads;
use crate::lex::numeral::measure_before;
use crate::model::block::BlockKind;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Role};
use crate::model::ids::{BlockIdx, FigureIdx, TableIdx};
use crate::model::quantity::Unit;
use crate::model::table::Table;
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
/// A table of so few rows is a list of totals as a whole, and one of more is looked at line by line.
const SMALL: usize = 3;
/// So many items are looked at for the first of their list.
const ITEMS: usize = 30;

/// What holds figures side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Row(TableIdx, usize),
    Column(TableIdx, usize),
    /// All of a small table.
    Table(TableIdx),
    /// A paragraph, or the list that begins with this item.
    Text(BlockIdx),
}

/// The sum of a column that has no total.
struct ColumnSum {
    parts: Vec<FigureIdx>,
    sum: Exact,
    unit: Unit,
    /// How many digits of its parts stand behind the point.
    decimals: u8,
}

/// Emits the sums of a table's columns against the line that holds several of them.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let tables = &ledger.document.tables;
    let lines =
        tables.iter().map(|table| table.rows + table.cols).sum::<usize>() + ledger.document.blocks.len();
    let needed = BITS + lines.max(1).ilog2();
    let runs = same_heads::runs(ledger);
    let whole = runs.iter().filter(|run| run.len() > 1).map(Vec::as_slice);
    let single = runs.iter().flatten().map(std::slice::from_ref);
    for run in whole.chain(single) {
        let sums = sums(ledger, run);
        let Some(index) = run.first().filter(|_| sums.len() > 1) else { continue };
        let block = |table: &TableIdx| ledger.table_blocks.get(*table).copied().unwrap_or_default();
        let (own, all): (BlockIdx, Vec<BlockIdx>) = (block(index), run.iter().map(block).collect());
        let mut met: BTreeMap<Line, Vec<(usize, FigureIdx)>> = BTreeMap::new();
        for (at, sum) in sums.iter().enumerate() {
            for total in ledger.of_value(&sum.sum, sum.unit) {
                for line in lines_of(ledger, *total)
                    .into_iter()
                    .filter(|line| !all.contains(&block_of(ledger, *line)))
                {
                    met.entry(line).or_default().push((at, *total));
                }
            }
        }
        // Of several lines that hold as many sums, that of the nearest table.
        let near = |line: Line| std::cmp::Reverse(ledger.apart(block_of(ledger, line), own));
        let proved = met.into_iter().filter(|(line, totals)| proof(ledger, *line, &sums, totals) >= needed);
        let best = proved.max_by_key(|(line, totals)| (distinct(&sums, totals).len(), near(*line)));
        let Some((line, totals)) = best else { continue };
        let rounded = by_rounding(ledger, line, &sums, &totals);
        for (at, total) in totals.into_iter().chain(rounded) {
            out.extend(sums.get(at).map(|sum| sum.relate(ledger, total)));
        }
    }
}

/// The lines that a figure stands in.
fn lines_of(ledger: &Ledger, index: FigureIdx) -> Vec<Line> {
    let Some(figure) = ledger.figure(index) else { return Vec::new() };
    let Some((table, row, col)) = figure.home.cell() else {
        return vec![Line::Text(first_item(ledger, ledger.block_of(figure)))];
    };
    let mut lines = vec![Line::Row(table, row), Line::Column(table, col)];
    let rows = |table: &Table| table.rows - table.header_rows.min(table.rows);
    let is_small = ledger.document.tables.get(table).is_some_and(|table| rows(table) <= SMALL);
    lines.extend(is_small.then_some(Line::Table(table)));
    lines
}

/// The first item of the list that a block belongs to, or the block itself.
fn first_item(ledger: &Ledger, block: BlockIdx) -> BlockIdx {
    let is_item = |block: &BlockIdx| {
        ledger.document.blocks.get(*block).is_some_and(|block| block.kind == BlockKind::Item)
    };
    let before = (0..ITEMS).map_while(|far| block.minus(far)).take_while(is_item);
    before.last().unwrap_or(block)
}

fn block_of(ledger: &Ledger, line: Line) -> BlockIdx {
    match line {
        Line::Row(table, _) | Line::Column(table, _) | Line::Table(table) => {
            ledger.table_blocks.get(table).copied().unwrap_or_default()
        }
        Line::Text(block) => block,
    }
}

/// The figures of a text or of a small table.
fn figures(ledger: &Ledger, line: Line) -> Vec<FigureIdx> {
    let items = |block: BlockIdx| (0..ITEMS).map(move |nth| block.plus(nth));
    match line {
        Line::Text(block) => items(block)
            .take_while(|item| first_item(ledger, *item) == block)
            .flat_map(|item| ledger.prose_in_block(item))
            .copied()
            .collect(),
        Line::Table(_) => ledger.in_block(block_of(ledger, line)).to_vec(),
        Line::Row(..) | Line::Column(..) => Vec::new(),
    }
}

/// How many figures a line has.
fn length(ledger: &Ledger, line: Line) -> usize {
    let table = |table: TableIdx| ledger.document.tables.get(table);
    match line {
        Line::Row(index, _) => table(index).map_or(1, |table| table.cols),
        Line::Column(index, _) => table(index).map_or(1, |table| table.rows),
        Line::Table(_) | Line::Text(_) => figures(ledger, line).len(),
    }
}

/// The bits that the different sums are worth that stand in a line. Each is the less unlikely to be there, the more
/// figures the line has.
fn proof(ledger: &Ledger, line: Line, sums: &[ColumnSum], totals: &[(usize, FigureIdx)]) -> u32 {
    let length = length(ledger, line).max(1).ilog2();
    let values = distinct(sums, totals);
    // "150.00000" is as likely met by chance as "150".
    let size = |(value, decimals): &(&Exact, u8)| {
        let digits =
            (0..=i32::from(*decimals)).find_map(|places| (*value * &Exact::ten_to(places)).to_i128());
        digits.map_or(0, |v| v.unsigned_abs().max(1).ilog2())
    };
    let bits = values.iter().map(|value| size(value).saturating_sub(length)).sum();
    if values.len() > 1 { bits } else { 0 }
}

/// The different sums that were met, with their digits behind the point.
fn distinct<'a>(sums: &'a [ColumnSum], totals: &[(usize, FigureIdx)]) -> BTreeSet<(&'a Exact, u8)> {
    totals.iter().filter_map(|(at, _)| sums.get(*at).map(|sum| (&sum.sum, sum.decimals))).collect()
}

/// Sums that meet no figure, each with the one of the line that it can have been before its parts were rounded.
fn by_rounding(
    ledger: &Ledger,
    line: Line,
    sums: &[ColumnSum],
    totals: &[(usize, FigureIdx)],
) -> Vec<(usize, FigureIdx)> {
    let open = sums
        .iter()
        .enumerate()
        .filter(|(at, sum)| sum.decimals > 0 && totals.iter().all(|(met, _)| met != at));
    let all = figures(ledger, line);
    let free = |i: &&FigureIdx| totals.iter().all(|(_, total)| total != *i);
    let found = open.filter_map(|(at, sum)| {
        let mut near = all.iter().filter(free).filter(|i| ledger.figure(**i).is_some_and(|f| sum.is_near(f)));
        let only = near.next().filter(|_| near.next().is_none())?;
        Some((at, *only))
    });
    found.collect()
}

/// The rows of a table below its heads. Where they take turns with what they measure, as headcount and full-time equivalents do,
/// those of each measure are apart.
pub(super) fn rows_by_measure(table: &Table) -> BTreeMap<Option<String>, Vec<usize>> {
    let mut measures: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for row in table.header_rows..table.rows {
        let measure = table.cells_of(row).iter().find_map(|cell| measure_before(&cell.passage.text));
        measures.entry(measure.map(str::to_lowercase)).or_default().push(row);
    }
    measures
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
    let mut measures: BTreeMap<Option<String>, Vec<(usize, usize)>> = BTreeMap::new();
    for (nth, (table, _)) in tables.iter().enumerate() {
        for (measure, rows) in rows_by_measure(table) {
            measures.entry(measure).or_default().extend(rows.into_iter().map(|row| (nth, row)));
        }
    }
    let columns = measures.values().flat_map(|rows| {
        (first.header_cols..first.cols).filter_map(|col| {
            let cell = |(nth, row): &(usize, usize)| tables.get(*nth)?.1.first(*row, col);
            ColumnSum::of(ledger, rows.iter().filter_map(cell).collect())
        })
    });
    columns.collect()
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
        let decimals = parts.iter().filter_map(|i| ledger.figure(*i)).map(|f| f.quantity.decimals).max();
        let decimals = decimals.unwrap_or_default();
        (filled >= FEWEST).then(|| ColumnSum { sum: values.into_iter().sum(), parts, unit, decimals })
    }

    /// Whether a figure is no further off than the rounding of the parts explains, as each is off by its own.
    fn is_near(&self, figure: &Figure) -> bool {
        let quantity = &figure.quantity;
        let alike = quantity.unit == self.unit && quantity.decimals == self.decimals;
        let value = quantity.value.as_ref().filter(|_| alike && figure.role == Role::Value);
        value.is_some_and(|value| {
            let off = &(value - &self.sum) * &Exact::ten_to(i32::from(self.decimals));
            // Twice the deviation of the sum of so many errors, each anywhere within half a digit: its square is n/3.
            &(&off * &off) * &Exact::from(3) <= Exact::from(self.parts.len() as i128)
        })
    }

    fn relate(&self, ledger: &Ledger, total: FigureIdx) -> Relation {
        let operands = self.parts.iter().map(|i| (OperandRole::Part, ledger.id(*i))).collect();
        let readings = vec![Reading { operands, cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, total, "CF101", Arithmetic::Sum);
        Relation { licence: Licence::Inferred, readings, ..relation }
    }
}
