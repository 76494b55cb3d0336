//! Splits cells that run together without a separator ("Total591666"). They are split only where the totals across or
//! down allow one way.

use super::find::Scan;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::table::{Form, Table};
use crate::model::text::Passage;
use crate::table::cut::{Cutter, whole};
use crate::table::draft::Draft;
use crate::table::totals::is_total;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A label with the figures that are glued to it.
struct Glued {
    line: usize,
    label: Range<usize>,
    tail: Range<usize>,
}

/// A way to cut the glued figures: where each value stands, and what it is.
type Way = Vec<(Range<usize>, GluedValue)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GluedValue {
    Count(u64),
    Percent(u64),
    /// The mark "n/a".
    None,
}

impl GluedValue {
    fn count(self) -> Option<u64> {
        if let GluedValue::Count(n) = self { Some(n) } else { None }
    }
}

const MOST_COLUMNS: usize = 8;
const MOST_ROWS: usize = 16;
const MOST_WAYS: usize = 4_000;
const MOST_STEPS: usize = 50_000;

/// Takes every table whose cells run together and can be separated.
pub(crate) fn scan(scan: &mut Scan) {
    scan.go_over(|scan, at, end| {
        let rows = stretch(scan, at..end);
        let end = rows.last().map_or(at + 1, |row| row.line + 1);
        if rows.len() > 1 {
            take(scan, at, end, &rows);
        }
        end
    });
}

fn stretch(scan: &Scan, range: Range<usize>) -> Vec<Glued> {
    let mut rows = Vec::new();
    for at in range {
        match glued(scan.text(at), at) {
            Some(row) => rows.push(row),
            None if scan.blank(at) && !rows.is_empty() && !scan.blank(at + 1) => {}
            None => break,
        }
    }
    rows
}

/// Splits a line into its label and the figures glued to it: "Statutory complaints54n/a660".
fn glued(text: &str, line: usize) -> Option<Glued> {
    let body = text.trim_end();
    if body.len() > 120 {
        return None;
    }
    let mut start = body.len();
    loop {
        let left = body.get(..start)?;
        if left.ends_with(|c: char| c.is_ascii_digit() || c == '%') {
            start -= 1;
        } else if left.ends_with("n/a") && start < body.len() {
            start -= 3;
        } else {
            break;
        }
    }
    let (label, tail) = (body.get(..start)?, body.get(start..)?);
    let letters = label.ends_with(|c: char| c.is_alphabetic() || c == ')') && label.trim().len() > 3;
    (letters && !tail.is_empty() && tail.len() <= 24 && !label.contains(['|', '\t', '/', ':']))
        .then_some(Glued { line, label: 0..start, tail: start..body.len() })
}

fn take(scan: &mut Scan, start: usize, end: usize, rows: &[Glued]) {
    let table = solve(scan, rows, start).and_then(|ways| build(scan, start, rows, ways));
    if let Some((table, first)) = table {
        return scan.add(table, first..end, Vec::new());
    }
    let label = |r: &Glued| scan.text(r.line).get(r.label.clone()).unwrap_or("").to_string();
    let total = rows.iter().any(|r| r.tail.len() > 2 && is_total(&label(r)));
    let place = scan
        .lines
        .get(start)
        .zip(scan.lines.get(end - 1))
        .map(|(a, b)| whole(a).whole().to(whole(b).whole()));
    if total {
        scan.diagnostics.push(Diagnostic {
            code: "unresolved-table",
            severity: Severity::Warning,
            message: format!(
                "the figures of {} lines run together and no total tells them apart",
                rows.len()
            ),
            place,
        });
    }
}

/// The only way to cut all rows into the same number of values so that rows and columns meet their totals. Totals
/// across are tried before totals down alone, because they tell more.
fn solve(scan: &Scan, rows: &[Glued], start: usize) -> Option<Vec<Way>> {
    if rows.len() > MOST_ROWS || rows.iter().all(|r| r.tail.len() < 2) {
        return None;
    }
    let label = |r: &Glued| scan.text(r.line).get(r.label.clone()).unwrap_or("");
    let total = rows.last().is_some_and(|r| is_total(label(r)));
    let widths: Vec<usize> =
        (2..=MOST_COLUMNS).filter(|cols| heads(scan, start, cols + 1).is_some()).collect();
    let widths = if widths.is_empty() { (2..=MOST_COLUMNS).collect() } else { widths };
    for across in [true, false] {
        let mut found = Vec::new();
        for cols in widths.iter().copied().filter(|cols| if across { *cols > 2 } else { total }) {
            let options: Vec<Vec<Way>> =
                rows.iter().map(|r| ways(scan.text(r.line), &r.tail, cols, across)).collect::<Option<_>>()?;
            let mut search =
                CutSearch { options: &options, total, cols, path: Vec::new(), found: Vec::new(), steps: 0 };
            search.go(vec![0; cols]);
            if search.steps >= MOST_STEPS {
                return None;
            }
            found.extend(search.found);
        }
        if let [one] = found.as_slice() {
            return Some(one.clone());
        }
        if !found.is_empty() {
            return None;
        }
    }
    None
}

