//! Finds the boundaries of column heads that were lost. The words before the rows are split into a known number of
//! heads, by dynamic programming over how plausible each head is.
//!
//! These signs count: a blank line or a double space separates two heads; a small word, "&" or "(" never begins a
//! head; "of", "/" or "&" never ends one; and a head that is broken over lines fits a column of one width, so the
//! first word of a further line would not have fitted on the line before.

use super::lexicon::{hangs, known};
use crate::lex::{CellKind, is_year};
use crate::model::text::{Line, Passage};
use crate::table::draft::is_label_head;
use crate::table::units::units;
use std::ops::Range;

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadGap {
    Space,
    Wide,
    Line,
    Blank,
}

/// A word of the heads.
#[derive(Clone, Debug)]
pub(crate) struct HeadWord {
    /// Index into the lines of the document.
    pub(crate) line: usize,
    range: Range<usize>,
    text: String,
    pub(crate) kind: CellKind,
    pub(crate) gap: HeadGap,
}

impl HeadWord {
    /// How many words of the text it holds; "Stage 1" holds two.
    pub(crate) fn count(&self) -> usize {
        self.text.split(' ').count()
    }
}

/// The most groups of words that a head can have.
const LONGEST: usize = 12;
/// A score that rules a split out.
const NEVER: i32 = -1_000_000;

/// The words of some lines. With `strong`, every end of a line counts as a blank line.
pub(crate) fn words(lines: &[Line], indices: &[usize], strong: bool) -> Vec<HeadWord> {
    let mut words = Vec::new();
    let mut last: Option<usize> = None;
    for &line in indices {
        let text = lines.get(line).map_or("", |l| l.text.as_str());
        for (at, unit) in units(text).0.into_iter().enumerate() {
            let gap = match (at, last) {
                (0, Some(last)) if last + 1 == line && !strong => HeadGap::Line,
                (0, Some(last)) if is_one_head(lines, last, line, indices) => HeadGap::Line,
                (0, _) => HeadGap::Blank,
                _ if unit.gap > 1 => HeadGap::Wide,
                _ => HeadGap::Space,
            };
            let text = text.get(unit.range.clone()).unwrap_or("").to_string();
            words.push(HeadWord { line, kind: unit.kind, range: unit.range, text, gap });
        }
        last = Some(line);
    }
    words
}

/// Whether two lines are one head in spite of the blank line between them: together they are worded like another line,
/// but for one word. "Planned visits" and "Schools made" are one beside "Planned visits Hostels made".
pub(crate) fn is_one_head(lines: &[Line], first: usize, second: usize, all: &[usize]) -> bool {
    let words = |line: usize| {
        let text = lines.get(line).map_or("", |l| l.text.as_str());
        text.split_whitespace().map(str::to_lowercase)
    };
    let joined: Vec<String> = words(first).chain(words(second)).collect();
    let alike = |other: &[String]| {
        other.len() == joined.len() && other.iter().zip(&joined).filter(|(a, b)| a != b).count() == 1
    };
    let mut others = all.iter().filter(|line| **line != first && **line != second);
    joined.len() > 2 && others.any(|line| alike(&words(*line).collect::<Vec<_>>()))
}

/// The text of a head with its places.
pub(crate) fn passage(lines: &[Line], words: &[HeadWord]) -> Passage {
    let mut passage = Passage::default();
    let mut open: Option<(usize, Range<usize>)> = None;
    for word in words {
        match &mut open {
            Some((line, range)) if *line == word.line => range.end = word.range.end,
            _ => {
                flush(lines, &mut passage, open.take());
                open = Some((word.line, word.range.clone()));
            }
        }
    }
    flush(lines, &mut passage, open);
    passage
}

fn flush(lines: &[Line], passage: &mut Passage, open: Option<(usize, Range<usize>)>) {
    if let Some((line, range)) = open
        && let Some(line) = lines.get(line)
    {
        passage.push(line, range);
    }
}

/// Every way to split the last words into heads.
pub(crate) struct Splits {
    /// `best[k][i]` is about splitting `words[i..]` into k heads: the best score, how many splits reach it, and where
    /// the first head ends.
    best: Vec<Vec<(i32, u32, usize)>>,
    total: usize,
}

/// One way to split the words.
#[derive(Clone, Debug)]
pub(crate) struct Split {
    pub(crate) heads: Vec<Range<usize>>,
    pub(crate) score: i32,
    /// Whether no other split is as good.
    pub(crate) sure: bool,
}

impl Splits {
    /// Works out how to split each suffix of `words` into up to `most` heads.
    pub(crate) fn of(words: &[HeadWord], most: usize) -> Splits {
        let total = words.len();
        let mut best = vec![vec![(NEVER, 0, 0); total + 1]; most + 1];
        if let Some(end) = best.first_mut().and_then(|row| row.get_mut(total)) {
            *end = (0, 1, 0);
        }
        for start in (0..total).rev() {
            let scores = head_scores(words, start);
            for k in 1..=most {
                let mut top = (NEVER, 0u32, 0);
                for (length, score) in scores.iter().enumerate() {
                    let end = start + length + 1;
                    let Some((rest, ways, _)) = best.get(k - 1).and_then(|r| r.get(end)).copied() else {
                        continue;
                    };
                    let sum = rest + score;
                    if rest > NEVER && sum > top.0 {
                        top = (sum, ways, end);
                    } else if rest > NEVER && sum == top.0 {
                        top.1 = top.1.saturating_add(ways);
                    }
                }
                if let Some(slot) = best.get_mut(k).and_then(|r| r.get_mut(start)) {
                    *slot = top;
                }
            }
        }
        Splits { best, total }
    }

