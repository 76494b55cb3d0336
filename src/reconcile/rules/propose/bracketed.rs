//! Wholes with their parts in the bracket behind them: "7 case officers [3 full-time, 4 part-time]". What a bracket leaves out
//! is not known, so that only parts that make the whole are told of.

use super::runs::is_count;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::model::ids::FigureIdx;
use crate::model::text::Place;
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use std::collections::BTreeSet;

/// How many parts stand in a bracket at most.
const MOST: usize = 12;

/// The wholes of a document with their parts, but for parts that were summed up before.
pub(super) fn of_document(
    ledger: &Ledger,
    summed: &mut BTreeSet<Vec<FigureIdx>>,
) -> Vec<(FigureIdx, Vec<FigureIdx>)> {
    let counts = ledger.document.figures.ids().filter(|i| is_count(ledger, *i));
    let wholes = counts.filter_map(|total| Some((total, parts(ledger, total)?)));
    wholes.filter(|(_, parts)| summed.insert(parts.clone())).collect()
}

/// The counts in the bracket behind a whole, each with words of its own, where they make it.
fn parts(ledger: &Ledger, total: FigureIdx) -> Option<Vec<FigureIdx>> {
    let whole = ledger.figure(total)?;
    let wanted = whole.quantity.value.as_ref()?;
    let (mut parts, mut sum, mut last) = (Vec::new(), Exact::ZERO, whole);
    for index in (1..=MOST).map(|nth| total.plus(nth)) {
        let figure = ledger.figure(index).filter(|figure| is_beside(whole, figure));
        let Some(figure) = figure.filter(|_| is_count(ledger, index)) else { break };
        let between = between(ledger, last, figure);
        let joined = if parts.is_empty() { opens(&between) } else { separates(&between) };
        if !joined {
            return None;
        }
        sum = &sum + figure.quantity.value.as_ref()?;
        parts.push(index);
        last = figure;
        if sum >= *wanted {
            break;
        }
    }
    let closed = || closes(&after(ledger, last));
    (parts.len() > 1 && sum == *wanted && closed()).then_some(parts)
}

/// Whether a figure stands in the same sentence or cell.
fn is_beside(whole: &Figure, figure: &Figure) -> bool {
    match (whole.home, figure.home) {
        (Home::Prose { .. }, Home::Prose { .. }) => whole.home == figure.home,
        (one, other) => one.cell().is_some() && one.cell() == other.cell(),
    }
}

fn between(ledger: &Ledger, last: &Figure, next: &Figure) -> String {
    let (start, end) = (last.place.end, next.place.start);
    ledger.document.text_at(Place { start, end, line_end: next.place.line, ..last.place })
}

/// The text behind a figure: the rest of its line, and the next.
fn after(ledger: &Ledger, last: &Figure) -> String {
    let text = |number: u32| ledger.document.line(number).map_or("", |line| line.text.as_str());
    let rest = text(last.place.line).chars().skip(last.place.end as usize);
    rest.chain([' ']).chain(text(last.place.line + 1).chars()).collect()
}

/// Whether one bracket opens right before the first part, behind words that say what the whole counts.
fn opens(text: &str) -> bool {
    let inner = text.trim_end().strip_suffix(['(', '[']);
    inner.is_some_and(|words| {
        words.contains(char::is_alphabetic) && !words.contains(['(', '[', ')', ']', '.', ';', ':', ','])
    })
}

/// Whether a text separates the parts of a list, the first of which it ends with words.
fn separates(text: &str) -> bool {
    let listed =
        text.contains([',', ';', '/']) || text.split_whitespace().any(|word| pack().numerals.and.has(word));
    listed && text.contains(char::is_alphabetic) && !text.contains(['(', '[', ')', ']'])
}

/// Whether the bracket closes behind the words of the last part, before any other part.
fn closes(text: &str) -> bool {
    let inner = text.find([')', ']']).and_then(|end| text.get(..end));
    inner.is_some_and(|words| words.contains(char::is_alphabetic) && !words.contains([',', ';', '(', '[']))
}
