//! Printed numerals: their exact value, unit, qualifier, and the interval they can have been before rounding.

mod broken;
mod cell;
mod conventions;
mod idle_zeros;
mod named;
mod phrase;
pub(crate) mod printed;
#[cfg(test)]
mod printed_cells;
mod qualifier;
mod reference;
mod scan;
#[cfg(test)]
mod tests;
mod unit;
mod whole;
pub(crate) mod words;

use crate::model::quantity::Quantity;
pub(crate) use broken::mended;
pub(crate) use cell::{CellKind, figure, is_count_by_name, measure_before, to_one};
pub use cell::{CellReading, read};
pub use conventions::{Conventions, DecimalMark};
pub(crate) use idle_zeros::idle_zeros;
pub(crate) use named::named;
pub(crate) use printed::is_part;
pub(crate) use scan::scan_with_periods;
pub use scan::{scan, scan_all};
pub(crate) use whole::lead;
pub use whole::{Numeral, Sign, whole};

/// A figure found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Byte range of the numeral with its currency and unit, without the words that qualify it.
    pub range: std::ops::Range<usize>,
    /// What it says.
    pub quantity: Quantity,
}
