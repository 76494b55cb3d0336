//! CF102 row-total: the total of a row is the sum of its cells.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF102",
    name: "row-total",
    gist: "the total of a row is the sum of its cells",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Totals, Proposer::Headlines, Proposer::Cells]),
    doc: r#"## What it does

Adds the cells of a row and compares the sum with the row's total, by the same rule as CF101: the sum of the
cells' intervals has to meet the interval of the total. Where the table has no total column, the row is
compared with a total that a sentence or another table states for the same population and period. Where all rows of a
table are the sums of the bars that a chart of its page has by their words, each such sum is a claim.

## Why it matters

Rows are often typed over from last year's report one by one. A row that does not make its total points at the
cell that was missed.

## Example

```text
Service    Q1  Q2  Q3  Q4  Total
Highways   15  17  14  15     67
```

15 + 17 + 14 + 15 = 61, and 67 is printed.

## When it stays quiet

- Where the columns are not parts of one whole: years side by side, targets, changes, shares.
- Where a blank or suppressed cell could hold what is missing.
- Where cells of a flattened table may have slipped into other columns (CF801).
- A total that stands elsewhere is only used where a neighbouring row meets its own, or where the sum is close
  to it; a break is then a warning.
"#,
    message: "The total says {published}; its row adds up to {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by quarter

| Service | Q1 | Q2 | Q3 | Q4 | Total |
| --- | --- | --- | --- | --- | --- |
| Housing | 21 | 19 | 24 | 20 | 84 |
| Highways | 15 | 17 | 14 | 15 | 61 |
| Planning | 6 | 4 | 8 | 5 | 23 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by quarter

| Service | Q1 | Q2 | Q3 | Q4 | Total |
| --- | --- | --- | --- | --- | --- |
| Housing | 21 | 19 | 24 | 20 | 84 |
| Highways | 15 | 17 | 14 | 15 | 67 |
| Planning | 6 | 4 | 8 | 5 | 23 |
"#],
};
