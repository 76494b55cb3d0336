//! The check report for people: what is inconsistent, grouped by its cause, with the worst first; then what was
//! checked.

mod summary;

use super::excerpt::Excerpt;
use super::printable;
use super::schema::about::copy_of;
use crate::model::document::Document;
use crate::model::text::Place;
use crate::reconcile::claim::{Answer, Claim, Finding, Severity, Verdict};
use crate::reconcile::rules;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Of so many documents at most the heading tells what they are about.
const MOST_HEADINGS: usize = 20;

/// What to show.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether notes are shown; otherwise they are only counted.
    pub notes: bool,
    /// The verdicts whose claims are listed after the findings.
    pub show: Vec<Verdict>,
    /// Whether ANSI colours are used.
    pub colour: bool,
}

/// Writes the report.
///
/// # Errors
/// Whatever the writer says.
pub fn write(
    out: &mut dyn Write,
    documents: &[Document],
    answer: &Answer,
    options: &Options,
) -> io::Result<()> {
    let report = Report { documents, answer, options };
    report.heading(out)?;
    for group in report.groups() {
        report.group(out, &group)?;
    }
    report.listing(out)?;
    let copied = answer.copies.iter().flatten().count();
    summary::write(out, documents.len() - copied, answer, options.notes)
}

struct Report<'a> {
    documents: &'a [Document],
    answer: &'a Answer,
    options: &'a Options,
}

