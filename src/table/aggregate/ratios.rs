//! Proposes shares and relative changes.
//!
//! A share is part / whole or 100 × part / whole; a change is (after − before) / before or 100 times that. The printed figure must
//! be the ratio to within half a unit of its last digit.

use super::family::{Family, PLAIN, Says, Sought, bits, hear, miss_by, weigh};
use super::field::{Field, step_of};
use super::votes::{Poll, Votes, others};
use crate::model::aggregation::AggregationKind;

const ROWS: usize = 14;
const ALL: usize = 40;
const WINDOW: usize = 10;
/// How many bits a ratio needs beyond what every family needs.
const RATIO: f32 = 6.0;

/// A ratio that was found: which lines it is made of, and at which scale.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ratio {
    kind: AggregationKind,
    first: usize,
    second: usize,
    scale: i128,
}

impl Ratio {
    fn key(self) -> u64 {
        let flags =
            u64::from(self.kind == AggregationKind::RelativeChange) << 1 | u64::from(self.scale == 100);
        ((self.first as u64) << 34) | ((self.second as u64) << 4) | flags
    }

    fn from_key(key: u64) -> Ratio {
        Ratio {
            kind: if key & 2 == 2 { AggregationKind::RelativeChange } else { AggregationKind::Division },
            first: (key >> 34) as usize,
            second: ((key >> 4) & 0x3fff_ffff) as usize,
            scale: if key & 1 == 1 { 100 } else { 1 },
        }
    }

    /// What a row says of `total`.
    fn says(self, field: &Field, total: usize, row: usize) -> Says {
        let Some(value) = field.value(total, row) else { return Says::Nothing };
        let (Some(a), Some(b)) = (field.value(self.first, row), field.value(self.second, row)) else {
            return Says::Nothing;
        };
        self.fits(field, row, value, field.unit(total, row), a, b)
    }

    fn fits(self, field: &Field, row: usize, value: i64, unit: i64, a: i64, b: i64) -> Says {
        let (over, under) = match self.kind {
            AggregationKind::RelativeChange => (i128::from(b) - i128::from(a), i128::from(a)),
            _ => (i128::from(a), i128::from(b)),
        };
        if under == 0 {
            return if value == 0 { Says::Holds(0.0) } else { Says::Nothing };
        }
        let Some(wanted) = over.checked_mul(self.scale).and_then(|x| x.checked_mul(i128::from(field.one)))
        else {
            return Says::Nothing;
        };
        let Some(had) = i128::from(value).checked_mul(under) else { return Says::Nothing };
        let off = (wanted - had).abs();
        if off * 2 <= i128::from(unit) * under.abs() + under.abs() / 1000 {
            let plain = over == 0 || a == b;
            let gain = if plain { PLAIN } else { bits(0, unit.max(step_of(value)), i128::from(value)) };
            return Says::Holds(gain);
        }
        let share = |line: usize| i128::from(field.unit(line, row));
        let (first, second, size) = (share(self.first), share(self.second), i128::from(value).abs());
        let scale = self.scale.saturating_mul(i128::from(field.one));
        let loose = match self.kind {
            AggregationKind::RelativeChange => scale * (first + second) + size * first,
            _ => scale * first + size * second,
        };
        if off * 2 <= i128::from(unit) * under.abs() + loose && over != 0 {
            let off = off / under.abs();
            return Says::Holds(bits(off, unit.max(step_of(value)), i128::from(value)));
        }
        Says::Misses { by: miss_by(off, had.abs()), bits: -4.0 }
    }
}

/// The shares and changes of a field that are believed.
pub(super) fn find(field: &Field) -> Vec<Family> {
    let poll = Poll::of(field, RATIO).asking(|_| ROWS);
    let mut out = Vec::new();
    for (place, &total) in poll.totals.iter().enumerate() {
        let near = poll.near(place, WINDOW, ALL);
        let kinds = [AggregationKind::Division, AggregationKind::RelativeChange];
        let least = kinds.into_iter().map(|kind| poll.cost(total, kind)).fold(f32::MAX, f32::min);
        let most = |row| Sought::most(field, total, row, AggregationKind::Division);
        let votes = poll.votes(least, most, |row, votes| votes_of_row(field, total, near, row, votes));
        for (key, bits) in votes {
            let ratio = Ratio::from_key(key);
            let cost = poll.cost(total, ratio.kind);
            if bits < cost || is_turned(field, total, ratio) {
                continue;
            }
            let parts = [ratio.first, ratio.second];
            let says = hear(field, total, &parts, |row| ratio.says(field, total, row));
            out.extend(weigh(ratio.kind, total, &parts, cost, &says));
        }
    }
    out
}

/// Whether the lines are the same relation told from the wrong end: what makes the share of the part is the whole.
fn is_turned(field: &Field, total: usize, ratio: Ratio) -> bool {
    let percent = |line: usize| field.line(line).is_some_and(|line| line.percent);
    ratio.kind == AggregationKind::Division && percent(ratio.second) && !percent(total)
}

/// The ratios of lines in `near` that the figure of a row agrees with. Floats only sort out what cannot fit; the
/// decision is made with exact numbers.
fn votes_of_row(field: &Field, total: usize, near: &[usize], row: usize, votes: &mut Votes) {
    let Some(value) = field.value(total, row).filter(|v| *v != 0) else { return };
    let unit = field.unit(total, row);
    let one = field.one as f64;
    let (aim, room) = (value as f64 / one, unit as f64 / one * 0.501);
    let others = others(field, near, total, row);
    for &(a, first) in &others {
        for &(b, second) in &others {
            if first == second || a == b {
                continue;
            }
            let share = a as f64 / b as f64;
            let change = b as f64 / a as f64 - 1.0;
            for (kind, ratio) in
                [(AggregationKind::Division, share), (AggregationKind::RelativeChange, change)]
            {
                for scale in [1i128, 100] {
                    if (ratio * scale as f64 - aim).abs() > room {
                        continue;
                    }
                    let found = Ratio { kind, first, second, scale };
                    if let Says::Holds(bits) = found.fits(field, row, value, unit, a, b) {
                        votes.push((found.key(), bits));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_survives_its_key() {
        let ratio = Ratio { kind: AggregationKind::RelativeChange, first: 70_000, second: 3, scale: 100 };
        assert_eq!(Ratio::from_key(ratio.key()), ratio);
    }
}
