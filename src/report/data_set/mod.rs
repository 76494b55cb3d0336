//! The data set of many documents: tables whose columns are typed and described once, for every form that they are
//! written in (CSV, JSON Lines, Parquet, Arrow) and for the dictionary of the data.

mod claims;
mod documents;
mod observations;
pub mod package;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod summary;
mod tables;
pub mod text;

pub use claims::{Said, said};
pub use documents::{DocumentRow, Status};
pub use observations::observations;
pub use tables::tables;

use crate::report::schema::Span;
use serde::{Deserialize, Serialize};

/// A table of the data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row for every input that was seen, whether or not it could be read.
    Documents,
    /// One row for each published figure.
    Observations,
    /// One row for each table, or each page's piece of one.
    Tables,
    /// One row for each relation between figures, with its verdict.
    Claims,
    /// One row for each thing that does not agree.
    Findings,
}

impl Table {
    /// Every table, in the order in which they are described.
    pub const ALL: [Table; 5] =
        [Table::Documents, Table::Observations, Table::Tables, Table::Claims, Table::Findings];

    /// The name of its files, without an ending.
    pub fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Observations => "observations",
            Table::Tables => "tables",
            Table::Claims => "claims",
            Table::Findings => "findings",
        }
    }

    /// What a row is.
    pub fn about(self) -> &'static str {
        match self {
            Table::Documents => "One row for every path that was seen, whether or not it could be read.",
            Table::Observations => {
                "One row for each published figure: what it measures, its value, and where it stands."
            }
            Table::Tables => {
                "One row for each table, or for each page's piece of one. Its numbers are rows of observations."
            }
            Table::Claims => "One row for each relation between figures that was found, with its verdict.",
            Table::Findings => "One row for each thing that does not agree, notes included.",
        }
    }

    /// Its columns, in the order of the values of a row.
    pub fn columns(self) -> Vec<Column> {
        match self {
            Table::Documents => documents::fields().columns(),
            Table::Observations => observations::fields().columns(),
            Table::Tables => tables::fields().columns(),
            Table::Claims => claims::claim_fields().columns(),
            Table::Findings => claims::finding_fields().columns(),
        }
    }
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// One of a closed list of words, or a text that many rows share. It is stored by its number in Parquet and Arrow.
    Word,
    /// An exact decimal. In Parquet and Arrow it is the nearest double.
    Number,
    /// A whole number.
    Whole,
    /// True or false.
    Truth,
    /// A day, `YYYY-MM-DD`.
    Date,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, in small letters and underscores.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// What it holds, in a sentence.
    pub about: &'static str,
}

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// There is none.
    Null,
    /// Text, a word, a number or a day, by the kind of its column.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// True or false.
    Truth(bool),
}

/// A row: a value for each column.
pub type Row = Vec<Value>;

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Truth(truth)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Value {
        Value::Whole(number.into())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Value {
        Value::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Value {
        Value::from(number as u64)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, T::into)
    }
}

/// A number of the page: a hundredth of a point is its finest step.
fn coordinate(number: f64) -> Value {
    Value::Text(number.to_string())
}

/// The name that a value of a closed list has in the JSON.
fn word(value: &impl Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Value::Text(word),
        _ => Value::Null,
    }
}

/// A column with what gives its value.
struct Field<T> {
    column: Column,
    get: Box<dyn Fn(&T) -> Value + Send + Sync>,
}

/// The columns of a table with what gives their values. What a column is called, what it holds and how it is filled
/// stands in one place.
struct Fields<T>(Vec<Field<T>>);

