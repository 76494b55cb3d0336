//! The other end of a change whose one end a table prints: "rose from 187 to 224" beside a column that has 224 for the year
//! says of the cell of the year before that it is 187.

use super::same::RIVAL;
use crate::model::exact::Exact;
use crate::model::facets::Measure;
use crate::model::figure::{Figure, Home};
use crate::model::ids::FigureIdx;
use crate::model::statement::Slot;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::unify::{Query, distance};

/// Smaller values stand in a table by chance.
const LEAST: i128 = 10;
/// The cell that a sentence says something of because it names the change to the cell of another period beside it.
pub(super) fn cell(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<FigureIdx> {
    let other = counterpart(ledger, index)?;
    let end = ledger.figure(other).filter(|f| f.facets.measure != Measure::Other)?;
    let value = end.quantity.value.as_ref().filter(|v| **v >= Exact::from(LEAST))?;
    let prints = ledger.of_value(value, end.quantity.unit).iter().filter_map(|i| ledger.figure(*i));
    let is_end = |cell: &&Figure| {
        cell.facets.period_stated
            && cell.facets.period == end.facets.period
            && distance(Query::of(end), cell).is_some_and(|cost| cost <= RIVAL)
    };
    let mut found = prints.filter(is_end).filter_map(|print| beside(ledger, print, figure));
    let one = found.next()?;
    found.all(|again| again == one).then_some(one)
}

/// The other value that a change is stated between.
fn counterpart(ledger: &Ledger, index: FigureIdx) -> Option<FigureIdx> {
    let block = ledger.block_of(ledger.figure(index)?);
    ledger.stated_in(block).find_map(|stated| {
        let at = |slot: Slot| stated.figures.iter().find(|(s, _)| *s == slot).map(|(_, figure)| *figure);
        let (before, after) = (at(Slot::Before)?, at(Slot::After)?);
        match index {
            _ if index == before => Some(after),
            _ if index == after => Some(before),
            _ => None,
        }
    })
}

/// The one cell of the row or column of another that differs from it by its period alone, which is that of a figure.
fn beside(ledger: &Ledger, print: &Figure, figure: &Figure) -> Option<FigureIdx> {
    let Home::Cell { table, row, col, .. } = print.home else { return None };
    let (read, grid) = ledger.document.tables.get(table).zip(ledger.grids.get(table))?;
    let along = (read.header_cols..read.cols).filter(|c| *c != col).map(|c| (row, c));
    let down = (read.header_rows..read.rows).filter(|r| *r != row).map(|r| (r, col));
    let mut found = along.chain(down).filter_map(|(row, col)| grid.first(row, col)).filter(|i| {
        ledger.figure(*i).is_some_and(|cell| {
            cell.facets.period_stated
                && cell.facets.period == figure.facets.period
                && cell.facets.period != print.facets.period
                && cell.quantity.unit == print.quantity.unit
                && cell.facets.dimensions == print.facets.dimensions
                && cell.facets.open() == print.facets.open()
                && cell.facets.measure == print.facets.measure
                && cell.facets.topic() == print.facets.topic()
        })
    });
    let one = found.next()?;
    found.next().is_none().then_some(one)
}
