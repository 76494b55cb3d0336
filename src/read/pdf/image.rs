//! Pictures of a page as PNG in a `data:` address, for the page as SVG.

use crate::read::raster::Raster;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use hayro_interpret::{ImageData, LumaData};
use std::io::Write as _;

/// The kinds of PNG by how many bytes a pixel has.
const KINDS: [u8; 5] = [0, 0, 4, 2, 6];

/// What is let through by a stencil is of this colour, the rest of none.
pub(super) fn stencil(luma: &LumaData, colour: [u8; 4]) -> Option<String> {
    let pixels = luma.data.iter().flat_map(|level| if *level == 255 { colour } else { [0; 4] });
    png(&pixels.collect::<Vec<u8>>(), luma.width, luma.height, 4)
}

/// A picture in colours or greys, with what can be seen through where that is given.
pub(super) fn raster(data: &ImageData, alpha: Option<&LumaData>) -> Option<String> {
    let (pixels, width, height, depth) = match data {
        ImageData::Rgb(rgb) => (&rgb.data, rgb.width, rgb.height, 3),
        ImageData::Luma(luma) => (&luma.data, luma.width, luma.height, 1),
    };
    let Some(alpha) = alpha else { return png(pixels, width, height, depth) };
    let mut out = Vec::with_capacity(pixels.len() / depth * (depth + 1));
    let (across, down) = (width.max(1) as usize, height.max(1) as usize);
    for (number, pixel) in pixels.chunks_exact(depth).enumerate() {
        let x = number % across * alpha.width as usize / across;
        let y = number / across * alpha.height as usize / down;
        out.extend_from_slice(pixel);
        out.push(alpha.data.get(y * alpha.width as usize + x).copied().unwrap_or(255));
    }
    png(&out, width, height, depth + 1)
}

/// How fine a picture is that is made smaller, in dots to the inch: the most that can be seen where a page is as wide as a column
/// of the report, then what small type can still be read at, and last what only shows where something stands.
const FINE: [f64; 6] = [110.0, 96.0, 84.0, 72.0, 60.0, 48.0];

/// Shades are parted at these. Paper that is not quite white becomes white, which takes hardly any room: a page at 110 dots to the
/// inch takes 20 to 51 KB in four shades, and 36 to 109 KB in sixteen, which is no easier to read.
const PARTED: [u8; 3] = [54, 122, 191];

/// The picture of a whole page, as a scan is, in four shades and as finely as `most` characters allow; `points` are its width and
/// height on the page. With a colour it is what a stencil lets through.
pub(super) fn reduced(
    picture: &Raster,
    points: (f64, f64),
    colour: Option<[u8; 4]>,
    most: usize,
) -> Option<String> {
    let mut picture = std::borrow::Cow::Borrowed(picture);
    FINE.iter().find_map(|fine| {
        let side = |points: f64, own: usize| ((points * fine / 72.0).ceil().max(1.0) as usize).min(own);
        let (width, height) = (side(points.0, picture.width()), side(points.1, picture.height()));
        // What is made smaller in several steps is worked out from the step before, which is quicker and looks the same.
        picture = std::borrow::Cow::Owned(picture.scaled(width, height));
        four_shades(&picture, colour).filter(|address| address.len() <= most)
    })
}

fn four_shades(picture: &Raster, colour: Option<[u8; 4]>) -> Option<String> {
    let (width, height) = (picture.width(), picture.height());
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let level = |shade: &u8| PARTED.iter().filter(|parted| *shade >= **parted).count() as u8;
    for row in picture.shades().chunks_exact(width.max(1)) {
        let bytes = row.chunks(4).map(|four| {
            let bits = four.iter().fold(0, |bits, shade| bits << 2 | level(shade));
            bits << (2 * (4 - four.len()))
        });
        packed.write_all(&[0]).ok()?;
        packed.write_all(&bytes.collect::<Vec<u8>>()).ok()?;
    }
    let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    let packed = packed.finish().ok()?;
    let Some([red, green, blue, alpha]) = colour else {
        return file((width, height), (2, 0), &[(b"IDAT", &packed)]);
    };
    let colours = [red, green, blue].repeat(4);
    let through: Vec<u8> = (0..4).map(|level: u16| (u16::from(alpha) * level / 3) as u8).collect();
    file((width, height), (2, 3), &[(b"PLTE", &colours), (b"tRNS", &through), (b"IDAT", &packed)])
}

