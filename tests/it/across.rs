//! A set of documents of three bodies, read together: what one prints otherwise than another is told, what both print alike
//! holds, and figures of different things are not brought together. See `corpus/README.md`.

use crate::scoring;
use crossfoot::internal::reconcile::claim::{Severity, Verdict};
use crossfoot::internal::report::schema::{CheckAnswer, Claim, Span};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const FOLDER: &str = "corpus/across";

/// The codes of what is said between documents.
const BETWEEN: [&str; 3] = ["CF501", "CF502", "CF503"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    documents: Vec<About>,
    disagree: Vec<Pair>,
    different: Vec<Pair>,
    agree: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    document: String,
    organisation: String,
    kind: String,
    start: String,
    end: String,
}

/// Figures of two documents, or one figure and the parts that it is the sum of.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    #[serde(default)]
    code: String,
    #[serde(default, rename = "kind")]
    _kind: String,
    #[serde(default, rename = "why")]
    _why: String,
    /// Why the program does not find it.
    #[serde(default)]
    missed: String,
    a: Print,
    b: Option<Print>,
    #[serde(default)]
    parts: Vec<Print>,
}

/// A number in a document, on one of some lines or in a cell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Print {
    document: String,
    at: Vec<String>,
    value: String,
}

impl Pair {
    fn joined_by(&self, claim: &Claim) -> bool {
        [&self.a].into_iter().chain(&self.b).chain(&self.parts).all(|print| print.is_in(claim))
    }
}

impl Print {
    fn is_in(&self, claim: &Claim) -> bool {
        let operands = claim.operands.iter().map(|operand| (&operand.span, operand.value.as_deref()));
        let mut figures = claim.spans.iter().map(|span| (span, Some(&*claim.published))).chain(operands);
        figures.any(|(span, value)| {
            self.is_at(span) && value.is_some_and(|value| number(value) == number(&self.value))
        })
    }

    fn is_at(&self, span: &Span) -> bool {
        let line = span.line.map(|line| line.to_string());
        let at = |place: &Option<String>| place.as_ref().is_some_and(|place| self.at.contains(place));
        named(span) == self.document && (at(&line) || at(&span.cell))
    }
}

/// The number that a figure prints, without separators and unit.
fn number(printed: &str) -> Option<f64> {
    let digits: String = printed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    digits.parse().ok()
}

fn named(span: &Span) -> &str {
    span.path.as_deref().and_then(|path| path.rsplit('/').next()).unwrap_or_default()
}

