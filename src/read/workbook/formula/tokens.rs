//! Turns the tokens of formulas in binary workbooks into text, for the few kinds that are evaluated.

use crate::model::sheet::address;
use crate::read::workbook::xlsb::{long, short};

/// Spreadsheet programs write no longer formulas.
const MOST_BYTES: usize = 16_384;

/// The size of addresses.
#[derive(Clone, Copy, PartialEq)]
pub enum AddressForm {
    /// Excel 5 and 95: rows of fourteen bits, columns of eight.
    Old,
    /// Excel 97 to 2003: rows of sixteen bits.
    Narrow,
    /// xlsb: rows of 32 bits.
    Wide,
}

impl AddressForm {
    /// Reads an area of a shared formula as seen from one cell: coordinates with a flag set are relative to it.
    fn area_from(self, data: &[u8], corners: usize, from: (u32, u32)) -> Option<(String, usize)> {
        let size = match self {
            AddressForm::Old => return None,
            AddressForm::Narrow => 2,
            AddressForm::Wide => 4,
        };
        let corner = |nth: usize| {
            let col = short(data, corners * size + nth * 2)?;
            let (row, rows) = match self {
                AddressForm::Wide => (i64::from(long(data, nth * size)?.cast_signed()), 1 << 20),
                _ => (i64::from(short(data, nth * size)?), 1 << 16),
            };
            let row = if col & 0x8000 != 0 { (row + i64::from(from.0)).rem_euclid(rows) } else { row };
            let (number, cols) = match self {
                AddressForm::Wide => (i64::from(col & 0x3fff), 1 << 14),
                _ => (i64::from(col & 0xff), 1 << 8),
            };
            let col = if col & 0x4000 != 0 { (number + i64::from(from.1)).rem_euclid(cols) } else { number };
            Some(address(usize::try_from(row).ok()?, usize::try_from(col).ok()?))
        };
        let texts: Option<Vec<String>> = (0..corners).map(corner).collect();
        Some((texts?.join(":"), corners * (size + 2)))
    }

    /// The text of a cell or area, and its length in bytes.
    fn area(self, data: &[u8], corners: usize) -> Option<(String, usize)> {
        let (row, col) = match self {
            AddressForm::Old => (2, 1),
            AddressForm::Narrow => (2, 2),
            AddressForm::Wide => (4, 2),
        };
        let corner = |nth: usize| {
            let number = match self {
                AddressForm::Wide => long(data, nth * row)?,
                AddressForm::Narrow => u32::from(short(data, nth * row)?),
                AddressForm::Old => u32::from(short(data, nth * row)? & 0x3fff),
            };
            let at = corners * row + nth * col;
            let letter = if col == 1 { u16::from(*data.get(at)?) } else { short(data, at)? & 0x3fff };
            Some(address(number as usize, usize::from(letter)))
        };
        let texts: Option<Vec<String>> = (0..corners).map(corner).collect();
        Some((texts?.join(":"), corners * (row + col)))
    }
}

/// The text of a formula; `None` where it does more than add up or compare cells.
pub fn text(data: &[u8], form: AddressForm) -> Option<String> {
    text_at(data, form, (0, 0))
}

