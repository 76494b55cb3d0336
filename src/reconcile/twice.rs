//! Rows of a table that are printed twice: what adds up without the second printing fails by it alone.

use super::apply::apply;
use super::evidence::{Worked, figure};
use super::relation::{Arithmetic, FigureId, OperandRole, Reading};
use super::solve::Fit;
use crate::model::document::Document;
use crate::model::figure::Figure;
use crate::model::ids::{FigureIdx, TableIdx};
use crate::model::table::Table;
use std::collections::HashSet;

/// What two printings of a row have in common: the table, the column, the label and the figure.
type Printing<'a> = (TableIdx, usize, &'a str, String);

/// The figures of cells that print a row again which one of the others prints.
pub(crate) fn again(document: &Document, figures: impl Iterator<Item = FigureIdx>) -> Vec<FigureIdx> {
    let mut seen = HashSet::new();
    let own = figures.filter_map(|index| Some((index, printing(document, document.figures.get(index)?)?)));
    own.filter(|(_, printing)| !seen.insert(printing.clone())).map(|(index, _)| index).collect()
}

/// Whether two cells of a column print one row: the same label, and the same figure.
pub(super) fn is_twin(documents: &[Document], one: FigureId, other: FigureId) -> bool {
    let Some(document) = documents.get(one.document()).filter(|_| one.document() == other.document()) else {
        return false;
    };
    one != other && !again(document, [one.figure, other.figure].into_iter()).is_empty()
}

fn printing<'a>(document: &'a Document, figure: &Figure) -> Option<Printing<'a>> {
    let (index, row, col) = figure.home.cell()?;
    let label = label(document.tables.get(index)?, row)?;
    Some((index, col, label, figure.quantity.to_string()))
}

/// The first words of a row.
fn label(table: &Table, row: usize) -> Option<&str> {
    let texts = (0..table.cols).map(|col| table.text(row, col).trim());
    texts.into_iter().find(|text| text.contains(char::is_alphabetic))
}

/// Whether a sum or shares that make 100 fail only because a row among their parts is printed twice.
pub(super) fn fails_by_it(documents: &[Document], one: &Worked) -> bool {
    let adds =
        matches!(one.relation.arithmetic, Arithmetic::Sum | Arithmetic::Partition { exhaustive: true });
    let Some(&(reading, _)) = one.tried.first().filter(|_| adds && one.fit() == Fit::Fails) else {
        return false;
    };
    let is_part = |(role, id): &&(OperandRole, FigureId)| {
        *role == OperandRole::Part && figure(documents, *id).is_some_and(|f| f.home.cell().is_some())
    };
    let parts: Vec<FigureId> = reading.operands.iter().filter(is_part).map(|(_, id)| *id).collect();
    let Some(number) = parts.first().map(|id| id.document()) else { return false };
    let Some(document) = documents.get(number).filter(|_| parts.iter().all(|id| id.document() == number))
    else {
        return false;
    };
    // A table that prints each row twice is made so.
    let [twin] = again(document, parts.iter().map(|id| id.figure))[..] else { return false };
    let is_again = |(role, id): &(OperandRole, FigureId)| *role == OperandRole::Part && id.figure == twin;
    let operands = reading.operands.iter().filter(|operand| !is_again(operand)).copied().collect();
    let once = Reading { operands, cost: reading.cost, note: reading.note.clone() };
    apply(documents, one.relation, &once).fit.holds()
}
