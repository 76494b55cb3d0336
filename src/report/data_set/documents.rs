//! The table of inputs: a row for every path that was seen.

use super::Kind::{Date, Text, Whole, Word};
use super::{Fields, Row, word};
use crate::model::diagnostic::Severity;
use crate::model::document::Document;
use crate::model::period::Period;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read, and nothing was lost.
    Ok,
    /// Read, and something was lost or is doubtful.
    Partial,
    /// Nothing could be read.
    Failed,
    /// Passed over on purpose.
    Skipped,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 4] = [Status::Ok, Status::Partial, Status::Failed, Status::Skipped];

    /// Its name in the data.
    pub fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Partial => "partial",
            Status::Failed => "failed",
            Status::Skipped => "skipped",
        }
    }
}

/// What is told of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// What it is called in the data set.
    pub id: String,
    /// As given; members of archives as `a.zip!/b.pdf`.
    pub path: String,
    /// What became of it.
    pub status: Status,
    /// Why, where it is not `ok`.
    pub why: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// Of its bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// How many there are.
    pub bytes: Option<u64>,
    /// What is known of its content.
    pub content: Option<Content>,
    /// The id of the document of which it is a copy.
    pub copy_of: Option<String>,
    /// How much was made of it: figures, tables, claims, errors, warnings and notes.
    pub counts: [u64; 6],
}

/// What is known of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What it is, by its content.
    pub media_type: String,
    pages: u32,
    /// The body that it reports on.
    pub organisation: Option<String>,
    organisation_code: Option<String>,
    /// What tells this body from others.
    pub body: Option<String>,
    kind: Option<String>,
    period: Option<Period>,
    diagnostics: u32,
}

impl DocumentRow {
    /// The row of a document that was read. Its id is given later, as are the counts of what was checked.
    pub fn read(document: &Document, bytes: u64) -> DocumentRow {
        let mut warnings = document.diagnostics.iter().filter(|told| told.severity == Severity::Warning);
        let why = warnings.next().map(|first| match warnings.count() {
            0 => first.message.clone(),
            more => format!("{} (and {more} more)", first.message),
        });
        let status = match why {
            _ if document.is_lost() => Status::Failed,
            None if !document.is_blank() => Status::Ok,
            _ => Status::Partial,
        };
        DocumentRow {
            id: String::new(),
            path: document.origin.path.clone(),
            status,
            why: why.or_else(|| document.why_blank()),
            hint: None,
            sha256: Some(document.origin.sha256.clone()),
            bytes: Some(bytes),
            content: Some(Content::of(document)),
            copy_of: None,
            counts: [0; 6],
        }
    }

    /// The row of an input of which nothing was read.
    pub fn unread(path: String, status: Status, why: String, hint: Option<String>) -> DocumentRow {
        DocumentRow {
            id: String::new(),
            path,
            status,
            why: Some(why),
            hint,
            sha256: None,
            bytes: None,
            content: None,
            copy_of: None,
            counts: [0; 6],
        }
    }

    /// Whether there is a document to check.
    pub fn is_document(&self) -> bool {
        self.content.is_some() && self.status != Status::Failed
    }

    /// Its values, by the columns of the table.
    pub fn row(&self) -> Row {
        fields().row(self)
    }
}

impl Content {
    fn of(document: &Document) -> Content {
        let about = &document.about;
        let body = about.organisation.as_ref().map(|told| &told.value);
        Content {
            media_type: document.origin.media_type.to_owned(),
            pages: document.origin.pages,
            organisation: body.map(|body| body.name.clone()),
            organisation_code: body.and_then(|body| body.code.clone()),
            body: body.map(|body| body.key.clone()),
            kind: about.kind.map(|kind| kind.value.name().to_owned()),
            period: document.period,
            diagnostics: u32::try_from(document.diagnostics.len()).unwrap_or(u32::MAX),
        }
    }
}

pub(super) fn fields() -> &'static Fields<DocumentRow> {
    static FIELDS: OnceLock<Fields<DocumentRow>> = OnceLock::new();
    FIELDS.get_or_init(|| {
        let content = |row: &DocumentRow| row.content.clone();
        let count = |at: usize| move |row: &DocumentRow| row.counts.get(at).copied();
        Fields::new()
            .with("id", Text, "What the input is called in the other tables: twelve digits of its hash, and a number where several have these.", |row: &DocumentRow| row.id.clone())
            .with("path", Text, "As given; a member of an archive as a.zip!/b.pdf. Bytes that are no text are written \\xFF.", |row| row.path.clone())
            .with("status", Word, "ok: read whole; partial: something was lost or is doubtful; failed: nothing could be read; skipped: passed over on purpose.", |row| row.status.name())
            .with("why", Text, "Why it is not ok.", |row| row.why.clone())
            .with("hint", Text, "What to do about it.", |row| row.hint.clone())
            .with("sha256", Text, "The SHA-256 of its bytes.", |row| row.sha256.clone())
            .with("bytes", Whole, "How many bytes it has.", |row| row.bytes)
            .with("media_type", Word, "What it is, by its content.", move |row| content(row).map(|c| c.media_type))
            .with("pages", Whole, "How many pages or sheets it has.", move |row| content(row).map(|c| c.pages))
            .with("organisation", Word, "The body that it reports on.", move |row| content(row).and_then(|c| c.organisation))
            .with("organisation_code", Word, "Its code in the register of the Office for National Statistics.", move |row| content(row).and_then(|c| c.organisation_code))
            .with("kind", Word, "What kind of document it is: report, minutes, letter, press or data.", move |row| content(row).and_then(|c| c.kind))
            .with("period_start", Date, "The first day of the period that it reports on.", move |row| content(row).and_then(|c| c.period).map(|period| period.start.to_string()))
            .with("period_end", Date, "The last day of that period.", move |row| content(row).and_then(|c| c.period).map(|period| period.end.to_string()))
            .with("period_kind", Word, "The length and nature of that period.", move |row| content(row).and_then(|c| c.period).map(|period| word(&period.kind)))
            .with("copy_of", Text, "The id of the document of which it is a copy. What is found is told there.", |row| row.copy_of.clone())
            .with("diagnostics", Whole, "How many remarks there are on what was lost, doubtful or passed over.", move |row| content(row).map(|c| c.diagnostics))
            .with("observations", Whole, "How many figures it has.", count(0))
            .with("tables", Whole, "How many tables it has.", count(1))
            .with("claims", Whole, "How many relations between figures were found.", count(2))
            .with("errors", Whole, "How many findings are errors.", count(3))
            .with("warnings", Whole, "How many findings are warnings.", count(4))
            .with("notes", Whole, "How many findings are notes.", count(5))
    })
}
