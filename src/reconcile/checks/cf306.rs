//! CF306 trend: a trend is that of the series.

use super::Check;
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF306",
    name: "trend",
    gist: "a trend is that of the series",
    severity: Severity::Note,
    doc: r#"## What it does

Compares what is said of a series ("has risen year on year", "the highest in five years") with the values that
the document prints for the years in question: each has to be above (below) the one before, or the last above
all others.

## Why it matters

A trend is a claim about every step. One step back and the sentence says something else.

## Example

```text
Complaints have risen each year.
2019/20  210
2020/21  250
2021/22  240
```

The last step is down.

## When it stays quiet

- Where the document prints fewer than three of the years.
- Where the words do not say of what the series is.
- It is a note: authors speak of trends loosely.
"#,
    message: "\"{published}\" is inconsistent with the figures: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints over three years

The number of complaints received has increased year on year.

| Year | Complaints received |
| --- | --- |
| 2019/20 | 210 |
| 2020/21 | 250 |
| 2021/22 | 280 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints over three years

The number of complaints received has increased year on year.

| Year | Complaints received |
| --- | --- |
| 2019/20 | 210 |
| 2020/21 | 250 |
| 2021/22 | 240 |
"#],
};
