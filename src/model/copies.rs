//! Documents that are given twice: the same bytes, or the same report in another form.

use super::document::Document;
use super::exact::Exact;
use super::quantity::Unit;
use std::collections::{BTreeSet, HashMap};

/// How much of the values of one form another can lack: a table that is a picture in one, a note that is left out.
const LOST: usize = 10;
/// Fewer values are alike in many reports.
const FEWEST: usize = 8;

/// For each document, the one of which it is a copy; none of these is a copy itself.
///
/// Two files of the same bytes are one document. A report of the same body, kind and period is one in another form where one
/// of the two has all the values of the other, but for a tenth that it may have besides. Where each has values of its own,
/// one is a revised edition, and they are two.
pub fn copies(documents: &[Document]) -> Vec<Option<usize>> {
    let mut copies: Vec<Option<usize>> = vec![None; documents.len()];
    let mut first_of_bytes: HashMap<&str, usize> = HashMap::new();
    let mut of_kind: HashMap<_, Vec<(usize, Values)>> = HashMap::new();
    for (number, document) in documents.iter().enumerate().filter(|(_, document)| !document.is_blank()) {
        let known = first_of_bytes.entry(&document.origin.sha256).or_insert(number);
        if *known != number {
            copies.get_mut(number).into_iter().for_each(|copy| *copy = Some(*known));
            continue;
        }
        let kind = document.about.kind.map(|kind| kind.value);
        if let Some(about) = document.body().zip(document.period).zip(kind) {
            let values = values(document);
            let others = of_kind.entry(about).or_default();
            match others.iter().find(|(_, other)| is_other_form(&values, other)) {
                Some((other, _)) => copies.get_mut(number).into_iter().for_each(|copy| *copy = Some(*other)),
                None => others.push((number, values)),
            }
        }
    }
    copies
}

type Values<'a> = BTreeSet<(&'a Exact, Unit)>;

fn values(document: &Document) -> Values<'_> {
    let quantities = document.figures.iter().map(|figure| &figure.quantity);
    quantities.filter_map(|quantity| Some((quantity.value.as_ref()?, quantity.unit))).collect()
}

fn is_other_form(a: &Values, b: &Values) -> bool {
    let (less, more) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    less.len() >= FEWEST && less.is_subset(more) && (more.len() - less.len()) * LOST <= more.len()
}
