//! Reporting periods in every notation that reports use, resolved against the document's own period.

mod cell;
mod dates;
mod scan;
#[cfg(test)]
mod tests;
mod years;

pub(crate) use cell::{is_month, is_period, is_year, is_year_or_date};
pub use dates::Slip;
pub(crate) use scan::{CalendarMark, marks, of_marks};
pub use scan::{FoundPeriod, scan};
