//! crossfoot in the browser: what the worker of the page calls. A [`Session`] reads files one by one, checks them together and
//! writes what the page shows and saves. A panic ends the instance; the page then starts another without what caused it.

use crossfoot::internal::model::diagnostic::Error;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{self, Options};
use crossfoot::internal::read::archive;
use crossfoot::internal::read::pdf;
use crossfoot::internal::read::source::{self, FileKind, READABLE};
use crossfoot::internal::reconcile::{self, claim::Answer};
use crossfoot::internal::report::annotate;
use crossfoot::internal::report::html;
use crossfoot::internal::report::schema::CheckAnswerOf;
use crossfoot::internal::report::{csv, json};
use crossfoot::schema::{Diagnostic, Severity};
use crossfoot::{Document, Pictures};
use serde::Serialize;
use std::collections::HashMap;
use std::io;
use std::path::Path;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
unsafe extern "C" {
    /// The worker's function that is told how many pages of a PDF are read, and how many there are.
    #[wasm_bindgen(js_namespace = globalThis, js_name = tellPage)]
    fn tell_page(read: usize, pages: usize);
    /// The worker's function that is told the message of a panic, before the instance ends.
    #[wasm_bindgen(js_namespace = globalThis, js_name = tellPanic)]
    fn tell_panic(message: &str);
}

/// What a file holds: itself, or the members of an archive.
#[derive(Serialize)]
struct Inputs {
    paths: Vec<String>,
    /// Members that are not read, with why.
    passed_over: Vec<(String, String)>,
}

/// What became of an input.
#[derive(Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Read {
    Ok {
        /// Its place among the documents.
        document: usize,
        pages: u32,
        tables: usize,
        figures: usize,
        pdf: bool,
        /// Why it holds no text, where it holds none.
        blank: Option<String>,
        /// What was not read of it.
        lost: Vec<String>,
    },
    Failed {
        what: String,
        hint: Option<String>,
        /// Whether a password would open it.
        locked: bool,
    },
}

/// How much was found.
#[derive(Serialize)]
struct Found {
    errors: usize,
    warnings: usize,
    notes: usize,
}

/// A PDF that was read, as it is needed again for pictures and the annotated copy.
struct Kept {
    bytes: Vec<u8>,
    password: Option<String>,
}

/// Documents that are checked together.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    /// The name and content of the file that is open.
    open: (String, Vec<u8>),
    documents: Vec<Document>,
    /// By document, if it is a PDF.
    kept: HashMap<usize, Kept>,
    unread: Vec<(String, String)>,
    answer: Answer,
}

#[wasm_bindgen]
impl Session {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Session {
        std::panic::set_hook(Box::new(|info| tell_panic(&info.to_string())));
        Session::default()
    }

    /// Opens a file, and gives the inputs in it as JSON.
    pub fn open(&mut self, name: String, bytes: Vec<u8>) -> String {
        let inputs = match archive::members_of(&name, &bytes) {
            None => Inputs { paths: vec![name.clone()], passed_over: Vec::new() },
            Some(members) => {
                let (paths, others): (Vec<_>, Vec<_>) =
                    members.paths.into_iter().partition(|path| is_readable(path));
                let other = |path| (path, "files of its kind are not read".to_owned());
                let no = members.passed_over.into_iter().map(|(path, why)| (path, why.to_owned()));
                Inputs { paths, passed_over: no.chain(others.into_iter().map(other)).collect() }
            }
        };
        if inputs.paths.is_empty() {
            self.unread.push((name.clone(), "no file that can be read".to_owned()));
        }
        self.open = (name, bytes);
        as_json(&inputs)
    }

    /// Reads an input of the file that is open, and says as JSON what became of it.
    pub fn read(&mut self, path: &str, password: Option<String>) -> String {
        as_json(&self.take(path, password).unwrap_or_else(|(error, locked)| {
            let (what, hint) = error.what();
            self.unread.push((path.to_owned(), what.clone()));
            Read::Failed { what, hint, locked }
        }))
    }

    /// Leaves an input out that ended an earlier instance.
    pub fn leave_out(&mut self, path: String, why: String) {
        self.unread.push((path, why));
    }

