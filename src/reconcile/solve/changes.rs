//! Two figures of different times: percentage changes, differences, directions and words such as "doubled".

use super::interval::{divide, magnitude, plain};
use super::shares::{convention_note, fit_value};
use super::text::{covers, covers_as, number, places, printed, worked};
use super::{Fit, Outcome, interval, text};
use crate::model::bands::bands;
use crate::model::domain::Domain;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity};
use crate::model::statement::Direction;

/// printed = 100 · (after − before) ÷ before (CF301). The direction gives the sign of the printed change; without one
/// (or with `Level`) a negative printed value is a fall, and any other may be either.
pub fn percent_change(
    before: &Quantity,
    after: &Quantity,
    stated: &Quantity,
    direction: Option<Direction>,
) -> Outcome {
    if before.value.is_none() || after.value.is_none() || stated.value.is_none() {
        return Outcome::undecided("a figure of the change is not given");
    }
    let Some(change) = change_of(before, after) else {
        return Outcome::undecided(format!("no percentage change from {}", printed(before)));
    };
    let fit = fit_signed(&change, stated, direction);
    let (b, a) = (printed(before), printed(after));
    let shown = worked(&change, places(stated));
    let line =
        format!("({a} − {b}) ÷ {b} = {shown}%, {}{}", stated_covers(stated, direction), convention_note(fit));
    Outcome::new(fit, format!("{}%", text::computed(&change, places(stated))), line)
}

/// printed = (after − before) ÷ before, of a column that prints no sign of percent: as a part of one, or in hundredths,
/// whichever is nearer.
pub fn relative_change(before: &Quantity, after: &Quantity, stated: &Quantity) -> Outcome {
    let Some((change, value)) = change_of(before, after).zip(stated.value.clone()) else {
        return Outcome::undecided("a figure of the change is not given");
    };
    let of_one = change.scale(&Exact::ratio(1, 100));
    let middle =
        |d: &Domain| d.low.clone().zip(d.high.clone()).map(|(a, b)| &(&a + &b) * &Exact::ratio(1, 2));
    let off = |d: &Domain| middle(d).map(|m| (&m - &value).abs());
    let hundredths = off(&change) <= off(&of_one);
    let change = if hundredths { change } else { of_one };
    let fit = match plain(stated) {
        Some(v) if interval::only(&change).is_some_and(|c| c == *v) => Fit::Exact,
        _ if change.intersects(&Quantity { rounded: true, ..stated.clone() }.domain()) => Fit::ByRounding,
        _ => Fit::Fails,
    };
    let (b, a) = (printed(before), printed(after));
    let line =
        format!("({a} − {b}) ÷ {b} = {}; printed {}", worked(&change, places(stated)), printed(stated));
    Outcome::new(fit, text::computed(&change, places(stated)), line)
}

/// printed = 100 · difference ÷ before, where what was before is the value after less the difference (CF301).
pub fn percent_change_by(
    difference: &Quantity,
    after: &Quantity,
    stated: &Quantity,
    direction: Direction,
) -> Outcome {
    if difference.value.is_none() || after.value.is_none() || stated.value.is_none() {
        return Outcome::undecided("a figure of the change is not given");
    }
    let (sign, way) = if direction == Direction::Fall { ("+", 1) } else { ("−", -1) };
    let size = magnitude(&difference.domain());
    let before = after.domain().add(&size.scale(&Exact::from(way)));
    let Some(part) = divide(&size, &before) else {
        return Outcome::undecided(format!("no percentage change to {}", printed(after)));
    };
    let change = part.scale(&Exact::from(100));
    let fit = fit_value(&change, stated);
    let (d, a) = (printed(difference), printed(after));
    let shown = worked(&change, places(stated));
    let line = format!(
        "{d} ÷ ({a} {sign} {d}) = {shown}%, {}{}",
        stated_covers(stated, Some(direction)),
        convention_note(fit)
    );
    Outcome::new(fit, format!("{}%", text::computed(&change, places(stated))), line)
}

/// The fit of [`percent_change`] alone, without its words: for trying many pairs.
pub fn percent_change_fit(
    before: &Quantity,
    after: &Quantity,
    stated: &Quantity,
    direction: Option<Direction>,
) -> Fit {
    if before.value.is_none() || after.value.is_none() || stated.value.is_none() {
        return Fit::Undecided;
    }
    change_of(before, after).map_or(Fit::Undecided, |change| fit_signed(&change, stated, direction))
}

/// 100 · after ÷ before − 100, over all values of both.
pub(crate) fn change_of(before: &Quantity, after: &Quantity) -> Option<Domain> {
    let ratio = divide(&after.domain(), &before.domain())?;
    let hundred = Exact::from(100);
    Some(ratio.scale(&hundred).add(&Domain::point(-&hundred)))
}

/// How a signed computed change fits a printed one.
pub(crate) fn fit_signed(change: &Domain, stated: &Quantity, direction: Option<Direction>) -> Fit {
    match sign_of(stated, direction) {
        Some(true) => fit_part(change, stated),
        Some(false) => fit_part(&change.scale(&Exact::from(-1)), stated),
        None => fit_value(&magnitude(change), stated),
    }
}

