//! A cell that is one numeral with its signs, currency, unit and footnote marks, and nothing else.

use super::conventions::Conventions;
use super::printed::{currency, digits, is_code, is_minus, is_note, is_space, value};
use super::unit::{Amount, measured};
use crate::lex::lexeme::tokens;
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use crate::pack::pack;
use std::ops::Range;

/// How the sign of a numeral is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// Not at all.
    #[default]
    None,
    /// `+7`
    Plus,
    /// `-7`; this is the dash that was printed.
    Minus(char),
    /// `7-`
    Trailing,
    /// `(7)`. It means a negative number only where the conventions say so.
    Brackets,
}

/// A numeral of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// The bytes of its digits, sign, currency and unit.
    pub range: Range<usize>,
    /// What it says.
    pub quantity: Quantity,
    /// How its sign is printed.
    pub sign: Sign,
    /// The bytes of the marks of its notes.
    pub note: Option<Range<usize>>,
}

impl Numeral {
    /// Whether it could be a year that a report is about: it has four digits and nothing else.
    pub fn is_year_like(&self) -> bool {
        let years = Exact::from(1990)..Exact::from(2040);
        self.range.len() == 4
            && self.note.is_none()
            && self.quantity.decimals == 0
            && self.quantity.unit == Unit::Count
            && self.quantity.value.as_ref().is_some_and(|value| years.contains(value))
    }
}

/// Reads a text that is one numeral: `£1.2m`, `(132,000)`, `12.5 %`, `4,800*`, `<5`, `132-`.
pub fn whole(text: &str, conventions: &Conventions) -> Option<Numeral> {
    let mut reader = Reader::new(text, conventions);
    let amount = reader.lead()?;
    let amount = reader.rest(amount)?;
    reader.numeral(amount)
}

/// Reads the numeral that a text begins with, with its currency and percent sign. Also returns where it ends.
pub(crate) fn lead(text: &str, conventions: &Conventions) -> Option<(Numeral, usize)> {
    let mut reader = Reader::new(text, conventions);
    let mut amount = reader.lead()?;
    let spaces = reader.left().len() - reader.left().trim_start_matches(is_space).len();
    if spaces < 2 && reader.left().get(spaces..)?.starts_with('%') && reader.unit.is_none() {
        amount.unit = Unit::Percent;
        reader.at += spaces + 1;
        reader.end = reader.at;
    }
    let end = reader.at;
    (!matches!(reader.bracket, Bracket::Open(_))).then_some(())?;
    Some((reader.numeral(amount)?, end))
}

#[derive(PartialEq, Eq)]
enum Bracket {
    None,
    /// Where it opens.
    Open(usize),
    Closed(Range<usize>),
}

