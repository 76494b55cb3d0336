//! One share of one whole: shares, shares that whole cases can make, complements, remainders and rates.

use super::interval::{divide, percent_domain, plain, rounded_twice, truncated};
use super::partition::count_range;
use super::sums::{added_range, added_value};
use super::text::{covers, covers_as, number, places, printed, worked};
use super::{Convention, Fit, Outcome, interval, text};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};

/// No more sizes of a rounded whole than this are tried.
const SIZES: i128 = 5_000;

/// percent = 100 · part ÷ whole (CF203). A share above 100% is legal: that the part lies in the whole is CF206.
pub fn share(part: &Quantity, whole: &Quantity, percent: &Quantity) -> Outcome {
    let factor = Exact::from(percent.unit.times());
    per_whole(part, whole, &factor, percent)
}

/// printed = part ÷ whole, of a column that prints no sign of percent: as a part of one, or in hundredths, whichever is
/// nearer.
pub fn quotient(part: &Quantity, whole: &Quantity, stated: &Quantity) -> Outcome {
    let shown = Quantity { rounded: true, ..stated.clone() };
    let off = |factor: i128| {
        let value = divide(&part.domain(), &whole.domain())?.scale(&Exact::from(factor)).low?;
        Some((&value - stated.value.as_ref()?).abs())
    };
    let factor = if off(1) <= off(100) { 1 } else { 100 };
    per_whole(part, whole, &Exact::from(factor), &shown)
}

/// The fit of [`share`] alone, without its words: for trying many parts and wholes.
pub fn share_fit(part: &Quantity, whole: &Quantity, percent: &Quantity) -> Fit {
    if part.value.is_none() || whole.value.is_none() || percent.value.is_none() {
        return Fit::Undecided;
    }
    if !ShareSize::of(percent).could_be(size_of_count(part), size_of_count(whole)) {
        return Fit::Fails;
    }
    let factor = Exact::from(percent.unit.times());
    divide(&part.domain(), &whole.domain()).map_or(Fit::Undecided, |q| fit_value(&q.scale(&factor), percent))
}

/// About how large a share is. Most counts that are tried are no parts and wholes of it by far, which costs little to see;
/// what is near is decided in exact numbers.
#[derive(Clone, Copy)]
pub struct ShareSize {
    /// `None` where it says less than one printed number.
    size: Option<f64>,
    /// By how much part ÷ whole is multiplied.
    times: f64,
    /// How far off the quotient may be: one of its last decimal, and a little for what floats lose.
    reach: f64,
}

impl ShareSize {
    /// Of a printed share.
    pub fn of(share: &Quantity) -> ShareSize {
        let in_words = share.unit == Unit::Ratio && !share.is_to_one();
        let plain = share.qualifier == Qualifier::Equal && !in_words;
        ShareSize {
            size: share.value.as_ref().filter(|_| plain).map(|value| value.approx().abs()),
            times: share.unit.times() as f64,
            reach: 1.01 * 10f64.powi(-i32::from(share.decimals)),
        }
    }

    /// Whether it can be the share of a part in a whole of these sizes ([`size_of_count`]).
    pub fn could_be(self, part: Option<f64>, whole: Option<f64>) -> bool {
        let (Some(size), Some(part), Some(whole)) = (self.size, part, whole) else { return true };
        (self.times * part / whole - size).abs() <= self.reach
    }
}

/// The size of a count that is printed in full; `None` for any other number, which can be many.
pub fn size_of_count(count: &Quantity) -> Option<f64> {
    let exact = count.qualifier == Qualifier::Equal && count.unit == Unit::Count;
    let whole = exact && count.decimals == 0 && !count.rounded;
    count.value.as_ref().filter(|_| whole).map(|value| value.approx().abs())
}

