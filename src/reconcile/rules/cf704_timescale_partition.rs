//! CF704 timescale-partition: what was closed was closed in time or late.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF704",
    name: "timescale-partition",
    gist: "cases closed in time and late make the cases closed",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Classes]),
    doc: r#"## What it does

Adds up the cases that the text counts as answered within and outside their time limit, and compares the sum with the
number of cases closed. The columns of a table that say the same are CF102.

## Why it matters

The share answered in time is what a council is judged by. Where the two counts leave cases out, it is not known of
which number it is the share.

## Example

```text
We closed 50 complaints. 41 complaints were answered within timescale and 8 complaints outside timescale.
```

41 + 8 = 49.

## When it stays quiet

- Where the number of all cases is not said to be that of the closed ones: others can still be open.
- Where one of the two counts is of another stage, period or procedure.
"#,
    message: "{published} is inconsistent with the cases in time and late{about}, which make {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

We closed 50 complaints. 41 complaints were answered within timescale and 9 complaints outside timescale.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

We closed 50 complaints. 41 complaints were answered within timescale and 8 complaints outside timescale.
"#],
};
