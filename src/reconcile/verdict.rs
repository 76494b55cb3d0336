//! The verdict on a relation: a fold over its admitted readings.

use super::apply::{apply, mode};
use super::checks;
use super::claim::{Claim, Severity, Verdict};
use super::diagnose::diagnose;
use super::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use super::rules::phrases::ADJACENT;
use super::solve::{Fit, Outcome};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::model::quantity::Quantity;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;

/// A reading that costs this much more than the cheapest is not admitted beside it.
const ADMITTED: u32 = 3;
/// What may be assumed at most of a number of cases that shares are tried against.
const NAMED: u32 = 2;
/// What may be assumed at most when a relation is called inconsistent.
const CERTAIN: u32 = 5;

/// Decides every relation. A relation that says what another said already (same check, place and printed figure) is
/// dropped unless it decides more.
pub fn claims(documents: &[Document], relations: &[Relation]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut seen: HashMap<(usize, crate::model::text::Place, &str, String, usize), usize> = HashMap::new();
    for (index, relation) in relations.iter().enumerate() {
        let claim = decide(documents, relation);
        // One cell of a sheet can be the sum of several sets of cells.
        let nth = if matches!(relation.arithmetic, Arithmetic::Cells { .. }) { index + 1 } else { 0 };
        let key = (claim.document, claim.place, claim.code, claim.published.clone(), nth);
        match seen.get(&key).and_then(|i| claims.get_mut(*i)) {
            // A figure that one statement explains is not accused by another.
            Some(known) if certainty(claim.verdict) > certainty(known.verdict) => *known = claim,
            Some(_) => {}
            None => {
                seen.insert(key, claims.len());
                claims.push(claim);
            }
        }
    }
    super::cells::keep_vouched(documents, relations, &mut claims);
    name(documents, &mut claims);
    claims
}

/// Why a claim is about our own reading, and not about the publisher's figures.
const DOUBTFUL: &str = "doubtful reading of an operand";

/// Whether a numeral is in doubt, or a figure stands in a column that is not certain and the relation depends on the
/// column. The sum of a row does not, and shares that bear one another out have decided it.
fn rests_on_doubt(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let figure = |id: FigureId| documents.get(id.document)?.figures.get(id.figure);
    let figures: Vec<_> =
        reading.operands.iter().map(|(_, id)| *id).chain(relation.published).filter_map(figure).collect();
    let row = |home: Home| match home {
        Home::Cell { table, row, .. } => Some((table, row)),
        Home::Prose { .. } => None,
    };
    let parts: Vec<_> = figures.iter().filter_map(|f| row(f.home)).collect();
    let one_row = parts.windows(2).all(|pair| pair.first() == pair.last());
    let settled = match relation.arithmetic {
        Arithmetic::Sum => one_row || relation.code == "CF102",
        Arithmetic::Share | Arithmetic::Partition { .. } | Arithmetic::Feasible => true,
        _ => false,
    };
    figures.iter().any(|f| {
        let doubtful = f.misread || !settled && !f.doubts.is_empty();
        doubtful && !is_printed_again(documents, relation.document, f)
    })
}

/// Whether the value of a doubtful cell is printed for its period in a place that is not doubtful.
fn is_printed_again(documents: &[Document], document: usize, doubtful: &Figure) -> bool {
    let figures = documents.get(document).map_or(&[][..], |d| &d.figures);
    figures.iter().take(FIGURES).any(|f| {
        f.doubts.is_empty()
            && f.quantity.value == doubtful.quantity.value
            && f.quantity.unit == doubtful.quantity.unit
            && f.facets.period == doubtful.facets.period
    })
}

/// How many figures are looked at for another print of one.
pub(crate) const FIGURES: usize = 10_000;

fn certainty(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Unverifiable => 0,
        Verdict::Inconsistent => 1,
        Verdict::HoldsByConvention => 2,
        Verdict::HoldsByRounding => 3,
        Verdict::Holds => 4,
    }
}

