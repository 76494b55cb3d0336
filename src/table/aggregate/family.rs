//! Tries one family, a total line and its parts, in every row and weighs the evidence.

use super::field::{COARSEST, Field, FieldCell, NO_NUMBER, step_of};
use crate::model::aggregation::AggregationKind;
use rustc_hash::FxHashSet;

/// The most bits that one row can give.
const MOST_BITS: f32 = 14.0;
/// What a row that disagrees takes away.
const MISS: f32 = -5.0;
/// What a row takes away in which the total has a number and no part has.
const NO_PARTS: f32 = -1.5;
/// The part of its bits that a row gives in which only one part is not zero: it merely repeats that part.
const ONE_PART: f32 = 0.4;
/// A miss so large that its size does not matter.
pub(super) const FAR: u32 = u32::MAX;
/// A row between two rows that hold is claimed although it misses by up to so many thousandths: it is likely an
/// error.
const SLIP: u32 = 100;
/// The same for a row beside one that holds, where it takes a smaller miss to be believed.
const HAIR: u32 = 5;
/// The bits of a row whose ratio is that of nothing, or of equal numbers.
pub(super) const PLAIN: f32 = 0.2;
/// The part of its bits that a row gives that repeats an earlier one.
const REPEATED: f32 = 0.02;
/// How finely proportions are told apart.
const PROPORTIONS: f64 = 1000.0;
/// The chance that a true family holds in a row.
const HOLDS: f64 = 0.95;
/// How many bits more are needed where only one, two or three rows agree.
const LONELY: [f32; 3] = [2.0, 2.0, 3.0];
/// How many bits a further stretch of a family needs that is believed already.
const AGAIN: f32 = 6.0;

/// A total line and the lines that it is made of.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub kind: AggregationKind,
    /// The line of the results.
    pub total: usize,
    /// The lines of the parts. Those of shares and changes are in the order of their roles.
    pub parts: Vec<usize>,
    /// The rows in which it is claimed, in order.
    pub rows: Vec<usize>,
    /// The bits beyond those that it needs.
    pub score: f32,
    /// The bits that it needs.
    pub cost: f32,
}

/// What one row says of a family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Says {
    /// Nothing, because the total has no number.
    Nothing,
    /// It holds, and gives so many bits.
    Holds(f32),
    /// It misses by so many thousandths of the total, and takes away so many bits.
    Misses { by: u32, bits: f32 },
}

impl Says {
    /// The same with no more bits than these.
    pub(super) fn at_most(self, most: f32) -> Says {
        match self {
            Says::Holds(bits) => Says::Holds(bits.min(most)),
            other => other,
        }
    }

    fn bits(self) -> f32 {
        match self {
            Says::Nothing => 0.0,
            Says::Holds(bits) | Says::Misses { bits, .. } => bits,
        }
    }
}

/// The bits of an agreement. They grow with the number of values up to `range` that the result could have had by
/// chance, and shrink with `off`, the distance that is accepted, and with `grain`, the step of the numbers.
pub(super) fn bits(off: i128, grain: i64, range: i128) -> f32 {
    let grain = f64::from(i32::try_from(grain).unwrap_or(i32::MAX)).max(grain as f64);
    let chance = (2.0 * off as f64 + grain) / (range.abs() as f64 + grain);
    let bits = (HOLDS / chance).log2() as f32;
    bits.clamp(0.0, MOST_BITS)
}

/// What the parts of a row come to.
pub(super) struct FamilyTally {
    pub sum: i128,
    pub count: i64,
    pub nonzero: i64,
    pub unit: i64,
    /// The largest power of ten that divides all of them.
    pub step: i64,
    pub low: i64,
    pub high: i64,
}

/// Adds up the parts of a row.
pub(super) fn tally(field: &Field, parts: impl Iterator<Item = usize>, row: usize) -> FamilyTally {
    let mut t = FamilyTally::new(field.one);
    parts.filter_map(|line| field.cell(line, row)).for_each(|cell| t.add(cell));
    t
}

impl FamilyTally {
    #[inline]
    pub fn new(one: i64) -> FamilyTally {
        FamilyTally { sum: 0, count: 0, nonzero: 0, unit: one, step: COARSEST, low: i64::MAX, high: i64::MIN }
    }

    #[inline]
    pub fn add(&mut self, FieldCell { value, unit, step }: FieldCell) {
        self.sum += i128::from(value);
        self.count += 1;
        self.nonzero += i64::from(value != 0);
        self.unit = self.unit.min(unit);
        self.step = self.step.min(step);
        self.low = self.low.min(value);
        self.high = self.high.max(value);
    }
}

