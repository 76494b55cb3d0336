//! Makes a table of rows and the words above them: it finds the number of columns, the heads, and the places of the
//! values.

use super::blanks;
use super::blanks::Holed;
use super::find::Scan;
use super::flat::{FlatRow, wrap};
use super::heads::{is_one_head, passage};
use super::reading::{DOUBTFUL, Facts, HeadReading, read_heads};
use crate::lex::{figure, is_period, is_year};
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::quantity::{Quantity, Unit};
use crate::model::table::{Form, Reach, Table};
use crate::model::text::{Line, Passage};
use crate::pack::pack;
use crate::table::cut::whole;
use crate::table::draft::Draft;
use crate::table::totals::is_total;
use crate::table::words::is_caption;
use std::ops::Range;

/// A table with the lines that it covers.
pub(crate) struct Built {
    pub(crate) table: Table,
    pub(crate) lines: Range<usize>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Tables with more columns than this are not looked for.
const MOST_COLUMNS: usize = 40;
/// Builds the table of some rows. `texts` are the lines of words above them, and `lines` are the lines of the rows.
pub(crate) fn assemble(
    scan: &Scan,
    texts: &[usize],
    rows: Vec<FlatRow>,
    lines: Range<usize>,
) -> Option<Built> {
    let rows = split_rows(rows);
    let facts = facts(scan, &rows)?;
    // Heads stand below the caption.
    let caption = texts.iter().rposition(|l| is_caption(scan.text(*l)));
    let texts = texts.get(caption.map_or(0, |at| at + 1)..).unwrap_or(&[]);
    let reading = read_heads(scan.lines, texts, &facts);
    let resolved = reading.as_ref().is_some_and(|r| r.score >= DOUBTFUL && r.split.sure);
    let counted = rows.iter().filter(|r| !r.values.is_empty()).count();
    if counted < 2 && !(resolved && reading.as_ref().is_some_and(|r| r.cols > 1 && r.score > -20)) {
        return None;
    }
    let mut table = Making { scan, rows, facts, diagnostics: Vec::new() };
    let (mut draft, mut first) =
        if resolved { table.with_heads(reading?)? } else { table.without(texts, reading)? };
    if table.facts.stacked {
        first = table.upper_heads(&mut draft, texts, first);
    }
    let contents = draft.rows.iter().take(1).flatten().any(|c| {
        let lower = c.text.to_lowercase();
        pack().titles.contents_word.within(&lower) || lower.split(' ').any(|w| pack().titles.page.has(w))
    });
    if (draft.header_rows == Some(0) || contents) && table.facts.widest == 1 && !table.is_list() {
        return None;
    }
    let form = table.form(draft.header_rows);
    let start = first.unwrap_or(lines.start).min(lines.start);
    let diagnostics = std::mem::take(&mut table.diagnostics);
    Some(Built { table: draft.finish(form)?, lines: start..lines.end, diagnostics })
}

/// The heads of so many columns, where the lines are these heads and some of them are broken over two lines.
fn whole_heads(lines: &[Line], all: &[usize], cols: usize) -> Option<Vec<Passage>> {
    let mut heads: Vec<Passage> = Vec::new();
    let mut last: Option<usize> = None;
    for &line in all {
        let own = lines.get(line).map(whole)?;
        match heads.last_mut().zip(last) {
            Some((head, last)) if is_one_head(lines, last, line, all) => head.append(&own),
            _ => heads.push(own),
        }
        last = Some(line);
    }
    (heads.len() == cols && heads.len() < all.len()).then_some(heads)
}

/// Splits rows that were put together of lines with equally many values: without labels, each line is a row.
fn split_rows(rows: Vec<FlatRow>) -> Vec<FlatRow> {
    let mut split = Vec::new();
    for mut row in rows {
        let width = row.groups.first().copied().unwrap_or(0);
        let even = row.groups.len() > 1 && width > 1 && row.groups.iter().all(|g| *g == width);
        if !row.label.is_empty() || !even {
            split.push(row);
            continue;
        }
        let trailing = row.trailing;
        while !row.values.is_empty() {
            let rest = row.values.split_off(width.min(row.values.len()));
            split.push(FlatRow { label: Vec::new(), values: row.values, groups: vec![width], trailing });
            row.values = rest;
        }
    }
    split
}

fn facts(scan: &Scan, rows: &[FlatRow]) -> Option<Facts> {
    let widest = rows.iter().map(|r| r.values.len()).max().filter(|w| (1..=MOST_COLUMNS).contains(w))?;
    let first = rows.first()?;
    let later = rows.get(1..).unwrap_or(&[]);
    let labels = later.iter().filter(|r| !r.label.is_empty()).count();
    let wide = |r: &&FlatRow| r.values.iter().any(|v| v.gap.is_some_and(|g| g > 1)) || r.trailing > 1;
    let line = first.values.first().map_or(0, |v| v.line);
    Some(Facts {
        widest,
        labelled: labels * 2 > later.len() || !first.label.is_empty(),
        own_label: !first.label.is_empty(),
        stacked: rows.iter().all(|r| {
            r.groups.iter().all(|g| *g == 1)
                && r.label.iter().all(|(l, _)| r.values.iter().all(|v| v.line != *l))
        }),
        holed: rows.iter().filter(wide).count() * 2 > rows.len(),
        first: line,
        spaced: later.first().is_none_or(|next| {
            let line = next.label.first().map(|(l, _)| *l).or(next.values.first().map(|v| v.line));
            line.zip(first.values.last()).is_some_and(|(l, v)| l > v.line + 1)
        }),
        indented: scan.text(line).starts_with(' '),
    })
}

/// A table that is being made.
struct Making<'a, 'b> {
    scan: &'a Scan<'b>,
    rows: Vec<FlatRow>,
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
}

impl Making<'_, '_> {
    fn form(&self, header_rows: Option<usize>) -> Form {
        if self.facts.widest == 1 && header_rows == Some(0) {
            Form::LabelValue
        } else if self.facts.stacked {
            Form::Stacked
        } else {
            Form::Spaces
        }
    }

