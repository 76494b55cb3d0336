//! The rules of [`arrange`](super::arrange), each with the blocks that it must give.

use super::arrange;
use crate::model::block::{BlockKind, Layout};
use crate::model::table::{Form, FoundTable, Table};
use crate::model::text::{Line, Passage, Place};
use crate::read::text;
use proptest::prelude::*;
use std::ops::Range;

fn lines(text: &str) -> Vec<Line> {
    text::lines(text.as_bytes()).0
}

fn table(lines: Range<usize>) -> FoundTable {
    let table = Table {
        title: None,
        notes: Vec::new(),
        form: Form::Pipes,
        reasons: Vec::new(),
        rows: 0,
        cols: 0,
        header_rows: 0,
        header_cols: 0,
        total_rows: Vec::new(),
        total_cols: Vec::new(),
        cells: Vec::new(),
        tallest: 0,
        lost_blanks: Vec::new(),
        place: Place::default(),
        continues: None,
    };
    FoundTable { table, lines, interleaved: Vec::new() }
}

fn name(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading { level } => format!("h{level}"),
        BlockKind::Paragraph => "p".into(),
        BlockKind::Item => "-".into(),
        BlockKind::Note => "*".into(),
        BlockKind::Table(index) => format!("t{index}"),
        BlockKind::Contents => "c".into(),
        BlockKind::Furniture => "f".into(),
    }
}

fn show(layout: &Layout) -> Vec<String> {
    layout
        .blocks
        .iter()
        .map(|b| format!("{} {}", name(b.kind), b.passage.text).trim_end().to_owned())
        .collect()
}

fn blocks(text: &str) -> Vec<String> {
    show(&arrange(&lines(text), Vec::new(), &[]))
}

#[test]
fn each_line_of_an_unwrapped_text_is_a_block() {
    let text = "Yearly Feedback Report\nThe service dealt with 31 cases.\nOf these, 4 went on to stage 2\n\
                and 1 to stage 3.\nPraise\nWe were thanked 12 times.\n";
    assert_eq!(
        blocks(text),
        [
            "h1 Yearly Feedback Report",
            "p The service dealt with 31 cases.",
            "p Of these, 4 went on to stage 2 and 1 to stage 3.",
            "h2 Praise",
            "p We were thanked 12 times."
        ]
    );
}

#[test]
fn wrapped_lines_are_joined_with_their_places() {
    let text = " 1. Cases Received \n1.1 Numbers \n \nIn the year there were more cases than ever before, namely\n\
                92 cases brought by parents, carers and young people, and\n15 of them (16%) came to nothing. \n\
                Short Title Here\nThe next year brought 74 of them, which was fewer than in\nthe year before it.\n";
    let layout = arrange(&lines(text), Vec::new(), &[]);
    assert_eq!(
        show(&layout),
        [
            "h2 Cases Received",
            "h3 Numbers",
            "p In the year there were more cases than ever before, namely 92 cases brought by parents, carers and \
             young people, and 15 of them (16%) came to nothing.",
            "h4 Short Title Here",
            "p The next year brought 74 of them, which was fewer than in the year before it."
        ]
    );
    let passage: &Passage = &layout.blocks[2].passage;
    let at = passage.text.find("92").unwrap();
    assert_eq!(passage.place(at..at + 2), Place { page: 1, line: 5, start: 0, line_end: 5, end: 2 });
    assert_eq!(layout.blocks[2].lines, 3..6);
    let heading = layout.blocks[0].passage.whole();
    assert_eq!((heading.line, heading.start, heading.end), (1, 4, 18));
}

#[test]
fn a_number_at_the_edge_of_a_wrapped_line_begins_nothing() {
    let text = "The number of cases that did not end at the first stage but at\n\
                2. That was more than in the year before, when there were only\n\
                - as far as is known - seven of that kind in the whole of the\n\
                county and its towns.\n";
    assert_eq!(blocks(text).len(), 1);
}

#[test]
fn a_paragraph_goes_on_over_the_end_of_a_page() {
    let page = |n: u32, rest: &str| format!("{rest}\n\nPage {n} of 3\n\x0c");
    let text = page(1, "Most of the cases that came in were about the time that a")
        + &page(
            2,
            "reply took, as they had been.\n\nThe others had to do with money, or with people who did",
        )
        + "not call back.\n";
    assert_eq!(
        blocks(&text),
        [
            "p Most of the cases that came in were about the time that a reply took, as they had been.",
            "p The others had to do with money, or with people who did not call back."
        ]
    );
}

