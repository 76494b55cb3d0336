//! Finds the tables of a spreadsheet. Each run of rows between blank rows is a table, under a title of lone cells and
//! over notes. A run without heads of its own stands under those of a table above.

mod heads;

use super::cut::{Cutter, between};
use super::draft::{Draft, head_rows};
use super::text::spanning;
use super::titles::{is_caption, is_title};
use super::words::{is_sentence, words};
use crate::layout::after_note_mark;
use crate::lex::CellKind;
use crate::lex::numeral::{Conventions, DecimalMark, whole};
use crate::model::sheet::{BETWEEN, Sheet, SheetRow};
use crate::model::table::{Form, FoundTable, Reach};
use crate::model::text::{Line, Passage};
use crate::pack::pack;
use heads::SheetHeads;
use std::ops::Range;

/// A lone text of at least this many bytes under a table is a note.
const NOTE: usize = 40;

/// The tables of lines whose cells stand between tabs.
pub fn of_sheet(lines: &[Line], sheet: &Sheet) -> Vec<FoundTable> {
    let mut found = Vec::new();
    for part in &sheet.parts {
        let texts = part.regions.iter().filter_map(|lines_of| lines.get(lines_of.clone())).flatten();
        let conventions = Conventions::of_sheet(texts.flat_map(|line| line.text.split(BETWEEN)));
        for region in &part.regions {
            let rows = lines.get(region.clone()).unwrap_or_default().iter().map(cells).collect();
            SheetRegion { sheet, rows, start: region.start, conventions }.tables(&mut found);
        }
    }
    found
}

/// The rows of a region of a sheet.
struct SheetRegion<'a> {
    sheet: &'a Sheet,
    rows: Vec<Vec<Passage>>,
    /// The line of the region's first row.
    start: usize,
    conventions: Conventions,
}

/// A run of rows between blank rows, without the lone texts above it and the notes below.
struct SheetBlock {
    rows: Range<usize>,
    /// The columns that it fills; they are at least two.
    cols: Range<usize>,
    /// The row after its notes.
    end: usize,
}

pub(super) fn cells(line: &Line) -> Vec<Passage> {
    let mut cutter = Cutter::new(line);
    between(&line.text, |c| c == BETWEEN).into_iter().map(|range| cutter.cut(range)).collect()
}

/// The only filled cell of a row, where it holds words. Also a caption that has something beside it which is no
/// number.
fn lone(row: &[Passage]) -> Option<&Passage> {
    let mut filled = row.iter().filter(|cell| !cell.is_empty());
    let first = filled.next()?;
    let alone = match filled.next() {
        None => true,
        Some(beside) => {
            filled.next().is_none() && is_caption(&first.text) && CellKind::of(&beside.text) == CellKind::Text
        }
    };
    (alone && !CellKind::of(&first.text).is_value()).then_some(first)
}

/// A row of at least this many words below a table can head the next one; two cells are a row of notes as often.
const FEWEST_HEADS: usize = 3;

/// Whether a lone text under a table is a note.
fn is_note(text: &str) -> bool {
    text.len() >= NOTE || is_marked(text)
}

/// A lone text of at least this many words that is a sentence is a paragraph between two tables. In the sheets that
/// were looked at, the longest names of groups and rows have 19 words.
const PARAGRAPH: usize = 20;

/// Whether a lone text is a paragraph. A note on the table above is none.
fn is_paragraph(text: &str) -> bool {
    words(text) >= PARAGRAPH && is_sentence(text) && !is_marked(text.trim_start())
}

/// Whether a text begins like a note.
fn is_marked(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.starts_with(['*', '(']) || pack().titles.sheet_notes.begins(&lower)
}

