//! CF000 lone-figure: a figure that nothing in the document can confirm or doubt.

use super::propose::Proposer;
use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF000",
    name: "lone-figure",
    gist: "a figure that nothing in the document can confirm or doubt",
    severity: Severity::Note,
    emit: Emit::Shared(&[Proposer::Same]),
    doc: r#"## What it does

Lists a figure that has no partner: no total that it is part of, no share, no change, and no second printing.
Its claim is always `unverifiable`, so it makes no finding.

## Why it matters

A report is only as well checked as its figures are tied to one another. The coverage line of every run counts
these figures, so that "nothing was found" is not taken for "everything agrees".

## Example

```text
We received 37 enquiries about school transport.
```

Nothing else in the report speaks of school transport: the 37 can be neither confirmed nor doubted.

## When it stays quiet

- Where the figure is printed again, is the part of a total or takes part in any other check.
- For numerals that are not results: Acts, paragraphs, pages, dates, time limits, telephone numbers, form
  codes.
"#,
    message: "{published} stands alone in the document",
    holds: &[],
    breaks: &[],
};
