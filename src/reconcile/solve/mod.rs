//! The exact arithmetic of the checks: pure functions on printed figures, without any knowledge of documents.
//!
//! Every function takes the figures as printed and gives an [`Outcome`]. A figure stands for all the values that it
//! can have been before rounding; a relation fails only where no choice of such values satisfies it. Where an answer
//! cannot be exact it is conservative: never a false [`Fit::Fails`].

mod cells;
mod changes;
mod diagnose;
mod digits;
mod hamilton;
mod interval;
mod mixture;
mod partition;
mod same;
mod shares;
mod sums;
pub(super) mod text;
mod yearly;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod testing;

pub(crate) use self::digits::mistyped;
pub use cells::{formula, mean};
pub use changes::{
    difference, direction, percent_change, percent_change_by, percent_change_fit, ratio_word, relative_change,
};
pub use diagnose::{Repair, change_repairs, share_repairs, sum_repairs};
pub use mixture::{Group, recombine};
pub use partition::{feasible, feasible_range, feasible_totals, partition};
pub use same::{same, same_in_thousands};
pub use shares::{ShareSize, grim, left, majority, quotient, remainder, share, share_fit, size_of_count};
pub use sums::{bound, multiple_response, sum, sum_untold};
pub use yearly::yearly_change;

use ecow::EcoString;

/// How well printed figures satisfy a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// The printed values themselves satisfy it.
    Exact,
    /// Values that round to the printed ones satisfy it.
    ByRounding,
    /// Only under a convention other than rounding to the nearest.
    ByConvention(Convention),
    /// No admitted value satisfies it.
    Fails,
    /// Cannot be worked out: an operand has no value, or a divisor is nought. `arithmetic` says which.
    Undecided,
}

impl Fit {
    /// Whether the relation is satisfied in one way or another.
    pub fn holds(self) -> bool {
        !matches!(self, Fit::Fails | Fit::Undecided)
    }

    /// The order in which fits are preferred: a figure that one reading or relation explains is not accused by another.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Fit::Exact => 0,
            Fit::ByRounding => 1,
            Fit::ByConvention(_) => 2,
            Fit::Fails => 3,
            Fit::Undecided => 4,
        }
    }
}

/// Ways of writing a number with fewer digits that are not rounding to the nearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Convention {
    /// Digits cut off.
    Truncation,
    /// The shares of a whole adjusted to total 100, the largest remainders rounded up (Hamilton's method).
    LargestRemainder,
    /// The last share is 100 less the other printed shares.
    Complement,
    /// The parts leave out cases that a note tells of.
    LeftOut,
    /// Rounded twice: 450.46 to 450.5, and that to 451.
    Twice,
    /// A difference of two percentages, called percent where percentage points are meant.
    Points,
    /// A broken numeral, read as what its total proves.
    Recovered,
}

/// What the arithmetic gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How well the figures fit.
    pub fit: Fit,
    /// The computed value: "-13.71%", "97", "[104, 104]". Empty where there is none.
    pub computed: EcoString,
    /// The working on one line: "(107 − 124) ÷ 124 = −13.71%, printed 14% (anything from 13.5 to 14.5)". Empty for a sum that
    /// was only tried.
    pub arithmetic: String,
}

impl Outcome {
    fn new(fit: Fit, computed: impl Into<EcoString>, arithmetic: impl Into<String>) -> Outcome {
        Outcome { fit, computed: computed.into(), arithmetic: arithmetic.into() }
    }

    fn undecided(why: impl Into<String>) -> Outcome {
        Outcome::new(Fit::Undecided, "", why)
    }
}
