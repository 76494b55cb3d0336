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
    pub areas: Vec<Rect>,
    pub published: bool,
    pub text: String,
}

/// An embedded photograph or logo with more characters than this is left out of its page's picture: figures are hardly ever part
/// of one, and a page with photographs would be larger than all others together. One that covers the page, as a scan does, is drawn
/// with no more characters than [`Picture::room`].
const EMBEDDED: usize = 60_000;

/// A picture that is larger than this when it is packed is left out: maps and plans of a hundred thousand strokes.
const PACKED: usize = 400_000;

/// How hard pictures are packed. The hardest, 9, makes them 8% smaller and takes three times as long, which was more than drawing
/// them takes.
const LEVEL: u32 = 4;

/// Around the boxes, so many points above and below are shown of a page at first.
const AROUND: f32 = 28.0;

/// What lies between two boxes is left out where it is higher than this: a sixth of a page, below which a cut saves less room than
/// it takes to see that there is one.
const APART: f32 = 120.0;

/// So many points are between a line and the edge of a piece: brackets and tall letters reach out of the areas of their lines.
const CLEAR: f32 = 2.5;

/// So many points are between a figure and its box at most, at its sides and above and below it.
const SIDE: f32 = 2.0;
const OVER: f32 = 1.5;

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

    /// The picture of a page with boxes, cut to these and what is `also` of use, in as many pieces as these are apart. Where it can be
    /// helped, no piece ends in the middle of one of the `lines`.
    pub fn shots(
        &self,
        document: usize,
        page: u32,
        boxes: &[Boxed],
        also: &[Rect],
        lines: &[Rect],
    ) -> Option<String> {
        let picture = self.pages.get(&(document, page))?;
        let (width, height) = (picture.width, picture.height);
        let areas: Vec<Rect> = boxes.iter().flat_map(|boxed| boxed.areas.iter().copied()).collect();
        let texts = |published: bool| {
            let texts = boxes.iter().filter(|boxed| boxed.published == published);
            texts.map(|boxed| safe(&boxed.text)).collect::<Vec<_>>().join(", ")
        };
        let against = texts(false);
        let against = if against.is_empty() { String::new() } else { format!("; held against {against}") };
        let mut rects = Vec::new();
        for boxed in boxes {
            let class = if boxed.published { "published" } else { "operand" };
            for area in &boxed.areas {
                let Rect { x0, y0, x1, y1 } = around(*area, &areas);
                let rect = format!(
                    "<rect class=\"{class}\" x=\"{x0:.1}\" y=\"{y0:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"2\"><title>{}</title></rect>",
                    x1 - x0,
                    y1 - y0,
                    safe(&boxed.text),
                );
                rects.push((y0, y1, rect));
            }
        }
        let bands = bands(areas.iter().chain(also), height, lines);
        let mut out = String::new();
        for (number, (top, bottom)) in bands.iter().enumerate() {
            let crop = format!("0 {top:.1} {width:.1} {:.1}", bottom - top);
            let said = if number == 0 {
                format!("Part of page {page} with boxes around {}{against}", texts(true))
            } else {
                format!("A further part of page {page}")
            };
            let _ = write!(
                out,
                "<svg class=\"shot\" role=\"img\" aria-label=\"{said}\" data-page=\"{}\" data-crop=\"{crop}\" \
                 data-full=\"0 0 {width:.1} {height:.1}\" viewBox=\"{crop}\"><image width=\"{width:.1}\" height=\"{height:.1}\"/>",
                name(document, page),
            );
            // The first piece becomes the whole page, so it has all boxes.
            for (y0, y1, rect) in &rects {
                if number == 0 || (y0 < bottom && top < y1) {
                    out.push_str(rect);
                }
            }
            out.push_str("</svg>");
        }
        (!bands.is_empty()).then_some(out)
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

/// The box of a figure: with some room around it, but not over the box beside, above or below it.
fn around(area: Rect, all: &[Rect]) -> Rect {
    let room = |most: f32, gap: &dyn Fn(&Rect) -> Option<f32>| {
        let gaps = all.iter().filter(|other| **other != area).filter_map(gap);
        // Areas reach from the highest to the lowest letters of their type, so those of close lines overlap a little.
        gaps.map(|gap| (gap / 2.0).max(-OVER)).fold(most, f32::min)
    };
    let beside = |other: &Rect| other.y0 < area.mid_y() && area.mid_y() < other.y1;
    let along = |other: &Rect| other.x0 < area.x1 && area.x0 < other.x1;
    let (x, y) = (area.mid_x(), area.mid_y());
    Rect {
        x0: area.x0 - room(SIDE, &|other| (beside(other) && other.mid_x() < x).then_some(area.x0 - other.x1)),
        y0: area.y0 - room(OVER, &|other| (along(other) && other.mid_y() < y).then_some(area.y0 - other.y1)),
        x1: area.x1 + room(SIDE, &|other| (beside(other) && other.mid_x() > x).then_some(other.x0 - area.x1)),
        y1: area.y1 + room(OVER, &|other| (along(other) && other.mid_y() > y).then_some(other.y0 - area.y1)),
    }
}

/// From where to where a page is shown, so that all areas are.
fn bands<'a>(areas: impl Iterator<Item = &'a Rect>, height: f32, lines: &[Rect]) -> Vec<(f32, f32)> {
    let mut stretches: Vec<(f32, f32)> = areas.map(|area| (area.y0, area.y1)).collect();
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut bands: Vec<(f32, f32)> = Vec::new();
    for (y0, y1) in stretches {
        match bands.last_mut() {
            Some((_, bottom)) if y0 - *bottom < APART => *bottom = bottom.max(y1),
            _ => bands.push((y0, y1)),
        }
    }
    for (top, bottom) in &mut bands {
        *top = -uncut(-*top, lines.iter().map(|line| (-line.y1, -line.y0)));
        *bottom = uncut(*bottom, lines.iter().map(|line| (line.y0, line.y1)));
        (*top, *bottom) = (top.clamp(0.0, height), bottom.clamp(0.0, height));
    }
    bands.retain(|(top, bottom)| top < bottom);
    bands
}

