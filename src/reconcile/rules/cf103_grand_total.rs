//! CF103 grand-total: the corner of a table is the sum of its totals.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF103",
    name: "grand-total",
    gist: "the corner of a table is the sum of its totals",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Totals, Proposer::Headlines]),
    doc: r#"## What it does

Checks the corner of a table with both a total row and a total column, and rows or columns called *grand
total*, against the totals that lead to it; also the total of several tables of one form against a total that
the document states for them all, and tables, groups of columns or groups of rows of which one is the sum of the others,
cell by cell. The rule is that of CF101.

## Why it matters

The grand total is the figure that is quoted: in the summary, to the committee, in the press. It should follow
from the table that it is taken from.

## Example

```text
           Upheld  Not upheld  Total
Housing        31          53     84
Highways       22          39     61
Total          53          92    154
```

84 + 61 = 145 and 53 + 92 = 145, and 154 is printed.

## When it stays quiet

- Where a table has subtotals, the grand total may be the sum of the subtotals or of the rows: either is
  enough.
- Totals of several tables are only added where they meet a stated figure exactly: which tables belong
  together is a guess.
- Where one case can stand in several rows or columns (CF104).
"#,
    message: "The grand total says {published}; its parts add up to {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes of complaints by service

| Service | Upheld | Not upheld | Total |
| --- | --- | --- | --- |
| Housing | 31 | 53 | 84 |
| Highways | 22 | 39 | 61 |
| Total | 53 | 92 | 145 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes of complaints by service

| Service | Upheld | Not upheld | Total |
| --- | --- | --- | --- |
| Housing | 31 | 53 | 84 |
| Highways | 22 | 39 | 61 |
| Total | 53 | 92 | 154 |
"#],
};
