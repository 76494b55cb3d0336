//! Collects running text: white space as it is displayed, and raised digits kept apart from numbers.

use crate::read::fold::{SOFT_HYPHEN, is_unseen};

/// The text of a block that is being built.
#[derive(Debug, Default)]
pub(crate) struct Inline {
    text: String,
}

impl Inline {
    /// Appends text; each run of white space is one space, and what cannot be seen is left out.
    pub(crate) fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.space(),
                c if c == SOFT_HYPHEN || is_unseen(c) => {}
                c if c.is_control() => self.space(),
                c => self.text.push(c),
            }
        }
    }

    /// Appends text and keeps its white space.
    #[cfg(feature = "html")]
    pub(crate) fn push_as_it_is(&mut self, text: &str) {
        self.text.extend(text.chars().filter(|c| !c.is_control() || *c == '\t'));
    }

    /// The text with its white space.
    #[cfg(feature = "html")]
    pub(crate) fn as_it_is(&self) -> &str {
        self.text.trim_end()
    }

    /// Appends raised text; its digits become superscripts, so that they are not read as part of a number.
    pub(crate) fn push_raised(&mut self, text: &str) {
        let bare = text.trim().trim_matches(['[', ']', '(', ')']);
        let number = (1..=3).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
        let listed = bare.contains(',') && bare.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b' ');
        let letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase());
        if number || listed {
            self.text.extend(bare.chars().filter(|c| *c != ' ').map(|c| crate::lex::raised(c).unwrap_or(c)));
        } else if letter && self.text.ends_with(|c: char| c.is_ascii_digit() || c == '%') {
            self.text.extend(bare.chars().map(raised_letter));
        } else {
            self.push(text);
        }
    }

    /// Appends one space, where there is none.
    pub(crate) fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Whether there is no visible text.
    #[cfg(feature = "html")]
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Takes the text and leaves none.
    pub(crate) fn take(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        text.trim().to_owned()
    }
}

/// The small raised form of a letter, where there is one.
fn raised_letter(letter: char) -> char {
    const RAISED: [char; 26] = [
        'ᵃ', 'ᵇ', 'ᶜ', 'ᵈ', 'ᵉ', 'ᶠ', 'ᵍ', 'ʰ', 'ⁱ', 'ʲ', 'ᵏ', 'ˡ', 'ᵐ', 'ⁿ', 'ᵒ', 'ᵖ', 'q', 'ʳ', 'ˢ', 'ᵗ',
        'ᵘ', 'ᵛ', 'ʷ', 'ˣ', 'ʸ', 'ᶻ',
    ];
    let at = (letter as usize).wrapping_sub('a' as usize);
    RAISED.get(at).copied().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pieces: &[(&str, bool)]) -> String {
        let mut inline = Inline::default();
        for (piece, raised) in pieces {
            if *raised { inline.push_raised(piece) } else { inline.push(piece) }
        }
        inline.take()
    }

    #[test]
    fn white_space_is_as_shown() {
        assert_eq!(text(&[("  one\n\t two ", false), (" three", false)]), "one two three");
        assert_eq!(text(&[("com\u{ad}plaint\u{200b}s", false)]), "complaints");
        assert_eq!(text(&[("1\u{a0}234", false)]), "1\u{a0}234");
    }

    #[test]
    fn raised_marks_are_no_digits() {
        for (mark, wanted) in
            [("1", "45¹"), ("[12]", "45¹²"), ("1, 2", "45¹,²"), ("a", "45ᵃ"), ("th", "45th"), ("*", "45*")]
        {
            assert_eq!(text(&[("45", false), (mark, true)]), wanted);
        }
    }
}
