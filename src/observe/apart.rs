//! Gives figures that would share their key, although their values differ, the words that tell them apart.

mod texts;

use crate::model::block::Layout;
use crate::model::facets::{Dimension, Facets, Label};
use crate::model::figure::{Figure, Home};
use crate::model::known::repeated;
use crate::model::sheet::Sheet;
use crate::phrase::{Grammar, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::Arc;
use texts::Texts;

/// What a figure is called in one respect; nothing where it has no name in it.
type LabelOf<'a> = dyn FnMut(&Figure, &mut Texts) -> Option<Arc<str>> + 'a;

/// What has the words by which figures are told apart.
pub(super) struct Around<'a> {
    pub layout: &'a Layout,
    pub sheet: Option<&'a Sheet>,
    pub grammar: &'a Grammar,
}

/// Tells figures apart that nothing else does: those of tables by the labels of rows and columns as they are printed (where
/// the vocabulary takes "Mother" and "Father" for one), by the line over a group of rows, by the title of the table, by the
/// row of which theirs is a part, by the number that lists their row and by their number in the cell; those of running text
/// by their names, or else by the words around them, by the text above that a paragraph in brackets says more of, or else by
/// the words that open their paragraph. A label is only given where it helps.
pub(super) fn tell_apart(figures: &mut [Figure], around: &Around) {
    let mut texts = Texts::of(around);
    let mut groups = alike(figures, &(0..figures.len()).collect::<Vec<_>>());
    let labels: [(Dimension, &mut LabelOf); 11] = [
        (Dimension::Other, &mut |figure, texts| texts.row(figure)),
        (Dimension::Column, &mut |figure, texts| texts.column(figure)),
        (Dimension::Other, &mut |figure, texts| texts.group(figure)),
        (Dimension::Section, &mut |figure, texts| texts.title(figure)),
        (Dimension::Other, &mut |figure, texts| texts.whole(figure)),
        (Dimension::Other, &mut |figure, texts| texts.listed(figure)),
        (Dimension::Column, &mut |figure, _| part_of_cell(figure)),
        (Dimension::Other, &mut |figure, _| in_prose(figure).then(|| figure.name().into())),
        (Dimension::Other, &mut |figure, _| {
            in_prose(figure).then(|| worded(around.grammar, &figure.label()).into())
        }),
        (Dimension::Other, &mut |figure, texts| texts.bracketed(figure)),
        (Dimension::Other, &mut |figure, texts| texts.opening(figure)),
    ];
    for (dimension, label) in labels {
        let mut left = Vec::new();
        for group in groups {
            let read = |at: &usize| Some((*at, label(figures.get(*at)?, &mut texts)?));
            let told: Vec<(usize, Arc<str>)> = group.iter().filter_map(read).collect();
            if distinguish(figures, dimension, &told) {
                left.extend(alike(figures, &group));
            } else {
                left.push(group);
            }
        }
        groups = left;
    }
}

fn in_prose(figure: &Figure) -> bool {
    matches!(figure.home, Home::Prose { .. })
}

/// The number of a figure in its cell, from 1.
fn part_of_cell(figure: &Figure) -> Option<Arc<str>> {
    match figure.home {
        Home::Cell { part, .. } => Some((part + 1).to_string().into()),
        Home::Prose { .. } => None,
    }
}

/// The words of a text without its numerals.
fn worded(grammar: &Grammar, text: &str) -> String {
    let tokens = grammar.lex(text);
    let is_word = |kind: &TokenKind| !matches!(kind, TokenKind::Quantity(_) | TokenKind::Punctuation(_));
    let words = tokens.iter().filter(|token| is_word(&token.kind));
    words.filter_map(|token| text.get(token.range.clone())).collect::<Vec<_>>().join(" ")
}

/// The hashes of so many facets are kept. The figures that share facets stand near each other.
const MOST_KNOWN: usize = 4_096;

/// Groups of figures that nothing tells apart, and that have different values.
fn alike<'a>(figures: &'a [Figure], among: &[usize]) -> Vec<Vec<usize>> {
    let mut first: FxHashMap<Hashed<_>, usize> = FxHashMap::default();
    // Its first figure, whether others have another value, and these. Most figures are alone, which takes no list.
    let mut groups: Vec<(usize, bool, Vec<usize>)> = Vec::new();
    // Most figures are alone already by the hashes of their keys. Those take no place in the table.
    let key_of = |figure: &'a Figure| {
        (&figure.facets, &figure.context, figure.quantity.unit, figure.role, in_prose(figure))
    };
    // Facets are hashed once, however many figures share them. Those of a long list that no others share are not kept.
    let mut known: FxHashMap<_, u64> = FxHashMap::default();
    let mut of = |facets: &Facets| {
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        *known.entry(facets.halves()).or_insert_with(|| FxBuildHasher.hash_one(facets))
    };
    let mut hash = |at: &usize| {
        figures.get(*at).map_or(0, |figure| {
            let (facets, context, unit, role, prose) = key_of(figure);
            FxBuildHasher.hash_one((of(facets), of(context), unit, role, prose))
        })
    };
    let hashes: Vec<u64> = among.iter().map(&mut hash).collect();
    let several = repeated(hashes.clone());
    for (at, hash) in among.iter().zip(hashes) {
        let Some(figure) = figures.get(*at).filter(|_| several.binary_search(&hash).is_ok()) else {
            continue;
        };
        let (at, key) = (*at, Hashed(hash, key_of(figure)));
        let next = groups.len();
        let group = *first.entry(key).or_insert(next);
        match groups.get_mut(group) {
            Some((first, differ, others)) => {
                let value = figures.get(*first).map(|figure| &figure.quantity.value);
                *differ |= value != Some(&figure.quantity.value);
                others.push(at);
            }
            None => groups.push((at, false, Vec::new())),
        }
    }
    let members = |(first, _, others): (usize, bool, Vec<usize>)| [vec![first], others].concat();
    groups.into_iter().filter(|(_, differ, _)| *differ).map(members).collect()
}

/// A key with its hash.
#[derive(PartialEq, Eq)]
struct Hashed<T>(u64, T);

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// Gives figures their texts as labels, where the texts are not all the same; says whether they are not.
fn distinguish(figures: &mut [Figure], dimension: Dimension, texts: &[(usize, Arc<str>)]) -> bool {
    let first = texts.first().map(|(_, text)| text.trim()).unwrap_or_default();
    if texts.iter().all(|(_, text)| text.trim() == first) {
        return false;
    }
    // Figures of one label go on sharing their facets.
    let mut shared: FxHashMap<_, Facets> = FxHashMap::default();
    for (at, text) in texts {
        let text = text.trim();
        let Some(figure) = figures.get_mut(*at).filter(|_| !text.is_empty()) else { continue };
        let of = (figure.facets.halves(), text);
        let told = shared.entry(of).or_insert_with(|| labelled(&figure.facets, dimension, text));
        figure.facets = told.clone();
    }
    true
}

/// The facets with one more label.
fn labelled(facets: &Facets, dimension: Dimension, text: &str) -> Facets {
    let mut facets = facets.clone();
    let raw = match facets.open().get(dimension) {
        Some(before) => format!("{} / {text}", before.raw),
        None => text.to_owned(),
    };
    facets
        .wording_mut()
        .open
        .set(dimension, Arc::new(Label { normalised: normalised(&raw).into(), raw: raw.into() }));
    facets
}

fn normalised(raw: &str) -> String {
    let lower = raw.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
