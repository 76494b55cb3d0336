//! Reads plain text in any encoding into lines.

use super::folded_line;
use crate::model::diagnostic::{Diagnostic, Severity};
use crate::model::text::{Line, Place};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr2;
use std::borrow::Cow;

/// A line of more characters than this gets a diagnostic.
const LONG_LINE: usize = 1_000_000;

/// Lines with broken bytes get a diagnostic each up to this number.
const MOST_TOLD: usize = 20;

/// The lines of a text in UTF-8 or UTF-16 (with or without a byte order mark) or, where it is neither, Windows-1252.
///
/// Lines break at `\n`, `\r\n` or a lone `\r`; a form feed starts a new page. Single bytes that are not UTF-8 in a text
/// that otherwise is are read as Windows-1252, with a diagnostic.
pub fn lines(bytes: &[u8]) -> (Vec<Line>, Vec<Diagnostic>) {
    let decoded = decode(bytes);
    let mut lines = Vec::new();
    let mut page = 1;
    for raw in split(&decoded.text) {
        let number = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
        lines.push(line(raw, number, &mut page));
    }
    let mut diagnostics = broken_bytes(&decoded, &lines);
    diagnostics.extend(lines.iter().filter_map(long_line));
    (lines, diagnostics)
}

/// Whether the bytes are UTF-16: by a byte order mark, or by the positions of zero bytes.
pub(crate) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = bytes.get(..4096.min(bytes.len() & !1)).filter(|head| head.len() >= 4)?;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = head.len() / 2 * 2 / 3;
    if odd > enough && even == 0 {
        Some(UTF_16LE)
    } else if even > enough && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The decoded text, and the number of lines with bytes that were not in its encoding.
pub(crate) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    let Decoded { text, broken } = decode(bytes);
    (text, broken.len())
}

struct Decoded<'a> {
    text: Cow<'a, str>,
    /// Offsets in `text` of characters that were not UTF-8; at most one a line is kept.
    broken: Vec<usize>,
}

fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(encoding) = utf16(bytes) {
        return Decoded { text: encoding.decode_with_bom_removal(bytes).0, broken: Vec::new() };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), broken: Vec::new() };
    }
    if is_mostly_utf8(bytes) {
        return mend(bytes);
    }
    Decoded { text: WINDOWS_1252.decode_without_bom_handling(bytes).0, broken: Vec::new() }
}

/// Whether there are more valid multi-byte sequences than broken ones. Text in another encoding has hardly any valid
/// ones.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn mend(bytes: &[u8]) -> Decoded<'static> {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut broken = Vec::new();
    let mut told = false;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        told &= memchr2(b'\n', b'\r', chunk.valid().as_bytes()).is_none();
        if chunk.invalid().is_empty() {
            continue;
        }
        if !told {
            broken.push(text.len());
        }
        told = true;
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Decoded { text: Cow::Owned(text), broken }
}

/// The lines of a text without their breaks; a break at the very end begins no further line.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let (line, after) = rest.split_at_checked(end)?;
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or(after);
        Some(line)
    })
}

/// A line belongs to the page of its first character that is not blank.
fn line(raw: &str, number: u32, page: &mut u32) -> Line {
    let (before, within) = form_feeds(raw);
    *page = page.saturating_add(before);
    let own = *page;
    *page = page.saturating_add(within);
    folded_line(raw.to_owned(), number, own)
}

/// How many form feeds stand before and after a line's first character that is not blank.
fn form_feeds(raw: &str) -> (u32, u32) {
    let count =
        |s: &str| u32::try_from(memchr::memchr_iter(b'\x0c', s.as_bytes()).count()).unwrap_or(u32::MAX);
    let lead = raw.len() - raw.trim_start().len();
    raw.split_at_checked(lead).map_or((0, 0), |(blank, rest)| (count(blank), count(rest)))
}

fn long_line(line: &Line) -> Option<Diagnostic> {
    // The number of bytes is known and is at least the number of characters.
    if line.text.len() <= LONG_LINE {
        return None;
    }
    let length = line.text.chars().count();
    (length > LONG_LINE).then(|| Diagnostic {
        code: "long-line",
        severity: Severity::Warning,
        message: format!(
            "line {} has {length} characters; line breaks may be missing in this file",
            line.number
        ),
        place: Some(start_of(line)),
    })
}

