//! Superlatives and trends: "the highest outcomes were …", "increased gradually over the last years".

use crate::model::block::BlockKind;
use crate::model::document::Stated;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::quantity::Unit;
use crate::model::statement::{Direction, Kind};
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{Grid, Ledger};
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use crate::reconcile::unify::Query;

/// How many blocks away the table of a rank may stand.
const NEAR: usize = 3;
/// How many blocks are looked at for them.
const FAR: usize = 12;
/// How many cells of a line are looked at for a trend.
const LONGEST: usize = 400;

/// Emits a relation for every statement of a rank or trend that a table near it can decide.
pub fn emit(ledger: &Ledger, document: usize, out: &mut Vec<Relation>) {
    for stated in ledger.document.stated.iter().filter(|s| s.statement.kind == Kind::Order) {
        let marked = |mark: &str| stated.statement.marks.iter().any(|m| &**m == mark);
        let (code, relation) = if marked("rank") {
            ("CF307", rank(ledger, document, stated))
        } else {
            ("CF306", trend(ledger, document, stated))
        };
        let (arithmetic, readings) = relation.unwrap_or((Arithmetic::Extreme { highest: true }, Vec::new()));
        out.push(Relation {
            code,
            arithmetic,
            published: None,
            document,
            place: stated.place,
            printed: ledger.document.text_at(stated.place),
            licence: Licence::Implied,
            readings,
        });
    }
}

/// The figure that the sentence names against the others of its column, in the nearest table that has it.
fn rank(ledger: &Ledger, document: usize, stated: &Stated) -> Option<(Arithmetic, Vec<Reading>)> {
    let lower = stated.text.to_lowercase();
    let highest = !pack().rules.lowest.within(&lower);
    let mut nearest: Option<(usize, Vec<Reading>)> = None;
    for (gap, table, grid) in tables_near(ledger, stated.block) {
        if nearest.as_ref().is_some_and(|(best, _)| *best <= gap) {
            continue;
        }
        if let Some(reading) = named_against_rest(ledger, document, table, grid, &lower) {
            nearest = Some((gap, vec![reading]));
        }
    }
    nearest.map(|(_, readings)| (Arithmetic::Extreme { highest }, readings))
}

/// The tables at most so many blocks away, with how far: page numbers and notes between are passed over.
fn tables_near<'a>(ledger: &'a Ledger, block: BlockIdx) -> Vec<(usize, &'a Table, &'a Grid)> {
    let blocks = &ledger.document.blocks;
    let passed = |at: &BlockIdx| {
        blocks.get(*at).is_some_and(|b| matches!(b.kind, BlockKind::Furniture | BlockKind::Note))
    };
    let before = block.minus(FAR).unwrap_or_default().until(block).rev().filter(|at| !passed(at)).take(NEAR);
    let after = block.plus(1).until(blocks.end().min(block.plus(FAR))).filter(|at| !passed(at)).take(NEAR);
    let near = before.enumerate().chain(after.enumerate());
    near.filter_map(|(gap, at)| match blocks.get(at)?.kind {
        BlockKind::Table(index) => {
            Some((gap + 1, ledger.document.tables.get(index)?, ledger.grids.get(index)?))
        }
        _ => None,
    })
    .collect()
}

/// The first cell whose row or column head the sentence names, against the cells beside it.
fn named_against_rest(
    ledger: &Ledger,
    document: usize,
    table: &Table,
    grid: &Grid,
    lower: &str,
) -> Option<Reading> {
    let label_of = |text: &str| {
        text.split([' ', '/', ',']).map(str::to_lowercase).find(|w| w.len() > 4 && !is_generic(w))
    };
    let named = |text: &str| label_of(text).is_some_and(|w| lower.contains(&w));
    let value =
        |i: FigureIdx| ledger.figure(i).filter(|f| is_result(f)).map(|_| FigureId { document, figure: i });
    let lines: Vec<(bool, Option<FigureIdx>)> = if table.rows > table.header_rows + 1 && table.header_cols > 0
    {
        (table.header_rows..table.rows)
            .filter(|r| !table.is_total_row(*r))
            .map(|row| (named(table.text(row, 0)), grid.first(row, table.header_cols)))
            .collect()
    } else {
        (table.header_cols..table.cols)
            .map(|col| (named(table.text(0, col)), grid.first(table.header_rows, col)))
            .collect()
    };
    let (_, best) = lines.iter().find(|(named, cell)| *named && cell.is_some())?;
    let chosen = value((*best)?)?;
    let mut operands = vec![(OperandRole::Same, chosen)];
    let rest = lines.iter().filter(|(named, _)| !named).filter_map(|(_, cell)| value((*cell)?));
    operands.extend(rest.map(|id| (OperandRole::Bound, id)));
    (operands.len() > 2).then_some(Reading { operands, cost: 0, note: None })
}

/// Words of labels that name nothing.
fn is_generic(word: &str) -> bool {
    pack().rules.names_nothing.begins(word)
}

fn is_result(figure: &Figure) -> bool {
    figure.role != Role::Change && figure.quantity.value.is_some()
}

/// The values of consecutive years of one row, column or list.
fn trend(ledger: &Ledger, document: usize, stated: &Stated) -> Option<(Arithmetic, Vec<Reading>)> {
    let direction = stated.statement.direction.filter(|d| *d != Direction::Level)?;
    let query = Query { own: &stated.facets, context: &stated.context, tabular: false };
    let period = ledger.document.period?;
    let latest = ledger.find(query, Some(period), Unit::Count, 40);
    let series = latest.into_iter().find_map(|candidate| {
        let figure = ledger.figure(candidate.figure)?;
        let Home::Cell { table, row, col, .. } = figure.home else { return None };
        let (table_read, grid) = ledger.document.tables.get(table).zip(ledger.grids.get(table))?;
        let down = (table_read.header_rows..table_read.rows).take(LONGEST).filter_map(|r| grid.first(r, col));
        let across =
            (table_read.header_cols..table_read.cols).take(LONGEST).filter_map(|c| grid.first(row, c));
        [down.collect::<Vec<_>>(), across.collect()].into_iter().find_map(|line| in_order(ledger, line))
    })?;
    let operands =
        series.into_iter().map(|figure| (OperandRole::Same, FigureId { document, figure })).collect();
    Some((Arithmetic::Trend(direction), vec![Reading { operands, cost: 0, note: None }]))
}

/// The last three figures of a line by their periods, if it has as many different ones.
fn in_order(ledger: &Ledger, mut line: Vec<FigureIdx>) -> Option<Vec<FigureIdx>> {
    line.retain(|i| ledger.figure(*i).is_some_and(is_result));
    line.sort_by_key(|i| ledger.figure(*i).and_then(|f| f.facets.period));
    line.dedup_by_key(|i| ledger.figure(*i).and_then(|f| f.facets.period));
    (line.len() >= 3).then(|| line.split_off(line.len() - 3))
}
