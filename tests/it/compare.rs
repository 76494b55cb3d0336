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

#[test]
fn the_page_has_every_row_of_the_text_and_a_chart() {
    let (status, page) = compare(&["--format", "html", "corpus/across"]);
    let (as_text, text) = compare(&["corpus/across"]);
    assert_eq!(status, as_text);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("complaints closed")).collect();
    let on_page = page.matches("<th scope=\"row\">complaints closed").count();
    assert!(!rows.is_empty() && rows.len() == on_page, "{} in the text, {on_page} on the page", rows.len());
    for line in text.lines().filter(|line| line.starts_with("* ")) {
        let (label, _) = line.trim_start_matches("* ").split_once(": ").unwrap();
        assert!(page.contains(&format!("<li>{label}: ")), "{label}");
    }
    assert!(page.contains("<svg class=\"chart\" role=\"img\" aria-label=\"Brindlewick District Council. "));
    assert!(page.contains("corpus/across/brindlewick-2021-22-report.md, page 1, line "));
    for outside in ["src=", "href=\"http", "url(", "@import", "<script"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
    let (_, page) = compare(&["--headlines", "--format", "html", REPORTS[0]]);
    assert!(page.contains("<th scope=\"row\">complaints received</th>"), "{page}");
}

#[test]
fn the_page_is_written_to_a_file_and_to_no_document() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("compare-page");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (copy, page) = (folder.join("report.txt"), folder.join("panel.html"));
    std::fs::copy(REPORTS[0], &copy).unwrap();
    let run = |out: &std::path::Path| {
        compare(&["--format", "html", "--out", out.to_str().unwrap(), copy.to_str().unwrap()])
    };
    assert_eq!(run(&page), (Some(0), String::new()));
    assert!(std::fs::read_to_string(&page).unwrap().starts_with("<!doctype html>"));
    let before = std::fs::read(&copy).unwrap();
    assert_eq!(run(&copy).0, Some(2));
    assert_eq!(std::fs::read(&copy).unwrap(), before);
}
