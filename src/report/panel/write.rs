//! Panels and headlines as text and as CSV.

use super::{Cell, Column, Headline, Panel, Row, Status};
use crate::model::period::PeriodKind;
use crate::report::printable;
use crate::report::schema::Span;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// How wide the label of a row can be in text.
const LABEL: usize = 60;

/// Writes the rows that compare something, by body, with letters for the documents.
///
/// # Errors
/// Whatever the writer says.
pub fn panel_text(out: &mut dyn Write, panel: &Panel, paths: &[&str]) -> io::Result<()> {
    for (at, path) in paths.iter().enumerate() {
        writeln!(out, "{:>4}  {}", letter(at), printable(path))?;
    }
    let bodies: BTreeSet<&str> = panel.rows.iter().map(|row| row.organisation.as_str()).collect();
    for body in bodies {
        let of_body: Vec<&Row> = panel.rows.iter().filter(|row| row.organisation == body).collect();
        let shown: Vec<&Row> = of_body.iter().copied().filter(|row| row.compares()).collect();
        writeln!(out, "\n{}", printable(body))?;
        tables(out, panel, &shown)?;
        restated(out, &shown)?;
        let alone = of_body.len() - shown.len();
        if alone > 0 {
            writeln!(
                out,
                "{alone} more figures stand in one document and for one period only: --format csv lists them."
            )?;
        }
    }
    for path in &panel.without_body {
        writeln!(
            out,
            "\nNot compared: {}: it does not say which body it is about; --about says it.",
            printable(path)
        )?;
    }
    Ok(())
}

fn tables(out: &mut dyn Write, panel: &Panel, rows: &[&Row]) -> io::Result<()> {
    by_kind(panel, rows).iter().try_for_each(|(periods, rows)| table(out, periods, rows))
}

/// The periods and rows of a table for the years, of one for the quarters, and so on: what is compared stands side by side.
pub(crate) fn by_kind<'p>(panel: &'p Panel, rows: &[&'p Row]) -> Vec<(Vec<&'p str>, Vec<&'p Row>)> {
    let kinds: BTreeSet<PeriodKind> = panel.periods.iter().map(|column| column.kind).collect();
    let mut tables = Vec::new();
    for kind in kinds {
        let filled = |name: &str| rows.iter().any(|row| row.cells.contains_key(name));
        let periods: Vec<&str> =
            panel.periods.iter().filter(|column| column.kind == kind).map(|c| c.name.as_str()).collect();
        let periods: Vec<&str> = periods.into_iter().filter(|name| filled(name)).collect();
        let of_kind = |row: &&&Row| periods.iter().any(|period| row.cells.contains_key(*period));
        let rows: Vec<&Row> = rows.iter().filter(of_kind).copied().collect();
        if !rows.is_empty() {
            tables.push((periods, rows));
        }
    }
    tables
}

fn table(out: &mut dyn Write, periods: &[&str], rows: &[&Row]) -> io::Result<()> {
    let text = |row: &Row, period: &str| row.cells.get(period).map_or_else(String::new, shown);
    let width = |period: &str| {
        let cells = rows.iter().map(|row| text(row, period).chars().count());
        cells.max().unwrap_or(0).max(period.chars().count())
    };
    let label = rows.iter().map(|row| clipped(&row.label()).chars().count()).max().unwrap_or(0);
    let mut lines =
        vec![(String::new(), periods.iter().map(|period| (*period).to_owned()).collect::<Vec<_>>())];
    lines.extend(rows.iter().map(|row| {
        (clipped(&printable(&row.label())), periods.iter().map(|period| text(row, period)).collect())
    }));
    for (name, cells) in lines {
        let cells: Vec<String> = cells
            .iter()
            .zip(periods)
            .map(|(cell, period)| format!("{cell:>width$}", width = width(period)))
            .collect();
        writeln!(out, "{}", format!("{name:label$}  {}", cells.join("  ")).trim_end())?;
    }
    Ok(())
}

/// What differs between documents, with the places.
fn restated(out: &mut dyn Write, rows: &[&Row]) -> io::Result<()> {
    for row in rows {
        for (period, cell) in row.cells.iter().filter(|(_, cell)| cell.status == Status::Restated) {
            let prints: Vec<String> = cell
                .prints
                .iter()
                .map(|print| format!("{} ({} {})", print.value, letter(print.document), place(&print.span)))
                .collect();
            writeln!(out, "* {}, {period}: {}", printable(&row.label()), prints.join("; "))?;
        }
    }
    Ok(())
}

/// The latest value, with the letter of its document, and a star where another document has another value.
fn shown(cell: &Cell) -> String {
    let star = if cell.status == Status::Restated { "*" } else { "" };
    let first = cell.prints.first().map_or_else(String::new, |print| letter(print.document));
    format!("{}{star} {first}", cell.value.as_deref().unwrap_or("several"))
}

