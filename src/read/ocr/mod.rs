//! Recognises the text of pages that are pictures. What is recognised becomes glyphs and rules of the page's [`Canvas`], so that
//! all that follows reads such a page as it reads any other, and holds its figures in doubt.

mod level;
mod rules;
mod tesseract;

pub use super::raster::Raster;
pub(crate) use super::raster::samples;
pub use tesseract::Tesseract;

use crate::model::canvas::{Canvas, Font, Glyph, Rule, Sight, Turn, UnicodeConflict};
use crate::model::geometry::Rect;
use level::Lie;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Pages are recognised at this many dots to the inch, which Tesseract is trained for. On three scans with 55 known relations, 300
/// bore out 13 of them with one look, 200 and 400 bore out 9 and 11.
pub const RESOLUTION: f32 = 300.0;

/// Figures that are recognised with less confidence than this have a doubt of their own. On a page of small type, read by eye, 18 of
/// the 40 words with digits below it were wrong at the first look, and 17 of the 66 between it and 85.
const DOUBTED: f32 = 60.0;

/// What is left of a rule stands so near to where it was, in pixels: less than the space between a number and its cell's edge. Where
/// specks were taken anywhere beside numbers, 3 of the 21 relations that were borne out on three scans were lost.
const RESIDUE: f32 = 8.0;
/// What stands in a cell in place of a number.
const DASHES: &str = "-–—";
/// Single characters with less confidence than this may be what is left of rules: on three scans, 105 of the 164 lone "i", "j", "=", "_"
/// and "|" had less.
const SPECK: f32 = 75.0;

/// Recognises text in pictures.
pub trait Recogniser: Debug + Send + Sync {
    /// What it is called, with its version.
    fn name(&self) -> &str;

    /// The words of a picture.
    ///
    /// # Errors
    /// Why the picture could not be read.
    fn words(&self, picture: &Raster) -> Result<Vec<Word>, String>;
}

/// A word as it was recognised. Places are pixels of the picture, from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// The ink of it.
    pub area: Rect,
    /// From 0 to 100.
    pub confidence: f32,
    /// Where its line stands.
    pub base: f32,
    /// The size of the type.
    pub size: f32,
    /// Which line it belongs to.
    pub line: usize,
}

impl Word {
    /// Whether it may be what is left of a rule: one character that is hardly recognised, and neither a
    /// digit nor a dash.
    fn is_speck(&self) -> bool {
        let mut characters = self.text.chars();
        match (characters.next(), characters.next()) {
            (Some(one), None) => self.confidence < SPECK && !one.is_ascii_digit() && !DASHES.contains(one),
            _ => false,
        }
    }
}

/// What was recognised on one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecognisedPage {
    words: Vec<Word>,
    rules: Vec<Rule>,
    lie: Lie,
}

/// What was recognised in a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recognised {
    /// The name of the recogniser.
    pub by: String,
    /// By the number of the page, or why nothing was recognised on it.
    pub pages: BTreeMap<u32, Result<RecognisedPage, String>>,
}

impl RecognisedPage {
    /// Finds the rules and the words of a page. `draw` draws it with so many dots to the inch, turned round its middle by an angle
    /// against the clock.
    ///
    /// # Errors
    /// Why the recogniser failed.
    pub fn of(
        draw: impl Fn(f32, f32) -> Option<Raster>,
        recogniser: &dyn Recogniser,
    ) -> Result<RecognisedPage, String> {
        let drawn = |resolution, angle| draw(resolution, angle).ok_or("its picture could not be drawn");
        let lie = Lie::of(&drawn(level::COARSE, 0.0)?);
        let mut picture = drawn(RESOLUTION, lie.angle)?;
        let rules = rules::take(&mut picture);
        let mut words = recogniser.words(&picture)?;
        let pixels = RESOLUTION / 72.0;
        let ruled: Vec<Rect> = rules.iter().map(|rule| rule.area()).collect();
        words.retain(|word| {
            let Rect { x0, y0, x1, y1 } = word.area.grown(RESIDUE);
            let near = Rect::new(x0 / pixels, y0 / pixels, x1 / pixels, y1 / pixels);
            !(word.is_speck() && ruled.iter().any(|rule| rule.overlaps(near)))
        });
        Ok(RecognisedPage { words, rules, lie })
    }