fn expected() -> Expected {
    let text = std::fs::read_to_string(Path::new(FOLDER).join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn paths(expected: &Expected) -> Vec<PathBuf> {
    expected.documents.iter().map(|about| Path::new(FOLDER).join(&about.document)).collect()
}

fn together(paths: &[PathBuf]) -> CheckAnswer {
    scoring::together(&paths.iter().map(PathBuf::as_path).collect::<Vec<_>>())
}

/// The set as a whole, and the documents of each body.
fn groups(expected: &Expected) -> Vec<Vec<PathBuf>> {
    let bodies: BTreeSet<&str> = expected.documents.iter().map(|about| &*about.organisation).collect();
    let of_body = |body: &str| {
        let own = expected.documents.iter().filter(|about| about.organisation == body);
        own.map(|about| Path::new(FOLDER).join(&about.document)).collect()
    };
    std::iter::once(paths(expected)).chain(bodies.into_iter().map(of_body)).collect()
}

/// Whether all of a pair's documents are among those of an answer.
fn is_of(pair: &Pair, answer: &CheckAnswer) -> bool {
    answer.documents.iter().any(|document| document.source.path.ends_with(&pair.a.document))
}

/// The claims of each finding that is shown, and what it says.
fn loud(answer: &CheckAnswer) -> impl Iterator<Item = (Vec<&Claim>, String)> {
    answer.findings.iter().filter(|finding| finding.severity > Severity::Note).map(|finding| {
        let claims = answer.claims.iter().filter(|claim| finding.claim_ids.contains(&claim.id)).collect();
        (claims, format!("{} {:?}", finding.message, finding.spans))
    })
}

#[test]
fn each_document_alone_is_passed_in_silence_and_says_what_it_is_about() {
    for about in expected().documents {
        let (extract, answer) = scoring::run(&Path::new(FOLDER).join(&about.document));
        let told: Vec<_> = loud(&answer).map(|(_, told)| told).collect();
        assert!(told.is_empty(), "{}: {told:#?}", about.document);
        let said = serde_json::to_value(&extract.about).unwrap();
        let found = [
            &said["organisation"]["name"],
            &said["kind"]["value"],
            &said["period"]["start"],
            &said["period"]["end"],
        ];
        assert_eq!(found, [&about.organisation, &about.kind, &about.start, &about.end], "{}", about.document);
    }
}

#[test]
fn what_differs_between_documents_is_told_and_nothing_else() {
    let expected = expected();
    for group in groups(&expected) {
        let answer = together(&group);
        let told: Vec<_> = loud(&answer).collect();
        let is_told = |pair: &Pair| {
            let is_it = |claim: &&&Claim| claim.code == pair.code && pair.joined_by(claim);
            told.iter().any(|(claims, _)| claims.iter().any(|claim| is_it(&claim)))
        };
        let missed: Vec<_> =
            expected.disagree.iter().filter(|pair| is_of(pair, &answer) && !is_told(pair)).collect();
        assert!(missed.is_empty(), "{missed:#?}");
        let known = |claims: &[&Claim]| {
            claims.iter().any(|claim| expected.disagree.iter().any(|pair| pair.joined_by(claim)))
        };
        let false_: Vec<_> = told.iter().filter(|(claims, _)| !known(claims)).map(|(_, told)| told).collect();
        assert!(false_.is_empty(), "{false_:#?}");
        // The same two values are told once, in however many documents they stand against each other.
        let sums: Vec<&str> =
            answer.findings.iter().filter(|f| f.severity > Severity::Note).map(|f| &*f.arithmetic).collect();
        let apart: BTreeSet<Vec<&str>> = sums.iter().map(|sum| sorted(sum)).collect();
        assert_eq!(apart.len(), sums.len(), "{sums:?}");
    }
}

/// The two values of "651 ≠ 646", the lesser text first.
fn sorted(sum: &str) -> Vec<&str> {
    let mut values: Vec<&str> = sum.split(" ≠ ").collect();
    values.sort_unstable();
    values
}

#[test]
fn figures_of_different_things_are_not_brought_together() {
    let expected = expected();
    let answer = together(&paths(&expected));
    let between = || answer.claims.iter().filter(|claim| BETWEEN.contains(&&*claim.code));
    let joined: Vec<_> =
        expected.different.iter().filter(|pair| between().any(|claim| pair.joined_by(claim))).collect();
    assert!(joined.is_empty(), "{joined:#?}");
    let body = |span: &Span| named(span).split('-').next().unwrap_or_default().to_owned();
    for claim in between() {
        let spans = claim.spans.iter().chain(claim.operands.iter().map(|operand| &operand.span));
        let bodies: BTreeSet<String> = spans.map(body).collect();
        assert_eq!(bodies.len(), 1, "{claim:#?}");
    }
}

#[test]
fn what_documents_print_alike_holds() {
    let expected = expected();
    let answer = together(&paths(&expected));
    let between: Vec<_> = answer.claims.iter().filter(|claim| BETWEEN.contains(&&*claim.code)).collect();
    let verdicts = |pair: &Pair| {
        let claims = between.iter().filter(|claim| pair.joined_by(claim));
        claims.map(|claim| claim.verdict).collect::<Vec<_>>()
    };
    let holds = |pair: &&Pair| {
        let verdicts = verdicts(pair);
        let sound = |verdict: &Verdict| matches!(verdict, Verdict::Holds | Verdict::HoldsByRounding);
        !verdicts.is_empty() && verdicts.iter().all(sound)
    };
    let known = |pair: &&Pair| !pair.missed.is_empty();
    let missed: Vec<_> = expected.agree.iter().filter(|pair| !known(pair) && !holds(pair)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    let accused = |pair: &&Pair| verdicts(pair).contains(&Verdict::Inconsistent);
    assert_eq!(expected.agree.iter().filter(accused).count(), 0);
}

#[test]
fn the_order_of_documents_makes_no_difference() {
    let mut paths = paths(&expected());
    let said = |paths: &[PathBuf]| {
        let answer = together(paths);
        let mut claims: Vec<_> = answer
            .claims
            .into_iter()
            .map(|c| (c.code, c.published, c.computed, format!("{:?}", c.verdict)))
            .collect();
        let mut told: Vec<_> =
            answer.findings.into_iter().map(|f| (f.code, f.message, f.arithmetic)).collect();
        claims.sort();
        told.sort();
        (claims, told)
    };
    let given = said(&paths);
    paths.reverse();
    assert!(said(&paths) == given);
    let half = paths.len() / 2;
    paths.rotate_left(half);
    assert!(said(&paths) == given);
}
