//! CSV: one row for each observation, with the columns of the table of observations of a data set.

use super::data_set::text::Csv;
use super::data_set::{Table, observations};
use super::schema::short_hash;
use crate::model::document::Document;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes the row of column names.
///
/// # Errors
/// Whatever the writer says.
pub fn head(out: &mut dyn Write) -> io::Result<()> {
    Csv::new(out, Table::Observations.columns())?.finish().map(drop)
}

/// Writes the observations of one document.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let mut csv = Csv::rows(out, Table::Observations.columns());
    observations(document, short_hash(document)).try_for_each(|row| csv.row(&row))?;
    csv.finish().map(drop)
}

/// Makes a field that no spreadsheet will run as a formula: an apostrophe is put before it. Numbers are left as they
/// are.
pub(super) fn inert(field: &str) -> Cow<'_, str> {
    const RUN: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    // Spreadsheets ignore blanks before a formula.
    let runs = field.starts_with(['\t', '\r', '\n']) || field.trim_start().starts_with(RUN);
    if runs && !is_number(field) { format!("'{field}").into() } else { field.into() }
}

/// Whether a field is a number and nothing else: "-1,205.50", "+3%".
fn is_number(field: &str) -> bool {
    let digits = field.strip_prefix(['-', '+']).unwrap_or(field);
    let digits = digits.strip_suffix('%').unwrap_or(digits).replace(',', "");
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && digits.parse::<f64>().is_ok()
}

/// Writes rows, each with the same number of fields.
pub(super) fn rows(out: &mut dyn Write, rows: impl IntoIterator<Item = Vec<String>>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        writer.write_record(row.iter().map(|field| inert(field).into_owned())).map_err(unwrapped)?;
    }
    writer.flush()
}

/// The error of the output itself, so that a closed pipe is recognised.
pub(super) fn unwrapped(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    fn table(document: &Document) -> Vec<String> {
        let mut out = Vec::new();
        head(&mut out).unwrap();
        write(&mut out, document).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    /// The values of a row by the names of their columns; empty ones are left out.
    fn fields(document: &Document, row: usize) -> Vec<(String, String)> {
        let text = table(document).join("\n");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let record = reader.records().nth(row).unwrap().unwrap();
        assert_eq!(record.len(), heads.len());
        let own = |(head, field): (&str, &str)| (head.to_owned(), field.to_owned());
        heads.iter().zip(&record).filter(|(_, field)| !field.is_empty()).map(own).collect()
    }

    #[test]
    fn a_figure_of_a_table_has_its_place_in_it() {
        let row = fields(&sample::document(), 1);
        for wanted in [
            ("id", "0123456789ab-t1r2c1"),
            ("document", "0123456789ab"),
            ("organisation", "Anytown Council"),
            ("measure", "complaints_received"),
            ("raw_label", "Stage 2"),
            ("period_start", "2020-04-01"),
            ("period_kind", "year"),
            ("stage", "2"),
            ("value", "8"),
            ("table", "0123456789ab-t1"),
            ("row", "2"),
            ("col", "1"),
            ("path", "town/report.txt"),
        ] {
            assert!(
                row.iter().any(|(head, field)| (head.as_str(), field.as_str()) == wanted),
                "{wanted:?}: {row:?}"
            );
        }
        assert!(!row.iter().any(|(head, _)| head == "stored"));
    }

    #[test]
    fn a_share_of_the_prose_has_its_interval() {
        let row = fields(&sample::document(), 3);
        for wanted in [
            ("value", "65"),
            ("unit", "percent"),
            ("low", "64.5"),
            ("high", "65.5"),
            ("role", "share"),
            ("confidence", "lost-blank"),
        ] {
            assert!(
                row.iter().any(|(head, field)| (head.as_str(), field.as_str()) == wanted),
                "{wanted:?}: {row:?}"
            );
        }
    }

    #[test]
    fn labels_are_no_formulas_and_numbers_stay_numbers() {
        let mut document = sample::document();
        document.figures[0].words = ["=HYPERLINK(\"x\",\"y\")".into(), Default::default()];
        document.figures[0].quantity.value = Some((-5).into());
        let row = &table(&document)[1];
        assert!(row.contains("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""), "{row}");
        assert!(row.contains(",-5,0,,count,"), "{row}");
    }

    #[test]
    fn what_a_spreadsheet_would_run_stands_behind_an_apostrophe() {
        for text in
            ["=1", "+a", "-a", "@sum", "\t1", "\r1", " =1", "＝1", "-1+1", "-2+3+cmd|' /C calc'!A0", "-inf"]
        {
            assert_eq!(inert(text), format!("'{text}"));
        }
        for text in ["plain", "", "a=1", "-5", "-1,205.50", "+3%", "-.5", "-1e-7", "−5", "<5"] {
            assert_eq!(inert(text), text);
        }
    }
}
