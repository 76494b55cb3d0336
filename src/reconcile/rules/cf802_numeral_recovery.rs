//! CF802 numeral-recovery: a broken numeral is read as what its total proves.

use super::{Check, Emit};
use crate::model::figure::RECOVERED;
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, Reading, Relation};

pub(crate) const CHECK: Check = Check {
    code: "CF802",
    name: "numeral-recovery",
    gist: "a broken numeral is read as what its total proves",
    severity: Severity::Note,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Reads a numeral that was broken on its way to us, where a total proves what it was: a letter in the place of a digit
(`1O4`, `l7`), a letter that ran into it (`25b`), a blank among its digits (`1 7`), a comma for a point (`10,5`) or a
point for a comma (`1.937`). It is taken where its line of the table would be off by exactly the number that it may have
been. The figure is then used like any other, with its doubt, and the note says what is printed and what it is read as.

## Why it matters

One letter among digits takes a figure out of its sum, its share and every sentence that repeats it. To blame the report
for a total that is off by our own misreading would be worse.

## Example

```text
Housing   1O4
Highways   61
Waste      25
Total     190
```

190 − 61 − 25 = 104, and `1O4` may be 104.

## When it stays quiet

- Where no total proves the reading: nothing is guessed.
- Where the numeral is read without that: `1,937to` is 1,937 in any case.
- Where another number of the line is broken too, or a line has fewer than two other parts.
- Where the number that is lacking has one digit: such a gap comes by accident.
- It never makes an error or a warning, and none rests on what was recovered.
"#,
    message: "{published} is read as {computed}, which its total proves",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 98 | 1O4 |
| Highways | 57 | 61 |
| Waste | 31 | 25 |
| Total | 186 | 190 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 1,204 | 1,93l |
| Highways | 57 | 61 |
| Waste | 31 | 25 |
| Total | 1,292 | 2,017 |
"#],
};

/// Emits a relation for each figure that was read so.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, figure) in ledger.document.figures.entries() {
        if figure.doubts.contains(&RECOVERED) {
            let readings = vec![Reading { operands: Vec::new(), cost: 0, note: None }];
            let relation = Relation::of_figure(ledger, index, "CF802", Arithmetic::Recovered);
            out.push(Relation { licence: Licence::Implied, readings, ..relation });
        }
    }
}
