//! Finds the inputs that the FILE arguments name, in a fixed order.

use super::messages::Messages;
use crate::model::diagnostic::Error;
pub(super) use crate::read::source::READABLE;
use globset::{GlobBuilder, GlobMatcher};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The inputs of a run.
pub(super) struct Inputs {
    /// Each path stands here once, in the order of the arguments. Those of a directory or pattern are sorted. `-` is
    /// standard input.
    pub paths: Vec<PathBuf>,
    /// The only argument is a file, so the result is one object and no array.
    pub single: bool,
    /// The arguments that name nothing that can be read, and what could not be looked at below them.
    pub unread: Vec<Error>,
}

impl Inputs {
    /// Finds the files. Those below `except` are left out, so that results are not read as inputs.
    pub fn of(arguments: &[PathBuf], except: Option<&Path>, messages: &Messages) -> Inputs {
        let single =
            arguments.len() == 1 && arguments.iter().all(|path| !path.is_dir() && pattern(path).is_none());
        let mut inputs = Inputs { paths: Vec::new(), single, unread: Vec::new() };
        for argument in arguments {
            inputs.add(argument, except, messages);
        }
        let mut seen = HashSet::new();
        inputs.paths.retain(|path| seen.insert(path.clone()));
        inputs
    }

    fn add(&mut self, argument: &Path, except: Option<&Path>, messages: &Messages) {
        if is_address(argument) && !argument.exists() {
            let what = "nothing is fetched; only files are read".to_owned();
            let hint = "download it, and name the file".to_owned();
            let path = argument.display().to_string();
            return self.unread(Error::Unsupported { path, what, hint }, messages);
        }
        let (root, matcher) = match pattern(argument) {
            Some((root, matcher)) => (root, Some(matcher)),
            None if argument.is_dir() => (argument.to_owned(), None),
            None => return self.file(argument.to_owned(), messages),
        };
        let nowhere = matcher.is_some() && !root.as_os_str().is_empty() && !root.exists();
        let found = if nowhere { FoundInputs::default() } else { walk(&root, matcher.as_ref(), except) };
        let name = argument.display().to_string();
        for (path, what) in &found.errors {
            self.unread(
                Error::Read { path: path.clone(), cause: std::io::Error::other(what.clone()) },
                messages,
            );
        }
        match &matcher {
            Some(_) if found.files.is_empty() => {
                let hint = match nowhere {
                    true => format!("there is no directory {}", root.display()),
                    false => "no path matches the pattern; ** stands for any directories".to_owned(),
                };
                let what = "no file that can be read".to_owned();
                self.unread(Error::Unsupported { path: name, what, hint }, messages);
            }
            _ => self.told(&name, &found, messages),
        }
        found.files.into_iter().for_each(|file| self.file(file, messages));
    }

    /// Adds a file or, where it is an archive, its members.
    fn file(&mut self, path: PathBuf, messages: &Messages) {
        #[cfg(feature = "archives")]
        if let Some(members) = crate::read::archive::members(&path) {
            return self.members(&path, members, messages);
        }
        self.paths.push(path);
    }

    /// Adds the members of an archive, chosen like the files of a directory.
    #[cfg(feature = "archives")]
    fn members(&mut self, path: &Path, members: crate::read::archive::Members, messages: &Messages) {
        self.single = false;
        let mut found = FoundInputs::default();
        members.paths.iter().for_each(|path| found.sort(Path::new(path), None));
        let name = path.display().to_string();
        for (member, why) in members.passed_over {
            messages.note(&format!("{member}: passed over: {why}"));
        }
        self.told(&name, &found, messages);
        self.paths.extend(found.files);
    }

    /// Reports what was passed over in a directory or archive.
    fn told(&mut self, name: &str, found: &FoundInputs, messages: &Messages) {
        if !found.passed_over.is_empty() {
            let kinds: Vec<String> =
                found.passed_over.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
            messages.note(&format!("{name}: files of other kinds were passed over: {}", kinds.join(", ")));
        }
        if found.files.is_empty() {
            let hint = format!("files ending in {} are taken from directories", READABLE.join(", "));
            let (path, what) = (name.to_owned(), "no file that can be read".to_owned());
            self.unread(Error::Unsupported { path, what, hint }, messages);
        }
    }

    fn unread(&mut self, error: Error, messages: &Messages) {
        messages.unread(&error);
        self.unread.push(error);
    }
}

/// The directory and the matcher of a pattern; `None` for a path that exists or has no wildcard.
pub(super) fn pattern(argument: &Path) -> Option<(PathBuf, GlobMatcher)> {
    let text = argument.to_str()?;
    if !text.contains(['*', '?', '[', '{']) || argument.exists() {
        return None;
    }
    let glob = GlobBuilder::new(text).literal_separator(true).build().ok()?;
    let plain = |part: &Path| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let root = argument.ancestors().find(|part| plain(part)).unwrap_or(Path::new(""));
    Some((root.to_owned(), glob.compile_matcher()))
}

/// Whether an argument is an address, such as `https://example.org/report.pdf`.
pub(super) fn is_address(argument: &Path) -> bool {
    let parts = argument.to_str().and_then(|text| text.split_once("://"));
    parts.is_some_and(|(scheme, rest)| {
        let letters = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        scheme.len() > 1 && letters && !rest.is_empty()
    })
}

/// Makes an absolute path start with `root`, if it lies below it.
fn below(root: &Path, path: &Path) -> Option<PathBuf> {
    Some(root.join(path.strip_prefix(root.canonicalize().ok()?).ok()?))
}

#[derive(Default)]
struct FoundInputs {
    files: Vec<PathBuf>,
    /// How many files of each ending were passed over.
    passed_over: BTreeMap<String, usize>,
    errors: Vec<(String, String)>,
}

fn walk(root: &Path, matcher: Option<&GlobMatcher>, except: Option<&Path>) -> FoundInputs {
    let mut found = FoundInputs::default();
    let here = root.as_os_str().is_empty();
    let root = if here { Path::new(".") } else { root };
    let except = except.and_then(|except| below(root, &except.canonicalize().ok()?));
    let walker = WalkDir::new(root).sort_by_file_name();
    let shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in walker.into_iter().filter_entry(shown) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root).display().to_string();
                let what = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                found.errors.push((path, what));
                continue;
            }
        };
        let path = if here { entry.path().strip_prefix(".").unwrap_or(entry.path()) } else { entry.path() };
        if !path.is_file() || except.as_ref().is_some_and(|except| entry.path().starts_with(except)) {
            continue;
        }
        found.sort(path, matcher);
    }
    found
}

impl FoundInputs {
    /// Decides whether a file is taken: a pattern matches it, or in a directory its ending is known.
    fn sort(&mut self, path: &Path, matcher: Option<&GlobMatcher>) {
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let readable = ending.as_deref().is_some_and(|ending| READABLE.contains(&ending));
        if matcher.map_or(readable, |matcher| matcher.is_match(path)) {
            self.files.push(path.to_owned());
        } else if matcher.is_none() {
            *self.passed_over.entry(ending.unwrap_or_else(|| "without ending".to_owned())).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_starts_at_its_last_plain_directory() {
        let (root, matcher) = pattern(Path::new("reports/2020/*/st?ge*.txt")).unwrap();
        assert_eq!(root, Path::new("reports/2020"));
        assert!(matcher.is_match("reports/2020/town/stage1.txt"));
        assert!(!matcher.is_match("reports/2020/town/deep/stage1.txt"));
        assert!(pattern(Path::new("reports/plain.txt")).is_none());
        assert_eq!(pattern(Path::new("*.txt")).unwrap().0, Path::new(""));
    }
}
