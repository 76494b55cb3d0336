//! What could not be read at all ([`Error`]), and what could not be understood at one place ([`Diagnostic`]).

use super::data::StaticText;
use super::text::Place;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why something cannot be read: what is wrong, and what to do.
pub type Refusal = (String, String);

/// An input that gives no document. Everything less than that is a [`Diagnostic`].
#[derive(Debug)]
pub enum Error {
    /// The operating system refused: missing file, no permission, a directory where a file is wanted.
    Read {
        /// As given on the command line.
        path: String,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The bytes are of a kind that is not read; `hint` says what to do instead.
    Unsupported {
        /// As given on the command line; members of archives as `a.zip!/b.txt`.
        path: String,
        /// What the bytes are, in words.
        what: String,
        /// What the user can do about it.
        hint: String,
    },
    /// A grammar file is broken; the place is in that file.
    Grammar {
        /// Of the grammar file.
        path: String,
        /// From 1.
        line: usize,
        /// What should stand there, in words.
        expected: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Read { path, cause } => write!(f, "{path}: {cause}"),
            Error::Unsupported { path, what, hint } => write!(f, "{path}: {what}; {hint}"),
            Error::Grammar { path, line, expected } => write!(f, "{path}:{line}: expected {expected}"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// The file that it is about.
    pub fn path(&self) -> &str {
        match self {
            Error::Read { path, .. } | Error::Unsupported { path, .. } | Error::Grammar { path, .. } => path,
        }
    }

    /// What is wrong with the file, without its path, and what to do about it where that is known.
    pub fn what(&self) -> (String, Option<String>) {
        use std::io::ErrorKind;
        match self {
            Error::Read { cause, .. } => match cause.kind() {
                ErrorKind::NotFound => ("no such file".into(), Some("check the spelling of the path".into())),
                ErrorKind::PermissionDenied => {
                    ("no permission to read it".into(), Some("ask its owner for read access".into()))
                }
                ErrorKind::IsADirectory => ("a directory where a file is wanted".into(), None),
                _ => (cause.to_string(), None),
            },
            Error::Unsupported { what, hint, .. } => (what.clone(), Some(hint.clone())),
            Error::Grammar { line, expected, .. } => (format!("line {line}: expected {expected}"), None),
        }
    }
}

/// How much a finding or a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing is wrong. Of a diagnostic: something was passed over on purpose.
    Note,
    /// Something is wrong unless an inferred relation does not apply. Of a diagnostic: something was lost or is doubtful.
    Warning,
    /// The printed figures contradict each other. Of a diagnostic: the input could not be read at all.
    Error,
}

/// Something that was tried and given up, with its place. It is a value and no line of a log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// A stable kebab-case word, such as `unresolved-table` or `numeral-too-long`, or a CF8xx code.
    #[serde(deserialize_with = "super::data::word")]
    pub code: StaticText,
    /// Whether anything was lost.
    pub severity: Severity,
    /// One sentence for a person; says what to do where that is known.
    pub message: String,
    /// Where; `None` for the whole document.
    pub place: Option<Place>,
}

impl Diagnostic {
    /// Whether it says that a part of the document was not read. Other diagnostics say that a reading is in doubt.
    pub fn is_loss(&self) -> bool {
        self.severity == Severity::Warning && LOSSES.contains(&self.code)
    }
}

/// The codes of diagnostics about parts that were not read.
const LOSSES: [&str; 15] = [
    "broken-page-tree",
    "broken-part",
    "broken-sheet",
    "crowded-page",
    "cut-off-file",
    "damaged-page",
    "document-cut",
    "missing-text",
    "oversized-page",
    "page-cut",
    "pages-left-out",
    "scanned-page",
    "too-many-cells",
    "too-many-pages",
    "unreadable-page",
];
