//! What documents claim in tables and charts: for each kind a document in which the claim is found.

use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::{Answer, Severity, Verdict};

fn answer(name: &str, text: &str) -> Answer {
    let source = source::from_bytes(name, text.as_bytes().to_vec()).unwrap();
    check(&[from_source(source, Grammar::embedded(), &Options::default()).unwrap()])
}

/// What is published and how it fares, of the claims of a check.
fn claims(name: &str, text: &str, code: &str) -> Vec<(String, Verdict)> {
    let claims = answer(name, text).claims.into_iter().filter(|claim| claim.code == code);
    claims.map(|claim| (claim.published.trim().to_owned(), claim.verdict)).collect()
}

/// The messages of what is shown.
fn told(name: &str, text: &str) -> Vec<String> {
    let findings = answer(name, text).findings;
    findings.into_iter().filter(|f| f.severity > Severity::Note).map(|f| f.message).collect()
}

fn held(claims: &[(String, Verdict)], published: &str) -> bool {
    let holds = [Verdict::Holds, Verdict::HoldsByRounding, Verdict::HoldsByConvention];
    claims.iter().any(|(printed, verdict)| printed == published && holds.contains(verdict))
}

#[test]
fn the_parts_of_shares_can_stand_in_another_table() {
    let text = "Visits to our services

Service | Visits | Would come again
Library | 412 | 71%
Museum | 386 | 64%
Pool | 297 | 83%
Gym | 194 | 58%
Hall | 523 | 77%

Answers by service

Service | Yes | Perhaps
Gym | 113 | 40
Hall | 403 | 66
Library | 293 | 61
Museum | 247 | 70
Pool | 246 | 22
";
    let shares = claims("visits.txt", text, "CF203");
    assert!(["71%", "64%", "83%", "58%"].iter().all(|share| held(&shares, share)), "{shares:?}");
}

#[test]
fn labels_of_a_chart_are_shares_of_their_sum() {
    let text = "Replies\n\nWe had 260 replies in all, from five towns.\n\nReplies by town\n\n\
                57, 22%\n\n81, 31%\n\n39, 15%\n\n44, 17%\n39, 15%\n\nElm   Oak   Ash\n\nFir   Yew\n";
    let shares = claims("replies.txt", text, "CF203");
    assert!(["22%", "31%", "17%"].iter().all(|share| held(&shares, share)), "{shares:?}");
    assert!(held(&claims("replies.txt", text, "CF101"), "260"));
    let other = claims("replies.txt", &text.replace("57, 22%", "57, 29%"), "CF203");
    assert!(!other.iter().any(|(share, _)| share == "31%"), "{other:?}");
}

#[test]
fn a_label_can_list_the_rows_that_it_adds_up() {
    let text = |all: &str| {
        format!(
            "Reports\n\nKind | 2021 | 2022 | 2023\nStreet reports (litter, graffiti, lamps) | 3161 | {all} | 3490\n\
             Litter | 1204 | 1318 | 1290\nLitter from vans | 207 | 231 | 188\nGraffiti | 893 | 947 | 1002\n\
             Lamps | 857 | 871 | 1010\nTrees | 340 | 351 | 339\n"
        )
    };
    let sums = claims("reports.txt", &text("3367"), "CF101");
    assert!(["3161", "3367", "3490"].iter().all(|total| held(&sums, total)), "{sums:?}");
    let broken = told("reports.txt", &text("3376"));
    assert!(broken.iter().any(|message| message.contains("3376")), "{broken:?}");
}

#[test]
fn a_subtotal_among_the_parts_of_a_sum_is_none() {
    let text = "Crimes

Crime | 2018 | 2019 | 2020 | 2021
Burglary | 1412 | 1385 | 1290 | 1177
Of shops | 317 | 288 | 301 | 254
Subtotal - Shops and arson | 361 | 327 | 352 | 296
Of houses | 842 | 871 | 760 | 718
Of sheds | 253 | 226 | 229 | 205
Arson | 44 | 39 | 51 | 42
";
    let sums = claims("crimes.txt", text, "CF101");
    assert!(["1412", "1385", "1290", "1177"].iter().all(|total| held(&sums, total)), "{sums:?}");
}

#[test]
fn so_many_for_one_is_the_quotient_of_two_tables() {
    let text = "Surgeries

Surgery | Town | Patients
Ash House | Elm | 8,519
Bridge Street | Elm | 2,290
Castle View | Oak | 9,416
Dene Park | Oak | 4,105

Doctors

Surgery | Doctors | Doctor: patient ratio
Ash House | 9 | 1:946
Bridge Street | 1 | 1:2,290
Castle View | 5 | 1: 1,883
Dene Park | 3 | 1:1,368
";
    let ratios = claims("surgeries.txt", text, "CF203");
    assert!(["946", "2,290", "1,883", "1,368"].iter().all(|ratio| held(&ratios, ratio)), "{ratios:?}");
}

