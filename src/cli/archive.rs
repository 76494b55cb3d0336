//! `crossfoot extract --out DIR`: one file an input, and the status of every input in `documents.jsonl`.

use super::extract::Form;
use super::inputs::Inputs;
use super::messages::Messages;
use super::read::Reader;
use super::{Status, read};
use crate::model::diagnostic::Error;
use crate::model::document::Document;
use crate::read::source::{self, shown};
use crate::report::data_set::DocumentRow;
use crate::report::jsonl;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

const STATUS_FILE: &str = "documents.jsonl";

/// The status of an input, as one line of `documents.jsonl`.
#[derive(Serialize)]
struct MemberRow {
    path: String,
    status: &'static str,
    /// The reason, where the status is not `ok`.
    why: Option<String>,
    /// The path of the result below the directory of the results; null where there is none.
    out: Option<String>,
    figures: usize,
    tables: usize,
}

/// Extracts every input into `dir`. A failing input never stops the others.
pub(super) fn write(dir: &Path, form: Form, inputs: &Inputs, reader: &Reader, messages: &Messages) -> Status {
    let names = names(&inputs.paths, form.ending());
    let work = |index: usize, path: &Path| {
        let name = names.get(index).map(PathBuf::as_path).unwrap_or(path);
        row(dir, name, form, path, reader)
    };
    let mut rows = Vec::with_capacity(inputs.paths.len());
    let collected = read::in_order(&inputs.paths, work, |_, (row, error)| {
        if let Some(error) = error {
            messages.unread(&error);
        }
        rows.push(row);
        Ok(())
    });
    let written = collected.and_then(|()| {
        replace(&dir.join(STATUS_FILE), |out| rows.iter().try_for_each(|r| jsonl::line(out, r)))
    });
    if let Err(error) = written {
        messages.error(&dir.join(STATUS_FILE).display().to_string(), &error.to_string(), None);
        return Status::Failed;
    }
    let count = |status| rows.iter().filter(|row| row.status == status).count();
    let (ok, partial, failed) = (count("ok"), count("partial"), count("failed"));
    messages.note(&format!(
        "{ok} ok, {partial} partial, {failed} failed; see {}",
        dir.join(STATUS_FILE).display()
    ));
    if failed > 0 || !inputs.unread.is_empty() { Status::Failed } else { Status::Clean }
}

fn row(dir: &Path, name: &Path, form: Form, path: &Path, reader: &Reader) -> (MemberRow, Option<Error>) {
    let shown = path.display().to_string();
    let result = reader.one(path).and_then(|document| {
        read::guarded(&shown, || {
            let target = dir.join(name);
            replace(&target, |out| form.write(out, &document))
                .map_err(|cause| Error::Read { path: target.display().to_string(), cause })?;
            Ok(document)
        })
    });
    match result {
        Ok(document) => (read_row(shown, name, &document), None),
        Err(error) => {
            let why = Some(error.what().0);
            (MemberRow { path: shown, status: "failed", why, out: None, figures: 0, tables: 0 }, Some(error))
        }
    }
}

fn read_row(path: String, name: &Path, document: &Document) -> MemberRow {
    let told = DocumentRow::read(document, 0);
    MemberRow {
        path,
        status: told.status.name(),
        why: told.why,
        out: Some(name.display().to_string()),
        figures: document.figures.len(),
        tables: document.tables.len(),
    }
}

/// The result file of each input: the input's path below the directory, with another ending. Inputs that would share
/// a name keep their own ending before the new one, and are numbered where that is not enough. Capitals and small
/// letters count as the same, because some file systems do not tell them apart.
pub(super) fn names(paths: &[PathBuf], ending: &str) -> Vec<PathBuf> {
    let plain: Vec<PathBuf> = paths.iter().map(|path| mirrored(path).with_extension(ending)).collect();
    let mut wanted: HashMap<String, usize> = HashMap::from([(STATUS_FILE.to_owned(), 1)]);
    for name in &plain {
        *wanted.entry(folded(name)).or_default() += 1;
    }
    let mut taken: HashSet<String> = HashSet::from([STATUS_FILE.to_owned()]);
    taken.extend(wanted.iter().filter(|(_, count)| **count == 1).map(|(name, _)| name.clone()));
    let named = paths.iter().zip(plain).map(|(path, plain)| {
        if wanted.get(&folded(&plain)) == Some(&1) {
            return plain;
        }
        let full = mirrored(path).display().to_string();
        let numbered = (1..).map(|n| match n {
            1 => PathBuf::from(format!("{full}.{ending}")),
            n => PathBuf::from(format!("{full}-{n}.{ending}")),
        });
        numbered.into_iter().find(|name| taken.insert(folded(name))).unwrap_or(plain)
    });
    named.collect()
}

