//! Title, author, producer and dates of a file: from its metadata stream (XMP), else from its information dictionary.

use super::settings::SETTINGS;
use super::text_string;
use crate::model::document::Info;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{DateTime, Dict, Stream};

pub(crate) fn of(pdf: &Pdf) -> Info {
    let about = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| tidy(&text_string(bytes.as_deref()?));
    let xmp = xmp(pdf).unwrap_or_default();
    let told = |name: &str| value(&xmp, name).and_then(|v| tidy(&v));
    let date = |name: &str| told(name).filter(|v| is_date(v));
    Info {
        title: told("dc:title").or_else(|| text(&about.title)),
        author: told("dc:creator").or_else(|| text(&about.author)),
        producer: told("pdf:Producer").or_else(|| text(&about.producer)),
        created: date("xmp:CreateDate").or_else(|| about.creation_date.map(written)),
        modified: date("xmp:ModifyDate").or_else(|| about.modification_date.map(written)),
    }
}

/// The text on one line, without control characters; `None` where nothing remains.
fn tidy(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|w| w.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|w| !w.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Writes a date in ISO 8601: `2024-05-14T09:30:00+01:00`.
fn written(date: DateTime) -> String {
    let zone = match (date.utc_offset_hour, date.utc_offset_minute) {
        (0, 0) => "Z".to_owned(),
        (hour, minute) => {
            format!("{}{:02}:{minute:02}", if hour < 0 { '-' } else { '+' }, hour.unsigned_abs())
        }
    };
    let DateTime { year, month, day, hour, minute, second, .. } = date;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
}

/// Whether a text begins as a date of the calendar does: `2024`, `2024-05`, `2024-05-14T…`.
fn is_date(text: &str) -> bool {
    let (date, time) = text.split_once('T').map_or((text, None), |(d, t)| (d, Some(t)));
    let parts: Vec<&str> = date.split('-').collect();
    let sized = parts.iter().zip([4, 2, 2]).all(|(part, length)| part.len() == length);
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let clock = |t: &str| t.chars().all(|c| c.is_ascii_digit() || ":.+-Z".contains(c));
    parts.len() <= 3 && sized && parts.iter().all(|p| digits(p)) && time.is_none_or(clock)
}

fn xmp(pdf: &Pdf) -> Option<String> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let stream: Stream<'_> = root.get(b"Metadata")?;
    if stream.raw_data().len() > SETTINGS.max_metadata {
        return None;
    }
    let bytes = stream.decoded_data().ok()?;
    Some(match bytes.as_ref() {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => text_string(&bytes),
        other => String::from_utf8_lossy(other).into_owned(),
    })
}

/// The text of a property: an attribute, an element, or the first item of the list in it.
fn value(xmp: &str, name: &str) -> Option<String> {
    if let Some((_, rest)) = xmp.split_once(&format!("<{name}")) {
        let (_, rest) = rest.split_once('>')?;
        let (inner, _) = rest.split_once(&format!("</{name}>"))?;
        let item = inner.split_once("<rdf:li").and_then(|(_, r)| r.split_once('>')).map(|(_, r)| r);
        let text = item.unwrap_or(inner);
        return Some(plain(text.split('<').next().unwrap_or_default()));
    }
    let (_, rest) = xmp.split_once(&format!("{name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(plain(rest.get(1..)?.split(quote).next().unwrap_or_default()))
}

/// Resolves the entities in a text of XML.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once(';') else {
            out.push('&');
            rest = after;
            continue;
        };
        let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        let ch = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => match name.strip_prefix("#x") {
                Some(hex) => number(hex, 16),
                None => name.strip_prefix('#').and_then(|digits| number(digits, 10)),
            },
        };
        match ch {
            Some(ch) => {
                out.push(ch);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_stand_in_elements_lists_and_attributes() {
        let xmp = "<r xmp:CreateDate='2024-05-14'><dc:title><rdf:Alt><rdf:li xml:lang='x-default'>A &amp; B\
                   </rdf:li></rdf:Alt></dc:title><pdf:Producer>P &#x26; Q</pdf:Producer></r>";
        assert_eq!(value(xmp, "dc:title").as_deref(), Some("A & B"));
        assert_eq!(value(xmp, "pdf:Producer").as_deref(), Some("P & Q"));
        assert_eq!(value(xmp, "xmp:CreateDate").as_deref(), Some("2024-05-14"));
        assert_eq!(value(xmp, "dc:creator"), None);
    }

    #[test]
    fn only_dates_are_dates() {
        for date in ["2024", "2024-05", "2024-05-14", "2024-05-14T09:30:00+01:00"] {
            assert!(is_date(date), "{date}");
        }
        for other in ["May", "2024-5-1", "", "20240514", "2024-05-14Tnoon"] {
            assert!(!is_date(other), "{other}");
        }
    }
}
