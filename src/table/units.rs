//! Splits a line at its spaces into groups of words that no table splits: figures with their unit or bracket,
//! periods, "Stage 1", "11-20 days".

use crate::layout::is_axis;
use crate::lex::{CellKind, is_year};
use crate::pack::{choice, pack};
use regex::Regex;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A word or group of words, with the number of spaces before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordGroup {
    pub(super) range: Range<usize>,
    pub(super) kind: CellKind,
    pub(super) gap: usize,
}

/// Groups of words that stand for one thing, those that begin with a digit and the others. They are tried at each word in
/// this order, and the first that fits is taken.
static GROUPS: LazyLock<[Vec<(CellKind, Regex)>; 2]> = LazyLock::new(|| {
    let (p, t, m) = (&pack().periods, &pack().titles, &pack().marks);
    let month = format!("(?:{})", month_names().collect::<Vec<_>>().join("|"));
    let (to, quarter, working) = (choice(&p.to), choice(&p.quarter_words), choice(&m.working));
    let (label, number) = (choice(&t.numbered), choice(&t.numbered_by));
    let time = choice(&m.time_units);
    let (per, every) = (choice(&pack().numerals.per), choice(&pack().numerals.every));
    let year = r"(?:(?:19|20)\d\d)";
    let span = format!(r"{year}\s?(?:/|-|\s{to}\s)\s?(?:{year}|\d\d|\d)");
    // The spaces of lines are folded, so that ASCII is enough where the words are ASCII: it is built in a third of the time.
    let of = |(kind, pattern): (CellKind, String)| {
        let flags = if pattern.is_ascii() { "i-u" } else { "i" };
        Regex::new(&format!("^(?{flags}:{pattern})")).ok().map(|r| (kind, r))
    };
    let lettered = [
        (
            CellKind::Period,
            format!(r"(?:{month}\s?-?\s?(?:{year}|\d\d)?\s?(?:-|{to}|\s)\s?{month}\s?(?:{year}|\d\d))"),
        ),
        (CellKind::Period, format!(r"(?:(?:{quarter}|q)\s?[1-4](?:[\s,-]+(?:{span}|{year}))?)")),
        (CellKind::Period, format!(r"{month}\s?(?:{year}|\d\d\s?-?$)|{month}\d\d\s?-?")),
        (CellKind::Period, month.to_string()),
        (CellKind::Text, format!(r"{per}\s(?:{every}\s)?\d{{1,3}}(?:,?000)+")),
        (CellKind::Text, format!(r"{label}s?\s(?:\d{{1,2}}|{number})")),
    ];
    let digits = [
        (CellKind::Period, span),
        (CellKind::Period, r"\d\d/\d\d".to_string()),
        (CellKind::Text, format!(r"\d+\s?(?:-|{to})\s?\d+\+?\s(?:{working}\s)?{time}s?")),
        (CellKind::Text, format!(r"\d+\+?\s(?:{working}\s)?{time}s?")),
    ];
    [digits.into_iter().filter_map(of).collect(), lettered.into_iter().filter_map(of).collect()]
});

/// Patterns for the names of the months, in full or short.
fn month_names() -> impl Iterator<Item = String> {
    let p = &pack().periods;
    let full = p.months.iter().map(|name| match name.split_at_checked(3) {
        Some((short, rest)) if !rest.is_empty() => format!("{short}(?:{rest})?"),
        _ => name.clone(),
    });
    p.short_months.words().map(str::to_owned).chain(full)
}

/// The groups of a line, and the number of spaces behind the last one.
pub(super) fn units(text: &str) -> (Vec<WordGroup>, usize) {
    let mut units = Vec::new();
    let mut at = 0;
    let whole = text;
    let text = text.trim_end();
    loop {
        let rest = text.get(at..).unwrap_or("");
        let body = rest.trim_start();
        let gap = rest.len() - body.len();
        if body.is_empty() {
            return (units, whole.len() - text.len());
        }
        let start = at + gap;
        let (kind, length) = group(body).or_else(|| numeral(body)).unwrap_or_else(|| single(body));
        units.push(WordGroup { range: start..start + length, kind, gap });
        at = start + length;
    }
}

