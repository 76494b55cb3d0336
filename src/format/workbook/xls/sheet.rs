//! One sheet of a workbook of before 2007.

use super::super::formula::tokens::{self, Form};
use super::super::shown::Format;
use super::super::xlsb::{error, float, long, packed, short};
use super::super::{Cell, RawSheet, What};
use super::{Record, Records, Shared};
use std::collections::HashMap;

/// Formulas that several cells share, by the first of them.
type Templates = HashMap<(u32, u32), Vec<u8>>;

/// Reads a sheet into `raw`; where it breaks off is told in it.
pub fn read(records: Records<'_>, shared: &mut Shared, raw: &mut RawSheet) {
    let mut templates = Templates::new();
    let (mut depth, mut began) = (0usize, false);
    for record in records {
        let data = record.data;
        match record.number {
            // Charts within the sheet begin and end likewise.
            0x809 | 0x409 | 0x209 => {
                depth += usize::from(began);
                began = true;
            }
            0x0a if depth == 0 => return,
            0x0a => depth -= 1,
            _ if depth > 0 => {}
            0x208 => {
                let hidden = short(data, 12).is_some_and(|flags| flags & 0x20 != 0);
                raw.hidden_rows.extend(short(data, 0).filter(|_| hidden).map(|row| (row.into(), row.into())));
            }
            0x7d => {
                let hidden = short(data, 8).is_some_and(|flags| flags & 1 != 0);
                let cols = short(data, 0).zip(short(data, 2)).filter(|_| hidden);
                raw.hidden_cols.extend(cols.map(|(first, last)| (first.into(), last.into())));
            }
            0xe5 => merges(data, raw),
            0x4bc => template(data, shared, raw, &mut templates),
            // The text that a formula gives comes behind it.
            0x207 => {
                let text = shared.texts.long(data, 0).unwrap_or_default();
                if let Some(cell) = raw.rows.last_mut().and_then(|(_, cells)| cells.last_mut()) {
                    *cell = Cell { formula: cell.formula.take(), ..Cell::text(cell.col, &text) };
                }
            }
            _ => {
                if !cells(&record, shared, raw, &templates) {
                    raw.cut = true;
                    return;
                }
            }
        }
    }
    raw.broken = Some("it breaks off".to_owned());
}

fn merges(data: &[u8], raw: &mut RawSheet) {
    let count = usize::from(short(data, 0).unwrap_or(0));
    let merge = |nth: usize| {
        let number = |at: usize| short(data, 2 + nth * 8 + at * 2).map(u32::from);
        Some(((number(0)?, number(1)?), (number(2)?, number(3)?)))
    };
    raw.merges.extend((0..count).map_while(merge));
}

/// A formula for several cells, the last of which was read just now.
fn template(data: &[u8], shared: &Shared, raw: &mut RawSheet, templates: &mut Templates) {
    let form = form(shared);
    let length = usize::from(short(data, 8).unwrap_or(0));
    let Some(tokens) = data.get(10..10 + length) else { return };
    let Some((row, cell)) = raw.rows.last_mut().and_then(|(row, cells)| Some((*row, cells.last_mut()?)))
    else {
        return;
    };
    cell.formula = tokens::text_at(tokens, form, (row, cell.col)).map(Into::into);
    templates.insert((row, cell.col), tokens.to_vec());
}

fn form(shared: &Shared) -> Form {
    if shared.texts.wide { Form::Narrow } else { Form::Old }
}

/// Takes in the cells of a record; gives whether more can be read.
fn cells(record: &Record<'_>, shared: &mut Shared, raw: &mut RawSheet, templates: &Templates) -> bool {
    let data = record.data;
    let Some((row, col)) =
        short(data, 0).zip(short(data, 2)).map(|(row, col)| (u32::from(row), u32::from(col)))
    else {
        return true;
    };
    if record.number == 0xbd {
        // Several numbers side by side.
        let count = data.len().saturating_sub(6) / 6;
        for nth in 0..count {
            let at = 4 + nth * 6;
            let col = col + u32::try_from(nth).unwrap_or(u32::MAX);
            let value = long(data, at + 2).map(packed);
            let cell = value.map(|value| Cell::number(col, value, style(data, at, shared), shared.from_1904));
            if !cell.is_none_or(|cell| keep(row, cell, shared, raw)) {
                return false;
            }
        }
        return true;
    }
    let numeric = |value: f64| Cell::number(col, value, style(data, 4, shared), shared.from_1904);
    let cell = match record.number {
        0x203 => float(data, 6).map(numeric),
        0x27e => long(data, 6).map(packed).map(numeric),
        0xfd => {
            long(data, 6).and_then(|at| shared.strings.get(at as usize)).map(|text| Cell::text(col, text))
        }
        0x204 | 0xd6 => shared.texts.long(data, 6).map(|text| Cell::text(col, &text)),
        0x205 => data.get(6).zip(data.get(7)).map(|(value, is_error)| match is_error {
            0 => Cell::truth(col, *value != 0),
            _ => Cell::error(col, error(*value)),
        }),
        0x06 => worked_out(data, (row, col), shared, templates, numeric),
        _ => None,
    };
    cell.is_none_or(|cell| keep(row, cell, shared, raw))
}

/// A formula with the value that was kept.
fn worked_out(
    data: &[u8],
    at: (u32, u32),
    shared: &Shared,
    templates: &Templates,
    numeric: impl Fn(f64) -> Cell,
) -> Option<Cell> {
    let value = data.get(6..14)?;
    let cell = match value {
        [1, _, truth, .., 0xff, 0xff] => Cell::truth(at.1, *truth != 0),
        [2, _, code, .., 0xff, 0xff] => Cell::error(at.1, error(*code)),
        [_, .., 0xff, 0xff] => Cell { what: What::Text, ..Cell::text(at.1, "") },
        _ => numeric(float(data, 6)?),
    };
    let length = usize::from(short(data, 20).unwrap_or(0));
    let tokens = data.get(22..22 + length).unwrap_or_default();
    let formula = match tokens {
        [0x01, a, b, c, d, ..] => {
            let key = (u32::from(u16::from_le_bytes([*a, *b])), u32::from(u16::from_le_bytes([*c, *d])));
            templates.get(&key).and_then(|tokens| tokens::text_at(tokens, form(shared), at))
        }
        tokens => tokens::text(tokens, form(shared)),
    };
    // A sum is never an empty text: the program that wrote it did not work it out.
    let what = if formula.is_some() && value.first() == Some(&3) && cell.text.is_empty() {
        What::Nothing
    } else {
        cell.what
    };
    Some(Cell { formula: formula.map(Into::into), what, ..cell })
}

fn style<'a>(data: &[u8], at: usize, shared: &'a Shared) -> &'a Format {
    let found = short(data, at).and_then(|style| shared.formats.get(usize::from(style)));
    found.unwrap_or(&shared.general)
}

fn keep(row: u32, cell: Cell, shared: &mut Shared, raw: &mut RawSheet) -> bool {
    let Some(left) = shared.left.checked_sub(1) else { return false };
    shared.left = left;
    match raw.rows.last_mut() {
        Some((last, cells)) if *last == row => cells.push(cell),
        _ => raw.rows.push((row, vec![cell])),
    }
    true
}
