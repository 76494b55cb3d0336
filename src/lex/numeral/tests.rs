use super::*;
use crate::model::domain::{Domain, Rounding};
use crate::model::exact::Exact;
use crate::model::quantity::{Qualifier, Unit};
use proptest::prelude::*;

/// The figures of a text as "printed = canonical".
fn figures(found: Vec<Found>, text: &str) -> Vec<String> {
    found.into_iter().map(|f| format!("{} = {}", &text[f.range], f.quantity)).collect()
}

#[track_caller]
fn reads(text: &str, expected: &[&str]) {
    assert_eq!(figures(scan(text), text), expected, "in {text:?}");
}

#[track_caller]
fn cell_reads(text: &str, expected: &[&str]) {
    let found = read(text, &Conventions::default()).numerals.into_iter();
    let found = found.map(|n| Found { range: n.range, quantity: n.quantity });
    assert_eq!(figures(found.collect(), text), expected, "in {text:?}");
}

#[test]
fn counts() {
    reads("1,937to 2,194 of 8,816,589", &["1,937 = 1,937", "2,194 = 2,194", "8,816,589 = 8,816,589"]);
    reads("we had 1937 cases, 107* in all", &["1937 = 1,937", "107 = 107"]);
    reads("a population of 546,00", &["546,00 = 54,600"]);
    reads("3 out of 6 and (6/10)", &["3 = 3", "6 = 6", "6 = 6", "10 = 10"]);
    reads("increase of 703; 19 more than 40", &["703 = 703", "19 = 19", "40 = 40"]);
    reads("Q1 (517), Q2 (598)", &["517 = 517", "598 = 598"]);
    reads("2018/19 - 103", &["103 = 103"]);
    reads("22 upheld, 44 partially upheld and 7 withdrawn", &["22 = 22", "44 = 44", "7 = 7"]);
}

#[test]
fn percentages_and_points() {
    reads(
        "65% or 11 per cent or 12 percent, 96.4%",
        &["65% = 65%", "11 per cent = 11%", "12 percent = 12%", "96.4% = 96.4%"],
    );
    reads("<1% and < 1%", &["<1% = under 1%", "< 1% = under 1%"]);
    reads("↓4%, ↑14.5%", &["4% = 4%", "14.5% = 14.5%"]);
    reads(
        "up 3 percentage points, 3pp, from 5% by 2 points",
        &[
            "3 percentage points = 3 percentage points",
            "3pp = 3 percentage points",
            "5% = 5%",
            "2 points = 2 percentage points",
        ],
    );
    reads("a change of -7%", &["-7% = -7%"]);
    reads("Upheld - 6%", &["6% = 6%"]);
    reads(
        "1 percentage point; 4 points were raised",
        &["1 percentage point = 1 percentage points", "4 points = 4 percentage points"],
    );
    reads("4 points were raised", &["4 = 4"]);
    reads("86% of them (486), 55% (254)", &["86% = 86%", "486 = 486", "55% = 55%", "254 = 254"]);
}

#[test]
fn money() {
    reads(
        "£1,000.50, £19,727 and £986 per case",
        &["£1,000.50 = £1,000.50", "£19,727 = £19,727", "£986 = £986"],
    );
    reads(
        "£2.3m, £1.2 million, £500k",
        &["£2.3m = about £2,300,000", "£1.2 million = about £1,200,000", "£500k = about £500,000"],
    );
    reads(
        "over £19,500; £100 to £500; 50p",
        &["£19,500 = over £19,500", "£100 to £500 = £100-£500", "50p = £0.50"],
    );
}

#[test]
fn times_and_rates() {
    reads("in 21 working days or 10 days", &["21 working days = 21 working days", "10 days = 10 days"]);
    reads(
        "25 - 65 working days; 11-20 days",
        &["25 - 65 working days = 25-65 working days", "11-20 days = 11-20 days"],
    );
    reads("from 43 to 32 days, a five-day fall", &["43 = 43", "32 days = 32 days", "five-day = 5 days"]);
    reads(
        "7.2 per 1,000 and 5.5 decisions per 100,000 residents",
        &["7.2 per 1,000 = 7.2 per 1,000", "5.5 = 5.5 per 100,000"],
    );
    reads("35 per 1000 homes", &["35 per 1000 = 35 per 1,000"]);
    reads("2.5 per 10,000", &["2.5 per 10,000 = 0.25 per 1,000"]);
    reads("between 40 and 50 letters", &["40 and 50 = 40-50"]);
    reads("16 weeks, 3 hours, 6 months", &["16 = 16", "3 hours = 3 hours", "6 months = 6 months"]);
    reads("2½ hours", &["2½ hours = 2.5 hours"]);
}

