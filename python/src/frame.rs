//! A table of a data set in memory, which others take over by the Arrow PyCapsule interface.

use crate::columns::{Columns, schema};
use crate::errors::{failed, missing};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::ffi::FFI_ArrowSchema;
use crossfoot::data_set::{Row, Table};
use pyo3::exceptions::PyImportError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

/// A table: figures, tables, claims, findings or documents, a typed column for each of its properties.
///
/// It is handed over by the Arrow PyCapsule interface without a copy: `pyarrow.table(frame)`, `polars.DataFrame(frame)`,
/// `pandas.DataFrame.from_arrow(frame)`, and duckdb takes it by its name in a query.
#[pyclass(frozen, module = "crossfoot")]
#[derive(Clone)]
pub struct Frame {
    table: Table,
    batch: RecordBatch,
}

impl Frame {
    /// The table of these rows.
    pub fn of(table: Table, rows: impl IntoIterator<Item = Row>) -> PyResult<Frame> {
        let mut columns = Columns::new(&table.columns());
        rows.into_iter().for_each(|row| columns.row(&row));
        Ok(Frame { table, batch: columns.finish().map_err(failed)? })
    }

    /// The rows of several tables of one kind.
    pub fn together<'a>(table: Table, frames: impl IntoIterator<Item = &'a Frame>) -> PyResult<Frame> {
        let mut columns = Columns::new(&table.columns());
        frames.into_iter().try_for_each(|frame| columns.append(&frame.batch)).map_err(failed)?;
        Ok(Frame { table, batch: columns.finish().map_err(failed)? })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.batch.num_rows()
    }
}

#[pymethods]
impl Frame {
    /// What the rows are: "observations", "tables", "claims", "findings" or "documents".
    #[getter]
    fn name(&self) -> &'static str {
        self.table.name()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&'static str> {
        self.table.columns().iter().map(|column| column.name).collect()
    }

    /// What each column holds, by its name. The same text is in the metadata of the Arrow field, as "description".
    #[getter]
    fn descriptions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let descriptions = PyDict::new(py);
        for column in self.table.columns() {
            descriptions.set_item(column.name, column.about)?;
        }
        Ok(descriptions)
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    fn __repr__(&self) -> String {
        format!(
            "<crossfoot.Frame {}: {} rows, {} columns>",
            self.table.name(),
            self.rows(),
            self.batch.num_columns()
        )
    }

    /// The schema, by the Arrow PyCapsule interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let own = FFI_ArrowSchema::try_from(schema(&self.table.columns()).as_ref()).map_err(failed)?;
        PyCapsule::new_with_value(py, own, c"arrow_schema")
    }

    /// The rows, by the Arrow PyCapsule interface. The columns are as they are, whatever schema is asked for, as the
    /// interface allows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
    }

    /// The table as a pandas DataFrame. pandas and pyarrow must be installed.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        imported(py, "pandas", "pandas")?;
        let keywords = PyDict::new(py);
        keywords.set_item("date_as_object", false)?;
        Frame::arrow(slf, "pandas")?.call_method("to_pandas", (), Some(&keywords))
    }

    /// The table as a polars DataFrame. polars must be installed.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        imported(slf.py(), "polars", "polars")?.call_method1("DataFrame", (slf,))
    }

    /// The table as a pyarrow Table. pyarrow must be installed.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Frame::arrow(slf, "pandas")
    }
}

impl Frame {
    fn arrow<'py>(slf: &Bound<'py, Self>, extra: &str) -> PyResult<Bound<'py, PyAny>> {
        imported(slf.py(), "pyarrow", extra)?.call_method1("table", (slf,))
    }
}

/// A module that is only needed here. `extra` is what of the package brings it.
fn imported<'py>(py: Python<'py>, name: &str, extra: &str) -> PyResult<Bound<'py, PyModule>> {
    py.import(name)
        .map_err(|error| if error.is_instance_of::<PyImportError>(py) { missing(name, extra) } else { error })
}
