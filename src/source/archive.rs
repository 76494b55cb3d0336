//! Archives: their members are inputs, with paths such as `a.zip!/b.pdf` and `a.zip!/b.zip!/c.txt`.

use super::packed::{self, Budget, Refusal};
use super::sniff;
use super::{Kind, unsupported};
use crate::error::Error;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// Between an archive and its member.
const WITHIN: &str = "!/";

const WHAT: &str = "a zip archive";

/// What is in an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// The paths of its files, those of archives in it included, in its order.
    pub paths: Vec<String>,
    /// What cannot be an input, and why.
    pub passed_over: Vec<(String, &'static str)>,
}

/// The members of the archive at a path; nothing where it is none that can be opened, or a document that is a zip file
/// by itself.
pub fn members(path: &Path) -> Option<Members> {
    let mut file = File::open(path).ok().filter(|_| path.is_file())?;
    let mut head = [0; 4];
    file.read_exact(&mut head).ok().filter(|()| matches!(&head, b"PK\x03\x04" | b"PK\x05\x06"))?;
    let mut archive = packed::open(BufReader::new(file), WHAT).ok()?;
    if sniff::zipped(&packed::names_of(&archive)) != Kind::Zip || is_open_document(&mut archive) {
        return None;
    }
    let mut members = Members::default();
    list(&mut archive, &path.to_string_lossy(), 0, &mut members);
    Some(members)
}

/// Why the archive that bytes are is no input itself: what is wrong with it, and what to do.
pub(super) fn refusal(bytes: &[u8]) -> Refusal {
    let hint = "its members are inputs: name it as a file, or one of them as ARCHIVE!/MEMBER";
    packed::open(Cursor::new(bytes), WHAT).err().unwrap_or_else(|| (WHAT.to_owned(), hint.to_owned()))
}

fn is_open_document<R: Read + Seek>(archive: &mut ZipArchive<R>) -> bool {
    archive.by_index(0).is_ok_and(|first| first.name().is_ok_and(|name| name == "mimetype"))
}

fn list<R: Read + Seek>(archive: &mut ZipArchive<R>, path: &str, depth: usize, members: &mut Members) {
    for index in 0..archive.len() {
        let (name, what) = match archive.by_index_raw(index) {
            Ok(member) => {
                (member.name().map(|name| name.into_owned()), (member.is_dir(), member.is_symlink()))
            }
            Err(_) => {
                members.passed_over.push((format!("{path}{WITHIN}{}", index + 1), "its entry is damaged"));
                continue;
            }
        };
        let Ok(name) = name else {
            members.passed_over.push((format!("{path}{WITHIN}{}", index + 1), "its name is no text"));
            continue;
        };
        let own = format!("{path}{WITHIN}{name}");
        let hidden = |part: &str| part.starts_with('.') && part != "." && part != "..";
        if what.0 || name.split(['/', '\\']).any(|part| hidden(part) || part == "__MACOSX") {
            continue;
        }
        if what.1 {
            members.passed_over.push((own, "it is a link to another file"));
        } else if super::is_named(&name, &["zip"]) {
            nested(archive, index, own, depth, members);
        } else {
            members.paths.push(own);
        }
    }
}

/// An archive in an archive is read; one in that is not.
fn nested<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    own: String,
    depth: usize,
    members: &mut Members,
) {
    if depth > 0 {
        members.passed_over.push((own, "archives three deep are not read"));
        return;
    }
    let bytes = packed::unpack(archive, index, &mut Budget::default()).ok();
    let inner = bytes.and_then(|bytes| packed::open(Cursor::new(bytes), WHAT).ok());
    match inner {
        Some(mut inner) => list(&mut inner, &own, depth + 1, members),
        // It is told what is wrong with it where it is read.
        None => members.paths.push(own),
    }
}

/// The bytes of the member that a path names; nothing where it names none.
pub(super) fn read(path: &str, limit: u64) -> Option<Result<Vec<u8>, Error>> {
    let (file, member) = path.match_indices(WITHIN).find_map(|(at, _)| {
        let (file, member) = (path.get(..at)?, path.get(at + WITHIN.len()..)?);
        Some((File::open(file).ok().filter(|_| Path::new(file).is_file())?, member))
    })?;
    Some(unpacked(BufReader::new(file), member, limit).map_err(|refusal| refused(path, refusal)))
}

fn unpacked(file: BufReader<File>, member: &str, limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut archive = packed::open(file, WHAT)?;
    if let Some(index) = archive.index_for_name(member) {
        return packed::unpack(&mut archive, index, &mut Budget(limit));
    }
    let inner = member.match_indices(WITHIN).find_map(|(at, _)| {
        Some((archive.index_for_name(member.get(..at)?)?, member.get(at + WITHIN.len()..)?))
    });
    let missing = || ("there is no such member in this archive".to_owned(), "check its name".to_owned());
    let (index, member) = inner.ok_or_else(missing)?;
    let bytes = packed::unpack(&mut archive, index, &mut Budget::default())?;
    let mut archive = packed::open(Cursor::new(bytes), WHAT)?;
    let index = archive.index_for_name(member).ok_or_else(missing)?;
    packed::unpack(&mut archive, index, &mut Budget(limit))
}

fn refused(path: &str, (what, hint): Refusal) -> Error {
    let what = if what.starts_with("a ") { format!("this is {what}") } else { what };
    unsupported(path, &what, &hint)
}
