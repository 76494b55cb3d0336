//! Whatever the bytes, the program answers, and answers alike each time.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::from_source;
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::report::schema::{CheckAnswer, Extract};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Reads, checks and writes an input; nothing where its bytes are refused.
fn answer(bytes: &[u8]) -> Option<String> {
    let source = source::from_bytes("any.txt", bytes.to_vec()).ok()?;
    let documents = [from_source(source, Grammar::embedded(), &Default::default()).unwrap()];
    let answer = CheckAnswer::of(&documents, &check(&documents));
    let extract = Extract::of(&documents[0]);
    assert_spans(&extract);
    Some(serde_json::to_string(&extract).unwrap() + &serde_json::to_string(&answer).unwrap())
}

/// Every figure stands where it is said to stand: a forward span with text in it.
fn assert_spans(extract: &Extract) {
    for observation in &extract.observations {
        let span = &observation.span;
        let (line, [from, to]) = (span.line.unwrap(), span.chars.unwrap());
        let end = span.line_end.unwrap_or(line);
        assert!(end > line || (end == line && from < to), "{span:?}");
        assert!(span.text.as_ref().is_some_and(|text| !text.is_empty()), "{span:?}");
    }
}

/// What tables are made of.
const CELLS: &[&str] = &[
    "|",
    " | ",
    "\t",
    "   ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{c}",
    " / ",
    "---",
    ": ",
    "Total",
    "Upheld",
    "Stage 1",
    "Q1",
    "2020/21",
    "2021/22",
    "1",
    "12",
    "1,204",
    "7%",
    "100%",
    "<5",
    "*",
    "-",
    "n/a",
    "£1,200.50",
    "(3)",
    "+14%",
    "1 204",
    "\u{a0}",
    "\u{2013}",
];

/// What reports are made of.
const WORDS: &[&str] = &[
    "The council received ",
    "complaints ",
    "of the ",
    "of which ",
    "were upheld",
    "an increase of ",
    "a fall of ",
    "compared with ",
    "from ",
    "to ",
    "in 2020/21",
    "in 2021/22",
    "last year",
    "doubled ",
    "a third ",
    "sixteen ",
    "(",
    ")",
    "40 ",
    "1,204 ",
    "17% ",
    "£4,000 ",
    "at stage 1 ",
    "stage 2",
    ", ",
    "; ",
    ": ",
    ".",
    ".\n",
    "\n\n",
    "• ",
    "1.2 ",
    "# ",
    "Total ",
    "Ombudsman ",
    "on average ",
    "10 working days",
    "none ",
    "more than ",
    "é",
    "…",
    "\u{c}",
];

fn text(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    vec(select(pieces), 1..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        answer(&bytes);
    }

    #[test]
    fn any_characters(text in "\\PC{0,120}") {
        answer(text.as_bytes());
    }

    #[test]
    fn anything_like_a_table_reads_alike_twice(text in text(CELLS)) {
        prop_assert_eq!(answer(text.as_bytes()), answer(text.as_bytes()));
    }

    #[test]
    fn anything_like_a_report_reads_alike_twice(text in text(WORDS)) {
        prop_assert_eq!(answer(text.as_bytes()), answer(text.as_bytes()));
    }

    #[test]
    fn a_report_cut_anywhere(cut in 0usize..4000) {
        let report = include_bytes!("../../corpus/nettlewick/2014-15/report.txt");
        answer(&report[..cut.min(report.len())]);
    }
}
