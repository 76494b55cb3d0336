//! Exact rational numbers. They grow to big integers and are never floats.
//!
//! Numbers are kept in 64 bits where they fit, which nearly all do. Figures take half as much memory that way, and
//! sums of whole numbers are as fast as the machine's own. Results of two such numbers are worked out in 128 bits,
//! which cannot overflow.

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// An exact rational number.
#[derive(Clone, Debug)]
pub enum Exact {
    /// A number that fits in 64 bits.
    Small(Ratio<i64>),
    /// A larger number.
    Big(Box<BigRational>),
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact::Small(Ratio::new_raw(0, 1));

    /// A fraction; a denominator of zero gives zero.
    pub fn ratio(numerator: i128, denominator: i128) -> Exact {
        if denominator == 0 { Exact::ZERO } else { Exact::fitting(Ratio::new(numerator, denominator)) }
    }

    /// The number printed as `digits` (ASCII digits only) with the last `decimals` of them after the point.
    pub fn from_digits(digits: &str, decimals: u32) -> Option<Exact> {
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if let (Ok(n), Some(d)) = (digits.parse::<i128>(), 10i128.checked_pow(decimals)) {
            return Some(Exact::fitting(Ratio::new(n, d)));
        }
        let n = digits.parse::<BigInt>().ok()?;
        Some(Exact::shrink(BigRational::new(n, BigInt::from(10).pow(decimals))))
    }

    /// Ten to a (possibly negative) power.
    pub fn ten_to(power: i32) -> Exact {
        if let Some(small) = 10_i64.checked_pow(power.unsigned_abs()) {
            return Exact::Small(if power < 0 { Ratio::new_raw(1, small) } else { Ratio::new_raw(small, 1) });
        }
        let big = BigInt::from(10).pow(power.unsigned_abs());
        Exact::shrink(if power < 0 { BigRational::new(1.into(), big) } else { BigRational::from(big) })
    }

    fn shrink(big: BigRational) -> Exact {
        match (big.numer().to_i64(), big.denom().to_i64()) {
            (Some(n), Some(d)) => Exact::Small(Ratio::new_raw(n, d)),
            _ => Exact::Big(Box::new(big)),
        }
    }

    fn fitting(wide: Ratio<i128>) -> Exact {
        match (i64::try_from(*wide.numer()), i64::try_from(*wide.denom())) {
            (Ok(n), Ok(d)) => Exact::Small(Ratio::new_raw(n, d)),
            _ => Exact::Big(Box::new(BigRational::new_raw((*wide.numer()).into(), (*wide.denom()).into()))),
        }
    }

    fn big(&self) -> BigRational {
        match self {
            Exact::Small(r) => BigRational::new_raw((*r.numer()).into(), (*r.denom()).into()),
            Exact::Big(b) => (**b).clone(),
        }
    }

    /// A result of two numbers. `wide` gives its numerator and denominator for the numerators and denominators of both, in
    /// any terms; in 128 bits they cannot overflow.
    #[inline]
    fn combine(
        &self,
        other: &Exact,
        whole: impl Fn(i64, i64) -> Option<i64>,
        wide: impl Fn((i128, i128), (i128, i128)) -> (i128, i128),
        big: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Exact {
        let (Exact::Small(a), Exact::Small(b)) = (self, other) else {
            return Exact::shrink(big(self.big(), other.big()));
        };
        let whole = if a.is_integer() && b.is_integer() { whole(*a.numer(), *b.numer()) } else { None };
        whole.map_or_else(
            || {
                let (numerator, denominator) = wide(terms(a), terms(b));
                Exact::reduced(numerator, denominator)
            },
            |n| Exact::Small(n.into()),
        )
    }

    /// A fraction in lowest terms. The common divisor is looked for in 64 bits where these hold both, which takes a tenth of
    /// the time.
    fn reduced(numerator: i128, denominator: i128) -> Exact {
        // The least number has no opposite in as many bits.
        let short = |number: i128| i64::try_from(number).ok().filter(|n| *n != i64::MIN);
        match short(numerator).zip(short(denominator)) {
            Some((n, d)) => Exact::Small(Ratio::new(n, d)),
            None => Exact::fitting(Ratio::new(numerator, denominator)),
        }
    }

    /// The quotient; `None` where the divisor is zero.
    pub fn checked_div(&self, other: &Exact) -> Option<Exact> {
        if other.is_zero() {
            return None;
        }
        Some(self.combine(other, |_, _| None, |(n, d), (m, e)| (n * e, d * m), |a, b| a / b))
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        matches!(self, Exact::Small(r) if r.is_zero())
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Exact::Small(r) => r.is_negative(),
            Exact::Big(b) => b.is_negative(),
        }
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        match self {
            Exact::Small(r) => r.is_integer(),
            Exact::Big(b) => b.is_integer(),
        }
    }

