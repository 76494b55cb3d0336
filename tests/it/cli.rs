//! The contract of the command line, tried on the program itself.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const REPORT: &str = "Complaints report 2020/21\n\nThe council received 40 complaints in 2020/21.\n\n\
    Stage | 2019/20 | 2020/21\nStage 1 | 20 | 30\nStage 2 | 12 | 10\nTotal | 32 | 40\n";

/// A directory of its own for a test.
struct Place {
    dir: PathBuf,
}

impl Place {
    fn new(test: &str) -> Place {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{test}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Place { dir }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Place {
        let path = self.dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
        command.args(args).current_dir(&self.dir).stdin(Stdio::null()).env_remove("CLICOLOR_FORCE");
        command
    }

    fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.dir.join(name)).unwrap()
    }

    fn names(&self, dir: &str) -> Vec<String> {
        let entries = fs::read_dir(self.dir.join(dir)).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

struct Run {
    status: i32,
    out: String,
    err: String,
}

impl Run {
    fn of(output: Output) -> Run {
        Run {
            status: output.status.code().expect("not killed by a signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

fn paths(documents: &Value) -> Vec<String> {
    let documents = documents.as_array().unwrap().iter();
    documents.map(|d| d["source"]["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn help_and_version_are_results() {
    let place = Place::new("help");
    let version = place.run(&["--version"]);
    assert_eq!((version.status, version.out), (0, format!("crossfoot {}\n", env!("CARGO_PKG_VERSION"))));
    let help = place.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    for command in ["check", "extract", "explain", "schema", "debug", "completions", "man"] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}: {}", help.out);
        assert_eq!(place.run(&[command, "--help"]).status, 0);
    }
}

#[test]
fn bad_usage_is_2_and_leaves_stdout_empty() {
    let place = Place::new("usage");
    place.file("a.txt", REPORT);
    let cases: [&[&str]; 8] = [
        &[],
        &["check"],
        &["frobnicate", "a.txt"],
        &["debug", "glyphs", "a.txt"],
        &["check", "--format", "xml", "a.txt"],
        &["check", "--fail-on", "sometimes", "a.txt"],
        &["extract", "--format", "parquet", "a.txt"],
        &["explain", "CF999"],
    ];
    for args in cases {
        let run = place.run(args);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(!run.err.is_empty(), "{args:?}");
    }
    let stages = place.run(&["debug", "glyphs", "a.txt"]).err;
    assert!(
        stages.contains("lines, blocks, tables, figures, keys, statements, relations, claims"),
        "{stages}"
    );
}

#[cfg(not(feature = "second-reader"))]
#[test]
fn a_build_without_a_second_reader_says_so() {
    let place = Place::new("one-reader");
    place.file("a.txt", REPORT);
    let run = place.run(&["extract", "--second-reader", "a.txt"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("no second reader") && run.err.contains("--features second-reader"));
    assert_eq!(place.run(&["extract", "--second-reader", "--no-second-reader", "a.txt"]).status, 0);
}

#[test]
fn one_file_gives_one_object() {
    let place = Place::new("one");
    place.file("a.txt", REPORT);
    let run = place.run(&["extract", "a.txt"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let pretty = place.run(&["extract", "--pretty", "a.txt"]);
    assert!(run.out.lines().count() == 1 && pretty.out.lines().count() > 1 && run.json() == pretty.json());
    let json = run.json();
    assert_eq!(json["schema_version"], 1);
    assert_eq!(json["source"]["path"], "a.txt");
    assert_eq!(json["source"]["media_type"], "text/plain");
    assert_eq!(json["source"]["pages"], 1);
    let table = &json["tables"][0];
    assert_eq!(table["id"], "t1");
    assert_eq!(table["page"], 1);
    assert_eq!(table["bbox"], Value::Null);
    let last = table["cells"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["row"], &last["col"], &last["text"]), (&3.into(), &2.into(), &"40".into()));
    let check = place.run(&["check", "--format", "json", "a.txt"]);
    assert_eq!(check.status, 0, "{}", check.out);
    for key in ["documents", "claims", "findings", "diagnostics"] {
        assert!(check.json()[key].is_array(), "{key}");
    }
    assert!(check.json()["coverage"]["figures"].is_number());
}

#[test]
fn directories_and_patterns_give_sorted_arrays() {
    let place = Place::new("several");
    place.file("reports/b.txt", REPORT).file("reports/a/z.md", REPORT).file("reports/.hidden.txt", REPORT);
    place.file("reports/picture.png", [0x89]).file("reports/.git/c.txt", REPORT);
    let directory = place.run(&["extract", "reports"]);
    assert_eq!(directory.status, 0, "{}", directory.err);
    assert_eq!(paths(&directory.json()), ["reports/a/z.md", "reports/b.txt"]);
    assert!(directory.err.contains("note: reports: files of other kinds were passed over: 1 png"));
    assert!(!place.run(&["extract", "--quiet", "reports"]).err.contains("passed over"));
    let pattern = place.run(&["extract", "reports/*.txt"]);
    assert_eq!(paths(&pattern.json()), ["reports/b.txt"]);
    let twice = place.run(&["extract", "reports/b.txt", "reports"]);
    assert_eq!(paths(&twice.json()), ["reports/b.txt", "reports/a/z.md"]);
    let joint = place.run(&["check", "--format", "json", "reports"]);
    assert_eq!(joint.json()["documents"].as_array().unwrap().len(), 2);
}

#[test]
fn a_directory_or_pattern_without_files_is_an_error() {
    let place = Place::new("nothing");
    fs::create_dir(place.dir.join("empty")).unwrap();
    for argument in ["empty", "*.txt"] {
        let run = place.run(&["extract", argument]);
        assert_eq!((run.status, run.out.as_str()), (2, "[]\n"), "{argument}");
        let expected = format!("error: {argument}: no file that can be read\nhint: ");
        assert!(run.err.starts_with(&expected), "{}", run.err);
    }
    let csv = place.run(&["extract", "--format", "csv", "empty"]);
    assert!(csv.out.starts_with("id,document,organisation,organisation_code,measure,"), "{}", csv.out);
    assert_eq!(csv.out.lines().count(), 1);
}

#[test]
fn a_missing_file_is_2_with_complete_json() {
    let place = Place::new("missing");
    place.file("a.txt", REPORT);
    let one = place.run(&["extract", "missing.txt"]);
    assert_eq!(one.status, 2);
    assert_eq!(one.err, "error: missing.txt: no such file\nhint: check the spelling of the path\n");
    assert_eq!(one.json()["source"]["sha256"], Value::Null);
    assert_eq!(one.json()["diagnostics"][0]["code"], "unreadable");
    let both = place.run(&["extract", "missing.txt", "a.txt"]);
    assert_eq!(both.status, 2);
    assert_eq!(paths(&both.json()), ["missing.txt", "a.txt"]);
    assert_eq!(both.json()[1]["tables"].as_array().unwrap().len(), 1);
    let check = place.run(&["check", "--format", "json", "a.txt", "missing.txt"]);
    assert_eq!(check.status, 2);
    assert_eq!(check.json()["documents"].as_array().unwrap().len(), 1);
    let told = check.json()["diagnostics"].as_array().unwrap().last().cloned().unwrap();
    assert_eq!((&told["path"], &told["severity"]), (&"missing.txt".into(), &"error".into()));
}

#[test]
fn what_is_not_text_is_refused_with_its_place_and_a_hint() {
    let place = Place::new("junk");
    let junk: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    place.file("junk.txt", junk).file("empty.txt", "").file("a.pdf", "%PDF-1.7\n%\u{e2}\u{e3}\n1 0 obj");
    for (name, what) in [("junk.txt", "not text"), ("empty.txt", "empty"), ("a.pdf", "PDF")] {
        let run = place.run(&["check", name]);
        assert_eq!(run.status, 2, "{name}");
        assert!(run.out.starts_with(&format!("Not read: {name}: ")) && run.out.contains(what), "{}", run.out);
        assert!(run.out.ends_with("Nothing could be read, so nothing was checked.\n"), "{}", run.out);
        let first = run.err.lines().next().unwrap();
        assert!(first.starts_with(&format!("error: {name}: ")) && first.contains(what), "{}", run.err);
        assert!(run.err.contains("\nhint: "), "{}", run.err);
    }
    assert_eq!(place.run(&["debug", "lines", "."]).status, 2);
}

#[test]
#[cfg(feature = "pdf")]
fn what_was_not_read_of_a_pdf_stands_before_all_else() {
    let place = Place::new("in-part");
    let fixture = |name: &str| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf").join(name)).unwrap()
    };
    place.file("cut.pdf", fixture("truncated.pdf")).file("scan.pdf", fixture("scanned.pdf"));
    let cut = place.run(&["check", "cut.pdf"]);
    assert!(cut.out.starts_with("Read in part: cut.pdf: the file is cut off"), "{}", cut.out);
    assert_eq!(cut.status, 0, "{}", cut.out);
    let scan = place.run(&["check", "scan.pdf"]);
    assert!(scan.out.starts_with("Not read: scan.pdf: page 1 is a picture"), "{}", scan.out);
    assert!(!scan.out.contains("Nothing inconsistent"), "{}", scan.out);
    assert_eq!(scan.status, 2, "{}", scan.out);
    let archive = place.run(&["extract", "cut.pdf", "--out", "out"]);
    assert_eq!(archive.status, 0, "{}", archive.err);
    assert!(place.read("out/documents.jsonl").contains("\"status\":\"partial\""));
}

#[test]
fn an_inconsistent_report_is_1_as_far_as_it_is_asked_for() {
    let place = Place::new("inconsistent");
    place.file("a.txt", REPORT.replace("Total | 32", "Total | 33"));
    let run = place.run(&["check", "a.txt"]);
    assert_eq!(run.status, 1, "{}", run.out);
    for line in [
        "error: The total says 33; its parts add up to 32.\n",
        "  --> line 8, table \"Complaints report 2020/21\" [CF101 column-total]\n",
        "     8 | Total | 33 | 40\n       |         ^^\n",
    ] {
        assert!(run.out.contains(line), "{line}: {}", run.out);
    }
    assert!(run.out.contains("\nInconsistent: 1 error from 1 cause in 1 document.\n"), "{}", run.out);
    assert_eq!(place.run(&["check", "--fail-on", "never", "a.txt"]).status, 0);
    assert_eq!(place.run(&["check", "a.txt", "missing.txt"]).status, 2);
    let json = place.run(&["check", "--format", "json", "a.txt"]);
    assert_eq!(json.status, 1);
    let finding = &json.json()["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&"CF101".into(), &"error".into()));
    assert_eq!((&finding["spans"][0]["line"], &finding["spans"][0]["text"]), (&8.into(), &"33".into()));
    let claim = &finding["claim_ids"][0];
    assert!(json.json()["claims"].as_array().unwrap().iter().any(|c| &c["id"] == claim));
}

#[test]
fn standard_input_is_read() {
    let place = Place::new("stdin");
    let mut command = place.command(&["extract", "-"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(REPORT.as_bytes()).unwrap();
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!(run.status, 0);
    assert_eq!(run.json()["source"]["path"], "-");
    assert_eq!(run.json()["tables"][0]["id"], "t1");
}

#[test]
fn a_closed_stdout_ends_quietly() {
    let place = Place::new("closed");
    place.file("long.txt", REPORT.repeat(60));
    let cases: [&[&str]; 4] = [
        &["extract", "long.txt"],
        &["extract", "--format", "md", "long.txt"],
        &["debug", "lines", "long.txt"],
        &["schema"],
    ];
    for args in cases {
        let mut command = place.command(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run = Run::of(child.wait_with_output().unwrap());
        assert_eq!((run.status, run.err.contains("error")), (0, false), "{args:?}: {}", run.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_2() {
    let place = Place::new("full");
    place.file("a.txt", REPORT);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = place.command(&["extract", "a.txt"]);
    let run = Run::of(command.stdout(full).stderr(Stdio::piped()).output().unwrap());
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("error: standard output: "), "{}", run.err);
}

#[test]
fn out_writes_every_input_and_its_status() {
    let place = Place::new("out");
    place.file("in/a.txt", REPORT).file("in/a.md", REPORT).file("in/b/c.txt", REPORT);
    place.file("in/broken.txt", [0; 64]);
    let run = place.run(&["extract", "in", "gone.txt", "--out", "data"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    let status = place.read("data/documents.jsonl");
    let rows: Vec<Value> = status.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let told: Vec<(&str, bool, Option<&str>)> = rows
        .iter()
        .map(|row| (row["path"].as_str().unwrap(), row["status"] == "failed", row["out"].as_str()))
        .collect();
    let expected = [
        ("in/a.md", false, Some("in/a.md.json")),
        ("in/a.txt", false, Some("in/a.txt.json")),
        ("in/b/c.txt", false, Some("in/b/c.json")),
        ("in/broken.txt", true, None),
        ("gone.txt", true, None),
    ];
    assert_eq!(told, expected);
    assert_eq!(rows[0]["tables"], 1);
    assert!(rows[0]["figures"].is_number());
    assert_eq!(rows[4]["why"], "no such file");
    assert_eq!(place.names("data"), ["documents.jsonl", "in"]);
    assert_eq!(place.names("data/in"), ["a.md.json", "a.txt.json", "b"]);
    let one: Value = serde_json::from_str(&place.read("data/in/b/c.json")).unwrap();
    assert_eq!(one["source"]["path"], "in/b/c.txt");
    assert!(run.err.contains("2 failed; see data/documents.jsonl"), "{}", run.err);
}

#[test]
fn results_are_not_read_as_inputs() {
    let place = Place::new("again");
    place.file("in/a.txt", REPORT);
    let args = ["extract", "in", "--out", "in/data", "--format", "md"];
    assert_eq!(place.run(&args).status, 0);
    assert_eq!(place.run(&args).status, 0);
    assert_eq!(place.read("in/data/documents.jsonl").lines().count(), 1);
    assert_eq!(place.run(&["extract", ".", "--out", "./in/../in/data", "--format", "md"]).status, 0);
    assert_eq!(place.read("in/data/documents.jsonl").lines().count(), 1);
    assert_eq!(place.names("in/data/in"), ["a.md"]);
}

#[test]
fn a_directory_that_cannot_be_written_is_2() {
    let place = Place::new("unwritable");
    place.file("a.txt", REPORT).file("data", "in the way");
    let run = place.run(&["extract", "a.txt", "--out", "data"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("error: data: a file where a directory is wanted\n"), "{}", run.err);
    assert_eq!(place.read("data"), "in the way");
}

#[test]
fn the_text_report_says_what_was_checked_and_has_no_escapes() {
    let place = Place::new("text");
    place.file("a.txt", REPORT);
    let run = place.run(&["check", "a.txt"]);
    assert_eq!(run.status, 0, "{}", run.out);
    assert!(run.out.contains("Nothing inconsistent was found in 1 document.\n"), "{}", run.out);
    assert!(run.out.contains(" figures found, "), "{}", run.out);
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let place = Place::new("same");
    for n in 0..12 {
        place.file(&format!("in/{n}.txt"), REPORT.replace("30", &n.to_string()));
    }
    for args in [&["extract", "in"][..], &["check", "--format", "json", "in"], &["check", "--notes", "in"]] {
        assert_eq!(place.run(args).out, place.run(args).out, "{args:?}");
    }
}

#[test]
fn a_grammar_that_cannot_be_read_is_2() {
    let place = Place::new("grammar");
    place.file("a.txt", REPORT);
    let run = place.run(&["check", "--grammars", "nowhere", "a.txt"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("nowhere"), "{}", run.err);
}

#[test]
fn a_list_of_words_is_replaced_by_one_of_the_same_name() {
    let place = Place::new("lists");
    place.file("a.txt", "| Team | Cases |\n| --- | --- |\n| North | 4 |\n| South | 5 |\n| Summa | 10 |\n");
    assert_eq!(place.run(&["check", "a.txt"]).status, 0);
    let lists = include_str!("../../grammars/en-GB/totals.toml");
    place.file("own/totals.toml", lists.replace("\"overall\", \"sum\"]", "\"overall\", \"sum\", \"summa\"]"));
    let run = place.run(&["check", "--grammars", "own", "a.txt"]);
    assert_eq!(run.status, 1, "{} {}", run.out, run.err);
    place.file("broken/totals.toml", "alone = [\"all\"]\nalso = 3\n");
    let run = place.run(&["check", "--grammars", "broken", "a.txt"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("totals.toml") && run.err.contains("line 2"), "{}", run.err);
}

#[test]
fn schema_explain_completions_and_man_print() {
    let place = Place::new("print");
    let schema = place.run(&["schema"]).json();
    assert!(schema["$defs"]["CheckAnswer"]["properties"]["coverage"].is_object());
    let list = place.run(&["explain"]);
    assert!(list.out.lines().any(|line| line.starts_with("CF101")), "{}", list.out);
    let one = place.run(&["explain", "cf101"]);
    assert!(one.out.contains("column-total"), "{}", one.out);
    assert!(place.run(&["completions", "bash"]).out.contains("crossfoot"));
    assert!(place.run(&["man"]).out.contains(".TH crossfoot"));
    assert!(place.run(&["man", "check"]).out.contains("fail\\-on"));
    assert_eq!(place.run(&["man", "nothing"]).status, 2);
}

#[test]
fn every_stage_can_be_printed() {
    let place = Place::new("stages");
    place.file("a.txt", REPORT);
    for stage in ["source", "lines", "blocks", "tables", "figures", "statements", "relations", "claims"] {
        assert_eq!(place.run(&["debug", stage, "a.txt"]).status, 0, "{stage}");
    }
    let lines = place.run(&["debug", "lines", "a.txt"]).out;
    assert!(lines.contains("  1      3 | The council received 40 complaints"), "{lines}");
    let tables = place.run(&["debug", "tables", "a.txt"]).out;
    assert!(tables.contains("  # | Stage | 2019/20 | 2020/21 |\n"), "{tables}");
    assert!(tables.contains("  = | Total | 32 | 40 |\n"), "{tables}");
}
