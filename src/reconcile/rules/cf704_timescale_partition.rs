//! CF704 timescale-partition: what was answered in time and what was late make all that was answered.

use super::{Check, Emit};
use crate::model::facets::{Dimension, Measure, Population, band};
use crate::model::figure::{Figure, Home, Role};
use crate::model::ids::{BlockIdx, FigureIdx};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::claim::Severity;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

pub(crate) const CHECK: Check = Check {
    code: "CF704",
    name: "timescale-partition",
    gist: "cases answered in time and cases answered late make all that were answered",
    severity: Severity::Error,
    emit: Emit::Own(emit),
    doc: r#"## What it does

Adds the cases that were answered within their timescale and those that were answered outside it:

```text
within + outside  =  closed
```

The labels of a table or the words of a sentence must name all three. Cases that were given an extension are a part of their
own where they are counted apart. Sums of in time and late that other checks find (a row called "Total") have this code too.

## Why it matters

The number of late answers is what such reports are read for. It is often worked out from the two others, and one of the
three is brought up to date without it.

## Example

```text
Of the 80 complaints closed, 62 were answered within timescale and 19 were answered outside timescale.
```

62 + 19 = 81.

## When it stays quiet

- Where the whole counts what was received: cases that are still open are neither in time nor late.
- Where more than one number can be the whole.
"#,
    message: "{published}{about} is printed; what was in time and what was late make {computed}",
    holds: &[
        r#"Larkmere Council
Annual complaints report 2021/22

How fast we answered

Of the 80 complaints closed, 62 were answered within timescale and 18 were answered outside timescale.
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Response times by service

Service        Closed   Within timescale   Outside timescale
Housing        24       20                 4
Highways       31       24                 7
Waste          25       18                 7
"#,
    ],
    breaks: &[
        r#"Larkmere Council
Annual complaints report 2021/22

How fast we answered

Of the 80 complaints closed, 62 were answered within timescale and 19 were answered outside timescale.
"#,
        r#"Larkmere Council
Annual complaints report 2021/22

Response times by service

Service        Closed   Within timescale   Outside timescale
Housing        24       20                 4
Highways       31       24                 9
Waste          25       18                 7
"#,
    ],
};

/// How many figures of a sentence, and of a line of a table, are looked at.
const FIGURES: usize = 24;

fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for block in ledger.document.blocks.ids() {
        of_sentences(ledger, block, out);
    }
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        of_table(ledger, table, grid, out);
    }
}

/// The time band that the words or heads of a figure name.
fn band_of(figure: &Figure) -> Option<&str> {
    figure.facets.dimensions.get(Dimension::TimeBand).map(|label| label.normalised.as_str())
}

fn is_plain_count(figure: &Figure) -> bool {
    figure.quantity.unit == Unit::Count
        && figure.role == Role::Value
        && figure.quantity.qualifier == Qualifier::Equal
        && figure.quantity.decimals == 0
}

/// Whether a figure counts cases that have ended.
fn is_closed(figure: &Figure) -> bool {
    figure.facets.measure == Measure::ComplaintsClosed
        || figure.facets.population == Some(Population::Closed) && band_of(figure).is_none()
}

/// The sentences that give both bands once, and one number of closed cases before them.
fn of_sentences(ledger: &Ledger, block: BlockIdx, out: &mut Vec<Relation>) {
    let mut sentence: Vec<(FigureIdx, &Figure)> = Vec::new();
    let figures = ledger.prose_in_block(block).iter().filter_map(|i| Some((*i, ledger.figure(*i)?)));
    for (index, figure) in figures.filter(|(_, figure)| matches!(figure.home, Home::Prose { .. })) {
        if sentence.first().is_some_and(|(_, first)| first.home != figure.home) {
            out.extend(partition(ledger, &sentence, is_closed, Licence::Stated));
            sentence.clear();
        }
        if sentence.len() < FIGURES {
            sentence.push((index, figure));
        }
    }
    out.extend(partition(ledger, &sentence, is_closed, Licence::Stated));
}

