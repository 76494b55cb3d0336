//! Word documents (`.docx`) → blocks.

mod body;
mod chart;
mod package;
mod styles;
mod tables;
#[cfg(test)]
mod tests;
mod xml;

use super::flow::{Flow, Grid};
use crate::error::Severity;
use crate::layout::printed::{Hint, Told};
use crate::source::Info;
use crate::source::packed::Refusal;
use crate::table::Form;
use body::{Piece, Story};
use package::{Package, Relations};
use std::collections::{BTreeMap, HashSet};
use styles::{Kind, Styles};
use xml::{Token, Xml};

/// Reads a document.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn read(bytes: &[u8]) -> Result<Flow, Refusal> {
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    let Some(text) = package.part(&main)? else {
        let hint = "it is damaged; save it anew with the program that made it".to_owned();
        return Err((format!("a Word document without its text ({main} is missing)"), hint));
    };
    let relations = package.relations(&main)?;
    let of_kind = |kind: &str| -> Vec<String> {
        let names: HashSet<&String> =
            relations.values().filter(|(k, _)| k == kind).map(|(_, name)| name).collect();
        let mut names: Vec<String> = names.into_iter().cloned().collect();
        names.sort_unstable();
        names
    };
    let mut part = |name: Option<String>| name.map_or(Ok(None), |name| package.part(&name));
    let styles = part(of_kind("styles").pop())?.map_or_else(Styles::default, |text| Styles::of(&text));
    let mut notes = [BTreeMap::new(), BTreeMap::new()];
    for (kind, notes) in ["footnotes", "endnotes"].iter().zip(&mut notes) {
        *notes =
            part(of_kind(kind).pop())?.map_or_else(BTreeMap::new, |text| body::read(&text, &styles).notes);
    }
    let mut out =
        Out { flow: Flow::default(), notes, titled: styles.has_title(&text), level: 0, ends: Vec::new() };
    for name in of_kind("header") {
        out.furniture(part(Some(name))?, &styles);
    }
    let mut story = body::read(&text, &styles);
    let pieces = std::mem::take(&mut story.pieces);
    let charts = charts(&mut package, &relations, &pieces)?;
    out.pieces(pieces, &charts);
    let ends = std::mem::take(&mut out.ends);
    ends.into_iter().for_each(|(id, mark)| out.note(1, &id, mark));
    for name in of_kind("footer") {
        let text = package.part(&name)?;
        out.furniture(text, &styles);
    }
    let mut flow = out.flow;
    tell(&mut flow, &story);
    flow.info = info(&mut package)?;
    Ok(flow)
}

/// The tables of the charts that are drawn, by their ids.
fn charts(
    package: &mut Package,
    relations: &Relations,
    pieces: &[Piece],
) -> Result<BTreeMap<String, Grid>, Refusal> {
    let mut charts = BTreeMap::new();
    for piece in pieces {
        let Piece::Chart(id) = piece else { continue };
        if let Some((_, name)) = relations.get(id)
            && let Some(text) = package.part(name)?
        {
            charts.extend(chart::grid(&text).map(|grid| (id.clone(), grid)));
        }
    }
    Ok(charts)
}

/// Makes blocks of pieces.
struct Out {
    flow: Flow,
    /// Footnotes and endnotes.
    notes: [BTreeMap<String, Vec<Piece>>; 2],
    /// It has a title, which its headings stand below.
    titled: bool,
    /// Of the last heading.
    level: u8,
    /// Endnotes that were referred to.
    ends: Vec<(String, usize)>,
}

