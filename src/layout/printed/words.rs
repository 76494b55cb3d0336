//! Groups glyphs into words. Words end at white space and at wide gaps, because many files print no space characters.

use super::{Mark, Printed, Word, apart, left_out};
use crate::layout::settings::SETTINGS;
use crate::model::canvas::{Canvas, Glyph, Turn, UNREADABLE};
use crate::model::frame::Frame;
use crate::model::geometry::{Rect, cover};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Stands for such a gap.
const NARROW_SPACE: char = '\u{202f}';

/// Reads the words of a page; regions whose text runs in another direction are read apart.
pub(super) fn seen(mut canvas: Canvas) -> Printed {
    let recognised = canvas.is_recognised();
    let (mut left_out, cuts) = left_out::take_unseen(&mut canvas, recognised);
    let aslant = left_out::aslant(&canvas);
    left_out.extend(aslant);
    let apart = apart::take(&mut canvas).into_iter();
    let apart = apart.map(|region| Printed { recognised, ..read(region) }).collect();
    Printed { recognised, apart, left_out, cuts, ..read(canvas) }
}

/// The words of a page.
pub(super) fn read(mut canvas: Canvas) -> Printed {
    let frame = Frame::of(&canvas);
    frame.apply(&mut canvas);
    let fixed: Vec<bool> = canvas.fonts.iter().map(|f| f.fixed_pitch).collect();
    let bold: Vec<bool> = canvas.fonts.iter().map(|f| f.bold).collect();
    let mut pages = Printed {
        page: canvas.page,
        width: canvas.width,
        height: canvas.height,
        frame,
        fonts: canvas.fonts,
        rules: canvas.rules,
        fills: canvas.fills,
        curves: canvas.curves,
        tagged: canvas.tagged,
        ..Printed::default()
    };
    let of = |list: &[bool], glyph: &Glyph| list.get(usize::from(glyph.font)).copied().unwrap_or(false);
    for turn in [Turn::Upright, Turn::Up, Turn::Down, Turn::Over] {
        let mut glyphs = if canvas.glyphs.iter().all(|g| g.turn == turn) {
            std::mem::take(&mut canvas.glyphs)
        } else {
            canvas.glyphs.iter().filter(|g| g.turn == turn).copied().collect()
        };
        pages.glyphs.reserve(glyphs.len());
        for line in lines(&mut glyphs, turn) {
            let Some(line) = glyphs.get(line) else { continue };
            let mut starts = pieces(line, turn, &mut pages.glyphs);
            unspaced(&pages.glyphs, &mut starts, turn);
            let ends = starts.iter().skip(1).copied().chain([pages.glyphs.len()]);
            for (start, end) in starts.iter().copied().zip(ends) {
                let Some(piece) = pages.glyphs.get(start..end) else { continue };
                let Some(first) = piece.first().copied() else { continue };
                let Some(area) = cover(piece.iter().map(|g| g.area)) else { continue };
                pages.words.push(Word {
                    glyphs: start as u32..end as u32,
                    area,
                    base: if turn == Turn::Upright { first.origin.1 } else { area.y1 },
                    size: first.size,
                    bold: of(&bold, &first),
                    fixed_pitch: of(&fixed, &first),
                    mark: Mark::None,
                    turn,
                    artifact: first.artifact,
                });
            }
        }
    }
    marks(&mut pages.words, &pages.glyphs);
    pages
}

/// The position along the line and across the lines; both grow in the direction of reading.
fn axes(glyph: &Glyph, turn: Turn) -> (f32, f32) {
    let (x, y) = glyph.origin;
    match turn {
        Turn::Up => (-y, x),
        Turn::Down => (y, -x),
        Turn::Over => (-x, -y),
        Turn::Upright | Turn::Aslant => (x, y),
    }
}

/// The start and end of a glyph along its line.
fn reach(glyph: &Glyph, turn: Turn) -> (f32, f32) {
    let Rect { x0, y0, x1, y1 } = glyph.area;
    match turn {
        Turn::Up => (-y1, -y0),
        Turn::Down => (y0, y1),
        Turn::Over => (-x1, -x0),
        Turn::Upright | Turn::Aslant => (x0, x1),
    }
}

