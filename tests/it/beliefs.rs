//! What is believed of figures before they are compared: for each belief a document that it reads rightly, and where it can be
//! told, one with a true break beside it.

use crossfoot::internal::model::figure::Role;
use crossfoot::internal::model::quantity::Unit;
use crossfoot::internal::phrase::Grammar;
use crossfoot::internal::pipeline::{Options, from_source};
use crossfoot::internal::read::source;
use crossfoot::internal::reconcile::check;
use crossfoot::internal::reconcile::claim::{Answer, Severity, Verdict};

pub fn answer(name: &str, text: &str) -> Answer {
    let source = source::from_bytes(name, text.as_bytes().to_vec()).unwrap();
    check(&[from_source(source, Grammar::embedded(), &Options::default()).unwrap()])
}

/// The codes and messages of what is shown.
pub fn told(name: &str, text: &str) -> Vec<String> {
    let findings = answer(name, text).findings;
    let loud = findings.into_iter().filter(|f| f.severity > Severity::Note);
    loud.map(|f| format!("{} {}", f.code, f.message)).collect()
}

const PUPILS: &str = "\
Table 1: Pupils by sex
Year,Schools,Girls,Boys,Total
2015,61,2101,4211,6312
2016,60,2150,4305,6455
2017(2),59,2161,4322,6483
\"2018(1,2)\",58,2188,4361,GAP
2019(2),57,2203,4390,6593
(1) There were 4 pupils in 2018 whose sex was not known.
(2) Figures were revised in 2020.
";

#[test]
fn a_year_with_several_note_marks_is_that_year() {
    assert_eq!(told("pupils.csv", &PUPILS.replace("GAP", "6553")), Vec::<String>::new());
    let broken = told("pupils.csv", &PUPILS.replace("GAP", "6557"));
    assert!(broken.len() == 1 && broken.iter().all(|one| one.starts_with("CF102")), "{broken:?}");
}

#[test]
fn a_total_of_one_year_is_no_sum_over_years() {
    let table = "\
Pupils who attend elsewhere
Area,All pupils,Attend elsewhere,,,Total pupils
,2021,2019,2020,2021,2021
North,310,21,19,17,310
South,420,30,28,22,420
East,515,28,30,31,515
";
    let claims = answer("areas.csv", table).claims;
    let sums = claims.iter().filter(|claim| claim.code == "CF102" && claim.verdict == Verdict::Inconsistent);
    assert_eq!(sums.count(), 0);
}

#[test]
fn what_is_said_of_rounded_percentages_is_not_said_of_counts() {
    let table = |note: &str, total: &str| {
        format!(
            "{note}\n\nCalls by service\n\nService | 2021 | 2022 | 2023\nHousing | 1411 | 1722 | 1333\nRepairs | 640 | 573 | \
             601\nLettings | 327 | 211 | 377\nTotal | 2378 | {total} | 2311\n"
        )
    };
    let shares = table("All percentages are rounded separately.", "2507");
    assert_eq!(told("calls.txt", &shares).len(), 1);
    let counts = table("All figures have been rounded to the nearest whole number.", "2507");
    assert_eq!(told("calls.txt", &counts), Vec::<String>::new());
}

#[test]
fn a_share_is_of_the_total_that_its_neighbours_are_of() {
    let table = "\
Reviews by service

Service | Positive | Neutral | Negative | Total
Buses | 40 (50%) | 24 (30%) | 16 (20%) | 80
Trams | 90 (75%) | 6 (5%) | 24 (20%) | 120
Trains | 30 (60%) | 7 (26%) | 13 (14%) | 50
Total | 160 (64%) | 37 (15%) | 53 (21%) | 250
";
    let told = told("reviews.txt", table);
    assert!(told.len() == 2 && told.iter().all(|one| one.starts_with("CF203")), "{told:?}");
    assert!(told.iter().any(|one| one.contains("26%") && one.contains("14%")), "{told:?}");
}

#[test]
fn a_total_share_can_be_the_sum_of_the_rounded_shares_above_it() {
    let table = |total: &str| {
        format!(
            "Applicants by area

Area | Applicants | Percent
North | 1353 | 13.5
South | 1354 | 13.5
East | 1352 | 13.5
West | 1353 | 13.5
Four areas | 5412 | {total}
Abroad | 4588 | 45.9
Total | 10000 | 100.0
"
        )
    };
    assert_eq!(told("areas.txt", &table("54.0")), Vec::<String>::new());
    assert!(!told("areas.txt", &table("53.0")).is_empty());
}

