//! Shares whose wholes or parts stand in another table under the same labels: pupils with a need by year and their
//! percentage of all pupils, of whom another table has the number for each year; reviews by service and the percentage of
//! good ones, of which another table has the number for each service. Which column holds them is seen from the shares
//! themselves.

use super::sides::{Labels, SAMPLE, Side, Sides};
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::quantity::Quantity;
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};
use crate::reconcile::solve::{self, Fit, ShareSize};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer shares prove nothing.
const FEWEST: usize = 3;
/// How many lines beside the shares are tried for their parts.
const REACH: usize = 4;
/// How many tables are tried for the wholes, and how many lines of each: the first and the last, where totals and the latest
/// year stand.
const TABLES: usize = 32;
const LINES: usize = 24;
/// A line that makes none of the first shares right, so many of them, is passed over.
const FIRST: usize = 4;
/// The bits that the shares of a line must prove: some thousand choices of parts and wholes are tried for a line, and one
/// accident in a thousand lines is allowed.
const BITS: u32 = 24;

/// Emits the shares of lines that no whole of their own table makes right.
pub fn emit(ledger: &Ledger, known: &BTreeSet<FigureIdx>, out: &mut Vec<Relation>) {
    let sides = Sides::of(ledger);
    for ((index, _), side) in &sides.all {
        let unknown = |(line, mut shares): (usize, Vec<(usize, FigureIdx)>)| {
            let taken: BTreeSet<usize> = shares
                .iter()
                .filter(|(_, i)| known.contains(i))
                .map(|(at, _)| side.part_of(line, *at))
                .collect();
            shares.retain(|(position, _)| !taken.contains(&side.part_of(line, *position)));
            (shares.len() >= FEWEST).then_some((line, shares))
        };
        let grouped =
            side.lines().flat_map(|line| side.shares(ledger, line).map(move |shares| (line, shares)));
        let grouped: Vec<(usize, Vec<(usize, FigureIdx)>)> = grouped.filter_map(unknown).collect();
        if grouped.is_empty() {
            continue;
        }
        let positions = grouped.iter().flat_map(|(_, shares)| shares).map(|(position, _)| *position);
        let others = side.others(*index, &sides, positions.collect());
        for (line, mut shares) in grouped {
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
    let known =
        known.iter().copied().chain(out.iter().filter_map(|relation| Some(relation.published?.figure)));
    super::by_group::emit(ledger, &sides, &known.collect(), out);
}

/// Another table, and where in it labels of a table stand.
struct Other<'b, 'a> {
    side: &'b Side<'a>,
    /// By the positions of these labels.
    places: FxHashMap<usize, usize>,
}

impl<'a> Side<'a> {
    /// The tables that share some labels with this one, with the places of some of its positions in them.
    fn others<'b>(
        &self,
        index: TableIdx,
        sides: &'b Sides<'a>,
        positions: BTreeSet<usize>,
    ) -> Vec<Other<'b, 'a>> {
        let alike = self.alike(index, sides);
        let labelled: Vec<(usize, Vec<String>)> = match alike.as_slice() {
            [] => Vec::new(),
            _ => positions.into_iter().map(|position| (position, self.labels(position).collect())).collect(),
        };
        let other = |labels: &Labels| {
            let side = sides.all.get(labels)?;
            let place = |(position, labels): &(usize, Vec<String>)| {
                Some((*position, labels.iter().find_map(|label| side.place_of(label))?))
            };
            Some(Other { side, places: labelled.iter().filter_map(place).collect() })
        };
        alike.iter().filter_map(other).collect()
    }

    /// The tables that share at least three labels with this one, the nearest first.
    fn alike(&self, index: TableIdx, sides: &Sides) -> Vec<Labels> {
        let mut shared: BTreeMap<Labels, usize> = BTreeMap::new();
        for position in self.positions().take(SAMPLE) {
            let places = self.labels(position).flat_map(|label| sides.named(&label));
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
        other: &Other,
    ) -> Option<(u32, Vec<Joined>)> {
        let Other { side: other, places } = other;
        let placed =
            |(position, share): &(usize, FigureIdx)| Some((*position, *share, *places.get(position)?));
        let shares: Vec<(usize, FigureIdx, usize)> = shares.iter().filter_map(placed).collect();
        let near = line.saturating_sub(REACH)..(line + REACH + 1);
        let beside = near.filter(|own| *own != line && self.lines().contains(own));
        let first = shares.iter().take(FIRST);
        let first: Vec<(&(usize, FigureIdx, usize), ShareSize)> =
            first.filter_map(|one| Some((one, ShareSize::of(&ledger.figure(one.1)?.quantity)))).collect();
        let own: Vec<FirstOf> = beside
            .filter_map(|own| FirstOf::of(ledger, own, first.iter().map(|(one, _)| self.at(own, one.0))))
            .collect();
        let far: Vec<FirstOf> = other
            .ends(LINES)
            .filter_map(|far| FirstOf::of(ledger, far, first.iter().map(|(one, _)| other.at(far, one.2))))
            .collect();
        let pairs = own.iter().flat_map(|own| far.iter().map(move |far| (own, far)));
        let mut best: Option<(u32, Vec<Joined>)> = None;
        for ((own, far), is_whole) in pairs.flat_map(|pair| [(pair, false), (pair, true)]) {
            let (parts, wholes) = if is_whole { (far, own) } else { (own, far) };
            let mut first = first.iter().zip(parts.first.iter().zip(&wholes.first));
            let right = first.any(|(((_, share, _), size), (part, whole))| {
                let Some((part, whole)) = part.zip(*whole) else { return false };
                let near = size.could_be(part.size, whole.size);
                near && Joined::of(ledger, *share, part.count, whole.count).is_some_and(|one| one.holds)
            });
            if !right {
                continue;
            }
            let join = |share: FigureIdx, own: Option<FigureIdx>, far: Option<FigureIdx>| {
                let (part, whole) = if is_whole { (far?, own?) } else { (own?, far?) };
                Joined::of(ledger, share, part, whole)
            };
            let all = shares.iter().filter_map(|(position, share, place)| {
                join(*share, self.at(own.line, *position), other.at(far.line, *place))
            });
            let Some(all) = mostly_held(all, shares.len()) else { continue };
            let bits = proof(&all);
            if bits >= BITS && best.as_ref().is_none_or(|(most, _)| bits > *most) {
                best = Some((bits, all));
            }
        }
        // What misses may be a share of something else: the whole is found by its numbers alone, so they accuse nobody.
        best.map(|(bits, joined)| (bits, held(joined)))
    }
}

/// The shares that hold. A line has a convention, and a single share none: where it alone needs one, it is of another whole.
pub(super) fn held(mut joined: Vec<Joined>) -> Vec<Joined> {
    joined.retain(|one| one.holds);
    let usual = joined.iter().filter(|one| one.by_convention).count() >= FEWEST;
    joined.retain(|one| usual || !one.by_convention);
    joined
}

/// A line with its counts beside the first shares.
struct FirstOf {
    line: usize,
    first: [Option<SizedCount>; FIRST],
}

/// A count, and its size where it is printed in full.
#[derive(Clone, Copy)]
struct SizedCount {
    count: FigureIdx,
    size: Option<f64>,
}

impl FirstOf {
    /// `None` where the line has no count beside them.
    fn of(ledger: &Ledger, line: usize, figures: impl Iterator<Item = Option<FigureIdx>>) -> Option<FirstOf> {
        let sized =
            |i: FigureIdx| Some(SizedCount { count: i, size: solve::size_of_count(count(ledger, i)?) });
        let mut first = [None; FIRST];
        first.iter_mut().zip(figures).for_each(|(place, figure)| *place = figure.and_then(sized));
        first.iter().any(Option::is_some).then_some(FirstOf { line, first })
    }
}

/// The quantity of a plain count.
fn count<'a>(ledger: &Ledger<'a>, index: FigureIdx) -> Option<&'a Quantity> {
    ledger.figure(index).filter(|figure| figure.is_plain_count()).map(|figure| &figure.quantity)
}

