//! One sheet of a binary workbook.

use super::super::formula::tokens::{self, Form};
use super::super::package::Package;
use super::super::shown::Format;
use super::super::{Cell, RawSheet};
use super::{Records, Shared, error, float, long, packed, short, wide};

/// Rows and columns that a sheet can have.
const MOST: (u32, u32) = (1_048_576, 16_384);

/// Reads a sheet into `raw`; where it breaks off is told in it.
pub fn read(package: &mut Package, path: &str, shared: &mut Shared, raw: &mut RawSheet) {
    let part = match package.part(path) {
        None => return raw.broken = Some("it is not in the file".to_owned()),
        Some(Err((what, _))) => return raw.broken = Some(what),
        Some(Ok(part)) => part,
    };
    let mut records = Records { from: part, data: Vec::new() };
    let mut row = 0;
    loop {
        match records.next() {
            Ok(None) => return raw.broken = Some("it breaks off".to_owned()),
            // The end of the sheet.
            Ok(Some((0x82, _))) => return,
            Ok(Some((0x00, data))) => {
                row = long(data, 0).unwrap_or(u32::MAX);
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    raw.hidden_rows.push((row, row));
                }
            }
            Ok(Some((0x3c, data))) => {
                let hidden = short(data, 16).is_some_and(|flags| flags & 1 != 0);
                raw.hidden_cols.extend(long(data, 0).zip(long(data, 4)).filter(|_| hidden));
            }
            Ok(Some((0xb0, data))) => {
                let down = long(data, 0).zip(long(data, 4));
                raw.merges.extend(down.zip(long(data, 8).zip(long(data, 12))));
            }
            Ok(Some((number, data))) => {
                let Some(cell) = cell(number, data, shared).filter(|cell| row < MOST.0 && cell.col < MOST.1)
                else {
                    continue;
                };
                let Some(left) = shared.left.checked_sub(1) else { return raw.cut = true };
                shared.left = left;
                match raw.rows.last_mut() {
                    Some((last, cells)) if *last == row => cells.push(cell),
                    _ => raw.rows.push((row, vec![cell])),
                }
            }
            Err(why) => return raw.broken = Some(why),
        }
    }
}

fn cell(number: u16, data: &[u8], shared: &Shared) -> Option<Cell> {
    if !(0x02..=0x0b).contains(&number) {
        return None;
    }
    let col = long(data, 0)?;
    let general = Format::default();
    let style = long(data, 4)? & 0x00ff_ffff;
    let format = shared.formats.get(style as usize).unwrap_or(&general);
    let numeric = |value: f64| Cell::number(col, value, format, shared.from_1904);
    let (cell, end) = match number {
        0x02 => (numeric(packed(long(data, 8)?)), 12),
        0x03 | 0x0b => (Cell::error(col, error(*data.get(8)?)), 9),
        0x04 | 0x0a => (Cell::truth(col, *data.get(8)? != 0), 9),
        0x05 | 0x09 => (numeric(float(data, 8)?), 16),
        0x06 | 0x08 => {
            let (text, end) = wide(data, 8)?;
            (Cell::text(col, &text), end)
        }
        _ => (Cell::text(col, shared.strings.get(long(data, 8)? as usize)?), 12),
    };
    let formula = (number >= 0x08).then(|| formula(data, end)).flatten();
    Some(Cell { formula: formula.map(Into::into), ..cell })
}

/// The formula behind a value, where it only adds up cells.
fn formula(data: &[u8], at: usize) -> Option<String> {
    let length = long(data, at + 2)? as usize;
    tokens::text(data.get(at + 6..(at + 6).checked_add(length)?)?, Form::Wide)
}
