//! Applies number formats: the text that a cell shows for the number that it stores.

mod code;
mod dates;
mod digits;

use code::{FormatToken, Section};
use digits::Digits;

/// The shown form of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// As in the cell.
    pub text: String,
    /// The stored number in the unit of the shown one, where the shown text has fewer digits.
    pub full: Option<String>,
}

/// A number format.
#[derive(Clone, Debug, Default)]
pub struct Format {
    /// Empty for the format General.
    sections: Vec<Section>,
}

impl Format {
    /// The format of a code: `#,##0.0;(#,##0.0)`.
    pub fn of_code(code: &str) -> Format {
        let general = code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@";
        Format { sections: if general { Vec::new() } else { code::sections(code) } }
    }

    /// The built-in format of a number. The short date depends on the reader's system; it is taken as day, month and
    /// year.
    pub fn of_id(id: u32) -> Format {
        Format::of_code(match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5 | 6 => "£#,##0;-£#,##0",
            7 | 8 => "£#,##0.00;-£#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            14 => "dd/mm/yyyy",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "dd/mm/yyyy h:mm",
            37 | 38 => "#,##0;(#,##0)",
            39 | 40 => "#,##0.00;(#,##0.00)",
            41 => "#,##0;-#,##0;-",
            42 => "£#,##0;-£#,##0;-",
            43 => "#,##0.00;-#,##0.00;-",
            44 => "£#,##0.00;-£#,##0.00;-",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            _ => "General",
        })
    }

    /// Whether numbers are shown as dates or times.
    pub fn is_date(&self) -> bool {
        self.sections.first().is_some_and(|section| section.date)
    }

    /// The shown form of a number. Days count from 1904 if `from_1904`, else from 1900.
    pub fn show(&self, value: f64, from_1904: bool) -> Shown {
        if !value.is_finite() {
            return Shown { text: value.to_string(), full: None };
        }
        let Some((section, signed)) = self.section(value) else { return general(value) };
        if section.date {
            let text = dates::show(&section.tokens, value, from_1904);
            return text.map_or_else(|| general(value), |text| Shown { text, full: None });
        }
        if section.unknown {
            return general(value);
        }
        number(section, value, signed)
    }

    /// The section that applies to a number, and whether that section shows the sign itself, or none.
    fn section(&self, value: f64) -> Option<(&Section, bool)> {
        if self.sections.iter().any(|section| section.condition.is_some()) {
            let fits = |s: &&Section| s.condition.is_none_or(|condition| condition.holds(value));
            return Some((self.sections.iter().find(fits)?, value < 0.0));
        }
        let second = self.sections.get(1);
        match (second, self.sections.get(2)) {
            (Some(negative), _) if value < 0.0 => Some((negative, false)),
            (_, Some(zero)) if value == 0.0 => Some((zero, false)),
            _ => Some((self.sections.first()?, value < 0.0)),
        }
    }
}

/// The shortest decimal with at most fifteen digits; spreadsheets keep no more.
pub fn plain(value: f64) -> String {
    Digits::of(value).to_string()
}

/// The format General: whole numbers in full, others with at most ten digits.
fn general(value: f64) -> Shown {
    let all = Digits::of(value);
    let kept = all.rounded(10usize.saturating_sub(all.whole().len().max(1)));
    let full = (kept != all).then(|| all.to_string());
    Shown { text: kept.to_string(), full }
}

fn number(section: &Section, value: f64, signed: bool) -> Shown {
    let all = Digits::of(value).shifted(section.shift());
    if section.has_digits() && !section.scientific {
        let kept = all.rounded(section.decimals());
        let full = (kept != all).then(|| all.to_string());
        let text = section.fill(&kept);
        let minus = if signed && !kept.is_zero() { "-" } else { "" };
        return Shown { text: format!("{minus}{}", text.trim()), full };
    }
    if section.scientific {
        let text = format!("{value:.*E}", section.decimals());
        let (mantissa, power) = text.split_once('E').unwrap_or((&text, "0"));
        let text = format!("{mantissa}E{:+03}", power.parse::<i32>().unwrap_or(0));
        return Shown { text, full: None };
    }
    // A format without places for digits: "-" for zero, or nothing.
    let text: String = section.tokens.iter().filter_map(FormatToken::literal).collect();
    Shown { text: text.trim().to_owned(), full: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        Format::of_code(code).show(value, false).text
    }

    #[test]
    fn numbers_are_shown_as_in_the_cell() {
        let cases = [
            ("General", 1234.5, "1234.5"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 1.0 / 3.0, "0.333333333"),
            ("General", 100.0 / 3.0, "33.33333333"),
            ("0", 11.5, "12"),
            ("0", 2.5, "3"),
            ("0.00", 1.005, "1.01"),
            ("0%", 0.1159, "12%"),
            ("0.0%", 0.1159, "11.6%"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0", 0.0, "0"),
            ("#", 0.0, ""),
            ("000", 7.0, "007"),
            ("#,##0.0#", 2.5, "2.5"),
            ("£#,##0.00", -5.0, "-£5.00"),
            ("[$£-809]#,##0", 1234.0, "£1,234"),
            ("\"£\"0.0,,\"m\"", 12_345_678.0, "£12.3m"),
            ("#,##0;(#,##0)", -1234.0, "(1,234)"),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", 0.0, "-"),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", 1234.0, "1,234"),
            ("[Red]-0.0", 1.25, "-1.3"),
            ("[>=1000]#,##0,\"k\";0", 12_000.0, "12k"),
            ("[>=1000]#,##0,\"k\";0", 120.0, "120"),
            ("0\" cases\"", 5.0, "5 cases"),
            ("0;-0;;@", 0.0, ""),
            ("0.00E+00", 12345.0, "1.23E+04"),
            ("# ?/?", 0.5, "0.5"),
            ("00-00", 1234.0, "12-34"),
            ("0", -0.4, "0"),
        ];
        for (code, value, text) in cases {
            assert_eq!(shown(code, value), text, "{code} {value}");
        }
    }

    #[test]
    fn what_is_not_shown_in_full_is_told() {
        let full = |code: &str, value| Format::of_code(code).show(value, false).full;
        assert_eq!(full("0%", 0.1159).as_deref(), Some("11.59"));
        assert_eq!(full("0%", 0.12), None);
        assert_eq!(full("#,##0,", 12_345.0).as_deref(), Some("12.345"));
        assert_eq!(full("0.00", 12_345.0), None);
        assert_eq!(full("dd/mm/yyyy", 12_345.5), None);
    }

    #[test]
    fn dates_are_shown_as_in_the_cell() {
        let cases = [
            ("dd/mm/yyyy", 44_287.0, "01/04/2021"),
            ("d mmmm yyyy", 44_287.0, "1 April 2021"),
            ("mmm-yy", 44_287.0, "Apr-21"),
            ("[$-809]dddd, d mmm", 44_287.0, "Thursday, 1 Apr"),
            ("yyyy-mm-dd hh:mm:ss", 44_287.75, "2021-04-01 18:00:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("[h]:mm", 1.5, "36:00"),
            ("mm:ss.0", 0.000_5, "00:43.2"),
            ("dd/mm/yyyy", 1.0, "01/01/1900"),
        ];
        for (code, value, text) in cases {
            assert_eq!(shown(code, value), text, "{code} {value}");
        }
        let format = Format::of_id(14);
        assert_eq!(format.show(42_825.0, true).text, "01/04/2021");
        assert_eq!(format.show(-5.0, false).text, "-5");
    }
}
