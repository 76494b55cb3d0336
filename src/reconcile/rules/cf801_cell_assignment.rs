//! CF801 cell-assignment: cells that lost their columns are put back by the totals.

use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use crate::model::text::Place;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, Reading, Relation};
use ecow::eco_format;

pub(crate) const CHECK: Check = Check {
    code: "CF801",
    name: "cell-assignment",
    gist: "cells that lost their columns are put back by the totals",
    severity: Severity::Note,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Puts cells back where a table lost its blanks. When a PDF is flattened to text, a row with *m* values in *n*
columns can stand in `C(n, m)` ways. The rows are tried one after another with the printed totals of the
columns as conditions and the widths of the gaps as a hint. Where exactly one placement meets the totals it is
taken; where several do, a claim about these cells is decided only if all placements agree; where none does,
CF803 says so.

## Why it matters

Reading the cells from left to right would put figures under the wrong heads, and then blame the report for
totals that do not agree.

## Example

```text
Service     Upheld  Not upheld  Closed early
Adults      2   3
Children    4   1   3
Highways    1
Total       6   5   3
```

Only one placement of the cells of the first and third rows meets the totals 6, 5 and 3: `2 3 –` and `– 1 –`.

## When it stays quiet

- Where no blank was lost: every row has as many cells as there are columns.
- It never makes an error or a warning: the doubt is about our reading, not about the report.
"#,
    message: "The cells of this row can stand in several columns: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Outcomes by service

Service     Upheld  Not upheld  Withdrawn
Adults      2  3
Children    4  1  3
Highways    1
Total       6  5  3
"#],
    breaks: &[],
};

/// Emits a relation for each table with such rows.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for table in ledger.document.tables.iter().filter(|t| !t.lost_blanks.is_empty()) {
        let rows = table.lost_blanks.iter().map(|lost| lost.row);
        let cells =
            rows.flat_map(|row| table.cells.iter().filter(move |c| c.row() == row && !c.passage.is_empty()));
        let Some(place) = cells.map(|c| c.passage.whole()).reduce(Place::to) else { continue };
        let product = |count: fn(&crate::model::table::LostBlanks) -> u64| {
            table.lost_blanks.iter().map(count).fold(1u64, u64::saturating_mul)
        };
        let (all, left) = (product(|l| l.placements), product(|l| l.admitted));
        let readings = match left {
            1 => vec![Reading { operands: Vec::new(), cost: 0, note: None }],
            // Several placements are left: nothing printed decides between them.
            _ => Vec::new(),
        };
        out.push(Relation {
            code: "CF801",
            arithmetic: Arithmetic::Placement { all, admitted: left },
            published: None,
            document: ledger.number,
            place,
            printed: eco_format!("{} rows with fewer values than columns", table.lost_blanks.len()),
            licence: Licence::Implied,
            picked_of: 0,
            readings,
        });
    }
}
