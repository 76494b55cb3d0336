//! What a person wants to know of a data set first: what was read and what was not, and what does not add up.

use super::{DocumentRow, Row, Status, Table, Value};
use crate::report::{counted, markup, printable};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// So many inputs that could not be read are named. The table of documents has them all.
const NAMED: usize = 1_000;
/// So many of them are named in the text, and so many reasons.
const FIRST: usize = 20;

/// Counts over a data set.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    by_status: BTreeMap<Status, u64>,
    /// How many inputs have the same reason.
    by_why: BTreeMap<(Status, String), u64>,
    by_type: BTreeMap<String, u64>,
    by_body: BTreeMap<String, u64>,
    /// Findings by severity, code and name.
    by_check: BTreeMap<(u8, String, String), u64>,
    failed: Vec<(String, String)>,
    counts: [u64; 6],
    copies: u64,
}

impl Summary {
    /// Counts a row of the table of documents.
    pub fn document(&mut self, row: &DocumentRow) {
        let add = |to: &mut BTreeMap<String, u64>, name: Option<&str>| {
            if let Some(name) = name {
                *to.entry(name.to_owned()).or_default() += 1;
            }
        };
        *self.by_status.entry(row.status).or_default() += 1;
        if row.is_document() {
            let content = row.content.as_ref();
            add(&mut self.by_type, content.map(|content| content.media_type.as_str()));
            add(&mut self.by_body, content.and_then(|content| content.organisation.as_deref()));
        }
        if let Some(why) = &row.why {
            let key = (row.status, why.clone());
            if self.by_why.len() < NAMED || self.by_why.contains_key(&key) {
                *self.by_why.entry(key).or_default() += 1;
            }
            if row.status == Status::Failed && self.failed.len() < NAMED {
                self.failed.push((row.path.clone(), why.clone()));
            }
        }
        self.counts.iter_mut().zip(row.counts).for_each(|(sum, count)| *sum += count);
        self.copies += u64::from(row.copy_of.is_some());
    }

    /// Counts a row of the table of findings.
    pub fn finding(&mut self, row: &Row) {
        let columns = Table::Findings.columns();
        let value = |name| {
            let at = columns.iter().position(|column| column.name == name);
            match at.and_then(|at| row.get(at)) {
                Some(Value::Text(text)) => text.clone(),
                _ => String::new(),
            }
        };
        let rank = match value("severity").as_str() {
            "error" => 0,
            "warning" => 1,
            _ => 2,
        };
        *self.by_check.entry((rank, value("code"), value("name"))).or_default() += 1;
    }

    /// How many inputs had this status.
    pub fn count(&self, status: Status) -> u64 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// In one line: "12 ok, 1 partial, 2 failed, 3 skipped".
    pub fn line(&self) -> String {
        Status::ALL.map(|status| format!("{} {}", self.count(status), status.name())).join(", ")
    }

    /// For a terminal or an editor.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let all: u64 = self.by_status.values().sum();
        writeln!(out, "{}: {}", counted(all as usize, "input"), self.line())?;
        let failed = self.count(Status::Failed);
        if failed > 0 {
            writeln!(out, "\nNot read:")?;
            for (path, why) in self.failed.iter().take(FIRST) {
                writeln!(out, "  {}: {}", printable(path), printable(why))?;
            }
            if failed > FIRST as u64 {
                writeln!(out, "  and {} more; the table of documents has them", failed - FIRST as u64)?;
            }
        }
        let [figures, tables, claims, errors, warnings, notes] = self.counts;
        writeln!(out, "\n{figures} figures, {tables} tables, {claims} claims")?;
        writeln!(out, "{errors} errors, {warnings} warnings, {notes} notes")?;
        for ((rank, code, name), count) in &self.by_check {
            writeln!(out, "  {count:>6} {} {code} {name}", severity(*rank))?;
        }
        if self.copies > 0 {
            writeln!(out, "copies of other documents, which are not checked again: {}", self.copies)?;
        }
        list(out, "Kinds of file", &self.by_type)?;
        list(out, "Bodies", &self.by_body)
    }

    /// As a page that needs nothing else.
    pub fn html(&self) -> String {
        let mut body = format!("<p class=\"line\">{}</p>\n", markup(&self.line()));
        let [figures, tables, claims, errors, warnings, notes] = self.counts;
        let _ = writeln!(
            body,
            "<p>{figures} figures, {tables} tables, {claims} claims; \
             {errors} errors, {warnings} warnings, {notes} notes.</p>"
        );
        let failed = self.failed.iter().map(|(path, why)| vec![path.clone(), why.clone()]);
        section(&mut body, "Not read", &["Path", "Why"], failed.collect());
        let reasons = self.by_why.iter().filter(|((status, _), _)| *status != Status::Failed);
        let reasons = reasons
            .map(|((status, why), count)| vec![status.name().to_owned(), why.clone(), count.to_string()]);
        section(
            &mut body,
            "Read in part, or passed over",
            &["Status", "Why", "Inputs"],
            reasons.take(NAMED).collect(),
        );
        let checks = self.by_check.iter().map(|((rank, code, name), count)| {
            vec![severity(*rank).to_owned(), code.clone(), name.clone(), count.to_string()]
        });
        section(
            &mut body,
            "What does not add up",
            &["Severity", "Check", "Name", "Findings"],
            checks.collect(),
        );
        let pairs = |map: &BTreeMap<String, u64>| {
            map.iter().map(|(name, count)| vec![name.clone(), count.to_string()]).collect::<Vec<_>>()
        };
        section(&mut body, "Kinds of file", &["Type", "Documents"], pairs(&self.by_type));
        section(&mut body, "Bodies", &["Body", "Documents"], pairs(&self.by_body));
        PAGE.replace("{body}", &body)
    }
}

const PAGE: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width\"><title>Summary of a data set</title>\n<style>\
:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:1rem 0 .3rem}\
td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8886;overflow-wrap:anywhere}\
.line{font-size:1.3rem}</style></head>\n<body><h1>Summary</h1>\n{body}</body></html>\n";

fn section(out: &mut String, title: &str, heads: &[&str], rows: Vec<Vec<String>>) {
    if rows.is_empty() {
        return;
    }
    let cells = |tag: &str, texts: &mut dyn Iterator<Item = String>| {
        texts.map(|text| format!("<{tag}>{}</{tag}>", markup(&text))).collect::<String>()
    };
    let _ = writeln!(out, "<table><caption>{title}</caption>");
    let heads = heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect::<String>();
    let _ = writeln!(out, "<thead><tr>{heads}</tr></thead><tbody>");
    for row in rows {
        let _ = writeln!(out, "<tr>{}</tr>", cells("td", &mut row.into_iter()));
    }
    let _ = writeln!(out, "</tbody></table>");
}

fn severity(rank: u8) -> &'static str {
    match rank {
        0 => "error",
        1 => "warning",
        _ => "note",
    }
}

fn list(out: &mut String, title: &str, counts: &BTreeMap<String, u64>) -> std::fmt::Result {
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title}:")?;
    counts.iter().try_for_each(|(name, count)| writeln!(out, "  {count:>6} {}", printable(name)))
}
