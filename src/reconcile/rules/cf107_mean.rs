//! CF107 mean: a mean in a table is that of its cells.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF107",
    name: "mean",
    gist: "a mean in a table is that of its cells",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Cells]),
    doc: r#"## What it does

Looks for rows and columns that are the mean of others in so many places that it cannot be
chance, and claims each cell that is what its own row or column gives: `(n1 + … + nk) ÷ k`, within the rounding of the
printed mean. Blank cells are not counted. Also looks for cells under a head such as "Average list size", where the next
table has one column "List size".

## Why it matters

A number that is known to be a mean is not taken for a count, and the cells that it is made of are vouched for.

## Example

```text
Team,April,May,June,Mean
North,140,220,300,220
South,90,170,310,190
```

(90 + 170 + 310) ÷ 3 = 190.

## When it stays quiet

- Where too few rows or columns bear the mean out.
- Where a single cell is off and no head calls it a mean: nothing is claimed for it.
"#,
    message: "The mean says {published}; its cells give {computed}",
    holds: &["Team,April,May,June,Mean\nNorth,141,222,303,222\nEast,411,73,272,252\nWest,124,661,31,272\nSouth,920,1730,3110,1920\nCentre,581,233,92,302\nHarbour,372,141,723,412\nHill,53,162,391,202\n"],
    breaks: &[],
};
