//! The zip archive of a workbook, and the XML in it. Entities that a document declares are never put in, and nothing
//! outside the archive is looked at.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Cursor, Read, Take};
use zip::ZipArchive;
use zip::read::ZipFile;

/// What a workbook may unpack to: 1 GiB.
const MOST: u64 = 1 << 30;

/// What may unpack to more than [`BOMB`] times its size.
const SMALL: u64 = 100 << 20;

/// Real workbooks unpack to some ten times their size.
const BOMB: u64 = 1000;

/// Why a workbook is not read, and what to do.
pub type Refusal = (String, String);

/// An archive.
pub struct Package {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// By name in lower case.
    names: HashMap<String, usize>,
}

/// A part of an archive, being read.
pub type Part<'a> = BufReader<Take<ZipFile<'a, Cursor<Vec<u8>>>>>;

/// A refusal for a file that is broken.
pub fn damaged(what: &str) -> Refusal {
    (
        format!("the workbook is damaged: {what}"),
        "open it in a spreadsheet program, which may mend it, and save it under a new name".to_owned(),
    )
}

impl Package {
    /// Opens an archive, unless it is broken or would unpack to more than a workbook has.
    pub fn open(bytes: Vec<u8>) -> Result<Package, Refusal> {
        let packed = bytes.len() as u64;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error.to_string()))?;
        let mut package = Package { zip, names: HashMap::new() };
        let mut unpacked = 0u64;
        for index in 0..package.zip.len() {
            let Ok(file) = package.zip.by_index_raw(index) else { continue };
            unpacked = unpacked.saturating_add(file.size());
            let Ok(name) = file.name() else { continue };
            package.names.entry(plain(&name)).or_insert(index);
        }
        if unpacked > MOST || unpacked > SMALL && unpacked / packed.max(1) > BOMB {
            return Err((
                format!("the workbook would unpack to {} MB, from {} KB", unpacked >> 20, packed >> 10),
                "if it is no trap, save the sheets that matter as CSV".to_owned(),
            ));
        }
        Ok(package)
    }

    /// Whether a part is there.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// A part, read as it is unpacked.
    pub fn part(&mut self, name: &str) -> Option<Result<Part<'_>, Refusal>> {
        let index = *self.names.get(&plain(name))?;
        Some(match self.zip.by_index(index) {
            Ok(file) => Ok(BufReader::with_capacity(1 << 16, file.take(MOST))),
            Err(error) => Err(damaged(&format!("{name}: {error}"))),
        })
    }

    /// A part as XML.
    pub fn xml(&mut self, name: &str) -> Option<Result<Xml<Part<'_>>, Refusal>> {
        self.part(name).map(|part| part.map(Xml::new))
    }

    /// A part, whole.
    pub fn bytes(&mut self, name: &str) -> Option<Result<Vec<u8>, Refusal>> {
        let part = self.part(name)?;
        let mut bytes = Vec::new();
        Some(part.and_then(|mut part| match part.read_to_end(&mut bytes) {
            Ok(_) => Ok(bytes),
            Err(error) => Err(damaged(&format!("{name}: {error}"))),
        }))
    }
}

fn plain(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

/// XML, read piece by piece.
pub struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

/// A piece of XML. Empty elements start and end.
pub enum Piece<'a> {
    /// An element begins.
    Start(BytesStart<'a>),
    /// An element ends.
    End(BytesEnd<'a>),
    /// Text.
    Text(Cow<'a, str>),
    /// A comment or the like.
    Other,
}

impl<R: BufRead> Xml<R> {
    /// XML from a reader.
    pub fn new(reader: R) -> Xml<R> {
        let mut reader = Reader::from_reader(reader);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { reader, buffer: Vec::new() }
    }

    /// The next piece; nothing at the end.
    pub fn next(&mut self) -> Result<Option<Piece<'_>>, String> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| error.to_string())?;
        Ok(Some(match event {
            Event::Eof => return Ok(None),
            Event::Start(start) | Event::Empty(start) => Piece::Start(start),
            Event::End(end) => Piece::End(end),
            Event::Text(text) => Piece::Text(text.xml10_content()),
            Event::CData(text) => Piece::Text(text.xml10_content()),
            Event::GeneralRef(entity) => Piece::Text(Cow::Owned(referred(&entity))),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Piece::Other,
        }))
    }
}

/// A character by its name or number. Any other entity stays as it is written.
fn referred(entity: &BytesRef<'_>) -> String {
    match (resolve_xml_entity(entity), entity.resolve_char_ref()) {
        (Some(known), _) => known.to_owned(),
        (None, Ok(Some(c))) => c.to_string(),
        _ => format!("&{};", &**entity),
    }
}

/// An attribute by its local name.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let named = |attribute: &Attribute<'_>| attribute.key.local_name().as_ref() == name;
    attributes.with_checks(false).flatten().find(named).map(|attribute| unescaped(&attribute.value))
}

/// A value with its entities.
pub fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned)
}
