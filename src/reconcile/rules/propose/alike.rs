//! Tables of the same rows and columns of which one is the sum of others, cell by cell: "All funds" beside the general
//! fund and the other funds, all cases below civil and criminal cases. A group of columns under one head counts as a
//! table of its own, and so do the rows under one label where the same rows come again under the next. No words are asked:
//! the cells prove it.

use crate::model::exact::Exact;
use crate::model::figure::{Figure, Role};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A smaller table has too few cells to prove anything.
const FEWEST: usize = 4;
/// How many cells of a table are looked up to find tables like it.
const SAMPLE: usize = 48;
/// How many cells of it are tried.
const TRIED: usize = 4 * SAMPLE;
/// How many tables on either side are tried as parts.
const NEAR: usize = 12;
/// Sums of so many bits together are no accident, however many tables are tried: 2^40 is a million times as many as the
/// pairs of a thousand tables.
const BITS: u32 = 40;
/// The same where the parts are of one table, of which few sets are tried.
const BITS_WITHIN: u32 = 24;
/// So many labels have to come again before they are taken for the rows of groups.
const AGAIN: usize = 2;
/// Of how many choices of parts one is picked.
const CHOICES: u32 = 8;
/// A cell that more tables have than this says nothing of which are alike.
const POSTING: usize = 64;

/// A table, or the columns of one that stand under one head, by the labels of rows and columns.
struct Part {
    table: TableIdx,
    /// In the order of their labels.
    cells: Vec<(Key, FigureIdx)>,
}

/// The labels of a cell's row and column.
type Key = (Name, Name);

/// The place of a label in the order of all labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Name(usize);

/// The labels of some tables, each once and in order.
struct Names(Vec<String>);

impl Names {
    fn of<'a>(tables: impl Iterator<Item = &'a Table>) -> Names {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for table in tables {
            names.extend((table.header_rows..table.rows).map(|row| label_of_row(table, row)));
            names.extend((table.header_cols..table.cols).map(|col| label_of_column(table, col)));
        }
        Names(names.into_iter().collect())
    }

    fn name(&self, label: &String) -> Name {
        Name(self.0.partition_point(|known| known < label))
    }
}

fn label_of_row(table: &Table, row: usize) -> String {
    folded(table.text(row, table.header_cols.saturating_sub(1)))
}

fn label_of_column(table: &Table, col: usize) -> String {
    folded(table.text(table.header_rows.saturating_sub(1), col))
}

/// Emits a relation for each cell of a table that is the sum of others.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let groups: Vec<Group> =
        ledger.document.tables.ids().flat_map(|index| groups_of(ledger, index)).collect();
    if groups.len() < 2 {
        return;
    }
    let mut tables: Vec<&Table> = groups.iter().map(|group| group.table).collect();
    tables.dedup_by(|next, kept| std::ptr::eq(*next, *kept));
    let names = Names::of(tables.into_iter());
    let parts = groups.iter().map(|group| group.part(ledger, &names));
    let parts: Vec<Part> = parts.filter(|part| part.cells.len() >= FEWEST).collect();
    let mut index: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (at, part) in parts.iter().enumerate() {
        for (key, _) in &part.cells {
            let posting = index.entry(*key).or_default();
            if posting.len() < POSTING {
                posting.push(at);
            }
        }
    }
    for (at, total) in parts.iter().enumerate() {
        let near = alike(total, at, &index);
        let choices = choices(at, &near);
        let tried: BTreeSet<usize> = choices.iter().flatten().copied().collect();
        let looked_up = |at: usize| (at, total.looked_up(parts.get(at)));
        let tried: FxHashMap<usize, Vec<Option<FigureIdx>>> = tried.into_iter().map(looked_up).collect();
        let best = choices
            .into_iter()
            .filter_map(|choice| Some((total.proof(ledger, &parts, &choice, &tried)?, choice)))
            .max_by_key(|(bits, choice)| (*bits, std::cmp::Reverse(choice.len())));
        if let Some((_, choice)) = best {
            total.relate(ledger, &parts, &choice, out);
        }
    }
}

