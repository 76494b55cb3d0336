//! Finds the rules of a scanned page and takes them away: a recogniser reads the line beside a number as a bracket or a digit, and
//! the finders of tables want the rules for themselves.

use super::{RESOLUTION, Raster};
use crate::model::canvas::Rule;

/// A rule is this much darker than its ground on both sides, or lighter, of 255 shades. The thin lines of a form that was scanned
/// in colour are 50 shades darker, the noise of its paper 20.
const CONTRAST: i32 = 40;
/// So far from a pixel its ground is looked for, in pixels: a rule is thinner than this, 2.4 points.
const REACH: usize = 10;
/// A stroke of a letter may cross a rule, which is no gap then.
const GAP: usize = 8;
/// So much of a rule is ruled. The feet of letters with serifs are a rule by a half to two thirds.
const RULED: f32 = 0.9;
/// The shortest level and upright rules, in pixels: 0.4 inches are longer than the stroke of a letter in any heading, and 0.3
/// inches higher.
const SHORTEST: [usize; 2] = [120, 90];

/// Pixels of one row, or of one column, that are part of a rule.
#[derive(Clone, Copy)]
struct Run {
    at: usize,
    from: usize,
    to: usize,
}

/// One direction in a picture: `along` a rule, and `at` across it.
struct View<'a> {
    picture: &'a Raster,
    level: bool,
}

impl View<'_> {
    fn lines(&self) -> usize {
        if self.level { self.picture.height() } else { self.picture.width() }
    }

    fn length(&self) -> usize {
        if self.level { self.picture.width() } else { self.picture.height() }
    }

    fn shade(&self, along: usize, at: usize) -> i32 {
        i32::from(if self.level { self.picture.at(along, at) } else { self.picture.at(at, along) })
    }

    /// The ground under a pixel of a rule; nothing where it is none.
    fn ground(&self, along: usize, at: usize) -> Option<u8> {
        let (here, before, after) = (
            self.shade(along, at),
            self.shade(along, at.saturating_sub(REACH)),
            self.shade(along, at + REACH),
        );
        let (low, high) = (before.min(after), before.max(after));
        let ground = if here + CONTRAST < low {
            high
        } else if here > high + CONTRAST {
            low
        } else {
            return None;
        };
        u8::try_from(ground).ok()
    }

    /// The runs of one row or column.
    fn runs(&self, at: usize, shortest: usize, out: &mut Vec<Run>) {
        let mut open: Option<(Run, usize)> = None;
        let mut close = |open: &mut Option<(Run, usize)>| {
            if let Some((run, ruled)) = open.take() {
                let length = run.to - run.from;
                if length >= shortest && ruled as f32 >= RULED * length as f32 {
                    out.push(run);
                }
            }
        };
        for along in 0..self.length() {
            if self.ground(along, at).is_none() {
                continue;
            }
            if open.as_ref().is_some_and(|(run, _)| along > run.to + GAP) {
                close(&mut open);
            }
            let (run, ruled) = open.get_or_insert((Run { at, from: along, to: along }, 0));
            run.to = along + 1;
            *ruled += 1;
        }
        close(&mut open);
    }
}

/// Runs that touch each other.
struct Stroke {
    from: usize,
    to: usize,
    first: usize,
    last: usize,
    pixels: usize,
}

/// Takes the rules out of a picture, and returns them in points.
pub(super) fn take(picture: &mut Raster) -> Vec<Rule> {
    let mut rules = Vec::new();
    let mut painted: Vec<(usize, usize, u8)> = Vec::new();
    for (level, shortest) in [true, false].into_iter().zip(SHORTEST) {
        let view = View { picture, level };
        let mut runs = Vec::new();
        for at in 0..view.lines() {
            view.runs(at, shortest, &mut runs);
        }
        for run in &runs {
            erase(&view, *run, &mut painted);
        }
        rules.extend(strokes(&runs).iter().map(|stroke| rule(stroke, level)));
    }
    for (x, y, shade) in painted {
        picture.set(x, y, shade);
    }
    rules
}

/// Lists what a run is painted over with: its ground, where nothing crosses it, and the blurred edges of the rule.
fn erase(view: &View<'_>, run: Run, painted: &mut Vec<(usize, usize, u8)>) {
    for along in run.from..run.to {
        let Some(ground) = view.ground(along, run.at) else { continue };
        for at in run.at.saturating_sub(EDGE)..=run.at + EDGE {
            painted.push(if view.level { (along, at, ground) } else { (at, along, ground) });
        }
    }
}

/// The edge of a scanned rule is blurred over so many pixels.
const EDGE: usize = 2;

fn strokes(runs: &[Run]) -> Vec<Stroke> {
    let (mut open, mut done): (Vec<Stroke>, Vec<Stroke>) = (Vec::new(), Vec::new());
    for run in runs {
        let (ended, still): (Vec<_>, Vec<_>) = open.into_iter().partition(|stroke| stroke.last + 2 < run.at);
        done.extend(ended);
        open = still;
        let mut whole =
            Stroke { from: run.from, to: run.to, first: run.at, last: run.at, pixels: run.to - run.from };
        open.retain(|stroke| {
            let touches = stroke.from <= run.to + GAP && run.from <= stroke.to + GAP;
            if touches {
                whole.from = whole.from.min(stroke.from);
                whole.to = whole.to.max(stroke.to);
                whole.first = whole.first.min(stroke.first);
                whole.pixels += stroke.pixels;
            }
            !touches
        });
        open.push(whole);
    }
    done.extend(open);
    done
}

fn rule(stroke: &Stroke, level: bool) -> Rule {
    let points = 72.0 / RESOLUTION;
    let length = (stroke.to - stroke.from).max(1) as f32;
    Rule {
        level,
        at: (stroke.first + stroke.last + 1) as f32 / 2.0 * points,
        from: stroke.from as f32 * points,
        to: stroke.to as f32 * points,
        width: stroke.pixels as f32 / length * points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_taken_and_what_crosses_it_stays() {
        let mut picture = Raster::white(400, 200);
        for x in 50..350 {
            for y in 100..103 {
                picture.set(x, y, 0);
            }
        }
        for y in 60..140 {
            for x in 200..205 {
                picture.set(x, y, 0);
            }
        }
        let rules = take(&mut picture);
        assert_eq!(rules.len(), 1, "{rules:?}");
        let rule = rules[0];
        assert!(
            rule.level && (rule.at - 101.5 * 0.24).abs() < 0.01 && (rule.width - 0.72).abs() < 0.01,
            "{rule:?}"
        );
        assert!((rule.from - 12.0).abs() < 0.01 && (rule.to - 84.0).abs() < 0.01, "{rule:?}");
        assert_eq!((picture.at(100, 101), picture.at(202, 101)), (255, 0));
    }

    #[test]
    fn a_light_rule_on_a_dark_band_is_one_too_and_letters_are_none() {
        let mut picture = Raster::white(300, 300);
        for y in 0..200 {
            for x in 0..300 {
                picture.set(x, y, if (150..153).contains(&x) { 255 } else { 60 });
            }
        }
        for x in (20..200).step_by(24) {
            for y in 260..264 {
                (x..x + 14).for_each(|x| picture.set(x, y, 0));
            }
        }
        let rules = take(&mut picture);
        assert_eq!(rules.len(), 1, "{rules:?}");
        assert!(!rules[0].level);
        assert_eq!((picture.at(151, 100), picture.at(21, 261)), (60, 0));
    }
}
