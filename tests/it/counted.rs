//! Counts by the names of what they count, counts of two measures in one column, counts of weighted answers, and rates of answers.

use crate::beliefs::{answer, told};
use crossfoot::internal::reconcile::claim::{Answer, Verdict};

fn claims(answer: &Answer, code: &str) -> Vec<(String, Verdict)> {
    let claims = answer.claims.iter().filter(|claim| claim.code == code);
    claims.map(|claim| (claim.published.trim().to_owned(), claim.verdict)).collect()
}

fn held(name: &str, text: &str, code: &str) -> Vec<String> {
    let all = claims(&answer(name, text), code).into_iter();
    all.filter(|(_, verdict)| *verdict <= Verdict::HoldsByConvention)
        .map(|(published, _)| published)
        .collect()
}

const ROLES: &str = "\
# Larkmere Council

Our teams have 40 staff as of June:

| Roles | Roles |
| --- | --- |
| 12 x Case Officer | 9 x Adviser |
| 7 x Reviewing Officer [3 at Grade 4, 4 at Grade 7] | 5 x Trainee |
| 6 x Team Leader | 1 x Manager |
";

#[test]
fn a_list_of_counts_by_name_that_is_set_in_columns_makes_the_total_of_its_sentence() {
    assert_eq!(held("staff.md", ROLES, "CF101"), ["40", "7"]);
    assert_eq!(held("staff.md", &ROLES.replace("40 staff", "41 staff"), "CF101"), ["7"]);
}

#[test]
fn a_bracket_behind_a_whole_has_its_parts_or_says_nothing_of_it() {
    let text = |sentence: &str| format!("Larkmere Council\n\n{sentence}\n");
    let sums = |sentence: &str| held("officers.txt", &text(sentence), "CF101");
    assert_eq!(sums("There were 9 reviewers (5 full-time and 4 part-time)."), ["9"]);
    assert_eq!(sums("There were 9 reviewers (5 full-time and 3 part-time)."), [""; 0]);
    // What follows the bracket is no part of it.
    assert_eq!(sums("There were 9 reviewers (5 full-time) and 4 clerks."), [""; 0]);
    assert_eq!(told("officers.txt", &text("There were 9 reviewers (5 full-time and 3 part-time).")), [""; 0]);
}

const STAFF: &str = "\
# Larkmere Council

## Our workforce

- 77 case officers (61.3 WTE)
- 34 advisers (26.1 WTE)
- 61 administrators (47.7 WTE)

## Staff by office

| Office | Case officers | Advisers | Administrators |
| --- | --- | --- | --- |
| Holt | HC 12 | HC 7 | HC 18 |
|  | FTE 9.5 | FTE 5.3 | FTE 13.5 |
| Elm Road | HC 25 | HC 11 | HC 9 |
|  | FTE 20.4 | FTE 8.2 | FTE 7.1 |
| Weir Bank | HC 31 | HC 16 | HC 20 |
|  | FTE 24.2 | FTE 12.6 | FTE 15.8 |
| Oak Street | HC 9 | 0 | HC 14 |
|  | FTE 7.3 | 0 | FTE 11.3 |
";

