//! The lines of tables along which relations are siblings.

use super::size::figure;
use crate::model::document::Document;
use crate::model::ids::TableIdx;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};
use std::collections::BTreeSet;

/// A line of a table along which relations of one kind are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    /// Index into the run's documents.
    pub document: usize,
    table: TableIdx,
    kind: std::mem::Discriminant<Arithmetic>,
    /// What heads say and what numbers suggest are two beliefs, and one does not fail for the other.
    licence: Licence,
    /// They were picked by their numbers.
    picked: bool,
    /// The operands stand in the published figure's own column.
    down: bool,
    /// The row (`down`) or the column of the published figures.
    at: usize,
    /// The table of another document whose figures are printed again, with the number of that document.
    of_other: Option<(usize, TableIdx)>,
}

impl Line {
    /// Whether its relations add numbers up.
    pub fn is_of_sums(self) -> bool {
        self.kind == std::mem::discriminant(&Arithmetic::Sum)
    }

    /// Whether its sums run down columns.
    pub fn is_down(self) -> bool {
        self.down
    }

    /// All lines of the table that run the same way.
    pub fn of_table(self) -> Line {
        Line { at: usize::MAX, ..self }
    }
}

/// The line along which a relation has siblings: its operands stand in the row or the column of its figure. Lines of parts
/// whose total stands elsewhere are siblings as a whole, as are the lines of shares of one table.
pub(crate) fn line(documents: &[Document], relation: &Relation, reading: &Reading) -> Option<Line> {
    // What one sentence states does not stand or fall with another.
    (relation.licence != Licence::Stated).then_some(())?;
    let total = reading.operands.iter().find(|(role, _)| *role == OperandRole::Total).map(|(_, id)| *id);
    let result = relation.published.or(total);
    let cell = |id: FigureId| {
        let (table, row, col) = figure(documents, id)?.home.cell()?;
        Some((id.document(), table, row, col))
    };
    // The number of cases that the shares of a table are of can stand in a sentence or in another table. A
    // sheet prints so many numbers in its tables that one of another table is no sign.
    let is_apart = |id: FigureId| match (cell(id), result.and_then(cell)) {
        (Some(whole), Some(share)) => {
            whole.1 != share.1 && documents.get(id.document()).is_some_and(|d| d.sheet.is_none())
        }
        (whole, _) => whole.is_none(),
    };
    let is_told = |(role, id): &(OperandRole, FigureId)| {
        relation.arithmetic == Arithmetic::Share && *role == OperandRole::Whole && is_apart(*id)
    };
    let others = || {
        let of_line = reading.operands.iter().filter(|operand| !is_told(operand));
        of_line.map(|(_, id)| *id).filter(|id| Some(*id) != result)
    };
    let first = cell(others().next()?)?;
    let published = result.and_then(cell);
    let kind = std::mem::discriminant(&relation.arithmetic);
    let licence = relation.licence;
    let picked = relation.picked_of > 0;
    if let Some(own) = published.filter(|own| own.0 != first.0) {
        // What two tables of two reports have in common is one line, however it runs in each.
        let of_other = Some((first.0, first.1));
        return Some(Line {
            document: own.0,
            table: own.1,
            kind,
            licence,
            picked,
            down: false,
            at: usize::MAX,
            of_other,
        });
    }
    let own = published.filter(|own| own.1 == first.1);
    let (document, table, row, col) = own.unwrap_or(first);
    let (mut down, mut across) = (true, true);
    for id in others() {
        let (d, t, r, c) = cell(id)?;
        if (d, t) != (document, table) {
            return None;
        }
        down &= c == col;
        across &= r == row;
    }
    // Merged cells begin in other columns than those above them, and run down one column all the same.
    let apart = || {
        let mut rows = BTreeSet::from([row]);
        own.is_some() && others().filter_map(cell).all(|(_, _, row, _)| rows.insert(row))
    };
    let down = !across && (down || apart());
    let at = match own {
        Some(_) if down => row,
        Some(_) => col,
        None => usize::MAX,
    };
    Some(Line { document, table, kind, licence, picked, down, at, of_other: None })
}
