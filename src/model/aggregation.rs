//! Which cells of a grid are sums, means, shares or changes of which others.

/// What the result is of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum AggregationKind {
    /// result = sum of the parts
    Sum,
    /// result = sum of the parts / their number, blanks left out
    Average,
    /// result = part / whole, or 100 × part / whole
    Division,
    /// result = (after − before) / before, or 100 times that
    RelativeChange,
}

/// Which way a relation lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Axis {
    /// Result and parts share a row.
    Row,
    /// Result and parts share a column.
    Column,
}

/// How well one row agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum AggregationFit {
    /// To the last unit.
    Exact,
    /// Within the rounding of the operands.
    Rounded,
    /// It is believed only because of the rows beside it: this row misses.
    Missed,
}

/// One result and its parts, as (row, column) from 0.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Aggregation {
    /// What the result is of its parts.
    pub kind: AggregationKind,
    /// Which way it lies.
    pub axis: Axis,
    /// The cell of the result.
    pub result: (usize, usize),
    /// The cells of the parts, blanks included. A share has its part, then its whole; a change its before, then its after.
    pub parts: Vec<(usize, usize)>,
    /// How well the numbers agree.
    pub fit: AggregationFit,
    /// Relations along the same lines have the same number.
    pub family: usize,
    /// The bits of evidence for the family beyond those that it needed.
    #[serde(with = "super::data::float")]
    pub bits: f32,
}

impl Aggregation {
    /// The same aggregation with its rows and its family counted from other numbers.
    pub fn moved(mut self, rows: usize, families: usize) -> Aggregation {
        self.family += families;
        self.result.0 += rows;
        self.parts.iter_mut().for_each(|part| part.0 += rows);
        self
    }
}
