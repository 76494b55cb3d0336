//! CF803 extraction-suspect: a claim that rests on a doubtful reading is held back.

use super::{Check, Emit};
use crate::reconcile::claim::Severity;

pub(crate) const CHECK: Check = Check {
    code: "CF803",
    name: "extraction-suspect",
    gist: "a claim that rests on a doubtful reading is held back",
    severity: Severity::Note,
    emit: Emit::Verdict,
    doc: r#"## What it does

Holds a claim back where one of its operands may have been misread: a letter among digits, a numeral split in
two, cells that may stand in another column, and the possible readings disagree about the verdict. The claim
is `unverifiable`, with the doubt as its reason.

On the pages of a PDF these are doubtful too: glyphs of which the file does not say which character they are, text
that contradicts what is drawn, text that was recognised in a scan, a cell over its neighbour, a number off the line of
its column, and what a second reader reads otherwise. A table with such a contradiction, or with a number among its rows
that is in none of its cells, is told of as a diagnostic `CF803` when the file is read.

## Why it matters

A program that blames a report for its own misreading is not used twice. The doubt is shown as ours.

## Example

```text
Housing   1O4
Highways   61
Total     170
```

`1O4` may be 104 or 14 with a stray letter, and neither is certain: the total is not called inconsistent.

## When it stays quiet

- Where every possible reading gives the same verdict: the claim is decided as usual.
- Where the doubtful cell stands elsewhere in the table: the other sums are checked.
- It never makes a finding against the publisher.
"#,
    message: "Our reading of {published} is in doubt",
    holds: &[],
    breaks: &[],
};
