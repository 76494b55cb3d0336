//! Shares by group beside counts by the same groups: cases by reason of women, of men and of all, and beside them the
//! rates for a thousand of each, of whom another table has the numbers in one line. Which line that is, is seen from the
//! shares: one whole can fit by accident; one for each group, which stand side by side under the names of the groups, do not.

use super::joined::{Joined, held};
use super::sides::{Around, Labels, Side, Sides, is_share};
use crate::model::figure::Role;
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::Relation;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A line has at most this many groups.
const GROUPS: usize = 16;
/// How many rows of shares are looked at, and how many wholes that fit the sharpest share.
const ROWS: usize = 200;
const WHOLES: usize = 512;
/// Fewer shares prove nothing.
const FEWEST: usize = 3;
/// The bits that the shares must be worth beyond those that it takes to name one line of all that have the groups: one
/// accident in a thousand.
const BITS: f64 = 10.0;

/// How many shares a line makes right, and how far its table is.
type Rank = (usize, Reverse<usize>);

/// One share with its part: in which of the groups it stands.
struct Beside {
    group: usize,
    share: FigureIdx,
    part: FigureIdx,
}

/// The shares of a run of tables under one head, with the names of their groups.
struct Block {
    place: Labels,
    labels: Vec<String>,
    cells: Vec<Beside>,
}

/// Emits the shares whose wholes stand in a line of another table, under the names of their groups.
pub(super) fn emit(ledger: &Ledger, sides: &Sides, known: &BTreeSet<FigureIdx>, out: &mut Vec<Relation>) {
    let along = sides.all.iter().filter(|((_, down), _)| !down);
    let blocks: Vec<Block> = along.flat_map(|(place, side)| blocks(ledger, *place, side, known)).collect();
    if blocks.is_empty() {
        return;
    }
    let counts = counts(ledger);
    for block in blocks {
        let joined = block.join(ledger, sides, &counts).unwrap_or_default();
        out.extend(joined.into_iter().map(|one| one.relation(ledger)));
    }
}

/// The counts of all tables by their value.
fn counts(ledger: &Ledger) -> Vec<(i128, FigureIdx)> {
    let of_cell =
        |(index, _): &(FigureIdx, _)| ledger.figure(*index).is_some_and(|f| f.home.cell().is_some());
    let value = |index: FigureIdx| {
        let figure = ledger.figure(index)?;
        let counts = figure.quantity.unit == Unit::Count && figure.role == Role::Value;
        figure.quantity.value.as_ref().filter(|_| counts && figure.quantity.decimals == 0)?.to_i128()
    };
    let cells = ledger.document.figures.entries().filter(of_cell);
    let mut found: Vec<(i128, FigureIdx)> =
        cells.filter_map(|(index, _)| Some((value(index)?, index))).collect();
    found.sort_unstable();
    found
}

/// The groups of columns of shares that stand beside groups of columns of counts with the same names.
fn blocks(ledger: &Ledger, place: Labels, side: &Side, known: &BTreeSet<FigureIdx>) -> Vec<Block> {
    let rows = side.lines().take(ROWS);
    let mut shares: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut counts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for col in side.positions() {
        let filled: Vec<FigureIdx> = rows.clone().filter_map(|row| side.at(row, col)).collect();
        let of_shares = filled.iter().filter(|i| is_share(ledger, **i)).count();
        let kind = if of_shares * 2 > filled.len() { &mut shares } else { &mut counts };
        if !filled.is_empty() {
            kind.entry(side.group(col)).or_default().push(col);
        }
    }
    let mut found = Vec::new();
    for shares in shares.values().filter(|cols| (2..=GROUPS).contains(&cols.len())) {
        for counts in counts.values() {
            let Some(pairs) = side.paired(shares, counts) else { continue };
            let labels = pairs.iter().filter_map(|(col, _)| side.labels(*col).next()).collect();
            let beside = |row: usize| {
                let beside = pairs.iter().enumerate().filter_map(move |(group, (share, part))| {
                    Some(Beside { group, share: side.at(row, *share)?, part: side.at(row, *part)? })
                });
                beside.collect::<Vec<_>>()
            };
            let cells: Vec<Beside> = rows.clone().flat_map(beside).collect();
            let open = cells.iter().all(|one| !known.contains(&one.share));
            if open && cells.len() >= FEWEST {
                found.push(Block { place, labels, cells });
            }
        }
    }
    found
}

