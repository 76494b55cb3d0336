//! Tables of a sheet whose rows are set apart under one head, and what their figures have to do with those of other tables.

use crate::beliefs::answer;
use crossfoot::internal::reconcile::claim::Verdict;

/// The arithmetic of the claims of a check that hold, in the order of the sheet.
fn held(sheet: &str, code: &str) -> Vec<String> {
    let claims = answer("sheet.csv", sheet).claims.into_iter();
    let holds = |verdict| matches!(verdict, Verdict::Holds | Verdict::HoldsByRounding);
    claims.filter(|c| c.code == code && holds(c.verdict)).map(|c| c.arithmetic.to_string()).collect()
}

#[test]
fn rows_set_apart_are_added_up_together() {
    let sheet = |large: u32| {
        format!(
            "Table 1: Centres by year,,\nYear,Centres,Visitors\n2020,455,\"128,770\"\n2021,441,\"120,951\"\n2022,438,\"129,004\"\n\n\
             Table 2: Centres by size,,\nSize,Centres,Visitors\nSmall,212,\"9,480\"\nMedium,148,\"27,310\"\nLarge,{large},\"40,255\"\n,,\n\
             Very large,17,\"31,862\"\nLargest,3,\"12,044\"\n"
        )
    };
    // What the numbers of the sheet show by themselves has the blank row as nought.
    let sums = |large: u32| -> Vec<String> {
        held(&sheet(large), "CF101").into_iter().filter(|sum| !sum.contains(" + 0 + ")).collect()
    };
    assert_eq!(
        sums(61),
        [
            "212 + 148 + 61 + 17 + 3 = 441; printed 441",
            "9,480 + 27,310 + 40,255 + 31,862 + 12,044 = 120,951; printed 120,951"
        ]
    );
    assert_eq!(sums(62), [""; 0]);
}

#[test]
fn shares_of_rows_set_apart_are_of_one_column_of_another_table() {
    let sheet = |people: &str| {
        format!(
            "Table 1: People by area,,\nArea,2021,2022\nAshwell,\"1,190\",\"1,240\"\nBirchley,\"2,290\",\"2,310\"\n,,\n\
             Cold Norton,999,985\nDunmere,\"3,410\",{people}\n,,\nElm Park,\"1,730\",\"1,765\"\nFenwick,\"2,055\",\"2,090\"\n\n\
             Table 2: People with a parking permit 2022,,\nArea,People,% of people\nAshwell,155,12.5%\nBirchley,402,17.4%\n,,\n\
             Cold Norton,61,6.2%\nDunmere,588,16.9%\n,,\nElm Park,233,13.2%\nFenwick,171,8.2%\n"
        )
    };
    let shares = held(&sheet("\"3,470\""), "CF203");
    assert_eq!(shares.len(), 6, "{shares:?}");
    assert!(shares.iter().any(|share| share.starts_with("588 ÷ 3,470")), "{shares:?}");
    // Four in five are no nine in ten.
    assert_eq!(held(&sheet("\"4,470\""), "CF203"), [""; 0]);
}

#[test]
fn shares_by_group_are_of_the_line_that_has_these_groups() {
    let sheet = |men: &str| {
        format!(
            "Table 1: Clients,,,\nYear,Women,Men,All\n2021,\"19,950\",\"18,004\",\"37,954\"\n2022,\"20,480\",{men},\"38,710\"\n\n\
             Table 2: Reasons 2022,,,,,,\n,Clients,,,\"Rate per 1,000 clients\",,\n,Women,Men,All,Women,Men,All\n\
             Housing,\"4,875\",\"3,325\",\"8,200\",238.0,182.4,211.8\nDebt,\"1,835\",\"2,490\",\"4,325\",89.6,136.6,111.7\n"
        )
    };
    let rates = held(&sheet("\"18,230\""), "CF603");
    assert_eq!(rates.len(), 6, "{rates:?}");
    assert!(rates.iter().any(|rate| rate.contains("2,490 × 1,000 ÷ 18,230")), "{rates:?}");
    assert_eq!(held(&sheet("\"16,230\""), "CF603"), [""; 0]);
}

#[test]
fn equal_rates_of_two_tables_are_one_figure_only_with_digits_enough() {
    let table = |number: u32, cases: &str, first: &str, last: &str| {
        format!(
            "Table {number}: Reasons of {cases} 2022,,,,,,\n,{cases},,,\"Rate per 1,000 {cases}\",,\n,Women,Men,Total,Women,Men,Total\n\
             {first}\nNoise,\"1,135\",\"2,190\",\"3,325\",79.6,136.6,{last}\n\n"
        )
    };
    let same = |rate: &str| {
        let one = table(1, "Clients", "Housing,\"4,875\",\"3,324\",\"8,199\",238.0,182.4,211.8", rate);
        let other = table(2, "Visitors", "Parking,\"2,875\",\"1,324\",\"4,199\",338.0,282.4,311.8", rate);
        let rates = held(&format!("{one}{other}"), "CF403").into_iter();
        rates.filter(|one| one.contains("per 1,000")).collect::<Vec<_>>()
    };
    assert_eq!(same("21.4"), [""; 0]);
    assert!(same("111.7").iter().all(|one| one == "111.7 per 1,000 = 111.7 per 1,000"));
    assert!(!same("111.7").is_empty());
}
