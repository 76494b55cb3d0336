//! Determines the reading order: from top to bottom, and column by column where text is set in columns.

use crate::layout::settings::SETTINGS;
use crate::model::geometry::Rect;

/// A unit of the reading order: a run of words on one line, or a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OrderItem {
    pub area: Rect,
    /// Its number of words; 0 for a table.
    pub words: usize,
    pub size: f32,
}

/// The left and right edges of two text columns of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Gutter {
    left: (f32, f32),
    right: (f32, f32),
}

/// The indices of the items in reading order. `known` holds the columns of earlier pages; those of this page are added.
pub(crate) fn order(items: &[OrderItem], known: &mut Vec<Gutter>) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..items.len()).collect();
    let key = |i: &usize| items.get(*i).map_or((0.0, 0.0), |it| (it.area.y1, it.area.x0));
    indices.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    let mut out = Vec::with_capacity(items.len());
    split(items, &indices, 0, known, &mut out);
    out
}

fn split(items: &[OrderItem], within: &[usize], depth: usize, known: &mut Vec<Gutter>, out: &mut Vec<usize>) {
    let found = if depth < SETTINGS.max_column_depth { columns(items, within) } else { None };
    let found = found.map(|(start, end, x)| (start, below(items, within, start, end), x));
    if let Some((start, end, x)) = found {
        remember(items, within.get(start..end).unwrap_or_default(), x, known);
    }
    let found = found.or_else(|| if depth == 0 { short_columns(items, within, known) } else { None });
    let Some((start, end, x)) = found else {
        out.extend(within);
        return;
    };
    split(items, within.get(..start).unwrap_or_default(), depth, known, out);
    let run = within.get(start..end).unwrap_or_default();
    let side = |left: bool| -> Vec<usize> {
        run.iter()
            .copied()
            .filter(|i| items.get(*i).is_some_and(|it| (it.area.mid_x() < x) == left))
            .collect()
    };
    split(items, &side(true), depth + 1, known, out);
    split(items, &side(false), depth + 1, known, out);
    split(items, within.get(end..).unwrap_or_default(), depth, known, out);
}

/// The end of a run of columns. A table below both columns belongs to neither, however narrow it is.
fn below(items: &[OrderItem], within: &[usize], start: usize, end: usize) -> usize {
    let item = |at: usize| within.get(at).and_then(|i| items.get(*i));
    let mut end = end;
    while end > start + 1 {
        let rest = (start..end - 1).filter_map(item).map(|it| it.area.y1).fold(0.0, f32::max);
        if !item(end - 1).is_some_and(|last| last.words == 0 && last.area.y0 >= rest) {
            break;
        }
        end -= 1;
    }
    end
}

/// Remembers the position of two columns for later pages.
fn remember(items: &[OrderItem], run: &[usize], x: f32, known: &mut Vec<Gutter>) {
    let side = |left: bool| {
        let areas = run.iter().filter_map(|i| items.get(*i)).map(|it| it.area);
        crate::model::geometry::cover(areas.filter(|a| (a.mid_x() < x) == left))
    };
    if let (Some(left), Some(right)) = (side(true), side(false)) {
        let gutter = Gutter { left: (left.x0, left.x1), right: (right.x0, right.x1) };
        if known.len() < SETTINGS.max_column_depth && !known.contains(&gutter) {
            known.push(gutter);
        }
    }
}

/// The first run of a few lines that stand in two columns known from another page.
fn short_columns(items: &[OrderItem], within: &[usize], known: &[Gutter]) -> Option<(usize, usize, f32)> {
    known.iter().find_map(|gutter| {
        let place = |index: &usize| {
            let item = items.get(*index)?;
            let ((from, to), area) = (gutter.left, item.area);
            let left = area.x0 >= from - SETTINGS.max_column_overhang
                && area.x1 <= to + SETTINGS.max_column_overhang;
            let ((from, to), text) = (gutter.right, item.words > 0);
            let right = area.x0 >= from - SETTINGS.max_column_overhang
                && area.x1 <= to + SETTINGS.max_column_overhang;
            text.then_some(left).filter(|l| *l || right)
        };
        let mut start = 0;
        for at in 0..=within.len() {
            if within.get(at).and_then(place).is_some() {
                continue;
            }
            let run = within.get(start..at).unwrap_or_default();
            if is_short_columns(items, run, *gutter, &place) {
                return Some((start, at, (gutter.left.1 + gutter.right.0) / 2.0));
            }
            start = at + 1;
        }
        None
    })
}