/// Where a piece that has to reach to `last` ends, so that it cuts no line in two: the lines that its edge would cut are left out, or
/// shown where they are too near. What is left out may reveal others, as cells of one row are lines of their own.
fn uncut(last: f32, lines: impl Iterator<Item = (f32, f32)> + Clone) -> f32 {
    let mut edge = last + AROUND;
    for _ in 0..3 {
        // Upright text along the page is no line that could be shown whole.
        let is_cut = |(from, to): &(f32, f32)| *from < edge && edge < *to && to - from < 2.0 * AROUND;
        let cut = lines.clone().filter(is_cut);
        let Some((from, to)) = cut.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { break };
        if from - CLEAR < last + AROUND / 3.0 {
            return to + CLEAR;
        }
        edge = from - CLEAR;
    }
    edge
}

/// The name of a page's picture in the report.
fn name(document: usize, page: u32) -> String {
    format!("page-{document}-{page}")
}

impl Picture {
    /// How many characters the picture of a scan may have, where so many pages of a document are shown. A report may have 40 KB for
    /// each finding and 150 KB beside: there is room for fourteen scans at the lower end, which shows most pages at 84 to 110 dots to
    /// the inch, and for five at the upper end, which shows those with small type at 96 and not at 84.
    pub fn room(pages: usize) -> usize {
        if pages <= 2 { 64_000 } else { 48_000 }
    }

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
    fn what_is_shown_of_a_page_is_in_pieces_and_cuts_no_line() {
        let at = |y0, y1| Rect::new(10.0, y0, 50.0, y1);
        let lines = [at(20.0, 35.0), at(60.0, 70.0), at(95.0, 110.0), at(400.0, 410.0)];
        let of = |areas: &[Rect]| bands(areas.iter(), 800.0, &lines);
        assert_eq!(of(&[at(400.0, 410.0)]), [(372.0, 438.0)]);
        // The line above is left out, and the one below too.
        assert_eq!(of(&[at(60.0, 70.0)]), [(37.5, 92.5)]);
        assert_eq!(of(&[at(400.0, 410.0), at(60.0, 70.0)]), [(37.5, 92.5), (372.0, 438.0)]);
        assert_eq!(of(&[at(60.0, 70.0), at(150.0, 160.0)]), [(37.5, 188.0)]);
        assert_eq!(of(&[]), []);
    }

    #[test]
    fn boxes_keep_clear_of_each_other() {
        let (one, below) = (Rect::new(10.0, 10.0, 30.0, 20.0), Rect::new(10.0, 19.0, 30.0, 29.0));
        assert_eq!(around(one, &[one]), Rect::new(8.0, 8.5, 32.0, 21.5));
        assert_eq!(around(one, &[one, below]), Rect::new(8.0, 8.5, 32.0, 19.5));
        assert_eq!(around(below, &[one, below]), Rect::new(8.0, 19.5, 32.0, 30.5));
        let beside = Rect::new(31.0, 10.0, 40.0, 20.0);
        assert_eq!(around(one, &[one, beside]), Rect::new(8.0, 8.5, 30.5, 21.5));
    }

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
