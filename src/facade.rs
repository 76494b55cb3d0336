//! Reading and checking in two calls: what a program that links the library sees.

use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::observe::Given;
use crate::phrase::Grammar;
use crate::pipeline;
#[cfg(feature = "ocr")]
use crate::read::ocr::Tesseract;
use crate::read::source;
use crate::reconcile;
use crate::reconcile::claim::{self, Coverage};
#[cfg(feature = "pdf")]
use crate::report::annotate::{self, Annotated};
use crate::report::data_set::{DocumentRow, Said, Status, said};
#[cfg(feature = "html-report")]
use crate::report::html::{self, Picture};
use crate::report::schema::{
    CheckAnswer, Claim, Diagnostic, ExtractOf, Finding, Observation, Period, Table, diagnostics,
    observations, tables,
};
use crate::report::{csv, json, markdown};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Reads documents, and finds what does not add up in them. The options are those of the command line.
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
    /// A reader with the vocabulary and phrases that come with the program. Its only limit is the largest size of an
    /// input, 1 GiB.
    pub fn new() -> Crossfoot {
        Crossfoot::default()
    }

    /// Uses another vocabulary and other phrases.
    pub fn grammar(mut self, grammar: Grammar) -> Crossfoot {
        self.grammar = Some(Arc::new(grammar));
        self
    }

    /// Opens encrypted PDFs with this password.
    pub fn password(mut self, password: impl Into<String>) -> Crossfoot {
        self.options.password = Some(password.into());
        self
    }

    /// Leaves out pages after this many, and says so in a diagnostic. The pages of a workbook are its sheets.
    pub fn max_pages(mut self, pages: u32) -> Crossfoot {
        self.options.most_pages = Some(pages);
        self
    }

    /// Refuses files of more bytes than this.
    pub fn max_bytes(mut self, bytes: u64) -> Crossfoot {
        self.options.most_bytes = Some(bytes);
        self
    }

    /// Begins no further page of a PDF after this time, and says so in a diagnostic. What is read then depends on the
    /// speed of the machine.
    pub fn time_limit(mut self, time: Duration) -> Crossfoot {
        self.options.time = Some(time);
        self
    }

    /// Recognises the text of PDF pages that are pictures by Tesseract, of which this is the name or the path of the program.
    /// Figures that are read so stay in doubt.
    ///
    /// # Errors
    /// Where the program does not run, or is another one.
    #[cfg(feature = "ocr")]
    pub fn ocr(mut self, tesseract: impl AsRef<Path>) -> Result<Crossfoot, Error> {
        let program = tesseract.as_ref();
        let found = Tesseract::find(program).map_err(|(what, hint)| Error::Unsupported {
            path: program.display().to_string(),
            what,
            hint,
        })?;
        self.options.recogniser = Some(Arc::new(found));
        Ok(self)
    }

    /// Sets the separator of cells in CSV files. Without it, the separator is guessed.
    pub fn delimiter(mut self, delimiter: u8) -> Crossfoot {
        self.options.delimiter = Some(delimiter);
        self
    }

    /// Says what the documents are about: the body, the period and the kind, or some of them ("Larkmere Council,
    /// 2016/17"). It counts before what a document says of itself.
    ///
    /// # Errors
    /// Where nothing is understood of it.
    pub fn about(mut self, about: &str) -> Result<Crossfoot, Error> {
        let given = Given::parse(about).map_err(|(what, hint)| Error::Unsupported {
            path: "--about".to_owned(),
            what,
            hint,
        })?;
        self.options.about = Some(given);
        Ok(self)
    }

    /// Reads a file, or a member of an archive (`a.zip!/b.pdf`).
    ///
    /// # Errors
    /// Where the file gives no document at all: it does not exist, is encrypted, or is of a kind that is not read.
    /// All lesser faults are among the document's [`diagnostics`](Document::diagnostics).
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Document, Error> {
        pipeline::read(path.as_ref(), self.vocabulary(), &self.options)
    }

    /// Reads bytes that are in memory already. The ending of the name tells CSV, Markdown and parts of web pages from
    /// plain text; otherwise the name is only carried along.
    ///
    /// # Errors
    /// As [`Crossfoot::read`].
    pub fn read_bytes(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Result<Document, Error> {
        let source = source::from_bytes(name, bytes.into())?;
        pipeline::from_source(source, self.vocabulary(), &self.options)
    }

    /// Reads a file for a data set: the row that says what became of it, and the document or why there is none.
    pub fn look(&self, path: impl AsRef<Path>) -> (DocumentRow, Result<Document, Error>) {
        let path = path.as_ref();
        let limit = self.options.most_bytes.unwrap_or(source::SIZE_LIMIT);
        self.seen(source::shown(path), source::bytes_within(path, limit))
    }

    /// As [`Crossfoot::look`], for bytes that are in memory already.
    pub fn look_at_bytes(
        &self,
        name: &str,
        bytes: impl Into<Vec<u8>>,
    ) -> (DocumentRow, Result<Document, Error>) {
        self.seen(name.to_owned(), Ok(bytes.into()))
    }

    fn seen(&self, path: String, bytes: Result<Vec<u8>, Error>) -> (DocumentRow, Result<Document, Error>) {
        let (mut sha256, mut size) = (None, None);
        let read = bytes.and_then(|bytes| {
            let own = source::hash(&bytes);
            (sha256, size) = (Some(own.clone()), Some(bytes.len() as u64));
            let source = source::from_hashed(&path, bytes, own)?;
            pipeline::from_source(source, self.vocabulary(), &self.options)
        });
        let row = match &read {
            Ok(document) => DocumentRow::read(document, size.unwrap_or_default()),
            Err(error) => {
                let (what, hint) = error.what();
                DocumentRow { sha256, bytes: size, ..DocumentRow::unread(path, Status::Failed, what, hint) }
            }
        };
        (row, read)
    }

    /// Finds the claims that the figures of documents make about each other, and decides whether each holds.
    pub fn check(documents: &[Document]) -> Answer {
        let own = reconcile::check(documents);
        Answer { public: CheckAnswer::of(documents, &own), own }
    }

    fn vocabulary(&self) -> &Grammar {
        self.grammar.as_deref().unwrap_or_else(|| Grammar::embedded())
    }
}

