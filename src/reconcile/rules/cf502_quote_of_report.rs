//! CF502 quote-of-report: what minutes, letters and press pages tell of a report is what the report says.

use super::cf501_cross_year_restatement::either_quotes;
use super::propose::again;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::Relation;
use crate::reconcile::run::Run;

pub(crate) const CHECK: Check = Check {
    code: "CF502",
    name: "quote-of-report",
    gist: "what minutes, letters and press pages tell of a report is what the report says",
    severity: Severity::Warning,
    emit: Emit::Across(emit),
    doc: r#"## What it does

Compares minutes, letters and press pages with the reports of the same body, and with each other. A figure that two of
them print for the same period has to be the same in both. Which figures are compared is decided as for CF501: body
and period are known to be the same, and nothing that is known of the two figures differs.

## Why it matters

Most people read what is told of a report, and not the report. A figure that a committee was told wrongly, or that a
newspaper turned, is believed for years.

## Example

```text
Report 2023/24      The council received 318 complaints in 2023/24.
Minutes             It was noted that 381 complaints were received in 2023/24.
```

The digits of 18 changed places.

## When it stays quiet

- Where the body or the period of a figure is not known, or something that is known of both differs: a half year is
  no year, and complaints upheld are no complaints received.
- Where one side leaves a label open that the other names: then equal numbers are compared, and others are not.
- Where a document prints several values for the figure.
- Where a numeral is marked as approximate.
"#,
    message: "This document says {published}{about}; another has {computed} for the same period",
    holds: &[r#"Larkmere Council
Annual complaints report 2023/24

The council received 318 complaints in 2023/24.
=== NEXT ===
Larkmere Council
Minutes of the Scrutiny Committee, 10 September 2024

It was noted that 318 complaints were received in 2023/24.
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2023/24

The council received 318 complaints in 2023/24.
=== NEXT ===
Larkmere Council
Minutes of the Scrutiny Committee, 10 September 2024

It was noted that 381 complaints were received in 2023/24.
"#],
};

/// Emits a relation for each figure that a document and one before it print, where one of the two tells of the other.
fn emit(run: &Run, ledger: &Ledger, out: &mut Vec<Relation>) {
    let told = run.earlier(ledger.number).filter(|earlier| either_quotes(ledger, earlier));
    told.for_each(|earlier| again::emit(ledger, earlier, CHECK.code, out));
}
