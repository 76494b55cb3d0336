//! `crossfoot reconcile`: joins the parts of a data set that several machines have read.

use super::folder::{About, Folder, at_rest, read_about, read_inputs};
use super::journal::Journal;
use super::run::{Batch, Stop, hold};
use super::{How, Work, refused, stopped};
use crate::cli::Status;
use crate::cli::crew::Terms;
use crate::cli::messages::Messages;
use crate::model::diagnostic::Refusal;
use crate::report::counted;
use std::io;
use std::path::PathBuf;
use std::sync::Mutex;

/// So many inputs are named of which a part has no row.
const NAMED: usize = 5;

/// Join the parts of a data set, which `crossfoot batch --shard` has read.
///
/// Fails unless the parts are all there, of one run, and every input has exactly one row. The data set is the same as
/// that of a run that was not parted.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  crossfoot reconcile part-1 part-2 --out data")]
pub(in crate::cli) struct Args {
    /// The folders of the parts.
    #[arg(required = true, value_name = "DIR")]
    parts: Vec<PathBuf>,
    /// The folder of the data set; that of the only part without it.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Go on with a run that was stopped, or write the data set once more.
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    how: How,
}

pub(in crate::cli) fn run(args: &Args, messages: &Messages) -> io::Result<Status> {
    let Some(formats) = args.how.formats(messages) else { return Ok(Status::Failed) };
    let Some(out) = args.out.as_deref().or(if args.parts.len() == 1 {
        args.parts.first().map(PathBuf::as_path)
    } else {
        None
    }) else {
        messages.error(
            "--out",
            "it is needed where there are several parts",
            Some("name a folder for the data set"),
        );
        return Ok(Status::Failed);
    };
    let parts = match Parts::open(&args.parts) {
        Ok(parts) => parts,
        Err((place, refusal)) => return Ok(refused(&place, &refusal, messages)),
    };
    let is_own = args.parts.iter().any(|part| part == out);
    if is_own && args.parts.len() > 1 {
        let hint = "name another folder for the data set";
        messages.error("--out", "it is the folder of one of the parts", Some(hint));
        return Ok(Status::Failed);
    }
    let mut held = Vec::new();
    for part in args.parts.iter().filter(|part| *part != out) {
        match at_rest(part) {
            Ok(lock) => held.push(lock),
            Err(refusal) => return Ok(refused(part, &refusal, messages)),
        }
    }
    let about = About { shard: if is_own { parts.about.shard } else { None }, ..parts.about.clone() };
    let folder = match Folder::open(out, &about, args.resume || is_own) {
        Ok(folder) => folder,
        Err(refusal) => return Ok(refused(out, &refusal, messages)),
    };
    let terms: Terms = args.how.terms(parts.about.checking.again());
    let batch = Batch {
        seen: &parts.seen,
        terms: &terms,
        jobs: args.how.jobs(),
        stop: stopped(),
        quiet: messages.is_quiet(),
    };
    let work = Work { batch: &batch, folder: &folder, formats: &formats, json: args.how.json, messages };
    Ok(work.end(parts.join(&work, is_own)))
}

/// The parts of a data set.
struct Parts {
    about: About,
    seen: Vec<super::found::Seen>,
    /// By part, the folder.
    folders: Vec<PathBuf>,
}

