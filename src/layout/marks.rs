//! Reads the mark at the start of a line: a bullet, number, letter, Markdown mark or mark of a note.

use crate::pack::pack;

/// The number that a line begins with ("3.2", "10.", "1)").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// How many parts it has: 1 for "10.", 3 for "3.6.1".
    pub depth: u8,
    /// The last part.
    pub last: u32,
    /// What closes it: `.`, `)` or nothing.
    pub close: Option<char>,
    /// Byte offset of the text after it.
    pub content: usize,
}

/// Reads a number of one to three digits, or several joined by points, that is followed by a blank and text.
pub(super) fn number(text: &str) -> Option<Number> {
    let mut rest = text.trim_start();
    let (mut depth, mut last) = (0u8, 0u32);
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if !(1..=3).contains(&digits) {
            break;
        }
        last = rest.get(..digits)?.parse().ok()?;
        depth = depth.saturating_add(1);
        rest = rest.get(digits..)?;
        let Some(after) = rest.strip_prefix('.') else { break };
        if !after.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        rest = after;
    }
    let close = rest.chars().next().filter(|c| matches!(c, '.' | ')'));
    rest = rest.get(usize::from(close.is_some())..)?;
    let content = rest.trim_start();
    let spaced = content.len() < rest.len() && !content.is_empty();
    (depth > 0 && spaced).then(|| Number { depth, last, close, content: text.len() - content.len() })
}

/// Where the text after a bullet ("-", "•", "*", "o") or a letter ("(a)", "b)", "iv.") begins.
pub(super) fn bullet(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let after = trimmed.strip_prefix(['-', '•', '·', '+']).or_else(|| {
        let plain = trimmed.strip_prefix('*').or_else(|| trimmed.strip_prefix('o'))?;
        plain.starts_with(char::is_whitespace).then_some(plain)
    });
    let glued = trimmed.starts_with('•');
    match after {
        Some(after) if glued || after.starts_with(char::is_whitespace) => content(text, after),
        _ => letter(trimmed).and_then(|after| content(text, after)),
    }
}

/// Where the text after a single character that is no Latin letter or digit begins.
pub(super) fn symbol(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let first = trimmed.chars().next().filter(|c| !c.is_ascii() && !('\u{c0}'..='\u{24f}').contains(c))?;
    let after = trimmed.get(first.len_utf8()..)?;
    if after.starts_with(char::is_whitespace) { content(text, after) } else { None }
}

/// The text after a letter: "(a) …", "a) …", "(ii) …", "iv. …".
fn letter(text: &str) -> Option<&str> {
    let open = text.strip_prefix('(');
    let inner = open.unwrap_or(text);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| (1..=4).contains(end))?;
    let (label, rest) = inner.split_at_checked(end)?;
    let single = label.len() == 1 && label.starts_with(|c: char| c.is_ascii_alphabetic());
    let roman = label.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let digits = open.is_some() && label.len() <= 2 && label.chars().all(|c| c.is_ascii_digit());
    if !(single || roman || digits) {
        return None;
    }
    let after = rest.strip_prefix(')').or_else(|| {
        // A capital with a point ("A. Name") is an initial more often than a list mark.
        let lower = open.is_none() && label.starts_with(|c: char| c.is_ascii_lowercase());
        rest.strip_prefix('.').filter(|_| lower)
    })?;
    after.starts_with(char::is_whitespace).then_some(after)
}

fn content(text: &str, after: &str) -> Option<usize> {
    let content = after.trim_start();
    (!content.is_empty()).then(|| text.len() - content.len())
}

/// The level of a Markdown heading and where its text begins.
pub(super) fn hashes(text: &str) -> Option<(u8, usize)> {
    let trimmed = text.trim_start();
    let rest = trimmed.trim_start_matches('#');
    let level = trimmed.len() - rest.len();
    let spaced = rest.starts_with(char::is_whitespace) && !rest.trim().is_empty();
    (spaced && (1..=6).contains(&level)).then(|| (level as u8, text.len() - rest.trim_start().len()))
}

/// Where the text of a note begins: "*at the time …", "** …", "Note: …", "NB …".
pub(super) fn note(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let plain = trimmed.trim_start_matches('\\');
    let starless = plain.trim_start_matches(['*', '†', '‡', '¹', '²', '³', '\\']);
    if starless.len() < plain.len() {
        let emphasis = plain.starts_with('*') && starless.contains('*') && !plain.ends_with(" *");
        let bullet = plain.starts_with("* ");
        return if emphasis || bullet { None } else { content(text, starless) };
    }
    let word =
        pack().titles.notes.iter().filter_map(|w| trimmed.strip_prefix(w)).min_by_key(|rest| rest.len())?;
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let marked = rest.starts_with([':', '.', '-']) || pack().titles.notes_without_mark.begins(trimmed);
    if !marked {
        return None;
    }
    content(text, rest.trim_start_matches([':', '.', '-', ' ']))
}