impl Out {
    fn pieces(&mut self, pieces: Vec<Piece>, charts: &BTreeMap<String, Grid>) {
        let mut pieces = pieces.into_iter().peekable();
        let mut caption: Option<String> = None;
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Paragraph { kind, lines, .. } if kind.caption => {
                    let text = lines.join(" ");
                    if matches!(pieces.peek(), Some(Piece::Table(_) | Piece::Chart(_))) {
                        caption = Some(text);
                    } else {
                        self.flow.block(Told::Paragraph, &text);
                    }
                }
                Piece::Paragraph { kind, lines, bold } => self.paragraph(kind, &lines, bold),
                Piece::Table(grid) => self.table(grid, Form::Marked, &mut caption, &mut pieces),
                Piece::Chart(id) => match charts.get(&id) {
                    Some(grid) => self.table(grid.clone(), Form::Chart, &mut caption, &mut pieces),
                    None => {
                        caption.take().into_iter().for_each(|text| self.flow.block(Told::Paragraph, &text));
                        let message = "a chart does not have its numbers with it; they were not read";
                        self.flow.tell("chart-without-numbers", Severity::Warning, message.to_owned());
                    }
                },
                Piece::Note { end: true, id, mark } => self.ends.push((id, mark)),
                Piece::Note { id, mark, .. } => self.note(0, &id, mark),
            }
        }
    }

    /// A table under its caption, or over it.
    fn table(
        &mut self,
        mut grid: Grid,
        form: Form,
        caption: &mut Option<String>,
        pieces: &mut std::iter::Peekable<std::vec::IntoIter<Piece>>,
    ) {
        let over = caption.take();
        let own = |text: &String| form == Form::Marked || grid.caption.as_ref().is_none_or(|own| own == text);
        let under = pieces.next_if(|piece| {
            over.is_none() && matches!(piece, Piece::Paragraph { kind, lines, .. } if kind.caption && own(&lines.join(" ")))
        });
        if let Some(Piece::Paragraph { lines, .. }) = under {
            // Under a table, it is that of the next one where one follows.
            let next = matches!(pieces.peek(), Some(Piece::Table(_) | Piece::Chart(_)));
            let text = Some(lines.join(" "));
            if next && form == Form::Marked { *caption = text } else { grid.caption = text }
        }
        grid.caption = over.or(grid.caption);
        self.flow.table(grid, form);
    }

    fn paragraph(&mut self, kind: Kind, lines: &[String], bold: bool) {
        if kind.contents {
            return lines.iter().for_each(|line| self.flow.furniture(line));
        }
        if let Some(level) = kind.heading {
            self.level = (level + u8::from(self.titled)).clamp(1, 9);
            return self.flow.block(Told::Heading(self.level), &lines.join(" "));
        }
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.flow.broken(line);
            } else if kind.item {
                self.flow.block(Told::Item, line);
            } else if bold {
                let heading = Some(self.level.max(1) + 1);
                self.flow.line(Hint { heading, ..Hint::default() }, line);
            } else {
                self.flow.block(Told::Paragraph, line);
            }
        }
    }

    fn note(&mut self, at: usize, id: &str, mark: usize) {
        let Some(pieces) = self.notes.get_mut(at).and_then(|notes| notes.remove(id)) else { return };
        let texts: Vec<String> = pieces
            .into_iter()
            .filter_map(
                |piece| if let Piece::Paragraph { lines, .. } = piece { Some(lines.join(" ")) } else { None },
            )
            .collect();
        let mark: String = mark.to_string().chars().filter_map(crate::layout::raised).collect();
        self.flow.block(Told::Note, &format!("{mark} {}", texts.join(" ")));
    }

    fn furniture(&mut self, text: Option<String>, styles: &Styles) {
        let Some(text) = text else { return };
        for piece in body::read(&text, styles).pieces {
            match piece {
                Piece::Paragraph { lines, .. } => lines.iter().for_each(|line| self.flow.furniture(line)),
                Piece::Table(grid) => {
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
    if story.broken {
        let message = "the text of this document is cut off or broken; what comes after that was not read";
        flow.tell("document-cut", Severity::Warning, message.to_owned());
    }
    if story.deep {
        let message = "tables nested more than 64 deep were left out";
        flow.tell("deep-nesting", Severity::Warning, message.to_owned());
    }
    if story.inserted + story.deleted > 0 {
        let message = format!(
            "changes are tracked in this document: {} insertions were read as text, {} deletions left out",
            story.inserted, story.deleted
        );
        flow.tell("tracked-changes", Severity::Note, message);
    }
    if story.hidden > 0 {
        flow.tell(
            "hidden-text",
            Severity::Note,
            format!("stretches of hidden text were left out: {}", story.hidden),
        );
    }
}

/// What the file says of itself.
fn info(package: &mut Package) -> Result<Info, Refusal> {
    let mut info = Info::default();
    for name in ["docProps/core.xml", "docProps/app.xml"] {
        let Some(text) = package.part(name)? else { continue };
        let mut xml = Xml::new(&text);
        let mut open = String::new();
        while let Some(token) = xml.next() {
            let text = match token {
                Token::Open(tag) => {
                    open = tag.name().to_owned();
                    continue;
                }
                Token::Close(_) => {
                    open.clear();
                    continue;
                }
                Token::Text(text) => text,
            };
            let slot = match open.as_str() {
                "title" => &mut info.title,
                "creator" => &mut info.author,
                "Application" => &mut info.producer,
                "created" => &mut info.created,
                "modified" => &mut info.modified,
                _ => continue,
            };
            slot.get_or_insert_default().push_str(text.trim());
        }
    }
    let blank = |slot: &mut Option<String>| *slot = slot.take().filter(|text| !text.is_empty());
    [&mut info.title, &mut info.author, &mut info.producer, &mut info.created, &mut info.modified]
        .into_iter()
        .for_each(blank);
    Ok(info)
}
