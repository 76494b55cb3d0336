//! Searches that find the relations of several checks at once.

pub(super) mod again;
mod alike;
mod all_cases;
pub(super) mod announced;
mod answered;
mod answers;
mod bracketed;
mod broken_down;
mod by_group;
mod carried;
mod cells;
mod changes;
mod chart_labels;
mod charts;
mod classes;
mod closing;
mod columns;
mod concluded;
mod elsewhere;
mod ends;
pub(super) mod extremes;
mod formulas;
mod headline;
mod joined;
pub(super) mod leaders;
mod listed;
mod lists;
mod named;
mod named_parts;
mod near_table;
mod net;
mod other_end;
mod outcomes;
mod outline;
mod paired;
mod parallel;
pub mod partitions;
pub mod phrases;
mod proportions;
mod rates;
mod reprints;
mod runs;
mod same;
mod same_heads;
mod series;
mod sides;
mod stacked;
mod stale;
mod summed_up;
pub(super) mod superlatives;
mod thousands;
mod told;
mod totals;
mod units;
mod words;

use super::Emitter;
use crate::model::document::Stated;
use crate::model::ids::FigureIdx;
use crate::model::text::Place;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, Relation};

/// The searches, in the order in which they are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proposer {
    /// Total rows and columns, and lines that are totals without being called so.
    Totals,
    /// Rows with their parts set in under them.
    Outlines,
    /// Sums of lines against totals that stand elsewhere.
    Headlines,
    /// Change columns and the values that they compare.
    Columns,
    /// Shares beside their counts, and shares that make 100.
    Shares,
    /// What sentences state.
    Phrases,
    /// Totals taken apart in running text.
    Runs,
    /// Cases counted by outcome or stage in running text.
    Classes,
    /// One figure printed twice, or once only.
    Same,
    /// What the numbers of a table show by themselves.
    Cells,
    /// What the formulas of a spreadsheet say.
    Formulas,
    /// Rates for so many people.
    Rates,
    /// One number in two units.
    Units,
}

impl Proposer {
    /// The search itself.
    pub fn emitter(self) -> Emitter {
        match self {
            Proposer::Totals => totals::emit,
            Proposer::Outlines => outline::emit,
            Proposer::Headlines => headline::emit,
            Proposer::Columns => columns::emit,
            Proposer::Shares => partitions::emit,
            Proposer::Phrases => phrases::emit,
            Proposer::Runs => runs::emit,
            Proposer::Classes => classes::emit,
            Proposer::Same => same::emit,
            Proposer::Cells => cells::emit,
            Proposer::Formulas => formulas::emit,
            Proposer::Rates => rates::emit,
            Proposer::Units => units::emit,
        }
    }
}

impl Relation {
    /// A relation for a figure, placed and printed as it is.
    pub(crate) fn of_figure(
        ledger: &Ledger,
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
            published: Some(ledger.id(figure)),
            document: ledger.number,
            place,
            printed: printed.into(),
            licence: Licence::Stated,
            picked_of: 0,
            readings: Vec::new(),
        }
    }

    /// A relation for what a sentence states without a figure of its own.
    pub(crate) fn of_statement(
        ledger: &Ledger,
        stated: &Stated,
        code: &'static str,
        arithmetic: Arithmetic,
    ) -> Relation {
        Relation {
            code,
            arithmetic,
            published: None,
            document: ledger.number,
            place: stated.place,
            printed: ledger.document.text_at(stated.place).into(),
            licence: Licence::Stated,
            picked_of: 0,
            readings: Vec::new(),
        }
    }
}