fn decide(documents: &[Document], relation: &Relation) -> Claim {
    let cheapest = relation.readings.iter().map(|r| r.cost).min();
    let slack = match relation.arithmetic {
        // Many numbers of cases make given shares: only the likeliest may be tried.
        Arithmetic::Feasible => 0,
        // Every total that the document names for the population is tried before a share is called inconsistent.
        Arithmetic::Share if cheapest > Some(0) => 2 * CERTAIN,
        _ => ADMITTED,
    };
    let admitted = |reading: &&Reading| Some(reading.cost) <= cheapest.map(|c| c + slack);
    let mut worked: Vec<(&Reading, Outcome)> =
        relation.readings.iter().filter(admitted).map(|r| (r, apply(documents, relation, r))).collect();
    worked.sort_by_key(|(reading, outcome)| (rank(outcome.fit), reading.cost));
    if worked.first().is_some_and(|(_, outcome)| outcome.fit == Fit::Fails) {
        // A reading that rests on no doubt speaks before one that does.
        worked.sort_by_key(|(reading, outcome)| {
            (rank(outcome.fit), doubt(documents, relation, reading).is_some())
        });
    }
    let Some((reading, outcome)) = worked.first() else {
        return unverifiable(relation, "stands alone: no figure to compare it with", None);
    };
    let (verdict, convention) = match outcome.fit {
        Fit::Exact => (Verdict::Holds, None),
        Fit::ByRounding => (Verdict::HoldsByRounding, None),
        Fit::ByConvention(convention) => (Verdict::HoldsByConvention, Some(mode(convention))),
        Fit::Undecided => return unverifiable(relation, "an operand is missing", Some((reading, outcome))),
        Fit::Fails => match doubt(documents, relation, reading) {
            Some(reason) => {
                let claim = unverifiable(relation, reason, Some((reading, outcome)));
                let code = if reason == DOUBTFUL { "CF803" } else { claim.code };
                return Claim { code, ..claim };
            }
            None => (Verdict::Inconsistent, None),
        },
    };
    let mut claim = blank(relation, verdict, Some((reading, outcome)));
    claim.mode = convention;
    claim.severity = severity(relation, verdict, reading.cost);
    if verdict == Verdict::Inconsistent {
        claim.diagnosis = diagnose(documents, relation, &worked);
    }
    claim
}

fn rank(fit: Fit) -> u8 {
    match fit {
        Fit::Exact => 0,
        Fit::ByRounding => 1,
        Fit::ByConvention(_) => 2,
        Fit::Fails => 3,
        Fit::Undecided => 4,
    }
}

/// Why a failing relation may be our misreading rather than the publisher's slip.
fn doubt(documents: &[Document], relation: &Relation, reading: &Reading) -> Option<&'static str> {
    if rests_on_doubt(documents, relation, reading) {
        return Some(DOUBTFUL);
    }
    if reading.cost > CERTAIN {
        return Some("no figure is tied to it closely enough to compare");
    }
    let rivals = relation.readings.iter().filter(|r| r.operands != reading.operands).map(|r| r.cost).min();
    let alone = reading.cost <= CERTAIN && rivals.is_none_or(|cost| cost >= reading.cost + 3);
    if relation.arithmetic == Arithmetic::Feasible && reading.cost > NAMED && !alone {
        return Some("the number of cases is not named");
    }
    if relation.arithmetic == Arithmetic::MultipleResponse && relation.licence != Licence::Labelled {
        return Some("the number of cases is not named");
    }
    if relation.arithmetic == Arithmetic::Bound && has_larger_part(documents, reading) {
        return Some("not a part of the figure beside it");
    }
    if matches!(relation.arithmetic, Arithmetic::Sum | Arithmetic::Crossfoot)
        && relation.licence == Licence::Labelled
        && !could_be_sum(documents, relation, reading)
    {
        return Some("the rows do not look like the parts of this total");
    }
    None
}

/// A part above its whole is no part of it, unless the words leave no choice ("52 of the 48"): we paired the wrong
/// figures. Parts that are too many together are a break.
fn has_larger_part(documents: &[Document], reading: &Reading) -> bool {
    let figures = |wanted: OperandRole| {
        let matching = reading.operands.iter().filter(move |(role, _)| *role == wanted);
        matching.filter_map(|(_, id)| documents.get(id.document)?.figures.get(id.figure))
    };
    let Some(whole) = figures(OperandRole::Whole).next() else { return false };
    figures(OperandRole::Part).any(|part| {
        let adjacent = part.place.line == whole.place.line
            && whole.place.start.checked_sub(part.place.end).is_some_and(|gap| gap <= ADJACENT);
        (part.quantity.value > whole.quantity.value && !adjacent) || part.quantity.decimals > 0
    })
}

