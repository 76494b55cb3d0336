//! What may be joined: figures that hold together although they do not belong together are a wrong belief, so that each test has
//! a pair that must not be joined beside one that is.

use crate::beliefs::answer;
use crossfoot::internal::model::quantity::Unit;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::claim::Verdict;

/// The arithmetic of the claims of a check that hold.
fn held(text: &str, code: &str) -> Vec<String> {
    let claims = answer("report.txt", text).claims.into_iter();
    let holds =
        |verdict| matches!(verdict, Verdict::Holds | Verdict::HoldsByRounding | Verdict::HoldsByConvention);
    claims.filter(|c| c.code == code && holds(c.verdict)).map(|c| c.arithmetic.to_string()).collect()
}

fn report(text: &str) -> String {
    format!("Wrenmoor Borough Council\n\nAnnual complaints report 2022/23\n\n{text}\n")
}

#[test]
fn a_count_is_one_of_all_cases_where_both_count_cases() {
    let bounds =
        |text: &str| held(&report(&format!("We received 640 complaints in 2022/23.\n\n{text}")), "CF206");
    assert_eq!(bounds("There were 71 complaints about parking."), ["71 is at most 640"]);
    assert_eq!(bounds("Three independent people sat on each panel for complaints about parking."), [""; 0]);
    assert_eq!(bounds("Complaints about parking were heard with two assistant directors present."), [""; 0]);
    assert_eq!(
        bounds("Fewer people complained of parking. There were many causes, one being the weather."),
        [""; 0]
    );
}

#[test]
fn all_cases_are_told_by_no_more_words_than_one_of_them() {
    let text = report(
        "We upheld complaints about Waste (22 complaints), Parking (13 complaints) and Planning (12 complaints).",
    );
    assert_eq!(held(&text, "CF206"), [""; 0]);
    let all = report(
        "We received 640 complaints in 2022/23.\n\nComplaints were about Waste (22), Parking (13) and Planning (12).",
    );
    let bounds = held(&all, "CF206");
    assert!(!bounds.is_empty() && bounds.iter().all(|bound| bound.ends_with("640")), "{bounds:?}");
}

#[test]
fn the_number_compared_with_is_not_what_parts_are_of() {
    let text = report(
        "There were 600 complaints, 17 fewer than the 617 of 2021/22. Of these 484 were answered in time.",
    );
    assert_eq!(held(&text, "CF206"), ["484 is at most 600"]);
}

#[test]
fn a_change_with_an_open_end_is_not_that_of_any_pair() {
    let two = "Ombudsman news 2022/23\n\nComplaints about councils rose by over 50% in 2022/23.\n\nComplaints \
               about Ashwell Council went up to 47 in 2022/23 from 32 in 2021/22.\n\nComplaints about Brackley Council went up \
               to 86 in 2022/23 from 69 in 2021/22.\n";
    assert_eq!(held(two, "CF301"), [""; 0]);
    let one = report(
        "Complaints grew by more than 50 per cent.\n\nComplaints went up to 86 in 2022/23 from 52 in 2021/22.",
    );
    assert_eq!(held(&one, "CF301").len(), 1);
}

#[test]
fn more_than_half_is_not_of_what_happens_to_stand_before_it() {
    let text = report(
        "The council received 717 complaints.\n\nAt stage one 634 were answered.\n\nStreet cleaning was named most often, with \
         27 per cent; over half of these failed.",
    );
    assert_eq!(held(&text, "CF304"), [""; 0]);
}

#[test]
fn what_is_said_of_a_total_is_said_of_its_parts_in_other_paragraphs() {
    let text = |kind: &str| {
        report(&format!(
            "The parks service had 45 complaints, of which 32 were upheld.\n\n29 complaints {kind}.\n\nJust 3 complaints {kind} \
             later."
        ))
    };
    assert_eq!(held(&text("were about benches"), "CF101"), [""; 0]);
    assert_eq!(held(&text("were upheld"), "CF101"), ["29 + 3 = 32; printed 32"]);
}

#[test]
fn parts_of_another_year_do_not_make_a_total() {
    let text = |year: &str| {
        report(&format!(
            "In 2022/23 young people made 14 complaints. They made 9 in {year} by letter and 5 in 2022/23 by phone."
        ))
    };
    assert_eq!(held(&text("2021/22"), "CF101"), [""; 0]);
    assert_eq!(held(&text("2022/23"), "CF101").len(), 1);
}

#[test]
fn small_numbers_are_one_figure_only_under_the_same_labels() {
    let text = |stage: u32| {
        report(&format!(
            "At stage {stage} 4 complaints were upheld.\n\nParking\n\nThere were 4 complaints at stage 3 that were upheld."
        ))
    };
    assert_eq!(held(&text(2), "CF401"), [""; 0]);
    assert_eq!(held(&text(3), "CF401").len(), 2);
    let other =
        report("A panel of three people hears complaints.\n\nThree complaints came from young people.");
    assert_eq!(held(&other, "CF401"), [""; 0]);
}

#[test]
fn shares_of_another_outcome_are_not_one_figure() {
    let text = report("Of complaints, 13% were not upheld.\n\nCarers\n\nCarers made 13% of complaints.");
    assert_eq!(held(&text, "CF401"), [""; 0]);
}

#[test]
fn a_number_without_a_noun_behind_a_time_is_a_time() {
    let units = |text: &str| {
        let source = source::from_bytes("report.txt", report(text).into_bytes()).unwrap();
        let document = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
        document.figures.iter().map(|figure| figure.quantity.unit).collect::<Vec<_>>()
    };
    let days = [Unit::WorkingDays, Unit::WorkingDays];
    assert_eq!(units("The service answers in 10 working days, or in 20 if the case is hard."), days);
    assert_eq!(units("We log a complaint within 1 working day and acknowledge it within 5."), days);
    assert_eq!(units("We answer in 10 working days in 20 cases."), [Unit::WorkingDays, Unit::Count]);
}