/// What a document says. It is plain data of `serde`: written and read back by the same version of the library, it is
/// the same. Its lines, blocks and places are not public.
impl Document {
    /// The path or name that it was read by.
    pub fn path(&self) -> &str {
        &self.origin.path
    }

    /// The SHA-256 of its bytes, in hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.origin.sha256
    }

    /// The number of its pages, or of its sheets.
    pub fn pages(&self) -> u32 {
        self.origin.pages
    }

    /// The period that it reports on.
    pub fn period(&self) -> Option<Period> {
        self.period.map(Period::from)
    }

    /// Its tables in reading order. They are made one by one. A table that runs over pages gives one piece for each
    /// page.
    pub fn tables(&self) -> impl Iterator<Item = Table> {
        tables(self)
    }

    /// Its figures in reading order, of cells and of sentences. They are made one by one.
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

    /// The CSV of `crossfoot extract`: a row of heads, then one row for each figure with its place.
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
pub struct Answer {
    public: CheckAnswer,
    own: claim::Answer,
}

impl Answer {
    /// Every relation between figures that was found, with its verdict.
    pub fn claims(&self) -> &[Claim] {
        &self.public.claims
    }

    /// What does not agree, grouped by cause. Notes are included.
    pub fn findings(&self) -> &[Finding] {
        &self.public.findings
    }

    /// How much of the documents was understood: what was checked, and why the rest was not.
    pub fn coverage(&self) -> &Coverage {
        &self.public.coverage
    }

