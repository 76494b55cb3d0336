//! CF105 hierarchical-subtotal: a subtotal is the sum of the rows under it.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF105",
    name: "hierarchical-subtotal",
    gist: "a subtotal is the sum of the rows under it",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Totals, Proposer::Outlines, Proposer::Formulas]),
    doc: r#"## What it does

Checks a total inside a table against the block of rows that it closes (or opens), and the next total up
against the subtotals. A row that equals the sum of the rows just above or below it is taken for a subtotal
even where it is not called one, unless another sum speaks against it. The rule is that of CF101, applied to
each level. Where labels are set in, a row is the sum of the rows of the next level under it, as far as other
columns and rows of the table bear that out. In spreadsheets, a sum of evenly spaced cells ("=B4+F4+J4+R4") is expected to
take in the one that it leaves out between them (N4), where that holds a number under the same head.

## Why it matters

Tables by directorate and service are kept by several people. A subtotal that was not brought up to date hides
in a table whose grand total was worked out from the rows and so agrees.

## Example

```text
Service              2021/22
Repairs                   41
Tenancy                   43
Housing subtotal          94
Roads                     38
Parking                   23
Highways subtotal         61
Total                    145
```

41 + 43 = 84, and 94 is printed; the total, 145, follows from 84.

## When it stays quiet

- Where levels cannot be told apart, any reading that agrees is enough.
- An unnamed row that happens to equal a sum of its neighbours is never called inconsistent.
- Rows introduced by "of which" are a part of the row above, not beside it.
"#,
    message: "The subtotal says {published}; its rows add up to {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by team

| Service | Complaints 2021/22 |
| --- | --- |
| Repairs | 41 |
| Tenancy | 43 |
| Housing subtotal | 84 |
| Roads | 38 |
| Parking | 23 |
| Highways subtotal | 61 |
| Total | 145 |
"#, r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by service

Service                2021/22   2022/23
Housing                     84        96
  Repairs                   41        52
  Tenancy                   43        44
Highways                    61        57
  Roads                     38        35
  Parking                   23        22
Total                      145       153
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by team

| Service | Complaints 2021/22 |
| --- | --- |
| Repairs | 41 |
| Tenancy | 43 |
| Housing subtotal | 94 |
| Roads | 38 |
| Parking | 23 |
| Highways subtotal | 61 |
| Total | 145 |
"#, r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by service

Service                2021/22   2022/23
Housing                     94        96
  Repairs                   41        52
  Tenancy                   43        44
Highways                    61        57
  Roads                     38        35
  Parking                   23        22
Total                      145       153
"#],
};
