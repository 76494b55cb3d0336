//! Properties: correctly made figures are never accused, and broken ones of known shape are found.

use super::testing::{count, counts, figure, percent, percents};
use super::*;
use crate::model::exact::Exact;
use crate::model::quantity::{Quantity, Unit};
use crate::model::statement::Direction;
use proptest::prelude::*;

/// 100·part÷whole rounded half up, half down or cut off, to `decimals`.
fn printed_share(part: i128, whole: i128, decimals: u8, way: Way) -> Quantity {
    let scale = 10i128.pow(decimals.into());
    let (n, d) = (100 * part * scale, whole);
    let units = match way {
        Way::HalfUp => (2 * n + d).div_euclid(2 * d),
        Way::HalfDown => -(d - 2 * n).div_euclid(2 * d),
        Way::Cut => n.div_euclid(d),
    };
    figure(Exact::ratio(units, scale), Unit::Percent, decimals)
}

#[derive(Clone, Copy, Debug)]
enum Way {
    HalfUp,
    HalfDown,
    Cut,
}

fn shares_of(parts: &[i128], decimals: u8, way: Way) -> Vec<Quantity> {
    let n = parts.iter().sum();
    parts.iter().map(|c| printed_share(*c, n, decimals, way)).collect()
}

/// The largest-remainder shares of the parts, ties to the first.
fn forced(parts: &[i128], decimals: u8) -> Vec<Quantity> {
    let (n, whole) = (parts.iter().sum::<i128>(), 100 * 10i128.pow(decimals.into()));
    let mut units: Vec<i128> = parts.iter().map(|c| whole * c / n).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|i| -(whole * parts[*i] % n));
    let missing = usize::try_from(whole - units.iter().sum::<i128>()).unwrap();
    for i in order.into_iter().take(missing) {
        units[i] += 1;
    }
    units.iter().map(|u| figure(Exact::ratio(100 * u, whole), Unit::Percent, decimals)).collect()
}

fn parts() -> impl Strategy<Value = Vec<i128>> {
    let sizes = prop_oneof![0i128..20, 0i128..300, 0i128..100_000];
    prop::collection::vec(sizes, 1..9).prop_filter("some cases", |c| c.iter().sum::<i128>() > 0)
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![Just(Way::HalfUp), Just(Way::HalfDown)]
}

fn by_rounding(fit: Fit) -> bool {
    matches!(fit, Fit::Exact | Fit::ByRounding)
}

/// Rounding, or digits cut off.
fn at_worst_cut(fit: Fit) -> bool {
    by_rounding(fit) || fit == Fit::ByConvention(Convention::Truncation)
}