impl SheetRegion<'_> {
    fn tables(mut self, found: &mut Vec<FoundTable>) {
        let mut heads: Option<SheetHeads> = None;
        // The rows of lone texts since the last table.
        let mut over: Vec<usize> = Vec::new();
        let mut end = 0;
        while end < self.rows.len() {
            let filled = |row: &&Vec<Passage>| !row.iter().all(Passage::is_empty);
            let blanks = self.rows.iter().skip(end).take_while(|row| !filled(row)).count();
            let start = end + blanks;
            end = start + self.rows.iter().skip(start).take_while(filled).count();
            end = self.text_within(start..end).or_else(|| self.heads_below(start..end)).unwrap_or(end);
            // The lines at the top of a sheet are its title, however far apart they are. Further down, a text that
            // stands apart belongs to neither table.
            if blanks > 1 && heads.is_some() {
                over.clear();
            }
            let is_over = |at: &usize| {
                self.rows.get(*at).is_some_and(|row| lone(row).is_some()) && !self.is_group_head(*at, end)
            };
            let lead = (start..end).take_while(is_over).count();
            over.extend(start..start + lead);
            let Some(block) = self.block(start + lead..end) else { continue };
            let over = std::mem::take(&mut over);
            self.table(block, &over, &mut heads, found);
        }
        if let Some(alone) = heads.and_then(SheetHeads::unused) {
            found.extend(self.finish(alone.block, &alone.over, None));
        }
    }

    /// Whether the lone text of a row is the head of a group of columns and no title: the file merges it over the last of
    /// the heads right below it, and not over all of them. A title is merged over the whole table, or over nothing.
    fn is_group_head(&self, at: usize, end: usize) -> bool {
        let (Some(row), Some(below)) = (self.rows.get(at), self.rows.get(at + 1)) else { return false };
        let filled = |row: &Vec<Passage>| row.iter().position(|cell| !cell.is_empty());
        let Some(((col, first), last)) =
            filled(row).zip(filled(below)).zip(below.iter().rposition(|cell| !cell.is_empty()))
        else {
            return false;
        };
        let labels = self.rows.get(at + 1..end).unwrap_or_default().iter().filter_map(filled).min();
        let cols = col..below.len().max(col + 1);
        let reach = self.reaches(at..at + 1, cols).into_iter().find(|reach| reach.col == 0);
        reach.is_some_and(|reach| reach.col_span > 1 && col + reach.col_span > last)
            && col > first.max(labels.unwrap_or(first) + 1)
            && lone(below).is_none()
            && !row.get(col).is_some_and(|text| is_caption(&text.text))
    }

    /// The first row right below a table that is a paragraph or the caption of the next table.
    fn text_within(&self, rows: Range<usize>) -> Option<usize> {
        let lone_at = |at: usize| self.rows.get(at).and_then(|row| lone(row));
        let first = rows.clone().find(|at| lone_at(*at).is_none())?;
        let ends = |text: &Passage| is_caption(&text.text) || is_paragraph(&text.text);
        (first + 1..rows.end).find(|at| lone_at(*at).is_some_and(ends))
    }

    /// The first row of the heads that stand right below a table, with the lone texts over them: a row of words that fills
    /// the columns of the first row after the blank ones.
    fn heads_below(&self, rows: Range<usize>) -> Option<usize> {
        let filled = |at: usize| -> Vec<usize> {
            let cells = self.rows.get(at).into_iter().flatten().enumerate();
            cells.filter(|(_, cell)| !cell.is_empty()).map(|(col, _)| col).collect()
        };
        let worded = |at: usize| {
            let mut cells = self.rows.get(at).into_iter().flatten().filter(|cell| !cell.is_empty());
            cells.all(|cell| CellKind::of(&cell.text) == CellKind::Text)
        };
        let last = rows.end.checked_sub(1).filter(|at| worded(*at) && filled(*at).len() >= FEWEST_HEADS)?;
        let next = (rows.end..self.rows.len()).find(|at| !filled(*at).is_empty())?;
        if filled(next) != filled(last) || worded(next) {
            return None;
        }
        let over = (rows.start + 1..last)
            .rev()
            .take_while(|at| self.rows.get(*at).is_some_and(|r| lone(r).is_some()));
        let first = over.last().unwrap_or(last);
        (rows.start..first).any(|at| !worded(at)).then_some(first)
    }

    /// A block without the notes below it; `None` where it has only one column.
    fn block(&self, rows: Range<usize>) -> Option<SheetBlock> {
        let body = self.rows.get(rows.clone())?;
        let noted = |row: &&Vec<Passage>| lone(row).is_some_and(|p| is_note(&p.text));
        let notes = body.iter().rev().take_while(noted).count();
        let body = body.get(..body.len() - notes)?;
        let first = body.iter().filter_map(|row| row.iter().position(|cell| !cell.is_empty())).min()?;
        let last = body.iter().filter_map(|row| row.iter().rposition(|cell| !cell.is_empty())).max()?;
        let rows_of = rows.start..rows.start + body.len();
        (first < last).then_some(SheetBlock { rows: rows_of, cols: first..last + 1, end: rows.end })
    }

    /// Finishes the table of a block, or keeps the block as heads of the next one.
    fn table(
        &mut self,
        block: SheetBlock,
        over: &[usize],
        heads: &mut Option<SheetHeads>,
        found: &mut Vec<FoundTable>,
    ) {
        let body = self.rows.get(block.rows.clone()).unwrap_or_default();
        let own = heads::rows_of(body);
        if own == 0 && heads.as_ref().is_some_and(|heads| heads.cover(&block.cols)) {
            found.extend(self.finish(block, over, heads.as_ref()));
            heads.iter_mut().for_each(SheetHeads::use_up);
            return;
        }
        if let Some(alone) = heads.take().and_then(SheetHeads::unused) {
            found.extend(self.finish(alone.block, &alone.over, None));
        }
        *heads = SheetHeads::of(&self.rows, &block, own, self.title(over), over);
        if heads.as_ref().is_none_or(|heads| !heads.is_waiting()) {
            found.extend(self.finish(block, over, None));
        }
    }

    /// The title that lone texts make, and the row in which it begins. A caption begins a new title; notes are no
    /// part of it.
    fn title(&self, over: &[usize]) -> Option<(usize, Passage)> {
        let texts: Vec<(usize, &Passage)> =
            over.iter().filter_map(|at| Some((*at, lone(self.rows.get(*at)?)?))).collect();
        let caption = texts.iter().rposition(|(_, text)| is_caption(&text.text)).unwrap_or(0);
        let named = |text: &Passage| is_title(&text.text) && !is_marked(&text.text) || is_caption(&text.text);
        let mut lines = texts.iter().skip(caption).filter(|(_, text)| named(text));
        let Some((at, first)) = lines.next() else {
            return texts.last().map(|(at, text)| (*at, (*text).clone()));
        };
        let mut title = (*first).clone();
        lines.for_each(|(_, text)| title.append(text));
        Some((*at, title))
    }

    /// The table of a block under lone texts, with its own heads or those of a table above. The cells of its rows are
    /// taken out of the region.
    fn finish(
        &mut self,
        block: SheetBlock,
        over: &[usize],
        above: Option<&SheetHeads>,
    ) -> Option<FoundTable> {
        let SheetBlock { rows, cols, end } = block;
        let cols = above.map_or(cols.clone(), |heads| heads.cols.start.min(cols.start)..heads.cols.end);
        let notes = self.rows.get(rows.end..end)?.iter().filter_map(|row| lone(row));
        let notes: Vec<Passage> = notes.map(|note| note.skip(after_note_mark(&note.text))).collect();
        let title = self.title(over);
        let led = above.map_or(0, |heads| heads.rows.len());
        let mut reaches = above.map_or(Vec::new(), |heads| self.reaches(heads.at.clone(), cols.clone()));
        let down = |reach: Reach| Reach { row: reach.row + led, ..reach };
        reaches.extend(self.reaches(rows.clone(), cols.clone()).into_iter().map(down));
        let cut = |row: &mut Vec<Passage>| {
            let mut row = std::mem::take(row);
            row.truncate(cols.end);
            row.drain(..cols.start.min(row.len()));
            row
        };
        let mut grid: Vec<Vec<Passage>> = above.map_or(Vec::new(), |heads| heads.rows.clone());
        grid.iter_mut().for_each(|row| *row = cut(row));
        grid.extend(self.rows.get_mut(rows.clone())?.iter_mut().map(cut));
        // The rule that finds heads otherwise does not know decimal commas.
        let numbered =
            |row: &Vec<Passage>| row.iter().any(|cell| whole(&cell.text, &self.conventions).is_some());
        let wordy = grid.iter().take_while(|row| !numbered(row)).count();
        let header_rows =
            Some(wordy).filter(|rows| self.conventions.decimal == DecimalMark::Comma && *rows < grid.len());
        let header_rows = above.map(|_| led).or(header_rows);
        // Heads over groups of columns that are not merged in the file, or cannot be.
        if reaches.is_empty() {
            let count = header_rows.unwrap_or_else(|| head_rows(&grid));
            reaches = spanning(&grid, count);
            if reaches.is_empty() {
                reaches = heads::groups(&grid, count);
            }
        }
        let mut table = Draft { rows: grid, header_rows, reaches, ..Draft::default() }.finish(Form::Sheet)?;
        let mut start = title.as_ref().map_or(rows.start, |(at, _)| *at);
        if let Some(heads) = above.filter(|heads| heads.is_waiting()) {
            start = heads.start();
        } else if above.is_some() {
            let own = table.cells.iter().filter(|cell| cell.row() >= led).map(|cell| cell.passage.whole());
            table.place = own.reduce(|all, one| all.to(one))?;
        }
        table.notes = notes;
        table.title = SheetHeads::titled(above, title.map(|(_, title)| title));
        let lines = self.start + start..self.start + end;
        Some(FoundTable { table, lines, interleaved: Vec::new() })
    }

    /// The cells of some rows and columns of the region that cover others.
    fn reaches(&self, rows: Range<usize>, cols: Range<usize>) -> Vec<Reach> {
        let Some((top, left)) = self.sheet.rows.get(self.start + rows.start).map(SheetRow::first) else {
            return Vec::new();
        };
        let left = left + cols.start;
        let merges = &self.sheet.merges;
        let from = merges.partition_point(|merge| merge.row < top);
        let within = merges.iter().skip(from).take_while(|merge| merge.row < top + rows.len());
        let reach = within.filter(|merge| (left..left + cols.len()).contains(&merge.col)).map(|merge| {
            let (row, col) = (merge.row - top, merge.col - left);
            let (row_span, col_span) = (merge.rows.min(rows.len() - row), merge.cols.min(cols.len() - col));
            Reach { row, col, row_span, col_span }
        });
        reach.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sheet::{Merge, SheetGrid};
    use crate::model::table::Table;

    fn tables(rows: &[&str]) -> Vec<Table> {
        let (mut lines, mut sheet) = (Vec::new(), Sheet::default());
        let rows = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        crate::read::rows::add(SheetGrid { rows, ..SheetGrid::default() }, &mut lines, &mut sheet);
        of_sheet(&lines, &sheet).into_iter().map(|found| found.table).collect()
    }

    fn title(table: &Table) -> Option<&str> {
        table.title.as_ref().map(|title| title.text.as_str())
    }

    #[test]
    fn rows_set_apart_stand_under_the_heads_above() {
        let found = tables(&["Team|Open|Closed", "North|1|2", "||", "South|3|4", "East|5|6"]);
        let last = found.last().unwrap();
        assert_eq!((found.len(), last.header_rows, last.text(0, 2), last.text(1, 2)), (2, 1, "Closed", "4"));
        assert_eq!((last.place.line, last.place.line_end), (4, 5));
    }

    #[test]
    fn a_row_of_one_mark_is_no_head() {
        let found = tables(&["Town|Open|Closed", "North|1|2", "||", "South|#|#", "East|3|4"]);
        let last = found.last().unwrap();
        assert_eq!((last.header_rows, last.text(0, 1), last.text(1, 0)), (1, "Open", "South"));
    }

    #[test]
    fn heads_set_apart_are_those_of_what_follows() {
        let found = tables(&["Team|Open|Closed", "||", "||", "North|1|2", "||", "South|3|4"]);
        let heads: Vec<&str> = found.iter().map(|table| table.text(0, 1)).collect();
        assert_eq!(heads, ["Open", "Open"]);
        let words = tables(&["Team|Lead", "||", "Team|Open", "North|1"]);
        assert_eq!((words.len(), words[0].text(0, 1)), (2, "Lead"));
    }

    #[test]
    fn heads_right_below_a_table_are_those_of_the_next() {
        let rows =
            ["Team|Open|Closed", "North|1|2", "All|1|2", "|Calls|", "Team|Made|Missed", "||", "North|3|4"];
        let found = tables(&rows);
        let heads: Vec<&str> = found.iter().map(|table| table.text(table.header_rows - 1, 1)).collect();
        assert_eq!((found[0].rows, heads), (3, vec!["Open", "Made"]));
    }

    #[test]
    fn paragraphs_and_captions_end_a_table() {
        let text = "In 2021 the teams closed 12 cases more than the year before, and 9 of these cases were about the same \
                    few streets in the north of the town.";
        let rows = ["Table 1: Cases||", "Team|2020|2021", "North|1|2", "East|3|4"];
        let second = ["Table 2: Calls||", "Headcount||", "Team|2020|2021", "North|5|6", "(1) Some.||"];
        let between = format!("{text}||");
        let all: Vec<&str> = rows.into_iter().chain([between.as_str()]).chain(second).collect();
        let found = tables(&all);
        assert_eq!(
            found.iter().map(title).collect::<Vec<_>>(),
            [Some("Table 1: Cases"), Some("Table 2: Calls Headcount")]
        );
        assert_eq!((found[0].rows, found[1].rows, found[1].header_rows), (3, 2, 1));
        assert_eq!(found[1].notes.len(), 1);
    }

    #[test]
    fn groups_are_named_over_their_rows() {
        let found =
            tables(&["Spending by team||", "Water||", "|2021|2022", "||", "Pumps||", "Pay|1|2", "Fuel|3|4"]);
        assert_eq!(found.iter().map(title).collect::<Vec<_>>(), [Some("Spending by team Water Pumps")]);
        assert_eq!((found[0].text(0, 1), found[0].text(2, 1)), ("2021", "3"));
    }

    #[test]
    fn a_text_over_some_of_the_heads_is_a_head_and_one_over_all_a_title() {
        let table = |col: usize, cols: usize| {
            let (mut lines, mut sheet) = (Vec::new(), Sheet::default());
            let over: Vec<&str> = (0..7).map(|at| if at == col { "Rate per 1,000" } else { "" }).collect();
            let over = over.join("|");
            let rows =
                ["Table 1: Reasons||||||", &over, "|Women|Men||Women|Men|All", "Debt|12|15||1.2|1.5|1.3"];
            let rows = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
            let merges = vec![Merge { row: 1, col, rows: 1, cols }];
            crate::read::rows::add(
                SheetGrid { rows, merges, ..SheetGrid::default() },
                &mut lines,
                &mut sheet,
            );
            of_sheet(&lines, &sheet).remove(0).table
        };
        let (some, all, inner) = (table(4, 3), table(1, 6), table(2, 2));
        assert_eq!((some.header_rows, some.text(0, 3), some.text(0, 6)), (2, "", "Rate per 1,000"));
        assert_eq!(title(&some), Some("Table 1: Reasons"));
        assert_eq!((all.header_rows, title(&all)), (1, Some("Table 1: Reasons Rate per 1,000")));
        assert_eq!((inner.header_rows, title(&inner)), (1, Some("Table 1: Reasons Rate per 1,000")));
    }

    #[test]
    fn titles_are_the_lines_at_the_top_and_begin_with_the_caption() {
        let found = tables(&["Cases in court||", "||", "||", "By town||", "||", "Town|Open|Closed", "A|1|2"]);
        assert_eq!(title(&found[0]), Some("Cases in court By town"));
        let found =
            tables(&["Back to contents||", "Table 1.2: Cases||See notes", "Town|Open|Closed", "A|1|2"]);
        assert_eq!(title(&found[0]), Some("Table 1.2: Cases"));
    }
}
