//! CF201 percent-partition-sum: shares of one whole make 100 within their rounding.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF201",
    name: "percent-partition-sum",
    gist: "shares of one whole make 100 within their rounding",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Totals, Proposer::Shares]),
    doc: r#"## What it does

Adds shares that make up one whole. It does not ask that they come to exactly 100: each share may be off by
half a unit of its last decimal, so that *k* shares printed in steps of *u* points may miss by

```text
|Σp − 100|  ≤  k · u/2
```

where *k* counts the shares that are not exactly 0 or 100. Shares before a rest that has no number (*the rest came from
visitors*) leave some of the 100.

Mosteller, Youtz and Zahn ("The distribution of sums of rounded percentages", *Demography* 4, 1967, pages
850–858) showed that correctly rounded shares come to exactly 100 only about three times in four for three
categories and two times in three for four. Diaconis and Freedman ("On rounding percentages", *Journal of the
American Statistical Association* 74, 1979, pages 359–364) proved it for wide families of data.

## Why it matters

Shares that cannot make 100 mean that a category was left out, counted twice or taken of another whole.

## Example

```text
Outcome          2021/22
Upheld               38%
Partly upheld        21%
Not upheld           35%
```

38 + 21 + 35 = 94. Three shares in whole per cent come to between 98.5 and 101.5.

## When it stays quiet

- At 99 or 101 where the number of shares allows it.
- Where the shares are of a declared subset, or a note accounts for the rest ("15% are still open").
- Where a case can count in several rows.
- Where no neighbouring row or column makes 100 either: the shares are then not taken for a partition.
"#,
    message: "The shares of a whole add up to {computed}, and not to 100 within their rounding",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes of complaints, as shares of complaints closed

| Outcome | 2020/21 | 2021/22 |
| --- | --- | --- |
| Upheld | 36% | 33% |
| Partly upheld | 22% | 33% |
| Not upheld | 42% | 33% |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes of complaints, as shares of complaints closed

| Outcome | 2020/21 | 2021/22 |
| --- | --- | --- |
| Upheld | 36% | 38% |
| Partly upheld | 22% | 21% |
| Not upheld | 42% | 35% |
"#],
};
