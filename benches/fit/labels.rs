//! What people judged in real documents: findings (`wild/labels.tsv`), what an auditor would check and what no one should
//! (`wild/claims.jsonl`), and reports in which every claim is known (`seeds/truth.json`).

use crate::sample::{self, Failing, Sample, Source};
use crossfoot::Crossfoot;
use crossfoot::internal::report::schema::Span;
use rayon::prelude::*;
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// A finding that was judged.
#[derive(Deserialize)]
struct Label {
    doc: String,
    code: String,
    verdict: String,
    message: String,
    id: String,
}

/// A claim that was found by reading, or what a naive checker would take for one.
#[derive(Deserialize)]
struct Item {
    doc: String,
    kind: String,
    page: Option<u32>,
    sheet: Option<String>,
    value: Value,
    #[serde(default)]
    operands: Vec<Value>,
    verdict: Option<String>,
}

/// A claim of a report in which all are known.
#[derive(Deserialize)]
struct Known {
    seed: String,
    line: u32,
    line_end: u32,
    published: Value,
    verdict: String,
}

pub fn samples(folder: &Path, judged: Option<&Path>) -> Vec<Sample> {
    let mut samples = wild(&folder.join("wild"), judged);
    samples.extend(seeds(&folder.join("seeds")));
    samples
}

fn wild(folder: &Path, judged: Option<&Path>) -> Vec<Sample> {
    let mut labels = rows(&folder.join("labels.tsv"));
    labels.extend(judged.into_iter().flat_map(rows));
    let items: Vec<Item> = fs::read_to_string(folder.join("claims.jsonl"))
        .map(|text| text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
        .unwrap_or_default();
    let mut by_document: BTreeMap<&str, (Vec<&Label>, Vec<&Item>)> = BTreeMap::new();
    for label in &labels {
        by_document.entry(&label.doc).or_default().0.push(label);
    }
    for item in &items {
        by_document.entry(&item.doc).or_default().1.push(item);
    }
    let each: Vec<_> = by_document.into_iter().collect();
    each.par_iter()
        .flat_map_iter(|(name, (labels, items))| {
            let document = Crossfoot::new().read(folder.join("docs").join(name)).ok();
            let failing = document.map(|document| sample::failing(&document)).unwrap_or_default();
            let judged = failing.into_iter().filter_map(|one| {
                // An auditor looked for what is wrong: what is not told and nobody knows of is no break. What is told and was
                // not judged yet may be either.
                let right = by_label(&one, labels).or_else(|| by_item(&one, items));
                let right = right.or((!one.is_told()).then_some(false))?;
                Some(one.judged(name, right, Source::Real))
            });
            judged.collect::<Vec<_>>()
        })
        .collect()
}

fn rows(path: &Path) -> Vec<Label> {
    let Ok(text) = fs::read(path) else { return Vec::new() };
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(text.as_slice());
    reader.deserialize().filter_map(Result::ok).collect()
}

/// By the name of the finding, else by its check and the numbers that it names.
fn by_label(one: &Failing, labels: &[&Label]) -> Option<bool> {
    let claim = &one.claim;
    let named = labels.iter().find(|label| label.id.strip_prefix("F-") == Some(&claim.id));
    let alike = || {
        let own = [numerals(&claim.published), numerals(&claim.computed)].concat();
        labels.iter().find(|label| {
            let told = numerals(&label.message);
            label.code == claim.code && own.len() > 1 && own.iter().all(|numeral| told.contains(numeral))
        })
    };
    match named.or_else(alike)?.verdict.as_str() {
        "T" => Some(true),
        "F" | "L" => Some(false),
        _ => None,
    }
}

/// By what is published and most of the operands, in the same place.
fn by_item(one: &Failing, items: &[&Item]) -> Option<bool> {
    let claim = &one.claim;
    let figures: Vec<f64> =
        claim.operands.iter().filter_map(|o| o.value.as_deref()).filter_map(size).collect();
    let published = size(&claim.published);
    let agrees = |item: &&&Item| {
        let operands: Vec<f64> = item.operands.iter().filter_map(|o| size(&plain(o))).collect();
        let shared = operands.iter().filter(|o| figures.contains(o)).count();
        let enough =
            if operands.len() <= 2 { shared == operands.len() } else { shared * 5 >= operands.len() * 3 };
        enough && size(&plain(&item.value)) == published && is_in(claim.spans.first(), item)
    };
    let item = items.iter().find(agrees)?;
    Some(item.kind != "trap" && item.verdict.as_deref() == Some("inconsistent"))
}

fn is_in(span: Option<&Span>, item: &Item) -> bool {
    let Some(span) = span else { return true };
    match (&item.sheet, &span.sheet) {
        (Some(sheet), Some(own)) => sheet == own,
        _ => item.page.is_none_or(|page| span.page.is_none_or(|own| own == page)),
    }
}

fn seeds(folder: &Path) -> Vec<Sample> {
    let Ok(text) = fs::read_to_string(folder.join("truth.json")) else { return Vec::new() };
    let known: Vec<Known> = serde_json::from_str(&text).expect("claims of reports");
    let mut by_report: BTreeMap<&str, Vec<&Known>> = BTreeMap::new();
    for one in &known {
        by_report.entry(&one.seed).or_default().push(one);
    }
    let each = by_report.iter().flat_map(|(name, known)| {
        let document = Crossfoot::new().read(folder.join(name)).ok();
        let failing = document.map(|document| sample::failing(&document)).unwrap_or_default();
        failing
            .into_iter()
            .map(|one| one.judged(name, is_broken(&one, known), Source::Real))
            .collect::<Vec<_>>()
    });
    each.collect()
}

fn is_broken(one: &Failing, known: &[&Known]) -> bool {
    let line = one.claim.spans.first().and_then(|span| span.line).unwrap_or(0);
    let broken = known.iter().filter(|item| item.verdict == "inconsistent");
    broken.filter(|item| (item.line.saturating_sub(1)..=item.line_end + 1).contains(&line)).any(|item| {
        let printed = numerals(&plain(&item.published));
        printed.is_empty() || numerals(&one.claim.published).iter().any(|numeral| printed.contains(numeral))
    })
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn numerals(text: &str) -> Vec<String> {
    static NUMERAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d[\d,]*(\.\d+)?").expect("a pattern"));
    NUMERAL.find_iter(text).map(|found| found.as_str().trim_end_matches(',').replace(',', "")).collect()
}

fn size(text: &str) -> Option<f64> {
    numerals(text).first()?.parse().ok()
}
