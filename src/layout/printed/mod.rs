//! A page as drawn → its words and lines, in reading order.

mod apart;
pub(crate) mod marks;
pub(crate) mod order;
pub(crate) mod runs;
mod words;

use crate::model::frame::Frame;

use crate::model::canvas::{Canvas, Fill, Font, Glyph, Rule, TaggedTable, Turn, UNREADABLE, UnicodeConflict};
use crate::model::geometry::Rect;
use std::ops::Range;

/// A word, or a whole line of text that does not run with the rest of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its glyphs, indices into [`Printed::glyphs`].
    pub glyphs: Range<u32>,
    /// Where it stands.
    pub area: Rect,
    /// The line that it stands on.
    pub base: f32,
    /// Size of its type in points.
    pub size: f32,
    /// In bold type.
    pub bold: bool,
    /// In type of one width.
    pub fixed_pitch: bool,
    /// A mark above or below the line, smaller than the word it belongs to, which it follows closely.
    pub mark: Mark,
    /// How it runs against the rest of the page.
    pub turn: Turn,
    /// Its producer calls it no content.
    pub artifact: bool,
}

/// Whether a word is set off the line.
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

/// A page's words with all that is drawn round them, turned so that most of its text is upright.
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
    /// Word by word.
    pub glyphs: Vec<Glyph>,
    /// The glyphs' fonts.
    pub fonts: Vec<Font>,
    /// By line from top to bottom, then from left to right.
    pub words: Vec<Word>,
    /// Lines that are drawn.
    pub rules: Vec<Rule>,
    /// Areas that are filled.
    pub fills: Vec<Fill>,
    /// Areas of curves and slanting lines.
    pub curves: Vec<Rect>,
    /// Areas of pictures.
    pub pictures: Vec<Rect>,
    /// Tables of the structure tree.
    pub tagged: Vec<TaggedTable>,
    /// The text is the invisible layer over a scanned page.
    pub recognised: bool,
    /// Regions whose text runs another way, each in a frame of its own.
    pub apart: Vec<Printed>,
}

const RECOGNISED: &str = "it was read from the recognised text of a scanned page";
const NO_UNICODE: &str = "the file does not say which character one of its glyphs is";
const REPLACED: &str = "the file gives another text for it than the one that is drawn";
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

    /// Where a figure may have been misread, on the page as shown, and why.
    pub fn doubts(&self) -> Vec<(Rect, &'static str)> {
        if self.recognised {
            return vec![(self.frame.shown(Rect::new(0.0, 0.0, self.width, self.height)), RECOGNISED)];
        }
        let doubt = |word: &Word| {
            self.chars(word).find_map(|glyph| match glyph.conflict {
                UnicodeConflict::None => (glyph.ch == UNREADABLE).then_some(NO_UNICODE),
                UnicodeConflict::ActualText => Some(REPLACED),
                UnicodeConflict::ToUnicode => Some(CONTRADICTED),
            })
        };
        let own = self.words.iter().filter_map(|w| Some((self.frame.shown(w.area), doubt(w)?)));
        own.chain(self.apart.iter().flat_map(Printed::doubts)).collect()
    }

    /// The text of a word, as printed.
    pub fn text(&self, word: &Word) -> String {
        self.chars(word).map(|g| g.ch).collect()
    }
}
