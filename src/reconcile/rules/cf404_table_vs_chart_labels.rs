//! CF404 table-vs-chart-labels: the labels of a chart are the figures of the table that it draws.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF404",
    name: "table-vs-chart-labels",
    gist: "the labels of a chart are the figures of the table that it draws",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Same]),
    doc: r#"## What it does

Compares the labels of a chart with a table of the same document. A label is a number by the words of a row, outside
tables and sentences: behind them, on the line before or after, or above and below them on a page. Which column the chart
draws, and where its numbers stand, is found by proof: in three rows or more the numbers are those of one column. Every
label that agrees is a claim that holds, and one that does not is a warning.

## Why it matters

A chart is drawn once, and the table beside it is corrected. Readers look at the chart first.

## Example

```text
Complaints by service            Service    2021/22
Housing   45                     Housing         45
Highways  61                     Highways        61
Waste     25                     Waste           25
Planning  38                     Planning        83
```

Three labels are those of the table, so the fourth is meant to be one too.

## When it stays quiet

- Where fewer than three labels of ten or more agree with one column of the table.
- Where more than two labels differ, or as many as half of those that agree: the chart draws something else.
- Where a label names no row in full, or the number of a label is not beside, above or below its words.
- Where the rows have no words in their heads, such as years and ages.
- Where a chart is a picture: its labels are not in the text.
"#,
    message: "The chart is labelled {published}; the table has {computed} in that row",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 41 | 45 |
| Highways | 57 | 61 |
| Waste | 31 | 25 |
| Planning | 40 | 38 |

Chart 1

Housing 45

Highways 61

Waste 25

Planning 38
"#],
    breaks: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 41 | 45 |
| Highways | 57 | 61 |
| Waste | 31 | 25 |
| Planning | 40 | 38 |

Chart 1

Housing 45

Highways 61

Waste 25

Planning 83
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 41 | 45 |
| Highways | 57 | 61 |
| Waste | 31 | 25 |
| Planning | 40 | 38 |

What they were about

45

Housing

16

Highways

25

Waste

38

Planning
"#,
    ],
};
