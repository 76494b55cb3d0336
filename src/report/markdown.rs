//! Markdown: tables and observations for people to read.

use super::schema::{Cell, Observation, Qualifier, Table};
use super::{counted, schema};
use crate::model::document::Document;
use std::io::{self, Write};

/// Writes one document.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    writeln!(out, "# {}\n", inline(&document.origin.path))?;
    let (tables, figures) = (document.tables.len(), document.figures.len());
    writeln!(out, "{}, {}.\n", counted(tables, "table"), counted(figures, "figure"))?;
    for diagnostic in &document.diagnostics {
        let place = diagnostic.place.map_or(String::new(), |place| format!("line {}: ", place.line));
        writeln!(out, "- {place}{} ({})", inline(&diagnostic.message), diagnostic.code)?;
    }
    if !document.diagnostics.is_empty() {
        writeln!(out)?;
    }
    for table in schema::tables(document) {
        write_table(out, &table)?;
    }
    if figures == 0 { Ok(()) } else { observations(out, schema::observations(document)) }
}

fn write_table(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let title = table.title.as_deref().unwrap_or("Table");
    let line = table.spans.first().and_then(|span| span.line).unwrap_or_default();
    writeln!(out, "## {} ({}, line {line})\n", inline(title), table.id)?;
    let width = table.cells.iter().map(|cell| cell.col + 1).max().unwrap_or_default();
    for (index, cells) in table.cells.chunk_by(|a, b| a.row == b.row).enumerate() {
        let width = if index == 0 { width } else { 0 };
        writeln!(out, "|{}", row(cells, width))?;
        if index == 0 {
            writeln!(out, "|{}", "---|".repeat(width))?;
        }
    }
    writeln!(out)?;
    table.notes.iter().try_for_each(|note| writeln!(out, "{}\n", inline(note)))
}

/// Writes the cells of one row, filled up to `width` columns. A row is not padded beyond its last cell otherwise,
/// because readers of Markdown do that themselves, and a wide, sparse table stays small.
fn row(cells: &[Cell], width: usize) -> String {
    let mut line = String::new();
    let mut next = 0;
    for cell in cells {
        line.push_str(&" |".repeat(cell.col.saturating_sub(next)));
        line.push_str(&format!(" {} |", inline(&cell.text)));
        next = cell.col + 1;
    }
    line.push_str(&" |".repeat(width.saturating_sub(next)));
    line
}

fn observations(out: &mut dyn Write, observations: impl Iterator<Item = Observation>) -> io::Result<()> {
    writeln!(out, "## Figures\n\n| line | value | unit | measure | label | period |")?;
    writeln!(out, "|---:|---:|---|---|---|---|")?;
    for observation in observations {
        let line = observation.span.line.unwrap_or_default();
        let period = observation.period.as_ref();
        let period = period.map_or(String::new(), |p| format!("{} to {}", p.start, p.end));
        let unit = serde_json::to_value(observation.unit)?;
        writeln!(
            out,
            "| {line} | {} | {} | {} | {} | {period} |",
            value(&observation),
            unit.as_str().unwrap_or_default(),
            observation.measure.name(),
            inline(&observation.raw_label),
        )?;
    }
    writeln!(out)
}

fn value(observation: &Observation) -> String {
    let sign = if observation.qualifier == Qualifier::Equal { "" } else { observation.qualifier.sign() };
    inline(&format!("{sign}{}", observation.value.as_deref().unwrap_or_default()))
}

/// Text on one line in which nothing is markup.
fn inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '|' | '*' | '_' | '`' | '<' | '>' | '[' | ']' | '#' | '~') {
            safe.push('\\');
        }
        safe.push(super::printable_char(c));
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn tables_and_figures_are_pipe_tables() {
        let mut out = Vec::new();
        write(&mut out, &sample::document()).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("# town/report.txt\n\n1 table, 4 figures.\n"), "{text}");
        assert!(text.contains(
            "## Complaints by stage (t1, line 1)\n\n| Stage | 2020/21 |\n|---|---|\n| Stage 1 | 15 |"
        ));
        assert!(
            text.contains("| 3 | 8 | count | complaints_received | Stage 2 | 2020-04-01 to 2021-03-31 |"),
            "{text}"
        );
    }

    #[test]
    fn a_cell_cannot_break_its_table() {
        assert_eq!(inline("a|b\n<i>"), "a\\|b\u{fffd}\\<i\\>");
        let cell = |col, text: &str| Cell {
            row: 0,
            col,
            row_span: 1,
            col_span: 1,
            text: text.into(),
            header: false,
        };
        assert_eq!(row(&[cell(1, "x")], 3), " | x | |");
    }
}