fn per_whole(part: &Quantity, whole: &Quantity, factor: &Exact, stated: &Quantity) -> Outcome {
    if part.value.is_none() || whole.value.is_none() || stated.value.is_none() || *factor <= Exact::ZERO {
        return Outcome::undecided("the part, the whole or the share is not given");
    }
    let Some(quotient) = divide(&part.domain(), &whole.domain()) else {
        return Outcome::undecided(format!("{} ÷ {} has no value", printed(part), printed(whole)));
    };
    let value = quotient.scale(factor);
    // Rates are printed of rates that were rounded already.
    let twice = || {
        stated.unit.people().is_some() && rounded_twice(stated).is_some_and(|twice| value.intersects(&twice))
    };
    let fit = match fit_value(&value, stated) {
        Fit::Fails if twice() => Fit::ByConvention(Convention::Twice),
        fit => fit,
    };
    let sign = if stated.unit == Unit::Percent { "%" } else { "" };
    let times = match factor.to_i128() {
        Some(1 | 100) => String::new(),
        _ => format!(" × {}", number(factor, 4)),
    };
    let shown = worked(&value, places(stated));
    let line = format!(
        "{}{times} ÷ {} = {shown}{sign}, {}{}",
        printed(part),
        printed(whole),
        covers(stated),
        convention_note(fit)
    );
    Outcome::new(fit, format!("{}{sign}", text::computed(&value, places(stated))), line)
}

/// How a computed (not negative) value fits a printed one: as it is, by rounding, or cut off.
pub(crate) fn fit_value(value: &Domain, stated: &Quantity) -> Fit {
    let exact = interval::only(value).zip(plain(stated)).is_some_and(|(v, p)| v == p.abs());
    let covered = interval::magnitude(&stated.domain());
    match truncated(stated) {
        _ if exact => Fit::Exact,
        _ if value.intersects(&covered) => Fit::ByRounding,
        Some(cut) if value.intersects(&cut) => Fit::ByConvention(Convention::Truncation),
        _ => Fit::Fails,
    }
}

/// What to add to a line that holds only by a convention.
pub(crate) fn convention_note(fit: Fit) -> &'static str {
    match fit {
        Fit::ByConvention(Convention::Truncation) => "; cut off, not rounded",
        Fit::ByConvention(Convention::Twice) => "; rounded twice",
        _ => "",
    }
}

/// share ≤ 100 − Σ others, each as small as it can have been.
pub fn left(share: &Quantity, others: &[Quantity]) -> Outcome {
    let low = |q: &Quantity| interval::percent_domain(q).low;
    let Some(taken) = others.iter().map(low).collect::<Option<Vec<_>>>() else {
        return Outcome::undecided("a share is not given");
    };
    let rest = &Exact::from(100) - &taken.into_iter().sum::<Exact>();
    let own = interval::percent_domain(share);
    let holds = own.low.as_ref().is_none_or(|low| *low < rest || *low == rest && !own.low_open);
    let (fit, sign) = if holds { (Fit::Exact, "at most") } else { (Fit::Fails, "more than") };
    let rest = format!("{}%", number(&rest, 4));
    let line = format!("{} leave at most {rest}; {} is {sign} that", text::added(others), printed(share));
    Outcome::new(fit, rest, line)
}

/// More than half. A rounded share of 50% can be.
pub fn majority(share: &Quantity) -> Outcome {
    let high = interval::percent_domain(share).high;
    let holds = high.is_none_or(|high| high > Exact::from(50));
    let fit = if holds { Fit::Exact } else { Fit::Fails };
    Outcome::new(
        fit,
        printed(share),
        format!("{} is {} than half", printed(share), if holds { "more" } else { "no more" }),
    )
}