impl Block {
    /// The shares that the wholes of the likeliest line make right: of those that prove it the one that fits most, then the
    /// nearest.
    fn join(&self, ledger: &Ledger, sides: &Sides, counts: &[(i128, FigureIdx)]) -> Option<Vec<Joined>> {
        let sharp = |one: &Beside| sharpness(ledger, one.share);
        let sharpest = self.cells.iter().max_by(|a, b| sharp(a).total_cmp(&sharp(b)))?;
        let lines = sides.all.values().filter(|side| self.labels.iter().all(|label| side.has(label)));
        let lines: usize = lines.map(|side| side.lines().len()).sum();
        let needed = BITS + (lines.max(1) as f64).log2();
        let mut seen: BTreeSet<(Labels, usize, String)> = BTreeSet::new();
        let mut best: Option<(Rank, Vec<(usize, Joined)>)> = None;
        for (_, whole) in fitting(ledger, sharpest, counts)?.iter().take(WHOLES) {
            let Some(cell) = ledger.figure(*whole).and_then(|figure| figure.home.cell()) else { continue };
            for around in [true, false].into_iter().filter_map(|down| sides.around(cell, down)) {
                let Around { place, side, line, position } = around;
                if place.0 == self.place.0 {
                    continue;
                }
                let own = self.labels.get(sharpest.group)?;
                if !side.labels(position).any(|label| label == *own) {
                    continue;
                }
                let group = side.group(position);
                if !seen.insert((place, line, group.clone())) {
                    continue;
                }
                let wholes: Vec<Option<FigureIdx>> =
                    self.labels.iter().map(|label| side.at(line, side.position_of(label, &group)?)).collect();
                let Some(joined) = self.with(ledger, &wholes) else { continue };
                let apart = place.0.index().abs_diff(self.place.0.index());
                let plain = joined.iter().filter(|(_, one)| one.holds && !one.by_convention).count();
                let rank = (plain, Reverse(apart));
                if self.proof(ledger, &joined) >= needed && best.as_ref().is_none_or(|(most, _)| rank > *most)
                {
                    best = Some((rank, joined));
                }
            }
        }
        Some(held(best?.1.into_iter().map(|(_, one)| one).collect()))
    }

    /// The shares of wholes, one for each group, with their groups, where these make nine in ten of them right.
    fn with(&self, ledger: &Ledger, wholes: &[Option<FigureIdx>]) -> Option<Vec<(usize, Joined)>> {
        let wholes: Vec<FigureIdx> = wholes.iter().copied().collect::<Option<_>>()?;
        let join = |one: &Beside| {
            Some((one.group, Joined::of(ledger, one.share, one.part, *wholes.get(one.group)?)?))
        };
        let joined: Vec<(usize, Joined)> = self.cells.iter().filter_map(join).collect();
        let holds = joined.iter().filter(|(_, one)| one.holds).count();
        (holds >= FEWEST && holds * 10 >= joined.len() * 9).then_some(joined)
    }

    /// The bits that it takes to meet the wholes by accident: those of the sharpest share of each group. The sharpest of
    /// three groups or more counts nothing, since it may be all of the others together.
    fn proof(&self, ledger: &Ledger, joined: &[(usize, Joined)]) -> f64 {
        let mut sharpest = vec![0.0f64; self.labels.len()];
        for (group, one) in joined.iter().filter(|(_, one)| one.holds) {
            let bits = sharpness(ledger, one.share);
            sharpest.get_mut(*group).into_iter().for_each(|most| *most = most.max(bits));
        }
        let most = sharpest.iter().copied().fold(0.0, f64::max);
        let all: f64 = sharpest.iter().sum();
        if sharpest.len() > 2 { all - most } else { all }
    }
}

/// The bits of a share: in how many steps of its last decimal it is printed. What is stored with more decimals than twenty
/// bits tells a count no better.
fn sharpness(ledger: &Ledger, share: FigureIdx) -> f64 {
    let Some(figure) = ledger.figure(share) else { return 0.0 };
    let value = figure.quantity.value.as_ref().map_or(0.0, |value| value.approx().abs());
    (value * 10f64.powi(i32::from(figure.quantity.decimals))).max(1.0).log2().min(20.0)
}

/// The counts that a share can be of, by its value and its part.
fn fitting<'a>(
    ledger: &Ledger,
    one: &Beside,
    counts: &'a [(i128, FigureIdx)],
) -> Option<&'a [(i128, FigureIdx)]> {
    let share = &ledger.figure(one.share)?.quantity;
    let size = share.value.as_ref()?.approx();
    let part = ledger.figure(one.part)?.quantity.value.as_ref()?.approx() * share.unit.times() as f64;
    let step = 10f64.powi(-i32::from(share.decimals));
    if size <= step {
        return None;
    }
    let from = counts.partition_point(|(value, _)| (*value as f64) < part / (size + step));
    let to = counts.partition_point(|(value, _)| (*value as f64) <= part / (size - step));
    counts.get(from..to)
}
