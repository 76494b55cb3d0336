//! Reads tables as the structure tree of the file has them, where the page agrees: every word in the table's area is
//! in one of its cells, rows stand below each other, and columns beside each other.

use super::pieces::Piece;
use super::settings::SETTINGS;
use super::{DrawnCell, DrawnTable, pieces};
use crate::layout::printed::Printed;
use crate::model::canvas::TaggedTable;
use crate::model::geometry::{Rect, cover};
use crate::model::table::Form;
use std::collections::{HashMap, HashSet};

/// The tagged tables of a page that agree with it.
pub(crate) fn tagged(page: &Printed, pieces: &[Piece]) -> Vec<DrawnTable> {
    if page.tagged.is_empty() {
        return Vec::new();
    }
    let mut words: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, word) in page.words.iter().enumerate() {
        let mut mcids = page.chars(word).map(|g| g.mcid);
        let first = mcids.next().flatten();
        // A word that consists of two pieces of content belongs to neither.
        if let Some(mcid) = first.filter(|mcid| mcids.all(|m| m == Some(*mcid))) {
            words.entry(mcid).or_default().push(index);
        }
    }
    page.tagged.iter().filter_map(|table| one(page, pieces, table, &words)).collect()
}

/// A cell in the grid, with its words.
struct Placed {
    row: usize,
    col: usize,
    row_span: usize,
    col_span: usize,
    words: Vec<usize>,
    area: Rect,
}

fn one(
    page: &Printed,
    pieces: &[Piece],
    table: &TaggedTable,
    words: &HashMap<u32, Vec<usize>>,
) -> Option<DrawnTable> {
    let heads = table.rows.iter().take_while(|row| row.iter().all(|c| c.header)).count();
    if table.continued && heads == 0 {
        // The heads were printed again on this page, and only the first print is tagged.
        return None;
    }
    let (placed, rows, cols) = place(page, table, words)?;
    let area = cover(placed.iter().map(|c| c.area))?;
    let sound = rows >= 2
        && cols >= 2
        && placed.len() >= 4
        && is_broad(&placed, rows)
        && holds_all(page, &placed, area)
        && are_apart(
            &placed,
            rows,
            |c| (c.row, c.row_span),
            |r| (r.y0 + 0.2 * r.height(), r.y1 - 0.2 * r.height()),
        )
        && are_apart(&placed, cols, |c| (c.col, c.col_span), |r| (r.x0, r.x1));
    if !sound {
        return None;
    }
    let cells = placed.into_iter().map(|cell| {
        let lines = pieces::rows(pieces, cell.words.iter().copied());
        let lines = lines.into_iter().map(|l| l.members).collect();
        DrawnCell { row: cell.row, col: cell.col, row_span: cell.row_span, col_span: cell.col_span, lines }
    });
    let mut cells: Vec<DrawnCell> = cells.collect();
    cells.sort_by_key(|c| (c.row, c.col));
    Some(DrawnTable {
        area,
        form: Form::Tagged,
        reasons: vec!["its producer tagged it as a table", "its tags agree with where its words stand"],
        rows,
        cols,
        header_rows: (heads > 0 && heads < rows).then_some(heads),
        cells,
        contradictions: Vec::new(),
    })
}

/// Puts the cells that hold words into a grid. Returns them with its size; `None` where content is used twice.
fn place(
    page: &Printed,
    table: &TaggedTable,
    words: &HashMap<u32, Vec<usize>>,
) -> Option<(Vec<Placed>, usize, usize)> {
    let rows = table.rows.len();
    let mut taken: HashSet<(usize, usize)> = HashSet::new();
    let mut used: HashSet<u32> = HashSet::new();
    let mut placed = Vec::new();
    let mut cols = 0;
    for (row, cells) in table.rows.iter().enumerate() {
        let mut col = 0;
        for cell in cells {
            while taken.contains(&(row, col)) {
                col += 1;
            }
            let (row_span, col_span) = (cell.row_span.min(rows - row), cell.col_span);
            for r in row..row + row_span {
                taken.extend((col..col + col_span).map(|c| (r, c)));
            }
            if taken.len() > SETTINGS.max_tagged_positions
                || !cell.mcids.iter().all(|mcid| used.insert(*mcid))
            {
                return None;
            }
            let own: Vec<usize> = cell.mcids.iter().filter_map(|m| words.get(m)).flatten().copied().collect();
            let area = cover(own.iter().filter_map(|i| page.words.get(*i)).map(|w| w.area));
            if let Some(area) = area {
                placed.push(Placed { row, col, row_span, col_span, words: own, area });
            }
            col += col_span;
            cols = cols.max(col);
        }
    }
    Some((placed, rows, cols))
}

/// Whether most rows have cells side by side.
fn is_broad(placed: &[Placed], rows: usize) -> bool {
    let mut counts = vec![0usize; rows];
    for cell in placed {
        for count in counts.iter_mut().skip(cell.row).take(cell.row_span) {
            *count += 1;
        }
    }
    counts.iter().filter(|c| **c >= 2).count() * 2 >= rows
}

/// Whether every word in the area of the table is in one of its cells.
fn holds_all(page: &Printed, placed: &[Placed], area: Rect) -> bool {
    let own: HashSet<usize> = placed.iter().flat_map(|c| c.words.iter().copied()).collect();
    let outside = |(index, word): (usize, &crate::layout::printed::Word)| {
        !own.contains(&index) && area.holds(word.area.mid_x(), word.area.mid_y())
    };
    !page.words.iter().enumerate().any(outside)
}

/// Whether the rows (or columns) of cells that span only one follow each other without overlap, and cells that span
/// several stay within theirs.
fn are_apart(
    placed: &[Placed],
    count: usize,
    line: impl Fn(&Placed) -> (usize, usize),
    reach: impl Fn(Rect) -> (f32, f32),
) -> bool {
    let mut bands: Vec<Option<(f32, f32)>> = vec![None; count];
    for cell in placed.iter().filter(|c| line(c).1 == 1) {
        let (from, to) = reach(cell.area);
        let Some(band) = bands.get_mut(line(cell).0) else { return false };
        *band = Some(band.map_or((from, to), |(a, b)| (a.min(from), b.max(to))));
    }
    let known: Vec<(f32, f32)> = bands.iter().flatten().copied().collect();
    let ordered = known.windows(2).all(|pair| match pair {
        [(_, end), (start, _)] => *end <= *start + SETTINGS.max_tagged_overlap,
        _ => true,
    });
    // A cell that spans several rows does not reach into those before and after them.
    let within = placed.iter().filter(|c| line(c).1 > 1).all(|cell| {
        let (at, span) = line(cell);
        let (from, to) = reach(cell.area);
        let before =
            bands.iter().take(at).flatten().all(|(_, end)| *end <= from + SETTINGS.max_tagged_overlap);
        let after = bands
            .iter()
            .skip(at + span)
            .flatten()
            .all(|(start, _)| to <= *start + SETTINGS.max_tagged_overlap);
        before && after
    });
    ordered && within
}
