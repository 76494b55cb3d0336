//! Web pages, Word documents and Markdown that are broken or made to do harm are read as far as they go, in fair time.

use crossfoot::internal::model::diagnostic::Error;
use crossfoot::internal::model::document::Document;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::from_source;
use crossfoot::internal::read::source::{FileKind, from_bytes};
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Much more than any of them takes, even without optimisation on a busy machine; quadratic work takes longer.
const FAIR: Duration = Duration::from_secs(60);

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Document {
    let start = Instant::now();
    let source = from_bytes(name, bytes.as_ref().to_vec()).unwrap();
    let document = from_source(source, Grammar::embedded(), &Default::default()).unwrap();
    assert!(start.elapsed() < FAIR, "{name}: {:?}", start.elapsed());
    document
}

fn codes(document: &Document) -> Vec<&str> {
    document.diagnostics.iter().map(|d| d.code).collect()
}

fn has(document: &Document, text: &str) -> bool {
    document.lines.iter().any(|line| line.text.contains(text))
}

fn docx(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("[Content_Types].xml", b"<Types/>" as &[u8])].iter().chain(parts) {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn refusal(name: &str, bytes: &[u8]) -> (String, String) {
    let read = from_bytes(name, bytes.to_vec())
        .and_then(|source| from_source(source, Grammar::embedded(), &Default::default()));
    match read {
        Err(Error::Unsupported { what, hint, .. }) => (what, hint),
        other => panic!("expected a refusal, got {:?}", other.map(|d| d.lines.len())),
    }
}

#[test]
fn empty_files_are_refused() {
    for name in ["a.html", "a.docx", "a.md", "a.zip"] {
        assert_eq!(refusal(name, b"").0, "the file is empty", "{name}");
    }
    assert!(read("a.html", "<html></html>").lines.is_empty());
    assert!(read("a.md", "\n").blocks.is_empty());
}

#[test]
fn pages_nested_without_end_are_flattened() {
    for tag in ["div", "table><tr><td", "b", "ul><li", "font color=1", "span", "blockquote"] {
        let page =
            format!("<html><h1>Report</h1><{tag}>{}<p>We had 45 cases", format!("<{tag}>").repeat(100_000));
        let document = read("a.html", page);
        assert!(has(&document, "We had 45 cases"), "{tag}");
        assert!(codes(&document).contains(&"deep-nesting"), "{tag}: {:?}", codes(&document));
    }
}

#[test]
fn formats_left_open_do_not_fill_the_memory() {
    let open: String = (0..400).map(|n| format!("<font size={n}>")).collect();
    let page = format!("<html><h1>R</h1><p>{open}</p>{}", "<p>x".repeat(20_000));
    let document = read("a.html", page);
    assert!(codes(&document).contains(&"page-cut"), "{:?}", codes(&document));
}

#[test]
fn tags_left_open_end_where_browsers_end_them() {
    let page = "<html><h1>Report 2020/21<p>Of <b>40 cases<table><tr><th>Team<th>Cases<tr><td>Homes<td>10<tr><td>Roads<td>30</table><p>End";
    let document = read("a.html", page);
    assert_eq!(document.tables.len(), 1);
    assert_eq!(document.tables[0].text(2, 1), "30");
}

#[test]
fn spans_without_measure_are_cut() {
    let page = "<html><h1>R</h1><table><tr><th>A<th colspan=1000000>B<tr><td rowspan=99999999>x<td rowspan=0>1</table>";
    let document = read("a.html", page);
    assert_eq!((document.tables[0].rows, document.tables[0].cols), (2, 2));
}

#[test]
fn a_million_cells_are_read() {
    let row = "<tr><td>Homes<td>1<td>2<td>3<td>4<td>5<td>6<td>7<td>8<td>9";
    let page = format!("<html><h1>R</h1><table>{}</table>", row.repeat(100_000));
    let source = from_bytes("a.html", page.into_bytes()).unwrap();
    let start = Instant::now();
    let flow = crossfoot::internal::read::html::read(&source.bytes);
    assert_eq!((flow.tables.len(), flow.tables[0].rows.len()), (1, 100_000));
    assert!(start.elapsed() < FAIR, "{:?}", start.elapsed());
}

#[test]
fn names_do_not_matter() {
    let page = "<!-- saved -->\n<!DOCTYPE html><p>5 cases";
    for name in ["a.txt", "a.docx", "a.xls", "a.md", "-"] {
        assert_eq!(from_bytes(name, page.into()).unwrap().kind, FileKind::Html, "{name}");
    }
    let text = b"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>5 cases</w:t></w:r></w:p></w:body></w:document>";
    for name in ["a.zip", "a.doc", "a.html"] {
        assert!(has(&read(name, docx(&[("word/document.xml", text)])), "5 cases"), "{name}");
    }
    // In place of a PDF, it is most likely not what was asked for.
    assert!(refusal("a.pdf", page.as_bytes()).1.contains("name it .html"));
    // Only a name tells a page without a head from text.
    assert_eq!(from_bytes("a.html", b"Cases: <p>5</p>".to_vec()).unwrap().kind, FileKind::Html);
    assert_eq!(from_bytes("a.txt", b"Cases: <p>5</p>".to_vec()).unwrap().kind, FileKind::Text);
    assert_eq!(from_bytes("a.html", b"no tags at all".to_vec()).unwrap().kind, FileKind::Text);
}

#[test]
fn pages_in_other_encodings_are_read() {
    let page = |charset: &str| format!("<html><meta charset={charset}><h1>R</h1><p>£5 paid – twice");
    let utf16: Vec<u8> = page("utf-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(has(&read("a.html", [b"\xff\xfe".to_vec(), utf16.clone()].concat()), "£5 paid - twice"));
    assert!(has(&read("a.html", utf16), "£5 paid - twice"));
    let latin = page("iso-8859-1").replace('£', "\u{1}").replace('–', "\u{2}").into_bytes();
    let latin: Vec<u8> =
        latin.into_iter().map(|b| [b, 0xa3, 0x96][usize::from(b == 1) + 2 * usize::from(b == 2)]).collect();
    assert!(has(&read("a.html", latin), "£5 paid - twice"));
}

#[test]
fn documents_that_are_cut_off_say_so() {
    let text =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">".repeat(50);
    let whole = docx(&[("word/document.xml", text.as_bytes())]);
    let (what, hint) = refusal("a.docx", &whole[..whole.len() - 30]);
    assert!(what.starts_with("this is a Word document that cannot be opened"), "{what}");
    assert!(hint.contains("cut off or damaged"));
    let (what, _) = refusal("a.docx", &docx(&[("word/styles.xml", b"<x/>")]));
    assert!(what.contains("without its text"), "{what}");
}

#[test]
fn documents_that_fill_the_memory_are_refused() {
    let bytes = docx(&[("word/document.xml", &vec![b' '; 40 << 20])]);
    assert!(bytes.len() < 1 << 20);
    let (what, hint) = refusal("a.docx", &bytes);
    assert!(what.contains("far more than its size"), "{what}");
    assert!(hint.contains("made to fill the memory"), "{hint}");
}

#[test]
fn markdown_nested_without_end_is_read() {
    for mark in ["> ", "[", "*", "- ", "`", "<a>", "![", "~~", "\\"] {
        let document = read("a.md", format!("# R\n\n{} 45 cases\n", mark.repeat(20_000)));
        assert!(has(&document, "45 cases"), "{mark}");
    }
}

#[test]
fn kinds_that_are_not_read_say_what_to_do() {
    let refused = |bytes: &[u8]| refusal("a", bytes).1;
    assert!(refused(b"{\\rtf1").contains("save it as .docx or PDF"));
    assert!(
        refused(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"\r\n")
            .contains("save it as HTML")
    );
    assert!(refused(&docx(&[("ppt/presentation.xml", b"<p/>")])).contains("save it as PDF"));
}

/// However a document is cut or changed, it is read or refused.
#[test]
fn broken_documents_do_no_harm() {
    let text = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>5 cases</w:t></w:r></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Team</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>45</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    let links =
        "<Relationships><Relationship Id=\"s\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";
    let parts: [(&str, &[u8]); 3] = [
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("word/styles.xml", b"<w:styles><w:style w:styleId=\"a\"/></w:styles>"),
    ];
    let whole = docx(&parts);
    let mut state = 7u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize
    };
    for _ in 0..400 {
        let mut broken = whole.clone();
        for _ in 0..1 + random() % 8 {
            let at = random() % broken.len();
            broken[at] = (random() % 256) as u8;
        }
        let read = from_bytes("a.docx", broken)
            .and_then(|source| from_source(source, Grammar::embedded(), &Default::default()));
        match read {
            Ok(document) => assert!(document.lines.len() < 100),
            Err(error) => assert!(!error.what().0.is_empty()),
        }
    }
}
