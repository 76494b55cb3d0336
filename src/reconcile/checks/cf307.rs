//! CF307 rank: what is said to lead leads.

use super::Check;
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF307",
    name: "rank",
    gist: "what is said to lead leads",
    severity: Severity::Note,
    doc: r#"## What it does

Compares a superlative ("the most complaints were about housing", "the lowest number came by letter") with the
figures of the rows or columns that are ranked: the one named must be at least (at most) each other.

## Why it matters

The leading category is what a service is asked to act on. It should be the one that leads in the table.

## Example

```text
Most complaints were about highways.
Housing   84
Highways  61
```

Housing has more.

## When it stays quiet

- Where no table within a few paragraphs names the row.
- Where two rows tie, either may be named.
- Totals, and rows such as "other", are not ranked.
- It is a note: what is ranked is inferred.
"#,
    message: "\"{published}\" is inconsistent with the figures: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

The highest number of complaints was about housing.

| Service | Complaints 2021/22 |
| --- | --- |
| Housing | 84 |
| Highways | 61 |
| Planning | 23 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

The highest number of complaints was about highways.

| Service | Complaints 2021/22 |
| --- | --- |
| Housing | 84 |
| Highways | 61 |
| Planning | 23 |
"#],
};
