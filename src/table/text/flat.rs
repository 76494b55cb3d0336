//! Reads tables that were flattened to lines of words and figures: single spaces between figures, heads broken over
//! lines, one cell on a line, lost blanks. Lines are put together into rows by what they hold. The rows tell the
//! number of columns, and the words above are split into this number of heads.

use super::assemble::assemble;
use super::find::Scan;
use super::lexicon::hangs;
use crate::lex::period;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::table::totals::is_total;
use crate::table::units::{LineClass, class, is_running, units};
use std::ops::Range;

/// A figure of a row.
#[derive(Clone, Debug)]
pub(crate) struct FlatValue {
    pub(crate) line: usize,
    pub(crate) range: Range<usize>,
    /// The number of spaces before it; `None` where it begins a line.
    pub(crate) gap: Option<usize>,
}

/// A row that is put together from lines.
#[derive(Clone, Debug, Default)]
pub(crate) struct FlatRow {
    /// The pieces of the label, each with its line.
    pub(crate) label: Vec<(usize, Range<usize>)>,
    pub(crate) values: Vec<FlatValue>,
    /// The number of values on each of its lines.
    pub(crate) groups: Vec<usize>,
    /// The number of spaces behind the last value.
    pub(crate) trailing: usize,
}

/// This many blank lines in a row end a table.
const MOST_BLANKS: usize = 5;

/// The most lines that a row's label can have.
const LONGEST_LABEL: usize = 60;

/// Takes every flattened table.
pub(crate) fn scan(scan: &mut Scan) {
    for run in scan.free() {
        let classes = classes(scan, run.clone());
        let mut at = 0;
        while at < classes.len() {
            let length = classes.iter().skip(at).take_while(|c| **c != LineClass::Prose).count();
            if length > 0 {
                let region = FlatRegion {
                    classes: classes.get(at..at + length).unwrap_or(&[]),
                    first: run.start + at,
                };
                region.tables(scan);
            }
            at += length + 1;
        }
    }
}

/// The class of every line of a stretch. Paragraphs that are broken to a width are recognised as running text.
fn classes(scan: &Scan, run: Range<usize>) -> Vec<LineClass> {
    let mut classes: Vec<LineClass> = run.clone().map(|at| class(scan.text(at))).collect();
    let mut wrapped = false;
    for (offset, at) in run.enumerate() {
        let Some(slot) = classes.get_mut(offset) else { break };
        let text = scan.text(at).trim_end();
        let columns = matches!(slot, LineClass::Row(_)) && values_of(text) > 1;
        // "Quarter 4 2017/18" is one period, so it is the label of a row and no two heads.
        if *slot == LineClass::Periods && period::scan(text).len() == 1 {
            *slot = LineClass::Text;
        }
        let running = *slot != LineClass::Blank && is_running(text) && !columns;
        if running || wrapped && !matches!(slot, LineClass::Blank | LineClass::Values) && !columns {
            *slot = LineClass::Prose;
        }
        wrapped = running && !text.ends_with(['.', ':', '?', '!']);
    }
    classes
}

fn values_of(text: &str) -> usize {
    units(text).0.iter().rev().take_while(|u| u.kind.is_value()).count()
}

/// Lines without running text between them.
struct FlatRegion<'a> {
    classes: &'a [LineClass],
    /// Index of the first line in the document.
    first: usize,
}

