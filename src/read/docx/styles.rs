//! Reads the styles of a document, which say which paragraphs are headings, items and the like.

use super::{is_on, number};
use crate::read::xml::{Xml, XmlPiece, attribute};
use std::collections::HashMap;

/// The longest chain of base styles that is followed.
const DEEPEST: usize = 16;

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    level: Option<u8>,
    listed: Option<bool>,
    bold: Option<bool>,
}

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StyleKind {
    /// The heading level from 1; 0 for the title.
    pub(crate) heading: Option<u8>,
    pub(crate) item: bool,
    pub(crate) caption: bool,
    /// Whether it is an entry of a contents list.
    pub(crate) contents: bool,
    pub(crate) bold: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    by_id: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    /// Reads the styles of a part.
    pub(crate) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), String> {
        let mut open: Option<(String, Style)> = None;
        while let Some(piece) = xml.next()? {
            let start = match piece {
                XmlPiece::Start(start) => start,
                XmlPiece::End(end) if end.local_name().as_ref() == "style" => {
                    self.by_id.extend(open.take());
                    continue;
                }
                _ => continue,
            };
            let value = |name| attribute(&start, name);
            match (start.local_name().as_ref(), &mut open) {
                ("style", open) => {
                    let id = value("styleId").unwrap_or_default();
                    let is_default = matches!(value("default").as_deref(), Some("1" | "true" | "on"));
                    if is_default && value("type").as_deref() == Some("paragraph") {
                        self.default = Some(id.clone());
                    }
                    *open = Some((id, Style::default()));
                }
                ("name", Some((_, style))) => style.name = value("val").unwrap_or_default().to_lowercase(),
                ("basedOn", Some((_, style))) => style.based_on = value("val"),
                ("outlineLvl", Some((_, style))) => {
                    style.level = number(&start).and_then(|level| u8::try_from(level).ok());
                }
                ("numId", Some((_, style))) => style.listed = Some(number(&start) != Some(0)),
                ("b", Some((_, style))) => style.bold = Some(is_on(&start)),
                _ => {}
            }
        }
        Ok(())
    }

    /// What a style says, including the styles that it is based on.
    pub(crate) fn kind(&self, id: Option<&str>) -> StyleKind {
        let mut kind = StyleKind::default();
        let (mut level, mut listed, mut bold) = (None, None, None);
        let mut next = id.map(str::to_owned).or_else(|| self.default.clone());
        for _ in 0..DEEPEST {
            let Some(style) = next.as_ref().and_then(|id| self.by_id.get(id)) else { break };
            level = level.or(style.level).or_else(|| named_level(&style.name));
            listed = listed.or(style.listed);
            bold = bold.or(style.bold);
            kind.caption |=
                style.name == "caption" || style.name == "table caption" || style.name == "figure caption";
            kind.contents |= style.name.starts_with("toc ") && style.name != "toc heading";
            kind.item |= style.name.starts_with("list bullet") || style.name.starts_with("list number");
            if style.name == "title" {
                level = Some(level.filter(|level| *level > 8).unwrap_or(0));
                kind.heading = Some(0);
            }
            next = style.based_on.clone();
        }
        if kind.heading.is_none() {
            kind.heading = level.filter(|level| *level < 9).map(|level| level + 1);
        }
        kind.item |= listed == Some(true);
        kind.bold = bold == Some(true);
        kind
    }
}

/// The level in a style's name, counted from 0: 1 for "heading 2".
fn named_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading ")?.trim().parse::<u8>().ok()?;
    level.checked_sub(1).filter(|level| *level < 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_their_built_in_names() {
        let mut styles = Styles::default();
        let text = r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
            <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
            <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:styleId="Own"><w:name w:val="Our heading"/><w:basedOn w:val="berschrift2"/></w:style>
            <w:style w:styleId="Lvl"><w:name w:val="Part"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
            <w:style w:styleId="Cap"><w:name w:val="caption"/></w:style>
            <w:style w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>
            <w:style w:styleId="Bul"><w:name w:val="List Bullet"/></w:style></w:styles>"#;
        styles.read(&mut Xml::new(text.as_bytes())).unwrap();
        let heading = |id: &str| styles.kind(Some(id)).heading;
        assert_eq!(
            [heading("berschrift2"), heading("Own"), heading("Lvl"), heading("Titel")],
            [Some(2), Some(2), Some(1), Some(0)]
        );
        assert_eq!((heading("Loop"), styles.kind(None)), (None, StyleKind::default()));
        assert!(
            styles.kind(Some("Cap")).caption
                && styles.kind(Some("Bul")).item
                && styles.kind(Some("Own")).bold
        );
    }
}
