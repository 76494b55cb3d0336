//! Several documents that were read together, with the row of every input.

use crate::document::{Document, kept, pickled, unpickled};
use crate::errors::{read_error, unread};
use crate::frame::Frame;
use crate::options::{Input, Options, inputs};
use crate::reading::{each, jobs};
use crossfoot::data_set::{DocumentRow, Row, Status, Table, Value};
use crossfoot::{Crossfoot, Document as Read, Error};
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// What became of an input.
#[derive(Clone)]
pub struct Seen {
    /// Its row, with its id.
    pub row: DocumentRow,
    /// Where it could be read.
    pub document: Option<Document>,
    figures: Option<Frame>,
    tables: Option<Frame>,
}

/// Reports that were read together. It is a sequence of those that could be read.
#[pyclass(frozen, sequence, module = "crossfoot")]
pub struct Documents {
    seen: Vec<Seen>,
    read: Vec<Document>,
    figures: OnceLock<Frame>,
    tables: OnceLock<Frame>,
    documents: OnceLock<Frame>,
}

/// Whether an input that cannot be read ends the run.
pub fn raises(on_error: &str) -> PyResult<bool> {
    match on_error {
        "raise" => Ok(true),
        "record" => Ok(false),
        other => Err(PyValueError::new_err(format!("on_error: \"raise\" or \"record\", not {other:?}"))),
    }
}

/// Reads the inputs on several threads. `full` makes the rows of their figures and tables there too.
pub fn see(
    py: Python<'_>,
    given: &Bound<'_, PyAny>,
    options: Options,
    asked: Option<usize>,
    raise: bool,
    full: bool,
) -> PyResult<Vec<Seen>> {
    let (reader, inputs) = (Arc::new(options.reader()?), inputs(given)?);
    let names: Vec<String> = inputs.iter().map(name).collect();
    let work = move |input| {
        let (row, read) = look(&reader, input);
        let rows = read
            .as_ref()
            .ok()
            .filter(|_| full)
            .map(|document| (document.figures_as(document.id()), document.tables_as(document.id())));
        (row, read, rows)
    };
    let mut all = Vec::new();
    for (name, result) in names.into_iter().zip(each(py, inputs, jobs(asked), work)?) {
        let (row, document, rows) = match result {
            Ok((row, Ok(document), rows)) => (row, Some(document), rows),
            Ok((_, Err(Some(error)), _)) if raise => return Err(unread(py, &error)),
            Ok((row, Err(_), _)) => (row, None, None),
            Err(panic) => {
                let what = format!("internal error: {panic}");
                if raise {
                    return Err(read_error(py, &name, &what, Some(FAULT)));
                }
                (DocumentRow::unread(name, Status::Failed, what, Some(FAULT.to_owned())), None, None)
            }
        };
        let (figures, tables) =
            rows.map(|(figures, tables)| PyResult::Ok((figures?, tables?))).transpose()?.unzip();
        all.push(Seen { row, document, figures, tables });
    }
    name_each(&mut all);
    Ok(all)
}

const FAULT: &str = "this is a fault of crossfoot, not of the file; please report it";

fn name(input: &Input) -> String {
    match input {
        Input::Path(path) => path.to_string_lossy().into_owned(),
        Input::Bytes(name, _) => name.clone(),
        Input::Read(document) => document.read.path().to_owned(),
        Input::Unread(row) => row.path.clone(),
    }
}

/// Reads an input, and counts its figures and tables. There is no error for what could not be read before.
fn look(reader: &Crossfoot, input: Input) -> (DocumentRow, Result<Document, Option<Error>>) {
    let (mut row, read) = match input {
        Input::Read(document) => ((*document.row).clone(), Ok(document)),
        Input::Unread(row) => (*row, Err(None)),
        Input::Path(path) => looked(reader.look(path)),
        Input::Bytes(name, bytes) => looked(reader.look_at_bytes(&name, bytes)),
    };
    if let Ok(document) = &read {
        let [figures, tables, ..] = &mut row.counts;
        *figures = document.read.figures.len() as u64;
        let printed =
            if document.read.pieces.is_empty() { &document.read.tables } else { &document.read.pieces };
        *tables = printed.len() as u64;
    }
    (row, read)
}

fn looked((row, read): (DocumentRow, Result<Read, Error>)) -> (DocumentRow, Result<Document, Option<Error>>) {
    (row.clone(), read.map(|read| Document::of(row, read)).map_err(Some))
}

/// Gives every input the id that it has in a batch: twelve digits of its hash, or of that of its path behind an `x` where its
/// bytes could not be read; and a number where several have these.
fn name_each(all: &mut [Seen]) {
    let mut taken: HashMap<String, usize> = HashMap::new();
    for seen in all {
        let hash = seen.row.sha256.as_ref().and_then(|hash| hash.get(..12)).map(str::to_owned);
        let own = hash.unwrap_or_else(|| format!("x{}", of_path(&seen.row.path)));
        let count = taken.entry(own.clone()).or_default();
        *count += 1;
        seen.row.id = if *count == 1 { own } else { format!("{own}.{count}") };
    }
}

