//! The part of the Python package that is Rust. `crossfoot/__init__.py` has what is public.

mod answer;
mod columns;
mod document;
mod documents;
mod errors;
mod frame;
mod options;
mod reading;

use crossfoot::cli::{self, Allocator};
use pyo3::prelude::*;
use std::ffi::OsString;

#[global_allocator]
static ALLOCATOR: Allocator = cli::allocator();

/// Runs the command line, and gives the exit status. `again` is the command by which it is started once more, for the
/// processes that inputs are read in.
#[pyfunction]
fn main(py: Python<'_>, args: Vec<OsString>, again: Vec<OsString>) -> u8 {
    py.detach(|| cli::run_on(args, again, &ALLOCATOR))
}

/// What `crossfoot/__init__.py` is made of.
#[pymodule]
fn _crossfoot(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<frame::Frame>()?;
    module.add_class::<document::Document>()?;
    module.add_class::<document::Period>()?;
    module.add_class::<document::Diagnostic>()?;
    module.add_class::<documents::Documents>()?;
    module.add_class::<answer::Answer>()?;
    module.add_function(wrap_pyfunction!(document::read, module)?)?;
    module.add_function(wrap_pyfunction!(document::read_bytes, module)?)?;
    module.add_function(wrap_pyfunction!(documents::read_all, module)?)?;
    module.add_function(wrap_pyfunction!(answer::check, module)?)?;
    module.add_function(wrap_pyfunction!(main, module)?)
}
