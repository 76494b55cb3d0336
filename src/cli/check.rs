//! `crossfoot check`: what does not add up.

use super::living::{LivingArgs, Told};
use super::messages::Messages;
use super::put::put;
use super::read::ReadArgs;
use super::{Status, read};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::reconcile::check;
use crate::reconcile::claim::{Answer, Severity, Verdict};
use crate::report::schema::{CheckAnswerOf, Diagnostic};
use crate::report::{github, html, json, printable, sarif, statistics, text};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Check that the figures agree, and show where they do not.
///
/// Several files are checked together: figures of one document are compared with those of the others. All of crossfoot.toml counts.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot check report.pdf
  crossfoot check 'reports/*.pdf' --notes --fail-on warning
  crossfoot check reports --select CF1,percent-change --statistics
  crossfoot check reports --baseline last.json
  crossfoot check report.pdf --format html --out report.html
  crossfoot check report.pdf --annotate annotated.pdf
  crossfoot check reports --format sarif > crossfoot.sarif")]
pub(super) struct Args {
    /// Files, directories, quoted patterns such as 'reports/*.txt', or - for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The least severity of a finding that gives exit status 1; error where nothing is said.
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Show notes too.
    #[arg(long)]
    notes: bool,
    /// List the claims of these verdicts too.
    #[arg(long, value_enum, num_args = 1, value_delimiter = ',', value_name = "VERDICT")]
    show: Vec<Show>,
    /// Print the ids of findings, which `crossfoot accept` takes.
    #[arg(long)]
    ids: bool,
    /// Count the findings and claims of each check.
    #[arg(long)]
    statistics: bool,
    /// Indent the JSON.
    #[arg(long)]
    pretty: bool,
    /// Write to this file, and not to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a copy of the PDF with highlights and notes on the figures of the findings; of several PDFs, into a folder.
    #[cfg(feature = "render")]
    #[arg(long, value_name = "PDF")]
    annotate: Option<PathBuf>,
    #[command(flatten)]
    living: LivingArgs,
    #[command(flatten)]
    read: ReadArgs,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// Every claim and finding: see `crossfoot schema`.
    Json,
    /// One web page that can be mailed, with pictures of the pages.
    Html,
    /// For programs that show the results of checks (SARIF 2.1.0).
    Sarif,
    /// Remarks in a workflow of GitHub.
    Github,
}

/// A threshold of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    fn reached_by(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Note => severity >= Severity::Note,
            FailOn::Never => false,
        }
    }
}

/// The verdicts, as the JSON names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
enum Show {
    Holds,
    HoldsByRounding,
    HoldsByConvention,
    Inconsistent,
    Unverifiable,
}

impl From<Show> for Verdict {
    fn from(show: Show) -> Verdict {
        match show {
            Show::Holds => Verdict::Holds,
            Show::HoldsByRounding => Verdict::HoldsByRounding,
            Show::HoldsByConvention => Verdict::HoldsByConvention,
            Show::Inconsistent => Verdict::Inconsistent,
            Show::Unverifiable => Verdict::Unverifiable,
        }
    }
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let living = match args.living.load(messages) {
        Ok(living) => living,
        Err(status) => return Ok(status),
    };
    let reader = match args.read.reader(living.settings.reading(), messages) {
        Ok(reader) => reader,
        Err(status) => return Ok(status),
    };
    let (documents, mut unread) = read::together(&reader, &args.files, messages)?;
    let answer = read::guarded("check", || Ok(check(&documents))).unwrap_or_else(|error| {
        messages.unread(&error);
        unread.push(error);
        Answer::default()
    });
    let told = living.told(&documents, answer, messages);
    let output = Output { args, documents: &documents, told: &told, unread: &unread };
    if !output.put(messages)? {
        return Ok(Status::Failed);
    }
    #[cfg(feature = "render")]
    if let Some(to) = &args.annotate
        && !super::annotated::write(&documents, &told.chosen.answer, args.notes, to, messages)
    {
        return Ok(Status::Failed);
    }
    let lost = documents.iter().any(Document::is_lost) || documents.iter().all(Document::is_blank);
    let failed = lost || !unread.is_empty();
    let fail_on = args.fail_on.or(living.settings.fail_on()).unwrap_or(FailOn::Error);
    let status = status(fail_on, &told.chosen.answer, failed);
    // The process ends now, which gives back the memory of millions of figures at once and not piece by piece.
    std::mem::forget((documents, told));
    Ok(status)
}

