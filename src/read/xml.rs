//! Reads XML piece by piece. Entities that a file declares itself are not expanded.

use super::text;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};
use std::borrow::Cow;
use std::io::{BufRead, Cursor};

/// An XML document that is being read.
pub(crate) struct Xml<'a> {
    reader: Reader<Box<dyn BufRead + 'a>>,
    buffer: Vec<u8>,
    /// How many elements are open.
    depth: usize,
}

/// A piece of XML. An empty element gives a start and an end.
pub(crate) enum XmlPiece<'a> {
    /// An element begins.
    Start(BytesStart<'a>),
    /// An element ends.
    End(BytesEnd<'a>),
    /// Text.
    Text(Cow<'a, str>),
    /// A comment or the like.
    Other,
}

impl<'a> Xml<'a> {
    /// Reads UTF-8 as it comes; UTF-16 is converted as a whole first.
    pub fn new(mut from: impl BufRead + 'a) -> Xml<'a> {
        let from: Box<dyn BufRead + 'a> = if from.fill_buf().is_ok_and(text::is_utf16) {
            let mut bytes = Vec::new();
            // Input that breaks off leaves its elements open.
            let _ = from.read_to_end(&mut bytes);
            Box::new(Cursor::new(text::decoded(&bytes).0.into_owned()))
        } else {
            Box::new(from)
        };
        let mut reader = Reader::from_reader(from);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Xml { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The next piece; `None` at the end. An end with open elements is an error.
    pub fn next(&mut self) -> Result<Option<XmlPiece<'_>>, String> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|error| match error {
            Error::Io(error) => error.to_string(),
            other => other.to_string(),
        })?;
        Ok(Some(match event {
            Event::Eof if self.depth > 0 => return Err("it breaks off".to_owned()),
            Event::Eof => return Ok(None),
            Event::Start(start) | Event::Empty(start) => {
                self.depth += 1;
                XmlPiece::Start(start)
            }
            Event::End(end) => {
                self.depth = self.depth.saturating_sub(1);
                XmlPiece::End(end)
            }
            Event::Text(text) => XmlPiece::Text(text.xml10_content()),
            Event::CData(text) => XmlPiece::Text(text.xml10_content()),
            Event::GeneralRef(entity) => XmlPiece::Text(Cow::Owned(referred(&entity))),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => XmlPiece::Other,
        }))
    }
}

/// Resolves a reference to a character by name or number. Other entities stay as they are written.
fn referred(entity: &BytesRef<'_>) -> String {
    match (resolve_xml_entity(entity), entity.resolve_char_ref()) {
        (Some(known), _) => known.to_owned(),
        (None, Ok(Some(c))) => c.to_string(),
        _ => format!("&{};", &**entity),
    }
}

/// An attribute by its name without prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let named = |attribute: &Attribute<'_>| attribute.key.local_name().as_ref() == name;
    attributes.with_checks(false).flatten().find(named).map(|attribute| value(&attribute))
}

/// The value of an attribute.
pub(crate) fn value(attribute: &Attribute<'_>) -> String {
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(bytes: &[u8]) -> String {
        let mut xml = Xml::new(bytes);
        let mut told = String::new();
        while let Some(piece) = xml.next().unwrap() {
            match piece {
                XmlPiece::Start(start) => {
                    let own = attribute(&start, "x").unwrap_or_default();
                    told += &format!("<{} {own}>", start.local_name().as_ref());
                }
                XmlPiece::End(end) => told += &format!("</{}>", end.local_name().as_ref()),
                XmlPiece::Text(text) => told += &text,
                XmlPiece::Other => told += "*",
            }
        }
        told
    }

    #[test]
    fn entities_of_the_file_stay_as_they_are_written() {
        let text = "<!DOCTYPE d [<!ENTITY e \"lol\">]><a:b c:x='&lt;&#163;\n9'>&e;&amp;&#xa3; & 5<!-- 7 --><i/></a:b>";
        assert_eq!(pieces(text.as_bytes()), "*<b <£ 9>&e;&£ & 5*<i ></i></b>");
    }

    #[test]
    fn utf_16_is_read() {
        let text = "<?xml version=\"1.0\"?><a x=\"é\">£5</a>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes(), &little, &big] {
            assert_eq!(pieces(bytes), "*<a é>£5</a>");
        }
    }
}