/// A miss as a share of the total, in thousandths.
pub(super) fn miss_by(off: i128, value: i128) -> u32 {
    // So far off, no more needs to be known, and the division is saved.
    if value == 0 || off > value {
        return FAR;
    }
    u32::try_from(off.saturating_mul(1000).saturating_add(value - 1) / value).unwrap_or(FAR)
}

/// How far a sum may be off because of rounding: half a unit for the total and for each part (the interval sum of
/// XBRL Calculations 1.1), but no more than rounding is likely to leave. The errors of k parts grow with the square
/// root of k.
pub(super) fn slack(unit: i64, count: i64) -> i128 {
    let most = (count + 1) / 2;
    let likely = 1 + (1.5 * (count as f64).sqrt()) as i64;
    i128::from(unit) * i128::from(most.min(likely).max(1))
}

/// What a row says of `total = Σ parts`.
pub(super) fn sum_says(field: &Field, total: usize, parts: &[usize], row: usize) -> Says {
    let Some(sought) = Sought::of(field, total, row) else { return Says::Nothing };
    let value = i128::from(sought.value);
    let values = field.values(row);
    let numbers = parts.iter().filter_map(|line| values.get(*line)).filter(|value| **value != NO_NUMBER);
    let (sum, count) =
        numbers.fold((0_i128, 0_i64), |(sum, count), value| (sum + i128::from(*value), count + 1));
    if count == 0 {
        return if value == 0 { Says::Holds(0.0) } else { Says::Misses { by: FAR, bits: NO_PARTS } };
    }
    let off = (sum - value).abs();
    // Of the parts of most rows that miss, no more has to be known than their sum.
    let near = Some(()).filter(|()| off <= i128::from(sought.most_off(count)));
    let held = near.and_then(|()| sought.is_sum(&tally(field, parts.iter().copied(), row)));
    held.map_or_else(|| Says::Misses { by: miss_by(off, value.abs()), bits: MISS }, Says::Holds)
}

/// A number whose parts are looked for in its row.
pub(super) struct Sought {
    pub value: i64,
    unit: i64,
    grain: i64,
    /// What half the numbers of a sum can be off by together, at most, for each of them.
    loose: i64,
    /// Its row has negative numbers, so parts that exceed it may come back to it.
    pub signed: bool,
}

impl Sought {
    #[inline]
    pub fn of(field: &Field, total: usize, row: usize) -> Option<Sought> {
        let FieldCell { value, unit, .. } = field.cell(total, row)?;
        let grain = field.line(total).map_or(1, |l| l.grain);
        let loose = if is_coarse(grain, unit) { grain } else { unit.max(1) };
        Some(Sought { value, unit, grain, loose, signed: field.signed.get(row).copied().unwrap_or(true) })
    }

    /// The most that [`Sought::is_sum`] and [`Sought::is_mean`] can give for a line in a row.
    pub fn most(field: &Field, total: usize, row: usize, kind: AggregationKind) -> f32 {
        let Some(sought) = Sought::of(field, total, row).filter(|s| s.value != 0) else { return 0.0 };
        let value = i128::from(sought.value);
        match kind {
            AggregationKind::Average => {
                let spread = field.spread.get(row).copied().unwrap_or(i64::MAX);
                bits(0, step_of(sought.value).max(sought.unit), i128::from(spread))
            }
            AggregationKind::Sum => bits(0, sought.grain.max(1), value).max(ONE_PART),
            _ => bits(0, step_of(sought.value).max(sought.unit), value).max(PLAIN),
        }
    }

    /// The most that a sum of so many numbers can be off: slack is never more than half a unit for each number and the total.
    #[inline]
    pub fn most_off(&self, count: i64) -> i64 {
        self.loose * ((count + 1) / 2).max(1)
    }

    /// Whether so many parts that come to this can make it their sum. What comes near is found by the last bits of a sum that
    /// is too large.
    #[inline]
    pub fn may_be_sum(&self, sum: i64, count: i64) -> bool {
        sum.wrapping_sub(self.value).unsigned_abs() <= self.most_off(count).unsigned_abs()
    }

    /// The same of their mean.
    #[inline]
    pub fn may_be_mean(&self, sum: i64, count: i64) -> bool {
        let off = sum.wrapping_sub(self.value.wrapping_mul(count)).unsigned_abs();
        off <= (self.unit * count + 1).unsigned_abs() / 2
    }

