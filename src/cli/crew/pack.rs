//! Documents and rows as they are kept until the data set is written: in the binary form of `postcard`, deflated.

use crate::model::document::Document;
use crate::report::data_set::{Row, Table};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::io::{self, Read, Write};

/// The fastest level: the next makes a tenth less of it and takes half as much time again.
const LEVEL: Compression = Compression::new(1);

/// Packs a document.
pub(in crate::cli) fn pack(document: &Document) -> io::Result<Vec<u8>> {
    let plain = postcard::to_allocvec(document).map_err(io::Error::other)?;
    let mut out = DeflateEncoder::new(Vec::new(), LEVEL);
    out.write_all(&plain)?;
    out.finish()
}

/// Unpacks a document that the same version of the program packed.
pub(in crate::cli) fn unpack(packed: &[u8]) -> io::Result<Document> {
    let mut plain = Vec::new();
    DeflateDecoder::new(packed).read_to_end(&mut plain)?;
    postcard::from_bytes(&plain).map_err(io::Error::other)
}

/// Packs rows as they come.
pub(in crate::cli) struct Rows(DeflateEncoder<Vec<u8>>);

impl Rows {
    /// No rows yet.
    pub fn new() -> Rows {
        Rows(DeflateEncoder::new(Vec::new(), LEVEL))
    }

    /// Adds a row of a table.
    pub fn add(&mut self, table: Table, row: &Row) -> io::Result<()> {
        let bytes = postcard::to_allocvec(row).map_err(io::Error::other)?;
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        let place = Table::ALL.iter().position(|known| *known == table).unwrap_or_default();
        self.0.write_all(&[u8::try_from(place).unwrap_or_default()])?;
        self.0.write_all(&length.to_le_bytes())?;
        self.0.write_all(&bytes)
    }

    /// The packed rows.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.0.finish()
    }
}

/// Hands out the rows of what [`Rows`] packed, one by one, in their order.
pub(in crate::cli) fn rows(
    packed: &[u8],
    mut take: impl FnMut(Table, Row) -> io::Result<()>,
) -> io::Result<()> {
    if packed.is_empty() {
        return Ok(());
    }
    let mut plain = io::BufReader::new(DeflateDecoder::new(packed));
    let mut bytes = Vec::new();
    let mut table = [0];
    while plain.read(&mut table)? > 0 {
        let mut length = [0; 4];
        plain.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        bytes.clear();
        // What a broken length asks for is not taken before it is there.
        plain.by_ref().take(length.into()).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != u64::from(length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let [place] = table;
        let table = Table::ALL.get(usize::from(place)).ok_or(io::ErrorKind::InvalidData)?;
        take(*table, postcard::from_bytes(&bytes).map_err(io::Error::other)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;
    use crate::report::data_set::observations;

    #[test]
    fn what_is_packed_is_unpacked() {
        let document = sample::document();
        assert!(unpack(&pack(&document).unwrap()).unwrap() == document);
        let wanted: Vec<Row> = observations(&document, "a").collect();
        let mut packed = Rows::new();
        wanted.iter().for_each(|row| packed.add(Table::Observations, row).unwrap());
        let packed = packed.finish().unwrap();
        let mut got = Vec::new();
        rows(&packed, |table, row| {
            assert_eq!(table, Table::Observations);
            got.push(row);
            Ok(())
        })
        .unwrap();
        assert_eq!((got.len(), got), (4, wanted));
        assert!(rows(&packed[..packed.len() / 2], |_, _| Ok(())).is_err());
    }
}