fn broken_bytes(decoded: &Decoded<'_>, lines: &[Line]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut number = 1;
    let mut done = 0;
    for &at in decoded.broken.iter().take(MOST_TOLD) {
        let before = decoded.text.get(done..at).unwrap_or_default();
        number += split_count(before);
        done = at;
        let shown = decoded.text.get(at..).and_then(|s| s.chars().next()).unwrap_or_default();
        diagnostics.push(Diagnostic {
            code: "broken-encoding",
            severity: Severity::Warning,
            message: format!(
                "line {number} has bytes that are not UTF-8, the encoding of the rest of this file; \
                 they are read as Windows-1252 (the first as '{shown}')"
            ),
            place: lines.get(number - 1).map(start_of),
        });
    }
    if let Some(more) = decoded.broken.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
        diagnostics.push(Diagnostic {
            code: "broken-encoding",
            severity: Severity::Warning,
            message: format!("{more} more lines have bytes that are not UTF-8; save the file as UTF-8 again"),
            place: None,
        });
    }
    diagnostics
}

/// Counts the line breaks in a stretch of text that ends at another character.
fn split_count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let all = memchr::memchr2_iter(b'\n', b'\r', bytes).count();
    all - memchr::memmem::find_iter(bytes, b"\r\n").count()
}

fn start_of(line: &Line) -> Place {
    Place { page: line.page, line: line.number, start: 0, line_end: line.number, end: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        lines(bytes).0.into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn lines_break_at_the_three_breaks_only() {
        assert_eq!(texts(b"a\nb\r\nc\rd\n"), ["a", "b", "c", "d"]);
        assert_eq!(texts(b"a\n\n\r\r\n"), ["a", "", "", ""]);
        assert_eq!(texts("a\u{2028}b\u{85}c\u{b}d".as_bytes()), ["a\u{2028}b\u{85}c d"]);
        assert!(texts(b"").is_empty());
    }

    #[test]
    fn form_feeds_count_pages_and_leave_the_offsets() {
        let (found, _) = lines(b"one\n\x0ctwo\nthr\x0cee\nfour\n \x0c\nlast\x0c");
        let seen: Vec<_> = found.iter().map(|l| (l.number, l.page, l.text.as_str())).collect();
        assert_eq!(
            seen,
            [(1, 1, "one"), (2, 2, " two"), (3, 2, "thr ee"), (4, 3, "four"), (5, 4, "  "), (6, 4, "last ")]
        );
        assert_eq!(found[1].as_printed(), "\x0ctwo");
    }

    #[test]
    fn the_printed_line_is_kept_only_where_it_differs() {
        let (found, diagnostics) = lines("plain £5\n2016–17 was ‘up’\n".as_bytes());
        assert_eq!(found[0].printed, None);
        assert_eq!(found[1].text, "2016-17 was 'up'");
        assert_eq!(found[1].as_printed(), "2016–17 was ‘up’");
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn encodings_give_one_text() {
        let wanted = ["Paid £500 – twice", "next"].map(|s| s.replace('–', "-"));
        let text = "Paid £500 – twice\nnext\n";
        let units = |f: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(f).collect::<Vec<u8>>();
        let with = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        assert_eq!(texts(text.as_bytes()), wanted);
        assert_eq!(texts(&with(b"\xef\xbb\xbf", text.as_bytes().to_vec())), wanted);
        assert_eq!(texts(&with(b"\xff\xfe", units(u16::to_le_bytes))), wanted);
        assert_eq!(texts(&with(b"\xfe\xff", units(u16::to_be_bytes))), wanted);
        assert_eq!(texts(&units(u16::to_le_bytes)), wanted);
        assert_eq!(texts(&units(u16::to_be_bytes)), wanted);
        assert_eq!(texts(b"Paid \xa3500 \x96 twice\nnext\n"), wanted);
    }

    #[test]
    fn stray_bytes_in_utf8_are_mended_and_told() {
        let (found, diagnostics) = lines(b"caf\xc3\xa9 \xc3\xa9t\xc3\xa9\r\nok\r\npaid \xa35 \xa36\r\n");
        assert_eq!(found[2].text, "paid £5 £6");
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(diagnostics[0].code, "broken-encoding");
        assert_eq!(diagnostics[0].place.map(|p| p.line), Some(3));
        assert!(diagnostics[0].message.contains("line 3") && diagnostics[0].message.contains("'£'"));
    }

    #[test]
    fn many_broken_lines_are_counted() {
        let bytes = "é é\n".repeat(30).into_bytes();
        let bytes: Vec<u8> = bytes.split(|b| *b == b'\n').flat_map(|l| [l, b"\xa3\n"].concat()).collect();
        let (_, diagnostics) = lines(&bytes);
        assert_eq!(diagnostics.len(), MOST_TOLD + 1);
        assert!(diagnostics[MOST_TOLD].message.starts_with("11 more lines"));
    }

    #[test]
    fn a_very_long_line_is_kept_and_told() {
        let (found, diagnostics) = lines(&vec![b'x'; LONG_LINE + 1]);
        assert_eq!((found.len(), found[0].text.len()), (1, LONG_LINE + 1));
        assert_eq!(diagnostics[0].code, "long-line");
        assert!(lines("é".repeat(LONG_LINE).as_bytes()).1.is_empty());
    }
}
