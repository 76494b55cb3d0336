//! The one tokeniser, the one reader of numerals, and the reader of periods.

pub mod lexeme;
pub mod numeral;
pub mod period;

pub(crate) use numeral::{CellKind, figure};
pub(crate) use period::{is_month, is_period, is_year};

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The digit that a character is, on the line or raised above it.
pub(crate) fn plain_digit(ch: char) -> Option<char> {
    let raised = || RAISED.iter().zip('0'..='9').find(|(raised, _)| **raised == ch).map(|(_, digit)| digit);
    if ch.is_ascii_digit() { Some(ch) } else { raised() }
}

/// The small raised form of a digit.
pub(crate) fn raised(digit: char) -> Option<char> {
    digit.to_digit(10).and_then(|d| RAISED.get(d as usize)).copied()
}
