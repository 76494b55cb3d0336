//! PDFs that are cut, changed and put together at random: they are refused with a hint, or read, and never empty without
//! a word of why.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::from_source;
use crossfoot::internal::read::source;
use std::path::Path;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

fn broken(mut bytes: Vec<u8>, way: usize, dice: &mut Dice) -> Vec<u8> {
    let at = dice.below(bytes.len());
    let length = dice.below(200);
    match way % 4 {
        0 => bytes.truncate(at),
        1 => (0..dice.below(20) + 1).for_each(|_| {
            let at = dice.below(bytes.len());
            bytes[at] = dice.below(256) as u8;
        }),
        2 => drop(bytes.drain(at..(at + length).min(bytes.len()))),
        _ => {
            let piece = bytes[at..(at + length).min(bytes.len())].repeat(dice.below(4) + 1);
            let to = dice.below(bytes.len());
            drop(bytes.splice(to..to, piece));
        }
    }
    bytes
}

#[test]
fn broken_files_are_refused_or_read_and_never_silently_empty() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf");
    let mut paths: Vec<_> = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "pdf"));
    // The large ones take time, and are tried by tests of their own.
    let large = ["many-pages", "million-glyphs", "million-overprinted", "million-rules", "flate-bomb"];
    paths.retain(|p| !large.iter().any(|l| p.to_string_lossy().contains(l)));
    paths.sort();
    let (mut refused, mut read, mut dice) = (0, 0, Dice(1));
    for path in &paths {
        let sound = std::fs::read(path).unwrap();
        for way in 0..4 {
            let bytes = broken(sound.clone(), way, &mut dice);
            let name = format!("{} {way}", path.display());
            let result = source::from_bytes("broken.pdf", bytes)
                .and_then(|source| from_source(source, Grammar::embedded(), &Default::default()));
            match result {
                Err(error) => {
                    assert!(error.what().1.is_some_and(|hint| !hint.is_empty()), "{name}: {error}");
                    refused += 1;
                }
                Ok(document) => {
                    let empty = document.lines.iter().all(|l| l.text.trim().is_empty());
                    assert!(
                        !empty || !document.diagnostics.is_empty(),
                        "{name} is empty, and nothing says why"
                    );
                    read += 1;
                }
            }
        }
    }
    // Most can still be read, at least in part.
    assert!(refused > 10 && read > refused, "{refused} refused, {read} read");
}

fn codes(bytes: Vec<u8>) -> Result<Vec<&'static str>, String> {
    let source = source::from_bytes("broken.pdf", bytes).map_err(|error| error.to_string())?;
    let document = from_source(source, Grammar::embedded(), &Default::default());
    let document = document.map_err(|error| error.to_string())?;
    Ok(document.diagnostics.iter().map(|d| d.code).collect())
}

/// The bytes with some of them, and all up to others, blanked.
fn without(mut bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    let find = |what: &str, after: usize| {
        bytes[after..].windows(what.len()).position(|w| w == what.as_bytes()).unwrap() + after
    };
    let start = find(from, 0);
    let end = find(to, start) + to.len();
    bytes[start..end].fill(b' ');
    bytes
}

#[test]
fn what_is_missing_of_a_file_is_told() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf");
    let sound = std::fs::read(dir.join("superscripts.pdf")).unwrap();
    assert!(
        codes(sound.clone()).unwrap().iter().all(|code| !code.contains("page") && !code.contains("file"))
    );
    // Cut off behind the page: the list of pages stood before it.
    let cut = sound[..sound.len() * 9 / 10].to_vec();
    assert!(codes(cut).unwrap().contains(&"cut-off-file"));
    // The content is gone; then the list of pages.
    let content = String::from_utf8_lossy(&sound).split("/Contents ").nth(1).unwrap()[..12].to_owned();
    let number = content.split_whitespace().next().unwrap();
    let lost = without(sound.clone(), &format!("\n{number} 0 obj"), "endobj");
    assert!(codes(lost).unwrap().contains(&"damaged-page"));
    let lost = without(sound, "\n1 0 obj", "endobj");
    assert!(codes(without(lost, "\ntrailer", "%%EOF")).unwrap().contains(&"broken-page-tree"));
}