    /// What it is worth that parts add up to it, if they do.
    #[inline]
    pub fn is_sum(&self, t: &FamilyTally) -> Option<f32> {
        let off = (t.sum - i128::from(self.value)).abs();
        if off > i128::from(self.most_off(t.count)) { None } else { self.is_near(t, off) }
    }

    fn is_near(&self, t: &FamilyTally, off: i128) -> Option<f32> {
        let &Sought { value, unit, grain, .. } = self;
        // A total may be printed with fewer decimals than its parts.
        let own = if unit > t.unit { i128::from(unit / 2) } else { 0 };
        let holds = off <= slack(t.unit.min(unit).max(coarse(grain, unit, t)), t.count).max(own);
        holds.then(|| match t.nonzero {
            0 => 0.0,
            1 => ONE_PART,
            _ => bits(off, grain.max(step_of(value).min(t.step)), i128::from(value)),
        })
    }

    /// What it is worth that it is the mean of parts, to within half a unit of its last digit, if it is.
    #[inline]
    pub fn is_mean(&self, t: &FamilyTally) -> Option<f32> {
        let count = i128::from(t.count);
        let off = (t.sum - i128::from(self.value) * count).abs();
        let holds = off * 2 <= i128::from(self.unit) * count + 1;
        holds.then(|| match t.nonzero {
            0 => 0.0,
            1 if t.count < 2 => 0.0,
            _ => bits(0, step_of(self.value).max(self.unit), i128::from(t.high) - i128::from(t.low)),
        })
    }
}

/// The unit of figures that are printed to the nearest 5 or 10.
fn coarse(grain: i64, unit: i64, parts: &FamilyTally) -> i64 {
    if is_coarse(grain, unit) && parts.sum % i128::from(grain) == 0 { grain } else { 1 }
}

fn is_coarse(grain: i64, unit: i64) -> bool {
    unit == 1 && (2..=10).contains(&grain)
}

/// What a row says of `total × count = Σ parts`.
pub(super) fn mean_says(field: &Field, total: usize, parts: &[usize], row: usize) -> Says {
    let Some(sought) = Sought::of(field, total, row) else { return Says::Nothing };
    let t = tally(field, parts.iter().copied(), row);
    if t.count == 0 {
        return Says::Nothing;
    }
    sought.is_mean(&t).map_or(Says::Misses { by: FAR, bits: MISS }, Says::Holds)
}

/// What every row says. A row that merely repeats an earlier one adds little.
pub(super) fn hear(field: &Field, total: usize, parts: &[usize], says: impl Fn(usize) -> Says) -> Vec<Says> {
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    (0..field.m)
        .map(|row| {
            let said = says(row);
            match said {
                Says::Holds(bits) if bits > REPEATED => {
                    let mark = print(field, total, parts, row, bits > ONE_PART);
                    if seen.insert(mark) { said } else { said.at_most(REPEATED) }
                }
                _ => said,
            }
        })
        .collect()
}

/// A hash (FNV-1a) of the values of a row. With `proportions` it is one of their proportions, so that a row of
/// percentages, or of the same figures scaled, does not count as a second witness.
fn print(field: &Field, total: usize, parts: &[usize], row: usize, proportions: bool) -> u64 {
    let whole = field.value(total, row).filter(|v| *v != 0);
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for &line in parts.iter().chain([&total]) {
        let value = field.value(line, row).unwrap_or(0);
        let mark = match whole {
            Some(whole) if proportions => (value as f64 / whole as f64 * PROPORTIONS).round() as i64,
            _ => value,
        };
        hash = (hash ^ mark as u64).wrapping_mul(0x0100_0000_01b3);
        hash ^= hash >> 29;
    }
    hash
}

/// Lowers the bits of rows that are nearly in proportion to the row before. Where one of two such rows agrees, the
/// other agrees as well, so it proves no more than its difference from the first.
pub(super) fn departing(field: &Field, total: usize, parts: &[usize], says: &mut [Says]) {
    let mut before: Option<usize> = None;
    for (row, said) in says.iter_mut().enumerate() {
        if !matches!(said, Says::Holds(bits) if *bits > ONE_PART) {
            continue;
        }
        if let Some(before) = before.replace(row) {
            *said = said.at_most((1.0 + departure(field, total, parts, (before, row))).log2() as f32);
        }
    }
}

