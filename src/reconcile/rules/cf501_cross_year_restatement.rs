//! CF501 cross-year-restatement: a figure that a later report prints again is as it was first reported.

use super::{Check, Emit};
use crate::model::figure::{Figure, Home};
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};

pub(crate) const CHECK: Check = Check {
    code: "CF501",
    name: "cross-year-restatement",
    gist: "a figure that a later report prints again is as it was first reported",
    severity: Severity::Warning,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Compares the reports of one body that are checked together. A figure that two of them print for the same period
(last year's column of this year's table, and this year's column of last year's) has to be the same in both. It
holds where the intervals of the two meet, and of two plain numerals with equally many decimals where they are the
same. Each report is compared with the one before it that prints the figure.

Two figures are of one series where the body, the period, the unit, the measure, the population and every label
are known to be the same. What the captions of two tables do not settle, their other figures do: of two tables
that print the same, nearly all figures agree.

## Why it matters

A figure that changes after it was published may have been revised with good reason, and then the report should
say so; or it was copied wrongly, and then every change and trend that starts from it is off.

## Example

```text
2020/21 report             2021/22 report
Service   2020/21          Service   2020/21   2021/22
Housing        92          Housing        92        84
Highways       57          Highways       75        61
Planning       31          Planning       31        23
```

57 complaints about highways were reported for 2020/21; a year later, 75 are.

## When it stays quiet

- Where body, period, population, measure or a label is unknown on one side, or differs.
- Where a report prints several values for the series.
- Where many figures of the same two tables differ: then they count different things.
- Where a numeral is marked as approximate.
"#,
    message: "{published}{about} is inconsistent with an earlier report, which has {computed} for the same period",
    holds: &[r#"Larkmere Council
Annual complaints report 2020/21

Complaints received by service

| Service | 2020/21 |
| --- | --- |
| Housing | 92 |
| Highways | 57 |
| Planning | 31 |
=== NEXT ===
Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 92 | 84 |
| Highways | 57 | 61 |
| Planning | 31 | 23 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2020/21

Complaints received by service

| Service | 2020/21 |
| --- | --- |
| Housing | 92 |
| Highways | 57 |
| Planning | 31 |
=== NEXT ===
Larkmere Council
Annual complaints report 2021/22

Complaints received by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 92 | 84 |
| Highways | 75 | 61 |
| Planning | 31 | 23 |
"#],
};

/// What is assumed where the captions of two tables say different things.
const OTHER_CAPTION: u32 = 2;

/// Emits a relation for each series of the document that an earlier report of its run prints too.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for figure in ledger.document.figures.ids() {
        let id = ledger.id(figure);
        let Some((own, earlier)) = ledger.run.told_before(id) else { continue };
        // A series is told once, where it is printed first.
        if own.first() == Some(&id) && settled(ledger, own) && settled(ledger, earlier) {
            out.extend(relation(ledger, own, earlier));
        }
    }
}

/// Whether all figures that a document prints of a series have one value: else it is not known which is meant.
fn settled(ledger: &Ledger, figures: &[FigureId]) -> bool {
    let mut values = figures.iter().map(|id| ledger.run.figure(*id).map(|f| &f.quantity.value));
    let first = values.next();
    values.all(|value| Some(value) == first)
}

/// The relation of two prints of a series: of cells where both documents have one, since other cells bear them out.
fn relation(ledger: &Ledger, own: &[FigureId], earlier: &[FigureId]) -> Option<Relation> {
    let cell = |figures: &[FigureId]| figures.iter().copied().find(|id| is_cell(ledger.run.figure(*id)));
    let pair = cell(own).zip(cell(earlier));
    let (published, before) = pair.or(own.first().copied().zip(earlier.first().copied()))?;
    let (later, first) = (ledger.run.figure(published)?, ledger.run.figure(before)?);
    let same_caption = later.context.topic == first.context.topic;
    let licence = if pair.is_some() && same_caption { Licence::Labelled } else { Licence::Implied };
    let presumed = [later, first].iter().filter(|f| !f.facets.period_stated).count() as u32;
    let cost = presumed + if pair.is_some() && !same_caption { OTHER_CAPTION } else { 0 };
    let readings = vec![Reading { operands: vec![(OperandRole::Same, before)], cost, note: None }];
    let relation = Relation::of_figure(ledger, published.figure, CHECK.code, Arithmetic::Same);
    Some(Relation { licence, readings, ..relation })
}

fn is_cell(figure: Option<&Figure>) -> bool {
    figure.is_some_and(|f| matches!(f.home, Home::Cell { .. }))
}
