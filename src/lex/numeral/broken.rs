//! Numerals that were broken before they came to us: a letter in the place of a digit, a word run into the digits, a blank
//! among them, a comma for a point. What such a text may have been is only a guess; it counts where something proves it.

use super::conventions::Conventions;
use super::whole::{Numeral, whole};

/// A longer text is no numeral.
const LONGEST: usize = 16;
/// How many letters can have run into a numeral: "to", "and", "from".
const RUN_IN: usize = 4;

/// What a text may have been: at most one numeral for each way of breaking one. Nothing for a text that is a sound numeral,
/// or none at all.
pub(crate) fn mended(text: &str, conventions: &Conventions) -> Vec<Numeral> {
    let trimmed = text.trim();
    let strange = |c: char| c.is_alphabetic() || c.is_whitespace() || c == '|';
    let sound = || !trimmed.contains(strange) && with_other_mark(trimmed).is_none();
    if trimmed.len() > LONGEST || sound() {
        return Vec::new();
    }
    let digits = trimmed.chars().filter(|c| digit_for(*c).is_some()).count();
    let certain = trimmed.contains(|c: char| c.is_ascii_digit()) || digits > 1;
    if !certain {
        return Vec::new();
    }
    let ways =
        [with_digits(trimmed), without_blanks(trimmed), without_letters(trimmed), with_other_mark(trimmed)];
    let both = ways.first().cloned().flatten().and_then(|digits| without_blanks(&digits));
    let start = text.len() - text.trim_start().len();
    let mut found: Vec<Numeral> = Vec::new();
    for way in ways.into_iter().chain([both]).flatten() {
        let Some(numeral) = whole(&way, conventions) else { continue };
        if found.iter().all(|known| known.quantity != numeral.quantity) {
            found.push(Numeral { range: start..start + trimmed.len(), ..numeral });
        }
    }
    found
}

/// Letters read as the digits that they look like, where there are any: "1O4", "l7".
fn with_digits(text: &str) -> Option<String> {
    let read = || text.chars().map(|c| digit_for(c).unwrap_or(c));
    let all: String = read().collect();
    (all != text && !all.contains(char::is_alphabetic)).then_some(all)
}

/// The digit that a letter looks like; of a digit itself, the digit.
fn digit_for(c: char) -> Option<char> {
    match c {
        'O' | 'o' => Some('0'),
        'l' | 'I' | '|' => Some('1'),
        'Z' => Some('2'),
        'S' => Some('5'),
        'B' => Some('8'),
        _ => c.is_ascii_digit().then_some(c),
    }
}

/// Digits without the blanks among them: "1 7", "1 ,937".
fn without_blanks(text: &str) -> Option<String> {
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    (joined != text && !joined.contains(char::is_alphabetic)).then_some(joined)
}

/// A numeral without the word that ran into it: "1,937to".
fn without_letters(text: &str) -> Option<String> {
    let bare = text.trim_matches(char::is_alphabetic);
    let most = text.chars().count().saturating_sub(bare.chars().count());
    ((1..=RUN_IN).contains(&most) && !bare.contains(char::is_alphabetic)).then(|| bare.to_owned())
}

/// The other mark where the one that is printed cannot be: "10,5", whose comma parts no thousand, and "1.937", whose point is
/// followed by three digits.
fn with_other_mark(text: &str) -> Option<String> {
    let at = text.find([',', '.']).filter(|at| text.rfind([',', '.']) == Some(*at))?;
    let behind = text.get(at + 1..)?.chars().take_while(char::is_ascii_digit).count();
    match (text.get(at..=at)?, behind) {
        (",", 1 | 2) => Some(text.replace(',', ".")),
        (".", 3) => Some(text.replace('.', "")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_broken_numeral_may_have_been() {
        let read = |text: &str| {
            let found = mended(text, &Conventions::default()).into_iter();
            found.map(|numeral| numeral.quantity.to_string()).collect::<Vec<_>>().join("; ")
        };
        let cases = [
            ("1O4", "104"),
            ("l7", "17; 7"),
            ("lO", "10"),
            ("1 7", "17"),
            ("1 ,937", "1,937"),
            ("4 7.3%", "47.3%"),
            ("l 7", "7; 17"),
            ("1,937to", "1,937"),
            ("10,5", "10.5"),
            ("1.937", "1,937"),
            ("£1.937", "£1,937"),
            ("12B", "128; 12"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
        for text in ["", "I", "to", "Oslo", "Stage 1", "1,937", "12.5", "n/a", "Elm", "2021/22"] {
            assert_eq!(read(text), "", "{text}");
        }
    }
}