/// Twelve digits that tell a path from all others, as a batch makes them.
fn of_path(path: &str) -> String {
    let mut hash = Sha256::new();
    for part in [path.as_bytes(), &[]] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// The table of the inputs. Where nothing was checked, there is nothing to say of that.
pub fn rows<'a>(all: impl IntoIterator<Item = &'a DocumentRow>, checked: bool) -> PyResult<Frame> {
    const OF_CHECKS: [&str; 5] = ["copy_of", "claims", "errors", "warnings", "notes"];
    let columns = Table::Documents.columns();
    let told: Vec<bool> = columns.iter().map(|column| checked || !OF_CHECKS.contains(&column.name)).collect();
    let row = |row: &DocumentRow| -> Row {
        let values = row.row().into_iter().zip(&told);
        values.map(|(value, told)| if *told { value } else { Value::Null }).collect()
    };
    Frame::of(Table::Documents, all.into_iter().map(row))
}

/// Reads several inputs at once.
#[pyfunction]
#[pyo3(signature = (inputs, options, jobs=None, on_error="raise"))]
pub fn read_all(
    py: Python<'_>,
    inputs: &Bound<'_, PyAny>,
    options: Options,
    jobs: Option<usize>,
    on_error: &str,
) -> PyResult<Documents> {
    Ok(Documents::of(see(py, inputs, options, jobs, raises(on_error)?, true)?))
}

impl Documents {
    fn of(seen: Vec<Seen>) -> Documents {
        let read = seen.iter().filter_map(|seen| seen.document.clone()).collect();
        let (figures, tables, documents) = Default::default();
        Documents { seen, read, figures, tables, documents }
    }

    /// The same as the inputs of another call, those that could not be read included.
    pub fn inputs(&self) -> Vec<Input> {
        let again = |seen: &Seen| match &seen.document {
            Some(document) => Input::Read(document.clone()),
            None => Input::Unread(Box::new(seen.row.clone())),
        };
        self.seen.iter().map(again).collect()
    }
}

/// The rows of all inputs, made anew only for those whose id has a number.
fn together(
    all: &[Seen],
    table: Table,
    made: fn(&Seen) -> Option<&Frame>,
    make: fn(&Document, &str) -> PyResult<Frame>,
) -> PyResult<Frame> {
    let frames: Vec<Frame> = all
        .iter()
        .filter_map(|seen| Some((seen, seen.document.as_ref()?)))
        .map(|(seen, document)| match made(seen).filter(|_| seen.row.id == document.id()) {
            Some(frame) => Ok(frame.clone()),
            None => make(document, &seen.row.id),
        })
        .collect::<PyResult<_>>()?;
    match &frames[..] {
        [one] => Ok(one.clone()),
        several => Frame::together(table, several),
    }
}

#[pymethods]
impl Documents {
    /// The figures of all documents.
    #[getter]
    fn figures(&self, py: Python<'_>) -> PyResult<Frame> {
        kept(py, &self.figures, || {
            together(&self.seen, Table::Observations, |seen| seen.figures.as_ref(), Document::figures_as)
        })
    }

    /// The tables of all documents.
    #[getter]
    fn tables(&self, py: Python<'_>) -> PyResult<Frame> {
        kept(py, &self.tables, || {
            together(&self.seen, Table::Tables, |seen| seen.tables.as_ref(), Document::tables_as)
        })
    }

    /// A row for every input, whether or not it could be read.
    #[getter]
    fn documents(&self, py: Python<'_>) -> PyResult<Frame> {
        kept(py, &self.documents, || rows(self.seen.iter().map(|seen| &seen.row), false))
    }

    /// The same, one input each.
    fn _each(&self) -> Vec<Documents> {
        self.seen.iter().map(|seen| Documents::of(vec![seen.clone()])).collect()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let content =
            slf.get().seen.iter().map(|seen| (&seen.row, seen.document.as_ref().map(|read| &*read.read)));
        let bytes = pickled(slf.py(), &content.collect::<Vec<_>>())?;
        Ok((slf.get_type().getattr("_of_bytes")?, (bytes,)))
    }

    /// The documents of their pickled bytes.
    #[staticmethod]
    fn _of_bytes(py: Python<'_>, data: &[u8]) -> PyResult<Documents> {
        let content: Vec<(DocumentRow, Option<Read>)> = unpickled(py, data)?;
        let seen = content.into_iter().map(|(row, read)| {
            let document = read.map(|read| Document::of(row.clone(), read));
            Seen { row, document, figures: None, tables: None }
        });
        Ok(Documents::of(seen.collect()))
    }

    fn __len__(&self) -> usize {
        self.read.len()
    }

    fn __getitem__(&self, at: isize) -> PyResult<Document> {
        let place = if at < 0 { self.read.len().checked_add_signed(at) } else { usize::try_from(at).ok() };
        let found = place.and_then(|place| self.read.get(place));
        found.cloned().ok_or_else(|| PyIndexError::new_err("no such document"))
    }

    fn __repr__(&self) -> String {
        format!("<crossfoot.Documents: {} of {} inputs read>", self.read.len(), self.seen.len())
    }
}
