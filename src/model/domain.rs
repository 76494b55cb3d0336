//! The interval of values that a printed figure can have stood for before rounding.

use super::bands::{Bands, bands, points};
use super::exact::Exact;
use super::quantity::{Qualifier, Quantity, Unit};
use std::cmp::Ordering;
use std::fmt;

/// An interval of values, each end closed unless said otherwise; `None` is unbounded.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Domain {
    /// The lower end.
    pub low: Option<Exact>,
    /// The upper end.
    pub high: Option<Exact>,
    /// The lower end does not belong to it.
    pub low_open: bool,
    /// The upper end does not belong to it.
    pub high_open: bool,
    /// Only whole numbers (counts).
    pub whole: bool,
}

/// How the last shown digit came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Rounding {
    /// To the nearest. Both ends of the interval are possible, because halves may be rounded up or to the even digit.
    Nearest,
    /// The rest was cut off.
    Truncated,
    /// Any remainder was rounded up.
    Ceiling,
}

impl Domain {
    /// The one value.
    pub fn point(value: Exact) -> Domain {
        let whole = value.is_whole();
        Domain { low: Some(value.clone()), high: Some(value), low_open: false, high_open: false, whole }
    }

    /// Everything from `low` up.
    pub fn at_least(low: Exact) -> Domain {
        Domain { low: Some(low), high: None, low_open: false, high_open: false, whole: false }
    }

    /// Both ends included.
    pub fn closed(low: Exact, high: Exact) -> Domain {
        Domain { low: Some(low), high: Some(high), low_open: false, high_open: false, whole: false }
    }

    /// Both ends left out.
    pub fn open(low: Exact, high: Exact) -> Domain {
        Domain { low_open: true, high_open: true, ..Domain::closed(low, high) }
    }

    /// Whether a value lies in the interval.
    pub fn contains(&self, value: &Exact) -> bool {
        self.above_low(value) && self.below_high(value) && (!self.whole || value.is_whole())
    }

    fn above_low(&self, value: &Exact) -> bool {
        self.low.as_ref().is_none_or(|low| if self.low_open { value > low } else { value >= low })
    }

    fn below_high(&self, value: &Exact) -> bool {
        self.high.as_ref().is_none_or(|high| if self.high_open { value < high } else { value <= high })
    }

    /// Whether some value lies in both intervals. Where either holds whole numbers only, it must be a whole number.
    pub fn intersects(&self, other: &Domain) -> bool {
        let common = self.intersection(other);
        !common.is_empty()
    }

    /// The values that lie in both.
    pub fn intersection(&self, other: &Domain) -> Domain {
        let (low, low_open) =
            tighter((&self.low, self.low_open), (&other.low, other.low_open), Ordering::Greater);
        let (high, high_open) =
            tighter((&self.high, self.high_open), (&other.high, other.high_open), Ordering::Less);
        Domain { low, high, low_open, high_open, whole: self.whole || other.whole }
    }

    /// Whether it holds no value.
    pub fn is_empty(&self) -> bool {
        let (Some(low), Some(high)) = (&self.low, &self.high) else { return false };
        if !self.whole {
            return low > high || (low == high && (self.low_open || self.high_open));
        }
        let one = Exact::from(1);
        let first = if self.low_open { &low.floor() + &one } else { low.ceil() };
        let last = if self.high_open { &high.ceil() - &one } else { high.floor() };
        first > last
    }

    /// The sums of one value of each interval. An end of the result is open where either end is.
    pub fn add(&self, other: &Domain) -> Domain {
        let sum = |a: &Option<Exact>, b: &Option<Exact>| a.as_ref().zip(b.as_ref()).map(|(a, b)| a + b);
        Domain {
            low: sum(&self.low, &other.low),
            high: sum(&self.high, &other.high),
            low_open: self.low_open || other.low_open,
            high_open: self.high_open || other.high_open,
            whole: self.whole && other.whole,
        }
    }

