//! CF603 rate: so many for each thousand people are the cases by the people.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF603",
    name: "rate",
    gist: "a rate for so many people is the number of cases by the number of people",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Rates, Proposer::Shares]),
    doc: r#"## What it does

Works out a rate for 1,000, 10,000 or 100,000 people from the number of cases and the number of people, and compares it
with the rate that is printed, within its rounding:

```text
1,000 · n / P  ∈  I(rate)
```

The cases are those that the sentence of the rate counts, or the sentence before it; in a table they are in the line whose
head begins the rate's ("Complaints" beside "Complaints per 1,000 residents"), or in the only line of counts. The people are
those that the sentence, the paragraph or the table of the rate counts, or those that the document counts once. Where a table
has counts of women, men and all, and beside them the rates of each, the people are those in the line of another table under
the same three heads that makes the rates right.

## Why it matters

Rates are what bodies of different size are compared by. The count is brought up to date each year, and the rate or the
population beside it often is not.

## Example

```text
We received 92 complaints, or 4.7 per 1,000 residents (population 22,400).
```

1,000 · 92 / 22,400 = 4.1.

## When it stays quiet

- Where more than one count can be the cases, or more than one the people: then a rate can hold, but none is wrong.
- Where the line of a table is of a part of the area, and only the people of the whole area are counted.
- Where the cases and the rate are of different years, measures or bodies.
- Where a rate was made of one that was rounded already (450.46, 450.5, 451): it holds by convention, mode `rounded_twice`.
- "One in eight" is a share in words: CF304.
"#,
    message: "The rate{about} says {published}; its cases and its people give {computed}",
    holds: &[
        r#"Larkmere Council
Annual complaints report 2021/22

How many complaints we received

In 2021/22 we received 92 complaints, or 4.1 per 1,000 residents (population 22,400).
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints by ward

Ward           Complaints   Population   Rate per 10,000
Abbey          24           5,200        46.2
Castle         31           7,100        43.7
Mill           37           10,100       36.6
All wards      92           22,400       41.1
"#,
    ],
    breaks: &[
        r#"Larkmere Council
Annual complaints report 2021/22

How many complaints we received

In 2021/22 we received 92 complaints, or 4.7 per 1,000 residents (population 22,400).
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Complaints by ward

Ward           Complaints   Population   Rate per 1,000
Abbey          24           5,200        4.6
Castle         31           7,100        4.9
Mill           37           10,100       3.7
All wards      92           22,400       4.1
"#,
    ],
};
