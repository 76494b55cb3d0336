//! What `benches/accuracy` puts into documents.
#![allow(dead_code, reason = "that bench uses more of it")]

#[path = "../accuracy/chance.rs"]
pub mod chance;
#[path = "../accuracy/damage.rs"]
pub mod damage;
#[path = "../accuracy/docs.rs"]
pub mod docs;
#[path = "../accuracy/kinds.rs"]
pub mod kinds;
#[path = "../accuracy/making.rs"]
mod making;
#[path = "../accuracy/page.rs"]
pub mod page;
#[path = "../accuracy/relation.rs"]
mod relation;
#[path = "../accuracy/rows.rs"]
mod rows;
#[path = "../accuracy/text.rs"]
mod text;
#[path = "../accuracy/twins.rs"]
pub mod twins;
#[path = "../accuracy/words.rs"]
mod words;
