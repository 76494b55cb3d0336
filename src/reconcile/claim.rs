//! Claims with their verdicts, and the findings that are made of them.

use super::evidence::Odds;
use super::relation::{FigureId, OperandRole, Unprinted};
pub use crate::model::diagnostic::Severity;
use crate::model::text::Place;
use ecow::EcoString;
use std::borrow::Cow;

/// Whether a relation holds. The names are those of the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Under the plain reading of the printed figures.
    Holds,
    /// Only because printed figures are rounded: some values within their intervals fit.
    HoldsByRounding,
    /// Only under another way of rounding or filling up; the claim's `mode` names it.
    HoldsByConvention,
    /// Under no admitted reading.
    Inconsistent,
    /// An operand is missing or doubtful; the claim's `reason` says which.
    Unverifiable,
}

/// One relation with its verdict.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Stable across re-exports: made of code, organisation, period, labels and values.
    pub id: EcoString,
    /// The check that made it: "CF101".
    pub code: &'static str,
    /// Over all admitted readings of the relation.
    pub verdict: Verdict,
    /// The convention, for `HoldsByConvention`.
    pub mode: Option<&'static str>,
    /// Why it could not be checked, for `Unverifiable`.
    pub reason: Option<Cow<'static, str>>,
    /// As printed.
    pub published: EcoString,
    /// What the operands give.
    pub computed: EcoString,
    /// One line, with the interval of the printed figure.
    pub arithmetic: EcoString,
    /// Index into the run's documents.
    pub document: usize,
    /// The published figure, where it is one.
    pub figure: Option<FigureId>,
    /// Of the published figure.
    pub place: Place,
    /// The figures of the chosen reading with their roles, the published one first.
    pub operands: Vec<(OperandRole, FigureId)>,
    /// The operand that is no figure, such as the number of things in a list.
    pub unprinted: Option<Unprinted>,
    /// What would mend it, best first.
    pub diagnosis: Vec<String>,
    /// How loud a finding it makes, if it makes one.
    pub severity: Option<Severity>,
    /// What speaks for the document claiming it, and against.
    pub odds: Odds,
}

/// Something to show a person: one root cause with the claims that it breaks.
#[derive(Clone, Debug)]
pub struct Finding {
    /// `F-` and the id of the claim.
    pub id: String,
    /// The check that made it: "CF101".
    pub code: &'static str,
    /// Of its loudest claim; one that only repeats another is a note.
    pub severity: Severity,
    /// One sentence that names the published figure and what the others give.
    pub message: String,
    /// One line, as in the claim.
    pub arithmetic: String,
    /// What would mend it, best first.
    pub diagnosis: Vec<String>,
    /// Indices into the answer's claims; the first gave it its code.
    pub claims: Vec<usize>,
    /// Findings of one cause share it; made of the cause's first claim.
    pub root_cause: String,
}

/// How much of the documents was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Coverage {
    /// Figures that could be results.
    pub figures: usize,
    /// Figures that take part in at least one claim that was decided.
    pub checked: usize,
    /// The others, by reason.
    pub not_checkable: std::collections::BTreeMap<String, usize>,
    /// Numerals passed over because they are not results (dates, paragraph numbers, Acts).
    pub references: usize,
}

/// A relation that is no claim, because another says the same better or its siblings speak against it.
#[derive(Clone, Debug)]
pub struct SetAside {
    /// The check that emitted it.
    pub code: &'static str,
    /// Of the published figure.
    pub place: Place,
    /// As printed.
    pub published: EcoString,
    /// Why it does not speak.
    pub why: &'static str,
    /// What its likeliest reading gives, on one line.
    pub arithmetic: String,
    /// What speaks for the document claiming it, and against.
    pub odds: Odds,
}

/// The answer of `check` for all documents of a run.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Every relation that was found, whatever its verdict.
    pub claims: Vec<Claim>,
    /// Relations that were found and are no claims, with why; only where they are asked for.
    pub set_aside: Vec<SetAside>,
    /// The claims that are worth showing.
    pub findings: Vec<Finding>,
    /// Over all documents of the run, copies left out.
    pub coverage: Coverage,
    /// By document of the run, the one that it is a copy of. Nothing is said of a copy.
    pub copies: Vec<Option<usize>>,
}
