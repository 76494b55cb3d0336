//! What is declared of how the numbers of a document were rounded.

use serde::{Deserialize, Serialize};
use std::num::NonZero;

/// To what multiple the counts of a document were rounded.
pub type Step = NonZero<u16>;

/// What a document or its user declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeclaredRounding {
    /// Its numbers are rounded. To what, its sums show: legends name several units, for numbers of several kinds.
    Somehow,
    /// Its counts are rounded to the nearest multiple of this.
    To(Step),
}
