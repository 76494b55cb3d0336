//! Reads one sheet of a binary workbook.

use super::{Records, Shared, error, float, long, packed, short, wide};
use crate::read::package::Package;
use crate::read::workbook::formula::tokens;
use crate::read::workbook::formula::tokens::AddressForm;
use crate::read::workbook::shown::Format;
use crate::read::workbook::{RawCell, RawSheet};
use std::collections::HashMap;
use std::io::BufRead;

/// The most rows and columns that a sheet can have.
const MOST: (u32, u32) = (1_048_576, 16_384);

/// Shared formulas by the position of their first cell.
type Templates = HashMap<(u32, u32), Vec<u8>>;

/// Reads a sheet into `raw`; `raw.broken` says where it breaks off.
pub fn read(package: &mut Package, path: &str, shared: &mut Shared, raw: &mut RawSheet) {
    let part = match package.part(path) {
        None => return raw.broken = Some("it is not in the file".to_owned()),
        Some(Err((what, _))) => return raw.broken = Some(what),
        Some(Ok(part)) => part,
    };
    if let Err(why) = pieces(Records { from: part, data: Vec::new() }, shared, raw) {
        raw.broken = Some(why);
    }
}

fn pieces<R: BufRead>(
    mut records: Records<R>,
    shared: &mut Shared,
    raw: &mut RawSheet,
) -> Result<(), String> {
    let mut templates = Templates::new();
    // The position of a cell that does not state its own.
    let (mut row, mut next) = (0, 0);
    while let Some((number, data)) = records.next()? {
        match number {
            // The end of the sheet.
            0x82 => return Ok(()),
            0x00 => {
                (row, next) = (long(data, 0).unwrap_or(u32::MAX), 0);
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    raw.hidden_rows.push((row, row));
                }
            }
            0x3c => {
                let hidden = short(data, 16).is_some_and(|flags| flags & 1 != 0);
                raw.hidden_cols.extend(long(data, 0).zip(long(data, 4)).filter(|_| hidden));
            }
            0xb0 => {
                let down = long(data, 0).zip(long(data, 4));
                raw.merges.extend(down.zip(long(data, 8).zip(long(data, 12))));
            }
            0x1ab => template(data, raw, &mut templates),
            _ => {
                let Some((kind, col, data)) = placed(number, data, next) else { continue };
                next = col.saturating_add(1);
                let cell = cell(kind, col, data, shared).filter(|_| row < MOST.0 && col < MOST.1);
                let Some((mut cell, end)) = cell else { continue };
                if (0x08..=0x0b).contains(&kind) {
                    let formula = formula(data, end, (row, col), shared, raw, &templates);
                    cell.formula = Some(formula.unwrap_or_default().into());
                }
                if !raw.put(row, cell, &mut shared.left) {
                    return Ok(());
                }
            }
        }
    }
    Err("it breaks off".to_owned())
}

/// The type of a cell, its column and its data. Some programs leave out the column where it is the next one.
fn placed(number: u16, data: &[u8], next: u32) -> Option<(u16, u32, &[u8])> {
    match number {
        0x01..=0x0b | 0x3e => Some((number, long(data, 0)?, data.get(4..)?)),
        0x0c..=0x12 => Some((number - 0x0b, next, data)),
        _ => None,
    }
}

/// Reads a cell; returns it and the end of its value.
fn cell(kind: u16, col: u32, data: &[u8], shared: &Shared) -> Option<(RawCell, usize)> {
    let general = Format::default();
    let style = long(data, 0)? & 0x00ff_ffff;
    let format = shared.formats.get(style as usize).unwrap_or(&general);
    let numeric = |value: f64| RawCell::number(col, value, format, shared.from_1904);
    Some(match kind {
        0x02 => (numeric(packed(long(data, 4)?)), 8),
        0x03 | 0x0b => (RawCell::error(col, error(*data.get(4)?)), 5),
        0x04 | 0x0a => (RawCell::truth(col, *data.get(4)? != 0), 5),
        0x05 | 0x09 => (numeric(float(data, 4)?), 12),
        0x06 | 0x08 => {
            let (text, end) = wide(data, 4)?;
            (RawCell::text(col, &text), end)
        }
        0x07 => (RawCell::shared(col, shared.strings.get(long(data, 4)? as usize)), 8),
        // A text with formatting inside.
        0x3e => (RawCell::text(col, &wide(data, 5)?.0), data.len()),
        _ => return None,
    })
}

/// The formula after a value, if it only adds up cells.
fn formula(
    data: &[u8],
    at: usize,
    cell: (u32, u32),
    shared: &mut Shared,
    raw: &mut RawSheet,
    templates: &Templates,
) -> Option<String> {
    let (tokens, end) = parsed(data, at + 2)?;
    match tokens {
        [0x01, row @ ..] => {
            let template = templates.get(&(long(row, 0)?, long(data, end + 4)?))?;
            let writes = raw.writes(template.len(), &mut shared.written);
            writes.then(|| tokens::text_at(template, AddressForm::Wide, cell)).flatten()
        }
        tokens => tokens::text(tokens, AddressForm::Wide),
    }
}

/// The tokens of a formula after their length, and their end.
fn parsed(data: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let end = (at + 4).checked_add(long(data, at)? as usize)?;
    Some((data.get(at + 4..end)?, end))
}

