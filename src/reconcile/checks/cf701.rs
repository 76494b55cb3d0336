//! CF701 reporting-period: dates said to be in the reporting period are in it.

use super::Check;
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF701",
    name: "reporting-period",
    gist: "dates said to be in the reporting period are in it",
    severity: Severity::Note,
    doc: r#"## What it does

Compares dates that are said to lie in the reporting year, and full statements of that year, with the period
that the report is about.

## Why it matters

A date outside the year is often left from last year's report, with the sentence around it.

## Example

```text
Annual complaints report 2021/22
The new procedure began in May 2020, during this reporting year.
```

May 2020 is in 2020/21.

## When it stays quiet

- Where a date is not said to be in the reporting year.
- Where the period of the report is not known.
- It is a note: reports speak of the year of their writing too.
"#,
    message: "\"{published}\" is inconsistent with the reporting period: it {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

About this report

This report covers the period 1 April 2021 to 31 March 2022.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

About this report

This report covers the period 1 April 2021 to 31 March 2022.

A new procedure for complaints began in May 2020 during this reporting year.
"#],
};
