//! Tables seen along their columns or their rows, with the labels of the other direction, under which the figures of two
//! tables belong together. Runs of rows that are set apart under the same heads are one table.

use super::same_heads;
use crate::model::figure::Role;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Quantity, Unit};
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// How many shares of a line are tried.
pub(super) const SAMPLE: usize = 40;
/// Among so many labels at most one is looked for by its beginning.
const NAMES: usize = 100;
/// How many places of one label are looked at.
const POSTING: usize = 64;

/// A line of labels: the rows of a table (`down`) or its columns. The table is the first of its run.
pub(super) type Labels = (TableIdx, bool);

/// All tables of a document along both directions.
pub(super) struct Sides<'a> {
    pub(super) all: BTreeMap<Labels, Side<'a>>,
    /// Where each label stands.
    labels: HashMap<String, Vec<Labels>>,
    /// The first table of each table's run, and the rows of the run before it.
    runs: BTreeMap<TableIdx, (TableIdx, usize)>,
}

/// A table seen along its columns (`down`) or its rows. Rows are counted from the first below the heads.
pub(super) struct Side<'a> {
    parts: Vec<Part<'a>>,
    down: bool,
    /// The first position of each label.
    places: HashMap<String, usize>,
}

/// Where a cell stands in a table along one direction.
pub(super) struct Around<'b, 'a> {
    pub(super) place: Labels,
    pub(super) side: &'b Side<'a>,
    pub(super) line: usize,
    pub(super) position: usize,
}

/// One of the runs of rows of a table.
struct Part<'a> {
    table: &'a Table,
    grid: &'a FigureGrid,
    /// How many rows stand in the runs before it.
    before: usize,
}

/// Whether a figure is a share, a rate or how many there are for one.
pub(super) fn is_share(ledger: &Ledger, index: FigureIdx) -> bool {
    let is_one = |q: &Quantity| q.unit == Unit::Percent || q.is_to_one() || q.unit.people().is_some();
    ledger.figure(index).is_some_and(|f| is_one(&f.quantity) && f.role == Role::Share)
}

impl<'a> Sides<'a> {
    pub(super) fn of(ledger: &'a Ledger) -> Sides<'a> {
        let mut found = Sides { all: BTreeMap::new(), labels: HashMap::new(), runs: BTreeMap::new() };
        for run in same_heads::runs(ledger) {
            let Some(&first) = run.first() else { continue };
            for down in [true, false] {
                found.all.extend(Side::of(ledger, &run, down).map(|side| ((first, down), side)));
            }
            let rows =
                |index: &TableIdx| ledger.document.tables.get(*index).map_or(0, |t| t.rows - t.header_rows);
            let mut before = 0;
            for index in run {
                found.runs.insert(index, (first, before));
                before += rows(&index);
            }
        }
        // Labels are looked up to find other tables that have them.
        for (place, side) in found.all.iter().filter(|_| found.all.len() > 2) {
            for label in side.places.keys() {
                let places = found.labels.entry(label.clone()).or_default();
                if places.len() < POSTING {
                    places.push(*place);
                }
            }
        }
        found
    }

    /// The lines that have a label.
    pub(super) fn named(&self, label: &str) -> &[Labels] {
        self.labels.get(label).map_or(&[], Vec::as_slice)
    }

    /// A table along its columns or rows with the line and the position of one of its cells.
    pub(super) fn around(&self, cell: (TableIdx, usize, usize), down: bool) -> Option<Around<'_, 'a>> {
        let (table, row, col) = cell;
        let (first, before) = *self.runs.get(&table)?;
        let side = self.all.get(&(first, down))?;
        let heads = side.parts.iter().find(|part| part.before == before)?.table.header_rows;
        let row = before + row.checked_sub(heads)?;
        let (line, position) = if down { (col, row) } else { (row, col) };
        Some(Around { place: (first, down), side, line, position })
    }
}

impl<'a> Side<'a> {
    fn of(ledger: &'a Ledger, run: &[TableIdx], down: bool) -> Option<Side<'a>> {
        let mut before = 0;
        let part = |index: &TableIdx| {
            let (table, grid) = ledger.document.tables.get(*index).zip(ledger.grids.get(*index))?;
            let part = Part { table, grid, before };
            before += table.rows - table.header_rows;
            Some(part)
        };
        let parts: Vec<Part> = run.iter().filter_map(part).collect();
        parts.first()?;
        let mut side = Side { parts, down, places: HashMap::new() };
        let placed = |position| side.labels(position).map(move |label| (label, position));
        side.places = side.positions().rev().flat_map(placed).collect();
        Some(side)
    }

    /// The part that a row stands in, and which row of its table it is.
    fn row(&self, row: usize) -> Option<(&Part<'a>, usize)> {
        let at = self.parts.partition_point(|part| part.before <= row).checked_sub(1)?;
        let part = self.parts.get(at)?;
        Some((part, part.table.header_rows + row - part.before))
    }

    /// Which of the runs of rows a position of a line stands in.
    pub(super) fn part_of(&self, line: usize, position: usize) -> usize {
        let row = if self.down { position } else { line };
        self.parts.partition_point(|part| part.before <= row)
    }

    fn rows(&self) -> Range<usize> {
        0..self.parts.last().map_or(0, |part| part.before + part.table.rows - part.table.header_rows)
    }

    fn cols(&self) -> Range<usize> {
        self.parts.first().map_or(0..0, |part| part.table.header_cols..part.table.cols)
    }

    pub(super) fn lines(&self) -> Range<usize> {
        if self.down { self.cols() } else { self.rows() }
    }

    pub(super) fn positions(&self) -> Range<usize> {
        if self.down { self.rows() } else { self.cols() }
    }

    /// So many lines: the first and the last.
    pub(super) fn ends(&self, most: usize) -> impl Iterator<Item = usize> {
        let lines = self.lines();
        let first = lines.start..lines.end.min(lines.start + most / 2);
        let last = first.end.max(lines.end.saturating_sub(most / 2))..lines.end;
        first.chain(last)
    }

    pub(super) fn at(&self, line: usize, position: usize) -> Option<FigureIdx> {
        let (row, col) = if self.down { (position, line) } else { (line, position) };
        let (part, row) = self.row(row)?;
        part.grid.first(row, col)
    }

    /// The heads of a position, the innermost last.
    fn heads(
        &self,
        position: usize,
    ) -> impl DoubleEndedIterator<Item = &'a str> + ExactSizeIterator + use<'a> {
        let at = if self.down { self.row(position) } else { self.parts.first().map(|part| (part, position)) };
        let down = self.down;
        let count =
            at.map_or(0, |(part, _)| if down { part.table.header_cols } else { part.table.header_rows });
        let (table, position) = at.map_or((None, 0), |(part, position)| (Some(part.table), position));
        (0..count).map(move |head| {
            table.map_or(
                "",
                |table| if down { table.text(position, head) } else { table.text(head, position) },
            )
        })
    }

    /// The innermost head of a position and the outermost, without the marks of notes: "2018(7)" is 2018. Which of them names
    /// the position differs: a group may stand before its members, and a name before its place.
    pub(super) fn labels(&self, position: usize) -> impl Iterator<Item = String> + use<'a> {
        let bare = |text: &str| text.split('(').next().unwrap_or_default().trim().to_lowercase();
        let mut heads = self.heads(position);
        let ends = [heads.next_back(), heads.next()];
        ends.into_iter().flatten().map(bare).filter(|label| !label.is_empty())
    }

