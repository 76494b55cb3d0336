//! What `crossfoot.toml` says of words and documents, and which commands take it. Tried on the program itself.

use super::place::Place;
use serde_json::Value;
use std::fs;

/// A multiple that is a little beyond the band of its word, and a change that is a little more than none.
const WORDS: &str = "Larkmere Council\nComplaints report 2021/22\n\n\
    Compliments doubled, from 40 in 2020/21 to 90 in 2021/22.\n";

impl Place {
    /// The codes of what a check finds.
    fn found(&self, args: &[&str]) -> Vec<String> {
        let answer = self.run(&[&["check", "--format", "json"], args].concat()).json();
        let findings = answer["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn words_reach_as_far_as_the_settings_say() {
    let place = Place::new("configured-words");
    place.file("a.txt", WORDS);
    assert_eq!(place.found(&["a.txt"]), ["CF304"]);
    place.file("crossfoot.toml", "[words]\ndouble = 0.15\n");
    assert!(place.found(&["a.txt"]).is_empty());
    assert!(cfg!(windows) || place.found(&["a.txt", "--isolate"]).is_empty());
    assert_eq!(place.found(&["a.txt", "--no-config"]), ["CF304"]);
    place.file("crossfoot.toml", "[words]\ndoubled = 0.15\nnearly = 3\n");
    let wrong = place.run(&["check", "a.txt"]);
    assert_eq!(wrong.status, 2);
    let expected = "error: crossfoot.toml:2: no key is called \"doubled\"\nhint: did you mean double?\n\
        error: crossfoot.toml:3: \"nearly\" cannot be so\n\
        hint: a number above 0 and up to 2 is wanted, such as 0.1 or \"1/12\"\n";
    assert_eq!(wrong.err, expected);
}

/// Counts that were rounded to the nearest five before they were printed, and a share that was not.
const ROUNDED: &str = "Larkmere Council\nComplaints report 2020/21\n\n\
    Stage | 2020/21\nStage 1 | 35\nStage 2 | 15\nStage 3 | 5\nTotal | 60\n\n\
    In 2020/21 the council received 60 complaints. Of these 60 complaints, 15 (27%) were upheld.\n";

#[test]
fn counts_of_some_documents_were_rounded() {
    let place = Place::new("configured-rounding");
    place.file("north/a.txt", ROUNDED).file("south/a.txt", &ROUNDED.replace("60", "85"));
    assert_eq!(place.found(&["north"]), ["CF101", "CF203"]);
    let rounded = "[[documents]]\npath = '**'\nrounding = 5\n";
    place.file("crossfoot.toml", rounded);
    assert!(place.found(&["north"]).is_empty());
    assert!(cfg!(windows) || place.found(&["north", "--isolate"]).is_empty());
    assert_eq!(place.found(&["south"]), ["CF101", "CF203"], "no rounding explains that");
    // What a nearer entry, or the command line, says of the body leaves the rounding as it is.
    let body = "[[documents]]\npath = 'north/*'\norganisation = 'Thornwick Council'\n";
    place.file("crossfoot.toml", &format!("{body}{rounded}"));
    assert!(place.found(&["north"]).is_empty());
    assert!(place.found(&["north", "--about", "Fennick Council"]).is_empty());
    place.file("crossfoot.toml", &format!("{body}rounding = 2\n{rounded}"));
    assert_eq!(place.found(&["north"]), ["CF101", "CF203"], "the first that matches counts");
}

/// The rows of a table of a data set, with these columns only.
fn rows(place: &Place, table: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(place.0.join(table)).unwrap();
    let heads = reader.headers().unwrap().clone();
    let at = |name: &&str| heads.iter().position(|head| head == *name).unwrap();
    let at: Vec<usize> = columns.iter().map(at).collect();
    let row = |record: csv::StringRecord| at.iter().map(|at| record[*at].to_owned()).collect();
    let mut rows: Vec<Vec<String>> = reader.records().map(|record| row(record.unwrap())).collect();
    rows.sort();
    rows
}

/// The same of what `check` says in JSON.
fn told(answer: &Value, list: &str, keys: &[&str]) -> Vec<Vec<String>> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let row = |one: &Value| keys.iter().map(|key| text(&one[*key])).collect();
    let mut rows: Vec<Vec<String>> = answer[list].as_array().unwrap().iter().map(row).collect();
    rows.sort();
    rows
}

const SETTINGS: &str = "ignore = ['CF101']\n[severity]\nCF203 = 'note'\n[words]\ndouble = 0.15\n\
    [[documents]]\npath = 'in/a/*'\norganisation = 'Thornwick Council'\nrounding = 5\n";

/// Documents of which each part of [`SETTINGS`] changes what is found.
fn reports(place: &Place) {
    let other = ROUNDED.replace("Larkmere", "Marrowby");
    place.file("in/a/rounded.txt", ROUNDED).file("in/b/rounded.txt", &other).file("in/words.txt", WORDS);
}

#[test]
fn extract_takes_what_is_said_of_documents_and_words() {
    let place = Place::new("configured-extract");
    place.file("a.txt", "In 2020/21 we received around 40 complaints and 20 compliments.\n");
    place.file(
        "crossfoot.toml",
        "fail_on = 'never'\n[words]\naround = 1\n\
         [[documents]]\npath = '*.txt'\norganisation = 'Thornwick Council'\nrounding = 10\n",
    );
    let intervals = |args: &[&str]| {
        let document = place.run(&[&["extract", "a.txt"], args].concat()).json();
        let figures = document["observations"].as_array().unwrap().clone();
        let end = |figure: &Value, key: &str| figure["interval"][key].as_str().unwrap().to_owned();
        let ends: Vec<String> =
            figures.iter().map(|figure| end(figure, "low") + " to " + &end(figure, "high")).collect();
        (ends.join(", "), document["about"]["organisation"]["name"].as_str().unwrap_or_default().to_owned())
    };
    let wanted = ("30 to 50, 15 to 25".to_owned(), "Thornwick Council".to_owned());
    assert_eq!(intervals(&[]), wanted);
    assert!(cfg!(windows) || intervals(&["--isolate"]) == wanted);
    assert_eq!(intervals(&["--no-config"]), ("35 to 45, 20 to 20".to_owned(), String::new()));
    place.file("other.toml", "words = 1\n");
    let wrong = place.run(&["extract", "a.txt", "--config", "other.toml"]);
    assert_eq!((wrong.status, wrong.out.len()), (2, 0));
    assert!(wrong.err.starts_with("error: other.toml:1: \"words\" is a table"), "{}", wrong.err);
}

#[test]
fn a_panel_and_what_is_looked_at_have_the_bodies_that_the_settings_name() {
    let place = Place::new("configured-compare");
    place.file("a.txt", ROUNDED);
    place.file("crossfoot.toml", "[[documents]]\npath = '*.txt'\norganisation = 'Thornwick Council'\n");
    for command in [["compare", "a.txt"].as_slice(), &["debug", "source", "a.txt"]] {
        let body = |args: &[&str]| place.run(&[command, args].concat()).out.contains("Thornwick Council");
        assert!(body(&[]), "{command:?}");
        assert!(!body(&["--no-config"]), "{command:?}");
    }
}

#[test]
fn a_batch_finds_what_a_check_finds_with_the_same_settings() {
    let place = Place::new("configured-batch");
    reports(&place);
    let all = |settings: &[&str], out: &str| {
        let run = place.run(&[&["batch", "in", "--out", out], settings].concat());
        assert_eq!(run.status, 0, "{}", run.err);
        let answer = place.run(&[&["check", "in", "--format", "json"], settings].concat()).json();
        let keys = ["code", "severity", "message", "arithmetic"];
        let found = rows(&place, &format!("{out}/findings.csv"), &keys);
        assert_eq!(found, told(&answer, "findings", &keys));
        let keys = ["code", "verdict", "published", "computed"];
        assert_eq!(rows(&place, &format!("{out}/claims.csv"), &keys), told(&answer, "claims", &keys));
        (found.into_iter().map(|row| row[..2].join(" ")).collect::<Vec<_>>(), run.err)
    };
    let (without, _) = all(&[], "plain");
    assert_eq!(without, ["CF101 error", "CF101 error", "CF203 error", "CF203 error", "CF304 warning"]);
    place.file("crossfoot.toml", SETTINGS);
    let (with, note) = all(&[], "set");
    assert_eq!(with, ["CF203 note"]);
    assert!(note.contains("1 check is left out by crossfoot.toml"), "{note}");
    let bodies = rows(&place, "set/documents.csv", &["path", "organisation"]);
    assert_eq!(bodies[0], ["in/a/rounded.txt", "Thornwick Council"]);
    assert_eq!(all(&["--no-config"], "none").0, without);
    // Parts that are joined have the settings that they were read with.
    fs::rename(place.0.join("crossfoot.toml"), place.0.join("own.toml")).unwrap();
    for part in ["1/2", "2/2"] {
        let out = format!("part-{}", &part[..1]);
        let args = ["batch", "in", "--out", &out, "--shard", part, "--config", "own.toml"];
        assert_eq!(place.run(&args).status, 0);
    }
    let joined = place.run(&["reconcile", "part-1", "part-2", "--out", "joined"]);
    assert_eq!(joined.status, 0, "{}", joined.err);
    for table in ["documents", "observations", "claims", "findings"] {
        let file = |dir: &str| fs::read(place.0.join(dir).join(format!("{table}.csv"))).unwrap();
        assert_eq!(file("joined"), file("set"), "{table}");
    }
}

#[test]
fn a_run_goes_on_with_the_settings_that_it_was_begun_with() {
    let place = Place::new("configured-resume");
    reports(&place);
    place.file("crossfoot.toml", SETTINGS);
    let go_on = || place.run(&["batch", "in", "--out", "out", "--resume"]);
    assert_eq!(go_on().status, 0);
    for (from, to, section) in [
        ("CF101", "CF102", "select, ignore, off"),
        ("'note'", "'warning'", "[severity]"),
        ("0.15", "0.2", "[words]"),
    ] {
        place.file("crossfoot.toml", &SETTINGS.replace(from, to));
        let other = go_on();
        assert_eq!(other.status, 2);
        let what = format!("it holds a run with other settings than these: {section}");
        assert!(other.err.contains(&what), "{}", other.err);
    }
    // What is said of documents is known by document, and they are read and checked anew.
    place.file("crossfoot.toml", &SETTINGS.replace("'in/a/*'", "'in/b/*'"));
    let moved = go_on();
    assert_eq!(moved.status, 0, "{}", moved.err);
    place.run(&["batch", "in", "--out", "anew"]);
    for table in ["documents", "observations", "claims", "findings"] {
        let file = |dir: &str| fs::read(place.0.join(dir).join(format!("{table}.csv"))).unwrap();
        assert_eq!(file("out"), file("anew"), "{table}");
    }
}
