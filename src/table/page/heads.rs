//! Makes head cells of the lines above a table's first figures: heads of one column, which may be broken over lines,
//! and heads over several columns.

use super::columns::ColumnGutter;
use super::edges::Edge;
use super::grid::{Column, GridCell};
use super::pieces::{Piece, Row};
use super::repeats::repeated;
use super::settings::SETTINGS;
use crate::model::geometry::Rect;

/// A run of words of a head, on one line or several.
#[derive(Clone, Debug)]
pub(crate) struct HeadChunk {
    pub members: Vec<usize>,
    pub area: Rect,
}

/// A run of head words with the columns that it heads.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub chunk: HeadChunk,
    /// First and last column.
    pub cols: (usize, usize),
    /// The printed line.
    pub line: usize,
    /// The last printed line that it takes in.
    line_end: usize,
    /// Whether it stands over several columns, or is drawn as if it did.
    pub over: bool,
}

/// Makes the head cells of some printed lines. Returns them with the number of grid rows that they take.
pub(crate) fn heads(
    pieces: &[Piece],
    rows: &[Row],
    columns: &[Column],
    underlines: &[Edge],
) -> (Vec<GridCell>, usize) {
    let mut heads: Vec<Head> = Vec::new();
    for (line, row) in rows.iter().enumerate() {
        let runs = split(pieces, row, columns);
        let homes: Vec<(usize, usize)> = runs.iter().map(|c| overlapped(c.area, columns)).collect();
        let below = rows.get(line + 1..).unwrap_or_default();
        for (at, chunk) in runs.iter().enumerate() {
            let own = homes.get(at).copied().unwrap_or((0, 0));
            if let Some(last) = heads.last_mut().filter(|h| h.line == line && h.cols == own && !h.over) {
                // These are words of one head that are set wide apart.
                last.chunk.members.extend(chunk.members.iter().copied());
                last.chunk.area = last.chunk.area.union(chunk.area);
                continue;
            }
            let floor = at.checked_sub(1).and_then(|b| homes.get(b)).map_or(0, |b| b.1 + 1).min(own.0);
            let ceiling = homes.get(at + 1).map_or(columns.len(), |n| n.0).max(own.1 + 1);
            let underline = underline(pieces, chunk, row, below, columns, underlines);
            let cols = match underline {
                Some(cols) => (cols.0.min(own.0), cols.1.max(own.1)),
                None => {
                    let lone =
                        runs.len() == 1 || runs.len() == 2 && homes.first() == Some(&(0, 0)) && at == 1;
                    reach(pieces, chunk, own, (floor, ceiling), columns, below, lone && line == 0)
                }
            };
            let over = cols.1 > cols.0 || underline.is_some();
            heads.push(Head { chunk: chunk.clone(), cols, line, line_end: line, over });
        }
    }
    repeated(pieces, &mut heads);
    let joined = join(heads, rows, underlines);
    levels(joined)
}

/// Cuts a line into runs at wide gaps, and at narrower gaps where there is a gutter.
fn split(pieces: &[Piece], row: &Row, columns: &[Column]) -> Vec<HeadChunk> {
    let gutters: Vec<ColumnGutter> = columns
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => Some(ColumnGutter { from: a.ink.1, to: b.ink.0 }),
            _ => None,
        })
        .collect();
    let mut runs: Vec<HeadChunk> = Vec::new();
    for index in &row.members {
        let Some(piece) = pieces.get(*index) else { continue };
        let size = if piece.mark { row.size } else { piece.size };
        let fits = runs.last().is_some_and(|run| {
            let gap = piece.area.x0 - run.area.x1;
            let mid = (piece.area.x0 + run.area.x1) / 2.0;
            let at_gutter = gutters.iter().any(|g| {
                g.from - SETTINGS.gutter_slack * size <= mid && mid <= g.to + SETTINGS.gutter_slack * size
            });
            let limit = match (piece.fixed_pitch, at_gutter) {
                (true, true) => SETTINGS.fixed_word_gap,
                (true, false) => SETTINGS.fixed_head_gap,
                (false, true) => SETTINGS.head_gap_at_gutter,
                (false, false) => SETTINGS.head_gap,
            };
            gap <= limit * size
        });
        match runs.last_mut().filter(|_| fits) {
            Some(run) => {
                run.members.push(*index);
                run.area = run.area.union(piece.area);
            }
            None => runs.push(HeadChunk { members: vec![*index], area: piece.area }),
        }
    }
    runs
}

