//! Bytes → [`Source`]: read, hashed, and sniffed by content.

use crate::model::diagnostic::Error;
pub use crate::model::document::Info;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes that are read of one input: 1 GiB.
pub const SIZE_LIMIT: u64 = 1 << 30;

/// Files with these endings are taken from a directory. A file that is named itself is read whatever its ending.
pub const READABLE: [&str; 17] = [
    "csv", "docx", "fods", "htm", "html", "markdown", "md", "ods", "pdf", "text", "tsv", "txt", "xls",
    "xlsb", "xlsm", "xlsx", "zip",
];

/// One input, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As given; `-` for standard input.
    pub path: String,
    /// The content, untouched.
    pub bytes: Vec<u8>,
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// What the content is.
    pub kind: FileKind,
}

/// What an input is, by its content; the name of the file only tells tables from other text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Plain text in any encoding.
    Text,
    /// Rows of cells, in a file whose name ends in `.csv` or `.tsv`.
    Csv,
    /// Text with headings marked by `#`, or with links in square and round brackets.
    Markdown,
    /// A web page.
    Html,
    /// XML that is no web page.
    Xml,
    /// A PDF.
    Pdf,
    /// Rich text.
    Rtf,
    /// A Word document (`.docx`).
    Docx,
    /// A PowerPoint presentation (`.pptx`).
    Pptx,
    /// A web page with all that belongs to it (`.mht`, `.mhtml`).
    Mhtml,
    /// A spreadsheet (`.xlsx`, `.xlsm`).
    Xlsx,
    /// A spreadsheet in Excel's binary form (`.xlsb`).
    Xlsb,
    /// A spreadsheet of Excel before 2007 (`.xls`).
    Xls,
    /// An OpenDocument spreadsheet (`.ods`).
    Ods,
    /// Another OpenDocument file.
    OpenDocument,
    /// A Word document of before 2007 (`.doc`).
    Doc,
    /// An Office file that a password protects.
    Encrypted,
    /// Another file in the form of Office before 2007.
    Ole,
    /// Any other zip archive.
    Zip,
    /// Another archive or compressed file.
    Archive,
    /// A picture.
    Image,
    /// A program.
    Executable,
    /// Not text, and of no kind that is known here.
    Unknown,
}

impl FileKind {
    /// The media type of the schema's `source.media_type`.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Text => "text/plain",
            FileKind::Csv => "text/csv",
            FileKind::Markdown => "text/markdown",
            FileKind::Html => "text/html",
            FileKind::Xml => "application/xml",
            FileKind::Pdf => "application/pdf",
            FileKind::Rtf => "application/rtf",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Xlsb => "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
            FileKind::Xls => "application/vnd.ms-excel",
            FileKind::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            FileKind::OpenDocument => "application/vnd.oasis.opendocument",
            FileKind::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            FileKind::Mhtml => "multipart/related",
            FileKind::Doc => "application/msword",
            FileKind::Ole | FileKind::Encrypted => "application/x-ole-storage",
            FileKind::Zip => "application/zip",
            FileKind::Archive | FileKind::Executable | FileKind::Unknown => "application/octet-stream",
            FileKind::Image => "image/*",
        }
    }

    /// What it is called, and what to do, where it is not read.
    fn refusal(self) -> Option<(&'static str, &'static str)> {
        let as_docx = "save it as .docx or PDF, e.g. with soffice --convert-to docx";
        Some(match self {
            FileKind::Text | FileKind::Csv | FileKind::Markdown => return None,
            FileKind::Pdf if cfg!(feature = "pdf") => return None,
            FileKind::Html if cfg!(feature = "html") => return None,
            FileKind::Docx if cfg!(feature = "docx") => return None,
            FileKind::Xlsx | FileKind::Xlsb | FileKind::Xls | FileKind::Ods if cfg!(feature = "sheets") => {
                return None;
            }
            FileKind::Pdf => ("a PDF", "convert it to text, e.g. with pdftotext -layout"),
            FileKind::Html => {
                ("a web page (HTML)", "convert it to text, e.g. with pandoc --to=plain --wrap=none")
            }
            FileKind::Docx => {
                ("a Word document", "convert it to text, e.g. with pandoc --to=plain --wrap=none")
            }
            FileKind::Xlsx | FileKind::Xlsb | FileKind::Xls | FileKind::Ods => {
                ("a spreadsheet", "save it as CSV")
            }
            FileKind::Xml => ("an XML file", "convert it to text with the program that made it"),
            FileKind::Rtf => ("a rich text file (RTF)", "save it as .docx or PDF"),
            FileKind::Pptx => ("a PowerPoint presentation", "save it as PDF"),
            FileKind::Mhtml => ("a web page in one file (MHTML)", "save it as HTML"),
            FileKind::OpenDocument => ("an OpenDocument file that is no spreadsheet", as_docx),
            FileKind::Doc => ("a Word document of before 2007", as_docx),
            FileKind::Ole => ("an Office file of before 2007", "save it in a form of today, or as PDF"),
            FileKind::Encrypted => (
                "an Office file that a password protects",
                "open it with its password, remove that, and save it under a new name",
            ),
            FileKind::Zip => ("a zip archive", "unpack it, and name the files in it"),
            FileKind::Archive => ("a compressed file", "unpack it, and name the files in it"),
            FileKind::Image => ("an image", "convert it to text with a text recogniser such as tesseract"),
            FileKind::Executable => ("a program", "it is not a report; check the path"),
            FileKind::Unknown => ("not text", "convert it to text with the program that made it"),
        })
    }
}

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// [`Error::Read`] where the system refuses (missing, a directory, no permission) and [`Error::Unsupported`] where the
/// content is not text, is empty, or is larger than [`SIZE_LIMIT`].
pub fn read(path: &Path) -> Result<Source, Error> {
    read_within(path, SIZE_LIMIT)
}

