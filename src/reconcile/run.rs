//! The documents that are checked together, with an index of their figures by what they are about.

use crate::model::document::Document;

/// The documents of a run.
pub struct Run<'a> {
    /// In the order in which they were given.
    pub documents: &'a [Document],
}

impl<'a> Run<'a> {
    /// Indexes the figures of some documents.
    pub fn of(documents: &'a [Document]) -> Run<'a> {
        Run { documents }
    }
}
