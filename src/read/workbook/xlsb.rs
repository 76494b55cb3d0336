//! Reads Excel workbooks in the binary form of 2007 and later.

mod worksheet;

use super::shown::Format;
use super::{RawSheet, Shared, Visibility, WORDS, damaged};
use crate::model::diagnostic::Refusal;
use crate::read::package::Package;
use std::collections::HashMap;
use std::io::BufRead;

/// No record is longer.
const LONGEST: usize = 64 << 20;

/// A stream of records.
struct Records<R> {
    from: R,
    data: Vec<u8>,
}

impl<R: BufRead> Records<R> {
    /// The type and content of the next record; `None` at the end.
    fn next(&mut self) -> Result<Option<(u16, &[u8])>, String> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut number = u16::from(first);
        if first & 0x80 != 0 {
            let second = self.byte()?.ok_or("it breaks off")?;
            number = u16::from(first & 0x7f) | u16::from(second & 0x7f) << 7;
        }
        let mut length = 0usize;
        for at in 0..4 {
            let byte = self.byte()?.ok_or("it breaks off")?;
            length |= usize::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > LONGEST {
            return Err("a record is longer than any can be".to_owned());
        }
        self.data.resize(length, 0);
        self.from.read_exact(&mut self.data).map_err(|_| "it breaks off".to_owned())?;
        Ok(Some((number, &self.data)))
    }

    fn byte(&mut self) -> Result<Option<u8>, String> {
        let mut byte = [0];
        match self.from.read(&mut byte) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(byte[0])),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Reads two bytes of a record.
pub fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

/// Reads four bytes of a record.
pub fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// Reads a float of eight bytes.
pub fn float(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// Decodes a number packed into four bytes.
pub fn packed(bits: u32) -> f64 {
    let value = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

/// The errors that a cell can hold.
pub fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#ERROR!",
    }
}

/// Reads a text after its length; returns it and its end.
fn wide(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = long(data, at)?;
    if length == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let end = (length as usize).checked_mul(2)?.checked_add(at + 4)?;
    let units = data.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect(), end))
}

/// Reads the sheets one by one and passes each to `take`.
pub(crate) fn read(
    bytes: Vec<u8>,
    most_cells: usize,
    take: &mut impl FnMut(RawSheet),
) -> Result<(), Refusal> {
    let mut package = Package::open(&bytes, &WORDS)?;
    let path = package.main("xl/workbook.bin");
    let parts = package.relations(&path);
    let mut shared = Shared::of(most_cells);
    let (mut sheets, mut whole) = (Vec::new(), false);
    let list = each(&mut package, &path, |number, data| match number {
        0x84 | 0x90 => whole = true,
        0x99 => shared.from_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
        0x9c => {
            let id = wide(data, 8);
            let name = id.as_ref().and_then(|(_, end)| wide(data, *end));
            let hidden = long(data, 0) != Some(0);
            sheets.extend(id.zip(name).map(|((id, _), (name, _))| (id, name, hidden)));
        }
        _ => {}
    });
    list.and_then(|()| if whole { Ok(()) } else { Err("it breaks off".to_owned()) })
        .map_err(|why| damaged(&format!("its list of sheets: {why}")))?;
    let texts_path = parts.path("sharedStrings", "sharedStrings.bin");
    // A workbook without texts has no such part.
    if package.has(&texts_path) {
        let strings = &mut shared.strings;
        let texts = each(&mut package, &texts_path, |number, data| {
            if number == 0x13 {
                strings.push(wide(data, 1).map_or_else(String::new, |(text, _)| text));
            }
        });
        texts.map_err(|why| damaged(&format!("its texts: {why}")))?;
    }
    let styles_path = parts.path("styles", "styles.bin");
    if package.has(&styles_path) {
        shared.format_by(formats(&mut package, &styles_path));
    }
    for (id, name, hidden) in sheets {
        let visibility = if hidden { Visibility::Hidden } else { Visibility::Visible };
        let unformatted = shared.unformatted.take();
        let mut raw = RawSheet { name, visibility, unformatted, ..RawSheet::default() };
        match parts.targets.get(&id) {
            Some(target) if target.kind == "chartsheet" => raw.empty = Some("it is a chart"),
            Some(target) if target.kind == "worksheet" => {
                worksheet::read(&mut package, &target.path, &mut shared, &mut raw)
            }
            Some(_) => raw.empty = Some("it holds macros or a dialogue, which are not looked at"),
            None => raw.broken = Some("the workbook does not say where it is".to_owned()),
        }
        take(raw);
    }
    Ok(())
}

/// Calls `work` for each record of a part.
fn each(package: &mut Package, path: &str, mut work: impl FnMut(u16, &[u8])) -> Result<(), String> {
    let part = package.part(path).ok_or("it is not in the file")?.map_err(|(what, _)| what)?;
    let mut records = Records { from: part, data: Vec::new() };
    while let Some((number, data)) = records.next()? {
        work(number, data);
    }
    Ok(())
}

/// The number formats of the cells' styles; without them, numbers are shown as they are stored.
fn formats(package: &mut Package, path: &str) -> Result<Vec<Format>, String> {
    let mut codes: HashMap<u16, Format> = HashMap::new();
    let (mut formats, mut of_cells) = (Vec::new(), false);
    each(package, path, |number, data| match number {
        0x2c => {
            let code = wide(data, 2).map(|(code, _)| Format::of_code(&code));
            codes.extend(short(data, 0).zip(code));
        }
        0x269 => of_cells = true,
        0x26a => of_cells = false,
        0x2f if of_cells => {
            let id = short(data, 2).unwrap_or(0);
            formats.push(codes.get(&id).cloned().unwrap_or_else(|| Format::of_id(id.into())));
        }
        _ => {}
    })?;
    Ok(formats)
}
