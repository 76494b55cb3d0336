//! What was found in documents.

use crate::document::kept;
use crate::documents::{Seen, raises, rows, see};
use crate::errors::failed;
use crate::frame::Frame;
use crate::options::Options;
use crate::reading::apart;
use crossfoot::data_set::{Said, Table};
use crossfoot::{Answer as Found, Crossfoot, Document as Read};
use pyo3::prelude::*;
use std::sync::{Arc, OnceLock};

/// What documents say of each other's figures and of their own.
#[pyclass(frozen, module = "crossfoot")]
pub struct Answer {
    seen: Vec<Seen>,
    claims: Frame,
    findings: Frame,
    found: Arc<Found>,
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
    let mut seen = see(py, inputs, options, jobs, raises(on_error)?, false)?;
    let read: Vec<(Arc<Read>, String)> = seen
        .iter()
        .filter_map(|seen| Some((seen.document.as_ref()?.read.clone(), seen.row.id.clone())))
        .collect();
    let (found, said) = apart(py, move || {
        // The stages take documents that lie side by side.
        let documents: Vec<Read> = read.iter().map(|(document, _)| Read::clone(document)).collect();
        let ids: Vec<String> = read.iter().map(|(_, id)| id.clone()).collect();
        let found = Crossfoot::check(&documents);
        let said = found.rows(&documents, &ids);
        (found, said)
    })?;
    count(&mut seen, &found, &said);
    py.detach(|| {
        let mut found = found;
        for seen in seen.iter().filter(|seen| seen.document.is_none()) {
            found.add_unread(&seen.row.path, seen.row.why.as_deref().unwrap_or_default());
        }
        let claims = Frame::of(Table::Claims, said.iter().flat_map(|said| said.claims.iter().cloned()))?;
        let findings = Frame::of(Table::Findings, said.into_iter().flat_map(|said| said.findings))?;
        Ok(Answer { seen, claims, findings, found: Arc::new(found), documents: OnceLock::new() })
    })
}

/// Writes into the row of each document how much was found in it.
fn count(seen: &mut [Seen], found: &Found, said: &[Said]) {
    let ids: Vec<String> =
        seen.iter().filter(|seen| seen.document.is_some()).map(|seen| seen.row.id.clone()).collect();
    let read = seen.iter_mut().filter(|seen| seen.document.is_some());
    for (at, (seen, said)) in read.zip(said).enumerate() {
        let original = found.copies().get(at).copied().flatten();
        seen.row.copy_of = original.and_then(|original| ids.get(original).cloned());
        let [_, _, claims, errors, warnings, notes] = &mut seen.row.counts;
        *claims = said.claims.len() as u64;
        [*errors, *warnings, *notes] = said.loud.map(|count| count as u64);
    }
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
        kept(py, &self.documents, || rows(&self.seen, true))
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
            self.seen.iter().filter(|seen| seen.document.is_some()).count(),
            self.claims.rows(),
            self.findings.rows()
        )
    }
}
