//! What sentences say of the figures in them: whose a word is, of which time a number is, and what is counted.

use crate::beliefs::{answer, told};
use crossfoot::internal::reconcile::claim::{Answer, Verdict};

fn verdicts(answer: &Answer, code: &str) -> Vec<(String, Verdict)> {
    let claims = answer.claims.iter().filter(|claim| claim.code == code);
    claims.map(|claim| (claim.published.to_string(), claim.verdict)).collect()
}

const RANKING: &str = "\
Larkmere Council
Annual complaints report 2021/22

Top 3 subjects   Upheld   Not upheld   Total
Delay            21       19           40
Staff            12       14           26
Parking          9        8            17
";

#[test]
fn a_table_of_the_top_so_many_has_as_many_rows() {
    let lists = verdicts(&answer("top.txt", RANKING), "CF601");
    assert_eq!(lists, [("3".to_owned(), Verdict::Holds)]);
    let longer = format!("{RANKING}Letters          5        6            11\n");
    let found = told("top.txt", &longer);
    assert!(found.len() == 1 && found.iter().all(|one| one.starts_with("CF601")), "{found:?}");
    // The row too many shares the third place.
    let shared = format!("{RANKING}Letters          9        8            17\n");
    assert_eq!(told("top.txt", &shared), Vec::<String>::new());
}

#[test]
fn a_list_that_is_counted_is_an_operand_with_its_place() {
    let answer = answer("top.txt", &format!("{RANKING}Letters          5        6            11\n"));
    let claim = answer.claims.iter().find(|claim| claim.code == "CF601").unwrap();
    let listed = claim.unprinted.unwrap();
    assert_eq!((listed.number, listed.place.line, listed.place.line_end), (4, 4, 8));
}

#[test]
fn a_sentence_that_opens_a_list_is_borne_out_by_it_and_not_refuted() {
    let text =
        "There are 4 offices in the district. These are:\n\n- Elm Road\n- Oak Street\n- Weir Bank\n- Holt\n";
    assert_eq!(verdicts(&answer("list.txt", text), "CF601"), [("4".to_owned(), Verdict::Holds)]);
    let short = text.replace("- Holt\n", "");
    assert_eq!(verdicts(&answer("list.txt", &short), "CF601"), []);
}

#[test]
fn a_share_in_words_is_at_most_what_the_other_outcomes_leave() {
    let text = "Larkmere Council\nAnnual complaints report 2021/22\n\nAt stage 2, WORDS of complaints were not upheld. \
                Only 9% were upheld, with 26% partially upheld.\n";
    assert_eq!(told("shares.txt", &text.replace("WORDS", "more than half")), Vec::<String>::new());
    let found = told("shares.txt", &text.replace("WORDS", "more than two-thirds"));
    assert!(found.len() == 1 && found.iter().all(|one| one.starts_with("CF206")), "{found:?}");
}

const HALVES: &str = "\
Larkmere Council
Complaints report, April to September 2023

The council received 77 complaints, up from 60 in the six months up to April 2023.

Fewer complaints arrived in its first and second half of 2022/23 (52 and 60 respectively).
";

#[test]
fn two_counts_of_one_half_year_are_one_figure() {
    assert_eq!(told("halves.txt", HALVES), Vec::<String>::new());
    let found = told("halves.txt", &HALVES.replace("from 60", "from 66"));
    assert!(found.len() == 1 && found.iter().all(|one| one.starts_with("CF401")), "{found:?}");
}

#[test]
fn what_is_said_behind_a_whole_is_said_of_its_part() {
    let text = "Larkmere Council\nAnnual complaints report 2021/22\n\n7 of the 18 appeals were upheld.\n";
    let source =
        crossfoot::internal::read::source::from_bytes("appeals.txt", text.as_bytes().to_vec()).unwrap();
    let grammar = crossfoot::internal::phrase::Grammar::embedded();
    let document = crossfoot::internal::pipeline::from_source(source, grammar, &Default::default()).unwrap();
    let upheld = |printed: &str| {
        let figure =
            document.figures.iter().find(|figure| document.text_at(figure.place) == printed).unwrap();
        figure.facets.dimensions.iter().any(|(_, label)| label.normalised == "upheld")
    };
    assert_eq!([upheld("7"), upheld("18")], [true, false]);
}

#[test]
fn a_period_with_when_is_that_of_the_figure_behind_it() {
    let text = "Larkmere Council\nAnnual complaints report 2021/22\n\nParking complaints fell compared with \
                2020/21, when there were 31, compared with 9 in 2021/22.\n";
    let changes = verdicts(&answer("when.txt", text), "CF303");
    assert!(changes.iter().any(|(_, verdict)| *verdict == Verdict::Holds), "{changes:?}");
    assert_eq!(told("when.txt", text), Vec::<String>::new());
}

/// A multiple without values is held against the one series of the table beside it that its clause names.
#[test]
fn a_multiple_is_that_of_the_series_beside_it() {
    let text = |words: &str| {
        format!(
            "Larkmere Council\n\nHow people reached us\n\nYear | Webchat | Letters | Visits\n2019 | 410 | 300 | 75\n2020 | 655 | 280 | 60\n\
             2021 | 702 | 240 | 69\n2022 | 828 | 197 | 81\n\n{words}\n"
        )
    };
    let of = |words: &str| verdicts(&answer("reached.txt", &text(words)), "CF304");
    let holds = of("Webchat has doubled since 2019 and letters have become fewer.");
    assert_eq!(holds, [("doubled".to_owned(), Verdict::HoldsByRounding)]);
    let breaks = of("Webchat has doubled since 2020 and letters have become fewer.");
    assert_eq!(breaks, [("doubled".to_owned(), Verdict::Inconsistent)]);
    // No series is named.
    assert!(
        of("Contacts have doubled since 2019.").iter().all(|(_, verdict)| *verdict == Verdict::Unverifiable)
    );
}