/// A text, how far it has been read, and what was found of signs so far.
struct Reader<'a> {
    text: &'a str,
    conventions: &'a Conventions,
    at: usize,
    start: Option<usize>,
    end: usize,
    sign: Sign,
    qualifier: Qualifier,
    unit: Option<Unit>,
    bracket: Bracket,
    note: Option<Range<usize>>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, conventions: &'a Conventions) -> Reader<'a> {
        Reader {
            text,
            conventions,
            at: 0,
            start: None,
            end: 0,
            sign: Sign::None,
            qualifier: Qualifier::Equal,
            unit: None,
            bracket: Bracket::None,
            note: None,
        }
    }

    fn left(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads the signs and the digits.
    fn lead(&mut self) -> Option<Amount> {
        while let Some(c) = self.left().chars().next().filter(|c| !c.is_ascii_digit()) {
            let next = self.at + c.len_utf8();
            match c {
                '.' | ',' => break,
                '(' if self.bracket == Bracket::None => self.bracket = Bracket::Open(self.at),
                '+' if self.sign == Sign::None => self.sign = Sign::Plus,
                '<' | '>' | '~' | '≈' | '≤' | '≥' if self.qualifier == Qualifier::Equal => {
                    self.qualifier = compared(c, self.text.get(next..)?.starts_with('='));
                    if matches!(c, '<' | '>') {
                        self.start.get_or_insert(self.at);
                    }
                }
                '=' | '↑' | '↓' | '▲' | '▼' => {}
                '*' | '†' | '‡' if self.conventions.sheet => {}
                _ if is_minus(c) && self.sign == Sign::None => {
                    // A dash with a space behind it may be the bullet of a list.
                    let spaced = self.text.get(next..)?.starts_with(is_space);
                    if !spaced || self.conventions.brackets {
                        self.sign = Sign::Minus(c);
                        self.start.get_or_insert(self.at);
                    }
                }
                _ if is_space(c) || c.is_whitespace() => {}
                _ => {
                    let sign = self.text.get(self.at..next)?;
                    self.unit = Some(currency(sign).filter(|_| self.unit.is_none())?);
                    self.start.get_or_insert(self.at);
                }
            }
            self.at = next;
        }
        let found = digits(self.left(), self.conventions)?;
        let printed = self.left().get(..found.len)?;
        if is_code(printed) {
            return None;
        }
        let number = value(printed, found.decimals)?;
        self.start.get_or_insert(self.at);
        self.at += found.len;
        self.end = self.at;
        let decimals = u8::try_from(found.decimals).ok()?;
        let unit = self.unit.unwrap_or(Unit::Count);
        Some(Amount { value: number, unit, decimals, spelled: false, scale: 0, end: 0 })
    }

    /// Reads what follows the digits, up to the end of the text.
    fn rest(&mut self, mut amount: Amount) -> Option<Amount> {
        while let Some(c) = self.left().chars().next() {
            let next = self.at + c.len_utf8();
            let after = self.text.get(next..)?;
            let mut ends = true;
            match c {
                '%' if amount.unit == Unit::Count && amount.scale == 0 => amount.unit = Unit::Percent,
                ')' => {
                    let Bracket::Open(start) = self.bracket else { return None };
                    self.bracket = Bracket::Closed(start..next);
                    ends = false;
                }
                _ if is_space(c) || c.is_whitespace() => ends = false,
                _ if is_note(c) => {
                    self.add_note(next);
                    ends = false;
                }
                _ if is_minus(c) && self.at == self.end && ends_number(after) => {
                    (self.sign == Sign::None && self.bracket == Bracket::None).then_some(())?;
                    self.sign = Sign::Trailing;
                }
                '[' | '(' => {
                    let end = self.at + note_in_brackets(self.left())?;
                    self.add_note(end);
                    self.at = end;
                    continue;
                }
                _ => {
                    amount = self.words(amount)?;
                    continue;
                }
            }
            self.at = next;
            if ends {
                self.end = next;
            }
        }
        (!matches!(self.bracket, Bracket::Open(_))).then_some(amount)
    }

    fn add_note(&mut self, end: usize) {
        let start = self.note.as_ref().map_or(self.at, |note| note.start);
        self.note = Some(start..end);
    }

    /// Reads a magnitude and a unit, or the letter of a note.
    fn words(&mut self, amount: Amount) -> Option<Amount> {
        let left = self.left();
        let joined = self.at == self.end;
        let mut tokens = tokens(left);
        tokens.first_mut()?.glued = joined;
        let single = tokens.len() == 1 && left.len() == 1 && left.bytes().all(|b| b.is_ascii_alphabetic());
        let plain = amount.scale == 0 && (amount.unit == Unit::Count || self.unit.is_some());
        let read = plain.then(|| measured(&tokens, 0, amount.clone(), joined)).filter(|read| read.end > 0);
        match read {
            Some(read) => {
                self.at += tokens.get(read.end - 1)?.end();
                self.end = self.at;
                Some(Amount { end: 0, ..read })
            }
            None if single && joined && self.conventions.sheet => {
                self.add_note(self.at + 1);
                self.at += 1;
                Some(amount)
            }
            None => None,
        }
    }

    fn numeral(self, amount: Amount) -> Option<Numeral> {
        let bracketed = matches!(self.bracket, Bracket::Closed(_)) && self.sign == Sign::None;
        let sign = if bracketed { Sign::Brackets } else { self.sign };
        let negative = match sign {
            Sign::Brackets => self.conventions.brackets,
            Sign::Minus(_) | Sign::Trailing => true,
            Sign::None | Sign::Plus => false,
        };
        let range = match &self.bracket {
            Bracket::Closed(brackets) if bracketed && negative => brackets.start..brackets.end.max(self.end),
            _ => self.start?..self.end,
        };
        let qualifier = match self.qualifier {
            Qualifier::Equal if amount.scale > 0 => Qualifier::About,
            qualifier => qualifier,
        };
        let quantity = Quantity {
            value: Some(if negative { -&amount.value } else { amount.value }),
            unit: amount.unit,
            qualifier,
            decimals: amount.decimals,
            scale: amount.scale,
            spelled: false,
            rounded: self.conventions.rounded,
            step: None,
        };
        Some(Numeral { range, quantity, sign, note: self.note })
    }
}

/// Whether nothing follows but the mark of a note.
fn ends_number(after: &str) -> bool {
    after.trim_start().chars().next().is_none_or(|c| is_note(c) || c == '[')
}

fn compared(sign: char, or_equal: bool) -> Qualifier {
    match (sign, or_equal) {
        ('<', false) => Qualifier::Under,
        ('>', false) => Qualifier::Over,
        ('<' | '≤', _) => Qualifier::AtMost,
        ('>' | '≥', _) => Qualifier::AtLeast,
        _ => Qualifier::About,
    }
}

/// The length of a note's mark in brackets: [2], [r], (a). A number in round brackets is a second value and no mark,
/// and letters that number paragraphs, such as (i), are none either.
fn note_in_brackets(text: &str) -> Option<usize> {
    let close = if text.starts_with('[') { ']' } else { ')' };
    let end = text.find(close)?;
    let inner = text.get(1..end)?;
    let letters = inner.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = inner.bytes().all(|b| b.is_ascii_digit());
    let note = match close {
        ']' => letters && inner.len() <= 2 || digits && inner.len() <= 2,
        _ => letters && inner.len() == 1 && !pack().references.items.has_folded(inner),
    };
    (note && !inner.is_empty()).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_the_digits_is_told() {
        let accounts = Conventions { brackets: true, ..Conventions::default() };
        let read = |text| whole(text, &accounts).map(|n| (n.range, n.sign, n.note));
        assert_eq!(read(" (£1.2m)* "), Some((1..9, Sign::Brackets, Some(9..10))));
        assert_eq!(read("–132"), Some((0..6, Sign::Minus('–'), None)));
        assert_eq!(read("132- [2]"), Some((0..4, Sign::Trailing, Some(5..8))));
        assert_eq!(read("+7 %"), Some((1..4, Sign::Plus, None)));
    }

    #[test]
    fn a_numeral_is_told_from_what_follows() {
        let plain = Conventions::default();
        let ends = |text| lead(text, &plain).map(|(_, end)| end);
        assert_eq!((ends("12 % of"), ends("£1,234 each"), ends("Stage 1")), (Some(4), Some(7), None));
    }
}
