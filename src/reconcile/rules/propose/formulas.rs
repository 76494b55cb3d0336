//! What the formulas of a spreadsheet say of the numbers in their cells.

use super::columns::printed_direction;
use crate::lex::is_year;
use crate::model::document::Document;
use crate::model::ids::FigureIdx;
use crate::model::quantity::Unit;
use crate::model::sheet::{Area, Formula, FormulaFunction, NumberOrigin, Sheet, StoredNumber};
use crate::reconcile::ledger::Ledger;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use crate::table::is_total;
use std::collections::HashMap;

/// Emits a relation for each cell that holds a formula or stands among cells that do, and one more where the formula stops
/// short of a number.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    let Some(sheet) = ledger.document.sheet.as_ref().filter(|sheet| !sheet.formulas.is_empty()) else {
        return;
    };
    let mut figures: HashMap<(usize, usize), FigureIdx> = HashMap::new();
    for (index, figure) in ledger.document.figures.entries() {
        if let Some(at) = sheet.cell_at(figure.place) {
            figures.entry(at).or_insert(index);
        }
    }
    for formula in &sheet.formulas {
        let Some(&result) = figures.get(&formula.cell) else { continue };
        if let Some(roles) = compared(formula.function) {
            let operands = formula.areas.iter().zip(roles).map(|(area, role)| {
                let figure = figures.get(&(area.rows.start, area.cols.start))?;
                Some((role, ledger.id(*figure)))
            });
            let operands: Option<Vec<_>> = operands.collect();
            out.extend(operands.and_then(|operands| comparison(ledger, result, formula.function, operands)));
            continue;
        }
        let mut propose = |code: &'static str, left_out: Option<(usize, usize)>| {
            let parts = sheet.parts_of(formula).chain(left_out).filter_map(|at| figures.get(&at));
            let parts = parts.map(|figure| (OperandRole::Part, ledger.id(*figure)));
            let operands = std::iter::once((OperandRole::Total, ledger.id(result))).chain(parts).collect();
            let arithmetic = Arithmetic::Formula { formula: Box::new(formula.clone()), left_out };
            out.push(stated(ledger, result, code, arithmetic, operands));
        };
        propose(if formula.beside { "CF109" } else { "CF108" }, None);
        if let Some(cell) = left_out(ledger.document, sheet, formula) {
            propose("CF110", Some(cell));
        }
        if let Some(cell) = skipped_block(ledger.document, sheet, formula) {
            let parts = sheet.parts_of(formula).chain([cell]).filter_map(|at| figures.get(&at));
            let operands = parts.map(|figure| (OperandRole::Part, ledger.id(*figure)));
            let operands = operands.chain([(OperandRole::Total, ledger.id(result))]).collect();
            let relation = stated(ledger, result, "CF105", Arithmetic::Sum, operands);
            out.push(Relation { licence: Licence::Implied, ..relation });
        }
    }
}

type Operands = Vec<(OperandRole, FigureId)>;

fn stated(
    ledger: &Ledger,
    result: FigureIdx,
    code: &'static str,
    arithmetic: Arithmetic,
    operands: Operands,
) -> Relation {
    let readings = vec![Reading { operands, cost: 0, note: None }];
    Relation { licence: Licence::Stated, readings, ..Relation::of_figure(ledger, result, code, arithmetic) }
}

/// What the two cells are that a formula compares.
fn compared(function: FormulaFunction) -> Option<[OperandRole; 2]> {
    match function {
        FormulaFunction::Sum | FormulaFunction::Average => None,
        FormulaFunction::Difference | FormulaFunction::Change => {
            Some([OperandRole::After, OperandRole::Before])
        }
        FormulaFunction::Share => Some([OperandRole::Part, OperandRole::Whole]),
    }
}

/// What a formula that compares two cells says of its own: "=C2-B2" is the difference of the two, whatever its head. A
/// change or a share that is not shown in percent is no figure that can be checked as one.
fn comparison(
    ledger: &Ledger,
    result: FigureIdx,
    function: FormulaFunction,
    operands: Operands,
) -> Option<Relation> {
    let figure = ledger.figure(result)?;
    let is_percent = figure.quantity.unit == Unit::Percent;
    let direction = printed_direction(figure, &ledger.document.text_at(figure.place));
    let (code, arithmetic) = match function {
        FormulaFunction::Difference => ("CF302", Arithmetic::Difference(direction)),
        FormulaFunction::Change if is_percent => ("CF301", Arithmetic::PercentChange(direction)),
        FormulaFunction::Share if is_percent => ("CF203", Arithmetic::Share),
        _ => return None,
    };
    Some(stated(ledger, result, code, arithmetic, operands))
}

