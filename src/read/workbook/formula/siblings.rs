//! Finds typed numbers between cells that all hold the same formula.

use super::parse::{CellRange, Expression, Function};
use super::{CellLookup, RawCell, What};
use std::collections::BTreeMap;

/// A typed number, and the formula that its neighbours suggest for it.
pub(crate) struct Typed {
    pub row: u32,
    pub col: u32,
    pub expression: Expression,
}

/// A formula with its addresses relative to its cell.
type RelativeFormula = (Function, Vec<[i64; 4]>);

/// The typed numbers in rows and columns of equal formulas, between or next to them.
pub(crate) fn typed_over(cells: &CellLookup, parsed: &[(u32, &RawCell, Expression)]) -> Vec<Typed> {
    let mut rows: BTreeMap<u32, Vec<(u32, RelativeFormula)>> = BTreeMap::new();
    let mut cols: BTreeMap<u32, Vec<(u32, RelativeFormula)>> = BTreeMap::new();
    for (row, cell, expression) in parsed.iter().filter(|(_, _, expression)| expression.function.is_sum()) {
        let form = seen_from(*row, cell.col, expression);
        rows.entry(*row).or_default().push((cell.col, form.clone()));
        cols.entry(cell.col).or_default().push((*row, form));
    }
    let mut typed: BTreeMap<(u32, u32), Expression> = BTreeMap::new();
    for (row, line) in rows {
        for (col, form) in gaps(line) {
            keep(cells, (row, col), &form, &mut typed);
        }
    }
    for (col, line) in cols {
        for (row, form) in gaps(line) {
            keep(cells, (row, col), &form, &mut typed);
        }
    }
    typed.into_iter().map(|((row, col), expression)| Typed { row, col, expression }).collect()
}

/// The single gaps between, before and after formulas of one form, with that form. Evidence is two such formulas on one
/// side, or one on each.
fn gaps(mut line: Vec<(u32, RelativeFormula)>) -> Vec<(u32, RelativeFormula)> {
    line.sort_by_key(|(at, _)| *at);
    line.dedup_by_key(|(at, _)| *at);
    let mut gaps = Vec::new();
    for (nth, (at, form)) in line.iter().enumerate() {
        let next = line.get(nth + 1);
        let same = |other: Option<&(u32, RelativeFormula)>, wanted: u32| {
            other.is_some_and(|(place, other)| *place == wanted && other == form)
        };
        if same(next, at + 2) {
            gaps.push((at + 1, form.clone()));
        }
        let taken = next.is_some_and(|(place, _)| place == &(at + 1));
        if nth > 0 && !taken && same(line.get(nth - 1), at.wrapping_sub(1)) {
            gaps.push((at + 1, form.clone()));
        }
        let before = nth.checked_sub(1).and_then(|nth| line.get(nth));
        if *at > 0 && same(next, at + 1) && before.is_none_or(|(place, _)| place + 1 < *at) {
            gaps.push((at - 1, form.clone()));
        }
    }
    gaps
}

fn keep(
    cells: &CellLookup,
    at: (u32, u32),
    form: &RelativeFormula,
    typed: &mut BTreeMap<(u32, u32), Expression>,
) {
    let is_typed = |cell: &RawCell| cell.what == What::Number && cell.formula.is_none();
    if let Some(expression) = put_at(at.0, at.1, form)
        && cells.at(at.0, at.1).is_some_and(is_typed)
    {
        typed.entry(at).or_insert(expression);
    }
}

fn seen_from(row: u32, col: u32, expression: &Expression) -> RelativeFormula {
    let (row, col) = (i64::from(row), i64::from(col));
    let area = |area: &CellRange| {
        let ((top, bottom), (left, right)) = (area.rows, area.cols);
        [i64::from(top) - row, i64::from(bottom) - row, i64::from(left) - col, i64::from(right) - col]
    };
    (expression.function, expression.areas.iter().map(area).collect())
}

fn put_at(row: u32, col: u32, form: &RelativeFormula) -> Option<Expression> {
    let place = |from: u32, by: i64| u32::try_from(i64::from(from) + by).ok();
    let area = |[top, bottom, left, right]: &[i64; 4]| {
        Some(CellRange {
            rows: (place(row, *top)?, place(row, *bottom)?),
            cols: (place(col, *left)?, place(col, *right)?),
        })
    };
    let areas: Option<Vec<CellRange>> = form.1.iter().map(area).collect();
    Some(Expression { function: form.0, areas: areas? })
}
