//! CF109 typed-total: a number typed among formulas is what its formula would give.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF109",
    name: "typed-total",
    gist: "a number that is typed among formulas is what they would give",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Formulas]),
    doc: r#"## What it does

In spreadsheets, looks for a number that is typed in a row or column where the cells next to it, two on one side or one on
either, are formulas that add up the cells in the same places beside them. It claims that the number is what such a
formula would give in its cell. A note of the file says where such numbers are, also where they agree.

## Why it matters

A total that is typed over its formula does not follow when the cells are put right.

## Example

```text
     A        B                  C          D
1    Team     2020/21            2021/22    2022/23
2    North    131                20         41
3    South    20                 30         52
4    Total    151 =SUM(B2:B3)    55         93 =SUM(D2:D3)
```

As a formula, C4 would be 20 + 30 = 50.

## When it stays quiet

- Where fewer than two cells are added up.
- Where the formulas beside it differ.
- Where a cell that would be added up holds an error, or a formula without a value.
"#,
    message: "{published} is typed where the formulas beside it would give {computed}",
    holds: &[],
    breaks: &[r#"     A        B                  C          D
1    Team     2020/21            2021/22    2022/23
2    North    131                20         41
3    South    20                 30         52
4    Total    151 =SUM(B2:B3)    55         93 =SUM(D2:D3)
"#],
};