    /// What is said of each document, as rows of a data set. `documents` are those that were checked, and `ids` what
    /// they are called in the data set.
    ///
    /// ```
    /// use crossfoot::{Crossfoot, data_set::{Status, Table, Value}};
    ///
    /// let (row, report) = Crossfoot::new().look_at_bytes("a.csv", "Stage,Cases\nStage 1,131\nStage 2,20\nTotal,161\n");
    /// assert_eq!(row.status, Status::Ok);
    /// let documents = [report?];
    /// let said = Crossfoot::check(&documents).rows(&documents, &["d1".to_owned()]);
    /// let arithmetic = Table::Findings.columns().iter().position(|column| column.name == "arithmetic").ok_or("a column")?;
    /// assert_eq!(said[0].findings[0][arithmetic], Value::from("131 + 20 = 151; printed 161, 10 too many"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rows(&self, documents: &[Document], ids: &[String]) -> Vec<Said> {
        said(documents, &self.own, ids)
    }

    /// By document, the number of the one that it is a copy of. Nothing is said of a copy.
    pub fn copies(&self) -> &[Option<usize>] {
        &self.own.copies
    }

    /// Adds that an input could not be read, and why, to the diagnostics of the JSON.
    pub fn add_unread(&mut self, path: &str, why: &str) {
        self.public.diagnostics.push(Diagnostic::unread(path, why.to_owned()));
    }

    /// The JSON of `crossfoot check`.
    pub fn to_json(&self) -> String {
        text(|out| json::write(out, &self.public, false))
    }

    /// The page of `crossfoot check --format html`: one file that loads nothing. `unread` are the paths of inputs that could not
    /// be read, with why. `draw` gives the pictures of pages, in their order, by the number of their document in `documents`, from
    /// 0, and their own, from 1; the figures are boxed on them. It is called once for each document of which pages are shown.
    ///
    /// ```
    /// use crossfoot::Crossfoot;
    ///
    /// let report = Crossfoot::new().read_bytes("a.txt", "Stage | 2020/21\nStage 1 | 131\nStage 2 | 20\nTotal | 161\n")?;
    /// let documents = [report];
    /// let page = Crossfoot::check(&documents).to_html(&documents, &[], |_, _| Vec::new());
    /// assert!(page.contains("The total says 161; its parts add up to 151."));
    /// # Ok::<(), crossfoot::Error>(())
    /// ```
    #[cfg(feature = "html-report")]
    pub fn to_html(
        &self,
        documents: &[Document],
        unread: &[(String, String)],
        mut draw: impl FnMut(usize, &[u32]) -> Vec<Option<Picture>>,
    ) -> String {
        let report = html::Report {
            documents,
            answer: &self.own,
            unread,
            left_out: &[],
            notes: false,
            accepts: false,
        };
        text(|out| html::write(out, &report, &mut draw))
    }

    /// A copy of a PDF with highlights on the figures of its findings: its bytes as they are, and an update after them.
    /// `document` is its number in `documents`, from 0.
    ///
    /// # Errors
    /// What keeps the file from being annotated: it is encrypted, or what lists its objects is broken.
    #[cfg(feature = "pdf")]
    pub fn annotated(
        &self,
        documents: &[Document],
        document: usize,
        original: &[u8],
    ) -> Result<Annotated, Error> {
        let marks = annotate::marks(documents, &self.own, document, false);
        annotate::pdf(original, &marks).map_err(|(what, hint)| {
            let path = documents.get(document).map_or(String::new(), |read| read.path().to_owned());
            Error::Unsupported { path, what, hint }
        })
    }
}

/// The pages of a PDF as pictures.
#[cfg(all(feature = "render", feature = "html-report"))]
pub struct Pictures(crate::read::pdf::File);

#[cfg(all(feature = "render", feature = "html-report"))]
impl Pictures {
    /// Opens a PDF; an encrypted one with its password.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn open(name: &str, bytes: Vec<u8>, password: Option<&str>) -> Result<Pictures, Error> {
        let path = name.to_owned();
        let file = crate::read::pdf::open(bytes, password);
        file.map(Pictures).map_err(|(what, hint)| Error::Unsupported { path, what, hint })
    }

    /// Pages, counted from 1; nothing for one that there is not, that is broken, or whose picture is too large for a report.
    pub fn pages(&self, numbers: &[u32]) -> Vec<Option<Picture>> {
        let painter = self.0.painter();
        let picture = |number: &u32| {
            let drawing = painter.drawing(*number, Some(Picture::room(numbers.len())))?;
            Picture::of(&drawing.svg, drawing.width, drawing.height)
        };
        numbers.iter().map(picture).collect()
    }
}

/// Collects what a writer writes. Writing into memory cannot fail.
fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    let _ = write(&mut out);
    String::from_utf8(out).unwrap_or_default()
}
