//! CF403 table-vs-table: two tables have the same value for the same figure.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF403",
    name: "table-vs-table",
    gist: "two tables have the same value for the same figure",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Same]),
    doc: r#"## What it does

Compares cells of two tables that are about the same: same measure, population, period and labels. They hold
where their intervals meet, and two plain numerals with equally many decimals where they are the same.

## Why it matters

The same totals head one table and close another. They come from one source, or should.

## Example

```text
Complaints by stage    2021/22        Stage 1 by outcome   2021/22
Stage 1                    145        Upheld                    60
Stage 2                     22        Not upheld                94
                                      Total                    154
```

## When it stays quiet

- Where the tables are of different populations: received in one, closed in the other.
- Where one of the two has open or withdrawn cases left out by a note.
- Where a label or a caption is only guessed at: a warning at most.
"#,
    message: "{published} is inconsistent with {computed}, which another table has for the same figure",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by stage

| Stage | 2020/21 | 2021/22 |
| --- | --- | --- |
| Stage 1 | 131 | 145 |
| Stage 2 | 20 | 22 |

Complaints received over the years

| Stage | 2019/20 | 2020/21 | 2021/22 |
| --- | --- | --- | --- |
| Stage 1 | 118 | 131 | 145 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by stage

| Stage | 2020/21 | 2021/22 |
| --- | --- | --- |
| Stage 1 | 131 | 145 |
| Stage 2 | 20 | 22 |

Complaints received over the years

| Stage | 2019/20 | 2020/21 | 2021/22 |
| --- | --- | --- | --- |
| Stage 1 | 118 | 131 | 154 |
"#],
};
