//! Finds where tables may be: in nets of crossing lines, in bands between level lines of one width, and in lines of
//! text whose gaps stand below each other.

use super::columns::{gutters, telling, values};
use super::edges::{Edge, Edges};
use super::grid::Region;
use super::lattice::{DrawnBox, Lattice};
use super::pieces::{Chunk, Class, Piece, Row, chunks, row_runs, rows};
use super::settings::SETTINGS;
use super::stretch::stretch;
use crate::model::geometry::Rect;
use crate::pack::pack;
use crate::table::begins_caption;
use std::ops::Range;

/// The region of a net of crossing lines.
pub(crate) fn of_lattice(lattice: &Lattice, edges: &Edges) -> Region {
    Region {
        area: lattice.area,
        xs: lattice.xs.clone(),
        ys: lattice.ys.clone(),
        boxes: lattice.boxes.clone(),
        underlines: within(edges, lattice.area),
        captioned: false,
    }
}

/// The level lines within an area that do not cross all of it.
fn within(edges: &Edges, area: Rect) -> Vec<Edge> {
    let (around, whole) = (area.grown(SETTINGS.max_rule_outset), SETTINGS.max_underline_part * area.width());
    let inside = |e: &&Edge| {
        around.y0 <= e.at
            && e.at <= around.y1
            && e.from >= around.x0
            && e.to <= around.x1
            && e.length() < whole
    };
    edges.level.iter().filter(inside).copied().collect()
}

/// A region without upright lines. Each of its bands is one drawn cell.
pub(crate) fn banded(area: Rect, ys: Vec<f32>, edges: &Edges) -> Region {
    let boxes =
        (0..ys.len().saturating_sub(1)).map(|row| DrawnBox { col: 0, col_end: 1, row, row_end: row + 1 });
    let (xs, underlines) = (vec![area.x0, area.x1], within(edges, area));
    Region { area, xs, ys, boxes: boxes.collect(), underlines, captioned: false }
}

/// A level line, which may be drawn in several pieces.
#[derive(Clone, Copy, Debug)]
struct Stroke {
    at: f32,
    from: f32,
    to: f32,
    /// Whether it is the side of filled areas.
    fill: bool,
}

/// The level lines of a page that are long enough to bound a table, from top to bottom.
fn strokes(edges: &Edges) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::new();
    for edge in &edges.level {
        match strokes.last_mut() {
            Some(last)
                if (edge.at - last.at).abs() < SETTINGS.same_height
                    && edge.from - last.to < SETTINGS.max_column_break =>
            {
                last.from = last.from.min(edge.from);
                last.to = last.to.max(edge.to);
                last.fill &= edge.fill;
            }
            _ => strokes.push(Stroke { at: edge.at, from: edge.from, to: edge.to, fill: edge.fill }),
        }
    }
    strokes.retain(|s| s.to - s.from > SETTINGS.min_stroke);
    strokes
}

/// Regions between level lines of one width, with text in columns between these.
pub(crate) fn between_lines(pieces: &[Piece], free: &[usize], edges: &Edges) -> Vec<Region> {
    let mut left = strokes(edges);
    let mut regions = Vec::new();
    while let Some(first) = left.first().copied() {
        let same = |s: &Stroke| {
            (s.from - first.from).abs() < SETTINGS.same_end && (s.to - first.to).abs() < SETTINGS.same_end
        };
        let group: Vec<Stroke> = left.iter().filter(|s| same(s)).copied().collect();
        left.retain(|s| !same(s));
        if group.len() >= 2 {
            regions.extend(runs(pieces, free, &group, edges));
        }
    }
    regions
}

