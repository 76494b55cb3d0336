//! CF205 weighted-recombination: the share of all is the weighted mean of its groups' shares.

use super::Check;
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF205",
    name: "weighted-recombination",
    gist: "the share of all is the weighted mean of its groups' shares",
    severity: Severity::Warning,
    doc: r#"## What it does

Puts the shares of groups together again and compares them with the share of all. With groups of known sizes
`N1, …, Nm` and shares `p1, …, pm` of a category, the share of all is their weighted mean:

```text
p  =  (N1·p1 + … + Nm·pm) / (N1 + … + Nm)
```

Each share is an interval and each product a whole number of cases; the categories of a group also have to
make up that group. Whether such numbers exist is a transportation problem (Hitchcock, *Journal of Mathematics
and Physics* 20, 1941, pages 224–230), whose solutions can be taken in whole numbers, so that the answer is
exact.

## Why it matters

A share of all that lies outside the shares of its groups, or nearer to the wrong one, shows that it was taken
from another year or averaged without weights.

## Example

```text
100 complaints: 56% upheld.
60 at stage 1:  50% upheld.
40 at stage 2:  40% upheld.
```

Thirty and sixteen cases are 46 of 100, and 56% is printed.

## When it stays quiet

- Where the sizes of the groups are not all known, or do not make up the size of all.
- Where groups and all list different categories.
- It is a warning at most: that the groups make up all is inferred from their sizes.
"#,
    message: "the share {published} of all is inconsistent with its groups, which give {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

All complaints

100 complaints were closed in 2021/22. Of these 46% were upheld and 54% were not upheld.

Stage 1

60 complaints were closed at stage 1 in 2021/22. Of these 50% were upheld and 50% were not upheld.

Stage 2

40 complaints were closed at stage 2 in 2021/22. Of these 40% were upheld and 60% were not upheld.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

All complaints

100 complaints were closed in 2021/22. Of these 56% were upheld and 44% were not upheld.

Stage 1

60 complaints were closed at stage 1 in 2021/22. Of these 50% were upheld and 50% were not upheld.

Stage 2

40 complaints were closed at stage 2 in 2021/22. Of these 40% were upheld and 60% were not upheld.
"#],
};
