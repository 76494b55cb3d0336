//! Replaces typographic variants by the plain character. Each is replaced by exactly one character, so that places stay
//! valid.

/// A hyphen that is only printed where it breaks a word.
pub(crate) const SOFT_HYPHEN: char = '\u{ad}';

/// The plain form of a character. Zero-width characters, soft hyphens and ligatures are kept: removing or splitting one
/// would shift all later places, and a space in its place would split a word.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\t' => c,
        // Page breaks have been counted by now; other control characters are left over from conversions.
        '\0'..'\u{20}' | '\u{7f}' => ' ',
        ' '..'\u{7f}' => c,
        // C1 controls are Windows-1252 punctuation that was read as Latin-1.
        '\u{91}' | '\u{92}' | '\u{b4}' => '\'',
        '\u{93}' | '\u{94}' => '"',
        '\u{96}' | '\u{97}' => '-',
        '\u{95}' => '•',
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}' => '\'',
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' => '"',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{ff05}' => '%',
        // Bullets, with those of the symbol fonts, which stand in the private use area.
        '\u{2023}' | '\u{2219}' | '\u{25a0}' | '\u{25aa}' | '\u{25b6}' | '\u{25ba}' | '\u{25cb}'
        | '\u{25cf}' | '\u{25e6}' | '\u{27a2}' | '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}' | '\u{f0fc}' => '•',
        _ => c,
    }
}

/// Whether a character is never seen: spaces and joiners without width, and marks of the direction of writing.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether folding leaves a line as it is.
pub(crate) fn is_plain(raw: &str) -> bool {
    raw.chars().all(|c| fold(c) == c && c != SOFT_HYPHEN && !is_unseen(c))
}

/// Folds a line. A narrow or non-breaking space between a digit and a group of three digits becomes a comma, because it
/// separates thousands. A soft hyphen between two digits becomes a hyphen, because numbers are not broken off: programs that
/// take the text out of PDF files write "2022-23" so, where the font calls its hyphen soft. What is never seen becomes a space
/// at the edge of a word or number.
pub(crate) fn fold_line(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len());
    let mut before = ' ';
    for (at, c) in raw.char_indices() {
        let rest = || raw.get(at + c.len_utf8()..).unwrap_or_default();
        let after_digit = before.is_ascii_digit();
        folded.push(match c {
            SOFT_HYPHEN if after_digit && rest().starts_with(|c: char| c.is_ascii_digit()) => '-',
            _ if after_digit && is_thin(c) && is_group(rest()) => ',',
            _ if is_unseen(c) && !(before.is_alphanumeric() && rest().starts_with(char::is_alphanumeric)) => {
                ' '
            }
            _ => fold(c),
        });
        before = c;
    }
    folded
}

/// More groups of three digits than any numeral has.
const GROUPS: usize = 8;

/// Whether a text begins with exactly three digits, and the numeral has no decimal comma behind its groups.
fn is_group(text: &str) -> bool {
    let mut rest = text;
    for nth in 0..GROUPS {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits != 3 {
            return nth > 0;
        }
        rest = rest.get(digits..).unwrap_or_default();
        if rest.strip_prefix(',').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())) {
            return false;
        }
        match rest.strip_prefix(is_thin) {
            Some(next) => rest = next,
            None => return true,
        }
    }
    true
}

/// A space that can part thousands.
fn is_thin(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}'..='\u{2009}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_line};

    #[test]
    fn variants_fold_to_the_plain_character() {
        let folded = |s: &str| s.chars().map(fold).collect::<String>();
        assert_eq!(folded("1\u{a0}234\u{202f}567\u{2009}8"), "1 234 567 8");
        assert_eq!(folded("2016–17 — \u{2212}4‑5"), "2016-17 - -4-5");
        assert_eq!(folded("‘level’ “of” 5′ 6″"), "'level' \"of\" 5' 6\"");
        assert_eq!(folded("\u{f0b7} one ▪ two • three"), "• one • two • three");
        assert_eq!(folded("a\tb\u{c}c\u{b}d"), "a\tb c d");
        assert_eq!(folded("co\u{ad}op\u{200b}e ﬁnd £5 é"), "co\u{ad}op\u{200b}e ﬁnd £5 é");
    }

    #[test]
    fn groups_of_thousands_are_parted_by_commas_unless_those_part_decimals() {
        assert_eq!(fold_line("1\u{a0}234\u{a0}567 of 8\u{a0}901"), "1,234,567 of 8,901");
        assert_eq!(fold_line("1\u{a0}234\u{a0}567,8 and 3\u{a0}064,7"), "1 234 567,8 and 3 064,7");
        assert_eq!(fold_line("12\u{a0}345\u{a0}67"), "12,345 67");
    }

    #[test]
    fn soft_hyphens_between_digits_are_printed() {
        assert_eq!(fold_line("co\u{ad}op 2022\u{ad}23\u{ad}"), "co\u{ad}op 2022-23\u{ad}");
    }

    #[test]
    fn what_is_never_seen_is_blank_at_the_edge_of_a_word() {
        assert_eq!(fold_line("\u{200b}45 care\u{200b}home \u{202a}7\u{202c}"), " 45 care\u{200b}home  7 ");
    }
}
