//! Draws the pages of documents that were read, for reports that show them.

use super::read::guarded;
use crate::model::document::Document;
use crate::read::pdf::{self, File};
use crate::read::source::{self, FileKind};
use crate::report::html::Picture;
use std::collections::HashMap;
use std::path::Path;

/// The documents of a run, each opened again when the first of its pages is drawn.
pub(super) struct Pictures<'a> {
    documents: &'a [Document],
    password: Option<&'a str>,
    files: HashMap<usize, Option<File>>,
}

impl<'a> Pictures<'a> {
    pub fn of(documents: &'a [Document], password: Option<&'a str>) -> Pictures<'a> {
        Pictures { documents, password, files: HashMap::new() }
    }

    /// A page, counted from 1. There is none of what is no PDF, and of what has changed since it was read.
    pub fn page(&mut self, document: usize, page: u32) -> Option<Picture> {
        let (documents, password) = (self.documents, self.password);
        let file = self.files.entry(document).or_insert_with(|| open(documents.get(document)?, password));
        let drawing = file.as_ref()?.drawing(page)?;
        Some(Picture { svg: drawing.svg, width: drawing.width, height: drawing.height })
    }
}

fn open(document: &Document, password: Option<&str>) -> Option<File> {
    let path = &document.origin.path;
    // What came from standard input is not there a second time.
    if document.boxes.is_empty() || path == "-" {
        return None;
    }
    let source = guarded(path, || source::read(Path::new(path))).ok()?;
    let same = source.kind == FileKind::Pdf && source.sha256 == document.origin.sha256;
    pdf::open(same.then_some(source.bytes)?, password).ok()
}
