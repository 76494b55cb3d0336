//! CF104 multiple-response-bound: no row of a multiple-response table is more than the number of cases.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF104",
    name: "multiple-response-bound",
    gist: "no row of a multiple-response table is more than the number of cases",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Totals, Proposer::Phrases]),
    doc: r#"## What it does

Where one case can count in several rows, their sum says nothing; but no row can be more than the number of
cases: `n1, …, nk ≤ N`. Where every case has at least one answer, the rows also make at least N.

## Why it matters

Tables of reasons, remedies and outcomes are seldom exclusive. Adding them up would accuse a sound table;
leaving them unread would miss a row that is above the number of cases.

## Example

```text
A complaint can have more than one reason.
Reason             2021/22
Delay                  132
Conduct of staff        28
Total complaints       120
```

A hundred and thirty-two of 120 complaints cannot have been about delay.

## When it stays quiet

- Where nothing near the table says that a case can count more than once: CF101 then adds the rows.
- The sum of the rows may be more than N, and less where not every case has an answer.
"#,
    message: "One row has more than the {published} cases that the rows are taken from",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Reasons for complaints. A complaint can have more than one reason.

| Reason | 2021/22 |
| --- | --- |
| Delay | 74 |
| Conduct of staff | 28 |
| Quality of service | 65 |
| Total | 120 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Reasons for complaints. A complaint can have more than one reason.

| Reason | 2021/22 |
| --- | --- |
| Delay | 132 |
| Conduct of staff | 28 |
| Quality of service | 65 |
| Total | 120 |
"#],
};
