//! A document that was read.

use crate::errors::{failed, unread};
use crate::frame::Frame;
use crate::options::Options;
use crate::reading::apart;
use crossfoot::data_set::{self, DocumentRow, Table};
use crossfoot::{Crossfoot, Document as Read, Error, schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDate};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// What the bytes of a pickled document begin with. They are read by the same version only.
const MARK: &[u8] = concat!("crossfoot ", env!("CARGO_PKG_VERSION"), "\n").as_bytes();

/// A report with everything that was read from it.
#[pyclass(frozen, module = "crossfoot")]
#[derive(Clone)]
pub struct Document {
    pub row: Arc<DocumentRow>,
    pub read: Arc<Read>,
    figures: Arc<OnceLock<Frame>>,
    tables: Arc<OnceLock<Frame>>,
}

impl Document {
    /// A document with the row that says what became of it.
    pub fn of(row: DocumentRow, read: Read) -> Document {
        Document { row: Arc::new(row), read: Arc::new(read), figures: Arc::default(), tables: Arc::default() }
    }

    /// What was read, without a copy where nobody else has it.
    pub fn into_read(self) -> Read {
        Arc::try_unwrap(self.read).unwrap_or_else(|shared| Read::clone(&shared))
    }

    /// What it is called where no other input has the same hash.
    pub fn id(&self) -> &str {
        let hash = self.read.sha256();
        hash.get(..12).unwrap_or(hash)
    }

    /// The table of its figures, for what it is called.
    pub fn figures_as(&self, id: &str) -> PyResult<Frame> {
        Frame::of(Table::Observations, data_set::observations(&self.read, id))
    }

    /// The table of its tables, for what it is called.
    pub fn tables_as(&self, id: &str) -> PyResult<Frame> {
        Frame::of(Table::Tables, data_set::tables(&self.read, id))
    }
}

/// Reads one input.
pub fn look(
    py: Python<'_>,
    options: Options,
    look: impl FnOnce(&Crossfoot) -> (DocumentRow, Result<Read, Error>) + Send + 'static,
) -> PyResult<Document> {
    let reader = options.reader()?;
    match apart(py, move || look(&reader))? {
        (row, Ok(read)) => Ok(Document::of(row, read)),
        (_, Err(error)) => Err(unread(py, &error)),
    }
}

/// Reads a file, or the member of an archive.
#[pyfunction]
pub fn read(py: Python<'_>, path: PathBuf, options: Options) -> PyResult<Document> {
    look(py, options, move |reader| reader.look(&path))
}

/// Reads bytes that are in memory.
#[pyfunction]
pub fn read_bytes(py: Python<'_>, name: String, data: Vec<u8>, options: Options) -> PyResult<Document> {
    look(py, options, move |reader| reader.look_at_bytes(&name, data))
}

#[pymethods]
impl Document {
    /// The path or name that it was read by.
    #[getter]
    fn path(&self) -> &str {
        self.read.path()
    }

    /// The SHA-256 of its bytes, in hexadecimal.
    #[getter]
    fn sha256(&self) -> &str {
        self.read.sha256()
    }

    /// The number of its pages, or of its sheets.
    #[getter]
    fn pages(&self) -> u32 {
        self.read.pages()
    }

    /// What became of it: "ok", "partial" where something was lost or is doubtful, "failed" where nothing could be read.
    #[getter]
    fn status(&self) -> &'static str {
        self.row.status.name()
    }

    /// The body that it reports on.
    #[getter]
    fn organisation(&self) -> Option<&str> {
        self.read.organisation()
    }

    /// What tells this body from all others, however documents write its name.
    #[getter]
    fn body(&self) -> Option<&str> {
        self.row.content.as_ref()?.body.as_deref()
    }

    /// The period that it reports on.
    #[getter]
    fn period(&self) -> Option<Period> {
        self.read.period().map(Period)
    }

    /// Its figures in reading order, of cells and of sentences.
    #[getter]
    fn figures(&self, py: Python<'_>) -> PyResult<Frame> {
        kept(py, &self.figures, || self.figures_as(self.id()))
    }

    /// Its tables in reading order, or each page's piece of one.
    #[getter]
    fn tables(&self, py: Python<'_>) -> PyResult<Frame> {
        kept(py, &self.tables, || self.tables_as(self.id()))
    }

    /// What was lost, doubtful or passed over.
    #[getter]
    fn diagnostics(&self) -> Vec<Diagnostic> {
        self.read.diagnostics().map(Diagnostic).collect()
    }

    /// The JSON of `crossfoot extract`.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.read.to_json())
    }

    /// The CSV of `crossfoot extract`: a row for each figure.
    fn to_csv(&self, py: Python<'_>) -> String {
        py.detach(|| self.read.to_csv())
    }

    /// The Markdown of `crossfoot extract`: its tables and figures for reading.
    fn to_markdown(&self, py: Python<'_>) -> String {
        py.detach(|| self.read.to_markdown())
    }

    fn __repr__(&self) -> String {
        format!("<crossfoot.Document {:?}>", self.read.path())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let own = slf.get();
        let bytes = pickled(slf.py(), &(&*own.row, &*own.read))?;
        Ok((slf.get_type().getattr("_of_bytes")?, (bytes,)))
    }

    /// The document of its pickled bytes.
    #[staticmethod]
    fn _of_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Document> {
        let (row, read) = unpickled(py, data)?;
        Ok(Document::of(row, read))
    }
}

