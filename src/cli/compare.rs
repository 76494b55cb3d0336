//! `crossfoot compare`: the figures of several documents side by side.

use super::messages::Messages;
use super::read::ReadArgs;
use super::{Status, read, stdout};
use crate::model::document::Document;
use crate::report::json;
use crate::report::panel::{self, Headline, Panel};
use std::io::{self, Write};
use std::path::PathBuf;

/// Put the figures of several documents side by side.
///
/// One row for each body and what is counted, one column for each period, and for each cell the document and the place
/// that it is from. Where documents print different values, the latest comes first and all are listed.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot compare reports
  crossfoot compare reports --headlines
  crossfoot compare 'reports/*.pdf' --format csv > panel.csv")]
pub(super) struct Args {
    /// Files, directories, quoted patterns such as 'reports/*.txt', or - for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print the same few figures of each body: complaints received, upheld and in time, days, compensation and those of the
    /// ombudsman, with what was not found and why.
    #[arg(long)]
    headlines: bool,
    /// Indent the JSON.
    #[arg(long)]
    pretty: bool,
    #[command(flatten)]
    read: ReadArgs,
}

/// The form of the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// For a spreadsheet: all rows, with three columns for each period.
    Csv,
    /// For a program: all rows with every print and its place.
    Json,
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let reader = match args.read.reader(messages) {
        Ok(reader) => reader,
        Err(status) => return Ok(status),
    };
    let (documents, unread) = read::together(&reader, &args.files, messages)?;
    let mut out = stdout();
    if args.headlines {
        write_headlines(&mut out, args, &panel::headlines(&documents))?;
    } else {
        write_panel(&mut out, args, &panel::panel(&documents), &documents)?;
    }
    out.flush()?;
    let lost = documents.iter().any(Document::is_lost) || documents.iter().all(Document::is_blank);
    Ok(if lost || !unread.is_empty() { Status::Failed } else { Status::Clean })
}

fn write_panel(out: &mut dyn Write, args: &Args, panel: &Panel, documents: &[Document]) -> io::Result<()> {
    let paths: Vec<&str> = documents.iter().map(|document| document.origin.path.as_str()).collect();
    match args.format {
        Format::Text => panel::panel_text(out, panel, &paths),
        Format::Csv => panel::panel_csv(out, panel),
        Format::Json => json::write(out, panel, args.pretty),
    }
}

fn write_headlines(out: &mut dyn Write, args: &Args, headlines: &[Headline]) -> io::Result<()> {
    match args.format {
        Format::Text => panel::headline_text(out, headlines),
        Format::Csv => panel::headline_csv(out, headlines),
        Format::Json => json::write(out, &headlines, args.pretty),
    }
}
