//! Claims, their verdicts and the causes of what is inconsistent, paired by place, number and kind of arithmetic.

use super::{Score, plain};
use crossfoot::internal::reconcile::claim::{Severity, Verdict};
use crossfoot::internal::report::schema::{CheckAnswer, Claim, Finding, Span};
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A claim that the document makes, with its verdict.
#[derive(Deserialize)]
pub struct Item {
    id: String,
    line: u32,
    line_end: u32,
    check: String,
    #[serde(default)]
    also: Vec<String>,
    published: Value,
    verdict: Verdict,
    severity: String,
    root_cause: String,
}

impl Item {
    fn checkable(&self) -> bool {
        self.verdict != Verdict::Unverifiable
    }

    fn broken(&self) -> bool {
        matches!(self.verdict, Verdict::Inconsistent | Verdict::HoldsByConvention)
    }

    fn cause(&self) -> &str {
        if self.root_cause.is_empty() { &self.id } else { &self.root_cause }
    }

    fn families(&self) -> BTreeSet<&'static str> {
        let codes = std::iter::once(&self.check).chain(&self.also);
        codes.flat_map(|code| families(code)).copied().collect()
    }

    /// Whether a code is of its kind of arithmetic.
    fn akin(&self, code: &str) -> bool {
        let own = self.families();
        families(code).iter().any(|family| own.contains(family))
    }

    fn touched_by(&self, spans: &[Span], slack: u32) -> bool {
        spans.iter().any(|span| {
            let Some(line) = span.line else { return false };
            let end = span.line_end.unwrap_or(line);
            line <= self.line_end + slack && self.line <= end + slack
        })
    }

    fn accepts(&self, verdict: Verdict) -> bool {
        verdict == self.verdict || (self.verdict == Verdict::Holds && verdict == Verdict::HoldsByRounding)
    }

    /// A note may show what holds by a convention; an inconsistency must be louder.
    fn shown_by(&self, finding: &Finding) -> bool {
        let loud = finding.severity > Severity::Note || !matches!(&*self.severity, "error" | "warning");
        loud && self.akin(&finding.code) && self.touched_by(&finding.spans, 1)
    }
}

/// The kinds of arithmetic that a code stands for.
fn families(code: &str) -> &'static [&'static str] {
    match code {
        "CF101" | "CF102" | "CF103" | "CF104" | "CF105" | "CF106" => &["sum"],
        "CF801" | "CF802" | "CF803" => &["sum"],
        "CF703" | "CF704" => &["sum", "other"],
        "CF201" | "CF202" | "CF203" | "CF204" | "CF205" | "CF206" | "CF207" => &["share"],
        "CF603" => &["share", "other"],
        "CF301" | "CF302" | "CF303" | "CF304" | "CF305" | "CF306" => &["change"],
        "CF401" | "CF402" | "CF403" | "CF404" | "CF501" | "CF502" => &["same"],
        "CF503" => &["sum", "change", "same"],
        _ => &["other"],
    }
}

pub fn score(items: &[Item], answer: &CheckAnswer, have: &mut Score, want: &mut Score) {
    let given = pair(items, &answer.claims);
    let (mut causes, mut found) = (BTreeSet::new(), BTreeSet::new());
    for (index, item) in items.iter().enumerate().filter(|(_, item)| item.checkable()) {
        want.claims += 1;
        causes.extend(item.broken().then(|| item.cause()));
        let Some(&claim) = given.get(&index) else { continue };
        have.claims += 1;
        want.verdicts += 1;
        if !item.accepts(answer.claims[claim].verdict) {
            continue;
        }
        have.verdicts += 1;
        let shown = item.broken() && answer.findings.iter().any(|finding| item.shown_by(finding));
        found.extend(shown.then(|| item.cause()));
    }
    (have.causes, want.causes) = (found.len(), causes.len());
    have.accused = accused(items, &answer.claims, &given);
    let stray = answer.findings.iter().filter(|finding| {
        !items.iter().any(|i| i.broken() && i.akin(&finding.code) && i.touched_by(&finding.spans, 1))
    });
    for finding in stray {
        match finding.severity {
            Severity::Error => have.false_errors += 1,
            Severity::Warning => have.false_warnings += 1,
            Severity::Note => {}
        }
    }
}

/// Items and claims one to one, best pairs first: the same number, the exact line, the same code.
fn pair(items: &[Item], claims: &[Claim]) -> BTreeMap<usize, usize> {
    let mut ranked = Vec::new();
    for (n, item) in items.iter().enumerate() {
        for (i, claim) in claims.iter().enumerate() {
            if !item.akin(&claim.code) || !item.touched_by(&claim.spans, 1) {
                continue;
            }
            let same = !numbers(&printed(&item.published)).is_disjoint(&numbers(&claim.published));
            let exact = item.touched_by(&claim.spans, 0);
            ranked.push(Reverse((same, exact, claim.code == item.check, item.checkable(), Reverse((n, i)))));
        }
    }
    ranked.sort_unstable();
    let (mut given, mut used) = (BTreeMap::new(), BTreeSet::new());
    for Reverse((.., Reverse((n, i)))) in ranked {
        if !given.contains_key(&n) && used.insert(i) {
            given.insert(n, i);
        }
    }
    given
}

fn accused(items: &[Item], claims: &[Claim], given: &BTreeMap<usize, usize>) -> usize {
    let sound = |n: usize| items[n].verdict == Verdict::Holds;
    let owner: BTreeMap<usize, usize> = given.iter().map(|(&n, &i)| (i, n)).collect();
    let blamed = claims.iter().enumerate().filter(|(_, claim)| claim.verdict == Verdict::Inconsistent);
    // A broken figure may be told twice: by its counts, and by another printing of it.
    let told_again = |claim: &Claim| {
        items.iter().any(|item| {
            item.broken()
                && item.akin(&claim.code)
                && item.touched_by(&claim.spans, 0)
                && !numbers(&printed(&item.published)).is_disjoint(&numbers(&claim.published))
        })
    };
    let is_blamed_wrongly = |i: usize, claim: &Claim| match owner.get(&i) {
        Some(&n) => sound(n),
        None => !told_again(claim),
    };
    blamed.filter(|(i, claim)| is_blamed_wrongly(*i, claim)).count()
}

fn printed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn numbers(text: &str) -> BTreeSet<String> {
    static NUMERAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\d[\d,]*\.?\d*").unwrap());
    NUMERAL.find_iter(text).map(|numeral| plain(numeral.as_str())).collect()
}
