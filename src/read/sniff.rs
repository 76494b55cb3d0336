//! Detects the kind of a file from its content alone.

#[cfg(feature = "zip")]
use super::packed::{Packed, Wording};
use super::source::FileKind;
use super::text;
use memchr::memmem;
#[cfg(feature = "zip")]
use std::io::{Cursor, Read, Seek};

/// The marks of a kind are searched for in this many bytes.
const HEAD: usize = 64 * 1024;

/// How zip files begin; the second is an empty one.
pub(crate) const ZIP: [[u8; 4]; 2] = [*b"PK\x03\x04", *b"PK\x05\x06"];

/// How Office files before 2007 begin, and later ones with a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Beginnings that identify a kind. Those with which a text could begin too are in [`binary_only`].
const MAGIC: &[(&[u8], FileKind)] = &[
    // Excel 2, 3 and 4.
    (b"\x09\0\x04\0", FileKind::Ole),
    (b"\x09\x02\x06\0", FileKind::Ole),
    (b"\x09\x04\x06\0", FileKind::Ole),
    (b"{\\rtf", FileKind::Rtf),
    (b"\x89PNG\r\n", FileKind::Image),
    (b"\xff\xd8\xff", FileKind::Image),
    (b"GIF87a", FileKind::Image),
    (b"GIF89a", FileKind::Image),
    (b"II*\0", FileKind::Image),
    (b"MM\0*", FileKind::Image),
    (b"\x7fELF", FileKind::Executable),
    (b"\xca\xfe\xba\xbe", FileKind::Executable),
    (b"\xcf\xfa\xed\xfe", FileKind::Executable),
    (b"\x1f\x8b", FileKind::Archive),
    (b"\xfd7zXZ\0", FileKind::Archive),
    (b"7z\xbc\xaf\x27\x1c", FileKind::Archive),
    (b"Rar!\x1a\x07", FileKind::Archive),
    (b"\x28\xb5\x2f\xfd", FileKind::Archive),
    (b"PAR1", FileKind::Unknown),
    (b"SQLite format 3\0", FileKind::Unknown),
];

/// The kind of the content.
pub(crate) fn kind(bytes: &[u8]) -> FileKind {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or(bytes);
    if head.starts_with(OLE) {
        return ole(bytes);
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *kind;
    }
    if ZIP.iter().any(|zip| head.starts_with(zip)) {
        return zip(head, bytes);
    }
    // A PDF may have other bytes before its header.
    if head.get(..1024.min(head.len())).is_some_and(|start| memmem::find(start, b"%PDF-").is_some()) {
        return FileKind::Pdf;
    }
    if let Some(kind) = markup(head) {
        return kind;
    }
    if is_mhtml(head) {
        return FileKind::Mhtml;
    }
    if first_non_text(bytes).is_none() {
        return if is_markdown(head) { FileKind::Markdown } else { FileKind::Text };
    }
    binary_only(head)
}

/// Kinds whose first bytes could also begin a text; only used for content that is no text.
fn binary_only(head: &[u8]) -> FileKind {
    match head {
        [b'M', b'Z', ..] => FileKind::Executable,
        [b'B', b'M', ..] | [b'R', b'I', b'F', b'F', ..] => FileKind::Image,
        [b'B', b'Z', b'h', ..] => FileKind::Archive,
        _ => FileKind::Unknown,
    }
}

/// The kind of an Office file before 2007, from the names in its directory.
fn ole(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        // A directory entry begins with a name of 32 UTF-16 units, ended by a zero.
        let mut wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        wide.extend([0, 0]);
        let entries = bytes.chunks_exact(128).filter_map(|entry| entry.get(..wide.len()));
        entries.into_iter().any(|entry| entry.eq_ignore_ascii_case(&wide))
    };
    if has("EncryptedPackage") {
        FileKind::Encrypted
    } else if has("Workbook") || has("Book") {
        FileKind::Xls
    } else if has("WordDocument") {
        FileKind::Doc
    } else if memmem::find(bytes, WORKBOOK).is_some() && is_cut_off(bytes) == Some(true) {
        FileKind::Xls
    } else {
        FileKind::Ole
    }
}

