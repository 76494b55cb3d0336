//! Printed numerals: their exact value, unit, qualifier, and the interval they can have been before rounding.

mod cell;
mod domain;
mod exact;
mod phrase;
mod print;
mod qualifier;
mod reference;
mod scan;
#[cfg(test)]
mod tests;
pub(crate) mod token;
mod unit;
pub(crate) mod words;

pub use cell::{CellValue, cell, cell_in_figures};
pub use domain::Rounding;
pub use exact::Exact;
pub(crate) use scan::scan_with_periods;
pub use scan::{scan, scan_all};

/// What a figure counts or measures. Serialised in snake case.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Cases, people, weeks: what is counted one by one.
    Count,
    /// A share or change in percent.
    Percent,
    /// A difference of two percentages.
    PercentagePoints,
    /// Days, working or not.
    Days,
    /// Pounds sterling.
    Gbp,
    /// Hours.
    Hours,
    /// Months.
    Months,
    /// A rate per thousand.
    #[serde(rename = "per_1000")]
    Per1000,
    /// A rate per hundred thousand.
    #[serde(rename = "per_100000")]
    Per100000,
    /// A part ("a third") or a multiple ("trebled").
    Ratio,
}

/// How a printed value relates to the true one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// Printed plainly.
    Equal,
    /// "around", "circa", "~".
    About,
    /// "over", "more than", ">".
    Over,
    /// "under", "fewer than", "<".
    Under,
    /// "at least", "or more".
    AtLeast,
    /// "up to", "at most", "no more than".
    AtMost,
    /// "nearly", "almost": a little below.
    Nearly,
    /// A range "25-65"; the value is its lower end.
    To(Exact),
    /// A mark that hides a small number: "*", "c", "<5" in a table whose legend says so.
    Suppressed,
    /// A mark that says the number was not kept.
    NotRecorded,
    /// A mark that says that there is no such number.
    NotApplicable,
    /// "-", "nil", or an empty cell: nought, if the column proves it.
    Blank,
}

/// A printed figure, without its meaning: an observed figure has that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The printed value; `None` for suppressed, not recorded and not applicable; nought for `Blank`.
    pub value: Option<Exact>,
    /// What it is in.
    pub unit: Unit,
    /// How it relates to the true value.
    pub qualifier: Qualifier,
    /// Decimals shown.
    pub decimals: u8,
    /// In words ("sixteen", "a third", "trebled").
    pub spelled: bool,
    /// Shown with fewer digits than are known: a count too is then only known to its last digit.
    pub rounded: bool,
}

/// A figure found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Byte range of the numeral with its currency and unit, without the words that qualify it.
    pub range: std::ops::Range<usize>,
    /// What it says.
    pub quantity: Quantity,
}

/// An interval of values, each end closed unless said otherwise; `None` is unbounded.
#[derive(Clone, Debug, PartialEq, Eq)]
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
