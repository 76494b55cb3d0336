//! The one tokeniser, the one reader of numerals, and the reader of periods.

pub mod lexeme;
pub mod numeral;
pub mod period;

pub(crate) use numeral::{CellKind, figure};
pub(crate) use period::{is_month, is_period, is_year};

/// The small raised form of a digit.
pub(crate) fn raised(digit: char) -> Option<char> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digit.to_digit(10).and_then(|d| RAISED.get(d as usize)).copied()
}