fn clipped(label: &str) -> String {
    if label.chars().count() <= LABEL {
        return label.to_owned();
    }
    label.chars().take(LABEL - 1).chain(['…']).collect()
}

/// A, B … Z, AA, AB …
pub(crate) fn letter(at: usize) -> String {
    let own = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match at / 26 {
        0 => own.to_string(),
        more => format!("{}{own}", letter(more - 1)),
    }
}

/// Where something stands in its document, in a few words.
pub(crate) fn place(span: &Span) -> String {
    match (&span.sheet, &span.cell, span.page, span.line) {
        (Some(sheet), Some(cell), ..) => format!("{sheet}!{cell}"),
        (None, Some(cell), ..) => cell.clone(),
        (_, _, Some(page), Some(line)) => format!("page {page}, line {line}"),
        _ => String::new(),
    }
}

/// Writes every row: its labels, then for each period the value, whether documents differ, and where it stands.
///
/// # Errors
/// Whatever the writer says.
pub fn panel_csv(out: &mut dyn Write, panel: &Panel) -> io::Result<()> {
    let fixed =
        ["organisation", "organisation_code", "measure", "population", "dimensions", "counted", "unit"];
    let of_period = |column: &Column| {
        let name = &column.name;
        [name.clone(), format!("{name} status"), format!("{name} source")]
    };
    let head = fixed.into_iter().map(str::to_owned).chain(panel.periods.iter().flat_map(of_period));
    let rows = panel.rows.iter().map(|row| {
        let dimensions: Vec<String> =
            row.dimensions.iter().map(|(name, label)| format!("{name}={label}")).collect();
        let subject = [
            row.organisation.clone(),
            row.organisation_code.clone().unwrap_or_default(),
            row.measure.to_owned(),
            row.population.unwrap_or_default().to_owned(),
            dimensions.join("; "),
            row.counted.clone(),
            super::unit_name(row.unit),
        ];
        let cells = panel.periods.iter().flat_map(|column| match row.cells.get(&column.name) {
            Some(cell) => {
                [cell.value.clone().unwrap_or_default(), cell.status.name().to_owned(), sources(cell)]
            }
            None => Default::default(),
        });
        subject.into_iter().chain(cells).collect::<Vec<_>>()
    });
    crate::report::csv::rows(out, std::iter::once(head.collect()).chain(rows))
}

/// Every print of a cell with its place; with its value, where these differ.
fn sources(cell: &Cell) -> String {
    let one = |print: &super::Print| {
        let path = print.span.path.as_deref().unwrap_or_default();
        let value = if cell.status != Status::Printed { format!("{}: ", print.value) } else { String::new() };
        format!("{value}{path} {}", place(&print.span))
    };
    cell.prints.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Writes the headlines of each body as a list.
///
/// # Errors
/// Whatever the writer says.
pub fn headline_text(out: &mut dyn Write, headlines: &[Headline]) -> io::Result<()> {
    let mut before = None;
    for line in headlines {
        if before != Some(&line.organisation) {
            let period = if line.period.is_empty() { String::new() } else { format!(", {}", line.period) };
            let gap = if before.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}{period}", printable(&line.organisation))?;
            before = Some(&line.organisation);
        }
        match (&line.value, &line.span) {
            (Some(value), Some(span)) => {
                let path = span.path.as_deref().unwrap_or_default();
                writeln!(out, "  {:<52} {value:>10}  {}: {}", line.indicator, printable(path), place(span))?;
            }
            _ => {
                let why = line.missing.as_deref().unwrap_or_default();
                writeln!(out, "  {:<52} {:>10}  {}", line.indicator, "–", printable(why))?;
            }
        }
    }
    Ok(())
}

/// Writes one headline a row.
///
/// # Errors
/// Whatever the writer says.
pub fn headline_csv(out: &mut dyn Write, headlines: &[Headline]) -> io::Result<()> {
    let head =
        ["organisation", "organisation_code", "period", "indicator", "value", "path", "place", "missing"];
    let rows = headlines.iter().map(|line| {
        let span = line.span.as_ref();
        vec![
            line.organisation.clone(),
            line.organisation_code.clone().unwrap_or_default(),
            line.period.clone(),
            line.indicator.to_owned(),
            line.value.clone().unwrap_or_default(),
            span.and_then(|span| span.path.clone()).unwrap_or_default(),
            span.map(place).unwrap_or_default(),
            line.missing.clone().unwrap_or_default(),
        ]
    });
    crate::report::csv::rows(out, std::iter::once(head.map(str::to_owned).to_vec()).chain(rows))
}