#[test]
fn numbers_in_words() {
    reads(
        "Sixteen complaints; twenty-six; Fifty three of these",
        &["Sixteen = 16", "twenty-six = 26", "Fifty three = 53"],
    );
    reads(
        "forty-two percent, one hundred and twelve calls",
        &["forty-two percent = 42%", "one hundred and twelve = 112"],
    );
    reads("two thousand and one letters", &["two thousand and one = 2,001"]);
    reads("Both complaints were upheld. Neither was. None were.", &["Both = 2", "Neither = 0", "None = 0"]);
    reads("No complaints were made, no Stage 3 cases, nil", &["No = 0", "no = 0", "nil = 0"]);
    reads("both the council and others; neither upheld nor closed; no longer; no further action", &[]);
    reads("from seven to one in 2016/17 and one with delays", &["seven = 7", "one = 1", "one = 1"]);
    reads("one complaint, only one of which was upheld", &["one = 1", "one = 1"]);
    reads("one another, no one, one of the main themes, one who wrote, a one-off, the one", &[]);
    reads("twenty-first, third, Stage two, stage-two, a two-stage process", &[]);
}

#[test]
fn proportions() {
    reads(
        "a third of them, two thirds, half of all, three quarters of cases",
        &["a third = 1 in 3", "two thirds = 2 in 3", "half = 1 in 2", "three quarters = 3 in 4"],
    );
    reads(
        "nearly a quarter (24%), over one-fifth",
        &["a quarter = nearly 1 in 4", "24% = 24%", "one-fifth = over 1 in 5"],
    );
    reads(
        "the third stage, a third party, the first half of the year, third quarter, quarter 4, half-yearly",
        &[],
    );
    reads(
        "doubled, more than trebled, quadrupled, halved",
        &["doubled = 2-fold", "trebled = over 3-fold", "quadrupled = 4-fold", "halved = 1 in 2"],
    );
    reads(
        "almost double the number; twice as many; a two-fold rise; three times the 40",
        &["double = nearly 2-fold", "twice = 2-fold", "two-fold = 2-fold", "three times = 3-fold", "40 = 40"],
    );
    reads(
        "fewer than one in eight; 1 in 8 homes; 1 in 2016/17",
        &["one in eight = under 1 in 8", "1 in 8 = 1 in 8", "1 = 1"],
    );
    reads("double glazing; called three times", &["three = 3"]);
}

#[test]
fn parts_before_a_dash_and_pronouns_before_numbers() {
    reads("Over a third - 38%", &["a third = over 1 in 3", "38% = 38%"]);
    reads("one of the five", &["one = 1", "five = 5"]);
}

#[test]
fn qualifiers() {
    reads(
        "around 176, circa 500, c. 40, ~12, approximately 9",
        &["176 = about 176", "500 = about 500", "40 = about 40", "12 = about 12", "9 = about 9"],
    );
    reads(
        "over 1600, more than 97%, just over 5, at least 3, >7",
        &["1600 = over 1,600", "97% = over 97%", "5 = over 5", "3 = at least 3", ">7 = over 7"],
    );
    reads(
        "under 30, fewer than 5, up to 65 days, no more than 4",
        &["30 = under 30", "5 = under 5", "65 days = at most 65 days", "4 = at most 4"],
    );
    reads(
        "almost 12,000, nearly 96%, 20 or more, a maximum of 3",
        &["12,000 = nearly 12,000", "96% = nearly 96%", "20 = at least 20", "3 = at most 3"],
    );
    reads("complaints about 3 schools; it went up to 65", &["3 = 3", "65 = 65"]);
}

#[test]
fn numbers_before_capitals_are_sections_up_to_99() {
    reads("2 HOUSING", &[]);
    reads("327 BALLOTS CAST", &["327 = 327"]);
}

#[test]
fn references_are_left_out() {
    for text in [
        "S47 and s47, COVID-19, MOMO2, A4, CF101",
        "3.4.1 and 10:30 and 9am",
        "0808 800 5792 or 07758 670 369",
        "CV4 0EH",
        "www.council.gov.uk/a1 a2@b.org x3.pdf",
        "7 August 2020, 01/04/2020, June 2018",
        "2016/17 and 2019-20 and Q1",
        "Section 118, Part 3, Stage 2, Regulation 13 (3), page 4",
        "the 2002 Act",
        "paragraph 3.2, Quarter 2, Level 1, Grade 2, Option 3",
        "under 12s, aged 11-17, the age of 25, ages 0-5",
        "PO Box 4771",
        "1st, 2nd and 21st",
        "24/7",
        "Stages 1, 2 and 3",
        "Stage 1 and 2 complaints",
        "a 3-stage process",
        "1. Introduction",
        "5.2 Timescales",
        "for 3 years, a 2 year programme, the last 12 months",
        "19 005 432",
        "30 February 2020",
        "1 April",
        "Parts 4 and 5",
        "Stage 2's",
        "£000",
        "16-25 year olds",
        "Grade One",
        "10.30 a.m.",
        "Ref: 20001234",
        "paragraph 1 (ii)",
        "1 (ii)",
        "those 18 and over",
    ] {
        let (found, left_out) = scan_all(text);
        assert_eq!(figures(found, text), [""; 0], "in {text:?}");
        assert!(!left_out.is_empty(), "in {text:?}");
    }
    let long = "7".repeat(401);
    let (found, left_out) = scan_all(&long);
    assert!(found.is_empty() && left_out.len() == 1 && left_out[0] == (0..401));
    assert_eq!(scan(&"7".repeat(400)).len(), 1);
    reads("At Stage 1, 12 complaints and at Stage 2 4", &["12 = 12", "4 = 4"]);
    reads("Stage 1 - 12, Stage 1 and 3 at Stage 2", &["12 = 12", "3 = 3"]);
}

