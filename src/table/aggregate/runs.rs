//! Proposes sums and means of neighbouring lines.
//!
//! Lines are neighbours within a listing: all lines with numbers, or those that are left when subtotals stand for
//! their parts, or those under the same column head. In each row, a run is drawn out from a line to either side until
//! it adds up to the line's value.

use super::family::{FamilyTally, Sought};
use super::field::{Field, FieldCell, NO_NUMBER};
use super::votes::{Poll, Votes};
use crate::model::aggregation::{AggregationKind, Axis};
use std::ops::Range;

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
    let listed = Listed::of(field, listing);
    let mut out = Vec::new();
    for &total in &poll.totals {
        let search = RunSearch {
            field,
            listing,
            listed: &listed,
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

/// The values of the lines of a listing, row by row.
struct Listed {
    values: Vec<i64>,
    /// Each row from its end.
    turned: Vec<i64>,
    lines: usize,
}

impl Listed {
    fn of(field: &Field, listing: &Listing) -> Listed {
        let of_row = |row: usize| {
            let values = field.values(row);
            listing.lines.iter().map(move |line| values.get(*line).copied().unwrap_or(NO_NUMBER))
        };
        let values = (0..field.m).flat_map(of_row).collect();
        let turned = (0..field.m).flat_map(|row| of_row(row).rev()).collect();
        Listed { values, turned, lines: listing.lines.len() }
    }

    /// The lines before one, and those from another on.
    fn sides(&self, row: usize, before: usize, after: usize) -> [RunSide<'_>; 2] {
        let (first, end) = (row * self.lines, (row + 1) * self.lines);
        let values = self.turned.get(end - before..end).unwrap_or_default();
        let before = RunSide { values, first: before, turned: true };
        let values = self.values.get(first + after..end).unwrap_or_default();
        [RunSide { values, first: after, turned: false }, before]
    }
}

/// The lines of a listing on one side of a total, the nearest first.
#[derive(Clone, Copy)]
struct RunSide<'a> {
    values: &'a [i64],
    /// The nearest is this one of the listing, or the one before it where they run to its beginning.
    first: usize,
    turned: bool,
}

impl RunSide<'_> {
    /// The place of a line in the listing.
    #[inline]
    fn place(self, nth: usize) -> usize {
        if self.turned { self.first.wrapping_sub(nth + 1) } else { self.first + nth }
    }

    /// The run from one line to another.
    fn key(self, from: usize, to: usize) -> u64 {
        let (from, to) = (self.place(from) as u64, self.place(to) as u64);
        (from.min(to) << 32) | from.max(to)
    }
}

/// What a run comes to so far.
#[derive(Clone, Copy, Default)]
struct Run {
    /// The line that comes next.
    next: usize,
    /// A sum that is too large for its type comes out wrong here, and right in the tally.
    sum: i64,
    count: i64,
    nonzero: i64,
}

impl Run {
    #[inline]
    fn with(self, value: i64) -> Run {
        let next = self.next + 1;
        if value == NO_NUMBER {
            return Run { next, ..self };
        }
        let sum = self.sum.wrapping_add(value);
        Run { next, sum, count: self.count + 1, nonzero: self.nonzero + i64::from(value != 0) }
    }

    /// The same without its first line.
    fn without(self, value: i64) -> Run {
        if value == NO_NUMBER {
            return self;
        }
        let sum = self.sum.wrapping_sub(value);
        Run { sum, count: self.count - 1, nonzero: self.nonzero - i64::from(value != 0), ..self }
    }
}

struct RunSearch<'a> {
    field: &'a Field,
    listing: &'a Listing,
    listed: &'a Listed,
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
        let ends = self.kind == AggregationKind::Sum && !sought.signed;
        let reach = if sought.signed { self.reach.min(self.signed_reach) } else { self.reach };
        for side in self.listed.sides(row, self.before, self.after) {
            let mut short = Run::default();
            for (gap, &first) in side.values.iter().enumerate().take(self.gaps) {
                if short.next <= gap {
                    short = Run { next: gap, ..Run::default() };
                }
                // A run that falls short of the value does so without its first line as well.
                if ends {
                    let ahead = side.values.iter().take(gap + reach).skip(short.next);
                    for &value in ahead {
                        let with = short.with(value);
                        if with.sum >= sought.value - sought.most_off(with.count) {
                            break;
                        }
                        short = with;
                    }
                }
                self.draw((row, side, gap), sought, (short, gap + reach), &near, votes);
                if short.next > gap {
                    short = short.without(first);
                }
            }
        }
    }

    /// Draws out one run from a line up to another, and votes wherever it adds up to the value. Its plain sum is followed, and
    /// more is only worked out where that comes near.
    fn draw(
        &self,
        (row, side, start): (usize, RunSide, usize),
        sought: &Sought,
        (run, end): (Run, usize),
        near: impl Fn(i64, i64) -> bool,
        votes: &mut Votes,
    ) {
        let sums = self.kind == AggregationKind::Sum;
        let ends = sums && !sought.signed;
        let first = sought.value.saturating_add(self.field.one);
        let mut tallied: Option<(FamilyTally, usize)> = None;
        let Run { next, mut sum, mut count, mut nonzero } = run;
        for (last, &value) in side.values.iter().enumerate().take(end).skip(next) {
            if value == NO_NUMBER {
                continue;
            }
            sum = sum.wrapping_add(value);
            count += 1;
            nonzero += i64::from(value != 0);
            if count < 2 || nonzero == 0 {
                if ends && value > first {
                    return;
                }
                continue;
            }
            if near(sum, count) {
                let (tally, taken) = tallied.get_or_insert_with(|| (FamilyTally::new(self.field.one), start));
                self.cells(row, side, *taken..last + 1).for_each(|cell| tally.add(cell));
                *taken = last + 1;
                if let Some(bits) = if sums { sought.is_sum(tally) } else { sought.is_mean(tally) } {
                    votes.push((side.key(start, last), bits));
                    continue;
                }
            }
            if ends && sum > sought.value {
                return;
            }
        }
    }

    /// The numbers of some lines on one side.
    fn cells(&self, row: usize, side: RunSide, lines: Range<usize>) -> impl Iterator<Item = FieldCell> {
        let lines = lines.filter_map(move |nth| self.listing.lines.get(side.place(nth)));
        lines.filter_map(move |line| self.field.cell(*line, row))
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