    /// The table where its heads were read. Also returns the first line of the heads.
    fn with_heads(&mut self, reading: HeadReading) -> Option<(Draft, Option<usize>)> {
        let lines = self.scan.lines;
        self.take_labels(&reading.rest);
        let labelled = self.rows.iter().any(|r| !r.label.is_empty());
        let offset = usize::from(labelled);
        let mut draft = Draft::default();
        let mut first = reading.words.get(reading.split.heads.first()?.start)?.line;
        if let Some((words, split)) = &reading.upper {
            let span = reading.cols / split.heads.len().max(1);
            let mut row = vec![Passage::default(); offset + reading.cols];
            for (at, head) in split.heads.iter().enumerate() {
                if let Some(slot) = row.get_mut(offset + at * span) {
                    *slot = passage(lines, words.get(head.clone())?);
                }
                draft.reaches.push(Reach { row: 0, col: offset + at * span, row_span: 1, col_span: span });
            }
            first = words.get(split.heads.first()?.start)?.line;
            draft.rows.push(row);
        }
        let mut row = Vec::new();
        if labelled && !reading.label_head {
            row.push(Passage::default());
        }
        for head in &reading.split.heads {
            row.push(passage(lines, reading.words.get(head.clone())?));
        }
        draft.rows.push(row);
        draft.header_rows = Some(draft.rows.len());
        self.body(&mut draft, reading.cols, labelled);
        Some((draft, Some(first)))
    }

