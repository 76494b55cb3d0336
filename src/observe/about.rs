//! What a document is about: the body, the kind of document, the period.

use crate::model::about::{About, Basis, Body, Certainty, Told};
use crate::model::period::Period;
use crate::model::text::Line;
use crate::pack::{choice, pack};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Finds what a document is about.
pub(super) fn of(lines: &[Line], period: Option<Period>) -> About {
    let body = organisation(lines).map(|name| Body {
        key: name.to_lowercase(),
        printed: name.clone(),
        code: None,
        name,
    });
    let (source, confidence) = (Basis::Text, Certainty::Likely);
    About {
        organisation: body.map(|value| Told { value, source, confidence }),
        kind: None,
        period: period.map(|value| Told { value, source, confidence }),
    }
}

/// The name of the council that a document prints most often.
fn organisation(lines: &[Line]) -> Option<String> {
    let mut counts: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, l)| may_name(&l.text)) {
        // The pattern takes time to compile, so it is compiled only for a document that may hold such a name.
        for found in NAME.as_ref()?.find_iter(&line.text) {
            let printed = without_article(found.as_str());
            counts.entry(printed).or_insert((0, index)).0 += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|(_, (count, first))| (*count, usize::MAX - first))
        .map(|(name, _)| name.to_owned())
}

/// The name of a council or borough.
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let bodies = &pack().bodies;
    let (kinds, joints, leads) = (choice(&bodies.kinds), choice(&bodies.joints), choice(&bodies.leads));
    let (areas, of, head) = (choice(&bodies.areas), choice(&bodies.of), choice(&bodies.heads));
    let word = r"[A-Z][\w'-]+";
    let capitals = head.to_uppercase();
    Regex::new(&format!(
        r"\b([A-Z][A-Z'&-]+(?: [A-Z'&-]+){{0,4}} {capitals}|{word}(?: (?:{joints}|&|{word})){{0,5}}?(?: {kinds}){{0,3}} {head}|(?:{leads} )?{areas} {of} {word}(?: {word})?)\b"
    ))
    .ok()
});

/// Words of which one stands in each line that holds a name: its first word, or a kind of area with what it is of.
/// Lines without them need not be searched.
static SIGNS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let bodies = &pack().bodies;
    let heads = bodies.heads.iter().flat_map(|head| [head.to_owned(), head.to_uppercase()]);
    let areas = bodies.areas.iter().flat_map(|area| bodies.of.iter().map(move |of| format!("{area} {of} ")));
    heads.chain(areas).collect()
});

fn may_name(text: &str) -> bool {
    SIGNS.iter().any(|sign| text.contains(sign))
}

fn without_article(name: &str) -> &str {
    let articles = &pack().bodies.articles;
    name.split_once(' ').filter(|(first, _)| articles.has(first)).map_or(name, |(_, rest)| rest)
}
