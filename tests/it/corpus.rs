//! Every report of the corpus against its `expected.json`, and its clean twin against silence.

use crate::scoring::{self, Expected, MOST, Score};
use crossfoot::internal::reconcile::claim::Severity;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FLOORS: &str = "tests/corpus_floors.toml";

type Counts = BTreeMap<String, usize>;

/// What the corpus must reach; see the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    least: BTreeMap<String, Counts>,
    most: BTreeMap<String, Counts>,
    #[serde(default)]
    known_false: Vec<Known>,
}

/// A finding against a clean twin.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Known {
    document: String,
    code: String,
    line: u32,
}

#[test]
fn reports_score_no_less_than_their_floors() {
    let floors = floors();
    let (mut table, mut least, mut most) =
        (vec![row("", &Score::default(), &Score::default())], vec![], vec![]);
    let mut broken = Vec::new();
    for dir in documents() {
        let document = named(&dir);
        let (have, want) = score(&dir);
        table.push(row(&document, &have, &want));
        let (low, high): (Counts, Counts) =
            have.counts().into_iter().partition(|(count, _)| MOST.contains(&&**count));
        broken.extend(breaks(&document, &high, floors.least.get(&document), |value, floor| value < floor));
        broken.extend(breaks(&document, &low, floors.most.get(&document), |value, floor| value > floor));
        least.push(format!("{document:?} = {}", inline(&high)));
        most.push(format!("{document:?} = {}", inline(&low)));
    }
    println!("{}\n", table.join("\n"));
    println!("As floors:\n[least]\n{}\n\n[most]\n{}", least.join("\n"), most.join("\n"));
    assert!(broken.is_empty(), "{broken:#?}");
}

fn breaks(
    document: &str,
    counts: &Counts,
    floors: Option<&Counts>,
    worse: impl Fn(usize, usize) -> bool,
) -> Vec<String> {
    let floor = |count| floors.and_then(|floors| floors.get(count)).copied();
    let told = counts.iter().filter_map(|(count, &value)| match floor(count) {
        Some(floor) if !worse(value, floor) => None,
        floor => Some(format!("{document}: {count} is {value}, its floor {floor:?}")),
    });
    told.collect()
}

fn inline(counts: &Counts) -> String {
    let pairs: Vec<String> = counts.iter().map(|(count, value)| format!("{count} = {value}")).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// One line of the table of scores; without a document, its head.
fn row(document: &str, have: &Score, want: &Score) -> String {
    let want = want.counts();
    let cells = have.counts().into_iter().map(|(count, value)| match want.get(&count) {
        _ if document.is_empty() => format!("{count:>15}"),
        Some(0) | None => format!("{value:>15}"),
        Some(most) => format!("{:>15}", format!("{value}/{most}")),
    });
    format!("{document:24}{}", cells.collect::<String>())
}

#[test]
fn clean_twins_are_passed_in_silence() {
    let mut known = floors().known_false;
    let mut unknown = Vec::new();
    for dir in documents() {
        let document = named(&dir);
        let (_, answer) =
            scoring::run(&dir.join(expected(&dir).text_file.replacen("report", "report-clean", 1)));
        for finding in answer.findings.iter().filter(|finding| finding.severity > Severity::Note) {
            let line = finding.spans.first().and_then(|span| span.line).unwrap();
            let found = Known { document: document.clone(), code: finding.code.clone(), line };
            match known.iter().position(|known| *known == found) {
                Some(index) => drop(known.remove(index)),
                None => unknown.push((found, finding.message.clone(), finding.arithmetic.clone())),
            }
        }
    }
    assert!(unknown.is_empty(), "nothing is wrong there: {unknown:#?}");
    assert!(known.is_empty(), "{FLOORS} lists as known what is no longer found: {known:#?}");
}

fn score(dir: &Path) -> (Score, Score) {
    let expected = expected(dir);
    let (extract, answer) = scoring::run(&dir.join(&expected.text_file));
    scoring::score(&expected, &extract, &answer)
}

fn expected(dir: &Path) -> Expected {
    let expected = fs::read_to_string(dir.join("expected.json")).unwrap();
    serde_json::from_str(&expected).unwrap_or_else(|error| panic!("{}: {error}", dir.display()))
}

fn floors() -> Floors {
    toml::from_str(&fs::read_to_string(root().join(FLOORS)).unwrap()).unwrap()
}

/// The corpus, `<body>/<period>` each.
fn documents() -> Vec<PathBuf> {
    let bodies = folders(&root().join("corpus"));
    let found: Vec<PathBuf> = bodies.iter().flat_map(|body| folders(body)).collect();
    assert!(found.iter().all(|dir| dir.join("expected.json").is_file()), "{found:?}");
    assert!(!found.is_empty());
    found
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// `<body>/<period>`.
fn named(dir: &Path) -> String {
    dir.strip_prefix(root().join("corpus")).unwrap().to_str().unwrap().replace('\\', "/")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
