//! CF802: broken numerals are read where a total proves them, and nowhere else.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::{Answer, Severity, Verdict};

fn answer(name: &str, text: &str) -> Answer {
    let source = source::from_bytes(name, text.as_bytes().to_vec()).unwrap();
    check(&[from_source(source, Grammar::embedded(), &Options::default()).unwrap()])
}

/// What is read of which print.
fn read(answer: &Answer) -> Vec<String> {
    let claims = answer.claims.iter().filter(|claim| claim.code == "CF802");
    claims.map(|claim| claim.arithmetic.to_string()).collect()
}

/// A table of three services and their total in two years, of which the second is given.
fn table(cells: [&str; 4]) -> String {
    let [a, b, c, total] = cells;
    format!(
        "Larkmere Council\nAnnual complaints report 2021/22\n\nComplaints by service\n\n\
         | Service | 2020/21 | 2021/22 |\n| --- | --- | --- |\n| Housing | 98 | {a} |\n| Highways | 57 | {b} |\n\
         | Waste | 31 | {c} |\n| Total | 186 | {total} |\n"
    )
}

#[test]
fn a_total_proves_what_a_numeral_was() {
    let cases = [
        (["1O4", "61", "25", "190"], "1O4 → 104"),
        (["104", "6l", "25", "190"], "6l → 61"),
        (["104", "6 1", "25", "190"], "6 1 → 61"),
        (["104", "61", "25b", "190"], "25b → 25"),
        (["1.937", "61", "25", "2,023"], "1.937 → 1,937"),
        (["10.5", "6.0", "25,5", "42.0"], "25,5 → 25.5"),
        (["104", "61", "25", "l9O"], "l9O → 190"),
    ];
    for (cells, expected) in cases {
        let answer = answer("report.txt", &table(cells));
        assert_eq!(read(&answer), [expected], "{cells:?}");
        let sums = answer.claims.iter().filter(|claim| claim.code == "CF101");
        assert_eq!(sums.filter(|claim| claim.verdict == Verdict::Holds).count(), 2, "{cells:?}");
        assert!(answer.findings.iter().all(|finding| finding.severity == Severity::Note), "{cells:?}");
        assert_eq!(answer.findings.len(), 1, "{cells:?}");
    }
}

#[test]
fn nothing_is_guessed_without_a_proof() {
    let cases = [
        // The total says otherwise.
        ["1O4", "61", "25", "191"],
        // Two are broken.
        ["1O4", "6l", "25", "190"],
        // One digit alone.
        ["104", "61", "l", "166"],
        // It is read without that.
        ["1,937to", "61", "25", "2,023"],
    ];
    for cells in cases {
        let answer = answer("report.txt", &table(cells));
        assert_eq!(read(&answer), [""; 0], "{cells:?}");
        assert!(answer.findings.iter().all(|finding| finding.severity == Severity::Note), "{cells:?}");
    }
}

#[test]
fn a_row_of_a_sheet_proves_it_too() {
    let csv = "Service,Stage 1,Stage 2,Stage 3,Total\nHousing,1O4,22,13,139\nHighways,61,14,11,86\n";
    assert_eq!(read(&answer("report.csv", csv)), ["1O4 → 104"]);
}
