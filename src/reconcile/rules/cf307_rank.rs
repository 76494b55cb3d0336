//! CF307 rank: what is said to lead leads.

use crate::model::ids::{BlockIdx, FigureIdx, TableIdx};
use super::propose::{extremes, leaders, superlatives};
use super::{Check, Emit};
use crate::reconcile::claim::Severity;
use crate::model::block::BlockKind;
use crate::model::document::Stated;
use crate::model::statement::{RelationKind, StatementMark};
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

pub(crate) const CHECK: Check = Check {
    code: "CF307",
    name: "rank",
    gist: "what is said to lead leads",
    severity: Severity::Note,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Compares a superlative ("the most complaints were about housing", "the lowest number came by letter") with the
figures of the rows or columns that are ranked: the one named must be at least (at most) each other. A cell
under "Largest list" must print the largest number of the column "Practice list" in the next table. Where the
sentence gives the number that leads ("Most complaints were about housing (84)"), that number is held against the
others of its sentence, or of the column that prints it.

Where several are named ("The two most common were email and telephone"), each must be at least each other. Where
this "continues" or "remains" so, it must be so in each year of the table. "The third most common" must have two
above it.

## Why it matters

The leading category is what a service is asked to act on. It should be the one that leads in the table.

## Example

```text
Most complaints were about highways.
Housing   84
Highways  61
```

Housing has more.

## When it stays quiet

- Where no table within a few paragraphs names the row.
- Where two rows tie, either may be named.
- Where what is named is "one of the most common", or "the next".
- Where several are called "the main" ones, or their table stands far away, it can hold only.
- Totals, and rows such as "other", are not ranked.
- It is a note: what is ranked is inferred.
"#,
    message: "\"{published}\" does not fit the figures: {arithmetic}",
    holds: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

The highest number of complaints was about housing.

| Service | Complaints 2021/22 |
| --- | --- |
| Housing | 84 |
| Highways | 61 |
| Planning | 23 |
"#, r#"Larkmere Council
Annual complaints report 2021/22

Most complaints were about housing (84 complaints); others were about highways (61) and planning (23).
"#, r#"Larkmere Council
Annual complaints report 2021/22

How complaints came

The two most common reasons for complaint were conduct and delay. Policy was the third most common reason for complaint.

| Reason | Complaints 2021/22 |
| --- | --- |
| Policy | 23 |
| Delay | 61 |
| Conduct | 84 |
| Quality | 9 |
"#],
    breaks: &[r#"Larkmere Council
Annual complaints report 2021/22

Complaints by service

The highest number of complaints was about highways.

| Service | Complaints 2021/22 |
| --- | --- |
| Housing | 84 |
| Highways | 61 |
| Planning | 23 |
"#, r#"Larkmere Council
Annual complaints report 2021/22

How complaints came

The preferred ways to complain remain telephone and email.

| Year | Letter | E-mail | Telephone | Online |
| --- | --- | --- | --- | --- |
| 2021/22 | 14 | 52 | 41 | 23 |
| 2020/21 | 37 | 49 | 26 | 12 |
"#],
};

/// How many blocks away the table of a rank may stand.
const NEAR: usize = 3;
/// How many blocks are looked at for them.
const FAR: usize = 12;

/// Emits a relation for every statement of a rank that a table near it can decide.
fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for stated in ledger.stated(RelationKind::Order).filter(|s| is_rank(s)) {
        let highest = !pack().rules.lowest.within(&stated.text.to_lowercase());
        let place = leaders::place(ledger, stated);
        let arithmetic = Arithmetic::Extreme { highest, place: place.unwrap_or(1) };
        let near: Vec<TableIdx> = tables_near(ledger, stated.block).into_iter().map(|near| near.index).collect();
        let mut readings =
            if place == Some(1) { leaders::several(ledger, stated, &near) } else { Vec::new() };
        if readings.is_empty() {
            readings.extend(place.and_then(|_| rank(ledger, stated)));
        }
        let leader = match place.filter(|_| readings.is_empty()) {
            Some(place) => superlatives::leader(ledger, stated, highest, place),
            None => None,
        };
        if let Some((figure, reading)) = leader {
            let relation = Relation::of_figure(ledger, figure, CHECK.code, arithmetic);
            out.push(Relation { licence: Licence::Implied, readings: vec![reading], ..relation });
        } else if !readings.is_empty() || !stated.statement.says(&StatementMark::Most) {
            let relation = Relation::of_statement(ledger, stated, CHECK.code, arithmetic);
            out.push(Relation { licence: Licence::Implied, readings, ..relation });
        }
    }
    extremes::emit(ledger, out);
}

