//! The characters of a printed numeral: digits with their separators, signs, currencies. Cells and prose share them.

use super::conventions::{Conventions, DecimalMark};
use crate::model::exact::Exact;
use crate::model::quantity::Unit;

/// The digits of a numeral, with what separates them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    /// How many bytes they take.
    pub len: usize,
    /// How many of them stand behind the decimal mark.
    pub decimals: usize,
    /// How many groups of three follow the first.
    pub groups: usize,
}

/// A numeral with more digits than this is no figure.
const MOST_DIGITS: usize = 400;

/// Reads the digits that a text begins with: 1937, 1,937.5, .5; 1'375'213 and 1 375 213 in one notation or the other.
///
/// Groups have three digits. The one exception is 546,00, a price whose decimal point was printed as a comma. Narrow
/// spaces always separate groups. A plain space separates them where the conventions say so, or where two plain
/// spaces stand in one numeral.
pub(crate) fn digits(text: &str, conventions: &Conventions) -> Option<Digits> {
    let bytes = text.as_bytes();
    let run = |at: usize| bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
    let first = run(0);
    let mut found = Digits { len: first, decimals: 0, groups: 0 };
    let mut plain = (first, 0);
    while (1..=3).contains(&first)
        && let Some(width) = separator(text, found.len, conventions.decimal)
        && run(found.len + width) == 3
    {
        let spaced = bytes.get(found.len) == Some(&b' ');
        plain = if spaced { (plain.0, plain.1 + 1) } else { (found.len + width + 3, 0) };
        found.len += width + 3;
        found.groups += 1;
    }
    if plain.1 == 1 && !conventions.spaces {
        found = Digits { len: plain.0, groups: found.groups - 1, ..found };
    }
    let point = conventions.decimal == DecimalMark::Point;
    if found.groups == 0
        && first == 3
        && point
        && !conventions.sheet
        && bytes.get(3) == Some(&b',')
        && run(4) == 2
    {
        found.len = 6;
    }
    // In a sheet whose other numbers have decimal points, "13,9" has a decimal comma: a comma before the last one or
    // two digits cannot separate thousands.
    let lone_comma = conventions.sheet && point && found.groups == 0 && bytes.get(found.len) == Some(&b',');
    let mark = if point && !(lone_comma && (1..=2).contains(&run(found.len + 1))) { b'.' } else { b',' };
    if bytes.get(found.len) == Some(&mark) {
        found.decimals = run(found.len + 1);
        found.len += if found.decimals > 0 { found.decimals + 1 } else { 0 };
    }
    (found.len > 0).then_some(found)
}

/// How many bytes the separator of thousands at a place takes; `None` where there is none.
fn separator(text: &str, at: usize, decimal: DecimalMark) -> Option<usize> {
    let c = text.get(at..)?.chars().next()?;
    let parts = match c {
        ',' => decimal == DecimalMark::Point,
        '.' => decimal == DecimalMark::Comma,
        '\'' | '’' => true,
        _ => is_space(c),
    };
    parts.then(|| c.len_utf8())
}

/// A space that can stand between groups of digits.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2007}'..='\u{2009}' | '\u{202f}')
}

/// The number that printed digits stand for, where the last `decimals` of them follow the decimal mark. `None` for a
/// number too long to be a figure.
pub(crate) fn value(printed: &str, decimals: usize) -> Option<Exact> {
    /// Up to this many digits always fit in 64 bits.
    const SHORT: usize = 18;
    if printed.len() > 4 * MOST_DIGITS {
        return None;
    }
    let digits = || printed.bytes().filter(u8::is_ascii_digit);
    match digits().count() {
        0 => None,
        1..=SHORT => {
            let number = digits().fold(0i128, |number, digit| number * 10 + i128::from(digit - b'0'));
            Some(match u32::try_from(decimals).ok()? {
                0 => Exact::from(number),
                decimals => Exact::ratio(number, 10i128.checked_pow(decimals)?),
            })
        }
        count if count <= MOST_DIGITS => {
            let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
            Exact::from_digits(&digits, u32::try_from(decimals).ok()?)
        }
        _ => None,
    }
}

/// Whether the digits begin with a zero that a number would not be printed with: 007 and 0808 do, 0.5 and 0 do not.
pub(crate) fn is_code(printed: &str) -> bool {
    let mut bytes = printed.bytes();
    bytes.next() == Some(b'0') && bytes.next().is_some_and(|b| b.is_ascii_digit() || b == b' ')
}

/// The currency of a sign.
pub(crate) fn currency(sign: &str) -> Option<Unit> {
    match sign {
        "£" => Some(Unit::Gbp),
        "$" => Some(Unit::Usd),
        "€" => Some(Unit::Eur),
        _ => None,
    }
}

/// Whether a sign is a minus where it stands before a number.
pub(crate) fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–')
}

/// Whether a word or a part of a numeral can have this character: digits, separators, signs, brackets, currencies,
/// and the marks of notes.
pub(crate) fn is_part(c: char) -> bool {
    c.is_ascii_digit()
        || is_minus(c)
        || is_note(c)
        || matches!(
            c,
            '.' | ',' | '\'' | '…' | '·' | '—' | '/' | '(' | ')' | '%' | '+' | '±' | '=' | '<' | '>' | '~'
        )
        || currency(c.encode_utf8(&mut [0; 4])).is_some()
}

/// Whether a character refers to a note.
pub(crate) fn is_note(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '#' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}
