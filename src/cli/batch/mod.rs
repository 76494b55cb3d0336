//! `crossfoot batch`: reads and checks whole archives into one data set; `crossfoot reconcile` joins the parts of one.

mod folder;
mod found;
pub(super) mod journal;
mod pieces;
mod progress;
pub(super) mod reconcile;
mod run;
mod write;

use self::folder::{About, Folder};
use self::found::{Found, Seen};
use self::journal::Journal;
use self::run::{Batch, Record, Stop, hold};
use self::write::{Format, Made};
use super::crew::Terms;
use super::given::{GivenArgs, Manifest};
use super::messages::Messages;
use super::read::{WhatArgs, seconds};
use super::settings::{ConfigArgs, SelectArgs};
use super::{Status, archive, isolation, path_of};
use crate::model::diagnostic::Refusal;
use crate::report::data_set::Status as Read;
use crate::report::{counted, printable};
use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::io::{self, BufRead};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// So many inputs of an earlier run that are gone are named.
const NAMED: usize = 3;

/// Read and check whole archives into one data set.
///
/// Writes the tables documents, observations, tables, claims and findings, a datapackage.json that describes them, and
/// a summary. Every path that is seen has one row in documents. Each input is read in a process with limits. A run that
/// was stopped, in whatever way, goes on with --resume.
///
/// All of crossfoot.toml counts but fail_on.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot batch reports --out data
  crossfoot batch reports --out data --resume
  find reports -name '*.pdf' -print0 | crossfoot batch - --null --out data")]
pub(super) struct Args {
    /// Directories, zip archives, files, quoted patterns such as 'reports/*.pdf', or - for a list of paths on standard input.
    #[arg(value_name = "PATH", required_unless_present = "manifest")]
    paths: Vec<PathBuf>,
    /// The folder of the data set.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    how: How,
    /// Go on with the run that DIR holds. Inputs that have not changed are not read again.
    #[arg(long)]
    resume: bool,
    /// Read only the I-th of N parts of the inputs, counted from 1; `crossfoot reconcile` joins the parts.
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<(u64, u64)>,
    /// The paths on standard input have NUL characters between them, as `find -print0` writes them.
    #[arg(long, short = '0')]
    null: bool,
    #[command(flatten)]
    what: WhatArgs,
    #[command(flatten)]
    given: GivenArgs,
    #[command(flatten)]
    config: ConfigArgs,
}

/// How a data set is made.
#[derive(clap::Args)]
pub(super) struct How {
    /// The forms of the tables.
    #[arg(long, value_enum, value_delimiter = ',', num_args = 1, default_value = "csv", value_name = "FORM")]
    format: Vec<Format>,
    /// Write the JSON of each document too, into DIR/json.
    #[arg(long)]
    json: bool,
    /// How many processes read at a time; as many as there are cores without it.
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// The memory that one process may take.
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    #[arg(value_parser = clap::value_parser!(u64).range(16..=1_048_576))]
    max_memory: u64,
    /// Give up an input after this time; 120 without it.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
}

fn shard(text: &str) -> Result<(u64, u64), String> {
    let parsed =
        text.split_once('/').and_then(|(part, parts)| Some((part.parse().ok()?, parts.parse().ok()?)));
    parsed
        .filter(|(part, parts)| (1..=*parts).contains(part))
        .ok_or_else(|| "a part and their number are wanted, such as 2/8".to_owned())
}

impl How {
    fn terms(&self, what: Vec<OsString>) -> Terms {
        Terms { what, memory: self.max_memory, time: self.timeout.unwrap_or(isolation::TIME) }
    }

    fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, NonZero::get);
        self.jobs.map_or_else(cores, NonZero::get)
    }

    /// The forms in a fixed order. One that this build cannot write is refused.
    fn formats(&self, messages: &Messages) -> Option<Vec<Format>> {
        let mut formats = self.format.clone();
        formats.sort_unstable();
        formats.dedup();
        if formats.contains(&Format::Parquet) && cfg!(not(feature = "parquet")) {
            let hint = "build it with `--features parquet`, or choose csv or jsonl";
            messages.error("--format", "this build does not write Parquet", Some(hint));
            return None;
        }
        Some(formats)
    }
}