#[test]
fn cells() {
    cell_reads("212", &["212 = 212"]);
    cell_reads(" £9,432.00 ", &["£9,432.00 = £9,432.00"]);
    cell_reads("7% decrease", &["7% = 7%"]);
    cell_reads("60% (6/10)", &["60% = 60%", "6 = 6", "10 = 10"]);
    cell_reads("94% (16/17)", &["94% = 94%", "16 = 16", "17 = 17"]);
    cell_reads("303 (351)", &["303 = 303", "351 = 351"]);
    cell_reads("139 = 46% (51%)", &["139 = 139", "46% = 46%", "51% = 51%"]);
    cell_reads("<5", &["<5 = under 5"]);
    cell_reads("<1%", &["<1% = under 1%"]);
    cell_reads("0 (not recorded)", &["0 = 0"]);
    cell_reads("76 per month", &["76 = 76"]);
    cell_reads("498 (all processes)", &["498 = 498"]);
    cell_reads("1*", &["1 = 1"]);
    cell_reads("(12)", &["12 = 12"]);
    cell_reads("-7%", &["-7% = -7%"]);
    cell_reads("-7", &["-7 = -7"]);
    cell_reads("+3", &["3 = 3"]);
    cell_reads("↓4%", &["4% = 4%"]);
    cell_reads("Three", &["Three = 3"]);
    cell_reads("9 31 202", &["9 = 9", "31 = 31", "202 = 202"]);
    cell_reads("-", &["- = -"]);
    cell_reads("–", &["– = -"]);
    cell_reads("nil", &["nil = -"]);
    cell_reads("N/A", &["N/A = n/a"]);
    cell_reads("*", &["* = *"]);
    cell_reads("We do not hold this information", &["We do not hold this information = not recorded"]);
    for text in [
        "Within 10 days",
        "Stage 1",
        "2016/17",
        "Quarter 1",
        "11-20 days",
        "Apr16-Mar17",
        "0-5",
        "Benefits*",
        "2019",
        "Over 20 days",
        ">20 days",
        "65+",
        "1. Introduction",
        "16 - 25",
        "S47",
        "Upheld",
        "1st",
        "Q1",
    ] {
        cell_reads(text, &[]);
    }
    cell_reads("  ", &[]);
}

fn domain(text: &str) -> String {
    scan(text)[0].quantity.domain().to_string()
}

#[test]
fn domains() {
    for (text, expected) in [
        ("107", "{107}"),
        ("55%", "[54.5, 55.5]"),
        ("96.4%", "[96.35, 96.45]"),
        ("£9,432.00", "{9432}"),
        ("around 2,300", "[2250, 2350]"),
        ("about 40", "[35, 45]"),
        ("over 40", "(40, ∞)"),
        ("<5", "[1, 5)"),
        ("<1%", "(0, 1)"),
        ("almost trebled", "[2.7, 3)"),
        ("nearly doubled", "[1.75, 2)"),
        ("trebled", "[2.75, 3.25]"),
        ("more than doubled", "(2, ∞)"),
        ("nearly a quarter", "[0.2, 0.25)"),
        ("half of them", "[0.475, 0.525]"),
        ("11-20 days", "[10.5, 20.5]"),
        ("£2.3m", "[2250000, 2350000]"),
        ("up to 4", "[0, 4]"),
        ("at least 4", "[4, ∞)"),
        ("nearly 12", "[11, 12)"),
        ("7.2 per 1,000", "[7.15, 7.25]"),
    ] {
        assert_eq!(domain(text), expected, "{text}");
    }
    let share = scan("55%")[0].quantity.clone();
    assert_eq!(share.domain_as(Rounding::Truncated).to_string(), "[55, 56)");
    assert_eq!(share.domain_as(Rounding::Ceiling).to_string(), "(54, 55]");
    let mark = read("*", &Conventions::default()).numerals;
    assert_eq!(mark[0].quantity.domain().to_string(), "[1, 4]");
}

