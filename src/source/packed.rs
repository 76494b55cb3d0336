//! Zip files: opened, and their members unpacked within limits.

use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;
use zip::result::ZipError;

/// Files with more members are refused.
pub(crate) const MOST_MEMBERS: usize = 10_000;
/// A member may unpack to this many bytes whatever its size.
const FREE: u64 = 32 << 20;
/// Beyond that, to so many times its size: text and markup are packed to a tenth, rarely to a hundredth.
const MOST_TIMES: u64 = 200;
/// All that is unpacked of one document.
const MOST_BYTES: u64 = 1 << 30;

/// What is wrong, and what to do.
pub(crate) type Refusal = (String, String);

/// Opens a zip file; `what` is what it is called.
pub(crate) fn open<R: Read + Seek>(reader: R, what: &str) -> Result<ZipArchive<R>, Refusal> {
    let damaged = |why: String| {
        let hint = "it is cut off or damaged; fetch or export it again".to_owned();
        (format!("{what} that cannot be opened: {why}"), hint)
    };
    let mut archive = ZipArchive::new(reader).map_err(|error| damaged(reason(&error)))?;
    if archive.len() > MOST_MEMBERS {
        let hint = "split it into smaller ones".to_owned();
        return Err((format!("{what} of more than {MOST_MEMBERS} members"), hint));
    }
    let (mut packed, mut unpacked) = (0u64, 0u64);
    for index in 0..archive.len() {
        if let Ok(member) = archive.by_index_raw(index) {
            packed = packed.saturating_add(member.compressed_size());
            unpacked = unpacked.saturating_add(member.size());
        }
    }
    if unpacked > MOST_BYTES && unpacked / MOST_TIMES > packed {
        return Err(bomb(&format!("{what} that unpacks to {} MB, far more than its size", unpacked >> 20)));
    }
    Ok(archive)
}

fn bomb(what: &str) -> Refusal {
    (what.to_owned(), "it is made to fill the memory; look where it came from".to_owned())
}

fn reason(error: &ZipError) -> String {
    match error {
        // Some of them name types of the library.
        ZipError::InvalidArchive(why) if why.contains("::") => "its list of members is damaged".to_owned(),
        ZipError::InvalidArchive(why) => why.to_string(),
        ZipError::UnsupportedArchive(why) => (*why).to_owned(),
        other => other.to_string(),
    }
}

/// How much may still be unpacked.
#[derive(Debug)]
pub(crate) struct Budget(pub(crate) u64);

impl Default for Budget {
    fn default() -> Budget {
        Budget(MOST_BYTES)
    }
}

/// Unpacks a member by its index.
pub(crate) fn unpack<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    budget: &mut Budget,
) -> Result<Vec<u8>, Refusal> {
    let remake = || "make it anew with the program that it came from".to_owned();
    let mut file = archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            ("it is encrypted".to_owned(), "unpack it with its password, and name the files in it".to_owned())
        }
        other => (format!("it cannot be unpacked: {}", reason(&other)), remake()),
    })?;
    let fair = FREE.max(file.compressed_size().saturating_mul(MOST_TIMES));
    let limit = fair.min(budget.0);
    let mut bytes = Vec::new();
    let read = file.by_ref().take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        if fair > limit {
            let what = format!("it unpacks to more than {} MB, the most that is read", limit >> 20);
            return Err((what, "split it into smaller files".to_owned()));
        }
        return Err(bomb(&format!("it unpacks to more than {} MB, far more than its size", limit >> 20)));
    }
    read.map_err(|error| (format!("it is damaged: {error}"), remake()))?;
    budget.0 -= bytes.len() as u64;
    Ok(bytes)
}

/// The names of the members of what is a zip file; nothing where it is damaged.
pub(super) fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    Some(names_of(&archive))
}

/// The names of the members.
pub(super) fn names_of<R: Read + Seek>(archive: &ZipArchive<R>) -> Vec<String> {
    archive.file_names_raw().map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}
