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

A row or a column of one table can also be printed again as a row or a column of another. Where three counts at least agree
under heads alike and one alone is off, by a slip or by one in a thousand, it is a warning.

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
- Where several counts of two lines are a little off: one table leaves cases out that the other counts.
- Where a label or a caption is only guessed at: a warning at most.
"#,
    message: "This table says {published}; another has {computed} for the same figure",
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
"#, r#"Larkmere Council
Pupils in the county 2021/22

Support by sex

| Support | Girls | Boys | Total |
| --- | --- | --- | --- |
| Shared plan | 542 | 878 | 1,420 |
| School programme | 10,913 | 23,197 | 34,110 |
| Home plan | 17,227 | 29,855 | 47,082 |
| Declared disabled | 6,213 | 12,892 | 19,105 |

Support by time in class

| Time | Shared plan | School programme | Home plan | Declared disabled |
| --- | --- | --- | --- | --- |
| All time in class | 902 | 25,742 | 40,226 | 12,013 |
| Some time in class | 518 | 8,368 | 6,855 | 7,092 |
| Total | 1,420 | 34,110 | 47,081 | 19,105 |
"#],
};