/// Cuts the bands between level lines of one width into regions that hold columns.
fn runs(pieces: &[Piece], free: &[usize], group: &[Stroke], edges: &Edges) -> Vec<Region> {
    let x0 = group.iter().map(|s| s.from).fold(f32::MAX, f32::min);
    let x1 = group.iter().map(|s| s.to).fold(f32::MIN, f32::max);
    let mut kinds = Vec::new();
    for pair in group.windows(2) {
        let [top, bottom] = pair else { continue };
        let area = Rect { x0, y0: top.at, x1, y1: bottom.at };
        let members: Vec<usize> = free
            .iter()
            .copied()
            .filter(|i| {
                pieces.get(*i).is_some_and(|p| {
                    area.grown(SETTINGS.same_height)
                        .holds(p.area.mid_x(), p.base - SETTINGS.letter_middle * p.size)
                })
            })
            .collect();
        kinds.push(kind(pieces, &rows(pieces, members), area));
    }
    let mut regions = Vec::new();
    let mut at = 0;
    while at < kinds.len() {
        // A region consists of bands with heads and bands with columns. It must have one with columns.
        let end = (at..kinds.len()).find(|k| kinds.get(*k) == Some(&Band::Other)).unwrap_or(kinds.len());
        let run = kinds.get(at..end).unwrap_or_default();
        if run.contains(&Band::Columns) {
            let first = at + run.iter().position(|k| *k != Band::Empty).unwrap_or(0);
            let last = at + run.iter().rposition(|k| *k != Band::Empty).unwrap_or(0);
            let strokes = group.get(first..=last + 1).unwrap_or_default();
            let mut ys: Vec<f32> = strokes.iter().map(|s| s.at).collect();
            ys.extend(white_band(pieces, free, strokes, (x0, x1)));
            if let (Some(y0), Some(y1)) = (ys.first().copied(), ys.last().copied()) {
                let area = Rect { x0, y0, x1, y1 };
                if !are_labels_outside(pieces, free, area) {
                    regions.push(banded(area, ys, edges));
                }
            }
        }
        at = end + 1;
    }
    regions
}

/// Whether the labels of rows stand left of the lines: accounts rule only their columns of figures, and such lines underline heads and
/// totals and bound no table. So it is where the rows between the lines have no label there, and most have words left of it.
fn are_labels_outside(pieces: &[Piece], free: &[usize], ruled: Rect) -> bool {
    let between = |i: &usize| {
        pieces.get(*i).is_some_and(|p| {
            let y = p.base - SETTINGS.letter_middle * p.size;
            !p.turned && ruled.y0 < y && y < ruled.y1 && p.area.mid_x() < ruled.x1
        })
    };
    let (mut bare, mut labelled) = (0, 0);
    for line in rows(pieces, free.iter().copied().filter(between)) {
        let runs = row_runs(pieces, &line);
        let (left, inside): (Vec<_>, Vec<_>) = runs.iter().partition(|run| run.area.mid_x() < ruled.x0);
        let figure = |p: &Piece| p.is_figure() || matches!(p.class, Class::Void | Class::Affix);
        let is_word = |run: &Chunk<'_>| !run.members.iter().filter_map(|i| pieces.get(*i)).all(figure);
        if inside.first().is_some_and(|first| !is_word(first)) {
            bare += 1;
            labelled += usize::from(left.last().is_some_and(|run| is_word(run) && run.area.x1 < ruled.x0));
        }
    }
    bare >= SETTINGS.min_labelled && labelled as f32 >= SETTINGS.min_labelled_part * bare as f32
}

/// Where every other row is filled, the last row may be white and have no line below it. This returns where such a
/// row ends.
fn white_band(pieces: &[Piece], free: &[usize], strokes: &[Stroke], (x0, x1): (f32, f32)) -> Option<f32> {
    let [.., above, last] = strokes else { return None };
    let height = last.at - above.at;
    if strokes.len() < 4 || !strokes.iter().all(|s| s.fill) {
        return None;
    }
    let area = Rect { x0, y0: last.at, x1, y1: last.at + SETTINGS.max_white_row * height };
    let inside = |i: &usize| {
        pieces.get(*i).is_some_and(|p| area.holds(p.area.mid_x(), p.base - SETTINGS.letter_middle * p.size))
    };
    let lines = rows(pieces, free.iter().copied().filter(inside));
    let row = lines.first().filter(|_| lines.len() == 1)?;
    (row_runs(pieces, row).len() >= 2).then_some(last.at + height)
}

/// What stands between two level lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Band {
    Empty,
    /// A few lines, which can be heads or a total.
    Few,
    /// Lines in columns.
    Columns,
    Other,
}

fn kind(pieces: &[Piece], lines: &[Row], area: Rect) -> Band {
    if lines.is_empty() {
        return if area.height() < SETTINGS.max_empty_band { Band::Empty } else { Band::Other };
    }
    let several = lines.iter().filter(|r| row_runs(pieces, r).len() >= 2).count();
    let told: Vec<&Row> = telling(pieces, lines).iter().filter_map(|r| lines.get(*r)).collect();
    let found = gutters(pieces, &told, area.x0, area.x1).len();
    if lines.len() <= SETTINGS.max_few_lines && area.height() < SETTINGS.max_few_height {
        return if several > 0 {
            if several * 2 >= lines.len() && found > 0 && lines.len() > 1 { Band::Columns } else { Band::Few }
        } else if lines.len() <= 2 {
            Band::Few
        } else {
            Band::Other
        };
    }
    if found > 0 && told.len() >= 2 && told.len() * 2 >= lines.len() && !is_prose(pieces, &told) {
        Band::Columns
    } else {
        Band::Other
    }
}

