//! Determines how most text of a page lies: turned by quarters, and skewed by a small angle, as on a page that was not
//! laid straight on the scanner.

use super::canvas::{Canvas, Glyph, Turn};
use std::f32::consts::FRAC_PI_2;

/// The largest skew in radians: 10 degrees.
const MOST: f32 = 0.175;
/// A smaller skew counts as none: it is half a point over the width of a page.
const LEAST: f32 = 0.0008;
/// The angles of skewed lines differ by at most this, in radians.
const SAME: f32 = 0.006;
/// At least this many tenths of the length of all lines must agree.
const AGREE: f32 = 8.0;
/// Shorter lines are not measured; in parts of their type size.
const LONG: f32 = 10.0;

/// How most of a page's text lies on the page as shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Orientation {
    /// The quarter turn that is nearest to it.
    pub turn: Turn,
    /// The angle by which its lines deviate from that quarter turn, in radians. It is 0 where they are level or
    /// disagree.
    #[serde(with = "super::data::float")]
    pub slant: f32,
}

impl Orientation {
    /// Finds the orientation of a page's glyphs.
    pub fn of(canvas: &Canvas) -> Orientation {
        let mut counts = [0usize; 4];
        for glyph in canvas.glyphs.iter().filter(|g| !g.ch.is_whitespace()) {
            match nearest(glyph.angle) {
                (quarter, off) if off.abs() <= MOST => counts[quarter] += 1,
                _ => {}
            }
        }
        let [upright, down, over, up] = counts;
        let most = up.max(over).max(down);
        // A page is turned only where most of its text is. A turned table beside upright text does not turn the page.
        let quarter = if 2 * upright >= most {
            0
        } else if up == most {
            3
        } else if over == most {
            2
        } else {
            1
        };
        Orientation { turn: ROUND[quarter], slant: slant(canvas, quarter) }
    }

    /// The quarter turn in which a glyph runs once the page is levelled.
    pub fn turn_of(&self, glyph: &Glyph) -> Turn {
        match glyph.turn {
            Turn::Aslant => Turn::of(glyph.angle - self.slant),
            turn => turn,
        }
    }
}

/// The quarter turns, clockwise.
const ROUND: [Turn; 4] = [Turn::Upright, Turn::Down, Turn::Over, Turn::Up];

/// The quarter turn nearest to an angle, counted from 0, and how far the angle deviates from it.
fn nearest(angle: f32) -> (usize, f32) {
    // Most text is level, and rounding is a call on most processors.
    if angle == 0.0 {
        return (0, 0.0);
    }
    let quarters = (angle / FRAC_PI_2).round();
    ((quarters as i32).rem_euclid(4) as usize, angle - quarters * FRAC_PI_2)
}

impl Turn {
    /// The direction of text that runs at an angle.
    pub fn of(angle: f32) -> Turn {
        let (quarter, off) = nearest(angle);
        if off.sin().abs() <= 0.02 { ROUND[quarter] } else { Turn::Aslant }
    }
}

/// The angle on which the lines of a quarter turn agree. It is told from where the lines begin and end, because
/// recognised text may be set word by word, each word level and a step below the one before.
fn slant(canvas: &Canvas, quarter: usize) -> f32 {
    let (sin, cos) = (quarter as f32 * FRAC_PI_2).sin_cos();
    let place = |g: &Glyph| (g.origin.0 * cos + g.origin.1 * sin, g.origin.1 * cos - g.origin.0 * sin);
    let mut slopes: Vec<(f32, f32)> = Vec::new();
    let mut line: Option<[(f32, f32); 2]> = None;
    let mut close = |line: Option<[(f32, f32); 2]>, size: f32| {
        let Some([from, to]) = line else { return };
        let length = to.0 - from.0;
        if length > LONG * size {
            slopes.push(((to.1 - from.1) / length, length));
        }
    };
    let mut size = 0.0;
    for glyph in canvas.glyphs.iter().filter(|g| !g.ch.is_whitespace()) {
        let (at, off) = nearest(glyph.angle);
        if at != quarter || off.abs() > MOST {
            continue;
        }
        let own = place(glyph);
        match &mut line {
            Some([_, last]) if goes_on(*last, own, glyph.size) => *last = own,
            _ => close(line.replace([own, own]), size),
        }
        size = glyph.size;
    }
    close(line, size);
    slopes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f32 = slopes.iter().map(|s| s.1).sum();
    let mut passed = 0.0;
    let middle = slopes.iter().find(|s| {
        passed += s.1;
        2.0 * passed >= whole
    });
    let Some((slope, _)) = middle else { return 0.0 };
    let agree: f32 = slopes.iter().filter(|s| (s.0 - slope).abs() < SAME).map(|s| s.1).sum();
    let angle = slope.atan();
    if agree * 10.0 >= AGREE * whole && (LEAST..MOST).contains(&angle.abs()) { angle } else { 0.0 }
}

/// Whether a glyph follows another on its line.
fn goes_on(last: (f32, f32), next: (f32, f32), size: f32) -> bool {
    let (step, fall) = (next.0 - last.0, next.1 - last.1);
    step > 0.0 && step < 3.0 * size && fall.abs() < 0.5 * size
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "a test stops where something is wrong")]

    use super::*;
    use crate::model::canvas::{Sight, UnicodeConflict};
    use crate::model::geometry::Rect;

    /// Lines of forty characters each, 6 points apart, that begin at the left and fall by `slope`; each glyph at `angle`.
    fn page(slopes: &[f32], angle: f32) -> Canvas {
        let glyph = |line: usize, at: usize, slope: f32| {
            let (x, y) = (50.0 + 6.0 * at as f32, 100.0 + 20.0 * line as f32 + 6.0 * at as f32 * slope);
            Glyph {
                ch: 'a',
                area: Rect::new(x, y - 8.0, x + 6.0, y + 2.0),
                origin: (x, y),
                size: 10.0,
                angle,
                turn: Turn::of(angle),
                font: 0,
                colour: [0; 3],
                sight: Sight::Plain,
                mcid: None,
                artifact: false,
                order: 0,
                conflict: UnicodeConflict::None,
            }
        };
        let lines = slopes.iter().enumerate();
        let glyphs = lines.flat_map(|(line, slope)| (0..40).map(move |at| glyph(line, at, *slope))).collect();
        Canvas { page: 1, width: 600.0, height: 800.0, glyphs, ..Canvas::default() }
    }

    #[test]
    fn lines_that_agree_are_askew_together() {
        let lie = Orientation::of(&page(&[0.01, 0.011, 0.0095, 0.01], 0.01));
        assert!(lie.turn == Turn::Upright && (lie.slant - 0.01).abs() < 0.001, "{lie:?}");
        // Set level, word by word.
        assert!((Orientation::of(&page(&[0.01; 4], 0.0)).slant - 0.01).abs() < 0.001);
        let steep = page(&[0.08; 5], 0.08);
        assert_eq!(steep.glyphs[0].turn, Turn::Aslant);
        assert_eq!(Orientation::of(&steep).turn_of(&steep.glyphs[0]), Turn::Upright);
    }

    #[test]
    fn level_lines_and_lines_that_differ_are_left_as_they_are() {
        assert_eq!(Orientation::of(&page(&[0.0, 0.0, 0.0, 0.05], 0.0)).slant, 0.0);
        assert_eq!(Orientation::of(&page(&[0.02, -0.02, 0.05, -0.05], 0.0)).slant, 0.0);
        assert_eq!(Orientation::of(&page(&[0.7; 3], 0.61)).slant, 0.0);
    }
}
