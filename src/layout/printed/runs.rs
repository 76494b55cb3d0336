//! Groups words into printed lines, and cuts lines into runs at wide gaps.

use super::Printed;
use super::marks::is_typed_line;
use super::order::OrderItem;
use crate::model::canvas::Turn;
use crate::model::geometry::{Rect, cover};
use rustc_hash::FxHashMap;

/// Groups words into lines, from top to bottom. A word that runs in another direction is a line of its own.
pub(crate) fn lines_of(page: &Printed, mut words: Vec<usize>) -> Vec<Vec<usize>> {
    let word = |i: &usize| page.words.get(*i);
    let base = |i: &usize| word(i).map_or(0.0, |w| if w.turn == Turn::Upright { w.base } else { w.area.y1 });
    words.sort_by(|a, b| base(a).total_cmp(&base(b)));
    let mut lines: Vec<(f32, f32, Vec<usize>)> = Vec::new();
    for index in words {
        let Some(w) = word(&index) else { continue };
        let at = base(&index);
        match lines.last_mut() {
            Some((line, size, members)) if at - *line < 0.35 * size.min(w.size) => {
                members.push(index);
                *size = size.max(w.size);
            }
            _ => lines.push((at, w.size, vec![index])),
        }
    }
    for (_, _, members) in &mut lines {
        members.sort_by(|a, b| {
            word(a).map_or(0.0, |w| w.area.x0).total_cmp(&word(b).map_or(0.0, |w| w.area.x0))
        });
    }
    lines.into_iter().map(|(_, _, members)| members).collect()
}

/// Cuts a line where the gap between two words exceeds `gap` times their type size.
pub(crate) fn runs(page: &Printed, line: &[usize], gap: f32) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut end = f32::MAX;
    for index in line {
        let Some(word) = page.words.get(*index) else { continue };
        match runs.last_mut() {
            Some(run) if word.area.x0 - end <= gap * word.size => run.push(*index),
            _ => runs.push(vec![*index]),
        }
        end = word.area.x1;
    }
    runs
}

/// A run as an item of the reading order.
pub(crate) fn item(page: &Printed, run: &[usize]) -> Option<OrderItem> {
    let words = || run.iter().filter_map(|i| page.words.get(*i));
    let area = cover(words().map(|w| w.area))?;
    Some(OrderItem { area, words: run.len(), size: words().map(|w| w.size).fold(0.0, f32::max) })
}

/// The type size of most of a page's text, in points.
pub(crate) fn body_size(page: &Printed) -> f32 {
    let mut counts: FxHashMap<i32, usize> = FxHashMap::default();
    for word in &page.words {
        *counts.entry((word.size * 2.0).round() as i32).or_default() += word.glyphs.len();
    }
    let most = counts.into_iter().max_by_key(|(size, count)| (*count, *size));
    most.map_or(10.0, |(size, _)| size as f32 / 2.0)
}

/// The words in a table's area, or right above or below it, that are lines typed with dashes.
pub(crate) fn typed_rules(page: &Printed, table: Rect) -> impl Iterator<Item = usize> {
    let near = move |word: &super::Word| table.grown(1.5 * word.size).holds_mid(word.area);
    let words = page.words.iter().enumerate();
    words.filter(move |(_, word)| near(word) && is_typed_line(&page.text(word))).map(|(index, _)| index)
}