/// The columns over whose figures a run stands, or else the column nearest to it.
fn overlapped(area: Rect, columns: &[Column]) -> (usize, usize) {
    let covered = |part: f32, of: &dyn Fn(&Column) -> f32| -> Option<(usize, usize)> {
        let mut over = columns.iter().enumerate().filter(|(_, col)| col.shared(area) > part * of(col));
        let (first, _) = over.next()?;
        Some((first, over.next_back().map_or(first, |(last, _)| last)))
    };
    let home = columns.iter().position(|col| col.from <= area.mid_x() && area.mid_x() < col.to);
    let over = covered(SETTINGS.min_head_overlap, &|col| col.ink_width().min(area.width()));
    match (over, home) {
        (Some((first, last)), Some(home)) if first != last => {
            // A long head of a narrow column may reach over the figures beside it, so columns count that it covers for
            // the most part.
            let well = covered(SETTINGS.min_head_cover, &Column::ink_width);
            well.map_or((home, home), |(first, last)| (first.min(home), last.max(home)))
        }
        (Some(over), _) => over,
        (None, Some(home)) => (home, home),
        (None, None) => {
            let away = |col: &Column| (col.mid() - area.mid_x()).abs();
            let nearest = columns.iter().enumerate().min_by(|(_, a), (_, b)| away(a).total_cmp(&away(b)));
            let near = nearest.map_or(0, |(at, _)| at);
            (near, near)
        }
    }
}

/// The columns that the line below a run covers, where that line is drawn for this run alone.
fn underline(
    pieces: &[Piece],
    chunk: &HeadChunk,
    row: &Row,
    below: &[Row],
    columns: &[Column],
    underlines: &[Edge],
) -> Option<(usize, usize)> {
    let next = below
        .iter()
        .find(|r| r.members.iter().filter_map(|i| pieces.get(*i)).any(|p| p.area.share_x(chunk.area) > 0.0));
    // The line stands above the middle of the letters of the next line. Without one, it is no further away than a line.
    let floor = next
        .map_or(row.base + SETTINGS.max_rule_drop * row.size, |n| n.base - SETTINGS.letter_middle * n.size);
    // It may be a little shorter than the words.
    let slack = SETTINGS.max_rule_short * row.size;
    let edge = underlines.iter().filter(|_| !below.is_empty()).find(|e| {
        e.at > row.base - SETTINGS.max_rule_rise * row.size
            && e.at < floor
            && e.from <= chunk.area.x0 + slack
            && chunk.area.x1 - slack <= e.to
    })?;
    // A line that is close to its words and no longer than they are underlines them. It says nothing about columns.
    if edge.at - row.base < SETTINGS.max_underline_drop * row.size
        && edge.length() < SETTINGS.max_underline_length * chunk.area.width()
    {
        return None;
    }
    let under: Vec<usize> = (0..columns.len())
        .filter(|c| columns.get(*c).is_some_and(|c| (edge.from..=edge.to).contains(&c.mid())))
        .collect();
    Some((*under.first()?, *under.last()?))
}

/// How many columns a run stands over where no line is drawn: those in the middle of which it stands.
fn reach(
    pieces: &[Piece],
    chunk: &HeadChunk,
    own: (usize, usize),
    bounds: (usize, usize),
    columns: &[Column],
    below: &[Row],
    lone: bool,
) -> (usize, usize) {
    // Only a run that has heads below it can stand over several columns.
    let headed = |c: usize| {
        columns.get(c).is_some_and(|col| {
            below
                .iter()
                .flat_map(|r| &r.members)
                .filter_map(|i| pieces.get(*i))
                .any(|p| p.area.mid_x() > col.from && p.area.mid_x() < col.to)
        })
    };
    if below.is_empty() {
        return own;
    }
    let size = chunk.members.first().and_then(|i| pieces.get(*i)).map_or(10.0, |p| p.size);
    let cost = |a: usize, b: usize| {
        let (Some(first), Some(last)) = (columns.get(a), columns.get(b)) else { return f32::MAX };
        let (from, to) = (first.ink.0, last.ink.1);
        let centre = ((from + to) / 2.0 - chunk.area.mid_x()).abs();
        if a == b {
            let left = (from - chunk.area.x0).abs();
            let right = (to - chunk.area.x1).abs();
            // The head of one column may be set to either side of it, but it does not reach into the next column.
            let into = (first.from - chunk.area.x0).max(chunk.area.x1 - last.to);
            return if into > SETTINGS.max_head_intrusion * size {
                centre
            } else {
                centre.min(left).min(right)
            };
        }
        centre + SETTINGS.span_cost * size
    };
    let all = (1.min(columns.len() - 1), columns.len() - 1);
    if lone && all.1 > all.0 && own.0 >= all.0 && (all.0..=all.1).all(headed) {
        let smaller_below = below.first().is_some_and(|r| r.size < SETTINGS.max_smaller_head * size);
        let width = |(a, b): (usize, usize)| {
            columns.get(a).zip(columns.get(b)).map_or(0.0, |(first, last)| last.ink.1 - first.ink.0)
        };
        let off = cost(all.0, all.1);
        // The run stands in the middle of all columns that have heads of their own. It is over all of them where it
        // reaches over several already, is set larger than these heads, or is wider than the figures below it.
        let central = (own.1 > own.0 || smaller_below) && off < SETTINGS.max_off_centre * width(all);
        if central
            || off < SETTINGS.max_wide_offset * size && chunk.area.width() > SETTINGS.min_wider * width(own)
        {
            return all;
        }
    }
    let mut best = (own, cost(own.0, own.1) - SETTINGS.min_head_gain * size);
    for a in bounds.0..=own.0 {
        for b in own.1..bounds.1 {
            if (a, b) == own || !(a..=b).all(headed) {
                continue;
            }
            let cost = cost(a, b);
            if cost < best.1 {
                best = ((a, b), cost);
            }
        }
    }
    best.0
}

