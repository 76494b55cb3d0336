//! Rows whose parts are printed under them, set in further: the outline of a table.

use crate::model::figure::Role;
use crate::model::quantity::Unit;
use crate::model::table::Table;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, Licence, OperandRole, Reading, Relation};

/// Emits a sum for each cell of a row that has rows of the next level under it.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        let outline = Outline::of(ledger, table);
        for row in table.header_rows..table.rows {
            let parts = outline.parts(row);
            if parts.len() < 2 || table.is_total_row(row) && row > table.header_rows {
                continue;
            }
            for col in table.header_cols..table.cols {
                out.extend(relation(ledger, grid, (row, col), &parts));
            }
        }
    }
}

/// How far the label of each row is set in.
pub(super) struct Outline {
    /// By row of the grid: 0 for the leftmost labels, 1 for the next; nothing for heads and rows without a label.
    levels: Vec<Option<usize>>,
}

/// Labels whose left edges lie closer than this are of one level: a third of a letter of the smallest print, in points.
/// In text, where the edges are counted in characters, each character is a step.
const SAME_EDGE: f64 = 0.9;

/// Outlines are seldom deeper; more edges than these are labels that are centred or aligned right.
const DEEPEST: usize = 6;

impl Outline {
    /// The levels of a table's rows; none where all labels begin at one edge.
    pub fn of(ledger: &Ledger, table: &Table) -> Outline {
        let edges: Vec<Option<f64>> = (0..table.rows).map(|row| edge(ledger, table, row)).collect();
        let mut distinct: Vec<f64> = edges.iter().copied().flatten().collect();
        distinct.sort_by(f64::total_cmp);
        distinct.dedup_by(|b, a| *b - *a < SAME_EDGE);
        if distinct.len() < 2 || distinct.len() > DEEPEST {
            return Outline { levels: vec![None; table.rows] };
        }
        let level = |edge: f64| distinct.iter().rposition(|first| edge >= *first);
        Outline { levels: edges.into_iter().map(|edge| edge.and_then(level)).collect() }
    }

    fn level(&self, row: usize) -> Option<usize> {
        self.levels.get(row).copied().flatten()
    }

    /// The rows under a row that are set in further than it, and no further than the first of them.
    fn parts(&self, row: usize) -> Vec<usize> {
        let (Some(own), Some(first)) = (self.level(row), self.level(row + 1)) else { return Vec::new() };
        let under = (row + 1..self.levels.len()).take_while(|r| self.level(*r).is_some_and(|l| l > own));
        under.filter(|r| self.level(*r).is_some_and(|l| l <= first)).collect()
    }

    /// Those of some rows that are set in least: the others are parts of them.
    pub fn roots(&self, rows: &[usize]) -> Vec<usize> {
        let least = rows.iter().filter_map(|row| self.level(*row)).min();
        rows.iter().copied().filter(|row| self.level(*row) == least).collect()
    }
}

/// Where the label of a row begins, in points of the page or in characters of the line.
fn edge(ledger: &Ledger, table: &Table, row: usize) -> Option<f64> {
    if row < table.header_rows || table.header_cols == 0 {
        return None;
    }
    let label = table.at(row, 0).filter(|cell| cell.row() == row && !cell.passage.text.trim().is_empty())?;
    let place = label.passage.whole();
    match ledger.document.area_of(place) {
        Some(area) => Some(f64::from(area.x0)),
        None => Some(f64::from(place.start)),
    }
}

fn relation(
    ledger: &Ledger,
    grid: &FigureGrid,
    (row, col): (usize, usize),
    parts: &[usize],
) -> Option<Relation> {
    let total = grid.first(row, col)?;
    let figure = ledger.figure(total)?;
    let unit = figure.quantity.unit;
    if !(unit.is_money() || unit == Unit::Count) {
        return None;
    }
    let figures: Option<Vec<_>> = parts.iter().map(|row| grid.first(*row, col)).collect();
    let figures = figures?;
    let alike = |f: &crate::model::figure::Figure| {
        f.quantity.unit == unit && (f.role == Role::Change) == (figure.role == Role::Change)
    };
    if !figures.iter().all(|part| ledger.figure(*part).is_some_and(alike)) {
        return None;
    }
    let operands = figures.into_iter().map(|part| (OperandRole::Part, ledger.id(part))).collect();
    let readings = vec![Reading { operands, cost: 0, note: None }];
    let relation = Relation::of_figure(ledger, total, "CF105", Arithmetic::Sum);
    Some(Relation { licence: Licence::Inferred, readings, ..relation })
}
