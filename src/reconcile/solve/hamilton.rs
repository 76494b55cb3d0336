//! The largest-remainder (Hamilton) method: shares adjusted so that they total exactly 100.
//!
//! Shares are cut off to the last printed place; the units that are missing to 100 go to the largest remainders. With
//! eᵢ the true share less the printed one, in units, a share that was rounded up has eᵢ = rᵢ − 1 and one that was cut
//! off has eᵢ = rᵢ. That every remainder rounded up is at least every remainder cut off means that one threshold
//! t ∈ [0, 1] has t − 1 ≤ eᵢ ≤ t for all shares (ties may fall either way). For a given t each count lies in an
//! interval of whole numbers, so that the question is the same as without the method. Its upper ends grow only at
//! certain values of t and its lower ends just after; it is enough to try these values and t = 0.
//!
//! With at least as many cases as units in a whole, and nothing else known of the counts, some counts always fit: the
//! intervals are at least 1 wide, so that at the first t where the upper ends total n the lower ends, being no more
//! than the upper ends just before, total at most n.

use crate::model::exact::Exact;

/// Beyond this much work the answer is "yes", which accuses nobody.
const WORK: usize = 200_000;

/// A count and the range that it is known to lie in.
pub(crate) type Range = (Exact, Exact);

/// Whether some counts within `bounds`, totalling `n`, give by this method the `shares` (in units of the last place,
/// of which `total` make a whole).
pub(crate) fn admits(shares: &[Exact], total: &Exact, n: &Exact, bounds: &[Range]) -> bool {
    let printed: Exact = shares.iter().cloned().sum();
    if printed != *total || shares.iter().any(|p| !p.is_whole() || p.is_negative()) || shares.is_empty() {
        return false;
    }
    if bounds.is_empty() && n >= total {
        return true;
    }
    let Some(step) = n.checked_div(total) else { return false };
    let exact: Vec<Exact> = shares.iter().map(|p| p * &step).collect();
    match thresholds(&exact, &step) {
        Some(ts) => ts.iter().any(|t| fits(&exact, t, &step, n, bounds)),
        None if bounds.iter().any(|(low, high)| low > high) => false,
        None => true,
    }
}

/// The growths `t·step` (from 0 to `step`) at which an upper end reaches the next whole number; `None` where they are
/// too many to try.
fn thresholds(exact: &[Exact], step: &Exact) -> Option<Vec<Exact>> {
    let each = usize::try_from((&step.floor() + &Exact::from(2)).to_i128()?).ok()?;
    if exact.len().checked_mul(exact.len())?.checked_mul(each)? > WORK {
        return None;
    }
    let mut all = vec![Exact::ZERO];
    for x in exact {
        let mut growth = &x.ceil() - x;
        while growth <= *step {
            all.push(growth.clone());
            growth = &growth + &Exact::from(1);
        }
    }
    all.sort();
    all.dedup();
    Some(all)
}

/// Whether whole counts exist with the upper ends at `xᵢ + growth` and the lower ends one `step` below.
fn fits(exact: &[Exact], growth: &Exact, step: &Exact, n: &Exact, bounds: &[Range]) -> bool {
    let (mut least, mut most) = (Exact::ZERO, Exact::ZERO);
    for (i, x) in exact.iter().enumerate() {
        let top = x + growth;
        let mut low = (&top - step).ceil().max(Exact::ZERO);
        let mut high = top.floor();
        if let Some((from, to)) = bounds.get(i) {
            low = low.max(from.clone());
            high = high.min(to.clone());
        }
        if low > high {
            return false;
        }
        least = &least + &low;
        most = &most + &high;
    }
    least <= *n && *n <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(shares: &[i128], n: i128) -> bool {
        let shares: Vec<Exact> = shares.iter().map(|p| Exact::from(*p)).collect();
        admits(&shares, &Exact::from(100), &Exact::from(n), &[])
    }

    #[test]
    fn shares_forced_to_a_hundred() {
        // 10, 4 and 1 of 15: 66.67, 26.67 and 6.67, two units over, equal remainders.
        assert!(whole(&[67, 27, 6], 15));
        // Thirds: one of them gets the unit.
        assert!(whole(&[34, 33, 33], 3));
        assert!(!whole(&[35, 33, 32], 3));
        assert!(!whole(&[33, 33, 33], 3));
    }

    #[test]
    fn many_cases_reach_any_hundred() {
        assert!(whole(&[17, 23, 60], 1_000));
        assert!(whole(&[17, 23, 60], 1_000_000_000_000_000_000_000));
    }

    #[test]
    fn known_counts_bind() {
        let shares: Vec<Exact> = [67, 27, 6].iter().map(|p| Exact::from(*p)).collect();
        let counts: Vec<Range> = [9, 4, 2].iter().map(|c| (Exact::from(*c), Exact::from(*c))).collect();
        assert!(!admits(&shares, &Exact::from(100), &Exact::from(15), &counts));
    }
}
