//! Lines that are set wide apart, as in double-spaced minutes: they are one paragraph although the step between them is that of
//! paragraphs elsewhere.

use super::settings::SETTINGS;
use crate::layout::printed::Printed;
use crate::layout::printed::order::OrderItem;
use rustc_hash::{FxHashMap, FxHashSet};

/// Paragraphs of single lines stand further apart than this many sizes of their type.
const WIDEST: f32 = 2.7;
/// So many steps are the spacing of a text, and no accident of a list.
const FEWEST: usize = 4;
/// One of so many lines at least begins in small letters, as those of running text do. In lists of names, labels and
/// headings none does.
const SMALL: usize = 3;

/// The items, of those in reading order, that go on with the line before them: there are several steps of their height below
/// lines of their type and edge.
pub(super) fn going_on(
    page: &Printed,
    runs: &[Vec<usize>],
    items: &[OrderItem],
    order: &[usize],
) -> FxHashSet<usize> {
    let mut steps: FxHashMap<(i32, i32, i32), Vec<usize>> = FxHashMap::default();
    for pair in order.windows(2) {
        let [before, this] = *pair else { continue };
        let (Some(a), Some(b)) = (items.get(before), items.get(this)) else { continue };
        let size = b.size.max(1.0);
        let step = b.area.y0 - a.area.y0;
        let alike = before.max(this) < runs.len()
            && (a.size - b.size).abs() < 0.1
            && (a.area.x0 - b.area.x0).abs() < 0.5 * size
            && (SETTINGS.min_paragraph_step * size..WIDEST * size).contains(&step);
        if alike {
            let rounded = |value: f32, parts: f32| (value * parts).round() as i32;
            let key = (rounded(b.area.x0, 0.25), rounded(size, 2.0), rounded(step, 1.0));
            steps.entry(key).or_default().push(this);
        }
    }
    let begins_small = |item: &&usize| {
        let first = runs.get(**item).and_then(|run| page.words.get(*run.first()?));
        first.and_then(|word| page.chars(word).next()).is_some_and(|glyph| glyph.ch.is_lowercase())
    };
    let is_text = |lines: &Vec<usize>| {
        lines.len() >= FEWEST && lines.iter().filter(begins_small).count() * SMALL >= lines.len()
    };
    steps.into_values().filter(is_text).flatten().collect()
}
