//! `datapackage.json`: what the tables and their columns are, in the form of the Frictionless Data Package.

use super::{Column, Kind, Table};
use serde_json::{Value, json};

/// A file of the data set.
#[derive(Clone, Debug)]
pub struct File {
    /// The table that it holds.
    pub table: Table,
    /// Its ending: `csv`, `jsonl`, `parquet`.
    pub ending: &'static str,
    /// How many bytes it has.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// How many rows it has.
    pub rows: u64,
}

/// The description of a data set. Of the files of a table the first is the one that is described in full, and the others
/// are named with it.
pub fn describe(files: &[File]) -> Value {
    let resources = Table::ALL.into_iter().filter_map(|table| {
        let own: Vec<&File> = files.iter().filter(|file| file.table == table).collect();
        let (first, others) = own.split_first()?;
        let mut resource = json!({
            "name": table.name(),
            "path": path(first),
            "description": table.about(),
            "format": first.ending,
            "mediatype": media_type(first.ending),
            "encoding": "utf-8",
            "bytes": first.bytes,
            "hash": format!("sha256:{}", first.sha256),
            "rows": first.rows,
            "schema": schema(table),
        });
        if let (false, Some(resource)) = (others.is_empty(), resource.as_object_mut()) {
            let also = others.iter().map(|file| {
                json!({"path": path(file), "bytes": file.bytes, "hash": format!("sha256:{}", file.sha256)})
            });
            resource.insert("sameAs".to_owned(), also.collect());
        }
        Some(resource)
    });
    json!({
        "profile": "data-package",
        "name": "crossfoot",
        "title": "Figures of published reports, and what does not add up in them",
        "version": env!("CARGO_PKG_VERSION"),
        "resources": resources.collect::<Vec<_>>(),
    })
}

fn path(file: &File) -> String {
    format!("{}.{}", file.table.name(), file.ending)
}

fn media_type(ending: &str) -> &'static str {
    match ending {
        "csv" => "text/csv",
        "jsonl" => "application/jsonl",
        _ => "application/vnd.apache.parquet",
    }
}

fn schema(table: Table) -> Value {
    let columns = table.columns();
    let fields: Vec<Value> = columns.iter().map(field).collect();
    let mut schema = json!({"fields": fields, "primaryKey": "id", "missingValues": [""]});
    if let (false, Some(schema)) = (table == Table::Documents, schema.as_object_mut()) {
        let to = json!([{"fields": "document", "reference": {"resource": "documents", "fields": "id"}}]);
        schema.insert("foreignKeys".to_owned(), to);
    }
    schema
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Text | Kind::Word => "string",
        Kind::Number => "number",
        Kind::Whole => "integer",
        Kind::Truth => "boolean",
        Kind::Date => "date",
    };
    let mut field = json!({"name": column.name, "type": kind, "description": column.about});
    if let (true, Some(field)) = (column.name == "id", field.as_object_mut()) {
        field.insert("constraints".to_owned(), json!({"required": true, "unique": true}));
    }
    field
}