/// The first three letters of each group that begins with a letter. With this set, words that begin no group are
/// passed over at little cost.
static LED: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let (p, t) = (&pack().periods, &pack().titles);
    let words = p.months.iter().map(String::as_str).chain(t.numbered.iter()).chain(p.short_months.words());
    let words = words.chain(pack().numerals.per.iter());
    words.filter_map(|word| word.get(..3)).map(str::to_ascii_lowercase).collect()
});

/// Whether a word in small letters begins with the letter of a quarter.
fn is_quarter(lead: &str) -> bool {
    pack().periods.quarter_letters.begins(lead)
}

fn group(body: &str) -> Option<(CellKind, usize)> {
    let [digits, lettered] = &*GROUPS;
    let groups = match body.chars().next()? {
        '0'..='9' => digits,
        'A'..='Z' | 'a'..='z' => {
            let lead: String = body.chars().take(3).collect::<String>().to_ascii_lowercase();
            (LED.contains(&lead) || is_quarter(&lead)).then_some(lettered)?
        }
        _ => return None,
    };
    groups.iter().find_map(|(kind, regex)| {
        let length = regex.find(body)?.end();
        let after = body.get(length..)?.chars().next();
        after.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | ',' | ':')).then(|| {
            let more =
                body.get(length..).map_or(0, |t| t.len() - t.trim_start_matches(['*', ',', ':']).len());
            (*kind, length + more)
        })
    })
}

/// A numeral that is printed as several words: its sign stands apart ("£ 986"), or a percent sign, a word of movement or
/// a second numeral in brackets follows it ("12 %", "7% decrease", "303 (351)").
fn numeral(body: &str) -> Option<(CellKind, usize)> {
    let next = |at: usize| {
        let rest = body.get(at..)?.strip_prefix(char::is_whitespace)?;
        let word = rest.split(char::is_whitespace).next().filter(|word| !word.is_empty())?;
        Some((word, body.len() - rest.len() + word.len()))
    };
    let first = body.find(char::is_whitespace).unwrap_or(body.len());
    let begins = body.get(..first)?;
    let mut end = first;
    if begins.chars().count() == 1 && !begins.starts_with(char::is_alphanumeric) {
        end = next(end)?.1;
    }
    while let Some((word, after)) = next(end) {
        let read = body.get(..end)?;
        let opens = read.matches('(').count() > read.matches(')').count();
        let bare = word.trim_end_matches(['*', ',', ':']);
        let moves = read.ends_with('%') && pack().marks.movements.has_folded(bare);
        if !(opens || bare == "%" || word.starts_with('(') || moves) {
            break;
        }
        end = after;
    }
    let read = body.get(..end)?.trim_end_matches(['*', ',', ':']);
    (end > first && CellKind::of(read) == CellKind::Number).then_some((CellKind::Number, end))
}

fn single(body: &str) -> (CellKind, usize) {
    let length = body.find(char::is_whitespace).unwrap_or(body.len());
    let word = body.get(..length).unwrap_or("");
    (CellKind::of(word), length)
}

/// How a line may take part in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineClass {
    Blank,
    /// Running text, the heading of a section, or an item of a list. It ends every table.
    Prose,
    /// A few words, such as a head, a label or a title.
    Text,
    /// Nothing but periods, at least two. They are heads.
    Periods,
    /// A label of this many groups, then figures.
    Row(usize),
    /// Figures only.
    Values,
}

/// A longer line is running text.
pub(super) const LONGEST: usize = 200;

