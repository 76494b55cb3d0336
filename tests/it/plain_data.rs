//! A document is plain data: written as JSON or packed, and read back, it is the same, and gives the same claims and findings.

use crate::once::{Checked, checked};
use crossfoot::internal::model::document::Document;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::Answer;
use crossfoot::internal::report::schema::{CheckAnswer, ExtractOf};
use std::fs;
use std::path::{Path, PathBuf};
use std::slice::from_ref;

fn below(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn answers(document: &Document, answer: &Answer) -> (String, String) {
    let extract = serde_json::to_string(&ExtractOf(document)).unwrap();
    (extract, serde_json::to_string(&CheckAnswer::of(from_ref(document), answer)).unwrap())
}

#[test]
fn what_is_written_and_read_back_gives_the_same_claims() {
    let mut files = Vec::new();
    below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"), &mut files);
    let endings = ["txt", "pdf", "csv", "html", "docx", "xlsx", "ods", "xls", "md"];
    files.retain(|file| file.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)));
    files.sort();
    let mut compared = 0;
    for (file, Checked { document, answer }) in files.iter().filter_map(|file| Some((file, checked(file)?))) {
        let json = serde_json::to_string(document).unwrap();
        let back: Document = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        assert!(back == *document, "{} is another document when it is read back", file.display());
        let packed = postcard::to_allocvec(document).unwrap();
        let unpacked = postcard::from_bytes::<Document>(&packed);
        assert!(
            unpacked.as_ref() == Ok(document),
            "{} is another document when it is unpacked",
            file.display()
        );
        assert_eq!(serde_json::to_string(&back).unwrap(), json, "{}", file.display());
        assert!(
            answers(&back, &check(from_ref(&back))) == answers(document, answer),
            "{} gives other answers",
            file.display()
        );
        compared += 1;
    }
    assert!(compared >= 28, "only {compared} documents of {} were compared", files.len());
}
