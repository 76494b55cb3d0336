//! Bytes of a known kind → lines. One module a format.

mod fold;
pub mod text;
