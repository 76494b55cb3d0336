//! The work of such a process: it reads or checks what it is sent, until there is nothing more.
//!
//! A task and its answer are pieces of [`process`]: a head in `postcard`, then as many bodies as the head says.

use super::pack::{Rows, pack, unpack};
use crate::cli::messages::Messages;
use crate::cli::read::{Reader, WhatArgs, guarded};
use crate::cli::settings::Checking;
use crate::cli::{Status, archive, limits, path_of, process, stdout};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::observe::Given;
use crate::pipeline::second::SecondReading;
use crate::read::source::{bytes_within, from_bytes, from_hashed, hash, shown};
use crate::reconcile::claim::Answer;
use crate::reconcile::{self};
use crate::report::chosen::{Choice, chosen};
use crate::report::data_set::{self, DocumentRow, Said, Table, said};
use crate::report::json;
use crate::report::schema::ExtractOf;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, Read, Write};

/// Read or check what is sent on standard input, and hand it back on standard output.
#[derive(clap::Args)]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    what: WhatArgs,
    #[arg(long)]
    memory: u64,
    #[arg(long)]
    seconds: u64,
    /// As [`Checking::again`] writes them.
    #[arg(long, value_parser = Checking::parse)]
    settings: Option<Checking>,
}

/// What is to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli) enum Task {
    /// Read an input.
    Read {
        /// Its path, in the bytes of the system.
        path: Vec<u8>,
        /// The hash of its bytes when it was read last.
        known: Option<String>,
        /// What the user says of it.
        said: Option<Given>,
    },
    /// Read the bytes that follow, beside the numerals that another reader found in them, if any, as JSON.
    Source {
        /// The path that they were read by.
        path: String,
        /// What the user says of them.
        said: Option<Given>,
    },
    /// Check the documents that follow together, and make their rows.
    Check {
        /// What they are called in the data set.
        ids: Vec<String>,
        /// Where the JSON of each is written, where it is.
        json: Vec<Option<Vec<u8>>>,
        /// They are checked; else only the rows of what was read are made.
        checked: bool,
    },
}

/// What became of a task.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli) enum Answered {
    /// The bytes of the input are those that are known.
    Unchanged,
    /// An input was read. The packed document follows, or nothing.
    Read {
        /// What is told of it.
        row: Box<DocumentRow>,
        /// Another try can end otherwise.
        again: bool,
    },
    /// Documents were checked. Their packed rows follow.
    Checked(Vec<Outcome>),
    /// It could not be done, because the system refused.
    Failed(String),
}

/// What became of a document that was checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::cli) struct Outcome {
    /// The id of the document of which it is a copy.
    pub copy_of: Option<String>,
    /// Figures, tables, claims, errors, warnings and notes.
    pub counts: [u64; 6],
}

impl Task {
    /// How many times as long it may take as reading one input.
    pub(in crate::cli) fn times(&self) -> u32 {
        match self {
            Task::Read { .. } | Task::Source { .. } => 1,
            Task::Check { ids, .. } => 1 + u32::try_from(ids.len() / 20).unwrap_or(u32::MAX - 1),
        }
    }
}

impl Answered {
    /// How many bodies follow.
    pub fn bodies(&self) -> usize {
        match self {
            Answered::Unchanged | Answered::Failed(_) => 0,
            Answered::Read { .. } => 1,
            Answered::Checked(outcomes) => outcomes.len(),
        }
    }
}

/// Serves until standard input ends.
pub(in crate::cli) fn serve(args: &Args, messages: &Messages) -> io::Result<Status> {
    let Ok(reader) = args.what.reader(messages) else { return Ok(Status::Failed) };
    let settings = args.settings.clone().unwrap_or_default();
    settings.install();
    let choice = settings.choice();
    limits::memory(args.memory)?;
    let mut input = io::BufReader::new(io::stdin().lock());
    let mut out = stdout();
    while let Some(head) = process::piece(&mut input)? {
        let task: Task = postcard::from_bytes(&head).map_err(io::Error::other)?;
        limits::time(args.seconds.saturating_mul(task.times().into()))?;
        let (answered, bodies) = work(&reader, &choice, task, &mut input)?;
        process::send(&mut out, &postcard::to_allocvec(&answered).map_err(io::Error::other)?)?;
        bodies.iter().try_for_each(|body| process::send(&mut out, body))?;
        out.flush()?;
    }
    Ok(Status::Clean)
}

