//! Intervals of exact numbers: readings of printed figures, quotients and magnitudes, beside what [`Domain`] has.

use crate::model::domain::{Domain, Rounding};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};

/// The domain of a share in per cent: a share in words ("a third") is brought to per cent, and no share is below 0.
pub(crate) fn percent_domain(q: &Quantity) -> Domain {
    let d = if q.unit == Unit::Ratio { q.domain().scale(&Exact::from(100)) } else { q.domain() };
    at_least_nought(d)
}

/// The interval without its negative part.
pub(crate) fn at_least_nought(mut d: Domain) -> Domain {
    if d.low.as_ref().is_none_or(Exact::is_negative) {
        d.low = Some(Exact::ZERO);
        d.low_open = false;
    }
    d
}

/// One unit of the last printed digit.
pub(crate) fn last_place(q: &Quantity) -> Exact {
    Exact::ten_to(-i32::from(q.decimals))
}

/// The value of a figure that is printed plainly; a blank counts as its nought.
pub(crate) fn plain(q: &Quantity) -> Option<&Exact> {
    match q.qualifier {
        Qualifier::Equal | Qualifier::Blank => q.value.as_ref(),
        _ => None,
    }
}

/// What the figure can have been if its digits were cut off rather than rounded: `[p, p + u)`, by magnitude. `None`
/// where the figure is not a plain numeral.
pub(crate) fn truncated(q: &Quantity) -> Option<Domain> {
    numeral(q).map(|q| q.domain_as(Rounding::Truncated))
}

/// What the figure can have been if it was rounded to a further digit first: `[p − 0.55 u, p − 0.5 u)`, by magnitude.
pub(crate) fn rounded_twice(q: &Quantity) -> Option<Domain> {
    let figure = numeral(q).filter(|q| !q.is_to_one())?;
    let (value, unit) = (figure.value.as_ref()?, last_place(&figure));
    let below = |part: Exact| value - &(&unit * &part);
    Some(Domain { high_open: true, ..Domain::closed(below(Exact::ratio(11, 20)), below(Exact::ratio(1, 2))) })
}

/// What the figure can have been if it was rounded up: `(p − u, p]`, by magnitude.
pub(crate) fn rounded_up(q: &Quantity) -> Option<Domain> {
    numeral(q).map(|q| q.domain_as(Rounding::Ceiling))
}

/// A plain figure in digits, without its sign.
fn numeral(q: &Quantity) -> Option<Quantity> {
    let plain = q.qualifier == Qualifier::Equal && !q.spelled && (q.unit != Unit::Ratio || q.is_to_one());
    let value = q.value.as_ref().filter(|_| plain)?.abs();
    Some(Quantity { value: Some(value), ..q.clone() })
}

/// All quotients of a value of `a` and a positive value of `b`, both taken as not negative; `None` where `b` can only
/// be nought.
pub(crate) fn divide(a: &Domain, b: &Domain) -> Option<Domain> {
    let (a, b) = (at_least_nought(tighten(a)), at_least_nought(tighten(b)));
    let nothing = |high: &Option<Exact>| high.as_ref().is_some_and(Exact::is_negative);
    if nothing(&a.high) || nothing(&b.high) || b.high.as_ref().is_some_and(Exact::is_zero) {
        return None;
    }
    let low = match (&a.low, &b.high) {
        (Some(x), Some(y)) => x.checked_div(y),
        _ => Some(Exact::ZERO),
    };
    let high = match (&a.high, &b.low) {
        (Some(x), Some(y)) => x.checked_div(y),
        _ => None,
    };
    let low_open = a.low_open || (b.high_open && a.low.as_ref().is_some_and(|x| !x.is_zero()));
    Some(Domain { low, high, low_open, high_open: a.high_open || b.low_open, whole: false })
}

/// The interval of magnitudes of an interval.
pub(crate) fn magnitude(d: &Domain) -> Domain {
    if d.low.as_ref().is_some_and(|x| !x.is_negative()) {
        return d.clone();
    }
    let mirrored = d.scale(&Exact::from(-1));
    if mirrored.low.as_ref().is_some_and(|x| !x.is_negative()) {
        return mirrored;
    }
    let (high, high_open) = match (&d.high, &mirrored.high) {
        (Some(x), Some(y)) if x > y => (Some(x.clone()), d.high_open),
        (Some(_), Some(y)) => (Some(y.clone()), mirrored.high_open),
        _ => (None, false),
    };
    Domain { low: Some(Exact::ZERO), high, low_open: false, high_open, whole: d.whole }
}

/// A domain of whole numbers with its ends brought in to whole numbers; any other domain as it is.
pub(crate) fn tighten(d: &Domain) -> Domain {
    if !d.whole {
        return d.clone();
    }
    let low = d.low.as_ref().map(|x| first_whole(x, d.low_open));
    let high = d.high.as_ref().map(|x| last_whole(x, d.high_open));
    Domain { low, high, low_open: false, high_open: false, whole: true }
}

/// The first whole number from `low` on.
pub(crate) fn first_whole(low: &Exact, open: bool) -> Exact {
    if open { &low.floor() + &Exact::from(1) } else { low.ceil() }
}

/// The last whole number up to `high`.
pub(crate) fn last_whole(high: &Exact, open: bool) -> Exact {
    if open { &high.ceil() - &Exact::from(1) } else { high.floor() }
}

/// The single value of an interval that has only one.
pub(crate) fn only(d: &Domain) -> Option<Exact> {
    let d = tighten(d);
    d.low.filter(|low| d.high.as_ref() == Some(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(low: i128, high: i128) -> Domain {
        Domain::closed(low.into(), high.into())
    }

    fn point(x: i128) -> Domain {
        Domain::point(x.into())
    }

    #[test]
    fn whole_numbers_are_closed_intervals() {
        let d = tighten(&Domain { whole: true, ..Domain::open(Exact::ZERO, Exact::ratio(9, 2)) });
        assert_eq!((d.low, d.high, d.low_open), (Some(1.into()), Some(4.into()), false));
        assert_eq!(only(&Domain { whole: true, ..Domain::open(0.into(), 2.into()) }), Some(1.into()));
    }

    #[test]
    fn quotients_cover_every_pair() {
        let q = divide(&between(10, 20), &between(40, 50)).unwrap();
        assert_eq!((q.low, q.high), (Some(Exact::ratio(1, 5)), Some(Exact::ratio(1, 2))));
        assert_eq!(divide(&point(1), &point(0)), None);
        assert_eq!(divide(&point(1), &between(0, 2)).unwrap().high, None);
    }

    #[test]
    fn magnitudes_of_an_interval_about_nought() {
        let d = magnitude(&between(-3, 2));
        assert_eq!((d.low, d.high), (Some(Exact::ZERO), Some(3.into())));
        let d = magnitude(&between(-3, -2));
        assert_eq!((d.low, d.high), (Some(2.into()), Some(3.into())));
    }
}
