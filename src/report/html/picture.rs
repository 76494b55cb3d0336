//! Pictures of pages: each once, packed, and shown by every finding of its page with boxes over the figures.

use super::safe;
use crate::model::geometry::Rect;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

/// A page as an SVG document, with its size in points.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The SVG.
    pub svg: String,
    /// Its width in points.
    pub width: f32,
    /// Its height in points.
    pub height: f32,
}

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

/// Around the boxes, so many points above and below are shown of a page at first, and so many of a row of heads.
const AROUND: f32 = 28.0;

/// The pictures that a report shows.
pub(super) struct Album<'a> {
    draw: &'a mut dyn FnMut(usize, u32) -> Option<Picture>,
    pages: BTreeMap<(usize, u32), Option<Packed>>,
}

struct Packed {
    bytes: Vec<u8>,
    width: f32,
    height: f32,
}

impl<'a> Album<'a> {
    pub fn new(draw: &'a mut dyn FnMut(usize, u32) -> Option<Picture>) -> Album<'a> {
        Album { draw, pages: BTreeMap::new() }
    }

    /// The picture of a page with boxes, cut to what is between the uppermost and the lowest of them and `also`.
    pub fn shot(&mut self, document: usize, page: u32, boxes: &[Boxed], also: &[Rect]) -> Option<String> {
        let draw = &mut *self.draw;
        let packed =
            self.pages.entry((document, page)).or_insert_with(|| draw(document, page).and_then(|p| pack(&p)));
        let packed = packed.as_ref()?;
        let (width, height) = (packed.width, packed.height);
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
        for ((document, page), packed) in &self.pages {
            let Some(packed) = packed else { continue };
            let (name, text) = (name(*document, *page), STANDARD.encode(&packed.bytes));
            writeln!(out, "<script type=\"text/plain\" id=\"{name}\">{text}</script>")?;
        }
        Ok(())
    }
}

/// The name of a page's picture in the report.
fn name(document: usize, page: u32) -> String {
    format!("page-{document}-{page}")
}

fn pack(picture: &Picture) -> Option<Packed> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    // Writing into memory cannot fail.
    encoder.write_all(plain(&picture.svg).as_bytes()).ok()?;
    let bytes = encoder.finish().ok().filter(|bytes| bytes.len() <= PACKED)?;
    let fits = |side: f32| side.is_finite() && side > 0.0;
    (fits(picture.width) && fits(picture.height)).then_some(Packed {
        bytes,
        width: picture.width,
        height: picture.height,
    })
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
