//! Proposes sums and means of neighbouring lines.
//!
//! Lines are neighbours within a listing: all lines with numbers, or those that are left when subtotals stand for
//! their parts, or those under the same column head. In each row, a run is drawn out from a line to either side until
//! it adds up to the line's value.

use super::family::{FamilyTally, Sought};
use super::field::{Field, NO_NUMBER};
use super::votes::{Poll, Votes};
use crate::model::aggregation::{AggregationKind, Axis};

/// In a grid of more cells the search is kept narrow.
pub(super) const LARGE: usize = 60_000;

/// Lines among which neighbours are looked for.
pub(super) struct Listing {
    /// The lines, in order.
    pub lines: Vec<usize>,
    /// How many bits a family of this listing needs beyond what every family needs.
    pub extra: f32,
}

/// A family that is to be tried.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    pub total: usize,
    pub parts: Vec<usize>,
    /// How many bits it needs.
    pub cost: f32,
}

/// How many bits a mean needs beyond those of a sum.
const MEAN_MORE: f32 = 12.0;
/// How many bits each line between the total and its parts costs.
const APART: f32 = 2.0;

/// Proposals from a listing.
pub(super) fn propose(field: &Field, listing: &Listing, kind: AggregationKind) -> Vec<Proposal> {
    let poll =
        Poll::of(field, listing.extra + if kind == AggregationKind::Average { MEAN_MORE } else { 0.0 });
    let narrow = field.n * field.m > LARGE;
    let mut out = Vec::new();
    for &total in &poll.totals {
        let search = RunSearch {
            field,
            listing,
            kind,
            total,
            gaps: gaps(narrow),
            reach: reach(field, total, kind, narrow),
            signed_reach: signed_reach(field, kind),
            before: listing.lines.partition_point(|&l| l < total),
            after: listing.lines.partition_point(|&l| l <= total),
        };
        let most = |row| Sought::most(field, total, row, kind);
        for (key, bits) in poll.votes(poll.cost(total, kind), most, |row, votes| search.row(row, votes)) {
            let (first, last) = ((key >> 32) as usize, (key & 0xffff_ffff) as usize);
            let cost = poll.cost(total, kind) + APART * search.apart(first, last) as f32;
            if bits >= cost {
                out.push(Proposal { total, parts: search.parts(first, last), cost });
            }
        }
    }
    out
}

/// How many lines a run may take in where nothing else ends it.
fn reach(field: &Field, total: usize, kind: AggregationKind, narrow: bool) -> usize {
    let hints = field.line(total).map(|l| l.hints).unwrap_or_default();
    match kind {
        AggregationKind::Average if hints.mean => 4000,
        AggregationKind::Average if narrow => 8,
        AggregationKind::Average => 25,
        _ if hints.total => 4000,
        _ if narrow => 40,
        _ => 200,
    }
}

/// The same where some numbers are negative. Then a run that exceeds the total may still come back to it, so only a
/// limit ends it, which is lower for larger grids.
fn signed_reach(field: &Field, kind: AggregationKind) -> usize {
    match field.n * field.m {
        cells if cells > LARGE => 12,
        cells if cells > LARGE / 3 => 80,
        _ if kind == AggregationKind::Average => 4000,
        _ => 400,
    }
}

/// How many starts on either side runs are drawn from.
fn gaps(narrow: bool) -> usize {
    if narrow { 2 } else { 7 }
}

struct RunSearch<'a> {
    field: &'a Field,
    listing: &'a Listing,
    kind: AggregationKind,
    total: usize,
    gaps: usize,
    reach: usize,
    /// The same for rows with negative numbers.
    signed_reach: usize,
    /// How many lines of the listing stand before the total.
    before: usize,
    /// The first that stands after it.
    after: usize,
}

