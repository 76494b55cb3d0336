//! The tables of claims and findings.

use super::Kind::{Text, Truth, Whole, Word};
use super::{Fields, Row, word};
use crate::model::document::Document;
use crate::reconcile::claim::{self, Answer, Severity};
use crate::report::schema::{Claim, Finding, Run, Span};
use serde::Serialize;
use std::sync::OnceLock;

/// What is said of a document of the data set.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The rows of its claims.
    pub claims: Vec<Row>,
    /// The rows of what does not agree in it.
    pub findings: Vec<Row>,
    /// How many of these are errors, warnings and notes.
    pub loud: [usize; 3],
}

/// What is said of each of the documents that were checked together. `ids` are what they are called in the data set.
pub fn said(documents: &[Document], answer: &Answer, ids: &[String]) -> Vec<Said> {
    let run = Run::named(documents, ids);
    let mut said = vec![Said::default(); documents.len()];
    let in_document = |spans: Vec<Span>, document: usize| {
        documents.get(document).map(|own| spans.into_iter().map(|span| span.in_document(own)).collect())
    };
    for claim in &answer.claims {
        let (Some(id), Some(said)) = (ids.get(claim.document), said.get_mut(claim.document)) else {
            continue;
        };
        let mut what = run.claim(claim);
        what.spans = in_document(what.spans, claim.document).unwrap_or_default();
        said.claims.push(claim_fields().row(&Of { document: id.clone(), name: name(claim.code), what }));
    }
    for finding in &answer.findings {
        let claims = || finding.claims.iter().filter_map(|claim| answer.claims.get(*claim));
        let Some(document) = claims().next().map(|claim| claim.document) else { continue };
        let (Some(id), Some(said)) = (ids.get(document), said.get_mut(document)) else { continue };
        let mut what = run.finding(answer, finding);
        what.spans = in_document(what.spans, document).unwrap_or_default();
        let in_set = |claim: &claim::Claim| Some(format!("{}-{}", ids.get(claim.document)?, claim.id));
        what.claim_ids = claims().filter_map(in_set).collect();
        let place = match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        };
        said.loud.get_mut(place).into_iter().for_each(|count| *count += 1);
        said.findings.push(finding_fields().row(&Of {
            document: id.clone(),
            name: name(finding.code),
            what,
        }));
    }
    said
}

fn name(code: &'static str) -> String {
    crate::reconcile::rules::name(code).to_owned()
}

/// Something that is said of a document of the data set.
pub(super) struct Of<T> {
    document: String,
    name: String,
    what: T,
}

/// An operand in a column of JSON.
#[derive(Serialize)]
struct Brief<'a> {
    role: &'a crate::reconcile::relation::OperandRole,
    observation: Option<&'a str>,
    value: Option<&'a str>,
}

fn operands(claim: &Claim) -> String {
    let brief = claim.operands.iter().map(|operand| Brief {
        role: &operand.role,
        observation: operand.observation.as_deref(),
        value: operand.value.as_deref(),
    });
    serde_json::to_string(&brief.collect::<Vec<_>>()).unwrap_or_default()
}

/// Whether figures of another document take part.
fn across(of: &Of<Claim>) -> bool {
    let others = of.what.operands.iter().filter_map(|operand| operand.observation.as_deref());
    others.into_iter().any(|id| id.split('-').next() != Some(of.document.as_str()))
}

pub(super) fn claim_fields() -> &'static Fields<Of<Claim>> {
    static FIELDS: OnceLock<Fields<Of<Claim>>> = OnceLock::new();
    FIELDS.get_or_init(|| {
        Fields::new()
            .with("id", Text, "The document's id and that of the claim.", |of: &Of<Claim>| {
                format!("{}-{}", of.document, of.what.id)
            })
            .with("document", Word, "The id of the document that makes the claim.", |of| of.document.clone())
            .with(
                "claim",
                Text,
                "What a report exported anew keeps: the id that `crossfoot check` gives it.",
                |of| of.what.id.clone(),
            )
            .with("code", Word, "The code of the check: CF101.", |of| of.what.code.clone())
            .with("name", Word, "The name of the check.", |of| of.name.clone())
            .with("verdict", Word, "Whether it holds.", |of| word(&of.what.verdict))
            .with("mode", Word, "The convention under which it holds.", |of| of.what.mode.clone())
            .with("reason", Text, "Why it could not be checked.", |of| of.what.reason.clone())
            .with("published", Text, "The figure as printed.", |of| of.what.published.clone())
            .with("computed", Text, "What the other figures give.", |of| of.what.computed.clone())
            .with("across", Truth, "Whether figures of another document take part.", across)
            .with(
                "operands",
                Text,
                "The figures that take part, as JSON: role, observation and value of each.",
                |of| operands(&of.what),
            )
            .placed(|of| of.what.spans.first())
    })
}

pub(super) fn finding_fields() -> &'static Fields<Of<Finding>> {
    static FIELDS: OnceLock<Fields<Of<Finding>>> = OnceLock::new();
    FIELDS.get_or_init(|| {
        Fields::new()
            .with("id", Text, "The document's id and that of the finding.", |of: &Of<Finding>| {
                format!("{}-{}", of.document, of.what.id)
            })
            .with("document", Word, "The id of the document that it is about.", |of| of.document.clone())
            .with(
                "finding",
                Text,
                "What a report exported anew keeps: the id that `crossfoot check` gives it.",
                |of| of.what.id.clone(),
            )
            .with("code", Word, "The code of the check: CF101.", |of| of.what.code.clone())
            .with("name", Word, "The name of the check.", |of| of.name.clone())
            .with("severity", Word, "How loud it is: error, warning or note.", |of| word(&of.what.severity))
            .with("message", Text, "What does not agree, in a sentence.", |of| of.what.message.clone())
            .with("arithmetic", Text, "The same as arithmetic.", |of| of.what.arithmetic.clone())
            .with("diagnosis", Text, "What would mend it, the best first, with | between.", |of| {
                (!of.what.diagnosis.is_empty()).then(|| of.what.diagnosis.join(" | "))
            })
            .with("claims", Text, "The ids of the claims that it breaks, with spaces between.", |of| {
                of.what.claim_ids.join(" ")
            })
            .with("places", Whole, "At how many places it shows.", |of| of.what.spans.len())
            .with("root_cause", Text, "Findings of one cause in one document share it.", |of| {
                format!("{}-{}", of.document, of.what.root_cause)
            })
            .placed(|of| of.what.spans.first())
    })
}