/// The class of a line, told from the line alone.
pub(super) fn class(text: &str) -> LineClass {
    use super::words::{is_section_heading, is_sentence, unbullet, words};
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return LineClass::Blank;
    }
    let long = trimmed.len() > 100 && words(trimmed) > 16;
    if trimmed.len() > LONGEST || long || trimmed.contains(['|', '\t']) {
        return LineClass::Prose;
    }
    let (units, _) = units(text);
    let values = units.iter().rev().take_while(|u| u.kind.is_value()).count();
    let piece = |u: &WordGroup| text.get(u.range.clone()).unwrap_or("");
    let mut label = units.len() - values;
    if label == 0 && values > 1 && units.first().is_some_and(|u| is_year(piece(u))) {
        let years = units.iter().filter(|u| is_year(piece(u))).count();
        if years == units.len() {
            return LineClass::Periods;
        }
        label = 1;
    }
    if label == 0 {
        return if is_axis(text) { LineClass::Prose } else { LineClass::Values };
    }
    if units.len() > 1 && units.iter().all(|u| u.kind == CellKind::Period) {
        return LineClass::Periods;
    }
    let lead = units.get(label - 1).map_or("", piece).to_ascii_lowercase();
    let words_before = units.get(label - 1).and_then(|u| text.get(..u.range.end)).unwrap_or("").trim();
    let bulleted = unbullet(text).0 > text.len() - text.trim_start().len();
    if values > 0 && label < units.len() {
        let prose = pack().words.before_figures.has(&lead)
            || is_sentence(words_before)
            || words(words_before) > 16
            || words_before.contains("....")
            || is_section_heading(words_before) && units.len() - label == 1
            || lead.ends_with([',', ';'])
            || lead.starts_with('0') && lead.len() > 3 && lead.bytes().all(|b| b.is_ascii_digit());
        return if prose { LineClass::Prose } else { LineClass::Row(label) };
    }
    let listed = bulleted || is_section_heading(text) || trimmed.starts_with(['#', '>', '*', '<']);
    if listed || is_sentence(trimmed) || words(trimmed) > 12 { LineClass::Prose } else { LineClass::Text }
}

/// Whether a line belongs to a paragraph that is broken to a width: it is long, most of its words begin with small
/// letters, and it does not end in a run of figures.
pub(super) fn is_running(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace();
    let (mut all, mut small) = (0usize, 0usize);
    for word in words {
        all += 1;
        small += usize::from(word.starts_with(|c: char| c.is_lowercase()));
    }
    text.len() >= 56 && all >= 9 && small * 2 >= all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        units(text).0.iter().map(|u| &text[u.range.clone()]).collect()
    }

    #[test]
    fn units_keep_together() {
        assert_eq!(split("Stage 1 21 25"), ["Stage 1", "21", "25"]);
        assert_eq!(split("Apr 2016 - Mar 2017  £9,432.00"), ["Apr 2016 - Mar 2017", "£9,432.00"]);
        assert_eq!(split("Within 10 days 11-20 days Over"), ["Within", "10 days", "11-20 days", "Over"]);
        assert_eq!(split("Apr 16"), ["Apr 16"]);
        assert_eq!(split("Apr16 -"), ["Apr16 -"]);
        assert_eq!(split("May 12 15"), ["May", "12", "15"]);
        assert_eq!(split("2016/17 2015/16"), ["2016/17", "2015/16"]);
        assert_eq!(split("East 303 (351) 12 %"), ["East", "303 (351)", "12 %"]);
        assert_eq!(split("Quarter 4 2017/18 9"), ["Quarter 4 2017/18", "9"]);
    }

    #[test]
    fn classes_of_lines() {
        assert_eq!(class("Q1 21 10"), LineClass::Row(1));
        assert_eq!(class("Stage 1 21 25 30 "), LineClass::Row(1));
        assert_eq!(class("2016/17 43 92 1"), LineClass::Row(1));
        assert_eq!(class("2016 43 92 1"), LineClass::Row(1));
        assert_eq!(class("2016/17 2015/16"), LineClass::Periods);
        assert_eq!(class("9 31 202"), LineClass::Values);
        assert_eq!(class("0 10 20 30 40"), LineClass::Prose);
        assert_eq!(class("The number rose from 12 to 35"), LineClass::Prose);
        assert_eq!(class("3.5 Reasons"), LineClass::Prose);
        assert_eq!(class("Early Help Fostering"), LineClass::Text);
    }
}
