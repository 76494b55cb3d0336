//! A picture in shades of grey.

/// A picture in shades of grey, row by row from the top; 0 is black.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    width: usize,
    height: usize,
    grey: Vec<u8>,
}

impl Raster {
    /// A white picture.
    pub fn white(width: usize, height: usize) -> Raster {
        Raster { width, height, grey: vec![255; width * height] }
    }

    /// Paints all pixels, row by row, until there are no more shades.
    pub fn fill(&mut self, shades: impl Iterator<Item = u8>) {
        for (pixel, shade) in self.grey.iter_mut().zip(shades) {
            *pixel = shade;
        }
    }

    /// How many pixels a row has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many rows it has.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The shades, row by row.
    pub fn shades(&self) -> &[u8] {
        &self.grey
    }

    /// The shade at a place; white outside the picture.
    pub fn at(&self, x: usize, y: usize) -> u8 {
        if x >= self.width { 255 } else { self.grey.get(y * self.width + x).copied().unwrap_or(255) }
    }

    /// Paints one pixel; nothing happens outside the picture.
    pub fn set(&mut self, x: usize, y: usize, shade: u8) {
        if x < self.width
            && let Some(pixel) = self.grey.get_mut(y * self.width + x)
        {
            *pixel = shade;
        }
    }

    /// The picture in another size. Each pixel is the mean of what it covers, or lies between its neighbours where it is smaller.
    pub fn scaled(&self, width: usize, height: usize) -> Raster {
        let mut out = Raster::white(width, height);
        let (by_x, by_y) =
            (self.width as f32 / width.max(1) as f32, self.height as f32 / height.max(1) as f32);
        for y in 0..height {
            for x in 0..width {
                let (left, top) = (x as f32 * by_x, y as f32 * by_y);
                out.set(x, y, self.mean(left, top, by_x, by_y));
            }
        }
        out
    }

    /// The mean shade of an area of `width` and `height` pixels from its upper left corner.
    fn mean(&self, left: f32, top: f32, width: f32, height: f32) -> u8 {
        let (across, down) = (samples(width), samples(height));
        let mut sum = 0.0;
        for row in 0..down {
            for column in 0..across {
                let x = left + width * (column as f32 + 0.5) / across as f32;
                let y = top + height * (row as f32 + 0.5) / down as f32;
                sum += self.between(x, y);
            }
        }
        (sum / (across * down) as f32).round() as u8
    }

    /// The shade at a point between the middles of pixels.
    pub fn between(&self, x: f32, y: f32) -> f32 {
        let edge = |value: f32, most: usize| (value - 0.5).clamp(0.0, most.saturating_sub(1) as f32);
        let (x, y) = (edge(x, self.width), edge(y, self.height));
        let (x0, y0) = (x as usize, y as usize);
        let (x1, y1) =
            ((x0 + 1).min(self.width.saturating_sub(1)), (y0 + 1).min(self.height.saturating_sub(1)));
        let (over, down) = (x - x0 as f32, y - y0 as f32);
        let row = |y: usize| f32::from(self.at(x0, y)) * (1.0 - over) + f32::from(self.at(x1, y)) * over;
        row(y0) * (1.0 - down) + row(y1) * down
    }

    /// A part of the picture, with white around it where it reaches over the edge.
    pub fn part(&self, x0: usize, y0: usize, x1: usize, y1: usize) -> Raster {
        let mut out = Raster::white(x1.saturating_sub(x0), y1.saturating_sub(y0));
        for y in 0..out.height {
            for x in 0..out.width {
                out.set(x, y, self.at(x0 + x, y0 + y));
            }
        }
        out
    }

    /// The picture with a white margin.
    pub fn framed(&self, margin: usize) -> Raster {
        let mut out = Raster::white(self.width + 2 * margin, self.height + 2 * margin);
        for y in 0..self.height {
            for x in 0..self.width {
                out.set(x + margin, y + margin, self.at(x, y));
            }
        }
        out
    }
}

/// How many samples an area of so many pixels is measured at.
pub fn samples(pixels: f32) -> usize {
    (pixels.ceil() as usize).clamp(1, 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scaled_picture_has_the_means_of_the_larger_one() {
        let mut picture = Raster::white(4, 2);
        for y in 0..2 {
            picture.set(0, y, 0);
            picture.set(1, y, 100);
        }
        let small = picture.scaled(2, 1);
        assert_eq!(small.shades(), [50, 255]);
        assert_eq!(picture.part(1, 0, 5, 1).shades(), [100, 255, 255, 255]);
        assert_eq!(small.framed(1).width(), 4);
        assert_eq!(small.framed(1).at(1, 1), 50);
    }
}
