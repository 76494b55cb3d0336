//! Word documents (`.docx`) → blocks.

mod body;
mod chart;
mod diagram;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use super::flow::{Flow, SpannedTable};
use super::package::{Package, Relations, Target};
use super::packed::Wording;
use super::xml::{XmlPiece, attribute};
use crate::model::diagnostic::{Refusal, Severity};
use crate::model::document::Info;
use crate::model::hint::LineRole;
use crate::model::table::Form;
use body::{Story, StoryBlock};
use chart::Chart;
use quick_xml::events::BytesStart;
use std::collections::{BTreeMap, BTreeSet};
use styles::{StyleKind, Styles};

const WORDS: Wording = Wording::of("a Word document that");

/// The parts besides the main one that hold text, or say what it is.
const BESIDES: [&str; 5] = ["styles", "footnotes", "endnotes", "header", "footer"];

/// Reads a document.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn read(bytes: &[u8]) -> Result<Flow, Refusal> {
    let mut package = Package::open(bytes, &WORDS)?;
    let main = package.main("word/document.xml");
    let relations = package.relations(&main);
    let missing = relations.targets.values().filter(|t| BESIDES.contains(&&*t.kind) && !package.has(&t.path));
    let missing: BTreeSet<&str> = missing.map(|target| target.path.as_str()).collect();
    let missing = missing.into_iter().map(|name| (name.to_owned(), "it is not in the file".to_owned()));
    package.broken.extend(missing);
    let styles = package.read(&relations.path("styles", "styles.xml"), Styles::read);
    let mut story = text(&mut package, &main, &styles)?;
    let notes = ["footnotes", "endnotes"].map(|kind| {
        let name = relations.path(kind, &format!("{kind}.xml"));
        package.read(&name, |story: &mut Story, xml| body::read(xml, &styles, story)).notes
    });
    let blocks = std::mem::take(&mut story.blocks);
    let titled =
        blocks.iter().any(|b| matches!(b, StoryBlock::Paragraph { kind, .. } if kind.heading == Some(0)));
    let mut out = Out { flow: Flow::default(), notes, titled, ends: Vec::new() };
    out.furniture(&mut package, &relations, "header", &styles);
    out.blocks(drawn(&mut package, &relations, blocks));
    let ends = std::mem::take(&mut out.ends);
    ends.into_iter().for_each(|(id, mark)| out.note(1, &id, mark));
    out.furniture(&mut package, &relations, "footer", &styles);
    let mut flow = out.flow;
    flow.info = info(&mut package);
    tell(&mut flow, &story);
    for (name, why) in package.broken {
        let message = format!("the part {name} of this document could not be read to its end: {why}");
        flow.tell("broken-part", Severity::Warning, message);
    }
    Ok(flow)
}

/// The main part, without which there is nothing to read.
fn text(package: &mut Package<'_>, main: &str, styles: &Styles) -> Result<Story, Refusal> {
    let damaged = "it is damaged; save it anew with the program that made it";
    let unread = |what: String, hint: &str| {
        Err((format!("a Word document whose part {main} cannot be read: {what}"), hint.to_owned()))
    };
    match package.xml(main) {
        None => Err((format!("a Word document without its text ({main} is missing)"), damaged.to_owned())),
        Some(Err((what, hint))) => unread(what, &hint),
        Some(Ok(mut xml)) => {
            let mut story = Story::default();
            match body::read(&mut xml, styles, &mut story) {
                Err(why) if story.blocks.is_empty() => unread(why, damaged),
                result => Ok(Story { cut: result.err(), ..story }),
            }
        }
    }
}

