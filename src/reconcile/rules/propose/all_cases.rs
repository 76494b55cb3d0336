//! A count that nothing else prints is at most the number of all cases, where the words of both say that it is one of them.
//!
//! That a small number is not more than a large one bears nothing out by itself, so that words must tie them: the one counts
//! cases, and the other says nothing that the one does not. What is said of fewer cases takes more words.

use crate::model::exact::Exact;
use crate::model::facets::{Dimension, Measure};
use crate::model::figure::{Figure, Home};
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, OperandRole, Reading, Relation};
use crate::reconcile::unify::{Query, says_no_more};

/// What may be assumed for a count to be of all the cases that a count is a part of.
const ASSUMED: u32 = 3;
/// How many counts are looked at for that of all cases.
const CANDIDATES: usize = 12;

/// The bound of a count by all cases, or else a claim without a partner.
pub(super) fn relation(ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Relation {
    let facets = super::columns::population_facets(figure);
    let narrower = !figure.facets.topic().is_empty() || figure.facets.dimensions != facets.dimensions;
    let found = ledger.find(Query::like(&facets, figure), figure.facets.period, Unit::Count, CANDIDATES);
    let is_all = |other: &Figure| {
        let named = matches!(other.home, Home::Cell { .. }) || !other.facets.counted.is_empty();
        other.quantity.value > figure.quantity.value
            && named
            && counts_cases(other)
            && says_no_more(&Query::of(other), &Query::of(figure))
            && !super::partitions::is_component(ledger, other)
    };
    let can_be_one = narrower && is_one_of_cases(ledger, figure);
    let mut found = found.into_iter().filter(|c| c.cost <= ASSUMED && can_be_one);
    let Some(all) = found.find(|c| ledger.figure(c.figure).is_some_and(is_all)) else {
        return Relation::of_figure(ledger, index, "CF000", Arithmetic::Same);
    };
    let operands = vec![(OperandRole::Part, ledger.id(index)), (OperandRole::Whole, ledger.id(all.figure))];
    let readings = vec![Reading { operands, cost: all.cost, note: None }];
    Relation { readings, ..Relation::of_figure(ledger, index, "CF206", Arithmetic::Bound) }
}

/// "Two directors" and "one being the weather" count no cases, and neither does the number before a heading. Nought is at
/// most anything.
fn is_one_of_cases(ledger: &Ledger, figure: &Figure) -> bool {
    let value = figure.quantity.value.as_ref();
    let named = !figure.facets.counted.is_empty() || matches!(figure.home, Home::Cell { .. });
    let plural = value.is_some_and(|value| *value > Exact::from(1));
    let numbered = ledger.document.blocks.get(ledger.block_of(figure)).is_some_and(|block| {
        let text = block.passage.text.trim_start();
        text.starts_with(&ledger.document.text_at(figure.place))
            && !text.trim_end().ends_with(['.', ';', ','])
    });
    let of_case = [Dimension::Outcome, Dimension::Disability, Dimension::Ethnicity, Dimension::Gender];
    let brought = of_case.into_iter().any(|dimension| figure.facets.dimensions.has(dimension));
    (counts_cases(figure) || brought && figure.measure() != Measure::Other)
        && value.is_some_and(|value| !value.is_zero())
        && (named || plural && !numbered)
}

fn counts_cases(figure: &Figure) -> bool {
    let own = figure.facets.measure;
    let told = if matches!(figure.home, Home::Cell { .. }) { figure.measure() } else { own };
    told != Measure::Other && !figure.facets.counts_something_else
}
