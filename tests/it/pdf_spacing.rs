//! How far apart the lines of a page are set, and what that says of its paragraphs.

use crate::isolation::{pages, pages_in};
use crossfoot::internal::model::block::BlockKind;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;

/// The paragraphs of a page whose lines stand at these heights.
fn paragraphs(lines: &[(u32, &str)]) -> Vec<String> {
    let shown = lines.iter().map(|(y, text)| format!("BT /F 10 Tf 40 {y} Td ({text}) Tj ET\n"));
    read(pages(1, &shown.collect::<String>()))
}

/// The paragraphs of a file.
fn read(bytes: Vec<u8>) -> Vec<String> {
    let source = source::from_bytes("page.pdf", bytes).unwrap();
    let document = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
    let is_text = |kind: &BlockKind| !matches!(kind, BlockKind::Furniture);
    let blocks = document.blocks.iter().filter(|block| is_text(&block.kind));
    blocks.map(|block| block.passage.text.to_string()).collect()
}

#[test]
fn lines_set_wide_apart_are_one_paragraph_all_the_same() {
    let lines = [
        (360, "The council received 176 complaints in"),
        (340, "the year, which is up from 160 the year"),
        (320, "before that."),
        (285, "Of these, 60 were upheld, 80 were not,"),
        (265, "and the other 36 had not been decided"),
        (245, "when the report was written."),
    ];
    let wanted = [
        "The council received 176 complaints in the year, which is up from 160 the year before that.",
        "Of these, 60 were upheld, 80 were not, and the other 36 had not been decided when the report was written.",
    ];
    assert_eq!(paragraphs(&lines), wanted);
}

#[test]
fn names_set_wide_apart_are_no_paragraph() {
    let names = ["Adult Social Care", "Housing Repairs", "Waste and Streets", "Council Tax", "Planning"];
    let lines: Vec<(u32, &str)> = (0..).map(|n| 360 - 20 * n).zip(names).collect();
    assert_eq!(paragraphs(&lines), names);
}

#[test]
fn a_hyphen_that_is_drawn_is_a_hyphen() {
    // The font calls its hyphen by the name of the soft one, as fonts do that have one glyph for both.
    let font =
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 6 0 R >>";
    let page = "BT /F 10 Tf 40 300 Td (In 2022-23 we closed 48 complaints after 13-24 days.) Tj ET";
    let mut bytes = String::from_utf8(pages_in(font, 1, page)).unwrap();
    let map = "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <2D> <00AD> endbfchar";
    let object = format!("6 0 obj\n<< /Length {} >>\nstream\n{map}\nendstream\nendobj\n", map.len());
    bytes.insert_str(bytes.find("xref").unwrap(), &object);
    assert_eq!(read(bytes.into_bytes()), ["In 2022-23 we closed 48 complaints after 13-24 days."]);
}
