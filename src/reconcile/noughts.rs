//! Sums that only numbers suggest, and that lack a part which is nought wherever they hold.

use super::apply::arithmetic;
use super::evidence::{Line, Worked, figure};
use super::relation::{Arithmetic, FigureId, Licence, OperandRole};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Figure;
use crate::model::ids::TableIdx;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::HashMap;

/// How many failing sums of a run are looked at: one with more of them is not one of a few missing parts.
const MOST: usize = 200;
/// How many siblings of a sum are looked at, and how many cells of its line: in longer ones a small gap is printed by accident.
const SIBLINGS: usize = 20;
const CELLS: usize = 200;

/// A cell: document, table, row and column.
type Cell = (usize, TableIdx, usize, usize);

/// Holds a failing sum whose gap is printed in its line, in a row or column that is nought or blank for a sibling which holds
/// without it: there it could be a part unseen. A sibling that is itself nought, as a blank column is, shows nothing.
pub(crate) fn admit(documents: &[Document], worked: &mut [Worked]) {
    let guessed = |one: &Worked| {
        one.relation.licence == Licence::Inferred && one.relation.arithmetic == Arithmetic::Sum
    };
    let mut held: HashMap<Line, Vec<Cell>> = HashMap::new();
    let mut failing = Vec::new();
    for (index, one) in worked.iter().enumerate().filter(|(_, one)| guessed(one)) {
        let total = one.relation.published.and_then(|id| Some((id, figure(documents, id)?)));
        let result = total.and_then(|(id, total)| cell(id, total));
        let Some((line, result)) = one.line(documents).zip(result) else { continue };
        let is_nought =
            total.is_some_and(|(_, total)| total.quantity.value.as_ref().is_none_or(Exact::is_zero));
        match one.fit() {
            Fit::Fails if failing.len() < MOST => failing.push((index, line, result)),
            Fit::Exact if !is_nought => {
                let siblings = held.entry(line).or_default();
                if siblings.len() < SIBLINGS {
                    siblings.push(result);
                }
            }
            _ => {}
        }
    }
    let tables: FxHashSet<(usize, TableIdx)> =
        failing.iter().map(|(_, _, (document, table, ..))| (*document, *table)).collect();
    let printed = Printed::of(documents, &tables);
    for (index, line, result) in failing {
        let Some(one) = worked.get_mut(index) else { continue };
        let siblings = held.get(&line).map_or(&[][..], Vec::as_slice);
        let Some((reading, outcome)) = one.tried.first_mut() else { continue };
        let parts = reading.operands.iter().filter(|(role, _)| *role == OperandRole::Part).map(|(_, id)| *id);
        let parts: Vec<FigureId> = parts.collect();
        if let Some(part) = printed.missing(&parts, result, siblings) {
            outcome.fit = Fit::Exact;
            let arithmetic = arithmetic(documents, one.relation, reading, outcome);
            outcome.arithmetic =
                format!("{arithmetic}; with the {}, which is nought beside it", part.quantity);
        }
    }
}

fn cell(id: FigureId, figure: &Figure) -> Option<Cell> {
    let (table, row, col) = figure.home.cell()?;
    Some((id.document(), table, row, col))
}

/// The figures of some tables by their cells.
struct Printed<'a> {
    documents: &'a [Document],
    cells: FxHashMap<Cell, (FigureId, &'a Figure)>,
}

impl<'a> Printed<'a> {
    fn of(documents: &'a [Document], wanted: &FxHashSet<(usize, TableIdx)>) -> Printed<'a> {
        let mut cells = FxHashMap::default();
        for (number, document) in documents.iter().enumerate() {
            if wanted.iter().all(|(of, _)| *of != number) {
                continue;
            }
            for (index, figure) in document.figures.entries() {
                let id = FigureId::of(number, index);
                let cell = cell(id, figure).filter(|cell| wanted.contains(&(cell.0, cell.1)));
                if let Some(cell) = cell {
                    cells.entry(cell).or_insert((id, figure));
                }
            }
        }
        Printed { documents, cells }
    }

    /// The figure that a sum lacks.
    fn missing(&self, parts: &[FigureId], result: Cell, siblings: &[Cell]) -> Option<&'a Figure> {
        let value = |id: &FigureId| figure(self.documents, *id)?.quantity.value.clone();
        let sum: Exact = parts.iter().map(value).collect::<Option<Vec<_>>>()?.into_iter().sum();
        let gap = self.cells.get(&result)?.1.quantity.value.as_ref()? - &sum;
        let (document, table, row, col) = result;
        let of_part = |id: &FigureId| cell(*id, figure(self.documents, *id)?);
        let down = parts.iter().filter_map(of_part).any(|part| part.2 != row);
        let at = |line: usize| if down { (document, table, line, col) } else { (document, table, row, line) };
        let own = if down { row } else { col };
        let near = own.saturating_sub(CELLS)..own + CELLS;
        let lacks = |line: &usize| {
            let beside = |sibling: &Cell| {
                let across = if down { (*line, sibling.3) } else { (sibling.2, *line) };
                self.is_nought((document, table, across.0, across.1))
            };
            *line != own && siblings.iter().take(SIBLINGS).any(beside)
        };
        let gaps = near.filter_map(|line| Some((line, self.cells.get(&at(line))?)));
        gaps.filter(|(_, (id, f))| f.quantity.value.as_ref() == Some(&gap) && !parts.contains(id))
            .find(|(line, _)| lacks(line))
            .map(|(_, (_, figure))| *figure)
    }

    fn is_nought(&self, cell: Cell) -> bool {
        let value = self.cells.get(&cell).and_then(|(_, figure)| figure.quantity.value.as_ref());
        value.is_none_or(Exact::is_zero)
    }
}
