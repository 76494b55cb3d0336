//! Two reports of one body, read together: what the later one prints again of the earlier one's year.

use crate::scoring;
use crossfoot::internal::reconcile::claim::{Severity, Verdict};
use std::path::Path;

const EARLIER: &str = "corpus/keldwick/2022-23/report-clean.txt";
const LATER: &str = "corpus/keldwick/2023-24";
const CODE: &str = "CF501";

#[test]
fn a_figure_that_was_changed_after_it_was_published_is_told_with_both_places() {
    let answer = scoring::together(&[Path::new(EARLIER), &Path::new(LATER).join("report.txt")]);
    let found: Vec<_> = answer.findings.iter().filter(|f| f.severity > Severity::Note).collect();
    assert!(found.iter().all(|f| f.code == CODE && f.severity == Severity::Warning), "{found:#?}");
    let sums: Vec<&str> = found.iter().map(|f| f.arithmetic.as_str()).collect();
    assert_eq!(sums, ["315 ≠ 311", "264 ≠ 268"]);
    for (finding, (earlier, later)) in found.iter().zip([(18, 12), (19, 13)]) {
        let claim = answer.claims.iter().find(|c| finding.claim_ids.contains(&c.id)).unwrap();
        let spans = claim.spans.iter().chain(claim.operands.iter().map(|o| &o.span));
        let places: Vec<_> = spans.map(|s| (s.path.as_deref().unwrap_or_default(), s.line)).collect();
        assert!(
            places.iter().any(|(path, line)| path.ends_with(EARLIER) && *line == Some(earlier)),
            "{places:?}"
        );
        assert!(places.iter().any(|(path, line)| path.contains(LATER) && *line == Some(later)), "{places:?}");
    }
}

#[test]
fn a_figure_that_is_printed_again_unchanged_holds() {
    let answer = scoring::together(&[Path::new(EARLIER), &Path::new(LATER).join("report-clean.txt")]);
    assert!(answer.findings.iter().all(|f| f.severity == Severity::Note), "{:#?}", answer.findings);
    let again: Vec<_> = answer.claims.iter().filter(|c| c.code == CODE).collect();
    assert!(again.iter().all(|c| c.verdict == Verdict::Holds));
    let mut values: Vec<&str> = again.iter().map(|c| c.published.as_str()).collect();
    values.sort_unstable();
    // The five directorates of table 1 and their total, which the text has too; the reviews at stage 2 in the text and in table 2, with the four
    // quarters of that table.
    assert_eq!(values, ["18", "20", "21", "25", "268", "311", "82", "84", "84", "84", "842", "842", "97"]);
}

#[test]
fn the_order_in_which_reports_are_given_makes_no_difference() {
    let [earlier, later] = [Path::new(EARLIER).to_owned(), Path::new(LATER).join("report.txt")];
    let sums = |paths: [&Path; 2]| {
        let answer = scoring::together(&paths);
        let again = answer.findings.into_iter().filter(|f| f.code == CODE);
        again.map(|f| (f.message, f.arithmetic)).collect::<Vec<_>>()
    };
    assert_eq!(sums([&earlier, &later]), sums([&later, &earlier]));
}

#[test]
fn a_report_that_is_given_twice_is_told_once() {
    let folder = Path::new("corpus/farrowmouth/2023-24");
    let report = folder.join("report.txt");
    let alone = scoring::together(&[&report]);
    for (other, how) in [(&report, "the same bytes as"), (&folder.join("report.html"), "in another form")] {
        let both = scoring::together(&[&report, other]);
        let messages = |answer: &crossfoot::internal::report::schema::CheckAnswer| {
            answer.findings.iter().map(|f| f.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(messages(&both), messages(&alone));
        assert_eq!((both.claims.len(), &both.coverage), (alone.claims.len(), &alone.coverage));
        let notes: Vec<_> = both.diagnostics.iter().filter(|d| d.code == "copy").collect();
        assert!(notes.len() == 1 && notes[0].message.contains(how), "{notes:?}");
    }
    // A revised edition has values of its own.
    let revised = scoring::together(&[&report, &folder.join("report-clean.txt")]);
    assert!(revised.diagnostics.iter().all(|d| d.code != "copy"), "{:?}", revised.diagnostics);
}
