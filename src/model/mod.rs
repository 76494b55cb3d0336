//! What a document is, as plain data: from the glyphs of a page to its figures. All other modules use these types.
//!
//! Nothing here uses another module of the crate.

pub mod about;
pub mod aggregation;
pub mod arena;
pub mod bands;
pub mod block;
pub mod canvas;
pub mod copies;
pub mod data;
pub mod diagnostic;
pub mod document;
pub mod domain;
pub mod exact;
pub mod facets;
pub mod figure;
pub mod frame;
pub mod geometry;
pub mod hint;
pub mod ids;
pub mod key;
pub(crate) mod known;
pub mod labels;
pub mod left_out;
pub mod names;
pub mod period;
mod print;
pub mod quantity;
pub mod rounding;
pub mod sheet;
pub mod skew;
pub mod slot;
pub mod statement;
pub mod table;
pub mod text;
pub mod topic;
