//! Places the values of rows in flattened text whose blank cells were lost (CF801). With m values in n columns there
//! are C(n, m) ways. Column totals rule some of them out. The others are ranked by the widths of the gaps, the lines
//! that the values stood on, and the sizes of the values in full rows.

use crate::model::exact::Exact;
use crate::model::quantity::Unit;
use crate::model::table::LostBlanks;

/// The values of a row, with what is known of the gaps between them.
#[derive(Clone, Debug)]
pub(crate) struct Holed {
    /// The row in the grid.
    pub(crate) row: usize,
    /// The values; `None` stands for a mark.
    pub(crate) values: Vec<Option<Exact>>,
    /// How many more spaces than usual stand before each value and behind the last; `None` where a line ended.
    pub(crate) gaps: Vec<Option<usize>>,
    /// The number of values on each line.
    pub(crate) groups: Vec<usize>,
    /// Values of different units do not add up together.
    pub(crate) unit: Unit,
    /// It is called a total, so it is no part of one.
    pub(crate) is_total: bool,
}

/// The most placements that are kept, and the most that are tried in one table.
const KEPT: usize = 64;
const LOOKED_AT: usize = 100_000;

/// Places the values of every row that has fewer than `cols`. The last full row that is called a total gives the
/// sums. Returns the columns of each row's values, whether or not a placement meets the totals.
pub(crate) fn place(rows: &[Holed], cols: usize, total: Option<usize>) -> Vec<(LostBlanks, Vec<usize>)> {
    let full: Vec<&Holed> =
        rows.iter().filter(|r| r.values.len() == cols && Some(r.row) != total).take(8).collect();
    let mut lost = Vec::new();
    let mut options: Vec<(usize, Vec<Vec<usize>>)> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if row.values.is_empty() || row.values.len() >= cols {
            continue;
        }
        let mut ways = ways(row.values.len(), cols, if options.len() < WEIGHED { 5000 } else { 1 });
        ways.sort_by_cached_key(|way| cost(row, way, cols, &full));
        options.push((index, ways));
    }
    let admitted = total.and_then(|t| admitted(rows, cols, t, &options));
    for (at, (index, ways)) in options.into_iter().enumerate() {
        let Some(row) = rows.get(index) else { continue };
        let placements = choose(cols, row.values.len());
        let best = ways.first().cloned().unwrap_or_default();
        let kept = admitted
            .as_ref()
            .filter(|_| total.is_some_and(|t| same_unit(rows, t, row)))
            .and_then(|a| a.get(at))
            .map(|flags| {
                ways.iter().zip(flags).filter(|(_, ok)| **ok).map(|(way, _)| way.clone()).collect::<Vec<_>>()
            });
        let count = kept.as_ref().map_or(placements, |k| k.len() as u64);
        let mut columns = kept.unwrap_or(ways);
        columns.truncate(KEPT);
        let best = columns.first().cloned().unwrap_or(best);
        lost.push((LostBlanks { row: row.row, placements, admitted: count, columns }, best));
    }
    lost
}

/// How many rows have their placements compared. In later rows the values stand as far left as they can.
const WEIGHED: usize = 500;

fn same_unit(rows: &[Holed], total: usize, row: &Holed) -> bool {
    !row.is_total && rows.iter().any(|r| r.row == total && r.unit == row.unit)
}

/// The number of ways to choose m of n, or the largest number where that is too large.
fn choose(n: usize, m: usize) -> u64 {
    (1..=m.min(n)).fold(1u64, |c, i| c.saturating_mul((n - m.min(n) + i) as u64) / i as u64)
}

/// Every increasing sequence of `m` of `n` columns. Where there are too many, only the leftmost.
fn ways(m: usize, n: usize, most: u64) -> Vec<Vec<usize>> {
    let mut ways = Vec::new();
    if choose(n, m) > most {
        ways.push((0..m).collect());
        return ways;
    }
    let mut way: Vec<usize> = (0..m).collect();
    loop {
        ways.push(way.clone());
        let Some(at) = (0..m).rev().find(|i| way.get(*i).is_some_and(|c| *c < n - m + i)) else {
            return ways;
        };
        let next = way.get(at).map_or(0, |c| c + 1);
        for (offset, slot) in way.iter_mut().skip(at).enumerate() {
            *slot = next + offset;
        }
    }
}

/// How badly a placement fits the gaps and, among equals, how badly it fits the sizes in full rows.
fn cost(row: &Holed, way: &[usize], cols: usize, full: &[&Holed]) -> (usize, u64) {
    let mut cost = 0;
    let mut before = 0;
    for (at, gap) in row.gaps.iter().enumerate() {
        let col = way.get(at).copied().unwrap_or(cols);
        let holes = col - before.min(col);
        before = col + 1;
        cost += gap.map_or(0, |g| holes.abs_diff(g)) * 2;
    }
    if let Some(like) = full.iter().find(|f| f.groups.len() == row.groups.len() && row.groups.len() > 1) {
        cost += outside(&row.groups, &like.groups, way);
    }
    (cost, distance(row, way, full))
}

/// How many values would leave the block of columns that their line has in a full row.
fn outside(groups: &[usize], like: &[usize], way: &[usize]) -> usize {
    let (mut value, mut start, mut outside) = (0, 0, 0);
    for (count, width) in groups.iter().zip(like) {
        let cols = way.iter().skip(value).take(*count);
        outside += cols.filter(|c| !(start..start + width).contains(*c)).count();
        value += count;
        start += width;
    }
    outside * 3
}

