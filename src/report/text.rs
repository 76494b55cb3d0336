//! The check report for people: what is inconsistent, grouped by its cause, in the order of the pages; then what was
//! checked.

mod summary;

use super::chosen::Accepted;
use super::excerpt::Excerpt;
use super::schema::about::copy_of;
use super::told::{Cause, Marked, Telling, column_heads};
use super::{printable, severity_name};
use crate::model::document::Document;
use crate::reconcile::claim::{Answer, Claim, Finding, Severity, Verdict};
use crate::reconcile::rules;
use std::io::{self, Write};

/// Of so many documents at most the heading tells what they are about.
const MOST_HEADINGS: usize = 20;

/// What stands before a quoted line.
const MARGIN: usize = 9;

/// What to show.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether notes are shown; otherwise they are only counted.
    pub notes: bool,
    /// The verdicts whose claims are listed after the findings.
    pub show: Vec<Verdict>,
    /// Whether ANSI colours are used.
    pub colour: bool,
    /// How many characters a line may have. Sentences are broken there, and quoted lines are cut.
    pub width: usize,
    /// Whether each finding has its id.
    pub ids: bool,
    /// The findings that were accepted, where they are to be shown.
    pub accepted: Vec<Accepted>,
    /// Sentences about what is not told.
    pub left_out: Vec<String>,
}

impl Default for Options {
    fn default() -> Options {
        let (show, accepted, left_out) = (Vec::new(), Vec::new(), Vec::new());
        Options { notes: false, show, colour: false, width: 100, ids: false, accepted, left_out }
    }
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
    let report = Report { telling: Telling::of(documents, answer), options };
    let causes = report.telling.causes(options.notes);
    report.heading(out)?;
    if !causes.is_empty() {
        report.wrapped(out, "", &summary::outcome(report.originals(), answer, options))?;
        writeln!(out)?;
    }
    for cause in &causes {
        report.cause(out, cause)?;
    }
    report.accepted(out)?;
    report.listing(out)?;
    for sentence in summary::sentences(report.originals(), answer, options) {
        report.wrapped(out, "", &sentence)?;
    }
    Ok(())
}

/// The sentences about what was checked, and about what of the figures was not.
#[cfg(feature = "html-report")]
pub(super) fn checked_and_covered(answer: &Answer) -> [String; 2] {
    [summary::checked(answer), summary::coverage(&answer.coverage)]
}

struct Report<'a> {
    telling: Telling<'a>,
    options: &'a Options,
}

