//! Regions of a page whose text runs in another direction than most of it and is set in columns, such as a table turned
//! by 90 degrees. Each is cut out and read as a page of its own.

use super::runs::{lines_of, runs};
use super::{Printed, words};
use crate::layout::settings::SETTINGS;
use crate::model::canvas::{Canvas, Glyph, Turn};
use crate::model::geometry::{Rect, cover};
use crate::model::skew::Orientation;

/// Cuts the regions out of a page.
pub(super) fn take(canvas: &mut Canvas) -> Vec<Canvas> {
    let own = Orientation::of(canvas);
    let mut taken = Vec::new();
    for turn in [Turn::Upright, Turn::Up, Turn::Over, Turn::Down].into_iter().filter(|t| *t != own.turn) {
        let runs_so = |glyph: &&Glyph| own.turn_of(glyph) == turn;
        let glyphs: Vec<Glyph> = canvas.glyphs.iter().filter(runs_so).copied().collect();
        if glyphs.len() < 4 * SETTINGS.min_turned_lines {
            continue;
        }
        let (width, height, fonts) = (canvas.width, canvas.height, canvas.fonts.clone());
        let alone = words::read(Canvas { width, height, fonts, glyphs, ..Canvas::default() });
        for block in blocks(&alone) {
            let area = alone.frame.shown(block.area);
            let whole = drawn_round(canvas, area);
            let clear = whole.union(area.grown(block.size));
            let alone = !canvas.glyphs.iter().any(|g| own.turn_of(g) == own.turn && clear.holds_mid(g.area));
            if alone {
                taken.push(cut(canvas, &|glyph| own.turn_of(glyph) == turn, whole));
            }
        }
    }
    taken
}

/// A group of lines close below each other.
struct LineGroup {
    area: Rect,
    size: f32,
    /// How many of its lines consist of several runs.
    several: usize,
}

/// The groups of lines that are set in columns.
fn blocks(page: &Printed) -> Vec<LineGroup> {
    if page.words.len() > SETTINGS.max_turned_words {
        return Vec::new();
    }
    let mut open: Vec<LineGroup> = Vec::new();
    let mut closed: Vec<LineGroup> = Vec::new();
    for line in lines_of(page, (0..page.words.len()).collect()) {
        for part in runs(page, &line, SETTINGS.max_turned_run_gap) {
            let words = || part.iter().filter_map(|i| page.words.get(*i));
            let Some(area) = cover(words().map(|w| w.area)) else { continue };
            let size = words().map(|w| w.size).fold(0.0, f32::max);
            let several = usize::from(runs(page, &part, 0.9).len() > 1);
            let (near, far): (Vec<LineGroup>, Vec<LineGroup>) = open
                .into_iter()
                .partition(|block| area.y0 - block.area.y1 < SETTINGS.max_turned_line_gap * size);
            closed.extend(far);
            open = near;
            match open.iter_mut().find(|block| block.area.share_x(area) > 0.0) {
                Some(block) => {
                    block.area = block.area.union(area);
                    block.size = block.size.max(size);
                    block.several += several;
                }
                None => open.push(LineGroup { area, size, several }),
            }
        }
    }
    closed.extend(open);
    closed.retain(|block| block.several >= SETTINGS.min_turned_lines);
    closed
}

/// Extends an area by all rules and fills that touch it, and by those that touch them.
fn drawn_round(canvas: &Canvas, area: Rect) -> Rect {
    let page = canvas.width * canvas.height;
    let rules = canvas.rules.iter().map(|rule| rule.area());
    let fills = canvas.fills.iter().map(|fill| fill.area).filter(|fill| fill.area() < page / 2.0);
    let marks: Vec<Rect> = rules.chain(fills).collect();
    let mut whole = area;
    for _ in 0..SETTINGS.max_drawn_rounds {
        let reach = whole.grown(2.0);
        let next = marks.iter().filter(|mark| mark.overlaps(reach)).fold(whole, |all, mark| all.union(*mark));
        if next == whole {
            break;
        }
        whole = next;
    }
    whole
}

/// Moves the glyphs of an area that run in the right direction, and what is drawn there, to a new page.
fn cut(canvas: &mut Canvas, runs_so: &dyn Fn(&Glyph) -> bool, area: Rect) -> Canvas {
    let inside = |mark: Rect| area.grown(1.0).holds_mid(mark);
    let mut taken = Canvas {
        page: canvas.page,
        width: canvas.width,
        height: canvas.height,
        fonts: canvas.fonts.clone(),
        tagged: canvas.tagged.clone(),
        ..Canvas::default()
    };
    (taken.glyphs, canvas.glyphs) =
        std::mem::take(&mut canvas.glyphs).into_iter().partition(|g| runs_so(g) && inside(g.area));
    (taken.rules, canvas.rules) =
        std::mem::take(&mut canvas.rules).into_iter().partition(|rule| inside(rule.area()));
    (taken.fills, canvas.fills) =
        std::mem::take(&mut canvas.fills).into_iter().partition(|fill| inside(fill.area));
    (taken.curves, canvas.curves) =
        std::mem::take(&mut canvas.curves).into_iter().partition(|curve| inside(*curve));
    taken
}
