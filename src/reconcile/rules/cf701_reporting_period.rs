//! CF701 reporting-period: dates said to be in the reporting period are in it.

use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use crate::layout::sentences;
use crate::lex::period::{self, FoundPeriod, Slip};
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
that the report is about. A period that cannot be as it is printed is told as well: one that ends before it
starts ("31 March 2022 to 1 April 2021"), and years that run backwards.

## Why it matters

A date outside the year is often left from last year's report, with the sentence around it.

## Example

```text
Annual complaints report 2021/22
The new procedure began in May 2020, during this reporting year.
```

May 2020 is in 2020/21.

## When it stays quiet

- Where a date is not said to be in the reporting year, and a year not to be that of this report.
- Where the period of the report is not known.
- It is a note: reports speak of the year of their writing too.
"#,
    message: "\"{published}\" cannot be the period: {computed}",
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
"#, r#"Larkmere Council
Annual complaints report 2021/22

About this report

This report covers the period 1 April 2020 to 31 March 2021.
"#, r#"Larkmere Council
Annual complaints report 2021/22

The panel looked at complaints from 1 March 2022 to 31 October 2021.
"#],
};

/// Emits the statements of the reporting period, dates said to be in it, and periods that cannot be as they are printed.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for block in &ledger.document.blocks {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        for range in sentences(&block.passage.text) {
            let Some(text) = block.passage.text.get(range.clone()) else { continue };
            let lower = text.to_lowercase();
            let found = period::scan(text);
            let own = ledger.document.period;
            let states_own = found.iter().any(|found| is_own(found, own));
            for found in found {
                let Some((arithmetic, licence)) = settle(&lower, &found, own, states_own) else { continue };
                let place =
                    block.passage.place(range.start + found.range.start..range.start + found.range.end);
                out.push(Relation {
                    code: "CF701",
                    arithmetic,
                    published: None,
                    document: ledger.number,
                    place,
                    printed: ledger.document.text_at(place).into(),
                    licence,
                    picked_of: 0,
                    readings: vec![Reading { operands: Vec::new(), cost: 0, note: None }],
                });
            }
        }
    }
}

/// Whether a period is the reporting period.
fn is_own(found: &FoundPeriod, own: Option<Period>) -> bool {
    let PeriodExpr::Absolute(printed) = found.expr else { return false };
    own.is_some_and(|own| (printed.start, printed.end) == (own.start, own.end))
}

/// What a sentence says of a period: that it cannot be, that it is the reporting period, or that a month of it lies in that.
/// `states_own` tells that the sentence states the reporting period.
fn settle(
    lower: &str,
    found: &FoundPeriod,
    own: Option<Period>,
    states_own: bool,
) -> Option<(Arithmetic, Licence)> {
    // A line without a full stop can be heads of columns: "Jul-13 Jun-13". A stretch of 13 months can be meant.
    if let Some(slip) = found.slip {
        let misprint = (Arithmetic::Misprint(slip.to_string()), Licence::Stated);
        let sure = matches!(slip, Slip::Backwards | Slip::SameYear) && lower.trim_end().ends_with(['.', ';']);
        return sure.then_some(misprint);
    }
    let PeriodExpr::Absolute(printed) = found.expr else { return None };
    let same = is_own(found, own);
    let own = own?;
    let rules = &pack().rules;
    let within = |same| (Arithmetic::Within { stated: printed, own, same }, Licence::Implied);
    // "In the period 2019/20" need not be of this report, and a year beside the reporting period is of something else:
    // "(2020 edition)".
    let meant = same || !states_own && rules.of_this_report.within(lower);
    match printed.kind {
        PeriodKind::Year if meant && rules.states_period.within(lower) => Some(within(true)),
        PeriodKind::Month if rules.in_year.within(lower) => Some(within(false)),
        _ => None,
    }
}
