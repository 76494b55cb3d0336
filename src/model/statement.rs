//! What a sentence states about its figures.

pub use super::names::StatementMark;
pub use super::slot::{Direction, RelationKind, Slot};
use std::ops::Range;
use std::sync::Arc;

/// What a sentence states about its figures. Slots that the sentence leaves open are absent; `reconcile` finds
/// figures for them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Statement {
    /// The arithmetic.
    pub kind: RelationKind,
    /// Figures by slot, as indices of tokens; a slot may hold several (the parts of a sum).
    pub slots: Vec<(Slot, usize)>,
    /// Up or down, where the words tell it.
    pub direction: Option<Direction>,
    /// The tokens that the statement covers.
    pub tokens: Range<usize>,
    /// The stanzas that took part, by name.
    #[serde(with = "super::data::texts")]
    pub phrases: Vec<Arc<str>>,
    /// What the stanzas that took part, and the words beside them, say besides.
    pub marks: Vec<StatementMark>,
}

impl Statement {
    /// Whether its words say what a mark stands for.
    pub fn says(&self, mark: &StatementMark) -> bool {
        self.marks.contains(mark)
    }
}
