//! Means of cells (CF107), and what cells of spreadsheets keep against their formulas (CF108–CF110).

use super::interval::{divide, plain};
use super::shares::fit_value;
use super::sums::{added_range, added_value};
use super::text::{added, covers, number, places, worked};
use super::{Fit, Outcome, text};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity};
use crate::model::sheet::FormulaFunction;

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

/// The value that a cell keeps is that of its formula, within what binary numbers lose. A formula that leaves out a
/// number beside its cells, which is given with what it is called, never holds.
pub fn formula<'a>(
    function: FormulaFunction,
    addends: impl Iterator<Item = &'a Exact>,
    kept: &Exact,
    left_out: Option<(&Exact, String)>,
) -> Outcome {
    /// At most this many addends are written out.
    const WRITTEN: usize = 12;
    /// How many decimals of a number are written out.
    const DECIMALS: u32 = 10;
    let (mut sum, mut size, mut count, mut words) = (Exact::ZERO, Exact::ZERO, 0, Vec::new());
    for value in addends {
        if count < WRITTEN {
            words.push(value.to_decimal(DECIMALS));
        }
        (sum, size, count) = (&sum + value, &size + &value.abs(), count + 1);
    }
    if count > WRITTEN {
        words.push(format!("… ({count} in all)"));
    }
    let words = words.join(" + ");
    let (mut gives, mut working) = match function {
        FormulaFunction::Sum => (sum, words),
        FormulaFunction::Average => match sum.checked_div(&Exact::from(count as i128)) {
            Some(mean) => (mean, format!("({words}) ÷ {count}")),
            None => return Outcome::undecided("the formula names no numbers"),
        },
        // What compares two cells is worked out as any comparison is.
        FormulaFunction::Difference | FormulaFunction::Change | FormulaFunction::Share => {
            return Outcome::undecided("the formula adds nothing up");
        }
    };
    working += &format!(" = {}", gives.to_decimal(DECIMALS));
    // Spreadsheets count in binary, to about sixteen digits.
    let slack = &size.max(Exact::ratio(1, 1000)) * &Exact::ten_to(-9);
    let holds = left_out.is_none() && (&gives - kept).abs() <= slack;
    if let Some((value, named)) = left_out {
        gives = &gives + value;
        working += &format!(", without {named} beside them");
    }
    Outcome::new(if holds { Fit::Exact } else { Fit::Fails }, gives.to_decimal(DECIMALS), working)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_worked_out_within_what_binary_numbers_lose() {
        let numbers = |values: &[i128]| values.iter().map(|v| Exact::ratio(*v, 10)).collect::<Vec<_>>();
        let (parts, kept) = (numbers(&[1310, 200]), Exact::from(151));
        let of = |function, left_out| {
            let outcome = formula(function, parts.iter(), &kept, left_out);
            (outcome.fit, outcome.computed, outcome.arithmetic)
        };
        let sum = of(FormulaFunction::Sum, None);
        assert_eq!(sum, (Fit::Exact, "151".into(), "131 + 20 = 151".into()));
        let mean = of(FormulaFunction::Average, None);
        assert_eq!(mean, (Fit::Fails, "75.5".into(), "(131 + 20) ÷ 2 = 75.5".into()));
        let (fit, computed, line) = of(FormulaFunction::Sum, Some((&Exact::from(12), "12 in B4".into())));
        let wanted = "131 + 20 = 151, without 12 in B4 beside them";
        assert_eq!((fit, computed.as_str(), line.as_str()), (Fit::Fails, "163", wanted));
    }
}
