//! crossfoot reads published complaint reports, extracts every table and every figure of the prose with its
//! place, and checks that the figures add up.

pub mod check;
pub mod document;
pub mod error;
pub mod format;
pub mod grammar;
pub mod layout;
pub mod number;
pub mod observe;
pub mod page;
pub mod period;
pub mod relate;
pub mod source;
pub mod table;
