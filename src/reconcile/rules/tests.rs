//! Every check's examples run through the whole program, and the pages in docs/checks are those of the checks.

use super::{ALL, Check, Emit, emitters, find, name};
use crate::model::document::Document;
use crate::phrase::Grammar;
use crate::pipeline::from_source;
use crate::read::source;
use crate::reconcile::check;
use crate::reconcile::claim::{Answer, Finding, Severity, Verdict};
use crate::reconcile::ledger::Ledger;
use std::collections::BTreeSet;
use std::path::Path;

/// Examples that the program does not read as it should yet: code, whether the example breaks, and which it is. One
/// that comes to pass has to leave this list.
const PENDING: &[(&str, bool, usize)] = &[];

/// The checks whose examples are sheets: a line of columns, then rows with their numbers, two blanks or more between
/// cells, and `156 =SUM(B2:B3)` for a formula with the value that is kept.
const SHEETS: [&str; 3] = ["CF108", "CF109", "CF110"];

/// Stands between the documents of an example.
const NEXT: &str = "=== NEXT ===\n";

fn documents(code: &str, text: &str) -> Vec<Document> {
    text.split(NEXT).map(|text| document(code, text)).collect()
}

fn document(code: &str, text: &str) -> Document {
    let (name, text) = match code {
        "CF107" => ("example.csv", text.to_owned()),
        _ if SHEETS.contains(&code) => ("example.fods", workbook(text)),
        _ => ("example.txt", text.to_owned()),
    };
    let source = source::from_bytes(name, text.into_bytes()).expect("an example can be read");
    from_source(source, Grammar::embedded(), &Default::default()).unwrap()
}

fn answer(code: &str, text: &str) -> Answer {
    check(&documents(code, text))
}

fn workbook(sheet: &str) -> String {
    let mut xml =
        r#"<?xml version="1.0"?><office:document a="opendocument.spreadsheet"><table:table>"#.to_owned();
    for (nth, line) in sheet.lines().enumerate().skip(1) {
        let mut cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        assert_eq!(cells.next(), Some(nth.to_string().as_str()), "{line}");
        xml += "<table:table-row>";
        for cell in cells {
            let (value, formula) = match cell.split_once(" =") {
                Some((value, formula)) => (value, format!("table:formula='{formula}'")),
                None => (cell, String::new()),
            };
            let kind = if value.parse::<f64>().is_ok() { "float" } else { "string" };
            xml += &format!("<table:table-cell office:value-type='{kind}' office:value='{value}' {formula}>");
            xml += &format!("<text:p>{value}</text:p></table:table-cell>");
        }
        xml += "</table:table-row>";
    }
    xml + "</table:table></office:document>"
}

/// What is amiss with the answer to an example, if anything is.
fn amiss(check: &Check, breaks: bool, answer: &Answer) -> Option<String> {
    if breaks {
        // A finding is as loud as the loudest of its claims.
        let loudest = |f: &Finding| {
            let codes = f.claims.iter().map(|at| answer.claims[*at].code);
            codes.filter_map(find).map(|check| check.severity).max()
        };
        let found = answer.findings.iter().any(|f| f.code == check.code && Some(f.severity) <= loudest(f));
        return (!found).then(|| format!("no finding of {}: {:#?}", check.code, summary(answer)));
    }
    let holds = [Verdict::Holds, Verdict::HoldsByRounding, Verdict::HoldsByConvention];
    let held = answer.claims.iter().any(|c| c.code == check.code && holds.contains(&c.verdict));
    let quiet = answer.findings.iter().all(|f| f.severity == Severity::Note);
    (!held || !quiet)
        .then(|| format!("{} is to hold, and all to be quiet: {:#?}", check.code, summary(answer)))
}

fn summary(answer: &Answer) -> Vec<String> {
    let claims = answer.claims.iter().map(|c| {
        let reason = c.reason.as_deref().unwrap_or_default();
        format!("{} {:?} {:?} [{}] {reason}", c.code, c.published, c.verdict, c.arithmetic)
    });
    let findings = answer.findings.iter().map(|f| format!("{:?} {}: {}", f.severity, f.code, f.message));
    claims.chain(findings).collect()
}

