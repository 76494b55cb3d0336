//! Totals of one row that are all too many by what one more row would have: a row is missing, from the document or from what
//! was read of it.

use super::size::{figure, missed};
use super::{Line, Worked};
use crate::model::document::Document;
use crate::model::exact::Exact;
use crate::model::figure::Home;
use crate::model::table::{Form, Table};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole};
use crate::reconcile::solve::Fit;
use std::collections::HashMap;

/// Which failing sums are of a line in which every sum falls short by no more than a large row: one slip, and not as many as
/// there are columns. Only where the file itself says what the rows are, and the table has one total below them all: anywhere
/// else the rows that are added up may be the wrong ones.
pub(super) fn short_of_a_row(documents: &[Document], worked: &[Worked], lines: &[Option<Line>]) -> Vec<bool> {
    let mut by_line: HashMap<Line, Vec<usize>> = HashMap::new();
    for (index, (one, line)) in worked.iter().zip(lines).enumerate() {
        let named = one.relation.licence == Licence::Labelled && one.relation.arithmetic == Arithmetic::Sum;
        if let Some(line) = line.filter(|line| named && line.is_down()) {
            by_line.entry(line).or_default().push(index);
        }
    }
    let mut short = vec![false; worked.len()];
    for sums in by_line.into_values().filter(|sums| sums.len() > 1) {
        let of = |index: &usize| worked.get(*index).is_some_and(|one| falls_short(documents, one));
        if sums.iter().all(of) {
            sums.into_iter().for_each(|index| short.get_mut(index).into_iter().for_each(|one| *one = true));
        }
    }
    short
}

/// Whether a total is more than its parts by at most twice the largest of them.
fn falls_short(documents: &[Document], one: &Worked) -> bool {
    let fails = one.fit() == Fit::Fails && is_below_its_rows(documents, one);
    let parts = one.tried.first().into_iter().flat_map(|(reading, _)| &reading.operands);
    let parts = parts.filter(|(role, _)| *role == OperandRole::Part);
    let largest = parts.filter_map(|(_, id)| figure(documents, *id)?.quantity.value.clone()).max();
    let row = missed(documents, one).filter(|missed| fails && *missed > Exact::ZERO);
    row.zip(largest).is_some_and(|(row, largest)| row <= &largest + &largest)
}

fn is_below_its_rows(documents: &[Document], one: &Worked) -> bool {
    let Some(total) = one.relation.published.and_then(|id| figure(documents, id)) else { return false };
    let Home::Cell { table, row, .. } = total.home else { return false };
    let table = documents.get(one.relation.document).and_then(|document| document.tables.get(table));
    let plain = |table: &Table| {
        matches!(table.form, Form::Pipes | Form::Tabs | Form::Slashes | Form::Spaces | Form::Marked)
            && table.total_rows.as_slice() == [row]
            && row + 1 == table.rows
            && table.continues.is_none()
            && table.lost_blanks.is_empty()
            && (table.header_rows..row).all(|row| has_number(table, row))
    };
    table.is_some_and(plain)
}

/// Whether a row has a number beside its label: one without has lost them, or is the name of a group.
fn has_number(table: &Table, row: usize) -> bool {
    (table.header_cols..table.cols).any(|col| table.text(row, col).contains(|c: char| c.is_ascii_digit()))
}
