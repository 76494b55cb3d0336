//! Names that the files of the grammar use and the code knows: marks of statements and classes of the vocabulary.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Makes an enum of names. The grammar may use other names than the code knows; they are kept as they are.
macro_rules! names {
    ($(#[$about:meta])+ $Names:ident { $($(#[$doc:meta])+ $known:ident = $name:literal,)+ } else { $(#[$other:meta])+ $Other:ident }) => {
        $(#[$about])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $Names {
            $($(#[$doc])+ $known,)+
            $(#[$other])+
            $Other(Arc<str>),
        }

        impl $Names {
            /// The one that the code knows by this name.
            pub fn named(name: &str) -> Option<$Names> {
                match name {
                    $($name => Some($Names::$known),)+
                    _ => None,
                }
            }

            /// Its name in the grammar.
            pub fn name(&self) -> &str {
                match self {
                    $($Names::$known => $name,)+
                    $Names::$Other(name) => name,
                }
            }
        }

        impl From<&str> for $Names {
            fn from(name: &str) -> $Names {
                $Names::named(name).unwrap_or_else(|| $Names::$Other(name.into()))
            }
        }

        impl From<String> for $Names {
            fn from(name: String) -> $Names {
                $Names::from(name.as_str())
            }
        }

        impl From<$Names> for String {
            fn from(names: $Names) -> String {
                names.name().to_owned()
            }
        }
    };
}

names! {
    /// What the words of a relation say besides its arithmetic.
    StatementMark {
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
        /// It says "the majority": more than half.
        Majority = "majority",
        /// Its figure is a mean.
        Mean = "mean",
        /// The sentence says that a case can have several of what is counted.
        Multiple = "multiple",
        /// "Most complaints": the largest group, or more than half.
        Most = "most",
        /// Its direction is that of a word nearby, which may be said of something else.
        Nearby = "nearby",
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
        /// Its figure is of each year of several.
        Yearly = "yearly",
    } else {
        /// A value of the vocabulary that no check asks for: "slight", "national".
        Value
    }
}

names! {
    /// A class of the vocabulary: what kind of thing a word names.
    TermClass {
        /// An average.
        Average = "average",
        /// A word before a number of other bodies, to compare with.
        Benchmark = "benchmark",
        /// A word of comparison: "compared to".
        Compare = "compare",
        /// How large a movement is: "slightly".
        Degree = "degree",
        /// A word that points at a table or list: "above", "below".
        Deictic = "deictic",
        /// It says that shares cover every case.
        Exhaustive = "exhaustive",
        /// A fall.
        Fall = "fall",
        /// It says that one count includes another.
        Includes = "includes",
        /// No movement.
        Level = "level",
        /// What is measured.
        Measure = "measure",
        /// It says that a case can have several of what is counted.
        Multiple = "multiple",
        /// It joins a part to its whole: "of which".
        PartOf = "part_of",
        /// What a figure is a count or a share of.
        Population = "population",
        /// A rise.
        Rise = "rise",
        /// It says that figures are rounded.
        Rounding = "rounding",
        /// Whose figure it is: the body's own, similar bodies' or national.
        Scope = "scope",
        /// A word for a share: "proportion".
        Share = "share",
        /// A stage of the procedure.
        Stage = "stage",
        /// A limit or an aim.
        Target = "target",
        /// A word for a total.
        Total = "total",
    } else {
        /// A class that the code does not ask for by its name: only patterns do, or it is a dimension.
        Other
    }
}