pub(super) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let Some(formats) = args.how.formats(messages) else { return Ok(Status::Failed) };
    let settings = match args.config.settings(messages) {
        Ok(settings) => settings,
        Err(status) => return Ok(status),
    };
    let (reading, checking) = (settings.reading(), settings.checking());
    let what = args.what.under(reading.grammars);
    // What is wrong with the vocabulary is told once, and not by each process.
    if what.reader(messages).is_err() {
        return Ok(Status::Failed);
    }
    let manifest = match args.given.manifest_of_all(messages) {
        Ok(manifest) => manifest.with_patterns(reading.documents),
        Err(status) => return Ok(status),
    };
    let terms = args.how.terms([what.again(), checking.again()].concat());
    let silent = checking.left_out.len();
    let about = About::new(what.fingerprint(), args.shard, checking);
    let folder = match Folder::open(&args.out, &about, args.resume) {
        Ok(folder) => folder,
        Err(refusal) => return Ok(refused(&args.out, &refusal, messages)),
    };
    let seen = inputs(args, &manifest, messages);
    if seen.is_empty() {
        let hint = "name a directory, an archive or a file";
        messages.error("the inputs", "there are none", Some(hint));
        return Ok(Status::Failed);
    }
    tell_gone(&folder, &seen, messages);
    if silent > 0 {
        let by = settings.by(&SelectArgs::default());
        let are = if silent == 1 { "is" } else { "are" };
        messages.note(&format!("{} {are} left out by {by}", counted(silent, "check")));
    }
    let stop = stopped();
    let quiet = messages.is_quiet();
    let batch = Batch { seen: &seen, terms: &terms, jobs: args.how.jobs(), stop, quiet };
    let work = Work { batch: &batch, folder: &folder, formats: &formats, json: args.how.json, messages };
    Ok(work.end(work.all(args.shard)))
}

/// Says why nothing can be done with a folder.
fn refused(path: &Path, (what, hint): &Refusal, messages: &Messages) -> Status {
    messages.error(&path.display().to_string(), what, Some(hint));
    Status::Failed
}

/// Every path that the arguments, standard input and the manifest name, with what is found there.
fn inputs(args: &Args, manifest: &Manifest, messages: &Messages) -> Vec<Seen> {
    let mut found = Found::new(&args.out, manifest);
    for path in &args.paths {
        if path == Path::new("-") {
            for line in listed(args.null, messages) {
                found.argument(&line);
            }
        } else {
            found.argument(path);
        }
    }
    if args.paths.is_empty() {
        manifest.listed().iter().for_each(|path| found.argument(path));
    }
    found.seen
}

/// The paths on standard input, one a line.
fn listed(null: bool, messages: &Messages) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for line in io::stdin().lock().split(if null { 0 } else { b'\n' }) {
        match line {
            Ok(line) => {
                let line = if null { line.as_slice() } else { line.strip_suffix(b"\r").unwrap_or(&line) };
                if !line.is_empty() {
                    paths.push(path_of(line));
                }
            }
            Err(error) => {
                messages.error("standard input", &error.to_string(), None);
                break;
            }
        }
    }
    paths
}

/// Names inputs of the run that the folder held before that are not among those of this run.
fn tell_gone(folder: &Folder, seen: &[Seen], messages: &Messages) {
    let Some(before) = &folder.before else { return };
    let now: HashSet<&[u8]> = seen.iter().map(Seen::bytes).collect();
    let gone: Vec<&Seen> = before.iter().filter(|seen| !now.contains(seen.bytes())).collect();
    if !gone.is_empty() {
        let names: Vec<String> = gone.iter().take(NAMED).map(|seen| seen.shown()).collect();
        let more = if gone.len() > NAMED { ", …" } else { "" };
        messages.note(&format!(
            "{} of the run before not among the inputs any more, and left out: {}{more}",
            counted(gone.len(), "input"),
            names.join(", ")
        ));
    }
}

/// Whether the run is to end: Ctrl-C says so, and the second one ends the program at once.
fn stopped() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // A program that this one is part of may have its own way with signals.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(Status::Failed as u8));
        }
    });
    &STOP
}

/// The work of a run, from the journal to the data set.
struct Work<'a> {
    batch: &'a Batch<'a>,
    folder: &'a Folder,
    formats: &'a [Format],
    json: bool,
    messages: &'a Messages,
}