/// Is there a whole number of cases out of `n` that gives the share (CF204)? A rounded `n` is tried at all its values.
pub fn grim(percent: &Quantity, n: &Quantity) -> Outcome {
    let size = interval::tighten(&n.domain());
    let (Some(low), Some(high), Some(_)) = (&size.low, &size.high, &percent.value) else {
        return Outcome::undecided("the share or the number of cases is not given");
    };
    if *high <= Exact::ZERO || plain(n).is_some_and(|v| !v.is_whole()) || (high - low) > Exact::from(SIZES) {
        return Outcome::undecided(format!("{} is not a number of cases", printed(n)));
    }
    let readings =
        [(Some(percent_domain(percent)), None), (truncated(percent), Some(Convention::Truncation))];
    for (d, convention) in readings {
        if let Some(found) = d.and_then(|d| cases(&d, low, high)) {
            return grim_outcome(percent, n, &found, convention);
        }
    }
    let exact = plain(percent).map(|p| &(p * low) * &Exact::ratio(1, 100));
    let working = exact.map_or(String::new(), |c| format!(", which would be {} cases", number(&c, 2)));
    let line = format!("no whole number of {} gives {}{working}", printed(n), printed(percent));
    Outcome::new(Fit::Fails, "", line)
}

/// A size of the whole and the counts out of it.
type Cases = (Exact, Exact, Exact);

/// The first size from `low` to `high` out of which some counts have a share in `d`, with these counts.
fn cases(d: &Domain, low: &Exact, high: &Exact) -> Option<Cases> {
    let mut n = low.ceil().max(Exact::from(1));
    while n <= *high {
        let (first, last) = count_range(d, &n);
        if first <= last {
            return Some((n, first, last));
        }
        n = &n + &Exact::from(1);
    }
    None
}

fn grim_outcome(percent: &Quantity, n: &Quantity, found: &Cases, convention: Option<Convention>) -> Outcome {
    let (size, first, last) = found;
    let exact = plain(percent).is_some_and(|p| &(&(p * size) * &Exact::ratio(1, 100)) == first);
    let fit = match convention {
        Some(c) => Fit::ByConvention(c),
        None if exact && first == last => Fit::Exact,
        None => Fit::ByRounding,
    };
    let counts = if first == last { first.to_decimal(0) } else { text::range(first, last) };
    let line = format!(
        "{} of {} can be {} cases{}",
        printed(percent),
        printed(n),
        text::run(first, last),
        convention_note(fit)
    );
    Outcome::new(fit, format!("{counts} of {size}"), line)
}

/// "The remaining 17%": the share of what is left of `whole` after the `parts`, which have the shares `others`. Where
/// the share of the remaining count does not fit, 100 less the other printed shares does as a convention. Without
/// counts (`parts` empty or `whole` `None`) only the shares are added up.
pub fn remainder(
    share: &Quantity,
    others: &[Quantity],
    parts: &[Quantity],
    whole: Option<&Quantity>,
) -> Outcome {
    if share.value.is_none() || others.is_empty() && (parts.is_empty() || whole.is_none()) {
        return Outcome::undecided("the remaining share or the other shares are not given");
    }
    let (Some(whole), false) = (whole, parts.is_empty()) else {
        return remaining_share(share, others);
    };
    let left = added_value(parts).zip(plain(whole)).map(|(parts, whole)| whole - &parts);
    let Some(left) = left.filter(|left| !left.is_negative()) else {
        return remaining_share(share, others);
    };
    let rest = Quantity { value: Some(left), ..whole.clone() };
    let direct = self::share(&rest, whole, share);
    if others.is_empty() {
        return direct;
    }
    let by_shares = remaining_share(share, others);
    if matches!(direct.fit, Fit::Exact | Fit::ByRounding) || by_shares.fit != Fit::Exact {
        return direct;
    }
    let line = format!("{}, not by the counts: {}", by_shares.arithmetic, direct.arithmetic);
    Outcome::new(Fit::ByConvention(Convention::Complement), by_shares.computed, line)
}

