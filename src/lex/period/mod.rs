//! Reporting periods in every notation that reports use, resolved against the document's own period.

mod dates;
mod scan;
#[cfg(test)]
mod tests;
mod years;

pub use scan::{FoundPeriod, scan};
pub(crate) use scan::{Mark, marks, of_marks};
