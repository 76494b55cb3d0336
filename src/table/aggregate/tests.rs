//! Grids written for the tests, and what must be found in them.

use super::*;
use crate::model::aggregation::AggregationKind;

fn grid<'a>(rows: &[&'a str]) -> Vec<Vec<NumberCell<'a>>> {
    grid_of(&rows.iter().map(|row| row.split('|').collect()).collect::<Vec<_>>())
}

fn borrowed(texts: &[Vec<String>]) -> Vec<Vec<&str>> {
    texts.iter().map(|row| row.iter().map(String::as_str).collect()).collect()
}

/// The parts of the claims of a kind for one result.
fn parts(rows: &[&str], kind: AggregationKind, result: (usize, usize)) -> Vec<Vec<(usize, usize)>> {
    find(&grid(rows)).into_iter().filter(|a| a.kind == kind && a.result == result).map(|a| a.parts).collect()
}

fn down(col: usize, rows: &[usize]) -> Vec<(usize, usize)> {
    rows.iter().map(|&r| (r, col)).collect()
}

#[test]
fn a_labelled_total_below_its_parts() {
    let rows =
        ["|2021|2022", "Housing|1,204|1,377", "Planning|318|295", "Waste|2,051|1,964", "Total|3,573|3,636"];
    assert_eq!(parts(&rows, AggregationKind::Sum, (4, 1)), vec![down(1, &[1, 2, 3])]);
    assert_eq!(parts(&rows, AggregationKind::Sum, (4, 2)), vec![down(2, &[1, 2, 3])]);
}

#[test]
fn an_unlabelled_sum_needs_siblings() {
    let three = ["a|b|c", "412|127|285", "933|318|615", "1,271|804|467", "655|96|559"];
    assert_eq!(parts(&three, AggregationKind::Sum, (2, 0)), vec![vec![(2, 1), (2, 2)]]);
    let once = ["a|b|c", "412|127|285", "933|311|608", "1,271|830|466", "655|99|541"];
    assert!(find(&grid(&once)).iter().all(|a| a.kind != AggregationKind::Sum));
}

#[test]
fn a_grand_total_is_the_sum_of_its_subtotals() {
    let rows = [
        "|Q1|Q2|Q3",
        "All|915|1,027|866",
        "Adults|404|518|377",
        "home care|151|203|166",
        "day care|253|315|211",
        "Children|511|509|489",
        "fostering|327|298|301",
        "education|184|211|188",
    ];
    assert_eq!(parts(&rows, AggregationKind::Sum, (1, 2)), vec![down(2, &[2, 5])]);
    assert_eq!(parts(&rows, AggregationKind::Sum, (2, 2)), vec![down(2, &[3, 4])]);
    assert_eq!(parts(&rows, AggregationKind::Sum, (5, 3)), vec![down(3, &[6, 7])]);
}

#[test]
fn blanks_are_parts_and_rounding_is_allowed() {
    let rows = ["|a|b", "x|12.4|30.1", "y||", "z|8.3|11.7", "w|5.1|2.2", "Total|25.9|44.0"];
    let found = find(&grid(&rows));
    let total: Vec<_> = found.iter().filter(|a| a.kind == AggregationKind::Sum && a.result.0 == 5).collect();
    assert_eq!(total.iter().map(|a| a.result).collect::<Vec<_>>(), vec![(5, 1), (5, 2)]);
    assert!(total.iter().all(|a| a.parts.len() == 4));
}

#[test]
fn shares_and_changes_are_found_along_their_columns() {
    let rows = [
        "|received|upheld|% upheld|last year|change %",
        "Housing|120|37|30.8|110|9.1",
        "Planning|83|21|25.3|97|-14.4",
        "Waste|205|144|70.2|188|9.0",
        "Roads|61|19|31.1|54|13.0",
        "Parks|44|13|29.5|51|-13.7",
    ];
    assert_eq!(parts(&rows, AggregationKind::Division, (2, 3)), vec![vec![(2, 2), (2, 1)]]);
    assert_eq!(parts(&rows, AggregationKind::RelativeChange, (4, 5)), vec![vec![(4, 4), (4, 1)]]);
}

