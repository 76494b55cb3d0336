//! Pictures of a page as PNG in a `data:` address, for the page as SVG.

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
pub(super) fn raster(data: ImageData, alpha: Option<&LumaData>) -> Option<String> {
    let (pixels, width, height, depth) = match data {
        ImageData::Rgb(rgb) => (rgb.data, rgb.width, rgb.height, 3),
        ImageData::Luma(luma) => (luma.data, luma.width, luma.height, 1),
    };
    let Some(alpha) = alpha else { return png(&pixels, width, height, depth) };
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
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::from(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, *KINDS.get(depth)?, 0, 0, 0]);
    for (name, content) in [(b"IHDR", &head[..]), (b"IDAT", &packed), (b"IEND", &[])] {
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
}