/// Whether each column has a line that fills its width.
fn is_short_columns(
    items: &[OrderItem],
    run: &[usize],
    gutter: Gutter,
    place: &impl Fn(&usize) -> Option<bool>,
) -> bool {
    let fills = |is_left: bool| {
        let (from, to) = if is_left { gutter.left } else { gutter.right };
        run.iter().filter(|i| place(i) == Some(is_left)).filter_map(|i| items.get(*i)).any(|item| {
            item.area.x1 - item.area.x0 > SETTINGS.min_filled_part * (to - from) && item.words >= 3
        })
    };
    run.len() > 2 && fills(true) && fills(false)
}

/// The longest run of items that has a vertical gap between two columns of text: its start, its end, and the position
/// of the gap.
fn columns(items: &[OrderItem], within: &[usize]) -> Option<(usize, usize, f32)> {
    if within.len() < 2 * SETTINGS.min_column_lines {
        return None;
    }
    let areas: Vec<OrderItem> = within.iter().filter_map(|i| items.get(*i)).copied().collect();
    // A gap can only begin where an item ends.
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

/// The heights of the columns on both sides of a gap; `None` where they are not columns of running text.
fn height(run: &[OrderItem], x: f32) -> Option<(f32, f32)> {
    let side = |left: bool| run.iter().filter(move |a| (a.area.mid_x() < x) == left);
    let (mut heights, mut inner) = ([0.0f32; 2], [0.0f32; 2]);
    for (slot, left) in [(0, true), (1, false)] {
        let lines = side(left).filter(|a| a.words > 0).count();
        let words: usize = side(left).map(|a| a.words).sum();
        if lines < SETTINGS.min_column_lines || words < 3 * lines {
            return None;
        }
        let area = crate::model::geometry::cover(side(left).map(|a| a.area))?;
        *heights.get_mut(slot)? = area.height();
        *inner.get_mut(slot)? = if left { area.x1 } else { area.x0 };
    }
    let size = run.iter().map(|a| a.size).fold(0.0, f32::max).max(1.0);
    let [a, b] = heights;
    let [from, to] = inner;
    (a.min(b) > 0.3 * a.max(b) && to - from > SETTINGS.min_gutter * size.min(14.0))
        .then_some((a.min(b), (from + to) / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of eight words: left, top and width.
    fn lines(places: &[(f32, f32, f32)]) -> Vec<OrderItem> {
        let line = |(x, y, width): &(f32, f32, f32)| OrderItem {
            area: Rect::new(*x, *y, x + width, y + 10.0),
            words: 8,
            size: 10.0,
        };
        places.iter().map(line).collect()
    }

    fn columns_of(left: std::ops::Range<i32>, right: std::ops::Range<i32>) -> Vec<(f32, f32, f32)> {
        let at = |x: f32| move |row: i32| (x, 100.0 + 12.0 * row as f32, 230.0);
        left.map(at(50.0)).chain(right.map(at(300.0))).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let items = lines(&columns_of(0..5, 0..5));
        assert_eq!(order(&items, &mut Vec::new()), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn a_table_below_both_columns_follows_both() {
        let mut items = lines(&columns_of(0..5, 0..5));
        items.push(OrderItem { area: Rect::new(50.0, 170.0, 180.0, 240.0), words: 0, size: 10.0 });
        assert_eq!(order(&items, &mut Vec::new()), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }

    #[test]
    fn a_few_lines_are_columns_where_the_pages_before_have_them() {
        let short = lines(&columns_of(0..2, 0..2));
        assert_eq!(order(&short, &mut Vec::new()), [0, 2, 1, 3]);
        let mut known = Vec::new();
        order(&lines(&columns_of(0..5, 0..5)), &mut known);
        assert_eq!(known.len(), 1);
        assert_eq!(order(&short, &mut known), [0, 1, 2, 3]);
    }
}
