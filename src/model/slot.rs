//! The kinds of relations, and what figures are to them.

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
