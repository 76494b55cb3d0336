//! CF301 percent-change: a percentage change follows from the values before and after.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF301",
    name: "percent-change",
    gist: "a percentage change follows from the values before and after",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Columns, Proposer::Shares, Proposer::Phrases, Proposer::Cells, Proposer::Formulas]),
    doc: r#"## What it does

Works a percentage change out of the value before (*a*) and the value after (*b*):

```text
100 · (b − a) / a  ∈  s · I(p)
```

where *s* is the stated direction (+1 for a rise, −1 for a fall) and `I(p)` what rounds to the printed change.
The two values are those of the sentence or row, else those that the document prints for the same thing in the
two periods. Where the values are themselves shares and the difference in points fits, the change is read in
points.

Beside a difference in full ("14,700 jobs or 4.5%") of which a table prints the row in thousands, the value before is the
latest value of the row less the difference.

In spreadsheets, a cell in percent whose formula is that of a change ("=(C2-B2)/B2") is one of these two cells.

## Why it matters

Changes are what a report is remembered by. They are worked out by hand, of last year's draft, of the wrong
base, or with the sign turned.

## Example

```text
Complaints rose by 21%, from 250 in 2020/21 to 280 in 2021/22.
```

(280 − 250) ÷ 250 = 12%. The digits of 12 changed places.

## When it stays quiet

- Where the change was cut short or rounded up: a note, `holds_by_convention`.
- Where only one of the two values is known, or several pairs fit the words and one of them agrees.
- From nought there is no percentage change.
- For targets ("we aim for a 10% fall").
"#,
    message: "A change of {published} is printed; the figures{about} give {computed}",
    holds: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

Complaints rose by 12%, from 250 in 2020/21 to 280 in 2021/22.
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

| Service | 2020/21 | 2021/22 | Change |
| --- | --- | --- | --- |
| Housing | 70 | 84 | 20% increase |
| Highways | 66 | 61 | 8% decrease |
"#,
    ],
    breaks: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

Complaints rose by 21%, from 250 in 2020/21 to 280 in 2021/22.
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

| Service | 2020/21 | 2021/22 | Change |
| --- | --- | --- | --- |
| Housing | 70 | 84 | 20% increase |
| Highways | 66 | 61 | 18% decrease |
"#,
    ],
};
