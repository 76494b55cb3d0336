//! CF106 two-way-crossfoot: the row totals, column totals and grand total of a table fit together.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF106",
    name: "two-way-crossfoot",
    gist: "the row totals, column totals and grand total of a table fit together",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Totals]),
    doc: r#"## What it does

Solves the row totals, the column totals and the grand total of a table together. The totals of the rows and
those of the columns must make the same sum, and there must be cells within the printed ones' intervals that
meet all margins at once:

```text
Σ row totals  =  Σ column totals  =  grand total
```

Margins are checked together because each alone may still agree where blank or rounded cells leave room.

## Why it matters

To cross-foot a table is the oldest check of the book-keeper: one cell misprinted breaks one row and one
column, and so tells where it stands.

## Example

```text
           Upheld  Not upheld  Total
Housing        31          53     84
Highways       24          39     61
Total          53          92    145
```

The second row and the first column both miss by 2: the cell where they cross, 24, is 22.

## When it stays quiet

- Where a table has totals one way only: CF101 and CF102 are all there is.
- Where rows and columns break each for a reason of its own, CF101 and CF102 report them.
- Where one case can stand in several rows or columns (CF104).
"#,
    message: "The totals of this table's rows and columns do not agree: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes of complaints by service

| Service | Upheld | Not upheld | Total |
| --- | --- | --- | --- |
| Housing | 31 | 53 | 84 |
| Highways | 22 | 39 | 61 |
| Planning | 9 | 14 | 23 |
| Total | 62 | 106 | 168 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes of complaints by service

| Service | Upheld | Not upheld | Total |
| --- | --- | --- | --- |
| Housing | 31 | 53 | 84 |
| Highways | 22 | 39 | 61 |
| Planning | 9 | 14 | 23 |
| Total | 62 | 106 | 186 |
"#],
};
