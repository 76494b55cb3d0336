//! The documents that are checked together, each with its index, and which of them are of one body.

use super::ledger::Ledger;
use crate::model::about::{BodyKey, Kind};
use crate::model::document::Document;
use std::cmp::Reverse;
use std::collections::HashMap;

/// With how many documents of its body each is compared. What a body prints of one period stands in the reports of that year
/// and the next few, and so the work grows with the number of documents, and not with that of their pairs.
const NEAREST: usize = 8;

/// The documents of a run.
pub struct Run<'a> {
    /// One for each document, in the order in which these were given.
    pub ledgers: Vec<Ledger<'a>>,
    /// By document, those of its body that come before it, the nearest first.
    earlier: Vec<Vec<usize>>,
    /// By document, the one that it is a copy of.
    copies: &'a [Option<usize>],
}

impl<'a> Run<'a> {
    /// Indexes the figures of documents, and puts those of each body in order: by the ends of their periods, a quarter before
    /// the year that it ends; and those of one period by their kinds and then by their paths, so that nothing follows from
    /// the order in which they were given.
    pub fn of(documents: &'a [Document], copies: &'a [Option<usize>]) -> Run<'a> {
        let ledgers = documents.iter().enumerate().map(|(number, document)| Ledger::of(document, number));
        let mut bodies: HashMap<BodyKey, Vec<usize>> = HashMap::new();
        for (number, document) in documents.iter().enumerate() {
            let is_copy = copies.get(number).is_some_and(Option::is_some);
            if let Some(body) = document.body().filter(|_| !is_copy) {
                bodies.entry(body).or_default().push(number);
            }
        }
        let mut earlier = vec![Vec::new(); documents.len()];
        for mut of_body in bodies.into_values() {
            of_body.sort_by_cached_key(|number| {
                let document = documents.get(*number);
                let period =
                    document.and_then(|d| d.period).map(|period| (period.end, Reverse(period.start)));
                let path = document.map(|document| document.origin.path.as_str());
                (period.is_none(), period, document.map(rank), path, *number)
            });
            for (at, number) in of_body.iter().enumerate() {
                if let Some(before) = earlier.get_mut(*number) {
                    *before = of_body.iter().take(at).rev().take(NEAREST).copied().collect();
                }
            }
        }
        Run { ledgers: ledgers.collect(), earlier, copies }
    }

    /// The documents that are no copies of another: what is said of a copy would only be said twice.
    pub fn originals(&self) -> impl Iterator<Item = &Ledger<'a>> {
        let own = self.ledgers.iter().zip(self.copies);
        own.filter(|(_, copy)| copy.is_none()).map(|(ledger, _)| ledger)
    }

    /// The documents of a document's body that come before it, the nearest first.
    pub fn earlier(&self, number: usize) -> impl Iterator<Item = &Ledger<'a>> {
        self.earlier.get(number).into_iter().flatten().filter_map(|other| self.ledgers.get(*other))
    }
}

/// Where a document stands among those of its period: first the tables that others add up, then the reports, then what quotes
/// them.
fn rank(document: &Document) -> u8 {
    match document.about.kind.as_ref().map(|told| told.value) {
        Some(Kind::Data) => 0,
        _ if quotes(document) => 2,
        _ => 1,
    }
}

/// Whether a document tells the figures of another: minutes, a letter or a press page.
pub fn quotes(document: &Document) -> bool {
    let kind = document.about.kind.as_ref().map(|told| told.value);
    kind.is_some_and(|kind| matches!(kind, Kind::Minutes | Kind::Letter | Kind::Press))
}
