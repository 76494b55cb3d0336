//! What the styles of a document make of its paragraphs.

use super::xml::{Token, Xml};
use std::collections::HashMap;

/// Styles are based on one another at most this deep.
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
pub(super) struct Kind {
    /// From 1; the title is 0.
    pub(super) heading: Option<u8>,
    pub(super) item: bool,
    pub(super) caption: bool,
    /// A line of a list of contents.
    pub(super) contents: bool,
    pub(super) bold: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    pub(super) fn of(text: &str) -> Styles {
        let mut styles = Styles::default();
        let mut xml = Xml::new(text);
        let mut open: Option<(String, Style)> = None;
        while let Some(token) = xml.next() {
            let tag = match token {
                Token::Open(tag) => tag,
                Token::Close(name) if name == "style" => {
                    styles.by_id.extend(open.take());
                    continue;
                }
                _ => continue,
            };
            if tag.name() == "style" {
                let id = tag.attr("styleId").unwrap_or_default();
                let is_default =
                    tag.attr("default").is_some_and(|on| matches!(on.as_str(), "1" | "true" | "on"));
                if is_default && tag.attr("type").is_some_and(|kind| kind == "paragraph") {
                    styles.default = Some(id.clone());
                }
                open = Some((id, Style::default()));
                continue;
            }
            let Some((_, style)) = &mut open else { continue };
            match tag.name() {
                "name" => style.name = tag.attr("val").unwrap_or_default().to_lowercase(),
                "basedOn" => style.based_on = tag.attr("val"),
                "outlineLvl" => style.level = tag.number().and_then(|level| u8::try_from(level).ok()),
                "numId" => style.listed = Some(tag.number() != Some(0)),
                "b" => style.bold = Some(tag.is_on()),
                _ => {}
            }
        }
        styles
    }

    /// What a style says, with those that it is based on.
    pub(super) fn kind(&self, id: Option<&str>) -> Kind {
        let mut kind = Kind::default();
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

    /// Whether a text uses the style of titles.
    pub(super) fn has_title(&self, body: &str) -> bool {
        self.by_id
            .iter()
            .any(|(id, style)| style.name == "title" && body.contains(&format!("pStyle w:val=\"{id}\"")))
    }
}

/// "heading 2" is of level 1, from 0.
fn named_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix("heading ")?.trim().parse::<u8>().ok()?;
    level.checked_sub(1).filter(|level| *level < 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_their_built_in_names() {
        let styles = Styles::of(
            r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
            <w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
            <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>
            <w:style w:styleId="Own"><w:name w:val="Our heading"/><w:basedOn w:val="berschrift2"/></w:style>
            <w:style w:styleId="Lvl"><w:name w:val="Part"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
            <w:style w:styleId="Cap"><w:name w:val="caption"/></w:style>
            <w:style w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style>
            <w:style w:styleId="Bul"><w:name w:val="List Bullet"/></w:style></w:styles>"#,
        );
        let heading = |id: &str| styles.kind(Some(id)).heading;
        assert_eq!(
            [heading("berschrift2"), heading("Own"), heading("Lvl"), heading("Titel")],
            [Some(2), Some(2), Some(1), Some(0)]
        );
        assert_eq!((heading("Loop"), styles.kind(None)), (None, Kind::default()));
        assert!(
            styles.kind(Some("Cap")).caption
                && styles.kind(Some("Bul")).item
                && styles.kind(Some("Own")).bold
        );
        assert!(styles.has_title("<w:pStyle w:val=\"Titel\"/>"));
    }
}
