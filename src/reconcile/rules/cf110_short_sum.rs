//! CF110 short-sum: a formula takes in all numbers of its block.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF110",
    name: "short-sum",
    gist: "a sum of a column takes in the numbers next to its range",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Formulas]),
    doc: r#"## What it does

In spreadsheets, looks for `SUM` formulas under a column of which the range leaves out a number next to it: up to two rows
between the range and the formula, or the row directly above the range.

## Why it matters

A row that is put in at the end of a block is not in the range of the total below it, and the total stays too small.

## Example

```text
     A        B
1    Team     2021/22
2    North    131
3    South    20
4    West     12
5    Total    151 =SUM(B2:B3)
```

B4, 12, stands between the range and the total.

## When it stays quiet

- Where the number is worked out itself, is a year, or is called a total.
- Above the range, where only one of the two rows has a label.
- Where a blank row stands between.
"#,
    message: "The sum {published} leaves out a number next to its range; with it, it would be {computed}",
    holds: &[],
    breaks: &[r#"     A        B
1    Team     2021/22
2    North    131
3    South    20
4    West     12
5    Total    151 =SUM(B2:B3)
"#],
};
