//! What is drawn on one page: glyphs, rules, filled areas and pictures, in display space.

use super::geometry::Rect;

/// One character as it is drawn. A glyph that stands for several characters is stored as one of these for each, side
/// by side.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Glyph {
    /// The character; [`UNREADABLE`] where the file does not say which.
    pub ch: char,
    /// From the font's ascent to its descent, over the advance width.
    pub area: Rect,
    /// The point of the line that it stands on: `y` where the text is upright.
    pub origin: (f32, f32),
    /// Size of the type in points, as shown.
    pub size: f32,
    /// The direction of reading, in radians clockwise from left to right on the page as shown.
    pub angle: f32,
    /// The direction of reading as a quarter turn.
    pub turn: Turn,
    /// Index into [`Canvas::fonts`].
    pub font: u16,
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// Whether a reader of the page sees it.
    pub sight: Sight,
    /// The marked content that it belongs to, as the structure tree names it.
    pub mcid: Option<u32>,
    /// Marked by the producer as no content: running heads, page numbers.
    pub artifact: bool,
    /// Its place in the order of painting.
    pub order: u32,
    /// Whether the file contradicts itself about this character.
    pub conflict: UnicodeConflict,
}

impl Glyph {
    /// The glyph's area if it ran along the nearest quarter turn around the same centre. The area of a slanted glyph is
    /// larger than the glyph.
    pub fn upright_area(&self) -> Rect {
        let (sin, cos) = self.angle.sin_cos();
        let (long, short) = (sin.abs().max(cos.abs()), sin.abs().min(cos.abs()));
        let (width, height) = (self.area.width(), self.area.height());
        let scale = long * long - short * short;
        let (w, h) = ((width * long - height * short) / scale, (height * long - width * short) / scale);
        if scale < 0.5 || w <= 0.0 || h <= 0.0 {
            return self.area;
        }
        let (x, y) = (self.area.mid_x(), self.area.mid_y());
        Rect::new(x - w / 2.0, y - h / 2.0, x + w / 2.0, y + h / 2.0)
    }
}

/// Whether a glyph's character is in doubt, mostly because the file contradicts itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum UnicodeConflict {
    /// No contradiction was found.
    #[default]
    None,
    /// An `ActualText` gives another digit than the one that is drawn.
    ActualText,
    /// The font's `ToUnicode` table and the names of its glyphs differ.
    ToUnicode,
    /// It was recognised in a picture, and hardly.
    Faint,
}

/// Stands for a glyph where the file does not say which character it is.
pub const UNREADABLE: char = '\u{FFFD}';

/// The direction in which a text runs on the page as shown.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Turn {
    /// From left to right.
    #[default]
    Upright,
    /// From bottom to top.
    Up,
    /// From right to left, head down.
    Over,
    /// From top to bottom.
    Down,
    /// Aslant.
    Aslant,
}

/// Whether a glyph can be seen, and why not.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub enum Sight {
    /// It can.
    #[default]
    Plain,
    /// Drawn with an invisible text mode, as the text layer over a scanned page is.
    NoInk,
    /// In the colour of its background.
    Blank,
    /// Off the page, or clipped away.
    Clipped,
    /// Under something that was painted later.
    Covered,
}

/// What is known of a font.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Font {
    /// Its PostScript name, where the file has it.
    pub name: String,
    /// Heavier than text type.
    pub bold: bool,
    /// Slanted.
    pub italic: bool,
    /// Every character has the same width.
    pub fixed_pitch: bool,
}

/// A drawn line, upright or level.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Rule {
    /// Whether it is level, so that it runs from left to right. Otherwise it runs from top to bottom.
    pub level: bool,
    /// Where it stands: `y` of a level rule, `x` of an upright one.
    pub at: f32,
    /// Where it begins: `x` of a level rule, `y` of an upright one.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// Its thickness.
    pub width: f32,
}

impl Rule {
    /// Its length.
    pub fn length(self) -> f32 {
        self.to - self.from
    }

    /// As an area.
    pub fn area(self) -> Rect {
        let half = self.width / 2.0;
        if self.level {
            Rect::new(self.from, self.at - half, self.to, self.at + half)
        } else {
            Rect::new(self.at - half, self.from, self.at + half, self.to)
        }
    }
}

/// A filled rectangle that is no rule.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Fill {
    /// Where.
    pub area: Rect,
    /// Red, green, blue.
    pub colour: [u8; 3],
    /// Whether nothing shines through it.
    pub opaque: bool,
    /// Its place in the order of painting.
    pub order: u32,
}

/// A link to somewhere.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Link {
    /// The area that is clicked.
    pub area: Rect,
    /// An address, or nothing for a link within the document.
    pub target: Option<String>,
}

/// Everything on one page.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Canvas {
    /// From 1.
    pub page: u32,
    /// In points, as shown.
    pub width: f32,
    /// In points, as shown.
    pub height: f32,
    /// In the order of painting.
    pub glyphs: Vec<Glyph>,
    /// Those of the page's glyphs.
    pub fonts: Vec<Font>,
    /// Level and upright lines.
    pub rules: Vec<Rule>,
    /// Filled rectangles.
    pub fills: Vec<Fill>,
    /// The areas of curves and slanting lines.
    pub curves: Vec<Rect>,
    /// The areas of pictures.
    pub pictures: Vec<Rect>,
    /// Links.
    pub links: Vec<Link>,
    /// Tables of the structure tree.
    pub tagged: Vec<TaggedTable>,
}

/// A table as the structure tree has it, or what of it stands on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TaggedTable {
    /// Row by row.
    pub rows: Vec<Vec<TaggedCell>>,
    /// It goes on from an earlier page.
    pub continued: bool,
}

/// A cell as the structure tree has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TaggedCell {
    /// Tagged as a head.
    pub header: bool,
    /// As the file says, at least 1.
    pub row_span: usize,
    /// As the file says, at least 1.
    pub col_span: usize,
    /// Its marked content.
    pub mcids: Vec<u32>,
}

/// A page may be a scan where pictures cover at least this share of it.
const SCANNED: f32 = 0.5;
/// A scan may have a page number or a stamp typed on it: at most this many characters.
const TYPED_ON: usize = 80;

impl Canvas {
    /// How many printed characters there are of a kind.
    pub fn count(&self, sight: Sight) -> usize {
        self.glyphs.iter().filter(|g| g.sight == sight && !g.ch.is_whitespace()).count()
    }

    /// Whether the page is a picture, with or without a layer of text.
    pub fn is_scanned(&self) -> bool {
        self.pictured() >= SCANNED && self.count(Sight::Plain) <= TYPED_ON
    }

    /// Whether invisible text is what was recognised in the picture.
    pub fn is_recognised(&self) -> bool {
        self.pictured() >= SCANNED && self.count(Sight::NoInk) > 4 * self.count(Sight::Plain)
    }

    /// The share of the page that pictures cover, from 0 to 1, as if none lay over another.
    pub fn pictured(&self) -> f32 {
        let page = Rect::new(0.0, 0.0, self.width, self.height);
        let covered: f32 = self.pictures.iter().map(|p| p.meet(page).area()).sum();
        (covered / page.area().max(1.0)).min(1.0)
    }
}