/// Whether a statement of an order is of a superlative; else it is of a series.
pub(super) fn is_rank(stated: &Stated) -> bool {
    stated.statement.says(&StatementMark::Rank)
}

/// The figure that the sentence names against the others of its column, in the nearest table that has it.
fn rank(ledger: &Ledger, stated: &Stated) -> Option<Reading> {
    let lower = stated.text.to_lowercase();
    let mut nearest: Option<(usize, Reading)> = None;
    for Near { gap, table, grid, .. } in tables_near(ledger, stated.block) {
        if nearest.as_ref().is_some_and(|(best, _)| *best <= gap) {
            continue;
        }
        if let Some(reading) = named_against_rest(ledger, table, grid, &lower) {
            nearest = Some((gap, reading));
        }
    }
    nearest.map(|(_, reading)| reading)
}

/// A table near a sentence.
struct Near<'a> {
    /// How many blocks away it stands.
    gap: usize,
    index: TableIdx,
    table: &'a Table,
    grid: &'a FigureGrid,
}

/// The tables at most so many blocks away: page numbers and notes between are passed over.
fn tables_near<'a>(ledger: &'a Ledger, block: BlockIdx) -> Vec<Near<'a>> {
    let blocks = &ledger.document.blocks;
    let passed = |at: &BlockIdx| {
        blocks.get(*at).is_some_and(|b| matches!(b.kind, BlockKind::Furniture | BlockKind::Note))
    };
    let before = block.minus(FAR).unwrap_or_default().until(block).rev().filter(|at| !passed(at)).take(NEAR);
    let after = block.plus(1).until(blocks.end().min(block.plus(FAR))).filter(|at| !passed(at)).take(NEAR);
    let near = before.enumerate().chain(after.enumerate());
    near.filter_map(|(gap, at)| match blocks.get(at)?.kind {
        BlockKind::Table(index) => {
            let (table, grid) = ledger.document.tables.get(index).zip(ledger.grids.get(index))?;
            Some(Near { gap: gap + 1, index, table, grid })
        }
        _ => None,
    })
    .collect()
}

/// The first cell whose row or column head the sentence names, against the cells beside it.
fn named_against_rest(
    ledger: &Ledger,
    table: &Table,
    grid: &FigureGrid,
    lower: &str,
) -> Option<Reading> {
    let label_of = |text: &str| {
        text.split([' ', '/', ',']).map(str::to_lowercase).find(|w| w.len() > 4 && !is_generic(w))
    };
    let named = |text: &str| label_of(text).is_some_and(|w| lower.contains(&w));
    let value =
        |i: FigureIdx| ledger.is_result(i).then_some(ledger.id(i));
    let lines: Vec<(bool, Option<FigureIdx>)> = if table.rows > table.header_rows + 1 && table.header_cols > 0 {
        (table.header_rows..table.rows)
            .filter(|r| !table.is_total_row(*r))
            .map(|row| (named(table.text(row, 0)), grid.first(row, table.header_cols)))
            .collect()
    } else {
        (table.header_cols..table.cols)
            .map(|col| (named(table.text(0, col)), grid.first(table.header_rows, col)))
            .collect()
    };
    let (_, best) = lines.iter().find(|(named, cell)| *named && cell.is_some())?;
    let chosen = value((*best)?)?;
    let mut operands = vec![(OperandRole::Same, chosen)];
    let rest = lines.iter().filter(|(named, _)| !named).filter_map(|(_, cell)| value((*cell)?));
    operands.extend(rest.map(|id| (OperandRole::Bound, id)));
    (operands.len() > 2).then_some(Reading { operands, cost: 0, note: None })
}

/// Words of labels that name nothing.
fn is_generic(word: &str) -> bool {
    pack().rules.names_nothing.begins(word)
}
