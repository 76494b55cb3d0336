//! CF402 prose-vs-table: a figure in the prose is that of the table.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF402",
    name: "prose-vs-table",
    gist: "a figure in the prose is that of the table",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Same]),
    doc: r#"## What it does

Compares a figure in the prose with the cell of a table that is about the same: same measure, population,
period and labels. They hold where their intervals meet, and two plain numerals with equally many
decimals where they are the same. A number that is a longer one without its last decimals (53% of 53.68%) holds by
convention.

A cell is also meant where the words around the figure say all words of its row, whatever its value. Such a pair is told
where the values are a slip of each other (a digit, two that changed places, the value of another row) and other figures
of the prose that name rows of the table do not speak against it.

A change of ten thousand or more is that of a row which the sentence names, where the row prints it in thousands.

## Why it matters

Readers take the sentence, analysts the table. Where the two differ, one of them was not brought up to date.

## Example

```text
We received 154 complaints at stage 1 in 2021/22.

Complaints received   2020/21  2021/22
Stage 1                   131      145
Stage 2                    20       22
```

## When it stays quiet

- Where some cell with the sentence's value fits its words as well.
- Where the sentence's period or stage is not stated.
- Where the words name several rows, or say that their numbers belong to others "respectively".
- Where a facet that both name differs, or the one counts cases that came in and the other cases that were closed.
- Where the cell's column is in doubt (CF801).
"#,
    message: "The text says {published}; the table has {computed} for the same figure",
    holds: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

We received 145 complaints at stage 1 in 2021/22.

| Complaints received | 2020/21 | 2021/22 |
| --- | --- | --- |
| Stage 1 | 131 | 145 |
| Stage 2 | 20 | 22 |
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

There were 145 stage 1 complaints in 2021/22.

| Stage | 2020/21 | 2021/22 |
| --- | --- | --- |
| Stage 1 complaints | 131 | 145 |
| Stage 2 complaints | 20 | 22 |
"#,
        r#"Larkmere Council
Economic bulletin, July 2022

Since July 2021, jobs in retail have risen by 14,700.

| Industry (000s) | July 2022 | July 2021 | Change |
| --- | --- | --- | --- |
| Retail | 338 | 323 | 15 |
| Banking | 92 | 90 | 2 |
"#,
    ],
    breaks: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

We received 154 complaints at stage 1 in 2021/22.

| Complaints received | 2020/21 | 2021/22 |
| --- | --- | --- |
| Stage 1 | 131 | 145 |
| Stage 2 | 20 | 22 |
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

There were 154 stage 1 complaints in 2021/22.

| Stage | 2020/21 | 2021/22 |
| --- | --- | --- |
| Stage 1 complaints | 131 | 145 |
| Stage 2 complaints | 20 | 22 |
"#,
    ],
};