impl<'a> Report<'a> {
    fn documents(&self) -> &'a [Document] {
        self.telling.documents
    }

    /// How many documents there are, copies left out.
    fn originals(&self) -> usize {
        self.documents().len() - self.telling.answer.copies.iter().flatten().count()
    }

    /// Writes what each document is about, where that is known. Of several documents it says which are checked alone.
    fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        let several = self.documents().len() > 1;
        let mut any = false;
        for (number, document) in self.documents().iter().enumerate().take(MOST_HEADINGS) {
            let copy = self.telling.answer.copies.get(number).copied().flatten();
            if let Some(of) = copy.and_then(|of| self.documents().get(of)) {
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
        let more = self.documents().len().saturating_sub(MOST_HEADINGS);
        if more > 0 {
            writeln!(out, "… and {more} more documents")?;
        }
        if any { writeln!(out) } else { Ok(()) }
    }

    fn cause(&self, out: &mut dyn Write, cause: &Cause<'a>) -> io::Result<()> {
        let first = cause.first;
        let start = format!("{}: ", severity_name(first.severity));
        let sentence = format!("{start}{}", printable(&self.telling.sentence(first)));
        for (number, line) in broken(&sentence, self.options.width, 2).into_iter().enumerate() {
            match line.strip_prefix(&start).filter(|_| number == 0) {
                Some(rest) => writeln!(out, "{}: {}", self.severity(first.severity), self.bold(rest))?,
                None => writeln!(out, "{}", self.bold(&line))?,
            }
        }
        self.quotes(out, cause)?;
        self.wrapped(out, "  working: ", &printable(&first.arithmetic))?;
        for (index, diagnosis) in first.diagnosis.iter().enumerate() {
            let word = if index == 0 { "   repair: " } else { "       or: " };
            self.wrapped(out, word, &printable(diagnosis))?;
        }
        self.also(out, cause)?;
        if self.options.ids {
            let ids: Vec<&str> = cause.findings().map(|finding| finding.id.as_str()).collect();
            self.wrapped(out, "       id: ", &ids.join(" "))?;
        }
        writeln!(out)
    }

    /// Writes the findings that were accepted, with the reasons.
    fn accepted(&self, out: &mut dyn Write) -> io::Result<()> {
        for Accepted { finding, because } in &self.options.accepted {
            let claim = finding.claims.first().and_then(|&index| self.telling.answer.claims.get(index));
            let place = claim.map_or(String::new(), |claim| self.place(claim));
            let (code, name, id) = (finding.code, rules::name(finding.code), &finding.id);
            self.wrapped(out, "accepted: ", &printable(&self.telling.sentence(finding)))?;
            writeln!(out, "  {} {place} [{code} {name}]", self.dim("-->"))?;
            self.wrapped(out, "  working: ", &printable(&finding.arithmetic))?;
            self.wrapped(out, "  because: ", &printable(because))?;
            if self.options.ids {
                writeln!(out, "       id: {id}")?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    /// Writes a line about each further finding of a cause. What is said of several places in the same words is said once.
    fn also(&self, out: &mut dyn Write, cause: &Cause<'a>) -> io::Result<()> {
        let mut told: Vec<(&Finding, Vec<String>)> = Vec::new();
        for finding in &cause.also {
            let place = self.telling.claim(finding).map_or(String::new(), |claim| self.place(claim));
            let same = |other: &Finding| {
                (other.code, &other.message, &other.arithmetic, other.severity)
                    == (finding.code, &finding.message, &finding.arithmetic, finding.severity)
            };
            match told.iter_mut().find(|(other, _)| same(other)) {
                Some((_, places)) => places.push(place),
                None => told.push((finding, vec![place])),
            }
        }
        for (finding, places) in told {
            let (severity, code, places) = (severity_name(finding.severity), finding.code, places.join("; "));
            let (message, sum) = (printable(&self.telling.sentence(finding)), printable(&finding.arithmetic));
            self.wrapped(out, "     also: ", &format!("{severity} {code}, {places}: {message} ({sum})"))?;
        }
        Ok(())
    }

    fn quotes(&self, out: &mut dyn Write, cause: &Cause<'a>) -> io::Result<()> {
        let mut excerpt = Excerpt::new(self.options.width.saturating_sub(MARGIN).max(30));
        for claim in cause.findings().flat_map(|finding| self.telling.claims(finding)) {
            for Marked { document, place, figure, published } in self.telling.marked(claim) {
                let read = self.documents().get(document);
                let head = read.zip(figure).and_then(|(read, figure)| column_heads(read, figure));
                excerpt.mark(document, place, published, head);
            }
        }
        let (quotes, left_out) = excerpt.quotes(self.documents());
        let first = self.telling.claim(cause.first);
        let own = first.map(|claim| claim.document);
        if let Some(claim) = first {
            let name = rules::name(claim.code);
            writeln!(out, "  {} {} [{} {name}]", self.dim("-->"), self.place(claim), claim.code)?;
        }
        let mut document = own;
        for quote in &quotes {
            if document.replace(quote.document) != Some(quote.document) {
                let path = self.documents().get(quote.document).map_or("", |read| &read.origin.path);
                writeln!(out, "  {} {}", self.dim("-->"), printable(path))?;
            }
            if !quote.over.is_empty() {
                writeln!(out, "{} {}", self.dim("       |"), self.dim(&quote.over))?;
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
        for claim in self.telling.answer.claims.iter().filter(asked) {
            let why = claim.reason.as_deref().or(claim.mode).map_or(String::new(), |why| format!(" ({why})"));
            let (verdict, place) = (verdict(claim.verdict), self.place(claim));
            let (name, sum) = (rules::name(claim.code), printable(&claim.arithmetic));
            writeln!(out, "{verdict}: {} {name}, {place}: {sum}{}", claim.code, printable(&why))?;
            listed = true;
        }
        if listed { writeln!(out) } else { Ok(()) }
    }

    /// Where a claim stands: with its file, where there are several.
    fn place(&self, claim: &Claim) -> String {
        let place = printable(&self.telling.place(claim.document, claim.place));
        match self.documents().get(claim.document) {
            Some(read) if self.documents().len() > 1 => format!("{}, {place}", printable(&read.origin.path)),
            _ => place,
        }
    }

    /// Writes a text in lines of the width, those after the first set in as far as what stands before the first.
    fn wrapped(&self, out: &mut dyn Write, start: &str, text: &str) -> io::Result<()> {
        let lines = broken(&format!("{start}{text}"), self.options.width, start.chars().count());
        lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    fn severity(&self, severity: Severity) -> String {
        let colour = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.paint(colour, severity_name(severity))
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

/// Breaks a text between words into lines of so many characters, those after the first set in by `indent`. A word that is
/// longer has a line of its own.
fn broken(text: &str, width: usize, indent: usize) -> Vec<String> {
    let start = text.len() - text.trim_start().len();
    let mut line = text.get(..start).unwrap_or_default().to_owned();
    let (mut lines, mut length, mut words) = (Vec::new(), line.chars().count(), 0);
    for word in text.trim_start().split(' ') {
        let size = word.chars().count();
        if words > 0 && length + 1 + size > width {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            (length, words) = (indent, 0);
        }
        if words > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        (length, words) = (length + size, words + 1);
    }
    lines.push(line);
    lines
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
