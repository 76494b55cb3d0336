//! Claims that do not hold → findings, with those of one cause under one name.

use super::apply::{RECOVERED, condition};
use super::claim::{Claim, Finding, Severity, Verdict};
use super::relation::{FigureId, OperandRole};
use super::rules;
use crate::model::about::BodyKey;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::{Figure, Home};
use crate::model::ids::TableIdx;
use crate::model::period::Period;
use crate::model::quantity::Unit;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The checks that tell what is amiss with a cell's formula, and so why its value does not fit.
const FORMULAS: [&str; 3] = ["CF108", "CF109", "CF110"];

/// The checks of changes, whose result is a rise or a fall.
const CHANGES: [&str; 2] = ["CF301", "CF302"];

/// The directions of a change as they are told.
const RISE: &str = "rise";
const FALL: &str = "fall";

/// One finding for each claim that breaks or holds only by convention; a claim that a formula explains is told with it.
pub fn findings(documents: &[Document], claims: &[Claim]) -> Vec<Finding> {
    let loud: Vec<usize> =
        (0..claims.len()).filter(|i| claims.get(*i).is_some_and(|c| c.severity.is_some())).collect();
    let causes = causes(claims, &loud);
    let mut said: BTreeSet<(&str, &str, Vec<FigureId>)> = BTreeSet::new();
    let mut findings = Vec::new();
    for (index, told) in told_together(documents, claims, &loud) {
        let Some(claim) = claims.get(index) else { continue };
        let loudest = told.iter().filter_map(|at| claims.get(*at)?.severity).max();
        let operands = claim.operands.iter().map(|(_, id)| *id).collect();
        let repeated = !said.insert((claim.code, claim.published.as_str(), operands));
        let cause = causes.get(&index).copied().unwrap_or(index);
        findings.push(Finding {
            id: format!("F-{}", claim.id),
            code: claim.code,
            severity: loudest.filter(|_| !repeated).unwrap_or(Severity::Note),
            message: message(documents, claim, repeated),
            arithmetic: claim.arithmetic.to_string(),
            diagnosis: claim.diagnosis.clone(),
            claims: told,
            root_cause: claims.get(cause).map_or_else(String::new, |c| c.id.to_string()),
        });
    }
    findings
}

/// The claims of each finding, by its first. Where the formula of a cell explains another claim about that cell, the
/// formula's claim comes first: both come to the same, or take in the same cells. The totals of one row that are all too few
/// by their own figures of another row are told once: that row is printed twice, or they do not know it. So are those that all
/// fall short, as if a row were missing, and two values that stand against each other in several documents.
fn told_together(documents: &[Document], claims: &[Claim], loud: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let broken = |index: &usize| {
        let claim = claims.get(*index).filter(|claim| claim.verdict == Verdict::Inconsistent)?;
        Some((claim.figure?, claim))
    };
    let is_formula = |claim: &Claim| FORMULAS.contains(&claim.code);
    let mut formulas: BTreeMap<FigureId, Vec<usize>> = BTreeMap::new();
    for index in loud {
        if let Some((figure, _)) = broken(index).filter(|(_, claim)| is_formula(claim)) {
            formulas.entry(figure).or_default().push(*index);
        }
    }
    let formula_of = |index: &usize| {
        let (figure, claim) = broken(index).filter(|(_, claim)| !is_formula(claim))?;
        let explains =
            |formula: &Claim| formula.computed == claim.computed || figures_of(formula) == figures_of(claim);
        formulas.get(&figure)?.iter().copied().find(|at| claims.get(*at).is_some_and(explains))
    };
    let mut by_row: HashMap<(usize, Missed), usize> = HashMap::new();
    let mut of_row = |index: &usize| {
        let (figure, claim) = broken(index)?;
        let rows = rows_missed(documents, claim);
        let known = rows.iter().find_map(|row| by_row.get(&(figure.document(), *row))).copied();
        let first = known.unwrap_or(*index);
        rows.into_iter().for_each(|row| {
            by_row.entry((figure.document(), row)).or_insert(first);
        });
        Some(first)
    };
    // A report speaks before what quotes it, and nothing depends on the order in which documents were given.
    let rank = |index: usize| {
        let claim = claims.get(index)?;
        Some((claim.code, &documents.get(claim.document)?.origin.path, claim.place))
    };
    let mut by_change: HashMap<Changed, usize> = HashMap::new();
    for index in loud {
        let Some(change) = broken(index).and_then(|(_, claim)| changed(documents, claim)) else { continue };
        let first = by_change.entry(change).or_insert(*index);
        *first = if rank(*index) < rank(*first) { *index } else { *first };
    }
    let of_change = |index: &usize| by_change.get(&changed(documents, broken(index)?.1)?).copied();
    let mut together: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in loud {
        let first =
            formula_of(index).or_else(|| of_change(index)).or_else(|| of_row(index)).unwrap_or(*index);
        let told = together.entry(first).or_insert_with(|| vec![first]);
        told.extend((first != *index).then_some(*index));
    }
    together
}

