//! Groups the lines of a document into blocks, in one pass.

use super::axes::axes;
use super::classify::{Preceding, Start, View};
use super::hyphens::Hyphens;
use super::levels::{HeadingMark, Levels};
use super::sections::counted;
use super::settings::SETTINGS;
use super::title::hangs;
use super::{contents, furniture, marks, wrap_width};
use crate::model::block::{Block, BlockKind, Layout};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::hint::Hint;
use crate::model::table::FoundTable;
use crate::model::text::{Line, Passage};
use std::ops::Range;

/// Arranges the lines of a document into blocks; the lines of the tables, which must not overlap, are theirs.
///
/// Every line that is not blank is in exactly one block, and the blocks are in the order of their lines; running text
/// between the rows of a table follows the table, whose lines it stands among. A paragraph
/// that runs over the end of a page takes the page number into its lines, though not into its text.
/// `hints` has what a drawing tells of each line; it is empty where nothing is drawn.
pub fn arrange(lines: &[Line], tables: Vec<FoundTable>, hints: &[Hint]) -> Layout {
    let mut layout = Layout::default();
    let tables = sorted(lines, tables, &mut layout.diagnostics);
    let (mut furniture, contents) = (furniture(lines), contents(lines));
    for ((furniture, hint), axis) in furniture.iter_mut().zip(hints).zip(axes(lines)) {
        *furniture |= hint.furniture || axis;
    }
    for table in &tables {
        for index in table.lines.clone().filter(|i| table.interleaved.binary_search(i).is_err()) {
            furniture.get_mut(index).into_iter().for_each(|f| *f = false);
        }
    }
    let mut taken: Vec<bool> = furniture.iter().zip(&contents).map(|(a, b)| *a || *b).collect();
    for table in &tables {
        taken.get_mut(table.lines.clone()).into_iter().flatten().for_each(|t| *t = true);
        for &index in &table.interleaved {
            taken.get_mut(index).into_iter().for_each(|t| *t = false);
        }
    }
    let sections = counted(lines, |at| taken.get(at) == Some(&false));
    let view = View { lines, width: wrap_width(lines), taken: &taken, hints, sections: &sections };
    let mut pass = Pass {
        view,
        hyphens: Hyphens::of(lines),
        blocks: Vec::new(),
        levels: Levels::default(),
        listed: 0,
        item: None,
        sections: 0,
    };
    let mut tables = tables.into_iter().peekable();
    let mut index = 0;
    while index < lines.len() {
        if let Some(table) = tables.next_if(|t| t.lines.start == index) {
            pass.open(BlockKind::Table(layout.tables.end()), table.lines.clone(), None);
            for &between in table.interleaved.iter().filter(|i| table.lines.contains(i)) {
                if furniture.get(between) == Some(&true) {
                    pass.furniture(between, &furniture);
                } else {
                    pass.line(between);
                }
            }
            index = table.lines.end;
            layout.tables.push(table.table);
            continue;
        }
        if !pass.view.is_blank(index) {
            if furniture.get(index) == Some(&true) {
                pass.furniture(index, &furniture);
            } else if contents.get(index) == Some(&true) {
                pass.open(
                    BlockKind::Contents,
                    index..index + 1,
                    Some(0..lines.get(index).map_or(0, |l| l.text.len())),
                );
            } else {
                pass.line(index);
            }
        }
        index += 1;
    }
    layout.blocks = pass.blocks.into();
    layout
}

/// Sorts the tables by their first line. Tables that are empty, reach beyond the end or overlap an earlier one are
/// dropped with a diagnostic.
fn sorted(lines: &[Line], mut tables: Vec<FoundTable>, told: &mut Vec<Diagnostic>) -> Vec<FoundTable> {
    tables.sort_by_key(|t| (t.lines.start, t.lines.end));
    let mut end = 0;
    tables.retain(|t| {
        let fits = t.lines.start >= end && t.lines.start < t.lines.end && t.lines.end <= lines.len();
        if fits {
            end = t.lines.end;
        } else {
            told.push(Diagnostic {
                code: "overlapping-table",
                severity: Severity::Warning,
                message: "two readings of a table claim the same lines; the later one is left out".to_owned(),
                place: Some(t.table.place),
            });
        }
        fits
    });
    tables
}