    /// The best split of the words from `start` into k heads.
    pub(crate) fn take(&self, k: usize, start: usize) -> Option<Split> {
        let (score, ways, _) = *self.best.get(k)?.get(start)?;
        if score <= NEVER / 2 {
            return None;
        }
        let mut heads = Vec::new();
        let mut at = start;
        for left in (1..=k).rev() {
            let end = self.best.get(left)?.get(at)?.2;
            heads.push(at..end);
            at = end;
        }
        (at == self.total).then_some(Split { heads, score, sure: ways == 1 })
    }
}

/// How plausible the heads are that begin at a word. The index is the head's length less one.
fn head_scores(words: &[HeadWord], start: usize) -> Vec<i32> {
    let Some(first) = words.get(start) else { return Vec::new() };
    let mut scores = Vec::new();
    let mut joined = begins(words, start);
    for length in 1..=LONGEST {
        let Some(head) = words.get(start..start + length) else { break };
        if let [.., a, b] = head {
            joined += join(a, b);
        }
        let parted = words.get(start + length).zip(head.last()).map_or(0, |(next, last)| part(last, next));
        let mut score = joined + parted + ends(head) + wrapped(head);
        score -= 5 * (length as i32 - 5).max(0);
        if length == 1 && known(&first.text) {
            score += 2;
        }
        scores.push(score);
    }
    scores
}

fn begins(words: &[HeadWord], start: usize) -> i32 {
    let Some(word) = words.get(start) else { return 0 };
    let lower = word.text.starts_with(|c: char| c.is_lowercase()) && word.kind == CellKind::Text;
    let mark = word.text.starts_with(['&', '(', '/', '-', '+']) && word.text.len() < 30;
    if start > 0 && (lower || mark) { -60 } else { 0 }
}

fn ends(head: &[HeadWord]) -> i32 {
    let Some(last) = head.last() else { return 0 };
    let open = hangs(&last.text) || last.text.contains('(') && !last.text.contains(')');
    let opened = head.iter().map(|w| w.text.matches('(').count()).sum::<usize>();
    let closed = head.iter().map(|w| w.text.matches(')').count()).sum::<usize>();
    let hanging = if open { -60 } else { 0 };
    let uneven = if opened == closed { 0 } else { -40 };
    hanging + uneven
}

/// What it costs to take two neighbouring words into one head.
fn join(a: &HeadWord, b: &HeadWord) -> i32 {
    // Each word that is taken in costs a little, so that the words of a title are not taken into the heads.
    let gap = match b.gap {
        HeadGap::Blank if b.text.starts_with(char::is_lowercase) => -15,
        HeadGap::Blank => -40,
        // No boundary can be here, so the wide gap is a slip of the typesetter.
        HeadGap::Wide if hangs(&a.text) || b.text.starts_with(char::is_lowercase) => -6,
        HeadGap::Wide => -30,
        HeadGap::Line if b.text.starts_with(char::is_uppercase) && !a.text.ends_with(['/', '&', '-']) => -2,
        HeadGap::Line => -1,
        HeadGap::Space => -3,
    };
    let period = match (a.kind, b.kind) {
        (CellKind::Period, CellKind::Period) if is_half(&a.text) && is_half(&b.text) => 3,
        (CellKind::Period, CellKind::Period) => -50,
        _ if is_year(&a.text) && is_year(&b.text) => -50,
        (CellKind::Text, CellKind::Period) if is_label_head(&a.text) => -15,
        (CellKind::Text, CellKind::Period) if b.gap == HeadGap::Line && !hangs(&a.text) => -12,
        _ if is_numbered(&b.text) && !hangs(&a.text) => -12,
        _ => 0,
    };
    // A word in small letters, or a bracket, goes on with the head before it.
    let goes_on = b.text.starts_with(|c: char| c.is_lowercase() || c == '&' || c == '(');
    gap + period + if goes_on { 3 } else { 0 }
}

/// What it costs to begin a new head between two words.
fn part(a: &HeadWord, b: &HeadWord) -> i32 {
    let half = a.kind == CellKind::Period
        && b.kind == CellKind::Period
        && is_half(&a.text)
        && b.gap == HeadGap::Line;
    if half { -8 } else { 0 }
}

/// Whether a text is a word with a number, such as "Stage 1". It begins a head, unless the word before it needs a
/// continuation.
fn is_numbered(text: &str) -> bool {
    text.contains(' ')
        && text.starts_with(char::is_uppercase)
        && text.ends_with(|c: char| c.is_ascii_digit())
        && !crate::lex::is_period(text)
}

/// Whether a text is one end of a period, such as "Apr16-" and "Mar 17".
fn is_half(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'Q' | 'q'))
        && text.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| crate::lex::is_month(w)).count() == 1
}

/// What it costs that a head broken over lines does not fit a column of one width.
fn wrapped(head: &[HeadWord]) -> i32 {
    let mut longest = 0;
    let mut limit = usize::MAX;
    let mut line = 0;
    for word in head {
        let length = word.text.chars().count();
        if matches!(word.gap, HeadGap::Line | HeadGap::Blank) && line > 0 {
            limit = limit.min(line + 1 + word.text.split(' ').next().map_or(0, |w| w.chars().count()));
            longest = longest.max(line);
            line = length;
        } else {
            line += length + usize::from(line > 0);
        }
    }
    if longest.max(line) < limit { 0 } else { -25 }
}