/// The number next to the range of a column's sum that the range leaves out: between the range and its total, or above
/// the range where that row has a label as the first row of the range has.
fn left_out(document: &Document, sheet: &Sheet, formula: &Formula) -> Option<(usize, usize)> {
    let ((row, col), [area]) = (formula.cell, formula.areas.as_slice()) else { return None };
    let column = area.cols == (col..col + 1) && area.rows.len() > 1 && area.rows.end <= row;
    if !column || formula.beside || formula.function != FormulaFunction::Sum {
        return None;
    }
    let text = |at: (usize, usize)| {
        sheet.place_of(at.0, at.1).map_or_else(String::new, |place| document.text_at(place))
    };
    let typed = |row: &usize| {
        let number = sheet.number_at((*row, col));
        let adds = |n: &StoredNumber| n.origin == NumberOrigin::Typed && !n.value.is_zero();
        number.is_some_and(|n| adds(n) && !is_year(&text(n.cell)))
    };
    let label = |row: usize| {
        let words = |at: &(usize, usize)| sheet.number_at(*at).is_none() && !text(*at).trim().is_empty();
        (0..col).map(|col| (row, col)).find(words).map(text)
    };
    let mut between = area.rows.end..row;
    let below = if between.len() <= 2 { between.find(typed) } else { None };
    let above = || {
        let above = area.rows.start.checked_sub(1).filter(typed)?;
        let same_sheet =
            sheet.part_of(above).map(|(page, _)| page) == sheet.part_of(row).map(|(page, _)| page);
        let label = (label(above), label(area.rows.start));
        let total = label.0.as_deref().is_some_and(is_total);
        (same_sheet && !total && label.0.is_some() == label.1.is_some()).then_some(above)
    };
    below.or_else(above).map(|row| (row, col))
}

/// Sums of fewer cells show no spacing.
const FEWEST_BLOCKS: usize = 4;

/// The cell that a sum takes in of all blocks but one: "=B4+F4+J4+R4" leaves out N4, where that holds a number under the
/// same head. What stands behind the last one is as a rule their total.
fn skipped_block(document: &Document, sheet: &Sheet, formula: &Formula) -> Option<(usize, usize)> {
    let single = |area: &Area| {
        (area.rows.len() == 1 && area.cols.len() == 1).then_some((area.rows.start, area.cols.start))
    };
    let cells: Vec<(usize, usize)> = formula.areas.iter().map(single).collect::<Option<_>>()?;
    let first = cells.first().filter(|_| cells.len() >= FEWEST_BLOCKS && !formula.beside)?;
    let is_row = cells.iter().all(|cell| cell.0 == first.0);
    if formula.function != FormulaFunction::Sum || !is_row && cells.iter().any(|cell| cell.1 != first.1) {
        return None;
    }
    let along = |cell: &(usize, usize)| if is_row { cell.1 } else { cell.0 };
    let after_first = cells.iter().skip(1);
    let steps: Vec<usize> = cells
        .iter()
        .zip(after_first)
        .map(|(one, next)| along(next).checked_sub(along(one)))
        .collect::<Option<_>>()?;
    let step = *steps.iter().min().filter(|step| **step > 1)?;
    let mut others = cells.iter().zip(&steps).filter(|(_, other)| **other != step);
    let (before, _) = others.next().filter(|(_, wide)| **wide == 2 * step && others.next().is_none())?;
    let cell = if is_row { (before.0, before.1 + step) } else { (before.0 + step, before.1) };
    let head = head_of(document, sheet, cell, is_row)?;
    let is_alike = |other| head_of(document, sheet, other, is_row).as_ref() == Some(&head);
    let has_number = sheet.number_at(cell).is_some_and(|number| !number.value.is_zero());
    (has_number && cells.into_iter().all(is_alike)).then_some(cell)
}

/// The words next above a cell (`up`) or before it.
fn head_of(document: &Document, sheet: &Sheet, (row, col): (usize, usize), up: bool) -> Option<String> {
    let first_row = sheet.part_of(row)?.1.rows.start;
    let (rows, cols) = if up { (first_row..row, col..col + 1) } else { (row..row + 1, 0..col) };
    let cells = rows.rev().flat_map(|row| cols.clone().rev().map(move |col| (row, col)));
    let mut words = cells.filter(|at| sheet.number_at(*at).is_none()).filter_map(|(row, col)| {
        let text = document.text_at(sheet.place_of(row, col)?).to_lowercase();
        text.contains(char::is_alphabetic).then_some(text)
    });
    words.next()
}
