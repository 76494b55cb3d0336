//! Living with findings: settings, acceptances, baselines, and the forms of a report that other programs read. Tried on the
//! program itself.

use super::place::Place;
use serde_json::Value;

/// A total that is three too many, and a percentage change that is off.
const REPORT: &str = "Larkmere Council\nComplaints report 2020/21\n\n\
    Stage | 2019/20 | 2020/21\nStage 1 | 20 | 30\nStage 2 | 12 | 10\nStage 3 | 5 | 4\nTotal | 37 | 47\n\n\
    In 2020/21 the council received 120 enquiries, compared with 100 in 2019/20, an increase of 30%.\n";
const MENDED: &str = "Larkmere Council\nComplaints report 2020/21\n\n\
    Stage | 2019/20 | 2020/21\nStage 1 | 20 | 30\nStage 2 | 12 | 10\nStage 3 | 5 | 4\nTotal | 37 | 44\n\n\
    In 2020/21 the council received 120 enquiries, compared with 100 in 2019/20, an increase of 30%.\n";

impl Place {
    /// The findings of a check: the codes, and the ids.
    fn findings(&self, args: &[&str]) -> Vec<(String, String)> {
        let run = self.run(&[&["check", "--format", "json"], args].concat());
        let findings = run.json()["findings"].as_array().unwrap().clone();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        findings.iter().map(|finding| (text(&finding["code"]), text(&finding["id"]))).collect()
    }
}

fn codes(findings: &[(String, String)]) -> Vec<&str> {
    findings.iter().map(|(code, _)| code.as_str()).collect()
}

#[test]
fn checks_are_selected_on_the_command_line() {
    let place = Place::new("living-select");
    place.file("a.txt", REPORT);
    assert_eq!(codes(&place.findings(&["a.txt"])), ["CF101", "CF301"]);
    assert_eq!(codes(&place.findings(&["a.txt", "--select", "CF1"])), ["CF101"]);
    assert_eq!(codes(&place.findings(&["a.txt", "--ignore", "column-total,CF2"])), ["CF301"]);
    let run = place.run(&["check", "a.txt", "--select", "percent-change"]);
    assert!(run.out.contains("1 finding is left out by the command line."), "{}", run.out);
    assert!(run.out.contains("Checked: 1 change; 0 hold, 1 does not.\n"), "{}", run.out);
    let all = place.run(&["check", "a.txt", "--ignore", "CF101,CF301"]);
    assert!(
        all.status == 0 && all.out.contains("Nothing else that is inconsistent was found"),
        "{}",
        all.out
    );
    let none = place.run(&["check", "a.txt", "--select", "colum-total"]);
    assert_eq!((none.status, none.out.as_str()), (2, ""));
    assert!(none.err.contains("did you mean column-total?"), "{}", none.err);
}

