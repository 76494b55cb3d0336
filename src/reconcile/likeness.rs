//! Rows and columns of tables that a sentence names in other words: an index of the words of their heads. A word counts for
//! more, the fewer lines of its table have it.

use crate::model::document::Document;
use crate::model::ids::TableIdx;
use crate::model::table::Table;
use crate::pack::pack;
use std::borrow::Cow;
use std::collections::HashMap;

/// The part of a line's weight that a sentence must name for the line to be meant.
const MEANT: f32 = 0.25;
/// How many lines of a table are indexed: a longer one lists things that no sentence names one by one.
const LINES: usize = 400;
/// Words that begin alike are one word in two forms ("visitor", "visits") from so many letters on.
const STEM: usize = 5;
/// How many lines of a table are taken for one sentence.
const MOST: usize = 4;

/// A row or column of a table that a sentence names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Index into the document's tables.
    pub table: TableIdx,
    /// A row; else a column.
    pub is_row: bool,
    /// Its number in the table.
    pub at: usize,
    /// How much of what its heads say the sentence says too: 1 for everything.
    pub named: f32,
}

/// The words of the heads of one table's rows or columns.
#[derive(Debug)]
struct Heads {
    table: TableIdx,
    is_row: bool,
    /// The words of each line, with the line's number.
    lines: Vec<(usize, Vec<String>)>,
    /// What each word weighs.
    weights: HashMap<String, f32>,
}

/// The index of a document.
#[derive(Debug, Default)]
pub struct Likeness {
    heads: Vec<Heads>,
}

impl Likeness {
    /// Of all tables of a document.
    pub fn of(document: &Document) -> Likeness {
        let tables = document.tables.entries();
        let heads =
            tables.flat_map(|(index, table)| [Heads::of(index, table, true), Heads::of(index, table, false)]);
        Likeness { heads: heads.filter(|heads| !heads.lines.is_empty()).collect() }
    }

    /// The lines that a sentence names: of each table the ones that it names best.
    pub fn named_by(&self, said: &Said) -> Vec<Line> {
        self.heads.iter().flat_map(|heads| heads.named_by(&said.0)).collect()
    }
}

/// The words of a sentence that have content.
#[derive(Debug)]
pub struct Said(Vec<String>);

impl Said {
    /// Of a sentence, or of a stretch of one.
    pub fn of(sentence: &str) -> Said {
        Said(words(sentence))
    }

    /// Whether a word is said, in whatever form.
    pub fn has(&self, word: &str) -> bool {
        self.0.iter().any(|said| alike(word, said))
    }
}

/// The words of a label that have content, without what it says in brackets.
pub fn words_of_label(label: &str) -> Vec<String> {
    words(&without_brackets(label))
}

impl Heads {
    fn of(index: TableIdx, table: &Table, is_row: bool) -> Heads {
        let (from, to) =
            if is_row { (table.header_rows, table.rows) } else { (table.header_cols, table.cols) };
        let heads = if is_row { table.header_cols } else { table.header_rows };
        let label = |at: usize| {
            let cells =
                (0..heads).map(|head| if is_row { table.text(at, head) } else { table.text(head, at) });
            let label: Vec<&str> = cells.collect();
            words_of_label(&label.join(" "))
        };
        let lines: Vec<(usize, Vec<String>)> = (from..to.min(from + LINES))
            .map(|at| (at, label(at)))
            .filter(|(_, words)| !words.is_empty())
            .collect();
        let mut counts: HashMap<String, u32> = HashMap::new();
        for word in lines.iter().flat_map(|(_, words)| words) {
            *counts.entry(word.clone()).or_default() += 1;
        }
        let all = lines.len() as f32 + 1.0;
        let weights =
            counts.into_iter().map(|(word, count)| (word, (all / count as f32).log2().max(0.1))).collect();
        Heads { table: index, is_row, lines, weights }
    }

    fn named_by(&self, said: &[String]) -> Vec<Line> {
        let weight = |word: &String| self.weights.get(word).copied().unwrap_or(0.0);
        let mut lines: Vec<Line> = Vec::new();
        for (at, words) in &self.lines {
            let all: f32 = words.iter().map(weight).sum();
            let met: f32 =
                words.iter().filter(|word| said.iter().any(|other| alike(word, other))).map(weight).sum();
            if met >= all * MEANT && met > 0.0 {
                lines.push(Line { table: self.table, is_row: self.is_row, at: *at, named: met / all });
            }
        }
        let best = lines.iter().map(|line| line.named).fold(0.0, f32::max);
        lines.retain(|line| line.named >= best - 0.05);
        lines.truncate(MOST);
        lines
    }
}

/// Two forms of one word.
fn alike(a: &str, b: &str) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a == b || shared >= STEM && shared * 5 >= a.len().max(b.len()) * 3
}

/// The words of a text that have content, without plural endings, each once.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in without_joints(&text.to_lowercase()).split(|c: char| !c.is_alphanumeric()) {
        let stem = pack().words.plural_ending.strip(word);
        let empty = [word, stem]
            .iter()
            .any(|w| pack().words.without_content_in_labels.has(w) || pack().words.counts_anything.has(w));
        let plain = stem.len() > 1 && stem.chars().all(char::is_alphabetic);
        if plain && !empty && !found.iter().any(|known| known == stem) {
            found.push(stem.to_owned());
        }
    }
    found
}

/// A text in which a letter and the word that a hyphen joins to it are one word: "e-mail" is "email".
fn without_joints(text: &str) -> Cow<'_, str> {
    if !text.contains('-') {
        return text.into();
    }
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let joins = |at: usize| {
        let single = letter(at.checked_sub(1)) && !letter(at.checked_sub(2));
        chars.get(at) == Some(&'-') && single && letter(Some(at + 1))
    };
    chars.iter().enumerate().filter(|(at, _)| !joins(*at)).map(|(_, c)| *c).collect::<String>().into()
}

/// A label without what it says in brackets, unless it says nothing else.
fn without_brackets(label: &str) -> Cow<'_, str> {
    if !label.contains(['(', ')']) {
        return label.into();
    }
    let mut depth = 0u32;
    let outside: String = label
        .chars()
        .filter(|c| {
            depth = match c {
                '(' => depth + 1,
                ')' => depth.saturating_sub(1),
                _ => depth,
            };
            depth == 0 && *c != ')'
        })
        .collect();
    if outside.trim().is_empty() { label.into() } else { outside.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_alike() {
        assert!(alike("visit", "visitor") && alike("employee", "employment") && alike("loan", "loan"));
        assert!(!alike("loan", "loud") && !alike("service", "serious") && !alike("contact", "container"));
    }

    #[test]
    fn words_have_content_and_no_plural() {
        assert_eq!(words("The number of visits to the libraries"), ["visit", "librarie"]);
        assert_eq!(without_brackets("Waiting times (on arrival)").trim(), "Waiting times");
        assert_eq!(without_brackets("(other)"), "(other)");
    }
}
