//! Sums of one line that all miss by the figures of one row: a row that is printed twice, or that the totals do not know yet.

use super::size::{figure, log2, missed};
use super::{Line, Worked};
use crate::model::document::Document;
use crate::model::ids::TableIdx;
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole};
use crate::reconcile::solve::Fit;
use std::collections::{HashMap, HashSet};

/// A row of a table.
type Row = (TableIdx, usize);

/// The bits that the gaps of a line must have together: small ones are those of some row by accident.
const LEAST: f32 = 8.0;

/// Which failing sums one row of their table explains, together with other sums of their line: each is too few by its own
/// figure of that row. They bear each other out in place of speaking against each other. A row that other rows add up to is a
/// subtotal: it is no part beside them.
pub(super) fn of_one_row(documents: &[Document], worked: &[Worked], lines: &[Option<Line>]) -> Vec<bool> {
    let sums = worked.iter().filter(|one| one.fit().holds() && one.relation.arithmetic == Arithmetic::Sum);
    let subtotals: HashSet<FigureId> = sums.filter_map(|one| one.relation.published).collect();
    let mut rows: HashMap<(Line, Row), Vec<(usize, f32)>> = HashMap::new();
    for (index, (one, line)) in worked.iter().zip(lines).enumerate() {
        // Where only numbers or their order suggest the parts, a row too many is one that is no part.
        let named = one.relation.licence <= Licence::Labelled;
        let fails = named && one.fit() == Fit::Fails && one.relation.arithmetic == Arithmetic::Sum;
        let Some(line) = line.filter(|_| fails) else { continue };
        for (row, bits) in rows_of_gap(documents, one, line, &subtotals) {
            rows.entry((line, row)).or_default().push((index, bits));
        }
    }
    let mut of_one_row = vec![false; worked.len()];
    for sums in rows.into_values() {
        let bits: f32 = sums.iter().map(|(_, bits)| bits).sum();
        if sums.len() > 1 && bits >= LEAST {
            for (index, _) in sums {
                of_one_row.get_mut(index).into_iter().for_each(|one| *one = true);
            }
        }
    }
    of_one_row
}

/// The rows (of a sum down a column, else the columns) whose figure is what a total is too few by, with the bits of the gap.
fn rows_of_gap(
    documents: &[Document],
    one: &Worked,
    line: Line,
    subtotals: &HashSet<FigureId>,
) -> Vec<(Row, f32)> {
    let Some(gap) = missed(documents, one).filter(|gap| gap.is_negative()).map(|gap| gap.abs()) else {
        return Vec::new();
    };
    let bits = log2(gap.to_decimal(0).parse().unwrap_or(0.0));
    let parts = one.tried.first().into_iter().flat_map(|(reading, _)| &reading.operands);
    let of_gap = |(role, id): &&(OperandRole, FigureId)| {
        let value = figure(documents, *id).and_then(|f| f.quantity.value.as_ref());
        *role == OperandRole::Part && value == Some(&gap) && !subtotals.contains(id)
    };
    parts
        .filter(of_gap)
        .filter_map(|(_, id)| {
            let (table, row, col) = figure(documents, *id)?.home.cell()?;
            Some(((table, if line.is_down() { row } else { col }), bits))
        })
        .collect()
}
