//! Shares whose wholes stand in another table under the same labels: pupils with a need by year and their percentage of
//! all pupils, of whom another table has the number for each year. Which column holds the wholes is seen from the
//! shares themselves.

use crate::model::figure::Role;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Unit};
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::solve;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fewer shares prove nothing.
const FEWEST: usize = 3;
/// How many shares of a line are tried.
const SAMPLE: usize = 40;
/// How many lines beside the shares are tried for their parts.
const REACH: usize = 4;
/// How many tables are tried for the wholes, and how many lines of each.
const TABLES: usize = 32;
const LINES: usize = 24;
/// A line that makes none of the first shares right, so many of them, is passed over.
const FIRST: usize = 3;
/// How many places of one label are looked at.
const POSTING: usize = 64;
/// The bits that the shares of a line must prove: some thousand choices of parts and wholes are tried for a line, and one
/// accident in a thousand lines is allowed.
const BITS: u32 = 24;

/// A line of labels: the rows of a table (`down`) or its columns.
type Labels = (TableIdx, bool);

/// A table seen along its columns (`down`) or its rows.
struct Side<'a> {
    table: &'a Table,
    grid: &'a FigureGrid,
    down: bool,
    /// The first position of each label.
    places: HashMap<String, usize>,
}

/// Emits the shares of lines that no whole of their own table makes right.
pub fn emit(ledger: &Ledger, known: &BTreeSet<FigureIdx>, out: &mut Vec<Relation>) {
    let tables = ledger.document.tables.ids().flat_map(|index| [(index, true), (index, false)]);
    let sides: BTreeMap<Labels, Side> =
        tables.filter_map(|(index, down)| Some(((index, down), Side::of(ledger, index, down)?))).collect();
    let labels = labels(&sides);
    for ((index, _), side) in &sides {
        let mut others: Option<Vec<&Side>> = None;
        let grouped =
            side.lines().flat_map(|line| side.shares(ledger, line).map(move |shares| (line, shares)));
        for (line, mut shares) in grouped {
            if shares.len() < FEWEST || shares.iter().any(|(_, share)| known.contains(share)) {
                continue;
            }
            let others = others.get_or_insert_with(|| {
                side.alike(*index, &labels).into_iter().filter_map(|other| sides.get(&other)).collect()
            });
            // The wholes of a long series may stand in several tables, some years in each.
            while shares.len() >= FEWEST {
                // Of equal ones the last is taken, which is the nearest.
                let tried = others.iter().rev().filter_map(|other| side.join(ledger, line, &shares, other));
                let Some((_, joined)) = tried.max_by_key(|(bits, _)| *bits) else { break };
                shares.retain(|(_, share)| !joined.iter().any(|one| one.share == *share));
                out.extend(joined.into_iter().map(|one| one.relation(ledger)));
            }
        }
    }
}

/// Where each label stands, at the head of a row or column.
fn labels<'a>(sides: &'a BTreeMap<Labels, Side>) -> HashMap<&'a str, Vec<Labels>> {
    let mut found: HashMap<&str, Vec<Labels>> = HashMap::new();
    for (place, side) in sides {
        for label in side.places.keys() {
            let places = found.entry(label).or_default();
            if places.len() < POSTING {
                places.push(*place);
            }
        }
    }
    found
}

