//! What the finder of sums, means, shares and changes says of cells → the outcome, with its working.

use super::claim::{Claim, Verdict};
use super::relation::{Arithmetic, FigureId, OperandRole, Relation};
use super::solve;
use super::solve::{Fit, Outcome};
use crate::model::aggregation;
use crate::model::aggregation::Kind;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Home;
use crate::model::quantity::Quantity;
use crate::model::table::Form;
use std::collections::{HashMap, HashSet};

/// At most this many parts are written out.
const WRITTEN: usize = 12;

/// So far below nought a line of totals misses in all of its cells: its head is no total's.
const ALL_MISS: i64 = -2;

/// In a sheet nobody says what a total is, and heads say it wrongly as often as not. What they promise is kept where it
/// holds, but no sum that holds while most of its row or column of totals does not; where it breaks while much of its row
/// or column holds; and where a total misses its parts by no more than a quarter, unless all of its row or column of
/// totals do. What the numbers themselves show stays.
pub fn keep_vouched(documents: &[Document], relations: &[Relation], claims: &mut Vec<Claim>) {
    let shown: HashSet<_> = relations
        .iter()
        .filter(|relation| matches!(relation.arithmetic, Arithmetic::Cells { .. }))
        .map(|relation| (relation.published, relation.code))
        .collect();
    let mut tally: HashMap<Line, i64> = HashMap::new();
    for claim in claims.iter() {
        let vote = match claim.verdict {
            Verdict::Unverifiable if claim.computed.is_empty() || !adds_up(claim) => 0,
            Verdict::Unverifiable | Verdict::Inconsistent => -1,
            _ if is_nought(documents, claim) => 0,
            // Sums seldom hold by chance.
            _ if adds_up(claim) => 2,
            _ => 1,
        };
        for line in lines(documents, claim).into_iter().flatten() {
            *tally.entry(line).or_default() += vote;
        }
    }
    claims.retain(|claim| {
        let Some(lines) = lines(documents, claim).filter(|_| !shown.contains(&(claim.figure, claim.code)))
        else {
            return true;
        };
        let votes = |line| tally.get(line).copied().unwrap_or(0);
        // The line of totals that it is one of.
        let [row, col] = &lines;
        let own = votes(if claim.code == "CF102" { col } else { row });
        match (claim.verdict, claim.code) {
            (Verdict::Unverifiable, _) => false,
            (Verdict::Inconsistent, _) => {
                votes(row) > 0 || votes(col) > 0 || own >= ALL_MISS && is_near(documents, claim)
            }
            (_, "CF101" | "CF102") => own > 0,
            _ => true,
        }
    });
}

/// Whether it is of a sum or a mean.
fn adds_up(claim: &Claim) -> bool {
    claim.code.starts_with("CF1")
}

fn value(documents: &[Document], id: FigureId) -> Option<&Exact> {
    documents.get(id.document)?.figures.get(id.figure)?.quantity.value.as_ref()
}

fn is_nought(documents: &[Document], claim: &Claim) -> bool {
    claim.figure.and_then(|id| value(documents, id)).is_none_or(Exact::is_zero)
}

fn is_near(documents: &[Document], claim: &Claim) -> bool {
    let of = |wanted| {
        let matching = claim.operands.iter().filter(move |(role, _)| *role == wanted);
        matching.filter_map(|(_, id)| value(documents, *id)).cloned()
    };
    let Some(total) = of(OperandRole::Total).next() else { return false };
    let gap = (&total - &of(OperandRole::Part).sum()).abs();
    &gap * &Exact::from(4) <= total
}

/// A row or a column of a table under one check.
type Line = (usize, usize, &'static str, Option<usize>, Option<usize>);

/// The row and the column of a claim's figure in a sheet.
fn lines(documents: &[Document], claim: &Claim) -> Option<[Line; 2]> {
    let id = claim.figure?;
    let document = documents.get(id.document)?;
    let Home::Cell { table, row, col, .. } = document.figures.get(id.figure)?.home else { return None };
    let line = |row, col| (id.document, table, claim.code, row, col);
    (document.tables.get(table)?.form == Form::Sheet)
        .then_some([line(Some(row), None), line(None, Some(col))])
}

/// The outcome for a printed result and its parts, in the finder's order.
pub fn outcome(kind: Kind, fit: aggregation::Fit, printed: &Quantity, parts: &[Quantity]) -> Outcome {
    let fit = match fit {
        aggregation::Fit::Exact => Fit::Exact,
        aggregation::Fit::Rounded => Fit::ByRounding,
        aggregation::Fit::Missed if kind == Kind::Sum && solve::sum(parts, printed).fit.holds() => {
            Fit::ByRounding
        }
        aggregation::Fit::Missed => Fit::Fails,
    };
    let values: Vec<Exact> = parts.iter().map(|p| p.value.clone().unwrap_or(Exact::ZERO)).collect();
    let (value, working) = match (kind, values.as_slice()) {
        (Kind::Sum, _) => (Some(values.iter().cloned().sum()), sum(&values)),
        (Kind::Average, _) => {
            let filled =
                parts.iter().filter(|p| p.qualifier != crate::model::quantity::Qualifier::Blank).count();
            let total: Exact = values.iter().cloned().sum();
            (total.checked_div(&Exact::from(filled as i128)), format!("({}) ÷ {filled}", sum(&values)))
        }
        (Kind::Division, [part, whole]) => (part.checked_div(whole), format!("{part} ÷ {whole}")),
        (Kind::RelativeChange, [before, after]) => {
            ((after - before).checked_div(before), format!("({after} - {before}) ÷ {before}"))
        }
        _ => (None, String::new()),
    };
    let Some(value) = value else {
        return Outcome {
            fit: Fit::Undecided,
            computed: String::new(),
            arithmetic: "a divisor is nought".into(),
        };
    };
    let value = near(value, kind, printed);
    let exact = kind == Kind::Sum || value.is_whole();
    let computed = if exact { value.to_string() } else { value.to_decimal(u32::from(printed.decimals) + 1) };
    Outcome { fit, arithmetic: format!("{working} = {computed}; printed {printed}"), computed }
}

/// A share or change in hundredths where the printed one is nearer to those.
fn near(value: Exact, kind: Kind, printed: &Quantity) -> Exact {
    let Some(result) =
        printed.value.as_ref().filter(|_| matches!(kind, Kind::Division | Kind::RelativeChange))
    else {
        return value;
    };
    let hundredths = &value * &Exact::from(100);
    if (&hundredths - result).abs() < (&value - result).abs() { hundredths } else { value }
}

fn sum(values: &[Exact]) -> String {
    let mut words: Vec<String> = values.iter().take(WRITTEN).map(Exact::to_string).collect();
    if values.len() > WRITTEN {
        words.push(format!("… ({} in all)", values.len()));
    }
    words.join(" + ")
}