/// The blocks with what is drawn: the tables of charts, the texts of diagrams.
fn drawn(package: &mut Package<'_>, relations: &Relations, blocks: Vec<StoryBlock>) -> Vec<StoryBlock> {
    let mut all = Vec::with_capacity(blocks.len());
    for block in blocks {
        let part = if let StoryBlock::Drawing(id) = &block { relations.targets.get(id) } else { None };
        match part {
            Some(Target { kind, path }) if kind == "diagramData" => {
                all.extend(package.read(path, diagram::read).into_iter().map(StoryBlock::text));
            }
            Some(Target { path, .. }) => {
                let grid = package.read(path, Chart::read).grid();
                all.push(grid.map_or(block, |grid| StoryBlock::Table(grid, Form::Chart)));
            }
            None => all.push(block),
        }
    }
    all
}

/// Whether a switch is on: it is there and not "0" or "false".
fn is_on(start: &BytesStart<'_>) -> bool {
    attribute(start, "val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

fn number(start: &BytesStart<'_>) -> Option<usize> {
    attribute(start, "val")?.trim().parse().ok()
}

/// Makes lines of blocks.
struct Out {
    flow: Flow,
    /// Footnotes and endnotes.
    notes: [BTreeMap<String, Vec<StoryBlock>>; 2],
    /// It has a title, which its headings stand below.
    titled: bool,
    /// Endnotes that were referred to.
    ends: Vec<(String, usize)>,
}

impl Out {
    fn blocks(&mut self, blocks: Vec<StoryBlock>) {
        let mut blocks = blocks.into_iter().peekable();
        let mut caption: Option<String> = None;
        while let Some(block) = blocks.next() {
            match block {
                StoryBlock::Paragraph { kind, lines, .. } if kind.caption => {
                    let text = lines.join(" ");
                    if matches!(blocks.peek(), Some(StoryBlock::Table(..) | StoryBlock::Drawing(_))) {
                        caption = Some(text);
                    } else {
                        self.flow.block(LineRole::Paragraph, &text);
                    }
                }
                StoryBlock::Paragraph { kind, lines, bold } => self.paragraph(kind, &lines, bold),
                StoryBlock::Table(grid, form) => self.table(grid, form, &mut caption, &mut blocks),
                StoryBlock::Drawing(_) => {
                    caption.take().into_iter().for_each(|text| self.flow.block(LineRole::Paragraph, &text));
                    let message = "a chart does not have its numbers with it; they were not read";
                    self.flow.tell("chart-without-numbers", Severity::Warning, message.to_owned());
                }
                StoryBlock::Note { end: true, id, mark } => self.ends.push((id, mark)),
                StoryBlock::Note { id, mark, .. } => self.note(0, &id, mark),
            }
        }
    }

    /// A table under its caption, or over it.
    fn table(
        &mut self,
        mut grid: SpannedTable,
        form: Form,
        caption: &mut Option<String>,
        blocks: &mut std::iter::Peekable<std::vec::IntoIter<StoryBlock>>,
    ) {
        let over = caption.take();
        let own = |text: &String| form == Form::Marked || grid.caption.as_ref().is_none_or(|own| own == text);
        let under = blocks.next_if(|block| {
            over.is_none() && matches!(block, StoryBlock::Paragraph { kind, lines, .. } if kind.caption && own(&lines.join(" ")))
        });
        if let Some(StoryBlock::Paragraph { lines, .. }) = under {
            // Under a table, it is that of the next one where one follows.
            let next = matches!(blocks.peek(), Some(StoryBlock::Table(..) | StoryBlock::Drawing(_)));
            let text = Some(lines.join(" "));
            if next && form == Form::Marked { *caption = text } else { grid.caption = text }
        }
        grid.caption = over.or(grid.caption);
        self.flow.table(grid, form);
    }

    fn paragraph(&mut self, kind: StyleKind, lines: &[String], bold: bool) {
        if kind.contents {
            return lines.iter().for_each(|line| self.flow.furniture(line));
        }
        if let Some(level) = kind.heading {
            let level = (level + u8::from(self.titled)).clamp(1, 9);
            return self.flow.block(LineRole::Heading(level), &lines.join(" "));
        }
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.flow.broken(line);
            } else if kind.item {
                self.flow.block(LineRole::Item, line);
            } else if bold {
                self.flow.bold(line);
            } else {
                self.flow.block(LineRole::Paragraph, line);
            }
        }
    }

    fn note(&mut self, at: usize, id: &str, mark: usize) {
        let Some(blocks) = self.notes.get_mut(at).and_then(|notes| notes.remove(id)) else { return };
        let texts: Vec<String> = blocks
            .into_iter()
            .filter_map(|block| {
                if let StoryBlock::Paragraph { lines, .. } = block { Some(lines.join(" ")) } else { None }
            })
            .collect();
        let mark: String = mark.to_string().chars().filter_map(crate::lex::raised).collect();
        self.flow.block(LineRole::Note, &format!("{mark} {}", texts.join(" ")));
    }

    /// Headers or footers, each once.
    fn furniture(&mut self, package: &mut Package<'_>, relations: &Relations, kind: &str, styles: &Styles) {
        let names: BTreeSet<&str> = relations.of_kind(kind).collect();
        let read = |name| package.read(name, |story: &mut Story, xml| body::read(xml, styles, story)).blocks;
        for block in names.into_iter().flat_map(read) {
            match block {
                StoryBlock::Paragraph { lines, .. } => {
                    lines.iter().for_each(|line| self.flow.furniture(line))
                }
                StoryBlock::Table(grid, _) => {
                    let texts = grid
                        .rows
                        .iter()
                        .map(|row| row.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" "));
                    texts.for_each(|text| self.flow.furniture(&text));
                }
                _ => {}
            }
        }
    }
}

