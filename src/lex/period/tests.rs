use super::*;
use crate::model::period::{Period, PeriodExpr};
use proptest::prelude::*;

/// Every period of a text as "printed = label"; slips have a "!" behind.
fn labels(text: &str) -> Vec<String> {
    let found = scan(text).into_iter().map(|f| {
        let name = match f.expr {
            PeriodExpr::Absolute(period) => period.label(),
            other => format!("{other:?}"),
        };
        format!("{} = {name}{}", &text[f.range], if f.slip.is_some() { " !" } else { "" })
    });
    found.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(labels(text), expected, "in {text:?}");
}

#[test]
fn years_in_two_numbers() {
    for printed in ["2016/17", "2016-17", "2016/2017", "2016 to 2017", "16/17", "2016 - 17", "2016/7"] {
        check(printed, &[&format!("{printed} = 2016/17")]);
    }
    check("Report2018/19", &["2018/19 = 2018/19"]);
    check("the year ending 31 March 2016", &["the year ending 31 March 2016 = 2015/16"]);
    check("the 2017/18 financial year", &["2017/18 financial year = 2017/18"]);
    check("for the year 2017/18.", &["the year 2017/18 = 2017/18"]);
    check("1999/2000 and 09/10", &["1999/2000 = 1999/2000", "09/10 = 2009/10"]);
    check("2018/19 - 103", &["2018/19 = 2018/19"]);
    check("60% (6/10), 94% (16/17), 24/7, 12/25", &[]);
    check("2016/17/18", &[]);
    check("2018 - 47", &["2018 = 2018"]);
}

#[test]
fn months_and_their_ranges() {
    for printed in [
        "Apr16-Mar17",
        "Apr 16 Mar 17",
        "Apr16 - Mar 17",
        "Apr16 – Mar 17",
        "Apr 2016 - Mar 2017",
        "April 2016 to March 2017",
        "1 April 2016 to 31 March 2017",
        "1st April 2016 - 31st March 2017",
        "01/04/2016 to 31/03/2017",
        "year ending 31 March 2017",
        "year to March 31, 2017",
        "Apr 16\nMar 17",
        "12 months to 31 March 2017",
        "year ended March 2017",
    ] {
        check(printed, &[&format!("{printed} = 2016/17")]);
    }
    check("October to December 2019", &["October to December 2019 = Q3 2019/20"]);
    check("in June 2018 and on 7 August 2020", &["June 2018 = June 2018", "7 August 2020 = 7 August 2020"]);
    check("April to June (Q1)", &["April to June (Q1) = Quarter(1)"]);
    check("in May and we may march", &["May = Month(5)"]);
    check("April (3), May (1)", &["April = Month(4)", "May = Month(5)"]);
    check("01/04/2020, 31.03.2016", &["01/04/2020 = 1 April 2020", "31.03.2016 = 31 March 2016"]);
}

#[test]
fn and_joins_only_after_between() {
    let printed = "between April and September 2019";
    check(printed, &[&format!("{printed} = 1 April 2019 to 30 September 2019")]);
    check("on 1 May 2020 and 3 May 2020", &["1 May 2020 = 1 May 2020", "3 May 2020 = 3 May 2020"]);
    check("2019/20 Q3", &["2019/20 Q3 = Q3 2019/20"]);
}

#[test]
fn quarters_and_parts() {
    check("Quarter 1 2018/19", &["Quarter 1 2018/19 = Q1 2018/19"]);
    check("Q3 2020/21 Q1", &["Q3 2020/21 = Q3 2020/21", "Q1 = Quarter(1)"]);
    check("Quarter 1 - April to June 2024", &["Quarter 1 - April to June 2024 = Q1 2024/25"]);
    check(
        "first six months of 2023/24",
        &["first six months of 2023/24 = 1 April 2023 to 30 September 2023"],
    );
    check(
        "first three quarters of 2021/22",
        &["first three quarters of 2021/22 = 1 April 2021 to 31 December 2021"],
    );
    check("second half of 2019/20", &["second half of 2019/20 = 1 October 2019 to 31 March 2020"]);
    check("H1 2022/23", &["H1 2022/23 = 1 April 2022 to 30 September 2022"]);
    check(
        "their first and second half of 2019/20",
        &[
            "first = 1 April 2019 to 30 September 2019",
            "second half of 2019/20 = 1 October 2019 to 31 March 2020",
        ],
    );
    for printed in
        ["half year to 31 March 2023", "half-year ending March 2023", "six months up to April 2023"]
    {
        check(printed, &[&format!("{printed} = 1 October 2022 to 31 March 2023")]);
    }
    check("May to August period in 2019", &["May to August period in 2019 = 1 May 2019 to 31 August 2019"]);
    // A month or a day that is named as the end is the end.
    check("six months to October 2021", &["six months to October 2021 = 1 May 2021 to 31 October 2021"]);
    check(
        "six months ended 30 April 2023",
        &["six months ended 30 April 2023 = 1 November 2022 to 30 April 2023"],
    );
    check("the first and second stage, in the half year, this half of the year", &[]);
    check("2018 to date", &["2018 to date = 2018"]);
    check("the third quarter", &["third quarter = Quarter(3)"]);
    check(
        "Quarter 1 - July 2021 Quarter 2 - October 2021",
        &[
            "Quarter 1 = Quarter(1)",
            "July 2021 = July 2021",
            "Quarter 2 = Quarter(2)",
            "October 2021 = October 2021",
        ],
    );
}

