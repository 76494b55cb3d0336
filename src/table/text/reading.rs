//! Decides how the words above some rows are to be read: which of them are heads and of how many columns, which are
//! labels of rows, and which are a title.

use super::heads::{HeadGap, HeadWord, Split, Splits, passage, words};
use crate::lex::CellKind;
use crate::model::text::Line;
use crate::table::draft::is_label_head;

/// Heads with a worse score are left unresolved.
pub(crate) const DOUBTFUL: i32 = -35;

/// What is known of the rows before their heads are read.
pub(crate) struct Facts {
    /// The largest number of values in a row.
    pub(crate) widest: usize,
    /// Rows other than the first have labels.
    pub(crate) labelled: bool,
    /// The first row has its label on the same line.
    pub(crate) own_label: bool,
    /// Every cell stands on a line of its own.
    pub(crate) stacked: bool,
    /// Some rows have a wide gap, so a column may be empty in all of them.
    pub(crate) holed: bool,
    /// Blank lines stand between the rows, or there is only one row.
    pub(crate) spaced: bool,
    /// The index of the first line of data.
    pub(crate) first: usize,
    /// The first line of data begins with a space.
    pub(crate) indented: bool,
}

/// How the words above the rows are read.
pub(crate) struct HeadReading {
    pub(crate) words: Vec<HeadWord>,
    pub(crate) split: Split,
    pub(crate) upper: Option<(Vec<HeadWord>, Split)>,
    pub(crate) cols: usize,
    /// The first head is that of the column of labels.
    pub(crate) label_head: bool,
    /// The lines between the heads and the first row.
    pub(crate) rest: Vec<usize>,
    pub(crate) score: i32,
}

/// The reading of the words above the rows that costs least.
pub(crate) fn read_heads(lines: &[Line], texts: &[usize], facts: &Facts) -> Option<HeadReading> {
    let mut best: Option<HeadReading> = None;
    for left in 0..=texts.len().min(6) {
        let (above, rest) = texts.split_at(texts.len() - left);
        let words = words(lines, above, facts.stacked && is_tight(above));
        let most = facts.widest + if facts.holed { 3 } else { 2 };
        if words.is_empty() || words.len() > 160 {
            continue;
        }
        let splits = Splits::of(&words, most);
        let rest_cost = rest_cost(lines, above, rest, facts);
        let starts = words
            .iter()
            .enumerate()
            .filter(|(_, w)| matches!(w.gap, HeadGap::Line | HeadGap::Blank))
            .map(|(at, _)| at);
        for start in starts {
            for k in 1..=most {
                let Some(split) = splits.take(k, start) else { continue };
                for (cols, label_head) in [(k, false), (k - 1, true)] {
                    let Some(cost) = shape_cost(lines, &words, &split, cols, label_head, facts) else {
                        continue;
                    };
                    let score = split.score + cost + rest_cost + start_cost(&words, start)
                        - if split.sure { 0 } else { 15 };
                    if best.as_ref().is_none_or(|b| score > b.score) {
                        let (words, rest, split) = (words.clone(), rest.to_vec(), split.clone());
                        best = Some(HeadReading { words, split, upper: None, cols, label_head, rest, score });
                    }
                }
            }
        }
    }
    let mut best = best?;
    best.upper = upper(lines, texts, &best);
    Some(best)
}

/// Whether no blank lines stand between the lines.
fn is_tight(lines: &[usize]) -> bool {
    lines.windows(2).all(|w| w.last().zip(w.first()).is_some_and(|(b, a)| b - a == 1))
}

/// What it costs to read the last lines above the rows as labels of rows.
fn rest_cost(lines: &[Line], above: &[usize], rest: &[usize], facts: &Facts) -> i32 {
    let chunks = rest.windows(2).filter(|w| w.last().zip(w.first()).is_some_and(|(b, a)| b - a > 1)).count()
        as i32
        + i32::from(!rest.is_empty());
    let spaced = |l: &usize| lines.get(*l).is_some_and(|l| l.text.ends_with("   "));
    let cut = above.last().zip(rest.first()).is_some_and(|(a, b)| b - a == 1) && !facts.stacked;
    let cut = if cut { -10 } else { 0 };
    let wrapped = facts.own_label
        && facts.spaced
        && is_tight(rest)
        && rest.last().is_some_and(|l| l + 1 == facts.first);
    if wrapped {
        return cut - 3;
    }
    match (facts.own_label, facts.labelled) {
        (true, _) => cut - rest.iter().map(|l| if spaced(l) { 2 } else { 15 }).sum::<i32>(),
        (false, true) if rest.is_empty() => -60,
        (false, _) if rest.is_empty() => 0,
        (false, _) if facts.stacked && is_tight(rest) => cut - 4 * (rest.len() as i32 - 1),
        (false, _) => cut - 15 * (chunks - 1),
    }
}