impl Work<'_> {
    /// Reads what is to be read, and unless this is a part of the inputs only, checks and writes it.
    fn all(&self, shard: Option<(u64, u64)>) -> Result<Status, Stop> {
        self.folder.keep_inputs(self.batch.seen)?;
        let own = Mutex::new(Journal::open(&self.folder.own("journal"))?);
        let is_own = |input: &usize| shard.is_none_or(|(part, parts)| *input as u64 % parts == part - 1);
        let read = |input: &usize| self.batch.seen.get(*input).is_some_and(|seen| seen.not.is_none());
        let inputs: Vec<usize> = (0..self.batch.seen.len()).filter(is_own).filter(read).collect();
        let ended = self.batch.read(&own, &inputs).and_then(|()| match shard {
            Some((part, parts)) => {
                let count = counted(inputs.len(), "input");
                self.messages.note(&format!(
                    "part {part} of {parts} is read: {count}; join the parts with crossfoot reconcile"
                ));
                Ok(Status::Clean)
            }
            None => self.join(&[&own], &own, |_| 0),
        });
        ended.inspect_err(|_| self.so_far(&own))
    }

    /// Checks what the journals hold, and writes the data set. `of` gives the journal of an input.
    fn join(
        &self,
        journals: &[&Mutex<Journal>],
        own: &Mutex<Journal>,
        of: impl Fn(usize) -> usize,
    ) -> Result<Status, Stop> {
        let records = self.batch.records(journals, of);
        let json = self.json_paths(&records);
        let rows = self.batch.check(journals, own, &records, &|input| json.get(&input).cloned())?;
        let made = Made {
            seen: self.batch.seen,
            journals,
            own,
            records: &records,
            rows: &rows,
            jobs: self.batch.jobs,
        };
        let summary = write::write(self.folder, self.formats, &made)?;
        self.messages.note(&format!(
            "{}; see {}",
            summary.line(),
            self.folder.path().join("summary.txt").display()
        ));
        self.tell_stale(&json);
        Ok(if summary.count(Read::Failed) > 0 { Status::Failed } else { Status::Clean })
    }

    /// Where the JSON of each document goes, where it is wanted.
    fn json_paths(&self, records: &[Record]) -> HashMap<usize, PathBuf> {
        if !self.json {
            return HashMap::new();
        }
        let documents = records.iter().enumerate().filter(|(_, record)| record.group().is_some());
        let inputs: Vec<usize> = documents.map(|(input, _)| input).collect();
        let paths: Vec<PathBuf> =
            inputs.iter().filter_map(|input| self.batch.seen.get(*input)).map(Seen::path).collect();
        let names = archive::names(&paths, "json");
        let within = |name: PathBuf| self.folder.path().join("json").join(name);
        inputs.into_iter().zip(names.into_iter().map(within)).collect()
    }

    /// Names files of the folder that are results of an earlier run and not of this one.
    fn tell_stale(&self, json: &HashMap<usize, PathBuf>) {
        let path = self.folder.path();
        let mut stale = write::others(path, self.formats);
        let own: HashSet<&PathBuf> = json.values().collect();
        let all = walkdir::WalkDir::new(path.join("json")).into_iter().filter_map(Result::ok);
        let files = all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
        stale.extend(files.filter(|file| !own.contains(file)));
        if !stale.is_empty() {
            let names: Vec<String> =
                stale.iter().take(NAMED).map(|path| path.display().to_string()).collect();
            let more = if stale.len() > NAMED { ", …" } else { "" };
            let files = counted(stale.len(), "file");
            self.messages.note(&format!(
                "{files} of an earlier run, which this one did not write: {}{more}",
                names.join(", ")
            ));
        }
    }

    /// Writes what became of the inputs so far, where a run did not come to its end.
    fn so_far(&self, own: &Mutex<Journal>) {
        let records = self.batch.records(&[own], |_| 0);
        let made = Made {
            seen: self.batch.seen,
            journals: &[own],
            own,
            records: &records,
            rows: &HashMap::new(),
            jobs: self.batch.jobs,
        };
        let synced = hold(own).sync();
        // The reason why the run ended is told in any case, and what is in the journal is kept.
        if let Ok(summary) = synced.and_then(|()| write::write_documents(self.folder, self.formats, &made)) {
            self.messages.note(&format!("so far {}", summary.line()));
        }
    }

    /// The status of a run, with the reason where it did not come to its end.
    fn end(&self, result: Result<Status, Stop>) -> Status {
        let place = printable(&self.folder.path().display().to_string());
        match result {
            Ok(status) => status,
            Err(Stop::Interrupted) => {
                let hint = "go on with the same command and --resume";
                self.messages.error(&place, "interrupted; what was read is kept", Some(hint));
                Status::Failed
            }
            Err(Stop::System(error)) => {
                let what = format!("the run cannot go on: {error}");
                let hint = match error.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                        "what was read is kept; free some space, and go on with the same command and --resume"
                    }
                    _ => "what was read is kept; mend this, and go on with the same command and --resume",
                };
                self.messages.error(&place, &what, Some(hint));
                Status::Failed
            }
        }
    }
}
