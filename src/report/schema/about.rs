//! What a document is about, in the public JSON.

use super::Diagnostic;
use crate::model::about::{self, Basis, Certainty, Kind, Told};
use crate::model::document::Document;
use crate::model::period::PeriodKind;
use crate::reconcile::claim::Severity;
use serde::Serialize;

/// What a document is about. What is not known is null.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct About {
    /// The body whose figures it gives.
    pub organisation: Option<AboutBody>,
    /// What kind of document it is.
    pub kind: Option<AboutKind>,
    /// The period that it reports on.
    pub period: Option<AboutPeriod>,
}

/// The body that a document is about.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AboutBody {
    /// Its official name where it is in the list of bodies, else its fullest name in the document.
    pub name: String,
    /// Its GSS code; left out where it is not in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The name as printed, or as given.
    pub as_printed: String,
    /// Where it stands.
    pub source: Basis,
    /// How sure it is.
    pub confidence: Certainty,
}

/// What kind of document it is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AboutKind {
    /// The kind.
    pub value: Kind,
    /// Where it stands.
    pub source: Basis,
    /// How sure it is.
    pub confidence: Certainty,
}

/// The period that a document reports on.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AboutPeriod {
    /// Its usual name: `2016/17`, `Q2 2018/19`, `2019`.
    pub label: String,
    /// The first day, `YYYY-MM-DD`.
    #[cfg_attr(test, schemars(extend("format" = "date")))]
    pub start: String,
    /// The last day, `YYYY-MM-DD`.
    #[cfg_attr(test, schemars(extend("format" = "date")))]
    pub end: String,
    /// Its length and nature.
    pub kind: PeriodKind,
    /// Where it stands.
    pub source: Basis,
    /// How sure it is.
    pub confidence: Certainty,
}

impl From<&about::About> for About {
    fn from(about: &about::About) -> About {
        let organisation = about.organisation.as_ref().map(|Told { value, source, confidence }| AboutBody {
            name: value.name.clone(),
            code: value.code.clone(),
            as_printed: value.printed.clone(),
            source: *source,
            confidence: *confidence,
        });
        let kind =
            about.kind.map(|Told { value, source, confidence }| AboutKind { value, source, confidence });
        let period = about.period.map(|Told { value, source, confidence }| AboutPeriod {
            label: value.label(),
            start: value.start.to_string(),
            end: value.end.to_string(),
            kind: value.kind,
            source,
            confidence,
        });
        About { organisation, kind, period }
    }
}

/// What is said of the documents of a run together: those that are copies of others, and those that are checked alone.
pub(super) fn of_run<'a>(
    documents: &'a [Document],
    copies: &'a [Option<usize>],
) -> impl Iterator<Item = Diagnostic> + 'a {
    copied(documents, copies).chain(not_placed(documents, copies))
}

/// A note for each document that is another one once more.
fn copied<'a>(
    documents: &'a [Document],
    copies: &'a [Option<usize>],
) -> impl Iterator<Item = Diagnostic> + 'a {
    let pairs = documents.iter().zip(copies).filter_map(|(copy, of)| Some((copy, documents.get((*of)?)?)));
    pairs.map(|(copy, of)| Diagnostic {
        code: "copy".to_owned(),
        severity: Severity::Note,
        message: copy_of(copy, of),
        path: copy.origin.path.clone(),
        span: None,
    })
}

/// Says of which document another is a copy.
pub(crate) fn copy_of(copy: &Document, of: &Document) -> String {
    let path = &of.origin.path;
    if copy.origin.sha256 == of.origin.sha256 {
        format!("the same bytes as {path}; what is found is told there")
    } else {
        format!("the same report as {path} in another form; what is found is told there")
    }
}

/// A note for each of several documents of which it is not known which body they are about: they are compared with none
/// of the others.
fn not_placed<'a>(
    documents: &'a [Document],
    copies: &'a [Option<usize>],
) -> impl Iterator<Item = Diagnostic> + 'a {
    let originals = documents.iter().zip(copies).filter(|(_, copy)| copy.is_none());
    let alone = originals.map(|(document, _)| document).filter(|document| document.body().is_none());
    alone.filter(move |_| documents.len() > 1).map(|document| Diagnostic {
        code: "not-placed".to_owned(),
        severity: Severity::Note,
        message:
            "no body was found that it is about, so it is checked alone; --about or a manifest can name it"
                .to_owned(),
        path: document.origin.path.clone(),
        span: None,
    })
}
