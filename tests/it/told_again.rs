//! What a sentence tells of a table again, and rows that are printed twice or not at all: for each a document that is sound, and
//! one with a break.

use crate::beliefs::{answer, told};
use crossfoot::internal::reconcile::claim::Verdict;

/// Libraries by visits; the first paragraph names three of them.
fn visits(text: &str) -> String {
    format!(
        "Visits to libraries in 2023

{text}

| Library | 2022 | 2023 |
| --- | --- | --- |
| Hill Street | 3120 | 3415 |
| Old Mill | 2874 | 2650 |
| Station Road | 1911 | 2048 |
| Elm Park | 1204 | 1377 |
| Total | 9109 | 9490 |
"
    )
}

#[test]
fn a_sentence_that_names_a_row_tells_its_value() {
    let told = |text: &str| told("visits.md", &visits(text));
    let sound = "Hill Street had 3415 visits. Old Mill had 2650 visits, and Elm Park had 1377.";
    assert_eq!(told(sound), Vec::<String>::new());
    let transposed = told(&sound.replace("2650", "2560"));
    assert!(transposed.iter().any(|one| one.starts_with("CF402") && one.contains("2,650")), "{transposed:?}");
    let stale = told(&sound.replace("1377", "1337"));
    assert!(stale.iter().any(|one| one.starts_with("CF402") && one.contains("1,377")), "{stale:?}");
}

#[test]
fn two_labels_that_changed_places_are_seen_in_what_sentences_tell() {
    let text = "Hill Street had 3415 visits. Old Mill had 2650 visits, and Elm Park had 1377.";
    let swapped = visits(text).replace("| Hill", "| X").replace("| Old Mill", "| Hill Street");
    let swapped = swapped.replace("| X Street", "| Old Mill");
    let found = told("visits.md", &swapped);
    assert!(found.iter().any(|one| one.starts_with("CF402")), "{found:?}");
}

#[test]
fn what_is_told_of_a_part_of_a_row_accuses_nobody() {
    let told = |text: &str| told("visits.md", &visits(text));
    for text in [
        "Hill Street had 3415 visits. Old Mill had 814 visits by school classes, and Elm Park had 1377.",
        "Hill Street and Old Mill had 3415 and 2560 visits respectively. Elm Park had 1377.",
    ] {
        assert_eq!(told(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_row_that_is_printed_twice_is_one_too_many() {
    let row = "| Old Mill | 2874 | 2650 |\n";
    let twice = visits("").replace(row, &row.repeat(2));
    assert!(!told("visits.md", &twice).is_empty());
    let shares = "Answers to the survey\n\n- Content - 41%\n- Neither - 33%\n- Angry - 26%\n";
    assert_eq!(told("answers.txt", shares), Vec::<String>::new());
    let twice = shares.replace("- Neither - 33%\n", "- Neither - 33%\n- Neither - 33%\n");
    let found = told("answers.txt", &twice);
    assert!(found.iter().any(|one| one.starts_with("CF201")), "{found:?}");
}

#[test]
fn the_year_below_its_quarters_is_their_total() {
    let table = "\
Loans by quarter

Quarter           Books     Films
Apr–Jun 2022       1310       402
Jul–Sep 2022       1275       377
Oct–Dec 2022       1402       428
Jan–Mar 2023       1388       415
Year               5375      1622
";
    assert_eq!(told("loans.txt", table), Vec::<String>::new());
    let found = told("loans.txt", &table.replace("5375", "5735"));
    assert!(found.iter().any(|one| one.starts_with("CF101")), "{found:?}");
}

#[test]
fn a_dash_is_nought_where_another_sum_of_its_table_shows_it() {
    let table = |cars: &str| {
        format!(
            "Permits by zone

| Zone | Cars | Vans |
| --- | --- | --- |
| North | {cars} | 31 |
| South | 118 | - |
| East | - | 44 |
| West | 95 | 27 |
| Total | 357 | 102 |
"
        )
    };
    assert_eq!(told("permits.md", &table("144")), Vec::<String>::new());
    let found = told("permits.md", &table("141"));
    assert!(found.iter().any(|one| one.starts_with("CF101")), "{found:?}");
}

#[test]
fn shares_beside_a_table_are_of_the_number_that_its_note_gives() {
    let table = |share: &str| {
        format!(
            "Why people left

More than one reason could be given.

| Reason | People | Share |
| --- | --- | --- |
| Moved away | 61 | 49% |
| Cost | 44 | {share} |
| Hours | 37 | 30% |
| Other | 15 | 12% |

*Base: 124 who left.*
"
        )
    };
    assert_eq!(told("left.md", &table("35%")), Vec::<String>::new());
    let found = told("left.md", &table("39%"));
    assert!(found.iter().any(|one| one.starts_with("CF203") && one.contains("39%")), "{found:?}");
}

#[test]
fn more_than_halved_is_less_than_half() {
    let text = |word: &str| format!("Enquiries {word} from 41 in 2021 to 18 in 2022.\n");
    let words = |word: &str| {
        let claims = answer("halved.txt", &text(word)).claims;
        claims.into_iter().filter(|c| c.code == "CF304").map(|c| c.verdict).collect::<Vec<_>>()
    };
    assert_eq!(words("more than halved"), [Verdict::HoldsByRounding]);
    assert_eq!(words("more than doubled"), [Verdict::Inconsistent]);
    // What is counted stands before "more than", and counts nothing: it does not make a comparison of it.
    let claims = answer("halved.txt", "Complaints more than halved from 41 in 2021 to 18 in 2022.\n").claims;
    let halved = claims.iter().find(|claim| claim.code == "CF304").map(|claim| claim.verdict);
    assert_eq!(halved, Some(Verdict::HoldsByRounding));
}

#[test]
fn what_they_are_a_share_of_is_what_their_sentence_names() {
    let text = |share: &str| {
        format!(
            "There were 350 complaints at stage 1. There were 28 complaints at stage 2, up from 21 the year before. \
             They are {share} of stage 1.\n"
        )
    };
    assert_eq!(told("they.txt", &text("8%")), Vec::<String>::new());
    assert!(!told("they.txt", &text("13%")).is_empty());
}
