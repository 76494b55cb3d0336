//! Decimals that only a format prints.

/// Of so many numbers with decimals one in a hundred thousand columns ends in zeros by chance.
const FORMATTED: usize = 5;

/// How many zeros stand at the end of all decimals of a column: "12.30%" above "7.00%" is printed by a format with more
/// places than its numbers have, and says that they were rounded to one.
pub(crate) fn idle_zeros<'a>(texts: impl Iterator<Item = &'a str>) -> u32 {
    let zeros = |text: &str| {
        let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let decimals = digits.rsplit_once(['.', ',']).map_or("", |(_, decimals)| decimals);
        let bare = decimals.trim_end_matches('0');
        (u32::try_from(decimals.len() - bare.len()).unwrap_or(0), bare.is_empty())
    };
    let all: Vec<(u32, bool)> = texts.map(zeros).collect();
    let fewest = all.iter().map(|(zeros, _)| *zeros).min().unwrap_or(0);
    let told = all.iter().filter(|(_, whole)| !whole).count();
    if told >= FORMATTED { fewest } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_that_all_numbers_end_with_are_idle() {
        let of = |texts: &[&str]| idle_zeros(texts.iter().copied());
        assert_eq!(of(&["12.30%", "-7.10%", "0.00%", "3.90%", "44.20%", "8.60%"]), 1);
        // One that has another digit has them all.
        assert_eq!(of(&["12.30%", "-7.10%", "0.05%", "3.90%", "44.20%", "8.60%"]), 0);
        // Whole numbers say nothing of their decimals.
        assert_eq!(of(&["12.0%", "7.0%", "0.0%", "3.0%", "44.0%", "8.0%"]), 0);
        assert_eq!(of(&["12.30%", "7.10%"]), 0);
    }
}
