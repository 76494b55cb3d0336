//! Archives: their members are inputs, with paths such as `a.zip!/b.pdf` and `a.zip!/b.zip!/c.txt`; those of standard
//! input are `-!/b.pdf`.

use super::packed::{Packed, Wording};
use super::sniff;
use super::source::{FileKind, SIZE_LIMIT, unsupported};
use crate::model::diagnostic::{Error, Refusal};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::sync::OnceLock;
use zip::read::ZipFileEntry;

/// Between an archive and its member.
const WITHIN: &str = "!/";

const WORDS: Wording = Wording::of("a zip archive that");

/// The contents of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    /// The paths of its files, those of archives in it included, in its order.
    pub paths: Vec<String>,
    /// What cannot be an input, and why.
    pub passed_over: Vec<(String, &'static str)>,
}

trait Input: Read + Seek {}

impl<T: Read + Seek> Input for T {}

/// Opens what may be an archive; `None` where there is no such file.
fn input(path: &str) -> Option<Box<dyn Input>> {
    if path == "-" {
        return stdin().map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn Input>);
    }
    let file = File::open(path).ok().filter(|_| Path::new(path).is_file())?;
    Some(Box::new(BufReader::new(file)))
}

/// Standard input, if it begins as a zip file does. It can only be read once, so its bytes are kept for its members.
pub(crate) fn stdin() -> Option<&'static [u8]> {
    static KEPT: OnceLock<Option<Vec<u8>>> = OnceLock::new();
    let kept = KEPT.get_or_init(|| {
        let mut stdin = io::stdin().lock();
        let begins =
            |head: &[u8]| sniff::ZIP.iter().any(|zip| head.starts_with(zip) || zip.starts_with(head));
        stdin.fill_buf().is_ok_and(begins).then(|| {
            let mut bytes = Vec::new();
            // Input that breaks off gives an archive that breaks off.
            let _ = stdin.take(SIZE_LIMIT + 1).read_to_end(&mut bytes);
            bytes
        })
    });
    kept.as_deref()
}

/// The members of the archive at a path; `None` where the file is no readable archive, or is a document in zip form.
pub fn members(path: &Path) -> Option<Members> {
    let path = path.to_str()?;
    within(input(path)?, path)
}

/// The members of an archive that is in memory, under its name; `None` as for [`members`].
pub fn members_of(name: &str, bytes: &[u8]) -> Option<Members> {
    within(Cursor::new(bytes), name)
}

fn within(mut file: impl Input, path: &str) -> Option<Members> {
    let mut head = [0; 4];
    file.read_exact(&mut head).ok().filter(|()| sniff::ZIP.contains(&head))?;
    let mut archive = Packed::open(file, &WORDS).ok()?;
    if sniff::packed(&mut archive) != FileKind::Zip {
        return None;
    }
    let mut members = Members::default();
    list(&mut archive, path, 0, &mut members);
    Some(members)
}

/// Explains why an archive given as one input cannot be read: what is wrong, and what to do.
pub(crate) fn refusal(bytes: &[u8]) -> Refusal {
    let hint = "its members are inputs: name it as a file, or one of them as ARCHIVE!/MEMBER";
    let opened = Packed::open(Cursor::new(bytes), &WORDS);
    opened.err().unwrap_or_else(|| ("a zip archive".to_owned(), hint.to_owned()))
}

/// What kind of member it is.
enum Found {
    Input,
    Archive,
    Nothing,
    No(&'static str),
}

fn list<R: Read + Seek>(archive: &mut Packed<R>, path: &str, depth: usize, members: &mut Members) {
    let found = |(index, member): (usize, ZipFileEntry<'_>)| match member.name() {
        Ok(name) => (format!("{path}{WITHIN}{name}"), sort(&name, &member)),
        Err(_) => (format!("{path}{WITHIN}{}", index + 1), Found::No("its name is no text")),
    };
    let found: Vec<(String, Found)> = archive.entries().enumerate().map(found).collect();
    for (index, (own, what)) in found.into_iter().enumerate() {
        match what {
            Found::Input => members.paths.push(own),
            Found::Archive if depth > 0 => {
                members.passed_over.push((own, "archives three deep are not read"))
            }
            Found::Archive => nested(archive, index, own, depth, members),
            Found::Nothing => {}
            Found::No(why) => members.passed_over.push((own, why)),
        }
    }
}

fn sort(name: &str, member: &ZipFileEntry<'_>) -> Found {
    let hidden = |part: &str| part.starts_with('.') && part != "." && part != "..";
    if member.is_dir() || name.split(['/', '\\']).any(|part| hidden(part) || part == "__MACOSX") {
        Found::Nothing
    } else if member.is_symlink() {
        Found::No("it is a link to another file")
    } else if super::source::is_named(name, &["zip"]) {
        Found::Archive
    } else {
        Found::Input
    }
}

/// Adds the members of an archive within the archive. One level deeper, an archive is passed over.
fn nested<R: Read + Seek>(
    archive: &mut Packed<R>,
    index: usize,
    own: String,
    depth: usize,
    members: &mut Members,
) {
    match archive.unpack(index).and_then(|bytes| Packed::open(Cursor::new(bytes), &WORDS)) {
        Ok(mut inner) => list(&mut inner, &own, depth + 1, members),
        // The reason is reported when it is read.
        Err(_) => members.paths.push(own),
    }
}

/// Reads the member that a path names; `None` where the path names none.
pub(crate) fn read(path: &str, limit: u64) -> Option<Result<Vec<u8>, Error>> {
    let (file, member) = path.match_indices(WITHIN).find_map(|(at, _)| {
        let (file, member) = (path.get(..at)?, path.get(at + WITHIN.len()..)?);
        Some((input(file)?, member))
    })?;
    Some(unpacked(file, member, limit).map_err(|refusal| refused(path, refusal)))
}

/// Unpacks the member that a path names, of an archive that is in memory under a name.
///
/// # Errors
/// Why it cannot be unpacked, and what to do.
pub fn member_of(name: &str, bytes: &[u8], path: &str) -> Result<Vec<u8>, Error> {
    let member = path.strip_prefix(name).and_then(|rest| rest.strip_prefix(WITHIN)).unwrap_or(path);
    unpacked(Cursor::new(bytes), member, SIZE_LIMIT).map_err(|refusal| refused(path, refusal))
}

fn unpacked(file: impl Input, member: &str, limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut archive = Packed::open(file, &WORDS)?;
    let Some(index) = archive.index_of(member) else {
        let mut inner = member.match_indices(WITHIN).filter_map(|(at, _)| {
            Some((archive.index_of(member.get(..at)?)?, member.get(at + WITHIN.len()..)?))
        });
        let missing = || ("there is no such member in this archive".to_owned(), "check its name".to_owned());
        let (index, member) = inner.next().ok_or_else(missing)?;
        drop(inner);
        return unpacked(Cursor::new(archive.unpack(index)?), member, limit);
    };
    archive.left = limit;
    archive.unpack(index)
}

fn refused(path: &str, (what, hint): Refusal) -> Error {
    let what = if what.starts_with("a ") { format!("this is {what}") } else { what };
    unsupported(path, &what, &hint)
}
