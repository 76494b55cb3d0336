//! Shares of one whole that together make all of it: do they total 100 (CF201), and can whole cases make them (CF202)?

use super::hamilton::Range;
use super::interval::{first_whole, last_place, last_whole, percent_domain, plain, truncated};
use super::text::{added, interval, join, number, printed, range, run};
use super::{Convention, Fit, Outcome, hamilton, text};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::Quantity;

/// No more sizes of the whole than this are tried.
const SIZES: i128 = 5_000;
/// Nor more shares times sizes than this.
const WORK: i128 = 1_000_000;
/// No more feasible sizes are listed.
const LISTED: usize = 64;

/// Σ shares = 100 within their rounding (CF201). A share printed as 0% or 100% is rounded too, but only inwards, so
/// that correctly rounded shares never fail.
pub fn partition(shares: &[Quantity]) -> Outcome {
    if shares.is_empty() {
        return Outcome::undecided("no shares to add");
    }
    let hundred = Domain::point(Exact::from(100));
    let covered = shares.iter().map(share_domain).fold(Domain::point(Exact::ZERO), |sum, d| sum.add(&d));
    let fit = match sum_printed(shares) {
        Some(sum) if sum == Exact::from(100) => Fit::Exact,
        _ if covered.intersects(&hundred) => Fit::ByRounding,
        _ if shares
            .iter()
            .map(cut_off)
            .try_fold(Domain::point(Exact::ZERO), |s, d| Some(s.add(&d?)))
            .is_some_and(|d| d.intersects(&hundred)) =>
        {
            Fit::ByConvention(Convention::Truncation)
        }
        _ => Fit::Fails,
    };
    let sum = sum_printed(shares).map(|sum| format!(" = {}%", number(&sum, 4))).unwrap_or_default();
    let place = if covered.intersects(&hundred) { "within" } else { "outside" };
    let line = format!("{}{sum}; 100% is {place} {}", added(shares), interval(&covered));
    let computed = sum_printed(shares).map_or_else(|| text::computed(&covered, 4), |sum| sum.to_decimal(4));
    Outcome::new(fit, computed, line)
}

/// The sum of plainly printed percentages.
fn sum_printed(shares: &[Quantity]) -> Option<Exact> {
    shares.iter().map(|q| plain(q).cloned()).sum()
}

/// What a share of a whole can have been: between 0 and 100.
fn share_domain(q: &Quantity) -> Domain {
    within_whole(percent_domain(q))
}

fn cut_off(q: &Quantity) -> Option<Domain> {
    truncated(q).map(within_whole)
}

fn within_whole(mut d: Domain) -> Domain {
    let hundred = Exact::from(100);
    if d.high.as_ref().is_none_or(|x| *x > hundred) {
        d.high = Some(hundred);
        d.high_open = false;
    }
    d
}

/// The whole counts of `n` cases whose share lies in `d`; empty where the first is above the second.
pub(crate) fn count_range(d: &Domain, n: &Exact) -> Range {
    let cases = |percent: &Exact| &(n * percent) * &Exact::ratio(1, 100);
    let low = d.low.as_ref().map_or(Exact::ZERO, |x| first_whole(&cases(x), d.low_open));
    let high = d.high.as_ref().map_or_else(|| n.clone(), |x| last_whole(&cases(x), d.high_open));
    (low.max(Exact::ZERO), high)
}

/// The ranges of counts that give the shares of `n`, by rounding.
pub(crate) fn count_ranges(shares: &[Quantity], n: &Exact) -> Vec<Range> {
    shares.iter().map(|q| count_range(&share_domain(q), n)).collect()
}

/// Whether whole counts in the ranges can total `n`: each is a run of whole numbers, so that their sums are one too.
pub(crate) fn can_total(ranges: &[Range], n: &Exact) -> bool {
    let (low, high) = totals(ranges);
    ranges.iter().all(|(low, high)| low <= high) && low <= *n && *n <= high
}

/// The sums of the lower and of the upper ends.
pub(crate) fn totals(ranges: &[Range]) -> Range {
    (ranges.iter().map(|r| r.0.clone()).sum(), ranges.iter().map(|r| r.1.clone()).sum())
}

/// Are there whole counts that total `n` and round to the shares (CF202)? Tried again with digits cut off and with
/// the largest-remainder method before it fails. `n` must be a whole number above nought.
pub fn feasible(shares: &[Quantity], n: &Exact) -> Outcome {
    if shares.is_empty() || !n.is_whole() || *n <= Exact::ZERO {
        return Outcome::undecided("no shares, or no whole number of cases");
    }
    let ranges = count_ranges(shares, n);
    let fit = fit_of(shares, n, &ranges);
    let (low, high) = totals(&ranges);
    Outcome::new(fit, range(&low, &high), line_of(shares, n, &ranges, fit))
}

fn fit_of(shares: &[Quantity], n: &Exact, ranges: &[Range]) -> Fit {
    if can_total(ranges, n) {
        return if whole_cases(shares, n) { Fit::Exact } else { Fit::ByRounding };
    }
    if can_truncate(shares, n, &[]) {
        return Fit::ByConvention(Convention::Truncation);
    }
    if can_force(shares, n, &[]) {
        return Fit::ByConvention(Convention::LargestRemainder);
    }
    Fit::Fails
}

