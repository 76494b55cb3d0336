//! What the numbers of one relation are worth: how unlikely it is that they fit by accident, and how far off they are.

use super::Worked;
use super::weights::weights;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Figure;
use crate::model::quantity::{Quantity, Unit};
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use crate::reconcile::rules::propose::phrases::ADJACENT;
use crate::reconcile::solve::{Fit, mistyped};

pub(crate) fn figure(documents: &[Document], id: FigureId) -> Option<&Figure> {
    documents.get(id.document())?.figures.get(id.figure)
}

fn quantity(documents: &[Document], id: FigureId) -> Option<&Quantity> {
    figure(documents, id).map(|f| &f.quantity)
}

/// The values of the operands in a role.
fn values(documents: &[Document], reading: &Reading, wanted: OperandRole) -> Vec<Exact> {
    let matching = reading.operands.iter().filter(|(role, _)| *role == wanted);
    matching.filter_map(|(_, id)| quantity(documents, *id)?.value.clone()).collect()
}

/// The published figure of a relation: its own, or the total of its reading.
fn published<'a>(documents: &'a [Document], relation: &Relation, reading: &Reading) -> Option<&'a Quantity> {
    let total = reading.operands.iter().find(|(role, _)| *role == OperandRole::Total).map(|(_, id)| *id);
    quantity(documents, relation.published.or(total)?)
}

/// How unlikely it is that a relation holds by accident, in bits: about the number of different results that the printed
/// digits can tell apart.
pub(super) fn surprise(documents: &[Document], relation: &Relation, reading: &Reading, fit: Fit) -> f32 {
    let result = published(documents, relation, reading);
    let steps = result.map_or(0.0, |q| units(q, fit));
    let bits = match relation.arithmetic {
        Arithmetic::Sum => {
            let parts = values(documents, reading, OperandRole::Part);
            let filled = parts.iter().filter(|part| !part.is_zero()).count();
            // A total of a single part repeats it: that says little.
            if filled < 2 { 1.0 } else { log2(steps) }
        }
        Arithmetic::Balance
        | Arithmetic::Crossfoot
        | Arithmetic::Mean
        | Arithmetic::Quotient
        | Arithmetic::Same
        | Arithmetic::Formula { .. } => log2(steps),
        Arithmetic::Share | Arithmetic::Grim | Arithmetic::Remainder | Arithmetic::Mixture(_) => log2(
            result.map_or(1.0, |q| if q.unit == Unit::Percent { 100.0 * ten_to(q.decimals) } else { steps }),
        ),
        Arithmetic::PercentChange(_) | Arithmetic::Difference(_) => log2(steps) + 1.0,
        Arithmetic::Partition { .. } | Arithmetic::Feasible => 5.0,
        _ => 1.0,
    };
    // Each further choice of operands that was tried makes an accident likelier.
    (bits - log2(relation.readings.len().max(1) as f32) - log2(relation.picked_of as f32)).max(0.0)
}

/// How many steps of its last printed digit a value is; a step is wider where it holds by rounding only.
fn units(printed: &Quantity, fit: Fit) -> f32 {
    let value = printed.value.as_ref().map_or(0.0, size);
    let steps = value * ten_to(printed.decimals) + 1.0;
    if fit == Fit::Exact { steps } else { (steps / 4.0).max(1.0) }
}

pub(super) fn ten_to(places: u8) -> f32 {
    10f32.powi(i32::from(places))
}

pub(super) fn log2(value: f32) -> f32 {
    value.max(1.0).log2()
}

/// The size of a number, as far as bits need it.
fn size(value: &Exact) -> f32 {
    value.abs().to_decimal(3).parse().unwrap_or(0.0)
}

