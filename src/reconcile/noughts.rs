//! Sums that only numbers suggest, and that lack a part which is nought wherever they hold.

use super::evidence::{Line, Worked, figure};
use super::relation::{Arithmetic, FigureId, Licence, OperandRole};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Home;
use crate::model::ids::TableIdx;
use std::collections::HashMap;

/// Each failing sum looks at all figures of its document; a run with more of them is not one of a few missing parts.
const MOST: usize = 200;

/// Holds a failing sum whose gap is printed in its line, in a row or column that is nought or blank for a sibling which holds
/// without it: there it could be a part unseen.
pub(crate) fn admit(documents: &[Document], worked: &mut [Worked]) {
    let guessed = |one: &Worked| {
        one.relation.licence == Licence::Inferred && one.relation.arithmetic == Arithmetic::Sum
    };
    let mut held: HashMap<Line, Vec<Cell>> = HashMap::new();
    let mut failing = Vec::new();
    for (index, one) in worked.iter().enumerate().filter(|(_, one)| guessed(one)) {
        let result = one.relation.published.and_then(|id| cell(documents, id));
        let Some((line, result)) = one.line(documents).zip(result) else { continue };
        match one.fit() {
            Fit::Fails if failing.len() < MOST => failing.push((index, line, result)),
            Fit::Exact => held.entry(line).or_default().push(result),
            _ => {}
        }
    }
    for (index, line, result) in failing {
        let Some(one) = worked.get_mut(index) else { continue };
        let siblings = held.get(&line).map_or(&[][..], Vec::as_slice);
        let Some((reading, outcome)) = one.tried.first_mut() else { continue };
        let parts = reading.operands.iter().filter(|(role, _)| *role == OperandRole::Part).map(|(_, id)| *id);
        let parts: Vec<FigureId> = parts.collect();
        if let Some(part) = missing(documents, one.relation.published, &parts, result, siblings) {
            outcome.fit = Fit::Exact;
            outcome.arithmetic += &format!("; with the {part}, which is nought beside it");
        }
    }
}

/// A cell: document, table, row and column.
type Cell = (usize, TableIdx, usize, usize);

fn cell(documents: &[Document], id: FigureId) -> Option<Cell> {
    match figure(documents, id)?.home {
        Home::Cell { table, row, col, .. } => Some((id.document, table, row, col)),
        Home::Prose { .. } => None,
    }
}

/// The figure that a sum lacks, as printed.
fn missing(
    documents: &[Document],
    total: Option<FigureId>,
    parts: &[FigureId],
    result: Cell,
    siblings: &[Cell],
) -> Option<String> {
    let value = |id: FigureId| figure(documents, id)?.quantity.value.clone();
    let sum: Exact = parts.iter().map(|id| value(*id)).collect::<Option<Vec<_>>>()?.into_iter().sum();
    let gap = &value(total?)? - &sum;
    let (number, table, row, col) = result;
    let document = documents.get(number)?;
    let rows: Vec<usize> = parts.iter().filter_map(|id| Some(cell(documents, *id)?.2)).collect();
    let down = rows.iter().any(|other| *other != row);
    let at = |home: Home| match home {
        Home::Cell { table: t, row: r, col: c, .. } if t == table => Some((r, c)),
        _ => None,
    };
    let is_nought = |row: usize, col: usize| {
        let printed = document.figures.iter().find(|f| at(f.home) == Some((row, col)));
        printed.is_none_or(|f| f.quantity.value.as_ref().is_none_or(Exact::is_zero))
    };
    let found = document.figures.entries().find(|(index, f)| {
        let Some((r, c)) = at(f.home).filter(|_| f.quantity.value.as_ref() == Some(&gap)) else {
            return false;
        };
        let in_line = if down { c == col && r != row } else { r == row && c != col };
        let counted = parts.contains(&FigureId { document: number, figure: *index });
        let elsewhere = |sibling: &Cell| if down { is_nought(r, sibling.3) } else { is_nought(sibling.2, c) };
        in_line && !counted && siblings.iter().any(elsewhere)
    })?;
    Some(found.1.quantity.to_string())
}