/// The rows, or else the columns, whose heads name both bands and all that was answered.
fn of_table(ledger: &Ledger, table: &Table, grid: &FigureGrid, out: &mut Vec<Relation>) {
    let (rows, cols) = (table.header_rows..table.rows, table.header_cols..table.cols);
    let figures = |cells: &mut dyn Iterator<Item = (usize, usize)>| {
        let firsts = cells.filter_map(|(row, col)| grid.first(row, col));
        let known = firsts.filter_map(|i| Some((i, ledger.figure(i)?)));
        known.take(FIGURES).collect::<Vec<_>>()
    };
    let head = |figure: &Figure, down: bool| {
        let Some((_, row, col)) = figure.home.cell() else { return String::new() };
        let text = if down { table.text(row, 0) } else { table.text(table.header_rows.saturating_sub(1), col) };
        text.to_lowercase()
    };
    let is_all = |figure: &Figure, down: bool| {
        let Some((_, row, col)) = figure.home.cell() else { return false };
        let total = if down { table.is_total_row(row) } else { table.is_total_col(col) };
        band_of(figure).is_none() && (is_closed(figure) || total || pack().rules.answered.within(&head(figure, down)))
    };
    let across = rows.clone().filter_map(|row| {
        let line = figures(&mut cols.clone().map(|col| (row, col)));
        partition(ledger, &line, |figure| is_all(figure, false), Licence::Labelled)
    });
    let mut found: Vec<Relation> = across.collect();
    if found.is_empty() {
        found.extend(cols.filter_map(|col| {
            let line = figures(&mut rows.clone().map(|row| (row, col)));
            partition(ledger, &line, |figure| is_all(figure, true), Licence::Labelled)
        }));
    }
    out.append(&mut found);
}

/// Whether a part is of the same cases as all of them, but for its time band.
fn differ_by_band(part: &Figure, all: &Figure) -> bool {
    let others = |figure: &Figure| {
        let dimensions = figure.facets.dimensions.iter().filter(|(d, _)| *d != Dimension::TimeBand);
        dimensions.map(|(d, label)| (d, label.normalised.clone())).collect::<Vec<_>>()
    };
    part.facets.period == all.facets.period && others(part) == others(all)
}

/// Some figures as a number of cases that ended, with those in time and those late; with those of an extension where they are
/// counted. Nothing where a band stands twice, or where two numbers can be the whole.
fn partition(
    ledger: &Ledger,
    figures: &[(FigureIdx, &Figure)],
    is_whole: impl Fn(&Figure) -> bool,
    licence: Licence,
) -> Option<Relation> {
    let counts: Vec<&(FigureIdx, &Figure)> = figures.iter().filter(|(_, f)| is_plain_count(f)).collect();
    let of = |wanted: &str| {
        let mut found = counts.iter().filter(|(_, figure)| band_of(figure) == Some(wanted));
        found.next().filter(|_| found.next().is_none()).map(|(index, _)| *index)
    };
    let (within, outside) = (of(band::WITHIN)?, of(band::OUTSIDE)?);
    let mut wholes = counts.iter().filter(|(_, figure)| band_of(figure).is_none() && is_whole(figure));
    let (whole, all) = wholes.next().filter(|_| wholes.next().is_none())?;
    // They are of one stage, procedure and year.
    let alike = |part: FigureIdx| ledger.figure(part).is_some_and(|part| differ_by_band(part, all));
    if !alike(within) || !alike(outside) {
        return None;
    }
    let extended = of(band::EXTENDED).filter(|part| alike(*part));
    let operand = |index: FigureIdx| (OperandRole::Part, ledger.id(index));
    let two = vec![operand(within), operand(outside)];
    let three = extended.map(|index| two.iter().copied().chain([operand(index)]).collect());
    let choices = three.into_iter().chain([two]).zip(0..);
    let readings = choices.map(|(operands, cost)| Reading { operands, cost, note: None }).collect();
    let relation = Relation::of_figure(ledger, *whole, "CF704", Arithmetic::Sum);
    Some(Relation { readings, licence, ..relation })
}