/// A shared formula, whose first cell was just read.
fn template(data: &[u8], raw: &mut RawSheet, templates: &mut Templates) {
    let last = raw.rows.last_mut().and_then(|(row, cells)| Some((*row, cells.last_mut()?)));
    let (Some((tokens, _)), Some((row, cell))) = (parsed(data, 16), last) else { return };
    cell.formula =
        Some(tokens::text_at(tokens, AddressForm::Wide, (row, cell.col)).unwrap_or_default().into());
    templates.insert((row, cell.col), tokens.to_vec());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::workbook::What;

    fn record(number: u16, data: &[u8]) -> Vec<u8> {
        let [low, high] = [number & 0x7f, number >> 7].map(|part| u8::try_from(part).unwrap());
        let number = if number < 0x80 { vec![low] } else { vec![low | 0x80, high] };
        [&number[..], &[u8::try_from(data.len()).unwrap()], data].concat()
    }

    fn row(number: u32) -> Vec<u8> {
        record(0x00, &[&number.to_le_bytes()[..], &[0; 13]].concat())
    }

    /// The cells of a sheet of some records as "row col: text =formula", and why it breaks off.
    fn sheet(records: &[Vec<u8>]) -> (Vec<String>, Option<String>) {
        let strings = vec!["North".to_owned()];
        let mut shared = Shared { strings, left: 100, written: 20, ..Shared::default() };
        let mut raw = RawSheet::default();
        let bytes = records.concat();
        let broken = pieces(Records { from: bytes.as_slice(), data: Vec::new() }, &mut shared, &mut raw);
        let cells = raw.rows.iter().flat_map(|(row, cells)| cells.iter().map(move |cell| (row, cell)));
        let told = cells.map(|(row, cell)| {
            let text = if cell.what == What::Lost { "lost" } else { &cell.text };
            let formula = cell.formula.as_ref().map_or(String::new(), |text| format!(" ={text}"));
            format!("{row} {}: {text}{formula}", cell.col)
        });
        (told.collect(), broken.err())
    }

    #[test]
    fn cells_without_a_column_stand_behind_the_last_one() {
        let real = [&[0; 4][..], &1.5f64.to_le_bytes()].concat();
        let (cells, broken) = sheet(&[
            row(2),
            record(0x0d, &[0, 0, 0, 0, 3 << 2 | 2, 0, 0, 0]),
            record(0x07, &[2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            record(0x12, &[0; 8]),
            record(0x0c, &[0; 4]),
            record(0x10, &real),
            record(0x11, &[0, 0, 0, 0, 1, 0, 0, 0, b'a', 0]),
            row(3),
            record(0x0f, &[0, 0, 0, 0, 1]),
            record(0x0e, &[0, 0, 0, 0, 7]),
            record(0x82, &[]),
        ]);
        let wanted =
            ["2 0: 3", "2 2: North", "2 3: North", "2 5: 1.5", "2 6: a", "3 0: TRUE", "3 1: #DIV/0!"];
        assert_eq!((cells, broken), (wanted.map(str::to_owned).to_vec(), None));
    }

    #[test]
    fn texts_with_fonts_are_read_and_lost_ones_are_told() {
        let rich =
            [&[1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, b'h', 0, b'i', 0][..], &[1, 0, 0, 0, 0, 0]].concat();
        let lost = record(0x07, &[4, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0]);
        let (cells, broken) = sheet(&[row(0), record(0x3e, &rich), lost]);
        assert_eq!(cells, ["0 1: hi", "0 4: lost"]);
        assert_eq!(broken.as_deref(), Some("it breaks off"));
    }

    #[test]
    fn formulas_that_cells_share_count_from_each() {
        let sum = [0x2d, 0xfe, 0xff, 0x0f, 0, 0xff, 0xff, 0x0f, 0, 0, 0xc0, 0, 0xc0, 0x19, 0x10, 0, 0];
        let shared = [&[0; 16][..], &[17, 0, 0, 0], &sum, &[0; 4]].concat();
        let value = |col: u8| [&[col, 0, 0, 0, 0, 0, 0, 0][..], &9f64.to_le_bytes(), &[0, 0]].concat();
        let cell = |col: u8| {
            record(0x09, &[&value(col)[..], &[5, 0, 0, 0, 1, 4, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0]].concat())
        };
        // One that is neither a sum nor a comparison.
        let other = record(0x09, &[&value(4)[..], &[3, 0, 0, 0, 0x17, 0, 0]].concat());
        let records = [row(4), cell(1), record(0x1ab, &shared), cell(2), other, cell(5), record(0x82, &[])];
        let (cells, _) = sheet(&records);
        // So much is written out of formulas as fits.
        assert_eq!(cells, ["4 1: 9 =SUM(B3:B4)", "4 2: 9 =SUM(C3:C4)", "4 4: 9 =", "4 5: 9 ="]);
    }

    #[test]
    fn what_a_sheet_says_of_its_size_is_not_believed() {
        let size = record(0x94, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        let cell = |col: u32| record(0x02, &[&col.to_le_bytes()[..], &[0, 0, 0, 0, 6, 0, 0, 0]].concat());
        let far = [row(u32::MAX), cell(0), row(7), cell(u32::MAX), record(0x0d, &[0, 0, 0, 0, 6, 0, 0, 0])];
        let (cells, broken) = sheet(&[size, row(1), cell(3), far.concat(), record(0x82, &[])]);
        assert_eq!((cells, broken), (vec!["1 3: 1".to_owned()], None));
    }
}
