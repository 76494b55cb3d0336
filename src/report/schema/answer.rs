//! The answer of `crossfoot check` in the public JSON.

use super::about::{About, of_run};
use super::{Diagnostic, Each, Ids, Source, Span, VERSION, diagnostics};
use crate::model::document::Document;
use crate::model::text::Place;
use crate::reconcile as check;
use crate::reconcile::claim;
use crate::reconcile::claim::{Answer, Coverage, Severity, Verdict};
use crate::reconcile::relation::{FigureId, OperandRole};
use crate::report::chosen::Chosen;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::collections::BTreeSet;

/// Every claim of the documents with its verdict, and what is inconsistent.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckAnswer {
    /// The version of this schema.
    pub schema_version: u32,
    /// The documents that were read.
    pub documents: Vec<CheckedDocument>,
    /// Every relation that was found, with its verdict.
    pub claims: Vec<Claim>,
    /// What does not agree, notes included.
    pub findings: Vec<Finding>,
    /// How much was understood.
    pub coverage: Coverage,
    /// What could not be read or understood.
    pub diagnostics: Vec<Diagnostic>,
    /// What is not told, where settings, acceptances or a baseline leave something out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

/// How much is not told.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeftOut {
    /// How many findings are of checks that settings or the command line leave out. Their claims are left out too.
    pub by_settings: usize,
    /// The findings that were accepted.
    pub accepted: Vec<AcceptedFinding>,
    /// How many findings the baseline has; null without a baseline.
    pub in_baseline: Option<usize>,
    /// How many findings of the baseline are no more; null without a baseline.
    pub gone: Option<usize>,
}

/// A finding that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AcceptedFinding {
    /// The finding's id.
    pub id: String,
    /// The check: `CF101`.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// Why it was accepted.
    pub because: String,
}

impl LeftOut {
    /// What is left out of an answer; none where nothing is. `gone` is how many findings of a baseline are no more.
    pub fn of(chosen: &Chosen, gone: Option<usize>) -> Option<LeftOut> {
        let accepted = chosen.accepted.iter().map(|accepted| AcceptedFinding {
            id: accepted.finding.id.clone(),
            code: accepted.finding.code.to_owned(),
            message: accepted.finding.message.clone(),
            because: accepted.because.clone(),
        });
        let left_out = LeftOut {
            by_settings: chosen.left_out,
            accepted: accepted.collect(),
            in_baseline: gone.map(|_| chosen.known),
            gone,
        };
        let any = left_out.by_settings > 0 || !left_out.accepted.is_empty() || gone.is_some();
        any.then_some(left_out)
    }
}

/// A document that was checked.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckedDocument {
    /// Where it came from.
    #[serde(flatten)]
    pub source: Source,
    /// What it is about.
    pub about: About,
}

/// One relation between figures.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Claim {
    /// Made of code, organisation, period, labels and values: the same in a re-exported report.
    pub id: String,
    /// The check: `CF101`.
    pub code: String,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The convention under which it holds, for `holds_by_convention`; else left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Why it could not be checked, for `unverifiable`; else left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// As printed.
    pub published: String,
    /// What the operands give.
    pub computed: String,
    /// The place of the published figure.
    pub spans: Vec<Span>,
    /// The figures that take part.
    pub operands: Vec<Operand>,
}

/// A figure in its role.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Operand {
    /// What it is to the claim.
    pub role: OperandRole,
    /// The observation's id; null for what is no observation: a list whose things are counted, years between two dates.
    pub observation: Option<String>,
    /// Its printed value, as the observation has it; null for a mark.
    pub value: Option<String>,
    /// Where it stands: page, line and box; of a spreadsheet or CSV file the cell, and page and sheet where they are
    /// others than those of the published figure, as formulas have it. The observation has the rest.
    pub span: Span,
}

/// Something to show a person.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Finding {
    /// As stable as the claims' ids.
    pub id: String,
    /// The check: `CF101`.
    pub code: String,
    /// Its readable name: `column-total`.
    pub name: String,
    /// How loud it is: as loud as the loudest of its claims.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// On one line, with the interval of the printed figure.
    pub arithmetic: String,
    /// What would mend it, best first.
    pub diagnosis: Vec<String>,
    /// The claims that it breaks; the first gave it its code. A formula explains others about its cell.
    pub claim_ids: Vec<String>,
    /// The places of those claims' published figures.
    pub spans: Vec<Span>,
    /// Findings of one cause share it.
    pub root_cause: String,
}

impl CheckAnswer {
    /// The public form of an answer about these documents. To write it only, see [`CheckAnswerOf`].
    pub fn of(documents: &[Document], answer: &Answer) -> CheckAnswer {
        let run = Run::of(documents);
        CheckAnswer {
            schema_version: VERSION,
            documents: run.checked().collect(),
            claims: answer.claims.iter().map(|claim| run.claim(claim)).collect(),
            findings: answer.findings.iter().map(|finding| run.finding(answer, finding)).collect(),
            coverage: answer.coverage.clone(),
            diagnostics: documents
                .iter()
                .flat_map(diagnostics)
                .chain(of_run(documents, &answer.copies))
                .collect(),
            left_out: None,
        }
    }
}

