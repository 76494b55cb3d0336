//! Pages in the shapes in which councils publish them: what is content, which tables there are, what does not add up.

use crossfoot::internal::model::block::BlockKind;
use crossfoot::internal::model::document::Document;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline as document;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::report::schema::{CheckAnswer, observations};
use std::path::Path;

fn read(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages").join(name);
    document::read(&path, Grammar::embedded(), &Default::default()).unwrap()
}

fn titles(document: &Document) -> Vec<(&str, usize, usize)> {
    let tables = document.tables.iter();
    tables.map(|t| (t.title.as_ref().map_or("", |title| title.text.as_str()), t.rows, t.cols)).collect()
}

fn texts(document: &Document, wanted: fn(BlockKind) -> bool) -> Vec<&str> {
    let blocks = document.blocks.iter().filter(|block| wanted(block.kind));
    blocks.map(|block| block.passage.text.as_str()).collect()
}

fn headings(document: &Document) -> Vec<&str> {
    texts(document, |kind| matches!(kind, BlockKind::Heading { .. }))
}

fn prose(document: &Document) -> Vec<&str> {
    texts(document, |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Note))
}

fn findings(document: Document) -> Vec<String> {
    let documents = [document];
    let answer = CheckAnswer::of(&documents, &check(&documents));
    answer.findings.into_iter().map(|finding| finding.arithmetic).collect()
}

#[test]
fn an_accordion_with_spanning_heads() {
    let page = read("accordion.html");
    let title = "Complaints annual report 2022 to 2023";
    assert_eq!(headings(&page), [title, "Complaints by service", "Outcomes at stage 1"]);
    assert_eq!(
        prose(&page),
        [
            "We received 410 complaints at stage 1 in 2022/23, compared with 380 in 2021/22.",
            "Planning includes building control.",
            "Of the 410 complaints, 205 (50%) were upheld."
        ]
    );
    assert_eq!(titles(&page), [("Table 1: Complaints by service and stage", 6, 5)]);
    assert_eq!((page.tables[0].header_rows, page.tables[0].header_cols), (2, 1));
    assert_eq!((page.tables[0].text(0, 2), page.tables[0].text(4, 2)), ("Stage 1", "90¹"));
    let info = page.origin.info.clone().unwrap();
    assert_eq!(info.modified.as_deref(), Some("2023-09-04T10:11:12+01:00"));
    assert_eq!(findings(page), ["170 + 140 + 90 = 400; printed 410, 10 too many"]);
}

#[test]
fn tables_in_tables_and_tags_left_open() {
    let page = read("layout-tables.html");
    assert_eq!(titles(&page), [("Complaints by department", 5, 3)]);
    assert_eq!(page.tables[0].total_rows, [4]);
    assert!(prose(&page).contains(&"Of these, 120 were upheld."));
    assert!(!prose(&page).iter().any(|text| text.contains("311")));
    assert!(findings(page).is_empty());
}

#[test]
fn figures_captions_and_lists_of_terms() {
    let page = read("blocks.html");
    assert_eq!(titles(&page), [("Table 1: Complaints by quarter", 6, 3), ("Key figures", 2, 2)]);
    assert_eq!(headings(&page), ["Complaints data 2021/22", "Response times", "Key figures", "How we count"]);
    assert!(prose(&page).contains(&"Bar chart: 180 of 240 complaints were answered in time"));
    let values: Vec<String> = observations(&page).filter_map(|o| o.value).collect();
    assert!(values.contains(&"4250".to_owned()) && !values.contains(&"12".to_owned()), "{values:?}");
    assert!(findings(page).is_empty());
}

#[test]
fn a_page_that_a_word_processor_saved() {
    let page = read("word-saved.htm");
    assert_eq!(headings(&page), ["Annual complaints report 2018/19", "Ombudsman"]);
    assert_eq!(titles(&page), [("", 4, 3)]);
    assert_eq!(prose(&page)[1..], ["Two complaints were settled early.", "Three of them came in 2017/18."]);
    assert!(observations(&page).all(|o| o.value.as_deref() != Some("241")));
    assert!(findings(page).is_empty());
}

#[test]
fn labels_over_several_rows() {
    let page = read("groups.html");
    assert_eq!(titles(&page), [("Complaints received by directorate and service", 7, 4)]);
    assert_eq!((page.tables[0].text(3, 0), page.tables[0].text(5, 0)), ("Place", "People"));
    assert_eq!(page.tables[0].notes.len(), 1);
    let of = |value: &str| observations(&page).find(|o| o.value.as_deref() == Some(value)).unwrap().span;
    assert_eq!(of("34").locator.as_deref(), Some("table[1]/r4c4"));
    let told: Vec<Option<String>> =
        observations(&page).filter(|o| o.value.as_deref() == Some("110")).map(|o| o.span.locator).collect();
    assert_eq!(told, [Some("p[3]".to_owned())]);
    assert_eq!(findings(page)[0], "44 + 12 + 34 + 9 + 11 = 110; printed 111, 1 too many");
}

#[test]
fn tables_that_are_printed_or_drawn_with_style_sheets() {
    let page = read("printed.html");
    assert_eq!(
        headings(&page),
        ["Complaints report 2019/20", "Complaints by service", "Complaints by stage"]
    );
    assert_eq!(
        titles(&page),
        [("Table 1: Complaints by service", 4, 3), ("Table 2: Complaints by stage", 4, 3)]
    );
    assert_eq!((page.tables[0].text(2, 0), page.tables[0].text(2, 2)), ("Street cleaning", "40"));
    assert_eq!((page.tables[1].text(1, 0), page.tables[1].text(3, 1)), ("Stage 1", "64"));
    assert_eq!(prose(&page), ["The numbers are those of the last day of March.", "Some are still open."]);
    assert_eq!(findings(page), ["81 + 40 = 121; printed 124, 3 too many"]);
}
