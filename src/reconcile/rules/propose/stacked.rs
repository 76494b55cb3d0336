//! Bars of a chart that make the count of their row in a table: "Housing" with 24, 11 and 6 by it, of which the table has 41.
//! Nothing says that a chart takes these counts apart, so that it is proved by all of its rows or not at all.

use super::chart_labels::stretches;
use crate::model::exact::Exact;
use crate::model::figure::Role;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::Unit;
use crate::model::table::{Form, Table};
use crate::model::text::Line;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::likeness::words_of_label;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::BTreeMap;

/// So many rows have to be made: three sums of two digits are met by accident once in a million.
const ROWS: usize = 3;
/// A chart of more series than this is no stack.
const SERIES: std::ops::RangeInclusive<usize> = 2..=5;
/// Nobody draws more rows.
const LONGEST: usize = 40;
/// How many columns of a table are looked at.
const COLUMNS: usize = 12;

/// A line outside the table with what it prints.
struct Printed {
    words: Vec<Vec<String>>,
    figures: Vec<FigureIdx>,
    /// How far down the page it stands.
    top: f32,
}

/// Emits, for each row of a table, the sum of the numbers that a chart of its page has by its words.
pub(super) fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    // The charts of a spreadsheet print nothing beside its cells.
    if ledger.document.sheet.is_some() {
        return;
    }
    for (index, table) in ledger.document.tables.entries().filter(|(_, t)| t.form != Form::LabelValue) {
        let rows = table.rows - table.header_rows.min(table.rows);
        if (ROWS..=LONGEST).contains(&rows) {
            let printed = printed(ledger, index);
            let rows = rows_named(table, &printed);
            if rows.len() >= ROWS {
                relate(ledger, index, table, &stacks(&printed, &rows), out);
            }
        }
    }
}

/// The lines of a table's page that are not its own.
fn printed(ledger: &Ledger, index: TableIdx) -> Vec<Printed> {
    let document = ledger.document;
    let own = ledger.table_blocks.get(index).and_then(|block| document.blocks.get(*block));
    let Some(own) = own.map(|block| block.lines.clone()) else { return Vec::new() };
    let page = document.lines.get(own.start).map(|line| line.page);
    let of_page = |line: &Line| Some(line.page) == page;
    let start = document.lines.partition_point(|line| Some(line.page) < page);
    let lines = document.lines.iter().enumerate().skip(start).take_while(|(_, line)| of_page(line));
    let others = lines.filter(|(at, line)| !own.contains(at) && !line.text.trim().is_empty());
    let read = |(at, line): (usize, &Line)| Printed {
        words: stretches(&line.text).into_iter().map(|(words, _)| words).collect(),
        figures: ledger.on_line(line.number).to_vec(),
        top: document.boxes.get(at).map_or(at as f32, |line| line.top),
    };
    others.map(read).collect()
}

/// The rows of a table whose words stand on one line of its page, each with the line.
fn rows_named(table: &Table, printed: &[Printed]) -> Vec<(usize, usize)> {
    let rows = (table.header_rows..table.rows).filter(|row| !table.is_total_row(*row));
    let named = rows.filter_map(|row| {
        let head = (0..table.header_cols).map(|col| table.text(row, col)).collect::<Vec<_>>().join(" ");
        let mut words = words_of_label(&head);
        words.sort_unstable();
        let says = |(_, line): &(usize, &Printed)| !words.is_empty() && line.words.contains(&words);
        let mut lines = printed.iter().enumerate().filter(says).map(|(at, _)| at);
        Some((row, lines.next().filter(|_| lines.next().is_none())?))
    });
    named.collect()
}

/// The numbers that stand nearest to each of the rows, no further than rows stand apart. A line of many numbers is an axis.
fn stacks(printed: &[Printed], rows: &[(usize, usize)]) -> Vec<(usize, Vec<FigureIdx>)> {
    let top = |at: usize| printed.get(at).map_or(0.0, |line| line.top);
    let mut tops: Vec<f32> = rows.iter().map(|(_, at)| top(*at)).collect();
    tops.sort_by(f32::total_cmp);
    let gaps = tops.iter().zip(tops.iter().skip(1)).map(|(a, b)| b - a);
    let reach = gaps.fold(0.0, f32::max);
    let own = |at: usize| printed.get(at).and_then(|line| line.figures.first()).copied();
    let mut stacks: BTreeMap<usize, Vec<FigureIdx>> =
        rows.iter().map(|(row, at)| (*row, own(*at).into_iter().collect())).collect();
    for line in printed.iter().filter(|line| line.words.is_empty()) {
        let &[figure] = line.figures.as_slice() else { continue };
        let far = |at: usize| (top(at) - line.top).abs();
        let nearest = rows.iter().min_by(|a, b| far(a.1).total_cmp(&far(b.1)));
        if let Some((row, _)) = nearest.filter(|(_, at)| far(*at) < reach) {
            stacks.entry(*row).or_default().push(figure);
        }
    }
    stacks.into_iter().collect()
}

fn relate(
    ledger: &Ledger,
    index: TableIdx,
    table: &Table,
    stacks: &[(usize, Vec<FigureIdx>)],
    out: &mut Vec<Relation>,
) {
    let Some(grid) = ledger.grids.get(index) else { return };
    let count = |figure: &FigureIdx| {
        let figure = ledger.figure(*figure)?;
        let is_count = figure.quantity.unit == Unit::Count && figure.role == Role::Value;
        figure.quantity.value.as_ref().filter(|_| is_count)
    };
    let series = stacks.first().map_or(0, |(_, parts)| parts.len());
    if !SERIES.contains(&series) || stacks.iter().any(|(_, parts)| parts.len() != series) {
        return;
    }
    let sums: Option<Vec<(usize, Exact, &Vec<FigureIdx>)>> = stacks
        .iter()
        .map(|(row, parts)| {
            let values: Vec<Exact> = parts.iter().map(|part| count(part).cloned()).collect::<Option<_>>()?;
            Some((*row, values.into_iter().sum(), parts))
        })
        .collect();
    let Some(sums) = sums else { return };
    for col in (table.header_cols..table.cols).take(COLUMNS) {
        let made = sums.iter().map(|(row, sum, parts)| {
            let cell = grid.first(*row, col).filter(|cell| count(cell) == Some(sum))?;
            Some((cell, *parts))
        });
        let Some(made) = made.collect::<Option<Vec<_>>>() else { continue };
        out.extend(made.into_iter().map(|(cell, parts)| {
            let operands = parts.iter().map(|part| (OperandRole::Part, ledger.id(*part))).collect();
            let relation = Relation::of_figure(ledger, cell, "CF102", Arithmetic::Sum);
            let readings = vec![Reading { operands, cost: 0, note: None }];
            Relation { licence: Licence::Implied, readings, ..relation }
        }));
        return;
    }
}
