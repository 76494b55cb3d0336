//! Makes numbered lines of pages, with the boxes of their characters, and tables whose cells stand in these lines.

use super::settings::SETTINGS;
use super::spaced::going_on;
use super::{DrawnTable, captions};
use crate::layout::Hyphens;
use crate::layout::printed::marks::{is_dotted, is_symbol, lead};
use crate::layout::printed::order::{Gutter, OrderItem, order};
use crate::layout::printed::runs::{body_size, item, lines_of, runs, typed_rules};
use crate::layout::printed::{Mark, Printed, Word};
use crate::layout::width::ends_sentence;
use crate::lex::raised;
use crate::model::canvas::Turn;
use crate::model::geometry::{Rect, cover};
use crate::model::hint::{Hint, LineBox};
use crate::model::table::FoundTable;
use crate::model::text::{Line, Passage};
use crate::read::fold::SOFT_HYPHEN;
use crate::read::folded_line;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What stands between runs of a line that are set apart.
const APART: &str = "   ";

/// The lines and tables of a document's pages.
#[derive(Debug, Default)]
pub struct Pages {
    /// Numbered over the whole document.
    pub lines: Vec<Line>,
    /// One for each line.
    pub boxes: Vec<LineBox>,
    /// One for each line.
    pub hints: Vec<Hint>,
    /// In the order of their lines.
    pub tables: Vec<FoundTable>,
    /// The columns of text on the pages so far.
    gutters: Vec<Gutter>,
    /// Lines in larger or bolder type than the text, each with its size in half points, or 0 where it is only bold.
    headings: Vec<(usize, i32)>,
}

/// The line before.
#[derive(Clone, Copy)]
struct LastLine {
    area: Rect,
    bold: bool,
    size: f32,
    /// Where its text begins, after a bullet.
    lead: f32,
}

/// The words of a line before it is added.
#[derive(Default)]
struct Pending {
    words: Vec<usize>,
    area: Option<Rect>,
    /// It goes on with the line before, although it stands apart.
    goes_on: bool,
}

/// Where a word stands in the lines.
#[derive(Clone, Debug)]
struct Spot {
    line: usize,
    bytes: Range<usize>,
}

/// A line that is being made.
#[derive(Default)]
struct LineDraft {
    text: String,
    xs: Vec<f32>,
    end: f32,
    area: Option<Rect>,
    words: Vec<(usize, Range<usize>)>,
}

/// Running heads and feet stand within this part of the page's height from its top or bottom.
const MARGIN: f32 = 0.12;

/// Whether an area lies in the top or bottom margin, with no content beside it. Some programs also tag charts as
/// artifacts, and these stand among the text.
fn is_in_margin(page: &Printed, area: Rect) -> bool {
    let beside = page.words.iter().any(|word| !word.artifact && word.area.share_y(area) > 0.0);
    let margin = MARGIN * page.height;
    (area.y1 < margin || area.y0 > page.height - margin) && !beside
}

impl LineDraft {
    fn gap(&mut self, spaces: &str, x: f32) {
        for _ in spaces.chars() {
            self.xs.push(self.end.min(x));
        }
        self.text.push_str(spaces);
    }

    fn word(&mut self, index: usize, word: &Word, page: &Printed) {
        let start = self.text.len();
        let count = page.chars(word).count();
        for (at, glyph) in page.chars(word).enumerate() {
            // A soft hyphen that is drawn came as a hyphen. In text without ink, such as that behind a scan, it is printed
            // only where it ends a line as the hyphen of a broken word.
            if glyph.ch == SOFT_HYPHEN && at + 1 < count {
                continue;
            }
            let ch = if glyph.ch == SOFT_HYPHEN { '-' } else { glyph.ch };
            // A raised digit is the mark of a note and no digit of a number.
            let ch = raised(ch).filter(|_| word.mark == Mark::Above).unwrap_or(ch);
            self.text.push(ch);
            self.xs.push(if word.turn == Turn::Upright { glyph.area.x0 } else { word.area.x0 });
        }
        self.end = word.area.x1;
        self.area = Some(self.area.map_or(word.area, |a| a.union(word.area)));
        self.words.push((index, start..self.text.len()));
    }
}

