//! CF203 share-of-total: a share is the quotient of its counts.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF203",
    name: "share-of-total",
    gist: "a share is the quotient of its counts",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Shares, Proposer::Phrases, Proposer::Cells, Proposer::Formulas]),
    doc: r#"## What it does

Works a share out of the count that it belongs to and the whole that this count is part of:

```text
100 · n / N  ∈  I(p)
```

where `I(p)` is what rounds to the printed share. The share is tried against every total that the document
names for that population before it is called inconsistent. Cases "resolved at stage 1" are those that were not taken
further, where this bears the share out. Ratios count too: a share above 100% is legal
where the part is not inside the whole (CF206 says where it is). In spreadsheets, a cell in percent whose formula divides
one cell by another ("=B2/D2") is their share.

## Why it matters

Shares carry the message ("two in five were upheld"). One that its own counts do not give is the commonest
slip in complaint reports: last year's share beside this year's count, a count of another whole, the share of
the row above.

## Example

```text
Of the 240 complaints closed, 93 (45%) were upheld.
```

93 ÷ 240 = 38.75%, which rounds to 39%. 45% would be 108 cases.

## When it stays quiet

- Where the share is right of some other total that is named for the same population.
- Where the share was cut short or rounded up: a note, `holds_by_convention`.
- Where the whole is not stated: CF204.
- For targets, and for the shares of other councils and of the country.
"#,
    message: "The share says {published}; its counts give {computed}",
    holds: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Outcomes

Of the 240 complaints closed in 2021/22, 93 (39%) were upheld.
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | Complaints | Share |
| --- | --- | --- |
| Housing | 84 | 50% |
| Highways | 61 | 36% |
| Planning | 23 | 14% |
| Total | 168 | 100% |
"#,
    ],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes

Of the 240 complaints closed in 2021/22, 93 (45%) were upheld.
"#],
};