/// Whether the directory lies beyond the end of the file.
fn is_cut_off(bytes: &[u8]) -> Option<bool> {
    let shift = u16::from_le_bytes(bytes.get(30..32)?.try_into().ok()?);
    let sector = u32::from_le_bytes(bytes.get(48..52)?.try_into().ok()?);
    Some((u64::from(sector) + 1) << shift.min(16) >= bytes.len() as u64)
}

/// How the records of a workbook of Excel 97 to 2003 begin.
const WORKBOOK: &[u8] = b"\x09\x08\x10\0\0\x06\x05\0";

fn zip(head: &[u8], bytes: &[u8]) -> FileKind {
    #[cfg(feature = "zip")]
    {
        const WORDS: Wording = Wording::of("it");
        if let Ok(mut open) = Packed::open(Cursor::new(bytes), &WORDS) {
            return packed(&mut open);
        }
    }
    // A zip file that was cut off has no directory, but its first members tell their type and names.
    if head.get(30..38) == Some(b"mimetype")
        && let Some(kind) = open_document(head)
    {
        return kind;
    }
    let tail = bytes.get(bytes.len().saturating_sub(HEAD)..).unwrap_or(head);
    let has = |name: &[u8]| memmem::find(head, name).is_some() || memmem::find(tail, name).is_some();
    let known = OFFICE.iter().find(|(name, _)| has(name.as_bytes()));
    known.map_or(FileKind::Zip, |(_, kind)| *kind)
}

/// What the type of an OpenDocument spreadsheet says.
const SHEET: &[u8] = b"opendocument.spreadsheet";

/// The beginnings of the names of the main parts of Office documents.
const OFFICE: [(&str, FileKind); 4] = [
    ("word/document", FileKind::Docx),
    ("xl/workbook.bin", FileKind::Xlsb),
    ("xl/workbook", FileKind::Xlsx),
    ("ppt/presentation", FileKind::Pptx),
];

/// The kind of a zip file, from its type declaration or the names of its members.
#[cfg(feature = "zip")]
pub(crate) fn packed<R: Read + Seek>(open: &mut Packed<R>) -> FileKind {
    let names: Vec<String> = open.names().map(|name| name.into_owned()).collect();
    match zipped(&names) {
        FileKind::Zip => {
            // Either part may be missing.
            let told = ["mimetype", "META-INF/manifest.xml"].into_iter();
            let mut told = told.filter_map(|name| open.unpack(open.index_of(name)?).ok());
            told.find_map(|bytes| open_document(&bytes)).unwrap_or(FileKind::Zip)
        }
        kind => kind,
    }
}

/// The kind of an OpenDocument file, from the first media type in a text.
fn open_document(text: &[u8]) -> Option<FileKind> {
    const TYPE: &[u8] = b"application/vnd.oasis.opendocument.";
    let kind = text.get(memmem::find(text, TYPE)? + TYPE.len()..)?;
    Some(if kind.starts_with(b"spreadsheet") { FileKind::Ods } else { FileKind::OpenDocument })
}

/// The kind of a zip file with these member names. The main part or its folder may have another name than usual; some
/// programs write backslashes.
#[cfg(feature = "zip")]
fn zipped(names: &[String]) -> FileKind {
    if !names.iter().any(|name| name == "[Content_Types].xml") {
        return FileKind::Zip;
    }
    let names: Vec<String> = names.iter().map(|name| name.replace('\\', "/")).collect();
    let begins = |part: &str| names.iter().any(|name| name.trim_start_matches('/').starts_with(part));
    let ends = |part: &str| names.iter().any(|name| name.ends_with(part));
    let whole = OFFICE.iter().find(|(part, _)| begins(part));
    let folder =
        || OFFICE.iter().rev().find(|(part, _)| begins(part.split_inclusive('/').next().unwrap_or(part)));
    match whole.or_else(folder) {
        Some((_, kind)) => *kind,
        None if ends("workbook.bin") => FileKind::Xlsb,
        None if ends("workbook.xml") => FileKind::Xlsx,
        None => FileKind::Zip,
    }
}

/// Tags with which a page may begin where its head is missing.
const TAGS: [&[u8]; 20] = [
    b"!doctype html",
    b"html",
    b"head",
    b"body",
    b"title",
    b"meta",
    b"link",
    b"style",
    b"script",
    b"table",
    b"main",
    b"article",
    b"section",
    b"div",
    b"h1",
    b"h2",
    b"h3",
    b"p",
    b"ul",
    b"ol",
];