proptest! {
    #[test]
    fn rounded_shares_are_never_accused(c in parts(), decimals in 0u8..3, way in way()) {
        let (n, shares) = (Exact::from(c.iter().sum::<i128>()), shares_of(&c, decimals, way));
        prop_assert!(by_rounding(partition(&shares).fit));
        prop_assert!(by_rounding(feasible(&shares, &n).fit));
        prop_assert!(by_rounding(feasible_range(&shares, &(&n - &Exact::from(2)), &(&n + &Exact::from(2))).fit));
        for (part, share) in c.iter().zip(&shares) {
            let whole = count(n.to_i128().unwrap());
            prop_assert!(by_rounding(super::share(&count(*part), &whole, share).fit));
            prop_assert!(by_rounding(grim(share, &whole).fit));
        }
    }

    #[test]
    fn shares_cut_off_are_a_convention_at_worst(c in parts(), decimals in 0u8..3) {
        let (n, shares) = (c.iter().sum::<i128>(), shares_of(&c, decimals, Way::Cut));
        prop_assert!(at_worst_cut(partition(&shares).fit));
        prop_assert!(at_worst_cut(feasible(&shares, &n.into()).fit));
        for (part, share) in c.iter().zip(&shares) {
            prop_assert!(at_worst_cut(super::share(&count(*part), &count(n), share).fit));
            prop_assert!(at_worst_cut(grim(share, &count(n)).fit));
        }
    }

    #[test]
    fn shares_forced_to_a_hundred_never_fail(c in parts(), decimals in 0u8..3) {
        let shares = forced(&c, decimals);
        prop_assert_eq!(partition(&shares).fit, Fit::Exact);
        prop_assert!(feasible(&shares, &c.iter().sum::<i128>().into()).fit.holds());
    }

    #[test]
    fn the_largest_remainder_method_is_found_exactly(c in prop::collection::vec(0i128..9, 2..4)) {
        // All counts of the same total, by brute force, against the threshold argument.
        let n: i128 = c.iter().sum();
        prop_assume!(n > 0);
        let shares = forced(&c, 0);
        let mut moved = shares.clone();
        moved[0].value = moved[0].value.as_ref().map(|v| v + &Exact::from(1));
        moved[1].value = moved[1].value.as_ref().map(|v| v - &Exact::from(1));
        prop_assume!(!moved[1].value.as_ref().unwrap().is_negative());
        let found = super::partition::can_force(&moved, &n.into(), &[]);
        prop_assert_eq!(found, brute_force(&moved, n));
    }

    #[test]
    fn rounded_sums_are_never_accused(c in prop::collection::vec(0i128..1_000_000, 1..12), place in 1u32..4) {
        let (unit, whole) = (10i128.pow(place), c.iter().sum::<i128>());
        let round = |v: i128| figure(Exact::ratio((2 * v + unit).div_euclid(2 * unit), 1), Unit::Days, 0);
        let rounded: Vec<Quantity> = c.iter().map(|v| round(*v)).collect();
        prop_assert!(by_rounding(sum(&rounded, &round(whole)).fit));
        prop_assert_eq!(sum(&counts(&c), &count(whole)).fit, Fit::Exact);
        prop_assert_eq!(sum(&counts(&c), &count(whole + 1)).fit, Fit::Fails);
    }

    #[test]
    fn a_repair_of_a_sum_repairs_it(c in prop::collection::vec(0i128..500, 1..9), off in -60i128..60) {
        let (parts, total) = (counts(&c), count((c.iter().sum::<i128>() + off).max(0)));
        for repair in sum_repairs(&parts, &total) {
            let (mut parts, mut total) = (parts.clone(), total.clone());
            match (repair.operand, repair.value) {
                (Some(i), Some(v)) => parts[i].value = Some(v),
                (None, Some(v)) => total.value = Some(v),
                _ => continue,
            }
            prop_assert_eq!(sum(&parts, &total).fit, Fit::Exact);
        }
    }

    #[test]
    fn rounded_changes_are_never_accused(b in 1i128..5_000, a in 0i128..5_000, decimals in 0u8..3, way in way()) {
        let stated = printed_share((a - b).abs(), b, decimals, way);
        let direction = if a < b { Direction::Fall } else { Direction::Rise };
        prop_assert!(by_rounding(percent_change(&count(b), &count(a), &stated, Some(direction)).fit));
        prop_assert!(by_rounding(percent_change(&count(b), &count(a), &stated, None).fit));
        prop_assert!(by_rounding(difference(&count(b), &count(a), &count((a - b).abs()), Some(direction)).fit));
        let cut = printed_share((a - b).abs(), b, decimals, Way::Cut);
        prop_assert!(at_worst_cut(percent_change(&count(b), &count(a), &cut, Some(direction)).fit));
    }

    #[test]
    fn recombined_shares_are_never_accused(groups in prop::collection::vec(prop::collection::vec(0i128..60, 3), 1..5)) {
        let all: Vec<i128> = (0..3).map(|j| groups.iter().map(|g| g[j]).sum()).collect();
        prop_assume!(groups.iter().all(|g| g.iter().sum::<i128>() > 0));
        let shares: Vec<Vec<Quantity>> = groups.iter().map(|g| shares_of(g, 0, Way::HalfUp)).collect();
        let sized: Vec<Group> = groups.iter().zip(&shares)
            .map(|(g, s)| Group { size: g.iter().sum::<i128>().into(), shares: s, exhaustive: true })
            .collect();
        for outcome in recombine(&sized, &shares_of(&all, 0, Way::HalfUp)) {
            prop_assert!(by_rounding(outcome.fit));
        }
        for outcome in recombine(&sized, &forced(&all, 0)) {
            prop_assert!(outcome.fit.holds());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_panics(values in prop::collection::vec(any::<i64>(), 3), n in any::<i64>(), decimals in 0u8..9) {
        let q: Vec<Quantity> =
            values.iter().map(|v| figure(Exact::from(i128::from(*v)), Unit::Percent, decimals)).collect();
        let n = Exact::from(i128::from(n));
        partition(&q);
        feasible(&q, &n);
        feasible_totals(&q, &n, &(&n * &n));
        feasible_range(&q, &n, &(&n * &n));
        share_repairs(&q[0], &q[1], &q[2], &[("other".into(), n.clone())]);
        change_repairs(&q[0], &q[1], &q[2], None, &[]);
        sum_repairs(&q[..2], &q[2]);
        recombine(&[Group { size: n, shares: &q, exhaustive: true }], &q);
        super::share(&q[0], &q[1], &q[2]);
        grim(&q[0], &q[1]);
        ratio_word(&q[0], &q[1], &q[2]);
        direction(&q[0], &q[1], Direction::Level);
    }
}

/// Whether any counts of `n` give the shares by the largest-remainder method, whichever way ties fall.
fn brute_force(shares: &[Quantity], n: i128) -> bool {
    let printed: Vec<i128> = shares.iter().map(|q| q.value.as_ref().unwrap().to_i128().unwrap()).collect();
    let mut stack = vec![(Vec::<i128>::new(), n)];
    while let Some((chosen, left)) = stack.pop() {
        if chosen.len() + 1 < shares.len() {
            stack.extend((0..=left).map(|c| ([chosen.as_slice(), &[c]].concat(), left - c)));
            continue;
        }
        if gives([chosen.as_slice(), &[left]].concat(), n, &printed) {
            return true;
        }
    }
    false
}

fn gives(counts: Vec<i128>, n: i128, printed: &[i128]) -> bool {
    let whole = counts.iter().map(|c| 100 * c / n);
    let up: Vec<i128> = whole.zip(printed).map(|(cut, p)| p - cut).collect();
    let remainder = |i: usize| 100 * counts[i] % n;
    let least_up = (0..up.len()).filter(|i| up[*i] == 1).map(remainder).min();
    let most_cut = (0..up.len()).filter(|i| up[*i] == 0).map(remainder).max();
    printed.iter().sum::<i128>() == 100
        && up.iter().all(|u| (0..=1).contains(u))
        && least_up.is_none_or(|u| u > 0 && most_cut.is_none_or(|m| m <= u))
}

/// Measured by the catalogue: of rows of five shares of 53 cases, one moved by two points, nearly all are found.
#[test]
fn a_share_moved_by_two_points_is_found() {
    let moved = |c: &[i128]| {
        let mut shares = shares_of(c, 0, Way::HalfUp);
        shares[2].value = shares[2].value.as_ref().map(|v| v + &Exact::from(2));
        feasible(&shares, &53.into()).fit
    };
    let (mut found, mut tried) = (0, 0);
    for a in 1..12i128 {
        for b in 1..12i128 {
            let c = [a, b, 9, 11, 53 - 20 - a - b];
            tried += 1;
            found += i32::from(moved(&c) == Fit::Fails);
        }
    }
    assert_eq!((found, tried), (121, 121));
}

#[test]
fn the_shares_of_real_shapes() {
    let group = |size: i128, shares: &'static [i128]| (Exact::from(size), percents(shares));
    let groups =
        [group(53, &[13, 6, 6, 34, 43]), group(50, &[18, 4, 8, 28, 40]), group(4, &[0, 0, 25, 0, 75])];
    let sized: Vec<Group> =
        groups.iter().map(|(size, s)| Group { size: size.clone(), shares: s, exhaustive: true }).collect();
    let found = recombine(&sized, &percents(&[15, 4, 7, 28, 46]));
    let fits: Vec<Fit> = found.iter().map(|o| o.fit).collect();
    assert_eq!(fits, [Fit::ByRounding, Fit::Fails, Fit::ByRounding, Fit::Fails, Fit::Fails]);
    assert_eq!(found[1].computed, "4.67%");
    assert_eq!(found[1].arithmetic, "(3 + 2 + 0) ÷ 107 = 4.67%, printed 4% (anything from 3.5 to 4.5)");
    assert_eq!(percent(4).value, Some(4.into()));
}
