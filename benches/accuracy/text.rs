//! Numerals as they are printed, and the text of a file.

use num_rational::Ratio;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub type Number = Ratio<i128>;

static NUMERAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?").expect("a pattern"));

/// The text of a file in one of the encodings of the corpus, its lines ended by `\n` alone.
pub fn decoded(bytes: &[u8]) -> String {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        _ if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    };
    encoding.decode(bytes).0.replace("\r\n", "\n").replace('\r', "\n")
}

/// Where the numerals of a text stand.
pub fn numerals(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    NUMERAL.find_iter(text).map(|found| found.range())
}

/// The value of a decimal, printed with or without separators of thousands.
pub fn value(printed: &str) -> Option<Number> {
    let plain = printed.replace(',', "");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
    Some(Ratio::new(format!("{whole}{part}").parse().ok()?, scale))
}

/// The value of the first numeral of a text.
pub fn first(text: &str) -> Option<Number> {
    value(text.get(numerals(text).next()?)?)
}

pub fn decimals(printed: &str) -> u32 {
    printed.split_once('.').map_or(0, |(_, part)| u32::try_from(part.len()).unwrap_or(0))
}

/// One unit of the last decimal.
pub fn unit(decimals: u32) -> Number {
    Ratio::new(1, 10_i128.pow(decimals.min(12)))
}

/// A value to so many decimals, halves away from nought, in the manner of another numeral.
pub fn printed(value: Number, like: &str) -> String {
    let places = decimals(like);
    let scaled = (value / unit(places)).round().to_integer();
    let digits = format!("{:0width$}", scaled.abs(), width = places as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - places as usize);
    let whole = if like.contains(',') { grouped(whole) } else { whole.to_owned() };
    if part.is_empty() { whole } else { format!("{whole}.{part}") }
}

/// With a comma before every three digits.
pub fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