impl Parts {
    /// Looks whether the folders are the parts of one run, each once.
    fn open(folders: &[PathBuf]) -> Result<Parts, (PathBuf, Refusal)> {
        let mut parts: Option<Parts> = None;
        for folder in folders {
            let refuse = |what: String, hint: &str| (folder.clone(), (what, hint.to_owned()));
            let Some(about) = read_about(folder) else {
                return Err(refuse(
                    "it holds no run of crossfoot batch".to_owned(),
                    "name the --out folders of the parts",
                ));
            };
            let own = About { version: env!("CARGO_PKG_VERSION").to_owned(), ..about.clone() };
            if own != about {
                let what = format!("it is of crossfoot {}, and this is {}", about.version, own.version);
                return Err(refuse(what, "join the parts with the version that read them"));
            }
            let seen = read_inputs(folder).map_err(|error| {
                refuse(format!("its list of inputs cannot be read: {error}"), "read this part anew")
            })?;
            let (part, count) = about.shard.unwrap_or((1, 1));
            let parts = parts.get_or_insert_with(|| Parts {
                about: about.clone(),
                seen: seen.clone(),
                folders: vec![PathBuf::new(); usize::try_from(count).unwrap_or_default()],
            });
            let (_, wanted) = parts.about.shard.unwrap_or((1, 1));
            let is_other = about.options != parts.about.options || about.checking != parts.about.checking;
            if count != wanted || is_other {
                return Err(refuse("it is a part of another run".to_owned(), "name the parts of one run"));
            }
            if seen != parts.seen {
                return Err(refuse(
                    "its list of inputs is another than that of the first part".to_owned(),
                    "read all parts from the same files, by the same paths",
                ));
            }
            let place = usize::try_from(part - 1).unwrap_or_default();
            match parts.folders.get_mut(place) {
                Some(known) if known.as_os_str().is_empty() => *known = folder.clone(),
                _ => return Err(refuse(format!("part {part} is there twice"), "name each part once")),
            }
        }
        let parts = parts.ok_or_else(|| (PathBuf::new(), ("no part".to_owned(), String::new())))?;
        let missing = parts.folders.iter().enumerate().filter(|(_, folder)| folder.as_os_str().is_empty());
        let missing: Vec<String> = missing.map(|(place, _)| (place + 1).to_string()).collect();
        if !missing.is_empty() {
            let what = format!("of {} parts there is no part {}", parts.folders.len(), missing.join(", "));
            let first = folders.first().cloned().unwrap_or_default();
            return Err((first, (what, "name the folders of all parts".to_owned())));
        }
        Ok(parts)
    }

    fn join(&self, work: &Work<'_>, is_own: bool) -> Result<Status, Stop> {
        work.folder.keep_inputs(&self.seen)?;
        let journal = |folder: &PathBuf| {
            let path = folder.join(".crossfoot/journal");
            if is_own { Journal::open(&path) } else { Journal::read(&path) }.map(Mutex::new)
        };
        let journals = self.folders.iter().map(journal).collect::<io::Result<Vec<_>>>()?;
        let of = |input: usize| input % journals.len().max(1);
        self.complete(&journals, of)?;
        let journals_of: Vec<&Mutex<Journal>> = journals.iter().collect();
        match journals_of.as_slice() {
            [own] if is_own => work.join(&journals_of, own, of),
            _ => {
                let own = Mutex::new(Journal::open(&work.folder.own("journal"))?);
                work.join(&journals_of, &own, of)
            }
        }
    }

    /// Fails unless every input has a row in its part.
    fn complete(&self, journals: &[Mutex<Journal>], of: impl Fn(usize) -> usize) -> Result<(), Stop> {
        let has_row = |input: usize, seen: &super::found::Seen| {
            let journal = journals.get(of(input)).map(hold);
            journal.is_some_and(|journal| journal.read.contains_key(&seen.key()))
        };
        let unread =
            self.seen.iter().enumerate().filter(|(input, seen)| seen.not.is_none() && !has_row(*input, seen));
        let unread: Vec<(usize, String)> =
            unread.map(|(input, seen)| (of(input) + 1, seen.shown())).collect();
        if unread.is_empty() {
            return Ok(());
        }
        let names = unread.iter().take(NAMED).map(|(part, path)| format!("{path} (part {part})"));
        let names = names.collect::<Vec<_>>().join(", ");
        let more = if unread.len() > NAMED { ", …" } else { "" };
        let what = format!("{} without a row: {names}{more}", counted(unread.len(), "input"));
        Err(Stop::System(io::Error::other(what)))
    }
}
