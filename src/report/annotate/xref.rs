//! The cross-reference sections of a file, which say where its objects are, and the update that adds one.
//!
//! The reader of PDFs searches the whole file where these sections are broken. Nothing can be added to such a file,
//! because the sections that are added refer to those before. So they are read here strictly.

use super::objects;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, FromBytes as _, ObjectIdentifier, Stream as PdfStream,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

/// The reader follows as many sections.
const MOST_SECTIONS: usize = 256;
/// Bytes of an entry in a table.
const ENTRY: usize = 20;

/// All sections of a file.
pub(super) struct Sections<'a> {
    bytes: &'a [u8],
    /// Where the newest begins.
    newest: usize,
    /// Whether the newest is a stream; else it is a table.
    is_stream: bool,
    /// The dictionary of the newest.
    pub trailer: Dict<'a>,
    /// The first number that no object has.
    free: u32,
    /// The newest comes first.
    sections: Vec<Section<'a>>,
}

struct Section<'a> {
    dict: Dict<'a>,
    ranges: Vec<Range>,
    /// What the ranges lie in.
    data: Cow<'a, [u8]>,
    /// The widths of the three fields of an entry in a stream.
    widths: Option<[u8; 3]>,
}

/// Entries for objects with successive numbers.
struct Range {
    first: u32,
    count: u32,
    at: usize,
}

/// Where an object is.
enum Entry {
    /// At an offset, with its generation.
    At(usize, u32),
    /// In the stream of objects with this number.
    In(u32),
}

impl<'a> Sections<'a> {
    /// Reads them; `None` where one of them is not there or not as it should be.
    pub fn read(bytes: &'a [u8]) -> Option<Sections<'a>> {
        let mark = memchr::memmem::rfind(bytes, b"startxref")?;
        let newest = Cursor { bytes, at: mark + b"startxref".len() }.number()?;
        let (mut open, mut seen, mut sections) = (vec![newest], BTreeSet::new(), Vec::new());
        while let Some(at) = open.pop() {
            if sections.len() >= MOST_SECTIONS || !seen.insert(at) {
                return None;
            }
            let section = Section::read(bytes, at)?;
            // A table counts before the stream that it names, and this before older sections.
            for key in [&b"Prev"[..], b"XRefStm"] {
                if section.dict.contains_key(key) && (section.widths.is_none() || key == b"Prev") {
                    open.push(usize::try_from(section.dict.get::<i32>(key)?).ok()?);
                }
            }
            sections.push(section);
        }
        let first = sections.first()?;
        let (trailer, is_stream) = (first.dict.clone(), first.widths.is_some());
        let mut free = trailer.get::<u32>(b"Size")?;
        for range in sections.iter().flat_map(|section| &section.ranges) {
            free = free.max(range.first.checked_add(range.count)?);
        }
        Some(Sections { bytes, newest, is_stream, trailer, free, sections })
    }

    /// The newest entry that is not free. Files that hide objects from old readers list them as free in a table, and
    /// truly in a stream that the table names.
    fn entry(&self, number: u32) -> Option<Entry> {
        self.sections.iter().find_map(|section| section.entry(section.place(number)?))
    }

    fn is_at(&self, id: ObjectIdentifier, at: usize) -> bool {
        let mut cursor = Cursor { bytes: self.bytes, at };
        cursor.number() == Some(id.obj_number as usize)
            && cursor.number().and_then(|again| i32::try_from(again).ok()) == Some(id.gen_number)
            && cursor.word(b"obj")
    }

    /// Whether they tell of an object, and it is where they say.
    pub fn hold(&self, id: ObjectIdentifier) -> bool {
        let at = |id: ObjectIdentifier, entry: Option<Entry>| match entry {
            Some(Entry::At(at, again)) => i64::from(again) == i64::from(id.gen_number) && self.is_at(id, at),
            _ => false,
        };
        match self.entry(id.obj_number) {
            Some(Entry::In(stream)) => {
                id.gen_number == 0 && at(ObjectIdentifier::new(stream, 0), self.entry(stream))
            }
            entry => at(id, entry),
        }
    }
}

impl<'a> Section<'a> {
    fn read(bytes: &'a [u8], at: usize) -> Option<Section<'a>> {
        let mut cursor = Cursor { bytes, at };
        let mut ranges = Vec::new();
        if cursor.word(b"xref") {
            while !cursor.word(b"trailer") {
                let (first, count) = (cursor.number()?, cursor.number()?);
                cursor.blanks();
                ranges.push(Range {
                    first: u32::try_from(first).ok()?,
                    count: u32::try_from(count).ok()?,
                    at: cursor.at,
                });
                cursor.at = cursor.at.checked_add(count.checked_mul(ENTRY)?)?;
            }
            let dict = Dict::from_bytes(cursor.rest())?;
            return Some(Section::of(dict, ranges, Cow::Borrowed(bytes), None));
        }
        let (_, _) = (cursor.number()?, cursor.number()?);
        if !cursor.word(b"obj") {
            return None;
        }
        let stream = PdfStream::from_bytes(cursor.rest())?;
        let dict = stream.dict().clone();
        let widths = dict.get::<[u8; 3]>(b"W")?;
        let length: usize = widths.iter().map(|width| usize::from(*width)).sum();
        let mut place = 0usize;
        let mut range = |first, count: u32| {
            ranges.push(Range { first, count, at: place });
            place = place.checked_add(length.checked_mul(count as usize)?)?;
            Some(())
        };
        match dict.get::<Array<'_>>(b"Index") {
            Some(index) => index.iter::<(u32, u32)>().try_for_each(|(first, count)| range(first, count))?,
            None => range(0, dict.get(b"Size")?)?,
        }
        Some(Section::of(dict, ranges, stream.decoded_data().ok()?, Some(widths)))
    }

