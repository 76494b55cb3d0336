//! CSV: one row for each observation, one column for each field and dimension.

use super::schema::{Interval, Level, Observation, Qualifier, observations};
use crate::model::document::Document;
use crate::model::facets::{Dimension, Population};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

const BEFORE: [&str; 8] =
    ["id", "organisation", "measure", "raw_label", "population", "period_start", "period_end", "period_kind"];
const AFTER: [&str; 27] = [
    "value",
    "scale",
    "stored",
    "unit",
    "qualifier",
    "low",
    "high",
    "low_open",
    "high_open",
    "role",
    "denominator",
    "table",
    "row",
    "col",
    "path",
    "page",
    "sheet",
    "cell",
    "hidden",
    "line",
    "line_end",
    "char_start",
    "char_end",
    "text",
    "method",
    "confidence",
    "organisation_code",
];

/// Writes the row of column names.
///
/// # Errors
/// Whatever the writer says.
pub fn head(out: &mut dyn Write) -> io::Result<()> {
    let dimensions = Dimension::ALL.iter().map(|dimension| dimension.name());
    let names: Vec<String> = BEFORE.into_iter().chain(dimensions).chain(AFTER).map(str::to_owned).collect();
    rows(out, [names])
}

/// Writes the observations of one document. The column of a dimension holds its normalised value. An empty
/// `qualifier` means that the value is printed plainly, because spreadsheets would take "=" for a formula. `cell` is
/// an address in a spreadsheet or CSV file ("C7"); `row` and `col` count within `table`.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    rows(out, observations(document).map(|observation| fields(document, &observation)))
}

fn fields(document: &Document, observation: &Observation) -> Vec<String> {
    let mut fields = subject(observation);
    fields.extend(Dimension::ALL.iter().map(|dimension| {
        observation.dimensions.get(dimension).map_or(String::new(), |label| label.normalised.clone())
    }));
    fields.extend(figure(observation));
    fields.extend(home(document, observation));
    fields
}

fn subject(observation: &Observation) -> Vec<String> {
    let organisation = observation.organisation.as_ref().map_or("", |o| &o.name);
    let period = observation.period.as_ref();
    vec![
        observation.id.clone(),
        organisation.to_owned(),
        observation.measure.name().to_owned(),
        observation.raw_label.clone(),
        observation.population.map_or("", Population::name).to_owned(),
        period.map_or(String::new(), |p| p.start.clone()),
        period.map_or(String::new(), |p| p.end.clone()),
        period.map_or(String::new(), |p| word(&p.kind)),
    ]
}

fn figure(observation: &Observation) -> Vec<String> {
    let bound = |bound: fn(&Interval) -> &Option<String>| {
        observation.interval.as_ref().and_then(|i| bound(i).clone()).unwrap_or_default()
    };
    let open = |open: fn(&Interval) -> bool| observation.interval.as_ref().is_some_and(open).to_string();
    let plain = observation.qualifier == Qualifier::Equal;
    vec![
        observation.value.clone().unwrap_or_default(),
        observation.scale.to_string(),
        observation.stored.clone().unwrap_or_default(),
        word(&observation.unit),
        if plain { String::new() } else { observation.qualifier.sign().to_owned() },
        bound(|i| &i.low),
        bound(|i| &i.high),
        open(|i| i.low_open),
        open(|i| i.high_open),
        word(&observation.role),
        observation.denominator.clone().unwrap_or_default(),
    ]
}

fn home(document: &Document, observation: &Observation) -> Vec<String> {
    let (cell, span) = (observation.cell.as_ref(), &observation.span);
    vec![
        cell.map_or(String::new(), |cell| cell.table.clone()),
        number(cell.map(|cell| cell.row)),
        number(cell.map(|cell| cell.col)),
        document.origin.path.clone(),
        number(span.page),
        span.sheet.clone().unwrap_or_default(),
        span.cell.clone().unwrap_or_default(),
        observation.hidden.to_string(),
        number(span.line),
        number(span.line_end.or(span.line)),
        number(span.chars.map(|[start, _]| start)),
        number(span.chars.map(|[_, end]| end)),
        span.text.clone().unwrap_or_default(),
        observation.method.clone(),
        match observation.confidence.level {
            Level::Sure => "sure".to_owned(),
            Level::Doubtful => observation.confidence.reasons.join("; "),
        },
        observation.organisation.as_ref().and_then(|body| body.gss_code.clone()).unwrap_or_default(),
    ]
}

fn number(number: Option<impl ToString>) -> String {
    number.map_or(String::new(), |n| n.to_string())
}

/// The name that a value of a closed list has in the JSON.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Makes a field that no spreadsheet will run as a formula: an apostrophe is put before it. Numbers are left as they
/// are.
fn inert(field: &str) -> Cow<'_, str> {
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
fn unwrapped(error: csv::Error) -> io::Error {
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

    #[test]
    fn rows_have_as_many_fields_as_the_head() {
        let rows = table(&sample::document());
        assert_eq!(rows.len(), 5);
        let width = BEFORE.len() + Dimension::ALL.len() + AFTER.len();
        for row in &rows {
            assert_eq!(row.split(',').count(), width, "{row}");
        }
        assert!(rows[2].starts_with(
            "0123456789ab-t1r2c1,Anytown Council,complaints_received,Stage 2,,2020-04-01,2021-03-31,year,2,"
        ));
        assert!(rows[4].contains(",65,0,,percent,,64.5,65.5,false,false,share,"));
        assert!(rows[4].ends_with(",lost-blank,"));
    }

    #[test]
    fn labels_are_no_formulas_and_numbers_stay_numbers() {
        let mut document = sample::document();
        document.figures[0].label = "=HYPERLINK(\"x\",\"y\")".into();
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
