//! Reading order: from top to bottom, and where text is set in columns, column by column.

use crate::page::geometry::Rect;

/// Something that is read as one: a run of words on one line, or a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub area: Rect,
    /// How many words it has; a table counts as none.
    pub words: usize,
    pub size: f32,
}

/// Columns are at least this many lines high.
const LEAST_LINES: usize = 4;
/// Text columns are parted by at least this, in parts of the type's size.
const GUTTER: f32 = 0.9;
/// More columns than this are none of running text.
const DEEPEST: usize = 4;

/// The items in reading order, as indices.
pub(super) fn order(items: &[Item]) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..items.len()).collect();
    let key = |i: &usize| items.get(*i).map_or((0.0, 0.0), |it| (it.area.y1, it.area.x0));
    indices.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    let mut out = Vec::with_capacity(items.len());
    split(items, &indices, 0, &mut out);
    out
}

fn split(items: &[Item], within: &[usize], depth: usize, out: &mut Vec<usize>) {
    let found = if depth < DEEPEST { columns(items, within) } else { None };
    let Some((start, end, x)) = found else {
        out.extend(within);
        return;
    };
    split(items, within.get(..start).unwrap_or_default(), depth + 1, out);
    let run = within.get(start..end).unwrap_or_default();
    let side = |left: bool| -> Vec<usize> {
        run.iter()
            .copied()
            .filter(|i| items.get(*i).is_some_and(|it| (it.area.mid_x() < x) == left))
            .collect()
    };
    split(items, &side(true), depth + 1, out);
    split(items, &side(false), depth + 1, out);
    split(items, within.get(end..).unwrap_or_default(), depth + 1, out);
}

/// The longest run of items with white between two columns of text: where it begins and ends, and where the white is.
fn columns(items: &[Item], within: &[usize]) -> Option<(usize, usize, f32)> {
    if within.len() < 2 * LEAST_LINES {
        return None;
    }
    let areas: Vec<Item> = within.iter().filter_map(|i| items.get(*i)).copied().collect();
    // White can only be where some item ends.
    let mut edges: Vec<f32> = areas.iter().map(|a| a.area.x1).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let mut best: Option<(f32, (usize, usize, f32))> = None;
    for x in edges {
        let x = x + 1.0;
        let mut start = 0;
        for at in 0..=areas.len() {
            let crossed = areas.get(at).is_none_or(|a| a.area.x0 < x && x < a.area.x1);
            if !crossed {
                continue;
            }
            let run = areas.get(start..at).unwrap_or_default();
            if let Some((height, mid)) = height(run, x)
                && best.is_none_or(|(most, _)| height > most + 0.5)
            {
                best = Some((height, (start, at, mid)));
            }
            start = at + 1;
        }
    }
    best.map(|(_, found)| found)
}

/// How high the columns are on both sides of some white; nothing where they are not columns of running text.
fn height(run: &[Item], x: f32) -> Option<(f32, f32)> {
    let side = |left: bool| run.iter().filter(move |a| (a.area.mid_x() < x) == left);
    let (mut heights, mut inner) = ([0.0f32; 2], [0.0f32; 2]);
    for (slot, left) in [(0, true), (1, false)] {
        let lines = side(left).filter(|a| a.words > 0).count();
        let words: usize = side(left).map(|a| a.words).sum();
        if lines < LEAST_LINES || words < 3 * lines {
            return None;
        }
        let area = crate::page::geometry::cover(side(left).map(|a| a.area))?;
        *heights.get_mut(slot)? = area.height();
        *inner.get_mut(slot)? = if left { area.x1 } else { area.x0 };
    }
    let size = run.iter().map(|a| a.size).fold(0.0, f32::max).max(1.0);
    let [a, b] = heights;
    let [from, to] = inner;
    (a.min(b) > 0.3 * a.max(b) && to - from > GUTTER * size.min(14.0))
        .then_some((a.min(b), (from + to) / 2.0))
}
