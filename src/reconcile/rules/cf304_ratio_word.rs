//! CF304 ratio-word: doubled, a third, three times: words for ratios fit the figures.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF304",
    name: "ratio-word",
    gist: "doubled, a third, three times: words for ratios fit the figures",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Phrases, Proposer::Same]),
    doc: r#"## What it does

Compares words for multiples and fractions with the ratio *r* of the value after to the value before, or the
share *q*:

| words | accepted |
| --- | --- |
| doubled, trebled, k-fold | within k/12 of k |
| more than doubled | r > 2 |
| nearly, almost k-fold | 0.9k ≤ r < k (double: 1.75 ≤ r < 2) |
| half, a third, a quarter, 1 in n | within a twentieth of f, or one percentage point |
| over, just over, more than f | q > f |
| under, less than f | q < f |
| nearly, almost f | f − 5 points ≤ q < f |
| a majority | q > 1/2 |

A fraction or a majority with a percentage in brackets after it ("two thirds (66%)", "most of them were content (48%)")
is compared with that percentage. A multiple without values ("Emails have doubled since 2019") is that of the one series
of a table beside it that its clause names.

The bands are conventions of this program, wide on purpose. These are the default ones; `[words]` in `crossfoot.toml` sets
others.

## Why it matters

"More than doubled" is quoted more often than the two figures that it stands for.

## Example

```text
Compliments more than doubled, from 40 in 2020/21 to 75 in 2021/22.
```

75 ÷ 40 = 1.875, not more than 2: "nearly doubled".

## When it stays quiet

- For *vast majority*, *overwhelming*, *significant*: these have no band.
- "Three times more" is accepted for three times as many and for four.
- It is a warning at most.
"#,
    message: "\"{published}\" does not fit the figures{about}, which give {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Compliments

Compliments more than doubled, from 40 in 2020/21 to 95 in 2021/22.
"#],
    breaks: &["The majority of those who answered were content (48%).\n", r#"Larkmere Council
Annual complaints report 2021/22

Compliments

Compliments more than doubled, from 40 in 2020/21 to 75 in 2021/22.
"#],
};
