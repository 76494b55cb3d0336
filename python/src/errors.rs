//! What went wrong, as exceptions.

use crossfoot::Error;
use pyo3::exceptions::{PyImportError, PyOSError, PyRuntimeError};
use pyo3::prelude::*;
use std::io::ErrorKind;

/// The exception for an input that gives no document: an `OSError` of the fitting kind where the system refused, else a
/// `ReadError`. Both say what to do about it, where that is known.
pub fn unread(py: Python<'_>, error: &Error) -> PyErr {
    let (what, hint) = error.what();
    let Error::Read { path, cause } = error else {
        return read_error(py, error.path(), &what, hint.as_deref());
    };
    let said = hint.map_or_else(|| what.clone(), |hint| format!("{what}; {hint}"));
    match cause.raw_os_error().or_else(|| number(cause.kind())) {
        // Of a number, Python makes the kind of error that it stands for.
        Some(number) => PyOSError::new_err((number, said, path.clone())),
        None => PyOSError::new_err(format!("{path}: {said}")),
    }
}

/// The numbers that POSIX has for errors of which the system told none.
fn number(kind: ErrorKind) -> Option<i32> {
    match kind {
        ErrorKind::NotFound => Some(2),
        ErrorKind::PermissionDenied => Some(13),
        ErrorKind::NotADirectory => Some(20),
        ErrorKind::IsADirectory => Some(21),
        _ => None,
    }
}

/// A `crossfoot.ReadError`.
pub fn read_error(py: Python<'_>, path: &str, what: &str, hint: Option<&str>) -> PyErr {
    let class = py.import("crossfoot._errors").and_then(|module| module.getattr("ReadError"));
    match class.and_then(|class| class.call1((path, what, hint))) {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

/// The exception for what is a fault of the package.
pub fn failed(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(format!("{error}; this is a fault of crossfoot; please report it"))
}

/// The exception for a package that is needed and not installed.
pub fn missing(name: &str, extra: &str) -> PyErr {
    PyImportError::new_err(format!("{name} is not installed; pip install 'crossfoot[{extra}]'"))
}
