//! Collects votes: each row of a field votes for the parts that would make its number the total of them.

use super::field::Field;
use crate::model::aggregation::AggregationKind;

/// How many rows are asked for proposals.
const SAMPLE: usize = 160;
/// How many cells are asked for proposals, where the field has few lines.
const BUDGET: usize = 120_000;
/// Among more rows than this, no few can be left out because of what they can give.
const FEW: usize = 24;
const COST_BASE: f32 = 4.0;
const COST_TRIED: f32 = 1.0;
/// A line that is called a total needs so many bits less.
const TOTAL_WORD: f32 = 7.0;
/// A line that is called an average needs so many bits less.
const MEAN_WORD: f32 = 9.0;
/// A line that is called a share, a mean or a change needs so many bits more where a sum is proposed.
const OTHER_WORD: f32 = 3.0;

/// What rows vote for, with the bits of each vote. The key has a meaning for the proposer only.
pub(super) type Votes = Vec<(u64, f32)>;

/// The lines of a field that can be totals, and the rows that are asked for their votes.
pub(super) struct Poll<'a> {
    field: &'a Field,
    /// The lines that can be totals, in order.
    pub totals: Vec<usize>,
    rows: Vec<usize>,
    base: f32,
}

impl<'a> Poll<'a> {
    /// Asks a sample of the rows. `more` are the bits that these proposals need beyond what every family needs.
    pub fn of(field: &'a Field, more: f32) -> Poll<'a> {
        let totals = field.usable();
        let base = base_cost(field, totals.len()) + more;
        Poll { rows: sample(field), field, totals, base }
    }

    /// Asks at most so many of the rows, evenly spread. `most` is called with the number of lines.
    pub fn asking(mut self, most: impl Fn(usize) -> usize) -> Poll<'a> {
        let step = self.rows.len().div_ceil(most(self.totals.len())).max(1);
        self.rows = self.rows.into_iter().step_by(step).collect();
        self
    }

    /// How many bits a family of this total needs.
    pub fn cost(&self, total: usize, kind: AggregationKind) -> f32 {
        self.base - licence(self.field, total, kind)
    }

    /// The lines at most `window` places before or after one. Where there are at most `all` lines, it is all of them.
    pub fn near(&self, place: usize, window: usize, all: usize) -> &[usize] {
        let window = if self.totals.len() <= all { all } else { window };
        let last = (place + window + 1).min(self.totals.len());
        self.totals.get(place.saturating_sub(window)..last).unwrap_or_default()
    }

    /// The votes of all rows by their keys. The bits of equal votes are added up. There are none where none can come to
    /// `least` bits. `most` tells how many bits a row can give to one key; where there are few rows, those that can give
    /// the most are asked first, and mostly no other has to be asked.
    pub fn votes(
        &self,
        least: f32,
        most: impl Fn(usize) -> f32,
        mut ask: impl FnMut(usize, &mut Votes),
    ) -> Votes {
        let mut votes = Votes::new();
        if self.rows.len() > FEW {
            self.rows.iter().for_each(|row| ask(*row, &mut votes));
            return added(votes);
        }
        let mut rows: Vec<(usize, f32)> = self.rows.iter().map(|row| (*row, most(*row))).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut open: f32 = rows.iter().map(|(_, most)| most).sum();
        // Bits are added up in another order here than those that decide.
        let least = least - 0.01;
        let mut asked: Vec<(usize, Votes)> = Vec::new();
        for (row, most) in rows {
            let best = |asked: &[(usize, Votes)]| best(asked.iter().flat_map(|(_, votes)| votes));
            if open < least && best(&asked) + open < least {
                return Votes::new();
            }
            let mut of_row = Votes::new();
            ask(row, &mut of_row);
            asked.push((row, of_row));
            open -= most;
        }
        asked.sort_by_key(|(row, _)| *row);
        added(asked.into_iter().flat_map(|(_, votes)| votes).collect())
    }
}

/// Adds up the bits of equal votes.
fn added(mut votes: Votes) -> Votes {
    votes.sort_by_key(|v| v.0);
    votes.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    votes
}

/// The most bits that a key has.
fn best<'a>(votes: impl Iterator<Item = &'a (u64, f32)>) -> f32 {
    added(votes.copied().collect()).into_iter().map(|(_, bits)| bits).fold(0.0, f32::max)
}

/// The numbers other than zero that lines have in a row, each with its line. The total's own line is left out.
pub(super) fn others(field: &Field, lines: &[usize], total: usize, row: usize) -> Vec<(i64, usize)> {
    let number = |&line: &usize| field.value(line, row).filter(|v| *v != 0).map(|v| (v, line));
    lines.iter().filter(|line| **line != total).filter_map(number).collect()
}

/// The bits that any family of a field needs. The more families are tried, the more of them agree by chance.
fn base_cost(field: &Field, usable: usize) -> f32 {
    let tried = (usable.max(2) * field.m.max(1)) as f32;
    COST_BASE + COST_TRIED * tried.log2()
}

/// How many bits less, or more, a result needs because of its label.
fn licence(field: &Field, total: usize, kind: AggregationKind) -> f32 {
    let Some(hints) = field.line(total).map(|l| l.hints) else { return 0.0 };
    match kind {
        AggregationKind::Sum if hints.total => TOTAL_WORD,
        AggregationKind::Sum if hints.mean || hints.change => -OTHER_WORD,
        AggregationKind::Average if hints.mean => MEAN_WORD,
        AggregationKind::Average if hints.total => -OTHER_WORD,
        AggregationKind::Division if hints.share => 4.0,
        AggregationKind::RelativeChange if hints.change || hints.share => 4.0,
        _ => 0.0,
    }
}

/// The rows that proposals are drawn from, evenly spread.
fn sample(field: &Field) -> Vec<usize> {
    let most = SAMPLE.max(BUDGET / field.n.max(1));
    let step = field.m.div_ceil(most).max(1);
    (0..field.m).step_by(step).collect()
}
