//! Repairs of shares of a whole.

use super::{LISTED, Repair, percent_of, reprinted, transposed_operand};
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::Quantity;
use crate::reconcile::solve::Fit;
use crate::reconcile::solve::digits::slip;
use crate::reconcile::solve::interval::{percent_domain, plain};
use crate::reconcile::solve::partition::count_range;
use crate::reconcile::solve::shares::{fit_value, share};
use crate::reconcile::solve::text::{number, printed};

/// Repairs of `stated = part ÷ whole`; the operands are the part (0) and the whole (1). `other_wholes` are other
/// totals that the share may have been taken of, each with a label such as "closed in 2019/20".
pub fn share_repairs(
    part: &Quantity,
    whole: &Quantity,
    stated: &Quantity,
    other_wholes: &[(String, Exact)],
) -> Vec<Repair> {
    let outcome = share(part, whole, stated);
    let (Some(n), Some(of), Fit::Fails) = (plain(part), plain(whole), outcome.fit) else { return Vec::new() };
    let fits = |n: &Exact, of: &Exact| {
        percent_of(n, of)
            .is_some_and(|p| matches!(fit_value(&Domain::point(p), stated), Fit::Exact | Fit::ByRounding))
    };
    let mut found: Vec<Repair> = other_wholes
        .iter()
        .filter(|(_, whole)| fits(n, whole))
        .map(|(label, whole)| {
            let text = format!("fits {label}: {} of {}", printed(part), number(whole, 4));
            Repair::new("base", Some(1), Some(whole.clone()), text)
        })
        .take(LISTED)
        .collect();
    found.extend(complement_repair(n, of, stated, &fits));
    found.extend(transposed_operand(part, 0, |x| fits(x, of)));
    found.extend(transposed_operand(whole, 1, |x| fits(n, x)));
    found.extend(nearest_part(part, of, stated));
    found.extend(nearest_whole(part, whole, stated));
    found.extend(percent_of(n, of).and_then(|p| reprinted(stated, &p)));
    found.truncate(LISTED);
    found
}

/// The share of the other cases, or the count itself, printed in place of the share.
fn complement_repair(
    n: &Exact,
    of: &Exact,
    stated: &Quantity,
    fits: &impl Fn(&Exact, &Exact) -> bool,
) -> Option<Repair> {
    let rest = of - n;
    if !rest.is_negative() && fits(&rest, of) {
        let text = format!("the share of the other {} of {}", number(&rest, 4), number(of, 4));
        return Some(Repair::new("complement", None, None, text));
    }
    let count = plain(stated).filter(|p| *p == n)?;
    let text = format!("the count {} printed as a percentage", number(count, 4));
    Some(Repair::new("count_as_percent", None, None, text))
}

/// The nearest count that has the share: "24 of 74".
fn nearest_part(part: &Quantity, of: &Exact, stated: &Quantity) -> Option<Repair> {
    let n = plain(part)?;
    let (low, high) = count_range(&percent_domain(stated), of);
    let value = if *n < low { low.clone() } else { high.clone() };
    let kind = near(n, &value).filter(|_| low <= high && of.is_whole() && n.is_whole())?;
    let text = format!("{} → {} of {}", printed(part), number(&value, 0), number(of, 4));
    Some(Repair::new(kind, Some(0), Some(value), text))
}

/// The nearest whole of which the part has the share: "23 of 73".
fn nearest_whole(part: &Quantity, whole: &Quantity, stated: &Quantity) -> Option<Repair> {
    let (n, of, share) = (plain(part)?, plain(whole)?, stated.domain());
    let cases = n * &Exact::from(100);
    let low = share.high.and_then(|p| cases.checked_div(&p))?.ceil();
    let high = share.low.filter(|p| !p.is_negative()).and_then(|p| cases.checked_div(&p))?.floor();
    let value = if *of < low { low.clone() } else { high.clone() };
    let kind = near(of, &value).filter(|_| low <= high && of.is_whole() && !value.is_zero())?;
    let text =
        format!("{} of {} → {} of {}", printed(part), printed(whole), printed(part), number(&value, 0));
    Some(Repair::new(kind, Some(1), Some(value), text))
}

/// A value that a single slip, or a step of one, leads to: the kind of repair.
fn near(from: &Exact, to: &Exact) -> Option<&'static str> {
    slip(from, to).or_else(|| ((from - to).abs() == Exact::from(1)).then_some("value"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::solve::testing::{count, percent};

    fn texts(repairs: &[Repair]) -> Vec<&str> {
        repairs.iter().map(|r| r.text.as_str()).collect()
    }

    #[test]
    fn shares_are_repaired() {
        let found = share_repairs(&count(23), &count(74), &percent(32), &[]);
        assert_eq!(
            texts(&found),
            ["23 → 24 of 74", "23 of 74 → 23 of 73", "32 → 31%, if not rounded up on purpose"]
        );
        let wholes = [("closed".to_string(), Exact::from(73)), ("received".to_string(), Exact::from(92))];
        let based = share_repairs(&count(23), &count(74), &percent(32), &wholes);
        assert_eq!((based[0].kind, based[0].text.as_str()), ("base", "fits closed: 23 of 73"));
        assert_eq!(share_repairs(&count(46), &count(107), &percent(46), &[])[0].kind, "count_as_percent");
        assert_eq!(share_repairs(&count(30), &count(100), &percent(70), &[])[0].kind, "complement");
    }
}
