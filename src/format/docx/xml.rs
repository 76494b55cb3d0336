//! XML as a row of tags and texts. Entities that the file defines itself are never expanded.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// The namespaces of Word's own elements, as Word and as the standard's strict form write them.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// What comes next in a part.
pub(super) enum Token<'a> {
    Open(Tag<'a>),
    /// The local name.
    Close(String),
    Text(String),
}

/// The beginning of an element.
pub(super) struct Tag<'a> {
    start: BytesStart<'a>,
    /// One of Word's own.
    pub(super) word: bool,
}

impl Tag<'_> {
    /// Without its prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute by its name without prefix.
    pub(super) fn attr(&self, name: &str) -> Option<String> {
        let mut attrs = self.start.attributes();
        let found =
            attrs.with_checks(false).flatten().find(|attr| attr.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
    }

    /// Whether a switch is on: it is there and not "0" or "false".
    pub(super) fn is_on(&self) -> bool {
        self.attr("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }

    pub(super) fn number(&self) -> Option<usize> {
        self.attr("val")?.trim().parse().ok()
    }
}

/// A part that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    prefix: Option<String>,
    /// It ended before its end.
    pub(super) broken: bool,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Xml<'a> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { reader, prefix: None, broken: false }
    }

    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.learn(&start);
                    let prefix = start.name().prefix().map(|prefix| prefix.into_inner().to_owned());
                    let word = prefix.as_deref().unwrap_or_default() == self.prefix.as_deref().unwrap_or("w");
                    return Some(Token::Open(Tag { start, word }));
                }
                Ok(Event::End(end)) => return Some(Token::Close(end.local_name().into_inner().to_owned())),
                Ok(Event::Text(text)) => return Some(Token::Text(text.xml10_content().into_owned())),
                Ok(Event::CData(text)) => return Some(Token::Text(text.xml10_content().into_owned())),
                Ok(Event::GeneralRef(name)) => {
                    let known = name.resolve_char_ref().ok().flatten().map(String::from);
                    let name = name.into_inner();
                    let predefined =
                        || quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
                    return Some(Token::Text(
                        known.or_else(predefined).unwrap_or_else(|| format!("&{name};")),
                    ));
                }
                Ok(Event::Eof) => return None,
                Ok(_) => {}
                Err(_) => {
                    self.broken = true;
                    return None;
                }
            }
        }
    }

    /// Learns from the first element how Word's own are marked.
    fn learn(&mut self, start: &BytesStart) {
        if self.prefix.is_some() {
            return;
        }
        let bound = start.attributes().with_checks(false).flatten().find(|attr| WORD.contains(&&*attr.value));
        self.prefix = Some(bound.map_or_else(
            || "w".to_owned(),
            |attr| {
                if attr.key.prefix().is_some() {
                    attr.key.local_name().into_inner().to_owned()
                } else {
                    String::new()
                }
            },
        ));
    }
}