/// As [`read`], with a limit of its own on the number of bytes; [`SIZE_LIMIT`] is the most that it can be.
///
/// # Errors
/// As for [`read`].
pub fn read_within(path: &Path, limit: u64) -> Result<Source, Error> {
    from_bytes(&shown(path), bytes_within(path, limit)?)
}

/// The content of a file or member of an archive, or of standard input for `-`.
///
/// # Errors
/// As for [`read_within`], but for what the content is.
pub fn bytes_within(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let (name, limit) = (shown(path), limit.min(SIZE_LIMIT));
    #[cfg(feature = "archives")]
    if !path.exists()
        && let Some(member) = path.to_str().and_then(|path| super::archive::read(path, limit))
    {
        return member;
    }
    if name == "-" { stdin(limit) } else { open(&name, path, limit) }
}

/// A path as text. Bytes of a name that are no text are written as `\xFF`, so that two names never look the same.
pub fn shown(path: &Path) -> String {
    let chunks = path.as_os_str().as_encoded_bytes().utf8_chunks();
    chunks.fold(String::new(), |mut text, chunk| {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
        text
    })
}

/// Makes a source of bytes that are already in memory; `path` is only carried along.
///
/// # Errors
/// [`Error::Unsupported`] where they are not text, or nothing.
pub fn from_bytes(path: &str, bytes: Vec<u8>) -> Result<Source, Error> {
    let sha256 = hash(&bytes);
    from_hashed(path, bytes, sha256)
}

/// As [`from_bytes`], where the SHA-256 is known.
///
/// # Errors
/// As for [`from_bytes`].
pub fn from_hashed(path: &str, bytes: Vec<u8>, sha256: String) -> Result<Source, Error> {
    if bytes.is_empty() {
        return Err(unsupported(
            path,
            "the file is empty",
            "there is nothing to read; fetch or export it again",
        ));
    }
    let kind = match super::sniff::kind(&bytes) {
        FileKind::Text | FileKind::Markdown if is_named(path, &["csv", "tsv"]) => FileKind::Csv,
        FileKind::Text | FileKind::Markdown
            if is_named(path, &["html", "htm", "xhtml"]) && super::sniff::has_tags(&bytes) =>
        {
            FileKind::Html
        }
        FileKind::Text if is_named_markdown(path) => FileKind::Markdown,
        kind => kind,
    };
    if kind == FileKind::Html && is_named(path, &["pdf"]) {
        let hint =
            "sites show one in place of a file that has moved: fetch it again, or name it .html to read it";
        return Err(unsupported(path, "this is a web page (HTML), though it is named .pdf", hint));
    }
    #[cfg(feature = "archives")]
    if kind == FileKind::Zip {
        let (what, hint) = super::archive::refusal(&bytes);
        return Err(unsupported(path, &format!("this is {what}"), &hint));
    }
    if let Some((what, hint)) = kind.refusal() {
        let what = match kind {
            FileKind::Unknown => {
                let at = super::sniff::first_non_text(&bytes).unwrap_or(0);
                format!("{what}: the byte at offset {at} cannot be part of a text")
            }
            _ => format!("this is {what}"),
        };
        return Err(unsupported(path, &what, hint));
    }
    Ok(Source { path: path.to_owned(), sha256, bytes, kind })
}

/// Whether a file is named as Markdown, which its content alone cannot tell.
pub(crate) fn is_named_markdown(path: &str) -> bool {
    is_named(path, &["md", "markdown"])
}

