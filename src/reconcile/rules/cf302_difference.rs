//! CF302 difference: a stated difference is that of the values before and after.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF302",
    name: "difference",
    gist: "a stated difference is that of the values before and after",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Columns, Proposer::Phrases, Proposer::Formulas]),
    doc: r#"## What it does

Takes the value before from the value after and compares the result with the stated difference, in the unit of
the values:

```text
I(b) − I(a)  ∩  s · I(d)  ≠  ∅
```

with *s* the stated direction. Differences between shares are in percentage points. In
spreadsheets, a cell whose formula takes one cell from another ("=C2-B2") is their difference.

## Why it matters

"Forty more than last year" is read without the two values at hand. It should be what they give.

## Example

```text
280 complaints were received in 2021/22, an increase of 40 on the 250 of 2020/21.
```

280 − 250 = 30.

## When it stays quiet

- Where the values are rounded ("about 300") and the difference fits within that.
- Where only one of the two values is known.
- Where the two values are of different populations.
"#,
    message: "A difference of {published} is printed; the figures{about} give {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

280 complaints were received in 2021/22, an increase of 30 on the 250 received in 2020/21.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

280 complaints were received in 2021/22, an increase of 40 on the 250 received in 2020/21.
"#],
};
