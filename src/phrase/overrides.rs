//! Files of a folder, put over those of the program.

use super::source::{self, Broken, Files, SourceFile};
use crate::model::diagnostic::Error;
use crate::pack::{self, Councils, Pack};
use std::collections::BTreeMap;
use std::path::Path;

impl From<Broken> for Error {
    fn from(broken: Broken) -> Error {
        Error::Grammar { path: broken.path, line: broken.line, expected: broken.expected }
    }
}

/// The embedded files with those of `dir/vocabulary` and `dir/phrases` put over them, and the lists of words of `dir`
/// taken in the place of the embedded ones of the same name. Other files are passed over.
pub fn with_overrides(dir: &Path) -> Result<Files, Error> {
    let mut files = source::embedded();
    let mut found = take_lists(dir)? | take_councils(dir)?;
    for kind in source::FOLDERS {
        let folder = dir.join(kind);
        if folder.is_dir() {
            found = true;
            read_folder(&folder, kind, &mut files)?;
        }
    }
    match found {
        true => Ok(files),
        false => Err(Error::Grammar {
            path: dir.display().to_string(),
            line: 1,
            expected: "a folder `vocabulary` or `phrases`, or a list of words, in it".to_owned(),
        }),
    }
}

/// Takes the lists of words that a folder has; false where it has none.
fn take_lists(dir: &Path) -> Result<bool, Error> {
    let mut own: BTreeMap<&str, SourceFile> = BTreeMap::new();
    for (name, _) in pack::FILES {
        let path = dir.join(name);
        match std::fs::read_to_string(&path) {
            Ok(text) => drop(own.insert(name, SourceFile { path: path.display().to_string(), text })),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {}
            Err(cause) => return Err(Error::Read { path: path.display().to_string(), cause }),
        }
    }
    let Some(first) = own.values().next() else { return Ok(false) };
    if pack::install(lists(&own, first)?) {
        return Ok(true);
    }
    Err(first.error(0..0, "no other lists of words in this process, and none used before").into())
}

/// The lists of words with files put over them, of which the first is given too.
fn lists(own: &BTreeMap<&str, SourceFile>, first: &SourceFile) -> Result<Pack, Broken> {
    let text = |name: &str| own.get(name).map(|file| file.text.as_str()).or_else(|| pack::of_program(name));
    let tables = pack::file::read(text)
        .map_err(|(name, span, expected)| own.get(name).unwrap_or(first).error(span, expected))?;
    Ok(Pack::of(tables))
}

/// The embedded files with one put over them. Lists of words are read, but not taken.
pub fn with_file(path: &str, text: &str) -> Result<Files, Broken> {
    let mut files = source::embedded();
    let file = SourceFile { path: path.to_owned(), text: text.to_owned() };
    if let Some((kind, name)) = path.split_once('/') {
        files.insert((kind.to_owned(), name.to_owned()), file);
    } else if path == pack::councils::FILE {
        Councils::read(text).map_err(|(_, span, expected)| file.error(span, expected))?;
    } else {
        lists(&BTreeMap::from([(path, file.clone())]), &file)?;
    }
    Ok(files)
}

/// Takes the list of councils that a folder has; false where it has none.
fn take_councils(dir: &Path) -> Result<bool, Error> {
    let path = dir.join(pack::councils::FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(cause) => return Err(Error::Read { path: path.display().to_string(), cause }),
    };
    let file = SourceFile { path: path.display().to_string(), text };
    let councils = Councils::read(&file.text);
    if pack::install_councils(councils.map_err(|(_, span, expected)| file.error(span, expected))?) {
        return Ok(true);
    }
    Err(file.error(0..0, "no other list of councils in this process, and none used before").into())
}

fn read_folder(folder: &Path, kind: &str, files: &mut Files) -> Result<(), Error> {
    let fail = |path: &Path, cause| Error::Read { path: path.display().to_string(), cause };
    for entry in std::fs::read_dir(folder).map_err(|e| fail(folder, e))? {
        let path = entry.map_err(|e| fail(folder, e))?.path();
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else { continue };
        if !name.ends_with(".toml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|e| fail(&path, e))?;
        let file = SourceFile { path: path.display().to_string(), text };
        files.insert((kind.to_owned(), name.to_owned()), file);
    }
    Ok(())
}