#[test]
fn counts_that_a_cell_lists_by_name_make_that_of_their_row() {
    let text = |benefits: &str| {
        format!(
            "# Complaints\n\n| Service | 2021/22 | 2022/23 | 2022/23 Outcome |\n| --- | --- | --- | --- |\n\
             | Housing | 12 | 9 | Upheld - 4 Not upheld - 3 No action - 2 |\n| Benefits | 9 | {benefits} | Upheld -1 Not upheld - 6 |\n\
             | Parks | 3 | 2 | Not upheld - 2 |\n| Planning | 4 | 0 |  |\n| Roads | 7 | 5 | Upheld - 2 Not upheld - 3 |\n"
        )
    };
    let sums = claims("outcomes.md", &text("7"), "CF102");
    assert!(["9", "7", "2", "5"].iter().all(|total| held(&sums, total)), "{sums:?}");
    assert_eq!(told("outcomes.md", &text("7")), Vec::<String>::new());
}

#[test]
fn a_heading_about_rounding_says_nothing_of_counts() {
    let table = |note: &str| {
        format!(
            "Pupils by school,,,\nYear,First,Middle,Total\n2016,12310,11844,24154\n2017,12552,11790,24341\n\
             2018,12660,11912,24572\n2019,12702,12033,24735\n\n{note}\n0 means none.\n"
        )
    };
    assert_eq!(told("pupils.csv", &table("Rounding and symbols")).len(), 1);
    assert_eq!(told("pupils.csv", &table("Figures may not add up due to rounding.")), Vec::<String>::new());
}

#[test]
fn a_note_of_one_case_tells_of_a_gap_of_one() {
    let table = |note: &str| {
        format!(
            "Pupils by school,,,\nYear,Day,Boarding,Total\n2016,12310,844,13154\n2017(1),12552,790,13343\n\
             2018,12660,912,13572\n2019,12702,933,13635\n{note}\n"
        )
    };
    let note = "(1) It is not known where one pupil slept in 2017.";
    assert_eq!(told("pupils.csv", &table(note)), Vec::<String>::new());
    assert_eq!(told("pupils.csv", &table("(1) Figures for 2017 were revised.")).len(), 1);
}

#[test]
fn a_change_the_wrong_way_is_told_with_its_direction() {
    let text = "Letters\n\nWe had 126 letters in 2022, a fall of 26 on the 100 letters of 2021.\n";
    let messages = told("letters.txt", text);
    assert!(messages.iter().any(|message| message.ends_with("give a rise of 26")), "{messages:?}");
}

#[test]
fn a_change_without_values_is_that_of_the_table_beside_it() {
    let text = |change: &str| {
        format!(
            "Repairs

Repair jobs that were begun in the year fell by {change} percent.

Repair jobs
Kind | Mar-22 | Mar-21
Jobs | 5,912 | 6,488
Hours | 24,380 | 26,101
"
        )
    };
    assert!(held(&claims("repairs.txt", &text("8.9"), "CF301"), "8.9 percent"));
    assert!(!held(&claims("repairs.txt", &text("7.4"), "CF301"), "7.4 percent"));
    assert_eq!(told("repairs.txt", &text("7.4")), Vec::<String>::new());
}

#[test]
fn shares_above_tables_sum_up_their_first_rows() {
    let table = |all: u32, very: u32, fairly: u32, rest: u32, none: u32| {
        format!(
            "{all}% find this easy\n\nHow easy do you find it?\n\nAnswer | Share | Region\nVery easy | {very}% | 21%\n\
             Fairly easy | {fairly}% | 32%\nNot easy | {rest}% | 30%\nHard | {none}% | 17%\n\n"
        )
    };
    let three = table(61, 33, 28, 30, 9) + &table(74, 36, 38, 20, 6) + &table(45, 14, 30, 40, 16);
    let sums = claims("survey.txt", &format!("Survey\n\n{three}"), "CF101");
    assert!(["61%", "74%", "45%"].iter().all(|share| held(&sums, share)), "{sums:?}");
}

#[test]
fn millions_are_taken_apart_in_the_paragraphs_below() {
    let text = "Travel\n\n- In May 2021, 9.4 million passengers came to the port, 4.1 percent fewer than in May 2020.\n\n\
                - Ferries brought 6.1 million passengers, 4.6 percent fewer.\n\n\
                - 3.3 million passengers came by cruise ship, 3.2 percent fewer.\n";
    assert!(held(&claims("travel.txt", text, "CF101"), "9.4 million"));
}

#[test]
fn a_total_over_dashes_alone_is_nought_or_was_added_up_elsewhere() {
    let text = |total: &str| {
        format!(
            "Calls\n\n| Desk | 2022 | 2023 |\n| --- | --- | --- |\n| Day | - | 14 |\n| Night | - | 27 |\n\
             | Total | {total} | 41 |\n"
        )
    };
    assert!(held(&claims("calls.md", &text("0"), "CF101"), "0"));
    assert_eq!(told("calls.md", &text("36")), Vec::<String>::new());
}

