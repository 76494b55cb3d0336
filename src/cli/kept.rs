//! What earlier runs and other processes wrote, read back, for tests and fuzzing. Nothing of it is promised.

use super::batch::journal;
use super::crew::{pack, worker};
use super::given::GivenArgs;
use super::messages::Messages;
use crate::model::document::Document;
use crate::report::data_set::{DocumentRow, Table, observations};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io;
use std::path::Path;

/// Packs a document.
///
/// # Errors
/// As writing into memory.
pub fn pack(document: &Document) -> io::Result<Vec<u8>> {
    pack::pack(document)
}

/// Unpacks a document.
///
/// # Errors
/// Where the bytes are no packed document.
pub fn unpack(packed: &[u8]) -> io::Result<Document> {
    pack::unpack(packed)
}

/// Packs the rows of a document's figures.
///
/// # Errors
/// As writing into memory.
pub fn packed_rows(document: &Document) -> io::Result<Vec<u8>> {
    let mut rows = pack::Rows::new();
    for row in observations(document, "a") {
        rows.add(Table::Observations, &row)?;
    }
    rows.finish()
}

/// The number of rows that were packed.
///
/// # Errors
/// Where the bytes are no packed rows.
pub fn rows(packed: &[u8]) -> io::Result<usize> {
    let mut count = 0;
    pack::rows(packed, |_, _| {
        count += 1;
        Ok(())
    })?;
    Ok(count)
}

/// Opens a journal, and reads every record that it knows. Returns how many there are, and the bytes of all bodies.
///
/// # Errors
/// Where a record that was whole when it was opened cannot be read.
pub fn journal(path: &Path) -> io::Result<(usize, usize)> {
    let journal = journal::Journal::open(path)?;
    let read = journal.read.values().map(|known| known.at);
    let mut places: Vec<u64> = read.chain(journal.checked.values().copied()).collect();
    places.sort_unstable();
    let bodies = places.iter().map(|at| Ok(journal.record(*at)?.1.len()));
    Ok((places.len(), bodies.sum::<io::Result<usize>>()?))
}

/// A record of a journal, with the check that stands before it.
pub fn record(head: &[u8], body: &[u8]) -> Vec<u8> {
    journal::framed(head, body)
}

/// The head of the record of a document that was read.
///
/// # Errors
/// As writing into memory.
pub fn head(document: &Document) -> io::Result<Vec<u8>> {
    let row = Box::new(DocumentRow::read(document, 0));
    let head = journal::Head::Read { key: [0; 16], row, again: false, millis: 1 };
    postcard::to_allocvec(&head).map_err(io::Error::other)
}

/// The head of a record, a task and an answer that these bytes are, each written again.
pub fn heads(bytes: &[u8]) -> [Option<Vec<u8>>; 3] {
    [again::<journal::Head>(bytes), again::<worker::Task>(bytes), again::<worker::Answered>(bytes)]
}

fn again<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Option<Vec<u8>> {
    postcard::to_allocvec(&postcard::from_bytes::<T>(bytes).ok()?).ok()
}

/// How many files a manifest names; `None` where something in it is wrong, which is told on stderr.
pub fn manifest(path: &Path) -> Option<usize> {
    let args = GivenArgs::of_file(path.to_owned());
    args.manifest_of_all(&Messages::new(true)).ok().map(|manifest| manifest.listed().len())
}