#[test]
fn every_example_of_every_check() {
    let mut faults = Vec::new();
    let readable = |check: &&&Check| cfg!(feature = "sheets") || !SHEETS.contains(&check.code);
    for check in ALL.iter().filter(readable) {
        let holds = check.holds.iter().enumerate().map(|(nth, text)| (false, nth, text));
        let breaks = check.breaks.iter().enumerate().map(|(nth, text)| (true, nth, text));
        for (breaks, nth, text) in holds.chain(breaks) {
            let pending = PENDING.contains(&(check.code, breaks, nth));
            match amiss(check, breaks, &answer(check.code, text)) {
                Some(fault) if !pending => {
                    faults.push(format!("(\"{}\", {breaks}, {nth}): {fault}", check.code))
                }
                None if pending => faults.push(format!("(\"{}\", {breaks}, {nth}) passes now", check.code)),
                _ => {}
            }
        }
    }
    assert!(faults.is_empty(), "{} examples:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_check_names_what_emits_it() {
    for check in ALL.iter().filter(|check| cfg!(feature = "sheets") || !SHEETS.contains(&check.code)) {
        let examples = check.holds.iter().chain(check.breaks);
        for documents in examples.map(|text| documents(check.code, text)) {
            let ledger = Ledger::of(documents.last().unwrap(), documents.len() - 1);
            for (proposer, emit) in emitters() {
                let mut relations = Vec::new();
                emit(&ledger, &mut relations);
                for relation in relations {
                    let emits = find(relation.code).map(|check| &check.emit);
                    let named = match (emits, proposer) {
                        (Some(Emit::Shared(named)), Some(proposer)) => named.contains(&proposer),
                        (Some(Emit::Own(_)), None) => true,
                        _ => false,
                    };
                    assert!(named, "{proposer:?} emits {}, whose file does not name it", relation.code);
                }
            }
        }
    }
}

#[test]
fn codes_are_in_order_and_names_are_used_once() {
    assert!(ALL.is_sorted_by(|a, b| a.code < b.code));
    let names: BTreeSet<&str> = ALL.iter().map(|check| check.name).collect();
    assert_eq!(names.len(), ALL.len());
}

#[test]
fn checks_are_found_by_code_in_any_case() {
    assert_eq!(find("cf202").map(|check| check.name), Some("percent-partition-feasibility"));
    assert_eq!(name("CF101"), "column-total");
    assert_eq!(name("CF999"), "CF999");
}

#[test]
fn docs_have_their_headings_in_order() {
    for check in ALL {
        let headings: Vec<&str> = check.doc.lines().filter(|line| line.starts_with("## ")).collect();
        let expected = ["## What it does", "## Why it matters", "## Example", "## When it stays quiet"];
        assert_eq!(headings, expected, "{}", check.code);
    }
}

#[test]
fn the_sheets_in_the_docs_are_those_that_break() {
    for check in SHEETS.map(|code| find(code).expect("a check")) {
        let shown = check.breaks.iter().any(|sheet| check.doc.contains(&format!("```text\n{sheet}```")));
        assert!(shown, "{}", check.code);
    }
}

#[test]
fn messages_are_filled_once_and_never_say_wrong() {
    let total = find("CF101").expect("a check");
    assert_eq!(total.fill("{computed}", "168", "", ""), "The total says {computed}; its parts add up to 168");
    let change = find("CF301").expect("a check");
    assert_eq!(
        change.fill("21%", "12%", "", "stage 1"),
        "A change of 21% is printed; the figures for stage 1 give 12%"
    );
    for check in ALL {
        let filled = check.fill("1", "2", "1 ≠ 2", "");
        assert!(!filled.contains(['{', '}']) && !filled.contains("wrong"), "{filled}");
    }
}

/// With `UPDATE_DOCS=1` in the environment the pages are written instead.
#[test]
fn the_pages_in_docs_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks");
    let mut pages: Vec<(String, String)> = ALL.iter().map(|c| (format!("{}.md", c.code), c.page())).collect();
    pages.push(("README.md".into(), index()));
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    for (file, text) in &pages {
        if update {
            std::fs::write(folder.join(file), text).expect("docs/checks can be written");
        }
        let written = std::fs::read_to_string(folder.join(file)).unwrap_or_default().replace("\r\n", "\n");
        assert!(written == *text, "{file} is stale: run the tests with UPDATE_DOCS=1");
    }
    let files = std::fs::read_dir(&folder).expect("docs/checks").count();
    assert_eq!(files, pages.len(), "docs/checks holds a page of no check");
}