impl Pages {
    /// Adds a page with its tables. `find` returns the tables of the page, and those of each of its regions that run
    /// in another direction.
    pub fn add(&mut self, page: &Printed, find: &mut dyn FnMut(&Printed) -> Vec<DrawnTable>) {
        let tables = find(page);
        let mut in_table = vec![false; page.words.len()];
        for index in tables.iter().flat_map(|t| &t.cells).flat_map(|c| c.lines.iter().flatten()) {
            if let Some(taken) = in_table.get_mut(*index) {
                *taken = true;
            }
        }
        for index in tables.iter().flat_map(|t| typed_rules(page, t.area)) {
            in_table.get_mut(index).into_iter().for_each(|taken| *taken = true);
        }
        let free: Vec<usize> = (0..page.words.len()).filter(|i| in_table.get(*i) == Some(&false)).collect();
        let mut runs: Vec<Vec<usize>> =
            lines_of(page, free).iter().flat_map(|l| runs(page, l, SETTINGS.apart_gap * 0.6)).collect();
        let areas: Vec<Rect> = tables.iter().map(|t| t.area).collect();
        let captions = captions::take(page, &mut runs, &areas);
        let mut items: Vec<OrderItem> = runs.iter().filter_map(|run| item(page, run)).collect();
        let texts = items.len();
        items.extend(areas.iter().zip(&captions).map(|(area, caption)| {
            let words = caption.iter().flatten().filter_map(|i| page.words.get(*i));
            let area = words.map(|w| w.area).fold(*area, Rect::union);
            OrderItem { area, words: 0, size: 10.0 }
        }));
        items.extend(page.apart.iter().map(|region| {
            let area = cover(region.words.iter().map(|w| w.area)).unwrap_or_default();
            OrderItem { area: page.frame.rect(region.frame.shown(area)), words: 0, size: 10.0 }
        }));
        let body = body_size(page);
        let mut last: Option<LastLine> = None;
        let mut tables: Vec<Option<DrawnTable>> = tables.into_iter().map(Some).collect();
        let mut pending = Pending::default();
        let order = order(&items, &mut self.gutters);
        let going_on = going_on(page, &runs, &items, &order);
        for index in order {
            let Some(item) = items.get(index) else { continue };
            if index < texts {
                // Runs of one line are one line again, unless columns separate them.
                let same =
                    pending.area.is_some_and(|a| a.share_y(item.area) > 0.5 && a.x1 <= item.area.x0 + 1.0);
                if !same {
                    self.flush(page, &mut pending, &mut last, body);
                    pending.goes_on = going_on.contains(&index);
                }
                pending.words.extend(runs.get(index).into_iter().flatten());
                pending.area = Some(pending.area.map_or(item.area, |a| a.union(item.area)));
            } else if let Some(table) = tables.get_mut(index - texts).and_then(Option::take) {
                self.flush(page, &mut pending, &mut last, body);
                self.blank(page);
                for line in captions.get(index - texts).into_iter().flatten() {
                    self.push(page, line, Hint::default());
                }
                self.table(page, table);
                self.blank(page);
                last = None;
            } else if let Some(region) =
                index.checked_sub(texts + tables.len()).and_then(|at| page.apart.get(at))
            {
                self.flush(page, &mut pending, &mut last, body);
                self.blank(page);
                let gutters = std::mem::take(&mut self.gutters);
                self.add(region, find);
                self.gutters = gutters;
                self.blank(page);
                last = None;
            }
        }
        self.flush(page, &mut pending, &mut last, body);
    }

    /// Ranks the headings of all pages by the size of their type. Sizes that hardly differ have the same rank.
    pub fn finish(&mut self) {
        let mut sizes: Vec<i32> = self.headings.iter().map(|(_, size)| *size).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes.dedup_by(|next, last| *last - *next <= 1 && *next > 0);
        for (line, size) in &self.headings {
            let rank = sizes.iter().take_while(|s| **s > *size + 1 || **s > 0 && *size == 0).count();
            if let Some(hint) = self.hints.get_mut(*line) {
                hint.heading = Some(u8::try_from(rank + 1).unwrap_or(9).min(9));
            }
        }
    }

    fn flush(&mut self, page: &Printed, pending: &mut Pending, last: &mut Option<LastLine>, body: f32) {
        let Pending { words, area, goes_on } = std::mem::take(pending);
        let Some(own) = area else { return };
        let members = || words.iter().filter_map(|i| page.words.get(*i));
        let size = members().map(|w| w.size).fold(0.0, f32::max);
        let bold = members().all(|w| w.bold);
        // Where a column ends in the middle of a sentence, its text goes on in the next column.
        let turned = last.is_some_and(|b| own.y0 < b.area.y0 && b.bold == bold && b.size == size)
            && self.lines.last().is_some_and(|l| !ends_sentence(&l.text));
        // A line that stands well apart, or is set in another type, begins a new block.
        let apart = !turned
            && last.is_some_and(|b| {
                let gap =
                    !goes_on && own.y0 - b.area.y1 > (SETTINGS.min_paragraph_step - 1.0) * size.max(6.0);
                own.y0 < b.area.y0 || gap || b.bold != bold
            });
        let indented = !turned && last.is_some_and(|b| own.x0 > b.lead + SETTINGS.min_indent * size);
        let joined = last.is_some() && !apart && !indented;
        let item = is_dotted(page, own, size) || is_symbol(page, &words);
        if apart || last.is_none() && self.lines.last().is_some_and(|l| !l.text.is_empty()) {
            self.blank(page);
        }
        let artifact = members().all(|w| w.artifact);
        let furniture = artifact && is_in_margin(page, own);
        let larger = size > SETTINGS.min_heading_size * body;
        let heading = (larger || bold).then_some(1).filter(|_| !artifact);
        if heading.is_some() {
            let half_points = if larger { (size * 2.0).round() as i32 } else { 0 };
            self.headings.push((self.lines.len(), half_points));
        }
        self.push(page, &words, Hint { furniture, heading, joined, item, told: None });
        *last = Some(LastLine { area: own, bold, size, lead: lead(page, &words) });
    }