#[test]
fn years_alone() {
    check("in 2019 and calendar year 2020", &["2019 = 2019", "calendar year 2020 = 2020"]);
    check("Children Act 1989, Regulations 2006, the 2002 Act, the Act (2014)", &[]);
    check("2019 complaints; a total of 2010; 2,015; £2015; from 2005 to 574; 1937; 2199", &[]);
    check("from 2018 to 2019", &["2018 = 2018", "2019 = 2019"]);
}

#[test]
fn years_told_relative_to_the_document() {
    check(
        "this year, last year, the previous reporting year",
        &["this year = Relative(0)", "last year = Relative(-1)", "previous reporting year = Relative(-1)"],
    );
    check(
        "the year before; two years ago; next year",
        &["the year before = Relative(-1)", "two years ago = Relative(-2)", "next year = Relative(1)"],
    );
    check(
        "the year, the reporting year, the preceding year",
        &["the year = Relative(0)", "the reporting year = Relative(0)", "preceding year = Relative(-1)"],
    );
    check("each year, the last two years, year on year, the year-end", &[]);
}

#[test]
fn a_financial_year_may_be_called_by_one_number() {
    check("FY16 ESTIMATE", &["FY16 = 2016"]);
    check("FY2016, FY 17 and FY2016/17", &["FY2016 = 2016", "FY 17 = 2017", "FY2016/17 = 2016/17"]);
    check("FY16-17", &["FY16-17 = 2016/17"]);
    check("FY16-19", &[]);
}

#[test]
fn months_and_weeks_may_be_told_by_their_end() {
    let printed = "six months ended 30 September 2023";
    check(printed, &[&format!("{printed} = 1 April 2023 to 30 September 2023")]);
    check(
        "in the four weeks ending 30 December 2023,",
        &["four weeks ending 30 December 2023 = 3 December 2023 to 30 December 2023"],
    );
    check("26 weeks to 30 June 2024", &["26 weeks to 30 June 2024 = 1 January 2024 to 30 June 2024"]);
}

#[test]
fn the_year_that_is_over_is_the_report_s() {
    check("over the last year", &["last year = Relative(0)"]);
    check("in the last year", &["last year = Relative(0)"]);
    check("fewer than in the last year", &["last year = Relative(-1)"]);
    check(
        "in last year's report, for the last year",
        &["last year's = Relative(-1)", "last year = Relative(-1)"],
    );
}

#[test]
fn misprints_are_told() {
    check("2021-21", &["2021-21 = 2020/21 !"]);
    check("1 April 2021 to 31 March 2021", &["1 April 2021 to 31 March 2021 = 2020/21 !"]);
    check("March 2019 to April 2020", &["March 2019 to April 2020 = 1 March 2019 to 30 April 2020 !"]);
    check("30 February 2020", &[]);
}

#[test]
fn expressions_are_resolved_in_the_document() {
    let document = Period::financial_year(2020);
    let label = |expr: PeriodExpr| expr.resolve(document).map(|p| p.label());
    assert_eq!(label(PeriodExpr::Relative(-1)).as_deref(), Some("2019/20"));
    assert_eq!(label(PeriodExpr::Quarter(4)).as_deref(), Some("Q4 2020/21"));
    assert_eq!(label(PeriodExpr::Month(2)).as_deref(), Some("February 2021"));
    assert_eq!(label(PeriodExpr::Month(13)), None);
    assert_eq!(PeriodExpr::Quarter(1).resolve(None), None);
    assert_eq!(Period::quarter(2020, 5), None);
}

#[test]
fn days_of_sheets_years_to_date_and_quarters_of_the_calendar() {
    let label = |text: &str| {
        let found = scan(text);
        let Some(FoundPeriod { expr: PeriodExpr::Absolute(period), .. }) = found.first() else { return None };
        Some(period.label())
    };
    for (text, wanted) in [
        ("13-Dec-16", "13 December 2016"),
        ("24-Jan-2017", "24 January 2017"),
        ("ytd21", "2021"),
        ("YTD 2022", "2022"),
        ("2021 YTD", "2021"),
        ("the fourth quarter of 2016", "Q3 2016/17"),
        ("Q4 2016", "Q3 2016/17"),
        ("Q1 of 2025 (April to June)", "Q1 2025/26"),
    ] {
        assert_eq!(label(text).as_deref(), Some(wanted), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in ".*", pieces in "([0-9]{1,4}|[/ ,.-]|Apr|March|Q|year|the|first|to|of){0,30}") {
        for text in [text, pieces] {
            for found in scan(&text) {
                prop_assert!(text.get(found.range).is_some());
            }
        }
    }

    #[test]
    fn labels_read_back(year in 1991i16..2040, month in 1i8..=12, count in 1i32..30) {
        let period = Period::months(year, month, count).unwrap();
        let found = scan(&period.label());
        prop_assert_eq!(found.len(), 1);
        let PeriodExpr::Absolute(read) = found[0].expr else { panic!() };
        prop_assert_eq!((read.start, read.end), (period.start, period.end));
    }
}
