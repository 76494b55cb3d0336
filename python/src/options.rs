//! How inputs are read, and which they are.

use crate::document::Document;
use crate::documents::Documents;
use crossfoot::Crossfoot;
use crossfoot::data_set::{DocumentRow, Status};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use std::path::PathBuf;
use std::time::Duration;

/// The keywords of the functions that read.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub struct Options {
    password: Option<String>,
    max_pages: Option<u32>,
    max_bytes: Option<u64>,
    timeout: Option<f64>,
    delimiter: Option<String>,
    about: Option<String>,
}

impl Options {
    /// A reader with these options.
    pub fn reader(self) -> PyResult<Crossfoot> {
        let mut reader = Crossfoot::new();
        if let Some(password) = self.password {
            reader = reader.password(password);
        }
        if let Some(pages) = self.max_pages {
            reader = match pages {
                0 => return Err(PyValueError::new_err("max_pages: at least 1")),
                _ => reader.max_pages(pages),
            };
        }
        if let Some(bytes) = self.max_bytes {
            reader = reader.max_bytes(bytes);
        }
        if let Some(seconds) = self.timeout {
            let time = Duration::try_from_secs_f64(seconds);
            reader =
                reader.time_limit(time.map_err(|error| PyValueError::new_err(format!("timeout: {error}")))?);
        }
        if let Some(mark) = self.delimiter {
            match mark.as_bytes() {
                [mark] if mark.is_ascii() => reader = reader.delimiter(*mark),
                _ => return Err(PyValueError::new_err("delimiter: one character of ASCII")),
            }
        }
        match self.about {
            Some(about) => reader.about(&about).map_err(|error| {
                let (what, hint) = error.what();
                PyValueError::new_err(format!("about: {what}; {}", hint.unwrap_or_default()))
            }),
            None => Ok(reader),
        }
    }
}

/// An input of a run.
pub enum Input {
    /// A file, or the member of an archive.
    Path(PathBuf),
    /// A name, and what it names.
    Bytes(String, Vec<u8>),
    /// What is read already.
    Read(Document),
    /// What could not be read, as is known already.
    Unread(Box<DocumentRow>),
}

/// The inputs: one, or several of them.
pub fn inputs(given: &Bound<'_, PyAny>) -> PyResult<Vec<Input>> {
    if let Some(own) = input(given)? {
        return Ok(own);
    }
    let mut all = Vec::new();
    for each in given.try_iter()? {
        let each = each?;
        all.extend(input(&each)?.ok_or_else(|| {
            let kind = each.get_type().name().map(|name| name.to_string()).unwrap_or_default();
            PyTypeError::new_err(format!("a path, a pair of name and bytes, or a Document; not {kind}"))
        })?);
    }
    Ok(all)
}

fn input(given: &Bound<'_, PyAny>) -> PyResult<Option<Vec<Input>>> {
    if let Ok(documents) = given.cast::<Documents>() {
        return Ok(Some(documents.get().inputs()));
    }
    if let Ok(document) = given.cast::<Document>() {
        return Ok(Some(vec![Input::Read(document.get().clone())]));
    }
    if let Ok((name, bytes)) = given.extract::<(PathBuf, Option<Vec<u8>>)>() {
        let name = name.to_string_lossy().into_owned();
        return Ok(Some(vec![match bytes {
            Some(bytes) => Input::Bytes(name, bytes),
            None => Input::Unread(Box::new(unfetched(name))),
        }]));
    }
    if given.hasattr("__fspath__")? || given.is_instance_of::<pyo3::types::PyString>() {
        return Ok(Some(vec![Input::Path(given.extract()?)]));
    }
    Ok(None)
}

/// The row of an input whose bytes are not there.
fn unfetched(name: String) -> DocumentRow {
    let hint = "check that it is there and that you may read it".to_owned();
    DocumentRow::unread(name, Status::Failed, "it could not be fetched".to_owned(), Some(hint))
}
