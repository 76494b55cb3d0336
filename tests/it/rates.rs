//! Rates for so many people, sums of money with their pence, and what was answered in time and late.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::{Severity, Verdict};

/// What is published and how it fares, of the claims of a check; and the codes of what is shown.
fn checked(name: &str, text: &str, code: &str) -> (Vec<(String, Verdict)>, Vec<&'static str>) {
    let source = source::from_bytes(name, text.as_bytes().to_vec()).unwrap();
    let answer = check(&[from_source(source, Grammar::embedded(), &Options::default()).unwrap()]);
    let claims = answer.claims.iter().filter(|claim| claim.code == code);
    let claims = claims.map(|claim| (claim.published.trim().to_owned(), claim.verdict)).collect();
    (claims, answer.findings.iter().filter(|f| f.severity > Severity::Note).map(|f| f.code).collect())
}

fn verdicts(text: &str, code: &str) -> Vec<Verdict> {
    checked("report.txt", text, code).0.into_iter().map(|(_, verdict)| verdict).collect()
}

const RATE: &str = "Larkmere Council\nComplaints 2021/22\n\n";

#[test]
fn a_rate_is_of_the_people_that_its_sentence_or_paragraph_counts() {
    for sentence in [
        "In 2021/22 we received 92 complaints, or 4.1 per 1,000 residents (population 22,400).",
        "With a population of 22,400, the 92 complaints received amount to 41.1 per 10,000 people.",
        "The council received 92 complaints. That is 411 per 100,000 residents (population 22,400).",
        "The town has 22,400 residents. It made 92 complaints, a rate of 4.1 per thousand people.",
    ] {
        let found = verdicts(&format!("{RATE}{sentence}\n"), "CF603");
        assert_eq!(found, [Verdict::HoldsByRounding], "{sentence}");
    }
}

#[test]
fn a_rate_that_fails_is_told_where_one_count_and_one_population_can_be_meant() {
    let one = "In 2021/22 we received 92 complaints, or 5.1 per 1,000 residents (population 22,400).\n";
    assert_eq!(checked("a.txt", &format!("{RATE}{one}"), "CF603").1, ["CF603"]);
    let two = "We received 92 complaints and 35 enquiries, or 5.1 per 1,000 residents (population 22,400).\n";
    assert_eq!(checked("a.txt", &format!("{RATE}{two}"), "CF603").1, [""; 0]);
    let alone = "We received 92 complaints, or 5.1 per 1,000 residents.\n";
    assert_eq!(verdicts(&format!("{RATE}{alone}"), "CF603"), [Verdict::Unverifiable]);
}

#[test]
fn a_rate_that_was_rounded_twice_holds_by_convention() {
    let text = "We received 182 complaints, or 451 per 1,000 residents (population 404).\n";
    assert_eq!(verdicts(&format!("{RATE}{text}"), "CF603"), [Verdict::HoldsByConvention]);
}

#[test]
fn rates_of_tables_are_of_the_line_that_their_head_names() {
    let table = "\
Measure | April 2022 | May 2022
Number of calls | 8,120 | 7,964
Calls that were lost | 812 | 640
Calls per 1,000 residents | 262.0 | 250.0
";
    let text = format!("{RATE}In May 2022 the town had a population of 31,100.\n\n{table}");
    let (rates, told) = checked("calls.txt", &text, "CF603");
    assert_eq!((rates, told), (vec![("250.0".to_owned(), Verdict::Inconsistent)], vec!["CF603"]));
    let right = text.replace("250.0", "256.1");
    let (rates, told) = checked("calls.txt", &right, "CF603");
    assert_eq!((rates, told), (vec![("256.1".to_owned(), Verdict::HoldsByRounding)], vec![]));
}

