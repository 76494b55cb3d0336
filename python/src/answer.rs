//! What was found in documents.

use crate::document::kept;
use crate::documents::{Seen, raises, rows, see};
use crate::errors::failed;
use crate::frame::Frame;
use crate::options::Options;
use crate::reading::apart;
use crossfoot::data_set::{DocumentRow, Table};
use crossfoot::{Answer as Found, Crossfoot};
use pyo3::prelude::*;
use std::sync::OnceLock;

/// What documents say of their own figures and of each other's.
#[pyclass(frozen, module = "crossfoot")]
pub struct Answer {
    inputs: Vec<DocumentRow>,
    checked: usize,
    claims: Frame,
    findings: Frame,
    found: Found,
    documents: OnceLock<Frame>,
}

/// Reads the inputs, several at once, and checks them together.
#[pyfunction]
#[pyo3(signature = (inputs, options, jobs=None, on_error="raise"))]
pub fn check(
    py: Python<'_>,
    inputs: &Bound<'_, PyAny>,
    options: Options,
    jobs: Option<usize>,
    on_error: &str,
) -> PyResult<Answer> {
    let seen = see(py, inputs, options, jobs, raises(on_error)?, false)?;
    apart(py, move || of(seen))?
}

fn of(seen: Vec<Seen>) -> PyResult<Answer> {
    let (mut inputs, mut read, mut at) = (Vec::new(), Vec::new(), Vec::new());
    for Seen { row, document, .. } in seen {
        if let Some(document) = document {
            at.push(inputs.len());
            read.push(document.into_read());
        }
        inputs.push(row);
    }
    let ids: Vec<String> = at.iter().filter_map(|at| inputs.get(*at)).map(|row| row.id.clone()).collect();
    let mut found = Crossfoot::check(&read);
    let said = found.rows(&read, &ids);
    for ((at, said), copy_of) in at.iter().zip(&said).zip(found.copies()) {
        let Some(row) = inputs.get_mut(*at) else { continue };
        row.copy_of = copy_of.and_then(|original| ids.get(original).cloned());
        let [_, _, claims, errors, warnings, notes] = &mut row.counts;
        *claims = said.claims.len() as u64;
        [*errors, *warnings, *notes] = said.loud.map(|count| count as u64);
    }
    for (_, row) in inputs.iter().enumerate().filter(|(input, _)| at.binary_search(input).is_err()) {
        found.add_unread(&row.path, row.why.as_deref().unwrap_or_default());
    }
    let claims = Frame::of(Table::Claims, said.iter().flat_map(|said| said.claims.iter().cloned()))?;
    let findings = Frame::of(Table::Findings, said.into_iter().flat_map(|said| said.findings))?;
    Ok(Answer { inputs, checked: at.len(), claims, findings, found, documents: OnceLock::new() })
}

#[pymethods]
impl Answer {
    /// Every relation between figures that was found, with its verdict.
    #[getter]
    fn claims(&self) -> Frame {
        self.claims.clone()
    }

    /// What does not agree, notes included.
    #[getter]
    fn findings(&self) -> Frame {
        self.findings.clone()
    }

    /// A row for every input, whether or not it could be read.
    #[getter]
    fn documents(&self, py: Python<'_>) -> PyResult<Frame> {
        kept(py, &self.documents, || rows(&self.inputs, true))
    }

    /// How much was understood: what was checked, and why the rest was not.
    #[getter]
    fn coverage<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let json = serde_json::to_string(self.found.coverage()).map_err(failed)?;
        py.import("json")?.call_method1("loads", (json,))
    }

    /// The JSON of `crossfoot check`.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.found.to_json())
    }

    fn __repr__(&self) -> String {
        format!(
            "<crossfoot.Answer: {} documents, {} claims, {} findings>",
            self.checked,
            self.claims.rows(),
            self.findings.rows()
        )
    }
}
