//! All English is data: what the program knows of the language stands in `grammars/`, and the code holds marks.

use std::fs;
use std::path::{Path, PathBuf};

/// Floors that write for people, or read names that a format gives: `<caption>`, `tblHeader`.
const PASSED: &[&str] = &["cli", "report", "read", "reconcile/solve"];

/// The docs and examples of a check stand in its file and are written for people; what it emits follows them.
const CHECKS: &str = "reconcile/rules/cf";
/// Where they end.
const END_OF_DOCS: &str = "\n};\n";

/// Files of names that are printed or written by us: units and facets in results, the notation of patterns, the marks of
/// statements, the reasons of odds, the kinds of documents.
const NAMES: &[&str] = &[
    "model/about.rs",
    "model/facets.rs",
    "model/print.rs",
    "model/names.rs",
    "phrase/pattern.rs",
    "phrase/stanzas.rs",
    "reconcile/evidence/mod.rs",
];

/// What is left: classes of the vocabulary by their names, and pieces of messages. It only ever gets smaller.
const MOST: usize = 70;

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The string literals of a piece of Rust. Those of attributes and comments are left out.
fn literals(code: &str) -> Vec<String> {
    let chars: Vec<char> = code.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut found, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        match at(i) {
            '/' if at(i + 1) == '/' => i += chars[i..].iter().take_while(|c| **c != '\n').count(),
            '#' if at(i + 1) == '[' || at(i + 1) == '!' && at(i + 2) == '[' => {
                let mut depth = 0;
                while i < chars.len() {
                    depth += i32::from(at(i) == '[') - i32::from(at(i) == ']');
                    i += 1;
                    if depth == 0 && at(i - 1) == ']' {
                        break;
                    }
                }
            }
            '\'' if at(i + 1) == '\\' => i += 4,
            '\'' if at(i + 2) == '\'' => i += 3,
            'r' if at(i + 1) == '"' || at(i + 1) == '#' && at(i + 2) == '"' => {
                let hashes = usize::from(at(i + 1) == '#');
                let start = i + 2 + hashes;
                let ends = |e: &usize| at(*e) == '"' && (hashes == 0 || at(*e + 1) == '#');
                let end = (start..chars.len()).find(ends).unwrap_or(chars.len());
                found.push(chars[start..end].iter().collect());
                i = end + 1 + hashes;
            }
            '"' => {
                let mut end = i + 1;
                while end < chars.len() && at(end) != '"' {
                    end += 1 + usize::from(at(end) == '\\');
                }
                found.push(chars[i + 1..end.min(chars.len())].iter().collect());
                i = end + 1;
            }
            _ => i += 1,
        }
    }
    found
}

/// How many words a literal has, where it is a word or a short phrase of letters and nothing else. Longer ones are
/// sentences for people, those with other signs codes and formats.
fn words(literal: &str) -> usize {
    let words: Vec<&str> = literal.split_whitespace().collect();
    let lettered = |w: &&str| w.len() > 1 && w.chars().all(|c| c.is_alphabetic() || c == '\'');
    if words.len() <= 3 && words.iter().all(lettered) { words.len() } else { 0 }
}

#[test]
fn the_code_holds_marks_and_no_words() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    files.sort();
    let (mut told, mut all) = (Vec::new(), 0);
    for path in files {
        let within = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let stem = path.file_stem().unwrap().to_string_lossy();
        let tests = matches!(&*stem, "tests" | "properties" | "sample" | "testing");
        if tests || PASSED.iter().any(|p| within.starts_with(p)) || NAMES.contains(&within.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let is_check = within.starts_with(CHECKS);
        let own = if is_check { own.split_once(END_OF_DOCS).map_or("", |(_, emits)| emits) } else { own };
        let found: Vec<String> = literals(own).into_iter().filter(|l| words(l) > 0).collect();
        let count: usize = found.iter().map(|l| words(l)).sum();
        all += count;
        if count > 0 {
            told.push(format!("{count} {within}: {found:?}"));
        }
    }
    assert!(all <= MOST, "{all} words stand in string literals; put them in grammars/:\n{}", told.join("\n"));
    // The reader of this test would see nothing if it read nothing.
    assert!(all > 20, "only {all} words were found");
}

#[test]
fn literals_are_told_from_the_rest() {
    let code = "#[serde(rename = \"no\")]\n// \"no\"\nlet a = [\"total\", r\"x y\", '\"', r#\"a \"q\"\"#, \"\\\"b\"];";
    assert_eq!(literals(code), ["total", "x y", "a \"q\"", "\\\"b"]);
    let counts = ["total", "grand total", "long-line", "{}", "it has four words", "a"].map(words);
    assert_eq!(counts, [1, 2, 0, 0, 0, 0]);
}
