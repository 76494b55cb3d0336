//! A change over several years as an average for each.

use super::interval::{self, percent_domain};
use super::shares::{convention_note, fit_value};
use super::text::{self, covers, places, printed, worked};
use super::{Fit, Outcome};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Quantity, Unit};
use crate::model::statement::Direction;

/// How much nearer than this two yearly changes are the same: roots are worked out in floating point, and the margin only
/// lets more hold.
const MARGIN: f64 = 1e-6;

/// printed = change ÷ years, or, of a change in per cent, the change that makes it when it is repeated in each year:
/// (1 + change)^(1 ÷ years) − 1.
pub fn yearly_change(change: &Quantity, direction: Direction, years: u32, stated: &Quantity) -> Outcome {
    if change.value.is_none() || stated.value.is_none() || years == 0 {
        return Outcome::undecided("a figure of the yearly change is not given");
    }
    let whole = interval::magnitude(&change.domain());
    let share = |years: u32| whole.scale(&Exact::ratio(1, i128::from(years)));
    let again = |years: u32| {
        Some(&whole)
            .filter(|_| change.unit == Unit::Percent)
            .and_then(|whole| repeated(whole, direction, years))
    };
    let fits = |years: u32| match fit_value(&share(years), stated) {
        Fit::Fails if again(years).is_some_and(|(low, high)| meets(low, high, stated)) => Fit::ByRounding,
        fit => fit,
    };
    let (fit, plain) = (fits(years), share(years));
    let digits = places(stated);
    let sign = if stated.unit == Unit::Percent { "%" } else { "" };
    let mut line = format!("{} ÷ {years} years = {}{sign} a year", printed(change), worked(&plain, digits));
    if let Some((low, high)) = again(years) {
        line += &format!(", {:.*}% if it is repeated", digits as usize, (low + high) / 2.0);
    }
    line += &format!("; {}{}", covers(stated), convention_note(fit));
    // Whoever counts the first year as well divides by one too many.
    let more = years + 1;
    if fit == Fit::Fails && fits(more).holds() {
        line += &format!("; over {more} years it fits");
    }
    Outcome::new(fit, format!("{}{sign}", text::computed(&plain, digits)), line)
}

/// The yearly change in per cent, at least and at most, that makes the whole change when it is repeated.
fn repeated(whole: &Domain, direction: Direction, years: u32) -> Option<(f64, f64)> {
    let (low, high) = (whole.low.as_ref()?.approx(), whole.high.as_ref()?.approx());
    let sign = if direction == Direction::Fall { -1.0 } else { 1.0 };
    let yearly = |change: f64| {
        let factor = 1.0 + sign * change / 100.0;
        (factor > 0.0).then(|| sign * (factor.powf(1.0 / f64::from(years)) - 1.0) * 100.0)
    };
    Some((yearly(low)?, yearly(high)?))
}

fn meets(low: f64, high: f64, stated: &Quantity) -> bool {
    let stated = percent_domain(stated);
    stated.low.is_none_or(|x| x.approx() <= high + MARGIN)
        && stated.high.is_none_or(|x| x.approx() >= low - MARGIN)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{count, percent, tenths};
    use super::*;

    #[test]
    fn a_yearly_change_is_the_mean_or_what_makes_the_whole_when_repeated() {
        let fit = |change: &Quantity, way, years, stated| yearly_change(change, way, years, &stated).fit;
        assert!(fit(&percent(20), Direction::Rise, 4, percent(5)).holds());
        assert!(fit(&percent(21), Direction::Rise, 2, percent(10)).holds());
        assert!(fit(&percent(19), Direction::Fall, 2, percent(10)).holds());
        assert!(fit(&count(84), Direction::Rise, 4, count(21)).holds());
        assert_eq!(fit(&percent(20), Direction::Rise, 5, percent(5)), Fit::Fails);
        assert_eq!(fit(&count(84), Direction::Rise, 4, count(17)), Fit::Fails);
    }

    #[test]
    fn one_year_too_many_is_told() {
        for stated in [tenths(150), tenths(125)] {
            let outcome = yearly_change(&percent(60), Direction::Rise, 3, &stated);
            assert_eq!(outcome.fit, Fit::Fails);
            assert!(outcome.arithmetic.ends_with("; over 4 years it fits"), "{}", outcome.arithmetic);
        }
    }
}
