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
}

impl Aggregation {
    /// The same aggregation with its rows counted from another number.
    pub fn moved(mut self, rows: usize) -> Aggregation {
        self.result.0 += rows;
        self.parts.iter_mut().for_each(|part| part.0 += rows);
        self
    }
}
