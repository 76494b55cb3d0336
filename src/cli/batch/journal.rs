//! The journal of a batch: what was read and checked, appended as it comes. It is what a run that was killed goes on
//! from, and what the data set is made of.
//!
//! A record is the length of its head, the length of its body, the first bytes of the SHA-256 of both, the head in
//! `postcard` and the body. A record that is cut off or was changed ends the journal: it and what follows is dropped.

use super::found::Key;
use crate::report::data_set::DocumentRow;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What stands before a record: the lengths of head and body, and the check.
const FRONT: usize = 4 + 8 + 8;
/// So often at most, records are made durable. A crash of the machine loses what was read in this time.
const SYNC: Duration = Duration::from_secs(1);

/// What a record is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) enum Head {
    /// An input was read; its body is the packed document, or nothing where there is none.
    Read {
        /// Of the path and what is said of it.
        key: Key,
        /// What is told of it.
        row: Box<DocumentRow>,
        /// Another try can end otherwise: the system refused, or the process died.
        again: bool,
        /// How long it took.
        millis: u64,
    },
    /// A document was checked; its body are the packed rows.
    Checked {
        /// Of the documents that were checked together, and of this one among them.
        key: Key,
        /// The id of the document of which it is a copy.
        copy_of: Option<String>,
        /// Figures, tables, claims, errors, warnings and notes.
        counts: [u64; 6],
        /// Why it could not be checked.
        why: Option<String>,
    },
}

/// What is known of an input that was read, without opening its record.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Known {
    /// Where its record begins.
    pub at: u64,
    /// Of its bytes; none where they could not be read.
    pub sha256: Option<[u8; 32]>,
    /// What is checked together has it in common; none where there is no document.
    pub group: Option<Key>,
    /// Another try can end otherwise.
    pub again: bool,
}

/// A journal that is open.
pub(in crate::cli) struct Journal {
    file: File,
    /// The end of the last whole record.
    end: u64,
    synced: Instant,
    /// By input, the last record.
    pub read: HashMap<Key, Known>,
    /// By checked document, where its record begins.
    pub checked: HashMap<Key, u64>,
}

impl Journal {
    /// Opens a journal, or begins one. What is cut off at its end is dropped.
    pub fn open(path: &Path) -> io::Result<Journal> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let journal = Journal::of(file)?;
        journal.file.set_len(journal.end)?;
        Ok(journal)
    }

    /// Opens the journal of another run, which is not changed.
    pub fn read(path: &Path) -> io::Result<Journal> {
        Journal::of(File::open(path)?)
    }

    fn of(file: File) -> io::Result<Journal> {
        let (read, checked) = (HashMap::new(), HashMap::new());
        let mut journal = Journal { file, end: 0, synced: Instant::now(), read, checked };
        let mut input = BufReader::with_capacity(1 << 20, journal.file.try_clone()?);
        while let Some((head, length)) = whole(&mut input)? {
            journal.note(&head, journal.end);
            journal.end += length;
        }
        Ok(journal)
    }

    /// Appends a record. Where it cannot be written, the journal is as it was before.
    pub fn append(&mut self, head: &Head, body: &[u8]) -> io::Result<u64> {
        let at = self.end;
        let result = self.write(head, body);
        match result {
            Ok(length) => {
                self.note(head, at);
                self.end += length;
                Ok(at)
            }
            Err(error) => {
                let _ = self.file.set_len(at);
                Err(error)
            }
        }
    }

    fn write(&mut self, head: &Head, body: &[u8]) -> io::Result<u64> {
        let head = postcard::to_allocvec(head).map_err(io::Error::other)?;
        let record = framed(&head, body);
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&record)?;
        if self.synced.elapsed() >= SYNC {
            self.sync()?;
        }
        Ok(record.len() as u64)
    }

    /// Makes all records durable.
    pub fn sync(&mut self) -> io::Result<()> {
        self.synced = Instant::now();
        self.file.sync_data()
    }

    /// The head of the record at a place.
    pub fn head(&self, at: u64) -> io::Result<Head> {
        self.parts(at, false).map(|(head, _)| head)
    }

    /// The head and the body of the record at a place.
    pub fn record(&self, at: u64) -> io::Result<(Head, Vec<u8>)> {
        self.parts(at, true)
    }

    fn parts(&self, at: u64, with_body: bool) -> io::Result<(Head, Vec<u8>)> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(at))?;
        let mut front = [0; FRONT];
        file.read_exact(&mut front)?;
        let (head, body, _) = lengths(&front);
        let mut bytes = vec![0; head];
        file.read_exact(&mut bytes)?;
        let head = postcard::from_bytes(&bytes).map_err(io::Error::other)?;
        let mut bytes = Vec::new();
        if with_body {
            file.take(body).read_to_end(&mut bytes)?;
        }
        Ok((head, bytes))
    }

    fn note(&mut self, head: &Head, at: u64) {
        match head {
            Head::Read { key, row, again, .. } => {
                let known = Known { at, sha256: digits(row), group: group(row), again: *again };
                self.read.insert(*key, known);
            }
            Head::Checked { key, .. } => {
                self.checked.insert(*key, at);
            }
        }
    }
}