/// How far the values are from those of full rows in the same columns, relative to their size.
fn distance(row: &Holed, way: &[usize], full: &[&Holed]) -> u64 {
    let size = |v: &Option<Exact>| {
        v.as_ref().and_then(|v| v.floor().to_i128()).map_or(0, |v| v.clamp(0, 1 << 60) as u64)
    };
    let mut sum = 0u64;
    for (value, col) in row.values.iter().zip(way) {
        for other in full.iter().filter_map(|f| f.values.get(*col)) {
            let (a, b) = (size(value), size(other));
            sum += a.abs_diff(b).saturating_mul(1000) / (a + b + 1);
        }
    }
    sum
}

/// For every row with lost blanks, which of its ways are part of a placement of all rows that meets the totals.
/// `None` where there are too many to tell.
fn admitted(
    rows: &[Holed],
    cols: usize,
    total: usize,
    options: &[(usize, Vec<Vec<usize>>)],
) -> Option<Vec<Vec<bool>>> {
    let sums = rows.iter().find(|r| r.row == total && r.values.len() == cols)?;
    let mut left: Vec<Exact> = sums.values.iter().map(|v| v.clone().unwrap_or(Exact::ZERO)).collect();
    let sized = |(index, ways): &(usize, Vec<Vec<usize>>)| {
        rows.get(*index).is_some_and(|r| ways.len() as u64 == choose(cols, r.values.len()))
    };
    if options.len() > 64 || !options.iter().all(sized) {
        return None;
    }
    for row in
        rows.iter().filter(|r| r.row != total && r.values.len() == cols && r.unit == sums.unit && !r.is_total)
    {
        for (slot, value) in left.iter_mut().zip(&row.values) {
            *slot = &*slot - &value.clone().unwrap_or(Exact::ZERO);
        }
    }
    let mut search = BlankSearch {
        rows,
        unit: sums.unit,
        options,
        flags: options.iter().map(|(_, ways)| vec![false; ways.len()]).collect(),
        path: Vec::new(),
        steps: 0,
    };
    search.go(0, left);
    (search.steps < LOOKED_AT).then_some(search.flags)
}

struct BlankSearch<'a> {
    rows: &'a [Holed],
    unit: Unit,
    options: &'a [(usize, Vec<Vec<usize>>)],
    flags: Vec<Vec<bool>>,
    path: Vec<usize>,
    steps: usize,
}

impl BlankSearch<'_> {
    /// Searches depth first over the rows. `left` is what is missing from the totals.
    fn go(&mut self, depth: usize, left: Vec<Exact>) {
        self.steps += 1;
        if self.steps >= LOOKED_AT || left.iter().any(Exact::is_negative) {
            return;
        }
        let options = self.options;
        let Some((index, ways)) = options.get(depth) else {
            if left.iter().all(Exact::is_zero) {
                for (flags, way) in self.flags.iter_mut().zip(&self.path) {
                    if let Some(flag) = flags.get_mut(*way) {
                        *flag = true;
                    }
                }
            }
            return;
        };
        let Some(row) = self.rows.get(*index) else { return };
        if row.unit != self.unit || row.is_total {
            self.path.push(usize::MAX);
            self.go(depth + 1, left);
            self.path.pop();
            return;
        }
        for (at, way) in ways.iter().enumerate() {
            let mut next = left.clone();
            for (value, col) in row.values.iter().zip(way) {
                if let (Some(slot), Some(value)) = (next.get_mut(*col), value) {
                    *slot = &*slot - value;
                }
            }
            self.path.push(at);
            self.go(depth + 1, next);
            self.path.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(row: usize, values: &[i128]) -> Holed {
        let values = values.iter().map(|v| Some(Exact::from(*v))).collect();
        let (gaps, groups) = (Vec::new(), Vec::new());
        Holed { row, values, gaps, groups, unit: Unit::Count, is_total: false }
    }

    #[test]
    fn totals_leave_one_placement() {
        let rows = [row(1, &[1, 1]), row(2, &[3]), row(3, &[2, 4, 3]), row(4, &[6, 5, 3])];
        let lost = place(&rows, 3, Some(4));
        assert_eq!(lost.len(), 2);
        assert_eq!((lost[0].0.placements, lost[0].0.admitted, lost[0].1.clone()), (3, 1, vec![0, 1]));
        assert_eq!((lost[1].0.placements, lost[1].0.admitted, lost[1].1.clone()), (3, 1, vec![0]));
    }

    #[test]
    fn gaps_order_what_totals_do_not_decide() {
        let mut holed = row(1, &[21, 35, 11, 2, 4]);
        holed.gaps = vec![Some(0), Some(0), Some(1), Some(0), Some(0), Some(0)];
        let lost = place(&[row(0, &[16, 33, 4, 28, 1, 9]), holed], 6, None);
        assert_eq!((lost[0].0.placements, lost[0].0.admitted), (6, 6));
        assert_eq!(lost[0].1, [0, 1, 3, 4, 5]);
    }

    #[test]
    fn no_placement_meets_wrong_totals() {
        let lost = place(&[row(1, &[1]), row(2, &[5, 5])], 2, Some(2));
        assert_eq!((lost[0].0.placements, lost[0].0.admitted), (2, 0));
        assert!(lost[0].0.columns.is_empty());
    }
}
