//! The tables as Parquet: a typed column for each column, in groups of rows, words by their numbers in a dictionary.

use super::{Column, Kind, Row, Value};
use jiff::civil::Date;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use std::io::{self, Write};
use std::sync::Arc;

/// How many rows are kept until they are written. Readers take a group at a time; 65,536 rows of figures are about 20 MB
/// here, and a few MB when they are written.
const GROUP: usize = 1 << 16;

/// Writes a table as it comes.
pub struct Writer<W: Write + Send> {
    out: SerializedFileWriter<W>,
    columns: Vec<Kept>,
    rows: usize,
}

/// The values of a column that are not written yet.
struct Kept {
    column: Column,
    /// For each row, 1 where it has a value and 0 where it has none.
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    /// The texts one after the other, and where each ends.
    Text(Vec<u8>, Vec<usize>),
    Number(Vec<f64>),
    Whole(Vec<i64>),
    Truth(Vec<bool>),
    /// Days since 1 January 1970.
    Date(Vec<i32>),
}

impl<W: Write + Send> Writer<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn new(out: W, name: &str, columns: &[Column]) -> io::Result<Writer<W>> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(concat!("crossfoot ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let out =
            SerializedFileWriter::new(out, schema(name, columns).map_err(failed)?, Arc::new(properties));
        let columns = columns.iter().map(|column| Kept::of(*column)).collect();
        Ok(Writer { out: out.map_err(failed)?, columns, rows: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn row(&mut self, row: &Row) -> io::Result<()> {
        self.columns.iter_mut().zip(row).for_each(|(kept, value)| kept.add(value));
        self.rows += 1;
        if self.rows == GROUP { self.group() } else { Ok(()) }
    }

    /// Writes what is kept, and the end of the file.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn finish(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.group()?;
        }
        self.out.into_inner().map_err(failed)
    }

    fn group(&mut self) -> io::Result<()> {
        let mut group = self.out.next_row_group().map_err(failed)?;
        self.columns.iter_mut().try_for_each(|kept| kept.write(&mut group)).map_err(failed)?;
        group.close().map_err(failed)?;
        self.rows = 0;
        Ok(())
    }
}

impl Kept {
    fn of(column: Column) -> Kept {
        let values = match column.kind {
            Kind::Text | Kind::Word => Values::Text(Vec::new(), Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
            Kind::Whole => Values::Whole(Vec::new()),
            Kind::Truth => Values::Truth(Vec::new()),
            Kind::Date => Values::Date(Vec::new()),
        };
        Kept { column, levels: Vec::new(), values }
    }

    fn add(&mut self, value: &Value) {
        let added = match (&mut self.values, value) {
            (Values::Text(bytes, ends), Value::Text(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
                true
            }
            (Values::Number(numbers), Value::Text(text)) => pushed(numbers, text.parse().ok()),
            (Values::Date(days), Value::Text(text)) => pushed(days, days_since_1970(text)),
            (Values::Whole(numbers), Value::Whole(number)) => pushed(numbers, Some(*number)),
            (Values::Truth(truths), Value::Truth(truth)) => pushed(truths, Some(*truth)),
            _ => false,
        };
        self.levels.push(added.into());
    }

    fn write<W: Write + Send>(
        &mut self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        let levels = std::mem::take(&mut self.levels);
        match std::mem::replace(self, Kept::of(self.column)).values {
            Values::Text(bytes, ends) => {
                let all = ByteArray::from(bytes);
                let mut start = 0;
                let texts = ends.into_iter().map(|end| {
                    let text = all.slice(start, end - start);
                    start = end;
                    text
                });
                put::<ByteArrayType, _>(group, &texts.collect::<Vec<_>>(), &levels)
            }
            Values::Number(numbers) => put::<DoubleType, _>(group, &numbers, &levels),
            Values::Whole(numbers) => put::<Int64Type, _>(group, &numbers, &levels),
            Values::Truth(truths) => put::<BoolType, _>(group, &truths, &levels),
            Values::Date(days) => put::<Int32Type, _>(group, &days, &levels),
        }
    }
}

fn pushed<T>(values: &mut Vec<T>, value: Option<T>) -> bool {
    let known = value.is_some();
    values.extend(value);
    known
}

fn days_since_1970(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    day.since(jiff::civil::date(1970, 1, 1)).ok().map(|span| span.get_days())
}

fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: &[i16],
) -> Result<(), ParquetError> {
    let mut column =
        group.next_column()?.ok_or_else(|| ParquetError::General("a column is missing".to_owned()))?;
    column.typed::<T>().write_batch(values, Some(levels), None)?;
    column.close()
}

fn schema(name: &str, columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields = columns.iter().map(|column| {
        let (physical, logical) = match column.kind {
            Kind::Text | Kind::Word => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Whole => (Physical::INT64, None),
            Kind::Truth => (Physical::BOOLEAN, None),
            Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        };
        let field = Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_converted_type(ConvertedType::NONE)
            .with_logical_type(logical);
        field.build().map(Arc::new)
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder(name).with_fields(fields).build()?))
}

/// The error of the output itself, so that a full disk is told as such.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn what_is_written_is_read_back() {
        let column = |name, kind| Column { name, kind, about: "" };
        let columns = [
            column("a", Kind::Text),
            column("b", Kind::Number),
            column("c", Kind::Whole),
            column("d", Kind::Truth),
            column("e", Kind::Date),
        ];
        let text = |text: &str| Value::Text(text.to_owned());
        let rows = [
            vec![text("one"), text("0.5"), Value::Whole(7), Value::Truth(true), text("1970-01-03")],
            vec![Value::Null, Value::Null, Value::Null, Value::Null, Value::Null],
            vec![
                text("two and more"),
                text("-1e3"),
                Value::Whole(-1),
                Value::Truth(false),
                text("1969-12-31"),
            ],
        ];
        let mut writer = Writer::new(Vec::new(), "rows", &columns).unwrap();
        rows.iter().for_each(|row| writer.row(row).unwrap());
        let bytes = writer.finish().unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let read: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(read.len(), 3);
        let [first, second, third] = &read[..] else { panic!("three rows") };
        assert_eq!(
            (first.get_string(0).unwrap().as_str(), third.get_string(0).unwrap().as_str()),
            ("one", "two and more")
        );
        assert_eq!((first.get_double(1).unwrap(), third.get_double(1).unwrap()), (0.5, -1000.0));
        assert_eq!((first.get_long(2).unwrap(), third.get_long(2).unwrap()), (7, -1));
        assert_eq!((first.get_bool(3).unwrap(), third.get_bool(3).unwrap()), (true, false));
        let days = [first, third].map(|row| row.get_column_iter().nth(4).map(|(_, field)| field.to_string()));
        assert_eq!(days, [Some("1970-01-03".to_owned()), Some("1969-12-31".to_owned())]);
        assert!(second.get_string(0).is_err() && second.get_long(2).is_err());
    }
}