/// Whether a name promises more than text.
pub(crate) fn is_named_otherwise(path: &str) -> bool {
    is_named(path, &["docx", "fods", "ods", "pdf", "xls", "xlsb", "xlsm", "xlsx", "zip"])
}

pub(super) fn is_named(path: &str, endings: &[&str]) -> bool {
    let ending = Path::new(path).extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|e| endings.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

fn open(name: &str, path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let file = fs::File::open(path).map_err(|cause| refused(name, &cause))?;
    let about = file.metadata().map_err(|cause| refused(name, &cause))?;
    if about.is_dir() {
        return Err(refused(name, &io::Error::from(io::ErrorKind::IsADirectory)));
    }
    if about.len() > limit {
        return Err(too_large(name, limit));
    }
    slurp(name, file, limit)
}

fn stdin(limit: u64) -> Result<Vec<u8>, Error> {
    #[cfg(feature = "archives")]
    if let Some(kept) = super::archive::stdin() {
        return slurp("-", kept, limit);
    }
    slurp("-", io::stdin().lock(), limit)
}

fn slurp(name: &str, input: impl Read, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    input.take(limit + 1).read_to_end(&mut bytes).map_err(|cause| refused(name, &cause))?;
    if bytes.len() as u64 > limit { Err(too_large(name, limit)) } else { Ok(bytes) }
}

fn refused(path: &str, cause: &io::Error) -> Error {
    let message = match cause.kind() {
        io::ErrorKind::NotFound => "no such file; check the spelling and the folder".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it; check its owner and mode".to_owned(),
        io::ErrorKind::IsADirectory => "this is a directory; name the files in it".to_owned(),
        _ => format!("it could not be read: {cause}"),
    };
    Error::Read { path: path.to_owned(), cause: io::Error::new(cause.kind(), message) }
}

fn too_large(path: &str, limit: u64) -> Error {
    if limit == SIZE_LIMIT {
        let what = "larger than 1 GiB, which is the most that is read";
        return unsupported(path, what, "split it into smaller files");
    }
    let what = format!("larger than {} MB, the limit of this run", limit >> 20);
    unsupported(path, &what, "raise the limit with --max-size, or split the file")
}

pub(super) fn unsupported(path: &str, what: &str, hint: &str) -> Error {
    Error::Unsupported { path: path.to_owned(), what: what.to_owned(), hint: hint.to_owned() }
}

/// The SHA-256 of bytes, in 64 lower-case hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> (String, String) {
        match from_bytes("x", bytes.to_vec()) {
            Err(Error::Unsupported { what, hint, .. }) => (what, hint),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    #[test]
    fn text_is_hashed_and_kept() {
        let source = from_bytes("a/b.txt", b"abc".to_vec()).unwrap();
        assert_eq!(source.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((source.kind, source.path.as_str()), (FileKind::Text, "a/b.txt"));
        assert_eq!(source.kind.media_type(), "text/plain");
    }

    #[test]
    fn refusals_say_what_it_is_and_what_to_do() {
        let (what, hint) = refusal(b"{\\rtf1\\ansi");
        assert_eq!(what, "this is a rich text file (RTF)");
        assert_eq!(hint, "save it as .docx or PDF");
        let document = b"PK\x03\x04..........................mimetypeapplication/vnd.oasis.opendocument.text";
        assert!(refusal(document).1.contains("save it as .docx or PDF"));
        assert_eq!(refusal(b"").0, "the file is empty");
        assert!(refusal(b"\x1f\x8b\x08").1.contains("unpack it"));
        assert!(refusal(b"\x7fELF\x02\x01\x01\0abc").1.contains("not a report"));
        let (what, _) = refusal(b"ab\0\x01\x02\x03");
        assert_eq!(what, "not text: the byte at offset 2 cannot be part of a text");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes| shown(Path::new(std::ffi::OsStr::from_bytes(bytes)));
        assert_eq!(name(b"plain \xc3\xa9.txt"), "plain \u{e9}.txt");
        assert_eq!(name(b"a\xff\xfe.txt"), "a\\xFF\\xFE.txt");
        assert_ne!(name(b"a\xff.txt"), name(b"a\xfe.txt"));
    }

    #[test]
    fn what_the_system_refuses_is_told_plainly() {
        let missing = read(Path::new("/nonexistent/report.txt")).unwrap_err();
        assert_eq!(
            missing.to_string(),
            "/nonexistent/report.txt: no such file; check the spelling and the folder"
        );
        let folder = read(&std::env::temp_dir()).unwrap_err();
        assert!(folder.to_string().ends_with("this is a directory; name the files in it"), "{folder}");
    }
}
