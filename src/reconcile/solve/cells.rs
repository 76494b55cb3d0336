//! Means of cells (CF107), and what cells of spreadsheets keep against their formulas (CF108–CF110).

use super::interval::{divide, plain};
use super::shares::fit_value;
use super::sums::{added_range, added_value};
use super::text::{added, covers, number, places, worked};
use super::{Fit, Outcome, text};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity};
use crate::model::sheet::Formula;

/// mean = Σ parts ÷ their number; blank parts are left out.
pub fn mean(parts: &[Quantity], stated: &Quantity) -> Outcome {
    let filled: Vec<Quantity> = parts.iter().filter(|q| q.qualifier != Qualifier::Blank).cloned().collect();
    if filled.is_empty() || stated.value.is_none() {
        return Outcome::undecided("the mean or its parts are not given");
    }
    let count = Exact::from(filled.len() as i128);
    let Some(value) = divide(&added_range(&filled), &Domain::point(count.clone())) else {
        return Outcome::undecided("the mean has no value");
    };
    let exact = added_value(&filled).and_then(|sum| sum.checked_div(&count));
    // What is shown of a mean is rounded, whole numbers too.
    let shown = Quantity { rounded: true, ..stated.clone() };
    let negative = stated.value.as_ref().is_some_and(Exact::is_negative);
    let sign = |value: &Domain| if negative { value.scale(&Exact::from(-1)) } else { value.clone() };
    let fit = match (&exact, plain(stated)) {
        (Some(mean), Some(printed)) if mean == printed => Fit::Exact,
        _ => fit_value(&sign(&value), &shown),
    };
    let line = format!(
        "({}) ÷ {} = {}; {}",
        added(&filled),
        number(&count, 0),
        worked(&value, places(stated)),
        covers(&shown)
    );
    Outcome::new(fit, text::computed(&value, places(stated)), line)
}

/// The value that a cell keeps is that of its formula, within what binary numbers lose.
pub fn kept(formula: &Formula) -> Outcome {
    let holds = !formula.leaves_out && (&formula.gives - &formula.kept).abs() <= formula.slack;
    let fit = if holds { Fit::Exact } else { Fit::Fails };
    Outcome::new(fit, formula.computed.clone(), formula.working.clone())
}
