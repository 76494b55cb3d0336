//! The clean twins of the corpus, and the errors that there is room for in them.

use super::chance;
use super::kinds::{self, Injection, Kind};
use super::page::{self, Page};
use super::relation::{self, Relation};
use super::text;
use crossfoot::schema::Finding;
use crossfoot::{Answer, Crossfoot};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A clean twin, with what can be checked in it and what is said of it as it stands.
pub struct Twin {
    pub page: Page,
    pub relations: Vec<Relation>,
    pub said: BTreeSet<String>,
    pub doubts: usize,
}

/// Every clean twin of the corpus in a form whose places are those of its source.
pub fn twins() -> Vec<Twin> {
    let mut paths: Vec<PathBuf> =
        folders(&root().join("corpus")).iter().flat_map(|body| folders(body)).collect();
    paths.sort();
    let twins = paths.iter().flat_map(|folder| {
        let forms = page::FORMS.iter().map(move |form| folder.join(format!("report-clean.{form}")));
        forms.filter(|path| path.is_file()).filter_map(|path| twin(&path))
    });
    twins.collect()
}

fn twin(path: &Path) -> Option<Twin> {
    let folder = path.parent()?;
    let name = path.strip_prefix(root().join("corpus")).ok()?.to_str()?.replace('\\', "/");
    let page = Page::read(&name, text::decoded(&fs::read(path).ok()?))?;
    let expected = fs::read_to_string(folder.join("expected.json")).ok()?;
    let answer = Crossfoot::check(std::slice::from_ref(&page.document));
    let relations = relation::all(&page, answer.claims(), &expected);
    let said = answer.findings().iter().map(words).collect();
    Some(Twin { page, relations, said, doubts: doubts(&answer) })
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
    entries.filter(|path| path.is_dir()).collect()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Errors of a kind, as evenly over the documents as there is room for them: so many for each point of its weight.
pub fn pick(twins: &[Twin], kind: Kind, rounds: usize) -> Vec<(&Twin, Injection)> {
    let mut all: Vec<Vec<Injection>> =
        twins.iter().map(|twin| kinds::all(kind, &twin.page, &twin.relations)).collect();
    let picked = chance::evenly(&mut all, kind.weight() * rounds, kind.name());
    picked.into_iter().map(|(index, injection)| (&twins[index], injection)).collect()
}

/// What a finding says, by which it is known again in another copy.
pub fn words(finding: &Finding) -> String {
    format!("{} {} {}", finding.code, finding.message, finding.arithmetic)
}

/// Claims that rest on a doubtful reading.
pub fn doubts(answer: &Answer) -> usize {
    answer.claims().iter().filter(|claim| claim.code == "CF803").count()
}
