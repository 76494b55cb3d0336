//! Printed numerals: their exact value, unit, qualifier, and the interval they can have been before rounding.

mod cell;
mod phrase;
mod qualifier;
mod reference;
mod scan;
#[cfg(test)]
mod tests;
mod unit;
pub(crate) mod words;

use crate::model::quantity::Quantity;
pub use cell::{CellValue, cell, cell_in_figures};
pub(crate) use scan::scan_with_periods;
pub use scan::{scan, scan_all};

/// A figure found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Byte range of the numeral with its currency and unit, without the words that qualify it.
    pub range: std::ops::Range<usize>,
    /// What it says.
    pub quantity: Quantity,
}