/// Where the text of a note under a table begins, after its mark: "* …", "1 In …", "2) In …", "(3) In …".
pub(crate) fn after_note_mark(text: &str) -> usize {
    let starless = text.trim_start().trim_start_matches(['*', '†', '‡']).trim_start();
    let capital = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let numbered = || number(text).filter(|n| n.depth == 1).map(|n| n.content).or_else(|| bullet(text));
    let starred = Some(text.len() - starless.len()).filter(|at| *at > 0);
    starred.or_else(|| numbered().filter(capital)).unwrap_or(0)
}

/// A number of one or two digits right before a capital, with or without a space, and where what follows begins.
pub(super) fn note_number(text: &str) -> Option<(&str, usize)> {
    let trimmed = text.trim_start();
    let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = trimmed.split_at_checked(digits)?;
    let content = rest.trim_start();
    let capital =
        content.starts_with(char::is_uppercase) && content.chars().nth(1).is_some_and(char::is_lowercase);
    ((1..=2).contains(&digits) && capital).then(|| (number, text.len() - content.len()))
}

/// The byte range of the text between `**` and `**`, where the line has nothing else.
pub(super) fn bold(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    let inner = ["**", "__"].iter().find_map(|m| {
        let body = trimmed.strip_prefix(m)?;
        let body = body.strip_suffix(m).or_else(|| body.strip_suffix(':')?.strip_suffix(m))?;
        (!body.contains(m) && !body.trim().is_empty()).then_some(body)
    })?;
    Some(start + 2..start + 2 + inner.len())
}

/// Whether a line is a typed rule: "-----", "=====", "* * *".
pub(super) fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|c| "-=*_~#.•".contains(*c)) else { return false };
    let mut count = 1;
    marks.all(|c| {
        count += 1;
        c == first
    }) && count >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(found: Option<usize>, text: &str) -> Option<&str> {
        found.map(|at| &text[at..])
    }

    #[test]
    fn numbers_have_depth_and_content() {
        let read = |t: &'static str| number(t).map(|n| (n.depth, n.last, n.close, &t[n.content..]));
        assert_eq!(read("3.2 Total"), Some((2, 2, None, "Total")));
        assert_eq!(read(" 10.  Plan"), Some((1, 10, Some('.'), "Plan")));
        assert_eq!(read("3.6.1\tThemes"), Some((3, 1, None, "Themes")));
        assert_eq!(read("4.1. Age"), Some((2, 1, Some('.'), "Age")));
        assert_eq!(read("1) First"), Some((1, 1, Some(')'), "First")));
        assert_eq!(read("92 complaints"), Some((1, 92, None, "complaints")));
        assert_eq!(read("2016/17 was"), None);
        assert_eq!(read("2016 was"), None);
        assert_eq!(read("12%"), None);
        assert_eq!(read("3."), None);
    }

    #[test]
    fn bullets_and_letters_are_left_out() {
        for (text, wanted) in [
            ("- one", Some("one")),
            ("  • two", Some("two")),
            ("•three", Some("three")),
            ("* four", Some("four")),
            ("o five", Some("five")),
            ("(a) six", Some("six")),
            ("b) seven", Some("seven")),
            ("iv. eight", Some("eight")),
            ("(2) nine", Some("nine")),
            ("-5 degrees", None),
            ("once more", None),
            ("*starred", None),
            ("A. Name", None),
            ("(16%) of", None),
            ("-", None),
        ] {
            assert_eq!(after(bullet(text), text), wanted, "{text}");
        }
    }

    #[test]
    fn notes_are_told_from_emphasis() {
        for (text, wanted) in [
            ("*at the time", Some("at the time")),
            ("**both years", Some("both years")),
            ("\\*estimated", Some("estimated")),
            ("Note: estimated", Some("estimated")),
            ("NB figures", Some("figures")),
            ("N.B. figures", Some("figures")),
            ("Note 2 - later", Some("later")),
            ("Notes were taken", None),
            ("**Email:** us", None),
            ("*all slanted*", None),
            ("* item", None),
        ] {
            assert_eq!(after(note(text), text), wanted, "{text}");
        }
    }

    #[test]
    fn markdown_marks() {
        assert_eq!(hashes("## Two"), Some((2, 3)));
        assert_eq!(hashes("#5 of 9"), None);
        assert_eq!(hashes("####### seven"), None);
        assert_eq!(bold(" **All of it:** "), Some(3..13));
        assert_eq!(bold("**Part** of it"), None);
        assert_eq!(bold("**One** and **two**"), None);
        assert!(is_rule("-----") && is_rule("* * *") && !is_rule("--") && !is_rule("-a-"));
    }
}