/// Prints what could not be read. It comes first, because all that follows rests on what was read.
fn not_read(out: &mut dyn Write, documents: &[Document], unread: &[Error]) -> io::Result<()> {
    for error in unread {
        writeln!(out, "Not read: {}: {}.", printable(error.path()), printable(&error.what().0))?;
    }
    let mut any = !unread.is_empty();
    for document in documents {
        let lost: Vec<&str> =
            document.diagnostics.iter().filter(|d| d.is_loss()).map(|d| d.message.as_str()).collect();
        let blank = document.why_blank();
        let Some(first) = lost.first().copied().or(blank.as_deref()) else { continue };
        let more = match lost.len().saturating_sub(1) {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        let how = if blank.is_some() { "Not read" } else { "Read in part" };
        writeln!(out, "{how}: {}: {}{more}.", printable(&document.origin.path), printable(first))?;
        any = true;
    }
    if any { writeln!(out) } else { Ok(()) }
}

/// Whether two paths are of one file.
pub(super) fn same_file(one: &Path, other: &str) -> bool {
    one.canonicalize().ok().is_some_and(|one| Path::new(other).canonicalize().ok() == Some(one))
}

/// What is written.
struct Output<'a> {
    args: &'a Args,
    documents: &'a [Document],
    told: &'a Told,
    unread: &'a [Error],
}

impl Output<'_> {
    /// Writes to standard output or to the file that is named. Says whether it could be written; why not is reported.
    fn put(&self, messages: &Messages) -> io::Result<bool> {
        let page = self.args.format == Format::Html;
        put(self.args.out.as_deref(), page, self.documents, messages, |out| self.write(out))
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let (args, documents, answer) = (self.args, self.documents, &self.told.chosen.answer);
        match args.format {
            Format::Json => {
                let told = |error: &Error| Diagnostic::unread(error.path(), error.what().0);
                let unread: Vec<Diagnostic> = self.unread.iter().map(told).collect();
                let left_out = self.told.left_out.as_ref();
                json::write(out, &CheckAnswerOf { documents, answer, unread: &unread, left_out }, args.pretty)
            }
            Format::Html => self.html(out),
            Format::Sarif => {
                sarif::write(out, documents, answer, &self.told.chosen.accepted, self.unread, args.pretty)
            }
            Format::Github => github::write(out, documents, answer, self.unread, args.notes),
            Format::Text => self.text(out),
        }
    }

    fn html(&self, out: &mut dyn Write) -> io::Result<()> {
        let told = |error: &Error| (error.path().to_owned(), error.what().0);
        let unread: Vec<(String, String)> = self.unread.iter().map(told).collect();
        let report = html::Report {
            documents: self.documents,
            answer: &self.told.chosen.answer,
            unread: &unread,
            left_out: &self.told.sentences,
            notes: self.args.notes,
            accepts: true,
        };
        #[cfg(feature = "render")]
        {
            let pictures = super::pictures::Pictures::of(self.documents, self.args.read.password());
            html::write(out, &report, &mut |document, pages| pictures.pages(document, pages))
        }
        #[cfg(not(feature = "render"))]
        html::write(out, &report, &mut |_, _| Vec::new())
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let (args, answer) = (self.args, &self.told.chosen.answer);
        not_read(out, self.documents, self.unread)?;
        if self.documents.iter().all(Document::is_blank) {
            return writeln!(out, "Nothing could be read, so nothing was checked.");
        }
        let to_file = args.out.is_some();
        let choice = anstream::AutoStream::choice(&io::stdout());
        let options = text::Options {
            notes: args.notes,
            show: args.show.iter().map(|&show| show.into()).collect(),
            colour: !to_file && !matches!(choice, anstream::ColorChoice::Never),
            width: if to_file { text::Options::default().width } else { super::width() },
            ids: args.ids,
            accepted: if args.living.accepted { self.told.chosen.accepted.clone() } else { Vec::new() },
            left_out: self.told.sentences.clone(),
        };
        text::write(out, self.documents, answer, &options)?;
        if args.statistics {
            writeln!(out)?;
            statistics::write(out, answer)?;
        }
        Ok(())
    }
}

fn status(fail_on: FailOn, answer: &Answer, failed: bool) -> Status {
    if failed {
        Status::Failed
    } else if answer.findings.iter().any(|finding| fail_on.reached_by(finding.severity)) {
        Status::Findings
    } else {
        Status::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn the_status_follows_the_threshold_and_2_beats_1() {
        let mut answer = sample::answer();
        assert_eq!(status(FailOn::Error, &answer, false), Status::Findings);
        assert_eq!(status(FailOn::Never, &answer, false), Status::Clean);
        assert_eq!(status(FailOn::Error, &answer, true), Status::Failed);
        answer.findings[0].severity = Severity::Warning;
        assert_eq!(status(FailOn::Error, &answer, false), Status::Clean);
        assert_eq!(status(FailOn::Warning, &answer, false), Status::Findings);
        assert_eq!(status(FailOn::Note, &answer, false), Status::Findings);
        assert_eq!(status(FailOn::Note, &Answer::default(), false), Status::Clean);
    }
}