#[test]
fn what_has_a_similar_price_has_not_stayed_the_same() {
    let text = "Homes in the town

Elmford (which has similar rents to Oakham) had 36.9% of homes let in 2020, and the county 56.5% in 2021.
";
    assert!(answer("homes.txt", text).claims.iter().all(|claim| claim.code != "CF303"));
}

#[test]
fn a_share_before_a_whole_and_its_part_is_not_of_them() {
    let text = "Complaints

Parks drew about half of the complaints, with 45 in all, of which 32 were upheld.
";
    assert_eq!(told("parks.txt", text), Vec::<String>::new());
}

#[test]
fn a_word_of_the_other_direction_parts_a_change_from_its_values() {
    let text = "Classes

Falls in the number of members mean that a higher percentage of them paid by card - 24.5% in 2021 compared to 24.4% in 2020.
";
    assert!(answer("classes.txt", text).claims.iter().all(|claim| claim.verdict != Verdict::Inconsistent));
}

#[test]
fn between_a_day_and_a_year_is_from_year_to_year() {
    let text = |fall: &str| {
        format!(
            "Service points

The number of service points {fall} by 26 between 31 March 2015 and 2020.

Year | Service points
2015 | 4392
2016 | 4301
2019 | 4168
2020 | 4418
2021 | 4410
"
        )
    };
    let verdicts = |text: &str| {
        let claims = answer("points.txt", text).claims;
        let of = claims.iter().filter(|claim| claim.code == "CF302" && claim.published.trim() == "26");
        of.map(|claim| claim.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&text("increased")), [Verdict::Holds]);
    assert_eq!(verdicts(&text("decreased")), [Verdict::Inconsistent]);
}

#[test]
fn numbers_in_thousands_are_rounded_to_them() {
    let text = |fall: &str| {
        format!("Visits\n\nVisits fell from 322,172,000 in 2015 to 209,354,000 in 2020, a fall of {fall}.\n")
    };
    assert_eq!(told("visits.txt", &text("112,817,000")), Vec::<String>::new());
    assert_eq!(told("visits.txt", &text("112,757,000")).len(), 1);
}

#[test]
fn items_after_an_item_that_counts_are_not_all_its_own() {
    let text = "Contracts

- Three kinds of permit can be had:
- for a day
- for a season
- Every permit names:
- its holder
- its zone
";
    assert_eq!(told("contracts.txt", text), Vec::<String>::new());
}

#[test]
fn a_number_that_opens_its_sentence_is_what_has_fallen() {
    let text = |word: &str| {
        format!(
            "Key figures\n\n23.2 - mean days to an answer in 2021 - that figure has {word} from 23.1 in 2020.\n"
        )
    };
    let verdicts = |text: &str| {
        let claims = answer("classes.txt", text).claims;
        claims.iter().filter(|claim| claim.code == "CF303").map(|claim| claim.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&text("increased")), [Verdict::Holds]);
    assert_eq!(verdicts(&text("decreased")), [Verdict::Inconsistent]);
}

