//! What `crossfoot.toml` says of words and documents, and which commands take it. Tried on the program itself.

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A multiple that is a little beyond the band of its word, and a change that is a little more than none.
const WORDS: &str = "Larkmere Council\nComplaints report 2021/22\n\n\
    Compliments doubled, from 40 in 2020/21 to 90 in 2021/22.\n";

struct Place(PathBuf);

impl Place {
    fn new(test: &str) -> Place {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("configured-{test}"));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Place(dir)
    }

    fn file(&self, name: &str, content: &str) -> &Place {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crossfoot"));
        command.args(args).current_dir(&self.0).stdin(Stdio::null()).output().unwrap()
    }

    fn json(&self, args: &[&str]) -> Value {
        let run = self.run(args);
        serde_json::from_slice(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(&run)))
    }

    /// The codes of what a check finds.
    fn found(&self, args: &[&str]) -> Vec<String> {
        let answer = self.json(&[&["check", "--format", "json"], args].concat());
        let findings = answer["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    }
}

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stderr).into_owned()
}

#[test]
fn words_reach_as_far_as_the_settings_say() {
    let place = Place::new("words");
    place.file("a.txt", WORDS);
    assert_eq!(place.found(&["a.txt"]), ["CF304"]);
    place.file("crossfoot.toml", "[words]\ndouble = 0.15\n");
    assert!(place.found(&["a.txt"]).is_empty());
    assert!(cfg!(windows) || place.found(&["a.txt", "--isolate"]).is_empty());
    assert_eq!(place.found(&["a.txt", "--no-config"]), ["CF304"]);
    place.file("crossfoot.toml", "[words]\ndoubled = 0.15\nnearly = 3\n");
    let wrong = place.run(&["check", "a.txt"]);
    assert_eq!(wrong.status.code(), Some(2));
    let expected = "error: crossfoot.toml:2: no key is called \"doubled\"\nhint: did you mean double?\n\
        error: crossfoot.toml:3: \"nearly\" cannot be so\n\
        hint: a number above 0 and up to 2 is wanted, such as 0.1 or \"1/12\"\n";
    assert_eq!(said(&wrong), expected);
}

/// Counts that were rounded to the nearest five before they were printed, and a share that was not.
const ROUNDED: &str = "Larkmere Council\nComplaints report 2020/21\n\n\
    Stage | 2020/21\nStage 1 | 35\nStage 2 | 15\nStage 3 | 5\nTotal | 60\n\n\
    In 2020/21 the council received 60 complaints. Of these 60 complaints, 15 (27%) were upheld.\n";

#[test]
fn counts_of_some_documents_were_rounded() {
    let place = Place::new("rounding");
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