/// How far the parts of one row differ from those of another in proportion, in units of the last digit.
fn departure(field: &Field, total: usize, parts: &[usize], rows: (usize, usize)) -> f64 {
    let value = |line: usize, row: usize| field.value(line, row).unwrap_or(0) as f64;
    let scale = value(total, rows.1) / value(total, rows.0);
    let far = |line: &usize| {
        (value(*line, rows.1) - scale * value(*line, rows.0)).abs() / field.unit(*line, rows.1) as f64
    };
    parts.iter().map(far).fold(0.0, f64::max)
}

/// The rows of a family, where they give more bits than `cost`. The best stretch of rows decides; further stretches
/// are added to it.
pub(super) fn weigh(
    kind: AggregationKind,
    total: usize,
    parts: &[usize],
    cost: f32,
    says: &[Says],
) -> Option<Family> {
    let stretches = stretches(says);
    let best = stretches.iter().map(|s| s.2).fold(f32::MIN, f32::max);
    let witnesses = says.iter().filter(|s| matches!(s, Says::Holds(bits) if *bits > 1.0)).count();
    let cost = cost + LONELY.get(witnesses).copied().unwrap_or(0.0);
    if best < cost {
        return None;
    }
    let mut rows = Vec::new();
    let mut last = 0;
    for (from, to, score) in stretches {
        if score < AGAIN.min(cost) && score < best {
            continue;
        }
        let inner = from..to;
        let from = grow(says, (last..from).rev()).unwrap_or(from);
        let end = grow(says, to..says.len()).map_or(to, |e| e + 1);
        for (row, said) in says.iter().enumerate().take(end).skip(from.max(last)) {
            match said {
                Says::Holds(_) => rows.push(row),
                Says::Misses { by, .. } if *by <= if inner.contains(&row) { SLIP } else { HAIR } => {
                    rows.push(row)
                }
                _ => {}
            }
        }
        last = end;
    }
    Some(Family { kind, total, parts: parts.to_vec(), rows, score: best - cost, cost })
}

/// The last row of `rows` that holds, if no row before it misses.
fn grow(says: &[Says], rows: impl Iterator<Item = usize>) -> Option<usize> {
    let mut reached = None;
    for row in rows {
        match says.get(row) {
            Some(Says::Holds(..)) => reached = Some(row),
            Some(Says::Nothing) => {}
            Some(Says::Misses { by, .. }) if *by <= HAIR => reached = Some(row),
            _ => break,
        }
    }
    reached
}

/// The stretches of rows that give the most bits, each from its first gain to its last, without overlap: all maximal
/// scoring subsequences (Ruzzo and Tompa, 1999). Each is (from, to, bits), `to` not included.
fn stretches(says: &[Says]) -> Vec<(usize, usize, f32)> {
    // Each entry holds the start row, the end row, the total before it and the total at its end.
    let mut stack: Vec<(usize, usize, f32, f32)> = Vec::new();
    let mut total = 0.0f32;
    for (row, said) in says.iter().enumerate() {
        let bits = said.bits();
        let before = total;
        total += bits;
        if bits <= 0.0 {
            continue;
        }
        let mut entry = (row, row + 1, before, total);
        while let Some(j) = stack.iter().rposition(|e| e.2 < entry.2) {
            if stack.get(j).is_none_or(|e| e.3 >= entry.3) {
                break;
            }
            if let Some(e) = stack.get(j) {
                entry = (e.0, entry.1, e.2, entry.3);
            }
            stack.truncate(j);
        }
        stack.push(entry);
    }
    stack.into_iter().map(|(from, to, before, after)| (from, to, after - before)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_part_at_long_misses() {
        let gain = |b| Says::Holds(b);
        let miss = Says::Misses { by: FAR, bits: -4.0 };
        let says = [gain(3.0), miss, gain(9.0), miss, miss, miss, gain(5.0), Says::Nothing, gain(2.0)];
        assert_eq!(stretches(&says), vec![(0, 1, 3.0), (2, 3, 9.0), (6, 9, 7.0)]);
    }

    #[test]
    fn slack_grows_slowly() {
        assert_eq!(slack(1, 2), 1);
        assert_eq!(slack(1, 9), 5);
        assert_eq!(slack(1, 100), 16);
    }

    #[test]
    fn long_numbers_prove_more() {
        assert!(bits(0, 1, 100_000) > bits(0, 1, 10));
        assert!(bits(3, 1, 100_000) < bits(0, 1, 100_000));
    }
}
