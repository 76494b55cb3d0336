//! CF108 formula-value: a sum in a spreadsheet is what its formula gives.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF108",
    name: "formula-value",
    gist: "the value of a formula that adds up cells is that of its cells",
    severity: Severity::Error,
    emit: Emit::Shared(&[Proposer::Formulas]),
    doc: r#"## What it does

In spreadsheets, works out formulas that only add up cells of their own sheet, `SUM`, `AVERAGE` and `a+b+c`, on the
numbers that the cells store, and claims that the value kept in the file is the same.

## Why it matters

A workbook keeps the last value of each formula, and that is what is printed and read. A program that changed the cells
without working out the formulas, or a calculation that was switched to manual, leaves values that are out of date.

## Example

```text
     A        B
1    Team     2021/22
2    North    131
3    South    20
4    Total    156 =SUM(B2:B3)
```

B4 keeps 156, and 131 + 20 = 151.

## When it stays quiet

- Formulas of any other kind are not worked out, and no macro is ever run.
- Where a cell that is added up holds an error, or a formula without a value.
- Where the difference is smaller than what binary numbers lose.
"#,
    message: "The cell keeps {published}; its formula gives {computed}",
    holds: &[r#"     A        B
1    Team     2021/22
2    North    131
3    South    20
4    Total    151 =SUM(B2:B3)
"#],
    breaks: &[r#"     A        B
1    Team     2021/22
2    North    131
3    South    20
4    Total    156 =SUM(B2:B3)
"#],
};