#[test]
fn numbers_of_sections_alone_on_their_lines_are_no_figures() {
    let text = "The Report\n1\nForeword\nWe did quite well.\n2.\nCases\n2.1\nThe council had rather more cases than before.\n\
                117\nCases received\nIt was many.\n";
    assert_eq!(
        blocks(text)[1..],
        [
            "f 1",
            "h2 Foreword",
            "p We did quite well.",
            "f 2.",
            "h2 Cases",
            "f 2.1",
            "p The council had rather more cases than before.",
            "p 117",
            "h2 Cases received",
            "p It was many."
        ]
    );
}

#[test]
fn lines_that_hang_go_on() {
    let text = "The Report\nIn 2018/19 the Council received:\n• 12 cases (a rise of 2% on\nthe 10 received then)\n\
                One quarter was the busiest, when\n45 were received.\nMost wrote by post\n(55%), others rang.\n\
                PROPOSALS\na) that it be noted\nb) that more be brought\nback to us\n";
    assert_eq!(
        blocks(text)[1..],
        [
            "p In 2018/19 the Council received:",
            "- 12 cases (a rise of 2% on the 10 received then)",
            "p One quarter was the busiest, when 45 were received.",
            "p Most wrote by post (55%), others rang.",
            "h2 PROPOSALS",
            "- that it be noted",
            "- that more be brought back to us"
        ]
    );
}

#[test]
fn a_page_number_before_a_table_stands_alone() {
    let text = "Most of the cases that came in were about the\nPage 2 of 3\nlow | 4\nhigh | 5\n";
    let layout = arrange(&lines(text), vec![table(2..4)], &[]);
    assert_eq!(show(&layout)[1..], ["f Page 2 of 3", "t0"]);
}

#[test]
fn lists_and_numbered_paragraphs_lose_their_marks() {
    let text = "Start\n\nThe steps are:\n- 33% by post\n(85% in time)\n• two\n(a) three\n1. Write to us\n\
                2. Wait for word\n3. Speak up\n\n2.1 The council had 45 cases in the year.\n\n\
                2.2 48 cases went on to stage 2 in the year.\n\n4. What we learnt\nMuch.\n";
    assert_eq!(
        blocks(text),
        [
            "h1 Start",
            "p The steps are:",
            "- 33% by post (85% in time)",
            "- two",
            "- three",
            "- Write to us",
            "- Wait for word",
            "- Speak up",
            "p The council had 45 cases in the year.",
            "p 48 cases went on to stage 2 in the year.",
            "h2 What we learnt",
            "p Much."
        ]
    );
}

#[test]
fn markdown_headings_and_rules() {
    let text = "# The Report\n\nIn Short\n========\n\n## 1. Law ##\nIt is so.\n\n**Bold Head:**\n\nSee **this**.\n\n---\n\
                **Email:** <mailto:a@example.org>\n";
    assert_eq!(
        blocks(text),
        [
            "h1 The Report",
            "h1 In Short",
            "h2 Law",
            "p It is so.",
            "h3 Bold Head:",
            "p See **this**.",
            "f ---",
            "p **Email:** <mailto:a@example.org>"
        ]
    );
}

#[test]
fn prose_that_begins_with_a_number_is_prose() {
    let text = "Title Of It\n92 complaints were received in the year.\n\n12 MP enquiries\n\n3 Stage 2 cases upheld.\n";
    assert_eq!(
        blocks(text),
        [
            "h1 Title Of It",
            "p 92 complaints were received in the year.",
            "p 12 MP enquiries",
            "p 3 Stage 2 cases upheld."
        ]
    );
}

#[test]
fn tables_keep_their_lines_and_notes_follow() {
    let text = "Cases by Team\nNorth | 4\nSouth | 5\n*at the end of March\n1 Includes cases that were not yet closed.\n\
                Note: counted twice\nThe cases rose.\n";
    let layout = arrange(&lines(text), vec![table(1..3)], &[]);
    assert_eq!(
        show(&layout),
        [
            "h1 Cases by Team",
            "t0",
            "* at the end of March",
            "* Includes cases that were not yet closed.",
            "* counted twice",
            "p The cases rose."
        ]
    );
    assert_eq!(layout.tables.len(), 1);
}

