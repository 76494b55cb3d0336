//! The shares of a whole from the shares of its groups (CF205).
//!
//! In one group the count of a category is a whole number in a range. Where the group's shares make all of it, the
//! other categories must be able to make up the rest; as their sums run through all whole numbers between their least
//! and greatest, what is left for the category is again a range, and every count in it can occur. The groups are
//! independent, so that the sum over the groups is a range too: for one category the test is exact. Categories of one
//! row are tested apart, which admits more than the true combinations and so never accuses falsely.

use super::hamilton::Range;
use super::interval::{last_place, percent_domain, plain};
use super::partition::{can_force, can_total, can_truncate, count_range, count_ranges, totals};
use super::text::{covers, join, number};
use super::{Convention, Fit, Outcome, text};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::Quantity;

/// A part of the whole: how many cases it has and how they divide.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// The number of cases: a whole number, not negative.
    pub size: Exact,
    /// The share of each category, in the order of the overall shares.
    pub shares: &'a [Quantity],
    /// Whether the shares make up all of the group.
    pub exhaustive: bool,
}

/// Each overall share against the groups' shares, in whole cases: one outcome for each of `overall`. A convention is
/// admitted only where it explains the whole row of overall shares.
pub fn recombine(groups: &[Group], overall: &[Quantity]) -> Vec<Outcome> {
    let n: Exact = groups.iter().map(|g| g.size.clone()).sum();
    if n <= Exact::ZERO || groups.iter().any(|g| g.size.is_negative() || !g.size.is_whole()) {
        return overall.iter().map(|_| Outcome::undecided("a group has no whole number of cases")).collect();
    }
    let counts: Vec<Vec<Range>> = groups.iter().map(|g| group_counts(g, overall.len())).collect();
    let sums: Vec<Range> = (0..overall.len()).map(|j| added(&counts, j)).collect();
    let convention = row_convention(overall, &n, &sums);
    let working = |j: usize| join(counts.iter().filter_map(|c| c.get(j)).map(show), counts.len(), " + ");
    let each = overall.iter().zip(&sums).enumerate();
    each.map(|(j, (share, sum))| outcome(share, &n, sum, convention, &working(j))).collect()
}

fn show((low, high): &Range) -> String {
    text::run(low, high)
}

fn added(counts: &[Vec<Range>], category: usize) -> Range {
    let of: Vec<Range> = counts.iter().filter_map(|c| c.get(category).cloned()).collect();
    totals(&of)
}

/// The range of counts of each category in a group.
fn group_counts(group: &Group, categories: usize) -> Vec<Range> {
    let n = &group.size;
    let ranges = count_ranges(group.shares, n);
    let consistent = can_total(&ranges, n);
    let (least, most) = totals(&ranges);
    let tightened = |(low, high): &Range| {
        let others_least = &least - low;
        let others_most = &most - high;
        (low.clone().max(n - &others_most), high.clone().min(n - &others_least))
    };
    (0..categories)
        .map(|j| match (ranges.get(j), group.shares.get(j)) {
            (Some(range), _) if consistent && group.exhaustive => tightened(range),
            (Some(range), Some(share)) if range.0 > range.1 => loose(share, n),
            (Some(range), _) => range.clone(),
            _ => (Exact::ZERO, n.clone()),
        })
        .collect()
}

/// The counts of a share that no whole count rounds to: anything within a unit of it, as other ways of rounding give.
fn loose(share: &Quantity, n: &Exact) -> Range {
    let d = percent_domain(share);
    let unit = last_place(share);
    let wide = Domain { low: d.low.map(|x| &x - &unit), high: d.high.map(|x| &x + &unit), ..d };
    let (low, high) = count_range(&wide, n);
    if low <= high { (low, high) } else { (Exact::ZERO, n.clone()) }
}

fn outcome(
    share: &Quantity,
    n: &Exact,
    sum: &Range,
    convention: Option<Convention>,
    working: &str,
) -> Outcome {
    if share.value.is_none() {
        return Outcome::undecided("the overall share is not given");
    }
    let percent = |count: &Exact| &(count * &Exact::from(100)) * &n_inverse(n);
    let (low, high) = (percent(&sum.0), percent(&sum.1));
    let (first, last) = count_range(&percent_domain(share), n);
    let fit = if sum.0 == sum.1 && plain(share) == Some(&low) {
        Fit::Exact
    } else if first.max(sum.0.clone()) <= last.min(sum.1.clone()) {
        Fit::ByRounding
    } else {
        convention.map_or(Fit::Fails, Fit::ByConvention)
    };
    let shown = if low == high {
        format!("{}%", number(&low, 2))
    } else {
        format!("{}% to {}%", number(&low, 2), number(&high, 2))
    };
    let computed = if low == high {
        format!("{}%", low.to_decimal(2))
    } else {
        format!("[{}%, {}%]", low.to_decimal(2), high.to_decimal(2))
    };
    let line = format!("({working}) ÷ {} = {shown}, {}", number(n, 0), covers(share));
    Outcome::new(fit, computed, line)
}

fn n_inverse(n: &Exact) -> Exact {
    Exact::from(1).checked_div(n).unwrap_or(Exact::ZERO)
}

/// A convention under which all the overall shares can come from the counts.
fn row_convention(overall: &[Quantity], n: &Exact, sums: &[Range]) -> Option<Convention> {
    if can_truncate(overall, n, sums) {
        return Some(Convention::Truncation);
    }
    can_force(overall, n, sums).then_some(Convention::LargestRemainder)
}
