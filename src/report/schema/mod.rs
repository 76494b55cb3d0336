//! The public JSON, version 1: what `crossfoot extract` and `crossfoot check` print, as serde types with a JSON
//! Schema. Keys are only ever added within a version.

pub(crate) mod about;
mod answer;
pub(crate) mod heads;
mod not_figures;
mod observation;
pub(crate) mod span;
mod table;

pub use about::{About, AboutBody, AboutKind, AboutPeriod};
pub(crate) use answer::Run;
pub use answer::{CheckAnswer, CheckAnswerOf, CheckedDocument, Claim, Finding, Operand};
pub use not_figures::{NotFigure, not_figures};
pub use observation::{
    CellRef, Confidence, Ids, Interval, Level, Observation, Organisation, Period, Qualifier, observations,
    observations_named,
};
pub use span::Span;
pub(crate) use span::short_hash;
pub use table::{Cell, Table, tables};

use crate::model::diagnostic as error;
use crate::model::document::{Document, Origin};
use crate::reconcile::claim::Severity;
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The version of the schema; a change that breaks a reader raises it.
pub const VERSION: u32 = 1;

/// Everything that was read from one document.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Extract {
    /// The version of this schema.
    pub schema_version: u32,
    /// The document.
    pub source: Source,
    /// What it is about.
    pub about: About,
    /// Its tables in reading order; a table that runs over pages is one piece a page.
    pub tables: Vec<Table>,
    /// Its figures in reading order.
    pub observations: Vec<Observation>,
    /// The printed numerals that no observation was made of, in the order of their lines, and then the text of pages
    /// that was left out, each with the reason.
    pub not_figures: Vec<NotFigure>,
    /// What was tried and given up, with its place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Extract {
    /// The public form of a document. It takes several times as much memory as the document. To write it only, see
    /// [`ExtractOf`].
    pub fn of(document: &Document) -> Extract {
        Extract {
            schema_version: VERSION,
            source: Source::of(&document.origin),
            about: About::from(&document.about),
            tables: tables(document).collect(),
            observations: observations(document).collect(),
            not_figures: not_figures(document).collect(),
            diagnostics: diagnostics(document).collect(),
        }
    }

    /// The extract of an input that could not be read: nothing but the reason, as a diagnostic.
    pub fn unread(path: &str, why: String) -> Extract {
        Extract {
            schema_version: VERSION,
            source: Source { path: path.to_owned(), sha256: None, media_type: None, pages: 0, info: None },
            about: About::default(),
            tables: Vec::new(),
            observations: Vec::new(),
            not_figures: Vec::new(),
            diagnostics: vec![Diagnostic::unread(path, why)],
        }
    }
}

/// Serialises to the same JSON as [`Extract::of`], but makes the members one by one, so that they are never all in
/// memory.
pub struct ExtractOf<'a>(pub &'a Document);

impl Serialize for ExtractOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut extract = serializer.serialize_struct("Extract", 7)?;
        extract.serialize_field("schema_version", &VERSION)?;
        extract.serialize_field("source", &Source::of(&self.0.origin))?;
        extract.serialize_field("about", &About::from(&self.0.about))?;
        extract.serialize_field("tables", &Each(|| tables(self.0)))?;
        extract.serialize_field("observations", &Each(|| observations(self.0)))?;
        extract.serialize_field("not_figures", &Each(|| not_figures(self.0)))?;
        extract.serialize_field("diagnostics", &Each(|| diagnostics(self.0)))?;
        extract.end()
    }
}

/// A sequence whose members are made while they are serialised.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Where a document came from.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// As given on the command line; members of archives as `a.zip!/b.pdf`.
    pub path: String,
    /// Of the bytes, in lower-case hexadecimal; null where they could not be read.
    pub sha256: Option<String>,
    /// By content, not by name; null where it could not be read.
    pub media_type: Option<String>,
    /// Its pages; a text file's are counted by form feeds.
    pub pages: u32,
    /// What the file says of itself; left out where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub info: Option<Info>,
}

/// What a file says of itself. It may be wrong: it is often left over from another document.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Info {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The author.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// The program that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<String>,
    /// When it was made: `2024-05-14T09:30:00+01:00`, or as much of that as the file says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

impl From<&crate::model::document::Info> for Info {
    fn from(info: &crate::model::document::Info) -> Info {
        let crate::model::document::Info { title, author, producer, created, modified } = info.clone();
        Info { title, author, producer, created, modified }
    }
}

impl Source {
    fn of(origin: &Origin) -> Source {
        Source {
            path: origin.path.clone(),
            sha256: Some(origin.sha256.clone()),
            media_type: Some(origin.media_type.to_owned()),
            pages: origin.pages,
            info: origin.info.as_ref().map(Info::from),
        }
    }
}

/// Something that was tried and given up.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// A stable kebab-case word, or a CF8xx code.
    pub code: String,
    /// `error`: the document could not be read; `warning`: something was lost or is doubtful; `note`: something was
    /// passed over on purpose.
    pub severity: Severity,
    /// One sentence for a person.
    pub message: String,
    /// The document.
    pub path: String,
    /// The place; left out where it is the whole document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Diagnostic {
    /// The diagnostic for an input that could not be read at all.
    pub(crate) fn unread(path: &str, why: String) -> Diagnostic {
        let code = "unreadable".to_owned();
        Diagnostic { code, severity: Severity::Error, message: why, path: path.to_owned(), span: None }
    }

    fn of(document: &Document, diagnostic: &error::Diagnostic) -> Diagnostic {
        Diagnostic {
            code: diagnostic.code.to_owned(),
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            path: document.origin.path.clone(),
            span: diagnostic.place.map(|place| Span::of(document, place)),
        }
    }
}

/// The public form of a document's diagnostics.
pub fn diagnostics(document: &Document) -> impl Iterator<Item = Diagnostic> {
    document.diagnostics.iter().map(|d| Diagnostic::of(document, d))
}

/// The JSON Schema of all that the commands print in JSON, as text. It is written from the types by their tests, so that
/// no program pays for making it.
pub const JSON_SCHEMA: &str = include_str!("schema.json");

#[cfg(test)]
mod tests;
