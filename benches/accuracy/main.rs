//! How many mistakes are found: errors are put into the clean twins of the corpus, and each broken copy is checked.
//!
//! `cargo bench --bench accuracy` prints the tables. With `UPDATE_DOCS=1` it writes them to `docs/accuracy.md`;
//! `-- --json FILE` writes the counts that `tests/floors_accuracy.toml` holds, `-- --show` prints what was not found and what
//! was accused for nothing, and `-- --keep DIR` writes these copies too. The errors are drawn by a generator with a fixed seed, so that the same program gives
//! the same counts.
#![allow(clippy::expect_used, reason = "a benchmark stops where something is wrong")]

mod chance;
mod damage;
mod docs;
mod kinds;
mod making;
mod page;
mod relation;
mod rows;
mod tally;
mod text;
mod twins;
mod words;

use crossfoot::Crossfoot;
use crossfoot::schema::{Finding, Severity};
use kinds::{Injection, Kind};
use rayon::prelude::*;
use relation::{Class, Relation};
use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use tally::{Outcome, Tally};
use twins::{Twin, pick, twins, words};

/// How many errors are put in for each point of a kind's weight.
const ROUNDS: usize = 15;
/// How many pieces of damage of each sort.
const DAMAGES: usize = 150;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --all-targets` runs this program too, without `--bench`.
    if !args.iter().any(|arg| arg == "--bench") {
        return;
    }
    let twins = twins();
    let mut tally = Tally::default();
    let shown = args.iter().any(|arg| arg == "--show");
    let mut kept = Kept { folder: after(&args, "--keep").map(PathBuf::from), count: 0 };
    for kind in Kind::ALL {
        let picked = pick(&twins, kind, ROUNDS);
        let outcomes: Vec<Outcome> =
            picked.par_iter().map(|(twin, injection)| judge(twin, injection)).collect();
        for ((twin, injection), outcome) in picked.iter().zip(&outcomes) {
            if shown && outcome.detectable && !outcome.placed {
                println!("{} {}", kept.keep(twin, injection), missed(twin, injection, outcome));
            }
        }
        tally.add(kind, outcomes);
    }
    for sort in damage::Sort::ALL {
        let mut all: Vec<Vec<Injection>> = twins.iter().map(|twin| damage::all(&twin.page, sort)).collect();
        let picked = chance::evenly(&mut all, DAMAGES, sort.name());
        let answers: Vec<(Vec<Finding>, bool)> =
            picked.par_iter().map(|(index, injection)| answered(&twins[*index], &injection.edits)).collect();
        for ((index, injection), (new, _)) in picked.iter().zip(&answers) {
            if shown && !new.is_empty() {
                let twin = &twins[*index];
                println!("{} {}", kept.keep(twin, injection), accused(twin, injection, new));
            }
        }
        tally.damage(sort, answers.iter().map(|(new, told)| (!new.is_empty(), *told)).collect());
    }
    let report = tally.report(twins.len());
    println!("{report}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        docs::write(Some(&report), None);
    }
    if let Some(path) = after(&args, "--json") {
        fs::write(path, tally.json()).expect("the counts can be written");
    }
}

/// What follows an option.
fn after<'a>(args: &'a [String], option: &str) -> Option<&'a String> {
    args.iter().position(|arg| arg == option).and_then(|at| args.get(at + 1))
}

/// Writes broken copies, so that `crossfoot debug claims` can say what became of each.
struct Kept {
    folder: Option<PathBuf>,
    count: usize,
}

impl Kept {
    /// The name under which a copy was written, or nothing.
    fn keep(&mut self, twin: &Twin, injection: &Injection) -> String {
        let Some(folder) = &self.folder else { return String::new() };
        let Some(page) = twin.page.edited(&injection.edits) else { return String::new() };
        self.count += 1;
        let name = format!("{:03}-{}", self.count, twin.page.name.replace('/', "-"));
        fs::create_dir_all(folder).expect("a folder");
        fs::write(folder.join(&name), &page.source).expect("a copy");
        name
    }
}

/// What is said of a document with these edits that is not said without, and whether a doubt is: a diagnostic, or a claim that
/// rests on a doubtful reading.
fn answered(twin: &Twin, edits: &[(Range<usize>, String)]) -> (Vec<Finding>, bool) {
    let Some(page) = twin.page.edited(edits) else { return Default::default() };
    let answer = Crossfoot::check(std::slice::from_ref(&page.document));
    let new = answer
        .findings()
        .iter()
        .filter(|finding| finding.severity > Severity::Note && !twin.said.contains(&words(finding)));
    let told = twins::doubts(&answer) + page.document.diagnostics().count();
    (new.cloned().collect(), told > twin.doubts + twin.page.document.diagnostics().count())
}

fn judge(twin: &Twin, injection: &Injection) -> Outcome {
    let broken: Vec<&Relation> =
        injection.broken.iter().filter_map(|&index| twin.relations.get(index)).collect();
    let mut outcome = Outcome {
        detectable: !broken.is_empty(),
        class: broken.iter().map(|relation| relation.class).min().unwrap_or(Class::Prose),
        checks: broken.iter().map(|relation| relation.code.clone()).collect(),
        ..Outcome::default()
    };
    let Some(page) = twin.page.edited(&injection.edits) else { return outcome };
    let answer = Crossfoot::check(std::slice::from_ref(&page.document));
    let marks: Vec<Range<usize>> =
        injection.marks.iter().map(|mark| page::moved(mark, &injection.edits)).collect();
    for finding in answer.findings() {
        let loud = finding.severity > Severity::Note || injection.kind == Kind::Truncation;
        if !loud || twin.said.contains(&words(finding)) {
            continue;
        }
        outcome.found = true;
        let about = answer.claims().iter().filter(|claim| finding.claim_ids.contains(&claim.id));
        let here = about
            .flat_map(|claim| page.places(claim))
            .any(|place| marks.iter().any(|mark| place.start < mark.end && mark.start < place.end));
        outcome.placed |= here;
        outcome.diagnosed |= here && injection.explained(finding);
    }
    outcome
}

/// Damage that was taken for a mistake.
fn accused(twin: &Twin, injection: &Injection, new: &[Finding]) -> String {
    let lines: Vec<&str> =
        injection.edits.iter().take(1).map(|(range, _)| twin.page.line_at(range)).collect();
    let said: Vec<String> =
        new.iter().map(|finding| format!("{} {}", finding.code, finding.arithmetic)).collect();
    format!("{} accused of {} at {lines:?}", twin.page.name, said.join("; "))
}

/// An error that was not found where it stands, for whoever wants to know why.
fn missed(twin: &Twin, injection: &Injection, outcome: &Outcome) -> String {
    let edits: Vec<String> = injection
        .edits
        .iter()
        .take(2)
        .map(|(range, new)| {
            let old = twin.page.source.get(range.clone()).unwrap_or_default().trim();
            format!("{old:.60} -> {:.60} in {:.140}", new.trim(), twin.page.line_at(range))
        })
        .collect();
    format!(
        "{} {} {:?} {:?} {}",
        twin.page.name,
        injection.kind.name(),
        outcome.class,
        outcome.checks,
        edits.join(" & ")
    )
}
