//! Text of a page that is not read: what cannot be seen, and what runs aslant. It is told as lines of text.

use super::runs::{lines_of, runs};
use super::{Printed, words};
use crate::model::canvas::{Canvas, Glyph, Sight, Turn};
use crate::model::geometry::{Rect, cover};
use crate::model::left_out::{LeftOut, WhyLeftOut};
use crate::model::skew::Orientation;

/// Words of one line further apart than this many sizes of their type are told apart.
const APART: f32 = 4.0;

/// Two digits of one number are at most this part of their size apart.
const BESIDE: f32 = 0.25;

/// No more digits and commas of one number than these are looked for beside one that is clipped away.
const LONGEST: usize = 16;

/// Removes from a page the glyphs that cannot be seen. Returns them as lines, and the areas of digits that are seen of a
/// number of which others are not. Text without ink is kept on a scanned page, where it was `recognised` in the picture.
pub(super) fn take_unseen(canvas: &mut Canvas, recognised: bool) -> (Vec<LeftOut>, Vec<Rect>) {
    let is_seen = |g: &Glyph| g.sight == Sight::Plain || recognised && g.sight == Sight::NoInk;
    if canvas.glyphs.iter().all(is_seen) {
        return (Vec::new(), Vec::new());
    }
    let (seen, mut unseen): (Vec<Glyph>, Vec<Glyph>) =
        std::mem::take(&mut canvas.glyphs).into_iter().partition(is_seen);
    canvas.glyphs = seen;
    let cut = cut(&canvas.glyphs, &unseen);
    let mut covered: Vec<Glyph> = unseen.iter().filter(|g| g.sight == Sight::Covered).copied().collect();
    covered.sort_by(|a, b| a.origin.1.total_cmp(&b.origin.1));
    for glyph in unseen.iter_mut().filter(|g| g.sight == Sight::Clipped && g.ch.is_ascii_digit()) {
        if is_beside(glyph, &covered) {
            glyph.sight = Sight::Covered;
        }
    }
    let mut told = Vec::new();
    for sight in [Sight::NoInk, Sight::Blank, Sight::Clipped, Sight::Covered] {
        let glyphs = unseen.iter().filter(|g| g.sight == sight);
        // A number that an edge cuts is told whole.
        let whole = cut.iter().filter(|_| sight == Sight::Clipped);
        told.extend(lines(canvas, glyphs.chain(whole).copied().collect(), WhyLeftOut::Unseen(sight)));
    }
    (told, cut.iter().map(|g| g.area).collect())
}

/// The text of a page that runs aslant to the rest.
pub(super) fn aslant(canvas: &Canvas) -> Vec<LeftOut> {
    let lie = Orientation::of(canvas);
    let aslant: Vec<Glyph> =
        canvas.glyphs.iter().filter(|g| lie.turn_of(g) == Turn::Aslant).copied().collect();
    let Some(area) = cover(aslant.iter().map(|g| g.area)) else { return Vec::new() };
    // Where its lines begin and end is not worked out: it is told as it was painted.
    let painted: String = aslant.iter().map(|g| g.ch).collect();
    let text = painted.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = LeftOut { page: canvas.page, area, why: WhyLeftOut::Aslant, text };
    Some(told).filter(is_told).into_iter().collect()
}

/// The lines that some glyphs of a page make.
fn lines(canvas: &Canvas, glyphs: Vec<Glyph>, why: WhyLeftOut) -> Vec<LeftOut> {
    if glyphs.iter().all(|g| g.ch.is_whitespace()) {
        return Vec::new();
    }
    let (width, height, fonts) = (canvas.width, canvas.height, canvas.fonts.clone());
    let alone = words::read(Canvas { width, height, fonts, glyphs, ..Canvas::default() });
    let all = lines_of(&alone, (0..alone.words.len()).collect());
    let apart = all.iter().flat_map(|line| runs(&alone, line, APART));
    let told = apart.filter_map(|run| told(&alone, &run, why));
    told.map(|told| LeftOut { page: canvas.page, ..told }).filter(is_told).collect()
}

fn told(page: &Printed, run: &[usize], why: WhyLeftOut) -> Option<LeftOut> {
    let words = || run.iter().filter_map(|at| page.words.get(*at));
    let area = page.frame.shown(cover(words().map(|word| word.area))?);
    let text = words().map(|word| page.text(word)).collect::<Vec<_>>().join(" ");
    Some(LeftOut { page: page.page, area, why, text })
}

/// Whether there is something to tell, and a place for it.
fn is_told(told: &LeftOut) -> bool {
    let Rect { x0, y0, x1, y1 } = told.area;
    [x0, y0, x1, y1].iter().all(|edge| edge.is_finite()) && !told.text.trim().is_empty()
}

/// The seen glyphs of the numbers of which another digit is clipped away. What is painted over is cut on purpose, and a
/// digit in the colour of its background is no part of what is printed beside it.
fn cut(seen: &[Glyph], unseen: &[Glyph]) -> Vec<Glyph> {
    let is_cut = |g: &&Glyph| g.ch.is_ascii_digit() && g.sight == Sight::Clipped;
    let mut known: Vec<Glyph> = unseen.iter().filter(is_cut).copied().collect();
    let mut found: Vec<Glyph> = Vec::new();
    for _ in 0..LONGEST {
        known.sort_by(|a, b| a.origin.1.total_cmp(&b.origin.1));
        let is_next = |g: &&Glyph| is_of_number(g) && !known.contains(g) && is_beside(g, &known);
        let next: Vec<Glyph> = seen.iter().filter(is_next).copied().collect();
        if next.is_empty() {
            break;
        }
        known.extend(&next);
        found.extend(next);
    }
    found
}

/// Whether a glyph stands right beside one of others, which are sorted by their lines.
fn is_beside(glyph: &Glyph, others: &[Glyph]) -> bool {
    let reach = BESIDE * glyph.size;
    let from = others.partition_point(|other| other.origin.1 < glyph.origin.1 - reach);
    let level = others.get(from..).unwrap_or_default().iter();
    let mut level = level.take_while(|other| other.origin.1 <= glyph.origin.1 + reach);
    level.any(|other| {
        let (gap, back) = (other.area.x0 - glyph.area.x1, glyph.area.x0 - other.area.x1);
        other.turn == glyph.turn && (gap.abs() < reach || back.abs() < reach)
    })
}

/// Whether a glyph can stand beside a digit in a number.
fn is_of_number(glyph: &Glyph) -> bool {
    glyph.ch.is_ascii_digit() || matches!(glyph.ch, ',' | '.')
}