    /// Checks all that was read, and says as JSON how much was found.
    pub fn check(&mut self) -> String {
        self.answer = reconcile::check(&self.documents);
        let count = |severity| self.answer.findings.iter().filter(|found| found.severity == severity).count();
        as_json(&Found {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        })
    }

    /// The report as a page of its own, with pictures of pages where they are wanted.
    pub fn report(&self, notes: bool, pictures: bool) -> Vec<u8> {
        let report = html::Report {
            documents: &self.documents,
            answer: &self.answer,
            unread: &self.unread,
            left_out: &[],
            notes,
            accepts: false,
        };
        let mut draw = |document: usize, pages: &[u32]| {
            let kept = self.kept.get(&document).filter(|_| pictures);
            let open = |kept: &Kept| Pictures::open("", kept.bytes.clone(), kept.password.as_deref()).ok();
            kept.and_then(open).map_or_else(Vec::new, |file| file.pages(pages))
        };
        written(|out| html::write(out, &report, &mut draw))
    }

    /// The JSON of `crossfoot check`.
    pub fn json(&self) -> Vec<u8> {
        let told = |(path, why): &(String, String)| Diagnostic {
            code: "unreadable".to_owned(),
            severity: Severity::Error,
            message: why.clone(),
            path: path.clone(),
            span: None,
        };
        let unread: Vec<Diagnostic> = self.unread.iter().map(told).collect();
        let answer = CheckAnswerOf {
            documents: &self.documents,
            answer: &self.answer,
            unread: &unread,
            left_out: None,
        };
        written(|out| json::write(out, &answer, false))
    }

    /// The figures of all documents as CSV.
    pub fn csv(&self) -> Vec<u8> {
        written(|out| {
            csv::head(out)?;
            self.documents.iter().try_for_each(|document| csv::write(out, document))
        })
    }

    /// The annotated copy of a document, which is a PDF.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    pub fn annotated(&self, document: usize, notes: bool) -> Result<Vec<u8>, String> {
        let kept = self.kept.get(&document).ok_or("only a PDF can be annotated")?;
        let marks = annotate::marks(&self.documents, &self.answer, document, notes);
        let copy = annotate::pdf(&kept.bytes, &marks).map_err(|(what, hint)| format!("{what}; {hint}"))?;
        Ok(copy.bytes)
    }
}

impl Session {
    /// Reads an input and keeps what came of it. Of an error it is said whether a password would help.
    fn take(&mut self, path: &str, password: Option<String>) -> Result<Read, (Error, bool)> {
        let (name, bytes) = &mut self.open;
        let bytes = if name == path {
            std::mem::take(bytes)
        } else {
            archive::member_of(name, bytes, path).map_err(|error| (error, false))?
        };
        let source = source::from_bytes(path, bytes).map_err(|error| (error, false))?;
        let kept = (source.kind == FileKind::Pdf)
            .then(|| Kept { bytes: source.bytes.clone(), password: password.clone() });
        let options = Options { password, progress: Some(tell), ..Options::default() };
        let document = match pipeline::from_source(source, Grammar::embedded(), &options) {
            Ok(document) => document,
            Err(error) => {
                let locked =
                    kept.is_some_and(|kept| pdf::asks_password(kept.bytes, kept.password.as_deref()));
                return Err((error, locked));
            }
        };
        let losses =
            || document.diagnostics.iter().filter(|told| told.is_loss()).map(|told| told.message.clone());
        let read = Read::Ok {
            document: self.documents.len(),
            pages: document.pages(),
            tables: document.tables.len(),
            figures: document.figures.len(),
            pdf: kept.is_some(),
            blank: document.why_blank(),
            lost: losses().collect(),
        };
        self.kept.extend(kept.map(|kept| (self.documents.len(), kept)));
        self.documents.push(document);
        Ok(read)
    }
}

fn tell(read: usize, pages: usize) {
    tell_page(read, pages);
}

fn is_readable(path: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_some_and(|ending| READABLE.contains(&ending.as_str()))
}

/// What is made here can be written as JSON.
fn as_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Collects what a writer writes. Writing into memory cannot fail.
fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = write(&mut out);
    out
}