impl<T: 'static> Fields<T> {
    /// A table whose first columns are these.
    fn new() -> Fields<T> {
        Fields(Vec::new())
    }

    /// The same table with one more column.
    fn with<V: Into<Value>>(
        mut self,
        name: &'static str,
        kind: Kind,
        about: &'static str,
        get: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Fields<T> {
        // CSV cannot tell a text without characters from none, so that no form has one.
        let get = Box::new(move |row: &T| match get(row).into() {
            Value::Text(text) if text.is_empty() => Value::Null,
            value => value,
        });
        self.0.push(Field { column: Column { name, kind, about }, get });
        self
    }

    fn columns(&self) -> Vec<Column> {
        self.0.iter().map(|field| field.column).collect()
    }

    fn row(&self, of: &T) -> Row {
        self.0.iter().map(|field| (field.get)(of)).collect()
    }

    /// The same table with the columns that say where something stands.
    fn placed(self, span: fn(&T) -> Option<&Span>) -> Fields<T> {
        use Kind::{Number, Text, Whole, Word};
        let corner = move |row: &T, at: usize| {
            let corners = span(row).and_then(|span| span.bbox);
            corners.and_then(|corners| corners.get(at).copied()).map_or(Value::Null, coordinate)
        };
        self.with("path", Word, "The path of the document, as given.", move |row| {
            span(row).and_then(|span| span.path.clone())
        })
        .with("page", Whole, "The page, from 1. The pages of a workbook are its sheets.", move |row| {
            span(row).and_then(|span| span.page)
        })
        .with("sheet", Word, "The name of the sheet of a workbook.", move |row| {
            span(row).and_then(|span| span.sheet.clone())
        })
        .with("cell", Text, "The address of the cell of a workbook or CSV file: C7.", move |row| {
            span(row).and_then(|span| span.cell.clone())
        })
        .with(
            "locator",
            Text,
            "The place in a web page or Word document: table[2]/r3c1, p[14]; all counted from 1.",
            move |row| span(row).and_then(|span| span.locator.clone()),
        )
        .with("line", Whole, "The first line, from 1, counted over the whole document.", move |row| {
            span(row).and_then(|span| span.line)
        })
        .with("line_end", Whole, "The last line.", move |row| {
            span(row).and_then(|span| span.line_end.or(span.line))
        })
        .with("char_start", Whole, "The first character on the first line, from 0.", move |row| {
            span(row).and_then(|span| span.chars).map(|[start, _]| start)
        })
        .with("char_end", Whole, "The character on the last line that comes after it.", move |row| {
            span(row).and_then(|span| span.chars).map(|[_, end]| end)
        })
        .with("x0", Number, "The left edge on a page of a PDF, in points from the left.", move |row| {
            corner(row, 0)
        })
        .with("y0", Number, "The upper edge on a page of a PDF, in points from the top.", move |row| {
            corner(row, 1)
        })
        .with("x1", Number, "The right edge.", move |row| corner(row, 2))
        .with("y1", Number, "The lower edge.", move |row| corner(row, 3))
        .with("text", Text, "What is printed there.", move |row| span(row).and_then(|span| span.text.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;
    use std::path::Path;

    /// The dictionary of the data.
    fn dictionary() -> String {
        let mut out = "# The columns of a data set\n\nWhat `crossfoot batch` writes, as `datapackage.json` describes it too. The tables of one run \
are joined by `document`.\n"
            .to_owned();
        for table in Table::ALL {
            write!(
                out,
                "\n## {}\n\n{}\n\n| column | type | what it holds |\n| --- | --- | --- |\n",
                table.name(),
                table.about()
            )
            .unwrap();
            for column in table.columns() {
                let kind = match column.kind {
                    Kind::Text | Kind::Word => "text",
                    Kind::Number => "number",
                    Kind::Whole => "whole number",
                    Kind::Truth => "true or false",
                    Kind::Date => "date",
                };
                writeln!(out, "| `{}` | {kind} | {} |", column.name, column.about.replace('|', "\\|"))
                    .unwrap();
            }
        }
        out
    }

    #[test]
    fn the_dictionary_of_the_docs_is_that_of_the_columns() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/data-set.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(&path, dictionary()).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(written == dictionary(), "docs/data-set.md is stale: run the tests with UPDATE_DOCS=1");
    }

    #[test]
    fn columns_have_names_of_their_own_and_say_what_they_hold() {
        for table in Table::ALL {
            let columns = table.columns();
            let names: std::collections::BTreeSet<&str> = columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns.len(), "{}", table.name());
            assert_eq!(columns.first().map(|column| column.name), Some("id"));
            for column in columns {
                assert!(
                    column.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
                );
                assert!(column.about.ends_with('.') && column.about.len() > 9, "{}", column.name);
            }
        }
    }
}
