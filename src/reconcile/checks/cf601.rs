//! CF601 list-count: as many things are listed as are announced.

use super::Check;
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF601",
    name: "list-count",
    gist: "as many things are listed as are announced",
    severity: Severity::Error,
    doc: r#"## What it does

Counts what is listed after "three stages", "five themes" or "the four services below", and compares the count
with the number stated. Listed are items, rows of the table that follows, or stages that are numbered in
headings or sentences.

## Why it matters

A list that is one short has lost something that the reader is told to expect.

## Example

```text
The procedure has three stages:
Stage 1 – Local resolution
Stage 2 – Investigation
```

## When it stays quiet

- Where no list follows within a few paragraphs, or it is not clear where it ends.
- Where stages are mentioned but not set out one by one.
- Where the number is part of a name ("the three rivers team").
"#,
    message: "a count of {published} is inconsistent with the list, which has {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

How we deal with complaints

The procedure has three stages:

Stage 1 - Local resolution

The team concerned answers.

Stage 2 - Investigation

Somebody from outside the team looks into it.

Stage 3 - Review panel

A panel looks at the investigation.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

How we deal with complaints

The procedure has three stages:

Stage 1 - Local resolution

The team concerned answers.

Stage 2 - Investigation

Somebody from outside the team looks into it.
"#],
};
