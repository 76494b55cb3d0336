//! What is asked of the program whatever it is given. A target is the name of one of these functions.
//!
//! That nothing panics, hangs or takes all memory is asked by the fuzzer; the rest is asked here.

use crossfoot::cli::kept;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::{given, read};
use crossfoot::{Crossfoot, Document};
use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

/// Reads a document of any kind, checks it and writes it in every form.
pub fn document(name: &str, bytes: &[u8]) {
    let reader = Crossfoot::new().max_pages(8);
    let Ok(document) = reader.read_bytes(name, bytes) else { return };
    places(&document);
    cells(&document);
    let json = document.to_json();
    // Both take as long as reading, so that every fourth input has to do.
    if bytes.len() % 4 == 0 {
        let again = reader.read_bytes(name, bytes).expect("what was read once is read again");
        assert_eq!(json, again.to_json(), "it is read alike twice");
        packed(&document);
    }
    assert!(!document.to_csv().is_empty());
    document.to_markdown();
    assert!(document.diagnostics().all(|told| !told.message.is_empty()));
    let answer = Crossfoot::check(std::slice::from_ref(&document));
    assert!(!answer.to_json().is_empty());
}

/// Every figure stands within the lines that it is said to stand in, and is the text there.
fn places(document: &Document) {
    for figure in document.figures() {
        let span = &figure.span;
        let line = |number: Option<u32>| {
            let at = number.and_then(|number| number.checked_sub(1)).expect("lines count from 1");
            document.lines.get(at as usize).unwrap_or_else(|| panic!("there is no such line: {span:?}"))
        };
        let (first, last) = (line(span.line), line(span.line_end.or(span.line)));
        assert!(first.number <= last.number, "it ends after it begins: {span:?}");
        // A blank cell that a sum takes in is a figure.
        let text = span.text.as_ref().is_some_and(|text| !text.is_empty() || span.cell.is_some());
        assert!(text, "there is text: {span:?}");
        let Some([from, to]) = span.chars else { continue };
        assert!(from as usize <= first.as_printed().chars().count(), "it begins within its line: {span:?}");
        assert!(to as usize <= last.as_printed().chars().count(), "it ends within its line: {span:?}");
        assert!(first.number < last.number || from < to, "it is not empty: {span:?}");
    }
}

/// No two cells of a table stand in one place.
fn cells(document: &Document) {
    for table in document.tables() {
        let mut places: Vec<_> = table.cells.iter().map(|cell| (cell.row, cell.col)).collect();
        places.sort_unstable();
        let all = places.len();
        places.dedup();
        assert_eq!(all, places.len(), "two cells of {} stand in one place", table.id);
    }
}

/// A document that is packed and unpacked is the same.
fn packed(document: &Document) {
    let bytes = postcard::to_allocvec(document).expect("documents can be written");
    let packed = kept::pack(document).expect("documents can be packed");
    let unpacked = kept::unpack(&packed).expect("what was packed is unpacked");
    // Coordinates that are no numbers are never equal, so the bytes are compared.
    assert!(bytes == postcard::to_allocvec(&unpacked).expect("documents can be written"));
    assert_eq!(document.to_json(), unpacked.to_json());
}

/// What stands before each member of a [`package`], with the name on the rest of its line.
const MEMBER: &[u8] = b"\n%%%member ";

/// An Office document. Its members are given plainly, because what is packed hardly ever survives a change.
pub fn package(bytes: &[u8]) {
    document("report.zip", &zipped(bytes));
}

fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let how = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut rest = bytes;
    while let Some(at) = find(rest, MEMBER) {
        rest = &rest[at + MEMBER.len()..];
        let end = find(rest, MEMBER).unwrap_or(rest.len());
        let (name, content) = rest[..end].split_at(find(&rest[..end], b"\n").unwrap_or(end));
        if zip.start_file(String::from_utf8_lossy(name), how).is_ok() {
            zip.write_all(content.get(1..).unwrap_or_default()).expect("memory can be written");
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// An archive: its members are inputs.
pub fn archive(bytes: &[u8]) {
    let path = temporary("zip", bytes);
    let members = read::archive::members(&path).unwrap_or_default();
    for member in members.paths.iter().take(4) {
        if let Ok(document) = Crossfoot::new().max_pages(2).read(member) {
            places(&document);
            assert!(document.path().starts_with(&*path.to_string_lossy()));
        }
    }
}

/// A file of this process with these bytes; each takes the place of the one before.
fn temporary(ending: &str, bytes: &[u8]) -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    let folder = if memory.is_dir() { memory } else { std::env::temp_dir() };
    let path = folder.join(format!("crossfoot-fuzz-{}.{ending}", std::process::id()));
    fs::write(&path, bytes).expect("a file can be written");
    path
}

/// A line: its numerals, its periods, and what it states.
pub fn phrase(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    states(Grammar::embedded(), text);
}

fn states(grammar: &Grammar, text: &str) {
    let tokens = grammar.lex(text);
    let mut end = 0;
    for token in &tokens {
        assert!(token.range.start >= end, "tokens overlap at {:?}", token.range);
        assert!(text.get(token.range.clone()).is_some_and(|text| !text.is_empty()), "{:?}", token.range);
        end = token.range.end;
    }
    assert!(grammar.clause_starts(text, &tokens).iter().all(|at| *at < tokens.len()));
    for statement in grammar.statements(text, &tokens) {
        assert!(statement.tokens.end <= tokens.len(), "{statement:?}");
        assert!(statement.slots.iter().all(|(_, token)| *token < tokens.len()), "{statement:?}");
    }
}

/// A file of the grammar, by the name on its first line.
pub fn grammar(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (path, text) = text.split_once('\n').unwrap_or(("vocabulary/own.toml", text));
    match Grammar::with_file(path, text) {
        Ok(grammar) => {
            states(&grammar, "We received 12 complaints in 2021/22, a third more than the 9 of 2020/21.")
        }
        Err(error) => assert!(!error.what().0.is_empty()),
    }
}

/// What a user says that documents are about: a manifest, and each of its cells.
pub fn about(bytes: &[u8]) {
    let path = temporary("csv", bytes);
    kept::manifest(&path);
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for line in text.lines() {
        if let Ok(said) = given::Given::parse(line) {
            assert!(said != given::Given::default());
            let again = given::Given::parse(line);
            assert!(again.is_ok_and(|again| again == said), "it is read alike twice");
        }
        for cell in line.split(',') {
            if let Ok(body) = given::organisation(cell) {
                given::near(&body);
            }
            let _ = (given::period(cell), given::kind(cell));
        }
    }
}

/// What the program reads back: packed documents, rows, the journal of a batch, and what its processes send each other.
pub fn kept(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    match kind % 4 {
        0 => {
            let Ok(document) = postcard::from_bytes::<Document>(bytes) else { return };
            packed(&document);
        }
        1 => {
            let _ = kept::rows(bytes);
            let _ = kept::unpack(bytes);
        }
        2 => {
            for written in kept::heads(bytes).into_iter().flatten() {
                assert!(kept::heads(&written).iter().flatten().any(|again| *again == written));
            }
        }
        _ => {
            let (head, rest) = bytes.split_at(bytes.len() / 2);
            let path = temporary("journal", &[&kept::record(head, b"body"), rest].concat());
            let read = kept::journal(&path).expect("what is whole is read");
            assert_eq!(
                kept::journal(&path).expect("what is whole is read"),
                read,
                "it is opened alike twice"
            );
        }
    }
}

/// What the program writes, as an input of [`kept`].
pub fn written(seed: u32) -> Vec<u8> {
    let text = "Brindlewick Council: complaints 2021/22\n\nWe received 12 complaints, 3 more than in 2020/21.\n\n\
        Stage | 2020/21 | 2021/22\nStage 1 | 7 | 8\nStage 2 | 2 | 4\nTotal | 9 | 13\n";
    let document = Crossfoot::new().read_bytes("report.txt", text).expect("text is read");
    let mut bytes = vec![(seed % 4) as u8];
    match seed % 4 {
        0 => bytes.extend(postcard::to_allocvec(&document).expect("documents can be written")),
        1 => bytes.extend(kept::packed_rows(&document).expect("rows can be packed")),
        _ => bytes.extend(kept::head(&document).expect("heads can be written")),
    }
    bytes
}
