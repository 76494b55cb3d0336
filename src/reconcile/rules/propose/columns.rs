//! Changes beside or under the values that they compare.

use crate::model::figure::{Figure, Role};
use crate::model::ids::FigureIdx;
use crate::model::period::Period;
use crate::model::quantity::Unit;
use crate::model::statement::Direction;
use crate::model::table::Table;
use crate::pack::pack;
use crate::reconcile::ledger::{FigureGrid, Ledger};
use crate::reconcile::relation::{Arithmetic, FigureId, Licence, OperandRole, Reading, Relation};

/// Emits the changes of every table.
pub fn emit(ledger: &Ledger, out: &mut Vec<Relation>) {
    for (index, table) in ledger.document.tables.entries() {
        let Some(grid) = ledger.grids.get(index) else { continue };
        let cells = Cells { ledger, table, grid };
        for row in table.header_rows..table.rows {
            for col in table.header_cols..table.cols {
                for &figure in grid.at(row, col) {
                    out.extend(cells.change(figure, row, col));
                }
            }
        }
    }
}

/// A change is not looked for among the values of a longer line than this: no two of them stand out.
const LONGEST: usize = 400;

struct Cells<'a> {
    ledger: &'a Ledger<'a>,
    table: &'a Table,
    grid: &'a FigureGrid,
}

