//! Claims that do not hold → findings, with those of one cause under one name.

use super::{Claim, Finding, Severity, Verdict, checks};
use crate::document::Document;
use crate::observe::Home;
use crate::relate::{FigureId, OperandRole};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One finding for each claim that breaks or holds only by convention.
pub fn findings(documents: &[Document], claims: &[Claim]) -> Vec<Finding> {
    let loud: Vec<usize> =
        (0..claims.len()).filter(|i| claims.get(*i).is_some_and(|c| c.severity.is_some())).collect();
    let causes = causes(claims, &loud);
    let mut said: BTreeSet<(&str, &str, Vec<FigureId>)> = BTreeSet::new();
    let mut findings = Vec::new();
    for index in loud {
        let Some((claim, severity)) = claims.get(index).and_then(|c| Some((c, c.severity?))) else {
            continue;
        };
        let operands = claim.operands.iter().map(|(_, id)| *id).collect();
        let repeated = !said.insert((claim.code, claim.published.as_str(), operands));
        let cause = causes.get(&index).copied().unwrap_or(index);
        findings.push(Finding {
            id: format!("F-{}", claim.id),
            code: claim.code,
            severity: if repeated { Severity::Note } else { severity },
            message: message(documents, claim, repeated),
            arithmetic: claim.arithmetic.clone(),
            diagnosis: claim.diagnosis.clone(),
            claims: vec![index],
            root_cause: claims.get(cause).map_or_else(String::new, |c| c.id.clone()),
        });
    }
    findings
}

/// The first claim of each claim's cause. Two claims are of one cause when they check the same operands, or share a
/// figure that no claim which holds vouches for.
fn causes(claims: &[Claim], loud: &[usize]) -> HashMap<usize, usize> {
    let mut vouched: BTreeSet<FigureId> = BTreeSet::new();
    for claim in claims.iter().filter(|c| matches!(c.verdict, Verdict::Holds | Verdict::HoldsByRounding)) {
        vouched.extend(claim.operands.iter().map(|(_, id)| *id));
    }
    let mut cause: HashMap<usize, usize> = HashMap::new();
    let mut by_suspect: BTreeMap<FigureId, usize> = BTreeMap::new();
    let mut by_operands: BTreeMap<Vec<FigureId>, usize> = BTreeMap::new();
    for &index in loud {
        let Some(claim) = claims.get(index) else { continue };
        let mut operands: Vec<FigureId> = claim.operands.iter().map(|(_, id)| *id).collect();
        operands.sort_unstable();
        let suspects: Vec<FigureId> = claim
            .operands
            .iter()
            .filter(|(role, id)| *role != OperandRole::Total && !vouched.contains(id))
            .map(|(_, id)| *id)
            .collect();
        let known =
            suspects.iter().find_map(|id| by_suspect.get(id)).or_else(|| by_operands.get(&operands)).copied();
        let root = if operands.is_empty() { index } else { known.unwrap_or(index) };
        cause.insert(index, root);
        by_operands.entry(operands).or_insert(root);
        for suspect in suspects {
            by_suspect.entry(suspect).or_insert(root);
        }
    }
    cause
}

fn message(documents: &[Document], claim: &Claim, repeated: bool) -> String {
    let published = claim.published.trim();
    let text = match (claim.verdict, checks::find(claim.code)) {
        (Verdict::HoldsByConvention, _) => {
            format!("{published} holds only by {}", claim.mode.unwrap_or("convention").replace('_', " "))
        }
        (_, Some(check)) => {
            check.fill(published, &claim.computed, &claim.arithmetic, &about(documents, claim))
        }
        (_, None) => format!("{published}: the figures give {}", claim.computed),
    };
    if repeated { format!("{text} (said again)") } else { text }
}

/// The label of the cell that a change leads to; a figure of a sentence is quoted with it.
fn about(documents: &[Document], claim: &Claim) -> String {
    let after = claim.operands.iter().find(|(role, _)| *role == OperandRole::After);
    let figure = after.and_then(|(_, id)| documents.get(id.document)?.figures.get(id.figure));
    let cell = figure.filter(|f| matches!(f.home, Home::Cell { .. }));
    cell.map_or_else(String::new, |f| f.label.trim().to_owned())
}
