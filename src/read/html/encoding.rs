//! Decodes a web page: by its byte order mark, else as UTF-8 where it is valid, else by the encoding that it declares.

use crate::read::text;
use encoding_rs::Encoding;
use memchr::memmem;
use std::borrow::Cow;

/// The declaration of the encoding is searched for in this many bytes.
const HEAD: usize = 8 * 1024;

/// The text of a page, and whether some bytes were not in its encoding.
pub(crate) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let plain = text::is_utf16(bytes) || std::str::from_utf8(bytes).is_ok();
    if let Some(encoding) = declared(bytes).filter(|_| !plain) {
        let (decoded, _, broken) = encoding.decode(bytes);
        if !broken {
            return (decoded, false);
        }
    }
    let (decoded, broken) = text::decoded(bytes);
    (decoded, broken > 0)
}

/// The encoding that a page declares: `<meta charset=…>`, `<meta … content="…; charset=…">`, `<?xml encoding=…?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len()))?.to_ascii_lowercase();
    let marks: [&[u8]; 2] = [b"charset", b"encoding"];
    marks.iter().find_map(|mark| {
        memmem::find_iter(&head, mark).find_map(|at| {
            let rest = head.get(at + mark.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))?;
            Encoding::for_label(rest.get(..end)?)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bytes_are_goes_before_what_the_page_says() {
        let page = |head: &str, rest: &[u8]| [head.as_bytes(), rest].concat();
        let read = |bytes: &[u8]| decoded(bytes).0.chars().last();
        assert_eq!(read(&page("<meta charset=\"iso-8859-5\">", b"\xb0")), Some('А'));
        assert_eq!(read(&page("<meta content='text/html; charset=windows-1251'>", b"\xc0")), Some('А'));
        assert_eq!(read(&page("<meta charset=windows-1251>", "é".as_bytes())), Some('é'));
        assert_eq!(read(&page("<meta charset=utf-8>", b"\xa3")), Some('£'));
        assert_eq!(read(b"<p>\xa3"), Some('£'));
        assert_eq!(read(b"\xff\xfe<\0p\0>\0\xa3\0"), Some('£'));
    }
}