fn markup(head: &[u8]) -> Option<FileKind> {
    let decoded;
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    if text::is_utf16(head) {
        decoded = text::decoded(head.get(..4096.min(head.len()))?).0.into_owned();
        rest = decoded.as_bytes();
    }
    let mut is_xml = false;
    loop {
        rest = rest.trim_ascii_start();
        let (open, close): (&[u8], &[u8]) = match rest {
            [b'<', b'!', b'-', b'-', ..] => (b"<!--", b"-->"),
            [b'<', b'?', ..] => (b"<?", b">"),
            _ => break,
        };
        is_xml |= rest.starts_with(b"<?xml");
        rest = rest.get(open.len()..)?;
        rest = rest.get(memmem::find(rest, close)? + close.len()..)?;
    }
    if is_page(rest) {
        return Some(FileKind::Html);
    }
    if rest.starts_with(b"<office:document") && memmem::find(head, SHEET).is_some() {
        return Some(FileKind::Ods);
    }
    is_xml.then_some(FileKind::Xml)
}

/// Whether a text begins with a tag of a page.
fn is_page(text: &[u8]) -> bool {
    let start = text.get(..32.min(text.len())).unwrap_or_default().to_ascii_lowercase();
    let Some(tag) = start.strip_prefix(b"<") else { return false };
    TAGS.iter().any(|known| {
        tag.strip_prefix(*known).is_some_and(|rest| {
            rest.first().is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
        })
    })
}

/// Whether a file named as a web page contains tags.
pub(crate) fn has_tags(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or(bytes);
    memchr::memchr_iter(b'<', head).any(|at| head.get(at..).is_some_and(is_page))
}

/// Whether the content is a web page saved with its pictures as one mail message.
fn is_mhtml(head: &[u8]) -> bool {
    let start = head.get(..4096.min(head.len())).unwrap_or(head).to_ascii_lowercase();
    let has = |text: &[u8]| memmem::find(&start, text).is_some();
    has(b"mime-version:") && has(b"multipart/related") && has(b"content-type:")
}

fn is_markdown(head: &[u8]) -> bool {
    let heading = |line: &[u8]| {
        let hashes = line.iter().take_while(|b| **b == b'#').count();
        (1..=6).contains(&hashes) && line.get(hashes) == Some(&b' ')
    };
    head.split(|b| *b == b'\n').any(heading) || memmem::find(head, b"](http").is_some()
}

