//! What holds of all tables: they read back from every form they are printed in, and nothing stops the search.

use super::find;
use super::tests::{grid, lines, table, tables};
use proptest::prelude::*;

/// A table to be printed in every form: heads, and rows of a label and figures.
fn small_table() -> impl Strategy<Value = Vec<Vec<String>>> {
    let labels = [
        "Roads",
        "Parks and gardens",
        "Council Tax",
        "Street lighting",
        "Benefits",
        "Early help",
        "Planning",
    ];
    let heads = ["2018/19", "Upheld", "Withdrawn", "Total", "2019/20", "Online"];
    (2usize..6, 2usize..7).prop_flat_map(move |(cols, rows)| {
        let value =
            prop_oneof![(0u32..1900).prop_map(|n| n.to_string()), (0u32..100).prop_map(|n| format!("{n}%"))];
        proptest::collection::vec(proptest::collection::vec(value, cols - 1), rows).prop_map(move |values| {
            let mut head = vec!["Service".to_string()];
            head.extend(heads.iter().take(cols - 1).map(|h| h.to_string()));
            let mut grid = vec![head];
            for (row, label) in values.into_iter().zip(labels) {
                grid.push(std::iter::once(label.to_string()).chain(row).collect());
            }
            grid
        })
    })
}

fn print(grid: &[Vec<String>], form: usize) -> String {
    let join = |by: &str, end: &str| grid.iter().map(|r| r.join(by) + end).collect::<Vec<_>>().join("\n");
    match form {
        0 => join(" | ", " |"),
        1 => {
            let cells =
                grid.iter().skip(1).flatten().map(|c| format!("{c} |")).collect::<Vec<_>>().join("\n");
            format!("{} |\n{cells}", grid[0].join(" | "))
        }
        2 => join("\t", ""),
        3 => {
            let rule = vec!["---"; grid[0].len()].join("|");
            let rows = grid.iter().map(|r| format!("| {} |", r.join(" | "))).collect::<Vec<_>>();
            format!("{}\n|{rule}|\n{}", rows[0], rows[1..].join("\n"))
        }
        4 => {
            let pad =
                |(at, c): (usize, &String)| if at == 0 { format!("{c:<20}") } else { format!("{c:>12}") };
            grid.iter()
                .map(|r| r.iter().enumerate().map(pad).collect::<String>())
                .collect::<Vec<_>>()
                .join("\n")
        }
        5 => grid.iter().flatten().cloned().collect::<Vec<_>>().join("\n\n"),
        6 => join(" ", ""),
        _ => grid.concat().join(" | ") + " |",
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_table_reads_back_from_every_form(rows in small_table()) {
        let wanted: Vec<String> = rows.iter().map(|r| r.join(" | ")).collect();
        for form in 0..8 {
            let text = format!("Some words were said first.\n\n{}\n\nAnd some were said last.", print(&rows, form));
            let found = tables(&text);
            prop_assert_eq!(found.len(), 1, "form {}\n{}", form, text);
            prop_assert_eq!(grid(&found[0].table), wanted.clone(), "form {}\n{}", form, text);
            prop_assert_eq!(found[0].table.header_rows, 1, "form {}\n{}", form, text);
        }
    }

    #[test]
    fn any_lines_go_through(text in "([A-Za-z0-9|%£ \\t\\n:()/-]|Total|12|\\n\\n|Stage 1| - |é|•|n/a){0,400}") {
        let all = lines(&text);
        let (found, _) = find(&all);
        let mut end = 0;
        for one in found {
            prop_assert!(one.lines.start >= end && one.lines.end <= all.len() && one.lines.start < one.lines.end);
            end = one.lines.end;
            for cell in &one.table.cells {
                prop_assert!(cell.rows().end <= one.table.rows && cell.cols().end <= one.table.cols);
                let place = cell.passage.whole();
                prop_assert!((one.lines.start..one.lines.end).contains(&(place.line as usize - 1)));
            }
        }
    }
}

/// Time and memory grow with the size of the input: each of these would take minutes if they grew with its square.
#[test]
fn large_inputs_go_through() {
    let rows: String = (0..10_000).map(|n| format!("Row {n}x | {n} | {}\n", n + 1)).collect();
    assert_eq!(table(&rows).rows, 10_000);
    let flat: String = (0..5_000).map(|n| format!("Row{n}x {n} {}\n", n + 7)).collect();
    assert_eq!(table(&flat).rows, 5_000);
    for text in [
        "|".repeat(125_000),
        "a |".repeat(37_500),
        "x ".repeat(250_000),
        "12 ".repeat(50_000),
        "Upheld: 3\n\n\n(a)\n".repeat(2_500),
        "Word\n\n".repeat(6_000),
        "Word 3\n\n\n\n\n\n\nother words\n".repeat(1_250),
        "a |\n".repeat(12_500),
        "a\t1\n\n".repeat(6_000),
        "1234567890".repeat(12_500),
        "abc12345678901234567890\n".repeat(2_500),
        "A b c d e f g h\n1 2 3\n\n\n\n\n\n\n".repeat(1_000),
        "a / b / c\n\nd / e\n".repeat(2_500),
        "a   b   12\nc\n\n\n".repeat(2_500),
    ] {
        find(&lines(&text));
    }
}