/// The fit of the part of a change that lies in the stated direction; nought is in both.
fn fit_part(change: &Domain, stated: &Quantity) -> Fit {
    if change.high.as_ref().is_some_and(Exact::is_negative) {
        return Fit::Fails;
    }
    fit_value(&interval::at_least_nought(change.clone()), stated)
}

/// Whether the stated change is upwards; `None` where it may be either.
fn sign_of(stated: &Quantity, direction: Option<Direction>) -> Option<bool> {
    match direction {
        Some(Direction::Rise) => Some(true),
        Some(Direction::Fall) => Some(false),
        _ if stated.value.as_ref().is_some_and(Exact::is_negative) => Some(false),
        _ => None,
    }
}

/// "printed 14% covers …"; a sign that only the words give is named.
fn stated_covers(stated: &Quantity, direction: Option<Direction>) -> String {
    let text = covers_as(stated, &stated.domain());
    match direction {
        Some(Direction::Rise) => text.replacen("printed", "printed rise of", 1),
        Some(Direction::Fall) => text.replacen("printed", "printed fall of", 1),
        _ => text,
    }
}

/// stated = after − before (CF302), the direction as in [`percent_change`].
pub fn difference(
    before: &Quantity,
    after: &Quantity,
    stated: &Quantity,
    direction: Option<Direction>,
) -> Outcome {
    if before.value.is_none() || after.value.is_none() || stated.value.is_none() {
        return Outcome::undecided("a figure of the difference is not given");
    }
    let gap = gap_of(before, after);
    let printed_gap = plain(after).zip(plain(before)).map(|(a, b)| a - b);
    let fit = match (&printed_gap, plain(stated)) {
        (Some(g), Some(s))
            if fit_signed(&Domain::point(g.clone()), stated, direction) == Fit::Exact
                && g.abs() == s.abs() =>
        {
            Fit::Exact
        }
        _ => match fit_signed(&gap, stated, direction) {
            Fit::Exact | Fit::ByRounding => Fit::ByRounding,
            _ => Fit::Fails,
        },
    };
    let shown = printed_gap.as_ref().map_or_else(|| text::interval(&gap), |g| number(g, 4));
    let line =
        format!("{} − {} = {shown}, {}", printed(after), printed(before), stated_covers(stated, direction));
    let computed = printed_gap.map_or_else(|| text::computed(&gap, 4), |g| g.to_decimal(4));
    Outcome::new(fit, computed, line)
}

/// after > before, after < before, or much the same (CF303). `Level` allows what "slight" allows, by default a change of
/// 5% or of three cases.
pub fn direction(before: &Quantity, after: &Quantity, stated: Direction) -> Outcome {
    if before.value.is_none() || after.value.is_none() {
        return Outcome::undecided("the earlier or the later figure is not given");
    }
    let gap = gap_of(before, after);
    let exact = plain(after).zip(plain(before)).map(|(a, b)| a - b);
    let matches = |gap: &Domain| match stated {
        Direction::Rise => gap.intersects(&above_nought()),
        Direction::Fall => gap.intersects(&above_nought().scale(&Exact::from(-1))),
        Direction::Level => gap.contains(&Exact::ZERO),
    };
    let sure = exact.as_ref().is_some_and(|g| matches(&Domain::point(g.clone())));
    let fit = match (sure, matches(&gap) || (stated == Direction::Level && slight(before, after))) {
        (true, _) => Fit::Exact,
        (false, true) => Fit::ByRounding,
        (false, false) => Fit::Fails,
    };
    let relation = match &exact {
        Some(g) if g.is_zero() => "the same as",
        Some(g) if g.is_negative() => "lower than",
        Some(_) => "higher than",
        None => "against",
    };
    let word = match stated {
        Direction::Rise => "a rise",
        Direction::Fall => "a fall",
        Direction::Level => "no change",
    };
    let line = format!("{} is {relation} {}, stated as {word}", printed(after), printed(before));
    Outcome::new(fit, exact.map_or_else(|| text::computed(&gap, 4), |g| g.to_decimal(4)), line)
}

fn above_nought() -> Domain {
    Domain { low_open: true, ..Domain::at_least(Exact::ZERO) }
}

/// after − before, over all values of both.
fn gap_of(before: &Quantity, after: &Quantity) -> Domain {
    after.domain().add(&before.domain().scale(&Exact::from(-1)))
}

/// Whether the change is so small that figures are much the same.
fn slight(before: &Quantity, after: &Quantity) -> bool {
    let within = |reach: &Exact| Domain::closed(-reach, reach.clone());
    let few = gap_of(before, after).intersects(&within(&bands().level_cases));
    few || change_of(before, after).is_some_and(|change| change.intersects(&within(&bands().level)))
}

