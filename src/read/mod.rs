//! Reads bytes of a known kind into lines; one module for each format.

#[cfg(feature = "archives")]
pub mod archive;
pub mod csv;
#[cfg(feature = "docx")]
pub mod docx;
#[cfg(any(feature = "docx", feature = "html"))]
pub mod flow;
pub(crate) mod fold;
#[cfg(feature = "html")]
pub mod html;
#[cfg(feature = "markdown")]
pub mod markdown;
#[cfg(feature = "ocr")]
pub mod ocr;
#[cfg(feature = "office")]
pub(crate) mod package;
#[cfg(feature = "zip")]
pub(crate) mod packed;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(any(feature = "ocr", feature = "render"))]
pub mod raster;
pub mod rows;
#[cfg(feature = "office")]
pub mod shown;
mod sniff;
pub mod source;
pub mod text;
#[cfg(feature = "sheets")]
pub mod workbook;
#[cfg(feature = "office")]
pub(crate) mod xml;

use crate::model::text::{Line, STRIDE};

/// A line of text with its typographic variants folded.
pub(crate) fn folded_line(raw: String, number: u32, page: u32) -> Line {
    let strides =
        (raw.len() > STRIDE).then(|| raw.char_indices().step_by(STRIDE).map(|(at, _)| at).collect());
    if fold::is_plain(&raw) {
        return Line { number, page, text: raw, printed: None, strides };
    }
    Line { number, page, text: fold::fold_line(&raw), printed: Some(raw.into()), strides }
}
