//! Turns a drawn page into words and lines in reading order.

mod apart;
mod left_out;
pub(crate) mod marks;
pub(crate) mod order;
pub(crate) mod runs;
mod words;

use crate::model::frame::Frame;
use crate::model::left_out::LeftOut;

use crate::model::canvas::{Canvas, Fill, Font, Glyph, Rule, TaggedTable, Turn, UNREADABLE, UnicodeConflict};
use crate::model::geometry::Rect;
use std::ops::Range;

/// A word; or a whole line of text that runs in another direction than the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its glyphs, as indices into [`Printed::glyphs`].
    pub glyphs: Range<u32>,
    /// Its area in the frame of the page.
    pub area: Rect,
    /// Its baseline.
    pub base: f32,
    /// Size of its type in points.
    pub size: f32,
    /// In bold type.
    pub bold: bool,
    /// In type in which every character has the same width.
    pub fixed_pitch: bool,
    /// Whether it is a superscript or subscript that directly follows a larger word.
    pub mark: Mark,
    /// Its direction relative to the page's.
    pub turn: Turn,
    /// Whether the file tags it as an artifact, that is as no content.
    pub artifact: bool,
}

/// Whether a word is set above or below the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// It stands on the line.
    #[default]
    None,
    /// A superscript.
    Above,
    /// A subscript.
    Below,
}

/// The words of a page with the drawings around them, turned so that most text is upright.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// From 1.
    pub page: u32,
    /// In points, in this frame.
    pub width: f32,
    /// In points, in this frame.
    pub height: f32,
    /// How this frame lies on the page as shown.
    pub frame: Frame,
    /// In the order of the words.
    pub glyphs: Vec<Glyph>,
    /// The glyphs' fonts.
    pub fonts: Vec<Font>,
    /// In lines from top to bottom, then from left to right.
    pub words: Vec<Word>,
    /// Lines that are drawn.
    pub rules: Vec<Rule>,
    /// Areas that are filled.
    pub fills: Vec<Fill>,
    /// Areas of curves and slanting lines.
    pub curves: Vec<Rect>,
    /// Tables of the structure tree.
    pub tagged: Vec<TaggedTable>,
    /// Whether the text is an invisible layer over a scanned page.
    pub recognised: bool,
    /// Regions whose text runs in another direction, each with a frame of its own.
    pub apart: Vec<Printed>,
    /// Text that is not among the words: it cannot be seen, or runs aslant.
    pub left_out: Vec<LeftOut>,
    /// The digits of numbers that the edge of the page, or of an area on it, cuts: where they stand on the page as shown.
    pub cuts: Vec<Rect>,
}

const RECOGNISED: &str = "it was read from the recognised text of a scanned page";
const FAINT: &str = "it was recognised in a picture, and hardly";
const NO_UNICODE: &str = "the file does not say which character one of its glyphs is";
const REPLACED: &str = "the file gives another text for it than the one that is drawn";
const CUT: &str = "an edge cuts it: some of its digits cannot be seen";
const CONTRADICTED: &str = "its font contradicts itself about its digits";

impl Printed {
    /// Reads the words of a page.
    pub fn of(canvas: Canvas) -> Printed {
        words::seen(canvas)
    }

    /// The characters of a word, as printed.
    pub fn chars(&self, word: &Word) -> impl Iterator<Item = &Glyph> {
        let range = word.glyphs.start as usize..word.glyphs.end as usize;
        self.glyphs.get(range).unwrap_or_default().iter()
    }

    /// The areas in which a figure may have been misread, on the page as shown, each with the reason.
    pub fn doubts(&self) -> Vec<(Rect, &'static str)> {
        let doubt = |word: &Word| {
            self.chars(word).find_map(|glyph| match glyph.conflict {
                UnicodeConflict::None => (glyph.ch == UNREADABLE).then_some(NO_UNICODE),
                UnicodeConflict::ActualText => Some(REPLACED),
                UnicodeConflict::ToUnicode => Some(CONTRADICTED),
                UnicodeConflict::Faint => Some(FAINT),
            })
        };
        let own = self.words.iter().filter_map(|w| Some((self.frame.shown(w.area), doubt(w)?)));
        let cut = self.cuts.iter().map(|area| (*area, CUT));
        let all = self.frame.shown(Rect::new(0.0, 0.0, self.width, self.height));
        let all = self.recognised.then_some((all, RECOGNISED));
        own.chain(cut).chain(self.apart.iter().flat_map(Printed::doubts)).chain(all).collect()
    }

    /// The text of a word, as printed.
    pub fn text(&self, word: &Word) -> String {
        self.chars(word).map(|g| g.ch).collect()
    }
}