    /// Puts what was recognised on the page that it was recognised on.
    pub fn add_to(&self, canvas: &mut Canvas) {
        let points = 72.0 / RESOLUTION;
        let shown = |x: f32, y: f32| {
            let (x, y) = self.lie.shown(x / points, y / points);
            (x * points, y * points)
        };
        canvas.rules.extend(self.rules.iter().map(|rule| {
            let middle = (rule.from + rule.to) / 2.0;
            let (x, y) = if rule.level { shown(middle, rule.at) } else { shown(rule.at, middle) };
            let (at, along) = if rule.level { (y, x) } else { (x, y) };
            Rule { at, from: rule.from + along - middle, to: rule.to + along - middle, ..*rule }
        }));
        let font = u16::try_from(canvas.fonts.len()).unwrap_or(u16::MAX);
        canvas.fonts.push(Font::default());
        let mut order = canvas.glyphs.iter().map(|glyph| glyph.order).max().unwrap_or(0);
        for (at, word) in self.words.iter().enumerate() {
            order = order.saturating_add(1);
            let (size, base) = (word.size * points, word.base * points);
            let faint = word.confidence < DOUBTED;
            let mut push = |ch: char, from: f32, to: f32| {
                let (from, to) = (from * points, to * points);
                let upright = Rect::new(from, base - ASCENT * size, to, base + DESCENT * size);
                let (x, y) = shown(upright.mid_x(), upright.mid_y());
                canvas.glyphs.push(Glyph {
                    ch,
                    area: upright.moved(x - upright.mid_x(), y - upright.mid_y()),
                    origin: shown(from, base),
                    size,
                    angle: self.lie.angle,
                    turn: Turn::of(self.lie.angle),
                    font,
                    colour: [0, 0, 0],
                    sight: Sight::NoInk,
                    mcid: None,
                    artifact: false,
                    order,
                    conflict: if faint { UnicodeConflict::Faint } else { UnicodeConflict::None },
                });
            };
            let step = word.area.width() / word.text.chars().count().max(1) as f32;
            for (place, ch) in word.text.chars().enumerate() {
                let from = word.area.x0 + step * place as f32;
                push(ch, from, from + step);
            }
            let next = self.words.get(at + 1).filter(|next| next.line == word.line);
            if let Some(gap) = next.map(|next| next.area.x0 - word.area.x1).filter(|gap| *gap > 0.0) {
                push(' ', word.area.x1, word.area.x1 + gap.min(SPACE * word.size));
            }
        }
    }
}

/// How far type rises over its line and falls below it, and how wide a space is, in parts of its size: those of common fonts.
const ASCENT: f32 = 0.75;
const DESCENT: f32 = 0.25;
const SPACE: f32 = 0.25;

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Reads(Vec<Word>);

    impl Recogniser for Reads {
        fn name(&self) -> &str {
            "a reader"
        }

        fn words(&self, _: &Raster) -> Result<Vec<Word>, String> {
            Ok(self.0.clone())
        }
    }

    fn word(text: &str, x0: f32, confidence: f32) -> Word {
        let area = Rect::new(x0, 400.0, x0 + 20.0 * text.len() as f32, 430.0);
        Word { text: text.to_owned(), area, confidence, base: 430.0, size: 40.0, line: 1 }
    }

    /// A page of 300 by 300 points with an upright rule at 100 points.
    fn page(resolution: f32, _: f32) -> Option<Raster> {
        let side = (300.0 * resolution / 72.0) as usize;
        let mut page = Raster::white(side, side);
        let at = side / 3;
        (0..side).for_each(|y| (at..at + 2).for_each(|x| page.set(x, y, 0)));
        Some(page)
    }

    #[test]
    fn words_become_glyphs_where_they_stand() {
        let words = vec![word("Total", 100.0, 96.0), word("17", 300.0, 40.0), word("i", 410.0, 30.0)];
        let page = RecognisedPage::of(page, &Reads(words)).unwrap();
        let mut canvas = Canvas { page: 1, width: 300.0, height: 300.0, ..Canvas::default() };
        page.add_to(&mut canvas);
        let text: String = canvas.glyphs.iter().map(|glyph| glyph.ch).collect();
        assert_eq!(text, "Total 17", "what is left of the rule is no word");
        let one = canvas.glyphs[6];
        assert!((one.origin.0 - 72.0).abs() < 0.1 && (one.origin.1 - 103.2).abs() < 0.1, "{one:?}");
        assert_eq!(
            (one.conflict, canvas.glyphs[0].conflict),
            (UnicodeConflict::Faint, UnicodeConflict::None)
        );
        let rule = canvas.rules[0];
        assert!(canvas.rules.len() == 1 && !rule.level && (rule.at - 100.0).abs() < 0.5, "{rule:?}");
    }
}
