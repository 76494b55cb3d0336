//! Totals whose label names their parts: "Total pay and pensions" below "Total pay" and "Employer's pensions", and "Street
//! cleaning (litter, graffiti, fly-tipping)" above "Litter", "Graffiti" and "Fly-tipping".

use crate::model::figure::Role;
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use std::collections::BTreeSet;

/// How many rows the second part can take up.
const ROWS: usize = 3;

/// How many rows a label can name in brackets.
const NAMED: usize = 12;
/// How many choices of rows are tried where several rows begin with a name.
const CHOICES: usize = 8;

/// Emits a sum for each cell of a total row that names a row above it, and then the rows between; and for each cell of a row
/// that lists others in brackets.
pub(super) fn emit(ledger: &Ledger, table: &Table, grid: &FigureGrid, out: &mut Vec<Relation>) {
    for &total in &table.total_rows {
        let Some(first) = first_part(table, total) else { continue };
        let choices = [(first..total).collect()];
        sums(ledger, table, grid, total, &choices).for_each(|relation| out.push(relation));
    }
    let starts: Vec<(usize, Vec<String>)> =
        (table.header_rows..table.rows).map(|row| (row, words(table.text(row, 0)))).collect();
    for row in table.header_rows..table.rows {
        let choices = listed(table, row, &starts);
        if choices.is_empty() {
            continue;
        }
        let implied = |relation| Relation { licence: Licence::Implied, ..relation };
        out.extend(sums(ledger, table, grid, row, &choices).map(implied));
    }
}

/// The cells of a row as sums of those of other rows, one choice of which is right.
fn sums(
    ledger: &Ledger,
    table: &Table,
    grid: &FigureGrid,
    total: usize,
    choices: &[Vec<usize>],
) -> impl Iterator<Item = Relation> {
    (table.header_cols..table.cols).filter_map(move |col| {
        let figure = grid.first(total, col)?;
        let kind = |i| ledger.figure(i).map(|f| (f.quantity.unit, f.role == Role::Change));
        let addable = matches!(kind(figure), Some((unit, false)) if unit == Unit::Count || unit.is_money());
        let reading = |rows: &Vec<usize>| {
            let parts: Vec<_> = rows.iter().map(|row| grid.first(*row, col)).collect::<Option<_>>()?;
            let operands = parts.iter().map(|part| (OperandRole::Part, ledger.id(*part))).collect();
            let alike = parts.iter().all(|part| kind(*part) == kind(figure));
            alike.then_some(Reading { operands, cost: 0, note: None })
        };
        let readings: Vec<Reading> = choices.iter().filter(|_| addable).filter_map(reading).collect();
        let relation = || Relation::of_figure(ledger, figure, "CF101", Arithmetic::Sum);
        (!readings.is_empty()).then(|| Relation { readings, ..relation() })
    })
}

/// The rows that a label lists in brackets, each by the words that its label begins with. Where several rows begin with one
/// name, each of them may be meant, or all.
fn listed(table: &Table, row: usize, starts: &[(usize, Vec<String>)]) -> Vec<Vec<usize>> {
    let label = table.text(row, 0);
    let inner = label.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
    let names: Vec<Vec<String>> = inner.into_iter().flat_map(|inner| inner.split(',')).map(words).collect();
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    if !(3..=NAMED).contains(&names.len()) {
        return Vec::new();
    }
    for name in names {
        let begins = |(at, label): &&(usize, Vec<String>)| {
            *at != row && !name.is_empty() && !table.is_total_row(*at) && label.starts_with(&name)
        };
        let rows: Vec<usize> = starts.iter().filter(begins).map(|(at, _)| *at).take(CHOICES).collect();
        let all = Some(rows.clone()).filter(|rows| rows.len() > 1);
        let meant: Vec<Vec<usize>> = rows.iter().map(|at| vec![*at]).chain(all).collect();
        let with = |rows: &Vec<usize>| {
            choices.iter().map(|choice| [choice.as_slice(), rows].concat()).collect::<Vec<_>>()
        };
        choices = meant.iter().flat_map(with).take(CHOICES).collect();
    }
    choices
}

/// The row above a total whose label is the first of the two that the total's label names, where each row between them has
/// the words of the second.
fn first_part(table: &Table, total: usize) -> Option<usize> {
    let label = |row: usize| words(table.text(row, 0));
    let own = label(total);
    let joint = own.iter().position(|word| pack().numerals.and.has(word))?;
    let (one, other) = (own.get(..joint)?, own.get(joint + 1..)?);
    let (one, other): (BTreeSet<&String>, BTreeSet<&String>) = (one.iter().collect(), other.iter().collect());
    if one.is_empty() || other.is_empty() || other.iter().any(|word| pack().numerals.and.has(word)) {
        return None;
    }
    let above = total.saturating_sub(ROWS + 1).max(table.header_rows)..total;
    let first = above.rev().find(|row| label(*row).iter().collect::<BTreeSet<_>>() == one)?;
    let between = first + 1..total;
    let named = |row: usize| label(row).iter().collect::<BTreeSet<_>>().is_superset(&other);
    (!between.is_empty() && between.into_iter().all(named)).then_some(first)
}

/// The words of a label in small letters, without those that call it a total.
fn words(label: &str) -> Vec<String> {
    let lower = label.to_lowercase().replace('&', " and ");
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !pack().totals.edge.has(word)).map(str::to_owned).collect()
}