#[test]
fn a_mean_is_found_by_its_word() {
    let rows = ["|a|b|c", "x|12|31|7", "y|19|22|4", "z|10|28|16", "Average|13.67|27.00|9.00"];
    assert_eq!(parts(&rows, AggregationKind::Average, (4, 1)), vec![down(1, &[1, 2, 3])]);
}

#[test]
fn figures_without_relations_are_left_alone() {
    let mut state = 7u64;
    let mut figure = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % 1000).to_string()
    };
    let texts: Vec<Vec<String>> = (0..300).map(|_| (0..12).map(|_| figure()).collect()).collect();
    assert_eq!(find(&grid_of(&borrowed(&texts))), vec![]);
}

#[test]
fn odd_grids_do_no_harm() {
    assert_eq!(find(&[]), vec![]);
    assert_eq!(find(&grid(&["", "|", "1", "1|2|3"])), vec![]);
    assert_eq!(find(&grid(&["999999999999999999999999|1", "-170141183460469231731687303715|2"])), vec![]);
}

#[test]
fn in_any_grid_nearly_all_sums_that_are_proposed_add_up() {
    let mut seed = 7_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    let (mut sums, mut right) = (0, 0);
    for _ in 0..300 {
        let (rows, cols) = (2 + next(7) as usize, 2 + next(7) as usize);
        let mut texts = vec![vec![String::new(); cols]; rows];
        for (row, line) in texts.iter_mut().enumerate() {
            let values: Vec<u64> = (1..cols).map(|_| next(90)).collect();
            for (col, value) in values.iter().enumerate() {
                line[col] = if next(12) == 0 { String::new() } else { format!("{value}") };
            }
            // In most grids the last column is the sum of the others.
            let total: u64 = line.iter().filter_map(|text| text.parse::<u64>().ok()).sum();
            line[cols - 1] = if row % 5 == 4 { next(200).to_string() } else { total.to_string() };
        }
        for found in find(&grid_of(&borrowed(&texts))).iter().filter(|f| f.kind == AggregationKind::Sum) {
            let value = |at: &(usize, usize)| texts[at.0][at.1].parse::<i64>().unwrap_or(0);
            let sum: i64 = found.parts.iter().map(value).sum();
            right += usize::from(sum == value(&found.result));
            sums += 1;
        }
    }
    assert!(sums > 300 && right * 20 > sums * 19, "{right} of {sums}");
}

#[test]
fn lines_that_move_together_prove_no_more_than_one() {
    // Prices for ages and hours: 0.6 + 0.45 is 1.05 of whatever the first row's are of.
    let row = |n: usize| {
        let base = 1530.0 + 37.0 * n as f64;
        let scales = [0.6, 0.45, 0.3, 1.3, 0.975, 0.65, 2.1, 1.575, 1.05];
        scales.map(|scale| format!("{:.0}", base * scale)).join("|")
    };
    let scaled: Vec<String> = (0..8).map(row).collect();
    let rows: Vec<&str> = scaled.iter().map(String::as_str).collect();
    assert_eq!(find(&grid(&rows)), vec![]);
    // Parts that vary are another matter.
    let free = ["412|127|285|9", "933|318|615|4", "1271|804|467|8", "655|96|559|1"];
    assert_eq!(parts(&free, AggregationKind::Sum, (0, 0)), vec![vec![(0, 1), (0, 2)]]);
}

#[test]
fn a_total_without_the_decimals_of_its_parts_is_their_sum() {
    let rows = [
        "a|b|c|Total",
        "604.2|231.5|1.1|837",
        "551.3|190.2|0.7|742",
        "498.8|177.1|2.3|678",
        "470.5|160.4|3.9|635",
    ];
    let found: Vec<_> = find(&grid(&rows)).into_iter().filter(|a| a.kind == AggregationKind::Sum).collect();
    assert_eq!(found.len(), 4);
}
