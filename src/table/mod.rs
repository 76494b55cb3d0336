//! Tables: cells with their spans, heads, titles and notes, in whatever physical form they were printed.

pub mod aggregate;
mod cut;
mod draft;
mod marked;
pub mod numbers;
pub mod page;
mod pieces;
mod realigned;
mod sheet;
pub(crate) mod text;
mod thousands;
mod titles;
mod totals;
mod unite;
mod units;
mod words;

pub use marked::of_marked;
pub use page::of_drawn;
pub use sheet::of_sheet;
pub use text::{add_lists, dress, find};
pub(crate) use titles::begins_caption;
pub(crate) use totals::is_total;
pub use unite::unite;
