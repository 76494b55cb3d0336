//! The kinds of relations, what figures are to them, and what else the words of a relation say.

use std::sync::Arc;

/// The arithmetic of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum RelationKind {
    /// total = Σ parts.
    Sum,
    /// share = part ÷ whole.
    Ratio,
    /// change, direction or ratio word between before and after.
    Change,
    /// two figures are one.
    Same,
    /// one figure is the largest, smallest, highest for so many years.
    Order,
    /// a number of listed things.
    Count,
    /// part ≤ whole, a date in a period, a mean between its bounds.
    Within,
}

/// What a figure is to its relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Slot {
    /// The sum of the parts.
    Total,
    /// One part of a sum, or of a whole.
    Part,
    /// Part ÷ whole, or a rate.
    Share,
    /// What a part or share is of.
    Whole,
    /// How much: in cases, percent, points, days, pounds, or a multiple.
    Change,
    /// The earlier figure.
    Before,
    /// The later figure.
    After,
    /// A second printing of the figure.
    Same,
    /// A limit, a benchmark, or a number of listed things.
    Bound,
    /// An average.
    Mean,
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Direction {
    /// Up.
    Rise,
    /// Down.
    Fall,
    /// Neither.
    Level,
}

macro_rules! statement_marks {
    ($($(#[$doc:meta])+ $mark:ident = $name:literal,)+) => {
        /// What the words of a relation say besides its arithmetic.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum StatementMark {
            $($(#[$doc])+ $mark,)+
            /// A value of the vocabulary that no check asks for: "slight", "national".
            Value(Arc<str>),
        }

        impl StatementMark {
            /// The mark that the grammar calls so.
            pub fn named(name: &str) -> Option<StatementMark> {
                match name {
                    $($name => Some(StatementMark::$mark),)+
                    _ => None,
                }
            }

            /// Its name in the grammar.
            pub fn name(&self) -> &str {
                match self {
                    $(StatementMark::$mark => $name,)+
                    StatementMark::Value(value) => value,
                }
            }
        }
    };
}

statement_marks! {
    /// It is about the table or list above.
    Above = "above",
    /// It is of all cases.
    All = "all",
    /// A word for an average stands beside it.
    Average = "average",
    /// It is about the table or list below.
    Below = "below",
    /// Its figure is another body's, to compare with.
    Benchmark = "benchmark",
    /// Its whole is that of the relation before it in the sentence.
    Carried = "carried",
    /// The sentence says that its shares cover every case.
    Exhaustive = "exhaustive",
    /// It names the highest.
    Highest = "highest",
    /// The sentence says that one count includes another.
    Includes = "includes",
    /// It announces a list.
    List = "list",
    /// It names the lowest.
    Lowest = "lowest",
    /// Its figure is a mean.
    Mean = "mean",
    /// The sentence says that a case can have several of what is counted.
    Multiple = "multiple",
    /// It is of no case.
    None = "none",
    /// Its shares divide the whole.
    Partition = "partition",
    /// It compares with the period before.
    Previous = "previous",
    /// It ranks what it names.
    Rank = "rank",
    /// Its share is a rate.
    Rate = "rate",
    /// It names the highest or lowest value in so many years.
    Record = "record",
    /// Its part is the rest of the whole.
    Remainder = "remainder",
    /// Its figures belong to the things named before them, in the same order.
    Respectively = "respectively",
    /// The sentence says that figures are rounded.
    Rounding = "rounding",
    /// What it lists are stages.
    Stage = "stage",
    /// Its figure is a limit or an aim, not a result.
    Target = "target",
    /// It tells of a course over several periods.
    Trend = "trend",
}

impl StatementMark {
    /// The mark of a value of the vocabulary.
    pub fn of_value(value: &str) -> StatementMark {
        StatementMark::named(value).unwrap_or_else(|| StatementMark::Value(value.into()))
    }
}

impl From<String> for StatementMark {
    fn from(name: String) -> StatementMark {
        StatementMark::of_value(&name)
    }
}

impl From<StatementMark> for String {
    fn from(mark: StatementMark) -> String {
        mark.name().to_owned()
    }
}