fn folded(name: &Path) -> String {
    name.display().to_string().to_lowercase()
}

/// The path of an input below another directory. It is stripped of all that could lead out of that directory, and its
/// names are text that every file system takes.
fn mirrored(path: &Path) -> PathBuf {
    if path == Path::new("-") {
        return PathBuf::from("stdin");
    }
    if let Ok(member) = path.strip_prefix("-!") {
        return Path::new("stdin!").join(mirrored(member));
    }
    let parts = path.components().filter(|part| matches!(part, Component::Normal(_)));
    parts.map(|part| short(&shown(Path::new(part.as_os_str())))).collect()
}

/// The longest name that is taken over. Names of files can have 255 bytes, and endings are added to them.
const LONGEST: usize = 200;

/// A name that is not too long: the beginning of one that is, and the hash of it.
fn short(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let kept: String = name.char_indices().take_while(|(at, _)| *at < LONGEST / 2).map(|(_, c)| c).collect();
    let hash = source::hash(name.as_bytes());
    format!("{kept}-{}", hash.get(..12).unwrap_or_default())
}

/// Writes a file so that it is there either as a whole or not at all.
pub(super) fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(format!(".{}.part", std::process::id()));
    let result = fill(Path::new(&temporary), write).and_then(|()| fs::rename(&temporary, path));
    if result.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    result
}

fn fill(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(fs::File::create(path)?);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(paths: &[&str], ending: &str) -> Vec<String> {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        names(&paths, ending).iter().map(|name| name.display().to_string()).collect()
    }

    #[test]
    fn results_mirror_the_paths_of_the_inputs() {
        assert_eq!(named(&["town/a.txt", "./b.txt", "-"], "json"), ["town/a.json", "b.json", "stdin.json"]);
        assert_eq!(named(&["/var/x.txt", "../y.txt"], "csv"), ["var/x.csv", "y.csv"]);
        assert_eq!(named(&["-!/a/x.txt", "-!/../y.txt"], "csv"), ["stdin!/a/x.csv", "stdin!/y.csv"]);
    }

    #[test]
    fn names_are_text_and_not_too_long() {
        let long = "n".repeat(255);
        let [name] = &named(&[&format!("{long}.txt")], "json")[..] else { panic!("one name") };
        assert!(name.len() < 150 && name.starts_with("nnnn") && name.ends_with(".json"), "{name}");
        let two = named(&[&format!("{long}.txt"), &format!("{long}.md")], "json");
        assert!(two[0] == *name && two[1] != *name, "{two:?}");
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            let path = PathBuf::from(std::ffi::OsStr::from_bytes(b"town/a\xff.txt"));
            assert_eq!(names(&[path], "json"), [PathBuf::from("town/a\\xFF.json")]);
        }
    }

    #[test]
    fn no_result_overwrites_another() {
        assert_eq!(named(&["a.txt", "a.md", "b.txt"], "json"), ["a.txt.json", "a.md.json", "b.json"]);
        assert_eq!(named(&["a.txt", "A.txt"], "json"), ["a.txt.json", "A.txt-2.json"]);
        assert_eq!(named(&["../a.txt", "a.txt"], "json"), ["a.txt.json", "a.txt-2.json"]);
        assert_eq!(named(&["a.txt", "a.md", "a.md.txt"], "json"), ["a.txt.json", "a.md-2.json", "a.md.json"]);
    }

    #[test]
    fn no_result_overwrites_the_status_file() {
        assert_eq!(named(&["documents.txt"], "jsonl"), ["documents.txt.jsonl"]);
        assert_eq!(named(&["documents.txt"], "json"), ["documents.json"]);
    }
}
