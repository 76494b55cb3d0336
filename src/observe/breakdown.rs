//! What tells the figures of a table or a section apart where the vocabulary has no value for it: the labels of rows,
//! columns and headings as they are printed.

use super::meaning::Words;
use crate::model::facets::{Dimension, Facets, Label, Measure};
use crate::model::labels::Labels;
use crate::model::names::TermClass;
use crate::model::table::Table;
use crate::model::topic::Topic;
use crate::pack::{Set, pack};
use crate::phrase::{Token, TokenKind};
use ecow::eco_format;
use std::ops::Range;
use std::sync::Arc;

/// The label of a text of which `facets` do not say all; nothing where they do. The words of the period at `period`
/// are left out, since the figure has it.
pub(super) fn label(
    text: &str,
    tokens: &[Token],
    facets: &Facets,
    period: Option<Range<usize>>,
) -> Option<Arc<Label>> {
    let told = |token: &&Token| period.as_ref() == Some(&token.range);
    let rest: Vec<&Token> = tokens.iter().filter(|token| !told(token)).collect();
    rest.iter().any(|token| is_left_over(token, facets)).then(|| {
        let words: Vec<String> = rest.iter().filter_map(|token| folded(text, token)).collect();
        Arc::new(Label { raw: text.trim().into(), normalised: words.join(" ").into() })
    })
}

/// Whether a token says something that the facets do not hold.
fn is_left_over(token: &Token, facets: &Facets) -> bool {
    match &token.kind {
        TokenKind::Word(word) => {
            !pack().words.without_content_in_labels.has(word) && !pack().classes.bare.has(word)
        }
        TokenKind::Punctuation(_) => false,
        TokenKind::Quantity(_) | TokenKind::Period(_) | TokenKind::Reference => true,
        TokenKind::Term(term) => match &term.class {
            TermClass::Measure => {
                let measure = Measure::named(&term.value);
                measure.is_some_and(|measure| measure != facets.measure || measure == Measure::Other)
            }
            TermClass::Population => facets.population.is_none_or(|known| known.name() != &*term.value),
            TermClass::Target | TermClass::Average | TermClass::Total | TermClass::Share => false,
            class => match Dimension::named(class.name()) {
                Some(dimension) => {
                    facets.dimensions.get(dimension).is_none_or(|known| known.normalised != *term.value)
                }
                None => true,
            },
        },
    }
}

/// A token in small letters, without plural endings.
fn folded(text: &str, token: &Token) -> Option<String> {
    match &token.kind {
        TokenKind::Punctuation(_) => None,
        TokenKind::Word(word) => Some((**word).to_owned()),
        _ => Some(text.get(token.range.clone())?.to_lowercase()),
    }
}

/// What the labels of a table's rows are, one for each of its head columns: as the words over them say, or else
/// the words after "by" in what stands over the table.
pub(super) fn classes(table: &Table, over: &str) -> Vec<Dimension> {
    let corner = |col: usize| (0..table.header_rows).rev().find_map(|row| class_of(table.text(row, col)));
    let named = over_by(over).and_then(|words| class_of(&words));
    (0..table.header_cols).map(|col| corner(col).or(named).unwrap_or(Dimension::Other)).collect()
}

/// The words after "by" in a title.
fn over_by(title: &str) -> Option<String> {
    let mut words = title.split_whitespace();
    words.find(|word| pack().classes.by.has_folded(word))?;
    Some(words.collect::<Vec<_>>().join(" "))
}

/// What a head over labels says that they are.
fn class_of(head: &str) -> Option<Dimension> {
    let lower = head.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let pairs: Vec<String> = words.windows(2).map(|pair| pair.join(" ")).collect();
    let says = |set: &Set| words.iter().any(|word| set.has(word)) || pairs.iter().any(|pair| set.has(pair));
    let classes = &pack().classes;
    let all = [
        (Dimension::Service, &classes.service),
        (Dimension::Team, &classes.team),
        (Dimension::Ward, &classes.ward),
        (Dimension::Reason, &classes.reason),
        (Dimension::Outcome, &classes.outcome),
        (Dimension::Channel, &classes.channel),
        (Dimension::Complainant, &classes.complainant),
        (Dimension::Age, &classes.age),
        (Dimension::Ethnicity, &classes.ethnicity),
        (Dimension::Topic, &classes.topic),
    ];
    all.into_iter().find(|(_, set)| says(set)).map(|(dimension, _)| dimension)
}

/// Adds a label to those of a figure. Where the figure has a value of the class, the label is one of no class.
pub(super) fn add(open: &mut Labels, known: &Labels, class: Dimension, label: &Arc<Label>) {
    let free = |dimension: Dimension| !known.has(dimension) && !open.has(dimension);
    match [class, Dimension::Other].into_iter().find(|dimension| free(*dimension)) {
        Some(dimension) => open.set(dimension, Arc::clone(label)),
        None => {
            let before = open.get(Dimension::Other).cloned();
            let joined = before.map_or_else(|| Label::clone(label), |before| joined(&before, label));
            open.set(Dimension::Other, Arc::new(joined));
        }
    }
}

/// Two labels as one.
pub(super) fn joined(a: &Label, b: &Label) -> Label {
    Label {
        raw: eco_format!("{} / {}", a.raw, b.raw),
        normalised: eco_format!("{} / {}", a.normalised, b.normalised),
    }
}

/// What a caption or a heading is about, beyond what it says of the measure and the dimensions.
pub(super) fn section(text: &str, words: &Words, facets: &Facets) -> Option<Arc<Label>> {
    label(text, &words.lex(text), facets, None)
}

/// The label of what a sentence says a figure is about, in the words that the vocabulary does not know. `raw` are the
/// words around the figure.
pub(super) fn subject(topic: &Topic, raw: &str) -> Option<Arc<Label>> {
    let normalised = topic.iter().filter(|word| !pack().labels.noise.has(word)).collect::<Vec<_>>().join(" ");
    (!normalised.is_empty()).then(|| Arc::new(Label { raw: raw.into(), normalised: normalised.into() }))
}