/// Bits for a small gap between what is printed and what its operands give, and against a large one.
pub(super) fn near(documents: &[Document], relation: &Relation, reading: &Reading) -> f32 {
    let most = weights().own.near;
    if matches!(relation.arithmetic, Arithmetic::Feasible | Arithmetic::Mixture(_)) {
        // Only shares that make 100 are held against whole cases, and then little is amiss.
        return most;
    }
    let Some(gap) = relative_gap(documents, relation, reading) else { return 0.0 };
    // What a sentence states is stated however far it is off.
    let least = if relation.licence == Licence::Stated { 0.0 } else { -most };
    // A gap of a quarter says nothing either way; each halving of it adds a bit.
    let bits = (-(gap * 4.0).max(1e-3).log2()).clamp(least, most);
    let bits = if is_one_slip(documents, relation, reading) { bits.max(0.0) } else { bits };
    // The nearest of many is near in any case.
    (bits - log2(relation.picked_of as f32)).max(bits.min(0.0))
}

/// A figure of the right size and the wrong sign is as far off as twice itself.
const OTHER_SIGN: f32 = 2.0;

/// Of how many cases a share is: a hundred, or the people of a rate.
fn hundred(documents: &[Document], relation: &Relation, reading: &Reading) -> f32 {
    let rate = published(documents, relation, reading).and_then(|q| q.unit.people());
    rate.unwrap_or(100) as f32
}

/// The gap between the printed figure and what its operands give, as a part of the larger of the two.
fn relative_gap(documents: &[Document], relation: &Relation, reading: &Reading) -> Option<f32> {
    let parts = || values(documents, reading, OperandRole::Part);
    let printed = match relation.arithmetic {
        Arithmetic::Partition { .. } => 100.0,
        _ => published(documents, relation, reading)?.value.as_ref().map(size)?,
    };
    let one = |role| values(documents, reading, role).first().map(size);
    let given = match relation.arithmetic {
        Arithmetic::Sum | Arithmetic::Crossfoot | Arithmetic::Partition { .. } => {
            size(&parts().into_iter().sum())
        }
        Arithmetic::Balance => {
            let off = values(documents, reading, OperandRole::Deduction);
            size(&(&parts().into_iter().sum::<Exact>() - &off.into_iter().sum::<Exact>()))
        }
        Arithmetic::MultipleResponse => size(parts().iter().max()?),
        Arithmetic::Share => {
            hundred(documents, relation, reading) * one(OperandRole::Part)?
                / one(OperandRole::Whole)?.max(1e-6)
        }
        Arithmetic::PercentChange(_) => {
            let (before, after) = (one(OperandRole::Before)?, one(OperandRole::After)?);
            100.0 * (after - before).abs() / before.max(1e-6)
        }
        Arithmetic::Difference(_) => (one(OperandRole::After)? - one(OperandRole::Before)?).abs(),
        Arithmetic::Same => one(OperandRole::Same)?,
        Arithmetic::Quotient => one(OperandRole::Part)? / one(OperandRole::Whole)?.max(1e-6),
        _ => return None,
    };
    let gap = (printed - given).abs() / printed.max(given).max(1e-6);
    // Only the sign is off: a column that counts the other way sooner than a slip.
    Some(if gap < 1e-6 { OTHER_SIGN } else { gap })
}

/// Bits against figures of which no slip makes one another's sum, part or whole.
pub(super) fn scale(documents: &[Document], relation: &Relation, reading: &Reading) -> f32 {
    let out_of_scale = match relation.arithmetic {
        Arithmetic::Sum | Arithmetic::Crossfoot => !could_be_sum(documents, relation, reading),
        Arithmetic::Bound => has_larger_part(documents, reading),
        Arithmetic::MultipleResponse => is_out_of_proportion(documents, relation, reading),
        Arithmetic::Feasible => is_less_than_a_case(documents, reading),
        Arithmetic::Share => is_many_times_off(documents, relation, reading),
        _ => false,
    };
    let explained = || is_one_slip(documents, relation, reading);
    if out_of_scale && !explained() { weights().own.out_of_scale } else { 0.0 }
}

/// What the total of a failing sum is more than its parts; less than nought where it is too few.
pub(super) fn missed(documents: &[Document], one: &Worked) -> Option<Exact> {
    let (reading, _) = one.tried.first()?;
    let total = published(documents, one.relation, reading)?.value.clone()?;
    Some(&total - &values(documents, reading, OperandRole::Part).into_iter().sum::<Exact>())
}

