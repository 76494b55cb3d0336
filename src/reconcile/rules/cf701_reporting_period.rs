//! CF701 reporting-period: dates said to be in the reporting period are in it.

use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use crate::layout::sentences;
use crate::lex::period;
use crate::model::block::BlockKind;
use crate::model::period::{Period, PeriodExpr, PeriodKind};
use crate::pack::pack;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, Reading, Relation};

pub(crate) const CHECK: Check = Check {
    code: "CF701",
    name: "reporting-period",
    gist: "dates said to be in the reporting period are in it",
    severity: Severity::Note,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Compares dates that are said to lie in the reporting year, and full statements of that year, with the period
that the report is about.

## Why it matters

A date outside the year is often left from last year's report, with the sentence around it.

## Example

```text
Annual complaints report 2021/22
The new procedure began in May 2020, during this reporting year.
```

May 2020 is in 2020/21.

## When it stays quiet

- Where a date is not said to be in the reporting year.
- Where the period of the report is not known.
- It is a note: reports speak of the year of their writing too.
"#,
    message: "\"{published}\" is inconsistent with the reporting period: it {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

About this report

This report covers the period 1 April 2021 to 31 March 2022.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

About this report

This report covers the period 1 April 2021 to 31 March 2022.

A new procedure for complaints began in May 2020 during this reporting year.
"#],
};

/// Emits the statements of the reporting period, and dates said to be in it.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
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
                    document: ledger.number,
                    place,
                    printed: ledger.document.text_at(place),
                    licence: Licence::Implied,
                    picked_of: 0,
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