#[test]
fn a_sentence_that_repeats_the_share_of_a_cell_is_of_its_counts() {
    let text = |share: &str| {
        format!(
            "Reviews

{share} of reviews that covered waiting times were negative.

Theme | Positive | Neutral | Negative | Total
Waiting times | 9 (17%) | 1 (2%) | 43 ({share}) | 53
Staff attitudes | 12 (35%) | 0 (0%) | 22 (65%) | 34
Test results | 19 (43%) | 6 (14%) | 19 (43%) | 44
"
        )
    };
    let verdicts = |text: &str| {
        let claims = answer("reviews.txt", text).claims;
        let of = claims.iter().filter(|claim| claim.code == "CF203" && claim.place.line == 3);
        of.map(|claim| claim.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(&text("43%")), [Verdict::Inconsistent]);
    assert_eq!(verdicts(&text("81%")), [Verdict::HoldsByRounding]);
}

#[test]
fn a_total_whose_label_names_its_parts_is_their_sum() {
    let table = |total: &str| {
        format!(
            "Costs\n\nItem | 2022 | 2023\nPay | 1200 | 1300\nTravel | 210 | 220\nTotal expense | 1410 | 1520\nNet transfers | 140 | \
             119\nTotal expense and transfers | {total} | 1639\n"
        )
    };
    let verdicts = |text: &str| {
        let claims = answer("costs.txt", text).claims;
        let of = claims.iter().filter(|claim| matches!(claim.published.trim(), "1550" | "1573"));
        of.map(|claim| claim.verdict).collect::<Vec<_>>()
    };
    assert!(verdicts(&table("1550")).contains(&Verdict::Holds));
    assert_eq!(verdicts(&table("1573")), [Verdict::Inconsistent]);
}

#[test]
fn a_lone_minus_among_counts_is_no_change() {
    let text = "Crimes by town

Crime | Town | 2021 | 2022 | Percent change
Arson | Elm | 11 | 11 | 0.00%
Arson | Oak | 4 | 7 | 75.00%
Arson | Ash | -1 | 5 | -600.00%
Fraud | Elm | 20 | 28 | 40.00%
Fraud | Oak | 31 | 28 | -9.68%
";
    let source = source::from_bytes("crimes.txt", text.as_bytes().to_vec()).unwrap();
    let document = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
    let counts = document.figures.iter().filter(|figure| figure.quantity.unit == Unit::Count);
    assert!(counts.into_iter().all(|figure| figure.role != Role::Change));
}

#[test]
fn balances_that_are_often_off_are_told_quietly() {
    let mut table =
        "Cases by court\n\nCourt | Pending at start | Filed | Disposed | Pending at end\n".to_owned();
    for at in 0..12 {
        let off = if at % 3 == 0 || at == 11 { 1 } else { 0 };
        table += &format!(
            "Court {} | {} | {} | {} | {}\n",
            ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"][at],
            100 + at,
            40 + 3 * at,
            30 + 2 * at,
            110 + 2 * at + off
        );
    }
    let answer = answer("courts.txt", &table);
    let off = answer.claims.iter().filter(|c| c.code == "CF100" && c.verdict == Verdict::Inconsistent);
    assert_eq!(off.map(|claim| claim.severity).collect::<Vec<_>>(), [Some(Severity::Note); 5]);
    assert!(answer.findings.iter().all(|finding| finding.severity == Severity::Note));
}

#[test]
fn a_column_of_years_beside_groups_names_its_rows() {
    let text = "Pupils by sector\nSector,Year,Pupils,Part time\nAll,2017,120,12\n,2018(1),131,15\n,\"2019(1, 2)\",140,16\nPrimary,2017,60,5\n,2018,70,8\n,2019,75,9\n";
    let source = source::from_bytes("pupils.csv", text.as_bytes().to_vec()).unwrap();
    let document = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
    let years: Vec<i16> =
        document.figures.iter().filter_map(|f| Some(f.facets.period?.start.year())).collect();
    assert_eq!(years, [2017, 2017, 2018, 2018, 2019, 2019, 2017, 2017, 2018, 2018, 2019, 2019]);
}

#[test]
fn a_table_that_breaks_off_does_not_miss_its_total() {
    let table = |last: &str| {
        format!(
            "Complaints by service in 2023/24

In 2023/24 the council received 197 complaints.

Service | Complaints received 2023/24
Housing | 90
Roads | 40
Education | 57
Parks | {last}
"
        )
    };
    assert_eq!(told("complaints.txt", &table("")), Vec::<String>::new());
}

#[test]
fn two_captions_that_differ_do_not_count_the_same() {
    let text = "Table 1: Pupils by area\nArea,2018,2019\nNorth,2011,2022\nAll local authorities,4011,4022\n\nTable 2: Free meals by area\nArea,2018,2019\nNorth,311,322\nAll local authorities,611,622\n";
    assert_eq!(told("areas.csv", text), Vec::<String>::new());
}

#[test]
fn the_largest_of_a_column_is_in_it() {
    let text = |largest: &str| {
        format!(
            "Practices\n\nPractices | Smallest list | Largest list | Average list\n5 | 2290 | {largest} | 9753\n\nThe practices and their lists are \
             seen below:\n\nPractice | Patients on list\nElm | 8519\nOak | 2290\nAsh | 9415\nYew | 16970\nFir | 11571\n"
        )
    };
    let verdicts = |text: &str| {
        let claims = answer("practices.txt", text).claims;
        let of = |code: &str| {
            let of_code = claims.iter().filter(|claim| claim.code == code);
            of_code.map(|claim| claim.verdict).collect::<Vec<_>>()
        };
        (of("CF307"), of("CF107"))
    };
    use Verdict::{Holds, Inconsistent};
    assert_eq!(verdicts(&text("16970")), (vec![Holds, Holds], vec![Holds]));
    assert_eq!(verdicts(&text("17111")), (vec![Holds, Inconsistent], vec![Holds]));
    let other_mean = text("16970").replace("9753", "9744");
    assert_eq!(verdicts(&other_mean), (vec![Holds, Holds], vec![Inconsistent]));
}

/// 19 is 27% more than 15, and 29% more than 14.7, which a mean in whole numbers prints as 15.
#[test]
fn a_mean_in_whole_numbers_is_rounded() {
    let table = |head: &str| {
        format!(
            "Complaints by team\n\nTeam,2021/22,{head},2021/22 against {head}\nNorth,131,112,17%\nEast,60,80,-25%\nSouth,19,15,29%\n\
             West,96,72,33%\nCentre,45,54,-17%\nHarbour,39,31,26%\n"
        )
    };
    let verdict = |text: &str| {
        let claims = answer("teams.csv", text).claims;
        claims
            .iter()
            .find(|claim| claim.code == "CF301" && claim.published == "29%")
            .map(|claim| claim.verdict)
    };
    assert_eq!(verdict(&table("Five-year average")), Some(Verdict::HoldsByRounding));
    assert_ne!(verdict(&table("2020/21")), Some(Verdict::HoldsByRounding));
}

#[test]
fn a_part_that_is_nought_beside_it_can_be_missing_from_a_sum() {
    let table = |total: &str| {
        format!(
            "Crimes by area

Crime | Area | 2020 | 2021 | 2022
Burglary | Elm | 41 | 39 | 90
 | Oak | 31 | 33 | 45
 | Both | 72 | 72 | 135
Larceny | Elm | 161 | 150 | 196
 | Oak | 181 | 195 | 204
 | Both | 342 | 345 | 400
Theft | Elm | 12 | 9 | 5
 | Oak | 21 | 26 | 14
 | Both | 33 | 35 | 19
Arson | Elm | 0 | 0 | 1
 | Oak | 0 | 0 | 1
 | Both | 0 | 0 | 2
Property crimes | Elm | 214 | 198 | 292
 | Oak | 233 | 254 | 264
 | Both | 447 | 452 | {total}
"
        )
    };
    assert_eq!(told("crimes.txt", &table("556")), Vec::<String>::new());
    assert_eq!(told("crimes.txt", &table("557")).len(), 1);
}

/// The values of the figures of a text, each with its period.
fn periods(text: &str) -> Vec<String> {
    let source = source::from_bytes("report.txt", text.as_bytes().to_vec()).unwrap();
    let document = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
    let told = document.figures.iter().map(|figure| {
        let period = figure.facets.period.map_or(String::new(), |period| period.label());
        format!("{} {period}", figure.quantity.value.as_ref().map_or(String::new(), ToString::to_string))
    });
    told.collect()
}

#[test]
fn a_figure_is_of_the_period_that_its_words_name() {
    let report = |text: &str| periods(&format!("Annual report 2021/22\n\n{text}\n"));
    assert_eq!(report("There were 112 visits, which is lower than in 2020/21 (131).")[1], "131 2020/21");
    assert_eq!(report("There were 112 visits, 19% fewer than in 2020/21 (19%).")[2], "19 2021/22");
    let cases = "Visits by day are 36% of all, where 2020/21 had 33% (18 of 54).";
    assert_eq!(report(cases)[1..3], ["33 2020/21", "18 2020/21"]);
    let same = "Visits rose from 81 in 2020/21 and calls from 97 in the same period.";
    assert_eq!(report(same), ["81 2020/21", "97 2020/21"]);
    let less = "The 64 visits are 18 fewer than in the same period last year.";
    assert_eq!(report(less), ["64 2021/22", "18 2021/22"]);
    assert_eq!(report("Over the last year there were 717 visits."), ["717 2021/22"]);
}

#[test]
fn paragraphs_above_the_caption_of_a_sheet_are_read() {
    let sheet = "\
\"Help was planned for 2,958 of the pupils in 2021, or 26 per cent.\",,,
,,,
Table 4: Pupils,,,
,Female,Male,Total
,,,
North,3380,3509,6889
South,2170,2305,4475
";
    let source = source::from_bytes("pupils.csv", sheet.as_bytes().to_vec()).unwrap();
    let document = from_source(source, Grammar::embedded(), &Options::default()).unwrap();
    let values: Vec<String> = document
        .figures
        .iter()
        .filter_map(|figure| figure.quantity.value.as_ref())
        .map(ToString::to_string)
        .collect();
    assert!(values.contains(&"2958".to_owned()), "{values:?}");
    assert!(values.contains(&"6889".to_owned()), "{values:?}");
}