/// Whether the printed shares of `n` are whole cases as they stand, and all of them.
fn whole_cases(shares: &[Quantity], n: &Exact) -> bool {
    let cases: Option<Vec<Exact>> =
        shares.iter().map(|q| Some(&(plain(q)? * n) * &Exact::ratio(1, 100))).collect();
    cases.is_some_and(|c| c.iter().all(Exact::is_whole) && c.into_iter().sum::<Exact>() == *n)
}

/// Whether counts (within `bounds`, where given) total `n` and give the shares with their digits cut off.
pub(crate) fn can_truncate(shares: &[Quantity], n: &Exact, bounds: &[Range]) -> bool {
    let cut: Option<Vec<Range>> = shares.iter().map(|q| Some(count_range(&cut_off(q)?, n))).collect();
    cut.is_some_and(|ranges| can_total(&narrowed(ranges, bounds), n))
}

fn narrowed(ranges: Vec<Range>, bounds: &[Range]) -> Vec<Range> {
    let narrow = |(i, (low, high)): (usize, Range)| match bounds.get(i) {
        Some((from, to)) => (low.max(from.clone()), high.min(to.clone())),
        None => (low, high),
    };
    ranges.into_iter().enumerate().map(narrow).collect()
}

/// Whether counts (within `bounds`, where given) total `n` and give the shares by the largest-remainder method. A
/// share such as "<1%" counts as nought, of cases as few as it says.
pub(crate) fn can_force(shares: &[Quantity], n: &Exact, bounds: &[Range]) -> bool {
    let Some(unit) = shares.iter().map(last_place).min() else { return false };
    let in_units = |q: &Quantity| match truncated(q) {
        Some(_) => q.value.as_ref()?.checked_div(&unit),
        None => Some(Exact::ZERO),
    };
    let units: Option<Vec<Exact>> = shares.iter().map(in_units).collect();
    let own = |(i, q): (usize, &Quantity)| match (truncated(q), bounds.get(i)) {
        (Some(_), Some(range)) => range.clone(),
        (Some(_), None) => (Exact::ZERO, n.clone()),
        (None, _) => count_range(&share_domain(q), n),
    };
    let free = bounds.is_empty() && shares.iter().all(|q| truncated(q).is_some());
    let bounds: Vec<Range> = if free { Vec::new() } else { shares.iter().enumerate().map(own).collect() };
    let whole = Exact::from(100).checked_div(&unit);
    units.zip(whole).is_some_and(|(units, whole)| hamilton::admits(&units, &whole, n, &bounds))
}

fn line_of(shares: &[Quantity], n: &Exact, ranges: &[Range], fit: Fit) -> String {
    let n = number(n, 0);
    let list = join(shares.iter().map(printed), shares.len(), ", ");
    if let Fit::ByConvention(convention) = fit {
        let how = if convention == Convention::Truncation { "cut off" } else { "forced to total 100%" };
        return format!("{list} of {n} cannot be rounded shares, but can be shares {how}");
    }
    if let Some((q, _)) = shares.iter().zip(ranges).find(|(_, (low, high))| low > high) {
        return format!("{list} of {n}: no whole number of {n} cases rounds to {}", printed(q));
    }
    let show = |(low, high): &Range| run(low, high);
    let counts = join(ranges.iter().map(show), ranges.len(), " + ");
    let sum = show(&totals(ranges));
    let end = if fit == Fit::Fails { format!("not {n}") } else { format!("as printed {n}") };
    format!("{list} of {n} are {counts} = {sum} cases, {end}")
}

/// [`feasible`] for some `n` from `low` to `high`: the best fit, of the smallest `n` that has it.
pub fn feasible_range(shares: &[Quantity], low: &Exact, high: &Exact) -> Outcome {
    let (first, last) = (low.ceil().max(Exact::from(1)), high.floor());
    if shares.is_empty() || first > last {
        return Outcome::undecided("no shares, or no whole number of cases");
    }
    if first == last {
        return feasible(shares, &first);
    }
    let span = format!("{} to {}", number(&first, 0), number(&last, 0));
    let sum = partition(shares);
    if sum.fit == Fit::Fails {
        return Outcome::new(Fit::Fails, "", format!("{span} cases: none fits, as {}", sum.arithmetic));
    }
    let (sizes, complete) = sizes(&first, &last, shares.len());
    let mut by_convention = None;
    for n in sizes {
        match fit_of(shares, &n, &count_ranges(shares, &n)) {
            Fit::Exact | Fit::ByRounding => return feasible(shares, &n),
            Fit::ByConvention(_) if by_convention.is_none() => by_convention = Some(n),
            _ => {}
        }
    }
    match by_convention {
        Some(n) => feasible(shares, &n),
        None if complete => {
            Outcome::new(Fit::Fails, "", format!("none of {span} cases fits: {}", added(shares)))
        }
        None => Outcome::undecided(format!("{span} cases are too many to try")),
    }
}

