//! CF702 unit-mismatch: the same number for the same figure is in one unit.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF702",
    name: "unit-mismatch",
    gist: "the same figure is printed in one unit, or in two that make the same amount",
    severity: Severity::Warning,
    emit: Emit::Shared(&[Proposer::Units]),
    doc: r#"## What it does

Finds a figure that is printed twice with the same number in two units that cannot both be right:

- an amount of money in a sentence and in a row that the sentence names, one of them under "£000" or in millions;
- a count that is the percentage of its row, or the reverse, where the row prints another number in the unit of the
  sentence;
- a mean in days and in working days;
- a column that two tables print under heads of two units, with three rows or more alike.

An amount in another power of ten that comes to the same, such as £1.2 million beside 1,240 under "£000", is a claim that holds.

## Why it matters

A number in the wrong unit is wrong by a factor of a thousand, or counts what it does not count, and looks right all the
same: whoever compares the digits finds them equal.

## Example

```text
We paid £1,240 in compensation for Housing in 2021/22.

Compensation   2020/21 £000  2021/22 £000
Housing                 980         1,240
```

1,240 thousand pounds are £1,240,000.

## When it stays quiet

- Where a unit is only inferred: it has to stand at the number or in a head over it.
- Where the number is printed in the sentence's unit elsewhere too, since that is the figure then.
- Where both can be right: 92 cases of 100 are 92%.
- Where the document says that its days are working days, or the paragraph names them, and where a number of days is a
  limit or a target.
- Numbers of two digits, where only the power of ten differs. They agree by accident.
- A difference of percentages that is called percent is CF305.
"#,
    message: "{published} and {computed} are printed for the same figure, in different units",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Compensation

We paid £1.24 million in compensation for Housing in 2021/22.

| Compensation | 2020/21 £000 | 2021/22 £000 |
| --- | --- | --- |
| Housing | 980 | 1,238 |
| Highways | 310 | 295 |
"#],
    breaks: &[
        r#"Larkmere Council
Annual complaints report 2021/22

Compensation

We paid £1,240 in compensation for Housing in 2021/22.

| Compensation | 2020/21 £000 | 2021/22 £000 |
| --- | --- | --- |
| Housing | 980 | 1,240 |
| Highways | 310 | 295 |
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Outcomes

In 2021/22, 92% of complaints about Housing were upheld.

| Upheld by service in 2021/22 | Upheld | Upheld % |
| --- | --- | --- |
| Housing | 92 | 41% |
| Highways | 35 | 56% |
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Summary

The average time to respond to complaints in 2021/22 was 12 days.

Performance

In 2021/22 the average time to respond to complaints was 12 working days.
"#,
    ],
};
