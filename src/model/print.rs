//! Prints a quantity in its usual form. It reads back as the same quantity, unless it was told in words.

use super::exact::Exact;
use super::quantity::{Qualifier, Quantity, Unit};
use std::fmt;

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match &self.qualifier {
            Qualifier::Suppressed => "*",
            Qualifier::NotRecorded => "not recorded",
            Qualifier::NotApplicable => "n/a",
            Qualifier::Blank => "-",
            Qualifier::Equal | Qualifier::To(_) => "",
            Qualifier::About => "about ",
            Qualifier::Over => "over ",
            Qualifier::Under => "under ",
            Qualifier::AtLeast => "at least ",
            Qualifier::AtMost => "at most ",
            Qualifier::Nearly => "nearly ",
        };
        f.write_str(mark)?;
        let Some(value) = self.value.as_ref().filter(|_| self.qualifier != Qualifier::Blank) else {
            return Ok(());
        };
        if self.is_to_one() {
            f.write_str("1:")?;
        } else if self.unit == Unit::Ratio {
            return ratio(value, f);
        }
        self.amount(value, f)?;
        if let Qualifier::To(high) = &self.qualifier {
            f.write_str("-")?;
            self.amount(high, f)?;
        }
        f.write_str(self.unit_mark(value))
    }
}

impl Quantity {
    fn amount(&self, value: &Exact, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if value.is_negative() { "-" } else { "" };
        let currency = self.unit.currency().unwrap_or_default();
        write!(f, "{sign}{currency}{}", grouped(&value.abs(), self.decimals))
    }

    fn unit_mark(&self, value: &Exact) -> &'static str {
        let one = value == &Exact::from(1) && !matches!(self.qualifier, Qualifier::To(_));
        match self.unit {
            Unit::Count | Unit::Gbp | Unit::Usd | Unit::Eur | Unit::Money | Unit::Ratio => "",
            Unit::Percent => "%",
            Unit::PercentagePoints => " percentage points",
            Unit::Days if one => " day",
            Unit::Days => " days",
            Unit::WorkingDays if one => " working day",
            Unit::WorkingDays => " working days",
            Unit::Hours if one => " hour",
            Unit::Hours => " hours",
            Unit::Months if one => " month",
            Unit::Months => " months",
            Unit::Per1000 => " per 1,000",
            Unit::Per100000 => " per 100,000",
        }
    }
}

/// A number with commas between thousands and this many decimals.
fn grouped(value: &Exact, decimals: u8) -> String {
    let scaled = (value * &Exact::ten_to(i32::from(decimals))).to_decimal(0);
    let places = usize::from(decimals);
    let digits = format!("{scaled:0>width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if !part.is_empty() {
        text.push('.');
        text.push_str(part);
    }
    text
}

/// Prints a ratio: "1 in 8", "2 in 3", "3-fold".
fn ratio(value: &Exact, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let parts = match value {
        Exact::Small(r) => Some((*r.numer(), *r.denom())),
        Exact::Big(_) => None,
    };
    match parts {
        Some((part, whole)) if 0 < part && part < whole => write!(f, "{part} in {whole}"),
        _ => write!(f, "{value}-fold"),
    }
}
