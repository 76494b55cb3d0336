//! What a text says loosely: figures that it prints again, directions and wholes that it leaves to what was said before, what
//! leads, and how many things it lists.

use crate::beliefs::{answer, told};
use crossfoot::internal::reconcile::claim::Verdict;

/// The claims of a code: as printed, the values of their operands, the verdict.
fn claims(code: &str, name: &str, text: &str) -> Vec<(String, Verdict)> {
    let claims = answer(name, text).claims.into_iter().filter(|claim| claim.code == code);
    claims.map(|claim| (claim.published.to_string(), claim.verdict)).collect()
}

fn holds(code: &str, text: &str) -> Vec<String> {
    let claims = claims(code, "loose.txt", text).into_iter();
    let held =
        claims.filter(|(_, verdict)| !matches!(verdict, Verdict::Inconsistent | Verdict::Unverifiable));
    held.map(|(printed, _)| printed).collect()
}

#[test]
fn a_figure_is_printed_again_under_words_alike() {
    let text = "The reading room\n\nIn the survey 63% of visitors called the reading room quiet.\n\nParking cost 12% more.\n\n\
                We shall keep the reading room as it is, since 63% of visitors called it quiet.\n";
    assert_eq!(holds("CF401", text), ["63%", "63%"]);
}

#[test]
fn a_change_is_stated_twice() {
    let text = |second: &str| {
        format!(
            "Loans of films fell by 17% in the year.\n\nBooks were lent as often as before.\n\n{second}\n"
        )
    };
    let again = text("The shelves for films were cut back after the 17% fall in loans of films.");
    assert_eq!(holds("CF401", &again).len(), 2);
    let other = text("The new roof saw a fall of 17% in the cost of heating.");
    assert_eq!(holds("CF401", &other), Vec::<String>::new());
}

#[test]
fn a_sentence_rounds_or_cuts_what_a_table_prints() {
    let table = |said: &str| {
        format!(
            "How people came\n\nMost visitors came on foot: {said} of visitors walked.\n\n\
             | Way | Visitors |\n| --- | --- |\n| Visitors who walked | 53.68% |\n| Visitors who drove | 31.20% |\n\
             | Visitors by bus | 15.12% |\n"
        )
    };
    let verdict = |said: &str| {
        let found = claims("CF402", "ways.md", &table(said));
        found.into_iter().find(|(printed, _)| printed == said).map(|(_, verdict)| verdict)
    };
    assert_eq!(verdict("54%"), Some(Verdict::HoldsByRounding));
    assert_eq!(verdict("53%"), Some(Verdict::HoldsByConvention));
    // A share that the table does not print is no second printing of one that it does.
    assert_eq!(told("ways.md", &table("57%")), Vec::<String>::new());
}

#[test]
fn the_other_end_of_a_movement_stands_before_it() {
    for text in [
        "In spring only 57% of the repairs were done at the first visit - down from 71%.\n",
        "There were 412 allotments in 2019; this is lower than in 2018 (437).\n",
        "The wait was 17.4 days, which is a slight fall from 17.6 days.\n",
    ] {
        assert_eq!(holds("CF303", text).len(), 1, "{text}");
    }
    // What stands before need not be what moved: it can bear a direction out and not refute it.
    let other = "At the north desk 57% of answers came in time; at the south desk it is another matter, down from 46%.\n";
    assert_eq!(told("desks.txt", other), Vec::<String>::new());
}

#[test]
fn of_those_is_of_the_cases_named_before() {
    let text = |part: u32| {
        format!("23 of the orders were late, and {part} of those came more than a week after the day.\n")
    };
    assert_eq!(holds("CF206", &text(9)).len(), 1);
    assert_eq!(told("those.txt", &text(29)), Vec::<String>::new());
}

#[test]
fn what_leads_leads_the_others_of_its_sentence() {
    let text = |most: u32| {
        format!(
            "Most complaints were about repairs ({most} complaints); others were about noise (61) and litter (23).\n"
        )
    };
    assert_eq!(holds("CF307", &text(84)), ["84"]);
    assert_eq!(told("leads.txt", &text(24)), Vec::<String>::new());
}

#[test]
fn a_sentence_lists_as_many_as_it_says() {
    let text = |list: &str| format!("Four themes stood out in the talks: {list}.\n");
    assert_eq!(holds("CF601", &text("delay, staff, charges, and parking")), ["Four"]);
    // A name can hold a comma or "and", so that another number of names says nothing.
    assert!(claims("CF601", "list.txt", &text("delay, staff and charges, and parking")).is_empty());
}

#[test]
fn a_fraction_and_its_percentage_agree() {
    let text = |share: &str| format!("Two thirds of tenants ({share}) were content.\n");
    assert_eq!(holds("CF304", &text("66%")).len(), 1);
    let found = told("tenants.txt", &text("51%"));
    assert!(found.iter().any(|one| one.starts_with("CF304")), "{found:?}");
}

#[test]
fn a_quarter_is_compared_with_the_quarter_before() {
    let text = "Quarter 3 2019/20\n\nThe number of parking complaints has come down since the previous quarter.\n\n\
                Parking complaints by quarter\n\n\
                | Service | Q3 2018/19 | Q2 2019/20 | Q3 2019/20 |\n| --- | --- | --- | --- |\n\
                | Parking | 31 | 48 | 36 |\n| Libraries | 12 | 14 | 15 |\n";
    let answer = answer("quarter.md", text);
    let fall = answer.claims.iter().find(|claim| claim.code == "CF303").expect("a direction");
    assert_eq!((fall.verdict, fall.arithmetic.contains("48")), (Verdict::Holds, true), "{}", fall.arithmetic);
}

#[test]
fn one_end_of_a_change_leads_to_the_cell_of_the_other() {
    let text = |cell: &str| {
        format!(
            "Annual report 2018/19\n\nThanks and compliments rose from 187 to 224, that is by 20%.\n\n\
             | Year | Stage 1 | Compliments |\n| --- | --- | --- |\n| 2016/17 | 118 | 203 |\n\
             | 2017/18 | 141 | {cell} |\n| 2018/19 | 137 | 224 |\n"
        )
    };
    assert_eq!(told("ends.md", &text("187")), Vec::<String>::new());
    let broken = told("ends.md", &text("137"));
    assert!(broken.len() == 1 && broken.iter().all(|one| one.starts_with("CF402")), "{broken:?}");
}

#[test]
fn shares_of_a_sentence_are_of_one_number() {
    let text = |upheld: &str| {
        format!(
            "We received 1,284 complaints in 2023/24.\n\nOf the 1,284 complaints, 1,040 (81%) were answered in time.\n\n\
             In all, 669 complaints (52%) were upheld and {upheld} (43%) were not upheld; the other 62 were withdrawn.\n"
        )
    };
    assert_eq!(told("base.txt", &text("553")), Vec::<String>::new());
    // 453 is 43% of 1,040 if the decimals are cut off.
    let broken = told("base.txt", &text("453"));
    assert!(broken.iter().any(|one| one.starts_with("CF203")), "{broken:?}");
}