    /// Where every cell stands on a line of its own, as many lines above the heads as there are columns are a row of
    /// heads above them, and one more line above these is the title. Returns the first line of them all.
    fn upper_heads(&self, draft: &mut Draft, texts: &[usize], first: Option<usize>) -> Option<usize> {
        let cols = draft.rows.iter().map(Vec::len).max().unwrap_or(0);
        let unnamed = draft.rows.first().and_then(|heads| heads.first()).is_some_and(Passage::is_empty);
        let above: Vec<usize> = texts.iter().copied().filter(|line| Some(*line) < first).collect();
        let apart = above.windows(2).all(|pair| matches!(pair, [a, b] if b - a > 1));
        if draft.header_rows != Some(1) || !unnamed || !apart || !(cols..=cols + 1).contains(&above.len()) {
            return first;
        }
        let last = draft
            .rows
            .first()
            .and_then(|heads| heads.last())
            .map_or(0, |head| head.whole().line_end as usize);
        let own = texts.iter().copied().filter(|line| Some(*line) >= first && *line < last);
        let all: Vec<usize> = above.iter().copied().chain(own).collect();
        if let Some(heads) = whole_heads(self.scan.lines, &all, cols) {
            draft.rows.splice(..1, [heads]);
            draft.reaches.retain(|reach| reach.row > 0);
            return above.first().copied();
        }
        let (title, heads) = above.split_at(above.len() - cols);
        let passage = |line: &usize| self.scan.lines.get(*line).map(whole).unwrap_or_default();
        draft.rows.insert(0, heads.iter().map(passage).collect());
        draft.header_rows = Some(2);
        draft.reaches.iter_mut().for_each(|reach| reach.row += 1);
        draft.lost_blanks.iter_mut().for_each(|lost| lost.row += 1);
        draft.title = title.first().map(passage);
        above.first().copied()
    }

    /// The table where its heads could not be read. The words stay together over the columns, and a diagnostic says
    /// so. Words that are a blank line away and are too few for heads are left alone.
    fn without(&mut self, texts: &[usize], reading: Option<HeadReading>) -> Option<(Draft, Option<usize>)> {
        let unlabelled = !self.facts.own_label && self.facts.labelled;
        let (above, own) = texts.split_at(texts.len().saturating_sub(usize::from(unlabelled)));
        self.take_labels(own);
        let labelled = self.rows.iter().any(|r| !r.label.is_empty());
        let mut draft = Draft { header_rows: Some(0), ..Draft::default() };
        let cols = self.facts.widest;
        let mut first = own.first().copied();
        let from = reading.as_ref().and_then(|r| r.words.get(r.split.heads.first()?.start)).map(|w| w.line);
        if let Some(from) = from.filter(|_| cols > 1) {
            let heads: Vec<usize> = above.iter().copied().filter(|l| *l >= from).collect();
            let mut head = Passage::default();
            for line in heads.iter().filter_map(|l| self.scan.lines.get(*l)) {
                head.append(&whole(line));
            }
            if !head.is_empty() {
                first = Some(from);
                self.diagnostics.push(Diagnostic {
                    code: "unresolved-head",
                    severity: Severity::Warning,
                    message: format!(
                        "\"{}\" could not be split into the heads of {cols} columns",
                        shorten(&head.text)
                    ),
                    place: Some(head.whole()),
                });
                let mut row = vec![Passage::default(); cols + usize::from(labelled)];
                if let Some(slot) = row.get_mut(usize::from(labelled)) {
                    *slot = head;
                }
                draft.reaches.push(Reach { row: 0, col: usize::from(labelled), row_span: 1, col_span: cols });
                draft.rows.push(row);
                draft.header_rows = Some(1);
            }
        }
        self.body(&mut draft, cols, labelled);
        Some((draft, first))
    }

    /// Takes the lines between the heads and the rows: the label of the first row, and rows without values above it.
    fn take_labels(&mut self, rest: &[usize]) {
        let piece = |l: &usize| (*l, 0..self.scan.text(*l).len());
        let mut chunks: Vec<Vec<(usize, Range<usize>)>> = Vec::new();
        for (at, line) in rest.iter().enumerate() {
            let joined = at > 0 && rest.get(at - 1) == Some(&(line - 1)) && !self.facts.own_label;
            match chunks.last_mut() {
                Some(chunk) if joined => chunk.push(piece(line)),
                _ => chunks.push(vec![piece(line)]),
            }
        }
        if let Some(row) = self.rows.first_mut().filter(|r| r.label.is_empty())
            && let Some(own) = chunks.pop()
        {
            row.label = own;
        }
        let mut rows: Vec<FlatRow> =
            chunks.into_iter().map(|label| FlatRow { label, ..FlatRow::default() }).collect();
        if let Some(first) = self.rows.first_mut() {
            wrap(self.scan, &mut rows, first, self.facts.spaced);
        }
        self.rows.splice(0..0, rows);
    }