#[test]
fn a_named_share_is_of_the_total_column_where_no_column_is_named() {
    let text = "# Pupils 2021/22\n\nThe largest groups after that were Bankside (16.7%), Northgate (12.5%) and Millfield (8.3%).\n\n\
                | School | Girls | Boys | Total |\n| --- | --- | --- | --- |\n| Total | 600 | 600 | 1,200 |\n\
                | Westerley | 398 | 352 | 750 |\n| Bankside | 90 | 110 | 200 |\n| Northgate | 70 | 80 | 150 |\n\
                | Millfield | 42 | 58 | 100 |\n";
    let claims = claims("pupils.md", text, "CF203");
    for share in ["16.7%", "12.5%", "8.3%"] {
        assert!(held(&claims, share), "{share}: {claims:?}");
    }
}

#[test]
fn a_net_change_is_what_the_moves_before_it_come_to() {
    let text = |net: &str| {
        format!(
            "Larkmere Council\n\n- Complaints rose by 310 in the year.\n- In those months appeals fell by 41, so that there was a \
             net increase of {net} cases of both kinds.\n"
        )
    };
    assert!(held(&claims("net.txt", &text("269"), "CF101"), "269"));
    // Which moves are meant is not said, so another number is not accused.
    assert!(claims("net.txt", &text("351"), "CF101").is_empty());
    assert_eq!(told("net.txt", &text("351")), [""; 0]);
}

#[test]
fn shares_leave_a_rest_that_has_no_number() {
    let text = |second: &str| {
        format!(
            "Larkmere Council\n\n61% of complaints came from tenants, and {second} came from owners. The rest were from \
             visitors.\n"
        )
    };
    let sums = |second: &str| claims("rest.txt", &text(second), "CF201");
    assert_eq!(sums("22%").first().map(|(_, verdict)| *verdict), Some(Verdict::Holds));
    // Shares that leave nothing are of different things, for all that is said.
    assert!(sums("45%").is_empty());
}

#[test]
fn figures_are_held_against_those_of_others() {
    let text = "Larkmere Council\n\nComplaints report 2021/22\n\nOur uphold rate of 68% is below the national average of 72%.\n\n\
                The rate of appeals was 31%, which is more than the average of similar authorities of 34%.\n";
    let claims = claims("others.txt", text, "CF303");
    let verdicts: Vec<Verdict> = claims.iter().map(|(_, verdict)| *verdict).collect();
    assert_eq!(verdicts, [Verdict::Holds, Verdict::Inconsistent], "{claims:?}");
    assert_eq!(told("others.txt", text).len(), 1);
}

#[test]
fn lists_of_shares_make_a_whole_however_they_are_set() {
    let text = "What we heard

Area of respondents

Elm Park - 16%

Oak Green - 22%

\u{2022} City of St. Ash - 31%

Fir Hill - 19%
Yew Dale - 12%

Tenure of respondents

\u{2022} Tenants - 61%   Access:
\u{2022} Owners - 34%   \u{2022} 12% need a ramp
\u{2022} Prefer not to say - 5%

Most came by bus.
";
    let shares = claims("heard.txt", text, "CF201");
    assert_eq!(shares.iter().filter(|(_, verdict)| *verdict == Verdict::Holds).count(), 2, "{shares:?}");
    assert!(told("heard.txt", &text.replace("61%", "52%")).is_empty());
}

#[test]
fn parts_of_another_measure_do_not_speak_against_the_others() {
    let text = "Staff by group

Group                Elm      Oak      Fir      All
Wardens            2,522        7        5    2,534
  Full time        1,500        4        2    1,506
  Part time        1,022        3        3    1,028
  FTE              1,827        5        4    1,836
Clerks             2,816        9        6    2,831
  Full time        2,706        8        4    2,718
  Part time          110        1        2      113
  FTE              2,774        8        5    2,787
Drivers            1,611        8        7    1,626
  Full time        1,033        6        3    1,042
  Part time          578        2        4      584
  FTE              1,312        7        5    1,324
";
    let sums = claims("staff.txt", text, "CF101");
    assert!(["2,522", "7", "2,816", "1,611"].iter().all(|sum| held(&sums, sum)), "{sums:?}");
}

#[test]
fn a_line_of_the_accounts_is_broken_down_in_a_note() {
    let text = "Account,2024\nCentral costs,\"41,318\"\nCivic costs,\"9,126\"\nLibrary,\"17,950\"\n\n\
                Note A,\nSalaries,\"22,841\"\nRent,\"9,450\"\nFees,\"5,773\"\nInsurance,\"3,254\"\n\
                Central costs,\"41,318\"\n";
    let sums = claims("accounts.csv", text, "CF101");
    assert!(held(&sums, "41,318"), "{sums:?}");
    assert!(told("accounts.csv", &text.replace("5,773", "6,773")).is_empty());
}