impl<'a> Report<'a> {
    /// The findings to show, grouped by cause: first the loudest cause, then the one behind most claims, then by
    /// place.
    fn groups(&self) -> Vec<Vec<&'a Finding>> {
        let mut causes: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        let shown = |f: &&Finding| self.options.notes || f.severity > Severity::Note;
        for finding in self.answer.findings.iter().filter(shown) {
            causes.entry(&finding.root_cause).or_default().push(finding);
        }
        let mut groups: Vec<Vec<&Finding>> = causes.into_values().collect();
        for group in &mut groups {
            group.sort_by_key(|finding| (Reverse(finding.severity), Reverse(finding.claims.len())));
        }
        groups.sort_by_cached_key(|group| {
            let severity = group.first().map(|finding| finding.severity);
            let claims: usize = group.iter().map(|finding| finding.claims.len()).sum();
            let place = group.first().and_then(|finding| self.published(finding));
            (Reverse(severity), Reverse(claims), place.map(|claim| (claim.document, claim.place)))
        });
        groups
    }

    /// Writes what each document is about, where that is known. Of several documents it says which are checked alone.
    fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        let several = self.documents.len() > 1;
        let mut any = false;
        for (number, document) in self.documents.iter().enumerate().take(MOST_HEADINGS) {
            let copy = self.answer.copies.get(number).copied().flatten();
            if let Some(of) = copy.and_then(|of| self.documents.get(of)) {
                let path = printable(&document.origin.path);
                writeln!(out, "{path}: {}", printable(&copy_of(document, of)))?;
                any = true;
                continue;
            }
            let about = &document.about;
            let body = document.organisation().map(printable);
            let period = about.period.filter(|_| body.is_some()).map(|told| told.value.label());
            let path = printable(&document.origin.path);
            match body {
                Some(body) => {
                    let what: Vec<_> = [Some(body), period].into_iter().flatten().collect();
                    let path = if several { format!("{path}: ") } else { String::new() };
                    writeln!(out, "{path}{}", self.bold(&what.join(", ")))?;
                }
                None if several => writeln!(out, "{path}: no body was found, so it is checked alone")?,
                None => continue,
            }
            any = true;
        }
        let more = self.documents.len().saturating_sub(MOST_HEADINGS);
        if more > 0 {
            writeln!(out, "… and {more} more documents")?;
        }
        if any { writeln!(out) } else { Ok(()) }
    }

    fn claims(&self, finding: &'a Finding) -> impl Iterator<Item = &'a Claim> {
        finding.claims.iter().filter_map(|&index| self.answer.claims.get(index))
    }

    fn published(&self, finding: &'a Finding) -> Option<&'a Claim> {
        self.claims(finding).next()
    }

    fn group(&self, out: &mut dyn Write, group: &[&'a Finding]) -> io::Result<()> {
        let Some((first, others)) = group.split_first() else { return Ok(()) };
        let message = self.bold(&format!("{}: {}", title(first.code), printable(&first.message)));
        writeln!(out, "{}: {message}", self.severity(first.severity))?;
        self.quotes(out, group)?;
        writeln!(out, "  arithmetic: {}", printable(&first.arithmetic))?;
        for (index, diagnosis) in first.diagnosis.iter().enumerate() {
            let word = if index == 0 { "    repair" } else { "        or" };
            writeln!(out, "  {word}: {}", printable(diagnosis))?;
        }
        for finding in others {
            self.also(out, first, finding)?;
        }
        writeln!(out)
    }

    /// Writes one line about a further finding of the same cause as the first.
    fn also(&self, out: &mut dyn Write, first: &'a Finding, finding: &'a Finding) -> io::Result<()> {
        let place = match (self.published(first), self.published(finding)) {
            (Some(first), Some(claim)) if first.document == claim.document => {
                format!("line {}", self.line(claim.document, claim.place))
            }
            (_, claim) => claim.map_or(String::new(), |claim| self.place(claim)),
        };
        let (severity, check) = (self.severity(finding.severity), title(finding.code));
        let (message, sum) = (printable(&finding.message), printable(&finding.arithmetic));
        writeln!(out, "        also: {severity} {check}, {place}: {message} ({sum})")
    }

    fn quotes(&self, out: &mut dyn Write, group: &[&'a Finding]) -> io::Result<()> {
        let mut excerpt = Excerpt::default();
        for claim in group.iter().flat_map(|finding| self.claims(finding)) {
            excerpt.mark(claim.document, claim.place, true);
            if let Some(unprinted) = claim.unprinted.filter(|unprinted| unprinted.place != claim.place) {
                excerpt.mark(claim.document, unprinted.place, false);
            }
            for (_, id) in &claim.operands {
                let figure = self.documents.get(id.document).and_then(|d| d.figures.get(id.figure));
                if let Some(figure) = figure.filter(|figure| figure.place != claim.place) {
                    excerpt.mark(id.document, figure.place, false);
                }
            }
        }
        let (quotes, left_out) = excerpt.quotes(self.documents);
        let mut document = None;
        for quote in &quotes {
            if document.replace(quote.document) != Some(quote.document) {
                let path = self.documents.get(quote.document).map_or("", |d| &d.origin.path);
                let first = group.first().and_then(|finding| self.published(finding));
                let own = first.filter(|claim| claim.document == quote.document);
                let place = Place { line: quote.line, ..Place::default() };
                let line = self.line(quote.document, own.map_or(place, |claim| claim.place));
                writeln!(out, "  {} {}:{line}", self.dim("-->"), printable(path))?;
            }
            writeln!(out, "{} {}", self.dim(&format!("{:>6} |", quote.line)), quote.text)?;
            writeln!(out, "{} {}", self.dim("       |"), self.marks(&quote.under))?;
        }
        if left_out > 0 {
            writeln!(out, "         … and {left_out} more lines")?;
        }
        Ok(())
    }

    /// Writes the claims that were asked for, one on each line.
    fn listing(&self, out: &mut dyn Write) -> io::Result<()> {
        let asked = |claim: &&Claim| self.options.show.contains(&claim.verdict);
        let mut listed = false;
        for claim in self.answer.claims.iter().filter(asked) {
            let why = claim.reason.as_deref().or(claim.mode).map_or(String::new(), |why| format!(" ({why})"));
            let (verdict, place) = (verdict(claim.verdict), self.place(claim));
            let sum = printable(&claim.arithmetic);
            writeln!(out, "{verdict}: {}, {place}: {sum}{}", title(claim.code), printable(&why))?;
            listed = true;
        }
        if listed { writeln!(out) } else { Ok(()) }
    }

    fn place(&self, claim: &Claim) -> String {
        let path = self.documents.get(claim.document).map_or("", |d| &d.origin.path);
        format!("{}:{}", printable(path), self.line(claim.document, claim.place))
    }

    /// The number of a place's first line. Where pages are drawn the page stands with it, and in spreadsheets the
    /// sheet and cell.
    fn line(&self, document: usize, place: Place) -> String {
        let number = place.line;
        let Some(document) = self.documents.get(document) else { return number.to_string() };
        if let Some(sheet) = &document.sheet {
            let row = sheet.row_at(number).map(|(name, row)| (printable(name), format!("row {row}")));
            return match (row, document.address_of(place)) {
                (Some((name, row)), cell) => format!("{number} (sheet {name}, {})", cell.unwrap_or(row)),
                (None, Some(cell)) => format!("{number} ({cell})"),
                (None, None) => number.to_string(),
            };
        }
        match (number as usize).checked_sub(1).and_then(|at| document.lines.get(at)) {
            Some(line) if !document.boxes.is_empty() => format!("{number} (page {})", line.page),
            _ => number.to_string(),
        }
    }

    fn severity(&self, severity: Severity) -> String {
        match severity {
            Severity::Error => self.paint("1;31", "error"),
            Severity::Warning => self.paint("1;33", "warning"),
            Severity::Note => self.paint("1;36", "note"),
        }
    }

    fn marks(&self, under: &str) -> String {
        self.paint("1;31", under)
    }

    fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.paint("34", text)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.options.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A check's code and readable name.
fn title(code: &'static str) -> String {
    format!("{code} {}", rules::name(code))
}

/// A verdict in words.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::HoldsByRounding => "holds by rounding",
        Verdict::HoldsByConvention => "holds by convention",
        Verdict::Inconsistent => "inconsistent",
        Verdict::Unverifiable => "not verifiable",
    }
}

#[cfg(test)]
mod tests;
