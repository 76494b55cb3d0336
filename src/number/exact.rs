//! Exact rationals on `i128` that promote to big integers. Never floats.

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// An exact rational number. Arithmetic is done on `i128` and goes over to big integers where that overflows.
#[derive(Clone, Debug)]
pub enum Exact {
    /// As long as it fits.
    Small(Ratio<i128>),
    /// Beyond.
    Big(Box<BigRational>),
}

impl Exact {
    /// Nought.
    pub const ZERO: Exact = Exact::Small(Ratio::new_raw(0, 1));

    /// A fraction; a denominator of nought gives nought.
    pub fn ratio(numerator: i128, denominator: i128) -> Exact {
        if denominator == 0 { Exact::ZERO } else { Exact::Small(Ratio::new(numerator, denominator)) }
    }

    /// The number printed as `digits` (ASCII digits only) with the last `decimals` of them after the point.
    pub fn from_digits(digits: &str, decimals: u32) -> Option<Exact> {
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if let (Ok(n), Some(d)) = (digits.parse::<i128>(), 10i128.checked_pow(decimals)) {
            return Some(Exact::Small(Ratio::new(n, d)));
        }
        let n = digits.parse::<BigInt>().ok()?;
        Some(Exact::shrink(BigRational::new(n, BigInt::from(10).pow(decimals))))
    }

    /// Ten to a (possibly negative) power.
    pub fn ten_to(power: i32) -> Exact {
        let big = BigInt::from(10).pow(power.unsigned_abs());
        Exact::shrink(if power < 0 { BigRational::new(1.into(), big) } else { BigRational::from(big) })
    }

    fn shrink(big: BigRational) -> Exact {
        match (big.numer().to_i128(), big.denom().to_i128()) {
            (Some(n), Some(d)) => Exact::Small(Ratio::new_raw(n, d)),
            _ => Exact::Big(Box::new(big)),
        }
    }

    fn big(&self) -> BigRational {
        match self {
            Exact::Small(r) => BigRational::new_raw((*r.numer()).into(), (*r.denom()).into()),
            Exact::Big(b) => (**b).clone(),
        }
    }

    fn combine(
        &self,
        other: &Exact,
        small: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        big: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Exact {
        if let (Exact::Small(a), Exact::Small(b)) = (self, other)
            && let Some(r) = small(a, b)
        {
            return Exact::Small(r);
        }
        Exact::shrink(big(self.big(), other.big()))
    }

    /// The quotient; `None` where the divisor is nought.
    pub fn checked_div(&self, other: &Exact) -> Option<Exact> {
        if other.is_zero() {
            return None;
        }
        Some(self.combine(other, |a, b| a.checked_div(b), |a, b| a / b))
    }

    /// Whether it is nought.
    pub fn is_zero(&self) -> bool {
        matches!(self, Exact::Small(r) if r.is_zero())
    }

    /// Whether it is below nought.
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

    /// Its distance from nought.
    pub fn abs(&self) -> Exact {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The largest whole number not above it.
    pub fn floor(&self) -> Exact {
        match self {
            Exact::Small(r) => Exact::Small(r.floor()),
            Exact::Big(b) => Exact::shrink(b.floor()),
        }
    }

    /// The smallest whole number not below it.
    pub fn ceil(&self) -> Exact {
        -&(-self).floor()
    }

    /// The value as a whole `i128`, if it is one.
    pub fn to_i128(&self) -> Option<i128> {
        match self {
            Exact::Small(r) if r.is_integer() => Some(*r.numer()),
            _ => None,
        }
    }

    /// A decimal string: exact where the expansion ends within `places` decimals, else rounded half away from zero
    /// to `places`. No trailing noughts, no exponent.
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

/// What [`Exact::to_decimal`] gives, where no step overflows.
fn small_decimal(number: &Ratio<i128>, places: u32) -> Option<String> {
    let (n, d) = (number.numer().checked_abs()?, *number.denom());
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
        Exact::Small(Ratio::from_integer(n))
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        self.combine(other, |a, b| a.checked_add(b), |a, b| a + b)
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        self.combine(other, |a, b| a.checked_sub(b), |a, b| a - b)
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        self.combine(other, |a, b| a.checked_mul(b), |a, b| a * b)
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
            (Exact::Small(a), Exact::Small(b)) => a.cmp(b),
            _ => self.big().cmp(&other.big()),
        }
    }
}

impl std::hash::Hash for Exact {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.big().hash(state);
    }
}

/// Printed exactly where that takes at most twelve decimals, else rounded to them.
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
        let huge = Exact::from(i128::MAX);
        let more = &huge + &Exact::from(1);
        assert!(matches!(more, Exact::Big(_)));
        assert_eq!(&more - &Exact::from(1), huge);
        assert_eq!(more.to_string(), "170141183460469231731687303715884105728");
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