/// Whether lines are running text in columns: few numbers, many words in each run, and most lines full.
pub(crate) fn is_prose(pieces: &[Piece], lines: &[&Row]) -> bool {
    let by_line: Vec<_> = lines.iter().map(|r| row_runs(pieces, r)).collect();
    let runs: usize = by_line.iter().map(Vec::len).sum();
    let words: usize = by_line.iter().flatten().map(|c| c.members.len()).sum();
    let numbers: usize = lines.iter().map(|r| values(pieces, r)).sum();
    let full = |last: bool| {
        let own = || by_line.iter().filter_map(|l| if last { l.last() } else { l.first() });
        let right = own().map(|c| c.area.x1).fold(f32::MIN, f32::max);
        let left = own().map(|c| c.area.x0).fold(f32::MAX, f32::min);
        let count = own().filter(|c| c.area.width() > SETTINGS.min_full_line * (right - left)).count();
        count * 2 >= by_line.len()
    };
    runs > 0 && words > runs * 5 && numbers * 12 < words && (full(false) || full(true))
}

/// Regions of lines whose gaps stand below each other, where nothing is drawn.
pub(crate) fn aligned(pieces: &[Piece], free: &[usize], edges: &Edges) -> Vec<Region> {
    let upright: Vec<usize> =
        free.iter().copied().filter(|i| pieces.get(*i).is_some_and(|p| !p.turned)).collect();
    let lines = rows(pieces, upright);
    if let Some((side_by_side, wall)) = captioned(pieces, &lines) {
        let members =
            |lines: &[Row]| lines.iter().flat_map(|r| r.members.iter().copied()).collect::<Vec<_>>();
        let middle = members(lines.get(side_by_side.clone()).unwrap_or_default());
        let is_left = |i: &usize| pieces.get(*i).is_some_and(|p| p.area.mid_x() < wall);
        let (left, right): (Vec<usize>, Vec<usize>) = middle.into_iter().partition(is_left);
        let above = members(lines.get(..side_by_side.start).unwrap_or_default());
        let below = members(lines.get(side_by_side.end..).unwrap_or_default());
        return [above, left, right, below].iter().flat_map(|part| aligned(pieces, part, edges)).collect();
    }
    let mut regions = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let caption = |row: &Row| row_runs(pieces, row).first().is_some_and(|run| is_caption(pieces, run));
        let end = stretch(pieces, &lines, at).filter(|_| !lines.get(at).is_some_and(caption));
        let Some(end) = end else {
            at += 1;
            continue;
        };
        let block = lines.get(at..end).unwrap_or_default();
        let heads = below_caption(pieces, &lines, at);
        if let Some(wall) = wall(pieces, block).filter(|_| heads.is_none()) {
            // In text that is set in two columns, each column may hold tables of its own.
            let side = |left: bool| -> Vec<usize> {
                block
                    .iter()
                    .flat_map(|r| r.members.iter().copied())
                    .filter(|i| pieces.get(*i).is_some_and(|p| (p.area.mid_x() < wall) == left))
                    .collect()
            };
            for members in [side(true), side(false)] {
                if members.len() < free.len() {
                    regions.extend(aligned(pieces, &members, edges));
                }
            }
        } else if let Some(region) = region(pieces, &lines, (heads.unwrap_or(at), at), end, edges) {
            regions.push(Region { captioned: heads.is_some(), ..region });
        }
        at = end;
    }
    regions
}

/// Whether a run begins a caption, as "Table 3" does.
fn is_caption(pieces: &[Piece], run: &Chunk<'_>) -> bool {
    let mut words = run.members.iter().filter_map(|i| pieces.get(*i)).map(|p| p.text.as_str());
    words.next().zip(words.next()).is_some_and(|(kind, number)| begins_caption(kind, number))
}

/// The run of a line that has only one.
fn only_run<'a>(pieces: &[Piece], row: &'a Row) -> Option<Chunk<'a>> {
    let mut runs = row_runs(pieces, row);
    if runs.len() == 1 { runs.pop() } else { None }
}