impl Cells<'_> {
    fn id(&self, figure: FigureIdx) -> FigureId {
        self.ledger.id(figure)
    }

    fn relation(
        &self,
        figure: FigureIdx,
        code: &'static str,
        arithmetic: Arithmetic,
        readings: Vec<Reading>,
    ) -> Option<Relation> {
        if readings.is_empty() {
            return None;
        }
        let relation = Relation::of_figure(self.ledger, figure, code, arithmetic);
        Some(Relation { licence: Licence::Labelled, readings, ..relation })
    }

    /// A cell of a change column or row against the values it compares.
    fn change(&self, index: FigureIdx, row: usize, col: usize) -> Option<Relation> {
        let figure = self.ledger.figure(index)?;
        if figure.role != Role::Change {
            return None;
        }
        let direction = printed_direction(figure, self.table.text(row, col));
        let code = if figure.quantity.unit == Unit::Count { "CF302" } else { "CF301" };
        let arithmetic = match figure.quantity.unit {
            Unit::Percent => Arithmetic::PercentChange(direction),
            Unit::Count | Unit::PercentagePoints | Unit::Days | Unit::WorkingDays => {
                Arithmetic::Difference(direction)
            }
            unit if unit.is_money() => Arithmetic::Difference(direction),
            _ => return None,
        };
        let across = |cols| self.values(cols, |c| self.grid.first(row, c));
        let down = |rows| self.values(rows, |r| self.grid.first(r, col));
        let (cols, rows) = (self.table.header_cols..self.table.cols, self.table.header_rows..self.table.rows);
        if let Some(pair) = self.bracketed_before(row, col, figure) {
            return self.relation(index, code, arithmetic, self.pairs(&pair));
        }
        let lines = [
            across(self.block_before(row, cols.start..col)),
            across(cols.start..col),
            down(rows.start..row),
            across(col + 1..cols.end),
            down(row + 1..rows.end),
        ];
        let values = lines.into_iter().find(|line| line.len() >= 2)?;
        self.relation(index, code, arithmetic, self.pairs_of(figure, &values))
    }

    /// The columns between a change and the changes before it: where changes repeat, each is of the values of its block.
    fn block_before(&self, row: usize, before: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let is_change = |col: &usize| {
            let figure = self.grid.first(row, *col).and_then(|i| self.ledger.figure(i));
            figure.is_some_and(|f| f.role == Role::Change)
        };
        let end = before.clone().rev().find(|col| !is_change(col)).map_or(before.start, |col| col + 1);
        let start = (before.start..end).rev().find(is_change).map_or(before.start, |col| col + 1);
        start..end
    }

    /// Before and after of a change that names the period it is from ("Change from July 2012"): the value of that period,
    /// and the latest. Where the table begins later, there is nothing to compare with.
    fn pairs_of(&self, change: &Figure, values: &[FigureIdx]) -> Vec<Reading> {
        let stated = |figure: &Figure| figure.facets.period.filter(|_| figure.facets.period_stated);
        let period = |index: &FigureIdx| self.ledger.figure(*index).and_then(stated);
        let periods: Option<Vec<_>> = values.iter().map(period).collect();
        let (Some(base), Some(periods)) = (stated(change), periods) else { return self.pairs(values) };
        let latest = periods.iter().max().copied();
        if periods.iter().all(|period| base.end < period.start) {
            return Vec::new();
        }
        let at = |wanted| periods.iter().position(|p| Some(*p) == wanted).and_then(|at| values.get(at));
        // "2006-2007" is from the one year to the other.
        let ends =
            |wanted: &dyn Fn(&Period) -> bool| periods.iter().position(wanted).and_then(|at| values.get(at));
        let years = |period: &Period| (period.start.year(), period.end.year());
        let (from, to) = years(&base);
        let first = ends(&|period| from < to && years(period) == (from, from));
        let last = ends(&|period| from < to && years(period) == (to, to));
        let (before, after) =
            if first.is_some() && last.is_some() { (first, last) } else { (at(Some(base)), at(latest)) };
        match (before, after) {
            (Some(&before), Some(&after)) if before != after => {
                let operands = [(OperandRole::Before, self.id(before)), (OperandRole::After, self.id(after))];
                vec![Reading { operands: operands.to_vec(), cost: 0, note: None }]
            }
            _ => self.pairs(values),
        }
    }

    /// "214 (241)" beside the change: this year's value with last year's in brackets.
    fn bracketed_before(&self, row: usize, col: usize, figure: &Figure) -> Option<Vec<FigureIdx>> {
        let near = [col.checked_sub(1), Some(col), Some(col + 1)].into_iter().flatten();
        near.map(|c| self.grid.at(row, c))
            .find_map(|cell| match cell {
                [now, before, ..] if [now, before].iter().all(|i| self.is_value(**i)) => {
                    Some(vec![*before, *now])
                }
                _ => None,
            })
            .filter(|_| figure.role == Role::Change)
    }

    fn is_value(&self, index: FigureIdx) -> bool {
        self.ledger.figure(index).is_some_and(|f| f.quantity.unit == Unit::Count && f.role != Role::Change)
    }

    fn values(
        &self,
        line: std::ops::Range<usize>,
        at: impl Fn(usize) -> Option<FigureIdx>,
    ) -> Vec<FigureIdx> {
        if line.len() > LONGEST {
            return Vec::new();
        }
        line.filter_map(at)
            .filter(|i| self.ledger.figure(*i).is_some_and(|f| f.role != Role::Change))
            .collect()
    }

    /// Before and after among the values of a line: the latest two periods, else the two in printed order, else the
    /// first and the last.
    fn pairs(&self, values: &[FigureIdx]) -> Vec<Reading> {
        let mut ordered = values.to_vec();
        let periods = |i: &FigureIdx| {
            self.ledger.figure(*i).filter(|f| f.facets.period_stated).and_then(|f| f.facets.period)
        };
        if values.iter().all(|i| periods(i).is_some()) {
            ordered.sort_by_key(periods);
        }
        let mut readings = Vec::new();
        let mut add = |before: Option<&FigureIdx>, after: Option<&FigureIdx>| {
            if let (Some(&before), Some(&after)) = (before, after)
                && before != after
            {
                let operands =
                    vec![(OperandRole::Before, self.id(before)), (OperandRole::After, self.id(after))];
                readings.push(Reading { operands, cost: readings.len() as u32, note: None });
            }
        };
        let n = ordered.len();
        add(n.checked_sub(2).and_then(|i| ordered.get(i)), ordered.last());
        if n > 2 {
            add(ordered.first(), ordered.last());
        }
        readings
    }
}

/// The facets of a part without what makes it a part: those of its whole.
pub fn population_facets(figure: &Figure) -> crate::model::facets::Facets {
    use crate::model::facets::Dimension::{Procedure, Stage};
    let mut facets = crate::model::facets::Facets::clone(&figure.facets);
    facets.dimensions.retain(|d, _| matches!(d, Stage | Procedure));
    facets.wording_mut().topic = crate::model::topic::Topic::default();
    facets
}

/// The direction that a change is printed with: in words or arrows, else by its sign.
pub(super) fn printed_direction(figure: &Figure, text: &str) -> Direction {
    let lower = text.to_lowercase();
    let negative = figure.quantity.value.as_ref().is_some_and(|v| v.is_negative());
    if negative || lower.contains(['↓', '▼']) || pack().rules.falls.within(&lower) {
        Direction::Fall
    } else {
        Direction::Rise
    }
}
