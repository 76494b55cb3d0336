//! Sums: totals, upper bounds of parts, and two-way tables (CF101–CF106, CF206).

use super::interval::{only, plain, tighten};
use super::text::{added, anything, computed, covers, interval, number, printed};
use super::{Fit, Outcome};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity};

/// total = Σ parts (CF101–CF103, CF105). "Not applicable" cells are left out; what was not recorded can be anything
/// from nought up.
pub fn sum(parts: &[Quantity], total: &Quantity) -> Outcome {
    added_up(parts, total, true)
}

/// The same without its line of arithmetic: for trying many sums of which few are told.
pub fn sum_untold(parts: &[Quantity], total: &Quantity) -> Outcome {
    added_up(parts, total, false)
}

fn added_up(parts: &[Quantity], total: &Quantity, told: bool) -> Outcome {
    if parts.is_empty() {
        return Outcome::undecided("no parts to add");
    }
    if total.value.is_none() && total.qualifier != Qualifier::Suppressed {
        return Outcome::undecided("the total is not given");
    }
    // Parts with decimals seldom add up to whole numbers: a whole total of theirs has been rounded.
    let broken = parts.iter().any(|part| plain(part).is_some_and(|value| !value.is_whole()));
    let total = &Quantity { rounded: total.rounded || broken && total.decimals == 0, ..total.clone() };
    let (range, value) = (added_range(parts), added_value(parts));
    let fit = match &value {
        Some(v) if plain(total) == Some(v) => Fit::Exact,
        _ if range.intersects(&total.domain()) => Fit::ByRounding,
        _ => Fit::Fails,
    };
    let line = || {
        let working = working(parts, &range, value.as_ref());
        format!("{working}; {}{}", covers(total), gap(value.as_ref(), total, fit))
    };
    let line = if told { line() } else { String::new() };
    Outcome::new(fit, sum_computed(&range, value.as_ref()), line)
}

/// The interval of the sum of the parts.
pub(crate) fn added_range(parts: &[Quantity]) -> Domain {
    let counted = || parts.iter().filter(|q| q.qualifier != Qualifier::NotApplicable);
    // What is printed in full has one value, and so has the sum.
    if let Some(value) = counted().map(|q| q.in_full().cloned()).sum() {
        return Domain::point(value);
    }
    let nought = Domain::point(Exact::ZERO);
    tighten(&counted().fold(nought, |sum, q| sum.add(&tighten(&q.domain()))))
}

/// The sum of the printed values, where every part is printed plainly.
pub(crate) fn added_value(parts: &[Quantity]) -> Option<Exact> {
    let counted = parts.iter().filter(|q| q.qualifier != Qualifier::NotApplicable);
    counted.map(|q| plain(q).cloned()).sum()
}

fn sum_computed(range: &Domain, value: Option<&Exact>) -> String {
    value.map_or_else(|| computed(range, 4), |v| v.to_decimal(4))
}

/// "1 + 2 + 69 = 72", with the interval where the parts are rounded.
fn working(parts: &[Quantity], range: &Domain, value: Option<&Exact>) -> String {
    match value {
        Some(v) if only(range).is_some() => format!("{} = {}", added(parts), number(v, 4)),
        Some(v) => format!("{} = {} ({})", added(parts), number(v, 4), anything(range)),
        None => format!("{} = {}", added(parts), interval(range)),
    }
}

/// ", 5 too few" where a total of plain figures fails.
fn gap(value: Option<&Exact>, total: &Quantity, fit: Fit) -> String {
    let missed = value.zip(plain(total)).map(|(sum, total)| total - sum);
    match missed {
        Some(r) if fit == Fit::Fails && r.is_negative() => format!(", {} too few", number(&r.abs(), 4)),
        Some(r) if fit == Fit::Fails => format!(", {} too many", number(&r, 4)),
        _ => String::new(),
    }
}

/// Each part ≤ whole and Σ parts ≤ whole (CF206).
pub fn bound(parts: &[Quantity], whole: &Quantity) -> Outcome {
    if parts.is_empty() || whole.value.is_none() {
        return Outcome::undecided("a part or the whole is not given");
    }
    let range = added_range(parts);
    let each = parts.iter().all(|q| not_above(&q.domain(), &whole.domain()));
    let all = not_above(&range, &whole.domain());
    let value = added_value(parts);
    let sure = value.as_ref().zip(plain(whole)).is_some_and(|(sum, whole)| sum <= whole);
    let fit = verdict(each && all, sure);
    let line = match (parts, fit) {
        ([part], Fit::Fails) => format!("{} is more than {}", printed(part), printed(whole)),
        ([part], _) => format!("{} is at most {}", printed(part), printed(whole)),
        (_, Fit::Fails) => {
            format!("{}, more than {}", working(parts, &range, value.as_ref()), printed(whole))
        }
        _ => format!("{}, at most {}", working(parts, &range, value.as_ref()), printed(whole)),
    };
    Outcome::new(fit, printed(whole), line)
}

