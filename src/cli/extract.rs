//! `crossfoot extract`: every table and figure, as data.

use super::inputs::Inputs;
use super::messages::Messages;
use super::read::ReadArgs;
use super::settings::ConfigArgs;
use super::{Status, archive, read, stdout};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::report::schema::{Extract, ExtractOf};
use crate::report::{csv, json, jsonl, markdown};
use serde::Serialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Extract every table and figure with its place.
///
/// One FILE gives one JSON object; a directory, a pattern or several files give an array. Of crossfoot.toml, what it says of
/// documents and words counts: documents, grammars and words.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot extract report.pdf
  crossfoot extract reports --format csv > figures.csv
  crossfoot extract reports --format md --out read")]
pub(super) struct Args {
    /// Files, directories, quoted patterns such as 'reports/*.txt', or - for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Write one file an input into this directory, and documents.jsonl with the status of every input.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Indent the JSON.
    #[arg(long)]
    pretty: bool,
    #[command(flatten)]
    config: ConfigArgs,
    #[command(flatten)]
    read: ReadArgs,
}

/// The form of the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Tables, observations and diagnostics: see `crossfoot schema`.
    Json,
    /// One observation a line.
    Jsonl,
    /// One observation a row.
    Csv,
    /// Tables and figures for reading.
    Md,
}

/// The form of the results, as asked for on the command line.
#[derive(Clone, Copy)]
pub(super) struct Form {
    format: Format,
    /// JSON is indented.
    pretty: bool,
}

impl Form {
    /// The ending of the names of files in this form.
    pub fn ending(self) -> &'static str {
        match self.format {
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Md => "md",
        }
    }

    /// Writes one document as a whole file.
    pub fn write(self, out: &mut dyn Write, document: &Document) -> io::Result<()> {
        match self.format {
            Format::Json => json::write(out, &ExtractOf(document), self.pretty),
            Format::Jsonl => jsonl::write(out, document),
            Format::Csv => csv::head(out).and_then(|()| csv::write(out, document)),
            Format::Md => markdown::write(out, document),
        }
    }
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    if let Some(file) = args.out.as_ref().filter(|out| out.is_file()) {
        let hint = "name a directory, or leave --out out and send what is printed into a file";
        messages.error(&file.display().to_string(), "a file where a directory is wanted", Some(hint));
        return Ok(Status::Failed);
    }
    let settings = match args.config.settings(messages) {
        Ok(settings) => settings,
        Err(status) => return Ok(status),
    };
    let reader = match args.read.reader(settings.reading(), messages) {
        Ok(reader) => reader,
        Err(status) => return Ok(status),
    };
    let inputs = reader.documents(Inputs::of(&args.files, args.out.as_deref(), messages), messages);
    let form = Form { format: args.format, pretty: args.pretty };
    if let Some(dir) = &args.out {
        return Ok(archive::write(dir, form, &inputs, &reader, messages));
    }
    let mut stream = Stream { out: stdout(), form, single: inputs.single, written: 0 };
    stream.begin()?;
    let (mut failed, mut blank) = (!inputs.unread.is_empty(), true);
    read::in_order(
        &inputs.paths,
        |_, path| reader.one(path),
        |path, result| match result {
            Ok(document) => {
                failed |= document.is_lost();
                blank &= document.is_blank();
                messages.diagnostics(&document);
                stream.document(&document)
            }
            Err(error) => {
                failed = true;
                messages.unread(&error);
                stream.unread(path, &error)
            }
        },
    )?;
    stream.end()?;
    Ok(if failed || blank { Status::Failed } else { Status::Clean })
}

/// The results of several documents in one output.
struct Stream<W> {
    out: W,
    form: Form,
    single: bool,
    written: usize,
}

impl<W: Write> Stream<W> {
    fn begin(&mut self) -> io::Result<()> {
        if self.form.format == Format::Csv { csv::head(&mut self.out) } else { Ok(()) }
    }

    fn document(&mut self, document: &Document) -> io::Result<()> {
        match self.form.format {
            Format::Json => self.json(&ExtractOf(document)),
            Format::Csv => csv::write(&mut self.out, document),
            _ => self.form.write(&mut self.out, document),
        }
    }

    /// Writes the diagnostic of an input that could not be read, where the output is JSON. Other forms hold
    /// observations only, of which it has none.
    fn unread(&mut self, path: &Path, error: &Error) -> io::Result<()> {
        if self.form.format != Format::Json {
            return Ok(());
        }
        self.json(&Extract::unread(&path.display().to_string(), error.what().0))
    }

    fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.written += 1;
        if self.single {
            json::write(&mut self.out, value, self.form.pretty)
        } else {
            json::member(&mut self.out, value, self.written == 1, self.form.pretty)
        }
    }

    fn end(&mut self) -> io::Result<()> {
        if self.form.format == Format::Json && !self.single {
            json::end(&mut self.out, self.written == 0)?;
        }
        self.out.flush()
    }
}
