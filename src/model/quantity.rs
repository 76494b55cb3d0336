//! What a printed numeral says: its value, unit and how it relates to the true value.

use super::exact::Exact;
use super::rounding::Step;
use serde::{Deserialize, Serialize};

/// What a figure counts or measures. Serialised in snake case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Cases, people, weeks: what is counted one by one.
    Count,
    /// A share or change in percent.
    Percent,
    /// A difference of two percentages.
    PercentagePoints,
    /// Days of the calendar, or days of which nothing more is said.
    Days,
    /// Days on which offices are open: about five for seven of the calendar.
    WorkingDays,
    /// Pounds sterling.
    Gbp,
    /// Dollars.
    Usd,
    /// Euros.
    Eur,
    /// An amount whose currency is not printed: a budget's, an account's.
    Money,
    /// Hours.
    Hours,
    /// Months.
    Months,
    /// A rate per thousand.
    #[serde(rename = "per_1000")]
    Per1000,
    /// A rate per hundred thousand.
    #[serde(rename = "per_100000")]
    Per100000,
    /// A part ("a third") or a multiple ("trebled").
    Ratio,
}

impl Unit {
    /// The sign of a currency.
    pub fn currency(self) -> Option<&'static str> {
        match self {
            Unit::Gbp => Some("£"),
            Unit::Usd => Some("$"),
            Unit::Eur => Some("€"),
            _ => None,
        }
    }

    /// Whether it is a length of time.
    pub fn is_time(self) -> bool {
        self.is_days() || matches!(self, Unit::Hours | Unit::Months)
    }

    /// Whether it is a number of days of one kind or another.
    pub fn is_days(self) -> bool {
        matches!(self, Unit::Days | Unit::WorkingDays)
    }

    /// Of how many people it is a rate.
    pub fn people(self) -> Option<i128> {
        match self {
            Unit::Per1000 => Some(1_000),
            Unit::Per100000 => Some(100_000),
            _ => None,
        }
    }

    /// By how much part ÷ whole is multiplied to give a share in it: a percentage, a rate, or a part of one.
    pub fn times(self) -> i128 {
        if self == Unit::Ratio { 1 } else { self.people().unwrap_or(100) }
    }

    /// Whether it is an amount of money.
    pub fn is_money(self) -> bool {
        self == Unit::Money || self.currency().is_some()
    }
}

impl Quantity {
    /// The value in the power of ten that it is printed in: 2.3 of "2.3 million".
    pub fn printed_value(&self) -> Option<Exact> {
        let value = self.value.as_ref()?;
        Some(if self.scale == 0 { value.clone() } else { value * &Exact::ten_to(-i32::from(self.scale)) })
    }

    /// Whether it is how many there are for one ("1:1,240"), which was rounded to whole ones.
    pub fn is_to_one(&self) -> bool {
        self.unit == Unit::Ratio && self.rounded
    }

    /// Whether it reaches as far as one likes to one side: "more than 50%", "up to 12".
    pub fn is_open(&self) -> bool {
        matches!(self.qualifier, Qualifier::Over | Qualifier::Under | Qualifier::AtLeast | Qualifier::AtMost)
    }
}

/// How a printed value relates to the true one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Qualifier {
    /// Printed plainly.
    Equal,
    /// "around", "circa", "~".
    About,
    /// "over", "more than", ">".
    Over,
    /// "under", "fewer than", "<".
    Under,
    /// "at least", "or more".
    AtLeast,
    /// "up to", "at most", "no more than".
    AtMost,
    /// "nearly", "almost": a little below.
    Nearly,
    /// A range "25-65"; the value is its lower end.
    To(Box<Exact>),
    /// A mark that hides a small number: "*", "c", "<5" in a table whose legend says so.
    Suppressed,
    /// A mark that says the number was not kept.
    NotRecorded,
    /// A mark that says that there is no such number.
    NotApplicable,
    /// "-", "nil", or an empty cell: zero, if the column proves it.
    Blank,
}

/// A printed figure, without its meaning: an observed figure has that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The printed value; `None` for suppressed, not recorded and not applicable; zero for `Blank`.
    pub value: Option<Exact>,
    /// What it is in.
    pub unit: Unit,
    /// How it relates to the true value.
    pub qualifier: Qualifier,
    /// How many decimals are shown.
    pub decimals: u8,
    /// The power of ten that the numeral itself is printed in: 6 of "2.3 million", else 0. `value` is in full.
    #[serde(default)]
    pub scale: u8,
    /// It is told in words ("sixteen", "a third", "trebled").
    pub spelled: bool,
    /// It is shown with fewer digits than are known. Then even a count is known only to its last digit.
    pub rounded: bool,
    /// It is a count that is declared to be rounded to a multiple of this; then `rounded` too.
    pub step: Option<Step>,
}
