//! Text of a page that is not among the document's lines.

use super::canvas::Sight;
use super::geometry::Rect;

/// Why a text is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum WhyLeftOut {
    /// Nobody who looks at the page sees it.
    Unseen(Sight),
    /// It runs aslant, as a stamp does.
    Aslant,
}

impl WhyLeftOut {
    /// The reason, in words.
    pub fn words(self) -> &'static str {
        match self {
            WhyLeftOut::Unseen(Sight::Blank) => "unseen: in the colour of its background",
            WhyLeftOut::Unseen(Sight::Clipped) => "unseen: off the page, or clipped away",
            WhyLeftOut::Unseen(Sight::Covered) => "unseen: painted over",
            WhyLeftOut::Unseen(Sight::NoInk | Sight::Plain) => "unseen: drawn without ink",
            WhyLeftOut::Aslant => "it runs aslant to the page",
        }
    }
}

/// A line of text that the file has and the document's lines have not. No figure is made of it; it is kept so that it
/// can be told what was left out.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LeftOut {
    /// From 1.
    pub page: u32,
    /// Where it stands on the page as shown.
    pub area: Rect,
    /// The reason.
    pub why: WhyLeftOut,
    /// Its characters, words separated by a space.
    pub text: String,
}
