//! CF306 trend: a trend is that of the series.

use crate::model::ids::FigureIdx;
use super::cf307_rank::is_rank;
use super::{Check, Emit};
use crate::model::document::Stated;
use crate::model::figure::Home;
use crate::model::quantity::Unit;
use crate::model::statement::{Direction, RelationKind};
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::unify::Query;

pub(crate) const CHECK: Check = Check {
    code: "CF306",
    name: "trend",
    gist: "a trend is that of the series",
    severity: Severity::Note,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Compares what is said of a series ("has risen year on year", "the highest in five years") with the values that
the document prints for the years in question: each has to be above (below) the one before, or the last above
all others.

## Why it matters

A trend is a claim about every step. One step back and the sentence says something else.

## Example

```text
Complaints have risen each year.
2019/20  210
2020/21  250
2021/22  240
```

The last step is down.

## When it stays quiet

- Where the document prints fewer than three of the years.
- Where the words do not say of what the series is.
- It is a note: authors speak of trends loosely.
"#,
    message: "\"{published}\" does not fit the figures: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints over three years

The number of complaints received has increased year on year.

| Year | Complaints received |
| --- | --- |
| 2019/20 | 210 |
| 2020/21 | 250 |
| 2021/22 | 280 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints over three years

The number of complaints received has increased year on year.

| Year | Complaints received |
| --- | --- |
| 2019/20 | 210 |
| 2020/21 | 250 |
| 2021/22 | 240 |
"#],
};

/// How many cells of a line are looked at.
const LONGEST: usize = 400;

/// Emits a relation for every statement of a trend; one without a series to compare it with stands alone.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for stated in ledger.stated(RelationKind::Order).filter(|s| !is_rank(s)) {
        let direction = stated.statement.direction.filter(|d| *d != Direction::Level);
        let series = direction.and_then(|_| series(ledger, stated)).unwrap_or_default();
        let same = |figure| (OperandRole::Same, ledger.id(figure));
        let operands: Vec<_> = series.into_iter().map(same).collect();
        let readings = (!operands.is_empty()).then_some(Reading { operands, cost: 0, note: None });
        let arithmetic = Arithmetic::Trend(direction.unwrap_or(Direction::Level));
        let relation = Relation::of_statement(ledger, stated, CHECK.code, arithmetic);
        out.push(Relation { licence: Licence::Implied, readings: readings.into_iter().collect(), ..relation });
    }
}

/// The values of consecutive years of one row, column or list.
fn series(ledger: &Ledger, stated: &Stated) -> Option<Vec<FigureIdx>> {
    let query = Query { own: &stated.facets, context: &stated.context, tabular: false };
    let period = ledger.document.period?;
    let latest = ledger.find(query, Some(period), Unit::Count, 40);
    latest.into_iter().find_map(|candidate| {
        let figure = ledger.figure(candidate.figure)?;
        let Home::Cell { table, row, col, .. } = figure.home else { return None };
        let (table_read, grid) = ledger.document.tables.get(table).zip(ledger.grids.get(table))?;
        let down = (table_read.header_rows..table_read.rows).take(LONGEST).filter_map(|r| grid.first(r, col));
        let across =
            (table_read.header_cols..table_read.cols).take(LONGEST).filter_map(|c| grid.first(row, c));
        [down.collect::<Vec<_>>(), across.collect()].into_iter().find_map(|line| in_order(ledger, line))
    })
}

/// The last three figures of a line by their periods, if it has as many different ones.
fn in_order(ledger: &Ledger, mut line: Vec<FigureIdx>) -> Option<Vec<FigureIdx>> {
    line.retain(|i| ledger.is_result(*i));
    line.sort_by_key(|i| ledger.figure(*i).and_then(|f| f.facets.period));
    line.dedup_by_key(|i| ledger.figure(*i).and_then(|f| f.facets.period));
    (line.len() >= 3).then(|| line.split_off(line.len() - 3))
}
