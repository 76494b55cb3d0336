//! The tables as CSV and as JSON Lines.

use super::{Column, Kind, Row, Value};
use crate::report::csv::{inert, unwrapped};
use std::io::{self, Write};

/// Writes a table as CSV. A value that there is none of is empty. A text that a spreadsheet would run as a formula has an
/// apostrophe before it.
pub struct Csv<W: Write> {
    out: csv::Writer<W>,
    columns: Vec<Column>,
}

impl<W: Write> Csv<W> {
    /// Begins a table with the row of column names.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn new(out: W, columns: Vec<Column>) -> io::Result<Csv<W>> {
        let mut csv = Csv::rows(out, columns);
        let Csv { out, columns } = &mut csv;
        out.write_record(columns.iter().map(|column| column.name)).map_err(unwrapped)?;
        Ok(csv)
    }

    /// Goes on with a table.
    pub fn rows(out: W, columns: Vec<Column>) -> Csv<W> {
        Csv { out: csv::Writer::from_writer(out), columns }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        for (value, column) in row.iter().zip(&self.columns) {
            match value {
                Value::Null => self.out.write_field(""),
                Value::Text(text) if matches!(column.kind, Kind::Number | Kind::Date) => {
                    self.out.write_field(text)
                }
                Value::Text(text) => self.out.write_field(inert(text).as_bytes()),
                Value::Whole(number) => self.out.write_field(number.to_string()),
                Value::Truth(truth) => self.out.write_field(if *truth { "true" } else { "false" }),
            }
            .map_err(unwrapped)?;
        }
        self.out.write_record(None::<&[u8]>).map_err(unwrapped)
    }

    /// Writes what is kept.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(|error| error.into_error())
    }
}

/// Writes a row as one line of JSON. Every column is there in every line.
///
/// # Errors
/// Whatever the writer says.
pub fn jsonl(out: &mut impl Write, columns: &[Column], row: &Row) -> io::Result<()> {
    for (at, (value, column)) in row.iter().zip(columns).enumerate() {
        out.write_all(if at == 0 { b"{" } else { b"," })?;
        write!(out, "\"{}\":", column.name)?;
        match value {
            Value::Null => out.write_all(b"null")?,
            // A number of a form that JSON does not have (".5") is left to be a text.
            Value::Text(number)
                if column.kind == Kind::Number && number.parse::<serde_json::Number>().is_ok() =>
            {
                out.write_all(number.as_bytes())?;
            }
            Value::Text(text) => serde_json::to_writer(&mut *out, text)?,
            Value::Whole(number) => write!(out, "{number}")?,
            Value::Truth(truth) => write!(out, "{truth}")?,
        }
    }
    out.write_all(b"}\n")
}
