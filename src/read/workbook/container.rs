//! Reads the compound file format of Office before 2007: streams stored in chains of sectors.

use super::xlsb::{long, short};

/// Larger numbers in the table of chains are not sectors but the end of a chain, or unused.
const LAST: u32 = 0xffff_fffa;

/// Shorter streams are stored in small sectors.
const SMALL: u32 = 4096;

/// A container.
pub struct Container<'a> {
    bytes: &'a [u8],
    /// The length of a sector, as a power of two.
    shift: u32,
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<DirectoryEntry>,
}

struct DirectoryEntry {
    name: String,
    start: u32,
    size: u32,
}

impl<'a> Container<'a> {
    /// Opens a container; `None` where it is too damaged.
    pub fn open(bytes: &'a [u8]) -> Option<Container<'a>> {
        let shift = u32::from(short(bytes, 30)?);
        if !(7..=16).contains(&shift) {
            return None;
        }
        let mut open = Container {
            bytes,
            shift,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        for sector in open.tables()? {
            let table = open.sector(sector)?;
            open.next.extend((0..table.len() / 4).filter_map(|nth| long(table, nth * 4)));
        }
        let directory = open.chain(long(bytes, 48)?);
        open.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let table = open.chain(long(bytes, 60)?);
        open.next_small = (0..table.len() / 4).filter_map(|nth| long(&table, nth * 4)).collect();
        open.small = open.chain(open.entries.first()?.start);
        Some(open)
    }

    /// The sectors that hold the table of chains: the header lists the first ones, further sectors list the rest.
    fn tables(&self) -> Option<Vec<u32>> {
        let most = self.bytes.len() >> self.shift;
        let mut tables: Vec<u32> = (0..109).filter_map(|nth| long(self.bytes, 76 + nth * 4)).collect();
        let mut more = long(self.bytes, 68)?;
        let mut visited = 0;
        while more < LAST && visited <= most {
            let Some(list) = self.sector(more) else { break };
            let count = (1usize << self.shift) / 4 - 1;
            tables.extend((0..count).filter_map(|nth| long(list, nth * 4)));
            more = long(list, count * 4).unwrap_or(LAST);
            visited += 1;
        }
        tables.retain(|sector| *sector < LAST);
        tables.truncate(most + 1);
        Some(tables)
    }

    /// A sector; the last one of a file may be shorter.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(1 << self.shift)?;
        let end = (start + (1 << self.shift)).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    fn chain(&self, mut sector: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut visited = 0;
        while sector < LAST && visited <= self.next.len() {
            let Some(content) = self.sector(sector) else { break };
            bytes.extend_from_slice(content);
            sector = self.next.get(sector as usize).copied().unwrap_or(LAST);
            visited += 1;
        }
        bytes
    }

    /// A stream by its name.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let mut bytes =
            if entry.size < SMALL { self.small_chain(entry.start) } else { self.chain(entry.start) };
        bytes.truncate(entry.size as usize);
        Some(bytes)
    }

    fn small_chain(&self, mut sector: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut visited = 0;
        while sector < LAST && visited <= self.next_small.len() {
            let start = sector as usize * 64;
            let Some(content) = self.small.get(start..(start + 64).min(self.small.len())) else { break };
            bytes.extend_from_slice(content);
            sector = self.next_small.get(sector as usize).copied().unwrap_or(LAST);
            visited += 1;
        }
        bytes
    }
}

fn entry(data: &[u8]) -> Option<DirectoryEntry> {
    let length = usize::from(short(data, 64)?).min(64);
    let units = data.get(..length)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let name =
        char::decode_utf16(units.take_while(|unit| *unit != 0)).map(|c| c.unwrap_or('\u{fffd}')).collect();
    Some(DirectoryEntry { name, start: long(data, 116)?, size: long(data, 120)? })
}
