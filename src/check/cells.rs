//! What the finder of sums, means, shares and changes says of a sheet's cells → the outcome, with its working.

use super::solve::{Fit, Outcome};
use crate::number::{Exact, Quantity};
use crate::table::aggregate::{self, Kind};

/// At most this many parts are written out.
const WRITTEN: usize = 12;

/// The outcome for a printed result and its parts, in the finder's order.
pub fn outcome(kind: Kind, fit: aggregate::Fit, printed: &Quantity, parts: &[Quantity]) -> Outcome {
    let fit = match fit {
        aggregate::Fit::Exact => Fit::Exact,
        aggregate::Fit::Rounded => Fit::ByRounding,
        aggregate::Fit::Missed => Fit::Fails,
    };
    let values: Vec<Exact> = parts.iter().map(|p| p.value.clone().unwrap_or(Exact::ZERO)).collect();
    let (value, working) = match (kind, values.as_slice()) {
        (Kind::Sum, _) => (Some(values.iter().cloned().sum()), sum(&values)),
        (Kind::Average, _) => {
            let filled = parts.iter().filter(|p| p.qualifier != crate::number::Qualifier::Blank).count();
            let total: Exact = values.iter().cloned().sum();
            (total.checked_div(&Exact::from(filled as i128)), format!("({}) ÷ {filled}", sum(&values)))
        }
        (Kind::Division, [part, whole]) => (part.checked_div(whole), format!("{part} ÷ {whole}")),
        (Kind::RelativeChange, [before, after]) => {
            ((after - before).checked_div(before), format!("({after} - {before}) ÷ {before}"))
        }
        _ => (None, String::new()),
    };
    let Some(value) = value else {
        return Outcome {
            fit: Fit::Undecided,
            computed: String::new(),
            arithmetic: "a divisor is nought".into(),
        };
    };
    let value = near(value, kind, printed);
    let places = u32::from(printed.decimals) + u32::from(kind != Kind::Sum);
    let computed = if value.is_whole() { value.to_string() } else { value.to_decimal(places) };
    Outcome { fit, arithmetic: format!("{working} = {computed}; printed {printed}"), computed }
}

/// A share or change in hundredths where the printed one is nearer to those.
fn near(value: Exact, kind: Kind, printed: &Quantity) -> Exact {
    let Some(result) =
        printed.value.as_ref().filter(|_| matches!(kind, Kind::Division | Kind::RelativeChange))
    else {
        return value;
    };
    let hundredths = &value * &Exact::from(100);
    if (&hundredths - result).abs() < (&value - result).abs() { hundredths } else { value }
}

fn sum(values: &[Exact]) -> String {
    let mut words: Vec<String> = values.iter().take(WRITTEN).map(Exact::to_string).collect();
    if values.len() > WRITTEN {
        words.push(format!("… ({} in all)", values.len()));
    }
    words.join(" + ")
}
