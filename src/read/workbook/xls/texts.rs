//! Reads texts in records, with one or two bytes for each character, which may continue in further records.

use crate::read::workbook::xlsb::short;
use encoding_rs::Encoding;

/// How texts are written.
pub struct Texts {
    /// Whether a flag says how many bytes a character has, as in Excel 97 and later.
    pub wide: bool,
    /// The encoding of single-byte characters before Excel 97.
    pub encoding: &'static Encoding,
}

impl Texts {
    /// A text with its length in one byte.
    pub fn short(&self, data: &[u8], at: usize) -> Option<String> {
        self.text(data, at + 1, usize::from(*data.get(at)?))
    }

    /// A text with its length in two bytes.
    pub fn long(&self, data: &[u8], at: usize) -> Option<String> {
        self.text(data, at + 2, usize::from(short(data, at)?))
    }

    fn text(&self, data: &[u8], at: usize, length: usize) -> Option<String> {
        if !self.wide {
            let bytes = data.get(at..(at + length).min(data.len()))?;
            return Some(self.encoding.decode_without_bom_handling(bytes).0.into_owned());
        }
        let mut pieces = Pieces { rest: data.get(at..)?, more: &[] };
        pieces.text(length)
    }
}

/// The table of shared texts. Its stated length is ignored, because some programs write a wrong one.
pub fn shared_texts(data: &[u8], more: &[&[u8]]) -> Vec<String> {
    let mut pieces = Pieces { rest: data.get(8..).unwrap_or_default(), more };
    let mut texts = Vec::new();
    while let Some(text) = pieces.number().and_then(|length| pieces.text(length)) {
        texts.push(text);
    }
    texts
}

/// Data that continues in further records.
struct Pieces<'a> {
    rest: &'a [u8],
    more: &'a [&'a [u8]],
}

impl Pieces<'_> {
    fn turn(&mut self) -> bool {
        let Some((next, more)) = self.more.split_first() else { return false };
        (self.rest, self.more) = (next, more);
        true
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            if !self.turn() {
                return None;
            }
        }
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<usize> {
        Some(usize::from(u16::from_le_bytes([self.byte()?, self.byte()?])))
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let step = count.min(self.rest.len());
            self.rest = self.rest.get(step..).unwrap_or_default();
            count -= step;
            if count > 0 && !self.turn() {
                return;
            }
        }
    }

    /// A text of `length` characters, after its flags. Where a record ends inside it, the next record begins with new
    /// flags.
    fn text(&mut self, length: usize) -> Option<String> {
        let flags = self.byte()?;
        let mut wide = flags & 1 != 0;
        let runs = if flags & 8 != 0 { self.number()? } else { 0 };
        let beside = if flags & 4 != 0 { self.number()? | self.number()? << 16 } else { 0 };
        let mut units: Vec<u16> = Vec::with_capacity(length.min(1 << 16));
        while units.len() < length {
            // A record can consist of flags only.
            while self.rest.is_empty() && self.turn() {
                wide = self.byte()? & 1 != 0;
            }
            if self.rest.is_empty() {
                break;
            }
            let unit =
                if wide { u16::from_le_bytes([self.byte()?, self.byte()?]) } else { u16::from(self.byte()?) };
            units.push(unit);
        }
        self.skip(runs * 4 + beside);
        Some(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_texts_go_on_in_further_records() {
        let first = [&[0; 8][..], &[3, 0, 0, b'o', b'n', b'e', 5, 0, 0, b'f', b'i']].concat();
        let more: [&[u8]; 4] = [&[1], &[1, b'v', 0], &[], &[0, b'e', b's', 0, 0, 0]];
        assert_eq!(shared_texts(&first, &more), ["one", "fives", ""]);
    }
}