    /// Adds the rows. Where blank cells were lost, the values are put in their best places.
    fn body(&mut self, draft: &mut Draft, cols: usize, labelled: bool) {
        let base = draft.rows.len();
        let holed: Vec<Holed> =
            self.rows.iter().enumerate().map(|(at, r)| self.holed(base + at, r)).collect();
        let total = holed.iter().rev().find(|h| {
            h.values.len() == cols
                && self.rows.get(h.row - base).is_some_and(|r| is_total(&self.label(r).text))
        });
        let mut placed = blanks::place(&holed, cols, total.map(|t| t.row)).into_iter().peekable();
        for (at, row) in self.rows.iter().enumerate() {
            let mut cells = vec![Passage::default(); cols + usize::from(labelled)];
            if let Some(slot) = cells.first_mut().filter(|_| labelled) {
                *slot = self.label(row);
            }
            let lost = placed.next_if(|(l, _)| l.row == base + at);
            for (index, value) in row.values.iter().enumerate() {
                let col = lost.as_ref().and_then(|(_, way)| way.get(index)).copied().unwrap_or(index);
                if let (Some(slot), Some(line)) =
                    (cells.get_mut(col + usize::from(labelled)), self.scan.lines.get(value.line))
                {
                    *slot = Passage::of(line, value.range.clone());
                }
            }
            draft.lost_blanks.extend(lost.map(|(mut l, _)| {
                let shift = usize::from(labelled);
                l.columns.iter_mut().flatten().for_each(|c| *c += shift);
                l
            }));
            draft.rows.push(cells);
        }
        draft.header_cols = Some(usize::from(labelled));
    }

    fn label(&self, row: &FlatRow) -> Passage {
        let mut label = Passage::default();
        for (line, range) in &row.label {
            if let Some(line) = self.scan.lines.get(*line) {
                label.push(line, range.clone());
            }
        }
        label
    }

    fn holed(&self, at: usize, row: &FlatRow) -> Holed {
        let text = |v: &super::flat::FlatValue| self.scan.text(v.line).get(v.range.clone()).unwrap_or("");
        let figures: Vec<Option<Quantity>> =
            row.values.iter().map(|v| Some(figure(text(v))?.quantity)).collect();
        let mut gaps: Vec<Option<usize>> =
            row.values.iter().map(|v| v.gap.map(|g| g.saturating_sub(1))).collect();
        gaps.push(Some(row.trailing.saturating_sub(1)));
        let mut units = figures.iter().flatten().map(|figure| figure.unit);
        let unit = match self.label(row).text.contains('%') {
            true => Unit::Percent,
            false => units.find(|unit| *unit != Unit::Count).unwrap_or(Unit::Count),
        };
        let values = figures.into_iter().map(|figure| figure?.value).collect();
        Holed {
            row: at,
            values,
            gaps,
            groups: row.groups.clone(),
            unit,
            is_total: is_total(&self.label(row).text),
        }
    }

    /// Whether labels with one figure each are a list of figures. Lists of contents and page numbers are not.
    fn is_list(&self) -> bool {
        let text = |r: &FlatRow| {
            r.values.first().and_then(|v| self.scan.text(v.line).get(v.range.clone())).unwrap_or("")
        };
        let rows = self.rows.iter().filter(|r| !r.values.is_empty());
        let figures: Vec<_> = rows.filter_map(|r| figure(text(r)).map(|f| (f, text(r)))).collect();
        let plain = figures.iter().all(|(f, t)| f.quantity.unit == Unit::Count && !is_year(t));
        let rising = figures
            .windows(2)
            .all(|w| w.first().zip(w.last()).is_some_and(|(a, b)| a.0.quantity.value <= b.0.quantity.value));
        let labelled = self.rows.iter().all(|r| !r.label.is_empty() && r.values.len() <= 1);
        let whole = self.rows.iter().filter(|r| r.values.is_empty()).count() * 2 <= self.rows.len();
        let years = figures.iter().filter(|(_, t)| is_year(t)).count() * 2 > figures.len();
        let periods = self.rows.iter().all(|r| {
            let label = self.label(r).text;
            is_period(&label) || label.split([' ', '-']).next_back().is_some_and(is_year)
        });
        let counted = figures.len() >= if plain && !periods { 3 } else { 2 };
        labelled && whole && !years && counted && !(plain && rising && !periods)
    }
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 80 { text.to_string() } else { text.chars().take(79).chain(['…']).collect() }
}
