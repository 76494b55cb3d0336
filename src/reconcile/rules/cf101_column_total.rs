//! CF101 column-total: the total of a column, list or sentence is the sum of its parts.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF101",
    name: "column-total",
    gist: "the total of a column, list or sentence is the sum of its parts",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Totals, Proposer::Headlines, Proposer::Phrases, Proposer::Runs, Proposer::Cells]),
    doc: r#"## What it does

Adds the parts of a column, a list or a sentence and compares the sum with the printed total. Where a text tells of a net
change, the rises and falls before it are its parts if they come to it.

A printed number *x* with *d* decimals stands for every value that rounds to it, the closed interval `I(x) =
[x − u/2, x + u/2]` with `u = 10^−d`; a count without a rounding mark stands for itself alone, save a
whole total of parts with decimals, which has been rounded. The total holds where the sum of the parts' intervals meets
the interval of the total:

```text
I(p1) + I(p2) + … + I(pk)  ∩  I(total)  ≠  ∅
```

These are the rules by which XBRL International's *Calculations 1.1* (2023) compares rounded facts. A total is
the sum of its nearest children: of subtotals where there are any, else of the rows above it; the sum of all
rows is tried second. Under a column of answers in words, as a pivot table prints them, the total is the number of
rows that have one; this can hold only.

## Why it matters

A total that its rows do not make means that a row, the total or a heading is not what the author had in mind,
and that every share taken of that total is in doubt with it.

## Example

```text
Service   2021/22
Housing        84
Highways       61
Planning       23
Total         186
```

84 + 61 + 23 = 168, and 186 is printed. Two digits changed places: 186 → 168 mends it.

## When it stays quiet

- Where rounding explains the gap: whole thousands, or a note that counts are rounded to the nearest 5 or 10.
- Where a note says that one case can stand in several rows, or that only some rows are listed ("top five",
  "of which"): CF104 takes over.
- Where no row bears a name like Total, the sum is checked only against a total that is stated elsewhere for
  the same population and period, and a break is a warning at most.
- Where a blank or suppressed cell could hold what is missing.
"#,
    message: "The total says {published}; its parts add up to {computed}",
    holds: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | Complaints 2021/22 |
| --- | --- |
| Housing | 84 |
| Highways | 61 |
| Planning | 23 |
| Total | 168 |
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Compensation paid by service

| Service | Paid 2021/22 |
| --- | --- |
| Housing | £1,250 |
| Highways | £310 |
| Waste | £89 |
| Total | £1,649 |
"#,
    ],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | Complaints 2021/22 |
| --- | --- |
| Housing | 84 |
| Highways | 61 |
| Planning | 23 |
| Total | 186 |
"#, r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | 2019/20 | 2020/21 | 2021/22 |
| --- | --- | --- | --- |
| Housing | 92 | 84 | 77 |
| Highways | 57 | 61 | 66 |
| Highways | 57 | 61 | 66 |
| Planning | 31 | 23 | 40 |
| Total | 180 | 168 | 183 |
"#],
};
