//! Repairs of percentage changes.

use super::{LISTED, Repair, percent_of, reprinted, transposed_operand};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Quantity, Unit};
use crate::model::statement::Direction;
use crate::reconcile::solve::Fit;
use crate::reconcile::solve::changes::{change_of, fit_signed, percent_change};
use crate::reconcile::solve::interval::{only, plain};
use crate::reconcile::solve::shares::fit_value;
use crate::reconcile::solve::text::{number, printed};

/// Repairs of a percentage change; the operands are before (0) and after (1). `other_pairs` are figures of the same
/// measure, each with a label such as "2018/19 to 2019/20", before and after.
pub fn change_repairs(
    before: &Quantity,
    after: &Quantity,
    stated: &Quantity,
    direction: Option<Direction>,
    other_pairs: &[(String, Exact, Exact)],
) -> Vec<Repair> {
    let outcome = percent_change(before, after, stated, direction);
    let (Some(b), Some(a), Fit::Fails) = (plain(before), plain(after), outcome.fit) else {
        return Vec::new();
    };
    let mut found: Vec<Repair> = changed_base(b, a, stated, direction).into_iter().collect();
    found.extend(pair_repairs(stated, direction, other_pairs));
    found.extend(changed_sign(b, a, stated, direction));
    found.extend(changed_meaning(before, after, stated, direction));
    for (i, q) in [before, after].into_iter().enumerate() {
        found.extend(transposed_operand(q, i, |x| {
            let (b, a) = if i == 0 { (x, a) } else { (b, x) };
            fits_change(b, a, stated, direction)
        }));
    }
    found.extend(change_of(before, after).and_then(|c| only(&c)).and_then(|c| reprinted(stated, &c.abs())));
    found.truncate(LISTED);
    found
}

/// Whether a change between two plain figures fits by rounding.
fn fits_change(before: &Exact, after: &Exact, stated: &Quantity, direction: Option<Direction>) -> bool {
    percent_of(&(after - before), before).is_some_and(|c| by_rounding(&c, stated, direction))
}

fn by_rounding(change: &Exact, stated: &Quantity, direction: Option<Direction>) -> bool {
    matches!(fit_signed(&Domain::point(change.clone()), stated, direction), Fit::Exact | Fit::ByRounding)
}

fn changed_base(b: &Exact, a: &Exact, stated: &Quantity, direction: Option<Direction>) -> Option<Repair> {
    let change = percent_of(&(a - b), a).filter(|c| by_rounding(c, stated, direction))?;
    let (b, a) = (number(b, 4), number(a, 4));
    let text = format!("taken of the later figure: ({a} − {b}) ÷ {a} = {}%", number(&change, 2));
    Some(Repair::new("wrong_base", Some(0), None, text))
}

fn pair_repairs(
    stated: &Quantity,
    direction: Option<Direction>,
    pairs: &[(String, Exact, Exact)],
) -> Vec<Repair> {
    let fits = |(label, b, a): &(String, Exact, Exact)| {
        let change = percent_of(&(a - b), b).filter(|c| by_rounding(c, stated, direction))?;
        let (from, to) = (number(b, 4), number(a, 4));
        let text = format!("fits {label}: ({to} − {from}) ÷ {from} = {}%", number(&change, 2));
        Some(Repair::new("other_pair", None, None, text))
    };
    pairs.iter().filter_map(fits).take(LISTED).collect()
}

fn changed_sign(b: &Exact, a: &Exact, stated: &Quantity, direction: Option<Direction>) -> Option<Repair> {
    let change = percent_of(&(a - b), b)?;
    let value = stated.value.as_ref().map(|v| -v);
    if by_rounding(&-&change, stated, direction) {
        let word = if change.is_negative() { "a fall" } else { "a rise" };
        let text = format!("{word}, not {}: {}%", opposite(&change), number(&change, 2));
        return Some(Repair::new("sign", None, value, text));
    }
    let swapped = percent_of(&(b - a), a).filter(|c| by_rounding(c, stated, direction))?;
    let (b, a) = (number(b, 4), number(a, 4));
    let text = format!("years swapped: ({b} − {a}) ÷ {a} = {}%", number(&swapped, 2));
    Some(Repair::new("years_swapped", None, None, text))
}

fn opposite(change: &Exact) -> &'static str {
    if change.is_negative() { "a rise" } else { "a fall" }
}

/// Points printed as per cent, per cent printed as points, or the new figure as a share of the old.
fn changed_meaning(
    before: &Quantity,
    after: &Quantity,
    stated: &Quantity,
    direction: Option<Direction>,
) -> Option<Repair> {
    let (b, a) = (plain(before)?, plain(after)?);
    let points = a - b;
    if before.unit == Unit::Percent && after.unit == Unit::Percent && by_rounding(&points, stated, direction)
    {
        let text =
            format!("percentage points: {} − {} = {}", printed(after), printed(before), number(&points, 4));
        return Some(Repair::new("points", None, Some(points), text));
    }
    let ratio = percent_of(a, b)?;
    if matches!(fit_value(&Domain::point(ratio.clone()), stated), Fit::Exact | Fit::ByRounding) {
        let text = format!("{} is {}% of {}", printed(after), number(&ratio, 2), printed(before));
        return Some(Repair::new("ratio", None, None, text));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::solve::testing::{count, percent};

    fn texts(repairs: &[Repair]) -> Vec<&str> {
        repairs.iter().map(|r| r.text.as_str()).collect()
    }

    #[test]
    fn changes_are_repaired() {
        let of = |b, a, p, d| change_repairs(&count(b), &count(a), &percent(p), Some(d), &[]);
        let sign = of(47, 50, 6, Direction::Fall);
        assert_eq!(sign[0].text, "a rise, not a fall: 6.38%");
        assert_eq!((sign[0].kind, sign[0].operand), ("sign", None));
        let base = of(74, 92, 20, Direction::Rise);
        assert_eq!(
            texts(&base),
            ["taken of the later figure: (92 − 74) ÷ 92 = 19.57%", "20% → 24% (one digit)"]
        );
        assert_eq!(of(1, 3, 300, Direction::Rise)[0].kind, "ratio");
        assert!(of(124, 107, 14, Direction::Fall).is_empty());
    }

    #[test]
    fn changes_of_another_pair() {
        let pairs = [("the table".to_string(), Exact::from(124), Exact::from(107))];
        let found = change_repairs(&count(118), &count(107), &percent(14), Some(Direction::Fall), &pairs);
        assert_eq!(found[0].text, "fits the table: (107 − 124) ÷ 124 = −13.71%");
    }

    #[test]
    fn points_taken_for_per_cent() {
        let found = change_repairs(&percent(40), &percent(60), &percent(20), Some(Direction::Rise), &[]);
        assert_eq!(found[0].text, "percentage points: 60% − 40% = 20");
    }
}
