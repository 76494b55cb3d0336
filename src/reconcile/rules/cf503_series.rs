//! CF503 series-arithmetic: changes and sums hold with the figures that other documents print.

use super::propose::again::{self, Counterpart};
use super::{Check, Emit};
use crate::model::document::Stated;
use crate::model::figure::Figure;
use crate::model::ids::FigureIdx;
use crate::model::period::{Period, PeriodKind};
use crate::model::quantity::Unit;
use crate::model::statement::{Direction, RelationKind, Slot};
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation, UNCERTAIN};
use crate::reconcile::run::Run;

pub(crate) const CHECK: Check = Check {
    code: "CF503",
    name: "series-arithmetic",
    gist: "changes and sums hold with the figures that other documents print",
    severity: Severity::Warning,
    emit: Emit::Across(emit),
    doc: r#"## What it does

Works two things out over the documents of one body.

- A change that a document states, from the value before that an earlier document printed itself. Where the document
  prints that value too, the earlier one can only bear the change out.
- A year, as the sum of the quarters that four documents, or fewer, print for it.

## Why it matters

A report can be sound in itself, and start from a figure that nobody published. "Down by a quarter, to 27" says that
there were 36 the year before; the report of that year says how many there were.

## Example

```text
2021/22 report      The council received 36 complaints in 2021/22.
2022/23 report      Complaints fell by 25% from 36 in 2021/22 to 27 in 2022/23.
```

(27 − 36) ÷ 36 = −25%, with the 36 of the earlier report.

## When it stays quiet

- Where the earlier document prints another value than the one the change is worked out from: CF501 tells that.
- Where a quarter is missing, or something that is known of it is not known of the year.
"#,
    message: "This document says {published}; the figures of other documents give {computed}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

The council received 36 complaints in 2021/22.
=== NEXT ===
Larkmere Council
Annual complaints report 2022/23

Complaints fell by 25% from 36 in 2021/22 to 27 in 2022/23.
"#],
    breaks: &[r#"Larkmere Council
Complaints, quarter 1 of 2022/23

The council received 41 complaints in quarter 1 of 2022/23.
=== NEXT ===
Larkmere Council
Complaints, quarter 2 of 2022/23

The council received 52 complaints in quarter 2 of 2022/23.
=== NEXT ===
Larkmere Council
Complaints, quarter 3 of 2022/23

The council received 37 complaints in quarter 3 of 2022/23.
=== NEXT ===
Larkmere Council
Complaints, quarter 4 of 2022/23

The council received 60 complaints in quarter 4 of 2022/23.
=== NEXT ===
Larkmere Council
Annual complaints report 2022/23

The council received 199 complaints in 2022/23.
"#],
};

/// What may be assumed at most of a quarter.
const ASSUMED: u32 = 2;

/// Emits the changes and sums of a document that take figures of earlier ones in.
fn emit(run: &Run, ledger: &Ledger, out: &mut Vec<Relation>) {
    let changes: Vec<Relation> = out.iter().flat_map(|relation| from_earlier(run, ledger, relation)).collect();
    out.extend(changes);
    let stated = ledger.stated(RelationKind::Change);
    out.extend(stated.filter_map(|stated| without_before(run, ledger, stated)));
    let figures = ledger.document.figures.entries();
    out.extend(figures.filter_map(|(index, figure)| sum_of_quarters(run, ledger, index, figure)));
}

/// A change that the document states, worked out from the values before that earlier documents print. These are the values
/// that it prints itself: so it can bear the change out, and only what the document itself says can accuse it.
fn from_earlier(run: &Run, ledger: &Ledger, relation: &Relation) -> Vec<Relation> {
    let sized = matches!(
        relation.arithmetic,
        Arithmetic::PercentChange(_) | Arithmetic::Difference(_) | Arithmetic::Multiple
    );
    if !sized || relation.licence != Licence::Stated || relation.published.is_none() {
        return Vec::new();
    }
    let published = relation.published.and_then(|id| ledger.figure(id.figure));
    // "5 days earlier" is no difference between two numbers of complaints.
    let lasts = published.is_some_and(|change| change.quantity.unit.is_time());
    let with = |earlier: &Ledger, reading: &Reading| {
        let operand = |wanted| reading.operands.iter().find(|(role, _)| *role == wanted).map(|(_, id)| *id);
        let (before, after) = (operand(OperandRole::Before)?, operand(OperandRole::After)?);
        let own = ledger.figure(before.figure)?;
        let printed = again::equal_in(own, earlier).filter(|_| own.quantity.unit.is_time() || !lasts)?;
        let operands = vec![(OperandRole::Before, printed.id), (OperandRole::After, after)];
        Some(Reading { operands, cost: UNCERTAIN + reading.cost + printed.cost, note: None })
    };
    let of = |earlier: &Ledger| {
        let readings: Vec<Reading> =
            relation.readings.iter().filter_map(|reading| with(earlier, reading)).collect();
        let relation = Relation { code: CHECK.code, licence: Licence::Implied, readings, ..relation.clone() };
        Some(relation).filter(|relation| !relation.readings.is_empty())
    };
    run.earlier(ledger.number).filter_map(of).collect()
}

/// A change to a value that the document prints, from a value before that it does not print and an earlier document does.
fn without_before(run: &Run, ledger: &Ledger, stated: &Stated) -> Option<Relation> {
    let slot = |wanted| stated.figures.iter().find(|(slot, _)| *slot == wanted).map(|(_, figure)| *figure);
    let (change, after) = (slot(Slot::Change)?, slot(Slot::After)?);
    if slot(Slot::Before).is_some() {
        return None;
    }
    let figure = ledger.figure(after)?;
    let year_before = || figure.facets.period.and_then(|period| period.shift_years(-1));
    let period = stated.base_period.or_else(year_before)?;
    let named = |earlier: &Ledger| again::named_in(figure, earlier, period);
    let before = run.earlier(ledger.number).find_map(named).filter(|found| found.cost <= ASSUMED)?;
    let direction = stated.statement.direction.unwrap_or(Direction::Rise);
    let arithmetic = match ledger.figure(change)?.quantity.unit {
        Unit::Ratio => Arithmetic::Multiple,
        Unit::Percent => Arithmetic::PercentChange(direction),
        _ => Arithmetic::Difference(direction),
    };
    let operands = vec![(OperandRole::Before, before.id), (OperandRole::After, ledger.id(after))];
    let readings = vec![Reading { operands, cost: before.cost, note: None }];
    let relation = Relation::of_figure(ledger, change, CHECK.code, arithmetic);
    Some(Relation { licence: Licence::Implied, readings, ..relation })
}

/// The number of a year as the sum of its quarters, of which at least one stands in an earlier document.
fn sum_of_quarters(run: &Run, ledger: &Ledger, index: FigureIdx, figure: &Figure) -> Option<Relation> {
    let year = figure.facets.period.filter(|period| period.kind == PeriodKind::Year)?;
    if figure.quantity.unit != Unit::Count || !again::is_comparable(ledger, index, figure) {
        return None;
    }
    let quarter = |nth: i8| {
        let start = year.start.checked_add(jiff::Span::new().months(i64::from(nth) * 3)).ok()?;
        Period::months(start.year(), start.month(), 3)
    };
    let find = |nth: i8| {
        let quarter = quarter(nth)?;
        let found = run.earlier(ledger.number).find_map(|other| again::named_in(figure, other, quarter))?;
        Some(found).filter(|found: &Counterpart| found.cost <= ASSUMED)
    };
    let parts: Option<Vec<Counterpart>> = (0..4).map(find).collect();
    let parts = parts?;
    let cost = parts.iter().map(|part| part.cost).max()?;
    let operands: Vec<(OperandRole, FigureId)> = parts.iter().map(|part| (OperandRole::Part, part.id)).collect();
    let relation = Relation::of_figure(ledger, index, CHECK.code, Arithmetic::Sum);
    let readings = vec![Reading { operands, cost, note: None }];
    Some(Relation { licence: Licence::Implied, readings, ..relation })
}