/// A share with its part and its whole, one of which stands beside it and the other in another table.
pub(super) struct Joined {
    pub(super) share: FigureIdx,
    part: FigureIdx,
    whole: FigureIdx,
    /// Of the share: how unlikely it is to be met by accident.
    bits: u32,
    pub(super) holds: bool,
    /// Only with digits cut off, or the like.
    pub(super) by_convention: bool,
}

impl Joined {
    pub(super) fn of(ledger: &Ledger, share: FigureIdx, part: FigureIdx, whole: FigureIdx) -> Option<Joined> {
        let (n, w, s) = (count(ledger, part)?, count(ledger, whole)?, &ledger.figure(share)?.quantity);
        let fit = solve::share_fit(n, w, s);
        if !fit.holds() {
            return Some(Joined { share, part, whole, bits: 0, holds: false, by_convention: false });
        }
        // How many there are for one is cut to whole ones as often as it is rounded.
        let by_convention = matches!(fit, Fit::ByConvention(_)) && !s.is_to_one();
        // A share of some percent in steps of its last decimal. One that fits by cutting digits off fits what is near as well.
        let steps =
            s.value.as_ref()?.abs().floor().to_i128().unwrap_or(0).max(1).ilog2() + 3 * u32::from(s.decimals);
        let bits = if by_convention { 0 } else { steps };
        Some(Joined { share, part, whole, bits, holds: fit.holds(), by_convention })
    }

    pub(super) fn relation(self, ledger: &Ledger) -> Relation {
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

/// All of so many shares at most, or nothing as soon as more of them fail than [`proof`] allows: most lines that are tried
/// make few shares right.
fn mostly_held(all: impl Iterator<Item = Joined>, most: usize) -> Option<Vec<Joined>> {
    let mut fails = 0;
    all.map(|one| {
        fails += usize::from(!one.holds);
        (fails * 10 <= most).then_some(one)
    })
    .collect()
}

/// The bits that the shares that hold are worth, where they are three at least and nine in ten.
fn proof(joined: &[Joined]) -> u32 {
    let holds = joined.iter().filter(|one| one.holds).count();
    if holds < FEWEST || holds * 10 < joined.len() * 9 {
        return 0;
    }
    joined.iter().filter(|one| one.holds).map(|one| one.bits).sum()
}
