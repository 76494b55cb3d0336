//! CF305 points-or-percent: a difference of two percentages is in points.

use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF305",
    name: "points-or-percent",
    gist: "a difference of two percentages is called percentage points",
    severity: Severity::Note,
    emit: Emit::Verdict,
    doc: r#"## What it does

Notes a change of one percentage to another that is called percent and is the difference of the two: *rose by 5%,
from 60% to 65%*. That is 5 percentage points; in percent it is a rise of 8%. The claim of CF301 then holds by
convention, with the mode `percentage_points`, under this code.

## Why it matters

Most readers take it as it is meant. Somebody who works on with the number as a percentage gets another result.

## Example

```text
The share answered in time rose by 5% from 60% to 65%.
```

65 − 60 = 5 points, and (65 − 60) ÷ 60 = 8.3%.

## When it stays quiet

- Where the change holds in percent as well.
- Under the head of a column, which leaves open which of the two is meant.
- Where neither the difference nor the change in percent is the number that is printed: that is CF301.
"#,
    message: "{published} is a difference in percentage points, not a change in percent",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

The share of complaints answered in time rose by 5% from 60% in 2020/21 to 65% in 2021/22.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

The share of complaints answered in time rose by 5% from 60% in 2020/21 to 65% in 2021/22.
"#],
};