struct Pass<'a> {
    view: View<'a>,
    hyphens: Hyphens,
    blocks: Vec<Block>,
    levels: Levels,
    /// How many more lines belong to the current list of bare titles.
    listed: usize,
    /// The number of the last block, if it is a numbered item.
    item: Option<u32>,
    /// How many section numbers have stood alone on their lines so far.
    sections: u32,
}

impl Pass<'_> {
    fn open(&mut self, kind: BlockKind, lines: Range<usize>, content: Option<Range<usize>>) {
        let line = self.view.lines.get(lines.start);
        let passage = line.zip(content).map(|(line, range)| Passage::of(line, range)).unwrap_or_default();
        // A mark with no text after it still makes a block, because every line belongs to one.
        let passage = match (line, kind) {
            (Some(line), k) if passage.is_empty() && !matches!(k, BlockKind::Table(_)) => {
                Passage::of(line, 0..line.text.len())
            }
            _ => passage,
        };
        let silent = matches!(kind, BlockKind::Heading { .. } | BlockKind::Furniture | BlockKind::Contents);
        self.levels.content |= !silent;
        self.item = None;
        self.blocks.push(Block { kind, passage, lines });
    }

    /// Appends a line to the last block.
    fn extend(&mut self, index: usize) {
        if let (Some(block), Some(line)) = (self.blocks.last_mut(), self.view.lines.get(index)) {
            self.hyphens.join(&mut block.passage, line, 0..line.text.len());
            block.lines.end = index + 1;
        }
    }

    fn before(&self, index: usize) -> Preceding {
        let Some(last) = self.blocks.last() else { return Preceding::default() };
        let prose = matches!(last.kind, BlockKind::Paragraph | BlockKind::Item) && last.lines.end == index;
        let table = matches!(last.kind, BlockKind::Table(_) | BlockKind::Note);
        Preceding { prose, item: self.item, table }
    }

    fn line(&mut self, index: usize) {
        let text = self.view.text(index);
        let whole = 0..text.len();
        if marks::is_rule(text) {
            return self.rule(index);
        }
        if self.view.is_lone_number(index, self.sections) {
            self.sections += u32::from(!text.trim().trim_end_matches('.').contains('.'));
            self.open(BlockKind::Furniture, index..index + 1, Some(whole));
            // A numbered heading begins a section, so the title page is over.
            self.levels.content = true;
            return;
        }
        if self.listed > 0 {
            self.listed -= 1;
            return self.open(BlockKind::Item, index..index + 1, Some(whole));
        }
        match self.view.start(index, self.before(index)).filter(|start| self.is_credible(index, start)) {
            Some(Start::Heading(mark, content)) => self.heading(index, mark, content),
            Some(Start::Item(content)) => self.open(BlockKind::Item, index..index + 1, Some(content)),
            Some(Start::NumberedItem(number, content)) => {
                self.open(BlockKind::Item, index..index + 1, Some(content));
                self.item = Some(number);
            }
            Some(Start::Note(content)) => self.open(BlockKind::Note, index..index + 1, Some(content)),
            Some(Start::NumberedParagraph(content)) => {
                self.open(BlockKind::Paragraph, index..index + 1, Some(content));
            }
            None if self.continues(index) => self.extend(index),
            None => self.open(BlockKind::Paragraph, index..index + 1, Some(whole)),
        }
    }

    /// Whether a heading is plausible. After the title page, a heading without a number or mark must have something
    /// below it that it can head.
    fn is_credible(&self, index: usize, start: &Start) -> bool {
        let text = self.view.text(index);
        let unmarked = matches!(start, Start::Heading(HeadingMark::Plain, _)) && marks::bold(text).is_none();
        let listed = || self.view.title_run(index) >= SETTINGS.min_titles_of_list;
        !unmarked || !self.levels.content || self.view.heads_something(index) || listed()
    }

    fn heading(&mut self, index: usize, mark: HeadingMark, content: Range<usize>) {
        if mark == HeadingMark::Plain && self.levels.content {
            let run = self.view.title_run(index);
            if run >= SETTINGS.min_titles_of_list {
                self.listed = run - 1;
            }
        }
        let followed = self.listed == 0 && self.view.heading_follows(index);
        let level = self.levels.next(mark, followed);
        self.open(BlockKind::Heading { level }, index..index + 1, Some(content));
    }

    /// Handles a line of dashes: directly under a single line it makes that line a heading; elsewhere it is furniture.
    fn rule(&mut self, index: usize) {
        let text = self.view.text(index).trim_start();
        let mark = match text.chars().next() {
            Some('=') => Some(1),
            Some('-') => Some(2),
            _ => None,
        };
        if let (Some(mark), Some(block)) = (mark, self.blocks.last_mut()) {
            let single = block.lines == (index.wrapping_sub(1)..index) && block.passage.text.len() <= 110;
            if single && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. }) {
                block.kind = BlockKind::Heading { level: self.levels.next(HeadingMark::Hashes(mark), false) };
                block.lines.end = index + 1;
                return;
            }
        }
        self.open(BlockKind::Furniture, index..index + 1, None);
    }

    /// Handles a page number or running head. In the middle of a sentence it joins the paragraph's lines, so that the
    /// paragraph goes on after it.
    fn furniture(&mut self, index: usize, furniture: &[bool]) {
        let reach = self.view.lines.len().min(index + SETTINGS.max_paragraph_gap);
        let is_furniture = |i: usize| furniture.get(i) == Some(&true);
        let told = |i: usize| self.view.hints.get(i).is_some_and(|hint| hint.told.is_some());
        let next = (index + 1..reach)
            .take_while(|i| self.view.is_free(*i) || is_furniture(*i))
            .find(|i| !self.view.is_blank(*i) && !is_furniture(*i))
            .filter(|i| {
                !told(*i) && self.goes_on_over_gap(*i) && self.view.start(*i, Preceding::default()).is_none()
            });
        if next.is_none() {
            let length = self.view.text(index).len();
            self.open(BlockKind::Furniture, index..index + 1, Some(0..length));
        }
    }

    fn continues(&self, index: usize) -> bool {
        let Some(last) = self.blocks.last() else { return false };
        let told = self.view.hints.get(index).is_some_and(|hint| hint.told.is_some());
        if told || !matches!(last.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Note) {
            return false;
        }
        if last.lines.end != index {
            return self.goes_on_over_gap(index);
        }
        let before = index - 1;
        if let Some(hint) = self.view.hints.get(index) {
            return hint.joined || self.view.continues_sentence(before, index);
        }
        let bracket = self.view.text(index).trim_start().starts_with('(');
        let open = !super::width::ends_sentence(self.view.text(before));
        let hangs = hangs(self.view.text(before));
        self.view.continues_sentence(before, index)
            || (bracket && open)
            || hangs
            || self.view.is_full(before, index)
    }

    /// Whether the sentence of the last block continues at a line further down.
    fn goes_on_over_gap(&self, index: usize) -> bool {
        let Some(last) = self.blocks.last() else { return false };
        let prose = matches!(last.kind, BlockKind::Paragraph | BlockKind::Item);
        let before = last.lines.end.saturating_sub(1);
        let near = index > before && index - before <= SETTINGS.max_paragraph_gap;
        let long = self.view.text(before).trim().len() >= SETTINGS.min_open_line;
        let full = self.view.width.is_none() || self.view.is_full(before, index);
        let no_cell = !self.view.text(before).trim_end().ends_with('|');
        prose && near && long && full && no_cell && self.view.continues_sentence(before, index)
    }
}
