//! Tells how a page lies that was not laid straight on the scanner.

use super::{RESOLUTION, Raster};

/// The skew is measured in a picture of so many dots to the inch, in which letters are still told from the space between lines.
pub(super) const COARSE: f32 = 100.0;
/// The largest slope that is looked for, the first step and the last. The last is 0.4 pixels over the width of a coarse page.
const MOST: f32 = 0.06;
const STEPS: [f32; 2] = [0.003, 0.0005];
/// A pixel darker than this is ink.
const INK: u8 = 140;

/// How a levelled picture, of [`RESOLUTION`] dots to the inch, lies on its page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Lie {
    /// The angle in radians by which its lines fall to the right on the page.
    pub angle: f32,
    middle: (f32, f32),
}

impl Lie {
    /// Where a place of the levelled picture is on the page, in pixels.
    pub fn shown(&self, x: f32, y: f32) -> (f32, f32) {
        let (sin, cos) = self.angle.sin_cos();
        let (x, y) = (x - self.middle.0, y - self.middle.1);
        (x * cos - y * sin + self.middle.0, x * sin + y * cos + self.middle.1)
    }
}

impl Lie {
    /// How the page of a picture lies that is drawn with [`COARSE`] dots to the inch.
    pub fn of(coarse: &Raster) -> Lie {
        let side = |pixels: usize| pixels as f32 * RESOLUTION / COARSE / 2.0;
        Lie { angle: slope(coarse).atan(), middle: (side(coarse.width()), side(coarse.height())) }
    }
}

/// The slope under which most of the lower edges of letters lie in few rows.
fn slope(small: &Raster) -> f32 {
    let mut edges: Vec<(f32, f32)> = Vec::new();
    for y in 0..small.height() {
        for x in 0..small.width() {
            if small.at(x, y) < INK && small.at(x, y + 1) >= INK {
                edges.push((x as f32, y as f32));
            }
        }
    }
    let mut rows = vec![0_u32; small.height() + 2 * (MOST * small.width() as f32).ceil() as usize + 2];
    let shift = (rows.len() - small.height()) as f32 / 2.0;
    let mut order = |slope: f32| -> u64 {
        rows.fill(0);
        for (x, y) in &edges {
            let row = y - slope * (x - small.width() as f32 / 2.0) + shift;
            if let Some(count) = rows.get_mut(row as usize) {
                *count += 1;
            }
        }
        rows.iter().map(|count| u64::from(*count).pow(2)).sum()
    };
    let mut best = (order(0.0), 0.0);
    let mut around = MOST;
    for step in STEPS {
        let (middle, steps) = (best.1, (around / step).round() as i32);
        for at in -steps..=steps {
            let slope = middle + at as f32 * step;
            let tried = order(slope);
            if tried > best.0 {
                best = (tried, slope);
            }
        }
        around = step;
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_fall_to_the_right_are_askew() {
        for slope in [0.02, -0.013] {
            let mut page = Raster::white(800, 600);
            for line in 0..14 {
                for x in (50..750).filter(|x| x % 10 < 7) {
                    let y = (40.0 + 35.0 * line as f32 + (x as f32 - 400.0) * slope) as usize;
                    (y..y + 12).for_each(|y| page.set(x, y, 0));
                }
            }
            let lie = Lie::of(&page);
            assert!((lie.angle - slope).abs() < 0.0011, "{lie:?}");
            let (x, y) = lie.shown(2200.0, 900.0);
            assert!((x - 2200.0).abs() < 1.0 && (y - 900.0 - 1000.0 * slope).abs() < 1.2, "{x} {y}");
        }
        assert_eq!(Lie::of(&Raster::white(800, 600)).angle, 0.0);
    }
}
