//! Reads Excel workbooks before 2007: records of Excel 5 to 2003.

mod texts;
mod worksheet;

use super::container::Container;
use super::shown::Format;
use super::xlsb::{long, short};
use super::{MOST_WRITTEN, RawSheet, Visibility, damaged};
use crate::model::diagnostic::Refusal;
use encoding_rs::Encoding;
use std::collections::HashMap;
use texts::{Texts, shared_texts};

/// A record with its continuations.
struct Record<'a> {
    number: u16,
    data: &'a [u8],
    more: Vec<&'a [u8]>,
}

/// The records of a stream from an offset on.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn piece(&self) -> Option<(u16, &'a [u8])> {
        let (number, length) = (short(self.stream, self.at)?, short(self.stream, self.at + 2)?);
        Some((number, self.stream.get(self.at + 4..self.at + 4 + usize::from(length))?))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (number, data) = self.piece()?;
        self.at += 4 + data.len();
        let mut more = Vec::new();
        while let Some((0x3c, data)) = self.piece() {
            self.at += 4 + data.len();
            more.push(data);
        }
        Some(Record { number, data, more })
    }
}

/// What the sheets have in common.
struct Shared {
    texts: Texts,
    strings: Vec<String>,
    formats: Vec<Format>,
    general: Format,
    from_1904: bool,
    left: usize,
    written: usize,
}

impl Shared {
    fn of(most_cells: usize) -> Shared {
        Shared {
            texts: Texts { wide: true, encoding: encoding_rs::WINDOWS_1252 },
            strings: Vec::new(),
            formats: Vec::new(),
            general: Format::default(),
            from_1904: false,
            left: most_cells,
            written: MOST_WRITTEN,
        }
    }
}

/// A sheet as the workbook lists it.
struct ListedSheet {
    at: usize,
    name: String,
    visibility: Visibility,
    kind: u8,
}

/// Reads the sheets one by one and passes each to `take`.
pub(crate) fn read(bytes: &[u8], most_cells: usize, take: &mut impl FnMut(RawSheet)) -> Result<(), Refusal> {
    let container = Container::open(bytes).ok_or_else(|| damaged("its table of sectors is broken"))?;
    let stream = container.stream("Workbook").or_else(|| container.stream("Book"));
    let stream = stream.ok_or_else(|| damaged("it has no list of sheets"))?;
    let mut shared = Shared::of(most_cells);
    let sheets = globals(&stream, &mut shared)?;
    for ListedSheet { at, name, visibility, kind } in sheets {
        let mut raw = RawSheet { name, visibility, ..RawSheet::default() };
        match kind {
            0 if at < stream.len() => worksheet::read(Records { stream: &stream, at }, &mut shared, &mut raw),
            0 => raw.broken = Some("it lies behind the end of the file".to_owned()),
            2 => raw.empty = Some("it is a chart"),
            _ => raw.empty = Some("it holds macros, which are not looked at"),
        }
        take(raw);
    }
    Ok(())
}

fn globals(stream: &[u8], shared: &mut Shared) -> Result<Vec<ListedSheet>, Refusal> {
    let mut sheets = Vec::new();
    let mut codes: HashMap<u16, Format> = HashMap::new();
    let mut styles = Vec::new();
    for Record { number, data, more } in (Records { stream, at: 0 }) {
        match number {
            0x809 => shared.texts.wide = short(data, 0) == Some(0x600),
            // Some programs write an encryption key of zeros, which changes nothing.
            0x2f if data.iter().any(|byte| *byte != 0) => {
                return Err((
                    "the workbook is protected by a password".to_owned(),
                    "open it with its password, remove that, and save it under a new name".to_owned(),
                ));
            }
            0x42 => shared.texts.encoding = short(data, 0).map_or(encoding_rs::WINDOWS_1252, encoding),
            0x22 => shared.from_1904 = short(data, 0) == Some(1),
            0x41e => {
                let code =
                    if shared.texts.wide { shared.texts.long(data, 2) } else { shared.texts.short(data, 2) };
                codes.extend(short(data, 0).zip(code.map(|code| Format::of_code(&code))));
            }
            0xe0 => styles.push(short(data, 2).unwrap_or(0)),
            0x85 => {
                let name = shared.texts.short(data, 6).unwrap_or_default();
                let (at, flags) =
                    (long(data, 0).unwrap_or(u32::MAX) as usize, data.get(4).copied().unwrap_or(0));
                let visibility = if flags & 3 == 0 { Visibility::Visible } else { Visibility::Hidden };
                sheets.push(ListedSheet { at, name, visibility, kind: data.get(5).copied().unwrap_or(0) });
            }
            0xfc => shared.strings = shared_texts(data, &more),
            0x0a => break,
            _ => {}
        }
    }
    let format = |id: &u16| codes.get(id).cloned().unwrap_or_else(|| Format::of_id(u32::from(*id)));
    shared.formats = styles.iter().map(format).collect();
    Ok(sheets)
}

/// The encoding of a code page.
fn encoding(page: u16) -> &'static Encoding {
    let name = match page {
        10000 | 32768 => "macintosh".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        866 => "ibm866".to_owned(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(name.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252)
}
