//! Reporting periods in every notation that reports use, resolved against the document's own period.

mod calendar;
mod dates;
mod scan;
#[cfg(test)]
mod tests;
mod years;

#[cfg(feature = "office")]
pub(crate) use calendar::MONTHS;
pub use scan::{FoundPeriod, scan};
pub(crate) use scan::{Mark, marks, of_marks};

use jiff::civil::Date;

/// The length and nature of a [`Period`].
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
pub enum PeriodKind {
    /// Twelve months: a financial, calendar or municipal year.
    Year,
    /// Three months of a financial year.
    Quarter,
    /// A calendar month.
    Month,
    /// Several months or years, less or more than a year.
    Part,
    /// Printed relative to another period and resolved ("the previous year").
    Relative,
}

/// A stretch of time with both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
    /// What it is called.
    pub kind: PeriodKind,
}

/// A period as printed: either resolved, or one that needs the document's own period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodExpr {
    /// Dates that stand for themselves.
    Absolute(Period),
    /// So many years from the document's own: "this year" 0, "the previous year" -1.
    Relative(i8),
    /// A quarter of the document's own year, 1 to 4 ("Q1").
    Quarter(u8),
    /// A month of the document's own year, 1 to 12 ("in May").
    Month(u8),
}
