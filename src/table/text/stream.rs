//! Reads tables with pipes whose cells end at the ends of lines, or that have no row breaks at all. The head row
//! tells the number of columns, or else the places where words and figures alternate.

use crate::lex::{CellKind, is_year};
use crate::model::table::{Form, Reach, Table};
use crate::model::text::{Line, Passage};
use crate::table::cut::{Cutter, between};
use crate::table::draft::Draft;

/// Tables with more columns than this are not looked for.
const MOST_COLUMNS: usize = 24;

/// Reads a stretch of lines as one stream of cells.
pub(crate) fn read(lines: &[Line]) -> Option<Table> {
    let (mut cells, first) = cells(lines);
    let rule = rule(&mut cells, first);
    let kinds: Vec<CellKind> = cells.iter().map(kind).collect();
    let (cols, heads) = rule.or_else(|| columns(&kinds, first))?;
    let mut stream = cells.into_iter();
    let mut rows: Vec<Vec<Passage>> = Vec::new();
    let mut title = None;
    let mut reaches = Vec::new();
    let over = [cols - 1, cols]
        .into_iter()
        .find(|lower| heads > *lower + 1 && (cols - 1) % (heads - lower) == 0 && heads - lower < cols - 1);
    if let Some(lower) = over {
        let upper = heads - lower;
        let span = (cols - 1) / upper;
        let mut row = vec![Passage::default(); cols];
        for (at, cell) in stream.by_ref().take(upper).enumerate() {
            reaches.push(Reach { row: 0, col: 1 + at * span, row_span: 1, col_span: span });
            if let Some(slot) = row.get_mut(1 + at * span) {
                *slot = cell;
            }
        }
        rows.push(row);
    } else if heads > cols {
        title = stream.next();
    }
    let lower = over.unwrap_or(heads.min(cols));
    rows.push(stream.by_ref().take(lower).collect());
    loop {
        let row: Vec<Passage> = stream.by_ref().take(cols).collect();
        if row.is_empty() {
            break;
        }
        rows.push(row);
    }
    if heads == 0 {
        rows.remove(0);
    }
    let header_rows = Some(if heads == 0 { 0 } else { 1 + usize::from(over.is_some()) });
    let header_cols = Some(1);
    Draft { rows, title, reaches, header_rows, header_cols, ..Draft::default() }.finish(Form::PipeStream)
}

fn kind(cell: &Passage) -> CellKind {
    if is_year(&cell.text) { CellKind::Period } else { CellKind::of(&cell.text) }
}

/// Every cell of the stream, and how many of them stand on the first line. A cell ends at a pipe, and not at the end
/// of a line.
fn cells(lines: &[Line]) -> (Vec<Passage>, usize) {
    let mut cells = Vec::new();
    let mut open = Passage::default();
    let mut first = 0;
    for (at, line) in lines.iter().enumerate() {
        let mut cutter = Cutter::new(line);
        let ranges = between(&line.text, |c| c == '|');
        let last = ranges.len() - 1;
        for (piece, range) in ranges.into_iter().enumerate() {
            let leads = piece == 0 && last > 0 && open.is_empty() && cells.is_empty();
            cutter.push(&mut open, range);
            if piece < last && !(leads && open.is_empty()) {
                cells.push(std::mem::take(&mut open));
            }
        }
        if at == 0 {
            first = cells.len() + usize::from(!open.is_empty());
        }
    }
    if !open.is_empty() {
        cells.push(open);
    }
    (cells, first)
}

/// Finds a rule of dashes in the stream, which tells the number of columns. It is taken out, and so are the empty
/// cells between rows.
fn rule(cells: &mut Vec<Passage>, first: usize) -> Option<(usize, usize)> {
    let dashes = |c: &Passage| {
        c.text.len() >= 2 && c.text.bytes().all(|b| matches!(b, b'-' | b':')) && c.text.contains("--")
    };
    let start = cells.iter().take(1000).position(dashes)?;
    let cols = cells.iter().skip(start).take_while(|c| dashes(c)).count();
    let spaced = cells.get(start + cols).is_some_and(Passage::is_empty) && start == cols + 1 && first > cols;
    if !(2..=MOST_COLUMNS).contains(&cols) || start > cols + 1 || start == 0 {
        return None;
    }
    cells.drain(start..start + cols + usize::from(spaced));
    if spaced {
        let mut at = 0;
        cells.retain(|_| {
            at += 1;
            at % (cols + 1) != 0
        });
    }
    Some((cols, start.min(cols)))
}

/// The number of columns, and the number of cells that are heads.
fn columns(kinds: &[CellKind], first: usize) -> Option<(usize, usize)> {
    let lead = kinds.iter().position(|k| k.is_value())?.checked_sub(1)?;
    let fits = |cols: usize, heads: usize| {
        let rest = kinds.get(heads..)?;
        let rows = rest.len() / cols;
        let clean = rest.chunks(cols).filter(|row| {
            row.first().is_some_and(|k| !k.is_value()) && row.iter().skip(1).any(|k| k.is_value())
        });
        (rows >= 1 && (rest.len() % cols == 0 || rows >= 4)).then(|| clean.count() * 100 / (rows + 1).max(1))
    };
    let mut best: Option<(usize, (usize, usize))> = None;
    let mut offer = |cols: usize, heads: usize, bonus: usize| {
        if (2..=MOST_COLUMNS).contains(&cols)
            && let Some(score) = fits(cols, heads)
            && score > 30
            && best.is_none_or(|(s, _)| score + bonus > s)
        {
            best = Some((score + bonus, (cols, heads)));
        }
    };
    if first >= 1 && first <= lead {
        offer(first, first, 20);
        offer(first + 1, first, 10);
    }
    for cols in 2..=MOST_COLUMNS.min(kinds.len()) {
        for heads in [cols, cols + 1, cols - 1, 0] {
            if heads == lead {
                offer(cols, heads, usize::from(heads == cols) * 5);
            }
        }
    }
    // There may be an upper row of heads, each over the same number of lower ones.
    for cols in 3..=MOST_COLUMNS.min(lead) {
        for (heads, upper) in [(cols - 1, lead - (cols - 1)), (cols, lead - cols)] {
            if upper > 1 && upper < heads && (cols - 1) % upper == 0 {
                offer(cols, lead, 0);
            }
        }
    }
    best.map(|(_, found)| found)
}
