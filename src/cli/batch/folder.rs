//! The folder of a data set, and what a run keeps in it of itself: `.crossfoot/` holds the lock, what the run is, the
//! list of its inputs, and the journal.

use super::found::Seen;
use crate::cli::archive::replace;
use crate::cli::settings::Checking;
use crate::model::diagnostic::Refusal;
use crate::report::data_set::Table;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// What a run is. Its results are no others than those of another run where this is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// The version of the program.
    pub version: String,
    /// What is read of the inputs, without passwords.
    pub options: Vec<String>,
    /// Which of how many parts of the inputs, from 1.
    pub shard: Option<(u64, u64)>,
    /// How what was read is checked.
    pub checking: Checking,
}

impl About {
    /// A run of this program.
    pub fn new(options: Vec<String>, shard: Option<(u64, u64)>, checking: Checking) -> About {
        About { version: env!("CARGO_PKG_VERSION").to_owned(), options, shard, checking }
    }

    /// In what another run is not this one.
    fn unlike(&self, other: &About) -> Option<String> {
        let list =
            |options: &[String]| if options.is_empty() { "none".to_owned() } else { options.join(" ") };
        let part = |shard: Option<(u64, u64)>| shard.map_or("all".to_owned(), |(i, n)| format!("{i}/{n}"));
        if self.version != other.version {
            Some(format!("crossfoot {}, and this is {}", other.version, self.version))
        } else if self.options != other.options {
            Some(format!("options {}, and this has {}", list(&other.options), list(&self.options)))
        } else if self.shard != other.shard {
            Some(format!("part {}, and this is part {}", part(other.shard), part(self.shard)))
        } else {
            let section = self.checking.unlike(&other.checking);
            section.map(|section| format!("other settings than these: {section}"))
        }
    }
}

/// The folder of a data set that this process writes to.
pub(super) struct Folder {
    path: PathBuf,
    /// Nobody else writes while it is held.
    _lock: File,
    /// The inputs of the run that it held before.
    pub before: Option<Vec<Seen>>,
}

impl Folder {
    /// Opens a folder for a run. A folder that holds another run's results is refused, as is one that holds this run's
    /// where it is not to be gone on with.
    pub fn open(path: &Path, about: &About, resume: bool) -> Result<Folder, Refusal> {
        let own = path.join(".crossfoot");
        fs::create_dir_all(&own).map_err(|error| {
            (format!("it cannot be written to: {error}"), "name a folder that you may write to".to_owned())
        })?;
        let lock = locked(&own.join("lock"))?;
        let before = read_about(path);
        match &before {
            Some(before) if !resume => {
                let part = before.shard.map_or(String::new(), |(i, n)| format!(", part {i} of {n}"));
                return Err((
                    format!("it holds a run of crossfoot {}{part}", before.version),
                    "go on with that run with --resume, or name another folder".to_owned(),
                ));
            }
            Some(before) => {
                if let Some(unlike) = about.unlike(before) {
                    return Err((
                        format!("it holds a run with {unlike}"),
                        "name another folder, or give the options and settings of that run".to_owned(),
                    ));
                }
            }
            None => foreign(path)?,
        }
        let before = before.and_then(|_| read_inputs(path).ok());
        let folder = Folder { path: path.to_owned(), _lock: lock, before };
        let text = serde_json::to_vec_pretty(about).unwrap_or_default();
        folder.keep("run.json", &text).map_err(|error| {
            (
                format!("it cannot be written to: {error}"),
                "free some space, or name another folder".to_owned(),
            )
        })?;
        Ok(folder)
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The path of what the run keeps of itself.
    pub fn own(&self, name: &str) -> PathBuf {
        self.path.join(".crossfoot").join(name)
    }

    /// Keeps the list of inputs.
    pub fn keep_inputs(&self, seen: &[Seen]) -> io::Result<()> {
        self.keep("inputs", &postcard::to_allocvec(seen).map_err(io::Error::other)?)
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        replace(&self.own(name), |out| out.write_all(bytes))
    }
}

/// What the run is whose results a folder holds.
pub(super) fn read_about(path: &Path) -> Option<About> {
    serde_json::from_slice(&fs::read(path.join(".crossfoot/run.json")).ok()?).ok()
}

/// The inputs of the run whose results a folder holds.
pub(super) fn read_inputs(path: &Path) -> io::Result<Vec<Seen>> {
    postcard::from_bytes(&fs::read(path.join(".crossfoot/inputs"))?).map_err(io::Error::other)
}

/// Refuses a folder that a run writes to now. None does as long as the file is held.
pub(super) fn at_rest(path: &Path) -> Result<File, Refusal> {
    let hint = "wait until that run has ended";
    let file = File::open(path.join(".crossfoot/lock"))
        .map_err(|error| (format!("it cannot be read: {error}"), "check the folder".to_owned()))?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => Err(("a run writes to it now".to_owned(), hint.to_owned())),
        // Some file systems have no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}

fn locked(path: &Path) -> Result<File, Refusal> {
    let refused = |error: io::Error| {
        (format!("it cannot be written to: {error}"), "name a folder that you may write to".to_owned())
    };
    let file =
        File::options().read(true).write(true).create(true).truncate(false).open(path).map_err(refused)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err((
            "another run writes to it now".to_owned(),
            "wait until it has ended, or name another folder".to_owned(),
        )),
        Err(TryLockError::Error(error)) => Err(refused(error)),
    }
}

/// Refuses a folder that holds files with the names of results, which no run is known to have written.
fn foreign(path: &Path) -> Result<(), Refusal> {
    let endings = ["csv", "jsonl", "parquet"];
    let names =
        Table::ALL.iter().flat_map(|table| endings.map(|ending| format!("{}.{ending}", table.name())));
    match names.into_iter().find(|name| path.join(name).exists()) {
        Some(name) => Err((
            format!("{name} is there, and no run of crossfoot batch is known that wrote it"),
            "name an empty folder, or move that file away".to_owned(),
        )),
        None => Ok(()),
    }
}
