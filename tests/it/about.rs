//! What documents are about, from the command line to the JSON.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

struct Place(PathBuf);

struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} {}", self.out, self.err))
    }
}

impl Place {
    fn new(test: &str, files: &[(&str, &str)]) -> Place {
        let place = Place(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("about-{test}")));
        let _ = fs::remove_dir_all(&place.0);
        for (name, text) in files {
            let path = place.0.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        place
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
        let run = command.args(args).current_dir(&self.0).stdin(Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { status: run.status.code(), out: text(run.stdout), err: text(run.stderr) }
    }
}

const REPORT: &str =
    "Larkmere Borough Council\n\nComplaints report 2019/20\n\nThe council had 40 complaints.\n";
const PRESS: &str =
    "Complaints about Torfaen council fall\n\nIt had 31 cases in 2018/19, \"a good year\", it said.\n";
const BARE: &str = "Cases\n\nThere were 12 complaints.\n";

#[test]
fn the_json_says_what_a_document_is_about_and_where_it_says_so() {
    let place = Place::new("json", &[("a.txt", REPORT), ("b.txt", PRESS)]);
    let about = place.run(&["extract", "a.txt"]).json()["about"].clone();
    let body = json!({"name": "Larkmere Borough Council", "as_printed": "Larkmere Borough Council", "source": "title", "confidence": "sure"});
    assert_eq!(about["organisation"], body);
    assert_eq!(about["kind"], json!({"value": "report", "source": "title", "confidence": "likely"}));
    assert_eq!(about["period"]["label"], "2019/20");
    assert_eq!(about["period"]["source"], "title");
    let press = place.run(&["extract", "b.txt"]).json();
    assert_eq!(press["about"]["organisation"]["code"], "W06000020");
    assert_eq!(press["about"]["organisation"]["as_printed"], "Torfaen council");
    let organisation = json!({"name": "Torfaen County Borough Council", "gss_code": "W06000020"});
    assert_eq!(press["observations"][0]["organisation"], organisation);
    let csv = place.run(&["extract", "b.txt", "--format", "csv"]).out;
    assert!(csv.lines().nth(1).unwrap().contains(",Torfaen County Borough Council,W06000020,"), "{csv}");
    let checked = place.run(&["check", "a.txt", "b.txt", "--format", "json"]).json();
    assert_eq!(checked["documents"][0]["about"]["organisation"], body);
    assert_eq!(checked["documents"][1]["path"], "b.txt");
}

#[test]
fn a_document_that_cannot_be_placed_is_checked_alone_and_says_so() {
    let place = Place::new("alone", &[("a.txt", REPORT), ("bare.txt", BARE)]);
    let text = place.run(&["check", "a.txt", "bare.txt"]).out;
    assert!(
        text.starts_with("a.txt: Larkmere Borough Council, 2019/20\nbare.txt: no body was found"),
        "{text}"
    );
    let json = place.run(&["check", "a.txt", "bare.txt", "--format", "json"]).json();
    let told =
        json["diagnostics"].as_array().unwrap().iter().find(|told| told["code"] == "not-placed").unwrap();
    assert_eq!((&told["path"], &told["severity"]), (&json!("bare.txt"), &json!("note")));
    // A document that is checked alone anyway needs no such note.
    let one = place.run(&["check", "bare.txt", "--format", "json"]).json();
    assert_eq!(one["diagnostics"], json!([]));
    assert!(place.run(&["check", "a.txt"]).out.starts_with("Larkmere Borough Council, 2019/20\n"));
}

#[test]
fn what_is_given_counts_and_what_contradicts_it_is_told() {
    let place = Place::new("given", &[("a.txt", REPORT), ("bare.txt", BARE)]);
    let given = place.run(&["extract", "bare.txt", "--about", "torfaen council, Q2 2018/19, minutes"]).json();
    let about = &given["about"];
    assert_eq!(about["organisation"]["name"], "Torfaen County Borough Council");
    assert_eq!(about["organisation"]["source"], "given");
    assert_eq!(
        (&about["kind"]["value"], &about["period"]["label"]),
        (&json!("minutes"), &json!("Q2 2018/19"))
    );
    assert_eq!(given["observations"][0]["period"]["start"], "2018-07-01");
    assert_eq!(given["diagnostics"], json!([]));
    let other = place.run(&["extract", "a.txt", "--about", "Wexley Council, 2016/17"]);
    assert_eq!(other.json()["about"]["organisation"]["name"], "Wexley Council");
    let told = other.json()["diagnostics"].clone();
    let codes: Vec<&Value> = told.as_array().unwrap().iter().map(|told| &told["code"]).collect();
    assert_eq!(codes, ["about-differs", "about-differs"]);
    assert!(
        other.err.contains("it is given as about Wexley Council, but it says that it is about Larkmere"),
        "{}",
        other.err
    );
    // A name in another form is the same body.
    assert_eq!(
        place.run(&["extract", "a.txt", "--about", "Larkmere Council"]).json()["diagnostics"],
        json!([])
    );
}

#[test]
fn what_is_given_and_says_nothing_is_refused_with_the_reason() {
    let place = Place::new("refused", &[("bare.txt", BARE)]);
    for (about, why) in [
        ("County Council, 2016/17", "\"County Council\" could be any body"),
        ("Larkmere Council, 2016/18", "did you mean 2016/17?"),
        ("Larkmere Council, 20167", "\"20167\" is no period"),
        (" , ", "could be any body"),
    ] {
        let run = place.run(&["check", "bare.txt", "--about", about]);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{about}");
        assert!(run.err.contains(why), "{about}: {}", run.err);
    }
    let near = place.run(&["extract", "bare.txt", "--about", "Torfean County Borough Council"]);
    assert!(near.err.contains("did you mean Torfaen County Borough Council?"), "{}", near.err);
    assert_eq!(near.status, Some(0));
}

#[test]
fn a_manifest_says_it_of_each_file() {
    let manifest = "path,organisation,period,kind\na.txt,,2017/18,\nold/bare.txt,\"Newry, Mourne and Down\",2016/17,press\n";
    let place =
        Place::new("manifest", &[("in/a.txt", REPORT), ("in/old/bare.txt", BARE), ("in/list.csv", manifest)]);
    let run = place.run(&["extract", "in", "--manifest", "in/list.csv"]);
    let documents = run.json();
    // The manifest is no document itself.
    assert_eq!(documents.as_array().unwrap().len(), 2, "{}", run.err);
    assert_eq!(documents[0]["about"]["organisation"]["name"], "Larkmere Borough Council");
    assert_eq!(documents[0]["about"]["period"]["label"], "2017/18");
    let bare = &documents[1]["about"];
    assert_eq!(bare["organisation"]["code"], "N09000010");
    assert_eq!((&bare["kind"]["value"], &bare["period"]["source"]), (&json!("press"), &json!("given")));
    // Paths start at the folder of the manifest, however the inputs are written.
    let one = place.run(&["extract", "./in/old/../old/bare.txt", "--manifest", "in/list.csv"]).json();
    assert_eq!(one["about"]["organisation"]["code"], "N09000010");
    let part = place.run(&["check", "in/a.txt", "--manifest", "in/list.csv"]);
    assert!(part.err.contains("list.csv: 1 file not among the inputs: bare.txt (line 3)"), "{}", part.err);
}

#[cfg(unix)]
#[test]
fn another_process_is_told_what_a_document_is_about() {
    let place = Place::new("apart", &[("bare.txt", BARE)]);
    let args = ["extract", "bare.txt", "--about", "Armagh City, Banbridge and Craigavon, 2016/17"];
    let (here, apart) = (place.run(&args), place.run(&[&args[..], &["--isolate"]].concat()));
    assert_eq!(here.json()["about"]["organisation"]["code"], "N09000002");
    assert_eq!(here.out, apart.out);
}

#[test]
fn what_is_wrong_with_a_manifest_is_told_with_its_line_and_the_nearest_name() {
    let manifest = "path,organisation,period,kind\nreprot.txt,Larkmere Council,2016/17,\n\
        report.txt,Larkmere Council,2016-18,\nreport.txt,Larkmere Council,2016/17,leter\n\
        report.txt,Larkmere Council,,\nreport.txt,Wexley Council,,\nreport.txt,Borough Council,,\n";
    let place =
        Place::new("wrong", &[("report.txt", BARE), ("list.csv", manifest), ("heads.csv", "path,perod\n")]);
    let run = place.run(&["check", "report.txt", "--manifest", "list.csv"]);
    assert_eq!((run.status, run.out.as_str()), (Some(2), ""));
    for told in [
        "list.csv:2: there is no file \"reprot.txt\"\nhint: did you mean report.txt?",
        "list.csv:3: \"2016-18\" is no period\nhint: did you mean 2016/17?",
        "list.csv:4: \"leter\" is no kind of document\nhint: did you mean letter?",
        "list.csv:6: \"report.txt\" is about \"Wexley Council\" here and about \"Larkmere Council\" in line 5",
        "list.csv:7: \"Borough Council\" could be any body",
    ] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    let heads = place.run(&["check", "report.txt", "--manifest", "heads.csv"]);
    assert!(
        heads.err.contains("heads.csv:1: no column is called \"perod\"")
            && heads.err.contains("did you mean period?")
    );
    let missing = place.run(&["check", "report.txt", "--manifest", "none.csv"]);
    assert_eq!(missing.status, Some(2));
    let both = place.run(&["check", "report.txt", "--manifest", "list.csv", "--about", "Larkmere Council"]);
    assert_eq!(both.status, Some(2));
}
