//! Shares whose wholes or parts stand in another table under the same labels: pupils with a need by year and their
//! percentage of all pupils, of whom another table has the number for each year; reviews by service and the percentage of
//! good ones, of which another table has the number for each service. Which column holds them is seen from the shares
//! themselves.

use crate::model::exact::Exact;
use crate::model::figure::Role;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::{Qualifier, Quantity, Unit};
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
/// Among so many labels at most one is looked for by its beginning.
const NAMES: usize = 100;
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
        let placed = |position| side.labels(position).map(move |label| (label, position));
        side.places = side.positions().rev().flat_map(placed).collect();
        Some(side)
    }

    /// Where a label stands; else the one label that it is the beginning of, or that is the beginning of it: "Elm Medical" is
    /// "Elm Medical Group".
    fn place_of(&self, label: &str) -> Option<usize> {
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

    /// The innermost head of a position and the outermost, without the marks of notes: "2018(7)" is 2018. Which of them names
    /// the position differs: a group may stand before its members, and a name before its place.
    fn labels(&self, position: usize) -> impl Iterator<Item = String> + use<'a> {
        let (table, down) = (self.table, self.down);
        let heads = if down { table.header_cols } else { table.header_rows };
        let text = move |at| if down { table.text(position, at) } else { table.text(at, position) };
        let bare = |text: &str| text.split('(').next().unwrap_or_default().trim().to_lowercase();
        let ends = [heads.checked_sub(1), (heads > 1).then_some(0)];
        ends.into_iter().flatten().map(move |at| bare(text(at))).filter(|label| !label.is_empty())
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
            let is_one = |q: &Quantity| q.unit == Unit::Percent || q.is_to_one() || q.unit.people().is_some();
            ledger.figure(*i).is_some_and(|f| is_one(&f.quantity) && f.role == Role::Share)
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
        for position in self.positions().take(SAMPLE) {
            let places = self.labels(position).filter_map(|label| labels.get(label.as_str())).flatten();
            let others: BTreeSet<&Labels> = places.filter(|place| place.0 != index).collect();
            others.into_iter().for_each(|place| *shared.entry(*place).or_default() += 1);
        }
        let mut found: Vec<(Labels, usize)> =
            shared.into_iter().filter(|(_, count)| *count >= FEWEST).collect();
        let apart = |place: &Labels| place.0.index().abs_diff(index.index());
        found.sort_by_key(|(place, _)| apart(place));
        found.into_iter().take(TABLES).map(|(place, _)| place).collect()
    }

    /// The shares of a line as those of figures beside them in the figures of a line of another table, or the other way
    /// round, where these make most of them right.
    fn join(
        &self,
        ledger: &Ledger,
        line: usize,
        shares: &[(usize, FigureIdx)],
        other: &Side,
    ) -> Option<(u32, Vec<Joined>)> {
        let placed = |(position, share): &(usize, FigureIdx)| {
            let place = self.labels(*position).find_map(|label| other.place_of(&label))?;
            Some((*position, *share, place))
        };
        let shares: Vec<(usize, FigureIdx, usize)> = shares.iter().filter_map(placed).collect();
        let near = line.saturating_sub(REACH)..(line + REACH + 1);
        let beside = near.filter(|own| *own != line && self.lines().contains(own));
        let pairs = beside.flat_map(|own| other.lines().take(LINES).map(move |far| (own, far)));
        let mut best: Option<(u32, Vec<Joined>)> = None;
        for ((own, far), is_whole) in pairs.flat_map(|pair| [(pair, false), (pair, true)]) {
            let join = |(position, share, place): &(usize, FigureIdx, usize)| {
                let (own, far) = (self.at(own, *position)?, other.at(far, *place)?);
                let (part, whole) = if is_whole { (far, own) } else { (own, far) };
                Joined::of(ledger, *share, part, whole)
            };
            let mut joined = shares.iter().filter_map(join);
            let mut all: Vec<Joined> = joined.by_ref().take(FIRST).collect();
            if !all.iter().any(|one| one.holds) {
                continue;
            }
            all.extend(joined);
            let bits = proof(&all);
            if bits >= BITS && best.as_ref().is_none_or(|(most, _)| bits > *most) {
                best = Some((bits, all));
            }
        }
        // What misses may be a share of something else: the whole is found by its numbers alone, so they accuse nobody.
        best.map(|(bits, joined)| (bits, joined.into_iter().filter(|one| one.holds).collect()))
    }
}

/// A share with its part and its whole, one of which stands beside it and the other in another table.
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
        let holds = could_be(n, w, s) && solve::share_fit(n, w, s).holds();
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
        let code = super::rates::code(ledger, self.share);
        let relation = Relation::of_figure(ledger, self.share, code, Arithmetic::Share);
        Relation { licence: Licence::Implied, readings, ..relation }
    }
}

/// Whether a share is about the quotient of its counts. Most choices of them are far off, which costs little to see;
/// what is near is decided in exact numbers.
fn could_be(part: &Quantity, whole: &Quantity, share: &Quantity) -> bool {
    let exact = |count: &Quantity| count.decimals == 0 && !count.rounded;
    let plain = exact(part) && exact(whole) && share.qualifier == Qualifier::Equal;
    let size = |quantity: &Quantity| quantity.value.as_ref().map_or(f64::NAN, Exact::approx).abs();
    let of = share.unit.times() as f64;
    let off = (of * size(part) / size(whole) - size(share)).abs();
    let last_place = 10f64.powi(-i32::from(share.decimals));
    !plain || off <= 1.01 * last_place
}

/// The bits that the shares that hold are worth, where they are three at least and nine in ten.
fn proof(joined: &[Joined]) -> u32 {
    let holds = joined.iter().filter(|one| one.holds).count();
    if holds < FEWEST || holds * 10 < joined.len() * 9 {
        return 0;
    }
    joined.iter().filter(|one| one.holds).map(|one| one.bits).sum()
}