fn tell(flow: &mut Flow, story: &Story) {
    if let Some(why) = &story.cut {
        let message = format!(
            "the text of this document is cut off or broken; what comes after that was not read: {why}"
        );
        flow.tell("document-cut", Severity::Warning, message);
    }
    if story.deep {
        let message = "tables nested more than 64 deep were left out";
        flow.tell("deep-nesting", Severity::Warning, message.to_owned());
    }
    if story.embedded > 0 {
        let message = format!(
            "other files that are shown in this document were not read: {}; save them as files of their own",
            story.embedded
        );
        flow.tell("embedded-file", Severity::Warning, message);
    }
    if story.inserted + story.deleted > 0 {
        let message = format!(
            "changes are tracked in this document: {} insertions were read as text, {} deletions left out",
            story.inserted, story.deleted
        );
        flow.tell("tracked-changes", Severity::Note, message);
    }
    let left_out = [
        ("hidden-text", "stretches of hidden text were left out", story.hidden),
        ("deleted-text", "stretches that are struck through were left out", story.struck),
    ];
    for (code, what, count) in left_out.into_iter().filter(|(.., count)| *count > 0) {
        flow.tell(code, Severity::Note, format!("{what}: {count}"));
    }
}

/// What the file says of itself.
fn info(package: &mut Package<'_>) -> Info {
    let mut all = Info::default();
    for name in ["docProps/core.xml", "docProps/app.xml"] {
        let texts = package.read(name, |texts: &mut BTreeMap<String, String>, xml| {
            let mut open = String::new();
            while let Some(piece) = xml.next()? {
                match piece {
                    XmlPiece::Start(start) => open = start.local_name().as_ref().to_owned(),
                    XmlPiece::Text(text) => *texts.entry(open.clone()).or_default() += text.trim(),
                    XmlPiece::End(_) => open.clear(),
                    XmlPiece::Other => {}
                }
            }
            Ok(())
        });
        let text = |name: &str| texts.get(name).filter(|text| !text.is_empty()).cloned();
        let Info { title, author, producer, created, modified } = &mut all;
        let slots = [
            (title, "title"),
            (author, "creator"),
            (producer, "Application"),
            (created, "created"),
            (modified, "modified"),
        ];
        slots.into_iter().for_each(|(slot, name)| *slot = slot.take().or_else(|| text(name)));
    }
    all
}
