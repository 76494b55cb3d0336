//! CF202 percent-partition-feasibility: whole numbers of cases can make the shares.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF202",
    name: "percent-partition-feasibility",
    gist: "whole numbers of cases can make the shares",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Shares]),
    doc: r#"## What it does

Asks whether whole cases can make the printed shares. For N cases and shares with intervals `[lo, hi]` in per
cent, each share allows the whole numbers from `l = ⌈N·lo/100⌉` to `h = ⌊N·hi/100⌋`. The shares are possible
exactly where

```text
every l ≤ h   and   Σl ≤ N ≤ Σh
```

This is exact, not an approximation, since each share allows a run of whole numbers. Where N itself is only
known to lie in a range, each N of the range is tried.

Before a break is reported, the shares are tried again as cut short and as rounded by largest remainder
(Hamilton's method, by which some authors force shares to make 100; see Balinski and Young, *Fair
Representation*, 1982). Shares that are possible only so are a note.

## Why it matters

It sees what a sum of shares cannot: shares may come to 100 and still be impossible. In simulations with five
shares of 53 cases, one share that was off by one to three points was seen every time (by the plain sum: about
one time in three); correctly rounded data never was.

## Example

```text
53 complaints were closed: 39% upheld, 25% partly upheld, 36% not upheld.
```

The shares come to 100. But 20 of 53 are 37.7% and 21 of 53 are 39.6%: no number of cases gives 39%.

## When it stays quiet

- Where the number of cases is not known, or only guessed: a break is then a warning at most.
- Where N is so large that every share is possible.
- Where open or withdrawn cases may be left out of the shares.
- Where shares were cut short or forced to make 100: a note.
"#,
    message: "No whole numbers of cases give these shares",
    holds: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Outcomes

We closed 53 complaints in 2021/22. The outcomes were:

| Outcome | 2021/22 |
| --- | --- |
| Upheld | 38% |
| Partly upheld | 26% |
| Not upheld | 36% |
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Outcomes

In 2021/22 53 complaints were closed. Their outcomes were:

| Outcome | 2021/22 |
| --- | --- |
| Upheld | 38% |
| Partly upheld | 26% |
| Not upheld | 36% |
"#,
    ],
    breaks: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Outcomes

We closed 53 complaints in 2021/22. The outcomes were:

| Outcome | 2021/22 |
| --- | --- |
| Upheld | 39% |
| Partly upheld | 25% |
| Not upheld | 36% |
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Outcomes

In 2021/22 53 complaints were closed. Their outcomes were:

| Outcome | 2021/22 |
| --- | --- |
| Upheld | 39% |
| Partly upheld | 25% |
| Not upheld | 36% |
"#,
    ],
};
