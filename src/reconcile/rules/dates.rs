//! The reporting period itself: stated the same way throughout, and events that are said to lie in it.

use crate::layout::sentences;
use crate::lex::period;
use crate::model::block::BlockKind;
use crate::model::period::{Period, PeriodExpr, PeriodKind};
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, Reading, Relation};

/// Emits the statements of the reporting period, and dates said to be in it.
pub fn emit(ledger: &Ledger, document: usize, out: &mut Vec<Relation>) {
    let Some(own) = ledger.document.period else { return };
    for block in &ledger.document.blocks {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        for range in sentences(&block.passage.text) {
            let Some(text) = block.passage.text.get(range.clone()) else { continue };
            let lower = text.to_lowercase();
            for found in period::scan(text) {
                let PeriodExpr::Absolute(printed) = found.expr else { continue };
                let Some(settled) = settle(&lower, printed, own) else { continue };
                let place =
                    block.passage.place(range.start + found.range.start..range.start + found.range.end);
                out.push(Relation {
                    code: "CF701",
                    arithmetic: settled,
                    published: None,
                    document,
                    place,
                    printed: ledger.document.text_at(place),
                    licence: Licence::Implied,
                    readings: vec![Reading { operands: Vec::new(), cost: 0, note: None }],
                });
            }
        }
    }
}

/// Whether a sentence states the reporting period in full, or puts a month into it; and whether that holds.
fn settle(lower: &str, printed: Period, own: Period) -> Option<Arithmetic> {
    let states = pack().rules.states_period.within(lower);
    if states && printed.kind == PeriodKind::Year {
        let holds = (printed.start, printed.end) == (own.start, own.end);
        return holds.then_some(Arithmetic::Within { stated: printed, own, same: true });
    }
    if printed.kind == PeriodKind::Month && pack().rules.in_year.within(lower) {
        return Some(Arithmetic::Within { stated: printed, own, same: false });
    }
    None
}
