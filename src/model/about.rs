//! What a document is about: the body that it reports on, what kind of document it is, and the period.

use super::period::Period;
use serde::{Deserialize, Serialize};

/// What a document is about. What is not known is left open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The body whose figures it gives.
    pub organisation: Option<Told<Body>>,
    /// What kind of document it is.
    pub kind: Option<Told<Kind>>,
    /// The period that it reports on: a year, or the quarter or months of a report on less.
    pub period: Option<Told<Period>>,
}

/// Something that is known of a document, with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told<T> {
    /// What is known.
    pub value: T,
    /// Where it stands.
    pub source: Basis,
    /// How sure it is.
    pub confidence: Certainty,
}

/// Where a document says what it is about. Of several places the weightiest is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The user says so, with `--about` or a manifest.
    Given,
    /// The first lines.
    Title,
    /// The title or author in the data of the file.
    Metadata,
    /// A line that pages repeat at their head or foot.
    RunningHead,
    /// A heading further down.
    Heading,
    /// The text, by how often it is named.
    Text,
    /// The name of the file.
    FileName,
    /// The name of a folder that the file is in.
    Folder,
    /// The form of the file: a sheet without prose is data.
    Form,
}

/// How sure it is what a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// It rests on little, such as the name of a file.
    Doubtful,
    /// The text says so, and nothing else.
    Likely,
    /// It is given, or the document names it where it names what it is about.
    Sure,
}

/// What kind of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A report, or a page with the content of one.
    Report,
    /// What a meeting decided or noted, or its agenda.
    Minutes,
    /// A letter.
    Letter,
    /// What a newspaper or a press office wrote.
    Press,
    /// Tables alone.
    Data,
}

impl Kind {
    /// Every kind, with the name that the JSON and the command line give it.
    pub const ALL: [(Kind, &'static str); 5] = [
        (Kind::Report, "report"),
        (Kind::Minutes, "minutes"),
        (Kind::Letter, "letter"),
        (Kind::Press, "press"),
        (Kind::Data, "data"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Kind::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// A body that reports on its work, or is reported on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Its official name where it is in the list of bodies, else its fullest name in the document.
    pub name: String,
    /// Its GSS code, where it is in the list.
    pub code: Option<String>,
    /// The name as the document prints it first.
    pub printed: String,
    /// What tells it from all others; see [`BodyKey`].
    pub key: String,
}

/// What tells a body from all others. Two documents are of one body where their keys are equal. It is the code of a body
/// in the list, so that "Torfaen council" and "Torfaen County Borough Council" are one. For any other it is the place
/// in its name, with the tier of a county or parish: a city and a county of one name are two bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyKey<'a>(&'a str);

impl Body {
    /// What is compared between documents.
    pub fn key(&self) -> BodyKey<'_> {
        BodyKey(&self.key)
    }
}
