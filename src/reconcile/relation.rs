//! Relations: which figures must agree with which, each with its ranked candidate operands.

use crate::model::ids::FigureIdx;
use crate::model::period::Period;
use crate::model::sheet::Formula;
use crate::model::statement::Direction;
use crate::model::text::Place;
use ecow::EcoString;

/// A figure of one of the documents of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId {
    document: u32,
    /// Which of its document's figures.
    pub figure: FigureIdx,
}

impl FigureId {
    /// A figure of the document of this index. No run has four billion documents.
    pub fn of(document: usize, figure: FigureIdx) -> FigureId {
        FigureId { document: u32::try_from(document).unwrap_or(u32::MAX), figure }
    }

    /// Index into the run's documents.
    pub fn document(self) -> usize {
        self.document as usize
    }
}

/// What an operand is in its relation, as the command line's contract names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OperandRole {
    /// A sum.
    Total,
    /// An addend, or the numerator of a share.
    Part,
    /// What is taken off the parts.
    Deduction,
    /// An average.
    Mean,
    /// A percentage or ratio.
    Share,
    /// The number of cases that shares and parts are taken of.
    Whole,
    /// How many percent `After` is more or less than `Before`, or how many times as much.
    Change,
    /// What `After` is more or less than `Before`.
    Difference,
    /// The value of the earlier period.
    Before,
    /// The value of the later period.
    After,
    /// Another printing of the figure, or a member of a series.
    Same,
    /// What limits or is compared with the figure.
    Bound,
    /// How many things a list has.
    Listed,
    /// How many years lie between two dates.
    Years,
}

/// The arithmetic that a relation's operands must satisfy; [`super::solve`] does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// total = Σ parts.
    Sum,
    /// total = Σ parts − Σ deductions.
    Balance,
    /// A grand total is the sum of the row totals (parts) and of the column totals (bounds).
    Crossfoot,
    /// Each part and their sum are at most the whole.
    Bound,
    /// Parts of which one case can have several: each is at most the whole.
    MultipleResponse,
    /// Shares that make 100; `exhaustive` ones do, others stay below.
    Partition {
        /// Whether the shares cover every case.
        exhaustive: bool,
    },
    /// Shares that whole cases of a known number can make.
    Feasible,
    /// share = part ÷ whole.
    Share,
    /// Some whole number of cases out of the whole gives the share.
    Grim,
    /// The rest of 100 after the other shares; also the rest of the whole after the other parts.
    Remainder,
    /// One share of all cases, made of the shares of the groups that they fall into.
    Mixture(Box<Mixture>),
    /// printed = (after − before) ÷ before.
    PercentChange(Direction),
    /// printed = after − before.
    Difference(Direction),
    /// after is above, below or at before.
    Direction(Direction),
    /// after ÷ before is the printed multiple.
    Multiple,
    /// Two printings of one figure.
    Same,
    /// A number, and its printing in a table that is in thousands.
    SameInThousands,
    /// Two printings of one figure are in one unit, or in two that make the same amount.
    Units,
    /// So many things are listed.
    Count {
        /// How many there are said to be.
        stated: u32,
        /// How many things the list has.
        listed: u32,
        /// Where the list stands.
        list: Place,
    },
    /// A share is at most what the other shares leave of 100.
    Left,
    /// More than half, as "a majority" says.
    Majority {
        /// Where that word stands.
        word: Place,
    },
    /// A count elsewhere is the number that a word tells: "neither" is of two.
    Told {
        /// That number.
        number: u32,
        /// Where the word stands.
        word: Place,
    },
    /// printed = change ÷ years, or the yearly change that makes it in so many years.
    YearlyChange {
        /// The way of the whole change.
        direction: Direction,
        /// From its first year to its last.
        years: u32,
        /// Where these years are named.
        named: Place,
    },
    /// What is named is at least (or at most) each of the others, or has the place among them that is told. Where others and
    /// then more that is named follow, it is so of each group.
    Extreme {
        /// At least each of the others; else at most.
        highest: bool,
        /// The place that is told: 1 for what leads.
        place: u32,
    },
    /// A value falls or rises from each operand to the next.
    Trend(Direction),
    /// mean = Σ parts ÷ their number.
    Mean,
    /// mean = part ÷ whole: an amount by the number of cases that it was for.
    Quotient,
    /// A cell of a spreadsheet keeps what its formula, or its neighbours' formula, gives.
    Formula {
        /// The formula.
        formula: Box<Formula>,
        /// A cell next to its range that it should take in as well.
        left_out: Option<(usize, usize)>,
    },
    /// Rows that lost their blanks: of so many placements of their values, so many meet the totals.
    Placement {
        /// How many there are.
        all: u64,
        /// How many of them meet the totals.
        admitted: u64,
    },
    /// A broken numeral is read as what its total proves.
    Recovered,
    /// A period that cannot be as it is printed, with what is odd about it.
    Misprint(String),
    /// A period that is said to be, or to lie in, the document's own.
    Within {
        /// As printed.
        stated: Period,
        /// The document's.
        own: Period,
        /// They are said to be one and the same.
        same: bool,
    },
}