    fn of(
        dict: Dict<'a>,
        mut ranges: Vec<Range>,
        data: Cow<'a, [u8]>,
        widths: Option<[u8; 3]>,
    ) -> Section<'a> {
        ranges.sort_by_key(|range| range.first);
        Section { dict, ranges, data, widths }
    }

    /// Where the entry of an object begins, if there is one.
    fn place(&self, number: u32) -> Option<usize> {
        let after = self.ranges.partition_point(|range| range.first <= number);
        let range = self.ranges.get(after.checked_sub(1)?)?;
        let width = self.widths.map_or(ENTRY, |widths| widths.iter().map(|width| usize::from(*width)).sum());
        let index = number - range.first;
        (index < range.count).then(|| range.at.saturating_add(width.saturating_mul(index as usize)))
    }

    /// The entry that begins there; nothing where the object is free, or the entry is broken.
    fn entry(&self, at: usize) -> Option<Entry> {
        let Some([kind, second, third]) = self.widths else {
            let mut cursor = Cursor { bytes: self.data.get(..at.checked_add(ENTRY)?)?, at };
            let (offset, again) = (cursor.number()?, cursor.number()?);
            return cursor.word(b"n").then_some(Entry::At(offset, u32::try_from(again).ok()?));
        };
        let mut rest = self.data.get(at..)?;
        let mut field = |width: u8| {
            let (own, after) = rest.split_at_checked(usize::from(width))?;
            rest = after;
            own.iter().try_fold(0u64, |value, byte| Some(value.checked_mul(256)? + u64::from(*byte)))
        };
        let (written, second, third) = (field(kind)?, field(second)?, field(third)?);
        match if kind == 0 { 1 } else { written } {
            1 => Some(Entry::At(usize::try_from(second).ok()?, u32::try_from(third).ok()?)),
            2 => Some(Entry::In(u32::try_from(second).ok()?)),
            _ => None,
        }
    }
}

/// Reads numbers and words with blanks before them.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&mut self) -> &'a [u8] {
        self.blanks();
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|b| b"\0\t\n\x0C\r ".contains(b)).count();
    }

    fn number(&mut self) -> Option<usize> {
        // Offsets in tables have ten digits; more would be no offset of a file.
        const MOST_DIGITS: usize = 15;
        let rest = self.rest();
        let digits = rest.iter().take(MOST_DIGITS + 1).take_while(|b| b.is_ascii_digit()).count();
        self.at += digits;
        std::str::from_utf8(rest.get(..digits)?).ok()?.parse().ok().filter(|_| digits <= MOST_DIGITS)
    }

    fn word(&mut self, word: &[u8]) -> bool {
        let is_there = self.rest().starts_with(word);
        self.at += if is_there { word.len() } else { 0 };
        is_there
    }
}

/// What is added to a file.
pub(super) struct Update<'a> {
    sections: &'a Sections<'a>,
    out: Vec<u8>,
    /// The offsets and generations of the objects that were added or replaced, by number.
    placed: BTreeMap<u32, (u32, u16)>,
    next: u32,
}