/// A figure that documents of one body print differently: the body, the period, the unit and the two values.
type Changed<'a> = (BodyKey<'a>, Period, Unit, [&'a Exact; 2]);

/// What two documents print differently. Where the same two values stand against each other in further documents, which quote
/// one of the two, it is the same change.
fn changed<'a>(documents: &'a [Document], claim: &Claim) -> Option<Changed<'a>> {
    let figure = |id: FigureId| documents.get(id.document())?.figures.get(id.figure);
    let [(_, one), (_, other)] = claim.operands.as_slice() else { return None };
    let published = figure(*one).filter(|_| one.document() != other.document())?;
    let mut values = [published.quantity.value.as_ref()?, figure(*other)?.quantity.value.as_ref()?];
    values.sort();
    let body = documents.get(one.document())?.body()?;
    Some((body, published.facets.period?, published.quantity.unit, values))
}

/// A row of a table that a total of it may not know: the table, the total's row and that row.
type Missed = (TableIdx, usize, usize);

/// The rows whose figure is what a total of its column is too few by.
fn rows_missed(documents: &[Document], claim: &Claim) -> Vec<Missed> {
    let figure = |id: FigureId| documents.get(id.document())?.figures.get(id.figure);
    let Some(total) = claim.figure.and_then(figure) else { return Vec::new() };
    let (Home::Cell { table, row, col, .. }, Some(printed)) = (total.home, &total.quantity.value) else {
        return Vec::new();
    };
    if claim.odds.misses_a_row() {
        return vec![(table, row, row)];
    }
    let parts = claim.operands.iter().filter(|(role, _)| *role == OperandRole::Part);
    let parts: Vec<(usize, &Exact)> = parts
        .filter_map(|(_, id)| {
            let part = figure(*id)?;
            match part.home {
                Home::Cell { table: own, row, col: beside, .. } if own == table && beside == col => {
                    Some((row, part.quantity.value.as_ref()?))
                }
                _ => None,
            }
        })
        .collect();
    let sum: Exact = parts.iter().map(|(_, value)| (*value).clone()).sum();
    let gap = &sum - printed;
    let of_gap = parts.into_iter().filter(|(_, value)| !gap.is_zero() && **value == gap);
    of_gap.map(|(part, _)| (table, row, part)).collect()
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
        let operands = figures_of(claim);
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

/// The figures that a claim is about, in their order.
fn figures_of(claim: &Claim) -> Vec<FigureId> {
    let mut figures: Vec<FigureId> = claim.operands.iter().map(|(_, id)| *id).collect();
    figures.sort_unstable();
    figures
}

fn message(documents: &[Document], claim: &Claim, repeated: bool) -> String {
    let published = claim.published.trim();
    let text = match (claim.verdict, rules::find(claim.code)) {
        (Verdict::HoldsByConvention, _) if claim.mode != Some(RECOVERED) => {
            format!(
                "{published} holds only {}",
                claim.mode.and_then(condition).unwrap_or("by one of the conventions")
            )
        }
        (_, Some(check)) => {
            let text = check.fill(published, &given(claim), &claim.arithmetic, &about(documents, claim));
            directed(text, claim)
        }
        (_, None) => format!("{published}: the figures give {}", claim.computed),
    };
    if repeated { format!("{text} (said again)") } else { text }
}

/// A sentence about a change that says its direction where the figures go the other way, because that is what is wrong with it.
fn directed(text: String, claim: &Claim) -> String {
    let stated = if claim.computed.starts_with('-') { RISE } else { FALL };
    if !CHANGES.contains(&claim.code) || !claim.arithmetic.contains(&format!("printed {stated} of ")) {
        return text;
    }
    let rest = ["A change of ", "A difference of "].into_iter().find_map(|start| text.strip_prefix(start));
    rest.map_or_else(|| text.clone(), |rest| format!("A {stated} of {rest}"))
}

/// What the figures of a claim give. Of a change the direction is said too: where the size is right, it is what is wrong.
fn given(claim: &Claim) -> String {
    let is_change = CHANGES.contains(&claim.code) && claim.computed.contains(|c| ('1'..='9').contains(&c));
    if !is_change || claim.computed.starts_with('[') {
        return in_words(&claim.computed, &claim.published);
    }
    let (way, size) = match claim.computed.strip_prefix('-') {
        Some(size) => (FALL, size),
        None => (RISE, &*claim.computed),
    };
    format!("a {way} of {}", in_words(size, &claim.published))
}

/// A computed value as the published one is printed: an interval in words, with a true minus sign and its currency.
fn in_words(computed: &str, published: &str) -> String {
    let signed = |text: &str| text.strip_prefix('-').map_or(text.to_owned(), |size| format!("−{size}"));
    if let Some((inside, unit)) = computed.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        let ends: Vec<&str> = inside.split(", ").collect();
        return match ends.as_slice() {
            [low, "inf"] => format!("{}{unit} or more", signed(low)),
            ["-inf", high] => format!("{}{unit} or less", signed(high)),
            [low, high] if low == high => format!("{}{unit}", signed(low)),
            [low, high] => format!("{} to {}{unit}", signed(low), signed(high)),
            _ => computed.to_owned(),
        };
    }
    let number = computed.strip_prefix('-').unwrap_or(computed);
    if !number.starts_with(|c: char| c.is_ascii_digit()) || computed.contains(' ') {
        return computed.to_owned();
    }
    let signs = [Unit::Gbp, Unit::Usd, Unit::Eur].into_iter().filter_map(Unit::currency);
    let sign = signs.into_iter().find(|sign| number == computed && published.trim().starts_with(sign));
    format!("{}{}", sign.unwrap_or_default(), signed(computed))
}

