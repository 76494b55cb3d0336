//! Pictures of pages: each once, packed, and shown by every finding of its page with boxes over the figures.

use super::safe;
use crate::model::geometry::Rect;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

/// A page as an SVG document, packed, with its size in points.
#[derive(Clone, Debug)]
pub struct Picture {
    bytes: Vec<u8>,
    width: f32,
    height: f32,
}

/// What draws pages, by the number of their document and their own. It gives a picture for each, or nothing.
pub type Draw<'a> = dyn FnMut(usize, &[u32]) -> Vec<Option<Picture>> + 'a;

/// A figure that is boxed.
pub(super) struct Boxed {
    pub area: Rect,
    pub published: bool,
    pub text: String,
}

/// An embedded photograph or logo with more characters than this is left out of its page's picture: figures are hardly ever part
/// of one, and a page with photographs would be larger than all others together.
const EMBEDDED: usize = 60_000;

/// A picture that is larger than this when it is packed is left out: maps and plans of a hundred thousand strokes.
const PACKED: usize = 400_000;

/// How hard pictures are packed. The hardest, 9, makes them 8% smaller and takes three times as long, which was more than drawing
/// them takes.
const LEVEL: u32 = 4;

/// Around the boxes, so many points above and below are shown of a page at first, and so many of a row of heads.
const AROUND: f32 = 28.0;

/// The pictures that a report shows.
pub(super) struct Album {
    pages: BTreeMap<(usize, u32), Picture>,
}

impl Album {
    /// Draws the pages of each document together, because they share their fonts.
    pub fn of(wanted: &BTreeSet<(usize, u32)>, draw: &mut Draw<'_>) -> Album {
        let mut numbers: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (document, page) in wanted {
            numbers.entry(*document).or_default().push(*page);
        }
        let mut pages = BTreeMap::new();
        for (document, numbers) in numbers {
            let drawn = numbers.iter().zip(draw(document, &numbers));
            pages.extend(drawn.filter_map(|(page, picture)| Some(((document, *page), picture?))));
        }
        Album { pages }
    }

    /// The picture of a page with boxes, cut to what is between the uppermost and the lowest of them and `also`.
    pub fn shot(&self, document: usize, page: u32, boxes: &[Boxed], also: &[Rect]) -> Option<String> {
        let picture = self.pages.get(&(document, page))?;
        let (width, height) = (picture.width, picture.height);
        let areas = || boxes.iter().map(|boxed| boxed.area).chain(also.iter().copied());
        let top = areas().map(|area| area.y0).fold(f32::MAX, f32::min) - AROUND;
        let bottom = areas().map(|area| area.y1).fold(f32::MIN, f32::max) + AROUND;
        let (top, bottom) = (top.clamp(0.0, height), bottom.clamp(0.0, height));
        if bottom <= top {
            return None;
        }
        let full = format!("0 0 {width:.1} {height:.1}");
        let crop = format!("0 {top:.1} {width:.1} {:.1}", bottom - top);
        let texts = |published: bool| {
            let texts = boxes.iter().filter(|boxed| boxed.published == published);
            texts.map(|boxed| safe(&boxed.text)).collect::<Vec<_>>().join(", ")
        };
        let against = texts(false);
        let against = if against.is_empty() { String::new() } else { format!("; held against {against}") };
        let mut out = format!(
            "<svg class=\"shot\" role=\"img\" aria-label=\"Part of page {page} with boxes around {}{against}\" \
             data-page=\"{}\" data-crop=\"{crop}\" data-full=\"{full}\" viewBox=\"{crop}\">\
             <image width=\"{width:.1}\" height=\"{height:.1}\"/>",
            texts(true),
            name(document, page),
        );
        for boxed in boxes {
            let area = boxed.area;
            let class = if boxed.published { "published" } else { "operand" };
            let _ = write!(
                out,
                "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\"><title>{}</title></rect>",
                area.x0 - 2.0,
                area.y0 - 1.5,
                area.width() + 4.0,
                area.height() + 3.0,
                safe(&boxed.text),
            );
        }
        out.push_str("</svg>");
        Some(out)
    }

    /// Writes the pictures, each in an element of its own that is not shown.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for ((document, page), picture) in &self.pages {
            let (name, text) = (name(*document, *page), STANDARD.encode(&picture.bytes));
            writeln!(out, "<script type=\"text/plain\" id=\"{name}\">{text}</script>")?;
        }
        Ok(())
    }
}

/// The name of a page's picture in the report.
fn name(document: usize, page: u32) -> String {
    format!("page-{document}-{page}")
}

impl Picture {
    /// The picture of an SVG document with its width and height in points; nothing where it is too large for a report.
    pub fn of(svg: &str, width: f32, height: f32) -> Option<Picture> {
        let fits = |side: f32| side.is_finite() && side > 0.0;
        if !(fits(width) && fits(height)) {
            return None;
        }
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
        // Writing into memory cannot fail.
        encoder.write_all(plain(svg).as_bytes()).ok()?;
        let bytes = encoder.finish().ok().filter(|bytes| bytes.len() <= PACKED)?;
        Some(Picture { bytes, width, height })
    }
}

/// An SVG without what only takes room: blanks between elements, more than four decimals, and large embedded pictures.
fn plain(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find(['>', '.', 'd']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mark = from.chars().next().unwrap_or_default();
        let after = from.get(1..).unwrap_or_default();
        rest = match mark {
            '>' => {
                out.push('>');
                let next = after.trim_start();
                if next.starts_with('<') { next } else { after }
            }
            '.' => {
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                let (part, next) = after.split_at(digits);
                out.push('.');
                out.push_str(part.get(..4).unwrap_or(part));
                next
            }
            _ => {
                let end = from.find(['"', '\'']).unwrap_or(from.len());
                let (value, next) = from.split_at(end);
                if value.starts_with("data:") && end > EMBEDDED {
                    next
                } else {
                    out.push('d');
                    after
                }
            }
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_loses_only_what_takes_room() {
        let image = format!("data:image/png;base64,{}", "A".repeat(EMBEDDED));
        let svg = format!(
            "<svg>\n  <path d=\"M0.123456 1.5\"/>\n <text> a. b</text><image href=\"{image}\"/></svg>"
        );
        let expected = "<svg><path d=\"M0.1234 1.5\"/><text> a. b</text><image href=\"\"/></svg>";
        assert_eq!(plain(&svg), expected);
        assert_eq!(
            plain("<image href=\"data:image/png;base64,AA\"/>"),
            "<image href=\"data:image/png;base64,AA\"/>"
        );
    }
}
