//! The parts of a document, found by what refers to them.

use super::xml::{Token, Xml};
use crate::format::text;
use crate::source::packed::{self, Budget, Refusal};
use std::collections::BTreeMap;
use std::io::Cursor;
use zip::ZipArchive;

/// A document's parts, unpacked as they are asked for.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: Budget,
}

/// What a part refers to: by id, the last word of its kind and the name of the part.
pub(super) type Relations = BTreeMap<String, (String, String)>;

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Refusal> {
        Ok(Package {
            archive: packed::open(Cursor::new(bytes), "a Word document")?,
            budget: Budget::default(),
        })
    }

    /// The text of a part; nothing where there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let bytes = packed::unpack(&mut self.archive, index, &mut self.budget).map_err(|(what, hint)| {
            (format!("a Word document whose part {name} cannot be read: {what}"), hint)
        })?;
        Ok(Some(text::decoded(&bytes).0.into_owned()))
    }

    /// What a part refers to within the document.
    pub(super) fn relations(&mut self, part: &str) -> Result<Relations, Refusal> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!(
            "{}_rels/{file}.rels",
            if folder.is_empty() { String::new() } else { format!("{folder}/") }
        );
        let mut relations = Relations::new();
        let Some(text) = self.part(&name)? else { return Ok(relations) };
        let mut xml = Xml::new(&text);
        while let Some(token) = xml.next() {
            let Token::Open(tag) = token else { continue };
            let external = tag.attr("TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external"));
            if tag.name() != "Relationship" || external {
                continue;
            }
            if let (Some(id), Some(kind), Some(target)) =
                (tag.attr("Id"), tag.attr("Type"), tag.attr("Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.insert(id, (kind, resolved(folder, &target)));
            }
        }
        Ok(relations)
    }

    /// The name of the main part.
    pub(super) fn main(&mut self) -> Result<String, Refusal> {
        let relations = self.relations("")?;
        let named = relations.into_values().find(|(kind, _)| kind == "officeDocument").map(|(_, name)| name);
        Ok(named.unwrap_or_else(|| "word/document.xml".to_owned()))
    }
}

/// The name of a part as seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn names_of_parts() {
        assert_eq!(resolved("word", "charts/chart1.xml"), "word/charts/chart1.xml");
        assert_eq!(resolved("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "../docProps/core.xml"), "docProps/core.xml");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
    }
}