impl FlatRegion<'_> {
    fn tables(&self, scan: &mut Scan) {
        let mut at = 0;
        while at < self.classes.len() {
            let data = |c: &LineClass| matches!(c, LineClass::Row(_) | LineClass::Values);
            let Some(skip) = self.classes.iter().skip(at).position(data) else { return };
            let start = at + skip;
            let texts = self.texts(at, start);
            let (rows, end) = self.rows(scan, start);
            at = end.max(start + 1);
            let lines = self.first + start..self.first + end;
            let built = assemble(scan, &texts, rows, lines.clone());
            match built {
                Some(built) => {
                    scan.diagnostics.extend(built.diagnostics);
                    scan.add(built.table, built.lines, Vec::new());
                }
                None => self.doubt(scan, start..end),
            }
        }
    }

    /// The last lines of words before the rows, as indices into the document.
    fn texts(&self, from: usize, start: usize) -> Vec<usize> {
        let mut texts = Vec::new();
        let mut blanks = 0;
        for at in (from..start).rev() {
            if self.classes.get(at) == Some(&LineClass::Blank) {
                blanks += 1;
            } else {
                blanks = 0;
                texts.push(self.first + at);
            }
            if blanks > MOST_BLANKS || texts.len() >= 24 {
                break;
            }
        }
        texts.reverse();
        texts
    }

    /// Puts lines together into rows, from the first line of data to the end of the table. Returns the rows and the
    /// line after the last.
    fn rows(&self, scan: &Scan, start: usize) -> (Vec<FlatRow>, usize) {
        let mut rows: Vec<FlatRow> = Vec::new();
        let mut pending: Vec<usize> = Vec::new();
        let (mut blanks, mut most_blanks, mut end, mut widest) = (0, 0, start, 0);
        for at in start..self.classes.len() {
            let class = self.classes.get(at).copied().unwrap_or(LineClass::Blank);
            let line = self.first + at;
            match class {
                LineClass::Blank => {
                    blanks += 1;
                    if blanks > MOST_BLANKS {
                        break;
                    }
                    continue;
                }
                LineClass::Text | LineClass::Periods | LineClass::Prose => {
                    if blanks > most_blanks.max(1) + 1
                        || class == LineClass::Periods && rows.last().is_some_and(|r| r.values.len() > 1)
                    {
                        break;
                    }
                    pending.push(line);
                    blanks = 0;
                    continue;
                }
                LineClass::Row(label) => {
                    let row = row(scan, line, label);
                    let apart = most_blanks == 0 && blanks > 0 && rows.len() > 1;
                    if pending.is_empty()
                        && apart
                        && row.values.len() != widest
                        && !is_total(&label_of(scan, &row))
                    {
                        break;
                    }
                    if !pending.is_empty()
                        && self.parts(scan, &rows, &pending, row.values.len() > widest && rows.len() > 1)
                    {
                        break;
                    }
                    self.labels(scan, &mut rows, &mut pending, Some(row), most_blanks > 0);
                }
                LineClass::Values => {
                    if !pending.is_empty() {
                        let heads =
                            pending.len() > 3 && rows.iter().filter(|r| !r.label.is_empty()).nth(1).is_some();
                        if !rows.is_empty() && (heads || self.parts(scan, &rows, &pending, false)) {
                            break;
                        }
                        self.labels(scan, &mut rows, &mut pending, None, false);
                    }
                    extend(scan, &mut rows, line, widest);
                }
            }
            if end > start {
                most_blanks = most_blanks.max(blanks.min(3));
            }
            blanks = 0;
            end = at + 1;
            if rows.len() > 1 {
                widest = widest.max(rows.iter().rev().nth(1).map_or(0, |r| r.values.len()));
            }
        }
        (rows, end)
    }

    /// Whether words between rows begin another table. Otherwise they are labels of rows of this one.
    fn parts(&self, scan: &Scan, rows: &[FlatRow], pending: &[usize], wider: bool) -> bool {
        let Some((last, line)) = rows.last().zip(pending.first()) else { return false };
        // Several lines that follow a blank one and stand right above the next row are heads.
        let block = pending.len() > 1
            && line.checked_sub(1).is_some_and(|above| scan.blank(above))
            && pending.last().is_some_and(|l| !scan.blank(l + 1))
            && pending.windows(2).all(|w| w.first().zip(w.last()).is_some_and(|(a, b)| b - a == 1));
        if block {
            return true;
        }
        let label = label_of(scan, last);
        let spaced = pending.iter().all(|l| scan.text(*l).ends_with("   "));
        is_total(label.trim()) || wider && pending.len() > 1 && !spaced
    }

    /// Makes the label of the next row, and rows without values, of the lines of words that wait.
    fn labels(
        &self,
        scan: &Scan,
        rows: &mut Vec<FlatRow>,
        pending: &mut Vec<usize>,
        next: Option<FlatRow>,
        spaced: bool,
    ) {
        let mut chunks: Vec<Vec<usize>> = Vec::new();
        for line in pending.drain(..) {
            match chunks.last_mut() {
                Some(chunk) if chunk.last() == Some(&(line - 1)) => chunk.push(line),
                _ => chunks.push(vec![line]),
            }
        }
        let whole = |line: usize| (line, 0..scan.text(line).len());
        let own = if next.is_none() { chunks.pop() } else { None };
        for line in chunks.into_iter().flatten() {
            rows.push(FlatRow { label: vec![whole(line)], ..FlatRow::default() });
        }
        if let Some(mut row) = next {
            wrap(scan, rows, &mut row, spaced);
            rows.push(row);
        } else if let Some(own) = own {
            rows.push(FlatRow { label: own.into_iter().map(whole).collect(), ..FlatRow::default() });
        }
    }

    /// Reports lines of figures that could not be read, where there are enough of them to have been a table.
    fn doubt(&self, scan: &mut Scan, range: Range<usize>) {
        let data = |c: &&LineClass| matches!(c, LineClass::Row(_) | LineClass::Values);
        let lines = self.classes.get(range.clone()).unwrap_or(&[]).iter().filter(data).count();
        let figures = |at: usize| values_of(scan.text(self.first + at));
        if lines < 3 || range.clone().take(100).map(figures).sum::<usize>() < 6 {
            return;
        }
        let place = scan
            .lines
            .get(self.first + range.start)
            .zip(scan.lines.get(self.first + range.end - 1))
            .map(|(a, b)| crate::table::cut::whole(a).whole().to(crate::table::cut::whole(b).whole()));
        scan.diagnostics.push(Diagnostic {
            code: "unresolved-table",
            severity: Severity::Warning,
            message: format!(
                "{lines} lines of figures look like a table whose rows and columns could not be told"
            ),
            place,
        });
    }
}