/// Sorts glyphs by line and along the line, and returns the range of each line.
fn lines(glyphs: &mut [Glyph], turn: Turn) -> Vec<Range<usize>> {
    glyphs.sort_by(|a, b| axes(a, turn).1.total_cmp(&axes(b, turn).1));
    let mut lines = Vec::new();
    let mut start = 0;
    for at in 1..=glyphs.len() {
        let parted = match (glyphs.get(at), glyphs.get(at - 1)) {
            (Some(next), Some(last)) => {
                let step = axes(next, turn).1 - axes(last, turn).1;
                step > SETTINGS.max_baseline_distance * next.size.min(last.size)
            }
            _ => true,
        };
        if parted {
            lines.push(start..at);
            start = at;
        }
    }
    for line in &lines {
        if let Some(line) = glyphs.get_mut(line.clone()) {
            line.sort_by(|a, b| reach(a, turn).0.total_cmp(&reach(b, turn).0));
        }
    }
    lines
}

/// Cuts a line into words, whose glyphs are appended to `out`; returns the start of each word. Text that runs in
/// another direction stays whole as long as its gaps are as wide as spaces.
fn pieces(line: &[Glyph], turn: Turn, out: &mut Vec<Glyph>) -> Vec<usize> {
    let spacing = spacing(line, turn);
    let mut starts: Vec<usize> = Vec::new();
    let mut open = false;
    let mut end = f32::MIN;
    let mut space: Option<&Glyph> = None;
    for (at, glyph) in line.iter().enumerate() {
        let (from, to) = reach(glyph, turn);
        if glyph.ch.is_whitespace() {
            open = false;
            space = Some(glyph);
            continue;
        }
        let gap = from - end;
        let last = out.last().filter(|_| !starts.is_empty());
        open |= space.is_some_and(|s| is_drawn_over(s, reach(s, turn).0, last, end, glyph, from));
        let far = gap > SETTINGS.min_word_gap * glyph.size + spacing;
        let other = last.is_some_and(|l| l.size > 1.6 * glyph.size || glyph.size > 1.6 * l.size);
        let over = last.is_some_and(|l| {
            from < l.area.x0.max(end - 2.0 * l.size) && turn == Turn::Upright && gap < -0.6 * glyph.size
        });
        let whole = turn != Turn::Upright && gap < 1.2 * glyph.size && last.is_some();
        if whole {
            if far || !open {
                out.push(Glyph { ch: ' ', ..*glyph });
            }
        } else if !open || far || other || over || last.is_none() {
            starts.push(out.len());
        } else if turn == Turn::Upright && parts_digits(line, at, gap - spacing) {
            if parts_thousands(line, at) {
                out.push(Glyph { ch: NARROW_SPACE, ..*glyph });
            } else if is_grouped(line, at) {
                starts.push(out.len());
            }
        }
        out.push(*glyph);
        open = true;
        end = if over { to } else { end.max(to) };
    }
    starts
}

/// Whether a space does not separate words, because the glyphs around it touch or because it is padding. Accounting
/// formats pad numbers with spaces that are drawn over the first digits. Such a space begins a quarter of the type size
/// before the end of a digit, a space in kerned text at most a twentieth. Where text is set so tight that all letters
/// overlap, its spaces overlap too; but they are painted between the letters, and padding is not. `begin` is where the
/// space begins, `end` where the glyph before it ends, and `from` where the next glyph begins.
fn is_drawn_over(
    space: &Glyph,
    begin: f32,
    last: Option<&Glyph>,
    end: f32,
    glyph: &Glyph,
    from: f32,
) -> bool {
    let (touch, kerned) = (0.02 * glyph.size, 0.05 * glyph.size);
    let between =
        last.is_none_or(|l| (l.order.min(glyph.order)..=l.order.max(glyph.order)).contains(&space.order));
    let padding = !between && begin < end - kerned && from - end > -3.0 * kerned;
    from - end < touch && (from - begin < touch || padding)
}

/// Joins the letters of a line typed "l i k e   t h i s"; its words are the last of `glyphs`.
fn unspaced(glyphs: &[Glyph], starts: &mut Vec<usize>, turn: Turn) {
    let line = starts.first().and_then(|first| glyphs.get(*first..)).unwrap_or_default();
    if turn != Turn::Upright || starts.len() < 6 || starts.len() != line.len() {
        return;
    }
    if line.iter().filter(|g| g.ch.is_alphabetic()).count() < 4 {
        return;
    }
    let mut before: Option<&Glyph> = None;
    let mut line = line.iter();
    starts.retain(|_| {
        let (last, next) = (before, line.next());
        before = next;
        !last.zip(next).is_some_and(|(l, g)| g.area.x0 - l.area.x1 < SETTINGS.max_typed_space * g.size)
    });
}

/// Whether the gap before a digit is wider than the gaps within a number.
fn parts_digits(line: &[Glyph], at: usize, gap: f32) -> bool {
    let before = at.checked_sub(1).and_then(|i| line.get(i));
    line.get(at).is_some_and(|g| gap > SETTINGS.min_thousands_gap * g.size)
        && is_digit(line.get(at))
        && is_digit(before)
}