    /// The values of the interval times a number. A negative number exchanges the ends.
    pub fn scale(&self, by: &Exact) -> Domain {
        let times = |end: &Option<Exact>| end.as_ref().map(|e| e * by);
        if by.is_zero() {
            return Domain::point(Exact::ZERO);
        }
        let whole = self.whole && by.is_whole();
        let (low, high) = (times(&self.low), times(&self.high));
        if by.is_negative() {
            Domain { low: high, high: low, low_open: self.high_open, high_open: self.low_open, whole }
        } else {
            Domain { low, high, low_open: self.low_open, high_open: self.high_open, whole }
        }
    }
}

type End<'a> = (&'a Option<Exact>, bool);

/// Of two ends, the one that leaves out more. Of two equal ends it is the open one.
fn tighter(a: End, b: End, inner: Ordering) -> (Option<Exact>, bool) {
    match (a.0, b.0) {
        (None, _) => (b.0.clone(), b.1),
        (_, None) => (a.0.clone(), a.1),
        (Some(x), Some(y)) => match x.cmp(y) {
            Ordering::Equal => (a.0.clone(), a.1 || b.1),
            order if order == inner => (a.0.clone(), a.1),
            _ => (b.0.clone(), b.1),
        },
    }
}

/// "[54.5, 55.5]", "(2, ∞)"; a single value as "{5}".
impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(low), Some(high)) = (&self.low, &self.high)
            && low == high
            && !self.low_open
            && !self.high_open
        {
            return write!(f, "{{{low}}}");
        }
        match &self.low {
            Some(low) => write!(f, "{}{low}, ", if self.low_open { '(' } else { '[' })?,
            None => f.write_str("(-∞, ")?,
        }
        match &self.high {
            Some(high) => write!(f, "{high}{}", if self.high_open { ')' } else { ']' }),
            None => f.write_str("∞)"),
        }
    }
}

impl Quantity {
    /// The values that it can have stood for, rounded to the nearest.
    ///
    /// A plain count or sum of money is a point; a share, an average or a rate reaches half a unit of its last shown
    /// digit to each side; words reach as far as their usual use ("a third": a twentieth of it, at least one point).
    pub fn domain(&self) -> Domain {
        self.domain_as(Rounding::Nearest)
    }

    /// The values that it can have stood for under another way to round. This makes a difference only for shares,
    /// averages and rates that are printed plainly.
    pub fn domain_as(&self, mode: Rounding) -> Domain {
        self.domain_within(bands(), mode)
    }

    /// As [`Quantity::domain_as`], where words reach as far as these bands say.
    pub fn domain_within(&self, bands: &Bands, mode: Rounding) -> Domain {
        let whole = self.is_whole_count();
        let Some(value) = &self.value else {
            let high = (self.qualifier == Qualifier::Suppressed).then(|| Exact::from(4));
            let low = if high.is_some() { Exact::from(1) } else { Exact::ZERO };
            return Domain { high, whole, ..Domain::at_least(low) };
        };
        let above_nought = |high_open| Domain {
            low_open: !whole,
            high_open,
            ..Domain::closed(if whole { Exact::from(1) } else { Exact::ZERO }, value.clone())
        };
        let domain = match &self.qualifier {
            Qualifier::Equal => return self.plain(value, bands, mode),
            Qualifier::About => self.about(value, bands),
            Qualifier::Over => Domain { low_open: true, ..Domain::at_least(value.clone()) },
            Qualifier::Under => above_nought(true),
            Qualifier::AtLeast => Domain::at_least(value.clone()),
            Qualifier::AtMost => Domain::closed(Exact::ZERO, value.clone()),
            Qualifier::Nearly => self.nearly(value, bands),
            Qualifier::To(high) => self.between(value, high),
            Qualifier::Suppressed => Domain::closed(Exact::from(1), Exact::from(4)),
            Qualifier::NotRecorded | Qualifier::NotApplicable | Qualifier::Blank => {
                Domain::at_least(Exact::ZERO)
            }
        };
        Domain { whole, ..domain }
    }

    fn is_whole_count(&self) -> bool {
        self.unit == Unit::Count
            && self.decimals == 0
            && !self.rounded
            && self.value.as_ref().is_none_or(Exact::is_whole)
    }

