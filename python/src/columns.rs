//! Columns of Arrow, filled with the rows of a data set.

use crossfoot::data_set::{Column, Kind, Row, Value};

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder, StringDictionaryBuilder,
};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use std::collections::HashMap;
use std::sync::Arc;

/// A column while it is filled.
enum Kept {
    Text(StringBuilder),
    Word(StringDictionaryBuilder<Int32Type>),
    Number(Float64Builder),
    Whole(Int64Builder),
    Truth(BooleanBuilder),
    Date(Date32Builder),
}

/// A table while it is filled.
pub struct Columns {
    schema: SchemaRef,
    kept: Vec<Kept>,
    rows: usize,
}

/// The types of a table's columns, and what each of them holds.
pub fn schema(columns: &[Column]) -> SchemaRef {
    let fields = columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Text => DataType::Utf8,
            Kind::Word => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            Kind::Number => DataType::Float64,
            Kind::Whole => DataType::Int64,
            Kind::Truth => DataType::Boolean,
            Kind::Date => DataType::Date32,
        };
        let about = HashMap::from([(ABOUT.to_owned(), column.about.to_owned())]);
        Field::new(column.name, kind, true).with_metadata(about)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

/// The key of a column's description in the metadata of its field.
const ABOUT: &str = "description";

impl Columns {
    /// A table without rows.
    pub fn new(columns: &[Column]) -> Columns {
        let kept = columns.iter().map(|column| match column.kind {
            Kind::Text => Kept::Text(StringBuilder::new()),
            Kind::Word => Kept::Word(StringDictionaryBuilder::new()),
            Kind::Number => Kept::Number(Float64Builder::new()),
            Kind::Whole => Kept::Whole(Int64Builder::new()),
            Kind::Truth => Kept::Truth(BooleanBuilder::new()),
            Kind::Date => Kept::Date(Date32Builder::new()),
        });
        Columns { schema: schema(columns), kept: kept.collect(), rows: 0 }
    }

    /// Adds a row. A value that is not of the kind of its column is left out.
    pub fn row(&mut self, row: &Row) {
        self.rows += 1;
        for (kept, value) in self.kept.iter_mut().zip(row) {
            kept.add(value);
        }
    }

    /// Adds the rows of a table with the same columns. Words keep one number in the whole table.
    ///
    /// # Errors
    /// Where there is more text than Arrow has places for (2 GB a column), or the columns are others.
    pub fn append(&mut self, batch: &RecordBatch) -> Result<(), ArrowError> {
        self.rows += batch.num_rows();
        self.kept.iter_mut().zip(batch.columns()).try_for_each(|(kept, column)| kept.append(column))
    }

    /// The whole table.
    ///
    /// # Errors
    /// None that can be thought of: the columns are as long as each other and of the types of the schema.
    pub fn finish(self) -> Result<RecordBatch, ArrowError> {
        let options = RecordBatchOptions::new().with_row_count(Some(self.rows));
        let arrays = self.kept.into_iter().map(Kept::finish).collect();
        RecordBatch::try_new_with_options(self.schema, arrays, &options)
    }
}

impl Kept {
    fn add(&mut self, value: &Value) {
        match (self, value) {
            (Kept::Text(texts), Value::Text(text)) => texts.append_value(text),
            (Kept::Text(texts), _) => texts.append_null(),
            // There are fewer words than Arrow has numbers for, as there are fewer rows.
            (Kept::Word(words), Value::Text(word)) => words.append_value(word),
            (Kept::Word(words), _) => words.append_null(),
            (Kept::Number(numbers), Value::Text(text)) => numbers.append_option(text.parse().ok()),
            (Kept::Number(numbers), _) => numbers.append_null(),
            (Kept::Date(days), Value::Text(text)) => days.append_option(days_since_1970(text)),
            (Kept::Date(days), _) => days.append_null(),
            (Kept::Whole(numbers), Value::Whole(number)) => numbers.append_value(*number),
            (Kept::Whole(numbers), _) => numbers.append_null(),
            (Kept::Truth(truths), Value::Truth(truth)) => truths.append_value(*truth),
            (Kept::Truth(truths), _) => truths.append_null(),
        }
    }

    fn append(&mut self, column: &ArrayRef) -> Result<(), ArrowError> {
        let other = || ArrowError::SchemaError("columns of different tables".to_owned());
        match self {
            Kept::Text(texts) => texts.append_array(column.as_string_opt::<i32>().ok_or_else(other)?),
            Kept::Word(words) => {
                let column = column.as_dictionary_opt::<Int32Type>().ok_or_else(other)?;
                words.extend_dictionary(&column.downcast_dict().ok_or_else(other)?)
            }
            Kept::Number(numbers) => {
                numbers.append_array(column.as_primitive_opt::<Float64Type>().ok_or_else(other)?);
                Ok(())
            }
            Kept::Whole(numbers) => {
                numbers.append_array(column.as_primitive_opt::<Int64Type>().ok_or_else(other)?);
                Ok(())
            }
            Kept::Truth(truths) => {
                truths.append_array(column.as_boolean_opt().ok_or_else(other)?);
                Ok(())
            }
            Kept::Date(days) => {
                days.append_array(column.as_primitive_opt::<Date32Type>().ok_or_else(other)?);
                Ok(())
            }
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Kept::Text(mut texts) => Arc::new(texts.finish()),
            Kept::Word(mut words) => Arc::new(words.finish()),
            Kept::Number(mut numbers) => Arc::new(numbers.finish()),
            Kept::Whole(mut numbers) => Arc::new(numbers.finish()),
            Kept::Truth(mut truths) => Arc::new(truths.finish()),
            Kept::Date(mut days) => Arc::new(days.finish()),
        }
    }
}

fn days_since_1970(day: &str) -> Option<i32> {
    let day: jiff::civil::Date = day.parse().ok()?;
    day.since(jiff::civil::date(1970, 1, 1)).ok().map(|span| span.get_days())
}
