//! Reading and checking in two calls: what a program that links the library sees.

use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::phrase::Grammar;
use crate::pipeline;
use crate::read::source;
use crate::reconcile;
use crate::reconcile::claim::Coverage;
use crate::report::schema::{
    CheckAnswer, Claim, Diagnostic, ExtractOf, Finding, Observation, Period, Table, diagnostics,
    observations, tables,
};
use crate::report::{csv, json, markdown};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How to read, and the way to what does not add up. The options are those of the command line.
///
/// ```
/// use crossfoot::Crossfoot;
///
/// let text = "Stage | 2020/21 | 2021/22\nStage 1 | 131 | 145\nStage 2 | 20 | 22\nTotal | 151 | 176\n";
/// let report = Crossfoot::new().read_bytes("report.txt", text)?;
/// let answer = Crossfoot::check(&[report]);
/// assert_eq!(answer.findings()[0].arithmetic, "145 + 22 = 167; printed 176, 9 too many");
/// # Ok::<(), crossfoot::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Crossfoot {
    options: pipeline::Options,
    grammar: Option<Arc<Grammar>>,
}

impl Crossfoot {
    /// With the vocabulary and phrases that come with the program, and no limit but that of an input's size, 1 GiB.
    pub fn new() -> Crossfoot {
        Crossfoot::default()
    }

    /// With other vocabulary and phrases.
    pub fn grammar(mut self, grammar: Grammar) -> Crossfoot {
        self.grammar = Some(Arc::new(grammar));
        self
    }

    /// Opens encrypted PDFs.
    pub fn password(mut self, password: impl Into<String>) -> Crossfoot {
        self.options.password = Some(password.into());
        self
    }

    /// Leaves pages after so many out; a diagnostic says so. Sheets of workbooks are pages.
    pub fn max_pages(mut self, pages: u32) -> Crossfoot {
        self.options.most_pages = Some(pages);
        self
    }

    /// Refuses files of more bytes.
    pub fn max_bytes(mut self, bytes: u64) -> Crossfoot {
        self.options.most_bytes = Some(bytes);
        self
    }

    /// Begins no further page of a PDF after this time; a diagnostic says so. What is read then depends on how fast the
    /// machine is.
    pub fn time_limit(mut self, time: Duration) -> Crossfoot {
        self.options.time = Some(time);
        self
    }

    /// What stands between the cells of CSV files; else it is found out.
    pub fn delimiter(mut self, delimiter: u8) -> Crossfoot {
        self.options.delimiter = Some(delimiter);
        self
    }

    /// Reads a file, or a member of an archive (`a.zip!/b.pdf`).
    ///
    /// # Errors
    /// Where the file gives no document at all: it is not there, encrypted, of a kind that is not read. Everything less
    /// than that is one of the document's [`diagnostics`](Document::diagnostics).
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Document, Error> {
        pipeline::read(path.as_ref(), self.vocabulary(), &self.options)
    }

    /// Reads what is in memory already. The name is carried along; its ending tells CSV, Markdown and pieces of web pages
    /// from text.
    ///
    /// # Errors
    /// As [`Crossfoot::read`].
    pub fn read_bytes(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Result<Document, Error> {
        let source = source::from_bytes(name, bytes.into())?;
        pipeline::from_source(source, self.vocabulary(), &self.options)
    }

    /// Finds the claims that the figures of documents make about each other, and decides each.
    pub fn check(documents: &[Document]) -> Answer {
        Answer(CheckAnswer::of(documents, &reconcile::check(documents)))
    }

    fn vocabulary(&self) -> &Grammar {
        self.grammar.as_deref().unwrap_or_else(|| Grammar::embedded())
    }
}

/// What a document says; its lines, blocks and places stay inside. It is plain data of `serde`: written and read back
/// by the same version of the library, it is the same.
impl Document {
    /// As it was named when it was read.
    pub fn path(&self) -> &str {
        &self.origin.path
    }

    /// Of its bytes, in hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.origin.sha256
    }

    /// How many pages, or sheets, it has.
    pub fn pages(&self) -> u32 {
        self.origin.pages
    }

    /// The body that it reports on, as printed.
    pub fn organisation(&self) -> Option<&str> {
        self.organisation.as_deref()
    }

    /// The period that it reports on.
    pub fn period(&self) -> Option<Period> {
        self.period.map(Period::from)
    }

    /// Its tables in reading order, made one by one; one that runs over pages is one piece a page.
    pub fn tables(&self) -> impl Iterator<Item = Table> {
        tables(self)
    }

    /// Its figures in reading order, those of cells and those of sentences, made one by one.
    pub fn figures(&self) -> impl Iterator<Item = Observation> {
        observations(self)
    }

    /// What was lost, doubtful or passed over.
    pub fn diagnostics(&self) -> impl Iterator<Item = Diagnostic> {
        diagnostics(self)
    }

    /// The JSON of `crossfoot extract`.
    pub fn to_json(&self) -> String {
        text(|out| json::write(out, &ExtractOf(self), false))
    }

    /// The CSV of `crossfoot extract`: one figure a row, with its place, under a row of heads.
    pub fn to_csv(&self) -> String {
        text(|out| csv::head(out).and_then(|()| csv::write(out, self)))
    }

    /// The Markdown of `crossfoot extract`.
    pub fn to_markdown(&self) -> String {
        text(|out| markdown::write(out, self))
    }
}

/// What [`Crossfoot::check`] found.
#[derive(Clone, Debug)]
pub struct Answer(CheckAnswer);

impl Answer {
    /// Every relation between figures that was found, with its verdict.
    pub fn claims(&self) -> &[Claim] {
        &self.0.claims
    }

    /// What does not agree, by cause; notes are among it.
    pub fn findings(&self) -> &[Finding] {
        &self.0.findings
    }

    /// How much of the documents was understood: what was checked, and why the rest was not.
    pub fn coverage(&self) -> &Coverage {
        &self.0.coverage
    }

    /// The JSON of `crossfoot check`.
    pub fn to_json(&self) -> String {
        text(|out| json::write(out, &self.0, false))
    }
}

/// What a writer writes into memory, where nothing can fail.
fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    let _ = write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}
