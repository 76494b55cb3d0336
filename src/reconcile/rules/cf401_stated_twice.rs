//! CF401 stated-twice: a figure that is stated twice is the same both times.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF401",
    name: "stated-twice",
    gist: "a figure that is stated twice is the same both times",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Same]),
    doc: r#"## What it does

Compares two printings of one figure in the prose. They are the same figure where measure, population, period,
stage and every other known facet agree; they hold where their intervals meet, so that "about 150" and 145
agree, and two plain numerals with equally many decimals where they are the same.

What a sentence prints in other words, or as a change, is looked for by its value and by the rare words that stand
beside both printings. Such a pair can hold only. "Neither of the complaints at stage 3 was upheld" tells that there
were two.

## Why it matters

Summaries are written first or last, and the body changes in between.

## Example

```text
We received 145 complaints at stage 1 in 2021/22. …
Of the 154 complaints received at stage 1 in 2021/22, …
```

## When it stays quiet

- Where a facet that both name differs: received and closed, own and national, stage 1 and both stages.
- Where one of them is rounded and covers the other.
- Where a facet is only guessed: a warning at most.
"#,
    message: "The text says {published} here and {computed} elsewhere, for the same figure",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Summary

We received 145 complaints at stage 1 in 2021/22.

Complaints at stage 1

In 2021/22 we received 145 complaints at stage 1.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Summary

We received 145 complaints at stage 1 in 2021/22.

Complaints at stage 1

In 2021/22 we received 154 complaints at stage 1.
"#],
};