#[test]
fn a_ward_has_no_rate_of_the_people_of_the_district() {
    let table = "\
Ward | Complaints | Complaints per 1,000 residents
Abbey | 24 | 4.6
Castle | 31 | 4.4
Mill | 37 | 3.7
";
    let text = format!("{RATE}The district has a population of 22,400.\n\n{table}");
    assert_eq!(checked("wards.txt", &text, "CF603"), (vec![], vec![]));
}

#[test]
fn rates_of_a_column_are_no_parts_of_a_total() {
    let table = "\
Ward | Complaints | Population | Rate per 1,000
Abbey | 24 | 5,200 | 4.6
Castle | 31 | 7,100 | 4.4
Mill | 37 | 10,100 | 3.7
Total | 92 | 22,400 | 4.1
";
    for (name, text) in [
        ("wards.txt", format!("{RATE}Complaints by ward\n\n{table}")),
        ("wards.csv", table.replace(',', "").replace(" | ", ",")),
    ] {
        let (rates, told) = checked(name, &text, "CF603");
        assert_eq!(rates.len(), 4, "{name}");
        assert!(rates.iter().all(|(_, verdict)| *verdict == Verdict::HoldsByRounding), "{name} {rates:?}");
        assert_eq!(told, [""; 0], "{name}");
    }
}

#[test]
fn heads_of_spaced_columns_hold_the_number_of_a_rate() {
    let text = format!(
        "{RATE}Complaints by ward\n\n\
Ward           Complaints   Population   Rate per 10,000 residents\n\
Abbey          24           5,200        46.2\n\
Castle         31           7,100        43.7\n\
Mill           37           10,100       36.6\n"
    );
    let rates = checked("wards.txt", &text, "CF603").0;
    assert_eq!(rates.iter().map(|(rate, _)| rate.as_str()).collect::<Vec<_>>(), ["46.2", "43.7", "36.6"]);
    assert!(rates.iter().all(|(_, verdict)| *verdict == Verdict::HoldsByRounding), "{rates:?}");
}

#[test]
fn sums_with_pence_have_a_code_of_their_own_and_those_in_pounds_have_not() {
    let text = |amounts: [&str; 3]| {
        let [a, b, total] = amounts;
        format!("{RATE}Compensation\n\nService | Paid\nHousing | {a}\nRoads | {b}\nTotal | {total}\n")
    };
    let pence = text(["£240.50", "£310.75", "£551.25"]);
    assert_eq!(verdicts(&pence, "CF703"), [Verdict::Holds]);
    assert_eq!(checked("a.txt", &text(["£240.50", "£310.75", "£551.35"]), "CF703").1, ["CF703"]);
    assert_eq!(verdicts(&text(["£240", "£310", "£550"]), "CF101"), [Verdict::Holds]);
}

#[test]
fn in_time_and_late_make_what_was_closed() {
    let table = |head: &str, all: [u32; 3]| {
        let [a, b, c] = all;
        format!(
            "{RATE}Response times\n\nQuarter | On time | Late | {head}\nQuarter 1 | 20 | 4 | {a}\n\
             Quarter 2 | 24 | 7 | {b}\nQuarter 3 | 18 | 7 | {c}\n"
        )
    };
    for head in ["Closed", "Responses", "Total"] {
        let found = verdicts(&table(head, [24, 31, 25]), "CF704");
        assert_eq!(found, [Verdict::Holds; 3], "{head}");
        assert_eq!(checked("a.txt", &table(head, [24, 33, 25]), "CF704").1, ["CF704"], "{head}");
    }
    // What came in can still be open.
    assert_eq!(checked("a.txt", &table("Received", [29, 36, 31]), "CF704"), (vec![], vec![]));
}

#[test]
fn an_extension_is_a_band_of_its_own() {
    let text = "Of the 80 complaints closed, 62 were answered within timescale, 8 were answered with an extension and \
                10 were answered outside timescale.\n";
    assert_eq!(verdicts(&format!("{RATE}{text}"), "CF704"), [Verdict::Holds]);
}