#[test]
fn numbered_sentences_in_a_row_are_a_list_without_their_numbers() {
    let text =
        "Policies.\n\n1 Parents may ask for a later day.\n2 Schools may ask for the same, if they say why.\n";
    let shown = [
        "p Policies.",
        "- Parents may ask for a later day.",
        "- Schools may ask for the same, if they say why.",
    ];
    assert_eq!(show(&arrange(&lines(text), Vec::new(), &[])), shown);
    let counts = "1 Complaint was upheld in part.\n\n7 Complaints were not upheld.\n";
    let shown = ["p 1 Complaint was upheld in part.", "p 7 Complaints were not upheld."];
    assert_eq!(show(&arrange(&lines(counts), Vec::new(), &[])), shown);
}

#[test]
fn text_between_the_rows_of_a_table_follows_it() {
    let found = FoundTable { interleaved: vec![1, 3], ..table(0..4) };
    let layout = arrange(
        &lines("- 33% delay\n(85% not upheld)\n- 67% staff\n(all upheld)\n\nSo it was.\n"),
        vec![found],
        &[],
    );
    assert_eq!(show(&layout), ["t0", "p (85% not upheld)", "p (all upheld)", "p So it was."]);
}

#[test]
fn tables_that_overlap_are_told_of() {
    let layout = arrange(&lines("a\nb\nc\n"), vec![table(1..3), table(0..2), table(2..9)], &[]);
    assert_eq!(show(&layout), ["t0", "p c"]);
    assert_eq!(layout.diagnostics.len(), 2);
}

#[test]
fn contents_are_neither_headings_nor_figures() {
    let text = "Contents\nForeword3\nCases\t4\n\nForeword\nWe did well.\n\nCases\nThere were 4.\n";
    assert_eq!(
        blocks(text),
        [
            "c Contents",
            "c Foreword3",
            "c Cases\t4",
            "h1 Foreword",
            "p We did well.",
            "h2 Cases",
            "p There were 4."
        ]
    );
}

#[test]
fn bare_titles_in_a_row_are_a_list_and_lost_cells_no_headings() {
    let text = "Top\n\nIt began.\n\nLessons\nSlow replies\nPoor notes\nLost letters\n\nOutlook\nIt goes on.\n\
                \nColumn\n\nOther\n\nThird\n\n4 5 6\n";
    let found = blocks(text);
    assert_eq!(
        found[2..8],
        ["h2 Lessons", "- Slow replies", "- Poor notes", "- Lost letters", "h2 Outlook", "p It goes on."]
    );
    assert_eq!(found[8..], ["p Column", "p Other", "p Third", "p 4 5 6"]);
}

/// Every line that is not blank is in exactly one block, and the blocks stand in order.
fn check(lines: &[Line], layout: &Layout) {
    let mut covered = vec![0; lines.len()];
    let mut end = 0;
    for block in &layout.blocks {
        assert!(block.lines.start >= end && block.lines.start < block.lines.end, "{block:?}");
        end = block.lines.end;
        block.lines.clone().for_each(|i| covered[i] += 1);
        assert!(matches!(block.kind, BlockKind::Table(_)) || !block.passage.is_empty(), "{block:?}");
    }
    for (line, count) in lines.iter().zip(covered) {
        assert!(count == 1 || line.text.trim().is_empty(), "line {} is in {count} blocks", line.number);
    }
}

/// Lines of the kinds that decide something, in any order.
fn document() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(String::new()),
        Just("\x0c".to_owned()),
        "[0-9.()*#•o-]{0,4} ?[A-Za-z0-9%£é –]{0,60}[.:]?",
        "[a-z ]{30,90}",
        "Page [0-9] of 9",
        "[A-Z][a-z]{3,9}( [a-z]{2,9}){0,5}( ?\\.{0,6}[0-9]{1,2})?",
        "(\\*\\*|__|\\|)[A-Za-z ]{0,9}(\\*\\*|:|\\|)?",
        "={1,5}|-{1,5}",
    ];
    prop::collection::vec(line, 0..60).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_bytes_are_arranged(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let (lines, _) = text::lines(&bytes);
        check(&lines, &arrange(&lines, Vec::new(), &[]));
    }

    #[test]
    fn any_document_is_arranged(text in document(), start in 0usize..40, length in 0usize..9) {
        let lines = lines(&text);
        check(&lines, &arrange(&lines, vec![table(start..start + length)], &[]));
    }

    #[test]
    fn sentences_cover_the_text_in_order(text in "([a-zA-Z]{0,6}[.!?;•é\"') 0-9]{0,3}){0,30}") {
        let mut end = 0;
        for range in super::sentences(&text) {
            prop_assert!(range.start >= end && range.end > range.start);
            prop_assert!(text[end..range.start].trim().is_empty());
            end = range.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }
}
