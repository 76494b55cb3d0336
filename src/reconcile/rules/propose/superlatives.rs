//! What a sentence says to lead, with its number: "The largest group was of parents (212)". The number is held against the others
//! of its sentence (that of "the second largest", of its paragraph), or against the column of the table that prints it in a row of that name.

use crate::model::document::Stated;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::model::statement::Slot;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::{Said, words_of_label};
use crate::reconcile::relation::{OperandRole, Reading, UNCERTAIN};

/// How many cells that print a value are looked at.
const PRINTS: usize = 40;
/// How many figures after the superlative can be the one that leads.
const NAMED: usize = 3;
/// A column of fewer cells has no leader.
const LEAST: usize = 3;
/// How many rows of a column are looked at.
const ROWS: usize = 60;

/// The figure that a statement says to lead, and a reading of what it leads. Nothing but the sentence says what else was
/// ranked, so the reading can bear the statement out and not refute it.
pub(in crate::reconcile::rules) fn leader(
    ledger: &Ledger,
    stated: &Stated,
    highest: bool,
    place: u32,
) -> Option<(FigureIdx, Reading)> {
    let own = ledger.prose_in_block(stated.block);
    let at = own.partition_point(|i| ledger.figure(*i).is_some_and(|f| f.place < stated.place));
    let said = |i: &&FigureIdx| {
        ledger.figure(**i).is_some_and(|f| stated.text.contains(ledger.document.text_at(f.place).as_str()))
    };
    let after = own.get(at..).unwrap_or_default().iter().take(NAMED).take_while(said);
    let before = own.get(at.saturating_sub(1)..at).unwrap_or_default().iter().filter(said);
    after
        .chain(before)
        .find_map(|named| Some((*named, reading(ledger, stated, *named, own, (highest, place))?)))
}

/// What a figure leads, if it is the one that leads: the others of its sentence, or else the others of its column.
fn reading(
    ledger: &Ledger,
    stated: &Stated,
    named: FigureIdx,
    own: &[FigureIdx],
    (highest, place): (bool, u32),
) -> Option<Reading> {
    let figure = ledger.figure(named).filter(|figure| is_ranked(ledger, named, figure))?;
    let beside = own.iter().copied().filter(|i| {
        *i != named
            && ledger.figure(*i).is_some_and(|other| {
                // What is in the second place stands behind what other sentences tell.
                (place > 1 || other.home == figure.home)
                    && is_ranked(ledger, *i, other)
                    && are_of_one_kind(figure, other)
            })
    });
    let rest: Vec<FigureIdx> = beside.collect();
    let rest = match rest.len() as u32 {
        beside if beside > 0 && beside + 1 >= place => rest,
        _ if place == 1 => column_of(ledger, stated, figure, highest)?,
        _ => return None,
    };
    let mut operands = vec![(OperandRole::Same, ledger.id(named))];
    operands.extend(rest.into_iter().map(|i| (OperandRole::Bound, ledger.id(i))));
    Some(Reading { operands, cost: UNCERTAIN, note: None })
}

/// Whether a figure is a number of cases or a share that is counted for one of several things: no total, no change, no limit.
fn is_ranked(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> bool {
    let apart =
        |slot: &Slot| matches!(slot, Slot::Whole | Slot::Total | Slot::Bound | Slot::Change | Slot::Before);
    matches!(figure.quantity.unit, Unit::Count | Unit::Percent)
        && matches!(figure.role, Role::Value | Role::Share)
        && figure.quantity.value.is_some()
        && !ledger.slots(index).iter().any(apart)
}

fn are_of_one_kind(a: &Figure, b: &Figure) -> bool {
    a.quantity.unit == b.quantity.unit && a.facets.period == b.facets.period
}

/// The other cells of a column in which the value leads, in a row that the sentence names.
fn column_of(ledger: &Ledger, stated: &Stated, figure: &Figure, highest: bool) -> Option<Vec<FigureIdx>> {
    let said = Said::of(&stated.text);
    let value = figure.quantity.value.as_ref()?;
    let prints = ledger.of_value(value, figure.quantity.unit).iter().take(PRINTS);
    prints.filter_map(|i| ledger.figure(*i)).find_map(|print| {
        let (index, row, col) = print.home.cell()?;
        let (table, grid) = ledger.document.tables.get(index).zip(ledger.grids.get(index))?;
        let mut name = (0..table.header_cols).flat_map(|head| words_of_label(table.text(row, head)));
        let named = !table.is_total_row(row) && name.any(|word| said.has(&word));
        let rows =
            (table.header_rows..table.rows).take(ROWS).filter(|r| *r != row && !table.is_total_row(*r));
        let rest = rows.filter_map(|r| grid.first(r, col)).filter(|i| {
            ledger.figure(*i).is_some_and(|other| {
                other.quantity.unit == figure.quantity.unit && matches!(other.home, Home::Cell { .. })
            })
        });
        let rest: Vec<FigureIdx> = rest.collect();
        let led = rest.iter().all(|i| {
            let other = ledger.figure(*i).and_then(|f| f.quantity.value.as_ref());
            other.is_none_or(|other| if highest { other <= value } else { other >= value })
        });
        (named && led && rest.len() + 1 >= LEAST).then_some(rest)
    })
}