/// Takes the lines right above, if they hold only words, into the label of a row that continues them. They belong to
/// it where it begins with a small letter, where they need a continuation, and where blank lines stand between the
/// rows (`spaced`) but not here.
pub(crate) fn wrap(scan: &Scan, rows: &mut Vec<FlatRow>, row: &mut FlatRow, spaced: bool) {
    while row.label.len() < LONGEST_LABEL {
        let Some((line, range)) = row.label.first().cloned() else { return };
        let Some((above, words)) =
            rows.last().filter(|r| r.values.is_empty()).and_then(|r| r.label.last().cloned())
        else {
            return;
        };
        let text = scan.text(line).get(range).unwrap_or("");
        let before = scan.text(above).trim_end();
        let hanging = before.rsplit(' ').next().is_some_and(hangs);
        if above + 1 != line || !(spaced || text.trim_start().starts_with(char::is_lowercase) || hanging) {
            return;
        }
        row.label.insert(0, (above, words));
        rows.pop();
    }
}

fn label_of(scan: &Scan, row: &FlatRow) -> String {
    row.label
        .iter()
        .filter_map(|(line, range)| scan.text(*line).get(range.clone()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A row that stands on one line.
fn row(scan: &Scan, line: usize, label: usize) -> FlatRow {
    let (units, trailing) = units(scan.text(line));
    let start = units.first().map_or(0, |u| u.range.start);
    let end = units.get(label.saturating_sub(1)).map_or(0, |u| u.range.end);
    let values: Vec<FlatValue> =
        units.into_iter().skip(label).map(|u| FlatValue { line, range: u.range, gap: Some(u.gap) }).collect();
    FlatRow { label: vec![(line, start..end)], groups: vec![values.len()], values, trailing }
}

/// Adds a line of figures to the last row, or begins a row without a label.
fn extend(scan: &Scan, rows: &mut Vec<FlatRow>, line: usize, widest: usize) {
    let (units, trailing) = units(scan.text(line));
    let full =
        |row: &FlatRow| !row.values.is_empty() && widest > 1 && row.values.len() + units.len() > widest;
    if rows.last().is_none_or(full) {
        rows.push(FlatRow::default());
    }
    let Some(row) = rows.last_mut() else { return };
    row.groups.push(units.len());
    row.trailing = trailing;
    row.values.extend(units.into_iter().enumerate().map(|(at, u)| FlatValue {
        line,
        range: u.range,
        gap: (at > 0).then_some(u.gap),
    }));
}
