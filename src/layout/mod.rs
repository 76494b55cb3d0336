//! Groups lines into blocks in reading order: headings, paragraphs, list items, tables, and what is not content.

mod arrange;
mod axes;
mod classify;
mod contents;
mod furniture;
mod hyphens;
mod levels;
mod marks;
pub mod printed;
mod sections;
mod sentence;
pub(crate) mod settings;
#[cfg(test)]
mod tests;
mod title;
pub(crate) mod width;

pub use arrange::arrange;
pub(crate) use axes::is_axis;
pub use contents::contents;
pub use furniture::furniture;
pub(crate) use furniture::is_page_label;
pub(crate) use hyphens::Hyphens;
pub(crate) use marks::after_note_mark;
pub use sentence::sentences;
pub use width::wrap_width;
