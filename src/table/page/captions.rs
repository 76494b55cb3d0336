//! Finds the captions that stand right above tables, so that each is read together with its table.

use super::settings::SETTINGS;
use crate::layout::printed::Printed;
use crate::model::geometry::{Rect, cover};
use crate::table::begins_caption;

/// For each table, the runs of its caption from top to bottom, which are taken out of `runs`.
///
/// A caption begins with "Table 4" or the like. Where tables stand side by side, any short lines over one of them
/// alone are its caption.
pub(crate) fn take(page: &Printed, runs: &mut Vec<Vec<usize>>, tables: &[Rect]) -> Vec<Vec<Vec<usize>>> {
    let mut taken = vec![false; runs.len()];
    let mut captions = Vec::with_capacity(tables.len());
    for (at, table) in tables.iter().enumerate() {
        let beside = |(other, area): &(usize, &Rect)| {
            *other != at && table.share_y(**area) > 0.3 && (area.x0 >= table.x1 || area.x1 <= table.x0)
        };
        let others: Vec<Rect> = tables.iter().enumerate().filter(beside).map(|(_, area)| *area).collect();
        let lines = above(page, runs, &taken, *table, &others);
        lines.iter().for_each(|i| taken.get_mut(*i).into_iter().for_each(|t| *t = true));
        captions.push(lines.iter().rev().filter_map(|i| runs.get(*i).cloned()).collect());
    }
    let mut at = 0;
    runs.retain(|_| {
        at += 1;
        taken.get(at - 1) != Some(&true)
    });
    captions
}

/// The runs of a caption, beginning with the one nearest to the table.
fn above(page: &Printed, runs: &[Vec<usize>], taken: &[bool], table: Rect, others: &[Rect]) -> Vec<usize> {
    let mut lines: Vec<usize> = Vec::new();
    let mut floor = table.y0;
    while lines.len() < SETTINGS.max_caption_lines {
        let reach = if lines.is_empty() { SETTINGS.max_caption_gap } else { SETTINGS.max_caption_line_gap };
        let nearest = (0..runs.len())
            .filter(|i| taken.get(*i) == Some(&false) && !lines.contains(i))
            .filter_map(|i| Some((i, area(page, runs.get(i)?)?, runs.get(i)?)))
            .filter(|(_, own, run)| {
                let size = size(page, run);
                let over = is_over(*own, table, others);
                own.y1 <= floor + 0.3 * size
                    && floor - own.y1 < reach * size
                    && over
                    && run.len() <= SETTINGS.max_caption_words
            })
            .max_by(|a, b| a.1.y1.total_cmp(&b.1.y1));
        let Some((index, own, run)) = nearest else { break };
        lines.push(index);
        floor = own.y0;
        if is_caption(&text(page, run)) {
            return lines;
        }
    }
    // Without a word that calls it a caption, only one line of text right above one of several tables is taken.
    lines.truncate(1);
    let plain = lines.first().and_then(|i| runs.get(*i)).is_some_and(|run| is_title(&text(page, run)));
    if !others.is_empty() && plain { lines } else { Vec::new() }
}

/// Whether most of a run stands over a table, and hardly any of it over the tables beside it.
fn is_over(run: Rect, table: Rect, others: &[Rect]) -> bool {
    let shared = |area: Rect| (run.x1.min(area.x1) - run.x0.max(area.x0)).max(0.0);
    let width = run.x1 - run.x0;
    shared(table) > 0.5 * width.min(table.x1 - table.x0) && others.iter().all(|o| shared(*o) < 0.1 * width)
}

fn area(page: &Printed, run: &[usize]) -> Option<Rect> {
    cover(run.iter().filter_map(|i| page.words.get(*i)).map(|w| w.area))
}

fn size(page: &Printed, run: &[usize]) -> f32 {
    run.iter().filter_map(|i| page.words.get(*i)).map(|w| w.size).fold(0.0, f32::max)
}

fn text(page: &Printed, run: &[usize]) -> String {
    let words = run.iter().filter_map(|i| page.words.get(*i)).map(|w| page.text(w));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether a text is a caption: "Table 4: …", "Figure 2 – …".
fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().zip(words.next()).is_some_and(|(kind, number)| begins_caption(kind, number))
}

fn is_title(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && !text.ends_with(['.', ',', ';'])
}
