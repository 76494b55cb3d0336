//! The floors of the house: a module uses only the floors below its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The top-level modules of `src`, from the ground up; ARCHITECTURE.md says what each is for.
const FLOORS: &[&str] = &[
    "pack",
    "model",
    "lex",
    "phrase",
    "read",
    "layout",
    "table",
    "observe",
    "pipeline",
    "reconcile",
    "report",
    "facade",
    "cli",
];

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

/// The code of a file without comments and without its tests, which may use what they like.
fn code(text: &str) -> String {
    let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    own.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The top-level modules that a piece of code names.
fn used(code: &str) -> impl Iterator<Item = &str> {
    let paths = code.split("crate::").skip(1);
    paths.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default())
}

#[test]
fn every_arrow_between_modules_points_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let rank: BTreeMap<&str, usize> = FLOORS.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut files = Vec::new();
    sources(&src, &mut files);
    let (mut up, mut arrows) = (Vec::new(), 0);
    for path in files {
        let within = path.strip_prefix(&src).unwrap();
        let top = within.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned();
        let stem = within.file_stem().unwrap().to_string_lossy();
        if matches!(top.as_str(), "lib" | "main") {
            continue;
        }
        let own =
            *rank.get(top.as_str()).unwrap_or_else(|| panic!("{top} is on no floor: name it in FLOORS"));
        if matches!(&*stem, "tests" | "properties" | "sample" | "testing") {
            continue;
        }
        let text = code(&fs::read_to_string(&path).unwrap());
        for name in used(&text) {
            let floor = rank.get(name).copied();
            arrows += usize::from(floor.is_some_and(|floor| floor < own));
            if floor.is_some_and(|floor| floor > own) {
                up.push(format!("{} uses crate::{name}", within.display()));
            }
        }
    }
    assert!(up.is_empty(), "arrows up:\n{}", up.join("\n"));
    // The reader of this test would see nothing if it read nothing.
    assert!(arrows > 500, "only {arrows} arrows were found");
}
