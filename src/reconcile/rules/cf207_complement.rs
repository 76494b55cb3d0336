//! CF207 complement: two shares that leave nothing out make 100.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF207",
    name: "complement",
    gist: "two shares that leave nothing out make 100",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Shares]),
    doc: r#"## What it does

Adds two shares that exclude one another and leave nothing out, such as "on time" and "late" or "upheld" and
"not upheld":

```text
|p + q − 100|  ≤  u
```

Each may be off by half a step of its last decimal. Where one was made by taking the rounded other from 100,
both agree by construction.

## Why it matters

Two halves of one statement are typed apart. One that was brought up to date without the other shows here.

## Example

```text
62% of complaints were answered on time and 42% were late.
```

62 + 42 = 104.

## When it stays quiet

- Where a third case is named or likely: partly upheld, withdrawn, still open.
- Where the two shares are of different wholes, stages or years.
"#,
    message: "{published} and its complement make {computed}, and not the whole",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

How fast we answered

In 2021/22 62% of complaints were answered on time and 38% were answered late.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

How fast we answered

In 2021/22 62% of complaints were answered on time and 42% were answered late.
"#],
};