/// The first line below a caption that stands alone above a level line. Only heads and further lines of the caption
/// may stand between.
fn below_caption(pieces: &[Piece], lines: &[Row], at: usize) -> Option<usize> {
    let top = at.saturating_sub(SETTINGS.max_head_lines);
    let near = |a: &Row, b: &Row| b.base - a.base < SETTINGS.max_caption_step * a.size.max(b.size);
    let mut first = None;
    for (index, row) in lines.iter().enumerate().take(at).skip(top).rev() {
        let wordy = row_runs(pieces, row).iter().any(|run| run.members.len() > 7);
        if !lines.get(index + 1).is_some_and(|below| near(row, below)) {
            return None;
        }
        if let Some(run) = only_run(pieces, row).filter(|run| is_caption(pieces, run)) {
            let word = run.members.first().and_then(|i| pieces.get(*i));
            first = word
                .is_some_and(|p| pack().titles.table_word.has_folded(&p.text))
                .then_some((index + 1, run.area));
            break;
        }
        if wordy && index + 2 < at || values(pieces, row) > 0 {
            return None;
        }
    }
    let (first, caption) = first?;
    let own = |row: &&Row| {
        only_run(pieces, row).is_some_and(|run| {
            let set = (run.area.x0 - caption.x0).abs() < SETTINGS.same_height
                || (run.area.mid_x() - caption.mid_x()).abs() < row.size;
            let goes_on = run.members.first().and_then(|i| pieces.get(*i)).is_some_and(|p| p.lower);
            set || goes_on || run.members.len() > 6
        })
    };
    Some(first + lines.get(first..at).unwrap_or_default().iter().take_while(own).count())
}

/// Where two captions stand on one line: the lines of the tables that stand side by side below them, and where these
/// meet.
fn captioned(pieces: &[Piece], lines: &[Row]) -> Option<(Range<usize>, f32)> {
    let (at, wall) = lines.iter().enumerate().find_map(|(at, row)| {
        let runs = chunks(pieces, row, SETTINGS.apart_gap);
        let captions: Vec<&Chunk<'_>> = runs.iter().filter(|run| is_caption(pieces, run)).collect();
        Some((at, captions.get(1)?.area.x0 - 1.0))
    })?;
    let through =
        |row: &Row| row_runs(pieces, row).iter().any(|run| run.area.x0 < wall && wall < run.area.x1);
    let end = lines.iter().skip(at).position(through).map_or(lines.len(), |length| at + length);
    Some((at..end, wall))
}

/// Where two columns of running text meet.
fn wall(pieces: &[Piece], lines: &[Row]) -> Option<f32> {
    let several: Vec<&Row> = lines.iter().filter(|r| row_runs(pieces, r).len() >= 2).collect();
    if several.len() < 4 || !is_prose(pieces, &several) {
        return None;
    }
    let x0 = several.iter().map(|r| r.area.x0).fold(f32::MAX, f32::min);
    let x1 = several.iter().map(|r| r.area.x1).fold(f32::MIN, f32::max);
    let found = gutters(pieces, &several, x0, x1);
    found.iter().max_by(|a, b| (a.to - a.from).total_cmp(&(b.to - b.from))).map(|g| g.mid())
}

/// The region of some aligned lines, with the heads above them and without what is no part of it. `heads` is the
/// first line that is known to be one of the heads.
fn region(
    pieces: &[Piece],
    lines: &[Row],
    (heads, start): (usize, usize),
    end: usize,
    edges: &Edges,
) -> Option<Region> {
    let block = lines.get(start..end)?;
    let told: Vec<&Row> = telling(pieces, block).iter().filter_map(|r| block.get(*r)).collect();
    let x0 = block.iter().map(|r| r.area.x0).fold(f32::MAX, f32::min);
    let x1 = block.iter().map(|r| r.area.x1).fold(f32::MIN, f32::max);
    let found = gutters(pieces, &told, x0, x1);
    let first = found.first()?;
    let mut start = start.min(heads);
    // A head over several columns begins right of the labels.
    while let Some(above) = start.checked_sub(1).and_then(|a| lines.get(a)) {
        let top = lines.get(start)?;
        let near = top.base - above.base < SETTINGS.max_head_step * top.size.max(above.size);
        let over = above.area.x0 > first.from && above.area.x1 < x1 + SETTINGS.max_head_outset;
        let wide = row_runs(pieces, above).iter().any(|c| c.members.len() > 7);
        if !near || !over || wide {
            break;
        }
        start -= 1;
    }
    let block = lines.get(start..end)?;
    let y0 = block.iter().map(|r| r.area.y0).fold(f32::MAX, f32::min);
    let y1 = block.iter().map(|r| r.area.y1).fold(f32::MIN, f32::max);
    let area = Rect { x0: x0 - 1.0, y0, x1: x1 + 1.0, y1 };
    Some(banded(area, vec![y0, y1], edges))
}
