//! How figures, intervals and sums are written in a line of arithmetic.

use super::interval::only;
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};

/// Longer lists of figures are shortened in the middle.
const LISTED: usize = 12;

/// A decimal string with a true minus sign and the thousands parted by commas.
pub(crate) fn number(x: &Exact, places: u32) -> String {
    let plain = x.to_decimal(places);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(w, p)| (w, Some(p)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// A number with exactly `decimals` decimals, as tables print it.
pub(crate) fn fixed(x: &Exact, decimals: u8) -> String {
    let mut out = number(x, decimals.into());
    let shown = out.split_once('.').map_or(0, |(_, part)| part.len());
    if shown == 0 && decimals > 0 {
        out.push('.');
    }
    out.push_str(&"0".repeat(usize::from(decimals).saturating_sub(shown)));
    out
}

/// A value with the sign or word of a unit.
fn with_unit(number: String, unit: Unit) -> String {
    match unit {
        Unit::Count
        | Unit::Days
        | Unit::WorkingDays
        | Unit::Hours
        | Unit::Months
        | Unit::Per1000
        | Unit::Per100000 => number,
        Unit::Percent => format!("{number}%"),
        Unit::PercentagePoints => format!("{number} points"),
        Unit::Gbp | Unit::Usd | Unit::Eur | Unit::Money => {
            let sign = unit.currency().unwrap_or_default();
            number.strip_prefix('−').map_or(format!("{sign}{number}"), |n| format!("−{sign}{n}"))
        }
        Unit::Ratio => format!("{number} times"),
    }
}

/// A figure in its printed form.
pub(crate) fn printed(q: &Quantity) -> String {
    let Some(value) = &q.value else {
        return match q.qualifier {
            Qualifier::NotRecorded => "not recorded".into(),
            Qualifier::NotApplicable => "n/a".into(),
            _ => "*".into(),
        };
    };
    let bare = if q.unit == Unit::Ratio { ratio(value) } else { with_unit(fixed(value, q.decimals), q.unit) };
    match &q.qualifier {
        Qualifier::Equal => bare,
        Qualifier::About => format!("about {bare}"),
        Qualifier::Over => format!(">{bare}"),
        Qualifier::Under => format!("<{bare}"),
        Qualifier::AtLeast => format!("at least {bare}"),
        Qualifier::AtMost => format!("at most {bare}"),
        Qualifier::Nearly => format!("nearly {bare}"),
        Qualifier::To(high) => {
            with_unit(format!("{}–{}", fixed(value, q.decimals), fixed(high, q.decimals)), q.unit)
        }
        Qualifier::Blank => "-".into(),
        Qualifier::Suppressed | Qualifier::NotRecorded | Qualifier::NotApplicable => "*".into(),
    }
}

/// A ratio or fraction in words, as figures: "2 times", "1/3".
fn ratio(value: &Exact) -> String {
    let below_one = *value < Exact::from(1);
    let fraction = (2..=20).find_map(|d| {
        let n = (value * &Exact::from(d)).to_i128()?;
        Some(format!("{n}/{d}"))
    });
    fraction.filter(|_| below_one).unwrap_or_else(|| with_unit(number(value, 2), Unit::Ratio))
}

/// The figures as a sum: "1 + 2 + 3".
pub(crate) fn added(figures: &[Quantity]) -> String {
    // "325 + −1" is written as one writes it.
    join(figures.iter().map(printed), figures.len(), " + ").replace(" + −", " − ")
}

/// The items with a joint between them, shortened in the middle where there are many.
pub(crate) fn join(items: impl Iterator<Item = String>, count: usize, joint: &str) -> String {
    let mut shown: Vec<String> = Vec::with_capacity(LISTED.min(count));
    for (i, item) in items.enumerate() {
        if count <= LISTED || i + 1 < LISTED || i + 1 == count {
            shown.push(item);
        } else if i + 1 == LISTED {
            shown.push("…".into());
        }
    }
    shown.join(joint)
}

/// An interval in words: "13.5 to 14.5", "above 0, below 1", "5 or more", "97" for a single value.
pub(crate) fn interval(d: &Domain) -> String {
    if let Some(x) = only(d) {
        return number(&x, 4);
    }
    let low = d.low.as_ref().map(|x| number(x, 4));
    let high = d.high.as_ref().map(|x| number(x, 4));
    match (low, high) {
        (Some(low), Some(high)) => match (d.low_open, d.high_open) {
            (false, false) => format!("{low} to {high}"),
            (false, true) => format!("{low} to below {high}"),
            (true, false) => format!("above {low} to {high}"),
            (true, true) => format!("above {low}, below {high}"),
        },
        (Some(low), None) => {
            if d.low_open {
                format!("more than {low}")
            } else {
                format!("{low} or more")
            }
        }
        (None, Some(high)) => {
            if d.high_open {
                format!("less than {high}")
            } else {
                format!("{high} or less")
            }
        }
        (None, None) => "anything".into(),
    }
}

/// A range of whole numbers for the `computed` field, always in brackets: "[104, 104]".
pub(crate) fn range(low: &Exact, high: &Exact) -> String {
    format!("[{}, {}]", low.to_decimal(0), high.to_decimal(0))
}

/// A range of whole numbers in words: "104 to 106", "104".
pub(crate) fn run(low: &Exact, high: &Exact) -> String {
    if low == high { number(low, 0) } else { format!("{} to {}", number(low, 0), number(high, 0)) }
}

/// "printed 14% (anything from 13.5 to 14.5)"; only "printed 92" where that is all that it can have been.
pub(crate) fn covers(q: &Quantity) -> String {
    covers_as(q, &q.domain())
}

/// The same, with another reading of what the figure can have been.
pub(crate) fn covers_as(q: &Quantity, d: &Domain) -> String {
    let alone = only(d).is_some_and(|x| q.value.as_ref() == Some(&x));
    if alone {
        format!("printed {}", printed(q))
    } else {
        format!("printed {} ({})", printed(q), anything(d))
    }
}

/// "anything from 13.5 to 14.5".
pub(crate) fn anything(d: &Domain) -> String {
    match (&d.low, &d.high, d.low_open) {
        (Some(_), Some(_), false) => format!("anything from {}", interval(d)),
        _ => interval(d),
    }
}

/// A computed interval for the `computed` field, in ASCII: "97", "16.3", "[14, 16]".
pub(crate) fn computed(d: &Domain, places: u32) -> String {
    if let Some(x) = only(d) {
        return x.to_decimal(places);
    }
    let end = |x: &Option<Exact>, none: &str| x.as_ref().map_or(none.into(), |x| x.to_decimal(places));
    format!("[{}, {}]", end(&d.low, "-inf"), end(&d.high, "inf"))
}

/// The same in the typography of a line of arithmetic: "−13.71", "14 to 16".
pub(crate) fn worked(d: &Domain, places: u32) -> String {
    only(d).map_or_else(|| interval(d), |x| number(&x, places))
}

/// Two decimals more than are printed are enough to see the rounding.
pub(crate) fn places(q: &Quantity) -> u32 {
    u32::from(q.decimals) + 2
}

/// Whether the printed value itself lies in the computed domain, and the domain is that value alone.
pub(crate) fn is_exactly(d: &Domain, x: &Exact) -> bool {
    only(d).as_ref() == Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_printed() {
        assert_eq!(number(&Exact::ratio(-1234567, 100), 2), "−12,345.67");
        assert_eq!(fixed(&Exact::ratio(5, 2), 2), "2.50");
        assert_eq!(fixed(&Exact::from(1937), 0), "1,937");
        let third = Quantity {
            value: Some(Exact::ratio(1, 3)),
            unit: Unit::Ratio,
            qualifier: Qualifier::Equal,
            decimals: 0,
            scale: 0,
            spelled: true,
            rounded: false,
            step: None,
        };
        assert_eq!(printed(&third), "1/3");
        let under =
            Quantity { value: Some(1.into()), unit: Unit::Percent, qualifier: Qualifier::Under, ..third };
        assert_eq!(printed(&under), "<1%");
    }

    #[test]
    fn long_sums_are_shortened() {
        let shown = join((0..100).map(|i| i.to_string()), 100, " + ");
        assert_eq!(shown, "0 + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + … + 99");
    }
}
