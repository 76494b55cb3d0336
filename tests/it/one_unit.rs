//! CF702: what is printed in two units that cannot both be right, and what only looks so.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;

/// The findings of a report, each as its code and message.
fn told(text: &str) -> Vec<String> {
    let text = format!("Larkmere Council\nAnnual complaints report 2021/22\n\n{text}");
    let source = source::from_bytes("report.txt", text.into_bytes()).unwrap();
    let answer = check(&[from_source(source, Grammar::embedded(), &Options::default()).unwrap()]);
    answer.findings.into_iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

const COMPENSATION: &str = "
| Compensation | 2020/21 £000 | 2021/22 £000 |
| --- | --- | --- |
| Housing | 980 | 1,240 |
| Highways | 310 | 295 |
";

#[test]
fn an_amount_is_not_in_thousands_of_itself() {
    let found = told(&format!("We paid £1,240 in compensation for Housing in 2021/22.\n{COMPENSATION}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("CF702 £1,240 and £1,240,000 are printed for the same figure"), "{found:?}");
}

#[test]
fn an_amount_that_is_printed_elsewhere_is_that_one() {
    let found = told(&format!(
        "We paid £1,240 in compensation for Housing in 2021/22.\n{COMPENSATION}\n\
         | Tenants | 2021/22 £ |\n| --- | --- |\n| Elm House | 1,240 |\n| Oak House | 870 |\n"
    ));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn amounts_that_come_to_the_same_are_no_finding() {
    for amount in ["£1.24 million", "£1.2m", "£1,240,000", "£1,240k"] {
        let found =
            told(&format!("We paid {amount} in compensation for Housing in 2021/22.\n{COMPENSATION}"));
        assert!(found.is_empty(), "{amount}: {found:?}");
    }
}

#[test]
fn two_tables_print_one_column_in_two_units() {
    let found = told(
        "| Fees | 2021/22 £000 |\n| --- | --- |\n| Parking | 412 |\n| Markets | 386 |\n| Halls | 297 |\n\n\
         Detail\n\n| Fees | 2021/22 £ |\n| --- | --- |\n| Parking | 412 |\n| Markets | 386 |\n| Halls | 297 |\n",
    );
    let units: Vec<_> = found.iter().filter(|finding| finding.starts_with("CF702")).collect();
    assert_eq!(units.len(), 1, "{found:?}");
}

const UPHELD: &str = "
| Upheld by service in 2021/22 | Upheld | Upheld % |
| --- | --- | --- |
";

#[test]
fn a_percentage_is_no_count_of_its_row() {
    let sentence = "In 2021/22, 92% of complaints about Housing were upheld.\n";
    let found = told(&format!("{sentence}{UPHELD}| Housing | 92 | 41% |\n| Highways | 35 | 56% |\n"));
    assert!(found.iter().any(|finding| finding.starts_with("CF702 92% ")), "{found:?}");
    let both = told(&format!("{sentence}{UPHELD}| Housing | 92 | 92% |\n| Highways | 35 | 56% |\n"));
    assert!(both.is_empty(), "{both:?}");
}

#[test]
fn days_are_not_working_days() {
    let plain = "The average time to respond to complaints in 2021/22 was 12 days.";
    let working = "In 2021/22 the average time to respond to complaints was 12 working days.";
    let apart = told(&format!("{plain}\n\nPerformance\n\n{working}\n"));
    assert!(apart.iter().any(|finding| finding.starts_with("CF702 12 days ")), "{apart:?}");
    let beside = told(&format!("{working} {plain}\n"));
    assert!(beside.is_empty(), "{beside:?}");
    let said = told(&format!("{plain}\n\nPerformance\n\n{working}\n\nTimes are in working days.\n"));
    assert!(said.is_empty(), "{said:?}");
    let limits = told(
        "We answer complaints within 20 days.\n\nPerformance\n\nComplaints are answered within 20 working days.\n",
    );
    assert!(limits.is_empty(), "{limits:?}");
}