#[test]
fn domain_arithmetic() {
    let whole = scan("<5")[0].quantity.domain();
    assert!(
        whole.contains(&Exact::from(4))
            && !whole.contains(&Exact::ratio(7, 2))
            && !whole.contains(&Exact::from(5))
    );
    let share = scan("55%")[0].quantity.domain();
    assert_eq!(share.add(&whole).to_string(), "[55.5, 60.5)");
    assert_eq!(whole.scale(&Exact::from(-2)).to_string(), "(-10, -2]");
    assert!(share.intersects(&Domain::point(Exact::ratio(109, 2))));
    let between = Domain { whole: true, ..Domain::open(Exact::from(4), Exact::from(5)) };
    assert!(between.is_empty() && !between.intersects(&whole));
    assert!(!whole.intersects(&Domain::at_least(Exact::from(5))));
}

fn quantity() -> impl Strategy<Value = Quantity> {
    let units = prop::sample::select(vec![
        Unit::Count,
        Unit::Percent,
        Unit::PercentagePoints,
        Unit::Days,
        Unit::WorkingDays,
        Unit::Gbp,
        Unit::Usd,
        Unit::Eur,
        Unit::Hours,
        Unit::Months,
        Unit::Per1000,
        Unit::Per100000,
    ]);
    let qualifiers = prop::sample::select(vec![
        Qualifier::Equal,
        Qualifier::About,
        Qualifier::Over,
        Qualifier::Under,
        Qualifier::AtLeast,
        Qualifier::AtMost,
        Qualifier::Nearly,
    ]);
    (0i128..10_000_000, 0u8..4, units, qualifiers).prop_map(|(digits, decimals, unit, qualifier)| Quantity {
        value: Some(&Exact::from(digits) * &Exact::ten_to(-i32::from(decimals))),
        unit,
        qualifier,
        decimals,
        scale: 0,
        spelled: false,
        rounded: false,
        step: None,
    })
}

proptest! {
    #[test]
    fn a_printed_quantity_reads_back(quantity in quantity()) {
        let printed = format!("it was {quantity}");
        let found = scan(&printed);
        prop_assert_eq!(found.len(), 1, "{}", &printed);
        prop_assert_eq!(&found[0].quantity, &quantity);
    }

    #[test]
    fn a_printed_range_reads_back(low in 0i128..5000, more in 1i128..5000) {
        let quantity = Quantity {
            value: Some(Exact::from(low)), unit: Unit::Days, qualifier: Qualifier::To(Box::new(Exact::from(low + more))),
            decimals: 0, scale: 0, spelled: false, rounded: false,
step: None,
        };
        let found = scan(&quantity.to_string());
        prop_assert_eq!(&found[0].quantity, &quantity);
    }

    #[test]
    fn no_text_panics(text in ".*", pieces in "([0-9]{1,4}|[£/ ,.()<%+-]|one|two|twenty|hundred|and|half|a|third|Stage|to|days|½|é|per|no|in){0,40}") {
        for text in [text, pieces] {
            let (found, left_out) = scan_all(&text);
            for range in found.into_iter().map(|f| f.range).chain(left_out) {
                prop_assert!(text.get(range).is_some());
            }
            for conventions in [Conventions::default(), Conventions::of_sheet([text.as_str()].into_iter())] {
                for found in read(&text, &conventions).numerals {
                    prop_assert!(text.get(found.range).is_some());
                    prop_assert!(found.note.is_none_or(|note| text.get(note).is_some()));
                    found.quantity.domain();
                }
            }
        }
    }
}

#[test]
fn kinds_of_cells() {
    for text in [
        "212",
        "1,315",
        "7% decrease",
        "<1%",
        "£9,432.00",
        "60% (6/10)",
        "303 (351)",
        "0 (not recorded)",
        "1*",
        "76 per month",
        "-3",
        "11% increase",
        "546,00",
        "27.3%",
    ] {
        assert_eq!(CellKind::of(text), CellKind::Number, "{text}");
    }
    for text in [
        "2016/17",
        "2016-17",
        "Apr16-Mar17",
        "Apr 15 Mar 16",
        "Q1",
        "April 2015 to March 2016",
        "16/17",
        "Quarter 1 2018/19",
        "May",
    ] {
        assert_eq!(CellKind::of(text), CellKind::Period, "{text}");
    }
    for text in [
        "Duty",
        "0808 800 5792",
        "60 complaints were received",
        "12 March 2021 event",
        "2a Closed",
        "3 April School",
        "Stage 1",
        "Total 2019/20",
    ] {
        assert_eq!(CellKind::of(text), CellKind::Text, "{text}");
    }
    assert_eq!(CellKind::of("n/a"), CellKind::Mark);
    assert_eq!(CellKind::of("-"), CellKind::Mark);
}
