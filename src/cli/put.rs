//! Writes what a command prints, to standard output or to the file that `--out` names.

use super::archive::replace;
use super::check::same_file;
use super::messages::Messages;
use super::stdout;
use crate::model::document::Document;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// Says whether it could be written; why not is reported. A web page is not printed to a terminal, and no document is replaced.
pub(super) fn put(
    path: Option<&Path>,
    page: bool,
    documents: &[Document],
    messages: &Messages,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<bool> {
    let Some(path) = path else {
        if page && io::stdout().is_terminal() {
            let hint = "write it to a file: --out report.html";
            messages.error("--format html", "a web page cannot be read in a terminal", Some(hint));
            return Ok(false);
        }
        let mut out = stdout();
        write(&mut out)?;
        out.flush()?;
        return Ok(true);
    };
    let shown = path.display().to_string();
    if documents.iter().any(|read| same_file(path, read.path())) {
        messages.error(&shown, "it is one of the documents", Some("name another file with --out"));
        return Ok(false);
    }
    let result = replace(path, write);
    if let Err(error) = &result {
        let what = format!("it could not be written: {error}");
        messages.error(&shown, &what, Some("name a file that you may write to"));
    }
    Ok(result.is_ok())
}
