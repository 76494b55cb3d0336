//! Draws the pages of documents that were read, for reports that show them.

use super::read::guarded;
use crate::facade;
use crate::model::document::Document;
use crate::read::source::{self, FileKind, Source};
use crate::report::html::Picture;
use std::path::Path;

/// The documents of a run, each opened again when its pages are drawn.
pub(super) struct Pictures<'a> {
    documents: &'a [Document],
    password: Option<&'a str>,
}

impl<'a> Pictures<'a> {
    pub fn of(documents: &'a [Document], password: Option<&'a str>) -> Pictures<'a> {
        Pictures { documents, password }
    }

    /// Pages, counted from 1. There are none of what is no PDF, and of what has changed since it was read.
    pub fn pages(&self, document: usize, pages: &[u32]) -> Vec<Option<Picture>> {
        let open = || {
            let read = self.documents.get(document)?;
            facade::Pictures::open(read.path(), again(read)?.bytes, self.password).ok()
        };
        open().map_or_else(Vec::new, |file| file.pages(pages))
    }
}

/// A PDF that was read, read once more. What came from standard input is not there a second time.
pub(super) fn again(document: &Document) -> Option<Source> {
    let path = document.path();
    if document.boxes.is_empty() || path == "-" {
        return None;
    }
    let source = guarded(path, || source::read(Path::new(path))).ok()?;
    (source.kind == FileKind::Pdf && source.sha256 == document.sha256()).then_some(source)
}
