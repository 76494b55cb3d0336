//! `docs/accuracy.md`, which two benches write: `accuracy` all but the last part, `fit` that part.

use super::twins::root;
use std::fs;

/// How the part that `fit` writes begins.
const LAST: &str = "\n## How sure, and how often right\n";

/// Writes the page with other parts before its last one, or with another last part.
pub fn write(first: Option<&str>, last: Option<&str>) {
    let path = root().join("docs/accuracy.md");
    let old = fs::read_to_string(&path).unwrap_or_default();
    let (old_first, old_last) = old.split_once(LAST).unwrap_or((&old, ""));
    let (first, last) = (first.unwrap_or(old_first), last.unwrap_or(old_last));
    fs::write(path, format!("{first}{LAST}{last}")).expect("docs can be written");
}