/// A number that takes part in a relation and is printed nowhere as a figure: how many things a list has, how many years lie
/// between two dates, the half that a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unprinted {
    /// What it is in the relation.
    pub role: OperandRole,
    /// Its value.
    pub number: u32,
    /// What it was taken from.
    pub place: Place,
}

impl Arithmetic {
    /// The number that takes part without being printed as a figure.
    pub fn unprinted(&self) -> Option<Unprinted> {
        let (role, number, place) = match *self {
            Arithmetic::Count { listed, list, .. } => (OperandRole::Listed, listed, list),
            Arithmetic::Majority { word } => (OperandRole::Bound, 50, word),
            Arithmetic::Told { number, word } => (OperandRole::Same, number, word),
            Arithmetic::YearlyChange { years, named, .. } => (OperandRole::Years, years, named),
            _ => return None,
        };
        Some(Unprinted { role, number, place })
    }
}

/// Groups that make up all cases, and the shares of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mixture {
    /// Disjoint; together all cases.
    pub groups: Vec<MixtureGroup>,
    /// The printed shares of all, in the order of the groups' shares.
    pub overall: Vec<FigureId>,
    /// Which of the shares of all the relation is about.
    pub category: usize,
}

/// One group of a [`Mixture`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixtureGroup {
    /// Its number of cases: one count, or a count and the share of it that is the group.
    pub whole: Vec<(OperandRole, FigureId)>,
    /// Its share of each category; `None` where it lists none, which is nought.
    pub shares: Vec<Option<FigureId>>,
    /// Whether its shares cover every case of the group.
    pub exhaustive: bool,
}

/// Why a relation is believed to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Licence {
    /// A sentence states it, and names its operands or where they stand.
    Stated,
    /// Heads and labels say it ("Total", "Change").
    Labelled,
    /// The order of the document implies it: a breakdown under its total, groups that follow their whole.
    Implied,
    /// Nothing names it: the numbers, or where they stand, suggest it.
    Inferred,
}

/// One choice of operands. Cheaper readings are preferred when several hold, and accused when none does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Figures with their roles; the published one need not be among them.
    pub operands: Vec<(OperandRole, FigureId)>,
    /// How much has to be assumed to read it so; 0 for nothing.
    pub cost: u32,
    /// How this choice differs from the plain one, for the report: "without withdrawn".
    pub note: Option<String>,
}

/// The cost of a reading whose operands no words tie to the figure: it can hold, it cannot accuse.
pub const UNCERTAIN: u32 = 20;

/// A relation that was found in the documents; it is not yet known whether it holds.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The check that names it: "CF101".
    pub code: &'static str,
    /// What its operands must satisfy.
    pub arithmetic: Arithmetic,
    /// The figure that is checked; `None` for statements without a figure ("increased").
    pub published: Option<FigureId>,
    /// The document and place of the published figure or statement.
    pub document: usize,
    /// Of the published figure, or of the statement without one.
    pub place: Place,
    /// What is published, as printed, for the claim.
    pub printed: EcoString,
    /// Why it is believed to hold.
    pub licence: Licence,
    /// Of how many possible ones it was picked by its numbers; 0 where the words or the layout name it. That what was
    /// picked fits says less, the more there were.
    pub picked_of: u32,
    /// The choices of operands; none where no figure was found to compare with.
    pub readings: Vec<Reading>,
}
