//! Finds every path that a batch is given or comes upon. Each has its place in the data set, whether or not it is read.

use crate::cli::given::Manifest;
use crate::cli::inputs::{READABLE, is_address, pattern};
use crate::cli::path_of;
use crate::observe::Given;
use crate::read::source::shown;
use crate::report::data_set::Status;
use globset::GlobMatcher;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Documents that are not read, but that are no surprise among reports: each fails with what to do about it.
const KNOWN: [&str; 9] = ["doc", "mht", "mhtml", "odp", "odt", "ppt", "pptx", "rtf", "xml"];

/// A path, and why it is not read where it is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// The path, in the bytes of the system.
    path: Vec<u8>,
    /// What the user says of it; in a box, since of most inputs nothing is said, and there can be a hundred thousand.
    pub said: Option<Box<Given>>,
    /// What becomes of it without being read.
    pub not: Option<Box<(Status, String)>>,
}

impl Seen {
    /// The path.
    pub fn path(&self) -> PathBuf {
        path_of(&self.path)
    }

    /// The path in the bytes of the system.
    pub fn bytes(&self) -> &[u8] {
        &self.path
    }

    /// What tells it from all other inputs.
    pub fn key(&self) -> Key {
        let said = self.said.as_ref().and_then(|said| postcard::to_allocvec(said).ok());
        key(&[&self.path, &said.unwrap_or_default()])
    }

    /// The path as text.
    pub fn shown(&self) -> String {
        shown(&self.path())
    }
}

/// What tells a path from all others.
pub(super) type Key = [u8; 16];

/// The key of a path and of what is said of it.
pub(super) fn key(parts: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digest = hash.finalize();
    digest.first_chunk::<16>().copied().unwrap_or_default()
}

/// The paths of a batch in their order: that of the arguments, and by name within directories.
pub(super) struct Found<'a> {
    /// Every path once.
    pub seen: Vec<Seen>,
    known: HashSet<Key>,
    /// The folder of the results, which are no inputs.
    out: Option<PathBuf>,
    /// What is said of the inputs. It is no input itself.
    manifest: &'a Manifest,
}

impl<'a> Found<'a> {
    /// Nothing yet.
    pub fn new(out: &Path, manifest: &'a Manifest) -> Found<'a> {
        Found { seen: Vec::new(), known: HashSet::new(), out: out.canonicalize().ok(), manifest }
    }

    /// Adds what an argument names: a file, all that is in a directory or archive, or all that matches a pattern.
    pub fn argument(&mut self, path: &Path) {
        if is_address(path) && !path.exists() {
            self.not(path, Status::Failed, "nothing is fetched; only files are read");
        } else if let Some((root, matcher)) = pattern(path) {
            let before = self.seen.len();
            let root = if root.as_os_str().is_empty() { Path::new(".") } else { &root };
            if root.exists() {
                self.walk(root, Some(&matcher));
            }
            if self.seen.len() == before {
                self.not(path, Status::Failed, "no file matches this pattern");
            }
        } else if path.is_dir() {
            self.walk(path, None);
        } else {
            self.file(path, true);
        }
    }

    fn walk(&mut self, root: &Path, matcher: Option<&GlobMatcher>) {
        let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    let path = error.path().unwrap_or(root).to_owned();
                    self.not(&path, Status::Failed, &format!("it cannot be looked into: {why}"));
                    continue;
                }
            };
            let path = entry.path().strip_prefix("./").unwrap_or(entry.path());
            if path.as_os_str() == "."
                || matcher.is_some_and(|matcher| !entry.file_type().is_dir() && !matcher.is_match(path))
            {
                continue;
            }
            let hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
            if entry.file_type().is_dir() {
                if self.is_out(path) {
                    entries.skip_current_dir();
                } else if hidden {
                    entries.skip_current_dir();
                    if matcher.is_none() {
                        self.not(path, Status::Skipped, "a hidden folder");
                    }
                }
            } else if hidden && matcher.is_none() {
                self.not(path, Status::Skipped, "a hidden file");
            } else {
                self.file(path, matcher.is_some());
            }
        }
    }

    fn is_out(&self, path: &Path) -> bool {
        self.out.is_some() && path.canonicalize().ok() == self.out
    }

    /// Adds a file. One that is `named` is read whatever its ending.
    fn file(&mut self, path: &Path, named: bool) {
        // The member of an archive has no data of its own on the disk.
        if fs::symlink_metadata(path).is_err() && path.to_string_lossy().contains("!/") {
            return self.read(path);
        }
        match fs::metadata(path) {
            Err(_) if path.is_symlink() => {
                self.not(path, Status::Failed, "a link to something that is not there");
            }
            // The reason is told when it is read.
            Err(_) => self.read(path),
            Ok(about) if about.is_dir() => {
                self.not(path, Status::Skipped, "a link to a folder; name the folder to have it read");
            }
            Ok(about) if !about.is_file() => self.not(path, Status::Skipped, special(&about)),
            Ok(_) if self.manifest.is(path) => self.not(path, Status::Skipped, "a list of inputs"),
            Ok(_) => self.content(path, named),
        }
    }

    fn content(&mut self, path: &Path, named: bool) {
        let ending = ending(path);
        #[cfg(feature = "archives")]
        if (named || ending == "zip")
            && let Some(members) = crate::read::archive::members(path)
        {
            let count = crate::report::counted(members.paths.len() + members.passed_over.len(), "member");
            self.not(path, Status::Skipped, &format!("an archive of {count}; each has a row of its own"));
            for (member, why) in members.passed_over {
                self.not(Path::new(&member), Status::Skipped, why);
            }
            return members.paths.iter().for_each(|member| self.kind(Path::new(member), false));
        }
        self.kind(path, named);
    }

    /// Reads a file if its ending is that of a document.
    fn kind(&mut self, path: &Path, named: bool) {
        let ending = ending(path);
        let read = named || READABLE.contains(&ending.as_str()) || KNOWN.contains(&ending.as_str());
        match ending.as_str() {
            _ if read => self.read(path),
            "" => {
                self.not(path, Status::Skipped, "files without an ending are read only where they are named")
            }
            _ => {
                let why = format!("files ending in .{ending} are read only where they are named");
                self.not(path, Status::Skipped, &why);
            }
        }
    }

    fn read(&mut self, path: &Path) {
        self.add(path, None);
    }

    fn not(&mut self, path: &Path, status: Status, why: &str) {
        self.add(path, Some(Box::new((status, why.to_owned()))));
    }

    fn add(&mut self, path: &Path, not: Option<Box<(Status, String)>>) {
        let bytes = path.as_os_str().as_encoded_bytes();
        if self.known.insert(key(&[bytes])) {
            self.seen.push(Seen { path: bytes.to_owned(), said: self.manifest.of(path).map(Box::new), not });
        }
    }
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

#[cfg(unix)]
fn special(about: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = about.file_type();
    if kind.is_fifo() {
        "a named pipe, and no file"
    } else if kind.is_socket() {
        "a socket, and no file"
    } else {
        "a device, and no file"
    }
}

#[cfg(not(unix))]
fn special(_about: &Metadata) -> &'static str {
    "no file"
}
