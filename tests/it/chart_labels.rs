//! CF404: the labels of a chart against the table that it draws.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::{Answer, Severity, Verdict};

const TABLE: &str = "Larkmere Council
Annual complaints report 2021/22

Complaints by service

| Service | 2020/21 | 2021/22 |
| --- | --- | --- |
| Housing | 41 | 45 |
| Highways | 57 | 61 |
| Waste | 31 | 25 |
| Planning | 40 | 38 |
| Libraries | 14 | 19 |
";

fn answer(chart: &str) -> Answer {
    let text = format!("{TABLE}\nWhat they were about\n\n{chart}\n");
    let source = source::from_bytes("report.txt", text.into_bytes()).unwrap();
    check(&[from_source(source, Grammar::embedded(), &Options::default()).unwrap()])
}

/// How many labels hold and which are told.
fn found(chart: &str) -> (usize, Vec<String>) {
    let answer = answer(chart);
    let labels = answer.claims.iter().filter(|claim| claim.code == "CF404");
    let holds = labels.filter(|claim| claim.verdict == Verdict::Holds).count();
    let loud = answer.findings.into_iter().filter(|finding| finding.severity > Severity::Note);
    (holds, loud.map(|finding| format!("{} {}", finding.code, finding.message)).collect())
}

#[test]
fn labels_beside_before_and_after_their_numbers() {
    for chart in [
        "Housing 45\n\nHighways 61\n\nWaste 25\n\nPlanning 38\n\nLibraries 19",
        "45\n\nHousing\n\n61\n\nHighways\n\n25\n\nWaste\n\n38\n\nPlanning\n\n19\n\nLibraries",
        "Housing\n\n45\n\nHighways\n\n61\n\nWaste\n\n25\n\nPlanning\n\n38\n\nLibraries\n\n19",
    ] {
        assert_eq!(found(chart), (5, vec![]), "{chart}");
    }
}

#[test]
fn one_label_of_five_is_a_slip_of_its_row() {
    for chart in [
        "Housing 45\n\nHighways 16\n\nWaste 25\n\nPlanning 38\n\nLibraries 19",
        "45\n\nHousing\n\n16\n\nHighways\n\n25\n\nWaste\n\n38\n\nPlanning\n\n19\n\nLibraries",
    ] {
        let (holds, told) = found(chart);
        assert_eq!((holds, told.len()), (4, 1), "{told:?}");
        assert!(
            told[0].starts_with("CF404 The chart is labelled 16") && told[0].contains("has 61"),
            "{told:?}"
        );
    }
}

#[test]
fn what_agrees_too_seldom_draws_something_else() {
    for chart in [
        // Two of five.
        "Housing 45\n\nHighways 61\n\nWaste 52\n\nPlanning 83\n\nLibraries 91",
        // Three agree, and two do not.
        "Housing 45\n\nHighways 61\n\nWaste 25\n\nPlanning 83\n\nLibraries 91",
        // Shares of the same rows.
        "Housing 24%\n\nHighways 32%\n\nWaste 13%\n\nPlanning 20%\n\nLibraries 10%",
        // Other rows.
        "Parking 45\n\nMarkets 16\n\nHalls 25\n\nPools 38\n\nParks 19",
    ] {
        let (holds, told) = found(chart);
        assert_eq!((holds, told), (0, vec![]), "{chart}");
    }
}

#[test]
fn sentences_are_no_labels() {
    let (holds, told) = found("Housing had 45.\n\nHighways had 61.\n\nWaste had 25.\n\nPlanning had 83.");
    assert!(holds == 0 && told.iter().all(|finding| !finding.starts_with("CF404")), "{told:?}");
}

#[test]
fn bars_by_a_row_make_its_count() {
    let sums = |chart: &str| {
        let answer = answer(chart);
        let sums = answer.claims.into_iter().filter(|claim| claim.code == "CF102");
        sums.map(|claim| claim.published).collect::<Vec<_>>()
    };
    let all = "24\n\nHousing 11\n\n10\n\n31\n\nHighways 21\n\n9\n\n12\n\nWaste 7\n\n6\n\n18\n\nPlanning 13\n\n7\n\n8\n\nLibraries 6\n\n5";
    assert_eq!(sums(all), ["45", "61", "25", "38", "19"]);
    // One that does not make its count draws something else.
    assert_eq!(sums(&all.replace("31", "13")), Vec::<String>::new());
}