/// Serialises to the same JSON as [`CheckAnswer::of`], but makes the members one by one, so that they are never all
/// in memory.
pub struct CheckAnswerOf<'a> {
    /// The documents that were read.
    pub documents: &'a [Document],
    /// What was found in them.
    pub answer: &'a Answer,
    /// Further diagnostics, of what could not be read.
    pub unread: &'a [Diagnostic],
    /// What is not told.
    pub left_out: Option<&'a LeftOut>,
}

impl Serialize for CheckAnswerOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let CheckAnswerOf { documents, answer, unread, left_out } = self;
        let run = Run::of(documents);
        let diagnostics = || {
            documents
                .iter()
                .flat_map(diagnostics)
                .chain(of_run(documents, &answer.copies))
                .chain(unread.iter().cloned())
        };
        let mut public = serializer.serialize_struct("CheckAnswer", 6 + usize::from(left_out.is_some()))?;
        public.serialize_field("schema_version", &VERSION)?;
        public.serialize_field("documents", &Each(|| run.checked()))?;
        public.serialize_field("claims", &Each(|| answer.claims.iter().map(|claim| run.claim(claim))))?;
        let findings = || answer.findings.iter().map(|finding| run.finding(answer, finding));
        public.serialize_field("findings", &Each(findings))?;
        public.serialize_field("coverage", &answer.coverage)?;
        public.serialize_field("diagnostics", &Each(diagnostics))?;
        if let Some(left_out) = left_out {
            public.serialize_field("left_out", left_out)?;
        }
        public.end()
    }
}

/// The documents of a run, with the ids of their figures.
pub(crate) struct Run<'a> {
    documents: &'a [Document],
    ids: Vec<Ids<'a>>,
}

impl<'a> Run<'a> {
    pub(crate) fn of(documents: &'a [Document]) -> Run<'a> {
        Run { documents, ids: documents.iter().map(Ids::of).collect() }
    }

    /// The same run, each of whose documents has a name that its figures' ids begin with.
    pub(crate) fn named(documents: &'a [Document], names: &'a [String]) -> Run<'a> {
        let ids = documents.iter().zip(names).map(|(document, name)| Ids::named(document, name));
        Run { documents, ids: ids.collect() }
    }

    fn checked(&self) -> impl Iterator<Item = CheckedDocument> {
        self.documents.iter().map(|document| CheckedDocument {
            source: Source::of(&document.origin),
            about: About::from(&document.about),
        })
    }
}

impl Run<'_> {
    /// The place of something. Where there are several documents, it says which one is meant.
    fn span(&self, document: usize, make: impl Fn(&Document) -> Span) -> Option<Span> {
        let (document, several) = (self.documents.get(document)?, self.documents.len() > 1);
        let span = make(document);
        Some(if several { span.in_document(document) } else { span })
    }

    fn quoted(&self, document: usize, place: Place) -> Option<Span> {
        self.span(document, |document| Span::of(document, place))
    }

    pub(crate) fn claim(&self, claim: &claim::Claim) -> Claim {
        let operands = claim.operands.iter();
        Claim {
            id: claim.id.to_string(),
            code: claim.code.to_owned(),
            verdict: claim.verdict,
            mode: claim.mode.map(str::to_owned),
            reason: claim.reason.as_deref().map(str::to_owned),
            published: claim.published.to_string(),
            computed: claim.computed.to_string(),
            spans: self.quoted(claim.document, claim.place).into_iter().collect(),
            operands: operands
                .filter_map(|&(role, figure)| self.operand(claim, role, figure))
                .chain(self.unprinted(claim))
                .collect(),
        }
    }

    fn operand(&self, claim: &claim::Claim, role: OperandRole, id: FigureId) -> Option<Operand> {
        let figure = self.documents.get(id.document())?.figures.get(id.figure)?;
        let near = (claim.document, claim.place.page) == (id.document(), figure.place.page);
        Some(Operand {
            role,
            observation: Some(self.ids.get(id.document())?.get(id.figure)?),
            value: figure.quantity.printed_value().map(|value| value.to_string()),
            span: self.span(id.document(), |document| Span::brief(document, figure.place, near))?,
        })
    }

    /// The operand that is no figure.
    fn unprinted(&self, claim: &claim::Claim) -> Option<Operand> {
        let unprinted = claim.unprinted?;
        Some(Operand {
            role: unprinted.role,
            observation: None,
            value: Some(unprinted.number.to_string()),
            span: self.span(claim.document, |document| Span::brief(document, unprinted.place, true))?,
        })
    }

    pub(crate) fn finding(&self, answer: &Answer, finding: &claim::Finding) -> Finding {
        let claims: Vec<&claim::Claim> =
            finding.claims.iter().filter_map(|&index| answer.claims.get(index)).collect();
        let mut seen = BTreeSet::new();
        let places = claims.iter().map(|claim| (claim.document, claim.place)).filter(|&at| seen.insert(at));
        Finding {
            id: finding.id.clone(),
            code: finding.code.to_owned(),
            name: check::rules::name(finding.code).to_owned(),
            severity: finding.severity,
            message: finding.message.clone(),
            arithmetic: finding.arithmetic.clone(),
            diagnosis: finding.diagnosis.clone(),
            claim_ids: claims.iter().map(|claim| claim.id.to_string()).collect(),
            spans: places.filter_map(|(document, place)| self.quoted(document, place)).collect(),
            root_cause: finding.root_cause.clone(),
        }
    }
}
