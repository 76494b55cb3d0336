//! Proposes sums of two lines that need not stand side by side, and sums of evenly spaced lines.

use super::family::{Sought, tally};
use super::field::{Field, NO_NUMBER};
use super::runs::{LARGE, Proposal};
use super::votes::{Poll, Votes, others};
use crate::model::aggregation::AggregationKind;

/// With at most so many lines, every pair is tried.
const ALL: usize = 48;
/// With more lines, only those this near the total are tried.
const WINDOW: usize = 12;
/// How many bits a pair needs beyond what every family needs, because so many pairs are tried.
const PAIR: f32 = 7.0;
/// How many bits evenly spaced lines need beyond what every family needs.
const SPACED: f32 = 4.0;
/// How many rows are asked for pairs.
const ROWS: usize = 40;
/// How many pairs are tried over all rows, where there are few lines.
const WORK: usize = 1_500_000;

/// How many rows can be asked about all pairs of so many lines.
fn affordable(lines: usize) -> usize {
    ROWS.max(WORK / (lines * lines).max(1))
}

/// Sums of any two lines.
pub(super) fn two(field: &Field) -> Vec<Proposal> {
    let poll = Poll::of(field, PAIR).asking(affordable);
    let mut out = Vec::new();
    for (place, &total) in poll.totals.iter().enumerate() {
        let near = poll.near(place, WINDOW, ALL);
        let cost = poll.cost(total, AggregationKind::Sum);
        let most = |row| Sought::most(field, total, row, AggregationKind::Sum);
        let votes = poll.votes(cost, most, |row, votes| pairs_of_row(field, total, near, row, votes));
        let usual = votes.iter().map(|v| v.1).sum::<f32>() / (near.len() * near.len()).max(1) as f32 * 2.0;
        for &(key, _) in votes.iter().filter(|v| v.1 >= cost + 2.0 * usual) {
            out.push(Proposal {
                total,
                parts: vec![(key >> 32) as usize, (key & 0xffff_ffff) as usize],
                cost,
            });
        }
    }
    out
}

/// The pairs in `near` that add up to the total in a row. The numbers are sorted, and two ends close in on the sum.
fn pairs_of_row(field: &Field, total: usize, near: &[usize], row: usize, votes: &mut Votes) {
    let Some(sought) = Sought::of(field, total, row).filter(|s| s.value != 0) else { return };
    let mut others = others(field, near, total, row);
    others.sort_unstable();
    let reach = 2 * i128::from(field.one);
    let mut low = others.len();
    for (i, &(a, line)) in others.iter().enumerate() {
        let wanted = i128::from(sought.value) - i128::from(a);
        while low > 0 && others.get(low - 1).is_some_and(|o| i128::from(o.0) >= wanted - reach) {
            low -= 1;
        }
        for &(b, other) in others.iter().skip(low.max(i + 1)) {
            if i128::from(b) > wanted + reach {
                break;
            }
            let near = sought.may_be_sum(a.wrapping_add(b), 2);
            let bits = near.then(|| sought.is_sum(&tally(field, [line, other].into_iter(), row)));
            if let Some(bits) = bits.flatten() {
                votes.push((((line.min(other) as u64) << 32) | line.max(other) as u64, bits));
            }
        }
    }
}

/// Proposes sums of lines at even steps: at the total's own step ("total, men, women" again and again), or anywhere
/// near the total.
pub(super) fn spaced(field: &Field) -> Vec<Proposal> {
    let large = field.n * field.m > LARGE;
    let poll = Poll::of(field, SPACED).asking(|lines| match lines {
        _ if large => 10,
        61.. => 24,
        _ => affordable(lines),
    });
    let (steps, most) = if large { (12, 12) } else { (60, 64) };
    let mut out = Vec::new();
    for &total in &poll.totals {
        let cost = poll.cost(total, AggregationKind::Sum);
        let most_bits = |row| Sought::most(field, total, row, AggregationKind::Sum);
        let votes = poll.votes(cost, most_bits, |row, votes| {
            let Some(sought) = Sought::of(field, total, row).filter(|s| s.value != 0) else { return };
            let mut draw = |step, start| draw(field, (total, row), &sought, (step, start), most, votes);
            for step in 2..=(field.n / 2).min(steps) {
                let starts = if step <= 6 { 1..=step + 1 } else { step..=step };
                for start in starts {
                    draw(step, start as i64);
                    draw(step, -(start as i64));
                }
            }
        });
        for (key, bits) in votes {
            let (step, start, count) =
                ((key >> 40) as usize, ((key >> 20) & 0xfffff) as i64 - 0x8000, (key & 0xfffff) as i64);
            let cost = if start.unsigned_abs() as usize == step { cost } else { cost + 2.0 };
            if bits < cost {
                continue;
            }
            let stride = step as i64 * start.signum();
            let mut parts: Vec<usize> =
                (0..count).filter_map(|i| usize::try_from(total as i64 + start + i * stride).ok()).collect();
            parts.sort_unstable();
            out.push(Proposal { total, parts, cost });
        }
    }
    out
}

/// The votes of one row for evenly spaced lines.
fn draw(
    field: &Field,
    (total, row): (usize, usize),
    sought: &Sought,
    (step, start): (usize, i64),
    most: i64,
    votes: &mut Votes,
) {
    let stride = step as i64 * start.signum();
    let line_at = |nth: i64| usize::try_from(total as i64 + start + nth * stride).ok();
    let values = field.values(row);
    let furthest = sought.value.saturating_add(sought.most_off(most));
    let (mut sum, mut count, mut nonzero) = (0_i64, 0, 0);
    let mut next = total as i64 + start;
    for nth in 0..most {
        // A line before the first is beyond the last as well.
        let line = next as usize;
        next += stride;
        let Some(&value) = values.get(line).filter(|_| !field.is_serial(line)) else { return };
        if value == NO_NUMBER {
            continue;
        }
        // A sum that is too large for its type comes out wrong here, and right in the tally.
        sum = sum.wrapping_add(value);
        if !sought.signed && sum > furthest {
            return;
        }
        count += 1;
        nonzero += i64::from(value != 0);
        if nonzero < 2 {
            continue;
        }
        let bits = if sought.may_be_sum(sum, count) {
            sought.is_sum(&tally(field, (0..=nth).filter_map(line_at), row))
        } else {
            None
        };
        match bits {
            Some(bits) => {
                let taken = nth as u64 + 1;
                votes.push((((step as u64) << 40) | (((start + 0x8000) as u64) << 20) | taken, bits));
            }
            None if !sought.signed && sum > sought.value => return,
            None => {}
        }
    }
}
