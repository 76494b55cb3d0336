//! How far words reach from the numbers that they name: "half", "doubled", "around 40", "nearly 400", "much the same".

use super::exact::Exact;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// The bands of words. The default ones are conventions of the program, wide on purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bands {
    /// "Half", "a third", "1 in 4" reach so far to both sides, as a part of what they name,
    pub half: Exact,
    /// and so many percentage points at least.
    pub half_points: Exact,
    /// "Doubled", "three times" reach so far to both sides, as a part of what they name.
    pub double: Exact,
    /// "About 40" reaches so far to both sides, as a part of the place of its last digit that is not nought.
    pub around: Exact,
    /// "About half", "about doubled" reach so many times as far as "half" and "doubled".
    pub around_half: Exact,
    /// "Nearly 400" reaches so far down, as a part of that place, where this is tens or more,
    pub nearly: Exact,
    /// and so far where it is ones or less.
    pub nearly_ones: Exact,
    /// "Nearly half" reaches so many percentage points down.
    pub nearly_half: Exact,
    /// "Nearly doubled" reaches so far down, as a part of two,
    pub nearly_double: Exact,
    /// and "nearly trebled" and further multiples so far, as a part of what they name.
    pub nearly_treble: Exact,
    /// "Much the same" is a change of so many per cent at most,
    pub level: Exact,
    /// or of so many cases.
    pub level_cases: Exact,
}

impl Default for Bands {
    fn default() -> Bands {
        Bands {
            half: Exact::ratio(1, 20),
            half_points: 1.into(),
            double: Exact::ratio(1, 12),
            around: Exact::ratio(1, 2),
            around_half: 2.into(),
            nearly: Exact::ratio(1, 2),
            nearly_ones: 1.into(),
            nearly_half: 5.into(),
            nearly_double: Exact::ratio(1, 8),
            nearly_treble: Exact::ratio(1, 10),
            level: 5.into(),
            level_cases: 3.into(),
        }
    }
}

static BANDS: OnceLock<Bands> = OnceLock::new();

/// The bands of this process: those that its settings name, or else the default ones.
pub fn bands() -> &'static Bands {
    BANDS.get_or_init(Bands::default)
}

/// Sets the bands for the whole process, before anything is read. Where others are set already they stay, and the result is
/// `false`.
#[cfg(feature = "cli")]
pub(crate) fn install(bands: Bands) -> bool {
    BANDS.set(bands).is_ok()
}

/// A percentage point, as a part of one.
pub(super) fn points(number: &Exact) -> Exact {
    number * &Exact::ratio(1, 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::domain::Rounding;
    use crate::model::quantity::{Qualifier, Quantity, Unit};

    #[test]
    fn words_reach_as_far_as_their_bands() {
        let of = |value: Exact, unit, qualifier, bands: &Bands| {
            let value = Some(value);
            let word = Quantity {
                value,
                unit,
                qualifier,
                decimals: 0,
                scale: 0,
                spelled: true,
                rounded: false,
                step: None,
            };
            word.domain_within(bands, Rounding::Nearest).to_string()
        };
        let usual = Bands::default();
        let wide = Bands {
            half: Exact::ratio(1, 5),
            double: Exact::ratio(1, 4),
            around: 1.into(),
            around_half: 3.into(),
            nearly: 1.into(),
            nearly_ones: 2.into(),
            nearly_half: 10.into(),
            nearly_double: Exact::ratio(1, 4),
            nearly_treble: Exact::ratio(1, 5),
            ..Bands::default()
        };
        let (half, tenth) = (Exact::ratio(1, 2), Exact::ratio(1, 10));
        for (value, unit, qualifier, by_default, widely) in [
            (half.clone(), Unit::Ratio, Qualifier::Equal, "[0.475, 0.525]", "[0.4, 0.6]"),
            (tenth, Unit::Ratio, Qualifier::Equal, "[0.09, 0.11]", "[0.08, 0.12]"),
            (3.into(), Unit::Ratio, Qualifier::Equal, "[2.75, 3.25]", "[2.25, 3.75]"),
            (half.clone(), Unit::Ratio, Qualifier::About, "[0.45, 0.55]", "[0.2, 0.8]"),
            (40.into(), Unit::Count, Qualifier::About, "[35, 45]", "[30, 50]"),
            (400.into(), Unit::Count, Qualifier::Nearly, "[350, 400)", "[300, 400)"),
            (19.into(), Unit::Count, Qualifier::Nearly, "[18, 19)", "[17, 19)"),
            (half.clone(), Unit::Ratio, Qualifier::Nearly, "[0.45, 0.5)", "[0.4, 0.5)"),
            (2.into(), Unit::Ratio, Qualifier::Nearly, "[1.75, 2)", "[1.5, 2)"),
            (3.into(), Unit::Ratio, Qualifier::Nearly, "[2.7, 3)", "[2.4, 3)"),
            (half, Unit::Ratio, Qualifier::Over, "(0.5, ∞)", "(0.5, ∞)"),
        ] {
            assert_eq!(of(value.clone(), unit, qualifier.clone(), &usual), by_default);
            assert_eq!(of(value, unit, qualifier, &wide), widely);
        }
    }
}
