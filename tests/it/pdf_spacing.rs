//! How far apart the lines of a page are set, and what that says of its paragraphs.

use crate::isolation::pages;
use crossfoot::internal::model::block::BlockKind;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;

/// The paragraphs of a page whose lines stand at these heights.
fn paragraphs(lines: &[(u32, &str)]) -> Vec<String> {
    let shown = lines.iter().map(|(y, text)| format!("BT /F 10 Tf 40 {y} Td ({text}) Tj ET\n"));
    let bytes = pages(1, &shown.collect::<String>());
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