impl<'a> Side<'a> {
    fn of(ledger: &'a Ledger, index: TableIdx, down: bool) -> Option<Side<'a>> {
        let (table, grid) = ledger.document.tables.get(index).zip(ledger.grids.get(index))?;
        let mut side = Side { table, grid, down, places: HashMap::new() };
        side.places =
            side.positions().rev().filter_map(|position| Some((side.label(position)?, position))).collect();
        Some(side)
    }

    fn lines(&self) -> std::ops::Range<usize> {
        if self.down {
            self.table.header_cols..self.table.cols
        } else {
            self.table.header_rows..self.table.rows
        }
    }

    fn positions(&self) -> std::ops::Range<usize> {
        if self.down {
            self.table.header_rows..self.table.rows
        } else {
            self.table.header_cols..self.table.cols
        }
    }

    fn at(&self, line: usize, position: usize) -> Option<FigureIdx> {
        let (row, col) = if self.down { (position, line) } else { (line, position) };
        self.grid.first(row, col)
    }

    /// The innermost head of a position, without the marks of notes: "2018(7)" is 2018.
    fn label(&self, position: usize) -> Option<String> {
        let text = if self.down {
            self.table.text(position, self.table.header_cols.checked_sub(1)?)
        } else {
            self.table.text(self.table.header_rows.checked_sub(1)?, position)
        };
        let bare = text.split('(').next().unwrap_or_default().trim().to_lowercase();
        (!bare.is_empty()).then_some(bare)
    }

    /// The outer heads of a position, which name the group that it belongs to.
    fn group(&self, position: usize) -> String {
        let heads = if self.down { self.table.header_cols } else { self.table.header_rows };
        let text = |at| if self.down { self.table.text(position, at) } else { self.table.text(at, position) };
        (0..heads.saturating_sub(1)).map(text).collect::<Vec<_>>().join("/")
    }

    /// The shares of a line with their positions, by the groups of these.
    fn shares(&self, ledger: &Ledger, line: usize) -> impl Iterator<Item = Vec<(usize, FigureIdx)>> + use<> {
        let is_share = |i: &FigureIdx| {
            let figure = ledger.figure(*i);
            figure.is_some_and(|f| f.quantity.unit == Unit::Percent && f.role == Role::Share)
        };
        let all = self.positions().filter_map(|position| Some((position, self.at(line, position)?)));
        let mut groups: BTreeMap<String, Vec<(usize, FigureIdx)>> = BTreeMap::new();
        for (position, share) in all.filter(|(_, i)| is_share(i)) {
            let group = groups.entry(self.group(position)).or_default();
            if group.len() < SAMPLE {
                group.push((position, share));
            }
        }
        groups.into_values()
    }

    /// The tables that share at least three labels with this one, the nearest first.
    fn alike(&self, index: TableIdx, labels: &HashMap<&str, Vec<Labels>>) -> Vec<Labels> {
        let mut shared: BTreeMap<Labels, usize> = BTreeMap::new();
        let own = self.positions().take(SAMPLE).filter_map(|position| self.label(position));
        for place in
            own.filter_map(|label| labels.get(label.as_str())).flatten().filter(|place| place.0 != index)
        {
            *shared.entry(*place).or_default() += 1;
        }
        let mut found: Vec<(Labels, usize)> =
            shared.into_iter().filter(|(_, count)| *count >= FEWEST).collect();
        let apart = |place: &Labels| place.0.index().abs_diff(index.index());
        found.sort_by_key(|(place, _)| apart(place));
        found.into_iter().take(TABLES).map(|(place, _)| place).collect()
    }

    /// The shares of a line as shares of the figures of a line of another table, where those make most of them right.
    fn join(
        &self,
        ledger: &Ledger,
        line: usize,
        shares: &[(usize, FigureIdx)],
        other: &Side,
    ) -> Option<(u32, Vec<Joined>)> {
        let placed = |(position, share): &(usize, FigureIdx)| {
            Some((*position, *share, *other.places.get(&self.label(*position)?)?))
        };
        let shares: Vec<(usize, FigureIdx, usize)> = shares.iter().filter_map(placed).collect();
        let near = line.saturating_sub(REACH)..(line + REACH + 1);
        let parts = near.filter(|part| *part != line && self.lines().contains(part));
        let mut best: Option<(u32, Vec<Joined>)> = None;
        for part in parts {
            for whole in other.lines().take(LINES) {
                let join = |(position, share, place): &(usize, FigureIdx, usize)| {
                    Joined::of(ledger, *share, self.at(part, *position)?, other.at(whole, *place)?)
                };
                let mut joined = shares.iter().filter_map(join);
                let mut all: Vec<Joined> = joined.by_ref().take(FIRST).collect();
                if !all.iter().any(|one| one.holds) {
                    continue;
                }
                all.extend(joined);
                let joined = all;
                let bits = proof(&joined);
                if bits >= BITS && best.as_ref().is_none_or(|(most, _)| bits > *most) {
                    best = Some((bits, joined));
                }
            }
        }
        // What misses may be a share of something else: the whole is found by its numbers alone, so they accuse nobody.
        best.map(|(bits, joined)| (bits, joined.into_iter().filter(|one| one.holds).collect()))
    }
}

/// A share with a part beside it and a whole from another table.
struct Joined {
    share: FigureIdx,
    part: FigureIdx,
    whole: FigureIdx,
    /// Of the share: how unlikely it is to be met by accident.
    bits: u32,
    holds: bool,
}

impl Joined {
    fn of(ledger: &Ledger, share: FigureIdx, part: FigureIdx, whole: FigureIdx) -> Option<Joined> {
        let count = |i: FigureIdx| {
            let figure = ledger.figure(i)?;
            let counts = figure.quantity.unit == Unit::Count && figure.role == Role::Value;
            (counts && figure.quantity.qualifier == Qualifier::Equal).then_some(&figure.quantity)
        };
        let (n, w, s) = (count(part)?, count(whole)?, &ledger.figure(share)?.quantity);
        let holds = solve::share_fit(n, w, s).holds();
        // A share of some percent in steps of its last decimal.
        let steps =
            s.value.as_ref()?.abs().floor().to_i128().unwrap_or(0).max(1).ilog2() + 3 * u32::from(s.decimals);
        Some(Joined { share, part, whole, bits: steps, holds })
    }

    fn relation(self, ledger: &Ledger) -> Relation {
        let id = |i| ledger.id(i);
        let operands = vec![
            (OperandRole::Share, id(self.share)),
            (OperandRole::Part, id(self.part)),
            (OperandRole::Whole, id(self.whole)),
        ];
        let readings = vec![Reading { operands, cost: 0, note: None }];
        let relation = Relation::of_figure(ledger, self.share, "CF203", Arithmetic::Share);
        Relation { licence: Licence::Implied, readings, ..relation }
    }
}

/// The bits that the shares that hold are worth, where they are three at least and nine in ten.
fn proof(joined: &[Joined]) -> u32 {
    let holds = joined.iter().filter(|one| one.holds).count();
    if holds < FEWEST || holds * 10 < joined.len() * 9 {
        return 0;
    }
    joined.iter().filter(|one| one.holds).map(|one| one.bits).sum()
}
