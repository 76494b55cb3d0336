//! Figures for the tests of this folder.

use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};

/// A plain figure.
pub(crate) fn figure(value: Exact, unit: Unit, decimals: u8) -> Quantity {
    Quantity {
        value: Some(value),
        unit,
        qualifier: Qualifier::Equal,
        decimals,
        scale: 0,
        spelled: false,
        rounded: false,
        step: None,
    }
}

/// "97".
pub(crate) fn count(n: i128) -> Quantity {
    figure(n.into(), Unit::Count, 0)
}

/// Several counts.
pub(crate) fn counts(ns: &[i128]) -> Vec<Quantity> {
    ns.iter().map(|n| count(*n)).collect()
}

/// "14%".
pub(crate) fn percent(p: i128) -> Quantity {
    figure(p.into(), Unit::Percent, 0)
}

/// "14.3%", given as 143 tenths.
pub(crate) fn tenths(p: i128) -> Quantity {
    figure(Exact::ratio(p, 10), Unit::Percent, 1)
}

/// Several whole percentages.
pub(crate) fn percents(ps: &[i128]) -> Vec<Quantity> {
    ps.iter().map(|p| percent(*p)).collect()
}

/// "<5".
pub(crate) fn under(n: i128) -> Quantity {
    Quantity { qualifier: Qualifier::Under, ..count(n) }
}

/// "<1%".
pub(crate) fn under_percent(p: i128) -> Quantity {
    Quantity { qualifier: Qualifier::Under, ..percent(p) }
}

/// "-".
pub(crate) fn blank() -> Quantity {
    Quantity { qualifier: Qualifier::Blank, ..count(0) }
}
