//! `[words]`: how far "half", "nearly" and "around" reach.

use super::file::Reading;
use crate::model::bands::Bands;
use crate::model::exact::Exact;
use toml::de::{DeTable, DeValue};

/// A band: its key, the fraction that it is at most, whether nought makes a word that fits nothing, and its place.
struct Band {
    key: &'static str,
    most: (i128, i128),
    above_nought: bool,
    of: fn(&mut Bands) -> &mut Exact,
}

const fn band(key: &'static str, most: (i128, i128), of: fn(&mut Bands) -> &mut Exact) -> Band {
    Band { key, most, above_nought: false, of }
}

/// As [`band`], of a word that says that its number is not reached.
const fn below(key: &'static str, most: (i128, i128), of: fn(&mut Bands) -> &mut Exact) -> Band {
    Band { key, most, above_nought: true, of }
}

/// All bands. With more than these most, "half" would fit nothing as well as all.
const BANDS: [Band; 12] = [
    band("half", (1, 2), |bands| &mut bands.half),
    band("half_points", (25, 1), |bands| &mut bands.half_points),
    band("double", (1, 2), |bands| &mut bands.double),
    band("around", (2, 1), |bands| &mut bands.around),
    band("around_half", (10, 1), |bands| &mut bands.around_half),
    below("nearly", (2, 1), |bands| &mut bands.nearly),
    below("nearly_ones", (5, 1), |bands| &mut bands.nearly_ones),
    below("nearly_half", (25, 1), |bands| &mut bands.nearly_half),
    below("nearly_double", (1, 2), |bands| &mut bands.nearly_double),
    below("nearly_treble", (1, 2), |bands| &mut bands.nearly_treble),
    band("level", (50, 1), |bands| &mut bands.level),
    band("level_cases", (100, 1), |bands| &mut bands.level_cases),
];

impl Reading<'_> {
    /// The bands of the file; what it does not name stays as it is by default.
    pub(super) fn words(&mut self, table: &DeTable) -> Bands {
        let mut bands = Bands::default();
        let Some(value) = table.get("words") else { return bands };
        let Some(words) = value.get_ref().as_table() else {
            let hint = Some("write [words], and under it half = 0.05".to_owned());
            self.wrong(value.span(), "\"words\" is a table".to_owned(), hint);
            return bands;
        };
        self.keys(words, &BANDS.map(|band| band.key));
        for Band { key, most: (most, of), above_nought, of: place } in BANDS {
            let Some(value) = words.get(key) else { continue };
            let number = number(value.get_ref())
                .filter(|number| *number <= Exact::ratio(most, of) && !(above_nought && number.is_zero()));
            match number {
                Some(number) => *place(&mut bands) = number,
                None => {
                    let most = if of == 1 { most.to_string() } else { format!("{most}/{of}") };
                    let from = if above_nought { "above 0 and up to" } else { "from 0 to" };
                    let hint = format!("a number {from} {most} is wanted, such as 0.1 or \"1/12\"");
                    self.wrong(value.span(), format!("\"{key}\" cannot be so"), Some(hint));
                }
            }
        }
        bands
    }
}

/// A number: 5, 0.05 or "1/20". None is below nought.
fn number(value: &DeValue) -> Option<Exact> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => decimal(number.as_str()),
        DeValue::Float(number) => decimal(number.as_str()),
        DeValue::String(text) => match text.split_once('/') {
            Some((above, below)) => decimal(above.trim())?.checked_div(&decimal(below.trim())?),
            None => decimal(text.trim()),
        },
        _ => None,
    }
}

fn decimal(text: &str) -> Option<Exact> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    // More digits say nothing here, and would make numbers that take long.
    let digits = format!("{whole}{part}");
    let decimals = u32::try_from(part.len()).ok().filter(|_| digits.len() <= 12)?;
    Exact::from_digits(&digits, decimals)
}

#[cfg(test)]
mod tests {
    use crate::cli::settings::file::read;
    use crate::model::bands::Bands;
    use crate::model::exact::Exact;
    use std::path::Path;

    fn words(lines: &str) -> Result<Bands, Vec<(usize, String, String)>> {
        let read = read(&format!("[words]\n{lines}\n"), Path::new("/reports"));
        let told = |wrong: crate::cli::settings::file::Wrong| {
            (wrong.line, wrong.what, wrong.hint.unwrap_or_default())
        };
        read.map(|file| file.words).map_err(|wrong| wrong.into_iter().map(told).collect())
    }

    #[test]
    fn a_file_says_how_far_words_reach_and_the_rest_is_as_it_was() {
        let bands = words("half = 0.1\ndouble = '1/6'\nlevel = 3").unwrap();
        let wanted = Bands {
            half: Exact::ratio(1, 10),
            double: Exact::ratio(1, 6),
            level: 3.into(),
            ..Bands::default()
        };
        assert_eq!(bands, wanted);
        assert_eq!(words("").unwrap(), Bands::default());
        assert_eq!(words("half = '1/20'\nnearly_double = 0.125").unwrap(), Bands::default());
    }

    #[test]
    fn impossible_bands_are_told_with_line_and_hint() {
        let wrong = words(
            "half = -0.1\ndouble = 0.6\nnearly = 0\naround = 'wide'\nlevel = true\nhalve = 1\n\
            nearly_half = nan\nlevel_cases = '1/0'\nhalf_points = 0x10\naround_half = 1e1",
        )
        .unwrap_err();
        let lines: Vec<usize> = wrong.iter().map(|(line, ..)| *line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        assert_eq!(wrong[0].1, "\"half\" cannot be so");
        assert_eq!(wrong[0].2, "a number from 0 to 1/2 is wanted, such as 0.1 or \"1/12\"");
        assert_eq!(wrong[2].2, "a number above 0 and up to 2 is wanted, such as 0.1 or \"1/12\"");
        assert_eq!(wrong[5].2, "did you mean half?");
        let all = read("words = 3", Path::new("/reports")).err().unwrap_or_default();
        assert_eq!(all[0].hint.as_deref(), Some("write [words], and under it half = 0.05"));
    }
}
