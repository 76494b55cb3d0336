//! Two printings of one number.

use super::interval::truncated;
use super::shares::convention_note;
use super::{Convention, Fit, Outcome};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity};

/// The same number twice (CF401 to CF404), printed with as many digits or with fewer.
pub fn same(a: &Quantity, b: &Quantity) -> Outcome {
    // Two plain numerals with equally many decimals are of one number only where their digits are the same: the
    // intervals of 35% and 36% meet at their ends.
    let alike = a.decimals == b.decimals && [a, b].iter().all(|q| q.qualifier == Qualifier::Equal);
    let fit = match () {
        () if a.value == b.value && a.qualifier == b.qualifier => Fit::Exact,
        () if !alike && a.domain().intersects(&b.domain()) => Fit::ByRounding,
        () if is_cut_off(a, b) || is_cut_off(b, a) => Fit::ByConvention(Convention::Truncation),
        () => Fit::Fails,
    };
    let sign = if fit.holds() { "=" } else { "≠" };
    Outcome::new(fit, b.to_string(), format!("{a} {sign} {b}{}", convention_note(fit)))
}

/// A number, and its printing in a table whose numbers are in thousands.
pub fn same_in_thousands(number: &Quantity, thousands: &Quantity) -> Outcome {
    let rounded = Quantity { rounded: true, ..thousands.clone() };
    let holds = number.domain().intersects(&rounded.domain().scale(&Exact::from(1000)));
    let (fit, sign) = if holds { (Fit::ByRounding, "=") } else { (Fit::Fails, "≠") };
    Outcome::new(fit, format!("{thousands} thousand"), format!("{number} {sign} {thousands} thousand"))
}

/// Whether a number is a longer one without its last decimals: 53% of 53.68%.
fn is_cut_off(short: &Quantity, long: &Quantity) -> bool {
    let value = long.value.as_ref().filter(|value| !value.is_negative() && short.decimals < long.decimals);
    let positive = short.value.as_ref().is_some_and(|value| !value.is_negative());
    let cut = truncated(short).filter(|_| positive && long.qualifier == Qualifier::Equal);
    value.zip(cut).is_some_and(|(value, cut)| cut.intersects(&Domain::point(value.clone())))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn fewer_decimals_are_rounded_or_cut_off() {
        assert_eq!(same(&percent(34), &tenths(338)).fit, Fit::ByRounding);
        assert_eq!(same(&percent(53), &tenths(537)).fit, Fit::ByConvention(Convention::Truncation));
        assert_eq!(same(&percent(53), &tenths(541)).fit, Fit::Fails);
        assert_eq!(same(&percent(53), &percent(54)).fit, Fit::Fails);
    }

    #[test]
    fn a_number_in_thousands_is_known_to_its_last_digit() {
        assert_eq!(same_in_thousands(&count(84_700), &count(85)).fit, Fit::ByRounding);
        assert_eq!(same_in_thousands(&count(84_300), &count(85)).fit, Fit::Fails);
    }
}
