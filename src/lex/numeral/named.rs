//! A cell that lists counts or shares by name: "Upheld - 3 Not upheld - 5", "• Upheld - 38%".

use super::Conventions;
use super::whole::{Numeral, Sign, whole};
use crate::lex::lexeme::{Lexeme, Rest, tokens};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Quantity, Unit};
use std::ops::Range;

/// Longer texts are no lists.
const LONGEST: usize = 400;
/// What stands between a name and its count.
const JOINTS: &str = "-–—:";
/// What can stand before a name.
const BULLETS: &str = "•";
/// What can stand after a count.
const ENDS: &str = ",;";

/// A count with the bytes of its name.
type Named = (Range<usize>, Numeral);

/// The counts of a list with the bytes of their names; none where anything else stands in the text.
pub(crate) fn named(text: &str) -> Vec<Named> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let all = tokens(text);
    let mut found = Vec::new();
    let mut rest = all.as_slice();
    while !rest.is_empty() {
        let Some((one, left)) = first(text, rest) else { return Vec::new() };
        found.push(one);
        rest = left;
    }
    found
}

/// The name and count that a list begins with, and what is left of it.
fn first<'t, 'a>(text: &str, list: Rest<'t, 'a>) -> Option<(Named, Rest<'t, 'a>)> {
    let bullets = list.iter().take_while(|token| token.is_mark(BULLETS)).count();
    let list = list.get(bullets..)?;
    let joint = list.iter().position(Lexeme::is_numeral)?.checked_sub(1)?;
    let (name, after) = list.split_at(joint);
    let (joint, after) = after.split_first()?;
    let (count, left) = after.split_first()?;
    let percent = left.first().filter(|next| next.is_mark("%"));
    let left = left.get(usize::from(percent.is_some())..)?;
    let ended = left.iter().take_while(|token| token.is_mark(ENDS)).count();
    let left = left.get(ended..)?;
    let starts = |next: &Lexeme| next.fresh || next.is_capitalised() || next.is_mark(BULLETS);
    let begins = left.first().is_none_or(|next| ended > 0 || starts(next));
    let named = name.first().is_some_and(Lexeme::is_word) && !name.iter().any(Lexeme::has_digit);
    (joint.is_mark(JOINTS) && named && begins).then_some(())?;
    let range = count.start..percent.unwrap_or(count).end();
    let numeral = match percent {
        Some(_) => Numeral { range: range.clone(), ..whole(text.get(range)?, &Conventions::default())? },
        None => counted(count, range)?,
    };
    Some(((name.first()?.start..name.last()?.end(), numeral), left))
}

/// A count of whole cases.
fn counted(count: &Lexeme, range: Range<usize>) -> Option<Numeral> {
    let quantity = Quantity {
        value: Some(Exact::from(count.text.parse::<i128>().ok()?)),
        unit: Unit::Count,
        qualifier: Qualifier::Equal,
        decimals: 0,
        scale: 0,
        spelled: false,
        rounded: false,
        step: None,
    };
    Some(Numeral { range, quantity, sign: Sign::None, note: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&str, &str)> {
        let found = named(text).into_iter();
        found.map(|(name, count)| (&text[name], &text[count.range])).collect()
    }

    #[test]
    fn counts_by_name_are_read() {
        let listed = read("Upheld -2 Not upheld - 5 Part-time staff: 1");
        assert_eq!(listed, [("Upheld", "2"), ("Not upheld", "5"), ("Part-time staff", "1")]);
        assert_eq!(read("Letters – 4, e-mails – 7"), [("Letters", "4"), ("e-mails", "7")]);
        assert_eq!(read("• Tenants -72%"), [("Tenants", "72%")]);
        assert_eq!(read("• Tenants - 99.8% • Not said - 0.2%"), [("Tenants", "99.8%"), ("Not said", "0.2%")]);
    }

    #[test]
    fn other_texts_are_no_lists() {
        for text in ["Stage 1 - 5", "Upheld - 3 days late", "Upheld", "12 - 14", "", "Upheld - 3 of 4"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
