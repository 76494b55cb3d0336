//! Draws the pages of documents that were read, for reports that show them.

use super::read::guarded;
use crate::facade;
use crate::model::document::Document;
use crate::read::source::{self, FileKind, Source};
use crate::report::html::Picture;
use std::collections::HashMap;
use std::path::Path;

/// The documents of a run, each opened again when the first of its pages is drawn.
pub(super) struct Pictures<'a> {
    documents: &'a [Document],
    password: Option<&'a str>,
    files: HashMap<usize, Option<facade::Pictures>>,
}

impl<'a> Pictures<'a> {
    pub fn of(documents: &'a [Document], password: Option<&'a str>) -> Pictures<'a> {
        Pictures { documents, password, files: HashMap::new() }
    }

    /// A page, counted from 1. There is none of what is no PDF, and of what has changed since it was read.
    pub fn page(&mut self, document: usize, page: u32) -> Option<Picture> {
        let (documents, password) = (self.documents, self.password);
        let file = self.files.entry(document).or_insert_with(|| {
            let read = documents.get(document)?;
            facade::Pictures::open(read.path(), again(read)?.bytes, password).ok()
        });
        file.as_ref()?.page(page)
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