/// The label of the cell that a change leads to, or that another document prints too; a figure of a sentence is quoted
/// with it.
fn about(documents: &[Document], claim: &Claim) -> String {
    let after = claim.operands.iter().find(|(role, _)| *role == OperandRole::After).map(|(_, id)| *id);
    let apart = claim.operands.iter().any(|(_, id)| id.document() != claim.document);
    let figure = after.or(claim.figure.filter(|_| apart));
    let figure = figure.and_then(|id| documents.get(id.document())?.figures.get(id.figure));
    let cell = figure.filter(|f| matches!(f.home, Home::Cell { .. }));
    cell.map_or_else(String::new, Figure::called)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::sample;

    #[test]
    fn a_convention_and_a_wrong_direction_are_told_plainly() {
        let documents = [sample::document()];
        let mut claim = sample::answer().claims.remove(0);
        (claim.verdict, claim.mode) = (Verdict::HoldsByConvention, Some("left_out"));
        assert_eq!(
            message(&documents, &claim, false),
            "25 holds only with what a note says is left out of the parts"
        );
        (claim.verdict, claim.mode, claim.code) = (Verdict::Inconsistent, None, "CF302");
        (claim.published, claim.computed) = ("26".into(), "26".into());
        claim.arithmetic = "4,418 − 4,392 = 26, printed fall of 26".into();
        assert_eq!(
            message(&documents, &claim, false),
            "A fall of 26 is printed; the figures give a rise of 26"
        );
        claim.arithmetic = "4,418 − 4,392 = 26, printed rise of 27".into();
        assert!(message(&documents, &claim, false).starts_with("A difference of 26 is printed"));
    }

    #[test]
    fn a_word_that_both_heads_begin_with_is_told_once() {
        let mut figure = sample::document().figures.iter().next().unwrap().clone();
        for (label, told) in
            [("Total Total 2020/21", "Total 2020/21"), ("Stage 1 1", "Stage 1 1"), (" Waste ", "Waste")]
        {
            figure.words = [label.into(), Default::default()];
            assert_eq!(figure.called(), told);
        }
    }
}
