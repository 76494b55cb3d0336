//! Sums that nobody calls so are found in tables of any form, where their siblings bear them out.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline as document;
use crossfoot::internal::pipeline::Options;
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::{Severity, Verdict};

const GROUPED: &str = "\
Service | 2019/20 | 2020/21 | 2021/22 | 2022/23
Housing | 1411 | 1222 | 1333 | 1562
Repairs | 640 | 573 | 601 | 766
Lettings | 327 | 211 | 377 | 439
Estates | 444 | 438 | 355 | 357
Roads | 1862 | 1691 | 1820 | 1960
Potholes | 1405 | 1174 | 1190 | 1241
Lighting | 457 | 517 | 630 | 719
Waste | 800 | 912 | 1001 | 1290
";

type Claims = Vec<(String, Verdict)>;

/// The verdicts on the sums of columns, and the messages of what is shown.
fn sums(name: &str, text: &str) -> (Claims, Vec<(Severity, String)>) {
    let source = source::from_bytes(name, text.as_bytes().to_vec()).unwrap();
    let answer = check(&[document::from_source(source, Grammar::embedded(), &Options::default()).unwrap()]);
    let sums = answer.claims.iter().filter(|claim| claim.code == "CF101");
    let sums = sums.map(|claim| (claim.published.trim().to_owned(), claim.verdict)).collect();
    (sums, answer.findings.iter().map(|f| (f.severity, f.message.clone())).collect())
}

fn forms(table: &str) -> [(&'static str, String); 2] {
    [
        ("report.txt", format!("Complaints by service and year\n\n{table}")),
        ("report.csv", table.replace(" | ", ",")),
    ]
}

#[test]
fn groups_that_come_before_their_parts_are_their_sums() {
    let all = ["1411", "1222", "1333", "1562", "1862", "1691", "1820", "1960"];
    for (name, text) in forms(GROUPED) {
        let (claims, findings) = sums(name, &text);
        assert_eq!(claims, all.map(|total| (total.to_owned(), Verdict::Holds)), "{name}");
        assert_eq!(findings, [], "{name}");
    }
}

#[test]
fn a_group_that_breaks_among_its_siblings_is_a_warning() {
    for (name, text) in forms(&GROUPED.replace("1960", "1951")) {
        let message = "The total says 1951; its parts add up to 1960".to_owned();
        assert_eq!(sums(name, &text).1, [(Severity::Warning, message)], "{name}");
    }
}

#[test]
fn one_unit_among_exact_siblings_is_not_rounding() {
    for (name, text) in forms(&GROUPED.replace("1960", "1961")) {
        assert_eq!(sums(name, &text).1.len(), 1, "{name}");
    }
}

#[test]
fn a_sum_that_holds_once_by_chance_is_no_claim() {
    let table = "\
Service | 2019/20 | 2020/21
Housing | 14 | 12
Roads | 9 | 7
Waste | 5 | 31
Parks | 22 | 18
";
    for (name, text) in forms(table) {
        assert_eq!(sums(name, &text), (Vec::new(), Vec::new()), "{name}");
    }
}

const WITH_A_NOTE: &str = "\
Year,Housing,Highways,Total
2018,213276,222430,435706
2019,202432,211279,413824
2020,201877,209954,411831
2021,198456,205512,403968
2022,197003,204115,401118
There were 113 complaints in 2019 for which the service was not recorded.
";

/// The verdicts on the sums of rows, and how many findings there are.
fn row_sums(text: &str) -> (Vec<Verdict>, usize) {
    let source = source::from_bytes("report.csv", text.as_bytes().to_vec()).unwrap();
    let answer = check(&[document::from_source(source, Grammar::embedded(), &Options::default()).unwrap()]);
    let sums = answer.claims.iter().filter(|claim| claim.code == "CF102").map(|claim| claim.verdict);
    let told = answer.findings.iter().filter(|f| f.severity != Severity::Note).count();
    (sums.collect(), told)
}

#[test]
fn a_note_that_names_the_gap_explains_it() {
    let (holds, left_out) = (Verdict::Holds, Verdict::HoldsByConvention);
    assert_eq!(row_sums(WITH_A_NOTE), (vec![holds, left_out, holds, holds, holds], 0));
    // A note of another year, or of another number, explains nothing.
    for other in ["113 complaints in 2020", "114 complaints in 2019"] {
        let (verdicts, told) = row_sums(&WITH_A_NOTE.replace("113 complaints in 2019", other));
        assert_eq!((verdicts.get(1), told), (Some(&Verdict::Inconsistent), 1), "{other}");
    }
}

#[test]
fn a_balance_whose_signs_no_row_tells_accuses_nobody() {
    let table = |rows: &str| {
        let head = "Service | Brought forward | Received | Closed | Carried forward";
        format!("Complaints by service\n\n{head}\n{rows}")
    };
    assert_eq!(sums("report.txt", &table("Housing | 0 | 5 | 5 | 0\nRoads | 0 | 7 | 7 | 0\n")).1, []);
    assert_eq!(sums("report.txt", &table("Housing | 3 | 5 | 4 | 9\nRoads | 2 | 7 | 3 | 1\n")).1, []);
}
