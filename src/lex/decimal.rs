//! Reads the numerals of a grid, so that the finder can be tried on plain texts.
//!
//! The decimal mark is voted for by the whole grid: `12,5` and `1.234,5` speak for the comma, `12.5` and `1,234` for the point.
//!
//! This is not how [`super::numeral`] reads a cell, which is made for the words of English reports: there `1 234` is two figures,
//! `12,5` none, and "21 inch screens" begins with one. Here a cell is a number as a whole or it is none, in the notation of its
//! grid. Of 700,000 cells of published statistical sheets 4,600 are read otherwise by the other reader, nearly all of them wrongly
//! for a grid, and fewer sums and means are found with it, for the same time.

/// An exact decimal: `mantissa / 10^places`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// The digits with their sign.
    pub mantissa: i128,
    /// How many decimals are printed.
    pub places: u32,
}

/// Which mark stands before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// The decimal mark that the texts speak for. With no evidence it is the point.
pub fn mark_of<'a>(texts: impl Iterator<Item = &'a str>) -> Mark {
    let (mut comma, mut point) = (0i64, 0i64);
    for text in texts {
        let body = strip(text).0;
        if !body.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
            || !body.chars().all(is_numeral_char)
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
    if comma > point { Mark::Comma } else { Mark::Point }
}

/// Digits after the last `mark` of `body`.
fn tail(body: &str, mark: char) -> Option<usize> {
    body.rfind(mark).map(|at| body.len() - at - mark.len_utf8())
}

fn is_numeral_char(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '\'') || is_space(c)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The bare digits of a text and whether it is negative: currency signs, brackets, per cent signs, stars and one trailing mark
/// letter ("4,800E", "12p") are taken off.
fn strip(text: &str) -> (&str, bool) {
    let mut body = text.trim();
    let mut negative = false;
    if let Some(inner) = body.strip_prefix('(').and_then(|b| b.strip_suffix(')')) {
        (body, negative) = (inner.trim(), true);
    }
    let odd = |c: char| matches!(c, '$' | '£' | '€' | '%' | '*' | '†' | '‡') || is_space(c);
    loop {
        let before = body.len();
        body = body.trim_matches(odd);
        if let Some(rest) = body.strip_prefix(['-', '−', '–']) {
            if negative || rest.is_empty() {
                return ("", false);
            }
            (body, negative) = (rest, true);
        }
        body = body.strip_prefix('+').unwrap_or(body);
        if body.len() == before {
            break;
        }
    }
    if let Some(rest) = body.strip_suffix(|c: char| c.is_ascii_alphabetic())
        && rest.ends_with(|c: char| c.is_ascii_digit())
    {
        body = rest;
    }
    (body, negative)
}

/// The number that a text prints, or nothing where it is words, a placeholder or blank.
pub fn parse(text: &str, mark: Mark) -> Option<Decimal> {
    let (body, negative) = strip(text);
    if body.is_empty() || !body.chars().all(is_numeral_char) || !body.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (decimal, thousands) = match mark {
        Mark::Point => ('.', ','),
        Mark::Comma => (',', '.'),
    };
    let (whole, fraction) = match body.rsplit_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (body, ""),
    };
    if !fraction.chars().all(|c| c.is_ascii_digit()) || whole.contains(decimal) || fraction.len() > 12 {
        return None;
    }
    let whole = grouped(whole, thousands)?;
    if whole.len() > 1 && fraction.is_empty() && whole.chars().all(|c| c == '0') {
        return None;
    }
    if whole.len() + fraction.len() > 30 {
        return None;
    }
    let mut mantissa: i128 = 0;
    for digit in whole.chars().chain(fraction.chars()).filter_map(|c| c.to_digit(10)) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit))?;
    }
    let places = u32::try_from(fraction.len()).ok()?;
    Some(Decimal { mantissa: if negative { -mantissa } else { mantissa }, places })
}

/// The digits of a whole part whose groups, if it has any, are of three digits behind the first.
fn grouped(whole: &str, thousands: char) -> Option<String> {
    let split = |c: char| c == thousands || c == '\'' || is_space(c);
    let groups: Vec<&str> = whole.split(split).collect();
    let sound = groups.iter().enumerate().all(|(i, g)| {
        g.chars().all(|c| c.is_ascii_digit())
            && (i == 0 || g.len() == 3)
            && (groups.len() == 1 || (1..=3).contains(&g.len()))
    });
    sound.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, mark: Mark) -> Option<(i128, u32)> {
        parse(text, mark).map(|d| (d.mantissa, d.places))
    }

    #[test]
    fn numerals_are_read_with_their_decimals() {
        assert_eq!(read("1,234.50", Mark::Point), Some((123_450, 2)));
        assert_eq!(read("(12)", Mark::Point), Some((-12, 0)));
        assert_eq!(read("217 162", Mark::Point), Some((217_162, 0)));
        assert_eq!(read("3\u{a0}064,7", Mark::Comma), Some((30_647, 1)));
        assert_eq!(read("12,5 %", Mark::Comma), Some((125, 1)));
        assert_eq!(read("4,800E", Mark::Point), Some((4_800, 0)));
        assert_eq!(read("-0.7", Mark::Point), Some((-7, 1)));
    }

    #[test]
    fn words_placeholders_and_ranges_are_not_numbers() {
        for text in ["", "-", "..", "n/a", "1990-91", "12 34", "A1", "4/16", "$000"] {
            assert_eq!(read(text, Mark::Point), None, "{text}");
        }
    }

    #[test]
    fn the_grid_votes_for_its_mark() {
        assert_eq!(mark_of(["12,5", "1 234,75"].into_iter()), Mark::Comma);
        assert_eq!(mark_of(["1,234", "12.5"].into_iter()), Mark::Point);
    }
}
