//! What a document is about: the body that it reports on, the kind of document, and the period.
//!
//! A body is looked for where a document says what it is about: in its first lines, the title and author in the data of
//! the file, and the lines that pages repeat. Then come its text, where one body is named far more often than all
//! others, and the names of the file and its folders. Where nothing is sure enough, nothing is said.

mod body;
pub mod given;
mod kind;
mod names;
mod words;

use super::reporting::Reporting;
use crate::model::about::{About, Basis, Told};
use crate::model::block::{Block, BlockKind, Layout};
use crate::model::diagnostic::Diagnostic;
use crate::model::document::Info;
use crate::model::text::Line;
use body::Bodies;
use given::Given;

/// How many lines at the top say what a document is about.
const TITLE_LINES: usize = 8;

/// A longer paragraph at the top is text already.
const LONGEST_TITLE: usize = 160;

/// Names are looked for in so many blocks. A document that has not named its body by then leaves it open.
const MOST_BLOCKS: usize = 4_000;

/// The folders above a file that may name its body.
const FOLDERS: usize = 2;

/// Where a document says what it is about.
pub struct Sources<'a> {
    /// The path of the file, or of the member of an archive.
    pub path: &'a str,
    /// What the file says of itself.
    pub info: Option<&'a Info>,
    /// Whether it is a CSV file or a spreadsheet.
    pub sheet: bool,
    /// What the user says.
    pub given: Option<&'a Given>,
}

impl Sources<'_> {
    /// The name of the file without its ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit(SEPARATORS).next().unwrap_or(self.path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The texts besides the lines of the document that may name its period.
    pub(super) fn names(&self) -> Vec<(&str, Basis)> {
        let title = self.title().map(|title| (title, Basis::Metadata));
        [(self.stem(), Basis::FileName)].into_iter().chain(title).collect()
    }

    /// The title in the data of the file.
    pub fn title(&self) -> Option<&str> {
        self.info?.title.as_deref()
    }

    fn folders(&self) -> impl Iterator<Item = &str> {
        let parts = self.path.rsplit(SEPARATORS).skip(1);
        parts.filter(|part| !part.is_empty() && !matches!(*part, "." | "..")).take(FOLDERS)
    }
}

/// What stands between the parts of a path. The members of an archive stand behind "!".
const SEPARATORS: [char; 3] = ['/', '\\', '!'];

/// Finds what a document is about. Where the user says it and the document plainly says something else, a diagnostic
/// tells so.
pub(super) fn of(
    sources: &Sources,
    lines: &[Line],
    layout: &Layout,
    reporting: &Reporting,
) -> (About, Vec<Diagnostic>) {
    let mut bodies = Bodies::default();
    let mut seen = kind::Signs::default();
    let top = end_of_title(lines);
    for (_, block) in layout.blocks.entries().take(MOST_BLOCKS) {
        let Some((text, basis)) = text(block, layout, top) else { continue };
        bodies.add(text, basis);
        seen.add(text, basis);
        if basis == Basis::Text && block.lines.start < top {
            bodies.lead(text);
        }
    }
    let info = sources.info;
    let metadata = [sources.title(), info.and_then(|info| info.author.as_deref())];
    metadata.into_iter().flatten().for_each(|text| bodies.add(text, Basis::Metadata));
    sources.title().into_iter().for_each(|title| seen.add(title, Basis::Metadata));
    bodies.add_path(sources.stem(), Basis::FileName);
    sources.folders().for_each(|folder| bodies.add_path(folder, Basis::Folder));
    seen.add_path(sources.stem());
    let period = reporting.span.or(reporting.year);
    let (source, confidence) = (reporting.basis, reporting.certainty());
    let mut about = About {
        organisation: bodies.decide(),
        kind: seen.decide(sources.sheet),
        period: period.map(|value| Told { value, source, confidence }),
    };
    let told = sources.given.map(|given| given.put_over(&mut about));
    (about, told.unwrap_or_default())
}

/// The first line that is no part of the title.
fn end_of_title(lines: &[Line]) -> usize {
    let printed = lines.iter().enumerate().filter(|(_, line)| !line.text.trim().is_empty());
    printed.map(|(at, _)| at).nth(TITLE_LINES).unwrap_or(lines.len())
}

/// The text of a block with what it is. Of a table only the title is read: its rows may list many bodies.
fn text<'a>(block: &'a Block, layout: &'a Layout, top: usize) -> Option<(&'a str, Basis)> {
    let text = block.passage.text.as_str();
    let title = block.lines.start < top;
    let basis = match block.kind {
        BlockKind::Table(table) => {
            let title_of_table = layout.tables.get(table)?.title.as_ref()?;
            return Some((&title_of_table.text, if title { Basis::Title } else { Basis::Heading }));
        }
        BlockKind::Contents => return None,
        BlockKind::Furniture => Basis::RunningHead,
        _ if title && text.len() <= LONGEST_TITLE => Basis::Title,
        BlockKind::Heading { .. } => Basis::Heading,
        _ => Basis::Text,
    };
    Some((text, basis))
}

#[cfg(test)]
mod tests;