/// The bytes of what is read, for another process.
pub fn pickled<'py>(
    py: Python<'py>,
    content: &(impl serde::Serialize + Sync),
) -> PyResult<Bound<'py, PyBytes>> {
    let mut bytes = MARK.to_vec();
    py.detach(|| serde_json::to_writer(&mut bytes, content)).map_err(failed)?;
    Ok(PyBytes::new(py, &bytes))
}

/// What another process read.
pub fn unpickled<T: serde::de::DeserializeOwned + Send>(py: Python<'_>, data: &[u8]) -> PyResult<T> {
    let content = data.strip_prefix(MARK).ok_or_else(|| {
        PyValueError::new_err("pickled by another version of crossfoot; read the files anew")
    })?;
    let read = py.detach(|| serde_json::from_slice(content));
    read.map_err(|error| PyValueError::new_err(format!("not of crossfoot: {error}")))
}

/// What is made once, while Python goes on with other threads.
pub fn kept(
    py: Python<'_>,
    place: &OnceLock<Frame>,
    make: impl Fn() -> PyResult<Frame> + Send,
) -> PyResult<Frame> {
    if let Some(frame) = place.get() {
        return Ok(frame.clone());
    }
    let frame = py.detach(make)?;
    Ok(place.get_or_init(|| frame).clone())
}

/// A stretch of time: both days are part of it.
#[pyclass(frozen, module = "crossfoot")]
pub struct Period(schema::Period);

#[pymethods]
impl Period {
    /// The first day.
    #[getter]
    fn start<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        day(py, &self.0.start)
    }

    /// The last day.
    #[getter]
    fn end<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDate>> {
        day(py, &self.0.end)
    }

    /// Its length and nature: "year", "quarter", "month" …
    #[getter]
    fn kind(&self) -> PyResult<String> {
        word(&self.0.kind)
    }

    fn __repr__(&self) -> String {
        format!("<crossfoot.Period {} to {}>", self.0.start, self.0.end)
    }
}

fn day<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyDate>> {
    let day: jiff::civil::Date = text.parse().map_err(failed)?;
    PyDate::new(py, day.year().into(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// The name that a value of a closed list has in the JSON.
fn word(value: &impl serde::Serialize) -> PyResult<String> {
    serde_json::to_value(value).map_err(failed)?.as_str().map(str::to_owned).ok_or_else(|| failed("no word"))
}

/// Something that was lost, doubtful or passed over.
#[pyclass(frozen, module = "crossfoot")]
pub struct Diagnostic(schema::Diagnostic);

#[pymethods]
impl Diagnostic {
    /// A stable word, or the code of a check (CF8xx).
    #[getter]
    fn code(&self) -> &str {
        &self.0.code
    }

    /// "note": passed over on purpose; "warning": lost or doubtful; "error": the input could not be read.
    #[getter]
    fn severity(&self) -> PyResult<String> {
        word(&self.0.severity)
    }

    /// What it is, in a sentence.
    #[getter]
    fn message(&self) -> &str {
        &self.0.message
    }

    /// The page, from 1; None where it is about the whole document.
    #[getter]
    fn page(&self) -> Option<u32> {
        self.0.span.as_ref()?.page
    }

    /// The line, from 1; None where it is about the whole document.
    #[getter]
    fn line(&self) -> Option<u32> {
        self.0.span.as_ref()?.line
    }

    fn __repr__(&self) -> String {
        format!("<crossfoot.Diagnostic {}: {}>", self.0.code, self.0.message)
    }
}