impl<'a> Update<'a> {
    pub fn new(sections: &'a Sections<'a>, original: &[u8]) -> Update<'a> {
        let mut out = original.to_vec();
        if !matches!(out.last(), Some(b'\n' | b'\r')) {
            out.push(b'\n');
        }
        Update { sections, out, placed: BTreeMap::new(), next: sections.free }
    }

    /// Adds an object, which is written with its number, and gives the number. `None` where the file becomes too large.
    pub fn add(&mut self, write: impl FnOnce(&mut Vec<u8>, u32)) -> Option<u32> {
        let number = self.next;
        self.next = number.checked_add(1)?;
        self.replace(ObjectIdentifier::new(number, 0), |out| write(out, number))?;
        Some(number)
    }

    /// Writes an object anew. `None` where the file becomes too large.
    pub fn replace(&mut self, id: ObjectIdentifier, write: impl FnOnce(&mut Vec<u8>)) -> Option<()> {
        let generation = u16::try_from(id.gen_number).ok()?;
        self.placed.insert(id.obj_number, (self.offset()?, generation));
        let _ = writeln!(self.out, "{} {generation} obj", id.obj_number);
        write(&mut self.out);
        self.out.extend_from_slice(b"\nendobj\n");
        Some(())
    }

    /// Where the next byte stands. Readers hold offsets in 31 bits.
    fn offset(&self) -> Option<u32> {
        i32::try_from(self.out.len()).ok()?.try_into().ok()
    }

    /// The entries of the objects, in stretches of successive numbers.
    fn stretches(&self) -> Vec<(u32, Vec<(u32, u16)>)> {
        let mut stretches: Vec<(u32, Vec<(u32, u16)>)> = Vec::new();
        for (&number, &entry) in &self.placed {
            match stretches.last_mut() {
                Some((first, entries)) if *first as usize + entries.len() == number as usize => {
                    entries.push(entry)
                }
                _ => stretches.push((number, vec![entry])),
            }
        }
        stretches
    }

    /// The entries of a section's dictionary: those of the section before, but for what depends on the section.
    fn trailer(&mut self) {
        let own: [&[u8]; 10] = [
            b"DecodeParms",
            b"Filter",
            b"Index",
            b"Length",
            b"Prev",
            b"Size",
            b"Type",
            b"W",
            b"XRefStm",
            b"DL",
        ];
        objects::entries(&mut self.out, &self.sections.trailer, &own);
        let _ = writeln!(self.out, "/Size {}/Prev {}>>", self.next, self.sections.newest);
    }

    /// The file with the update; `None` where it is too large.
    pub fn finish(mut self) -> Option<Vec<u8>> {
        let start = self.offset()?;
        if self.sections.is_stream {
            self.stream(start)?;
        } else {
            self.table();
        }
        let _ = write!(self.out, "startxref\n{start}\n%%EOF\n");
        Some(self.out)
    }

    fn table(&mut self) {
        self.out.extend_from_slice(b"xref\n");
        for (first, entries) in self.stretches() {
            let _ = writeln!(self.out, "{first} {}", entries.len());
            for (offset, generation) in entries {
                let _ = writeln!(self.out, "{offset:010} {generation:05} n ");
            }
        }
        self.out.extend_from_slice(b"trailer\n<<");
        self.trailer();
    }

    fn stream(&mut self, start: u32) -> Option<()> {
        let number = self.next;
        self.next = number.checked_add(1)?;
        self.placed.insert(number, (start, 0));
        let stretches = self.stretches();
        let index: Vec<_> =
            stretches.iter().map(|(first, entries)| format!("{first} {}", entries.len())).collect();
        let mut data = Vec::new();
        for (offset, generation) in stretches.iter().flat_map(|(_, entries)| entries) {
            data.push(1);
            data.extend_from_slice(&offset.to_be_bytes());
            data.extend_from_slice(&generation.to_be_bytes());
        }
        let (index, length) = (index.join(" "), data.len());
        let _ = write!(self.out, "{number} 0 obj\n<</Type/XRef/W[1 4 2]/Index[{index}]/Length {length}");
        self.trailer();
        self.out.extend_from_slice(b"stream\n");
        self.out.extend_from_slice(&data);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
        Some(())
    }
}
