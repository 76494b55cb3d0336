//! CF204 grim-share: some whole number of cases gives a share.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF204",
    name: "grim-share",
    gist: "some whole number of cases gives a share",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Phrases]),
    doc: r#"## What it does

Takes a share whose whole is stated but whose count is not, and asks whether any whole number of cases gives
it:

```text
∃ c ∈ {0, …, N}:  100 · c / N ∈ I(p)
```

This is the GRIM test (granularity-related inconsistency of means) of Brown and Heathers ("The GRIM test: a
simple technique detects numerous anomalies in the reporting of results in psychology", preprint 2016; *Social
Psychological and Personality Science* 8, 2017, pages 363–369) for a mean of noughts and ones.

## Why it matters

Small numbers leave gaps. Of 14 cases only 15 shares are possible, so that a share picked up from elsewhere
seldom fits by chance.

## Example

```text
38% of the 14 stage 2 complaints were upheld.
```

5 of 14 are 36% and 6 of 14 are 43%; nothing lies between.

## When it stays quiet

- Where the count is printed too: CF203 then compares the three.
- Where N is 100 or more and the share is in whole per cent: every share is possible.
- Where the number of cases is guessed rather than stated for the share.
"#,
    message: "No whole number of cases gives the share {published}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Stage 2

36% of the 14 complaints closed at stage 2 in 2021/22 were upheld.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Stage 2

38% of the 14 complaints closed at stage 2 in 2021/22 were upheld.
"#],
};