/// Whether one slip of the pen makes the total of some parts what is printed, or one of the parts what it is, however far
/// the sum is off: a part was not added, two digits changed places, one is another, or one is printed twice. A digit too
/// few is what is left of a numeral that was read in two pieces, too, and any digit is another digit.
fn is_one_slip(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let total = published(documents, relation, reading).and_then(|q| q.value.clone());
    let Some(total) = total.filter(|_| relation.arithmetic == Arithmetic::Sum) else { return false };
    let parts = values(documents, reading, OperandRole::Part);
    let sum: Exact = parts.iter().cloned().sum();
    let slipped = |meant: &Exact, printed: &Exact| *printed >= Exact::from(10) && mistyped(meant, printed);
    let missed = &total - &sum;
    // One that is larger than the total is no part that was left out: it is the total of other rows.
    let not_added =
        |part: &Exact| *part >= Exact::from(10) && *part <= total && *part == &Exact::ZERO - &missed;
    slipped(&sum, &total) || parts.iter().any(|part| slipped(&(part + &missed), part) || not_added(part))
}

/// So many times another number no slip makes a share: a digit too many or too few makes it ten times.
const SLIPPED: f32 = 15.0;

/// Whether a printed share is many times what its part and whole give, or the reverse: they are two numbers in one, or of
/// something else.
fn is_many_times_off(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let printed = published(documents, relation, reading).and_then(|q| q.value.as_ref()).map(size);
    let one = |role| values(documents, reading, role).first().map(size).filter(|value| *value > 0.0);
    let of = hundred(documents, relation, reading);
    let given = one(OperandRole::Part).zip(one(OperandRole::Whole)).map(|(part, whole)| of * part / whole);
    let pair = printed.filter(|printed| *printed > 0.0).zip(given);
    relation.licence != Licence::Stated
        && pair.is_some_and(|(printed, given)| printed.max(given) > SLIPPED * printed.min(given))
}

/// Whether a part is several times its whole, which is the whole of something else then: a rate beside counts.
fn is_out_of_proportion(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let whole = published(documents, relation, reading).and_then(|q| q.value.clone());
    let parts = values(documents, reading, OperandRole::Part);
    whole.is_some_and(|whole| parts.iter().any(|part| *part > &(&whole + &whole) + &whole))
}

/// Whether a share is less than one of the cases that it is taken to be of: they are those of something else, or no
/// number of cases at all ("two thirds").
fn is_less_than_a_case(documents: &[Document], reading: &Reading) -> bool {
    let shares: Vec<f32> = values(documents, reading, OperandRole::Part).iter().map(size).collect();
    let of_share = reading.operands.iter().any(|(role, _)| *role == OperandRole::Share);
    let whole = values(documents, reading, OperandRole::Whole).first().map(size).filter(|_| !of_share);
    whole.is_some_and(|whole| shares.iter().any(|share| *share > 0.0 && (share + 0.5) * whole < 100.0))
}

/// Whether a total is of the size of its parts' sum: within half of it, and no part above it.
fn could_be_sum(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let Some(total) = published(documents, relation, reading).and_then(|q| q.value.clone()) else {
        return false;
    };
    let parts = values(documents, reading, OperandRole::Part);
    let signed = total.is_negative() || parts.iter().any(Exact::is_negative);
    let gap = (&parts.iter().cloned().sum::<Exact>() - &total).abs();
    (signed || parts.iter().all(|part| *part <= total)) && &gap + &gap <= total.abs()
}

/// A part above its whole is no part of it, unless the words leave no choice ("52 of the 48"): we paired the wrong
/// figures. Parts that are too many together are a break.
fn has_larger_part(documents: &[Document], reading: &Reading) -> bool {
    let figures = |wanted: OperandRole| {
        let matching = reading.operands.iter().filter(move |(role, _)| *role == wanted);
        matching.filter_map(|(_, id)| figure(documents, *id))
    };
    let Some(whole) = figures(OperandRole::Whole).next() else { return false };
    figures(OperandRole::Part).any(|part| {
        let adjacent = part.place.line == whole.place.line
            && whole.place.start.checked_sub(part.place.end).is_some_and(|gap| gap <= ADJACENT);
        (part.quantity.value > whole.quantity.value && !adjacent) || part.quantity.decimals > 0
    })
}