/// Whether a labelled total is of the size of its parts' sum: within half of it, and no part above it.
fn could_be_sum(documents: &[Document], relation: &Relation, reading: &Reading) -> bool {
    let quantity = |id: FigureId| documents.get(id.document)?.figures.get(id.figure).map(|f| &f.quantity);
    let value = |q: &Quantity| q.value.clone();
    let Some(total) = relation.published.and_then(quantity).and_then(value) else { return false };
    let parts: Vec<Exact> = reading
        .operands
        .iter()
        .filter(|(role, _)| *role == OperandRole::Part)
        .filter_map(|(_, id)| quantity(*id).and_then(value))
        .collect();
    let sum: Exact = parts.iter().cloned().sum();
    let gap = (&sum - &total).abs();
    parts.iter().all(|p| *p <= total) && &gap + &gap <= total
}

fn severity(relation: &Relation, verdict: Verdict, cost: u32) -> Option<Severity> {
    match verdict {
        Verdict::HoldsByConvention => return Some(Severity::Note),
        Verdict::Inconsistent => {}
        _ => return None,
    }
    let inferred = match relation.licence {
        Licence::Inferred { siblings } => {
            siblings == 0
                || matches!(relation.arithmetic, Arithmetic::Partition { .. } | Arithmetic::Cells { .. })
        }
        Licence::Stated | Licence::Labelled => false,
    };
    let base = checks::find(relation.code).map_or(Severity::Warning, |check| check.severity);
    Some(if inferred || cost > CERTAIN { base.min(Severity::Warning) } else { base })
}

fn unverifiable(relation: &Relation, reason: &str, tried: Option<(&Reading, &Outcome)>) -> Claim {
    Claim { reason: Some(reason.to_owned()), ..blank(relation, Verdict::Unverifiable, tried) }
}

fn blank(relation: &Relation, verdict: Verdict, decided: Option<(&Reading, &Outcome)>) -> Claim {
    let (computed, arithmetic, operands) = decided.map_or_else(Default::default, |(reading, outcome)| {
        let note = reading.note.as_ref().map_or(String::new(), |note| format!("; {note}"));
        (outcome.computed.clone(), outcome.arithmetic.clone() + &note, with_published(relation, reading))
    });
    Claim {
        id: String::new(),
        code: relation.code,
        verdict,
        mode: None,
        reason: None,
        published: relation.printed.clone(),
        computed,
        arithmetic,
        document: relation.document,
        figure: relation.published,
        place: relation.place,
        operands,
        diagnosis: Vec::new(),
        severity: None,
    }
}

/// The operands of a reading, the published figure first.
fn with_published(relation: &Relation, reading: &Reading) -> Vec<(OperandRole, FigureId)> {
    let role = match relation.arithmetic {
        Arithmetic::Sum | Arithmetic::RoundedSum | Arithmetic::MultipleResponse | Arithmetic::Crossfoot => {
            OperandRole::Total
        }
        Arithmetic::Share | Arithmetic::Grim | Arithmetic::Remainder | Arithmetic::Mixture(_) => {
            OperandRole::Share
        }
        Arithmetic::PercentChange(_) | Arithmetic::Difference(_) | Arithmetic::Multiple => {
            OperandRole::Change
        }
        Arithmetic::Bound => OperandRole::Part,
        Arithmetic::Count { .. } => OperandRole::Bound,
        _ => OperandRole::Same,
    };
    let published = relation.published.filter(|id| reading.operands.iter().all(|(_, other)| other != id));
    published.map(|id| (role, id)).into_iter().chain(reading.operands.iter().copied()).collect()
}

/// Names claims by what they say, so that a report that is exported again keeps its names.
fn name(documents: &[Document], claims: &mut [Claim]) {
    let mut used: HashMap<String, u32> = HashMap::new();
    for claim in claims {
        let mut hash = Sha256::new();
        hash.update(claim.code);
        if let Some(document) = documents.get(claim.document) {
            hash.update(document.organisation.as_deref().unwrap_or_default());
            hash.update(document.period.map(|p| p.label()).unwrap_or_default());
        }
        hash.update(&claim.published);
        for (_, id) in &claim.operands {
            if let Some(figure) = documents.get(id.document).and_then(|d| d.figures.get(id.figure)) {
                hash.update(&figure.label);
                hash.update(figure.quantity.to_string());
            }
        }
        let mut id = String::with_capacity(16);
        for byte in hash.finalize().iter().take(6) {
            let _ = write!(id, "{byte:02x}");
        }
        let nth = used.entry(id.clone()).or_insert(0);
        *nth += 1;
        claim.id = if *nth == 1 { id } else { format!("{id}-{nth}") };
    }
}
