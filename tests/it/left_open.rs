//! What sentences leave open: all the cases whose parts they count to the end, the counts that they conclude from, the number
//! of people that was asked; and totals of accounts, which have two columns alone.

use crate::beliefs::{answer, told};
use crossfoot::internal::reconcile::claim::Verdict;

/// Whether a claim about a printed figure holds.
fn holds(text: &str, code: &str, published: &str) -> bool {
    let claims = answer("report.txt", text).claims;
    claims.iter().any(|claim| {
        let held = matches!(claim.verdict, Verdict::Holds | Verdict::HoldsByRounding);
        claim.code == code && claim.published == published && held
    })
}

const OPEN: &str = "\
Report on complaints 2023/24

26 of the 41 appeals were turned down, with 14 allowed and one still ongoing.
";

#[test]
fn cases_counted_up_to_those_still_open_are_all_cases() {
    assert!(holds(OPEN, "CF101", "41"));
    let broken = told("report.txt", &OPEN.replace("41", "48"));
    assert!(broken.len() == 1 && broken.iter().all(|one| one.starts_with("CF101")), "{broken:?}");
    // Without the last step some cases may be left over.
    let some = OPEN.replace("41", "48").replace(" and one still ongoing", "");
    assert_eq!(told("report.txt", &some), Vec::<String>::new());
}

const CONCLUDED: &str = "\
Report on enquiries 2023/24

The office had 1,250 enquiries in the year. Of matters within its powers 850 were heard. Thus, the proportion of matters within \
its powers rose to 68%.
";

#[test]
fn a_share_is_concluded_from_the_counts_before_it() {
    assert!(holds(CONCLUDED, "CF203", "68%"));
    // Which counts are meant is not said, so that nothing is accused.
    assert_eq!(told("report.txt", &CONCLUDED.replace("68%", "61%")), Vec::<String>::new());
}

const ASKED: &str = "\
Survey of patients 2023

In total 400 patients took part in the autumn.

Some 22% n=88 of them travel by bus.
";

#[test]
fn a_share_of_a_survey_is_of_all_who_were_asked() {
    assert!(holds(ASKED, "CF203", "22%"));
    assert_eq!(told("report.txt", &ASKED.replace("n=88", "n=71")), Vec::<String>::new());
}

const ACCOUNTS: &str = "\
Item,2022,2023
Grants,412310,398411
Fees,88214,90127
Total income,500524,488538
Salaries,310877,301992
Premises,96540,99013
Training,21066,20754
Travel,9188,8871
Total costs,437671,430630
";

#[test]
fn one_column_of_accounts_says_what_the_total_of_the_other_adds_up() {
    assert_eq!(told("accounts.csv", ACCOUNTS), Vec::<String>::new());
    let broken = told("accounts.csv", &ACCOUNTS.replace("430630", "436630"));
    assert!(broken.len() == 1 && broken.iter().all(|one| one.ends_with("add up to 430630")), "{broken:?}");
}