    /// The number without its sign.
    pub fn abs(&self) -> Exact {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The largest whole number not above it.
    pub fn floor(&self) -> Exact {
        match self {
            Exact::Small(r) => Exact::fitting(widened(r).floor()),
            Exact::Big(b) => Exact::shrink(b.floor()),
        }
    }

    /// The smallest whole number not below it.
    pub fn ceil(&self) -> Exact {
        -&(-self).floor()
    }

    /// The nearest float: for sorting out what cannot fit, never for a decision.
    pub fn approx(&self) -> f64 {
        match self {
            Exact::Small(r) => *r.numer() as f64 / *r.denom() as f64,
            Exact::Big(b) => b.to_f64().unwrap_or(f64::INFINITY),
        }
    }

    /// The value as a whole `i128`, if it is one.
    pub fn to_i128(&self) -> Option<i128> {
        match self {
            Exact::Small(r) if r.is_integer() => Some((*r.numer()).into()),
            Exact::Big(b) if b.is_integer() => b.numer().to_i128(),
            _ => None,
        }
    }

    /// A decimal string. It is exact where the number has at most `places` decimals; otherwise it is rounded to
    /// `places`, halves away from zero. It has no trailing zeros and no exponent.
    pub fn to_decimal(&self, places: u32) -> String {
        if let Exact::Small(small) = self
            && let Some(decimal) = small_decimal(small, places)
        {
            return decimal;
        }
        let scale = Exact::ten_to(places as i32);
        let half = Exact::ratio(1, 2);
        let scaled = (&(&self.abs() * &scale) + &half).floor();
        let mut digits = scaled.big().to_integer().to_string();
        let places = places as usize;
        if digits.len() <= places {
            digits = "0".repeat(places + 1 - digits.len()) + &digits;
        }
        let (whole, part) = digits.split_at(digits.len() - places);
        let part = part.trim_end_matches('0');
        let sign = if self.is_negative() && !scaled.is_zero() { "-" } else { "" };
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }
}

/// The numerator and the denominator.
#[inline]
fn terms(small: &Ratio<i64>) -> (i128, i128) {
    ((*small.numer()).into(), (*small.denom()).into())
}

fn widened(small: &Ratio<i64>) -> Ratio<i128> {
    let (numerator, denominator) = terms(small);
    Ratio::new_raw(numerator, denominator)
}

/// Fractions over one denominator; those that have the same keep it.
#[inline]
fn over_one((n, d): (i128, i128), (m, e): (i128, i128)) -> (i128, i128, i128) {
    if d == e { (n, m, d) } else { (n * e, m * d, d * e) }
}

/// Does the work of [`Exact::to_decimal`] as long as no step overflows.
fn small_decimal(number: &Ratio<i64>, places: u32) -> Option<String> {
    let (n, d) = (i128::from(*number.numer()).abs(), i128::from(*number.denom()));
    let (mut whole, rest) = (n.checked_div(d)?, n.checked_rem(d)?);
    let mut part = 0;
    if rest > 0 {
        let scale = 10i128.checked_pow(places)?;
        part = rest.checked_mul(scale)?.checked_mul(2)?.checked_add(d)? / d.checked_mul(2)?;
        if part == scale {
            (whole, part) = (whole.checked_add(1)?, 0);
        }
    }
    let sign = if number.is_negative() && (whole, part) != (0, 0) { "-" } else { "" };
    if part == 0 {
        return Some(format!("{sign}{whole}"));
    }
    let part = format!("{part:0width$}", width = places as usize);
    Some(format!("{sign}{whole}.{}", part.trim_end_matches('0')))
}

impl From<i128> for Exact {
    fn from(n: i128) -> Exact {
        Exact::fitting(Ratio::from_integer(n))
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        let wide = |a, b| {
            let (n, m, d) = over_one(a, b);
            (n + m, d)
        };
        self.combine(other, i64::checked_add, wide, |a, b| a + b)
    }
}

/// Written as `7`, or as a fraction in lowest terms: `13/2`.
impl serde::Serialize for Exact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Exact::Small(number) => serializer.collect_str(number),
            Exact::Big(number) => serializer.collect_str(number),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Exact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = text.parse::<BigRational>();
        number.map(Exact::shrink).map_err(|error| serde::de::Error::custom(format!("{text}: {error}")))
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        let wide = |a, b| {
            let (n, m, d) = over_one(a, b);
            (n - m, d)
        };
        self.combine(other, i64::checked_sub, wide, |a, b| a - b)
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        self.combine(other, i64::checked_mul, |(n, d), (m, e)| (n * m, d * e), |a, b| a * b)
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        &Exact::ZERO - self
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::ZERO, |a, b| &a + &b)
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Exact) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        match (self, other) {
            (Exact::Small(a), Exact::Small(b)) => {
                let (n, m, _) = over_one(terms(a), terms(b));
                n.cmp(&m)
            }
            _ => self.big().cmp(&other.big()),
        }
    }
}

