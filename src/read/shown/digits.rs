//! The decimal digits of a number, at most fifteen.

use std::fmt;

/// The magnitude `0.d1d2d3… × 10^point`; the digits neither begin nor end with a zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digits {
    digits: Vec<u8>,
    point: i32,
    negative: bool,
}

impl Digits {
    /// The digits of a finite number, rounded to fifteen.
    pub fn of(value: f64) -> Digits {
        let text = format!("{:.14e}", value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        let point = exponent.parse::<i32>().unwrap_or(0) + 1;
        Digits { digits, point, negative: value < 0.0 }.trimmed()
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Multiplied by a power of ten.
    pub fn shifted(mut self, by: i32) -> Digits {
        self.point += by;
        self.trimmed()
    }

    /// Rounded to a number of decimals, halves away from zero.
    pub fn rounded(&self, decimals: usize) -> Digits {
        self.cut(i64::from(self.point) + decimals as i64)
    }

    /// Rounded to a number of significant digits.
    fn cut(&self, keep: i64) -> Digits {
        if keep < 0 {
            return Digits { negative: self.negative, ..Digits::default() };
        }
        let keep = usize::try_from(keep).unwrap_or(usize::MAX);
        let Some(next) = self.digits.get(keep) else { return self.clone() };
        let mut digits = self.digits.get(..keep).unwrap_or_default().to_vec();
        let mut point = self.point;
        if *next >= 5 {
            let nines = digits.iter().rev().take_while(|digit| **digit == 9).count();
            digits.truncate(digits.len() - nines);
            match digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    digits.push(1);
                    point += 1;
                }
            }
        }
        Digits { digits, point, negative: self.negative }.trimmed()
    }

    fn trimmed(mut self) -> Digits {
        let leading = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..leading);
        self.point -= leading as i32;
        let trailing = self.digits.iter().rev().take_while(|digit| **digit == 0).count();
        self.digits.truncate(self.digits.len() - trailing);
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    /// The digits before the point; empty for zero.
    pub fn whole(&self) -> String {
        (0..self.point.max(0)).map(|at| self.digit(at)).collect()
    }

    /// The digits after the point, without trailing zeros.
    pub fn decimals(&self) -> String {
        (self.point.min(0)..self.digits.len() as i32)
            .skip_while(|at| *at < self.point)
            .map(|at| self.digit(at))
            .collect()
    }

    fn digit(&self, at: i32) -> char {
        let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied();
        char::from(b'0' + digit.unwrap_or(0))
    }
}

/// As a plain decimal.
impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.whole(), self.decimals());
        let sign = if self.negative && !self.is_zero() { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        let point = if decimals.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{decimals}")
    }
}
