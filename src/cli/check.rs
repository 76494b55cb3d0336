//! `crossfoot check`: what does not add up.

use super::living::{LivingArgs, Told};
use super::messages::Messages;
use super::read::ReadArgs;
use super::{Status, read, stdout};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::reconcile::check;
use crate::reconcile::claim::{Answer, Severity, Verdict};
use crate::report::schema::{CheckAnswerOf, Diagnostic};
use crate::report::{github, json, printable, sarif, statistics, text};
use std::io::{self, Write};
use std::path::PathBuf;

/// Check that the figures agree, and show where they do not.
///
/// Several files are checked together: figures of one document are compared with those of the others.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot check report.pdf
  crossfoot check 'reports/*.pdf' --notes --fail-on warning
  crossfoot check reports --select CF1,percent-change --statistics
  crossfoot check reports --baseline last.json
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
    let reader = match args.read.reader_with(living.settings.reading(), messages) {
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
    write(args, &documents, &told, &unread)?;
    let lost = documents.iter().any(Document::is_lost) || documents.iter().all(Document::is_blank);
    let failed = lost || !unread.is_empty();
    let fail_on = args.fail_on.or(living.settings.fail_on()).unwrap_or(FailOn::Error);
    Ok(status(fail_on, &told.chosen.answer, failed))
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

fn write(args: &Args, documents: &[Document], told: &Told, unread: &[Error]) -> io::Result<()> {
    let mut out = stdout();
    let answer = &told.chosen.answer;
    match args.format {
        Format::Json => {
            let unread: Vec<Diagnostic> =
                unread.iter().map(|error| Diagnostic::unread(error.path(), error.what().0)).collect();
            let left_out = told.left_out.as_ref();
            let public = CheckAnswerOf { documents, answer, unread: &unread, left_out };
            json::write(&mut out, &public, args.pretty)?;
        }
        Format::Sarif => {
            sarif::write(&mut out, documents, answer, &told.chosen.accepted, unread, args.pretty)?;
        }
        Format::Github => github::write(&mut out, documents, answer, unread, args.notes)?,
        Format::Text => {
            not_read(&mut out, documents, unread)?;
            if documents.iter().all(Document::is_blank) {
                writeln!(out, "Nothing could be read, so nothing was checked.")?;
                return out.flush();
            }
            let choice = anstream::AutoStream::choice(&io::stdout());
            let colour = !matches!(choice, anstream::ColorChoice::Never);
            let show = args.show.iter().map(|&show| show.into()).collect();
            let accepted = if args.living.accepted { told.chosen.accepted.clone() } else { Vec::new() };
            let options = text::Options {
                notes: args.notes,
                show,
                colour,
                width: super::width(),
                ids: args.ids,
                accepted,
                left_out: told.sentences.clone(),
            };
            text::write(&mut out, documents, answer, &options)?;
            if args.statistics {
                writeln!(out)?;
                statistics::write(&mut out, answer)?;
            }
        }
    }
    out.flush()
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
