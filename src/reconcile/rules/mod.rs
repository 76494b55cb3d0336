//! Figures → [`Relation`]s: which figures must agree with which, each with its ranked candidate operands.

mod blanks;
mod cells;
mod changes;
mod columns;
mod dates;
mod formulas;
mod headline;
mod lists;
mod mixtures;
mod partitions;
pub mod phrases;
mod proportions;
mod ranks;
mod runs;
mod same;
mod stale;
mod totals;

use super::ledger::Ledger;
use super::relation::{Arithmetic, FigureId, Licence, Relation};
use crate::model::ids::FigureIdx;

use crate::model::document::Document;
use crate::model::text::Place;

impl Relation {
    /// A relation for a figure, placed and printed as it is.
    fn of_figure(
        ledger: &Ledger,
        document: usize,
        figure: FigureIdx,
        code: &'static str,
        arithmetic: Arithmetic,
    ) -> Relation {
        let (place, printed) = ledger
            .figure(figure)
            .map_or((Place::default(), String::new()), |f| (f.place, ledger.document.text_at(f.place)));
        Relation {
            code,
            arithmetic,
            published: Some(FigureId { document, figure }),
            document,
            place,
            printed,
            licence: Licence::Stated,
            readings: Vec::new(),
        }
    }
}

/// All relations between the figures of some documents, in order of document and place.
pub fn relate(documents: &[Document]) -> Vec<Relation> {
    let mut relations = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let ledger = Ledger::of(document);
        let first = relations.len();
        for emit in EMITTERS {
            emit(&ledger, index, &mut relations);
        }
        if let Some(own) = relations.get_mut(first..) {
            own.sort_by(|a, b| (a.place, a.code).cmp(&(b.place, b.code)));
        }
    }
    relations
}

type Emitter = fn(&Ledger, usize, &mut Vec<Relation>);

/// Everything that makes relations. To add one is to add a file and its line here.
const EMITTERS: &[Emitter] = &[
    totals::emit,
    headline::emit,
    columns::emit,
    proportions::emit,
    partitions::emit,
    mixtures::emit,
    phrases::emit,
    runs::emit,
    same::emit,
    lists::emit,
    dates::emit,
    ranks::emit,
    blanks::emit,
    cells::emit,
    formulas::emit,
];