fn png(pixels: &[u8], width: u32, height: u32, depth: usize) -> Option<String> {
    let row = width as usize * depth;
    if row == 0 || height == 0 || pixels.len() < row * height as usize {
        return None;
    }
    // Each row as its difference to the one above it. What most pages have is lettering and plain areas, where that is nought.
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    let none = vec![0; row];
    let mut above: &[u8] = &none;
    let mut line = vec![2; row + 1];
    for own in pixels.chunks_exact(row).take(height as usize) {
        for ((difference, now), before) in line.iter_mut().skip(1).zip(own).zip(above) {
            *difference = now.wrapping_sub(*before);
        }
        packed.write_all(&line).ok()?;
        above = own;
    }
    let packed = packed.finish().ok()?;
    file((width, height), (8, *KINDS.get(depth)?), &[(b"IDAT", &packed)])
}

/// The address of a PNG with these parts, whose pixels have so many bits for each colour and are of this kind.
fn file((width, height): (u32, u32), (bits, kind): (u8, u8), parts: &[(&[u8; 4], &[u8])]) -> Option<String> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::from(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([bits, kind, 0, 0, 0]);
    let (first, last) = ((b"IHDR", &head[..]), (b"IEND", &[][..]));
    for (name, content) in [first].into_iter().chain(parts.iter().copied()).chain([last]) {
        let mut sum = Crc::new();
        sum.update(name);
        sum.update(content);
        out.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
        out.extend(name);
        out.extend(content);
        out.extend(sum.sum().to_be_bytes());
    }
    Some(format!("data:image/png;base64,{}", STANDARD.encode(out)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_png_holds_the_pixels() {
        let address = png(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2, 2, 3).unwrap();
        let bytes = STANDARD.decode(address.trim_start_matches("data:image/png;base64,")).unwrap();
        assert_eq!(&bytes[12..26], b"IHDR\0\0\0\x02\0\0\0\x02\x08\x02");
        let (from, until) = (bytes.windows(4).position(|name| name == b"IDAT").unwrap(), bytes.len() - 16);
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&bytes[from + 4..until]).read_to_end(&mut rows).unwrap();
        assert_eq!(rows, [2, 1, 2, 3, 4, 5, 6, 2, 6, 6, 6, 6, 6, 6]);
        assert_eq!(png(&[1], 2, 2, 3), None);
    }

    #[test]
    fn a_whole_page_is_made_as_small_as_it_has_to_be() {
        let mut page = Raster::white(1700, 2200);
        page.fill(
            (0..1700 * 2200).map(|at: u32| if at.wrapping_mul(2_654_435_761) >> 29 == 0 { 0 } else { 250 }),
        );
        let fine = reduced(&page, (612.0, 792.0), None, usize::MAX).unwrap();
        let size = |address: &str| {
            let bytes = STANDARD.decode(address.trim_start_matches("data:image/png;base64,")).unwrap();
            let side = |from: usize| u32::from_be_bytes(bytes[from..from + 4].try_into().unwrap());
            (side(16), side(20), bytes[24], bytes[25])
        };
        assert_eq!(size(&fine), (935, 1210, 2, 0));
        let coarse = reduced(&page, (612.0, 792.0), Some([9, 9, 9, 255]), fine.len() - 1).unwrap();
        assert_eq!((size(&coarse).2, size(&coarse).3), (2, 3));
        assert!(coarse.len() < fine.len() && size(&coarse).0 < 935);
        assert_eq!(reduced(&page, (612.0, 792.0), None, 100), None);
    }
}