/// share = 100 − Σ others, by the printed percentages alone.
fn remaining_share(share: &Quantity, others: &[Quantity]) -> Outcome {
    let covered = added_range(others);
    let left =
        interval::at_least_nought(Domain::point(Exact::from(100)).add(&covered.scale(&Exact::from(-1))));
    let value = added_value(others).map(|sum| &Exact::from(100) - &sum);
    let fit = match (&value, plain(share)) {
        (Some(v), Some(p)) if v == p => Fit::Exact,
        _ if left.intersects(&share.domain()) => Fit::ByRounding,
        _ => Fit::Fails,
    };
    let shown = value.as_ref().map_or_else(|| text::interval(&left), |v| format!("{}%", number(v, 4)));
    let taken = text::join(others.iter().map(printed), others.len(), " − ");
    let line = format!("100% − {taken} = {shown}, {}", covers_as(share, &share.domain()));
    let computed = value.map_or_else(|| text::computed(&left, 4), |v| v.to_decimal(4));
    Outcome::new(fit, format!("{computed}%"), line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::solve::testing::{count, counts, percent, percents, tenths};

    const CUT: Fit = Fit::ByConvention(Convention::Truncation);

    #[test]
    fn shares_of_a_whole() {
        let held = share(&count(15), &count(92), &percent(16));
        assert_eq!((held.fit, held.computed.as_str()), (Fit::ByRounding, "16.3%"));
        assert_eq!(held.arithmetic, "15 ÷ 92 = 16.3%, printed 16% (anything from 15.5 to 16.5)");
        assert_eq!(share(&count(15), &count(60), &percent(25)).fit, Fit::Exact);
        assert_eq!(share(&count(23), &count(74), &percent(32)).fit, Fit::Fails);
        assert_eq!(share(&count(77), &count(69), &tenths(1116)).fit, Fit::ByRounding);
        assert_eq!(share(&count(8), &count(69), &percent(11)).fit, CUT);
        assert_eq!(share(&count(8), &count(0), &percent(11)).fit, Fit::Undecided);
    }

    #[test]
    fn both_ways_of_rounding_a_half_are_legal() {
        assert_eq!(share(&count(1), &count(8), &percent(12)).fit, Fit::ByRounding);
        assert_eq!(share(&count(1), &count(8), &percent(13)).fit, Fit::ByRounding);
    }

    #[test]
    fn whole_cases_behind_a_share() {
        let held = grim(&percent(75), &count(61));
        assert_eq!((held.fit, held.computed.as_str()), (Fit::ByRounding, "46 of 61"));
        assert_eq!(grim(&percent(80), &count(60)).fit, Fit::Exact);
        assert_eq!(grim(&percent(6), &count(15)).fit, CUT);
        let missed = grim(&percent(10), &count(15));
        assert_eq!(missed.fit, Fit::Fails);
        assert_eq!(missed.arithmetic, "no whole number of 15 gives 10%, which would be 1.5 cases");
    }

    #[test]
    fn what_remains_by_the_printed_shares() {
        let whole = count(92);
        let noted = remainder(&percent(17), &percents(&[43, 40]), &counts(&[40, 37]), Some(&whole));
        assert_eq!((noted.fit, noted.computed.as_str()), (Fit::ByConvention(Convention::Complement), "17%"));
        assert_eq!(
            noted.arithmetic,
            "100% − 43% − 40% = 17%, printed 17% (anything from 16.5 to 17.5), not by the counts: \
             15 ÷ 92 = 16.3%, printed 17% (anything from 16.5 to 17.5)"
        );
        assert_eq!(
            remainder(&percent(16), &percents(&[43, 40]), &counts(&[40, 37]), Some(&whole)).fit,
            Fit::ByRounding
        );
        assert_eq!(
            remainder(&percent(19), &percents(&[43, 40]), &counts(&[40, 37]), Some(&whole)).fit,
            Fit::Fails
        );
        assert_eq!(remainder(&percent(17), &percents(&[43, 40]), &[], None).fit, Fit::Exact);
    }
}
