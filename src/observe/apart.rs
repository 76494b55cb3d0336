//! Gives figures that would share their key, although their values differ, the words that tell them apart.

use crate::model::arena::Arena;
use crate::model::block::Block;
use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Facets, Label};
use crate::model::figure::{Figure, Home};
use crate::model::ids::BlockIdx;
use crate::model::table::Table;
use crate::phrase::{Grammar, TokenKind};
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Tells the figures of a table apart that its heads leave alike. Where rows that the vocabulary takes for the same are
/// printed with different labels ("Mother" and "Father"), the label as printed is added, and so for columns. Where the
/// labels are the same, the line that heads a group of rows is added.
pub(super) fn cells(table: &Table, class: Dimension, figures: &mut [Figure]) {
    let groups = groups_of(table);
    let add: [&dyn Fn(usize, usize) -> String; 3] = [
        &|row, _| row_label(table, row),
        &|_, col| (0..table.header_rows).map(|row| table.text(row, col)).collect::<Vec<_>>().join(" "),
        &|row, _| groups.get(row).and_then(|at| *at).map_or_else(String::new, |at| row_label(table, at)),
    ];
    for (label, dimension) in add.into_iter().zip([class, Dimension::Column, Dimension::Section]) {
        for alike in alike(figures, |figure| Arc::as_ptr(&figure.facets)) {
            let texts = alike.iter().filter_map(|at| {
                let (_, row, col) = figures.get(*at)?.home.cell()?;
                Some((*at, label(row, col)))
            });
            distinguish(figures, dimension, texts.collect());
        }
    }
}

/// Tells the figures of running text apart: by their labels, or else by the words around them, or else by the words that
/// open their paragraph.
pub(super) fn prose(figures: &mut [Figure], blocks: &Arena<BlockIdx, Block>, grammar: &Grammar) {
    let opening = |figure: &Figure| {
        let Home::Prose { block, .. } = figure.home else { return String::new() };
        let text = blocks.get(block).map_or("", |block| block.passage.text.as_str());
        let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, ':' | ',' | '.' | '('));
        text.get(..end.unwrap_or(text.len())).unwrap_or_default().to_owned()
    };
    let words: [&dyn Fn(&Figure) -> String; 3] =
        [&|figure| figure.name.clone(), &|figure| worded(grammar, &figure.label), &opening];
    for words in words {
        let prose = |figure: &Figure| matches!(figure.home, Home::Prose { .. });
        let key = |figure: &Figure| (Arc::clone(&figure.facets), Arc::clone(&figure.context), prose(figure));
        for alike in alike(figures, key) {
            let read = |at: &usize| figures.get(*at).filter(|figure| prose(figure));
            let named = alike.iter().filter_map(|at| Some((*at, words(read(at)?)))).collect();
            distinguish(figures, Dimension::Other, named);
        }
    }
}

/// The words of a text without its numerals.
fn worded(grammar: &Grammar, text: &str) -> String {
    let tokens = grammar.lex(text);
    let word = tokens
        .iter()
        .filter(|token| !matches!(token.kind, TokenKind::Quantity(_) | TokenKind::Punctuation(_)));
    word.filter_map(|token| text.get(token.range.clone())).collect::<Vec<_>>().join(" ")
}

/// Groups of figures that nothing tells apart, and that have different values.
fn alike<K: Eq + Hash>(figures: &[Figure], key: impl Fn(&Figure) -> K) -> Vec<Vec<usize>> {
    let mut first: FxHashMap<_, usize> = FxHashMap::default();
    let mut groups: Vec<(Option<Exact>, bool, Vec<usize>)> = Vec::new();
    for (at, figure) in figures.iter().enumerate() {
        let next = groups.len();
        let group = *first.entry((key(figure), figure.quantity.unit, figure.role)).or_insert(next);
        if group == next {
            groups.push((figure.quantity.value.clone(), false, Vec::new()));
        }
        let Some((value, differ, members)) = groups.get_mut(group) else { continue };
        *differ |= *value != figure.quantity.value;
        members.push(at);
    }
    groups.into_iter().filter(|(_, differ, _)| *differ).map(|(_, _, members)| members).collect()
}

/// Gives figures their texts as labels, where the texts are not all the same.
fn distinguish(figures: &mut [Figure], dimension: Dimension, texts: Vec<(usize, String)>) {
    let first = texts.first().map(|(_, text)| text.as_str()).unwrap_or_default();
    if texts.iter().all(|(_, text)| text == first) {
        return;
    }
    let mut shared: FxHashMap<(*const Facets, &str), Arc<Facets>> = FxHashMap::default();
    for (at, text) in &texts {
        let text = text.trim();
        let Some(figure) = figures.get_mut(*at).filter(|_| !text.is_empty()) else { continue };
        let of = (Arc::as_ptr(&figure.facets), text);
        let told = shared.entry(of).or_insert_with(|| Arc::new(labelled(&figure.facets, dimension, text)));
        figure.facets = Arc::clone(told);
    }
}

/// The facets with one more label.
fn labelled(facets: &Facets, dimension: Dimension, text: &str) -> Facets {
    let mut facets = facets.clone();
    let known =
        facets.dimensions.has(dimension) || (facets.open.has(dimension) && dimension != Dimension::Other);
    let dimension = if known { Dimension::Other } else { dimension };
    let label = |raw: String| Label { normalised: normalised(&raw), raw };
    let label = match facets.open.get(dimension) {
        Some(before) => label(format!("{} / {text}", before.raw)),
        None => label(text.to_owned()),
    };
    facets.open.set(dimension, Arc::new(label));
    facets
}

fn normalised(raw: &str) -> String {
    let lower = raw.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What a row is called: its heads, or without them the texts before its first number.
fn row_label(table: &Table, row: usize) -> String {
    let heads = (0..table.header_cols).map(|col| table.text(row, col)).collect::<Vec<_>>().join(" ");
    if !heads.trim().is_empty() {
        return heads;
    }
    let texts = (table.header_cols..table.cols).map(|col| table.text(row, col).trim());
    let before = texts.take_while(|text| !text.starts_with(|c: char| c.is_ascii_digit()));
    before.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// For each row, the row above that has a label and nothing else, and so heads the rows below it.
fn groups_of(table: &Table) -> Vec<Option<usize>> {
    let mut filled = vec![0_usize; table.rows];
    let mut labelled = vec![false; table.rows];
    for cell in table.cells.iter().filter(|cell| !cell.passage.text.trim().is_empty()) {
        filled.get_mut(cell.row).into_iter().for_each(|count| *count += 1);
        let label = cell.col == 0 && cell.passage.text.contains(char::is_alphabetic);
        labelled.get_mut(cell.row).into_iter().for_each(|row| *row |= label);
    }
    let mut head = None;
    let rows = (0..table.rows).map(|row| {
        let alone =
            row >= table.header_rows && filled.get(row) == Some(&1) && labelled.get(row) == Some(&true);
        if alone {
            head = Some(row);
        }
        head.filter(|at| *at != row)
    });
    rows.collect()
}