/// The offset of the first byte that cannot belong to a text, where more than one in fifty cannot; else `None`.
/// Conversions leave a few control characters, which do no harm.
pub(crate) fn first_non_text(bytes: &[u8]) -> Option<usize> {
    if text::is_utf16(bytes) {
        return None;
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let odd = |b: &u8| match *b {
        b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | 0x1b => false,
        0..0x20 | 0x7f => true,
        // Not assigned in Windows-1252, the last resort.
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d => !is_utf8,
        _ => false,
    };
    let count = bytes.iter().filter(|b| odd(b)).count();
    if count * 50 > bytes.len() { bytes.iter().position(odd) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        let cases: &[(&[u8], FileKind)] = &[
            (b"92 complaints received", FileKind::Text),
            (b"Title\n## Section\n", FileKind::Markdown),
            (b"see [the site](https://example.org)", FileKind::Markdown),
            (b"#5 of 9", FileKind::Text),
            (b"\n\n %PDF-1.4", FileKind::Pdf),
            (b"PK\x03\x04....word/document.xml", FileKind::Docx),
            (b"PK\x03\x04....xl/workbook.xml", FileKind::Xlsx),
            (
                b"PK\x03\x04..........................mimetypeapplication/vnd.oasis.opendocument.text",
                FileKind::OpenDocument,
            ),
            (b"PK\x03\x04....[Content_Types].xml xl/workbook.bin", FileKind::Xlsb),
            (
                b"PK\x03\x04..........................mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                FileKind::Ods,
            ),
            (b"PK\x03\x04readme", FileKind::Zip),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", FileKind::Ole),
            (b"{\\rtf1\\ansi", FileKind::Rtf),
            (b"\xef\xbb\xbf  <!DOCTYPE HTML>", FileKind::Html),
            (b"<?xml version=\"1.0\"?><html>", FileKind::Html),
            (b"<!-- saved -->\n<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC>", FileKind::Html),
            (b"<table class=x><tr><td>1", FileKind::Html),
            (b"<\0h\0t\0m\0l\0>\0", FileKind::Html),
            (b"<b>bold</b> claims", FileKind::Text),
            (b"<section-3> of it", FileKind::Text),
            (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", FileKind::Mhtml),
            (b"PK\x03\x04....ppt/presentation.xml", FileKind::Pptx),
            (b"<?xml version=\"1.0\"?><a/>", FileKind::Xml),
            (b"<?xml version=\"1.0\"?><office:document a=\"opendocument.spreadsheet\">", FileKind::Ods),
            (b"<office:document a=\"opendocument.spreadsheet\">", FileKind::Ods),
            (b"\x09\x04\x06\0\0\0", FileKind::Ole),
            (b"\x89PNG\r\n\x1a\n", FileKind::Image),
            (b"MZ\0\0\0\0", FileKind::Executable),
            (b"MZ is how it starts", FileKind::Text),
            (b"\x1f\x8b\x08", FileKind::Archive),
            (b"a\0", FileKind::Unknown),
            (b"\xff\xfeh\0i\0", FileKind::Text),
            (b"h\0i\0 \0a\0l\0l\0", FileKind::Text),
            (b"\xa3500 paid", FileKind::Text),
        ];
        for (bytes, kind_wanted) in cases {
            assert_eq!(kind(bytes), *kind_wanted, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[cfg(feature = "zip")]
    #[test]
    fn office_documents_are_told_by_their_parts() {
        let kind = |part: &str| zipped(&["[Content_Types].xml".to_owned(), part.to_owned()]);
        assert_eq!(kind("xl/workbook.xml"), FileKind::Xlsx);
        assert_eq!(kind("xl\\workbook.xml"), FileKind::Xlsx);
        assert_eq!(kind("xl/other.xml"), FileKind::Xlsx);
        assert_eq!(kind("book/workbook.bin"), FileKind::Xlsb);
        assert_eq!(kind("workbook.xml"), FileKind::Xlsx);
        assert_eq!(kind("/word/document2.xml"), FileKind::Docx);
        assert_eq!(kind("data/report.csv"), FileKind::Zip);
        assert_eq!(zipped(&["xl/workbook.xml".to_owned()]), FileKind::Zip);
    }

    #[cfg(feature = "zip")]
    #[test]
    fn opendocument_files_are_told_by_their_type() {
        use std::io::Write;
        use zip::{ZipWriter, write::SimpleFileOptions};
        let zipped = |files: &[(&str, &str)]| {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, text) in files {
                writer.start_file(*name, SimpleFileOptions::default()).unwrap();
                writer.write_all(text.as_bytes()).unwrap();
            }
            kind(&writer.finish().unwrap().into_inner())
        };
        let sheet = "application/vnd.oasis.opendocument.spreadsheet";
        let root = |kind: &str| {
            format!("<file-entry full-path=\"/\" media-type=\"{kind}\"/><file-entry media-type=\"{sheet}\"/>")
        };
        // Packed, and not the first one.
        assert_eq!(zipped(&[("content.xml", "<x/>"), ("mimetype", sheet)]), FileKind::Ods);
        assert_eq!(
            zipped(&[("META-INF/manifest.xml", &root(sheet)), ("content.xml", "<x/>")]),
            FileKind::Ods
        );
        let text = "application/vnd.oasis.opendocument.text";
        assert_eq!(zipped(&[("META-INF/manifest.xml", &root(text)), ("a", "")]), FileKind::OpenDocument);
        assert_eq!(zipped(&[("mimetype", "application/epub+zip"), ("a.html", sheet)]), FileKind::Zip);
    }

    #[test]
    fn one_control_character_does_not_make_a_binary() {
        let mut bytes = vec![b'a'; 200];
        bytes[9] = 2;
        assert_eq!(first_non_text(&bytes), None);
        bytes.truncate(30);
        assert_eq!(first_non_text(&bytes), Some(9));
    }
}