    /// Whether the last shown digit is the one that was rounded to.
    fn is_exact(&self) -> bool {
        match self.unit {
            Unit::Gbp | Unit::Usd | Unit::Eur | Unit::Money => !self.rounded,
            Unit::Count => self.decimals == 0 && !self.rounded,
            _ => false,
        }
    }

    /// Its value, where it can have stood for no other.
    pub fn in_full(&self) -> Option<&Exact> {
        self.value.as_ref().filter(|_| self.qualifier == Qualifier::Equal && self.is_exact())
    }

    fn plain(&self, value: &Exact, bands: &Bands, mode: Rounding) -> Domain {
        if self.unit == Unit::Ratio && !self.is_to_one() {
            return word_band(value, bands, &Exact::from(1));
        }
        if self.is_exact() {
            return Domain::point(value.clone());
        }
        let unit = match self.step {
            Some(step) => Exact::from(i128::from(step.get())),
            None => Exact::ten_to(-i32::from(self.decimals)),
        };
        let half = &unit * &Exact::ratio(1, 2);
        let outwards = (mode == Rounding::Truncated) != value.is_negative();
        match mode {
            Rounding::Nearest if self.step.is_some() => whole_numbers(value, &half),
            Rounding::Nearest => Domain::closed(value - &half, value + &half),
            _ if outwards => Domain { high_open: true, ..Domain::closed(value.clone(), value + &unit) },
            _ => Domain { low_open: true, ..Domain::closed(value - &unit, value.clone()) },
        }
    }

    /// Around the place of the last digit that is not zero. 2,300 reaches from 2,250 to 2,350. What is printed with its power of
    /// ten was rounded to be printed, whatever word stands before it.
    fn about(&self, value: &Exact, bands: &Bands) -> Domain {
        if self.unit == Unit::Ratio {
            return word_band(value, bands, &bands.around_half);
        }
        let half = Exact::ratio(1, 2);
        let reach = &self.last_place(value) * if self.scale > 0 { &half } else { &bands.around };
        Domain::closed(value - &reach, value + &reach)
    }

    fn nearly(&self, value: &Exact, bands: &Bands) -> Domain {
        let reach = if self.unit != Unit::Ratio {
            let place = self.last_place(value);
            let part = if place >= Exact::from(10) { &bands.nearly } else { &bands.nearly_ones };
            &place * part
        } else if value < &Exact::from(1) {
            points(&bands.nearly_half)
        } else if value == &Exact::from(2) {
            value * &bands.nearly_double
        } else {
            value * &bands.nearly_treble
        };
        Domain { high_open: true, ..Domain::closed(value - &reach, value.clone()) }
    }

    fn between(&self, low: &Exact, high: &Exact) -> Domain {
        if self.is_exact() {
            return Domain::closed(low.clone(), high.clone());
        }
        let half = &Exact::ten_to(-i32::from(self.decimals)) * &Exact::ratio(1, 2);
        Domain::closed(low - &half, high + &half)
    }

    /// The place of the last digit that is not zero, as a power of ten; zero for zero.
    fn last_place(&self, value: &Exact) -> Exact {
        let digits = (value * &Exact::ten_to(i32::from(self.decimals))).abs().to_decimal(0);
        let noughts = digits.len() - digits.trim_end_matches('0').len();
        if noughts == digits.len() {
            return Exact::ZERO;
        }
        Exact::ten_to(i32::try_from(noughts).unwrap_or(i32::MAX) - i32::from(self.decimals))
    }
}

/// The whole numbers that are no further than `reach` from a count. What is printed without a minus was never below nought.
fn whole_numbers(value: &Exact, reach: &Exact) -> Domain {
    let low = (value - reach).ceil();
    let low = if value.is_negative() { low } else { low.max(Exact::ZERO) };
    Domain { whole: true, ..Domain::closed(low, (value + reach).floor()) }
}

/// How far "a third" or "trebled" reaches: a part of a share and at least some percentage points, or a part of a multiple.
/// `times` makes it wider.
fn word_band(value: &Exact, bands: &Bands, times: &Exact) -> Domain {
    let reach = if value < &Exact::from(1) {
        (value * &bands.half).max(points(&bands.half_points))
    } else {
        value * &bands.double
    };
    let reach = &reach * times;
    Domain::closed(value - &reach, value + &reach)
}