/// The tables that share most of a table's cells, nearest last on either side of it.
fn alike(total: &Part, at: usize, index: &FxHashMap<Key, Vec<usize>>) -> Vec<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    let sample = total.cells.iter().take(SAMPLE).map(|(key, _)| key);
    let tried = sample.len();
    for other in sample.filter_map(|key| index.get(key)).flatten().filter(|other| **other != at) {
        *shared.entry(*other).or_default() += 1;
    }
    shared.into_iter().filter(|(_, count)| count * 2 > tried).map(|(other, _)| other).collect()
}

/// The tables that one can be the sum of: two or all of those before it, two or all of those after it, or both of its
/// neighbours.
fn choices(at: usize, near: &[usize]) -> Vec<Vec<usize>> {
    let middle = near.partition_point(|other| *other < at);
    let before: Vec<usize> =
        near.get(..middle).unwrap_or_default().iter().rev().take(NEAR).copied().collect();
    let after: Vec<usize> = near.get(middle..).unwrap_or_default().iter().take(NEAR).copied().collect();
    let two = |side: &[usize]| side.get(..2).map(<[usize]>::to_vec);
    let beside = before.first().zip(after.first()).map(|(a, b)| vec![*a, *b]);
    let mut found: Vec<Vec<usize>> = [two(&before), two(&after), beside].into_iter().flatten().collect();
    found.extend((3..=before.len()).filter_map(|n| before.get(..n).map(<[usize]>::to_vec)));
    found.extend((3..=after.len()).filter_map(|n| after.get(..n).map(<[usize]>::to_vec)));
    found
}

impl Part {
    /// The cells of a table under the labels of the first cells of this one.
    fn looked_up(&self, other: Option<&Part>) -> Vec<Option<FigureIdx>> {
        self.cells.iter().take(TRIED).map(|(key, _)| other?.get(*key)).collect()
    }

    fn get(&self, key: Key) -> Option<FigureIdx> {
        let at = self.cells.binary_search_by_key(&key, |(own, _)| *own).ok()?;
        self.cells.get(at).map(|(_, figure)| *figure)
    }

    /// The parts of a cell, where each of some tables has it.
    fn summands(&self, parts: &[Part], choice: &[usize], key: Key) -> Option<Vec<FigureIdx>> {
        choice.iter().map(|at| parts.get(*at)?.get(key)).collect()
    }

    /// How many bits prove that this is the sum of some tables: those of its cells of which at least two parts are not
    /// nought. Nothing where more than a tenth of them are another number, or too little proves it.
    /// `tried` has the cells of these tables that are tried.
    fn proof(
        &self,
        ledger: &Ledger,
        parts: &[Part],
        choice: &[usize],
        tried: &FxHashMap<usize, Vec<Option<FigureIdx>>>,
    ) -> Option<u32> {
        let value = |i: FigureIdx| ledger.figure(i).and_then(|f| f.quantity.value.as_ref());
        let (mut bits, mut holds, mut fails) = (0, 0_usize, 0_usize);
        let tried: Vec<&[Option<FigureIdx>]> =
            choice.iter().filter_map(|at| tried.get(at).map(Vec::as_slice)).collect();
        for (nth, (_, total)) in self.cells.iter().take(TRIED).enumerate() {
            let summands = || tried.iter().map(|cells| cells.get(nth).copied().flatten());
            if summands().any(|cell| cell.is_none()) {
                continue;
            }
            let values = || summands().flatten().filter_map(value);
            if values().filter(|v| !v.is_zero()).count() < 2 {
                continue;
            }
            let Some(printed) = value(*total) else { continue };
            if values().fold(Exact::ZERO, |sum, value| &sum + value) == *printed {
                holds += 1;
                bits += size(printed);
            } else {
                fails += 1;
            }
        }
        let within = choice.iter().all(|at| parts.get(*at).is_some_and(|part| part.table == self.table));
        let needed = if within { BITS_WITHIN } else { BITS };
        (holds > 2 && holds >= 9 * fails && bits >= needed).then_some(bits)
    }

    fn relate(&self, ledger: &Ledger, parts: &[Part], choice: &[usize], out: &mut Vec<Relation>) {
        let id = |i: FigureIdx| (OperandRole::Part, ledger.id(i));
        for (key, total) in &self.cells {
            let Some(mut summands) = self.summands(parts, choice, *key) else { continue };
            summands.sort_unstable();
            let operands = summands.into_iter().map(id).collect();
            let readings = vec![Reading { operands, cost: 0, note: None }];
            let relation = Relation::of_figure(ledger, *total, "CF103", Arithmetic::Sum);
            out.push(Relation { licence: Licence::Inferred, picked_of: CHOICES, readings, ..relation });
        }
    }
}

