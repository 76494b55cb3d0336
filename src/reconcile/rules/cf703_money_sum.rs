//! CF703 money-sum: amounts in pounds and pence add up to the penny.

use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF703",
    name: "money-sum",
    gist: "amounts of money that are printed with their pence make their total to the penny",
    severity: Severity::Error,
    emit: Emit::Verdict,
    doc: r#"## What it does

Names the sums of CF101 to CF105 whose amounts are printed in pounds and pence:

```text
total  =  Σ amounts, to the penny
```

Such amounts are exact. No rounding is allowed for, as it is for shares and for amounts in thousands.

## Why it matters

Remedies and repayments are set case by case and added up by hand. A penny that is missing says that an amount was left out
or typed again.

## Example

```text
We paid £240.50 to one family and £310.75 to another, a total of £551.75.
```

£240.50 + £310.75 = £551.25.

## When it stays quiet

- Where the total or its parts are printed in whole pounds or in thousands: that is a sum of CF101 to CF105.
- Where those checks are quiet: nothing calls the amount a total, or a part is missing.
"#,
    message: "The total{about} says {published}; its amounts make {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Compensation paid

Service      Paid
Housing      £240.50
Highways     £310.75
Waste        £25.10
Total        £576.35
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Compensation paid

Service      Paid
Housing      £240.50
Highways     £310.75
Waste        £25.10
Total        £576.45
"#],
};