    /// Adds an empty line, unless the last line is empty.
    fn blank(&mut self, page: &Printed) {
        if self.lines.last().is_some_and(|l| !l.text.is_empty() && l.page == page.page) {
            self.push(page, &[], Hint::default());
        }
    }

    /// Adds a line of words. Returns where each of them stands.
    fn push(&mut self, page: &Printed, words: &[usize], hint: Hint) -> Vec<(usize, Spot)> {
        let mut draft = LineDraft::default();
        let members = words.iter().filter_map(|i| page.words.get(*i));
        let length = members.map(|w| w.glyphs.len() + APART.len()).sum();
        draft.xs.reserve(length);
        draft.text.reserve(length);
        draft.words.reserve(words.len());
        for index in words {
            let Some(word) = page.words.get(*index) else { continue };
            if !draft.text.is_empty() {
                let gap = word.area.x0 - draft.end;
                let close = word.mark != Mark::None && gap < 0.2 * word.size;
                if gap > SETTINGS.apart_gap * word.size {
                    draft.gap(APART, word.area.x0);
                } else if !close {
                    draft.gap(" ", word.area.x0);
                }
            }
            draft.word(*index, word, page);
        }
        let at = self.lines.len();
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        draft.xs.push(draft.end);
        let area = draft.area.unwrap_or_default();
        self.lines.push(folded_line(draft.text, number, page.page));
        self.boxes.push(LineBox { top: area.y0, bottom: area.y1, xs: draft.xs.into(), frame: page.frame });
        self.hints.push(hint);
        // Folding a text keeps the number of its characters but not of its bytes.
        let spots = draft.words.into_iter().map(|(word, bytes)| (word, Spot { line: at, bytes }));
        spots.collect()
    }

    fn table(&mut self, page: &Printed, table: DrawnTable) {
        let start = self.lines.len();
        let mut words: Vec<usize> =
            table.cells.iter().flat_map(|c| c.lines.iter().flatten().copied()).collect();
        words.extend(typed_rules(page, table.area));
        let mut spots: FxHashMap<usize, Spot> = FxHashMap::default();
        for line in lines_of(page, words) {
            spots.extend(self.push(page, &line, Hint::default()));
        }
        let mut cells = Vec::with_capacity(table.cells.len());
        for cell in &table.cells {
            let mut passage = Passage::default();
            for line in &cell.lines {
                // Words that follow each other on a line become one piece.
                let mut piece: Option<Spot> = None;
                for spot in line.iter().filter_map(|w| spots.get(w)) {
                    match &mut piece {
                        Some(open) if open.line == spot.line => open.bytes.end = spot.bytes.end,
                        _ => {
                            self.take(&mut passage, piece.take());
                            piece = Some(spot.clone());
                        }
                    }
                }
                self.take(&mut passage, piece);
            }
            cells.push((cell.row, cell.col, cell.row_span, cell.col_span, passage));
        }
        let found = crate::table::of_drawn(&table, cells);
        if let Some(table) = found {
            self.tables.push(FoundTable { table, lines: start..self.lines.len(), interleaved: Vec::new() });
        }
    }

    /// Appends a part of a line to a passage. It is given in bytes of the line as printed.
    fn take(&self, passage: &mut Passage, spot: Option<Spot>) {
        let Some((spot, line)) = spot.and_then(|s| self.lines.get(s.line).map(|l| (s, l))) else { return };
        if line.printed.is_none() {
            return Hyphens::default().join(passage, line, spot.bytes);
        }
        let chars = |bytes: usize| line.as_printed().get(..bytes).map_or(0, |s| s.chars().count());
        let (from, to) = (chars(spot.bytes.start), chars(spot.bytes.end));
        let byte = |chars: usize| line.text.char_indices().nth(chars).map_or(line.text.len(), |(at, _)| at);
        Hyphens::default().join(passage, line, byte(from)..byte(to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_ranked_by_the_sizes_of_the_whole_document() {
        let mut pages = Pages { hints: vec![Hint::default(); 5], ..Pages::default() };
        pages.headings = vec![(0, 36), (1, 24), (2, 0), (3, 23)];
        pages.finish();
        let levels: Vec<Option<u8>> = pages.hints.iter().map(|h| h.heading).collect();
        assert_eq!(levels, [Some(1), Some(2), Some(3), Some(2), None]);
    }
}