/// Whether the gap before a digit parts the thousands of a number: three digits follow it that are set tight, and those
/// before it are not parted by commas already.
fn parts_thousands(line: &[Glyph], at: usize) -> bool {
    let group = line.get(at..).unwrap_or_default();
    let tight = group.windows(2).take(3).take_while(|pair| is_tight(pair) && is_digit(pair.get(1)));
    tight.count() == 2 && !is_grouped(line, at)
}

/// Whether a number that ends before a glyph has commas between its thousands and tight last digits. The digits after
/// it then belong to another number.
fn is_grouped(line: &[Glyph], at: usize) -> bool {
    let group = at.checked_sub(4).and_then(|from| line.get(from..at)).unwrap_or_default();
    group.first().is_some_and(|g| g.ch == ',')
        && group.iter().skip(1).all(|g| is_digit(Some(g)))
        && group.windows(2).all(is_tight)
}

fn is_digit(glyph: Option<&Glyph>) -> bool {
    glyph.is_some_and(|g| g.ch.is_ascii_digit())
}

/// Whether there is almost no gap between two glyphs.
fn is_tight(pair: &[Glyph]) -> bool {
    matches!(pair, [a, b] if b.area.x0 - a.area.x1 < 0.5 * SETTINGS.min_thousands_gap * b.size)
}

/// The extra space between the letters of a line; 0 in most text.
fn spacing(line: &[Glyph], turn: Turn) -> f32 {
    let mut gaps: Vec<f32> = line
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b]
                if !a.ch.is_whitespace()
                    && !b.ch.is_whitespace()
                    && a.ch.is_alphabetic()
                    && b.ch.is_alphabetic() =>
            {
                Some(reach(b, turn).0 - reach(a, turn).1)
            }
            _ => None,
        })
        .collect();
    if gaps.len() < 4 {
        return 0.0;
    }
    let half = gaps.len() / 2;
    let (_, &mut middle, _) = gaps.select_nth_unstable_by(half, f32::total_cmp);
    let size = line.first().map_or(10.0, |g| g.size);
    if middle > 0.06 * size && middle < 1.2 * size { middle } else { 0.0 }
}

/// Height of the strips in which the neighbours of a mark are looked for.
const STRIP: f32 = 16.0;

/// Marks superscripts and subscripts: words that are smaller than the word beside them and off its line.
fn marks(words: &mut [Word], glyphs: &[Glyph]) {
    // An icon's size and baseline say nothing about the text beside it, so it hosts no mark.
    let is_icon = |word: &Word| {
        let own = glyphs.get(word.glyphs.start as usize..word.glyphs.end as usize).unwrap_or_default();
        own.iter().all(|g| g.ch == UNREADABLE)
    };
    let strip = |base: f32| (base / STRIP).floor() as i32;
    // Words by strip, with the largest type size of each; most strips have no word large enough to host a mark.
    let mut strips: FxHashMap<i32, (f32, Vec<usize>)> = FxHashMap::default();
    for (at, word) in words.iter().enumerate().filter(|(_, w)| w.turn == Turn::Upright && !is_icon(w)) {
        let (largest, members) = strips.entry(strip(word.base)).or_default();
        *largest = largest.max(word.size);
        members.push(at);
    }
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if word.glyphs.len() > 6 || word.turn != Turn::Upright {
            continue;
        }
        let own = strip(word.base);
        let near = (own - 1..=own + 1).filter_map(|s| strips.get(&s));
        let larger = near.filter(|(largest, _)| word.size < SETTINGS.max_mark_size * largest);
        let near = larger.flat_map(|(_, members)| members).filter_map(|i| words.get(*i));
        // The word before a mark is preferred to the one after it.
        let host = near.filter(|other| is_mark(word, other)).min_by(|a, b| {
            let away = |other: &Word| (word.area.x0 - other.area.x1).abs();
            away(a).total_cmp(&away(b))
        });
        if let Some(host) = host {
            found.push((at, if host.base > word.base { Mark::Above } else { Mark::Below }, host.base));
        }
    }
    for (at, mark, base) in found {
        if let Some(word) = words.get_mut(at) {
            (word.mark, word.base) = (mark, base);
        }
    }
}

/// Whether a word is a superscript or subscript of another.
fn is_mark(word: &Word, host: &Word) -> bool {
    let gap = (word.area.x0 - host.area.x1).abs().min((host.area.x0 - word.area.x1).abs());
    let rise = (host.base - word.base) / host.size;
    let off = (0.18..0.75).contains(&rise) || (-0.35..-0.08).contains(&rise);
    word.size < SETTINGS.max_mark_size * host.size && gap < 0.4 * host.size && off
}