impl std::hash::Hash for Exact {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        // A number is only stored as big where it does not fit otherwise.
        match self {
            Exact::Small(r) => (r.numer(), r.denom()).hash(state),
            Exact::Big(b) => b.hash(state),
        }
    }
}

/// Prints the number exactly where that takes at most twelve decimals, and rounded otherwise.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal(12))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overflow_promotes_and_comes_back() {
        for (huge, more) in
            [(i64::MAX.into(), "9223372036854775808"), (i128::MAX, "170141183460469231731687303715884105728")]
        {
            let huge = Exact::from(huge);
            let next = &huge + &Exact::from(1);
            assert!(matches!(next, Exact::Big(_)));
            assert_eq!(&next - &Exact::from(1), huge);
            assert_eq!(next.to_string(), more);
        }
        let (least, half) = (Exact::from(i128::from(i64::MIN)), Exact::ratio(1, 2));
        assert_eq!(-&-&least, least);
        assert_eq!((&least * &half).checked_div(&half), Some(least));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for number in [Exact::ZERO, Exact::ratio(-13, 2), Exact::ratio(i128::MAX, 3), Exact::ten_to(40)] {
            let json = serde_json::to_string(&number).unwrap();
            assert_eq!(serde_json::from_str::<Exact>(&json).unwrap(), number, "{json}");
        }
        assert_eq!(serde_json::to_string(&Exact::ratio(13, 2)).unwrap(), "\"13/2\"");
        assert!(serde_json::from_str::<Exact>("\"1/0\"").is_err());
    }

    #[test]
    fn decimals_are_exact_or_rounded() {
        assert_eq!(Exact::from_digits("943200", 2).unwrap().to_string(), "9432");
        assert_eq!(Exact::from_digits("005", 2).unwrap().to_string(), "0.05");
        assert_eq!(Exact::ratio(-1, 3).to_decimal(2), "-0.33");
        assert_eq!(Exact::ratio(1, 200).to_decimal(2), "0.01");
        assert_eq!(Exact::ratio(-1, 300).to_decimal(2), "0");
        assert_eq!(Exact::ratio(1999, -1000).to_decimal(2), "-2");
        assert_eq!(Exact::ratio(i128::MAX, 2).to_decimal(1), "85070591730234615865843651857942052863.5");
        assert_eq!(Exact::ratio(-7, 2).floor(), Exact::from(-4));
        assert_eq!(Exact::ratio(-7, 2).ceil(), Exact::from(-3));
        assert_eq!(Exact::from(1).checked_div(&Exact::ZERO), None);
    }
}