/// The totals of its list that the columns of a table make.
fn sums(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        ["CF101", "CF102"].iter().flat_map(|code| held("staff.md", text, code)).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn columns_of_two_measures_have_a_sum_of_each_which_a_list_tells() {
    assert_eq!(sums(STAFF), ["26.1", "34", "47.7", "61", "61.3", "77"]);
}

#[test]
fn a_sum_of_rounded_parts_is_told_beside_others_as_it_was_before_rounding() {
    assert_eq!(sums(&STAFF.replace("61.3 WTE", "61.4 WTE")), ["26.1", "34", "47.7", "61", "61.4", "77"]);
    assert_eq!(sums(&STAFF.replace("61.3 WTE", "64.3 WTE")), ["26.1", "34", "47.7", "61", "77"]);
}

const SURVEY: &str = "\
# Larkmere tenant survey

How easy is it to reach us?

| Answer | Share | Tenants |
| --- | --- | --- |
| Very easy | 33% | 20 |
| Fairly easy | 27% | 17 |
| Neither | 18% | 11 |
| Difficult | 22% | 14 |
| Total (weighted) | 100% | 62 |

How helpful are we?

| Answer | Share | Tenants |
| --- | --- | --- |
| Very helpful | 28% | 18 |
| Fairly helpful | 46% | 30 |
| Not very helpful | 17% | 11 |
| Not at all helpful | 9% | 6 |
| Total | 100% | 66 |
";

#[test]
fn tables_with_the_heads_of_one_that_counts_weighted_answers_do_so_too() {
    let shares = held("survey.md", SURVEY, "CF203");
    assert!(
        ["28%", "46%", "17%", "9%"].iter().all(|share| shares.iter().any(|found| found == share)),
        "{shares:?}"
    );
    let other = SURVEY.replacen("| Answer | Share | Tenants |", "| Answer | Part | People |", 1);
    let shares = held("survey.md", &other, "CF203");
    assert!(!shares.iter().any(|found| found == "28%"), "{shares:?}");
}

#[test]
fn a_rate_of_answers_is_of_the_counts_before_it_or_of_its_panel() {
    let sentence = "Larkmere Council\n\nWe sent 1,240 forms and 310 were returned, a response rate of 25%.\n";
    assert_eq!(held("survey.txt", sentence, "CF203"), ["25%"]);
    assert_eq!(held("survey.txt", &sentence.replace("25%", "27%"), "CF203"), [""; 0]);
    assert_eq!(told("survey.txt", &sentence.replace("25%", "27%")), [""; 0]);
    let panel = "# Larkmere\n\n942\n\nForms sent out\n\n98\n\nForms sent back\n\n10%\n\nCompletion rate\n";
    assert_eq!(held("panel.md", panel, "CF203"), ["10%"]);
    assert_eq!(held("panel.md", &panel.replace("Completion rate", "Share of women"), "CF203"), [""; 0]);
}

/// Three questions: the share that opens each, those of the region and the country, and the first rows of its three columns.
fn questions(cut: bool) -> String {
    let questions = [
        (60, [33, 27, 18, 22], 52, [26, 26, 25, 23], 49, [23, 26, 30, 21]),
        (74, [28, 46, 17, 9], 84, [45, 39, 10, 6], 83, [42, 41, 11, 6]),
        (41, [27, 14, 42, 17], 40, [19, 21, 43, 17], 39, [18, 21, 43, 18]),
    ];
    let mut text = "# Larkmere tenant survey\n".to_owned();
    for (own, first, region, second, country, third) in questions {
        text += &format!("\n{own}% are content with this part of our service\n\n");
        text += &format!("This is {region}% in the region and {country}% in the country.\n\n");
        text += "| Answer | Larkmere | Region | Country |\n| --- | --- | --- | --- |\n";
        for at in 0..if cut && own == 60 { 2 } else { 4 } {
            text += &format!(
                "| Answer {} | {}% | {}% | {}% |\n",
                ["A", "B", "C", "D"][at],
                first[at],
                second[at],
                third[at]
            );
        }
    }
    text
}

#[test]
fn shares_of_each_column_sum_up_its_first_rows_even_where_the_page_ends_after_them() {
    let all = ["60%", "52%", "49%", "74%", "84%", "83%", "41%", "40%", "39%"];
    for cut in [false, true] {
        let found = held("survey.md", &questions(cut), "CF101");
        assert!(all.iter().all(|share| found.iter().any(|one| one == share)), "{cut} {found:?}");
    }
    // A share that no rows make is told of by none.
    let found = held("survey.md", &questions(true).replace("This is 52%", "This is 57%"), "CF101");
    assert!(!found.iter().any(|one| one == "57%"), "{found:?}");
}