impl RunSearch<'_> {
    /// The votes of one row. The key is the first and last position in the listing.
    fn row(&self, row: usize, votes: &mut Votes) {
        let Some(sought) = Sought::of(self.field, self.total, row).filter(|s| s.value != 0) else { return };
        match self.kind {
            AggregationKind::Average => {
                self.either_side(row, &sought, |sum, count| sought.may_be_mean(sum, count), votes)
            }
            _ => self.either_side(row, &sought, |sum, count| sought.may_be_sum(sum, count), votes),
        }
    }

    fn either_side(&self, row: usize, sought: &Sought, near: impl Fn(i64, i64) -> bool, votes: &mut Votes) {
        let lines = self.listing.lines.len();
        for gap in 0..self.gaps {
            let start = self.after + gap;
            self.draw(row, sought, start..lines, &near, |at, bits| {
                votes.push((((start as u64) << 32) | at as u64, bits));
            });
            if let Some(start) = self.before.checked_sub(1 + gap) {
                self.draw(row, sought, (0..=start).rev(), &near, |at, bits| {
                    votes.push((((at as u64) << 32) | start as u64, bits));
                });
            }
        }
    }

    /// Draws out one run, and votes wherever it adds up to the value. Its plain sum is followed, and more is only worked out
    /// where that comes near.
    fn draw(
        &self,
        row: usize,
        sought: &Sought,
        along: impl Iterator<Item = usize> + Clone,
        near: impl Fn(i64, i64) -> bool,
        mut vote: impl FnMut(usize, f32),
    ) {
        let field = self.field;
        let values = field.values(row);
        let sums = self.kind == AggregationKind::Sum;
        let ends = sums && !sought.signed;
        let reach = if sought.signed { self.reach.min(self.signed_reach) } else { self.reach };
        let first = sought.value.saturating_add(field.one);
        let (mut sum, mut count, mut only_noughts) = (0_i64, 0, true);
        let (mut behind, mut taken, mut t) = (along.clone(), 0, FamilyTally::new(field.one));
        for (nth, at) in along.take(reach).enumerate() {
            let Some(line) = self.listing.lines.get(at) else { break };
            let Some(&value) = values.get(*line).filter(|value| **value != NO_NUMBER) else { continue };
            // A sum that is too large for its type comes out wrong here, and right in the tally.
            sum = sum.wrapping_add(value);
            count += 1;
            only_noughts &= value == 0;
            if count < 2 || only_noughts {
                if ends && value > first {
                    break;
                }
                continue;
            }
            let bits = if near(sum, count) {
                let lines = behind.by_ref().take(nth + 1 - taken).filter_map(|at| self.listing.lines.get(at));
                lines.filter_map(|line| field.cell(*line, row)).for_each(|cell| t.add(cell));
                taken = nth + 1;
                if sums { sought.is_sum(&t) } else { sought.is_mean(&t) }
            } else {
                None
            };
            match bits {
                Some(bits) => vote(at, bits),
                None if ends && sum > sought.value => break,
                None => {}
            }
        }
    }

    /// How many lines of the listing stand between the total and the nearer end of a run.
    fn apart(&self, first: usize, last: usize) -> usize {
        if first >= self.after { first - self.after } else { self.before.saturating_sub(1 + last) }
    }

    /// The lines of a run, with the blank ones between them where the listing takes them in.
    fn parts(&self, first: usize, last: usize) -> Vec<usize> {
        let lines = &self.listing.lines;
        let run = lines.get(first..=last).unwrap_or_default();
        filled(self.field, self.total, run)
    }
}

/// Adds to a run the blank lines between its parts, and the blank lines with heads between it and its total.
pub(super) fn filled(field: &Field, total: usize, run: &[usize]) -> Vec<usize> {
    let (Some(&a), Some(&b)) = (run.first(), run.last()) else { return Vec::new() };
    let whole =
        (a..=b).all(|l| run.binary_search(&l).is_ok() || field.line(l).is_some_and(|line| line.count == 0));
    if run.len() < 3 || !whole {
        return run.to_vec();
    }
    let blank = |l: usize| field.line(l).is_some_and(|line| line.count == 0);
    let headed = |l: usize| {
        field.axis == Axis::Row && field.line(l).is_some_and(|line| line.count == 0 && !line.head.is_empty())
    };
    let b = if total > b && (b + 1..total).all(headed) { total - 1 } else { b };
    let a = if total < a && (total + 1..a).all(headed) { total + 1 } else { a };
    (a..=b).filter(|&l| blank(l) || run.binary_search(&l).is_ok()).collect()
}
