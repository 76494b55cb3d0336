//! CF206 subset-bound: a part is not more than its whole.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF206",
    name: "subset-bound",
    gist: "a part is not more than its whole",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Phrases, Proposer::Classes, Proposer::Same]),
    doc: r#"## What it does

Checks that what is stated as a part of something is not more than it: `n ≤ N`, and for exclusive parts of one
whole `Σn ≤ N`: complaints upheld, upheld in part and not upheld against all that were dealt with.

A share in words is at most what the shares of the other outcomes leave: beside 12% upheld and 41% upheld in part it
cannot be over half that had no success. This is a warning at most.

Cases "of those" are part of the last number of cases that was named before, or of the cell that the words before name in
a table near them. Such a pair can hold only. Of cases that "all" were upheld, the part is the whole.

## Why it matters

A part above its whole means that two populations were mixed: decisions of this year on complaints of the
last, or complaints received beside complaints closed.

## Example

```text
52 of the 48 complaints about housing were upheld.
```

52 is more than 48.

## When it stays quiet

- Where the part is not said to be inside the whole ("52 decisions, 48 complaints").
- Where the figures are of different years or populations.
- Where a range, a suppressed cell or "fewer than 5" leaves room.
"#,
    message: "A part is more than its whole: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Housing

In 2021/22 22 of the 48 complaints about housing were upheld.
"#, r#"Larkmere Council
Annual complaints report 2021/22

20 complaints were dealt with at stage two.

- We upheld 2 stage two complaints.
- We partially upheld 4 stage two complaints.
- We did not uphold 13 stage two complaints.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Housing

In 2021/22 52 of the 48 complaints about housing were upheld.
"#, r#"Larkmere Council
Annual complaints report 2021/22

20 complaints were dealt with at stage two.

- We upheld 2 stage two complaints.
- We partially upheld 6 stage two complaints.
- We did not uphold 13 stage two complaints.
"#],
};