    /// The outer heads of a position, which name the group that it belongs to.
    pub(super) fn group(&self, position: usize) -> String {
        let heads = self.heads(position);
        let outer = heads.len().saturating_sub(1);
        heads.take(outer).collect::<Vec<_>>().join("/")
    }

    pub(super) fn has(&self, label: &str) -> bool {
        self.places.contains_key(label)
    }

    /// Where a label stands; else the one label that it is the beginning of, or that is the beginning of it: "Elm Medical" is
    /// "Elm Medical Group".
    pub(super) fn place_of(&self, label: &str) -> Option<usize> {
        let longer = |long: &str, short: &str| {
            let rest = long.strip_prefix(short);
            short.contains(' ') && rest.is_some_and(|rest| rest.starts_with(' '))
        };
        let cut = || {
            let places = Some(&self.places).filter(|places| places.len() <= NAMES)?;
            let mut like = places.iter().filter(|(other, _)| longer(other, label) || longer(label, other));
            like.next().filter(|_| like.next().is_none()).map(|(_, place)| *place)
        };
        self.places.get(label).copied().or_else(cut)
    }

    /// Where a label stands in a group.
    pub(super) fn position_of(&self, label: &str, group: &str) -> Option<usize> {
        let first = self.places.get(label).copied()?;
        let fits = |position: &usize| self.group(*position) == group;
        let named = |position: &usize| self.labels(*position).any(|own| own == label);
        let mut further = self.positions().take(SAMPLE).filter(|position| fits(position) && named(position));
        if fits(&first) { Some(first) } else { further.next() }
    }

    /// Some positions with those of others that have the same innermost heads; `None` where one has none of its own.
    pub(super) fn paired(&self, some: &[usize], others: &[usize]) -> Option<Vec<(usize, usize)>> {
        let label = |position: usize| self.labels(position).next();
        let only = |among: &[usize], own: &String| {
            let mut alike = among.iter().filter(|other| label(**other).as_ref() == Some(own));
            alike.next().copied().filter(|_| alike.next().is_none())
        };
        let pair = |position: &usize| {
            let own = label(*position)?;
            only(some, &own)?;
            Some((*position, only(others, &own)?))
        };
        some.iter().map(pair).collect()
    }

    /// The shares of a line with their positions, by the groups of these.
    pub(super) fn shares(
        &self,
        ledger: &Ledger,
        line: usize,
    ) -> impl Iterator<Item = Vec<(usize, FigureIdx)>> + use<> {
        let all = self.positions().filter_map(|position| Some((position, self.at(line, position)?)));
        let mut groups: BTreeMap<String, Vec<(usize, FigureIdx)>> = BTreeMap::new();
        for (position, share) in all.filter(|(_, i)| is_share(ledger, *i)) {
            let group = groups.entry(self.group(position)).or_default();
            if group.len() < SAMPLE {
                group.push((position, share));
            }
        }
        groups.into_values()
    }
}