/// Every way to cut glued figures into values. With `across`, only those whose last value is the sum of the others.
fn ways(text: &str, tail: &Range<usize>, cols: usize, across: bool) -> Option<Vec<Way>> {
    let mut ways = Vec::new();
    let mut open: Vec<(Way, usize)> = vec![(Vec::new(), tail.start)];
    let mut steps = 0;
    while let Some((way, at)) = open.pop() {
        steps += 1;
        if steps > MOST_WAYS * 4 || ways.len() > MOST_WAYS {
            return None;
        }
        if way.len() == cols {
            let sum: u64 = way.iter().take(cols - 1).filter_map(|(_, v)| v.count()).sum();
            let meets = way.last().is_some_and(|(_, v)| *v == GluedValue::Count(sum));
            if at == tail.end && (!across || meets) {
                ways.push(way);
            }
            continue;
        }
        let rest = text.get(at..tail.end)?;
        let mut push = |length: usize, value: GluedValue| {
            let mut next = way.clone();
            next.push((at..at + length, value));
            open.push((next, at + length));
        };
        if rest.starts_with("n/a") {
            push(3, GluedValue::None);
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count().min(5);
        let digits = if rest.starts_with('0') { digits.min(1) } else { digits };
        for length in 1..=digits {
            let Some(number) = rest.get(..length).and_then(|d| d.parse().ok()) else { continue };
            if rest.get(length..).is_some_and(|r| r.starts_with('%')) {
                push(length + 1, GluedValue::Percent(number));
            } else {
                push(length, GluedValue::Count(number));
            }
        }
    }
    Some(ways)
}

struct CutSearch<'a> {
    options: &'a [Vec<Way>],
    total: bool,
    cols: usize,
    path: Vec<usize>,
    found: Vec<Vec<Way>>,
    steps: usize,
}

impl CutSearch<'_> {
    /// Searches depth first over the rows. `sums` are those of the columns so far.
    fn go(&mut self, sums: Vec<u64>) {
        self.steps += 1;
        if self.steps >= MOST_STEPS || self.found.len() > 1 {
            return;
        }
        let options = self.options;
        let depth = self.path.len();
        let Some(ways) = options.get(depth) else {
            let chosen =
                self.path.iter().zip(options).filter_map(|(at, ways)| ways.get(*at).cloned()).collect();
            self.found.push(chosen);
            return;
        };
        for (at, way) in ways.iter().enumerate() {
            let last = self.total && depth + 1 == options.len();
            if last && !self.meets(way, &sums) {
                continue;
            }
            let add = |(sum, (_, value)): (&u64, &(Range<usize>, GluedValue))| match value {
                GluedValue::Count(n) | GluedValue::Percent(n) => sum + n,
                GluedValue::None => *sum,
            };
            let next = sums.iter().zip(way).map(add).collect();
            self.path.push(at);
            self.go(next);
            self.path.pop();
        }
    }

    /// Whether a row of totals is the sum of the rows above. Shares may be off by their rounding, and their total is
    /// 100.
    fn meets(&self, way: &Way, sums: &[u64]) -> bool {
        way.len() == self.cols
            && way.iter().zip(sums).all(|((_, value), sum)| match value {
                GluedValue::Count(n) => n == sum,
                GluedValue::Percent(n) => n.abs_diff(*sum) <= self.options.len() as u64,
                GluedValue::None => *sum == 0,
            })
    }
}

fn build(scan: &Scan, start: usize, rows: &[Glued], ways: Vec<Way>) -> Option<(Table, usize)> {
    let cols = ways.first()?.len() + 1;
    let mut grid: Vec<Vec<Passage>> = Vec::new();
    let mut first = start;
    if let Some((line, head)) = heads(scan, start, cols) {
        grid.push(head);
        first = line;
    }
    let header_rows = Some(grid.len());
    for (row, way) in rows.iter().zip(ways) {
        let mut cutter = Cutter::new(scan.lines.get(row.line)?);
        let mut cells = vec![cutter.cut(row.label.clone())];
        cells.extend(way.into_iter().map(|(range, _)| cutter.cut(range)));
        grid.push(cells);
    }
    let draft = Draft { rows: grid, header_rows, header_cols: Some(1), ..Draft::default() };
    Some((draft.finish(Form::RunTogether)?, first))
}

/// A year in two numbers within a head.
static PERIOD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?-u)20\d\d[/-](?:20\d\d|\d\d)").ok());

/// The heads in the line above, cut where a small letter or digit meets a capital, if there are as many as columns.
fn heads(scan: &Scan, start: usize, cols: usize) -> Option<(usize, Vec<Passage>)> {
    let line = (start.saturating_sub(2)..start).rev().find(|at| !scan.blank(*at))?;
    let text = scan.text(line);
    if text.len() > 200 {
        return None;
    }
    let mut cuts: Vec<usize> = PERIOD.as_ref()?.find_iter(text).flat_map(|m| [m.start(), m.end()]).collect();
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        if c.is_uppercase() && (last.is_lowercase() || last.is_ascii_digit() || matches!(last, ')' | '%')) {
            cuts.push(at);
        }
        last = c;
    }
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let ranges = cuts.windows(2).filter_map(|w| Some(*w.first()?..*w.last()?));
    let mut cutter = Cutter::new(scan.lines.get(line)?);
    let mut cells: Vec<Passage> = ranges.map(|r| cutter.cut(r)).collect();
    if cells.len() + 1 == cols {
        cells.insert(0, Passage::default());
    }
    (cells.len() == cols).then_some((line, cells))
}
