//! Zip files: opened, and their members unpacked within limits.

use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A zip file in memory.
pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// More members are not looked at.
pub(crate) const MOST_MEMBERS: usize = 10_000;
/// A member may unpack to this many bytes whatever its size.
const FREE: u64 = 32 << 20;
/// Beyond that, to so many times its size: text and markup are packed to a tenth, rarely to a hundredth.
const MOST_TIMES: u64 = 200;
/// All that is unpacked of one file.
const MOST_BYTES: u64 = 1 << 30;

/// What is wrong, and what to do.
pub(crate) type Refusal = (String, String);

/// Opens a zip file; `what` is what it is called.
pub(crate) fn open<'a>(bytes: &'a [u8], what: &str) -> Result<Archive<'a>, Refusal> {
    let damaged = |why: String| {
        (
            format!("{what} that cannot be opened: {why}"),
            "it is cut off or damaged; fetch or export it again".to_owned(),
        )
    };
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(reason(&error)))?;
    if archive.len() > MOST_MEMBERS {
        let hint = "split it into smaller ones".to_owned();
        return Err((format!("{what} of more than {MOST_MEMBERS} members"), hint));
    }
    Ok(archive)
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::InvalidArchive(why) => why.to_string(),
        ZipError::UnsupportedArchive(why) => (*why).to_owned(),
        other => other.to_string(),
    }
}

/// How much may still be unpacked.
#[derive(Debug)]
pub(crate) struct Budget(u64);

impl Default for Budget {
    fn default() -> Budget {
        Budget(MOST_BYTES)
    }
}

/// Unpacks a member by its index.
pub(crate) fn unpack(archive: &mut Archive, index: usize, budget: &mut Budget) -> Result<Vec<u8>, Refusal> {
    let remake = || "make it anew with the program that it came from".to_owned();
    let mut file = archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            ("it is encrypted".to_owned(), "unpack it with its password, and name the files in it".to_owned())
        }
        other => (format!("it cannot be unpacked: {}", reason(&other)), remake()),
    })?;
    let limit = FREE.max(file.compressed_size().saturating_mul(MOST_TIMES)).min(budget.0);
    let mut bytes = Vec::new();
    let read = file.by_ref().take(limit + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > limit {
        let what = format!("it unpacks to more than {} MB, far more than its size", limit >> 20);
        return Err((what, "a file that is made to fill the memory; look where it came from".to_owned()));
    }
    read.map_err(|error| (format!("it is damaged: {error}"), remake()))?;
    budget.0 -= bytes.len() as u64;
    Ok(bytes)
}
