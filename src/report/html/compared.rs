//! `crossfoot compare` as one web page: charts of what each body received and upheld, then the rows that compare something, each
//! value with the document that it is from and its place. It needs no script.

use super::{STYLE, chart, finish, safe, start};
use crate::model::document::Document;
use crate::report::counted;
use crate::report::panel::{Cell, Headline, Panel, Row, Status, by_kind, letter, place};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Nothing may be loaded, and there is no script.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// So many prints of a value are named on it at most.
const PRINTS: usize = 8;

/// Writes the panel of documents. `unread` are the paths of inputs that could not be read, with why.
///
/// # Errors
/// Whatever the writer says.
pub fn write_panel(
    out: &mut dyn Write,
    panel: &Panel,
    documents: &[Document],
    unread: &[(String, String)],
) -> io::Result<()> {
    let bodies: BTreeSet<&str> = panel.rows.iter().map(|row| row.organisation.as_str()).collect();
    begin(out, &format!("{}, side by side", counted(documents.len(), "document")), unread)?;
    out.write_all(sources(documents).as_bytes())?;
    out.write_all(chart::charts(documents, panel).as_bytes())?;
    for body in bodies {
        out.write_all(of_body(panel, body).as_bytes())?;
    }
    for path in &panel.without_body {
        let path = safe(path);
        writeln!(
            out,
            "<p>Not compared: <b>{path}</b>: it does not say which body it is about; --about says it.</p>"
        )?;
    }
    end(out)
}

/// Writes the headlines of bodies.
///
/// # Errors
/// Whatever the writer says.
pub fn write_headlines(
    out: &mut dyn Write,
    headlines: &[Headline],
    unread: &[(String, String)],
) -> io::Result<()> {
    begin(out, "The same figures of each body", unread)?;
    for of_body in headlines.chunk_by(|one, next| one.organisation == next.organisation) {
        let Some(first) = of_body.first() else { continue };
        let period =
            if first.period.is_empty() { String::new() } else { format!(", {}", safe(&first.period)) };
        writeln!(
            out,
            "<h2>{}{period}</h2>\n<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">Figure</th>\
             <th scope=\"col\">Value</th><th scope=\"col\">Where, or why there is none</th></tr></thead>\n<tbody>",
            safe(&first.organisation),
        )?;
        for line in of_body {
            let (value, said) = match (&line.value, &line.span) {
                (Some(value), Some(span)) => {
                    (value.as_str(), format!("{}: {}", span.path.as_deref().unwrap_or_default(), place(span)))
                }
                _ => ("–", line.missing.clone().unwrap_or_default()),
            };
            writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td>{}</td></tr>",
                safe(line.indicator),
                safe(value),
                safe(&said),
            )?;
        }
        writeln!(out, "</tbody></table></div>")?;
    }
    end(out)
}

fn begin(out: &mut dyn Write, title: &str, unread: &[(String, String)]) -> io::Result<()> {
    start(out, title, POLICY, STYLE)?;
    writeln!(out, "<header><h1>{}</h1></header>\n<main>", safe(title))?;
    if unread.is_empty() {
        return Ok(());
    }
    writeln!(out, "<section class=\"unread\"><h2>Not read</h2>")?;
    for (path, why) in unread {
        writeln!(out, "<p><b>{}</b> was not read: {}.</p>", safe(path), safe(why))?;
    }
    writeln!(out, "</section>")
}

fn end(out: &mut dyn Write) -> io::Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let said = format!("Made by crossfoot {version}. Values are as printed.");
    finish(out, &said)?;
    writeln!(out, "</body>\n</html>")
}

/// The documents with their letters.
fn sources(documents: &[Document]) -> String {
    let mut out = String::from(
        "<h2>Documents</h2>\n<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">Letter</th>\
         <th scope=\"col\">Document</th><th scope=\"col\">About</th></tr></thead>\n<tbody>\n",
    );
    for (number, document) in documents.iter().enumerate() {
        let period = document.about.period.map(|told| told.value.label());
        let about: Vec<String> =
            document.organisation().map(str::to_owned).into_iter().chain(period).collect();
        let lost = if document.is_lost() { " <b>(not read, or in part)</b>" } else { "" };
        let letter = letter(number);
        let _ = writeln!(
            out,
            "<tr id=\"document-{letter}\"><th scope=\"row\">{letter}</th><td>{}{lost}</td><td>{}</td></tr>",
            safe(&document.origin.path),
            safe(&about.join(", ")),
        );
    }
    out + "</tbody></table></div>\n"
}

/// What a body prints: a table for the years, one for the quarters, and so on, and below them what differs.
fn of_body(panel: &Panel, body: &str) -> String {
    let all: Vec<&Row> = panel.rows.iter().filter(|row| row.organisation == body).collect();
    let shown: Vec<&Row> = all.iter().copied().filter(|row| row.compares()).collect();
    let mut out = format!("<h2>{}</h2>\n", safe(body));
    for (periods, rows) in by_kind(panel, &shown) {
        out.push_str("<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr><th scope=\"col\">Figure</th>");
        for period in &periods {
            let _ = write!(out, "<th scope=\"col\">{}</th>", safe(period));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            let _ = write!(out, "<tr><th scope=\"row\">{}</th>", safe(&row.label()));
            for period in &periods {
                out.push_str(&row.cells.get(*period).map_or_else(|| "<td></td>".to_owned(), value));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></div>\n");
    }
    let differ: String = shown.iter().map(|row| restated(row)).collect();
    if !differ.is_empty() {
        let _ = writeln!(out, "<p>* Documents print different values:</p>\n<ul>\n{differ}</ul>");
    }
    let alone = all.len() - shown.len();
    if alone > 0 {
        let _ = writeln!(
            out,
            "<p class=\"soft\">{alone} more figures stand in one document and for one period only: --format csv lists them.</p>"
        );
    }
    out
}

/// The latest value with the letter of its document; where it stands is said when it is pointed at.
fn value(cell: &Cell) -> String {
    let star = if cell.status == Status::Restated { "*" } else { "" };
    let places: Vec<String> =
        cell.prints.iter().take(PRINTS).map(|print| stands(print.document, &print.span)).collect();
    let source = cell.prints.first().map_or_else(String::new, |print| {
        let letter = letter(print.document);
        format!(" <a href=\"#document-{letter}\">{letter}</a>")
    });
    format!(
        "<td class=\"number\" title=\"{}\">{}{star}{source}</td>",
        safe(&places.join("; ")),
        safe(cell.value.as_deref().unwrap_or("several")),
    )
}

fn stands(document: usize, span: &crate::report::schema::Span) -> String {
    format!("{}, {}", span.path.clone().unwrap_or_else(|| letter(document)), place(span))
}

/// What differs between documents, with the places.
fn restated(row: &Row) -> String {
    let mut out = String::new();
    for (period, cell) in row.cells.iter().filter(|(_, cell)| cell.status == Status::Restated) {
        let prints: Vec<String> = cell
            .prints
            .iter()
            .map(|print| format!("{} ({})", safe(&print.value), safe(&stands(print.document, &print.span))))
            .collect();
        let _ = writeln!(out, "<li>{}, {}: {}</li>", safe(&row.label()), safe(period), prints.join("; "));
    }
    out
}
