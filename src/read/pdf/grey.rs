//! Pictures of a page in shades of grey.

use crate::read::raster::Raster;
use hayro_interpret::{ImageData, LumaData};

/// A picture of such a size with these shades, row by row.
pub(super) fn raster(width: u32, height: u32, data: impl Iterator<Item = u8>) -> Raster {
    let mut picture = Raster::white(width as usize, height as usize);
    picture.fill(data);
    picture
}

/// How bright a colour is, by the weights of ITU-R BT.601.
pub(super) fn brightness(red: u8, green: u8, blue: u8) -> u8 {
    ((299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue)) / 1000) as u8
}

/// The shades of a picture in colours or greys.
pub(super) fn shades(image: ImageData) -> Raster {
    match image {
        ImageData::Luma(LumaData { data, width, height, .. }) => raster(width, height, data.into_iter()),
        ImageData::Rgb(rgb) => {
            let shade = |pixel: &[u8]| match pixel {
                [red, green, blue] => brightness(*red, *green, *blue),
                _ => 255,
            };
            raster(rgb.width, rgb.height, rgb.data.chunks_exact(3).map(shade))
        }
    }
}
