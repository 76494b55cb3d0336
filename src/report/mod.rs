//! Writes results for people and for programs. Each output has a module.

#[cfg(feature = "pdf")]
pub mod annotate;
pub mod chosen;
pub mod csv;
pub mod data_set;
mod excerpt;
pub mod github;
#[cfg(feature = "html-report")]
pub mod html;
pub mod json;
pub mod jsonl;
pub mod markdown;
pub mod panel;
#[cfg(feature = "render")]
pub mod picture;
pub mod sarif;
pub mod schema;
pub mod statistics;
pub mod text;
pub(crate) mod told;

use crate::model::diagnostic::Severity;

/// Replaces each character that a terminal would act on, such as control characters and marks that turn the direction
/// of writing, by one that is harmless. Otherwise a document could write over the report.
pub fn printable(text: &str) -> String {
    text.chars().map(printable_char).collect()
}

/// A text of a document as it may stand in HTML and SVG, between tags and in attributes.
pub(crate) fn markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().map(printable_char) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

fn printable_char(c: char) -> char {
    match c {
        '\t' => ' ',
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// The word for a severity.
pub(crate) fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A number with its noun: "1 figure", "2 figures".
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_write_over_the_report() {
        assert_eq!(printable("a\u{1b}[2J\tb\u{202e}"), "a\u{fffd}[2J b\u{fffd}");
    }
}
