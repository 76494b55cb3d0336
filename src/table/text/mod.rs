//! Tables in lines of text, in whatever form they were printed.

mod assemble;
mod blanks;
mod cycles;
mod find;
mod flat;
mod heads;
mod label_value;
mod lexicon;
mod pipes;
mod reading;
mod run_together;
mod slashes;
mod spaces;
mod stream;
mod tabs;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use find::{add_lists, dress, find};
pub(crate) use pipes::spanning;