/// Each part ≤ n, while their sum may exceed it, as an answer may be counted in several rows (CF104).
pub fn multiple_response(parts: &[Quantity], n: &Quantity) -> Outcome {
    if parts.is_empty() || n.value.is_none() {
        return Outcome::undecided("a row or the number of answers is not given");
    }
    let whole = n.domain();
    let over = parts.iter().find(|q| !not_above(&q.domain(), &whole));
    let sure = plain(n).is_some_and(|n| parts.iter().all(|q| plain(q).is_some_and(|v| v <= n)));
    let (range, value) = (added_range(parts), added_value(parts));
    let line = match over {
        Some(q) => format!("{} is more than {}", printed(q), printed(n)),
        None => {
            format!(
                "no row is more than {}; {} of several answers each",
                printed(n),
                working(parts, &range, value.as_ref())
            )
        }
    };
    Outcome::new(verdict(over.is_none(), sure), sum_computed(&range, value.as_ref()), line)
}

fn verdict(holds: bool, sure: bool) -> Fit {
    match (holds, sure) {
        (false, _) => Fit::Fails,
        (true, true) => Fit::Exact,
        (true, false) => Fit::ByRounding,
    }
}

/// Whether some value of `a` is at most some value of `b`.
fn not_above(a: &Domain, b: &Domain) -> bool {
    let up_to_b = Domain { low: None, low_open: false, ..tighten(b) };
    tighten(a).intersects(&up_to_b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::solve::testing::{blank, count, counts, percent, percents, under};

    #[test]
    fn totals_hold_or_miss() {
        let parts = counts(&[1, 2, 69, 2, 4, 3, 16]);
        let held = sum(&parts, &count(97));
        assert_eq!((held.fit, held.computed.as_str()), (Fit::Exact, "97"));
        let missed = sum(&parts, &count(92));
        assert_eq!(missed.fit, Fit::Fails);
        assert_eq!(missed.arithmetic, "1 + 2 + 69 + 2 + 4 + 3 + 16 = 97; printed 92, 5 too few");
    }

    #[test]
    fn rounded_parts_add_within_their_intervals() {
        let held = sum(&percents(&[14, 23, 31]), &percent(69));
        assert_eq!(held.fit, Fit::ByRounding);
        assert_eq!(
            held.arithmetic,
            "14% + 23% + 31% = 68 (anything from 66.5 to 69.5); printed 69% (anything from 68.5 to 69.5)"
        );
        assert_eq!(sum(&percents(&[14, 23]), &percent(39)).fit, Fit::Fails);
    }

    #[test]
    fn a_whole_total_of_parts_with_decimals_is_rounded() {
        let parts = [tenths(47), tenths(12), tenths(114)];
        assert_eq!(sum(&parts, &count(17)).fit, Fit::ByRounding);
        assert_eq!(sum(&parts, &count(18)).fit, Fit::Fails);
        assert_eq!(sum(&[count(5), count(12)], &count(18)).fit, Fit::Fails);
    }

    fn tenths(tenths: i128) -> Quantity {
        Quantity { value: Some(Exact::ratio(tenths, 10)), decimals: 1, ..count(0) }
    }

    #[test]
    fn hidden_and_empty_parts() {
        assert_eq!(sum(&[count(4), under(5)], &count(8)).fit, Fit::ByRounding);
        assert_eq!(sum(&[count(4), under(5)], &count(9)).fit, Fit::Fails);
        assert_eq!(sum(&[count(4), blank()], &count(4)).fit, Fit::Exact);
        assert_eq!(sum(&[], &count(4)).fit, Fit::Undecided);
    }

    #[test]
    fn parts_stay_below_their_whole() {
        let held = bound(&counts(&[40, 37]), &count(92));
        assert_eq!((held.fit, held.arithmetic.as_str()), (Fit::Exact, "40 + 37 = 77, at most 92"));
        assert_eq!(bound(&counts(&[60, 37]), &count(92)).fit, Fit::Fails);
        assert_eq!(bound(&counts(&[93]), &count(92)).arithmetic, "93 is more than 92");
    }

    #[test]
    fn several_answers_each() {
        let parts = counts(&[2, 1, 8, 27, 48, 2, 48, 2]);
        let held = multiple_response(&parts, &count(92));
        assert_eq!((held.fit, held.computed.as_str()), (Fit::Exact, "138"));
        assert_eq!(multiple_response(&counts(&[2, 93]), &count(92)).fit, Fit::Fails);
    }
}