/// A record, with what stands before it.
pub(in crate::cli) fn framed(head: &[u8], body: &[u8]) -> Vec<u8> {
    let mut record = Vec::with_capacity(FRONT + head.len() + body.len());
    record.extend((head.len() as u32).to_le_bytes());
    record.extend((body.len() as u64).to_le_bytes());
    record.extend(check(head, body));
    record.extend(head);
    record.extend(body);
    record
}

/// The next record's head and the length of the record; `None` at the end, and where it is not whole.
fn whole(input: &mut impl Read) -> io::Result<Option<(Head, u64)>> {
    let mut front = [0; FRONT];
    if !filled(input, &mut front)? {
        return Ok(None);
    }
    let (head, body, wanted) = lengths(&front);
    let mut bytes = Vec::new();
    input.by_ref().take((head as u64).saturating_add(body)).read_to_end(&mut bytes)?;
    let Some((own, content)) = bytes.split_at_checked(head) else { return Ok(None) };
    if content.len() as u64 != body || check(own, content) != wanted {
        return Ok(None);
    }
    Ok(postcard::from_bytes(own).ok().map(|head| (head, (FRONT + bytes.len()) as u64)))
}

fn filled(input: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match input.read_exact(bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        result => result.map(|()| true),
    }
}

fn lengths(front: &[u8; FRONT]) -> (usize, u64, [u8; 8]) {
    let part = |from: usize, to: usize| {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(front.get(from..to).unwrap_or_default()).for_each(|(to, from)| *to = *from);
        bytes
    };
    (u64::from_le_bytes(part(0, 4)) as usize, u64::from_le_bytes(part(4, 12)), part(12, 20))
}

fn check(head: &[u8], body: &[u8]) -> [u8; 8] {
    let digest = Sha256::new().chain_update(head).chain_update(body).finalize();
    digest.first_chunk::<8>().copied().unwrap_or_default()
}

/// The hash of an input in bytes.
fn digits(row: &DocumentRow) -> Option<[u8; 32]> {
    let text = row.sha256.as_deref()?;
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// What the documents that are checked together have in common: the body; or else their bytes, so that copies are told.
fn group(row: &DocumentRow) -> Option<Key> {
    let content = row.content.as_ref().filter(|_| row.is_document())?;
    Some(match &content.body {
        Some(body) => super::found::key(&[b"body", body.as_bytes()]),
        None => super::found::key(&[b"bytes", row.sha256.as_deref().unwrap_or_default().as_bytes()]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::data_set::Status;

    fn head(path: &str) -> Head {
        let row = DocumentRow::unread(path.to_owned(), Status::Failed, "gone".to_owned(), None);
        Head::Read {
            key: super::super::found::key(&[path.as_bytes()]),
            row: Box::new(row),
            again: true,
            millis: 3,
        }
    }

    #[test]
    fn a_journal_that_is_cut_off_anywhere_goes_on_with_its_whole_records() {
        let dir = std::env::temp_dir().join(format!("crossfoot-journal-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("journal");
        let mut journal = Journal::open(&path).unwrap();
        let places: Vec<u64> =
            ["a", "b", "c"].map(|name| journal.append(&head(name), name.as_bytes()).unwrap()).to_vec();
        let whole = std::fs::read(&path).unwrap();
        for cut in 0..=whole.len() {
            std::fs::write(&path, &whole[..cut]).unwrap();
            let mut journal = Journal::open(&path).unwrap();
            let ends = places.iter().copied().skip(1).chain([whole.len() as u64]);
            let kept = ends.filter(|end| *end <= cut as u64).count();
            assert_eq!(journal.read.len(), kept, "{cut} of {} bytes", whole.len());
            let at = journal.append(&head("d"), b"new").unwrap();
            assert_eq!(journal.record(at).unwrap(), (head("d"), b"new".to_vec()));
            assert_eq!(Journal::open(&path).unwrap().read.len(), kept + 1);
        }
        let mut changed = whole.clone();
        changed[FRONT + 3] ^= 1;
        std::fs::write(&path, changed).unwrap();
        assert_eq!(Journal::open(&path).unwrap().read.len(), 0);
        std::fs::write(&path, [&whole[..], &[0xff; FRONT + 1]].concat()).unwrap();
        assert_eq!(Journal::open(&path).unwrap().read.len(), 3, "lengths that cannot be");
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
