//! Opens the packages of Office documents, whose parts refer to each other by relations.

use super::packed::{Packed, Wording};
use super::xml::{Xml, XmlPiece, attribute};
use crate::model::diagnostic::Refusal;
use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Cursor};

/// A zip file whose members are the parts of a document.
pub(crate) struct Package<'a> {
    packed: Packed<Cursor<&'a [u8]>>,
    /// The index of each part by its name in lower case.
    names: HashMap<String, usize>,
    /// Parts that could not be read to their ends, and why.
    pub broken: Vec<(String, String)>,
}

impl<'a> Package<'a> {
    /// Opens a package; refuses one that is broken or unpacks to too much.
    pub fn open(bytes: &'a [u8], words: &'static Wording) -> Result<Package<'a>, Refusal> {
        let packed = Packed::open(Cursor::new(bytes), words)?;
        let mut names = HashMap::new();
        for (index, name) in packed.names().enumerate() {
            names.entry(plain(&name)).or_insert(index);
        }
        Ok(Package { packed, names, broken: Vec::new() })
    }

    /// Whether a part is there.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(&plain(name))
    }

    /// A part, unpacked as it is read.
    pub fn part(&mut self, name: &str) -> Option<Result<impl BufRead + use<'_, 'a>, Refusal>> {
        let index = *self.names.get(&plain(name))?;
        Some(self.packed.member(index).map(|member| BufReader::with_capacity(1 << 16, member)))
    }

    /// A part as XML.
    pub fn xml(&mut self, name: &str) -> Option<Result<Xml<'_>, Refusal>> {
        self.part(name).map(|part| part.map(Xml::new))
    }

    /// Applies `read` to a part. Where the part breaks off, the result of what came before is kept; a part that does
    /// not exist gives the default.
    pub fn read<T: Default>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut T, &mut Xml<'_>) -> Result<(), String>,
    ) -> T {
        let mut found = T::default();
        let result = match self.xml(name) {
            None => Ok(()),
            Some(Ok(mut xml)) => read(&mut found, &mut xml),
            Some(Err((what, _))) => Err(what),
        };
        self.broken.extend(result.err().map(|why| (name.to_owned(), why)));
        found
    }

    /// The relations of a part; those of the package itself for an empty name.
    pub fn relations(&mut self, part: &str) -> Relations {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = resolved(folder, &format!("_rels/{file}.rels"));
        let targets = self.read(&name, |targets: &mut BTreeMap<_, _>, xml| {
            while let Some(piece) = xml.next()? {
                let XmlPiece::Start(start) = piece else { continue };
                let mode = attribute(&start, "TargetMode").unwrap_or_default();
                let named = attribute(&start, "Id").zip(attribute(&start, "Target"));
                if let Some((id, target)) = named.filter(|_| !mode.eq_ignore_ascii_case("external")) {
                    let kind = attribute(&start, "Type").unwrap_or_default();
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    targets.insert(id, Target { kind, path: resolved(folder, &target) });
                }
            }
            Ok(())
        });
        Relations { targets, folder: folder.to_owned() }
    }

    /// The name of the main part: the one that the package's relations name, else the usual one.
    pub fn main(&mut self, usual: &str) -> String {
        self.relations("").path("officeDocument", usual)
    }
}

/// A part that another refers to.
pub(crate) struct Target {
    /// The last word of its type's address.
    pub kind: String,
    /// Its name in the package.
    pub path: String,
}

/// What a part refers to.
#[derive(Default)]
pub(crate) struct Relations {
    /// By id.
    pub targets: BTreeMap<String, Target>,
    folder: String,
}

impl Relations {
    /// The names of the parts of a kind.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.targets.values().filter(move |target| target.kind == kind).map(|target| target.path.as_str())
    }

    /// The name of the part of a kind; where there is no relation, the usual name in the same folder.
    pub fn path(&self, kind: &str, usual: &str) -> String {
        self.of_kind(kind).next().map_or_else(|| resolved(&self.folder, usual), str::to_owned)
    }
}

/// Resolves the name of a part against a folder.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// Names are compared without case and with forward slashes; some programs write backslashes.
fn plain(name: &str) -> String {
    name.trim_start_matches(['/', '\\']).replace('\\', "/").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn names_of_parts() {
        assert_eq!(resolved("word", "charts/chart1.xml"), "word/charts/chart1.xml");
        assert_eq!(resolved("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word", "../docProps/core.xml"), "docProps/core.xml");
        assert_eq!(resolved("", "word\\.\\document.xml"), "word/document.xml");
    }
}