/// after ÷ before lies in the band of the word: "doubled", "nearly trebled", "halved" (CF304). The word is a quantity
/// of unit ratio, whose domain is the band.
/// "Halved" is half: what was before is twice what came after, so that "more than halved" is less than half.
pub fn ratio_word(before: &Quantity, after: &Quantity, word: &Quantity) -> Outcome {
    if word.value == Some(Exact::ratio(1, 2)) && word.qualifier != Qualifier::Equal {
        return ratio_word(after, before, &Quantity { value: Some(Exact::from(2)), ..word.clone() });
    }
    if before.value.is_none() || after.value.is_none() || word.value.is_none() {
        return Outcome::undecided("a figure of the comparison is not given");
    }
    let Some(ratio) = divide(&after.domain(), &before.domain()) else {
        return Outcome::undecided(format!("{} ÷ {} has no value", printed(after), printed(before)));
    };
    let fit = match plain(word) {
        Some(w) if text::is_exactly(&ratio, w) => Fit::Exact,
        _ if ratio.intersects(&word.domain()) => Fit::ByRounding,
        _ => Fit::Fails,
    };
    let shown = worked(&ratio, 2);
    let line = format!("{} ÷ {} = {shown}, {}", printed(after), printed(before), covers(word));
    Outcome::new(fit, text::computed(&ratio, 3), line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::quantity::Unit;
    use crate::reconcile::solve::testing::{count, figure, percent, percents, tenths};
    use crate::reconcile::solve::{Convention, Fit};

    const CUT: Fit = Fit::ByConvention(Convention::Truncation);

    fn change(before: i128, after: i128, stated: i128, direction: Direction) -> Outcome {
        percent_change(&count(before), &count(after), &percent(stated), Some(direction))
    }

    #[test]
    fn percentage_changes() {
        let held = change(124, 107, 14, Direction::Fall);
        assert_eq!((held.fit, held.computed.as_str()), (Fit::ByRounding, "-13.71%"));
        assert_eq!(
            held.arithmetic,
            "(107 − 124) ÷ 124 = −13.71%, printed fall of 14% (anything from 13.5 to 14.5)"
        );
        assert_eq!(change(1, 3, 200, Direction::Rise).fit, Fit::Exact);
        let cut = change(69, 77, 11, Direction::Rise);
        assert_eq!((cut.fit, cut.computed.as_str()), (CUT, "11.59%"));
        assert_eq!(change(47, 50, 6, Direction::Fall).fit, Fit::Fails);
        assert_eq!(change(118, 107, 14, Direction::Fall).fit, Fit::Fails);
        assert_eq!(change(74, 92, 20, Direction::Rise).fit, Fit::Fails);
        assert_eq!(change(0, 92, 20, Direction::Rise).fit, Fit::Undecided);
    }

    #[test]
    fn a_difference_is_of_what_was_before_it() {
        let by = |d, a, p, way| percent_change_by(&count(d), &count(a), &tenths(p), way).fit;
        assert_eq!(by(14_700, 338_000, 45, Direction::Rise), Fit::ByRounding);
        assert_eq!(by(14_700, 338_000, 43, Direction::Rise), Fit::Fails);
        assert_eq!(by(14_700, 338_000, 42, Direction::Fall), Fit::ByRounding);
    }

    #[test]
    fn signs_without_a_word() {
        let fall = |p| percent_change(&count(124), &count(107), &percent(p), None).fit;
        assert_eq!((fall(-14), fall(14), fall(-15)), (Fit::ByRounding, Fit::ByRounding, Fit::Fails));
        assert_eq!(percent_change(&count(107), &count(124), &percent(-16), None).fit, Fit::Fails);
    }

    #[test]
    fn rounded_operands_widen_the_change() {
        let about = Quantity { qualifier: Qualifier::About, ..count(100) };
        let held = percent_change(&about, &count(150), &percent(50), Some(Direction::Rise));
        assert!(held.fit.holds());
    }

    #[test]
    fn differences() {
        let held = difference(&count(228), &count(239), &count(11), Some(Direction::Rise));
        assert_eq!((held.fit, held.arithmetic.as_str()), (Fit::Exact, "239 − 228 = 11, printed rise of 11"));
        assert_eq!(difference(&count(228), &count(239), &count(12), None).fit, Fit::Fails);
        assert_eq!(difference(&count(239), &count(228), &count(11), Some(Direction::Rise)).fit, Fit::Fails);
        let [low, high] = [16, 20].map(|p| percents(&[p]).remove(0));
        let points = figure(3.into(), Unit::PercentagePoints, 0);
        assert_eq!(difference(&low, &high, &points, Some(Direction::Rise)).fit, Fit::ByRounding);
    }

    #[test]
    fn directions() {
        let fit = |b, a, d| direction(&count(b), &count(a), d).fit;
        assert_eq!(fit(5, 6, Direction::Rise), Fit::Exact);
        assert_eq!(fit(6, 5, Direction::Rise), Fit::Fails);
        assert_eq!(fit(6, 6, Direction::Fall), Fit::Fails);
        assert_eq!(fit(100, 104, Direction::Level), Fit::ByRounding);
        assert_eq!(fit(100, 124, Direction::Level), Fit::Fails);
        assert_eq!(direction(&percent(16), &percent(16), Direction::Rise).fit, Fit::ByRounding);
    }
}