/// As [`text`], for tokens that several cells share, as seen from one of them.
pub fn text_at(mut data: &[u8], form: AddressForm, from: (u32, u32)) -> Option<String> {
    if data.len() > MOST_BYTES {
        return None;
    }
    let mut stack: Vec<String> = Vec::new();
    while let Some((token, rest)) = data.split_first() {
        let mut taken = 0;
        // The upper bits of an operand's token only say how the operand is used.
        let kind = if *token >= 0x20 { token & 0x1f | 0x20 } else { *token };
        match kind {
            0x03 | 0x04 | 0x06 => {
                let (right, mut left) = (stack.pop()?, stack.pop()?);
                left.push(match kind {
                    0x03 => '+',
                    0x04 => '-',
                    _ => '/',
                });
                left.push_str(&right);
                stack.push(left);
            }
            // A plus sign in front.
            0x12 => {}
            // Brackets, which say nothing around a sum.
            0x15 => {
                let inner = stack.pop()?;
                stack.push(if inner.contains(['-', '/']) { format!("({inner})") } else { inner });
            }
            0x1e => {
                stack.push(short(rest, 0)?.to_string());
                taken = 2;
            }
            0x19 => {
                let flags = *rest.first()?;
                if flags & 0x10 != 0 {
                    let argument = stack.pop()?;
                    stack.push(format!("SUM({argument})"));
                } else if flags & 0x4f == 0x04 || flags & 0x02 != 0 {
                    return None;
                }
                taken = 3;
            }
            0x24 | 0x25 => {
                let (text, length) = form.area(rest, usize::from(kind - 0x23))?;
                stack.push(text);
                taken = length;
            }
            0x2c | 0x2d => {
                let (text, length) = form.area_from(rest, usize::from(kind - 0x2b), from)?;
                stack.push(text);
                taken = length;
            }
            0x22 => {
                let count = usize::from(*rest.first()? & 0x7f);
                let (number, length) = match form {
                    AddressForm::Old => (u16::from(*rest.get(1)?), 2),
                    _ => (short(rest, 1)?, 3),
                };
                let name = match number {
                    4 => "SUM",
                    5 => "AVERAGE",
                    _ => return None,
                };
                let arguments = stack.split_off(stack.len().checked_sub(count)?);
                stack.push(format!("{name}({})", arguments.join(",")));
                taken = length;
            }
            _ => return None,
        }
        data = rest.get(taken..)?;
    }
    let text = stack.pop()?;
    stack.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_sums() {
        let sum = [0x25, 1, 0, 2, 0, 1, 0xc0, 1, 0xc0, 0x19, 0x10, 0, 0];
        assert_eq!(text(&sum, AddressForm::Narrow).as_deref(), Some("SUM(B2:B3)"));
        let plus = [0x44, 1, 0, 0, 0, 1, 0, 0x44, 2, 0, 0, 0, 1, 0, 0x03];
        assert_eq!(text(&plus, AddressForm::Wide).as_deref(), Some("B2+B3"));
        let mean = [0x25, 1, 0, 2, 0, 1, 1, 0x42, 1, 5];
        assert_eq!(text(&mean, AddressForm::Old).as_deref(), Some("AVERAGE(B2:B3)"));
    }

    #[test]
    fn tokens_are_comparisons() {
        let (c2, b2) = ([0x24, 1, 0, 2, 0xc0], [0x24, 1, 0, 1, 0xc0]);
        let read = |parts: &[&[u8]]| text(&parts.concat(), AddressForm::Narrow);
        assert_eq!(read(&[&c2, &b2, &[0x04]]).as_deref(), Some("C2-B2"));
        let change = read(&[&c2, &b2, &[0x04, 0x15], &b2, &[0x06]]);
        assert_eq!(change.as_deref(), Some("(C2-B2)/B2"));
        assert_eq!(read(&[&c2, &b2, &[0x06, 0x1e, 1, 0, 0x04]]).as_deref(), Some("C2/B2-1"));
    }

    #[test]
    fn shared_tokens_count_from_their_cell() {
        let sum = [0x2d, 0xfe, 0xff, 0xff, 0xff, 0, 0xc0, 0, 0xc0, 0x19, 0x10, 0, 0];
        assert_eq!(text_at(&sum, AddressForm::Narrow, (3, 2)).as_deref(), Some("SUM(C2:C3)"));
    }

    #[test]
    fn others_and_broken_ones_are_nothing() {
        for tokens in [&[0x25, 1][..], &[0x03], &[0x1e, 1], &[0x42, 9, 4, 0], &[]] {
            assert_eq!(text(tokens, AddressForm::Narrow), None);
        }
    }
}
