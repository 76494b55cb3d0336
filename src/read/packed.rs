//! Opens zip files and unpacks their members within limits.

use crate::model::diagnostic::Refusal;
use std::borrow::Cow;
use std::io::{Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::read::ZipFileEntry;
use zip::result::ZipError;

/// Files with more members are refused; the plain form of zip files cannot have more.
const MOST_MEMBERS: usize = 65_535;
/// Bytes to which any member or file may unpack, whatever its size.
const FREE: u64 = 32 << 20;
/// Larger ones may unpack to this many times their size. Text and markup shrink to a tenth, documents of equal rows to
/// a three-hundredth; the format cannot reach more than 1032 times.
const MOST_TIMES: u64 = 500;
/// The most that is unpacked of one file: 1 GiB.
const MOST_BYTES: u64 = 1 << 30;

/// The words for a kind of zip file in messages.
pub(crate) struct Wording {
    /// The subject of the sentences.
    pub subject: &'static str,
    /// What to do where it is damaged.
    pub mend: &'static str,
    /// What to do where it unpacks to far more than its size.
    pub trap: &'static str,
}

impl Wording {
    /// With the hints that fit any file.
    pub const fn of(subject: &'static str) -> Wording {
        Wording {
            subject,
            mend: "it is cut off or damaged; fetch or export it again",
            trap: "it is made to fill the memory; look where it came from",
        }
    }
}

/// A zip file.
pub(crate) struct Packed<R> {
    zip: ZipArchive<R>,
    words: &'static Wording,
    /// How many bytes may still be unpacked.
    pub left: u64,
}

impl<R: Read + Seek> Packed<R> {
    /// Opens a zip file; refuses one that is damaged or would unpack to far more than its size.
    pub fn open(mut reader: R, words: &'static Wording) -> Result<Packed<R>, Refusal> {
        let refusal = |what: String, hint: &str| (format!("{} {what}", words.subject), hint.to_owned());
        let damaged = |error: ZipError| refusal(format!("cannot be opened: {}", reason(&error)), words.mend);
        let size = reader.seek(SeekFrom::End(0)).map_err(|error| damaged(error.into()))?;
        let zip = ZipArchive::new(reader).map_err(damaged)?;
        if zip.len() > MOST_MEMBERS {
            let what = format!("has more than {MOST_MEMBERS} members");
            return Err(refusal(what, "split it into smaller ones"));
        }
        let packed = Packed { zip, words, left: MOST_BYTES };
        let unpacked = packed.entries().map(|member| member.size()).fold(0, u64::saturating_add);
        if unpacked > fair(size) {
            let (mb, kb) = (unpacked >> 20, size >> 10);
            let what = format!("would unpack to {mb} MB, from {kb} KB, far more than its size");
            return Err(refusal(what, words.trap));
        }
        Ok(packed)
    }

    /// The directory entry of each member.
    pub fn entries(&self) -> impl Iterator<Item = ZipFileEntry<'_>> {
        (0..self.zip.len()).filter_map(|index| self.zip.by_index_data(index).ok())
    }

    /// The names of the members; those that are not UTF-8 are converted.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names_raw().map(String::from_utf8_lossy)
    }

    /// The index of a member.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name)
    }

    /// A member, unpacked as it is read. Reading fails where the member is longer than its directory entry says.
    pub fn member(&mut self, index: usize) -> Result<impl Read, Refusal> {
        let Packed { zip, words, left } = self;
        let file = zip.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                let hint = "unpack it with its password, and name the files in it";
                ("it is encrypted".to_owned(), hint.to_owned())
            }
            other => (format!("it cannot be unpacked: {}", reason(&other)), words.mend.to_owned()),
        })?;
        let fair = fair(file.compressed_size());
        if file.size() > fair {
            let what = format!("it unpacks to more than {} MB, far more than its size", fair >> 20);
            return Err((what, words.trap.to_owned()));
        }
        let Some(rest) = left.checked_sub(file.size()) else {
            let what = format!("it unpacks to more than {} MB, the most that is read", *left >> 20);
            return Err((what, "split it into smaller files".to_owned()));
        };
        *left = rest;
        Ok(file)
    }

    /// Unpacks a whole member.
    pub fn unpack(&mut self, index: usize) -> Result<Vec<u8>, Refusal> {
        let mend = self.words.mend;
        let mut bytes = Vec::new();
        match self.member(index)?.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err((format!("it is damaged: {error}"), mend.to_owned())),
        }
    }
}

/// The size to which `size` packed bytes may unpack.
fn fair(size: u64) -> u64 {
    FREE.max(size.saturating_mul(MOST_TIMES))
}

fn reason(error: &ZipError) -> String {
    match error {
        // Some messages of the `zip` crate name its own types.
        ZipError::InvalidArchive(why) if why.contains("::") => "its list of members is damaged".to_owned(),
        ZipError::InvalidArchive(why) if why.contains("EOCD") => {
            "it is cut off: the list of its members, which stands at its end, is missing".to_owned()
        }
        ZipError::InvalidArchive(why) => why.to_string(),
        ZipError::UnsupportedArchive(why) => (*why).to_owned(),
        other => other.to_string(),
    }
}