#[test]
fn settings_are_found_upwards_and_the_command_line_counts_before_them() {
    let place = Place::new("living-settings");
    place.file("reports/deep/a.txt", REPORT);
    place.file("crossfoot.toml", "ignore = ['CF301']\nfail_on = 'never'\n[severity]\nCF101 = 'warning'\n");
    let run = place.run_in("reports/deep", &["check", "a.txt"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("warning: The total says 47"), "{}", run.out);
    assert!(run.out.contains("1 finding is left out by ../../crossfoot.toml."), "{}", run.out);
    let args = |more: &[&'static str]| [&["check", "reports/deep/a.txt"], more].concat();
    assert_eq!(place.run(&args(&["--fail-on", "warning"])).status, 1);
    assert!(place.run(&args(&["--select", "CF301"])).out.contains("CF301 percent-change"));
    let without = place.run(&args(&["--no-config"]));
    assert_eq!(without.status, 1);
    assert!(without.out.contains("2 errors"), "{}", without.out);
    place.file("strict.toml", "fail_on = 'note'\n");
    assert_eq!(place.run(&args(&["--config", "strict.toml"])).status, 1);
    let missing = place.run(&args(&["--config", "none.toml"]));
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
}

#[test]
fn what_is_wrong_in_the_settings_is_told_with_its_line() {
    let place = Place::new("living-wrong");
    place
        .file("a.txt", REPORT)
        .file("crossfoot.toml", "fail-on = 'error'\n\nignore = ['CF101', 'row-totals']\n");
    let run = place.run(&["check", "a.txt"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    let expected = "error: crossfoot.toml:1: no key is called \"fail-on\"\nhint: did you mean fail_on?\n\
        error: crossfoot.toml:3: no check is called \"row-totals\"\n\
        hint: did you mean row-total? `crossfoot explain` lists them all\n";
    assert_eq!(run.err, expected);
}

#[test]
fn settings_say_what_documents_are_about_and_where_words_are() {
    let place = Place::new("living-about");
    place.file("north/2021/a.txt", REPORT).file("south/a.txt", MENDED);
    let text =
        "[[documents]]\npath = 'north/**/*.txt'\norganisation = 'Thornwick Council'\nperiod = '2021/22'\n";
    place.file("crossfoot.toml", text);
    let run = place.run(&["check", "north", "south"]);
    assert!(run.out.contains("north/2021/a.txt: Thornwick Council, 2021/22\n"), "{}", run.out);
    assert!(run.out.contains("south/a.txt: Larkmere Council, "), "{}", run.out);
    let other = place.run(&["check", "north", "--about", "Fennick Council"]);
    assert!(other.out.contains("Fennick Council"), "{}", other.out);
    place.file("crossfoot.toml", "grammars = 'words'\n");
    let words = place.run(&["check", "south"]);
    assert_eq!(words.status, 2);
    assert!(words.err.contains("words: no such directory"), "{}", words.err);
}

#[test]
fn an_accepted_finding_is_counted_and_told_no_more() {
    let place = Place::new("living-accept");
    place.file("reports/a.txt", REPORT).file("crossfoot.toml", "");
    let findings = place.findings(&["reports/a.txt"]);
    let (total, change) = (findings[0].1.as_str(), findings[1].1.as_str());
    let shown = place.run(&["check", "reports/a.txt", "--ids"]);
    assert!(shown.out.contains(&format!("       id: {total}\n")), "{}", shown.out);
    let accept = ["accept", total, "--because", "the \"annex\" corrects it", "a.txt"];
    let accepted = place.run_in("reports", &accept);
    assert_eq!((accepted.status, accepted.err.as_str()), (0, ""));
    assert_eq!(accepted.out, format!("accepted: {total}: The total says 47; its parts add up to 44\n"));
    let kept = place.read("crossfoot-accepted.toml");
    let expected = format!(
        "\n[[accepted]]\nid = \"{total}\"\ncode = \"CF101\"\n\
         message = \"The total says 47; its parts add up to 44\"\ndocument = \"reports/a.txt\"\n\
         because = \"the \\\"annex\\\" corrects it\"\n"
    );
    assert!(kept.ends_with(&expected), "{kept}");
    let run = place.run(&["check", "reports/a.txt"]);
    assert!(run.status == 1 && !run.out.contains("The total says"), "{}", run.out);
    assert!(run.out.contains("\n1 finding is accepted; --accepted shows it.\n"), "{}", run.out);
    let shown = place.run(&["check", "reports/a.txt", "--accepted"]);
    assert!(shown.out.contains("accepted: The total says 47; its parts add up to 44.\n"), "{}", shown.out);
    assert!(shown.out.contains("  because: the \"annex\" corrects it\n"), "{}", shown.out);
    // The other one is accepted for a while, without its report.
    let until = place.run(&["accept", change, "--because", "to be mended", "--until", "2027-03-31"]);
    assert_eq!(until.out, format!("accepted: {change}\n"));
    let on = |day: &str| place.run(&["check", "reports/a.txt", "--today", day]);
    let last = on("2027-03-31");
    assert!(last.status == 0 && last.err.is_empty(), "{}", last.err);
    assert!(last.out.contains("2 findings are accepted; --accepted shows them."), "{}", last.out);
    let after = on("2027-04-01");
    assert_eq!(after.status, 1);
    let expected =
        format!("note: crossfoot-accepted.toml: {change} was accepted until 2027-03-31 and is told again\n");
    assert_eq!(after.err, expected);
    assert_eq!(place.run(&["check", "reports/a.txt", "--no-config"]).out.matches("-->").count(), 2);
    let again = place.run(&["accept", change, "--because", "it stays"]);
    assert_eq!(again.out, format!("accepted anew: {change}\n"));
    let left_out = &place.run(&["check", "--format", "json", "reports/a.txt"]).json()["left_out"];
    assert_eq!(left_out["accepted"][0]["because"], "the \"annex\" corrects it");
    // The report is mended.
    place.file("reports/a.txt", MENDED);
    let mended = place.run(&["check", "reports/a.txt"]);
    assert_eq!(mended.err, format!("note: crossfoot-accepted.toml: these no longer match: {total}\n"));
    place.file("other.txt", MENDED);
    assert_eq!(place.run(&["check", "other.txt"]).err, "", "nothing is said of documents that are not read");
}

#[test]
fn what_cannot_be_accepted_is_not_kept() {
    let place = Place::new("living-refused");
    place.file("a.txt", REPORT);
    let id = place.findings(&["a.txt"])[0].1.clone();
    let near = format!("{}0", &id[..id.len() - 1]);
    let cases: [(&[&str], &str); 5] = [
        (&[&near, "--because", "x", "a.txt"], "no finding of these reports has this id"),
        (&["a.txt", "--because", "x"], "no id of a finding is named"),
        (&[&id, "--because", " "], "no reason is given"),
        (&[&id, "--because", "x", "missing.txt"], "no such file"),
        (&[&id, "--because", "x", "--until", "soon"], "--until"),
    ];
    for (args, what) in cases {
        let run = place.run(&[&["accept"], args].concat());
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains(what), "{args:?}: {}", run.err);
        assert!(!place.0.join("crossfoot-accepted.toml").exists());
    }
    place.file("crossfoot-accepted.toml", "[[accepted]]\nid = 'F-1'\n");
    let broken = place.run(&["check", "a.txt"]);
    assert_eq!(broken.status, 2);
    assert!(
        broken.err.starts_with("error: crossfoot-accepted.toml:1: there is no \"because\""),
        "{}",
        broken.err
    );
}

#[test]
fn findings_of_a_baseline_are_counted() {
    let place = Place::new("living-baseline");
    place.file("a.txt", MENDED).file("b.txt", REPORT);
    let run = place.run(&["check", "--format", "json", "a.txt"]);
    place.file("last.json", &run.out);
    let more = place.run(&["check", "b.txt", "--baseline", "last.json"]);
    assert!(more.status == 1 && more.out.contains("The total says 47"), "{}", more.out);
    let told = "1 finding is known from the baseline; 0 of the baseline are gone.";
    assert!(more.out.contains(told), "{}", more.out);
    assert_eq!(place.run(&["check", "a.txt", "--baseline", "last.json"]).status, 0);
    let run = place.run(&["check", "--format", "json", "b.txt"]);
    place.file("last.json", &run.out);
    let less = place.run(&["check", "--format", "json", "a.txt", "--baseline", "last.json"]);
    let left_out = &less.json()["left_out"];
    assert_eq!((&left_out["in_baseline"], &left_out["gone"]), (&1.into(), &1.into()));
    let wrong = place.run(&["check", "a.txt", "--baseline", "a.txt"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (2, ""));
    assert!(wrong.err.contains("this is no answer of check"), "{}", wrong.err);
}

#[test]
fn statistics_have_a_row_a_check() {
    let place = Place::new("living-statistics");
    place.file("a.txt", REPORT);
    let run = place.run(&["check", "a.txt", "--statistics"]);
    let row = run.out.lines().find(|line| line.starts_with("CF101")).unwrap();
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>(),
        ["CF101", "column-total", "1", "0", "0", "1", "1", "0"]
    );
}

#[test]
fn sarif_has_the_shape_that_its_readers_want() {
    let place = Place::new("living-sarif");
    place.file("a b.txt", REPORT);
    let ids = place.findings(&["a b.txt"]);
    place.run(&["accept", &ids[1].1, "--because", "as told"]);
    let run = place.run(&["check", "--format", "sarif", "a b.txt", "missing.txt"]);
    assert_eq!(run.status, 2);
    let log = run.json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "a%20b.txt");
        assert!(location["region"]["startLine"].as_u64().unwrap() > 0);
    }
    assert_eq!(results[0]["partialFingerprints"]["crossfootFinding/v1"], ids[0].1);
    assert_eq!(results[1]["suppressions"][0]["justification"], "as told");
    let told = &run["invocations"][0];
    assert_eq!(told["executionSuccessful"], false);
    let unread = &told["toolExecutionNotifications"][0]["locations"][0];
    assert_eq!(unread["physicalLocation"]["artifactLocation"]["uri"], "missing.txt");
}

#[test]
fn remarks_for_github_name_file_and_line() {
    let place = Place::new("living-github");
    place.file("a.txt", REPORT);
    let run = place.run(&["check", "--format", "github", "a.txt"]);
    let first = "::error file=a.txt,line=8,endLine=8,col=14,endColumn=15,title=CF101 column-total::\
        The total says 47; its parts add up to 44 (30 + 10 + 4 = 44; printed 47, 3 too many).";
    assert_eq!(run.out.lines().next(), Some(first));
    assert_eq!(run.out.lines().count(), 2);
    // It reads as the report does: thousands are parted where the document parts them.
    let large = REPORT.replace("| 30", "| 3,030").replace("| 47", "| 3,047");
    place.file("b.txt", &large);
    for form in ["github", "sarif"] {
        let run = place.run(&["check", "--format", form, "b.txt"]);
        assert!(run.out.contains("The total says 3,047; its parts add up to 3,044 (3,030"), "{}", run.out);
    }
}

#[test]
fn a_check_is_explained_by_its_name_and_as_json() {
    let place = Place::new("living-explain");
    assert_eq!(place.run(&["explain", "column-total"]).out, place.run(&["explain", "cf101"]).out);
    let one = place.run(&["explain", "CF101", "--format", "json"]).json();
    assert_eq!((&one["name"], &one["severity"]), (&"column-total".into(), &"error".into()));
    assert!(place.run(&["explain", "--format", "json"]).json().as_array().unwrap().len() > 40);
}

#[test]
fn colours_are_as_asked_for() {
    let place = Place::new("living-colour");
    place.file("a.txt", REPORT);
    assert!(place.run(&["--color", "always", "check", "a.txt"]).out.contains("\u{1b}[1;31merror"));
    assert!(!place.run(&["check", "a.txt", "--color", "never"]).out.contains('\u{1b}'));
    assert!(place.run(&["check", "missing.txt", "--color=always"]).err.contains('\u{1b}'));
}

#[test]
fn what_is_meant_is_said_plainly() {
    let place = Place::new("living-plainly");
    place.file("a.txt", REPORT);
    let cases: [(&[&str], &str); 6] = [
        (
            &["check", "https://example.org/a.pdf"],
            "nothing is fetched; only files are read\nhint: download it",
        ),
        (
            &["check", "none/*.txt"],
            "none/*.txt: no file that can be read\nhint: there is no directory none\n",
        ),
        (&["extract", "a.txt", "--out", "a.txt"], "a.txt: a file where a directory is wanted"),
        (&["check", "--grammars", "none", "a.txt"], "none: no such directory"),
        (&["debug", "tables", "a.txt", "--page", "2"], "page 2 cannot be shown: the file has 1 page"),
        (&["debug", "lines", "a.txt", "--page", "1"], "--page goes with canvas, words and tables"),
    ];
    for (args, what) in cases {
        let run = place.run(args);
        assert_eq!(run.status, 2, "{args:?}");
        assert!(run.err.contains(what), "{args:?}: {}", run.err);
        assert_eq!(run.err.matches("error: ").count(), 1, "{}", run.err);
    }
    let batch = place.run(&["batch", "https://example.org/a.pdf", "none/*.txt", "--out", "data"]);
    assert_eq!(batch.status, 2);
    let documents = place.read("data/documents.csv");
    assert!(documents.contains("nothing is fetched; only files are read"), "{documents}");
    assert_eq!(documents.lines().count(), 3, "{documents}");
    let unknown = place.run(&["check", "--nope", "a.txt"]).err;
    assert!(!unknown.contains("--notes"), "{unknown}");
    assert!(place.run(&["check", "--note", "a.txt"]).err.contains("--notes"));
    assert!(place.run(&["debug", "tables", "a.txt", "--page", "1"]).out.starts_with("t1 "));
    for command in
        ["check", "accept", "compare", "extract", "batch", "reconcile", "explain", "schema", "debug"]
    {
        assert!(place.run(&[command, "--help"]).out.contains("\nExamples:\n"), "{command}");
    }
}
