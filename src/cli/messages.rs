//! What goes to stderr: errors with their hints, warnings, notes.

use crate::model::diagnostic::{Error, Severity};
use crate::model::document::Document;
use crate::report::printable;
use anstyle::{AnsiColor, Style};
use std::io::Write;

/// How many warnings of one document are printed. The JSON holds all.
const WARNINGS: usize = 5;

pub(super) struct Messages {
    quiet: bool,
}

impl Messages {
    pub fn new(quiet: bool) -> Messages {
        Messages { quiet }
    }

    /// Whether only errors are printed.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Reports what stops an input or the whole command.
    pub fn error(&self, path: &str, what: &str, hint: Option<&str>) {
        label(AnsiColor::Red, "error", &format!("{path}: {what}"));
        if let Some(hint) = hint {
            label(AnsiColor::Cyan, "hint", hint);
        }
    }

    /// Reports an input that could not be read.
    pub fn unread(&self, error: &Error) {
        let (what, hint) = error.what();
        self.error(error.path(), &what, hint.as_deref());
    }

    /// Prints a remark that no result depends on.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            label(AnsiColor::Cyan, "note", text);
        }
    }

    /// Reports what was lost or is doubtful in a document.
    pub fn diagnostics(&self, document: &Document) {
        if self.quiet {
            return;
        }
        let path = &document.origin.path;
        let warnings = || document.diagnostics.iter().filter(|d| d.severity == Severity::Warning);
        for diagnostic in warnings().take(WARNINGS) {
            let line = diagnostic.place.map_or(String::new(), |place| format!(":{}", place.line));
            let text = format!("{path}{line}: {} ({})", diagnostic.message, diagnostic.code);
            label(AnsiColor::Yellow, "warning", &text);
        }
        let more = warnings().count().saturating_sub(WARNINGS);
        if more > 0 {
            label(
                AnsiColor::Yellow,
                "warning",
                &format!("{path}: {more} more warnings; the JSON has them all"),
            );
        }
    }
}

/// Prints one line on stderr. It is no failure if stderr is closed.
fn label(colour: AnsiColor, word: &str, text: &str) {
    let style = Style::new().bold().fg_color(Some(colour.into()));
    let _ = writeln!(anstream::stderr(), "{style}{word}{style:#}: {}", printable(text));
}