/// Joins the lines of one head: runs over the same columns on lines that follow each other.
fn join(heads: Vec<Head>, rows: &[Row], underlines: &[Edge]) -> Vec<Head> {
    let mut joined: Vec<Head> = Vec::new();
    for head in heads {
        let ruled = |above: &Head| {
            let (Some(a), Some(b)) = (rows.get(above.line_end), rows.get(head.line)) else { return false };
            underlines.iter().any(|e| {
                e.at > a.base - SETTINGS.max_rule_rise * a.size
                    && e.at < b.base - SETTINGS.letter_middle * b.size
                    && e.covers(head.chunk.area.x0, head.chunk.area.x1)
                        > SETTINGS.min_ruled_part * head.chunk.area.width()
            })
        };
        let near = |above: &Head| {
            let (Some(a), Some(b)) = (rows.get(above.line_end), rows.get(head.line)) else { return false };
            b.base - a.base < SETTINGS.max_head_wrap * a.size.max(b.size)
        };
        let host =
            joined.iter_mut().rev().find(|above| above.cols.0 <= head.cols.1 && head.cols.0 <= above.cols.1);
        match host {
            Some(above)
                if above.cols == head.cols
                    && above.line_end < head.line
                    && near(above)
                    && !ruled(above)
                    && !(above.over && above.cols.0 == above.cols.1) =>
            {
                above.chunk.members.extend(head.chunk.members);
                above.chunk.area = above.chunk.area.union(head.chunk.area);
                above.line_end = head.line;
                above.over |= head.over;
            }
            _ => joined.push(head),
        }
    }
    joined
}

/// Gives each head its row. Heads over others stand in rows above them.
fn levels(heads: Vec<Head>) -> (Vec<GridCell>, usize) {
    // The largest number of heads that stand above each head.
    let mut depth: Vec<usize> = vec![0; heads.len()];
    for (at, head) in heads.iter().enumerate() {
        let above = heads.iter().take(at).zip(&depth).filter(|(other, _)| {
            other.line_end < head.line && other.cols.0 <= head.cols.1 && head.cols.0 <= other.cols.1
        });
        let deepest = above.map(|(_, d)| d + 1).max().unwrap_or(0);
        if let Some(slot) = depth.get_mut(at) {
            *slot = deepest;
        }
    }
    let count = depth.iter().max().map_or(0, |d| d + 1);
    // A head with nothing below it stands in the lowest row; any other stands right above the heads below it.
    let mut level = vec![count.saturating_sub(1); heads.len()];
    for at in (0..heads.len()).rev() {
        let Some(head) = heads.get(at) else { continue };
        let under = heads.iter().enumerate().skip(at + 1).filter(|(_, other)| {
            head.line_end < other.line && other.cols.0 <= head.cols.1 && head.cols.0 <= other.cols.1
        });
        let least = under.filter_map(|(i, _)| level.get(i).copied()).min();
        if let (Some(least), Some(slot)) = (least, level.get_mut(at)) {
            *slot = least.saturating_sub(1);
        }
    }
    // Heads of one printed line that span columns share a row.
    let spanning: Vec<usize> =
        (0..heads.len()).filter(|i| heads.get(*i).is_some_and(|h| h.cols.1 > h.cols.0)).collect();
    for a in &spanning {
        for b in &spanning {
            let (Some(one), Some(two)) = (heads.get(*a), heads.get(*b)) else { continue };
            if one.line == two.line {
                let least = level.get(*a).copied().unwrap_or(0).min(level.get(*b).copied().unwrap_or(0));
                for i in [*a, *b] {
                    if let Some(slot) = level.get_mut(i) {
                        *slot = least;
                    }
                }
            }
        }
    }
    // A head reaches up to the head above it, or to the top.
    let top: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            let above = heads.iter().zip(&level).take(at).filter(|(other, _)| {
                other.line_end < head.line && other.cols.0 <= head.cols.1 && head.cols.0 <= other.cols.1
            });
            above.map(|(_, level)| level + 1).max().unwrap_or(0)
        })
        .collect();
    let cells = heads
        .into_iter()
        .zip(level.into_iter().zip(top))
        .map(|(head, (level, top))| GridCell {
            row: top.min(level),
            col: head.cols.0,
            row_span: level - top.min(level) + 1,
            col_span: head.cols.1 - head.cols.0 + 1,
            members: head.chunk.members,
        })
        .collect();
    (cells, count)
}
