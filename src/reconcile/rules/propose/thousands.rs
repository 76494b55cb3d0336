//! Changes that a sentence gives in full and a table in thousands: "jobs rose by 84,700" beside 85 in a row that the sentence
//! names, under a head that says so.
//!
//! The cell is looked for by its value, so that it can bear the change out and not refute it.

use super::phrases::Phrase;
use super::reprints::is_in_thousands;
use super::told::has_name;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::model::statement::{Direction, Slot};
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::Said;
use crate::reconcile::relation::{OperandRole, Reading, UNCERTAIN};
use crate::reconcile::solve;
use std::cmp::Reverse;

/// A smaller change is one of a few thousands, which some cell of a row prints by chance.
const LEAST: i128 = 10_000;
/// The part of the words of a row's heads that must be said, so that all must.
const FULLY: f32 = 0.95;
/// How many cells of a row are looked at.
const CELLS: usize = 40;

/// The change in a row that the words around a figure name in full, where it is the figure's own in thousands.
pub(super) fn change(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<FigureIdx> {
    let value = figure.quantity.value.as_ref()?;
    let is_change = figure.role == Role::Change
        && figure.quantity.unit == Unit::Count
        && figure.quantity.qualifier == Qualifier::Equal
        && matches!(figure.home, Home::Prose { .. })
        && *value >= Exact::from(LEAST);
    // A net change is of several rows together.
    if !is_change || pack().rules.net.within(&figure.label().to_lowercase()) {
        return None;
    }
    let falls = falls(ledger, index, figure);
    let is_it = |cell: &FigureIdx| {
        ledger.figure(*cell).is_some_and(|other| {
            let size = other.quantity.value.as_ref().map(Exact::abs);
            let same_way = other.quantity.value.as_ref().is_some_and(Exact::is_negative) == falls;
            let printed = Quantity { value: size, ..other.quantity.clone() };
            other.role == Role::Change
                && other.quantity.unit == Unit::Count
                && same_way
                && is_in_thousands(ledger, other)
                && solve::same_in_thousands(&figure.quantity, &printed).fit.holds()
        })
    };
    let mut found = named_rows(ledger, figure).into_iter().flatten().filter(is_it);
    found.next()
}

/// The figures of the rows that the words around a figure name in full.
fn named_rows(ledger: &Ledger, figure: &Figure) -> Vec<Vec<FigureIdx>> {
    let lines = ledger.named_by(&Said::of(&figure.label())).into_iter();
    let named =
        lines.filter(|line| line.is_row && line.named > FULLY && has_name(ledger, line.table, line.at));
    named.map(|line| row_of(ledger, line.table, line.at)).collect()
}

fn row_of(ledger: &Ledger, table: TableIdx, row: usize) -> Vec<FigureIdx> {
    let (Some(shape), Some(grid)) = (ledger.document.tables.get(table), ledger.grids.get(table)) else {
        return Vec::new();
    };
    (shape.header_cols..shape.cols).take(CELLS).filter_map(|col| grid.first(row, col)).collect()
}

/// Whether the statement that a change belongs to says that something fell.
fn falls(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> bool {
    let mut stated = ledger.stated_in(ledger.block_of(figure));
    stated.any(|stated| {
        stated.statement.direction == Some(Direction::Fall) && stated.figures.contains(&(Slot::Change, index))
    })
}

impl Phrase<'_> {
    /// "84,700 jobs or 2.5%": the percentage of a difference that stands right before it, where a row prints the difference in
    /// thousands and the latest value beside it. What was before is the one less the other.
    pub(super) fn of_difference(&self, change: FigureIdx) -> Option<Reading> {
        let ledger = self.ledger;
        let difference = change.minus(1)?;
        let beside =
            ledger.figure(difference).filter(|f| Some(f.home) == ledger.figure(change).map(|f| f.home))?;
        let (table, row, _) = ledger.figure(self::change(ledger, difference, beside)?)?.home.cell()?;
        let values = row_of(ledger, table, row).into_iter().filter_map(|i| Some((ledger.figure(i)?, i)));
        // The head that says so need not stand over each column of the row.
        let dated = values.filter(|(value, _)| {
            value.role == Role::Value && value.quantity.unit == Unit::Count && value.facets.period_stated
        });
        let (_, after) = dated.max_by_key(|(value, i)| (value.facets.period, Reverse(*i)))?;
        let operands =
            vec![(OperandRole::Difference, ledger.id(difference)), (OperandRole::After, ledger.id(after))];
        Some(Reading { operands, cost: UNCERTAIN, note: None })
    }
}
