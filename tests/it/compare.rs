//! `crossfoot compare`: what documents say, side by side.

use std::process::Command;

const REPORTS: [&str; 2] = ["corpus/keldwick/2022-23/report-clean.txt", "corpus/keldwick/2023-24/report.txt"];

fn compare(args: &[&str]) -> (Option<i32>, String) {
    let program = Command::new(env!("CARGO_BIN_EXE_crossfoot")).arg("compare").args(args).output().unwrap();
    (program.status.code(), String::from_utf8(program.stdout).unwrap())
}

#[test]
fn what_two_reports_print_differently_is_marked_with_both_places() {
    let (status, text) = compare(&REPORTS);
    assert_eq!(status, Some(0));
    let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap_or_default();
    let places = line("complaints received, place, stage 1");
    assert!(places.contains("315* B") && places.contains("330 B"), "{places}");
    let both = line("* complaints received, place, stage 1, 2022/23");
    assert!(both.ends_with("315 (B page 1, line 12); 311 (A page 1, line 18)"), "{both}");
    // What both print alike has no star.
    assert!(line("complaints received, resource, stage 1").contains("97 B"), "{text}");
}

#[test]
fn the_table_has_a_row_for_each_key_and_three_columns_for_each_period() {
    let (_, table) = compare(&["--format", "csv", REPORTS[0], REPORTS[1]]);
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let head = rows.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let is_of_places = |row: &&csv::StringRecord| {
        row[at("measure")] == *"complaints_received"
            && row[at("dimensions")].contains("place")
            && row[at("unit")] == *"count"
    };
    let row = rows.iter().find(is_of_places).unwrap();
    assert_eq!((&row[at("2022/23")], &row[at("2022/23 status")]), ("315", "restated"));
    assert!(row[at("2022/23 source")].contains("311: corpus/keldwick/2022-23"), "{row:?}");
}

#[test]
fn headlines_say_what_was_not_found() {
    let (_, text) = compare(&["--headlines", REPORTS[0], REPORTS[1]]);
    let line = |name: &str| text.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_default();
    assert!(text.starts_with("Keldwick City Council, 2023/24\n"), "{text}");
    assert!(
        line("complaints received").contains("870  corpus/keldwick/2023-24/report.txt: page 1, line 8"),
        "{text}"
    );
    assert!(line("upheld, percent").ends_with("printed for 2022/23, not for 2023/24"), "{text}");
}

#[test]
fn nothing_read_ends_with_2() {
    let (status, _) = compare(&["corpus/no-such-report.txt"]);
    assert_eq!(status, Some(2));
}

#[test]
fn a_manifest_among_the_inputs_is_no_document() {
    let folder = std::env::temp_dir().join(format!("crossfoot-compare-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    put("a.txt", "Report\n\nThe council received 92 complaints in 2021/22.\n");
    put("list.csv", "path,organisation,period,kind\na.txt,Larkmere Council,2021/22,report\n");
    let manifest = folder.join("list.csv");
    let (status, text) = compare(&["--manifest", manifest.to_str().unwrap(), folder.to_str().unwrap()]);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(status, Some(0));
    assert!(text.contains("Larkmere Council") && !text.contains("list.csv"), "{text}");
}