/// The whole numbers from `first` to `last`, as many as may be tried, and whether these are all.
fn sizes(first: &Exact, last: &Exact, shares: usize) -> (Vec<Exact>, bool) {
    let allowed = (WORK / i128::try_from(shares.max(1)).unwrap_or(WORK)).clamp(1, SIZES);
    let wanted = &(last - first) + &Exact::from(1);
    let count = wanted.clone().min(Exact::from(allowed)).to_i128().unwrap_or(0).max(0);
    ((0..count).map(|i| first + &Exact::from(i)).collect(), wanted <= Exact::from(allowed))
}

/// The `n` from `low` to `high` of which whole cases round to the shares, smallest first, for the diagnosis: at most
/// 64 of them, out of the first 5,000.
pub fn feasible_totals(shares: &[Quantity], low: &Exact, high: &Exact) -> Vec<Exact> {
    let (first, last) = (low.ceil().max(Exact::from(1)), high.floor());
    if !matches!(partition(shares).fit, Fit::Exact | Fit::ByRounding) {
        return Vec::new();
    }
    let fits = |n: &Exact| can_total(&count_ranges(shares, n), n);
    sizes(&first, &last, shares.len()).0.into_iter().filter(fits).take(LISTED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::solve::testing::{percents, tenths, under_percent};

    fn fit(shares: &[i128], n: i128) -> Fit {
        feasible(&percents(shares), &Exact::from(n)).fit
    }

    #[test]
    fn shares_total_a_hundred_within_their_rounding() {
        let held = partition(&percents(&[6, 56, 34, 5]));
        assert_eq!((held.fit, held.computed.as_str()), (Fit::ByRounding, "101"));
        assert_eq!(held.arithmetic, "6% + 56% + 34% + 5% = 101%; 100% is within 99 to 103");
        let missed = partition(&percents(&[2, 39, 39, 7]));
        assert_eq!((missed.fit, missed.computed.as_str()), (Fit::Fails, "87"));
        assert_eq!(partition(&percents(&[25, 75])).fit, Fit::Exact);
    }

    #[test]
    fn less_than_one_is_an_open_interval() {
        let mut shares = percents(&[30, 15, 54]);
        shares.insert(1, under_percent(1));
        assert_eq!(partition(&shares).fit, Fit::ByRounding);
        assert_eq!(feasible(&shares, &Exact::from(165)).fit, Fit::ByRounding);
        let full = [percents(&[50, 50]), vec![under_percent(1)]].concat();
        assert_eq!(feasible(&full, &Exact::from(10)).fit, Fit::Fails);
    }

    #[test]
    fn unique_counts_that_miss_the_whole() {
        let missed = feasible(&percents(&[6, 56, 34, 5]), &Exact::from(103));
        assert_eq!((missed.fit, missed.computed.as_str()), (Fit::Fails, "[104, 104]"));
        assert_eq!(missed.arithmetic, "6%, 56%, 34%, 5% of 103 are 6 + 58 + 35 + 5 = 104 cases, not 103");
        assert_eq!(fit(&[13, 6, 6, 34, 43], 53), Fit::Fails);
        assert_eq!(fit(&[18, 4, 8, 28, 40], 50), Fit::Fails);
    }

    #[test]
    fn shares_that_whole_cases_make() {
        for (shares, n) in [(vec![5, 24, 16, 55], 197), (vec![33, 40, 25, 2], 60), (vec![34, 34, 32], 74)] {
            assert_eq!(fit(&shares, n), Fit::ByRounding, "{shares:?} of {n}");
        }
        assert_eq!(fit(&[25, 75], 4), Fit::Exact);
        assert_eq!(fit(&[100], 1), Fit::Exact);
    }

    #[test]
    fn conventions_are_tried_before_failing() {
        assert_eq!(fit(&[67, 27, 6], 15), Fit::ByConvention(Convention::LargestRemainder));
        // 66.67, 26.67 and 6.67, cut off.
        assert_eq!(fit(&[66, 26, 6], 15), Fit::ByConvention(Convention::Truncation));
        // 133, 533 and 334 thousandths of 7: one decimal, forced to 100.
        let tenth = [tenths(143), tenths(571), tenths(286)];
        assert_eq!(feasible(&tenth, &Exact::from(7)).fit, Fit::ByRounding);
    }

    #[test]
    fn sizes_that_fit() {
        let shares = percents(&[6, 56, 34, 5]);
        let fitting: Vec<String> =
            feasible_totals(&shares, &80.into(), &129.into()).iter().map(ToString::to_string).collect();
        assert_eq!(fitting.join(" "), "86 88 104 106 107 108 109 122 124 125 126 127");
        assert_eq!(feasible_range(&shares, &102.into(), &104.into()).fit, Fit::ByRounding);
        assert_eq!(feasible_range(&shares, &102.into(), &103.into()).fit, Fit::Fails);
        let anything = (Exact::from(1), Exact::ten_to(40));
        assert_eq!(feasible_range(&percents(&[2, 39, 39, 7]), &anything.0, &anything.1).fit, Fit::Fails);
        assert_eq!(feasible_range(&shares, &anything.0, &anything.1).computed, "[86, 86]");
    }
}
