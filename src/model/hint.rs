//! What a page or a file tells of a line besides its text.

use super::frame::Frame;
use super::geometry::{Rect, cover};
use super::text::{Line, Place};
use std::ops::Range;

/// Where the characters of a line stand on its page as shown.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LineBox {
    /// The upper end, in the frame of the page's text.
    #[serde(with = "super::data::float")]
    pub top: f32,
    /// The lower end, in the same frame.
    #[serde(with = "super::data::float")]
    pub bottom: f32,
    /// The left end of each character, and the right end of the last, in the frame of the page's text.
    #[serde(with = "super::data::floats")]
    pub xs: Box<[f32]>,
    /// How that frame lies on the page as shown.
    pub frame: Frame,
}

impl LineBox {
    /// The box of a range of characters.
    pub fn area(&self, chars: Range<usize>) -> Option<Rect> {
        let from = *self.xs.get(chars.start)?;
        let to = *self.xs.get(chars.end.max(chars.start + 1)).or(self.xs.last())?;
        Some(self.frame.shown(Rect::new(from, self.top, to.max(from), self.bottom)))
    }
}

/// Where a place stands on its page, in points from the top left of the page as shown. `None` where nothing is drawn.
/// `lines` are all lines of the document, `boxes` those of the lines.
pub fn area_of(lines: &[Line], boxes: &[LineBox], place: Place) -> Option<Rect> {
    cover(by_line(lines, boxes, place))
}

/// The same line by line, because one area around two lines covers what stands before and behind the place; a place of whole
/// lines, such as a list, has one area.
pub fn areas_of(lines: &[Line], boxes: &[LineBox], place: Place) -> Vec<Rect> {
    let last = (place.line_end as usize).checked_sub(1).and_then(|at| lines.get(at));
    let is_whole =
        place.start == 0 && last.is_some_and(|last| last.text.chars().count() <= place.end as usize);
    if is_whole {
        area_of(lines, boxes, place).into_iter().collect()
    } else {
        by_line(lines, boxes, place).collect()
    }
}

/// The part of each line that a place has.
fn by_line<'a>(lines: &'a [Line], boxes: &'a [LineBox], place: Place) -> impl Iterator<Item = Rect> + 'a {
    let first = place.line as usize;
    let last = place.line_end as usize;
    (first..=last.min(lines.len())).filter_map(move |number| {
        let at = number.checked_sub(1)?;
        let (line, drawn) = (lines.get(at)?, boxes.get(at)?);
        if line.page != place.page {
            return None;
        }
        let length = line.text.chars().count();
        let start = if number == first { place.start as usize } else { 0 };
        let end = if number == last { place.end as usize } else { length };
        if start < end { drawn.area(start..end) } else { None }
    })
}

/// What the drawing tells of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Hint {
    /// Whether its producer or its place says that it is a running head or foot.
    pub furniture: bool,
    /// Its rank where it is set in larger or bolder type than the text. The largest type has rank 1.
    pub heading: Option<u8>,
    /// Whether its place and its type show that it continues the line before.
    pub joined: bool,
    /// Whether a dot is drawn before it, which makes it an item of a list.
    pub item: bool,
    /// What the file says that it is, where the file says more than how it is drawn.
    pub told: Option<LineRole>,
}

/// What a file that knows headings, paragraphs and lists says that a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum LineRole {
    /// From 1, the outermost.
    Heading(u8),
    /// The beginning of a paragraph.
    Paragraph,
    /// The beginning of an item of a list.
    Item,
    /// A note at the foot of a page or the end of a document.
    Note,
}