/// What it costs to leave the words before a start out of the heads.
fn start_cost(words: &[HeadWord], start: usize) -> i32 {
    let Some((last, first)) = start.checked_sub(1).and_then(|at| words.get(at).zip(words.get(start))) else {
        return 0;
    };
    let left_out = || words.iter().take(start).rev().take_while(|w| w.line + 2 >= last.line);
    if first.gap == HeadGap::Line {
        return if left_out().filter(|w| w.line == last.line).map(HeadWord::count).sum::<usize>() > 2 {
            -9
        } else {
            -14
        };
    }
    let near = first.line - last.line <= 2;
    if near && left_out().any(|w| w.kind == CellKind::Period && w.line == last.line) {
        return -15;
    }
    let paragraphs = words.iter().skip(start + 1).any(|w| w.gap == HeadGap::Blank);
    // A line of one or two words, set like the heads, is one of them. A title is longer.
    let short = left_out().filter(|w| w.line == last.line).count() < 3;
    if near && paragraphs && short { -30 } else { 0 }
}

/// What it costs to have this number of columns; `None` where it cannot be.
fn shape_cost(
    lines: &[Line],
    words: &[HeadWord],
    split: &Split,
    cols: usize,
    label_head: bool,
    facts: &Facts,
) -> Option<i32> {
    if cols < facts.widest || cols > facts.widest + 1 + usize::from(facts.holed) || cols == 0 {
        return None;
    }
    if label_head && !facts.labelled || cols == 1 && facts.labelled && !label_head {
        return None;
    }
    let missing = (cols - facts.widest) as i32 * if facts.holed { 4 } else { 20 };
    let first = split.heads.first()?;
    let head = passage(lines, words.get(first.clone())?);
    if cols == 1 && crate::table::words::words(&head.text) > 3 {
        return None;
    }
    let indented =
        words.get(first.start).and_then(|w| lines.get(w.line)).is_some_and(|l| l.text.starts_with(' '));
    let label = match (label_head, is_label_head(&head.text)) {
        (true, true) => 0,
        (true, false) => {
            let indented = if indented && !facts.indented { 10 } else { 0 };
            let period = if crate::lex::is_period(&head.text) { 20 } else { 0 };
            -8 - indented - period
        }
        (false, true) if facts.labelled => -25,
        (false, _) => 0,
    };
    Some(label - missing)
}

/// A row of heads above the heads, where each spans the same number of them.
fn upper(lines: &[Line], texts: &[usize], reading: &HeadReading) -> Option<(Vec<HeadWord>, Split)> {
    let skip = usize::from(reading.label_head);
    let names: Vec<String> = reading
        .split
        .heads
        .iter()
        .skip(skip)
        .map(|r| {
            let text = passage(lines, reading.words.get(r.clone()).unwrap_or(&[])).text;
            text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
        })
        .collect();
    let cycle = (1..=names.len() / 2).find(|c| {
        names.len().is_multiple_of(*c) && names.iter().zip(names.iter().skip(*c)).all(|(a, b)| a == b)
    })?;
    let k = names.len() / cycle;
    let first = reading.words.get(reading.split.heads.first()?.start)?.line;
    let above: Vec<usize> = texts.iter().copied().filter(|l| *l < first).collect();
    let words = words(lines, above.get(above.len().saturating_sub(4)..)?, false);
    let splits = Splits::of(&words, k);
    let starts = words
        .iter()
        .enumerate()
        .filter(|(_, w)| matches!(w.gap, HeadGap::Line | HeadGap::Blank))
        .map(|(at, _)| at);
    let tried = starts.filter_map(|s| {
        splits.take(k, s).map(|mut split| {
            split.score += start_cost(&words, s);
            split
        })
    });
    let best = tried.max_by_key(|s| s.score).filter(|s| s.score >= DOUBTFUL && s.sure)?;
    Some((words, best))
}