fn index() -> String {
    let mut text = String::from(
        "# The checks\n\nWritten from `src/reconcile/rules` by the tests (`UPDATE_DOCS=1 cargo test --lib rules`).\n\n\
         The code names the arithmetic, not the place: a sum is CF101 to CF106 wherever its total stands. A break is as \
         loud as\nthe table says where everything is stated, and a warning at most where something had to be \
         inferred. What a\nformula of a spreadsheet explains (CF108 to CF110) is told with it, as loud as the louder of the \
         two.\n\n| code | name | severity | what is asked |\n| --- | --- | --- | --- |\n",
    );
    for check in ALL {
        let severity = format!("{:?}", check.severity).to_lowercase();
        text += &format!("| [{0}]({0}.md) | {1} | {severity} | {2} |\n", check.code, check.name, check.gist);
    }
    text
}

/// What the claims of a sheet hold: the code, what is printed and how many other figures make it.
fn held(csv: &str) -> Vec<(&'static str, String, usize)> {
    let claims = answer("CF107", csv).claims;
    let holds = claims
        .into_iter()
        .filter(|claim| !matches!(claim.verdict, Verdict::Inconsistent | Verdict::Unverifiable));
    holds.map(|claim| (claim.code, claim.published.to_string(), claim.operands.len() - 1)).collect()
}

#[test]
fn a_table_is_the_sum_of_tables_like_it() {
    let held = held(
        "General fund,,\nTeam,Pay,Fuel\nNorth,1200,340\nSouth,2310,425\nWest,1875,512\n,,\n\
         Other funds,,\nTeam,Pay,Fuel\nNorth,415,120\nSouth,980,233\nWest,622,144\n,,\n\
         All funds,,\nTeam,Pay,Fuel\nNorth,1615,460\nSouth,3290,658\nWest,2497,656\n",
    );
    assert!(held.contains(&("CF103", "3290".to_owned(), 2)), "{held:?}");
}

#[test]
fn sums_of_columns_stand_in_a_line_of_another_table() {
    let held = held(
        "Year,Schools,Pupils\n2019,2105,398794\n2020,2061,393957\n2021,2014,390313\n,,\n\
         Size,Schools,Pupils\nsmall,1384,89965\nmiddle,423,105061\nlarge,207,195287\n",
    );
    assert!(held.contains(&("CF101", "2014".to_owned(), 3)), "{held:?}");
}

#[test]
fn wholes_of_shares_stand_in_another_table() {
    let held = held(
        "Year,Pupils\n2018,693251\n2019,697989\n2020,702197\n2021,704723\n,\n\
         Year,With a need,Percentage of all\n2018,199065,28.7\n2019,215897,30.9\n2020,226838,32.3\n2021,232753,33.0\n",
    );
    assert!(held.contains(&("CF203", "33.0".to_owned(), 2)), "{held:?}");
}

#[test]
fn shares_are_of_all_parts_together_where_no_total_is_printed() {
    let held = held("Answer,Number,%\nYes,31,41.3\nNo,25,33.3\nUnsure,19,25.3\n");
    assert!(held.contains(&("CF203", "41.3".to_owned(), 4)), "{held:?}");
}
