//! CF501 cross-year-restatement: a figure that a later report prints again is as it was first reported.

use super::propose::again;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::Relation;
use crate::reconcile::run::{Run, quotes};

pub(crate) const CHECK: Check = Check {
    code: "CF501",
    name: "cross-year-restatement",
    gist: "a figure that a later report prints again is as it was first reported",
    severity: Severity::Warning,
    emit: Emit::Across(emit),
    doc: r#"## What it does

Compares the reports of one body that are checked together. A figure that two of them print for the same period
(last year's column of this year's table, and this year's column of last year's) has to be the same in both. It
holds where the intervals of the two meet, and of two plain numerals with equally many decimals where they are the
same. Each report is compared with the eight before it.

Two figures are one where body and period are known to be the same, and nothing that is known of them differs:
unit, measure, population and labels. That two equal numbers are one figure is believed as long as it is likelier
than what has to be assumed for it. That two different ones are is believed only where the words of one label are
all that has to be assumed. Other figures of the same two tables bear it out: of tables that count the same, most
agree.

## Why it matters

A figure that changes after it was published may have been revised with good reason, and then the report should
say so; or it was copied wrongly, and then every change and trend that starts from it is off.

## Example

```text
2020/21 report             2021/22 report
Service   2020/21          Service   2020/21   2021/22
Housing        92          Housing        92        84
Highways       57          Highways       75        61
Planning       31          Planning       31        23
```

57 complaints about highways were reported for 2020/21; a year later, 75 are.

## When it stays quiet

- Where the body or the period of a figure is not known, or something that is known of both differs.
- Where one report leaves a label open that the other names, in its headings too: then equal numbers are compared, and
  others are not. A report on the homes of a council says at its top alone that its cases are none of other services.
- Where the one counts cases that came in and the other cases that were closed, or a share has no name in the one.
- Where the heads of two rows name other limits ("within 10 working days", "within 20 working days").
- Where a report prints several values for the figure.
- Where many figures of the same two tables differ: then they count different things.
- Where a numeral is marked as approximate.
"#,
    message: "This report says {published}{about}; an earlier one has {computed} for the same period",
    holds: &[r#"Larkmere Council
Annual complaints report 2020/21

Complaints received by service

| Service | 2020/21 |
| --- | --- |
| Housing | 92 |
| Highways | 57 |
| Planning | 31 |
=== NEXT ===
Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 92 | 84 |
| Highways | 57 | 61 |
| Planning | 31 | 23 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2020/21

Complaints received by service

| Service | 2020/21 |
| --- | --- |
| Housing | 92 |
| Highways | 57 |
| Planning | 31 |
=== NEXT ===
Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 92 | 84 |
| Highways | 75 | 61 |
| Planning | 31 | 23 |
"#],
};

/// Emits a relation for each figure of a report that one before it prints too.
fn emit(run: &Run, ledger: &Ledger, out: &mut Vec<Relation>) {
    let reports = run.earlier(ledger.number).filter(|earlier| !either_quotes(ledger, earlier));
    reports.for_each(|earlier| again::emit(ledger, earlier, CHECK.code, out));
}

/// Whether one of two documents tells the figures of another: then CF502 compares them.
pub(super) fn either_quotes(ledger: &Ledger, earlier: &Ledger) -> bool {
    quotes(ledger.document) || quotes(earlier.document)
}
