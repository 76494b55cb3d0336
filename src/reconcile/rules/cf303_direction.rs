//! CF303 direction: what is said to rise rises.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF303",
    name: "direction",
    gist: "what is said to rise rises",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Phrases]),
    doc: r#"## What it does

Compares a word of direction without a figure (*rose*, *fell*, *stayed the same*) with the values before and
after: `b > a`, `b < a` or `b = a`. So it does where a figure stands beside that of others: *68%, below the national
average of 72%*.

## Why it matters

A sentence that was carried over from last year keeps its verb while the figures are new.

## Example

```text
Complaints fell from 250 in 2020/21 to 280 in 2021/22.
```

280 is more than 250.

## When it stays quiet

- Where only one of the values is tied to the word of direction, and the other merely stands before it: such a pair
  can hold only.
- For words of degree: *slight*, *similar*, *significant*, *broadly in line* never make a finding.
- Where the two values are not those of the sentence and several are possible.
- It is a warning at most.
"#,
    message: "\"{published}\" does not fit the figures: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

Complaints rose from 250 in 2020/21 to 280 in 2021/22.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints received

Complaints fell from 250 in 2020/21 to 280 in 2021/22.
"#],
};
