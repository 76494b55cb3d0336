//! How a table prints its numbers. A single cell is often ambiguous; the cells of a table together are not.

use super::printed::{currency, is_minus, is_note, is_space};

/// The mark before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5`
    Comma,
}

/// What is known of a cell before it is read. The default is a cell of an English report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Conventions {
    /// The mark before the decimals.
    pub decimal: DecimalMark,
    /// Plain spaces separate thousands: "12 610" is one number.
    pub spaces: bool,
    /// Brackets, or a dash with a space behind it, make a number negative: "(12)", "- 12".
    pub brackets: bool,
    /// The cell is one of a spreadsheet or CSV file, where a letter behind the digits is the mark of a note
    /// ("4,800E").
    pub sheet: bool,
    /// The cell shows fewer digits than it stores.
    pub rounded: bool,
}

impl Conventions {
    /// The conventions of a spreadsheet or CSV file. Its decimal mark is the one that most of its texts show.
    pub fn of_sheet<'a>(texts: impl Iterator<Item = &'a str>) -> Conventions {
        Conventions {
            decimal: decimal_mark(texts),
            spaces: true,
            brackets: true,
            sheet: true,
            ..Conventions::default()
        }
    }
}

/// Counts the texts that show a decimal comma (`12,5`, `1.234,5`) and those that show a decimal point (`12.5`,
/// `1,234`). The point wins a draw.
fn decimal_mark<'a>(texts: impl Iterator<Item = &'a str>) -> DecimalMark {
    let (mut comma, mut point) = (0i64, 0i64);
    for body in texts.map(bare) {
        if !body.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
            || !body.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'') || is_space(c))
        {
            continue;
        }
        match (tail(body, ','), tail(body, '.'), body.matches(',').count()) {
            (Some(c), Some(p), _) if c < p => comma += 2,
            (Some(_), Some(_), _) => point += 2,
            (Some(3), None, _) => point += 1,
            (Some(_), None, 1) => comma += 2,
            (Some(_), None, _) => {}
            (None, Some(3), _) => {}
            (None, Some(_), _) => point += 2,
            (None, None, _) => {}
        }
    }
    if comma > point { DecimalMark::Comma } else { DecimalMark::Point }
}

/// A text without the signs, brackets, currencies and marks around its digits, and without one letter behind them.
fn bare(text: &str) -> &str {
    let around = |c: char| {
        matches!(c, '(' | ')' | '+' | '%')
            || is_minus(c)
            || is_note(c)
            || c.is_whitespace()
            || currency(c.encode_utf8(&mut [0; 4])).is_some()
    };
    let body = text.trim_matches(around);
    match body.strip_suffix(|c: char| c.is_ascii_alphabetic()) {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii_digit()) => rest,
        _ => body,
    }
}

/// How many bytes stand behind the last `mark` of a text.
fn tail(body: &str, mark: char) -> Option<usize> {
    body.rfind(mark).map(|at| body.len() - at - mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_vote_for_the_decimal_mark() {
        let of = |texts: &[&str]| Conventions::of_sheet(texts.iter().copied()).decimal;
        assert_eq!(of(&["12,5", "1 234,75"]), DecimalMark::Comma);
        assert_eq!(of(&["1,234", "12.5"]), DecimalMark::Point);
        assert_eq!(of(&["(12,5 %)", "Dec. 31, 2010"]), DecimalMark::Comma);
        assert_eq!(of(&["546,00", "3.25", "$ 1.5m"]), DecimalMark::Point);
    }
}
