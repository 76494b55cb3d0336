//! Formats dates and times, which spreadsheets store as days since an epoch.

use super::code::FormatToken;
use crate::model::period::month_name;
use jiff::civil::{Date, Weekday};

/// The text of a date or time; `None` where the number is no valid date.
pub fn show(tokens: &[FormatToken], value: f64, from_1904: bool) -> Option<String> {
    let fractions = tokens.iter().filter(|token| matches!(token, FormatToken::Place(_))).count();
    let units = 10i64.checked_pow(u32::try_from(fractions).ok()?)?;
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    // Rounds to the smallest unit that is shown, which is at most a second.
    let total = (value * 86_400.0 * units as f64).round() as i64;
    let seconds = total / units;
    let date = date(seconds / 86_400, from_1904)?;
    let clock = Clock { seconds, fraction: total % units, fractions };
    let noon = tokens.iter().any(|token| matches!(token, FormatToken::Date('a', _)));
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            FormatToken::Literal(literal) => text += literal,
            FormatToken::Date('m', count) if *count <= 2 && is_minutes(tokens, at) => {
                text += &padded(clock.minute(), *count);
            }
            FormatToken::Date('h', count) => text += &padded(clock.hour(noon), *count),
            FormatToken::Date('s', count) => {
                text += &padded(clock.seconds % 60, *count);
            }
            FormatToken::Date('a', _) => text += if clock.seconds % 86_400 < 43_200 { "AM" } else { "PM" },
            FormatToken::Date(letter, count) => text += &part(date, *letter, *count),
            FormatToken::Elapsed(unit) => text += &clock.elapsed(*unit).to_string(),
            FormatToken::Place(_) | FormatToken::Point => {}
        }
        let last = !tokens.iter().skip(at + 1).any(|token| matches!(token, FormatToken::Place(_)));
        if matches!(token, FormatToken::Place(_)) && last {
            text += &clock.fraction();
        }
    }
    Some(text.trim().to_owned())
}

/// Day 1 of the 1900 system is 1 January 1900. The system contains a 29 February 1900, which did not exist; it is given
/// as the 28th.
fn date(days: i64, from_1904: bool) -> Option<Date> {
    let start = if from_1904 { Date::new(1904, 1, 1) } else { Date::new(1899, 12, 30) }.ok()?;
    let days = if from_1904 || days >= 60 { days } else { days + 1 };
    start.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

struct Clock {
    /// Since the epoch.
    seconds: i64,
    fraction: i64,
    fractions: usize,
}

impl Clock {
    fn hour(&self, noon: bool) -> i64 {
        let hour = self.seconds / 3600 % 24;
        match (noon, hour % 12) {
            (false, _) => hour,
            (true, 0) => 12,
            (true, hour) => hour,
        }
    }

    fn minute(&self) -> i64 {
        self.seconds / 60 % 60
    }

    fn elapsed(&self, unit: char) -> i64 {
        match unit {
            'h' => self.seconds / 3600,
            'm' => self.seconds / 60,
            _ => self.seconds,
        }
    }

    fn fraction(&self) -> String {
        format!("{:0width$}", self.fraction, width = self.fractions)
    }
}

/// Whether an `m` stands for minutes: it follows hours or precedes seconds. Otherwise it stands for months.
fn is_minutes(tokens: &[FormatToken], at: usize) -> bool {
    let unit = |token: &FormatToken| match token {
        FormatToken::Date(letter, _) => Some(*letter),
        FormatToken::Elapsed(letter) => Some(*letter),
        _ => None,
    };
    let before = tokens.iter().take(at).rev().find_map(unit);
    let behind = tokens.iter().skip(at + 1).find_map(unit);
    before == Some('h') || behind == Some('s')
}

fn padded(number: i64, count: usize) -> String {
    if count >= 2 { format!("{number:02}") } else { number.to_string() }
}

fn part(date: Date, letter: char, count: usize) -> String {
    let month = month_name(date.month());
    let day = match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let short = |name: &str, length: usize| name.chars().take(length).collect::<String>();
    match (letter, count) {
        ('y', 1 | 2) => format!("{:02}", date.year() % 100),
        ('y' | 'e', _) => date.year().to_string(),
        ('m', 1 | 2) => padded(i64::from(date.month()), count),
        ('m', 3) => short(month, 3),
        ('m', 5) => short(month, 1),
        ('m', _) => month.to_owned(),
        ('d', 1 | 2) => padded(i64::from(date.day()), count),
        ('d', 3) => short(day, 3),
        _ => day.to_owned(),
    }
}
