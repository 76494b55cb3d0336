//! Shares of a table that were adjusted so that they add up: a reading of its rows and columns.

use super::evidence::{Worked, figure};
use super::relation::{Arithmetic, FigureId, OperandRole};
use super::solve::{Convention, Fit};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Home;
use crate::model::quantity::Unit;

/// Holds a failing share that is a little off where the printed shares add up with it: by convention where they make 100
/// along its row or its column and it is less than one unit of its last digit off, by rounding where those above it make it,
/// their total.
pub(crate) fn admit(documents: &[Document], worked: &mut [Worked]) {
    let mut tried = 0;
    for one in worked.iter_mut() {
        let share = one.relation.published.filter(|_| one.relation.arithmetic == Arithmetic::Share);
        let Some(share) = share.filter(|_| one.fit() == Fit::Fails) else { continue };
        let Some((reading, outcome)) = one.tried.first_mut() else { continue };
        let of = |wanted| reading.operands.iter().find(|(role, _)| *role == wanted).map(|(_, id)| *id);
        let steps = steps_off(documents, share, of(OperandRole::Part), of(OperandRole::Whole));
        let Some(steps) = steps.filter(|steps| *steps < Exact::from(SUMMED)) else { continue };
        tried += 1;
        if tried > MOST {
            continue;
        }
        match adds_up(documents, share) {
            Some(Adding::ToAll) if steps < Exact::from(1) => {
                outcome.fit = Fit::ByConvention(Convention::LargestRemainder)
            }
            Some(Adding::ToShare) => {
                outcome.fit = Fit::ByRounding;
                outcome.arithmetic += ", as the sum of the rounded shares above it";
            }
            _ => {}
        }
    }
}

/// Each looks at all figures of its document; a run in which more are off is not one of shares that were adjusted.
const MOST: u32 = 200;

/// So many units of its last digit at most is the sum of a dozen rounded shares off.
const SUMMED: i128 = 5;

/// How many units of its last digit a printed share is from its part of its whole.
fn steps_off(
    documents: &[Document],
    share: FigureId,
    part: Option<FigureId>,
    whole: Option<FigureId>,
) -> Option<Exact> {
    let value = |id: FigureId| figure(documents, id)?.quantity.value.clone();
    let steps = Exact::ten_to(i32::from(figure(documents, share)?.quantity.decimals));
    let (share, part, whole) = (value(share)?, value(part?)?, value(whole?)?);
    let apart = (&(&share * &whole) - &(&part * &Exact::from(100))).abs();
    (&apart * &steps).checked_div(&whole.abs())
}

/// What printed shares add up to with one of them.
enum Adding {
    /// To 100, along its row or its column.
    ToAll,
    /// To the share itself, as their total.
    ToShare,
}

/// What the printed shares of the row or the column of a share add up to.
fn adds_up(documents: &[Document], share: FigureId) -> Option<Adding> {
    let own = figure(documents, share)?;
    let (Home::Cell { table, row, col, .. }, Some(value)) = (own.home, &own.quantity.value) else {
        return None;
    };
    let document = documents.get(share.document())?;
    let (mut across, mut down, mut above) = (Exact::ZERO, Exact::ZERO, Exact::ZERO);
    for other in document.figures.iter() {
        let Home::Cell { table: t, row: r, col: c, .. } = other.home else { continue };
        let Some(printed) = other.quantity.value.as_ref().filter(|_| other.quantity.unit == Unit::Percent)
        else {
            continue;
        };
        if t != table {
            continue;
        }
        if r == row {
            across = &across + printed;
        }
        if c == col {
            down = &down + printed;
            if r < row {
                above = &above + printed;
            }
        }
    }
    let all = Exact::from(100);
    match () {
        () if across == all || down == all => Some(Adding::ToAll),
        () if above == *value => Some(Adding::ToShare),
        () => None,
    }
}
