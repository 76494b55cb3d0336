//! Lists of shares by name, each entry a share: "• Tenants - 72%". An extraction sees such a list as items, as rows of labels
//! and values between blank lines, or as a column of a table where two lists stand side by side. Only lists that make 100 are
//! told of, since what a list leaves out is not known.

use super::partitions::{is_share, makes_hundred};
use crate::model::block::BlockKind;
use crate::model::figure::Method;
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::table::Form;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use std::collections::BTreeMap;

/// Two shares make 100 by chance too often.
const FEWEST: usize = 3;
/// What opens an entry of a list.
const BULLET: char = '•';

/// The lists of a document whose shares make 100.
pub(super) fn of_document(ledger: &Ledger) -> Vec<Vec<FigureIdx>> {
    let in_cells = ledger.document.tables.ids().filter_map(|index| {
        let table = ledger.document.tables.get(index)?;
        let grid = ledger.grids.get(index)?;
        Some((0..table.cols).map(|col| column(ledger, grid, table.header_rows..table.rows, col)))
    });
    let all = in_cells.flatten().chain(of_blocks(ledger));
    all.filter(|list| list.len() >= FEWEST && makes_hundred(ledger, list)).collect()
}

/// The listed shares of a column.
fn column(ledger: &Ledger, grid: &FigureGrid, rows: std::ops::Range<usize>, col: usize) -> Vec<FigureIdx> {
    let all = rows.flat_map(|row| grid.at(row, col)).copied();
    all.filter(|i| is_share(ledger, *i) && is_listed(ledger, *i)).collect()
}

/// Whether a figure is an entry of a list in a cell: its row says nothing of it.
pub(super) fn is_listed(ledger: &Ledger, figure: FigureIdx) -> bool {
    ledger.figure(figure).is_some_and(|figure| figure.method == Method::CellList)
}

/// The shares of items and of rows of labels and values that follow one another, where each has one.
fn of_blocks(ledger: &Ledger) -> Vec<Vec<FigureIdx>> {
    let mut found: Vec<Vec<FigureIdx>> = Vec::new();
    // How many entries the list has so far, and its shares.
    let mut open: (usize, Vec<FigureIdx>) = (0, Vec::new());
    let mut close = |open: &mut (usize, Vec<FigureIdx>)| {
        let (entries, shares) = std::mem::take(open);
        if entries == shares.len() {
            found.push(shares);
        }
    };
    for index in ledger.document.blocks.ids() {
        match entries(ledger, index) {
            Some(entries) => {
                open.0 += entries;
                open.1.extend(ledger.in_block(index).iter().filter(|i| is_share(ledger, **i)));
            }
            None => close(&mut open),
        }
    }
    close(&mut open);
    found
}

/// How many entries of a list a block is.
fn entries(ledger: &Ledger, index: BlockIdx) -> Option<usize> {
    match ledger.document.blocks.get(index)?.kind {
        BlockKind::Item => Some(1),
        BlockKind::Table(table) => {
            let table = ledger.document.tables.get(table).filter(|table| table.form == Form::LabelValue)?;
            Some(table.rows - table.header_rows)
        }
        _ => None,
    }
}

/// The shares of a list, apart where two lists stand side by side in the same lines: a share belongs to the entry that was
/// opened last before it.
pub(super) fn side_by_side(ledger: &Ledger, shares: Vec<FigureIdx>) -> Vec<Vec<FigureIdx>> {
    let mut lists: BTreeMap<usize, Vec<FigureIdx>> = BTreeMap::new();
    for share in shares {
        let place = ledger.figure(share).map(|figure| figure.place).unwrap_or_default();
        let before =
            ledger.document.line(place.line).map(|line| line.text.chars().take(place.start as usize));
        let opened = before.map_or(0, |before| before.filter(|c| *c == BULLET).count());
        lists.entry(opened.saturating_sub(1)).or_default().push(share);
    }
    lists.into_values().collect()
}
