//! Writes annotated copies of the PDFs that were checked.

use super::archive::{names, replace};
use super::messages::Messages;
use super::pictures::again;
use crate::model::document::Document;
use crate::reconcile::claim::Answer;
use crate::report::annotate;
use crate::report::counted;
use std::path::{Path, PathBuf};

/// Writes a copy of each PDF with the marks of its findings: to the file `to`, or into the folder `to` where several were
/// checked. Says whether all of them were written; what was not is reported.
pub(super) fn write(
    documents: &[Document],
    answer: &Answer,
    notes: bool,
    to: &Path,
    messages: &Messages,
) -> bool {
    let mut whole = true;
    let mut error = |path: &str, what: &str, hint: &str| {
        messages.error(path, what, Some(hint));
        whole = false;
    };
    let places: Vec<PathBuf> = match documents {
        [_] => vec![to.to_owned()],
        _ => {
            let paths: Vec<PathBuf> = documents.iter().map(|read| PathBuf::from(read.path())).collect();
            names(&paths, "pdf").into_iter().map(|name| to.join(name)).collect()
        }
    };
    for (number, (document, place)) in documents.iter().zip(places).enumerate() {
        let path = document.path();
        if document.origin.media_type != "application/pdf" {
            error(
                path,
                "it is no PDF, so there is no annotated copy of it",
                "use --format html, which shows all kinds of documents",
            );
            continue;
        }
        let Some(source) = again(document) else {
            error(
                path,
                "it cannot be read once more for its annotated copy",
                "name a file that stays as it is",
            );
            continue;
        };
        if super::check::same_file(&place, path) {
            error(path, "the annotated copy would replace the document", "name another file with --annotate");
            continue;
        }
        let marks = annotate::marks(documents, answer, number, notes);
        let copy = match annotate::pdf(&source.bytes, &marks) {
            Ok(copy) => copy,
            Err((what, hint)) => {
                error(path, &what, &hint);
                continue;
            }
        };
        let shown = place.display().to_string();
        match replace(&place, |out| out.write_all(&copy.bytes)) {
            Ok(()) => {
                let left = match copy.left_out {
                    0 => String::new(),
                    left => format!("; {left} could not be set"),
                };
                messages.note(&format!("{shown}: {}{left}", counted(copy.set, "mark")));
            }
            Err(failed) => {
                error(
                    &shown,
                    &format!("it could not be written: {failed}"),
                    "name a file that you may write to",
                );
            }
        }
    }
    whole
}
