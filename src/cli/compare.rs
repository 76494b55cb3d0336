//! `crossfoot compare`: the figures of several documents side by side.

use super::messages::Messages;
use super::put::put;
use super::read::ReadArgs;
use super::settings::ConfigArgs;
use super::{Status, read};
use crate::model::document::Document;
use crate::report::panel::{self, Headline, Panel};
use crate::report::{html, json};
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
  crossfoot compare 'reports/*.pdf' --format csv > panel.csv
  crossfoot compare reports --format html --out panel.html")]
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
    /// Write to this file, and not to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    config: ConfigArgs,
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
    /// One web page that can be mailed: what the text has, with charts of complaints received and upheld over the years.
    Html,
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let settings = match args.config.settings(messages) {
        Ok(settings) => settings,
        Err(status) => return Ok(status),
    };
    let reader = match args.read.reader(settings.reading(), messages) {
        Ok(reader) => reader,
        Err(status) => return Ok(status),
    };
    let (documents, unread) = read::together(&reader, &args.files, messages)?;
    let told: Vec<(String, String)> =
        unread.iter().map(|error| (error.path().to_owned(), error.what().0)).collect();
    let written = put(args.out.as_deref(), args.format == Format::Html, &documents, messages, |out| {
        if args.headlines {
            write_headlines(out, args, &panel::headlines(&documents), &told)
        } else {
            write_panel(out, args, &panel::panel(&documents), &documents, &told)
        }
    })?;
    if !written {
        return Ok(Status::Failed);
    }
    let lost = documents.iter().any(Document::is_lost) || documents.iter().all(Document::is_blank);
    Ok(if lost || !unread.is_empty() { Status::Failed } else { Status::Clean })
}

fn write_panel(
    out: &mut dyn Write,
    args: &Args,
    panel: &Panel,
    documents: &[Document],
    unread: &[(String, String)],
) -> io::Result<()> {
    let paths: Vec<&str> = documents.iter().map(|document| document.origin.path.as_str()).collect();
    match args.format {
        Format::Text => panel::panel_text(out, panel, &paths),
        Format::Csv => panel::panel_csv(out, panel),
        Format::Json => json::write(out, panel, args.pretty),
        Format::Html => html::write_panel(out, panel, documents, unread),
    }
}

fn write_headlines(
    out: &mut dyn Write,
    args: &Args,
    headlines: &[Headline],
    unread: &[(String, String)],
) -> io::Result<()> {
    match args.format {
        Format::Text => panel::headline_text(out, headlines),
        Format::Csv => panel::headline_csv(out, headlines),
        Format::Json => json::write(out, &headlines, args.pretty),
        Format::Html => html::write_headlines(out, headlines, unread),
    }
}
