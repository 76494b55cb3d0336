//! Reads one sheet of a workbook before 2007.

use super::{Record, Records, Shared};
use crate::read::workbook::formula::tokens;
use crate::read::workbook::formula::tokens::AddressForm;
use crate::read::workbook::shown::Format;
use crate::read::workbook::xlsb::{error, float, long, packed, short};
use crate::read::workbook::{RawCell, RawSheet, What};
use std::collections::HashMap;

/// Shared formulas by the position of their first cell.
type Templates = HashMap<(u32, u32), Vec<u8>>;

/// Reads a sheet into `raw`; `raw.broken` says where it breaks off.
pub fn read(records: Records<'_>, shared: &mut Shared, raw: &mut RawSheet) {
    let mut templates = Templates::new();
    let (mut depth, mut began) = (0usize, false);
    for record in records {
        let data = record.data;
        match record.number {
            // Charts in the sheet have the same start and end records.
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
            // The text result of a formula, in the record after it.
            0x207 => {
                let text = shared.texts.long(data, 0).unwrap_or_default();
                if let Some(cell) = raw.rows.last_mut().and_then(|(_, cells)| cells.last_mut()) {
                    *cell = RawCell { formula: cell.formula.take(), ..RawCell::text(cell.col, &text) };
                }
            }
            _ => {
                if !cells(&record, shared, raw, &templates) {
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

/// A shared formula, whose first cell was just read.
fn template(data: &[u8], shared: &Shared, raw: &mut RawSheet, templates: &mut Templates) {
    let form = form(shared);
    let length = usize::from(short(data, 8).unwrap_or(0));
    let Some(tokens) = data.get(10..10 + length) else { return };
    let Some((row, cell)) = raw.rows.last_mut().and_then(|(row, cells)| Some((*row, cells.last_mut()?)))
    else {
        return;
    };
    cell.formula = Some(tokens::text_at(tokens, form, (row, cell.col)).unwrap_or_default().into());
    templates.insert((row, cell.col), tokens.to_vec());
}

fn form(shared: &Shared) -> AddressForm {
    if shared.texts.wide { AddressForm::Narrow } else { AddressForm::Old }
}

/// Adds the cells of a record; returns whether reading goes on.
fn cells(record: &Record<'_>, shared: &mut Shared, raw: &mut RawSheet, templates: &Templates) -> bool {
    let data = record.data;
    let Some((row, col)) =
        short(data, 0).zip(short(data, 2)).map(|(row, col)| (u32::from(row), u32::from(col)))
    else {
        return true;
    };
    if record.number == 0xbd {
        // Several numbers in adjacent columns.
        let count = data.len().saturating_sub(6) / 6;
        for nth in 0..count {
            let at = 4 + nth * 6;
            let col = col + u32::try_from(nth).unwrap_or(u32::MAX);
            let value = long(data, at + 2).map(packed);
            let cell =
                value.map(|value| RawCell::number(col, value, style(data, at, shared), shared.from_1904));
            if !cell.is_none_or(|cell| raw.put(row, cell, &mut shared.left)) {
                return false;
            }
        }
        return true;
    }
    let formula =
        if record.number == 0x06 { formula(data, (row, col), shared, raw, templates) } else { None };
    let numeric = |value: f64| RawCell::number(col, value, style(data, 4, shared), shared.from_1904);
    let cell = match record.number {
        0x203 => float(data, 6).map(numeric),
        0x27e => long(data, 6).map(packed).map(numeric),
        0xfd => long(data, 6).map(|at| RawCell::shared(col, shared.strings.get(at as usize))),
        0x204 | 0xd6 => shared.texts.long(data, 6).map(|text| RawCell::text(col, &text)),
        0x205 => data.get(6).zip(data.get(7)).map(|(value, is_error)| match is_error {
            0 => RawCell::truth(col, *value != 0),
            _ => RawCell::error(col, error(*value)),
        }),
        0x06 => worked_out(data, col, formula, numeric),
        _ => None,
    };
    cell.is_none_or(|cell| raw.put(row, cell, &mut shared.left))
}

/// The text of a formula, if it only adds up cells.
fn formula(
    data: &[u8],
    at: (u32, u32),
    shared: &mut Shared,
    raw: &mut RawSheet,
    templates: &Templates,
) -> Option<String> {
    let length = usize::from(short(data, 20)?);
    match data.get(22..22 + length)? {
        [0x01, a, b, c, d, ..] => {
            let key = (u32::from(u16::from_le_bytes([*a, *b])), u32::from(u16::from_le_bytes([*c, *d])));
            let template = templates.get(&key)?;
            let writes = raw.writes(template.len(), &mut shared.written);
            writes.then(|| tokens::text_at(template, form(shared), at)).flatten()
        }
        tokens => tokens::text(tokens, form(shared)),
    }
}

/// The stored result of a formula.
fn worked_out(
    data: &[u8],
    col: u32,
    formula: Option<String>,
    numeric: impl Fn(f64) -> RawCell,
) -> Option<RawCell> {
    let value = data.get(6..14)?;
    let cell = match value {
        [1, _, truth, .., 0xff, 0xff] => RawCell::truth(col, *truth != 0),
        [2, _, code, .., 0xff, 0xff] => RawCell::error(col, error(*code)),
        [_, .., 0xff, 0xff] => RawCell { what: What::Text, ..RawCell::text(col, "") },
        _ => numeric(float(data, 6)?),
    };
    // A sum never gives an empty text, so the writing program did not calculate it.
    let what = if formula.is_some() && value.first() == Some(&3) && cell.text.is_empty() {
        What::Nothing
    } else {
        cell.what
    };
    Some(RawCell { formula: Some(formula.unwrap_or_default().into()), what, ..cell })
}

fn style<'a>(data: &[u8], at: usize, shared: &'a Shared) -> &'a Format {
    let found = short(data, at).and_then(|style| shared.formats.get(usize::from(style)));
    found.unwrap_or(&shared.general)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(number: u16, data: &[u8]) -> Vec<u8> {
        [&number.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
    }

    #[test]
    fn formulas_of_every_kind_are_told_from_numbers() {
        let cell = |col: u8, tokens: &[u8]| {
            let size = [u8::try_from(tokens.len()).unwrap(), 0];
            let head = [&[4, 0, col, 0, 0, 0][..], &9f64.to_le_bytes(), &[0; 6], &size].concat();
            record(0x06, &[&head, tokens].concat())
        };
        let sum = [0x2d, 0xfe, 0xff, 0xff, 0xff, 0, 0xc0, 0, 0xc0, 0x19, 0x10, 0, 0];
        let shared = record(0x4bc, &[&[4, 0, 4, 0, 1, 2, 0, 2, 13, 0][..], &sum].concat());
        let first = [0x01, 4, 0, 1, 0];
        let stream = [
            record(0x809, &[0; 16]),
            cell(1, &first),
            shared,
            cell(2, &first),
            cell(3, &[0x17, 0, 0]),
            record(0x203, &[&[4, 0, 4, 0, 0, 0][..], &9f64.to_le_bytes()].concat()),
            record(0x0a, &[]),
        ];
        let mut shared = Shared::of(100);
        let mut raw = RawSheet::default();
        read(Records { stream: &stream.concat(), at: 0 }, &mut shared, &mut raw);
        let formulas: Vec<Option<&str>> = raw.rows[0].1.iter().map(|cell| cell.formula.as_deref()).collect();
        assert_eq!(formulas, [Some("SUM(B3:B4)"), Some("SUM(C3:C4)"), Some(""), None]);
        assert_eq!((raw.broken, raw.unwritten), (None, false));
    }
}