/// The bits that a number of this size is worth: that a sum meets it by accident is as unlikely.
fn size(value: &Exact) -> u32 {
    value.abs().floor().to_i128().map_or(0, |v| v.max(1).ilog2())
}

/// Rows and columns of a table.
struct Group<'a> {
    index: TableIdx,
    table: &'a Table,
    grid: &'a FigureGrid,
    rows: Range<usize>,
    cols: Vec<usize>,
}

/// A table, or its groups of columns and of rows.
fn groups_of<'a>(ledger: &'a Ledger, index: TableIdx) -> Vec<Group<'a>> {
    let Some((table, grid)) = ledger.document.tables.get(index).zip(ledger.grids.get(index)) else {
        return Vec::new();
    };
    let Some(heads) = table.header_rows.checked_sub(1).filter(|_| table.header_cols > 0) else {
        return Vec::new();
    };
    let group = |col: usize| (0..heads).map(|row| table.text(row, col)).collect::<Vec<_>>().join("/");
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for col in table.header_cols..table.cols {
        groups.entry(group(col)).or_default().push(col);
    }
    let mut cols: Vec<Vec<usize>> = groups.into_values().collect();
    cols.sort();
    let rows = row_groups(ledger, table, grid);
    let with = |cols: Vec<usize>| {
        let of = move |rows: Range<usize>| Group { index, table, grid, rows, cols: cols.clone() };
        rows.clone().into_iter().map(of)
    };
    cols.into_iter().flat_map(with).collect()
}

impl Group<'_> {
    /// The cells that can be sums, with their labels.
    fn part(&self, ledger: &Ledger, names: &Names) -> Part {
        let adds = |i: &FigureIdx| ledger.figure(*i).is_some_and(is_summand);
        let named = |col: &usize| (*col, names.name(&label_of_column(self.table, *col)));
        let cols: Vec<(usize, Name)> = self.cols.iter().map(named).collect();
        let mut cells = Vec::new();
        for row in self.rows.clone() {
            let label = label_of_row(self.table, row);
            if label.is_empty() {
                continue;
            }
            let name = names.name(&label);
            let found =
                |(col, head): &(usize, Name)| Some(((name, *head), self.grid.first(row, *col).filter(adds)?));
            cells.extend(cols.iter().filter_map(found));
        }
        // Of cells with the same labels the first counts.
        cells.sort_by_key(|(key, _)| *key);
        cells.dedup_by_key(|(key, _)| *key);
        Part { table: self.index, cells }
    }
}

/// The rows of a table; by the labels that stand over them without figures, where rows come again.
fn row_groups(ledger: &Ledger, table: &Table, grid: &FigureGrid) -> Vec<Range<usize>> {
    let body = table.header_rows..table.rows;
    let adds = |i: FigureIdx| ledger.figure(i).is_some_and(is_summand);
    let is_head =
        |row: &usize| (table.header_cols..table.cols).all(|col| !grid.first(*row, col).is_some_and(adds));
    let heads: Vec<usize> = body.clone().filter(is_head).collect();
    let starts = std::iter::once(body.start).chain(heads.iter().map(|row| row + 1));
    let ends = heads.iter().copied().chain([body.end]);
    let groups: Vec<Range<usize>> =
        starts.zip(ends).filter(|(start, end)| start < end).map(|(s, e)| s..e).collect();
    if groups.len() < 2 {
        return vec![body];
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for row in groups.iter().flat_map(Clone::clone) {
        *names.entry(folded(table.text(row, 0))).or_default() += 1;
    }
    let again = names.values().filter(|count| **count > 1).count();
    if again >= AGAIN { groups } else { vec![body] }
}

fn is_summand(figure: &Figure) -> bool {
    let unit = figure.quantity.unit;
    (unit == Unit::Count || unit.is_money())
        && figure.role == Role::Value
        && matches!(figure.quantity.qualifier, Qualifier::Equal | Qualifier::Blank)
}

/// A label in small letters, with single spaces.
fn folded(label: &str) -> String {
    label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