fn work(
    reader: &Reader,
    choice: &Choice,
    task: Task,
    input: &mut impl Read,
) -> io::Result<(Answered, Vec<Vec<u8>>)> {
    match task {
        Task::Read { path, known, said } => read(reader, &path, known.as_deref(), said),
        Task::Source { path, said } => {
            let (bytes, second) = (body(input)?, body(input)?);
            let second: Option<SecondReading> = serde_json::from_slice(&second)?;
            let size = bytes.len() as u64;
            let read = || about_it(reader, said).source(from_bytes(&path, bytes)?, second.as_ref());
            handed_back(&path, guarded(&path, read), size)
        }
        Task::Check { ids, json, checked } => {
            let documents = ids.iter().map(|_| unpack(&body(input)?)).collect::<io::Result<Vec<_>>>()?;
            let answer = if checked { reconcile::check(&documents) } else { Answer::default() };
            rows_of_all(&documents, &chosen(&documents, answer, choice).answer, &ids, &json)
        }
    }
}

fn body(input: &mut impl Read) -> io::Result<Vec<u8>> {
    process::piece(input)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// A reader that knows what the user says of an input.
fn about_it(reader: &Reader, said: Option<Given>) -> Cow<'_, Reader> {
    match said {
        Some(given) => Cow::Owned(reader.about(given)),
        None => Cow::Borrowed(reader),
    }
}

fn read(
    reader: &Reader,
    path: &[u8],
    known: Option<&str>,
    given: Option<Given>,
) -> io::Result<(Answered, Vec<Vec<u8>>)> {
    let path = path_of(path);
    let name = shown(&path);
    let (mut sha256, mut size) = (None, None);
    let result = guarded(&name, || {
        let bytes = bytes_within(&path, reader.most_bytes())?;
        let own = hash(&bytes);
        (sha256, size) = (Some(own.clone()), Some(bytes.len() as u64));
        if known == Some(own.as_str()) {
            return Ok(None);
        }
        about_it(reader, given).source(from_hashed(&name, bytes, own)?, None).map(Some)
    });
    let Some(result) = result.transpose() else { return Ok((Answered::Unchanged, Vec::new())) };
    let (answered, bodies) = handed_back(&name, result, size.unwrap_or_default())?;
    Ok(match answered {
        Answered::Read { row, again } => {
            (Answered::Read { row: Box::new(DocumentRow { sha256, bytes: size, ..*row }), again }, bodies)
        }
        other => (other, bodies),
    })
}

/// A document, or why there is none.
fn handed_back(name: &str, read: Result<Document, Error>, size: u64) -> io::Result<(Answered, Vec<Vec<u8>>)> {
    let (row, again, body) = match read {
        Ok(document) => (DocumentRow::read(&document, size), false, pack(&document)?),
        Err(error) => {
            let (what, hint) = error.what();
            let again = matches!(error, Error::Read { .. });
            (DocumentRow::unread(name.to_owned(), data_set::Status::Failed, what, hint), again, Vec::new())
        }
    };
    Ok((Answered::Read { row: Box::new(row), again }, vec![body]))
}

/// Packs the rows of each of some documents that were checked together.
fn rows_of_all(
    documents: &[Document],
    answer: &Answer,
    ids: &[String],
    json: &[Option<Vec<u8>>],
) -> io::Result<(Answered, Vec<Vec<u8>>)> {
    let all = said(documents, answer, ids);
    let (mut outcomes, mut bodies) = (Vec::new(), Vec::new());
    for (at, ((document, id), said)) in documents.iter().zip(ids).zip(&all).enumerate() {
        if let Some(Some(path)) = json.get(at) {
            let path = path_of(path);
            let written = archive::replace(&path, |out| json::write(out, &ExtractOf(document), false));
            if let Err(error) = written {
                return Ok((Answered::Failed(format!("{}: {error}", shown(&path))), Vec::new()));
            }
        }
        let copy = answer.copies.get(at).copied().flatten();
        let (outcome, body) = rows(document, id, said, copy.and_then(|copy| ids.get(copy)))?;
        outcomes.push(outcome);
        bodies.push(body);
    }
    Ok((Answered::Checked(outcomes), bodies))
}

fn rows(
    document: &Document,
    id: &str,
    said: &Said,
    copy_of: Option<&String>,
) -> io::Result<(Outcome, Vec<u8>)> {
    let mut packed = Rows::new();
    let mut add = |table, rows: &mut dyn Iterator<Item = data_set::Row>| -> io::Result<u64> {
        let mut count = 0;
        for row in rows {
            packed.add(table, &row)?;
            count += 1;
        }
        Ok(count)
    };
    let figures = add(Table::Observations, &mut data_set::observations(document, id))?;
    let tables = add(Table::Tables, &mut data_set::tables(document, id))?;
    let claims = add(Table::Claims, &mut said.claims.iter().cloned())?;
    add(Table::Findings, &mut said.findings.iter().cloned())?;
    let [errors, warnings, notes] = said.loud.map(|count| count as u64);
    let counts = [figures, tables, claims, errors, warnings, notes];
    Ok((Outcome { copy_of: copy_of.cloned(), counts }, packed.finish()?))
}
