//! Claims that fail, with what speaks for and against each, and whether it is right to say so.

use crossfoot::internal::model::document::Document;
use crossfoot::internal::reconcile::claim::{Severity, Verdict};
use crossfoot::internal::reconcile::evidence::Reason;
use crossfoot::internal::reconcile::{check, claim, rules};
use crossfoot::internal::report::schema::{CheckAnswer, Claim};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A claim that fails, and what is known of it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The document that it is of: what is tried on one is fitted on the others.
    pub group: String,
    pub code: &'static str,
    /// Its reasons with their present bits.
    pub terms: Vec<(&'static str, f32)>,
    /// The document claims it and is wrong.
    pub right: bool,
    pub source: Source,
    /// How much it counts.
    pub weight: f64,
    /// On one line, for whoever wants to know.
    pub told: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// As it stands in a real document.
    Real,
    /// In a clean twin of the corpus, or in a copy with an error.
    Made,
    /// In a damaged copy of a clean twin.
    Damaged,
}

/// The failing claims of a document: each as it is published, with its reasons.
pub struct Failing {
    pub claim: Claim,
    code: &'static str,
    terms: Vec<(&'static str, f32)>,
}

/// All claims that fail under every reading and rest on no doubtful numeral, whether they are told or not; those of checks
/// whose breaks are notes accuse nobody.
pub fn failing(document: &Document) -> Vec<Failing> {
    let documents = std::slice::from_ref(document);
    let answer = check(documents);
    let public = CheckAnswer::of(documents, &answer).claims;
    let pairs = answer.claims.iter().zip(public).filter(|(own, _)| fails(own));
    pairs
        .map(|(own, claim)| Failing {
            claim,
            code: own.code,
            terms: own.odds.terms.iter().map(|(reason, bits)| (reason.name(), *bits)).collect(),
        })
        .collect()
}

fn fails(claim: &claim::Claim) -> bool {
    let told = matches!(claim.verdict, Verdict::Inconsistent | Verdict::Unverifiable);
    let accuses = rules::find(claim.code).is_some_and(|check| check.severity > Severity::Note);
    told && accuses && claim.odds.terms.iter().any(|(reason, _)| *reason == Reason::Fails)
}

impl Failing {
    pub fn judged(&self, group: &str, right: bool, source: Source) -> Sample {
        let claim = &self.claim;
        let told = format!("{group} {} {} gives {}", self.code, claim.published.trim(), claim.computed);
        let group = group.to_owned();
        Sample { group, code: self.code, terms: self.terms.clone(), right, source, weight: 1.0, told }
    }

    /// Whether it is called inconsistent.
    pub fn is_told(&self) -> bool {
        self.claim.verdict == Verdict::Inconsistent
    }

    /// By which it is known again in another copy of the document.
    pub fn words(&self) -> String {
        let values: Vec<&str> = self.claim.operands.iter().filter_map(|o| o.value.as_deref()).collect();
        format!("{} {} {} {}", self.code, self.claim.published, self.claim.computed, values.join(" "))
    }
}

/// Says how much each sample counts. Claims of one check in one document are of one cause: together they count for the
/// root of their number. Where there are real documents, they say how often a failing claim is right, and what is wrong
/// as often as it is in them (damage, of which nobody knows how often it happens, is left out); what a break looks like
/// is learnt from them and from the errors that were put in, half from each.
pub fn weigh(samples: &mut Vec<Sample>) {
    if samples.iter().any(|s| s.source == Source::Real) {
        samples.retain(|s| s.source != Source::Damaged);
    }
    let unit = |s: &Sample| (s.group.clone(), s.code, s.right, s.source);
    let mut sizes: BTreeMap<_, f64> = BTreeMap::new();
    for sample in samples.iter() {
        *sizes.entry(unit(sample)).or_default() += 1.0;
    }
    for sample in samples.iter_mut() {
        sample.weight = sizes.get(&unit(sample)).map_or(1.0, |size| size.sqrt().recip());
    }
    let right = |samples: &[Sample], source| -> f64 {
        samples.iter().filter(|s| s.source == source && s.right).map(|s| s.weight).sum()
    };
    let (real, made) = (right(samples, Source::Real), right(samples, Source::Made));
    if real * made > 0.0 {
        for sample in samples.iter_mut().filter(|s| s.right) {
            sample.weight *= 0.5 * if sample.source == Source::Made { real / made } else { 1.0 };
        }
    }
}

/// Where samples come from, as tables call it.
pub const SOURCES: [(Source, &str); 3] = [
    (Source::Real, "real documents"),
    (Source::Made, "clean twins and copies with an error"),
    (Source::Damaged, "damaged copies"),
];

/// How many there are.
pub fn told(samples: &[Sample]) -> String {
    let mut text =
        String::from("| failing claims of | documents | right | wrong |\n| --- | ---: | ---: | ---: |\n");
    for (source, name) in SOURCES {
        let own: Vec<&Sample> = samples.iter().filter(|s| s.source == source).collect();
        let groups: BTreeSet<&str> = own.iter().map(|s| s.group.as_str()).collect();
        let right = own.iter().filter(|s| s.right).count();
        if own.is_empty() {
            continue;
        }
        let _ = writeln!(text, "| {name} | {} | {right} | {} |", groups.len(), own.len() - right);
    }
    text
}

/// All samples, for other programs.
pub fn json(samples: &[Sample]) -> String {
    let each = samples.iter().map(|s| {
        serde_json::json!({
            "group": s.group, "code": s.code, "right": s.right, "source": format!("{:?}", s.source),
            "weight": s.weight, "terms": s.terms, "told": s.told,
        })
    });
    serde_json::Value::Array(each.collect()).to_string()
}
